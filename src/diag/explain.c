/* explain.c - finds sections in the embedded explanations.
 *
 * Owns the form of a section: a line `## DTnnn name`, then text up to the next such line. A `##`
 * inside a code fence does not open a section because no code follows it. */
#include "diag/explain.h"

#include "base/embed.h"

static struct str rest_from(struct str text, size_t at)
{
    return str_make(text.p + at, text.n - at);
}

static size_t line_end(struct str text, size_t at)
{
    const char *end = at < text.n ? memchr(text.p + at, '\n', text.n - at) : NULL;
    return end ? (size_t)(end - text.p) : text.n;
}

/* Where the next heading of a section begins, from the start of a line on; text.n when none
 * does. */
static size_t next_heading(struct str text, size_t at)
{
    while (at < text.n && !str_starts(rest_from(text, at), "## DT"))
        at = line_end(text, at) + 1;
    return at < text.n ? at : text.n;
}

static void read_section(struct str text, size_t start, size_t end, struct explain_entry *out)
{
    size_t heading_end = line_end(text, start);
    struct str heading = str_trim(str_make(text.p + start + 3, heading_end - start - 3));
    const char *blank = memchr(heading.p, ' ', heading.n);
    out->code = str_make(heading.p, blank ? (size_t)(blank - heading.p) : heading.n);
    out->name = str_trim(rest_from(heading, out->code.n));
    out->text = str_trim(str_make(text.p + heading_end, end - heading_end));
}

bool explain_all(struct explain_iter *it, struct explain_entry *out)
{
    for (; explain_files[it->file].path; it->file++, it->at = 0) {
        struct str text = explain_files[it->file].text;
        size_t start = next_heading(text, it->at);
        if (start == text.n)
            continue;
        it->at = next_heading(text, line_end(text, start) + 1);
        read_section(text, start, it->at, out);
        return true;
    }
    return false;
}

struct str explain_find(const char *code)
{
    struct explain_iter it = {0};
    struct explain_entry entry;
    struct str wanted = str_from(code);
    while (explain_all(&it, &entry))
        if (str_eq_nocase(entry.code, wanted) || str_eq_nocase(entry.name, wanted))
            return entry.text;
    return STR_LIT("");
}
