/* syntax_error.c - what stands here, what could stand here, and the likely slip.
 *
 * The grammar gives every token that would have been accepted. A reader can use a few: kinds of
 * tokens that belong together are said as one ("an expression"), and a word that is nearly one of
 * the expected keywords is offered as a fix. */
#include "syntax/syntax_error.h"
#include "base/limits.h"
#include "diag/suggest.h"

enum { SHOWN_MAX = 6 };

static bool has(const char *const *names, int n, const char *name)
{
    for (int i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool is_keyword(const char *name)
{
    if (!*name)
        return false;
    for (const char *c = name; *c; c++)
        if (!((*c >= 'A' && *c <= 'Z') || *c == '_'))
            return false;
    return true;
}

static bool is_punctuation(const char *name)
{
    return strlen(name) <= 2 && !is_keyword(name);
}

static void add(struct buf *out, int *shown, const char *text, bool quoted)
{
    if ((*shown)++ >= SHOWN_MAX)
        return;
    if (*shown > 1)
        buf_puts(out, ", ");
    if (quoted)
        buf_putc(out, '`');
    for (const char *c = text; *c; c++)
        buf_putc(out, quoted && *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c);
    if (quoted)
        buf_putc(out, '`');
}

/* "`,` or an expression": commas but the last. */
static void finish_list(struct buf *out, int shown)
{
    struct str text = buf_view(out);
    size_t comma = text.n;
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == ',' && text.p[i + 1] == ' ')
            comma = i;
    if (shown > SHOWN_MAX) {
        buf_puts(out, " or something else");
        return;
    }
    if (comma == text.n)
        return;
    struct buf whole;
    buf_init(&whole);
    buf_add(&whole, text.p, comma);
    buf_puts(&whole, " or");
    buf_add(&whole, text.p + comma + 1, text.n - comma - 1);
    buf_clear(out);
    buf_str(out, buf_view(&whole));
    buf_fini(&whole);
}

/* Words that a reader is glad to see named; the others follow when there is room. */
static const char *const telling[] = {"TABLE",  "VIEW", "AS",   "FROM", "END", "THEN", "WHEN",
                                      "SELECT", "ON",   "JOIN", "BY",   "IN",  "WHERE"};

static bool is_telling(const char *name)
{
    return has(telling, sizeof telling / sizeof telling[0], name);
}

/* Words that go on with an expression are said as one: "an operator". */
static bool is_operator(const char *name)
{
    static const char *const words[] = {"AND",   "OR",    "NOT",    "IN",      "IS",      "LIKE",
                                        "ILIKE", "RLIKE", "REGEXP", "BETWEEN", "COLLATE", "ESCAPE"};
    return has(words, sizeof words / sizeof words[0], name);
}

static void add_words(struct buf *out, int *shown, const char *const *names, int n, bool wanted,
                      bool operators)
{
    for (int i = 0; i < n; i++)
        if (is_keyword(names[i]) && is_telling(names[i]) == wanted &&
            !(operators && is_operator(names[i])))
            add(out, shown, names[i], true);
}

static void list_expected(struct buf *out, const char *const *names, int n)
{
    int shown = 0;
    bool expression = has(names, n, "CASE") && has(names, n, "number");
    bool operators = has(names, n, "+") && has(names, n, "||") && !expression;
    bool clause = has(names, n, "LAG") && has(names, n, "WAREHOUSE");
    if (expression)
        add(out, &shown, "an expression", false);
    if (has(names, n, "name") && !expression)
        add(out, &shown, "a name", false);
    if (clause)
        add(out, &shown, "a clause", false);
    for (int i = 0; i < n; i++)
        if (is_punctuation(names[i]) && strchr(";,()=", names[i][0]) &&
            !((expression || operators) && strchr("(=", names[i][0])))
            add(out, &shown, names[i], true);
    if (operators)
        add(out, &shown, "an operator", false);
    if (!expression) {
        add_words(out, &shown, names, n, true, operators);
        if (!clause)
            add_words(out, &shown, names, n, false, operators);
    }
    if (shown == 0)
        for (int i = 0; i < n; i++)
            add(out, &shown, names[i], false);
    finish_list(out, shown);
}

static void lower_word(char *out, size_t size, struct str word)
{
    size_t n = word.n < size - 1 ? word.n : size - 1;
    for (size_t i = 0; i < n; i++)
        out[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 32) : word.p[i];
    out[n] = 0;
}

static void suggest_word(struct parser *p, struct diag *d, struct span span, struct str word,
                         const char *const *names, int n)
{
    struct suggest s = suggest_begin(word);
    for (int i = 0; i < n; i++)
        if (is_keyword(names[i]))
            suggest_offer(&s, str_from(names[i]));
    if (!s.best.n || s.distance == 0 || word.n < 3)
        return;
    char lower[32];
    lower_word(lower, sizeof lower, s.best);
    diag_help(&p->ctx->diags, d, "did you mean `%s`?", lower);
    diag_fix(&p->ctx->diags, d, DIAG_FIX_UNSAFE, "write the word that was probably meant", span,
             lower);
}

/* `from t wher a = 1`: the word before was taken for an alias. */
static void suggest_before(struct parser *p, struct diag *d, uint32_t lo)
{
    static const char *const clauses[] = {"WHERE", "GROUP", "HAVING", "QUALIFY", "ORDER",
                                          "UNION", "LIMIT", "JOIN",   "SELECT",  "FROM"};
    uint32_t i = p->at;
    while (i > 0 && p->tokens.all.at[i].lo >= lo)
        i--;
    const struct token *t = &p->tokens.all.at[i];
    if (t->kind != TOK_IDENT)
        return;
    struct suggest s = suggest_begin(sym_text(&p->ctx->names, t->sym));
    for (size_t k = 0; k < sizeof clauses / sizeof clauses[0]; k++)
        suggest_offer(&s, str_from(clauses[k]));
    if (!s.best.n || s.distance == 0 || s.wanted.n < 4)
        return;
    struct span span = {p->file, t->lo, t->hi};
    diag_label(&p->ctx->diags, d, span, "this was read as an alias");
    char lower[32];
    lower_word(lower, sizeof lower, s.best);
    diag_help(&p->ctx->diags, d, "did you mean `%s`?", lower);
}

static void too_many(struct parser *p, struct span span)
{
    diag_add(&p->ctx->diags, diag_rule("DT009"), span, "reading goes on, without a word");
}

static bool is_end(const struct token *t)
{
    return t->kind == ';' || t->kind == TOK_BLOCK_END || t->kind == 0;
}

bool syntax_is_templated(const struct parser *p, uint32_t at)
{
    if (!p->templates.n)
        return false;
    const struct token *t = p->tokens.all.at;
    uint32_t lo = 0, hi = UINT32_MAX;
    for (uint32_t i = 0; i < p->tokens.all.n; i++) {
        if (!is_end(&t[i]))
            continue;
        if (t[i].lo < at) {
            lo = t[i].lo;
        } else {
            hi = t[i].lo;
            break;
        }
    }
    for (uint32_t i = 0; i < p->templates.n; i++)
        if (p->templates.at[i].lo >= lo && p->templates.at[i].lo < hi)
            return true;
    return false;
}

void syntax_error(struct parser *p, struct location at, const char *found,
                  const char *const *expected, int n)
{
    struct span span = {p->file, at.lo, at.hi};
    if (strcmp(found, "refused text") == 0)
        return; /* reported where it was refused */
    for (uint32_t i = 0; i < p->unclosed.n; i++)
        if (at.lo >= p->unclosed.at[i].lo && at.lo <= p->unclosed.at[i].hi)
            return;
    if (syntax_is_templated(p, at.lo)) {
        diag_add(&p->ctx->diags, diag_rule("DT034"), span,
                 "with its template tags the statement cannot be read beyond this point");
        return;
    }
    p->errors++;
    if (p->errors > LIMIT_ERRORS_PER_FILE) {
        if (p->errors == LIMIT_ERRORS_PER_FILE + 1)
            too_many(p, span);
        return;
    }
    struct buf list;
    buf_init(&list);
    list_expected(&list, expected, n);
    struct str text = source_text(&p->ctx->sources, span);
    const struct diag_rule *rule = diag_rule("DT001");
    struct diag *d;
    const char *wanted = list.n ? buf_view(&list).p : "the end of this declaration";
    if (text.n == 0)
        d = diag_add(&p->ctx->diags, rule, span, "the text ends here, and %s is expected", wanted);
    else
        d = diag_add(&p->ctx->diags, rule, span, "`%.*s` stands where %s is expected",
                     text.n > 40 ? 40 : (int)text.n, text.p, wanted);
    if (strcmp(found, "name") == 0)
        suggest_word(p, d, span, text, expected, n);
    if (n > 0 && has(expected, n, "WHERE"))
        suggest_before(p, d, at.lo);
    buf_fini(&list);
}

void syntax_too_deep(struct parser *p, struct location at)
{
    p->errors++;
    p->ctx->limit_hit = true;
    diag_add(&p->ctx->diags, diag_rule("DT006"), (struct span){p->file, at.lo, at.hi},
             "what stands here is nested deeper than %u levels", (unsigned)LIMIT_TREE_DEPTH);
}
