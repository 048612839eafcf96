/* build.c - the plain constructors: nodes, lists, names, declarations. Shapes of queries are in
 * build_query.c. */
#include "syntax/build.h"
#include "syntax/syntax_error.h"
#include <stdarg.h>
#include <stdio.h>

struct location build_span(struct location first, struct location last)
{
    return (struct location){first.lo, last.hi};
}

void build_error(struct parser *p, const char *code, struct location at, const char *fmt, ...)
{
    char text[256];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    p->errors++;
    diag_add(&p->ctx->diags, diag_rule(code), (struct span){p->file, at.lo, at.hi}, "%s", text);
}

node_t build_node(struct parser *p, enum node_kind kind, struct location at, sym_t sym)
{
    return tree_add(p->tree, kind, at.lo, at.hi, sym);
}

node_t build_parent(struct parser *p, enum node_kind kind, struct location at, sym_t sym,
                    struct list children)
{
    node_t node = tree_add(p->tree, kind, at.lo, at.hi, sym);
    tree_at(p->tree, node)->first = children.first;
    return node;
}

struct list build_add(struct parser *p, struct list list, node_t node)
{
    if (!node)
        return list;
    if (!list.first)
        return (struct list){node, node};
    tree_at(p->tree, list.last)->next = node;
    list.last = node;
    return list;
}

struct list build_list(struct parser *p, int n, ...)
{
    struct list list = {0, 0};
    va_list args;
    va_start(args, n);
    for (int i = 0; i < n; i++)
        list = build_add(p, list, va_arg(args, node_t));
    va_end(args);
    return list;
}

struct list build_join(struct parser *p, struct list a, struct list b)
{
    if (!a.first)
        return b;
    if (!b.first)
        return a;
    tree_at(p->tree, a.last)->next = b.first;
    return (struct list){a.first, b.last};
}

node_t build_flag(struct parser *p, node_t node, unsigned flag)
{
    tree_at(p->tree, node)->flags |= (uint16_t)flag;
    return node;
}

node_t build_op(struct parser *p, node_t node, int op)
{
    tree_at(p->tree, node)->op = (uint8_t)op;
    return node;
}

static node_t last_child(const struct tree *tree, node_t parent)
{
    node_t last = 0;
    TREE_EACH(tree, parent, child)
    last = child;
    return last;
}

node_t build_append(struct parser *p, node_t parent, node_t child)
{
    struct node old = *tree_at(p->tree, parent);
    struct list children = build_add(p, build_children(p, parent), child);
    if (tree_at(p->tree, child)->hi > old.hi)
        old.hi = tree_at(p->tree, child)->hi;
    tree_at(p->tree, parent)->first = 0;
    node_t node = build_parent(p, (enum node_kind)old.kind, (struct location){old.lo, old.hi},
                               old.sym, children);
    return build_op(p, build_flag(p, node, old.flags), old.op);
}

struct list build_children(struct parser *p, node_t parent)
{
    return (struct list){tree_first(p->tree, parent), last_child(p->tree, parent)};
}

void build_file(struct parser *p, uint32_t size)
{
    p->tree->root = build_parent(p, NODE_FILE, (struct location){0, size}, 0, p->decls);
}

/* --- names
 * ---------------------------------------------------------------------------------------- */

node_t build_named(struct parser *p, enum node_kind kind, struct location at, node_t name,
                   struct list children)
{
    const struct node *n = tree_at(p->tree, name);
    sym_t sym = n->sym;
    unsigned quoted = n->flags & (FLAG_QUOTED | FLAG_HOLE);
    return build_flag(p, build_parent(p, kind, at, sym, children), quoted);
}

node_t build_object(struct parser *p, enum node_kind kind, struct list chain)
{
    struct node *last = tree_at(p->tree, chain.last);
    last->kind = (uint8_t)kind;
    if (chain.first == chain.last) {
        if (kind == NODE_COLUMN && last->flags & FLAG_HOLE)
            last->kind = NODE_HOLE; /* may be anything: a name, a number, a string */
        return chain.last;
    }
    node_t before = chain.first;
    while (tree_next(p->tree, before) != chain.last)
        before = tree_next(p->tree, before);
    tree_at(p->tree, before)->next = 0;
    last->lo = tree_at(p->tree, chain.first)->lo;
    last->first = chain.first;
    return chain.last;
}

node_t build_word_object(struct parser *p, struct location at, sym_t word)
{
    return build_node(p, NODE_OBJECT, at, word);
}

sym_t build_words(struct parser *p, sym_t a, sym_t b)
{
    if (!a || !b)
        return a ? a : b;
    struct interner *names = &p->ctx->names;
    struct buf words;
    buf_init(&words);
    buf_str(&words, sym_text(names, a));
    buf_putc(&words, ' ');
    buf_str(&words, sym_text(names, b));
    sym_t sym = sym_intern(names, buf_view(&words));
    buf_fini(&words);
    return sym;
}

sym_t build_on_word(struct parser *p, struct location at, sym_t word)
{
    struct str name = sym_text(&p->ctx->names, word);
    struct buf text;
    if (!str_is(name, "CREATE") && !str_is(name, "SCHEDULE"))
        build_error(p, "DT037", at, "`create` or `schedule` is expected here");
    buf_init(&text);
    buf_puts(&text, "ON_");
    buf_str(&text, sym_text(&p->ctx->names, word));
    sym_t sym = sym_intern(&p->ctx->names, buf_view(&text));
    buf_fini(&text);
    return sym;
}

node_t build_quoted_string(struct parser *p, struct location at, sym_t text)
{
    struct buf raw;
    buf_init(&raw);
    buf_putc(&raw, '\'');
    struct str s = sym_text(&p->ctx->names, text);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'' || s.p[i] == '\\')
            buf_putc(&raw, s.p[i] == '\'' ? '\'' : '\\');
        buf_putc(&raw, s.p[i]);
    }
    buf_putc(&raw, '\'');
    node_t node = build_node(p, NODE_STRING, at, sym_intern(&p->ctx->names, buf_view(&raw)));
    buf_fini(&raw);
    return node;
}

/* --- words with a meaning
 * ---------------------------------------------------------------------------- */

struct word_row {
    const char *word;
    int value;
};

static int find_word(struct parser *p, struct location at, sym_t word, const struct word_row *rows,
                     const char *expected)
{
    struct str text = sym_text(&p->ctx->names, word);
    for (; rows->word; rows++)
        if (str_is(text, rows->word))
            return rows->value;
    build_error(p, "DT001", at, "%s is expected here", expected);
    return 0;
}

int build_severity(struct parser *p, struct location at, sym_t word)
{
    static const struct word_row rows[] = {{"OFF", OP_OFF},
                                           {"NOTE", OP_LINT_NOTE},
                                           {"WARNING", OP_LINT_WARNING},
                                           {"ERROR", OP_LINT_ERROR},
                                           {NULL, 0}};
    return find_word(p, at, word, rows, "`off`, `note`, `warning` or `error`");
}

int build_action(struct parser *p, struct location at, sym_t word)
{
    static const struct word_row rows[] = {{"WARN", OP_WARN}, {"FAIL", OP_FAIL}, {NULL, 0}};
    return find_word(p, at, word, rows, "`warn`, `drop` or `fail`");
}

bool build_expect_word(struct parser *p, struct location at, sym_t word, const char *expected)
{
    if (str_is(sym_text(&p->ctx->names, word), expected))
        return true;
    build_error(p, "DT001", at, "`%s` is expected here", expected);
    return false;
}

/* --- declarations
 * -------------------------------------------------------------------------------------- */

node_t build_opaque(struct parser *p, struct location at, sym_t head)
{
    struct str text = sym_text(&p->ctx->names, head);
    if (!statement_head_is_known(text))
        diag_add(&p->ctx->diags, diag_rule("DT034"), (struct span){p->file, at.lo, at.hi},
                 "`%.60s` begins no statement that is known", text.p);
    return build_parent(p, NODE_OPAQUE, at, head, statement_take(p, at.lo));
}

/* The dotted name at token i, as an OBJECT; *i moves past it. 0 when none stands there. */
static node_t name_at(struct parser *p, uint32_t *i)
{
    struct list chain = {0, 0};
    for (;; (*i)++) {
        const struct token *t = &p->tokens.all.at[*i];
        if (t->kind != TOK_IDENT && t->kind != TOK_QUOTED)
            return 0;
        node_t name = build_node(p, NODE_NAME, (struct location){t->lo, t->hi}, t->sym);
        chain =
            build_add(p, chain, t->kind == TOK_QUOTED ? build_flag(p, name, FLAG_QUOTED) : name);
        (*i)++;
        if (p->tokens.all.at[*i].kind != TOK_DOT)
            return build_object(p, NODE_OBJECT, chain);
    }
}

/* The first token that starts at `lo` or later, at most the last one, which is the end. */
static uint32_t token_from(const struct parser *p, uint32_t lo)
{
    uint32_t low = 0;
    uint32_t high = p->tokens.all.n - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->tokens.all.at[middle].lo < lo)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Names after FROM and JOIN between two bytes: what a text that did not parse seems to read. */
static struct list names_read(struct parser *p, struct location at)
{
    struct list names = {0, 0};
    for (uint32_t i = token_from(p, at.lo); p->tokens.all.at[i].lo < at.hi; i++) {
        int kind = p->tokens.all.at[i].kind;
        if (kind == 0)
            break;
        if (kind != TOK_FROM && kind != TOK_JOIN)
            continue;
        uint32_t next = i + 1;
        names = build_add(p, names, name_at(p, &next));
    }
    return names;
}

node_t build_error_body(struct parser *p, struct location at)
{
    node_t error = build_parent(p, NODE_ERROR, at, 0, names_read(p, at));
    return build_parent(p, NODE_BODY, at, 0, build_list(p, 1, error));
}

/* What a declaring token makes; NONE for others. */
static enum node_kind declared_kind(int token)
{
    switch (token) {
    case TOK_TABLE:
    case TOK_SQL_DYNAMIC:
    case TOK_SQL_TABLE:
        return NODE_TABLE;
    case TOK_VIEW:
    case TOK_SQL_VIEW:
        return NODE_VIEW;
    case TOK_SOURCE:
        return NODE_SOURCE;
    default:
        return NODE_NONE;
    }
}

/* A relation whose body or head did not parse is still declared: who reads it has made no mistake.
 */
static node_t salvage(struct parser *p, struct location at)
{
    uint32_t i = token_from(p, at.lo);
    const struct token *t = &p->tokens.all.at[i];
    node_t layer = 0;
    if ((t->kind == TOK_IDENT || t->kind == TOK_QUOTED) && t[1].kind) {
        layer = build_node(p, NODE_LAYER_NAME, (struct location){t->lo, t->hi}, t->sym);
        t = &p->tokens.all.at[++i];
    }
    if (t->kind == TOK_STATIC)
        t = &p->tokens.all.at[++i];
    enum node_kind kind = declared_kind(t->kind);
    i++;
    node_t object = kind && t->kind ? name_at(p, &i) : 0;
    if (!object || (tree_at(p->tree, object)->lo > at.hi))
        return 0;
    node_t body = build_error_body(p, at);
    unsigned sql =
        kind != NODE_SOURCE && !layer && t->kind != TOK_TABLE && t->kind != TOK_VIEW ? FLAG_SQL : 0;
    return build_flag(p, build_parent(p, kind, at, 0, build_list(p, 3, layer, object, body)), sql);
}

node_t build_error_declaration(struct parser *p, struct location at)
{
    /* Comments after the last token are not part of it: the semicolon follows that token. */
    uint32_t end = token_from(p, at.hi);
    if (end > 0 && p->tokens.all.at[end - 1].hi > at.lo)
        at.hi = p->tokens.all.at[end - 1].hi;
    if (syntax_is_templated(p, at.lo))
        return build_node(p, NODE_OPAQUE, at, sym_intern(&p->ctx->names, STR_LIT("TEMPLATE")));
    node_t declared = salvage(p, at);
    return declared ? declared : build_node(p, NODE_ERROR, at, 0);
}

node_t build_statement(struct parser *p, struct location at, sym_t text)
{
    return build_parent(p, NODE_STATEMENT, at, text, statement_take(p, at.lo));
}

/* Clauses that may stand more than once. */
static bool repeats(enum node_kind kind)
{
    return kind == NODE_EXPECT || kind == NODE_GRANT || kind == NODE_TAG || kind == NODE_OPTION ||
           kind == NODE_ERROR || kind == NODE_LINT;
}

static void check_once(struct parser *p, node_t first)
{
    for (node_t a = first; a; a = tree_next(p->tree, a))
        for (node_t b = repeats(tree_kind(p->tree, a)) ? 0 : tree_next(p->tree, a); b;
             b = tree_next(p->tree, b)) {
            if (tree_kind(p->tree, a) != tree_kind(p->tree, b))
                continue;
            p->errors++;
            struct diag *d = diag_add(&p->ctx->diags, diag_rule("DT035"), tree_span(p->tree, b),
                                      "said again here");
            diag_label(&p->ctx->diags, d, tree_span(p->tree, a), "said first here");
        }
}

node_t build_declaration(struct parser *p, enum node_kind kind, struct location at, node_t layer,
                         node_t object, node_t part, struct list clauses, node_t body)
{
    check_once(p, clauses.first);
    struct list children = build_join(p, build_list(p, 3, layer, object, part), clauses);
    return build_parent(p, kind, at, 0, build_add(p, children, body));
}

node_t build_pipe(struct parser *p, struct location at, node_t layer, node_t object, node_t into,
                  sym_t words, struct location words_at, struct list clauses)
{
    struct location into_at = {tree_at(p->tree, into)->lo, tree_at(p->tree, into)->hi};
    node_t on = build_parent(p, NODE_ON_OBJECT, into_at, 0, build_list(p, 1, into));
    node_t mode = words ? build_node(p, NODE_PIPE_MODE, words_at, words) : 0;
    struct list children = build_list(p, 4, layer, object, on, mode);
    return build_parent(p, NODE_PIPE, at, 0, build_join(p, children, clauses));
}

/* --- statements of Snowflake ---------------------------------------------------------------------
 */

node_t build_sql(struct parser *p, enum node_kind kind, struct location at, sym_t head,
                 node_t object, node_t part, struct list clauses, node_t body)
{
    node_t node = build_declaration(p, kind, at, 0, object, part, clauses, body);
    tree_at(p->tree, node)->sym = head;
    return build_flag(p, node, FLAG_SQL);
}

void build_stream_kind(struct parser *p, struct location at, sym_t word)
{
    struct str text = sym_text(&p->ctx->names, word);
    if (!str_is(text, "DYNAMIC") && !str_is(text, "EXTERNAL") && !str_is(text, "ICEBERG") &&
        !str_is(text, "EVENT"))
        build_error(p, "DT001", at, "`table`, `view` or `dynamic table` is expected here");
}

node_t build_freeze(struct parser *p, struct location at, struct location word_at, sym_t word,
                    node_t e)
{
    struct str text = sym_text(&p->ctx->names, word);
    if (!str_is(text, "FROZEN") && !str_is(text, "IMMUTABLE"))
        build_error(p, "DT001", word_at, "`frozen where` is expected here");
    return build_parent(p, NODE_FREEZE, at, 0, build_list(p, 1, e));
}

/* The text of a property's value, folded when it is a word; quotes removed. */
static sym_t value_word(struct parser *p, node_t value, bool fold)
{
    const struct node *n = tree_at(p->tree, value);
    struct str text = sym_text(&p->ctx->names, n->sym);
    if (n->kind == NODE_STRING)
        text = string_value(&p->ctx->arena, text);
    return fold ? sym_intern_upper(&p->ctx->names, text) : sym_intern(&p->ctx->names, text);
}

static bool value_is(struct parser *p, node_t value, const char *word)
{
    return str_is(sym_text(&p->ctx->names, value_word(p, value, true)), word);
}

static node_t build_lag(struct parser *p, struct location at, node_t value)
{
    if (value_is(p, value, "DOWNSTREAM"))
        return build_flag(p, build_node(p, NODE_LAG, at, 0), FLAG_DOWNSTREAM);
    struct node *n = tree_at(p->tree, value);
    struct location value_at = {n->lo, n->hi};
    if (n->kind == NODE_NAME && (n->flags & FLAG_QUOTED)) /* "2 hours" in double quotes */
        value = build_quoted_string(p, value_at, n->sym);
    node_t duration = build_parent(p, NODE_DURATION, value_at, 0, build_list(p, 1, value));
    return build_parent(p, NODE_LAG, at, 0, build_list(p, 1, duration));
}

static node_t build_schedule(struct parser *p, struct location at, node_t value)
{
    struct node *n = tree_at(p->tree, value);
    struct location value_at = {n->lo, n->hi};
    struct str text = sym_text(&p->ctx->names, value_word(p, value, true));
    if (str_starts(text, "USING CRON "))
        return build_flag(p, build_parent(p, NODE_SCHEDULE, at, 0, build_list(p, 1, value)),
                          FLAG_CRON);
    node_t duration = build_parent(p, NODE_DURATION, value_at, 0, build_list(p, 1, value));
    return build_parent(p, NODE_SCHEDULE, at, 0, build_list(p, 1, duration));
}

static node_t build_comment(struct parser *p, struct location at, node_t value)
{
    struct node *n = tree_at(p->tree, value);
    if (n->kind == NODE_NAME)
        value = build_quoted_string(p, (struct location){n->lo, n->hi}, n->sym);
    return build_parent(p, NODE_COMMENT, at, 0, build_list(p, 1, value));
}

enum property_form { PROPERTY_NAME, PROPERTY_WORD };

static const struct {
    const char *name;
    enum node_kind kind;
    enum property_form form;
} properties[] = {
    {"WAREHOUSE", NODE_WAREHOUSE, PROPERTY_NAME},
    {"INITIALIZATION_WAREHOUSE", NODE_INITIALIZATION_WAREHOUSE, PROPERTY_NAME},
    {"REFRESH_MODE", NODE_REFRESH, PROPERTY_WORD},
    {"INITIALIZE", NODE_INITIALIZE, PROPERTY_WORD},
    {"SCHEDULER", NODE_SCHEDULER, PROPERTY_WORD},
};

node_t build_property(struct parser *p, struct location at, sym_t name, node_t value)
{
    struct str text = sym_text(&p->ctx->names, name);
    if (str_is(text, "TARGET_LAG") || str_is(text, "LAG"))
        return build_lag(p, at, value);
    if (str_is(text, "COMMENT"))
        return build_comment(p, at, value);
    if (str_is(text, "SCHEDULE"))
        return build_schedule(p, at, value);
    if (str_is(text, "CHANGE_TRACKING") && value_is(p, value, "TRUE"))
        return build_node(p, NODE_CHANGE_TRACKING, at, 0);
    for (size_t i = 0; i < sizeof properties / sizeof properties[0]; i++) {
        if (!str_is(text, properties[i].name))
            continue;
        const struct node *n = tree_at(p->tree, value);
        unsigned quoted = n->kind == NODE_NAME ? n->flags & (FLAG_QUOTED | FLAG_HOLE) : 0;
        sym_t word = value_word(p, value, properties[i].form == PROPERTY_WORD || !quoted);
        return build_flag(p, build_node(p, properties[i].kind, at, word),
                          properties[i].form == PROPERTY_NAME ? quoted : 0);
    }
    node_t node = build_parent(p, NODE_OPTION, at, name, build_list(p, 1, value));
    return node;
}

node_t build_broken_sql(struct parser *p, enum node_kind kind, struct location at, sym_t head,
                        node_t object, node_t columns, struct list clauses, struct location body_at)
{
    if (syntax_is_templated(p, at.lo))
        return build_error_declaration(p, at);
    return build_sql(p, kind, at, head, object, columns, clauses, build_error_body(p, body_at));
}
