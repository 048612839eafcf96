/* output.c - the columns of a select list: aliases, names of columns, stars spelled out.
 *
 * Owns the names of expressions without an alias (their text in upper case, reference: output
 * names) and EXCLUDE, ILIKE, REPLACE and RENAME of a star. */
#include "model/scope.h"

#include "syntax/parse.h"

struct output {
    struct columns *c;
    struct scope *scope;
    VEC(struct column) columns;
    bool open;
};

static sym_t text_name(struct columns *c, node_t node)
{
    struct str text = source_text(&c->ctx->sources, tree_span(c->tree, node));
    return text.n ? sym_intern_upper(&c->ctx->names, text) : 0;
}

static void add_column(struct output *o, sym_t name, node_t node)
{
    *VEC_PUSH(&o->columns) = (struct column){.name = name, .node = node};
}

/* -------------------------------------------------------------------------------------------- star
 */

static bool is_merged(const struct scope *scope, sym_t name)
{
    for (uint32_t i = 0; i < scope->merged.n; i++)
        if (scope->merged.at[i] == name)
            return true;
    return false;
}

static void star_item(struct output *o, const struct shape *shape, node_t star, bool skip_merged)
{
    o->open |= shape->open;
    for (uint32_t i = 0; i < shape->n; i++)
        if (!skip_merged || !is_merged(o->scope, shape->at[i].name)) {
            struct column column = shape->at[i];
            column.node = star;
            column.type = 0;
            *VEC_PUSH(&o->columns) = column;
        }
}

static void star_all(struct output *o, node_t star)
{
    for (uint32_t i = 0; i < o->scope->merged.n; i++)
        add_column(o, o->scope->merged.at[i], star);
    for (uint32_t i = 0; i < o->scope->items.n; i++)
        star_item(o, o->scope->items.at[i].shape, star, o->scope->merged.n > 0);
    o->open |= o->scope->items.n == 0;
}

static void star_of(struct output *o, node_t star, node_t object)
{
    struct columns *c = o->c;
    node_t qualifier = tree_first(c->tree, object);
    sym_t schema = qualifier ? tree_at(c->tree, qualifier)->sym : 0;
    for (struct scope *at = o->scope; at; at = at->outer) {
        uint32_t item = scope_item(c, at, schema, tree_at(c->tree, object)->sym);
        if (item == MODEL_NONE)
            continue;
        star_item(o, at->items.at[item].shape, star, false);
        return;
    }
    report_no_item(c, o->scope, object);
    o->open = true;
}

/* The place of a name among the columns of this star, from `first` on; MODEL_NONE, reported. */
static uint32_t star_column(struct output *o, uint32_t first, sym_t name, struct span span)
{
    for (uint32_t i = first; i < o->columns.n; i++)
        if (o->columns.at[i].name == name)
            return i;
    if (!o->open) {
        struct shape shape = {o->columns.at + first, o->columns.n - first, false, NULL};
        report_no_column(o->c, span, name, &shape, NULL);
    }
    return MODEL_NONE;
}

static void star_exclude(struct output *o, node_t exclude, uint32_t first)
{
    struct map names;
    uint32_t kept = first, ignored;
    map_init(&names);
    TREE_EACH(o->c->tree, exclude, name)
    {
        map_set(&names, tree_at(o->c->tree, name)->sym, 1);
        star_column(o, first, tree_at(o->c->tree, name)->sym, tree_span(o->c->tree, name));
    }
    for (uint32_t i = first; i < o->columns.n; i++)
        if (!map_get(&names, o->columns.at[i].name, &ignored))
            o->columns.at[kept++] = o->columns.at[i];
    o->columns.n = kept;
    map_fini(&names);
}

static char upper(char ch)
{
    return ch >= 'a' && ch <= 'z' ? (char)(ch & ~0x20) : ch;
}

/* ILIKE without an escape: % for any text, _ for one character. */
static bool matches(struct str pattern, struct str text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, from = 0;
    while (t < text.n) {
        if (p < pattern.n && pattern.p[p] == '%') {
            star = p++;
            from = t;
        } else if (p < pattern.n &&
                   (pattern.p[p] == '_' || upper(pattern.p[p]) == upper(text.p[t]))) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '%')
        p++;
    return p == pattern.n;
}

static void star_ilike(struct output *o, node_t ilike, uint32_t first)
{
    node_t string = tree_first(o->c->tree, ilike);
    uint32_t kept = first;
    struct interner *names = &o->c->ctx->names;
    if (!string)
        return;
    struct str pattern =
        string_value(&o->c->scratch, sym_text(names, tree_at(o->c->tree, string)->sym));
    for (uint32_t i = first; i < o->columns.n; i++)
        if (matches(pattern, sym_text(names, o->columns.at[i].name)))
            o->columns.at[kept++] = o->columns.at[i];
    o->columns.n = kept;
}

static void star(struct output *o, node_t node)
{
    const struct tree *tree = o->c->tree;
    uint32_t first = o->columns.n, place;
    node_t object = tree_child(tree, node, NODE_OBJECT);
    if (object)
        star_of(o, node, object);
    else
        star_all(o, node);
    TREE_EACH(tree, node, part)
    {
        enum node_kind kind = tree_kind(tree, part);
        if (kind == NODE_STAR_ILIKE)
            star_ilike(o, part, first);
        else if (kind == NODE_STAR_EXCLUDE)
            star_exclude(o, part, first);
        else if (kind == NODE_STAR_REPLACE) {
            TREE_EACH(tree, part, item)
            {
                expression(o->c, o->scope, tree_first(tree, item), 0);
                place = star_column(o, first, tree_at(tree, item)->sym, tree_span(tree, item));
                if (place != MODEL_NONE)
                    o->columns.at[place].node = item;
            }
        } else if (kind == NODE_STAR_RENAME) {
            TREE_EACH(tree, part, rename)
            {
                node_t old = tree_first(tree, rename);
                place = star_column(o, first, tree_at(tree, old)->sym, tree_span(tree, old));
                if (place != MODEL_NONE)
                    o->columns.at[place].name = tree_at(tree, rename)->sym;
            }
        }
    }
}

/* -------------------------------------------------------------------------------------------- list
 */

struct shape *output_shape(struct columns *c, struct scope *scope, node_t items)
{
    struct output o = {.c = c, .scope = scope};
    TREE_EACH(c->tree, items, item)
    {
        node_t first = tree_first(c->tree, item);
        node_t bare = unwrap(c->tree, first);
        sym_t alias = tree_at(c->tree, item)->sym;
        if (!first || tree_kind(c->tree, first) == NODE_ERROR)
            o.open = true;
        else if (tree_kind(c->tree, first) == NODE_STAR)
            star(&o, first);
        else if (alias)
            add_column(&o, alias, item);
        else if (tree_kind(c->tree, bare) == NODE_COLUMN)
            add_column(&o, tree_at(c->tree, bare)->sym, item);
        else
            add_column(&o, text_name(c, first), item);
    }
    struct shape *shape = shape_new(c, o.columns.n);
    if (o.columns.n)
        memcpy(shape->at, o.columns.at, o.columns.n * sizeof *o.columns.at);
    shape->open = o.open;
    VEC_FINI(&o.columns);
    return shape;
}
