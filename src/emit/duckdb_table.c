/* duckdb_table.c - items of FROM that DuckDB writes in another way.
 *
 * Owns: FLATTEN, GENERATOR, VALUES, ASOF joins, the refresh boundary. Does not own: plain tables,
 * subqueries and joins, which are the same.
 * The idea: FLATTEN becomes a subquery with the columns that Snowflake's has, so that whoever reads
 * them needs no change. SEQ is not known; PATH is DuckDB's. */
#include "emit/duckdb.h"
#include <stdio.h>

/* The value of `name => value`, or of the argument at that place. */
static node_t named(const struct emit_state *state, const struct tree *tree, node_t call,
                    const char *name, uint32_t place)
{
    uint32_t i = 0;
    TREE_EACH(tree, call, child)
    {
        if (tree_kind(tree, child) == NODE_NAMED) {
            if (str_is(duckdb_text(state, tree_at(tree, child)->sym), name))
                return tree_first(tree, child);
        } else if (i == place + 1) {
            return child;
        }
        i++;
    }
    return 0;
}

static void print_tail(struct printer *p, const struct tree *tree, node_t first)
{
    for (node_t part = tree_next(tree, first); part != 0; part = tree_next(tree, part)) {
        print_text(p, " ");
        print_node(p, part);
    }
}

static void print_flatten(struct printer *p, struct emit_state *state, node_t node, node_t call)
{
    const struct tree *tree = print_tree_of(p);
    node_t input = named(state, tree, call, "INPUT", 0);
    node_t outer = named(state, tree, call, "OUTER", 2);
    node_t recursive = named(state, tree, call, "RECURSIVE", 3);
    node_t path = named(state, tree, call, "PATH", 1);
    if (input == 0 || recursive != 0 || path != 0 || outer != 0) {
        emit_fail(state, node, "FLATTEN with more than an input has no DuckDB form");
        return;
    }
    print_text(p, "lateral (select cast(null as bigint) as seq, case when json_type(");
    print_node(p, input);
    print_text(p, ") = 'OBJECT' then key end as key, fullkey as path, case when json_type(");
    print_node(p, input);
    print_text(p, ") = 'ARRAY' then try_cast(key as bigint) end as index, value, ");
    print_node(p, input);
    print_text(p, " as this from json_each(");
    print_node(p, input);
    print_text(p, "))");
    print_tail(p, tree, call);
}

static void print_generator(struct printer *p, struct emit_state *state, node_t node, node_t call)
{
    const struct tree *tree = print_tree_of(p);
    node_t rows = named(state, tree, call, "ROWCOUNT", 0);
    if (rows == 0) {
        emit_fail(state, node, "GENERATOR without ROWCOUNT has no DuckDB form");
        return;
    }
    print_text(p, "range(");
    print_node(p, rows);
    print_text(p, ")");
    print_tail(p, tree, call);
}

static void print_function(struct printer *p, struct emit_state *state, node_t node)
{
    const struct tree *tree = print_tree_of(p);
    node_t call = tree_first(tree, node);
    struct str name = {0};
    if (tree_kind(tree, call) == NODE_CALL)
        name = duckdb_text(state, tree_at(tree, tree_first(tree, call))->sym);
    if (str_is(name, "FLATTEN"))
        print_flatten(p, state, node, call);
    else if (str_is(name, "GENERATOR"))
        print_generator(p, state, node, call);
    else
        emit_fail(state, node, "this table function has no DuckDB form");
}

/* The VALUES of an item of FROM, with or without parentheses; 0 when it is something else. */
static node_t values_of(const struct tree *tree, node_t node)
{
    node_t first = tree_first(tree, node);
    if (tree_kind(tree, first) == NODE_QUERY && tree_count(tree, first) == 1)
        first = tree_first(tree, first);
    return tree_kind(tree, first) == NODE_VALUES ? first : 0;
}

/* VALUES without names for its columns: Snowflake's are COLUMN1, COLUMN2, ... */
static bool print_values(struct printer *p, const struct tree *tree, node_t node)
{
    node_t values = values_of(tree, node), alias = tree_child(tree, node, NODE_ALIAS);
    char column[32];
    if (values == 0 || (alias != 0 && tree_first(tree, alias) != 0))
        return false;
    uint32_t n = tree_count(tree, tree_first(tree, values));
    print_text(p, "(");
    print_node(p, values);
    print_text(p, ") ");
    if (alias != 0)
        print_node(p, alias);
    else
        print_text(p, "as value_rows");
    for (uint32_t i = 1; i <= n; i++) {
        snprintf(column, sizeof column, "%scolumn%u", i == 1 ? "(" : ", ", i);
        print_text(p, column);
    }
    print_text(p, ")");
    return true;
}

/* Snowflake's ASOF JOIN keeps rows of the left side without a match. */
static bool print_asof(struct printer *p, struct emit_state *state, node_t node)
{
    const struct tree *tree = print_tree_of(p);
    node_t left = tree_first(tree, node), match = tree_child(tree, node, NODE_MATCH_CONDITION);
    node_t on = tree_child(tree, node, NODE_ON);
    if (tree_at(tree, node)->op != OP_JOIN_ASOF)
        return false;
    if (tree_child(tree, node, NODE_USING) != 0 || match == 0) {
        emit_fail(state, node, "ASOF JOIN with USING has no DuckDB form: write ON");
        return true;
    }
    print_node(p, left);
    print_text(p, " asof left join ");
    print_node(p, tree_next(tree, left));
    print_text(p, " on ");
    if (on != 0) {
        duckdb_operand(p, tree_first(tree, on));
        print_text(p, " and ");
    }
    duckdb_operand(p, tree_first(tree, match));
    return true;
}

bool duckdb_table(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    switch ((int)tree_kind(tree, node)) {
    case NODE_FUNCTION_REF:
        print_function(p, state, node);
        return true;
    case NODE_QUERY_REF:
    case NODE_VALUES_REF:
        return print_values(p, tree, node);
    case NODE_BOUNDARY_REF:
        print_node(p, tree_first(tree, node));
        print_tail(p, tree, tree_first(tree, node));
        return true;
    case NODE_JOIN:
        return print_asof(p, state, node);
    default:
        return false;
    }
}
