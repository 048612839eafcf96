/* print_table.c - what stands in FROM: relations, functions, joins, and what follows a table.
 *
 * Joins are a chain to the left; each begins a line under FROM, its condition on the same line when
 * it fits there, else one step in. */
#include "syntax/print_parts.h"

/* What follows a table, each with a blank in front. */
static void tail(struct printer *p, node_t first)
{
    for (node_t part = first; part; part = tree_next(p->tree, part)) {
        print_blank(p);
        print_node(p, part);
    }
}

static void first_and_tail(struct printer *p, node_t node)
{
    node_t first = tree_first(p->tree, node);
    print_node(p, first);
    tail(p, tree_next(p->tree, first));
}

static void query_ref(struct printer *p, node_t node)
{
    node_t query = tree_first(p->tree, node);
    if (tree_flag(p->tree, node, FLAG_LATERAL))
        print_words(p, "lateral ");
    print_subquery(p, query, 80);
    tail(p, tree_next(p->tree, query));
}

static void function_ref(struct printer *p, node_t node)
{
    node_t call = tree_first(p->tree, node);
    if (tree_flag(p->tree, node, FLAG_LATERAL))
        print_words(p, "lateral ");
    if (tree_flag(p->tree, node, FLAG_TABLE)) {
        print_words(p, "table");
        print_parens(p, call, tree_next(p->tree, call));
    } else {
        print_node(p, call);
    }
    tail(p, tree_next(p->tree, call));
}

static void values_ref(struct printer *p, node_t node)
{
    node_t values = tree_first(p->tree, node);
    bool parens = tree_flag(p->tree, node, FLAG_PARENS);
    if (parens)
        print_words(p, "(");
    print_node(p, values);
    if (parens)
        print_words(p, ")");
    tail(p, tree_next(p->tree, values));
}

static void stage_ref(struct printer *p, node_t node)
{
    print_raw(p, tree_at(p->tree, node)->sym);
    node_t end = tree_first(p->tree, node);
    while (end && tree_kind(p->tree, end) == NODE_NAMED)
        end = tree_next(p->tree, end);
    if (end != tree_first(p->tree, node)) {
        print_blank(p);
        print_parens(p, tree_first(p->tree, node), end);
    }
    tail(p, end);
}

static void flow_ref(struct printer *p, node_t node)
{
    struct buf text;
    buf_init(&text);
    buf_putc(&text, '$');
    buf_str(&text, sym_text(&p->ctx->names, tree_at(p->tree, node)->sym));
    print_str(p, buf_view(&text));
    buf_fini(&text);
    tail(p, tree_first(p->tree, node));
}

static void boundary_ref(struct printer *p, node_t node)
{
    node_t object = tree_first(p->tree, node);
    bool brief = tree_flag(p->tree, node, FLAG_SHORT);
    print_words(p, brief ? "boundary" : "dynamic_table_refresh_boundary");
    print_parens(p, object, tree_next(p->tree, object));
    tail(p, tree_next(p->tree, object));
}

static void group_ref(struct printer *p, node_t node)
{
    node_t table = tree_first(p->tree, node);
    layout_begin(&p->layout, 0);
    print_words(p, "(");
    layout_align(&p->layout);
    print_node(p, table);
    print_close(p, ")");
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
    tail(p, tree_next(p->tree, table));
}

/* -------------------------------------------------------------------------------------- joins */

static void join_words(struct printer *p, node_t node)
{
    static const char *const sides[OPS] = {[OP_JOIN_LEFT] = "left ",
                                           [OP_JOIN_RIGHT] = "right ",
                                           [OP_JOIN_FULL] = "full ",
                                           [OP_JOIN_CROSS] = "cross ",
                                           [OP_JOIN_ASOF] = "asof "};
    const struct node *n = tree_at(p->tree, node);
    if (n->flags & FLAG_NATURAL)
        print_words(p, "natural ");
    if (n->flags & FLAG_INNER)
        print_words(p, "inner ");
    if (sides[n->op])
        print_words(p, sides[n->op]);
    if (n->flags & FLAG_OUTER)
        print_words(p, "outer ");
    if (n->flags & FLAG_DIRECTED)
        print_words(p, "directed ");
    print_words(p, "join ");
}

static void join_step(struct printer *p, node_t node)
{
    node_t right = tree_next(p->tree, tree_first(p->tree, node));
    layout_line(&p->layout);
    layout_begin(&p->layout, 0);
    join_words(p, node);
    print_node(p, right);
    layout_nest(&p->layout, PRINT_STEP);
    for (node_t part = tree_next(p->tree, right); part; part = tree_next(p->tree, part)) {
        layout_fill(&p->layout);
        print_node(p, part);
    }
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void join(struct printer *p, node_t node)
{
    VEC(node_t) links = {0};
    node_t left = node;
    do {
        *VEC_PUSH(&links) = left;
        left = tree_first(p->tree, left);
    } while (!p->options.hook && tree_kind(p->tree, left) == NODE_JOIN);
    print_node(p, left);
    for (uint32_t i = links.n; i > 0; i--)
        join_step(p, links.at[i - 1]);
    VEC_FINI(&links);
}

static void on(struct printer *p, node_t node)
{
    print_words(p, "on ");
    print_condition(p, tree_first(p->tree, node));
}

static void using(struct printer *p, node_t node)
{
    print_words(p, "using ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void match_condition(struct printer *p, node_t node)
{
    print_words(p, "match_condition ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void read_order(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
    print_blank(p);
    print_parens(p, tree_first(p->tree, node), 0);
}

/* --------------------------------------------------------------------------------------- tail */

static void alias(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_AS))
        print_words(p, "as ");
    print_name(p, node);
    if (tree_first(p->tree, node)) {
        print_blank(p);
        print_parens(p, tree_first(p->tree, node), 0);
    }
}

static void at(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
    print_blank(p);
    print_parens(p, tree_first(p->tree, node), 0);
}

static void changes(struct printer *p, node_t node)
{
    print_words(p, "changes ");
    print_words(p, "(");
    print_words(p, "information => ");
    print_lower(p, tree_at(p->tree, node)->sym);
    print_words(p, ")");
    tail(p, tree_first(p->tree, node));
}

static void pivot(struct printer *p, node_t node)
{
    node_t call = tree_first(p->tree, node);
    node_t name = tree_next(p->tree, call);
    node_t in = tree_next(p->tree, name);
    node_t other = tree_next(p->tree, in);
    layout_begin(&p->layout, 0);
    print_words(p, "pivot ");
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    layout_soft(&p->layout);
    print_node(p, call);
    if (tree_at(p->tree, node)->sym) {
        print_words(p, " as ");
        print_name(p, node);
    }
    layout_line(&p->layout);
    print_words(p, "for ");
    print_node(p, name);
    print_words(p, " in ");
    print_node(p, in);
    if (other) {
        layout_line(&p->layout);
        print_node(p, other);
    }
    print_close(p, ")");
    layout_pop(&p->layout);
    layout_soft(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void pivot_any(struct printer *p, node_t node)
{
    print_words(p, "(");
    print_words(p, "any");
    if (tree_first(p->tree, node)) {
        print_words(p, " order by ");
        layout_begin(&p->layout, 0);
        print_list(p, tree_first(p->tree, node), 0);
        layout_end(&p->layout);
    }
    print_words(p, ")");
}

static void pivot_default(struct printer *p, node_t node)
{
    print_words(p, "default on null ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void unpivot(struct printer *p, node_t node)
{
    node_t value = tree_first(p->tree, node);
    node_t name = tree_next(p->tree, value);
    print_words(p, "unpivot ");
    if (tree_flag(p->tree, node, FLAG_INCLUDE_NULLS))
        print_words(p, "include nulls ");
    if (tree_flag(p->tree, node, FLAG_EXCLUDE_NULLS))
        print_words(p, "exclude nulls ");
    print_words(p, "(");
    print_node(p, value);
    print_words(p, " for ");
    print_node(p, name);
    print_words(p, " in ");
    print_parens(p, tree_next(p->tree, name), 0);
    print_words(p, ")");
}

static void sample(struct printer *p, node_t node)
{
    node_t count = tree_first(p->tree, node);
    print_words(p, tree_flag(p->tree, node, FLAG_TABLESAMPLE) ? "tablesample " : "sample ");
    if (tree_at(p->tree, node)->sym) {
        print_lower(p, tree_at(p->tree, node)->sym);
        print_blank(p);
    }
    print_words(p, "(");
    print_node(p, count);
    if (tree_flag(p->tree, node, FLAG_ROWS))
        print_then(p, "rows");
    print_words(p, ")");
    tail(p, tree_next(p->tree, count));
}

static void seed(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
    print_blank(p);
    print_parens(p, tree_first(p->tree, node), 0);
}

static void resample(struct printer *p, node_t node)
{
    node_t using_name = tree_first(p->tree, node);
    node_t step = tree_next(p->tree, using_name);
    node_t part = tree_next(p->tree, step);
    layout_begin(&p->layout, 0);
    print_words(p, "resample ");
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    layout_soft(&p->layout);
    print_words(p, "using ");
    print_node(p, using_name);
    layout_line(&p->layout);
    print_words(p, "increment by ");
    print_node(p, step);
    if (part && tree_kind(p->tree, part) == NODE_PARTITION_BY) {
        layout_line(&p->layout);
        print_node(p, part);
        part = tree_next(p->tree, part);
    }
    if (part) {
        layout_line(&p->layout);
        print_words(p, "metadata_columns ");
        print_list(p, part, 0);
    }
    layout_pop(&p->layout);
    layout_soft(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

/* --------------------------------------------------------------------------- MATCH_RECOGNIZE */

static void match_recognize(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "match_recognize ");
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    TREE_EACH(p->tree, node, part)
    {
        layout_hard(&p->layout, false);
        print_node(p, part);
    }
    print_close(p, ")");
    layout_pop(&p->layout);
    layout_hard(&p->layout, false);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void aligned_list(struct printer *p, node_t node, const char *word)
{
    layout_begin(&p->layout, 0);
    print_words(p, word);
    print_blank(p);
    layout_align(&p->layout);
    print_list(p, tree_first(p->tree, node), 0);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void measures(struct printer *p, node_t node)
{
    aligned_list(p, node, "measures");
}

static void match_rows(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
}

static void match_skip(struct printer *p, node_t node)
{
    print_words(p, "after match skip ");
    print_lower(p, tree_at(p->tree, node)->sym);
    tail(p, tree_first(p->tree, node));
}

/* Where the symbol's text stands in the source; pattern and parentheses are around it. */
static uint32_t find_pattern(const struct printer *p, node_t node, struct str text)
{
    struct str all = source_text(&p->ctx->sources, tree_span(p->tree, node));
    for (size_t i = 0; text.n && i + text.n <= all.n; i++)
        if (memcmp(all.p + i, text.p, text.n) == 0 && i > 7)
            return tree_at(p->tree, node)->lo + (uint32_t)i;
    return SOURCE_NOWHERE;
}

static void pattern(struct printer *p, node_t node)
{
    struct str text = str_trim(sym_text(&p->ctx->names, tree_at(p->tree, node)->sym));
    print_words(p, "pattern ");
    print_words(p, "(");
    uint32_t lo = p->source ? find_pattern(p, node, text) : SOURCE_NOWHERE;
    if (lo == SOURCE_NOWHERE)
        layout_text(&p->layout, text);
    else
        (void)print_as_written(p, lo, lo + (uint32_t)text.n);
    print_words(p, ")");
}

/* Here the name comes first. */
static void define(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "define ");
    layout_align(&p->layout);
    TREE_EACH(p->tree, node, item)
    {
        if (item != tree_first(p->tree, node)) {
            print_words(p, ",");
            layout_line(&p->layout);
        }
        print_name(p, item);
        print_words(p, " as ");
        print_node(p, tree_first(p->tree, item));
    }
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

/* ----------------------------------------------------------------------------- semantic views */

static void semantic_ref(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "semantic_view");
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    node_t part = tree_first(p->tree, node);
    print_node(p, part);
    part = tree_next(p->tree, part);
    for (; part; part = tree_next(p->tree, part)) {
        enum node_kind kind = tree_kind(p->tree, part);
        if (kind != NODE_SEMANTIC_PART && kind != NODE_WHERE)
            break;
        layout_line(&p->layout);
        print_node(p, part);
    }
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
    tail(p, part);
}

static void semantic_part(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_lower(p, tree_at(p->tree, node)->sym);
    print_blank(p);
    layout_align(&p->layout);
    print_list(p, tree_first(p->tree, node), 0);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

void print_table_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_TABLE_REF] = first_and_tail,
        [NODE_QUERY_REF] = query_ref,
        [NODE_FUNCTION_REF] = function_ref,
        [NODE_VALUES_REF] = values_ref,
        [NODE_STAGE_REF] = stage_ref,
        [NODE_FLOW_REF] = flow_ref,
        [NODE_BOUNDARY_REF] = boundary_ref,
        [NODE_GROUP_REF] = group_ref,
        [NODE_JOIN] = join,
        [NODE_ON] = on,
        [NODE_USING] = using,
        [NODE_MATCH_CONDITION] = match_condition,
        [NODE_READ_ORDER] = read_order,
        [NODE_ALIAS] = alias,
        [NODE_AT] = at,
        [NODE_CHANGES] = changes,
        [NODE_PIVOT] = pivot,
        [NODE_PIVOT_ANY] = pivot_any,
        [NODE_PIVOT_DEFAULT] = pivot_default,
        [NODE_UNPIVOT] = unpivot,
        [NODE_SAMPLE] = sample,
        [NODE_SEED] = seed,
        [NODE_RESAMPLE] = resample,
        [NODE_MATCH_RECOGNIZE] = match_recognize,
        [NODE_MEASURES] = measures,
        [NODE_MATCH_ROWS] = match_rows,
        [NODE_MATCH_SKIP] = match_skip,
        [NODE_PATTERN] = pattern,
        [NODE_DEFINE] = define,
        [NODE_SEMANTIC_REF] = semantic_ref,
        [NODE_SEMANTIC_PART] = semantic_part,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
