/* print_query.c - queries: SELECT and its clauses, WITH, set operations, VALUES.
 *
 * Owns when a query is one line: it has one table, at most two clauses behind FROM, and is short.
 * Otherwise each clause begins a line; what belongs to a clause is aligned behind its first word. */
#include "syntax/print_parts.h"

/* Widest query on one line where queries usually are several lines: a body, a CTE. */
#define SHORT_QUERY 72

/* ---------------------------------------------------------------------------------- one line? */

static bool is_one_table(const struct printer *p, node_t from)
{
    node_t first = tree_first(p->tree, from);
    if (tree_next(p->tree, first))
        return false;
    enum node_kind kind = tree_kind(p->tree, first);
    return kind != NODE_JOIN && kind != NODE_QUERY_REF && kind != NODE_GROUP_REF;
}

static bool is_simple_select(const struct printer *p, node_t select)
{
    uint32_t clauses = 0;
    TREE_EACH(p->tree, select, part) {
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
    TREE_EACH(p->tree, query, part) {
        switch ((int)tree_kind(p->tree, part)) {
        case NODE_SELECT:
            if (!is_simple_select(p, part))
                return false;
            break;
        case NODE_SET_OPERATION:
            TREE_EACH(p->tree, part, operand)
                if (tree_kind(p->tree, operand) != NODE_SELECT || !is_simple_select(p, operand))
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
static void clause_break(struct printer *p, bool simple)
{
    if (simple)
        doc_line(&p->doc);
    else
        doc_hard(&p->doc, false);
}

/* ------------------------------------------------------------------------------------- select */

/* Plain columns share lines; anything that computes gets a line of its own. */
static bool is_plain_item(const struct printer *p, node_t item)
{
    node_t value = tree_first(p->tree, item);
    enum node_kind kind = tree_kind(p->tree, value);
    bool star = kind == NODE_STAR && !tree_child(p->tree, value, NODE_STAR_REPLACE);
    return star || kind == NODE_COLUMN || kind == NODE_NUMBER || kind == NODE_STRING
           || kind == NODE_NULL || kind == NODE_VARIABLE || kind == NODE_POSITION;
}

static void items(struct printer *p, node_t node)
{
    doc_begin(&p->doc, 0);
    doc_align(&p->doc);
    node_t before = 0;
    TREE_EACH(p->tree, node, item) {
        if (before) {
            print_words(p, ",");
            if (is_plain_item(p, before) && is_plain_item(p, item))
                doc_fill(&p->doc);
            else
                doc_line(&p->doc);
        }
        print_node(p, item);
        before = item;
    }
    doc_pop(&p->doc);
    doc_end(&p->doc);
}

void print_alias(struct printer *p, node_t node)
{
    if (!tree_at(p->tree, node)->sym)
        return;
    print_then(p, tree_flag(p->tree, node, FLAG_AS) ? "as" : "");
    if (tree_flag(p->tree, node, FLAG_AS))
        print_blank(p);
    print_name(p, node);
}

static void item(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_RUNNING))
        print_words(p, "running ");
    if (tree_flag(p->tree, node, FLAG_FINAL))
        print_words(p, "final ");
    node_t value = tree_first(p->tree, node);
    print_node(p, value);
    print_alias(p, node);
    if (tree_next(p->tree, value)) {
        print_words(p, " as ");
        print_node(p, tree_next(p->tree, value));
    }
}

static void select_parts(struct printer *p, node_t node, bool simple)
{
    print_words(p, "select ");
    if (tree_flag(p->tree, node, FLAG_DISTINCT))
        print_words(p, "distinct ");
    if (tree_flag(p->tree, node, FLAG_ALL))
        print_words(p, "all ");
    TREE_EACH(p->tree, node, part) {
        enum node_kind kind = tree_kind(p->tree, part);
        if (kind == NODE_TOP) {
            print_node(p, part);
            print_blank(p);
            continue;
        }
        if (kind != NODE_ITEMS)
            clause_break(p, simple);
        print_node(p, part);
    }
}

static void select(struct printer *p, node_t node)
{
    doc_begin(&p->doc, SHORT_QUERY);
    select_parts(p, node, is_simple_select(p, node));
    doc_end(&p->doc);
}

static void top(struct printer *p, node_t node)
{
    print_words(p, "top ");
    print_node(p, tree_first(p->tree, node));
}

static void qualifier(struct printer *p, node_t node)
{
    node_t first = tree_first(p->tree, node);
    if (first && tree_kind(p->tree, first) == NODE_OBJECT) {
        print_node(p, first);
        print_words(p, ".");
    }
}

static void star(struct printer *p, node_t node)
{
    qualifier(p, node);
    print_words(p, "*");
    TREE_EACH(p->tree, node, part) {
        if (tree_kind(p->tree, part) == NODE_OBJECT)
            continue;
        print_blank(p);
        print_node(p, part);
    }
}

static void star_ilike(struct printer *p, node_t node)
{
    print_words(p, "ilike ");
    print_node(p, tree_first(p->tree, node));
}

static void star_list(struct printer *p, node_t node, const char *word)
{
    print_words(p, word);
    print_blank(p);
    node_t first = tree_first(p->tree, node);
    bool parens = tree_flag(p->tree, node, FLAG_PARENS) || tree_next(p->tree, first)
                  || tree_kind(p->tree, node) == NODE_STAR_REPLACE;
    if (parens)
        print_parens(p, first, 0);
    else
        print_node(p, first);
}

static void star_exclude(struct printer *p, node_t node)
{
    star_list(p, node, "exclude");
}

static void star_replace(struct printer *p, node_t node)
{
    star_list(p, node, "replace");
}

static void star_rename(struct printer *p, node_t node)
{
    star_list(p, node, "rename");
}

static void rename(struct printer *p, node_t node)
{
    print_node(p, tree_first(p->tree, node));
    print_words(p, " as ");
    print_name(p, node);
}

/* ------------------------------------------------------------------------------------ clauses */

/* A word and a list behind it, aligned. */
static void listed(struct printer *p, node_t node, const char *word)
{
    doc_begin(&p->doc, 0);
    print_words(p, word);
    print_blank(p);
    doc_align(&p->doc);
    print_list(p, tree_first(p->tree, node), 0);
    doc_pop(&p->doc);
    doc_end(&p->doc);
}

static void conditional(struct printer *p, node_t node, const char *word)
{
    print_words(p, word);
    print_blank(p);
    doc_nest(&p->doc, PRINT_STEP);
    print_condition(p, tree_first(p->tree, node));
    doc_pop(&p->doc);
}

static void into(struct printer *p, node_t node)
{
    listed(p, node, "into");
}

/* Tables side by side may share a line; joins begin lines of the query. */
static void from(struct printer *p, node_t node)
{
    node_t first = tree_first(p->tree, node);
    bool joins = tree_child(p->tree, node, NODE_JOIN) != 0;
    bool several = tree_next(p->tree, first) != 0;
    if (!joins)
        doc_begin(&p->doc, 0);
    print_words(p, "from ");
    if (several)
        doc_align(&p->doc);
    TREE_EACH(p->tree, node, table) {
        if (table != first) {
            print_words(p, ",");
            doc_line(&p->doc);
        }
        print_node(p, table);
    }
    if (several)
        doc_pop(&p->doc);
    if (!joins)
        doc_end(&p->doc);
}

static void where(struct printer *p, node_t node)
{
    conditional(p, node, "where");
}

static void having(struct printer *p, node_t node)
{
    conditional(p, node, "having");
}

static void qualify(struct printer *p, node_t node)
{
    conditional(p, node, "qualify");
}

static void connect_by(struct printer *p, node_t node)
{
    node_t start = tree_child(p->tree, node, NODE_START_WITH);
    node_t first = tree_first(p->tree, node);
    if (first == start)
        first = tree_next(p->tree, first);
    bool last = tree_flag(p->tree, node, FLAG_START_LAST);
    doc_begin(&p->doc, 0);
    if (start && !last) {
        print_node(p, start);
        doc_line(&p->doc);
    }
    doc_begin(&p->doc, 0);
    print_words(p, "connect by ");
    doc_align(&p->doc);
    print_list(p, first, 0);
    doc_pop(&p->doc);
    doc_end(&p->doc);
    if (start && last) {
        doc_line(&p->doc);
        print_node(p, start);
    }
    doc_end(&p->doc);
}

static void start_with(struct printer *p, node_t node)
{
    conditional(p, node, "start with");
}

static void group_by(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_ALL))
        print_words(p, "group by all");
    else
        listed(p, node, "group by");
}

static void grouping_sets(struct printer *p, node_t node)
{
    print_words(p, "grouping sets ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void order_by(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_ALL)) {
        print_words(p, "order by all");
        print_node(p, tree_first(p->tree, node));
    } else {
        listed(p, node, "order by");
    }
}

static void sort(struct printer *p, node_t node)
{
    if (tree_first(p->tree, node))
        print_node(p, tree_first(p->tree, node));
    if (tree_flag(p->tree, node, FLAG_ASC))
        print_then(p, "asc");
    if (tree_flag(p->tree, node, FLAG_DESC))
        print_then(p, "desc");
    if (tree_flag(p->tree, node, FLAG_NULLS_FIRST))
        print_then(p, "nulls first");
    if (tree_flag(p->tree, node, FLAG_NULLS_LAST))
        print_then(p, "nulls last");
}

static void limit(struct printer *p, node_t node)
{
    print_words(p, "limit ");
    print_node(p, tree_first(p->tree, node));
}

static void offset(struct printer *p, node_t node)
{
    print_words(p, "offset ");
    print_node(p, tree_first(p->tree, node));
    if (tree_at(p->tree, node)->sym) {
        print_blank(p);
        print_lower(p, tree_at(p->tree, node)->sym);
    }
}

/* The words stand around the number: FIRST 3 ROWS ONLY. */
static void fetch(struct printer *p, node_t node)
{
    struct str words = sym_text(&p->ctx->names, tree_at(p->tree, node)->sym);
    bool first = str_starts(words, "FIRST");
    bool next = str_starts(words, "NEXT");
    print_words(p, "fetch ");
    if (first || next)
        print_words(p, first ? "first " : "next ");
    print_node(p, tree_first(p->tree, node));
    size_t skip = first ? 5 : next ? 4 : 0;
    struct str rest = str_trim(str_make(words.p + skip, words.n - skip));
    if (str_starts(rest, "ROWS"))
        print_then(p, "rows");
    else if (str_starts(rest, "ROW"))
        print_then(p, "row");
    if (str_ends(rest, "ONLY"))
        print_then(p, "only");
}

static void for_update(struct printer *p, node_t node)
{
    print_words(p, "for update");
    if (tree_at(p->tree, node)->sym) {
        print_blank(p);
        print_lower(p, tree_at(p->tree, node)->sym);
    }
    if (tree_first(p->tree, node)) {
        print_blank(p);
        print_node(p, tree_first(p->tree, node));
    }
}

static void values(struct printer *p, node_t node)
{
    doc_begin(&p->doc, 0);
    print_words(p, "values");
    doc_nest(&p->doc, PRINT_STEP);
    TREE_EACH(p->tree, node, row) {
        if (row != tree_first(p->tree, node))
            print_words(p, ",");
        doc_line(&p->doc);
        print_node(p, row);
    }
    doc_pop(&p->doc);
    doc_end(&p->doc);
}

/* ------------------------------------------------------------------------------------ queries */

static void with(struct printer *p, node_t node)
{
    print_words(p, tree_flag(p->tree, node, FLAG_RECURSIVE) ? "with recursive " : "with ");
    TREE_EACH(p->tree, node, cte) {
        if (cte != tree_first(p->tree, node)) {
            print_words(p, ",");
            doc_hard(&p->doc, false);
        }
        print_node(p, cte);
    }
}

static void cte(struct printer *p, node_t node)
{
    print_name(p, node);
    TREE_EACH(p->tree, node, part) {
        print_blank(p);
        if (tree_kind(p->tree, part) != NODE_QUERY) {
            print_node(p, part);
            continue;
        }
        print_words(p, "as ");
        print_subquery(p, part, SHORT_QUERY);
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
    bool tight = inner && tree_at(p->tree, side)->op == OP_INTERSECT
                 && tree_at(p->tree, node)->op != OP_INTERSECT;
    bool same = tree_at(p->tree, node)->op != OP_INTERSECT
                || (inner && tree_at(p->tree, side)->op == OP_INTERSECT);
    if (kind == NODE_QUERY) {
        print_subquery(p, side, SHORT_QUERY);
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
    TREE_EACH(p->tree, node, side) {
        if (side != tree_first(p->tree, node)) {
            doc_line(&p->doc);
            set_words(p, node);
            doc_line(&p->doc);
        }
        operand(p, node, side, side == tree_first(p->tree, node));
    }
}

static void query_parts(struct printer *p, node_t node, bool simple)
{
    TREE_EACH(p->tree, node, part) {
        if (part != tree_first(p->tree, node))
            clause_break(p, simple);
        enum node_kind kind = tree_kind(p->tree, part);
        if (kind == NODE_SELECT && !p->options.hook)
            select_parts(p, part, simple);
        else if (kind == NODE_QUERY)
            print_subquery(p, part, SHORT_QUERY);
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
    doc_begin(&p->doc, max);
    query_parts(p, query, simple);
    doc_end(&p->doc);
}

void print_subquery(struct printer *p, node_t query, uint32_t max)
{
    bool simple = is_simple(p, query);
    node_t first = tree_first(p->tree, query);
    doc_begin(&p->doc, max);
    print_words(p, "(");
    doc_nest(&p->doc, PRINT_STEP);
    if (simple)
        doc_soft(&p->doc);
    else
        doc_hard(&p->doc, false);
    if (tree_kind(p->tree, first) == NODE_QUERY && !tree_next(p->tree, first))
        print_subquery(p, first, max);
    else
        query_parts(p, query, simple);
    print_close(p, ")");
    doc_pop(&p->doc);
    if (simple)
        doc_soft(&p->doc);
    else
        doc_hard(&p->doc, false);
    print_words(p, ")");
    doc_end(&p->doc);
}

static void query(struct printer *p, node_t node)
{
    print_query(p, node, SHORT_QUERY);
}

void print_query_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_QUERY] = query,             [NODE_WITH] = with,
        [NODE_CTE] = cte,                 [NODE_NAMES] = names,
        [NODE_SET_OPERATION] = set_operation, [NODE_SELECT] = select,
        [NODE_TOP] = top,                 [NODE_ITEMS] = items,
        [NODE_ITEM] = item,               [NODE_STAR] = star,
        [NODE_STAR_ILIKE] = star_ilike,   [NODE_STAR_EXCLUDE] = star_exclude,
        [NODE_STAR_REPLACE] = star_replace, [NODE_STAR_RENAME] = star_rename,
        [NODE_RENAME] = rename,           [NODE_INTO] = into,
        [NODE_FROM] = from,               [NODE_WHERE] = where,
        [NODE_CONNECT_BY] = connect_by,   [NODE_START_WITH] = start_with,
        [NODE_GROUP_BY] = group_by,       [NODE_GROUPING_SETS] = grouping_sets,
        [NODE_HAVING] = having,           [NODE_QUALIFY] = qualify,
        [NODE_ORDER_BY] = order_by,       [NODE_SORT] = sort,
        [NODE_LIMIT] = limit,             [NODE_OFFSET] = offset,
        [NODE_FETCH] = fetch,             [NODE_FOR_UPDATE] = for_update,
        [NODE_VALUES] = values,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
