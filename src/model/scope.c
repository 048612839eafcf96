/* scope.c - finds what a name in an expression means.
 *
 * Owns the order of the search (reference: name resolution): a column of this FROM, an alias of the
 * select list, then the enclosing queries; in ORDER BY the select list comes first. A name with a
 * qualifier is only ever a column. Where an open item may have it, it does. */
#include "model/scope.h"

#include "diag/suggest.h"

enum { LINEAR = 8 };

void scope_init(struct scope *scope, struct scope *outer)
{
    *scope = (struct scope){.outer = outer, .alias_limit = UINT32_MAX};
    map_init(&scope->alias_index);
}

void scope_fini(struct scope *scope)
{
    VEC_FINI(&scope->items);
    VEC_FINI(&scope->merged);
    VEC_FINI(&scope->aliases);
    map_fini(&scope->alias_index);
}

void scope_add_alias(struct scope *scope, sym_t name, uint32_t item)
{
    uint32_t known;
    if (!map_get(&scope->alias_index, name, &known))
        map_set(&scope->alias_index, name, scope->aliases.n);
    *VEC_PUSH(&scope->aliases) = (struct alias){name, item};
}

/* ------------------------------------------------------------------------------------------ shapes
 */

struct shape *shape_new(struct columns *c, uint32_t n)
{
    struct shape *shape = ARENA_NEW(&c->scratch, struct shape);
    shape->at = ARENA_ARRAY(&c->scratch, struct column, n);
    shape->n = n;
    return shape;
}

static void index_shape(struct columns *c, struct shape *shape)
{
    struct map *map = arena_zalloc(&c->ctx->arena, sizeof *map, _Alignof(struct map));
    map_init(map);
    for (uint32_t i = 0; i < shape->n; i++) {
        uint32_t known;
        if (shape->at[i].name == 0)
            continue;
        bool twice = map_get(map, shape->at[i].name, &known);
        map_set(map, shape->at[i].name, twice ? known | SHAPE_TWICE : i);
    }
    shape->index = map;
    bool kept = shape >= c->relations && shape < c->relations + c->r->model->relations.n;
    if (kept)
        *VEC_PUSH(&c->kept) = map;
    else
        *VEC_PUSH(&c->maps) = map;
}

bool shape_find(struct columns *c, struct shape *shape, sym_t name, uint32_t *column)
{
    bool found = false;
    if (shape->n > LINEAR) {
        if (!shape->index)
            index_shape(c, shape);
        return map_get(shape->index, name, column);
    }
    for (uint32_t i = 0; i < shape->n; i++) {
        if (shape->at[i].name != name || name == 0)
            continue;
        *column = found ? *column | SHAPE_TWICE : i;
        found = true;
    }
    return found;
}

/* ------------------------------------------------------------------------------------------- names
 */

static bool is_merged(const struct scope *scope, sym_t name)
{
    for (uint32_t i = 0; i < scope->merged.n; i++)
        if (scope->merged.at[i] == name)
            return true;
    return false;
}

/* A bare name among the items of one FROM. */
static struct meaning among_items(struct columns *c, struct scope *scope, sym_t name)
{
    struct meaning m = {.scope = scope};
    bool open = false;
    for (uint32_t i = 0; i < scope->items.n; i++) {
        struct shape *shape = scope->items.at[i].shape;
        uint32_t column;
        open |= shape->open;
        if (!shape_find(c, shape, name, &column))
            continue;
        if (m.kind == MEANS_COLUMN) {
            /* a USING join reads the left one */
            if (scope->merges || is_merged(scope, name))
                break;
            m.kind = MEANS_MANY;
            m.other = i;
            return m;
        }
        m.kind = column & SHAPE_TWICE && !shape->open ? MEANS_MANY : MEANS_COLUMN;
        m.item = m.other = i;
        m.column = column & ~SHAPE_TWICE;
        if (m.kind == MEANS_MANY)
            return m;
    }
    if (m.kind == MEANS_NOTHING && open)
        m.kind = MEANS_OPEN;
    return m;
}

static bool alias_in_reach(const struct scope *scope, sym_t name)
{
    uint32_t first;
    if (!map_get(&scope->alias_index, name, &first))
        return false;
    return scope->aliases.at[first].item < scope->alias_limit;
}

static bool is_pseudo(struct columns *c, const struct scope *scope, sym_t name)
{
    struct str text = sym_text(&c->ctx->names, name);
    if (str_starts(text, "METADATA$") || str_is(text, "NEXTVAL"))
        return true;
    for (; scope; scope = scope->outer)
        if (scope->levels && str_is(text, "LEVEL"))
            return true;
    return false;
}

static struct meaning bare_meaning(struct columns *c, struct scope *scope, sym_t name)
{
    struct meaning m = {.scope = scope};
    uint32_t column;
    for (uint32_t i = c->lambdas.n; i-- > 0;)
        if (c->lambdas.at[i] == name) {
            m.kind = MEANS_LAMBDA;
            return m;
        }
    for (struct scope *at = scope; at; at = at->outer) {
        if (at->output && shape_find(c, at->output, name, &column)) {
            m.kind = at == scope ? MEANS_ALIAS : MEANS_OUTER;
            return m;
        }
        m = among_items(c, at, name);
        if (m.kind == MEANS_NOTHING && alias_in_reach(at, name))
            m.kind = MEANS_ALIAS;
        if (m.kind == MEANS_NOTHING)
            continue;
        if (at != scope && m.kind != MEANS_MANY)
            m.kind = MEANS_OUTER;
        return m;
    }
    m.kind = is_pseudo(c, scope, name) ? MEANS_OPEN : MEANS_NOTHING;
    m.scope = scope;
    return m;
}

static bool schema_fits(const struct columns *c, const struct from_item *item, sym_t schema)
{
    const struct model *model = c->r->model;
    if (schema == 0)
        return true;
    if (item->aliased || item->object == 0)
        return false;
    if (item->relation == MODEL_NONE || model->relations.at[item->relation].layer == MODEL_NONE)
        return true;
    const struct layer *layer = &model->layers.at[model->relations.at[item->relation].layer];
    return layer->name == schema || layer->schema == schema;
}

uint32_t scope_item(const struct columns *c, const struct scope *scope, sym_t schema, sym_t name)
{
    for (uint32_t i = 0; i < scope->items.n; i++)
        if (scope->items.at[i].name == name && schema_fits(c, &scope->items.at[i], schema))
            return i;
    return MODEL_NONE;
}

struct meaning scope_meaning(struct columns *c, struct scope *scope, node_t node)
{
    sym_t name = tree_at(c->tree, node)->sym, qualifier = 0, schema = 0;
    struct meaning m = {.scope = scope};
    TREE_EACH(c->tree, node, part)
    {
        schema = qualifier;
        qualifier = tree_at(c->tree, part)->sym;
    }
    if (qualifier == 0)
        return bare_meaning(c, scope, name);
    for (uint32_t i = c->lambdas.n; i-- > 0;)
        if (c->lambdas.at[i] == qualifier) {
            m.kind = MEANS_LAMBDA;
            return m;
        }
    for (struct scope *at = scope; at; at = at->outer) {
        m.item = scope_item(c, at, schema, qualifier);
        if (m.item == MODEL_NONE)
            continue;
        struct shape *shape = at->items.at[m.item].shape;
        m.scope = at;
        if (shape_find(c, shape, name, &m.column)) {
            m.other = m.item;
            m.kind = m.column & SHAPE_TWICE && !shape->open ? MEANS_MANY
                     : at != scope                          ? MEANS_OUTER
                                                            : MEANS_COLUMN;
            m.column &= ~SHAPE_TWICE;
        } else {
            m.kind = shape->open || is_pseudo(c, at, name) ? MEANS_OPEN : MEANS_NO_COLUMN;
        }
        return m;
    }
    m.kind = is_pseudo(c, scope, name) ? MEANS_OPEN : MEANS_NO_ITEM;
    return m;
}

/* ----------------------------------------------------------------------------------------- reports
 */

static void label_item(struct columns *c, struct diag *d, const struct from_item *item,
                       const char *has)
{
    if (item->relation == MODEL_NONE) {
        diag_label(&c->ctx->diags, d, tree_span(c->tree, item->node), "%s", has);
        return;
    }
    diag_label(&c->ctx->diags, d, tree_span(c->tree, item->node), "`%s` %s",
               c->r->model->relations.at[item->relation].shown, has);
}

static void offer_shape(struct columns *c, struct suggest *near, const struct shape *shape)
{
    for (uint32_t i = 0; i < shape->n; i++)
        if (shape->at[i].name)
            suggest_offer(near, sym_text(&c->ctx->names, shape->at[i].name));
}

/* False when no name is near enough. */
static bool suggest_fix(struct columns *c, struct diag *d, struct suggest *near, struct span span)
{
    if (near->best.n == 0)
        return false;
    const char *best = shown_name(c->ctx, sym_find(&c->ctx->names, near->best));
    diag_help(&c->ctx->diags, d, "did you mean `%s`", best);
    diag_fix(&c->ctx->diags, d, DIAG_FIX_UNSAFE, "use the name that exists", span, best);
    return true;
}

/* A few names, when nothing is near: the reader looks for the one that was meant. */
static void list_columns(struct columns *c, struct diag *d, const struct shape *shape)
{
    enum { LISTED = 8 };
    struct buf list = {0};
    for (uint32_t i = 0; i < shape->n && i < LISTED; i++)
        if (shape->at[i].name)
            buf_printf(&list, "%s`%s`", list.n ? ", " : "", shown_name(c->ctx, shape->at[i].name));
    if (list.n)
        diag_note(&c->ctx->diags, d, "it has %s%s", list.p, shape->n > LISTED ? " and others" : "");
    buf_fini(&list);
}

static void list_items(struct columns *c, struct diag *d, const struct scope *scope)
{
    struct buf list = {0};
    for (const struct scope *at = scope; at; at = at->outer)
        for (uint32_t i = 0; i < at->items.n && i < 8; i++)
            if (at->items.at[i].name)
                buf_printf(&list, "%s`%s`", list.n ? ", " : "",
                           shown_name(c->ctx, at->items.at[i].name));
    if (list.n)
        diag_note(&c->ctx->diags, d, "in reach: %s", list.p);
    buf_fini(&list);
}

void report_no_column(struct columns *c, struct span span, sym_t name, struct shape *shape,
                      const struct from_item *item)
{
    struct suggest near = suggest_begin(sym_text(&c->ctx->names, name));
    const char *shown = shown_name(c->ctx, name);
    struct diag *d;
    offer_shape(c, &near, shape);
    if (item && item->relation != MODEL_NONE)
        d = diag_add(&c->ctx->diags, diag_rule("DT103"), span, "`%s` has no column `%s`",
                     c->r->model->relations.at[item->relation].shown, shown);
    else if (item && item->name)
        d = diag_add(&c->ctx->diags, diag_rule("DT103"), span, "`%s` has no column `%s`",
                     shown_name(c->ctx, item->name), shown);
    else
        d = diag_add(&c->ctx->diags, diag_rule("DT103"), span, "there is no column `%s`", shown);
    if (!suggest_fix(c, d, &near, span))
        list_columns(c, d, shape);
}

/* An alias is known to the items after it. */
static bool report_own_alias(struct columns *c, struct scope *scope, node_t node)
{
    uint32_t first;
    sym_t name = tree_at(c->tree, node)->sym;
    if (!map_get(&scope->alias_index, name, &first))
        return false;
    struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT103"), tree_span(c->tree, node),
                              "an alias, used before it is known");
    diag_help(&c->ctx->diags, d, "an alias is known in the items after its own");
    return true;
}

static void report_nothing(struct columns *c, struct scope *scope, node_t node)
{
    sym_t name = tree_at(c->tree, node)->sym;
    struct span span = tree_span(c->tree, node);
    struct suggest near = suggest_begin(sym_text(&c->ctx->names, name));
    struct diag *d;
    if (report_own_alias(c, scope, node))
        return;
    if (scope->items.n == 1 && !scope->outer && scope->items.at[0].relation != MODEL_NONE) {
        report_no_column(c, span, name, scope->items.at[0].shape, &scope->items.at[0]);
        return;
    }
    d = diag_add(&c->ctx->diags, diag_rule("DT103"), span, "nothing here has a column `%s`",
                 shown_name(c->ctx, name));
    for (struct scope *at = scope; at; at = at->outer) {
        for (uint32_t i = 0; i < at->items.n; i++)
            offer_shape(c, &near, at->items.at[i].shape);
        for (uint32_t i = 0; i < at->aliases.n; i++)
            if (at->aliases.at[i].item < at->alias_limit)
                suggest_offer(&near, sym_text(&c->ctx->names, at->aliases.at[i].name));
    }
    suggest_fix(c, d, &near, span);
}

void report_no_item(struct columns *c, struct scope *scope, node_t qualifier)
{
    sym_t name = tree_at(c->tree, qualifier)->sym;
    struct suggest near = suggest_begin(sym_text(&c->ctx->names, name));
    struct span span = tree_span(c->tree, qualifier);
    struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT105"), span,
                              "nothing is called `%s` here", shown_name(c->ctx, name));
    for (struct scope *at = scope; at; at = at->outer)
        for (uint32_t i = 0; i < at->items.n; i++) {
            const struct from_item *item = &at->items.at[i];
            sym_t own = item->object ? tree_at(c->tree, item->object)->sym : 0;
            if (item->aliased && own == name) {
                diag_label(&c->ctx->diags, d, tree_span(c->tree, item->node),
                           "the alias takes the place of the name");
                diag_help(&c->ctx->diags, d, "write `%s`", shown_name(c->ctx, item->name));
                return;
            }
            if (item->name)
                suggest_offer(&near, sym_text(&c->ctx->names, item->name));
        }
    if (!suggest_fix(c, d, &near, span))
        list_items(c, d, scope);
}

static node_t qualifier_of(const struct tree *tree, node_t column)
{
    node_t qualifier = tree_first(tree, column);
    while (tree_next(tree, qualifier))
        qualifier = tree_next(tree, qualifier);
    return qualifier;
}

static void report_many(struct columns *c, const struct meaning *m, node_t node)
{
    struct scope *scope = m->scope;
    const struct from_item *first = &scope->items.at[m->item];
    struct diag *d =
        diag_add(&c->ctx->diags, diag_rule("DT104"), tree_span(c->tree, node),
                 m->item == m->other ? "two columns have this name" : "it could be either");
    if (m->item == m->other) {
        label_item(c, d, first, "has it twice");
        return;
    }
    label_item(c, d, first, "has it");
    label_item(c, d, &scope->items.at[m->other], "has it too");
    if (first->name)
        diag_help(&c->ctx->diags, d, "say which: `%s.%s`", shown_name(c->ctx, first->name),
                  shown_name(c->ctx, tree_at(c->tree, node)->sym));
}

/* The same slip again in one query is not news. */
static bool told_before(struct columns *c, sym_t name)
{
    for (uint32_t i = 0; i < c->reported.n; i++)
        if (c->reported.at[i] == name)
            return true;
    *VEC_PUSH(&c->reported) = name;
    return false;
}

static bool is_fine(enum meaning_kind kind)
{
    return kind != MEANS_NOTHING && kind != MEANS_NO_ITEM && kind != MEANS_MANY &&
           kind != MEANS_NO_COLUMN;
}

struct meaning scope_resolve(struct columns *c, struct scope *scope, node_t node)
{
    struct meaning m = scope_meaning(c, scope, node);
    if (is_fine(m.kind))
        return m;
    c->failures++;
    c->r->model->relations.at[c->relation].poisoned = true;
    node_t teller = m.kind == MEANS_NO_ITEM ? qualifier_of(c->tree, node) : node;
    if (told_before(c, tree_at(c->tree, teller)->sym))
        return m;
    if (m.kind == MEANS_NOTHING)
        report_nothing(c, scope, node);
    else if (m.kind == MEANS_NO_ITEM)
        report_no_item(c, scope, teller);
    else if (m.kind == MEANS_MANY)
        report_many(c, &m, node);
    else
        report_no_column(c, last_part(c->ctx, c->tree, node), tree_at(c->tree, node)->sym,
                         m.scope->items.at[m.item].shape, &m.scope->items.at[m.item]);
    return m;
}
