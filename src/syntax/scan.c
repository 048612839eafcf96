/* scan.c - the actions behind grammar/dtl.l: tokens, comments, lexical errors. */
#include "syntax/scan.h"
#include "base/limits.h"
#include "base/utf8.h"

#define YY_NO_UNISTD_H
#define YY_HEADER_EXPORT_START_CONDITIONS
#include "dtl.lex.h"

void scan_take(struct scan_state *s, int kind, sym_t sym)
{
    struct token *t = VEC_PUSH(&s->parser->tokens.all);
    *t = (struct token){(uint16_t)kind, 0, s->lo, s->hi, sym};
}

/* Texts end at a zero byte further on, and Snowflake takes none. */
static void check_zeros(struct scan_state *s, const char *text, size_t n)
{
    if (s->zeros && memchr(text, 0, n))
        scan_error(s, "DT002", "a zero byte stands in here");
}

void scan_take_text(struct scan_state *s, int kind, const char *text, size_t n)
{
    check_zeros(s, text, n);
    scan_take(s, kind, sym_intern(s->names, str_make(text, n)));
}

/* Where an error is reported: remembered, because the declaration around it is not to be trusted.
 */
static struct span here(const struct scan_state *s)
{
    *VEC_PUSH(&s->parser->scan_errors) = s->lo;
    return (struct span){s->parser->file, s->lo, s->hi};
}

void scan_error(struct scan_state *s, const char *code, const char *label)
{
    s->parser->errors++;
    diag_add(&s->parser->ctx->diags, diag_rule(code), here(s), "%s", label);
}

static void check_length(struct scan_state *s, const char *text, size_t n)
{
    if (n <= LIMIT_NAME_CHARS || utf8_count(str_make(text, n)) <= LIMIT_NAME_CHARS)
        return;
    s->parser->errors++;
    s->parser->ctx->limit_hit = true;
    diag_add(&s->parser->ctx->diags, diag_rule("DT007"), here(s), "this name has %zu characters",
             utf8_count(str_make(text, n)));
}

void scan_word(struct scan_state *s, const char *text, size_t n)
{
    check_length(s, text, n);
    scan_take(s, TOK_IDENT, sym_intern_upper(s->names, str_make(text, n)));
}

void scan_quoted(struct scan_state *s, const char *text, size_t n)
{
    check_zeros(s, text, n);
    check_length(s, text + 1, n - 2);
    if (n == 2)
        scan_error(s, "DT002", "a quoted name cannot be empty");
    if (!memchr(text + 1, '"', n - 2)) {
        scan_take(s, TOK_QUOTED, sym_intern(s->names, str_make(text + 1, n - 2)));
        return;
    }
    struct buf name;
    buf_init(&name);
    for (size_t i = 1; i + 1 < n; i++) {
        buf_putc(&name, text[i]);
        if (text[i] == '"')
            i++; /* the second of a doubled quote */
    }
    scan_take(s, TOK_QUOTED, sym_intern(s->names, buf_view(&name)));
    buf_fini(&name);
}

void scan_binary(struct scan_state *s, const char *text, size_t n)
{
    size_t digits = 0;
    for (size_t i = 2; i + 1 < n; i++) {
        if (text[i] == ' ')
            continue;
        if (!strchr("0123456789abcdefABCDEF", text[i])) {
            scan_error(s, "DT015", "a binary string holds hexadecimal digits only");
            break;
        }
        digits++;
    }
    if (digits % 2)
        scan_error(s, "DT015", "a binary string holds an even number of digits");
    scan_take_text(s, TOK_BINARY, text, n);
}

void scan_dollar(struct scan_state *s, int kind, const char *text, size_t n)
{
    scan_take(s, kind, sym_intern_upper(s->names, str_make(text + 1, n - 1)));
}

void scan_comment(struct scan_state *s, const char *text)
{
    struct tree *tree = s->parser->tree;
    uint32_t hi = s->hi;
    check_zeros(s, text, hi - s->lo);
    while (hi > s->lo && (text[hi - s->lo - 1] == '\r'))
        hi--; /* the line end is not part of a comment */
    if (tree->comments_n == tree->comments_cap)
        vec_grow((void **)&tree->comments, &tree->comments_cap, tree->comments_n + 1,
                 sizeof *tree->comments);
    tree->comments[tree->comments_n++] = (struct comment){s->lo, hi};
}

static void note_template(struct scan_state *s)
{
    *VEC_PUSH(&s->parser->templates) = (struct location){s->lo, s->hi};
}

bool scan_template(struct scan_state *s)
{
    if (s->parser->mode != PARSE_SQL)
        return false;
    note_template(s);
    scan_comment(s, s->parser->ctx->sources.files.at[s->parser->file].text.p + s->lo);
    return true;
}

bool scan_hole(struct scan_state *s, const char *text, size_t n)
{
    if (s->parser->mode != PARSE_SQL)
        return false;
    note_template(s);
    scan_take_text(s, TOK_HOLE, text, n);
    return true;
}

size_t scan_word_before_hole(struct scan_state *s, const char *text, size_t n)
{
    if (scan_hole(s, text, n))
        return 0;
    size_t word = 0;
    while (word < n && text[word] != '{' && text[word] != '<' && text[word] != '&')
        word++;
    s->hi = s->lo + (uint32_t)word;
    scan_word(s, text, word);
    return word;
}

void scan_rest(struct scan_state *s, char c)
{
    s->hi = s->lo + 1;
    if (c == '&')
        scan_stray(s, "&", 1);
    else
        scan_take(s, c, 0);
}

void scan_stray(struct scan_state *s, const char *text, size_t n)
{
    s->parser->errors++;
    struct diag *d;
    if ((unsigned char)text[0] >= 0x80) {
        d = diag_add(&s->parser->ctx->diags, diag_rule("DT002"), here(s),
                     "`%.*s` cannot stand outside quotes and comments", (int)n, text);
        if (n >= 2 && memcmp(text, "\xc2\xa0", 2) == 0)
            diag_help(&s->parser->ctx->diags, d, "this is a non-breaking space: type a plain one");
        else if (n >= 3 &&
                 (memcmp(text, "\xe2\x80\x98", 3) == 0 || memcmp(text, "\xe2\x80\x99", 3) == 0))
            diag_help(&s->parser->ctx->diags, d, "strings are written in straight quotes: '...'");
    } else if (text[0] == 0) {
        diag_add(&s->parser->ctx->diags, diag_rule("DT002"), here(s), "a zero byte stands here");
    } else {
        d = diag_add(&s->parser->ctx->diags, diag_rule("DT002"), here(s),
                     (unsigned char)text[0] < 0x20 ? "a control character stands here"
                                                   : "`%c` has no meaning here",
                     text[0]);
        if (text[0] == '`')
            diag_help(&s->parser->ctx->diags, d, "names are quoted with \"double quotes\"");
        if (text[0] == '#')
            diag_help(&s->parser->ctx->diags, d, "comments start with `--`");
    }
}

void scan_bad_number(struct scan_state *s, const char *text, size_t n)
{
    s->parser->errors++;
    diag_add(&s->parser->ctx->diags, diag_rule("DT015"), here(s),
             "`%.*s` is neither a number nor a name", n > 60 ? 60 : (int)n, text);
    scan_take_text(s, TOK_NUMBER, text, n);
}

int scan_unclosed(struct scan_state *s, const char *code, const char *text, size_t n)
{
    const char *end = memchr(text, '\n', n);
    /* Reading on at the next line finds more errors; after too many the rest is one string. */
    size_t keep = end && s->parser->errors < LIMIT_ERRORS_PER_FILE ? (size_t)(end - text) : n;
    while (keep > 1 && (text[keep - 1] == '\r' || text[keep - 1] == ' '))
        keep--;
    if (keep > 1 && text[keep - 1] == ';')
        keep--; /* so that the declaration still ends where it was meant to */
    s->hi = s->lo + (uint32_t)keep;
    scan_error(s, code, "it opens here and is never closed");
    scan_take(s, strcmp(code, "DT003") == 0 ? TOK_STRING : TOK_QUOTED,
              sym_intern(s->names, str_make(text, keep)));
    return (int)keep;
}

bool scan_splits_dot(const struct scan_state *s, const char *text)
{
    if (text[0] != '.' || s->parser->tokens.all.n == 0)
        return false;
    const struct token *before = VEC_LAST(&s->parser->tokens.all);
    return before->hi == s->lo && (before->kind == TOK_IDENT || before->kind == TOK_QUOTED ||
                                   before->kind == ')' || before->kind == ']');
}

void scan_tokens(struct parser *p, struct str text)
{
    struct scan_state state = {.parser = p, .names = &p->ctx->names};
    state.zeros = memchr(text.p, 0, text.n) != NULL;
    VEC_RESERVE(&p->tokens.all, (uint32_t)(text.n / 5 + 16));
    yyscan_t scanner;
    if (dtl_scan_lex_init_extra(&state, &scanner))
        bug_out_of_memory();
    /* The text is NUL-terminated twice and borrowed: flex scans it in place and puts back what it
     * overwrites. A zero byte inside the text is an ordinary character to it. */
    if (!dtl_scan__scan_buffer((char *)(uintptr_t)text.p, text.n + 2, scanner))
        BUG("the text of a source ends with two NULs");
    while (dtl_scan_lex(scanner) != 0)
        ;
    dtl_scan_lex_destroy(scanner);
    state.lo = state.hi = (uint32_t)text.n;
    scan_take(&state, 0, 0);
}
