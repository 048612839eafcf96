/* from.c - items of FROM and the columns they bring.
 *
 * Owns tables, sub-queries, table functions, VALUES, joins and what follows them (aliases,
 * UNPIVOT). A join sees what stands left of it; a sub-query sees the enclosing query only, with
 * LATERAL its left neighbours too. What is not worked out here (PIVOT, MATCH_RECOGNIZE, stages) is
 * open. */
#include "model/scope.h"

static void from_table(struct columns *c, struct scope *scope, node_t node);

static struct shape *open_shape(struct columns *c)
{
    struct shape *shape = shape_new(c, 0);
    shape->open = true;
    return shape;
}

static struct shape *named_shape(struct columns *c, const char *const *names, uint32_t n,
                                 node_t node)
{
    struct shape *shape = shape_new(c, n);
    struct column *at = shape->at;
    for (uint32_t i = 0; i < n; i++) {
        at[i].name = sym_intern(&c->ctx->names, str_from(names[i]));
        at[i].node = node;
    }
    return shape;
}

struct shape *shape_rename(struct columns *c, struct shape *shape, node_t names, bool check)
{
    uint32_t n = tree_count(c->tree, names), i = 0;
    if (check && !shape->open && n != shape->n) {
        struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT113"), tree_span(c->tree, names),
                                  "%u name%s", n, n == 1 ? "" : "s");
        diag_note(&c->ctx->diags, d, "the query has %u column%s", shape->n,
                  shape->n == 1 ? "" : "s");
    }
    struct shape *renamed = shape_new(c, shape->n > n ? shape->n : n);
    struct column *at = renamed->at;
    if (shape->n)
        memcpy(at, shape->at, shape->n * sizeof *at);
    renamed->open = shape->open;
    TREE_EACH(c->tree, names, name)
    {
        at[i].name = tree_at(c->tree, name)->sym;
        at[i++].node = name;
    }
    return renamed;
}

/* ------------------------------------------------------------------------------------------- tails
 */

/* UNPIVOT(value FOR name IN (a, b)): the listed columns become two. */
static struct shape *unpivot_shape(struct columns *c, struct shape *shape, node_t unpivot)
{
    node_t value = tree_first(c->tree, unpivot);
    node_t name = value ? tree_next(c->tree, value) : 0;
    struct shape *out = shape_new(c, shape->n + 2);
    struct column *at = out->at;
    uint32_t n = 0;
    for (uint32_t i = 0; i < shape->n; i++) {
        bool listed = false;
        TREE_EACH(c->tree, unpivot, item)
        {
            node_t column = tree_kind(c->tree, item) == NODE_ITEM ? tree_first(c->tree, item) : 0;
            listed |= column && tree_at(c->tree, column)->sym == shape->at[i].name;
        }
        if (!listed)
            at[n++] = shape->at[i];
    }
    if (name)
        at[n++] = (struct column){.name = tree_at(c->tree, name)->sym, .node = name};
    if (value)
        at[n++] = (struct column){.name = tree_at(c->tree, value)->sym, .node = value};
    out->n = n;
    out->open = shape->open;
    return out;
}

static void read_tail(struct columns *c, node_t node, struct from_item *item)
{
    TREE_EACH(c->tree, node, child)
    {
        enum node_kind kind = tree_kind(c->tree, child);
        if (kind == NODE_ALIAS) {
            item->name = tree_at(c->tree, child)->sym;
            item->aliased = item->plain = true;
            item->node = child;
            if (tree_first(c->tree, child))
                item->shape = shape_rename(c, item->shape, child, false);
        } else if (kind == NODE_UNPIVOT) {
            item->shape = unpivot_shape(c, item->shape, child);
        } else if (kind == NODE_PIVOT || kind == NODE_MATCH_RECOGNIZE || kind == NODE_RESAMPLE) {
            item->shape = open_shape(c);
        }
    }
}

static void push_item(struct columns *c, struct scope *scope, const struct from_item *item)
{
    for (uint32_t i = 0; item->plain && i < scope->items.n; i++) {
        const struct from_item *other = &scope->items.at[i];
        if (!other->plain || other->name != item->name)
            continue;
        struct diag *d =
            diag_add(&c->ctx->diags, diag_rule("DT116"), tree_span(c->tree, item->node),
                     "`%s` again", shown_name(c->ctx, item->name));
        diag_label(&c->ctx->diags, d, tree_span(c->tree, other->node), "the first one");
        diag_help(&c->ctx->diags, d, "give each an alias of its own");
        break;
    }
    *VEC_PUSH(&scope->items) = *item;
}

/* ------------------------------------------------------------------------------------------- items
 */

static struct shape *cte_shape(const struct columns *c, node_t object)
{
    sym_t name = tree_at(c->tree, object)->sym;
    if (tree_first(c->tree, object))
        return NULL;
    uint32_t found = reach_find(&c->ctes, name);
    return found == REACH_NONE ? NULL : c->cte_shapes.at[found];
}

/* AT(TIMESTAMP => ...) holds constants: no column may be read there, and none is looked for. */
static void table(struct columns *c, struct scope *scope, node_t node)
{
    node_t object = tree_child(c->tree, node, NODE_OBJECT);
    node_t source = object ? object : tree_first(c->tree, node);
    struct from_item item = {.node = source, .object = object, .relation = MODEL_NONE};
    struct shape *cte = object ? cte_shape(c, object) : NULL;
    item.name = object ? tree_at(c->tree, object)->sym : 0;
    item.plain = object != 0;
    item.shape = cte;
    if (!cte) {
        item.relation = model_target(c->r->model, c->file, source);
        bool done = item.relation != MODEL_NONE && c->state[item.relation] == 2;
        item.shape = done ? &c->relations[item.relation] : open_shape(c);
    }
    read_tail(c, node, &item);
    push_item(c, scope, &item);
}

static void subquery(struct columns *c, struct scope *scope, node_t node)
{
    node_t query = tree_child(c->tree, node, NODE_QUERY);
    bool lateral = tree_flag(c->tree, node, FLAG_LATERAL);
    struct from_item item = {.node = node, .relation = MODEL_NONE};
    item.shape = query ? query_shape(c, query, lateral ? scope : scope->outer) : open_shape(c);
    read_tail(c, node, &item);
    push_item(c, scope, &item);
}

static struct shape *function_shape(struct columns *c, node_t call)
{
    static const char *const flatten[] = {"SEQ", "KEY", "PATH", "INDEX", "VALUE", "THIS"};
    static const char *const split[] = {"SEQ", "INDEX", "VALUE"};
    struct str name = sym_text(&c->ctx->names, call_name(c->tree, call));
    if (str_is(name, "FLATTEN"))
        return named_shape(c, flatten, sizeof flatten / sizeof *flatten, call);
    if (str_is(name, "SPLIT_TO_TABLE") || str_is(name, "STRTOK_SPLIT_TO_TABLE"))
        return named_shape(c, split, sizeof split / sizeof *split, call);
    return open_shape(c);
}

static void table_function(struct columns *c, struct scope *scope, node_t node)
{
    node_t first = tree_first(c->tree, node);
    struct from_item item = {.node = first, .relation = MODEL_NONE};
    bool call = first && tree_kind(c->tree, first) == NODE_CALL;
    if (call || (first && tree_kind(c->tree, first) == NODE_METHOD))
        expression(c, scope, first, 0);
    item.shape = call ? function_shape(c, first) : open_shape(c);
    if (call)
        item.name = call_name(c->tree, first);
    read_tail(c, node, &item);
    push_item(c, scope, &item);
}

static void other_item(struct columns *c, struct scope *scope, node_t node)
{
    struct from_item item = {.node = node, .relation = MODEL_NONE};
    item.shape = open_shape(c);
    read_tail(c, node, &item);
    push_item(c, scope, &item);
}

static void values_item(struct columns *c, struct scope *scope, node_t node)
{
    node_t values = tree_child(c->tree, node, NODE_VALUES);
    struct from_item item = {.node = node, .relation = MODEL_NONE};
    item.shape = values ? values_shape(c, values, scope->outer) : open_shape(c);
    read_tail(c, node, &item);
    push_item(c, scope, &item);
}

static void group(struct columns *c, struct scope *scope, node_t node)
{
    node_t first = tree_first(c->tree, node);
    if (first)
        from_table(c, scope, first);
    /* an alias on a group of joins is seldom written, and what it hides is not documented */
    if (tree_child(c->tree, node, NODE_ALIAS))
        other_item(c, scope, node);
}

/* ------------------------------------------------------------------------------------------- joins
 */

static bool range_find(struct columns *c, struct scope *scope, uint32_t from, uint32_t to,
                       sym_t name, bool *open)
{
    bool found = false;
    *open = false;
    for (uint32_t i = from; i < to; i++) {
        uint32_t column;
        *open |= scope->items.at[i].shape->open;
        found |= shape_find(c, scope->items.at[i].shape, name, &column);
    }
    return found;
}

static void merge_first(struct scope *scope, const sym_t *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        *VEC_PUSH(&scope->merged) = 0;
    for (uint32_t i = scope->merged.n; i-- > n;)
        scope->merged.at[i] = scope->merged.at[i - n];
    for (uint32_t i = 0; i < n; i++)
        scope->merged.at[i] = names[i];
}

static void join_using(struct columns *c, struct scope *scope, node_t using, uint32_t middle)
{
    sym_t *names = ARENA_ARRAY(&c->scratch, sym_t, tree_count(c->tree, using));
    uint32_t n = 0, known = scope->merged.n;
    TREE_EACH(c->tree, using, name)
    {
        sym_t sym = tree_at(c->tree, name)->sym;
        bool open, merged = false;
        for (uint32_t i = 0; i < known; i++)
            merged |= scope->merged.at[i] == sym;
        if (!merged)
            names[n++] = sym;
        for (int side = 0; side < 2; side++) {
            uint32_t from = side ? middle : 0, to = side ? scope->items.n : middle;
            if (from == to || range_find(c, scope, from, to, sym, &open) || open)
                continue;
            const struct from_item *item = &scope->items.at[to - 1];
            report_no_column(c, tree_span(c->tree, name), sym, item->shape, item);
            break;
        }
    }
    scope->merges = true;
    merge_first(scope, names, n);
}

/* The columns that both sides have, in the order of the left side. */
static void join_natural(struct columns *c, struct scope *scope, uint32_t middle)
{
    VEC(sym_t) common = {0};
    scope->merges = true;
    for (uint32_t i = 0; i < middle; i++) {
        const struct shape *shape = scope->items.at[i].shape;
        for (uint32_t k = 0; k < shape->n; k++) {
            bool open, known = false;
            for (uint32_t m = 0; m < common.n; m++)
                known |= common.at[m] == shape->at[k].name;
            if (!known && range_find(c, scope, middle, scope->items.n, shape->at[k].name, &open))
                *VEC_PUSH(&common) = shape->at[k].name;
        }
    }
    merge_first(scope, common.at, common.n);
    VEC_FINI(&common);
}

static void join_right(struct columns *c, struct scope *scope, node_t join)
{
    node_t right = tree_next(c->tree, tree_first(c->tree, join));
    uint32_t middle = scope->items.n;
    if (right)
        from_table(c, scope, right);
    for (node_t child = right ? tree_next(c->tree, right) : 0; child;
         child = tree_next(c->tree, child)) {
        enum node_kind kind = tree_kind(c->tree, child);
        if (kind == NODE_USING)
            join_using(c, scope, child, middle);
        else if (kind == NODE_ON || kind == NODE_MATCH_CONDITION)
            expressions(c, scope, child, PLACE_NO_AGGREGATE | PLACE_NO_WINDOW);
    }
    if (tree_flag(c->tree, join, FLAG_NATURAL))
        join_natural(c, scope, middle);
}

/* A chain of joins is deep on its left side: down first, then back up. */
static void join(struct columns *c, struct scope *scope, node_t node)
{
    VEC(node_t) chain = {0};
    for (; node && tree_kind(c->tree, node) == NODE_JOIN; node = tree_first(c->tree, node))
        *VEC_PUSH(&chain) = node;
    if (node)
        from_table(c, scope, node);
    while (chain.n)
        join_right(c, scope, chain.at[--chain.n]);
    VEC_FINI(&chain);
}

static void from_table(struct columns *c, struct scope *scope, node_t node)
{
    enum node_kind kind = tree_kind(c->tree, node);
    if (kind == NODE_JOIN)
        join(c, scope, node);
    else if (kind == NODE_TABLE_REF || kind == NODE_BOUNDARY_REF)
        table(c, scope, node);
    else if (kind == NODE_QUERY_REF)
        subquery(c, scope, node);
    else if (kind == NODE_FUNCTION_REF)
        table_function(c, scope, node);
    else if (kind == NODE_VALUES_REF)
        values_item(c, scope, node);
    else if (kind == NODE_GROUP_REF)
        group(c, scope, node);
    else
        other_item(c, scope, node);
}

void from_clause(struct columns *c, struct scope *scope, node_t from)
{
    TREE_EACH(c->tree, from, item)
    from_table(c, scope, item);
}
