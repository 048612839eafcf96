/* statement.c - SQL statements that are kept as they are: their end, their head, the names in them.
 *
 * Rests on reference rules for scripts (Snowflake Scripting): a block opens at DECLARE or BEGIN and
 * closes at its END; CASE, IF, FOR, WHILE, LOOP and REPEAT nest inside it. Looks at words only; the
 * scanner has made strings, quoted names and comments harmless. */
#include "syntax/filter.h"

static bool word_is(const struct parser *p, const struct token *t, const char *word)
{
    return t->kind == TOK_IDENT && str_is(sym_text(&p->ctx->names, t->sym), word);
}

enum { HEADS_MAX = 40 };
static const char *const heads[HEADS_MAX] = {
    "CREATE",  "ALTER",    "DROP",     "UNDROP", "DEFINE",  "GRANT",  "REVOKE",
    "COMMENT", "USE",      "SET",      "UNSET",  "INSERT",  "UPDATE", "DELETE",
    "MERGE",   "TRUNCATE", "COPY",     "CALL",   "EXECUTE", "SHOW",   "DESCRIBE",
    "DESC",    "LIST",     "LS",       "PUT",    "GET",     "REMOVE", "RM",
    "EXPLAIN", "COMMIT",   "ROLLBACK", "BEGIN",  "DECLARE", "START",
};

static bool text_is_head(struct str text)
{
    for (int i = 0; i < HEADS_MAX && heads[i]; i++)
        if (str_is(text, heads[i]))
            return true;
    return false;
}

bool statement_is_head(const struct parser *p, const struct token *token)
{
    return token->kind == TOK_IDENT && text_is_head(sym_text(&p->ctx->names, token->sym));
}

bool statement_head_is_known(struct str head)
{
    const char *blank = memchr(head.p, ' ', head.n);
    return text_is_head(blank ? str_make(head.p, (size_t)(blank - head.p)) : head);
}

/* --- where it ends
 * ----------------------------------------------------------------------------------- */

struct walk {
    const struct parser *p;
    const struct token *t;
    uint32_t n, at;
    uint32_t depth; /* open blocks, CASE, IF, loops */
    uint32_t parens;
    bool starting; /* the next word begins a statement of a block */
    bool loop;     /* FOR or WHILE was seen: its LOOP or DO opens nothing */
};

static bool at_word(const struct walk *w, uint32_t i, const char *word)
{
    return i < w->n && word_is(w->p, &w->t[i], word);
}

/* BEGIN opens a block unless it begins a transaction. */
static bool begins_block(const struct walk *w)
{
    if (at_word(w, w->at, "DECLARE"))
        return w->depth == 0;
    if (!at_word(w, w->at, "BEGIN"))
        return false;
    uint32_t next = w->at + 1;
    return w->t[next].kind && w->t[next].kind != ';' && !at_word(w, next, "TRANSACTION") &&
           !at_word(w, next, "WORK") && !at_word(w, next, "NAME");
}

static bool opens_inside(const struct walk *w)
{
    static const char *const words[] = {"IF", "FOR", "WHILE", "LOOP", "REPEAT"};
    if (at_word(w, w->at, "CASE"))
        return true;
    if (!w->starting)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (at_word(w, w->at, words[i]))
            return !(at_word(w, w->at, "REPEAT") && w->t[w->at + 1].kind == '(');
    return false;
}

static void close_inside(struct walk *w)
{
    static const char *const words[] = {"IF", "CASE", "FOR", "WHILE", "LOOP", "REPEAT"};
    w->depth--;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (at_word(w, w->at + 1, words[i])) {
            w->at++;
            return;
        }
}

static bool starts_statement_after(const struct walk *w)
{
    static const char *const words[] = {"THEN",  "ELSE",    "DO",       "LOOP",
                                        "BEGIN", "DECLARE", "EXCEPTION"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (at_word(w, w->at, words[i]))
            return true;
    return w->t[w->at].kind == ';';
}

static void step(struct walk *w, bool *declared)
{
    int kind = w->t[w->at].kind;
    if (kind == '(')
        w->parens++;
    else if (kind == ')' && w->parens)
        w->parens--;
    else if (kind == TOK_IDENT && w->parens == 0) {
        if (begins_block(w)) {
            if (!*declared || w->depth != 1)
                w->depth++;
            *declared = at_word(w, w->at, "DECLARE");
        } else if (w->depth && opens_inside(w)) {
            w->depth++;
        } else if (w->depth && at_word(w, w->at, "END")) {
            close_inside(w);
        }
    }
    w->starting = starts_statement_after(w);
    w->at++;
}

uint32_t statement_end(const struct parser *p, const struct token *tokens, uint32_t n, uint32_t at)
{
    struct walk w = {.p = p, .t = tokens, .n = n, .at = at, .starting = true};
    bool declared = false;
    while (w.t[w.at].kind) {
        if (w.t[w.at].kind == ';' && w.depth == 0)
            return w.at;
        step(&w, &declared);
    }
    if (w.depth == 0)
        return w.at;
    for (uint32_t i = at; i < n; i++) /* a block without END: fall back to the first semicolon */
        if (tokens[i].kind == ';' || tokens[i].kind == 0)
            return i;
    return w.at;
}

/* --- what it is
 * ----------------------------------------------------------------------------------------- */

static bool text_in(struct str text, const char *const *words)
{
    for (; *words; words++)
        if (str_is(text, *words))
            return true;
    return false;
}

static const char *const noise[] = {"OR",   "REPLACE",  "TRANSIENT", "SECURE", "TEMPORARY",
                                    "TEMP", "VOLATILE", "LOCAL",     "GLOBAL", "IF",
                                    "NOT",  "EXISTS",   "RECURSIVE", NULL};
static const char *const kinds[] = {
    "DYNAMIC", "MATERIALIZED", "EXTERNAL",     "FILE",      "ICEBERG",  "HYBRID",  "EVENT",
    "ROW",     "ACCESS",       "MASKING",      "NETWORK",   "PASSWORD", "SESSION", "SEMANTIC",
    "STORAGE", "API",          "NOTIFICATION", "SECURITY",  "RESOURCE", "CORTEX",  "SEARCH",
    "GIT",     "COMPUTE",      "IMAGE",        "AGGREGATE", "DATABASE", NULL};
static const char *const objects[] = {
    "TABLE",       "VIEW",      "STREAM",  "TASK",       "ALERT",     "PIPE",
    "FUNCTION",    "PROCEDURE", "SCHEMA",  "DATABASE",   "WAREHOUSE", "ROLE",
    "USER",        "TAG",       "STAGE",   "FORMAT",     "SEQUENCE",  "POLICY",
    "INTEGRATION", "MONITOR",   "SERVICE", "REPOSITORY", "POOL",      "SECRET",
    "SHARE",       "TYPE",      "MODEL",   "NOTEBOOK",   "STREAMLIT", NULL};

/* Index of the first token after the head words; out gets them, one blank between. */
static uint32_t read_head(const struct parser *p, const struct token *t, uint32_t n,
                          struct buf *out)
{
    struct str first = sym_text(&p->ctx->names, t[0].sym);
    buf_str(out, first);
    static const char *const definers[] = {"CREATE",   "ALTER", "DROP",     "UNDROP",  "DEFINE",
                                           "DESCRIBE", "DESC",  "TRUNCATE", "EXECUTE", NULL};
    uint32_t i = 1;
    bool named = !text_in(first, definers);
    for (; i < n && t[i].kind == TOK_IDENT && !named; i++) {
        struct str word = sym_text(&p->ctx->names, t[i].sym);
        if (text_in(word, noise) || str_is(word, "ALTER"))
            continue;
        bool object = text_in(word, objects);
        if (!object && !text_in(word, kinds))
            break;
        buf_putc(out, ' ');
        buf_str(out, word);
        named = object && !(str_is(word, "DATABASE") && i + 1 < n && word_is(p, &t[i + 1], "ROLE"));
    }
    while (i < n && t[i].kind == TOK_IDENT && text_in(sym_text(&p->ctx->names, t[i].sym), noise))
        i++;
    return i;
}

sym_t statement_head(struct parser *p, const struct token *tokens, uint32_t n, uint32_t *words)
{
    struct buf head;
    buf_init(&head);
    *words = read_head(p, tokens, n, &head);
    sym_t sym = sym_intern(&p->ctx->names, buf_view(&head));
    buf_fini(&head);
    return sym;
}

/* --- whom it names
 * ---------------------------------------------------------------------------------------- */

static bool is_name(const struct token *t)
{
    return t->kind == TOK_IDENT || t->kind == TOK_QUOTED || t->kind == TOK_HOLE;
}

/* Reads a dotted name at t[i] into an OBJECT; returns the index after it, i when there is none. */
static uint32_t read_name(struct parser *p, const struct token *t, uint32_t n, uint32_t i,
                          uint32_t statement, bool written)
{
    if (i >= n || !is_name(&t[i]))
        return i;
    node_t first = 0, last = 0;
    uint32_t start = i;
    for (;; i += 2) {
        bool more = i + 2 < n && t[i + 1].kind == TOK_DOT && is_name(&t[i + 2]);
        node_t node = tree_add(p->tree, more ? NODE_NAME : NODE_OBJECT,
                               more ? t[i].lo : t[start].lo, t[i].hi, t[i].sym);
        if (t[i].kind == TOK_QUOTED)
            tree_at(p->tree, node)->flags |= FLAG_QUOTED;
        if (!more) {
            tree_at(p->tree, node)->first = first;
            if (written)
                tree_at(p->tree, node)->flags |= FLAG_WRITTEN;
            *VEC_PUSH(&p->raw_names) = (struct raw_name){statement, node};
            return i + 1;
        }
        if (last)
            tree_at(p->tree, last)->next = node;
        else
            first = node;
        last = node;
    }
}

static bool reads_before(const struct parser *p, const struct token *t)
{
    return word_is(p, t, "FROM") || word_is(p, t, "JOIN") || word_is(p, t, "USING");
}

static bool writes_before(const struct parser *p, const struct token *t)
{
    return word_is(p, t, "INTO") || word_is(p, t, "UPDATE") || word_is(p, t, "OVERWRITE");
}

void statement_names(struct parser *p, const struct token *tokens, uint32_t n, bool opaque)
{
    uint32_t at = tokens[0].lo;
    if (opaque) {
        struct buf head;
        buf_init(&head);
        uint32_t i = read_head(p, tokens, n, &head);
        if (strchr(buf_view(&head).p, ' '))
            read_name(p, tokens, n, i, at, false);
        buf_fini(&head);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        if (reads_before(p, &tokens[i]))
            read_name(p, tokens, n, i + 1, at, false);
    for (uint32_t i = 0; i < n; i++)
        if (writes_before(p, &tokens[i]))
            read_name(p, tokens, n, i + 1, at, true);
}

struct list statement_take(struct parser *p, uint32_t lo)
{
    struct list list = {0, 0};
    for (; p->raw_at < p->raw_names.n && p->raw_names.at[p->raw_at].statement <= lo; p->raw_at++) {
        struct raw_name name = p->raw_names.at[p->raw_at];
        if (name.statement != lo)
            continue; /* of a statement that the grammar gave up on */
        if (list.last)
            tree_at(p->tree, list.last)->next = name.object;
        else
            list.first = name.object;
        list.last = name.object;
    }
    return list;
}
