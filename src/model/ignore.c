/* ignore.c - the patterns of .gitignore and .dtcignore.
 *
 * Owns reading such a file and matching a path; not the walk over folders (files.c). A pattern
 * without a slash is matched against the last component at any depth, one with a slash from the
 * folder of its file on. */
#include "model/ignore.h"

#include "base/fs.h"

void ignore_init(struct ignore *ignore, struct arena *arena)
{
    *ignore = (struct ignore){.arena = arena};
}

void ignore_fini(struct ignore *ignore)
{
    VEC_FINI(&ignore->rules);
}

static void add_rule(struct ignore *ignore, struct str line, size_t base)
{
    struct ignore_rule rule = {.base = base};
    while (line.n && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
        line.n--;
    if (line.n == 0 || line.p[0] == '#')
        return;
    if (line.p[0] == '!') {
        rule.negated = true;
        line = str_make(line.p + 1, line.n - 1);
    }
    if (line.n && line.p[line.n - 1] == '/') {
        rule.folders_only = true;
        line.n--;
    }
    rule.anchored = line.n && memchr(line.p, '/', line.n) != NULL;
    if (line.n && line.p[0] == '/')
        line = str_make(line.p + 1, line.n - 1);
    rule.pattern = line;
    if (line.n)
        *VEC_PUSH(&ignore->rules) = rule;
}

uint32_t ignore_enter(struct ignore *ignore, const char *folder, const char *file)
{
    uint32_t before = ignore->rules.n;
    struct str text;
    const char *path = fs_join(ignore->arena, folder, file);
    if (fs_stat(path) != FS_FILE || fs_read(ignore->arena, path, &text) != 0)
        return before;
    size_t folder_bytes = strlen(folder);
    size_t base = folder_bytes && folder[folder_bytes - 1] == '/' ? folder_bytes : folder_bytes + 1;
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t line = end ? (size_t)(end - text.p) : text.n;
        add_rule(ignore, str_make(text.p, line), base);
        size_t step = end ? line + 1 : line;
        text = str_make(text.p + step, text.n - step);
    }
    return before;
}

void ignore_leave(struct ignore *ignore, uint32_t rules)
{
    ignore->rules.n = rules;
}

/* [a-z], [!a-z]: true when c is in it; *at is moved behind the bracket. An open bracket without its
 * end is an ordinary character. */
static bool match_set(struct str pattern, size_t *at, char c)
{
    size_t i = *at + 1;
    bool negated = i < pattern.n && (pattern.p[i] == '!' || pattern.p[i] == '^');
    bool found = false;
    size_t first = i += negated;
    for (; i < pattern.n && (pattern.p[i] != ']' || i == first); i++) {
        if (i + 2 < pattern.n && pattern.p[i + 1] == '-' && pattern.p[i + 2] != ']') {
            found |= pattern.p[i] <= c && c <= pattern.p[i + 2];
            i += 2;
        } else {
            found |= pattern.p[i] == c;
        }
    }
    if (i >= pattern.n) {
        *at += 1;
        return c == '[';
    }
    *at = i + 1;
    return found != negated && c != '/';
}

/* One step of both; false when they differ here. */
static bool match_one(struct str pattern, size_t *at, char c)
{
    char wanted = pattern.p[*at];
    if (wanted == '[')
        return match_set(pattern, at, c);
    if (wanted == '\\' && *at + 1 < pattern.n)
        wanted = pattern.p[++*at];
    else if (wanted == '?') {
        ++*at;
        return c != '/';
    }
    ++*at;
    return wanted == c;
}

/* Iterative: the last star of each sort is the only place to come back to, so the work is bounded
 * by the product of the lengths. */
bool ignore_glob(struct str pattern, struct str path)
{
    const size_t none = SIZE_MAX;
    size_t p = 0, s = 0;
    size_t star = none, star_at = 0, deep = none, deep_at = 0;
    bool whole = false; /* two stars and a slash: only whole components are skipped */
    while (s < path.n || p < pattern.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            bool two = p + 1 < pattern.n && pattern.p[p + 1] == '*';
            if (two) {
                p += 2;
                /* "a" followed by a slash and two stars takes the folder itself along */
                whole = p < pattern.n && pattern.p[p] == '/';
                p += whole;
                deep = p;
                deep_at = s;
                star = none;
            } else {
                star = ++p;
                star_at = s;
            }
            continue;
        }
        if (p < pattern.n && s < path.n) {
            size_t next = p;
            if (match_one(pattern, &next, path.p[s])) {
                p = next;
                s++;
                continue;
            }
        }
        if (star != none && star_at < path.n && path.p[star_at] != '/') {
            s = ++star_at;
            p = star;
        } else if (deep != none && deep_at < path.n) {
            do
                deep_at++;
            while (whole && deep_at < path.n && path.p[deep_at - 1] != '/');
            s = deep_at;
            p = deep;
            star = none;
        } else {
            return false;
        }
    }
    return true;
}

bool ignore_match(const struct ignore *ignore, const char *path, bool folder)
{
    size_t length = strlen(path);
    for (uint32_t i = ignore->rules.n; i-- > 0;) {
        const struct ignore_rule *rule = &ignore->rules.at[i];
        if ((rule->folders_only && !folder) || rule->base > length)
            continue;
        const char *from = rule->anchored ? path + rule->base : fs_base(path);
        if (ignore_glob(rule->pattern, str_from(from)))
            return !rule->negated;
    }
    return false;
}
