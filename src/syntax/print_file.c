/* print_file.c - a whole file as `dtc fmt` writes it.
 *
 * Owns what stands between declarations: one empty line, or none between one-line declarations of
 * one kind that the source has next to each other; comments with at most one empty line between
 * them. The declarations themselves are print_decl.c, the comments inside of them print_source.c.
 */
#include "syntax/print_parts.h"

/* Declarations that end with the brace of their block and not with a semicolon; what is kept as it
 * was written has one if the source has one. */
static bool ends_itself(const struct printer *p, node_t node)
{
    enum node_kind kind = tree_kind(p->tree, node);
    const struct print_source *s = p->source;
    if (kind == NODE_NOT_BUILT || kind == NODE_OPAQUE)
        return !str_is(print_source_token(s, s->at), ";");
    if (kind == NODE_LAYER)
        return s->at > 0 && str_is(print_source_token(s, s->at - 1), "}");
    return kind == NODE_PIPELINE || kind == NODE_ENV || kind == NODE_TEST || kind == NODE_LINT;
}

/* Comments above something, with the empty lines between them that the source has. */
static bool lead(struct printer *p)
{
    p->source->empty_lines = true;
    bool any = print_source_lead(p->source, &p->layout);
    p->source->empty_lines = false;
    return any;
}

/* What stands before the declaration and made no node: semicolons that end nothing are left out, a
 * template's hole ({{ config(..) }}) keeps its line. */
static void print_strays(struct printer *p, node_t node)
{
    struct print_source *s = p->source;
    while (s->at + 1 < s->tokens.n && s->tokens.at[s->at].lo < tree_at(p->tree, node)->lo) {
        struct str token = print_source_token(s, s->at);
        if (str_is(token, ";")) {
            s->at++;
            continue;
        }
        if (lead(p))
            layout_hard(&p->layout, print_source_gap(s));
        print_str(p, token);
        layout_hard(&p->layout, print_source_gap(s));
    }
}

static void print_declaration(struct printer *p, node_t node)
{
    struct print_source *s = p->source;
    print_strays(p, node);
    if (lead(p))
        layout_hard(&p->layout, print_source_gap(s));
    layout_begin(&p->layout, 0);
    print_node(p, node);
    /* What is last in a script may do without a semicolon, and a template's model has to. */
    if (!ends_itself(p, node) && s->at + 1 < s->tokens.n)
        print_words(p, ";");
    layout_end(&p->layout);
}

void print_file(struct buf *out, const struct dtc *ctx, const struct tree *tree)
{
    static const struct print_options options = {.width = 100, .spelling = true};
    struct printer p;
    print_open(&p, ctx, tree, &options);
    struct print_source source;
    print_source_init(&source, tree, ctx->sources.files.at[tree->file].text);
    p.source = &source;
    node_t before = 0;
    TREE_EACH(tree, tree->root, node)
    {
        if (before) {
            bool near = tree_kind(tree, before) == tree_kind(tree, node) &&
                        !print_source_gap(&source) && !print_source_has_lead(&source);
            layout_separate(&p.layout, near);
        }
        print_declaration(&p, node);
        before = node;
    }
    (void)lead(&p);
    layout_write(&p.layout, out, options.width);
    if (out->n)
        buf_putc(out, '\n');
    print_source_fini(&source);
    print_shut(&p);
}

static void item_break(struct printer *p, bool one_line, bool empty_line)
{
    if (!one_line)
        layout_hard(&p->layout, empty_line);
    else if (empty_line)
        layout_line_empty(&p->layout);
    else
        layout_line(&p->layout);
}

static uint32_t setting_width(const struct printer *p, node_t item)
{
    enum node_kind kind = item ? tree_kind(p->tree, item) : NODE_NONE;
    if (kind == NODE_WAREHOUSE)
        return 9;
    return kind == NODE_DATABASE ? 8 : kind == NODE_SCHEMA ? 6 : 0;
}

/* Of the run of settings that begins here. */
static uint32_t widest_setting(const struct printer *p, node_t item)
{
    uint32_t widest = 0;
    for (; setting_width(p, item); item = tree_next(p->tree, item))
        widest = setting_width(p, item) > widest ? setting_width(p, item) : widest;
    return widest;
}

static void print_item(struct printer *p, node_t item, bool semicolon)
{
    if (!semicolon || !p->source) {
        print_node(p, item);
        if (semicolon)
            print_words(p, ";");
        return;
    }
    p->source->in_block = true;
    print_node(p, item);
    p->source->in_block = false;
    print_words(p, ";");
    print_source_trail(p->source, &p->layout);
}

void print_block(struct printer *p, node_t first, bool one_line)
{
    uint32_t widest = 0;
    print_then(p, "{");
    layout_nest(&p->layout, PRINT_STEP);
    for (node_t item = first; item; item = tree_next(p->tree, item)) {
        item_break(p, one_line, p->source && item != first && print_source_gap(p->source));
        if (p->source && lead(p))
            item_break(p, one_line, print_source_gap(p->source));
        bool setting = setting_width(p, item) != 0;
        widest = !setting ? 0 : widest ? widest : widest_setting(p, item);
        p->setting_width = one_line ? 0 : widest;
        bool semicolon = tree_kind(p->tree, item) != NODE_LINT;
        print_item(p, item, semicolon);
        p->setting_width = 0;
    }
    print_close(p, "}");
    layout_pop(&p->layout);
    item_break(p, one_line, false);
    print_words(p, "}");
}
