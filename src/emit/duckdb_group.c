/* duckdb_group.c - GROUP BY ALL beside QUALIFY, which DuckDB does not take.
 *
 * Owns: writing the keys out. The idea: a key is an item of the SELECT without an aggregate and
 * without a window; its place in the list names it, as `group by 1, 3`. */
#include "emit/duckdb.h"

/* Has it an aggregate or a window? What a sub-query holds is its own. */
static bool is_computed(const struct emit_state *state, const struct tree *tree, node_t node)
{
    if (tree_kind(tree, node) == NODE_QUERY)
        return false;
    if (tree_kind(tree, node) == NODE_CALL) {
        struct str name = duckdb_text(state, tree_at(tree, tree_first(tree, node))->sym);
        uint32_t n = 0;
        TREE_EACH(tree, node, part)
        n += part != tree_first(tree, node);
        const struct function_row *row = function_find(name, n, NULL);
        for (uint32_t k = 0; !row && k < 4; k++)
            row = function_find(name, k, NULL);
        if (tree_child(tree, node, NODE_OVER) || (row && row->kind != FUNCTION_SCALAR))
            return true;
    }
    TREE_EACH(tree, node, part)
    if (is_computed(state, tree, part))
        return true;
    return false;
}

/* A parent stands behind its children in the tree. */
static node_t select_of(const struct tree *tree, node_t group)
{
    for (node_t node = group + 1; node < tree->n; node++) {
        if (tree_kind(tree, node) == NODE_SELECT && tree_child(tree, node, NODE_GROUP_BY) == group)
            return node;
    }
    return 0;
}

bool duckdb_group(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    node_t select = tree_flag(tree, node, FLAG_ALL) ? select_of(tree, node) : 0;
    const char *separator = "group by ";
    uint32_t place = 0;
    if (select == 0 || tree_child(tree, select, NODE_QUALIFY) == 0)
        return false;
    TREE_EACH(tree, tree_child(tree, select, NODE_ITEMS), item)
    {
        node_t e = tree_kind(tree, item) == NODE_ITEM ? tree_first(tree, item) : item;
        place++;
        if (tree_kind(tree, e) == NODE_STAR) {
            emit_fail(state, node, "GROUP BY ALL of a * beside QUALIFY has no DuckDB form");
            return true;
        }
        if (is_computed(state, tree, e))
            continue;
        print_text(p, separator);
        print_text(p, arena_printf(&state->model->ctx->arena, "%u", place));
        separator = ", ";
    }
    if (*separator == 'g')
        print_text(p, "group by ()");
    return true;
}
