/* body.c - reads the body of each table and view once and notes every construct that the support
 * matrix of incremental refresh knows, by clause.
 *
 * Owns queries, SELECT and expressions; FROM is from.c, join.c; functions and types are call.c.
 * Only the tree is read: words in strings, comments, aliases never count. What is not noted here is
 * incremental by the documentation (supported-queries, read 2026-11). */
#include "checks/scan.h"

static struct use *add_span(struct scan *s, const char *code, enum blocks blocks, node_t node,
                            struct span span, const char *construct)
{
    struct use *use = VEC_PUSH(&s->uses->all);
    *use = (struct use){.code = code,
                        .construct = construct,
                        .span = span,
                        .other = SPAN_NONE,
                        .blocks = blocks,
                        .relation = s->relation,
                        .node = node};
    return use;
}

struct use *scan_add(struct scan *s, const char *code, enum blocks blocks, node_t node,
                     const char *construct)
{
    return add_span(s, code, blocks, node, model_span(s->checks->model, s->file, node), construct);
}

struct use *scan_add_word(struct scan *s, const char *code, enum blocks blocks, uint32_t lo,
                          uint32_t hi, const char *construct)
{
    struct span span = {s->tree->file, lo, hi};
    struct str gap = source_text(&s->checks->ctx->sources, span);
    size_t n = 0;
    while (construct[n] && construct[n] != ' ')
        n++;
    for (size_t at = 0; at + n <= gap.n; at++) {
        if (str_eq_nocase(str_make(gap.p + at, n), str_make(construct, n))) {
            span = (struct span){span.file, lo + (uint32_t)at, lo + (uint32_t)(at + n)};
            break;
        }
    }
    return add_span(s, code, blocks, 0, span, construct);
}

void scan_children(struct scan *s, node_t node, enum clause place)
{
    TREE_EACH(s->tree, node, child)
    scan_node(s, child, place);
}

/* --- queries --- */

static bool is_union(const struct scan *s, node_t query)
{
    TREE_EACH(s->tree, query, child)
    {
        enum node_kind kind = tree_kind(s->tree, child);
        if (kind == NODE_SET_OPERATION)
            return tree_at(s->tree, child)->op == OP_UNION;
        if (kind == NODE_QUERY)
            return is_union(s, child);
    }
    return false;
}

static void scan_with(struct scan *s, node_t with)
{
    TREE_EACH(s->tree, with, cte)
    {
        node_t query = tree_child(s->tree, cte, NODE_QUERY);
        struct scan_cte own = {s->ctes, tree_at(s->tree, cte)->sym, false};
        if (query == 0)
            continue;
        own.may_recurse = tree_flag(s->tree, with, FLAG_RECURSIVE) || is_union(s, query);
        s->ctes = &own;
        scan_query(s, query, false);
        s->ctes = own.outer;
    }
}

static void scan_set_operation(struct scan *s, node_t node, bool top)
{
    const struct node *at = tree_at(s->tree, node);
    node_t left = tree_first(s->tree, node);
    const char *word = at->op == OP_INTERSECT     ? "INTERSECT"
                       : (at->flags & FLAG_MINUS) ? "MINUS"
                       : at->op == OP_EXCEPT      ? "EXCEPT"
                                                  : NULL;
    for (node_t child = left; child != 0; child = tree_next(s->tree, child)) {
        node_t right = tree_next(s->tree, child);
        if (right != 0 && (word || (at->flags & FLAG_BY_NAME))) {
            uint32_t lo = tree_at(s->tree, child)->hi, hi = tree_at(s->tree, right)->lo;
            if (word)
                scan_add_word(s, "DT302", BLOCKS_INCREMENTAL, lo, hi, word);
            else
                scan_add_word(s, "DT331", SILENT_EVERY_MODE, lo, hi, "UNION BY NAME");
        }
        enum node_kind kind = tree_kind(s->tree, child);
        if (kind == NODE_SELECT)
            scan_select(s, child, top);
        else if (kind == NODE_SET_OPERATION)
            scan_set_operation(s, child, top);
        else if (kind == NODE_QUERY)
            scan_query(s, child, top);
        else
            scan_node(s, child, CLAUSE_FROM);
    }
}

static void scan_order(struct scan *s, node_t query, node_t order)
{
    bool cut = tree_child(s->tree, query, NODE_LIMIT) || tree_child(s->tree, query, NODE_OFFSET) ||
               tree_child(s->tree, query, NODE_FETCH);
    TREE_EACH(s->tree, query, child)
    if (tree_kind(s->tree, child) == NODE_SELECT && tree_child(s->tree, child, NODE_TOP))
        cut = true;
    if (!cut)
        scan_add(s, "DT601", BLOCKS_NOTHING, order, "ORDER BY");
    scan_node(s, order, CLAUSE_SORT);
}

/* One finding for LIMIT and its OFFSET; FETCH likewise. */
static void scan_cut(struct scan *s, node_t query)
{
    node_t limit = tree_child(s->tree, query, NODE_LIMIT);
    node_t offset = tree_child(s->tree, query, NODE_OFFSET);
    node_t fetch = tree_child(s->tree, query, NODE_FETCH);
    node_t first = limit ? limit : fetch ? fetch : offset;
    if (first != 0) {
        struct use *use = scan_add(s, "DT301", BLOCKS_INCREMENTAL, first,
                                   limit   ? "LIMIT"
                                   : fetch ? "FETCH"
                                           : "OFFSET");
        if (!tree_child(s->tree, query, NODE_ORDER_BY))
            use->unordered = true;
    }
}

void scan_query(struct scan *s, node_t query, bool top)
{
    node_t with = tree_child(s->tree, query, NODE_WITH);
    node_t order = tree_child(s->tree, query, NODE_ORDER_BY);
    if (with != 0)
        scan_with(s, with);
    TREE_EACH(s->tree, query, child)
    {
        enum node_kind kind = tree_kind(s->tree, child);
        if (kind == NODE_SELECT)
            scan_select(s, child, top);
        else if (kind == NODE_SET_OPERATION)
            scan_set_operation(s, child, top);
        else if (kind == NODE_QUERY)
            scan_query(s, child, top);
        else if (kind == NODE_VALUES)
            scan_node(s, child, CLAUSE_FROM);
    }
    if (order != 0)
        scan_order(s, query, order);
    scan_cut(s, query);
}

static void scan_items(struct scan *s, node_t items)
{
    TREE_EACH(s->tree, items, item)
    {
        TREE_EACH(s->tree, item, child)
        {
            if (tree_kind(s->tree, child) == NODE_STAR)
                scan_star(s, child);
            scan_node(s, child, CLAUSE_SELECT);
        }
    }
}

static void scan_group_by(struct scan *s, node_t group)
{
    TREE_EACH(s->tree, group, child)
    {
        const char *name = NULL;
        enum node_kind kind = tree_kind(s->tree, child);
        if (kind == NODE_GROUPING_SETS)
            scan_add(s, "DT310", BLOCKS_INCREMENTAL, child, "GROUPING SETS");
        if (kind == NODE_CALL && !scan_function(s, child, &name) &&
            (strcmp(name, "ROLLUP") == 0 || strcmp(name, "CUBE") == 0)) {
            scan_add(s, "DT310", BLOCKS_INCREMENTAL, child, name);
            scan_children(s, child, CLAUSE_GROUP);
            continue;
        }
        scan_node(s, child, CLAUSE_GROUP);
    }
}

void scan_select(struct scan *s, node_t select, bool top)
{
    struct scan_scope scope = {.top = top}, *outer = s->scope;
    node_t from = tree_child(s->tree, select, NODE_FROM);
    s->scope = &scope;
    if (from != 0) {
        scope.from = from;
        scan_from(s, from);
    } else {
        scan_add(s, "DT331", SILENT_INCREMENTAL, select, "SELECT without FROM");
    }
    TREE_EACH(s->tree, select, child)
    {
        switch ((int)tree_kind(s->tree, child)) {
        case NODE_TOP: {
            struct use *use = scan_add(s, "DT301", BLOCKS_INCREMENTAL, child, "TOP");
            use->unordered = true;
            break;
        }
        case NODE_ITEMS:
            scan_items(s, child);
            break;
        case NODE_WHERE:
        case NODE_HAVING:
        case NODE_QUALIFY:
            scan_node(s, child, CLAUSE_FILTER);
            break;
        case NODE_CONNECT_BY:
            scan_add(s, "DT309", BLOCKS_INCREMENTAL, child, "CONNECT BY");
            scan_node(s, child, CLAUSE_FILTER);
            break;
        case NODE_GROUP_BY:
            scan_group_by(s, child);
            break;
        }
    }
    s->scope = outer;
}

/* --- expressions --- */

static void scan_subquery(struct scan *s, node_t subquery, node_t whole, const char *construct)
{
    node_t query = tree_child(s->tree, subquery, NODE_QUERY);
    scan_add(s, "DT303", BLOCKS_INCREMENTAL, whole, construct);
    if (query != 0)
        scan_query(s, query, false);
}

static void on_subquery(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_subquery(s, node, node, "scalar subquery");
}

static void on_exists(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_subquery(s, tree_first(s->tree, node), node, "EXISTS");
}

static void on_unary(struct scan *s, node_t node, enum clause place)
{
    node_t inner = scan_strip(s, tree_first(s->tree, node));
    if (tree_at(s->tree, node)->op == OP_NOT && tree_kind(s->tree, inner) == NODE_EXISTS)
        scan_subquery(s, tree_first(s->tree, inner), node, "NOT EXISTS");
    else
        scan_children(s, node, place);
}

/* IN, QUANTIFIED, LIKE: the subquery among the operands is named after the operator. */
static void scan_with_subquery(struct scan *s, node_t node, enum clause place,
                               const char *construct)
{
    TREE_EACH(s->tree, node, child)
    {
        if (tree_kind(s->tree, child) == NODE_SUBQUERY)
            scan_subquery(s, child, node, construct);
        else
            scan_node(s, child, place);
    }
}

static void on_in(struct scan *s, node_t node, enum clause place)
{
    scan_with_subquery(s, node, place,
                       tree_flag(s->tree, node, FLAG_NOT) ? "NOT IN (SELECT)" : "IN (SELECT)");
}

static void on_quantified(struct scan *s, node_t node, enum clause place)
{
    scan_with_subquery(s, node, place,
                       tree_flag(s->tree, node, FLAG_ALL) ? "ALL (SELECT)" : "ANY (SELECT)");
}

static void on_like(struct scan *s, node_t node, enum clause place)
{
    scan_with_subquery(s, node, place, "LIKE ANY (SELECT)");
}

static void on_query(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_add(s, "DT303", BLOCKS_INCREMENTAL, node, "scalar subquery");
    scan_query(s, node, false);
}

static void on_variable(struct scan *s, node_t node, enum clause place)
{
    const struct model *model = s->checks->model;
    sym_t name = tree_at(s->tree, node)->sym;
    (void)place;
    for (uint32_t i = 0; i < model->params.n; i++)
        if (model->params.at[i].name == name)
            return;
    if (!s->checks->model->files.at[s->file].script) {
        /* Names of parameters are the model's matter. */
        scan_add(s, "", SILENT_EVERY_MODE, node, "parameter that is not declared");
        return;
    }
    scan_add(s, "DT316", BLOCKS_EVERY_MODE, node,
             arena_printf(&s->checks->ctx->arena, "$%" STR_F, STR_A(scan_sym(s, node))));
}

static void on_bind(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_add(s, "DT316", BLOCKS_EVERY_MODE, node, "bind variable");
}

static void on_hole(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_add(s, "DT331", SILENT_EVERY_MODE, node, "template hole");
}

static void on_error(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_add(s, "", SILENT_EVERY_MODE, node, "text that did not parse");
}

static void on_method(struct scan *s, node_t node, enum clause place)
{
    scan_add(s, "DT331", SILENT_INCREMENTAL, node, "model method");
    TREE_EACH(s->tree, node, child)
    if (child != tree_first(s->tree, node))
        scan_node(s, child, place);
}

static void on_over(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_children(s, node, CLAUSE_GROUP);
}

static void on_type(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_type(s, node);
}

static void on_operation(struct scan *s, node_t node, enum clause place)
{
    scan_outer_marks(s, node);
    scan_children(s, node, place);
}

static void on_on(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_children(s, node, CLAUSE_JOIN);
}

static void on_table(struct scan *s, node_t node, enum clause place)
{
    (void)place;
    scan_table(s, node);
}

static void on_values(struct scan *s, node_t node, enum clause place)
{
    TREE_EACH(s->tree, node, list)
    {
        TREE_EACH(s->tree, list, value)
        {
            node_t inner = scan_strip(s, value);
            enum node_kind kind = tree_kind(s->tree, inner);
            if (kind == NODE_UNARY)
                kind = tree_kind(s->tree, tree_first(s->tree, inner));
            if (kind != NODE_NUMBER && kind != NODE_STRING && kind != NODE_DOLLAR_STRING &&
                kind != NODE_NULL && kind != NODE_BOOLEAN && kind != NODE_TYPED &&
                kind != NODE_BINARY && kind != NODE_CAST) {
                scan_add(s, "DT331", SILENT_INCREMENTAL, value, "VALUES with an expression");
                scan_node(s, value, place);
            }
        }
    }
}

static void nothing(struct scan *s, node_t node, enum clause place)
{
    (void)s;
    (void)node;
    (void)place;
}

static void (*const handlers[NODE_KINDS])(struct scan *s, node_t node, enum clause place) = {
    [NODE_ERROR] = on_error,
    [NODE_HOLE] = on_hole,
    [NODE_VARIABLE] = on_variable,
    [NODE_BIND] = on_bind,
    [NODE_SUBQUERY] = on_subquery,
    [NODE_EXISTS] = on_exists,
    [NODE_UNARY] = on_unary,
    [NODE_IN] = on_in,
    [NODE_QUANTIFIED] = on_quantified,
    [NODE_LIKE] = on_like,
    [NODE_OPERATION] = on_operation,
    [NODE_QUERY] = on_query,
    [NODE_CALL] = scan_call,
    [NODE_METHOD] = on_method,
    [NODE_OVER] = on_over,
    [NODE_TYPE] = on_type,
    [NODE_COLUMN] = scan_column,
    [NODE_VALUES] = on_values,
    [NODE_ON] = on_on,
    [NODE_MATCH_CONDITION] = on_on,
    [NODE_TABLE_REF] = on_table,
    [NODE_QUERY_REF] = on_table,
    [NODE_FUNCTION_REF] = on_table,
    [NODE_VALUES_REF] = on_table,
    [NODE_STAGE_REF] = on_table,
    [NODE_FLOW_REF] = on_table,
    [NODE_BOUNDARY_REF] = on_table,
    [NODE_GROUP_REF] = on_table,
    [NODE_JOIN] = on_table,
    [NODE_SEMANTIC_REF] = on_table,
    [NODE_ALIAS] = nothing,
    [NODE_NAMES] = nothing,
    [NODE_OBJECT] = nothing,
};

void scan_node(struct scan *s, node_t node, enum clause place)
{
    enum node_kind kind = tree_kind(s->tree, node);
    if (handlers[kind])
        handlers[kind](s, node, place);
    else
        scan_children(s, node, place);
}

/* --- all bodies --- */

static void load_functions(struct checks *checks)
{
    struct checks_state *state = checks->state;
    const struct interner *names = &checks->ctx->names;
    uint32_t n;
    const struct volatility *rows = volatility_all(&n);
    state->functions_n = names->n;
    state->functions = ARENA_ARRAY(&checks->ctx->arena, const struct volatility *, names->n);
    for (uint32_t i = 0; i < n; i++) {
        sym_t sym = sym_find(names, rows[i].name);
        if (sym != 0)
            state->functions[sym] = &rows[i];
    }
}

static int by_place(const struct use *a, const struct use *b)
{
    return a->span.lo != b->span.lo ? (a->span.lo < b->span.lo ? -1 : 1)
                                    : (a->span.hi > b->span.hi) - (a->span.hi < b->span.hi);
}

/* Short lists, nearly sorted already. */
static void sort_uses(struct use_list *list)
{
    for (uint32_t i = 1; i < list->all.n; i++) {
        struct use use = list->all.at[i];
        uint32_t j = i;
        for (; j > 0 && by_place(&list->all.at[j - 1], &use) > 0; j--)
            list->all.at[j] = list->all.at[j - 1];
        list->all.at[j] = use;
    }
}

void bodies_scan(struct checks *checks)
{
    const struct model *model = checks->model;
    load_functions(checks);
    functions_load(checks);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        struct use_list *list = &checks->state->bodies[i];
        if (r->query == 0 || (r->kind != RELATION_DYNAMIC_TABLE && r->kind != RELATION_VIEW))
            continue;
        struct scan scan = {.checks = checks,
                            .tree = model_tree(model, r->file),
                            .relation = i,
                            .file = r->file,
                            .uses = list};
        scan_query(&scan, r->query, true);
        sort_uses(list);
    }
}
