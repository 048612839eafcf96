/* build_query.c - shapes of queries and expressions that need a decision. */
#include "syntax/build.h"

node_t build_parens(struct parser *p, struct location at, node_t query)
{
    struct node *n = tree_at(p->tree, query);
    if (n->flags & FLAG_PARENS) { /* ((select ...)): one node for each pair */
        query = build_parent(p, NODE_QUERY, at, 0, build_list(p, 1, query));
        n = tree_at(p->tree, query);
    }
    n->lo = at.lo;
    n->hi = at.hi;
    return build_flag(p, query, FLAG_PARENS);
}

node_t build_subquery(struct parser *p, node_t query)
{
    struct location at = {tree_at(p->tree, query)->lo, tree_at(p->tree, query)->hi};
    return build_parent(p, NODE_SUBQUERY, at, 0, build_list(p, 1, query));
}

node_t build_select(struct parser *p, struct location at, unsigned flags, node_t top, node_t items,
                    node_t into, node_t from, node_t where, node_t connect, struct list groups)
{
    if (tree_flag(p->tree, items, FLAG_TRAILING_COMMA))
        flags |= FLAG_TRAILING_COMMA;
    struct list children = build_list(p, 6, top, items, into, from, where, connect);
    node_t select = build_parent(p, NODE_SELECT, at, 0, build_join(p, children, groups));
    return build_flag(p, select, flags);
}

/* Chains inside an operand are complete when the chain around them grows: they are above it. */
static node_t last_of_chain(struct parser *p, node_t chain)
{
    while (p->chains.n > 0 && VEC_LAST(&p->chains)->node > chain)
        p->chains.n--;
    if (p->chains.n == 0 || VEC_LAST(&p->chains)->node != chain)
        return build_children(p, chain).last;
    return p->chains.at[--p->chains.n].last;
}

static node_t remember(struct parser *p, node_t chain, node_t last)
{
    *VEC_PUSH(&p->chains) = (struct chain){chain, last};
    return chain;
}

/* A new node takes the children of the chain on its left: children keep smaller indexes than their
 * parent, and 10,000 branches cost 10,000 steps. The old node is left without children. */
static node_t grow(struct parser *p, enum node_kind kind, struct location at, node_t chain,
                   node_t b)
{
    struct list children = {tree_first(p->tree, chain), last_of_chain(p, chain)};
    tree_at(p->tree, chain)->first = 0;
    return remember(p, build_parent(p, kind, at, 0, build_add(p, children, b)), b);
}

node_t build_set(struct parser *p, struct location at, int op, unsigned flags, node_t a, node_t b)
{
    const struct node *left = tree_at(p->tree, a);
    node_t node;
    if (left->kind == NODE_SET_OPERATION && left->op == op && left->flags == flags) {
        node = grow(p, NODE_SET_OPERATION, at, a, b);
    } else {
        node = build_parent(p, NODE_SET_OPERATION, at, 0, build_list(p, 2, a, b));
        remember(p, node, b);
    }
    return build_flag(p, build_op(p, node, op), flags);
}

node_t build_chain(struct parser *p, enum node_kind kind, struct location at, node_t a, node_t b)
{
    if (tree_kind(p->tree, a) == kind)
        return grow(p, kind, at, a, b);
    return remember(p, build_parent(p, kind, at, 0, build_list(p, 2, a, b)), b);
}

struct list build_once(struct parser *p, struct list list, node_t clause)
{
    for (node_t n = list.first; n; n = tree_next(p->tree, n)) {
        if (tree_kind(p->tree, n) != tree_kind(p->tree, clause))
            continue;
        p->errors++;
        struct diag *d = diag_add(&p->ctx->diags, diag_rule("DT035"), tree_span(p->tree, clause),
                                  "said again here");
        diag_label(&p->ctx->diags, d, tree_span(p->tree, n), "said first here");
    }
    return build_add(p, list, clause);
}

node_t build_alias_item(struct parser *p, struct location at, node_t e, node_t name, unsigned flags)
{
    return build_flag(p, build_named(p, NODE_ITEM, at, name, build_list(p, 1, e)), flags);
}

/* --- FROM
 * ------------------------------------------------------------------------------------------- */

node_t build_alias(struct parser *p, struct location at, struct location word, sym_t name,
                   unsigned flags, struct list columns)
{
    if (!columns.first)
        at.hi = word.hi;
    return build_flag(p, build_parent(p, NODE_ALIAS, at, name, columns), flags);
}

struct list build_tail(struct parser *p, struct list tail, node_t item)
{
    if (tree_kind(p->tree, item) == NODE_ALIAS && tail.last &&
        tree_kind(p->tree, tail.last) == NODE_ALIAS) {
        struct node *n = tree_at(p->tree, item);
        build_error(p, "DT001", (struct location){n->lo, n->hi},
                    "a table has one alias; this is the second");
    }
    return build_add(p, tail, item);
}

node_t build_table_join(struct parser *p, struct location at, unsigned join, node_t left,
                        node_t right, node_t match, struct list on)
{
    struct list children = build_join(p, build_list(p, 3, left, right, match), on);
    node_t node = build_parent(p, NODE_JOIN, at, 0, children);
    return build_flag(p, build_op(p, node, (int)(join & 0xff)), join >> 8);
}

node_t build_boundary(struct parser *p, struct location at, struct location word, struct list parts)
{
    node_t node = build_parent(p, NODE_BOUNDARY_REF, at, 0, parts);
    bool is_short = word.hi - word.lo == sizeof "boundary" - 1;
    return build_flag(p, node, is_short ? FLAG_SHORT : 0);
}

node_t build_quoted_stage(struct parser *p, struct location at, struct location string_at,
                          sym_t string, struct list parts)
{
    if (!str_starts(sym_text(&p->ctx->names, string), "'@"))
        build_error(p, "DT001", string_at,
                    "a table is expected here, and a string names a stage only");
    return build_parent(p, NODE_STAGE_REF, at, string, parts);
}

node_t build_match_condition(struct parser *p, struct location at, node_t e)
{
    int op = tree_at(p->tree, e)->op;
    bool ordered = op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
    if (tree_kind(p->tree, e) != NODE_OPERATION || !ordered)
        build_error(p, "DT001", at, "a match condition is one comparison with >=, <=, > or <");
    return build_parent(p, NODE_MATCH_CONDITION, at, 0, build_list(p, 1, e));
}

node_t build_changes(struct parser *p, struct location at, node_t name, sym_t word, node_t from,
                     node_t to)
{
    const struct node *n = tree_at(p->tree, name);
    build_expect_word(p, (struct location){n->lo, n->hi}, n->sym, "INFORMATION");
    return build_parent(p, NODE_CHANGES, at, word, build_list(p, 2, from, to));
}

node_t build_sample(struct parser *p, struct location at, unsigned flags, sym_t method,
                    node_t count, node_t seed)
{
    node_t e = count;
    if (tree_kind(p->tree, count) == NODE_SAMPLE) { /* (n ROWS): the flag came with it */
        flags |= FLAG_ROWS;
        e = tree_first(p->tree, count);
    }
    return build_flag(p, build_parent(p, NODE_SAMPLE, at, method, build_list(p, 2, e, seed)),
                      flags);
}

/* --- expressions
 * --------------------------------------------------------------------------------------- */

node_t build_path(struct parser *p, struct location at, struct location key_at, node_t base,
                  sym_t key, unsigned flags)
{
    if (!(flags & FLAG_QUOTED)) { /* keys keep their case: intern the text as written */
        struct str text = p->ctx->sources.files.at[p->file].text;
        key = sym_intern(&p->ctx->names, str_make(text.p + key_at.lo, key_at.hi - key_at.lo));
    }
    return build_flag(p, build_parent(p, NODE_PATH, at, key, build_list(p, 1, base)), flags);
}

static const char *const typed_words[] = {
    "DATE",          "TIME",         "TIMESTAMP",    "DATETIME",    "TIMESTAMP_NTZ", "TIMESTAMPNTZ",
    "TIMESTAMP_LTZ", "TIMESTAMPLTZ", "TIMESTAMP_TZ", "TIMESTAMPTZ", "DECFLOAT",      "FLOAT"};

node_t build_typed(struct parser *p, struct location at, struct location string_at, sym_t word,
                   sym_t string)
{
    struct str text = sym_text(&p->ctx->names, word);
    bool known = false;
    for (size_t i = 0; i < sizeof typed_words / sizeof typed_words[0] && !known; i++)
        known = str_is(text, typed_words[i]);
    if (!known)
        build_error(p, "DT001", string_at,
                    "a string cannot follow the name `%.60s`: only words such as DATE take one",
                    text.p);
    node_t value = build_node(p, NODE_STRING, string_at, string);
    return build_parent(p, NODE_TYPED, at, word, build_list(p, 1, value));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "1 day 2 hours" lacks its comma: Snowflake refuses it (interval constants). True when the text
 * has a number after a unit without a comma between. */
static bool lacks_comma(struct str s)
{
    bool unit = false;
    for (size_t i = 0; i < s.n; i++) {
        if (is_letter(s.p[i]))
            unit = true;
        if (s.p[i] == ',')
            unit = false;
        if (is_digit(s.p[i]) && unit && !is_letter(s.p[i - 1]))
            return true;
    }
    return false;
}

node_t build_interval(struct parser *p, struct location at, node_t string, struct list units)
{
    struct node *n = tree_at(p->tree, string);
    if (!units.first && lacks_comma(sym_text(&p->ctx->names, n->sym)))
        build_error(p, "DT001", (struct location){n->lo, n->hi},
                    "the parts of an interval are separated by commas");
    return build_parent(p, NODE_INTERVAL, at, 0, build_join(p, build_list(p, 1, string), units));
}

node_t build_empty_limit(struct parser *p, struct location at, sym_t string)
{
    if (sym_text(&p->ctx->names, string).n != 2)
        build_error(p, "DT001", at, "a number is expected here");
    return build_node(p, NODE_STRING, at, string);
}

/* What stands before `->` was read as an expression: a name, or a row of names. */
static bool add_parameters(struct parser *p, struct list *out, node_t e)
{
    if (tree_kind(p->tree, e) == NODE_COLUMN && !tree_first(p->tree, e)) {
        struct node *n = tree_at(p->tree, e);
        n->kind = NODE_PARAMETER;
        n->next = 0;
        *out = build_add(p, *out, e);
        return true;
    }
    if (tree_kind(p->tree, e) != NODE_ROW && tree_kind(p->tree, e) != NODE_PAREN)
        return false;
    for (node_t child = tree_first(p->tree, e), next; child; child = next) {
        next = tree_next(p->tree, child);
        if (tree_kind(p->tree, child) != NODE_COLUMN || !add_parameters(p, out, child))
            return false;
    }
    return true;
}

node_t build_lambda(struct parser *p, struct location at, node_t head, node_t body)
{
    struct list parts = {0, 0};
    struct location head_at = {tree_at(p->tree, head)->lo, tree_at(p->tree, head)->hi};
    if (!add_parameters(p, &parts, head))
        build_error(p, "DT001", head_at, "names of parameters are expected before `->`");
    return build_parent(p, NODE_LAMBDA, at, 0, build_add(p, parts, body));
}

static uint32_t list_length(const struct tree *tree, struct list list)
{
    uint32_t n = 0;
    for (node_t i = list.first; i; i = tree_next(tree, i))
        n++;
    return n;
}

node_t build_type(struct parser *p, struct location at, sym_t word, struct list args,
                  unsigned flags)
{
    static const struct {
        const char *word;
        uint32_t parameters;
    } rows[] = {{"MAP", 2}, {"VECTOR", 2}, {"PERIOD", 1}};
    struct str text = sym_text(&p->ctx->names, word);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_is(text, rows[i].word) && list_length(p->tree, args) != rows[i].parameters)
            build_error(p, "DT001", at, "the type `%s` takes %u parameters in parentheses",
                        rows[i].word, rows[i].parameters);
    return build_flag(p, build_parent(p, NODE_TYPE, at, word, args), flags);
}

static node_t part_of(const struct parser *p, struct list parts, const char *word)
{
    for (node_t i = parts.first; i; i = tree_next(p->tree, i))
        if (tree_kind(p->tree, i) == NODE_SEMANTIC_PART &&
            str_is(sym_text(&p->ctx->names, tree_at(p->tree, i)->sym), word))
            return i;
    return 0;
}

node_t build_semantic(struct parser *p, struct location at, node_t object, struct list parts,
                      struct list tail)
{
    node_t facts = part_of(p, parts, "FACTS");
    if (facts && part_of(p, parts, "METRICS")) {
        const struct node *n = tree_at(p->tree, facts);
        build_error(p, "DT001", (struct location){n->lo, n->hi},
                    "facts and metrics exclude each other");
    }
    struct list children = build_join(p, build_join(p, build_list(p, 1, object), parts), tail);
    return build_parent(p, NODE_SEMANTIC_REF, at, 0, children);
}

node_t build_over(struct parser *p, struct location at, struct list parts)
{
    return build_parent(p, NODE_OVER, at, 0, parts);
}

struct list build_suffix_flag(struct parser *p, struct list suffix, struct location at,
                              unsigned flag)
{
    return build_add(p, suffix, build_flag(p, build_node(p, NODE_NONE, at, 0), flag));
}

node_t build_call(struct parser *p, struct location at, node_t call, struct list suffix)
{
    struct node *n = tree_at(p->tree, call);
    n->hi = at.hi;
    if (!suffix.first)
        return call;
    struct list children = build_children(p, call);
    for (node_t s = suffix.first, next; s; s = next) {
        next = tree_next(p->tree, s);
        tree_at(p->tree, s)->next = 0;
        if (tree_kind(p->tree, s) == NODE_NONE)
            n->flags |= tree_at(p->tree, s)->flags;
        else
            children = build_add(p, children, s);
    }
    /* A fresh parent keeps children before parents in the array. */
    node_t whole = build_parent(p, (enum node_kind)n->kind, at, n->sym, children);
    return build_flag(p, whole, tree_at(p->tree, call)->flags);
}

node_t build_nulls_inside(struct parser *p, struct location at, node_t name, node_t e,
                          unsigned flag)
{
    struct str text = sym_text(&p->ctx->names, tree_at(p->tree, name)->sym);
    if (!str_is(text, "FIRST_VALUE") && !str_is(text, "LAST_VALUE") && !str_is(text, "ANY_VALUE"))
        build_error(p, "DT001", at,
                    "the words stand after the parenthesis: `%.60s(...) ignore nulls`", text.p);
    node_t call = build_parent(p, NODE_CALL, at, 0, build_list(p, 2, name, e));
    return build_flag(p, call, flag | FLAG_NULLS_INSIDE);
}
