/* print_literal.c - literals, and names with their qualifiers. */
#include "syntax/print_parts.h"

/* ---------------------------------------------------------------------------------- literals */

static void literal(struct printer *p, node_t node)
{
    print_raw(p, tree_at(p->tree, node)->sym);
}

void print_word(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
}

static void null(struct printer *p, node_t node)
{
    (void)node;
    print_words(p, "null");
}

/* One token that begins with a mark: $name, $1. */
static void marked(struct printer *p, node_t node, const char *mark)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, mark);
    struct str name = sym_text(&p->ctx->names, tree_at(p->tree, node)->sym);
    const struct node *n = tree_at(p->tree, node);
    struct span span = {p->tree->file, n->lo, n->lo + 1 + (uint32_t)name.n};
    struct str written = str_make(NULL, 0);
    if (p->options.spelling && span.file < p->ctx->sources.files.n && span.hi <= n->hi)
        written = source_text(&p->ctx->sources, span);
    buf_str(&text, name);
    if (str_eq_nocase(written, buf_view(&text)))
        print_str(p, written);
    else
        print_str(p, buf_view(&text));
    buf_fini(&text);
}

static void variable(struct printer *p, node_t node)
{
    marked(p, node, "$");
}

static void position(struct printer *p, node_t node)
{
    TREE_EACH(p->tree, node, name)
    {
        print_name(p, name);
        print_words(p, ".");
    }
    marked(p, node, "$");
}

static void bind(struct printer *p, node_t node)
{
    struct str name = sym_text(&p->ctx->names, tree_at(p->tree, node)->sym);
    if (name.n == 0 || str_is(name, "?")) {
        print_words(p, "?");
    } else {
        print_words(p, ":");
        print_name(p, node);
    }
}

static void typed(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
    print_blank(p);
    print_node(p, tree_first(p->tree, node));
}

static void interval(struct printer *p, node_t node)
{
    print_words(p, "interval");
    bool unit = false;
    TREE_EACH(p->tree, node, child)
    {
        if (unit)
            print_then(p, "to");
        unit = tree_kind(p->tree, child) == NODE_INTERVAL_UNIT;
        print_blank(p);
        print_node(p, child);
    }
}

static void interval_unit(struct printer *p, node_t node)
{
    print_lower(p, tree_at(p->tree, node)->sym);
    node_t first = tree_first(p->tree, node);
    if (first) {
        print_blank(p);
        print_parens(p, first, 0);
    }
}

/* ------------------------------------------------------------------------------------- names */

/* a.b.c, and a..c where the part between was left out (a NAME without symbol). */
static void qualified(struct printer *p, node_t node, bool free_name)
{
    bool dot = false;
    TREE_EACH(p->tree, node, name)
    {
        bool empty = tree_at(p->tree, name)->sym == 0;
        if (empty)
            print_words(p, "..");
        else if (dot)
            print_words(p, ".");
        if (!empty)
            print_name(p, name);
        dot = !empty;
    }
    if (dot)
        print_words(p, ".");
    if (free_name && !tree_first(p->tree, node))
        print_free_name(p, node);
    else
        print_name(p, node);
}

static void object(struct printer *p, node_t node)
{
    qualified(p, node, false);
}

static void identifier(struct printer *p, node_t node)
{
    print_words(p, "identifier");
    print_words(p, "(");
    print_node(p, tree_first(p->tree, node));
    print_words(p, ")");
}

void print_literal_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_NAME] = print_name,    [NODE_OBJECT] = object,
        [NODE_COLUMN] = object,      [NODE_IDENTIFIER] = identifier,
        [NODE_HOLE] = literal,       [NODE_NUMBER] = literal,
        [NODE_STRING] = literal,     [NODE_DOLLAR_STRING] = literal,
        [NODE_BINARY] = literal,     [NODE_NULL] = null,
        [NODE_BOOLEAN] = print_word, [NODE_TYPED] = typed,
        [NODE_INTERVAL] = interval,  [NODE_INTERVAL_UNIT] = interval_unit,
        [NODE_VARIABLE] = variable,  [NODE_POSITION] = position,
        [NODE_BIND] = bind,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
