/* print_call.c - function calls with what follows them (OVER, WITHIN GROUP, IGNORE NULLS), and
 * types. */
#include "syntax/print_parts.h"

/* --------------------------------------------------------------------------------- arguments */

void print_list(struct printer *p, node_t first, node_t end)
{
    for (node_t item = first; item && item != end; item = tree_next(p->tree, item)) {
        if (item != first) {
            print_words(p, ",");
            layout_fill(&p->layout);
        }
        print_node(p, item);
    }
}

void print_parens(struct printer *p, node_t first, node_t end)
{
    layout_begin(&p->layout, 0);
    print_words(p, "(");
    layout_align(&p->layout);
    print_list(p, first, end);
    print_close(p, ")");
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void nulls(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_IGNORE_NULLS))
        print_then(p, "ignore nulls");
    if (tree_flag(p->tree, node, FLAG_RESPECT_NULLS))
        print_then(p, "respect nulls");
}

/* An argument that is a whole query stands without parentheses of its own. */
static void argument(struct printer *p, node_t node, bool type)
{
    if (type)
        print_words(p, "type ");
    if (tree_kind(p->tree, node) == NODE_QUERY)
        print_query(p, node, 80);
    else
        print_node(p, node);
}

/* Where arguments do not fit on one line, a condition shares its line with no other. */
static bool has_own_line(const struct printer *p, node_t node)
{
    enum node_kind kind = tree_kind(p->tree, node);
    return kind == NODE_AND || kind == NODE_OR || kind == NODE_CASE;
}

static void arguments(struct printer *p, node_t node, node_t first, node_t end)
{
    layout_begin(&p->layout, 0);
    print_words(p, "(");
    layout_align(&p->layout);
    if (tree_flag(p->tree, node, FLAG_DISTINCT))
        print_words(p, "distinct ");
    else if (tree_kind(p->tree, node) == NODE_CALL && tree_flag(p->tree, node, FLAG_ALL))
        print_words(p, "all ");
    node_t before = first;
    for (node_t item = first; item && item != end; item = tree_next(p->tree, item)) {
        if (item != first) {
            print_words(p, ",");
            if (has_own_line(p, before) || has_own_line(p, item))
                layout_line(&p->layout);
            else
                layout_fill(&p->layout);
        }
        before = item;
        argument(p, item, tree_kind(p->tree, item) == NODE_TYPE);
    }
    if (tree_flag(p->tree, node, FLAG_NULLS_INSIDE))
        nulls(p, node);
    print_close(p, ")");
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void suffix(struct printer *p, node_t node, node_t first)
{
    node_t part = first;
    if (part && tree_kind(p->tree, part) == NODE_WITHIN_GROUP) {
        print_blank(p);
        print_node(p, part);
        part = tree_next(p->tree, part);
    }
    if (tree_flag(p->tree, node, FLAG_FROM_FIRST))
        print_then(p, "from first");
    if (tree_flag(p->tree, node, FLAG_FROM_LAST))
        print_then(p, "from last");
    if (!tree_flag(p->tree, node, FLAG_NULLS_INSIDE))
        nulls(p, node);
    if (part) {
        print_blank(p);
        print_node(p, part);
    }
}

static void call_rest(struct printer *p, node_t node)
{
    node_t first = tree_next(p->tree, tree_first(p->tree, node));
    if (tree_flag(p->tree, node, FLAG_BARE))
        return;
    node_t end = first;
    while (end && tree_kind(p->tree, end) != NODE_WITHIN_GROUP &&
           tree_kind(p->tree, end) != NODE_OVER)
        end = tree_next(p->tree, end);
    arguments(p, node, first, end);
    suffix(p, node, end);
}

static void call(struct printer *p, node_t node)
{
    node_t name = tree_first(p->tree, node);
    if (tree_kind(p->tree, name) == NODE_OBJECT && !tree_first(p->tree, name))
        print_free_name(p, name);
    else
        print_node(p, name);
    call_rest(p, node);
}

void print_call_as(struct printer *p, node_t node, const char *name)
{
    print_text(p, name);
    call_rest(p, node);
}

static void method(struct printer *p, node_t node)
{
    node_t model = tree_first(p->tree, node);
    print_node(p, model);
    print_words(p, "!");
    print_name(p, node);
    node_t first = tree_next(p->tree, model);
    node_t end = first;
    while (end && tree_kind(p->tree, end) != NODE_WITHIN_GROUP &&
           tree_kind(p->tree, end) != NODE_OVER)
        end = tree_next(p->tree, end);
    arguments(p, node, first, end);
    suffix(p, node, end);
}

static void named(struct printer *p, node_t node)
{
    print_free_name(p, node);
    print_then(p, "=>");
    print_blank(p);
    node_t value = tree_first(p->tree, node);
    argument(p, value, tree_kind(p->tree, value) == NODE_TYPE);
}

static void lambda(struct printer *p, node_t node)
{
    node_t first = tree_first(p->tree, node);
    node_t body = first;
    while (tree_next(p->tree, body))
        body = tree_next(p->tree, body);
    if (tree_next(p->tree, first) == body)
        print_node(p, first);
    else
        print_parens(p, first, body);
    print_then(p, "->");
    print_blank(p);
    print_node(p, body);
}

static void parameter(struct printer *p, node_t node)
{
    print_name(p, node);
    if (tree_first(p->tree, node)) {
        print_blank(p);
        print_node(p, tree_first(p->tree, node));
    }
}

static void extract(struct printer *p, node_t node)
{
    print_words(p, "extract");
    print_words(p, "(");
    print_lower(p, tree_at(p->tree, node)->sym);
    print_words(p, " from ");
    print_node(p, tree_first(p->tree, node));
    print_words(p, ")");
}

static void locate(struct printer *p, node_t node)
{
    node_t what = tree_first(p->tree, node);
    print_words(p, "position");
    print_words(p, "(");
    print_operand(p, what, LEVEL_ADD);
    print_words(p, " in ");
    print_operand(p, tree_next(p->tree, what), LEVEL_ADD);
    print_words(p, ")");
}

/* ----------------------------------------------------------------------------------- windows */

static void within_group(struct printer *p, node_t node)
{
    print_words(p, "within group ");
    print_words(p, "(");
    print_words(p, "order by ");
    layout_begin(&p->layout, 0);
    print_list(p, tree_first(p->tree, node), 0);
    layout_end(&p->layout);
    print_words(p, ")");
}

static void over(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "over ");
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    node_t first = tree_first(p->tree, node);
    if (first)
        layout_soft(&p->layout);
    layout_begin(&p->layout, 0);
    TREE_EACH(p->tree, node, part)
    {
        if (part != first)
            layout_fill(&p->layout);
        print_node(p, part);
    }
    layout_end(&p->layout);
    print_close(p, ")");
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void partition_by(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "partition by ");
    layout_nest(&p->layout, PRINT_STEP);
    print_list(p, tree_first(p->tree, node), 0);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void frame(struct printer *p, node_t node)
{
    node_t first = tree_first(p->tree, node);
    node_t last = tree_next(p->tree, first);
    print_lower(p, tree_at(p->tree, node)->sym);
    if (last)
        print_then(p, "between");
    print_blank(p);
    print_node(p, first);
    if (last) {
        print_words(p, " and ");
        print_node(p, last);
    }
}

static void bound(struct printer *p, node_t node)
{
    static const char *const texts[OPS] = {
        [OP_UNBOUNDED_PRECEDING] = "unbounded preceding",
        [OP_UNBOUNDED_FOLLOWING] = "unbounded following",
        [OP_CURRENT_ROW] = "current row",
        [OP_PRECEDING] = "preceding",
        [OP_FOLLOWING] = "following",
    };
    node_t value = tree_first(p->tree, node);
    if (value) {
        print_operand(p, value, LEVEL_ADD);
        print_blank(p);
    }
    print_words(p, texts[tree_at(p->tree, node)->op]);
}

/* ------------------------------------------------------------------------------------- types */

static void type_arguments(struct printer *p, node_t node)
{
    bool numbers = true;
    TREE_EACH(p->tree, node, part)
    numbers = numbers && tree_kind(p->tree, part) == NODE_NUMBER;
    print_words(p, "(");
    TREE_EACH(p->tree, node, part)
    {
        if (part != tree_first(p->tree, node)) {
            print_words(p, ",");
            if (!numbers)
                print_blank(p);
        }
        print_node(p, part);
    }
    print_words(p, ")");
}

/* The digits of a timestamp stand in the middle: timestamp(3) with time zone. */
static void type_words(struct printer *p, node_t node)
{
    struct str words = sym_text(&p->ctx->names, tree_at(p->tree, node)->sym);
    struct buf lower;
    buf_init(&lower);
    for (size_t i = 0; i < words.n; i++) {
        char c = words.p[i];
        buf_putc(&lower, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    bool parens = tree_flag(p->tree, node, FLAG_PARENS);
    char *with = lower.n ? strstr(lower.p, " with") : NULL;
    if (with && parens) {
        *with = '\0';
        print_words(p, lower.p);
        type_arguments(p, node);
        print_then(p, with + 1);
    } else {
        print_words(p, lower.n ? lower.p : "");
        if (parens)
            type_arguments(p, node);
    }
    buf_fini(&lower);
}

static void type(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_QUOTED))
        print_name(p, node);
    else
        type_words(p, node);
    if (!tree_flag(p->tree, node, FLAG_PARENS)) {
        TREE_EACH(p->tree, node, name)
        {
            print_words(p, ".");
            print_node(p, name);
        }
    }
    if (tree_flag(p->tree, node, FLAG_NOT_NULL))
        print_then(p, "not null");
}

static void field(struct printer *p, node_t node)
{
    print_name(p, node);
    TREE_EACH(p->tree, node, part)
    {
        print_blank(p);
        print_node(p, part);
    }
    if (tree_flag(p->tree, node, FLAG_NOT_NULL))
        print_then(p, "not null");
}

void print_call_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_CALL] = call,           [NODE_METHOD] = method,
        [NODE_NAMED] = named,         [NODE_LAMBDA] = lambda,
        [NODE_PARAMETER] = parameter, [NODE_EXTRACT] = extract,
        [NODE_LOCATE] = locate,       [NODE_WITHIN_GROUP] = within_group,
        [NODE_OVER] = over,           [NODE_PARTITION_BY] = partition_by,
        [NODE_FRAME] = frame,         [NODE_BOUND] = bound,
        [NODE_TYPE] = type,           [NODE_FIELD] = field,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
