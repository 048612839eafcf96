/* print_source.c - tokens of a text and the comments between them, for `dtc fmt`.
 *
 * Owns where a comment belongs: behind a token (its line ends there), on lines of its own, or in
 * front of a token on the token's line. That depends only on line ends next to the comment, and the
 * printer keeps these, so formatting twice changes nothing. Its own small scan of tokens needs no
 * keywords. */
#include "syntax/print_source.h"

/* How far ahead a printed text is looked for: past tokens that the printer left out. */
#define LOOK_AHEAD 3

static bool is_word_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_word_start(c) || is_digit(c) || c == '$';
}

static bool is_gap(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static char char_at(struct str text, size_t i)
{
    return i < text.n ? text.p[i] : '\0';
}

static size_t end_of_string(struct str text, size_t i)
{
    for (i++; i < text.n; i++) {
        if (text.p[i] == '\\')
            i++;
        else if (text.p[i] == '\'' && char_at(text, i + 1) == '\'')
            i++;
        else if (text.p[i] == '\'')
            return i + 1;
    }
    return text.n;
}

static size_t end_of_quoted(struct str text, size_t i)
{
    for (i++; i < text.n; i++) {
        if (text.p[i] == '"' && char_at(text, i + 1) == '"')
            i++;
        else if (text.p[i] == '"')
            return i + 1;
    }
    return text.n;
}

static size_t end_of_dollars(struct str text, size_t i)
{
    for (i += 2; i + 1 < text.n; i++)
        if (text.p[i] == '$' && text.p[i + 1] == '$')
            return i + 2;
    return text.n;
}

static size_t end_of_number(struct str text, size_t i)
{
    while (is_digit(char_at(text, i)))
        i++;
    if (char_at(text, i) == '.' && char_at(text, i + 1) != '.')
        for (i++; is_digit(char_at(text, i));)
            i++;
    if (char_at(text, i) == 'e' || char_at(text, i) == 'E') {
        size_t j = i + 1;
        if (char_at(text, j) == '+' || char_at(text, j) == '-')
            j++;
        if (is_digit(char_at(text, j)))
            for (i = j; is_digit(char_at(text, i));)
                i++;
    }
    return i;
}

static size_t end_of_stage(struct str text, size_t i)
{
    if (char_at(text, i + 1) == '"')
        i = end_of_quoted(text, i + 1);
    while (i < text.n && !is_gap(text.p[i]) && !strchr("(),;'\"", text.p[i]))
        i++;
    return i;
}

static size_t end_of_operator(struct str text, size_t i)
{
    static const char *const longer[] = {
        "->>", "->", "=>", ">=", "<=", "<>", "!=", "||", "::", "**", "..", "{-", "-}"};
    for (size_t k = 0; k < sizeof longer / sizeof longer[0]; k++) {
        size_t n = strlen(longer[k]);
        if (i + n <= text.n && memcmp(text.p + i, longer[k], n) == 0)
            return i + n;
    }
    return i + 1;
}

static size_t end_after(struct str text, size_t i, const char *end)
{
    size_t n = strlen(end);
    for (; i + n <= text.n; i++)
        if (memcmp(text.p + i, end, n) == 0)
            return i + n;
    return 0;
}

/* Template holes of scripts, {{..}} <%..%> &{..} &word: the end of one, 0 when none stands here. */
static size_t end_of_hole(struct str text, size_t i)
{
    char c = char_at(text, i);
    char next = char_at(text, i + 1);
    if (c == '{' && next == '{')
        return end_after(text, i + 2, "}}");
    if (c == '<' && next == '%')
        return end_after(text, i + 2, "%>");
    if (c == '&' && next == '{')
        return end_after(text, i + 2, "}");
    if (c != '&' || !is_word_start(next))
        return 0;
    for (i += 2; is_word(char_at(text, i));)
        i++;
    return i;
}

/* A word, a hole, or a name made of both. */
static size_t end_of_name(struct str text, size_t i)
{
    for (size_t end; i < text.n;) {
        if (is_word(text.p[i]))
            i++;
        else if ((end = end_of_hole(text, i)) != 0)
            i = end;
        else
            break;
    }
    return i;
}

static size_t end_of_token(struct str text, size_t i)
{
    char c = text.p[i];
    char next = char_at(text, i + 1);
    if ((c == 'x' || c == 'X') && next == '\'')
        return end_of_string(text, i + 1);
    if (is_word_start(c) || (c == '$' && is_word(next) && next != '$') || end_of_hole(text, i))
        return end_of_name(text, i);
    if (is_digit(c) || (c == '.' && is_digit(next) && !(i > 0 && is_word(text.p[i - 1]))))
        return end_of_number(text, i);
    if (c == '\'')
        return end_of_string(text, i);
    if (c == '"')
        return end_of_quoted(text, i);
    if (c == '$' && next == '$')
        return end_of_dollars(text, i);
    if (c == '@' && next && !is_gap(next) && !strchr("(),;'", next))
        return end_of_stage(text, i);
    return end_of_operator(text, i);
}

static bool line_ends_in(struct str text, uint32_t lo, uint32_t hi)
{
    return hi > lo && memchr(text.p + lo, '\n', hi - lo) != NULL;
}

/* Comments that must be the last thing on their line: `--` ones, and blocks of several lines. */
static bool ends_its_line(const struct print_source *s, uint32_t i)
{
    struct comment c = s->comments[i];
    bool tag = s->text.p[c.lo] == '{';
    return (!tag && s->text.p[c.lo + 1] != '*') || line_ends_in(s->text, c.lo, c.hi);
}

/* Sorts the comments first..end between two tokens into kinds; lo ends the token before, hi begins
 * the one behind. Comments on one line form a run, and a run is of one kind. */
static void sort_comments(struct print_source *s, uint32_t first, uint32_t end, uint32_t lo,
                          uint32_t hi)
{
    bool fresh = lo == 0 && first == 0; /* nothing stands before the first run of the file */
    for (uint32_t i = first; i < end;) {
        fresh = fresh ||
                line_ends_in(s->text, i > first ? s->comments[i - 1].hi : lo, s->comments[i].lo);
        uint32_t run = i;
        bool ends = false;
        for (; run < end && !ends; run++) {
            uint32_t next = run + 1 < end ? s->comments[run + 1].lo : hi;
            ends = ends_its_line(s, run) || next == s->text.n ||
                   line_ends_in(s->text, s->comments[run].hi, next);
        }
        enum layout_kind kind = !ends ? LAYOUT_INLINE : fresh ? LAYOUT_OWN : LAYOUT_TRAILING;
        s->kinds[i] = (uint8_t)kind;
        for (i++; i < run; i++)
            s->kinds[i] = ends ? LAYOUT_JOINED : LAYOUT_INLINE;
        fresh = true;
    }
}

static bool moves_over(const struct print_source *s, uint32_t first, uint32_t end)
{
    /* A template tag decides what is written around it: it stays on its side of a comma. */
    for (uint32_t i = first; i < end; i++)
        if (s->kinds[i] == LAYOUT_INLINE || s->text.p[s->comments[i].lo] == '{')
            return false;
    return true;
}

static uint32_t next_lo(const struct print_source *s, uint32_t token)
{
    return token + 1 < s->tokens.n ? s->tokens.at[token + 1].lo : (uint32_t)s->text.n;
}

static void attach_comments(struct print_source *s)
{
    for (uint32_t t = 0; t < s->tokens.n; t++) {
        struct source_token *token = &s->tokens.at[t];
        uint32_t end = t + 1 < s->tokens.n ? s->tokens.at[t + 1].comments : s->comments_n;
        sort_comments(s, token->comments, end, t ? s->tokens.at[t - 1].hi : 0, token->lo);
    }
    for (uint32_t t = 1; t + 1 < s->tokens.n; t++) {
        struct source_token *token = &s->tokens.at[t];
        char c = s->text.p[token->lo];
        uint32_t own = token[1].comments;
        if (c != ',' && c != ';')
            continue;
        if (own == token->comments || !moves_over(s, token->comments, own))
            continue;
        token[1].comments = token->comments;
        if (own < s->comments_n && s->kinds[own] == LAYOUT_TRAILING &&
            s->comments[own].lo < next_lo(s, t))
            s->kinds[own] = LAYOUT_OWN; /* the line is taken */
    }
}

void print_source_init(struct print_source *s, const struct tree *tree, struct str text)
{
    *s = (struct print_source){
        .text = text, .comments = tree->comments, .comments_n = tree->comments_n};
    vec_grow((void **)&s->kinds, &(uint32_t){0}, s->comments_n + 1, sizeof *s->kinds);
    uint32_t comment = 0;
    uint32_t first = 0;
    for (size_t i = 0; i < text.n;) {
        if (comment < s->comments_n && i == s->comments[comment].lo) {
            i = s->comments[comment++].hi;
        } else if (is_gap(text.p[i])) {
            i++;
        } else {
            size_t end = end_of_token(text, i);
            *VEC_PUSH(&s->tokens) = (struct source_token){(uint32_t)i, (uint32_t)end, first};
            first = comment;
            i = end;
        }
    }
    uint32_t n = (uint32_t)text.n;
    *VEC_PUSH(&s->tokens) = (struct source_token){n, n, first};
    attach_comments(s);
}

void print_source_fini(struct print_source *s)
{
    vec_free(s->kinds);
    VEC_FINI(&s->tokens);
}

struct str print_source_token(const struct print_source *s, uint32_t token)
{
    struct source_token t = s->tokens.at[token];
    return str_make(s->text.p + t.lo, t.hi - t.lo);
}

static bool same_token(struct str source, struct str text)
{
    if (str_eq_nocase(source, text))
        return true;
    static const char *const forms[][2] = {{"<>", "!="}, {"any", "some"}, {"every", "schedule"}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_is(text, forms[i][0]) && str_eq_nocase(source, str_from(forms[i][1])))
            return true;
    /* A path is quoted either way. */
    return text.n == source.n && text.n > 2 && text.p[0] == '"' && source.p[0] == '\'' &&
           memcmp(text.p + 1, source.p + 1, text.n - 2) == 0;
}

uint32_t print_source_find(const struct print_source *s, struct str text)
{
    for (uint32_t i = s->at; i + 1 < s->tokens.n && i < s->at + LOOK_AHEAD; i++)
        if (same_token(print_source_token(s, i), text))
            return i;
    return SOURCE_NOWHERE;
}

static bool same_quoted(struct str quoted, struct str name)
{
    if (quoted.n < 2 || quoted.p[0] != '"')
        return false;
    size_t i = 0;
    for (size_t k = 1; k + 1 < quoted.n; k++, i++) {
        if (quoted.p[k] == '"')
            k++;
        if (i >= name.n || quoted.p[k] != name.p[i])
            return false;
    }
    return i == name.n;
}

uint32_t print_source_find_name(const struct print_source *s, struct str name)
{
    for (uint32_t i = s->at; i + 1 < s->tokens.n && i < s->at + LOOK_AHEAD; i++) {
        struct str token = print_source_token(s, i);
        if (str_eq_nocase(token, name) || same_quoted(token, name))
            return i;
    }
    return SOURCE_NOWHERE;
}

static bool empty_line_before(const struct print_source *s, uint32_t at)
{
    uint32_t ends = 0;
    for (; at > 0 && is_gap(s->text.p[at - 1]); at--)
        ends += s->text.p[at - 1] == '\n';
    return ends > 1 && at > 0;
}

static void say(struct print_source *s, struct layout *layout, enum layout_kind kind)
{
    struct comment c = s->comments[s->said];
    bool empty_line = s->empty_lines && empty_line_before(s, c.lo);
    size_t n = c.hi - c.lo;
    while (n && is_gap(s->text.p[c.lo + n - 1]))
        n--;
    layout_comment(layout, kind, str_make(s->text.p + c.lo, n), empty_line);
    s->said++;
}

static uint32_t comments_end(const struct print_source *s, uint32_t token)
{
    return token + 1 < s->tokens.n ? s->tokens.at[token + 1].comments : s->comments_n;
}

void print_source_before(struct print_source *s, struct layout *layout, uint32_t token)
{
    uint32_t end = comments_end(s, token);
    while (s->said < end) {
        enum layout_kind kind = (enum layout_kind)s->kinds[s->said];
        say(s, layout, kind == LAYOUT_TRAILING ? LAYOUT_OWN : kind);
    }
}

void print_source_trail(struct print_source *s, struct layout *layout)
{
    uint32_t end = comments_end(s, s->at);
    bool trailing = false;
    while (s->said < end && (s->kinds[s->said] == LAYOUT_TRAILING ||
                             (trailing && s->kinds[s->said] == LAYOUT_JOINED))) {
        trailing = true;
        say(s, layout, (enum layout_kind)s->kinds[s->said]);
    }
}

void print_source_after(struct print_source *s, struct layout *layout, uint32_t token)
{
    s->at = token + 1;
    /* The last item of a block may lack its semicolon, which will stand before these comments. */
    char c = s->text.p[s->tokens.at[token].lo];
    bool last = s->in_block && str_is(print_source_token(s, s->at), "}");
    if (!last || c == ';' || c == '}')
        print_source_trail(s, layout);
}

bool print_source_is_bare(const struct print_source *s)
{
    return s->said == comments_end(s, s->at + 1 < s->tokens.n ? s->at + 1 : s->at);
}

void print_source_skip(struct print_source *s, struct layout *layout, uint32_t hi)
{
    while (s->at + 1 < s->tokens.n && s->tokens.at[s->at].lo < hi)
        s->at++;
    while (s->said < s->comments_n && s->comments[s->said].lo < hi)
        s->said++;
    if (s->at > 0)
        print_source_after(s, layout, s->at - 1);
}

bool print_source_has_lead(const struct print_source *s)
{
    return s->said < comments_end(s, s->at) && s->kinds[s->said] != LAYOUT_INLINE;
}

bool print_source_lead(struct print_source *s, struct layout *layout)
{
    bool any = false;
    for (; print_source_has_lead(s); any = true)
        say(s, layout, s->kinds[s->said] == LAYOUT_JOINED ? LAYOUT_JOINED : LAYOUT_OWN);
    return any;
}

bool print_source_gap(const struct print_source *s)
{
    bool comment = s->said < comments_end(s, s->at);
    return empty_line_before(s, comment ? s->comments[s->said].lo : s->tokens.at[s->at].lo);
}
