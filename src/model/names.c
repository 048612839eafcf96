/* names.c - which relation a written name means.
 *
 * One part: the only layer that has it. Two parts: layer and name, or schema and name. Three parts:
 * a database of this project, a schema, a name. What names a foreign database, or a schema that is
 * no layer, is outside: it is read as it is, with columns that nobody knows. In scripts a schema is
 * looked for before a layer, an unqualified name first beside its reader, and nothing is an error:
 * the account may know it. */
#include "model/resolve.h"

#include "base/limits.h"
#include "diag/suggest.h"

struct lookup {
    struct resolver *r;
    uint32_t file;
    const struct tree *tree;
    node_t object;
    bool script, quiet;
    uint32_t reader;
    sym_t name, schema, database;
    node_t schema_node;
    uint32_t parts;
};

static bool is_ours(const struct resolver *r, sym_t database)
{
    for (uint32_t i = 0; i < r->databases.n; i++)
        if (r->databases.at[i] == database)
            return true;
    return false;
}

/* Somebody's slip in a declaration was reported: its readers would only repeat it. */
static bool has_poisoned_namesake(const struct lookup *l)
{
    uint32_t i = MODEL_NONE;
    map_get(&l->r->same_name, l->name, &i);
    for (; i != MODEL_NONE; i = l->r->next_same.at[i]) {
        const struct relation *relation = &l->r->model->relations.at[i];
        if (relation->layer == MODEL_NONE || !l->r->model->layers.at[relation->layer].declared)
            if (relation->poisoned)
                return true;
    }
    return false;
}

/* --------------------------------------------------------------------------------------- messages
 */

static const char *written(const struct lookup *l)
{
    return node_text(l->r->ctx, l->tree, l->object);
}

static void offer_relations(const struct lookup *l, struct suggest *near, uint32_t layer)
{
    const struct model *model = l->r->model;
    if (l->r->ctx->diags.counts[SEVERITY_ERROR] > LIMIT_SUGGESTED_ERRORS)
        return;
    for (uint32_t i = 0; i < model->relations.n; i++)
        if (model->relations.at[i].name &&
            (layer == MODEL_NONE || model->relations.at[i].layer == layer))
            suggest_offer(near, sym_text(&l->r->ctx->names, model->relations.at[i].name));
}

static void report_missing(const struct lookup *l, uint32_t layer)
{
    struct resolver *r = l->r;
    struct diag_sink *diags = &r->ctx->diags;
    struct suggest near = suggest_begin(sym_text(&r->ctx->names, l->name));
    uint32_t other = MODEL_NONE;
    map_get(&r->same_name, l->name, &other);
    struct span span = tree_span(l->tree, l->object);
    struct diag *d;
    if (layer == MODEL_NONE)
        d = diag_add(diags, diag_rule("DT101"), span, "no layer has `%s`", written(l));
    else
        d = diag_add(diags, diag_rule("DT101"), span, "layer `%s` has no `%s`",
                     shown_name(r->ctx, r->model->layers.at[layer].name),
                     shown_name(r->ctx, l->name));
    if (other != MODEL_NONE && layer != MODEL_NONE) {
        const char *shown = r->model->relations.at[other].shown;
        diag_help(diags, d, "did you mean `%s`", shown);
        diag_fix(diags, d, DIAG_FIX_UNSAFE, "read the relation of that name", span, shown);
        return;
    }
    offer_relations(l, &near, layer);
    if (near.best.n == 0) {
        diag_help(diags, d, "declare it as a `source` when it exists already");
        return;
    }
    const char *best = shown_name(r->ctx, sym_find(&r->ctx->names, near.best));
    diag_help(diags, d, "did you mean `%s`", best);
    diag_fix(diags, d, DIAG_FIX_UNSAFE, "read the relation of that name",
             last_part(r->ctx, l->tree, l->object), best);
}

static void report_ambiguous(const struct lookup *l)
{
    struct resolver *r = l->r;
    uint32_t i = MODEL_NONE;
    struct diag *d = diag_add(&r->ctx->diags, diag_rule("DT102"), tree_span(l->tree, l->object),
                              "`%s` could be several", written(l));
    map_get(&r->same_name, l->name, &i);
    for (; i != MODEL_NONE; i = r->next_same.at[i]) {
        const struct relation *relation = &r->model->relations.at[i];
        diag_label(&r->ctx->diags, d, model_span(r->model, relation->file, relation->name_node),
                   "`%s`", relation->shown);
    }
    diag_help(&r->ctx->diags, d, "put the layer in front of the name");
}

/* `slver.orders`: no layer, but nearly one, and that one has the relation. */
static bool report_layer_slip(const struct lookup *l)
{
    struct resolver *r = l->r;
    const struct model *model = r->model;
    uint32_t ignored;
    struct suggest near = suggest_begin(sym_text(&r->ctx->names, l->schema));
    for (uint32_t i = 0; i < model->layers.n; i++)
        if (map_get(&model->by_name, map_key2(i, l->name), &ignored))
            suggest_offer(&near, sym_text(&r->ctx->names, model->layers.at[i].name));
    if (near.best.n == 0)
        return false;
    struct span span = tree_span(l->tree, l->schema_node);
    const char *best = shown_name(r->ctx, sym_find(&r->ctx->names, near.best));
    struct diag *d = diag_add(&r->ctx->diags, diag_rule("DT107"), span, "no layer `%s`",
                              shown_name(r->ctx, l->schema));
    diag_help(&r->ctx->diags, d, "did you mean `%s`", best);
    diag_fix(&r->ctx->diags, d, DIAG_FIX_UNSAFE, "use the layer that has it", span, best);
    return true;
}

static enum found outside(const struct lookup *l)
{
    struct resolver *r = l->r;
    struct str schema = sym_text(&r->ctx->names, l->schema);
    if (l->quiet || l->script || str_is(schema, "INFORMATION_SCHEMA") ||
        str_is(schema, "ACCOUNT_USAGE"))
        return FOUND_OUTSIDE;
    diag_add(&r->ctx->diags, diag_rule("DT121"), tree_span(l->tree, l->object),
             l->parts > 2 ? "database `%s` is not this project's" : "no layer lives in `%s`",
             shown_name(r->ctx, l->parts > 2 ? l->database : l->schema));
    return FOUND_OUTSIDE;
}

/* --------------------------------------------------------------------------------------- looking
 * up */

static enum found missing(const struct lookup *l, uint32_t layer)
{
    if (l->script)
        return FOUND_OUTSIDE;
    if (!l->quiet && !has_poisoned_namesake(l))
        report_missing(l, layer);
    return FOUND_NOTHING;
}

static enum found find_in_layer(const struct lookup *l, uint32_t layer, uint32_t *relation)
{
    if (map_get(&l->r->model->by_name, map_key2(layer, l->name), relation))
        return FOUND;
    if (layer != MODEL_NONE && !l->r->model->layers.at[layer].declared)
        return l->script ? FOUND_OUTSIDE : FOUND_NOTHING;
    return missing(l, layer);
}

static enum found find_bare(const struct lookup *l, uint32_t *relation)
{
    struct resolver *r = l->r;
    uint32_t first = MODEL_NONE;
    if (l->script && l->reader != MODEL_NONE) {
        uint32_t layer = r->model->relations.at[l->reader].layer;
        if (map_get(&r->model->by_name, map_key2(layer, l->name), relation))
            return FOUND;
    }
    map_get(&r->same_name, l->name, &first);
    if (first == MODEL_NONE)
        return missing(l, MODEL_NONE);
    if (r->next_same.at[first] != MODEL_NONE) {
        if (l->script)
            return FOUND_OUTSIDE;
        if (!l->quiet)
            report_ambiguous(l);
        return FOUND_NOTHING;
    }
    *relation = first;
    return FOUND;
}

static enum found find_qualified(const struct lookup *l, uint32_t *relation)
{
    const struct model *model = l->r->model;
    if (l->parts > 3 || (l->parts == 3 && !is_ours(l->r, l->database)))
        return outside(l);
    uint32_t by_schema = layer_of_schema(model, l->database, l->schema);
    uint32_t by_name = layer_find(model, l->schema);
    uint32_t layer = l->script || by_name == MODEL_NONE ? by_schema : by_name;
    layer = layer == MODEL_NONE ? by_name : layer;
    if (layer != MODEL_NONE)
        return find_in_layer(l, layer, relation);
    if (!l->script && !l->quiet && report_layer_slip(l))
        return FOUND_NOTHING;
    return outside(l);
}

enum found relation_lookup(struct resolver *r, uint32_t file, node_t object, uint32_t reader,
                           bool quiet, uint32_t *relation)
{
    struct lookup l = {
        .r = r,
        .file = file,
        .tree = model_tree(r->model, file),
        .object = object,
        .script = r->model->files.at[file].script,
        .quiet = quiet,
        .reader = reader,
        .parts = 1,
    };
    l.name = tree_at(l.tree, object)->sym;
    TREE_EACH(l.tree, object, child)
    {
        if (tree_kind(l.tree, child) != NODE_NAME)
            continue;
        l.database = l.schema;
        l.schema_node = child;
        l.schema = tree_at(l.tree, child)->sym;
        l.parts++;
    }
    *relation = MODEL_NONE;
    return l.parts == 1 ? find_bare(&l, relation) : find_qualified(&l, relation);
}
