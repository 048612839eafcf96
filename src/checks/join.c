/* join.c - the condition of an outer join: incremental when it is equalities between the two sides.
 *
 * Owns the classification of ON, one part of its AND at a time, and of the old mark (+). An
 * equality with a constant is not spelled out by the documentation and stays unknown. */
#include "checks/scan.h"

enum side { SIDE_NONE = 0, SIDE_LEFT = 1, SIDE_RIGHT = 2, SIDE_BOTH = 3, SIDE_OPEN = 4 };

#define SIDE_NAMES 256

struct sides {
    sym_t names[SIDE_NAMES];
    uint8_t side[SIDE_NAMES];
    uint32_t n;
};

static void add_name(struct sides *sides, sym_t name, enum side side)
{
    if (name != 0 && sides->n < SIDE_NAMES) {
        sides->names[sides->n] = name;
        sides->side[sides->n++] = (uint8_t)side;
    }
}

static void add_tables(const struct scan *s, struct sides *sides, node_t table, enum side side)
{
    enum node_kind kind = tree_kind(s->tree, table);
    node_t alias = tree_child(s->tree, table, NODE_ALIAS);
    if (alias != 0) {
        add_name(sides, tree_at(s->tree, alias)->sym, side);
        return;
    }
    if (kind == NODE_JOIN || kind == NODE_GROUP_REF) {
        TREE_EACH(s->tree, table, child)
        {
            enum node_kind below = tree_kind(s->tree, child);
            if (below != NODE_ON && below != NODE_USING && below != NODE_MATCH_CONDITION)
                add_tables(s, sides, child, side);
        }
        return;
    }
    node_t object = tree_child(s->tree, table, NODE_OBJECT);
    if (object != 0)
        add_name(sides, tree_at(s->tree, object)->sym, side);
}

static unsigned side_of_column(const struct scan *s, const struct sides *sides, node_t column)
{
    node_t last = 0;
    TREE_EACH(s->tree, column, qualifier)
    last = qualifier;
    if (last != 0)
        for (uint32_t i = 0; i < sides->n; i++)
            if (sides->names[i] == tree_at(s->tree, last)->sym)
                return sides->side[i];
    return SIDE_OPEN;
}

static unsigned side_of(const struct scan *s, const struct sides *sides, node_t node)
{
    unsigned side = SIDE_NONE;
    if (tree_kind(s->tree, node) == NODE_COLUMN)
        return side_of_column(s, sides, node);
    TREE_EACH(s->tree, node, child)
    side |= side_of(s, sides, child);
    return side;
}

/* Is a condition that could not be told apart: what to say of it. */
enum condition { CONDITION_EQUALITY, CONDITION_OTHER, CONDITION_CONSTANT, CONDITION_UNCLEAR };

static enum condition classify_equality(const struct scan *s, const struct sides *sides,
                                        node_t left, node_t right)
{
    unsigned l = side_of(s, sides, left), r = side_of(s, sides, right);
    if (l == SIDE_NONE || r == SIDE_NONE)
        return CONDITION_CONSTANT;
    if ((l == SIDE_LEFT && r == SIDE_RIGHT) || (l == SIDE_RIGHT && r == SIDE_LEFT))
        return CONDITION_EQUALITY;
    if ((l | r) & SIDE_OPEN)
        return tree_kind(s->tree, left) == NODE_COLUMN && tree_kind(s->tree, right) == NODE_COLUMN
                   ? CONDITION_EQUALITY
                   : CONDITION_UNCLEAR;
    return l == r && l != SIDE_BOTH ? CONDITION_UNCLEAR : CONDITION_OTHER;
}

static enum condition classify(struct scan *s, const struct sides *sides, node_t node)
{
    enum node_kind kind = tree_kind(s->tree, node);
    const char *name = NULL;
    if (kind == NODE_OPERATION && tree_at(s->tree, node)->op == OP_EQ)
        return classify_equality(s, sides, scan_strip(s, tree_nth(s->tree, node, 0)),
                                 scan_strip(s, tree_nth(s->tree, node, 1)));
    if (kind == NODE_IS_DISTINCT && tree_flag(s->tree, node, FLAG_NOT))
        return CONDITION_UNCLEAR;
    if (kind == NODE_CALL && scan_function(s, node, &name) && strcmp(name, "EQUAL_NULL") == 0)
        return CONDITION_UNCLEAR;
    if (side_of(s, sides, node) == SIDE_NONE)
        return CONDITION_CONSTANT;
    return CONDITION_OTHER;
}

static void judge(struct scan *s, const struct sides *sides, node_t node)
{
    node = scan_strip(s, node);
    if (tree_kind(s->tree, node) == NODE_AND) {
        TREE_EACH(s->tree, node, part)
        judge(s, sides, part);
        return;
    }
    switch (classify(s, sides, node)) {
    case CONDITION_EQUALITY:
        break;
    case CONDITION_OTHER:
        scan_add(s, "DT304", BLOCKS_INCREMENTAL, node, "outer join with a non-equality predicate");
        break;
    case CONDITION_CONSTANT:
        scan_add(s, "DT333", SILENT_INCREMENTAL, node, "outer join with a constant in its ON");
        break;
    case CONDITION_UNCLEAR:
        scan_add(s, "DT333", SILENT_INCREMENTAL, node,
                 "outer join with a condition that is no plain equality between its sides");
        break;
    }
}

void scan_outer_join(struct scan *s, node_t join)
{
    struct sides sides = {.n = 0};
    node_t on = tree_child(s->tree, join, NODE_ON);
    if (on != 0) {
        add_tables(s, &sides, tree_nth(s->tree, join, 0), SIDE_LEFT);
        add_tables(s, &sides, tree_nth(s->tree, join, 1), SIDE_RIGHT);
        judge(s, &sides, tree_first(s->tree, on));
    } else if (!tree_child(s->tree, join, NODE_USING) && !tree_flag(s->tree, join, FLAG_NATURAL)) {
        scan_add(s, "DT333", SILENT_INCREMENTAL, tree_nth(s->tree, join, 1),
                 "outer join without a condition");
    }
}

/* `a.x = b.y (+)`: the mark makes the comparison a condition of an outer join. */
void scan_outer_marks(struct scan *s, node_t operation)
{
    node_t left = scan_strip(s, tree_nth(s->tree, operation, 0));
    node_t right = scan_strip(s, tree_nth(s->tree, operation, 1));
    bool marked =
        tree_kind(s->tree, left) == NODE_OUTER_MARK || tree_kind(s->tree, right) == NODE_OUTER_MARK;
    struct sides none = {.n = 0};
    if (!marked)
        return;
    if (tree_at(s->tree, operation)->op != OP_EQ)
        scan_add(s, "DT304", BLOCKS_INCREMENTAL, operation,
                 "outer join with a non-equality predicate");
    else if (side_of(s, &none, left) == SIDE_NONE || side_of(s, &none, right) == SIDE_NONE)
        scan_add(s, "DT333", SILENT_INCREMENTAL, operation,
                 "outer join with a constant in its condition");
}
