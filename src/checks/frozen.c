/* frozen.c - the predicate of a frozen region (DT218): what Snowflake takes in FREEZE WHERE.
 *
 * Owns the rules of the predicate itself: no subquery, no function whose result varies except the
 * current time, no function of a user, no column that the query aggregates or computes over a
 * window (docs: create-dynamic-table, FROZEN WHERE, read 2026-11). */
#include "checks/state.h"

struct region {
    struct checks *checks;
    const struct check *check;
    uint32_t table;
    const struct relation *r;
    const struct tree *tree;
};

static void report(struct region *g, node_t node, const char *construct, const char *why)
{
    struct span span = model_span(g->checks->model, g->r->file, node);
    struct finding f = checks_find(g->checks, g->check, g->table, span, "%s", why);
    diag_note(f.sink, f.d,
              "the region may only grow, and whether a row is in it must not depend on "
              "other rows");
    verdicts_refuse(g->checks, g->check->rule.code, g->table, construct, span);
}

/* The value that an output column is made of; 0 when it is not to be seen. */
static node_t value_of(const struct region *g, node_t query, sym_t column)
{
    node_t select = tree_child(g->tree, query, NODE_SELECT);
    node_t items = select ? tree_child(g->tree, select, NODE_ITEMS) : 0;
    if (items == 0)
        return 0;
    TREE_EACH(g->tree, items, item)
    {
        node_t value = tree_first(g->tree, item);
        sym_t name = tree_at(g->tree, item)->sym;
        if (name == 0 && value && tree_kind(g->tree, value) == NODE_COLUMN)
            name = tree_at(g->tree, value)->sym;
        if (name == column)
            return value;
    }
    return 0;
}

static const struct volatility *function_of(const struct region *g, node_t call)
{
    const struct checks_state *state = g->checks->state;
    node_t object = tree_first(g->tree, call);
    if (object == 0 || tree_kind(g->tree, object) != NODE_OBJECT ||
        tree_first(g->tree, object) != 0)
        return NULL;
    sym_t sym = tree_at(g->tree, object)->sym;
    return sym < state->functions_n ? state->functions[sym] : NULL;
}

/* Is the value an aggregate, or computed over a window? */
static bool depends_on_other_rows(const struct region *g, node_t value)
{
    if (tree_kind(g->tree, value) == NODE_CALL) {
        const struct volatility *row = function_of(g, value);
        if (tree_child(g->tree, value, NODE_OVER) || (row && row->kind == FUNCTION_AGGREGATE))
            return true;
    }
    TREE_EACH(g->tree, value, child)
    if (depends_on_other_rows(g, child))
        return true;
    return false;
}

static void look_at(struct region *g, node_t node)
{
    enum node_kind kind = tree_kind(g->tree, node);
    if (kind == NODE_SUBQUERY || kind == NODE_EXISTS) {
        report(g, node, "subquery in a frozen region", "a frozen region takes no subquery");
        return;
    }
    if (kind == NODE_CALL) {
        const struct volatility *row = function_of(g, node);
        if (!row)
            report(g, node, "function in a frozen region",
                   "a frozen region takes no function that Snowflake does not list");
        else if (row->varies && row->use != USE_FILTER_ONLY)
            report(g, node, row->name.p, "its result is another one each time");
    }
    if (kind == NODE_COLUMN) {
        node_t value = value_of(g, g->r->query, tree_at(g->tree, node)->sym);
        if (str_starts(sym_text(&g->checks->ctx->names, tree_at(g->tree, node)->sym), "METADATA$"))
            report(g, node, "METADATA$ column in a frozen region",
                   "a frozen region takes no METADATA$ column");
        else if (value != 0 && depends_on_other_rows(g, value))
            report(g, node, "computed column in a frozen region",
                   "the query computes this column from several rows");
        return;
    }
    TREE_EACH(g->tree, node, child)
    look_at(g, child);
}

void frozen_check(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = model_relation(checks->model, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || r->settings.freeze.at.node == 0 || r->query == 0 ||
            r->settings.freeze.at.file != r->file)
            continue;
        struct region g = {checks, check, i, r, model_tree(checks->model, r->file)};
        TREE_EACH(g.tree, r->settings.freeze.at.node, predicate)
        look_at(&g, predicate);
    }
}
