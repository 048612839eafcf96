/* print_select.c - SELECT: its items, stars and clauses.
 *
 * Plain columns fill lines together, whatever computes has a line of its own, all aligned behind
 * the word select. A condition breaks in front of `and` and `or`. */
#include "syntax/print_parts.h"

/* ------------------------------------------------------------------------------------- select */

/* Plain columns share lines; anything that computes gets a line of its own. */
static bool is_plain_item(const struct printer *p, node_t item)
{
    node_t value = tree_first(p->tree, item);
    enum node_kind kind = tree_kind(p->tree, value);
    bool star = kind == NODE_STAR && !tree_child(p->tree, value, NODE_STAR_REPLACE);
    return star || kind == NODE_COLUMN || kind == NODE_NUMBER || kind == NODE_STRING ||
           kind == NODE_NULL || kind == NODE_VARIABLE || kind == NODE_POSITION;
}

static void items(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    layout_align(&p->layout);
    node_t before = 0;
    TREE_EACH(p->tree, node, item)
    {
        if (before) {
            print_words(p, ",");
            if (is_plain_item(p, before) && is_plain_item(p, item))
                layout_fill(&p->layout);
            else
                layout_line(&p->layout);
        }
        print_node(p, item);
        before = item;
    }
    if (tree_flag(p->tree, node, FLAG_TRAILING_COMMA))
        print_last_comma(p);
    layout_pop(&p->layout);
    layout_end(&p->layout);
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

void print_select_parts(struct printer *p, node_t node, bool simple)
{
    print_words(p, "select ");
    if (tree_flag(p->tree, node, FLAG_DISTINCT))
        print_words(p, "distinct ");
    if (tree_flag(p->tree, node, FLAG_ALL))
        print_words(p, "all ");
    TREE_EACH(p->tree, node, part)
    {
        enum node_kind kind = tree_kind(p->tree, part);
        if (kind == NODE_TOP) {
            print_node(p, part);
            print_blank(p);
            continue;
        }
        if (kind != NODE_ITEMS)
            print_clause_break(p, simple);
        print_node(p, part);
    }
}

static void select_of(struct printer *p, node_t node)
{
    layout_begin(&p->layout, PRINT_SHORT_QUERY);
    print_select_parts(p, node, print_is_simple_select(p, node));
    layout_end(&p->layout);
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
    TREE_EACH(p->tree, node, part)
    {
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
    bool parens = tree_flag(p->tree, node, FLAG_PARENS) || tree_next(p->tree, first) ||
                  tree_kind(p->tree, node) == NODE_STAR_REPLACE;
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

static void rename_of(struct printer *p, node_t node)
{
    print_node(p, tree_first(p->tree, node));
    print_words(p, " as ");
    print_name(p, node);
}

/* ------------------------------------------------------------------------------------ clauses */

/* A word and a list behind it, aligned. */
static void listed(struct printer *p, node_t node, const char *word)
{
    layout_begin(&p->layout, 0);
    print_words(p, word);
    print_blank(p);
    layout_align(&p->layout);
    print_list(p, tree_first(p->tree, node), 0);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void conditional(struct printer *p, node_t node, const char *word)
{
    print_words(p, word);
    print_blank(p);
    print_condition(p, tree_first(p->tree, node));
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
        layout_begin(&p->layout, 0);
    print_words(p, "from ");
    if (several)
        layout_align(&p->layout);
    TREE_EACH(p->tree, node, table)
    {
        if (table != first) {
            print_words(p, ",");
            layout_line(&p->layout);
        }
        print_node(p, table);
    }
    if (tree_flag(p->tree, node, FLAG_TRAILING_COMMA))
        print_last_comma(p);
    if (several)
        layout_pop(&p->layout);
    if (!joins)
        layout_end(&p->layout);
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
    layout_begin(&p->layout, 0);
    if (start && !last) {
        print_node(p, start);
        layout_line(&p->layout);
    }
    layout_begin(&p->layout, 0);
    print_words(p, "connect by ");
    layout_align(&p->layout);
    print_list(p, first, 0);
    layout_pop(&p->layout);
    layout_end(&p->layout);
    if (start && last) {
        layout_line(&p->layout);
        print_node(p, start);
    }
    layout_end(&p->layout);
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
    layout_begin(&p->layout, 0);
    print_words(p, "values");
    layout_nest(&p->layout, PRINT_STEP);
    TREE_EACH(p->tree, node, row)
    {
        if (row != tree_first(p->tree, node))
            print_words(p, ",");
        layout_line(&p->layout);
        print_node(p, row);
    }
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

void print_select_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_SELECT] = select_of,
        [NODE_TOP] = top,
        [NODE_ITEMS] = items,
        [NODE_ITEM] = item,
        [NODE_STAR] = star,
        [NODE_STAR_ILIKE] = star_ilike,
        [NODE_STAR_EXCLUDE] = star_exclude,
        [NODE_STAR_REPLACE] = star_replace,
        [NODE_STAR_RENAME] = star_rename,
        [NODE_RENAME] = rename_of,
        [NODE_INTO] = into,
        [NODE_FROM] = from,
        [NODE_WHERE] = where,
        [NODE_CONNECT_BY] = connect_by,
        [NODE_START_WITH] = start_with,
        [NODE_GROUP_BY] = group_by,
        [NODE_GROUPING_SETS] = grouping_sets,
        [NODE_HAVING] = having,
        [NODE_QUALIFY] = qualify,
        [NODE_ORDER_BY] = order_by,
        [NODE_SORT] = sort,
        [NODE_LIMIT] = limit,
        [NODE_OFFSET] = offset,
        [NODE_FETCH] = fetch,
        [NODE_FOR_UPDATE] = for_update,
        [NODE_VALUES] = values,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
