/* query.c - queries: WITH, set operations, SELECT and its clauses, in the order in which they see
 * names.
 *
 * Owns that order and what positions mean. A CTE sees those before it, itself only with an anchor
 * in a UNION. Names of a set operation are those of its first branch. */
#include "model/scope.h"

static struct shape *body_shape(struct columns *c, node_t body, struct scope *outer, node_t order,
                                uint32_t self);

node_t unwrap(const struct tree *tree, node_t node)
{
    while (node && tree_kind(tree, node) == NODE_PAREN)
        node = tree_first(tree, node);
    return node;
}

/* -------------------------------------------------------------------------------------------- with
 */

static uint32_t push_cte(struct columns *c, sym_t name, struct shape *shape)
{
    *VEC_PUSH(&c->cte_shapes) = shape;
    return reach_push(&c->ctes, name);
}

static void with_clause(struct columns *c, node_t with, struct scope *outer)
{
    TREE_EACH(c->tree, with, cte)
    {
        node_t query = tree_child(c->tree, cte, NODE_QUERY);
        node_t names = tree_child(c->tree, cte, NODE_NAMES);
        sym_t name = tree_at(c->tree, cte)->sym;
        node_t operation = query ? tree_child(c->tree, query, NODE_SET_OPERATION) : 0;
        struct shape *shape = shape_new(c, 0);
        uint32_t self = MODEL_NONE;
        bool shadows = reach_find(&c->ctes, name) != REACH_NONE;
        shape->open = true;
        if (operation) {
            /* its own columns are those of the list, else of the anchor; body_shape fills them in
             */
            self = push_cte(c, name,
                            names ? shape_rename(c, shape_new(c, 0), names, false) : shape);
        }
        if (operation && !tree_child(c->tree, query, NODE_WITH))
            shape = body_shape(c, operation, outer, tree_child(c->tree, query, NODE_ORDER_BY),
                               names ? MODEL_NONE : self);
        else if (query)
            shape = query_shape(c, query, outer);
        if (names)
            shape = shape_rename(c, shape, names, true);
        /* whether the inner or the outer one is read is not certain (reference: name resolution) */
        if (shadows) {
            shape = shape_new(c, 0);
            shape->open = true;
        }
        if (operation)
            c->cte_shapes.at[self] = shape;
        else
            (void)push_cte(c, name, shape);
    }
}

/* ------------------------------------------------------------------------------------------ values
 */

struct shape *values_shape(struct columns *c, node_t values, struct scope *outer)
{
    uint32_t width = 0, row = 0;
    struct scope scope;
    scope_init(&scope, outer);
    TREE_EACH(c->tree, values, list)
    {
        uint32_t n = tree_count(c->tree, list);
        expressions(c, &scope, list, PLACE_NO_AGGREGATE | PLACE_NO_WINDOW);
        if (row++ == 0)
            width = n;
        else if (n != width) {
            struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT113"), tree_span(c->tree, list),
                                      "%u value%s", n, n == 1 ? "" : "s");
            diag_label(&c->ctx->diags, d, tree_span(c->tree, tree_first(c->tree, values)),
                       "%u here", width);
        }
    }
    struct shape *shape = shape_new(c, width);
    struct column *at = shape->at;
    for (uint32_t i = 0; i < width; i++) {
        at[i].name =
            sym_intern(&c->ctx->names, str_from(arena_printf(&c->scratch, "COLUMN%u", i + 1)));
        at[i].node = values;
    }
    scope_fini(&scope);
    return shape;
}

/* ---------------------------------------------------------------------------------- set operations
 */

/* The select list of a branch, or all of it: what is counted. */
static struct span counted(struct columns *c, node_t branch)
{
    node_t items =
        tree_kind(c->tree, branch) == NODE_SELECT ? tree_child(c->tree, branch, NODE_ITEMS) : 0;
    return tree_span(c->tree, items ? items : branch);
}

static void check_width(struct columns *c, const struct shape *first, node_t first_node,
                        const struct shape *other, node_t node, node_t operation)
{
    if (first->open || other->open || first->n == other->n)
        return;
    struct span span = counted(c, node), first_span = counted(c, first_node);
    struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT112"), span, "%u column%s", other->n,
                              other->n == 1 ? "" : "s");
    diag_label(&c->ctx->diags, d, first_span, "%u column%s", first->n, first->n == 1 ? "" : "s");
    diag_note(&c->ctx->diags, d, "joined by %s", op_text((enum op)tree_at(c->tree, operation)->op));
    c->r->model->relations.at[c->relation].poisoned = true;
}

/* BY NAME: the columns of all branches, each once. */
static struct shape *by_name(struct columns *c, struct shape *a, struct shape *b)
{
    struct shape *out = shape_new(c, a->n + b->n);
    struct column *at = out->at;
    uint32_t n = a->n, ignored;
    if (a->n)
        memcpy(at, a->at, a->n * sizeof *at);
    for (uint32_t i = 0; i < b->n; i++)
        if (!shape_find(c, a, b->at[i].name, &ignored))
            at[n++] = b->at[i];
    out->n = n;
    out->open = a->open || b->open;
    return out;
}

static struct shape *set_operation(struct columns *c, node_t node, struct scope *outer,
                                   uint32_t self)
{
    struct shape *first = NULL;
    node_t first_node = 0;
    bool named = tree_flag(c->tree, node, FLAG_BY_NAME);
    TREE_EACH(c->tree, node, branch)
    {
        struct shape *shape = body_shape(c, branch, outer, 0, first ? MODEL_NONE : self);
        if (!first) {
            first = shape;
            first_node = branch;
            if (self != MODEL_NONE && self < c->cte_shapes.n)
                c->cte_shapes.at[self] = first;
        } else if (named) {
            first = by_name(c, first, shape);
        } else {
            check_width(c, first, first_node, shape, branch, node);
        }
    }
    return first ? first : shape_new(c, 0);
}

/* ----------------------------------------------------------------------------------------
 * positions */

/* A whole number without a sign: an item of the select list. */
static bool position_of(struct columns *c, node_t node, uint64_t *position)
{
    if (tree_kind(c->tree, node) != NODE_NUMBER)
        return false;
    struct str text = sym_text(&c->ctx->names, tree_at(c->tree, node)->sym);
    *position = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        if (*position < UINT32_MAX)
            *position = *position * 10 + (uint64_t)(text.p[i] - '0');
    }
    return true;
}

static void check_position(struct columns *c, node_t node, const struct shape *output)
{
    uint64_t position;
    if (!position_of(c, node, &position) || output->open)
        return;
    if (position >= 1 && position <= output->n)
        return;
    diag_add(&c->ctx->diags, diag_rule("DT118"), tree_span(c->tree, node),
             "the query has %u column%s", output->n, output->n == 1 ? "" : "s");
    c->r->model->relations.at[c->relation].poisoned = true;
}

static void order_by(struct columns *c, struct scope *scope, node_t order, struct shape *output)
{
    scope->output = output;
    TREE_EACH(c->tree, order, sort)
    {
        node_t key = tree_first(c->tree, sort);
        if (!key)
            continue;
        check_position(c, key, output);
        expression(c, scope, key, 0);
    }
    scope->output = NULL;
}

static void group_by(struct columns *c, struct scope *scope, node_t group, struct shape *output)
{
    TREE_EACH(c->tree, group, key)
    {
        check_position(c, key, output);
        expression(c, scope, key, PLACE_NO_AGGREGATE | PLACE_NO_WINDOW);
    }
}

/* ------------------------------------------------------------------------------------------ select
 */

static void collect_aliases(struct columns *c, struct scope *scope, node_t items)
{
    uint32_t place = 0;
    TREE_EACH(c->tree, items, item)
    {
        node_t star = tree_first(c->tree, item);
        if (tree_at(c->tree, item)->sym)
            scope_add_alias(scope, tree_at(c->tree, item)->sym, place);
        node_t rename = star && tree_kind(c->tree, star) == NODE_STAR
                            ? tree_child(c->tree, star, NODE_STAR_RENAME)
                            : 0;
        if (rename)
            TREE_EACH(c->tree, rename, one)
        scope_add_alias(scope, tree_at(c->tree, one)->sym, place);
        place++;
    }
}

static void select_items(struct columns *c, struct scope *scope, node_t items)
{
    scope->alias_limit = 0;
    TREE_EACH(c->tree, items, item)
    {
        node_t first = tree_first(c->tree, item);
        uint32_t failures = c->failures;
        if (first && tree_kind(c->tree, first) != NODE_STAR)
            expression(c, scope, first, 0);
        /* the name of such a column is the slip itself: what reads it must not repeat it */
        scope->unsure |= c->failures != failures && !tree_at(c->tree, item)->sym;
        scope->alias_limit++;
    }
    scope->alias_limit = UINT32_MAX;
}

static struct shape *select_shape(struct columns *c, node_t select, struct scope *outer,
                                  node_t order)
{
    struct scope scope;
    struct shape *output;
    node_t items = tree_child(c->tree, select, NODE_ITEMS);
    node_t from = tree_child(c->tree, select, NODE_FROM);
    node_t group = tree_child(c->tree, select, NODE_GROUP_BY);
    node_t where = tree_child(c->tree, select, NODE_WHERE);
    node_t connect = tree_child(c->tree, select, NODE_CONNECT_BY);
    node_t having = tree_child(c->tree, select, NODE_HAVING);
    node_t qualify = tree_child(c->tree, select, NODE_QUALIFY);
    scope_init(&scope, outer);
    scope.levels = connect != 0;
    if (items)
        collect_aliases(c, &scope, items);
    if (from)
        from_clause(c, &scope, from);
    if (where)
        expressions(c, &scope, where, PLACE_NO_AGGREGATE | PLACE_NO_WINDOW);
    if (connect)
        expressions(c, &scope, connect, PLACE_NO_AGGREGATE | PLACE_NO_WINDOW);
    if (items)
        select_items(c, &scope, items);
    output = items ? output_shape(c, &scope, items) : shape_new(c, 0);
    output->open |= scope.unsure;
    if (group)
        group_by(c, &scope, group, output);
    if (having)
        expressions(c, &scope, having, PLACE_NO_WINDOW);
    if (qualify)
        expressions(c, &scope, qualify, 0);
    if (order)
        order_by(c, &scope, order, output);
    check_grouping(c, &scope, select, output);
    scope_fini(&scope);
    return output;
}

/* ------------------------------------------------------------------------------------------- query
 */

static struct shape *body_shape(struct columns *c, node_t body, struct scope *outer, node_t order,
                                uint32_t self)
{
    enum node_kind kind = tree_kind(c->tree, body);
    struct shape *shape;
    if (kind == NODE_SELECT)
        return select_shape(c, body, outer, order);
    if (kind == NODE_SET_OPERATION)
        shape = set_operation(c, body, outer, self);
    else if (kind == NODE_VALUES)
        shape = values_shape(c, body, outer);
    else if (kind == NODE_QUERY)
        shape = query_shape(c, body, outer);
    else {
        shape = shape_new(c, 0);
        shape->open = true;
    }
    if (order) {
        struct scope scope;
        scope_init(&scope, outer);
        *VEC_PUSH(&scope.items) =
            (struct from_item){.node = body, .relation = MODEL_NONE, .shape = shape};
        order_by(c, &scope, order, shape);
        scope_fini(&scope);
    }
    return shape;
}

struct shape *query_shape(struct columns *c, node_t query, struct scope *outer)
{
    uint32_t ctes = c->cte_shapes.n;
    node_t order = tree_child(c->tree, query, NODE_ORDER_BY);
    struct shape *shape = NULL;
    TREE_EACH(c->tree, query, child)
    {
        enum node_kind kind = tree_kind(c->tree, child);
        if (kind == NODE_WITH)
            with_clause(c, child, outer);
        else if (kind == NODE_SELECT || kind == NODE_SET_OPERATION || kind == NODE_VALUES ||
                 kind == NODE_QUERY)
            shape = body_shape(c, child, outer, order, MODEL_NONE);
    }
    reach_cut(&c->ctes, ctes);
    c->cte_shapes.n = ctes;
    if (!shape) {
        shape = shape_new(c, 0);
        shape->open = true;
    }
    return shape;
}
