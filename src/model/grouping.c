/* grouping.c - what a grouping query may select.
 *
 * A select item is made of constants, aggregates, and expressions equal to a key; anything else is
 * refused (reference: GROUP BY validity). Only what is certain is reported: a function that nobody
 * knows may be an aggregate, an open relation may have the column, windows and sub-queries are left
 * alone. */
#include "model/scope.h"

enum { EXPRESSION_KEYS = 64 };

struct keys {
    struct columns *c;
    struct scope *scope;
    struct map columns; /* (item, column) of keys that are columns */
    struct map names;   /* names of keys that some open item has */
    VEC(node_t) others; /* keys that are expressions */
    node_t group;       /* 0: there is none, every row is one group */
    bool unsure;
};

static node_t item_expression(const struct tree *tree, node_t items, uint64_t place)
{
    TREE_EACH(tree, items, item)
    if (place-- == 0)
        return tree_first(tree, item);
    return 0;
}

static void add_key(struct keys *k, node_t items, node_t key, int depth)
{
    const struct tree *tree = k->c->tree;
    key = unwrap(tree, key);
    if (!key)
        return;
    if (tree_kind(tree, key) == NODE_COLUMN) {
        struct meaning m = scope_meaning(k->c, k->scope, key);
        sym_t name = tree_at(tree, key)->sym;
        uint32_t alias;
        map_set(&k->names, name, 1);
        if (m.kind == MEANS_COLUMN)
            map_set(&k->columns, map_key2(m.item, m.column), 1);
        else if (m.kind == MEANS_ALIAS && depth == 0 &&
                 map_get(&k->scope->alias_index, name, &alias))
            add_key(k, items, item_expression(tree, items, k->scope->aliases.at[alias].item), 1);
        return;
    }
    enum node_kind kind = tree_kind(tree, key);
    if (kind == NODE_STAR || kind == NODE_GROUPING_SETS || kind == NODE_ERROR)
        k->unsure = true;
    if (kind == NODE_CALL) {
        struct str name = sym_text(&k->c->ctx->names, call_name(tree, key));
        if (str_is(name, "ROLLUP") || str_is(name, "CUBE"))
            k->unsure = true;
    }
    *VEC_PUSH(&k->others) = key;
}

static void read_keys(struct keys *k, node_t items)
{
    const struct tree *tree = k->c->tree;
    TREE_EACH(tree, k->group, key)
    {
        if (tree_kind(tree, key) == NODE_NUMBER) {
            struct str text = sym_text(&k->c->ctx->names, tree_at(tree, key)->sym);
            uint64_t place = 0;
            for (size_t i = 0;
                 i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && place < 1000000; i++)
                place = place * 10 + (uint64_t)(text.p[i] - '0');
            node_t item = place > 0 ? item_expression(tree, items, place - 1) : 0;
            if (item)
                add_key(k, items, item, 1);
            else
                k->unsure = true;
        } else {
            add_key(k, items, key, 0);
        }
    }
}

/* Names resolved, parentheses ignored. */
static bool same(struct keys *k, node_t a, node_t b)
{
    const struct tree *tree = k->c->tree;
    a = unwrap(tree, a);
    b = unwrap(tree, b);
    const struct node *x = tree_at(tree, a), *y = tree_at(tree, b);
    if (x->kind != y->kind || x->op != y->op)
        return false;
    if (x->kind == NODE_COLUMN) {
        struct meaning m = scope_meaning(k->c, k->scope, a);
        struct meaning n = scope_meaning(k->c, k->scope, b);
        if (m.kind == MEANS_COLUMN && n.kind == MEANS_COLUMN)
            return m.item == n.item && m.column == n.column;
        return x->sym == y->sym;
    }
    if (x->sym != y->sym)
        return false;
    node_t u = x->first, v = y->first;
    for (; u && v; u = tree_next(tree, u), v = tree_next(tree, v))
        if (!same(k, u, v))
            return false;
    return u == 0 && v == 0;
}

static bool is_key(struct keys *k, node_t node)
{
    for (uint32_t i = 0; i < k->others.n; i++)
        if (same(k, node, k->others.at[i]))
            return true;
    return false;
}

static void report(struct keys *k, node_t column)
{
    struct columns *c = k->c;
    struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT114"), tree_span(c->tree, column),
                              k->group ? "no key of the GROUP BY" : "beside an aggregate");
    const char *text = node_text(c->ctx, c->tree, column);
    if (k->group) {
        diag_label(&c->ctx->diags, d, tree_span(c->tree, k->group), "the keys");
        diag_help(&c->ctx->diags, d, "add `%s` to the keys, or aggregate it: `max(%s)`", text,
                  text);
    } else {
        diag_help(&c->ctx->diags, d, "group by it: `group by %s`", text);
    }
    c->r->model->relations.at[c->relation].poisoned = true;
}

static bool uncovered_column(struct keys *k, node_t node)
{
    uint32_t ignored;
    struct meaning m = scope_meaning(k->c, k->scope, node);
    if (m.kind != MEANS_COLUMN || map_get(&k->columns, map_key2(m.item, m.column), &ignored))
        return false;
    /* the same name from another item: sure only without merged columns */
    return !map_get(&k->names, tree_at(k->c->tree, node)->sym, &ignored);
}

/* The first column that no key covers, 0 when there is none or it is not certain. */
static node_t uncovered(struct keys *k, node_t node)
{
    const struct tree *tree = k->c->tree;
    while (node && !is_key(k, node)) {
        enum node_kind kind = tree_kind(tree, node);
        if (kind == NODE_COLUMN)
            return uncovered_column(k, node) ? node : 0;
        if (kind == NODE_QUERY || kind == NODE_LAMBDA || kind == NODE_METHOD || kind == NODE_TYPE ||
            kind == NODE_OBJECT)
            return 0;
        bool call = kind == NODE_CALL;
        if (call && (tree_child(tree, node, NODE_OVER) ||
                     function_kind(k->c, call_name(tree, node)) != FUNCTION_SCALAR))
            return 0;
        node_t first = tree_first(tree, node);
        for (node_t child = first ? tree_next(tree, first) : 0; child;
             child = tree_next(tree, child)) {
            node_t found = call && is_bare_part(k->c, child) ? 0 : uncovered(k, child);
            if (found)
                return found;
        }
        node = first;
    }
    return 0;
}

static bool groups(struct columns *c, node_t items, node_t group)
{
    if (group)
        return !tree_flag(c->tree, group, FLAG_ALL) && tree_first(c->tree, group);
    TREE_EACH(c->tree, items, item)
    if (tree_first(c->tree, item) && has_aggregate(c, tree_first(c->tree, item)))
        return true;
    return false;
}

void check_grouping(struct columns *c, struct scope *scope, node_t select, struct shape *output)
{
    node_t items = tree_child(c->tree, select, NODE_ITEMS);
    struct keys k = {.c = c, .scope = scope};
    uint32_t place = 0;
    (void)output;
    k.group = tree_child(c->tree, select, NODE_GROUP_BY);
    if (!items || !groups(c, items, k.group))
        return;
    map_init(&k.columns);
    map_init(&k.names);
    if (k.group)
        read_keys(&k, items);
    TREE_EACH(c->tree, items, item)
    {
        node_t first = tree_first(c->tree, item);
        scope->alias_limit = place++;
        if (k.unsure || k.others.n > EXPRESSION_KEYS || !first ||
            tree_kind(c->tree, first) == NODE_STAR)
            continue;
        node_t column = uncovered(&k, first);
        if (column)
            report(&k, column);
    }
    scope->alias_limit = UINT32_MAX;
    VEC_FINI(&k.others);
    map_fini(&k.columns);
    map_fini(&k.names);
}
