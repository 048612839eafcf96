/* print_decl.c - declarations: one function for each kind.
 *
 * A relation is: head, its clauses one step in on lines of their own, `as` alone on a line, the
 * query. Without clauses `as` ends the head's line. Columns of a declaration are aligned in three
 * columns. */
#include "syntax/print_parts.h"

#include "base/utf8.h"

/* Longer types do not widen the column of types. */
#define TYPE_COLUMN_MAX 24

/* ------------------------------------------------------------------------------------- blocks */

static void named_block(struct printer *p, node_t node, const char *word, bool one_line)
{
    layout_begin(&p->layout, 0);
    print_words(p, word);
    print_blank(p);
    print_name(p, node);
    node_t first = tree_first(p->tree, node);
    struct print_source *s = p->source;
    if (!s || first || !str_is(print_source_token(s, s->at), ";"))
        print_block(p, first, one_line || !first);
    layout_end(&p->layout);
}

static void pipeline(struct printer *p, node_t node)
{
    named_block(p, node, "pipeline", false);
}

static void layer(struct printer *p, node_t node)
{
    named_block(p, node, "layer", true);
}

static void env(struct printer *p, node_t node)
{
    named_block(p, node, "env", false);
}

static void test(struct printer *p, node_t node)
{
    named_block(p, node, "test", false);
}

static uint32_t printed_width(const struct printer *p, node_t node)
{
    struct buf text;
    buf_init(&text);
    print_tree(&text, p->ctx, p->tree, node, &p->options);
    uint32_t width = (uint32_t)utf8_width(buf_view(&text));
    buf_fini(&text);
    return width;
}

/* Widths of the columns of a table of values; all 0 when aligned rows would be too long or a row
 * has more values than that. */
struct widths {
    uint32_t at[24];
};

static struct widths column_widths(const struct printer *p, node_t rows)
{
    struct widths w = {{0}};
    uint32_t sum = 0;
    for (node_t row = rows; row; row = tree_next(p->tree, row)) {
        uint32_t i = 0;
        TREE_EACH(p->tree, row, value)
        {
            if (i == sizeof w.at / sizeof w.at[0])
                return (struct widths){{0}};
            uint32_t width = printed_width(p, value) + 2;
            if (width > w.at[i]) {
                sum += width - w.at[i];
                w.at[i] = width;
            }
            i++;
        }
        if (sum + 6 > p->options.width)
            return (struct widths){{0}};
    }
    return w;
}

static void row_of_values(struct printer *p, node_t row, const struct widths *w)
{
    uint32_t i = 0;
    print_words(p, "(");
    layout_align(&p->layout);
    TREE_EACH(p->tree, row, value)
    {
        print_node(p, value);
        if (!tree_next(p->tree, value))
            break;
        print_words(p, ",");
        layout_fill(&p->layout);
        uint32_t width = printed_width(p, value) + 1;
        if (w->at[i] > width)
            layout_pad(&p->layout, w->at[i] - width);
        i++;
    }
    print_close(p, ")");
    layout_pop(&p->layout);
    print_words(p, ")");
}

/* Rows of one value share lines; others are a line each, in columns, unless all is one line. */
static void rows_of_values(struct printer *p, node_t rows)
{
    static const struct widths none = {{0}};
    bool narrow = rows && !tree_next(p->tree, tree_first(p->tree, rows));
    struct widths w = narrow ? none : column_widths(p, rows);
    layout_begin(&p->layout, 0);
    layout_nest(&p->layout, PRINT_STEP);
    for (node_t row = rows; row; row = tree_next(p->tree, row)) {
        if (row != rows)
            print_words(p, ",");
        if (narrow && row != rows)
            layout_fill(&p->layout);
        else
            layout_line(&p->layout);
        row_of_values(p, row, &w);
    }
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void test_table(struct printer *p, node_t node, const char *word)
{
    node_t object = tree_first(p->tree, node);
    layout_begin(&p->layout, 0);
    print_words(p, word);
    print_blank(p);
    print_node(p, object);
    if (tree_flag(p->tree, node, FLAG_EMPTY)) {
        print_then(p, "is empty");
        layout_end(&p->layout);
        return;
    }
    node_t rows = tree_next(p->tree, object);
    layout_nest(&p->layout, PRINT_STEP);
    layout_fill(&p->layout);
    if (rows && tree_kind(p->tree, rows) == NODE_NAMES) {
        print_node(p, rows);
        print_blank(p);
        rows = tree_next(p->tree, rows);
    }
    print_words(p, "values");
    layout_pop(&p->layout);
    layout_end(&p->layout);
    rows_of_values(p, rows);
}

static void given(struct printer *p, node_t node)
{
    test_table(p, node, "given");
}

static void then(struct printer *p, node_t node)
{
    test_table(p, node, "then");
}

/* ------------------------------------------------------------------------------------ columns */

static uint32_t name_width(const struct printer *p, node_t node)
{
    struct str name = sym_text(&p->ctx->names, tree_at(p->tree, node)->sym);
    if (p->options.spelling && !tree_flag(p->tree, node, FLAG_QUOTED))
        return (uint32_t)utf8_width(name);
    struct buf text;
    buf_init(&text);
    if (p->options.spelling)
        tree_spelling(&text, p->tree, NULL, &p->ctx->names, node);
    else
        name_canonical(&text, &p->ctx->names, tree_at(p->tree, node)->sym);
    uint32_t width = (uint32_t)utf8_width(buf_view(&text));
    buf_fini(&text);
    return width;
}

static node_t type_of(const struct printer *p, node_t column)
{
    node_t first = tree_first(p->tree, column);
    return first && tree_kind(p->tree, first) == NODE_TYPE ? first : 0;
}

/* The name of a constraint is no part of the tree: it means nothing, but it is the author's. */
static void constraint_name(struct printer *p)
{
    struct print_source *s = p->source;
    if (!s || !str_eq_nocase(print_source_token(s, s->at), STR_LIT("constraint")))
        return;
    print_words(p, "constraint ");
    print_str(p, print_source_token(s, s->at));
    print_blank(p);
}

/* Nor are words behind a constraint that say what is the case anyway: `norely`, `not enforced`. */
static void constraint_rest(struct printer *p)
{
    struct print_source *s = p->source;
    uint32_t depth = 0;
    for (; s && s->at + 1 < s->tokens.n; print_str(p, print_source_token(s, s->at))) {
        struct str token = print_source_token(s, s->at);
        if (depth == 0 && (str_is(token, ",") || str_is(token, ")")))
            break;
        depth += str_is(token, "(");
        depth -= str_is(token, ")");
        print_blank(p);
    }
}

static void column(struct printer *p, node_t node, uint32_t names, uint32_t types)
{
    print_name(p, node);
    node_t type = type_of(p, node);
    node_t part = tree_first(p->tree, node);
    if (part)
        layout_blank(&p->layout, names + 1 - name_width(p, node));
    if (type) {
        print_node(p, type);
        part = tree_next(p->tree, type);
        uint32_t width = part ? printed_width(p, type) : 0;
        if (part)
            layout_blank(&p->layout, width < types ? types + 1 - width : 1);
    }
    for (; part; part = tree_next(p->tree, part)) {
        constraint_name(p);
        print_node(p, part);
        if (tree_next(p->tree, part))
            print_blank(p);
    }
}

/* Names alone, as a view may have them. */
static bool only_names(const struct printer *p, node_t node)
{
    TREE_EACH(p->tree, node, child)
    if (tree_kind(p->tree, child) != NODE_COLUMN_DEF || tree_first(p->tree, child))
        return false;
    return true;
}

static void computed(struct printer *p, node_t node)
{
    print_words(p, "as ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void check(struct printer *p, node_t node)
{
    print_words(p, "check ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void column_defs(struct printer *p, node_t node)
{
    if (only_names(p, node)) {
        print_parens(p, tree_first(p->tree, node), 0);
        return;
    }
    uint32_t names = 0;
    uint32_t types = 0;
    TREE_EACH(p->tree, node, child)
    {
        if (tree_kind(p->tree, child) != NODE_COLUMN_DEF)
            continue;
        node_t type = type_of(p, child);
        uint32_t name = tree_first(p->tree, child) ? name_width(p, child) : 0;
        uint32_t width = type && tree_next(p->tree, type) ? printed_width(p, type) : 0;
        names = name > names ? name : names;
        types = width > types && width <= TYPE_COLUMN_MAX ? width : types;
    }
    print_words(p, "(");
    layout_nest(&p->layout, PRINT_STEP);
    TREE_EACH(p->tree, node, child)
    {
        layout_hard(&p->layout, false);
        if (tree_kind(p->tree, child) == NODE_COLUMN_DEF) {
            column(p, child, names, types);
        } else {
            constraint_name(p);
            print_node(p, child);
        }
        constraint_rest(p);
        if (tree_next(p->tree, child))
            print_words(p, ",");
    }
    print_last_comma(p);
    print_close(p, ")");
    layout_pop(&p->layout);
    layout_hard(&p->layout, false);
    print_words(p, ")");
}

/* ---------------------------------------------------------------------------------- relations */

static bool is_body(enum node_kind kind)
{
    return kind == NODE_BODY || kind == NODE_STATEMENT;
}

/* Clauses from first; with a body each on its line and `as` behind them. */
static void clauses(struct printer *p, node_t first)
{
    node_t body = first;
    while (body && !is_body(tree_kind(p->tree, body)))
        body = tree_next(p->tree, body);
    layout_nest(&p->layout, PRINT_STEP);
    for (node_t part = first; part != body; part = tree_next(p->tree, part)) {
        if (body)
            layout_hard(&p->layout, false);
        else
            layout_fill(&p->layout);
        print_node(p, part);
    }
    if (body)
        print_close(p, "as");
    layout_pop(&p->layout);
    if (!body)
        return;
    if (body == first)
        print_blank(p);
    else
        layout_hard(&p->layout, false);
    print_words(p, "as");
    layout_hard(&p->layout, false);
    print_node(p, body);
}

/* layer KIND name (columns); returns what follows. */
static node_t head(struct printer *p, node_t node, const char *words)
{
    node_t part = tree_first(p->tree, node);
    if (part && tree_kind(p->tree, part) == NODE_LAYER_NAME) {
        print_name(p, part);
        print_blank(p);
        part = tree_next(p->tree, part);
    }
    print_words(p, words);
    print_blank(p);
    print_node(p, part);
    part = tree_next(p->tree, part);
    if (part && tree_kind(p->tree, part) == NODE_COLUMN_DEFS) {
        print_blank(p);
        print_node(p, part);
        part = tree_next(p->tree, part);
    }
    return part;
}

/* A CREATE statement keeps its head as it was written, up to the end of the token before byte hi:
 * what it says has many forms, and none is ours. False when there is no text behind the tree. */
static bool sql_head(struct printer *p, node_t node, uint32_t hi)
{
    struct print_source *s = p->source;
    if (!s || !tree_flag(p->tree, node, FLAG_SQL))
        return false;
    uint32_t last = s->at;
    while (s->tokens.at[last + 1].lo < hi)
        last++;
    return print_as_written(p, tree_at(p->tree, node)->lo, s->tokens.at[last].hi);
}

static bool sql_statement(struct printer *p, node_t node)
{
    node_t body = tree_child(p->tree, node, NODE_BODY);
    const struct node *n = tree_at(p->tree, body ? body : node);
    if (!sql_head(p, node, body ? n->lo : n->hi))
        return false;
    if (!body)
        return true;
    struct span head = {p->tree->file, tree_at(p->tree, node)->lo, n->lo};
    struct str text = str_trim(source_text(&p->ctx->sources, head));
    if (memchr(text.p, '\n', text.n))
        layout_hard(&p->layout, false);
    else
        print_blank(p);
    print_words(p, "as");
    layout_hard(&p->layout, false);
    print_node(p, body);
    return true;
}

static void declaration(struct printer *p, node_t node, const char *words)
{
    if (sql_statement(p, node))
        return;
    layout_begin(&p->layout, 0);
    clauses(p, head(p, node, words));
    layout_end(&p->layout);
}

static void source(struct printer *p, node_t node)
{
    declaration(p, node, "source");
}

static void table(struct printer *p, node_t node)
{
    declaration(p, node, tree_flag(p->tree, node, FLAG_STATIC) ? "static table" : "table");
}

static void view(struct printer *p, node_t node)
{
    declaration(p, node, "view");
}

static void body(struct printer *p, node_t node)
{
    print_query(p, tree_first(p->tree, node), 72);
}

static void stream(struct printer *p, node_t node)
{
    if (sql_statement(p, node))
        return;
    layout_begin(&p->layout, 0);
    node_t on = head(p, node, "stream");
    print_words(p, " on ");
    print_node(p, on);
    clauses(p, tree_next(p->tree, on));
    layout_end(&p->layout);
}

static void on_object(struct printer *p, node_t node)
{
    print_node(p, tree_first(p->tree, node));
}

static void pipe(struct printer *p, node_t node)
{
    if (sql_statement(p, node))
        return;
    layout_begin(&p->layout, 0);
    node_t into = head(p, node, "pipe");
    print_words(p, " into ");
    print_node(p, into);
    clauses(p, tree_next(p->tree, into));
    layout_end(&p->layout);
}

static void words(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
}

static void task(struct printer *p, node_t node)
{
    declaration(p, node, "task");
}

/* Always several lines: when, if what, then what. */
static void alert(struct printer *p, node_t node)
{
    if (sql_statement(p, node))
        return;
    layout_begin(&p->layout, 0);
    node_t part = head(p, node, "alert");
    layout_nest(&p->layout, PRINT_STEP);
    for (; part; part = tree_next(p->tree, part)) {
        enum node_kind kind = tree_kind(p->tree, part);
        layout_hard(&p->layout, false);
        if (kind == NODE_STALE || kind == NODE_EXISTS)
            print_words(p, "if ");
        if (kind == NODE_STATEMENT)
            print_words(p, "then ");
        print_node(p, part);
    }
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

/* ------------------------------------------------------------------------------------- others */

static void param(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "param ");
    print_name(p, node);
    TREE_EACH(p->tree, node, part)
    {
        print_blank(p);
        print_node(p, part);
    }
    layout_end(&p->layout);
}

/* Either kind of quotes may be written; a path that needs an escape stays as it is. */
static void use_file(struct printer *p, node_t node)
{
    node_t path = tree_first(p->tree, node);
    struct str text = sym_text(&p->ctx->names, tree_at(p->tree, path)->sym);
    print_words(p, "use ");
    if (text.n < 3 || memchr(text.p, '\\', text.n) || memchr(text.p, '"', text.n) ||
        memchr(text.p + 1, '\'', text.n - 2)) {
        print_node(p, path);
        return;
    }
    struct buf quoted;
    buf_init(&quoted);
    buf_printf(&quoted, "\"%.*s\"", (int)text.n - 2, text.p + 1);
    print_str(p, buf_view(&quoted));
    buf_fini(&quoted);
}

/* One query, or several that hand their rows on. */
static void loose_query(struct printer *p, node_t node)
{
    TREE_EACH(p->tree, node, query)
    {
        if (query != tree_first(p->tree, node)) {
            layout_hard(&p->layout, false);
            print_words(p, "->> ");
        }
        print_query(p, query, 72);
    }
}

/* Kept as it is: the text of the span, else what the symbol holds of it. */
static void as_written(struct printer *p, node_t node)
{
    const struct node *n = tree_at(p->tree, node);
    bool text_of_symbol = n->kind == NODE_STATEMENT && !p->source;
    if (text_of_symbol || !print_as_written(p, n->lo, n->hi))
        layout_text(&p->layout, str_trim(sym_text(&p->ctx->names, n->sym)));
}

static void file(struct printer *p, node_t node)
{
    TREE_EACH(p->tree, node, child)
    {
        if (child != tree_first(p->tree, node))
            layout_hard(&p->layout, true);
        print_node(p, child);
        print_words(p, ";");
    }
}

void print_decl_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_FILE] = file,
        [NODE_PIPELINE] = pipeline,
        [NODE_LAYER] = layer,
        [NODE_ENV] = env,
        [NODE_PARAM] = param,
        [NODE_USE_FILE] = use_file,
        [NODE_SOURCE] = source,
        [NODE_TABLE] = table,
        [NODE_VIEW] = view,
        [NODE_LAYER_NAME] = print_name,
        [NODE_BODY] = body,
        [NODE_COLUMN_DEFS] = column_defs,
        [NODE_STREAM] = stream,
        [NODE_ON_OBJECT] = on_object,
        [NODE_TASK] = task,
        [NODE_ALERT] = alert,
        [NODE_PIPE] = pipe,
        [NODE_PIPE_MODE] = words,
        [NODE_STATEMENT] = as_written,
        [NODE_TEST] = test,
        [NODE_GIVEN] = given,
        [NODE_THEN] = then,
        [NODE_NOT_BUILT] = as_written,
        [NODE_OPAQUE] = as_written,
        [NODE_ERROR] = as_written,
        [NODE_LOOSE_QUERY] = loose_query,
        [NODE_COMPUTED] = computed,
        [NODE_CHECK] = check,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
