/* keys.c - does Snowflake derive a unique key for the rows of a table?
 *
 * A table that refreshes fully can feed an incremental one when it does: from the keys of a GROUP
 * BY, from QUALIFY ROW_NUMBER() = 1, or from a RELY key that is passed through (supported-queries,
 * read 2026-11). The third is not proved here: it is answered with "perhaps". */
#include "checks/state.h"

static node_t strip(const struct tree *tree, node_t node)
{
    while (node != 0 && tree_kind(tree, node) == NODE_PAREN)
        node = tree_first(tree, node);
    return node;
}

/* The one SELECT that makes the rows of a query; 0 for a set operation. */
static node_t top_select(const struct tree *tree, node_t query)
{
    TREE_EACH(tree, query, child)
    {
        if (tree_kind(tree, child) == NODE_SELECT)
            return child;
        if (tree_kind(tree, child) == NODE_QUERY)
            return top_select(tree, child);
    }
    return 0;
}

/* Is the expression one of the columns of the result, by itself or by its alias? */
static bool is_selected(const struct tree *tree, node_t select, node_t key)
{
    node_t items = tree_child(tree, select, NODE_ITEMS);
    key = strip(tree, key);
    if (items == 0)
        return false;
    TREE_EACH(tree, items, item)
    {
        node_t value = strip(tree, tree_first(tree, item));
        if (value != 0 && tree_equal(tree, value, tree, key))
            return true;
        if (tree_kind(tree, key) == NODE_COLUMN && tree_first(tree, key) == 0 &&
            tree_at(tree, item)->sym == tree_at(tree, key)->sym)
            return true;
        if (value != 0 && tree_kind(tree, value) == NODE_COLUMN &&
            tree_kind(tree, key) == NODE_COLUMN && tree_at(tree, item)->sym == 0 &&
            tree_at(tree, value)->sym == tree_at(tree, key)->sym)
            return true;
    }
    return false;
}

static bool grouped(const struct tree *tree, node_t select)
{
    node_t group = tree_child(tree, select, NODE_GROUP_BY);
    if (group == 0)
        return false;
    if (tree_flag(tree, group, FLAG_ALL))
        return true;
    TREE_EACH(tree, group, key)
    {
        enum node_kind kind = tree_kind(tree, key);
        if (kind == NODE_GROUPING_SETS || kind == NODE_CALL)
            return false;
        if (kind != NODE_NUMBER && !is_selected(tree, select, key))
            return false;
    }
    return tree_first(tree, group) != 0;
}

static bool is_row_number(const struct dtc *ctx, const struct tree *tree, node_t call)
{
    node_t object = tree_first(tree, call);
    return tree_kind(tree, call) == NODE_CALL && object != 0 &&
           tree_kind(tree, object) == NODE_OBJECT &&
           str_is(sym_text(&ctx->names, tree_at(tree, object)->sym), "ROW_NUMBER");
}

static bool first_of_partition(const struct dtc *ctx, const struct tree *tree, node_t select,
                               node_t condition)
{
    condition = strip(tree, condition);
    if (tree_kind(tree, condition) == NODE_AND) {
        TREE_EACH(tree, condition, part)
        if (first_of_partition(ctx, tree, select, part))
            return true;
        return false;
    }
    if (tree_kind(tree, condition) != NODE_OPERATION || tree_at(tree, condition)->op != OP_EQ)
        return false;
    node_t call = strip(tree, tree_nth(tree, condition, 0));
    node_t one = strip(tree, tree_nth(tree, condition, 1));
    if (!is_row_number(ctx, tree, call) || tree_kind(tree, one) != NODE_NUMBER ||
        !str_is(sym_text(&ctx->names, tree_at(tree, one)->sym), "1"))
        return false;
    node_t over = tree_child(tree, call, NODE_OVER);
    node_t partition = over ? tree_child(tree, over, NODE_PARTITION_BY) : 0;
    if (partition == 0)
        return false;
    TREE_EACH(tree, partition, key)
    if (!is_selected(tree, select, key))
        return false;
    return true;
}

/* A key further up might reach the rows unchanged. */
static bool may_pass_a_key(const struct checks *checks, const struct relation *relation)
{
    for (uint32_t i = 0; i < relation->refs.n; i++) {
        uint32_t input = relation->refs.at[i].relation;
        if (input == MODEL_NONE)
            return true;
        const struct relation *r = model_relation(checks->model, input);
        if (r->kind == RELATION_VIEW || r->kind == RELATION_DYNAMIC_TABLE || !r->columns_known)
            return true;
        for (uint32_t c = 0; c < r->columns.n; c++)
            if (r->columns.at[c].flags & COLUMN_RELY)
                return true;
    }
    return false;
}

enum derived_key keys_derived(const struct checks *checks, uint32_t relation)
{
    const struct relation *r = model_relation(checks->model, relation);
    const struct tree *tree = model_tree(checks->model, r->file);
    node_t select = r->query ? top_select(tree, r->query) : 0;
    if (select == 0)
        return may_pass_a_key(checks, r) ? KEY_PERHAPS : KEY_NONE;
    node_t qualify = tree_child(tree, select, NODE_QUALIFY);
    if (grouped(tree, select))
        return KEY_DERIVED;
    if (qualify && first_of_partition(checks->ctx, tree, select, tree_first(tree, qualify)))
        return KEY_DERIVED;
    if (tree_child(tree, select, NODE_GROUP_BY))
        return KEY_NONE;
    return may_pass_a_key(checks, r) ? KEY_PERHAPS : KEY_NONE;
}
