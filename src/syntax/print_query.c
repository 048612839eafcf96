/* print_query.c - queries: SELECT and its clauses, WITH, set operations, VALUES.
 *
 * Owns when a query is one line: it has one table, at most two clauses behind FROM, and is short.
 * Otherwise each clause begins a line; what belongs to a clause is aligned behind its first word.
 */
#include "syntax/print_parts.h"

/* ---------------------------------------------------------------------------------- one line? */

static bool is_one_table(const struct printer *p, node_t from)
{
    node_t first = tree_first(p->tree, from);
    if (tree_next(p->tree, first))
        return false;
    enum node_kind kind = tree_kind(p->tree, first);
    return kind != NODE_JOIN && kind != NODE_QUERY_REF && kind != NODE_GROUP_REF;
}

bool print_is_simple_select(const struct printer *p, node_t select)
{
    uint32_t clauses = 0;
    TREE_EACH(p->tree, select, part)
    {
        enum node_kind kind = tree_kind(p->tree, part);
        if (kind == NODE_FROM) {
            if (!is_one_table(p, part))
                return false;
        } else if (kind != NODE_ITEMS && kind != NODE_TOP) {
            clauses++;
        }
    }
    return clauses <= 2;
}

static bool is_simple(const struct printer *p, node_t query)
{
    uint32_t clauses = 0;
    TREE_EACH(p->tree, query, part)
    {
        switch ((int)tree_kind(p->tree, part)) {
        case NODE_SELECT:
            if (!print_is_simple_select(p, part))
                return false;
            break;
        case NODE_SET_OPERATION:
            TREE_EACH(p->tree, part, operand)
            if (tree_kind(p->tree, operand) != NODE_SELECT || !print_is_simple_select(p, operand))
                return false;
            break;
        case NODE_VALUES:
            break;
        case NODE_QUERY:
            if (tree_next(p->tree, part) || !is_simple(p, part))
                return false;
            break;
        case NODE_ORDER_BY:
        case NODE_LIMIT:
            clauses++;
            break;
        default: /* the enum has 170 more */
            return false;
        }
    }
    return clauses <= 2;
}

/* Between clauses: a blank in a query that may be one line, else a line end. */
void print_clause_break(struct printer *p, bool simple)
{
    if (simple)
        layout_line(&p->layout);
    else
        layout_hard(&p->layout, false);
}

/* ------------------------------------------------------------------------------------ queries */

static void with(struct printer *p, node_t node)
{
    print_words(p, tree_flag(p->tree, node, FLAG_RECURSIVE) ? "with recursive " : "with ");
    TREE_EACH(p->tree, node, cte)
    {
        if (cte != tree_first(p->tree, node)) {
            print_words(p, ",");
            layout_hard(&p->layout, false);
        }
        print_node(p, cte);
    }
}

static void cte(struct printer *p, node_t node)
{
    print_name(p, node);
    TREE_EACH(p->tree, node, part)
    {
        print_blank(p);
        if (tree_kind(p->tree, part) != NODE_QUERY) {
            print_node(p, part);
            continue;
        }
        print_words(p, "as ");
        print_subquery(p, part, PRINT_SHORT_QUERY);
    }
}

static void names(struct printer *p, node_t node)
{
    print_parens(p, tree_first(p->tree, node), 0);
}

static void set_words(struct printer *p, node_t node)
{
    const struct node *n = tree_at(p->tree, node);
    if (n->op == OP_UNION)
        print_words(p, "union");
    else if (n->op == OP_INTERSECT)
        print_words(p, "intersect");
    else
        print_words(p, n->flags & FLAG_MINUS ? "minus" : "except");
    if (n->flags & FLAG_ALL)
        print_then(p, "all");
    if (n->flags & FLAG_DISTINCT)
        print_then(p, "distinct");
    if (n->flags & FLAG_BY_NAME)
        print_then(p, "by name");
}

/* One side. Parsed trees have a query in parentheses wherever the order is not the usual one. */
static void operand(struct printer *p, node_t node, node_t side, bool first)
{
    enum node_kind kind = tree_kind(p->tree, side);
    bool inner = kind == NODE_SET_OPERATION;
    bool tight = inner && tree_at(p->tree, side)->op == OP_INTERSECT &&
                 tree_at(p->tree, node)->op != OP_INTERSECT;
    bool same = tree_at(p->tree, node)->op != OP_INTERSECT ||
                (inner && tree_at(p->tree, side)->op == OP_INTERSECT);
    if (kind == NODE_QUERY) {
        print_subquery(p, side, PRINT_SHORT_QUERY);
    } else if (inner && !tight && !(first && same)) {
        print_words(p, "(");
        print_node(p, side);
        print_words(p, ")");
    } else {
        print_node(p, side);
    }
}

static void set_operation(struct printer *p, node_t node)
{
    TREE_EACH(p->tree, node, side)
    {
        if (side != tree_first(p->tree, node)) {
            layout_line(&p->layout);
            set_words(p, node);
            layout_line(&p->layout);
        }
        operand(p, node, side, side == tree_first(p->tree, node));
    }
}

static void query_parts(struct printer *p, node_t node, bool simple)
{
    TREE_EACH(p->tree, node, part)
    {
        if (part != tree_first(p->tree, node))
            print_clause_break(p, simple);
        enum node_kind kind = tree_kind(p->tree, part);
        if (kind == NODE_SELECT && !p->options.hook)
            print_select_parts(p, part, simple);
        else if (kind == NODE_QUERY)
            print_subquery(p, part, PRINT_SHORT_QUERY);
        else
            print_node(p, part);
    }
}

void print_query(struct printer *p, node_t query, uint32_t max)
{
    if (tree_flag(p->tree, query, FLAG_PARENS)) {
        print_subquery(p, query, max);
        return;
    }
    bool simple = is_simple(p, query);
    layout_begin(&p->layout, max);
    query_parts(p, query, simple);
    layout_end(&p->layout);
}

void print_subquery(struct printer *p, node_t query, uint32_t max)
{
    bool simple = is_simple(p, query);
    node_t first = tree_first(p->tree, query);
    layout_begin(&p->layout, max);
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    if (simple)
        layout_soft(&p->layout);
    else
        layout_hard(&p->layout, false);
    if (tree_kind(p->tree, first) == NODE_QUERY && !tree_next(p->tree, first))
        print_subquery(p, first, max);
    else
        query_parts(p, query, simple);
    print_close(p, ")");
    layout_pop(&p->layout);
    if (simple)
        layout_soft(&p->layout);
    else
        layout_hard(&p->layout, false);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void query(struct printer *p, node_t node)
{
    print_query(p, node, PRINT_SHORT_QUERY);
}

void print_query_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_QUERY] = query,
        [NODE_WITH] = with,
        [NODE_CTE] = cte,
        [NODE_NAMES] = names,
        [NODE_SET_OPERATION] = set_operation,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
