/* declare_frame.c - the pipeline block, layers, environments, parameters: the frame of a project.
 *
 * Owns the ranks of layers. bronze, silver and gold exist by default, in that order; a project that
 * declares another layer is ordered by its declarations, and a default layer that it does not
 * declare stays before the default layers that follow it. */
#include "base/fs.h"
#include "diag/suggest.h"
#include "model/resolve.h"

static const char *const default_layers[] = {"BRONZE", "SILVER", "GOLD"};

enum { DEFAULTS = sizeof default_layers / sizeof *default_layers };

void collect_clauses(struct resolver *r, uint32_t file, node_t decl, struct clauses *out)
{
    const struct tree *tree = model_tree(r->model, file);
    *out = (struct clauses){.file = file};
    TREE_EACH(tree, decl, child)
    {
        enum node_kind kind = tree_kind(tree, child);
        if (kind == NODE_LAG && tree_flag(tree, child, FLAG_AT_LEAST))
            out->floor = out->floor ? out->floor : child;
        else if (out->at[kind] == 0)
            out->at[kind] = child;
    }
}

static void report_twice(struct resolver *r, const char *code, struct span span, struct span first,
                         const char *what)
{
    struct diag *d = diag_add(&r->ctx->diags, diag_rule(code), span, "%s again", what);
    diag_label(&r->ctx->diags, d, first, "first defined here");
}

/* ------------------------------------------------------------------------------------------ layers
 */

uint32_t layer_find(const struct model *model, sym_t name)
{
    for (uint32_t i = 0; i < model->layers.n; i++)
        if (model->layers.at[i].name == name)
            return i;
    return MODEL_NONE;
}

uint32_t layer_of_schema(const struct model *model, sym_t database, sym_t schema)
{
    for (uint32_t i = 0; i < model->layers.n; i++) {
        const struct layer *layer = &model->layers.at[i];
        sym_t own = layer->database ? layer->database : model->database;
        if (layer->schema == schema && (!database || !own || own == database))
            return i;
    }
    return MODEL_NONE;
}

static uint32_t add_layer(struct resolver *r, struct layer layer, const struct clauses *clauses)
{
    *VEC_PUSH(&r->model->layers) = layer;
    *VEC_PUSH(&r->layers) = clauses ? *clauses : (struct clauses){0};
    return r->model->layers.n - 1;
}

uint32_t layer_infer(struct resolver *r, sym_t database, sym_t name)
{
    struct layer layer = {.name = name, .rank = MODEL_NONE, .schema = name, .database = database};
    if (database)
        *VEC_PUSH(&r->databases) = database;
    return add_layer(r, layer, NULL);
}

static void declare_layer(struct resolver *r, struct node_ref at)
{
    const struct tree *tree = model_tree(r->model, at.file);
    sym_t name = tree_at(tree, at.node)->sym;
    uint32_t known = layer_find(r->model, name);
    if (known != MODEL_NONE) {
        struct node_ref first = r->model->layers.at[known].decl;
        report_twice(
            r, "DT106", head_span(r->ctx, tree, at.node),
            head_span(r->ctx, model_tree(r->model, first.file), first.node),
            arena_printf(&r->ctx->arena, "layer `%s`", spelled_after_word(r->ctx, tree, at.node)));
        return;
    }
    struct clauses clauses;
    collect_clauses(r, at.file, at.node, &clauses);
    node_t schema = clauses.at[NODE_SCHEMA], database = clauses.at[NODE_DATABASE];
    struct layer layer = {
        .name = name,
        .decl = at,
        .schema = schema ? tree_at(tree, schema)->sym : name,
        .database = database ? tree_at(tree, database)->sym : 0,
        .declared = true,
    };
    add_layer(r, layer, &clauses);
}

static int default_of(const struct resolver *r, sym_t name)
{
    struct str text = sym_text(&r->ctx->names, name);
    for (int i = 0; i < DEFAULTS; i++)
        if (str_is(text, default_layers[i]))
            return i;
    return -1;
}

static bool only_defaults(const struct resolver *r)
{
    for (uint32_t i = 0; i < r->model->layers.n; i++)
        if (default_of(r, r->model->layers.at[i].name) < 0)
            return false;
    return true;
}

/* A default layer that is not declared stands right before the first declared default that follows
 * it in the default order, else right behind the one that precedes it, else last. */
static void insert_default(struct resolver *r, int which)
{
    struct model *model = r->model;
    uint32_t place = MODEL_NONE, behind = model->layers.n;
    for (uint32_t i = 0; i < model->layers.n; i++) {
        int other = default_of(r, model->layers.at[i].name);
        if (other > which && place == MODEL_NONE)
            place = i;
        if (other >= 0 && other < which)
            behind = i + 1;
    }
    place = place == MODEL_NONE ? behind : place;
    sym_t name = sym_intern(&r->ctx->names, str_from(default_layers[which]));
    add_layer(r, (struct layer){.name = name, .schema = name, .declared = true}, NULL);
    for (uint32_t i = model->layers.n - 1; i > place; i--) {
        struct layer layer = model->layers.at[i];
        struct clauses clauses = r->layers.at[i];
        model->layers.at[i] = model->layers.at[i - 1];
        model->layers.at[i - 1] = layer;
        r->layers.at[i] = r->layers.at[i - 1];
        r->layers.at[i - 1] = clauses;
    }
}

static void finish_layers(struct resolver *r, bool any_dtl)
{
    struct model *model = r->model;
    bool plain = only_defaults(r);
    for (int i = 0; i < DEFAULTS && any_dtl; i++)
        if (layer_find(model, sym_intern(&r->ctx->names, str_from(default_layers[i]))) ==
            MODEL_NONE)
            insert_default(r, i);
    for (uint32_t i = 0; i < model->layers.n; i++)
        model->layers.at[i].rank = plain ? (uint32_t)default_of(r, model->layers.at[i].name) : i;
}

/* --------------------------------------------------------------------------- pipeline, env, param
 */

static void declare_pipeline(struct resolver *r, struct node_ref at)
{
    const struct tree *tree = model_tree(r->model, at.file);
    struct node_ref first = r->model->pipeline;
    if (first.node) {
        struct diag *d = diag_add(&r->ctx->diags, diag_rule("DT025"),
                                  head_span(r->ctx, tree, at.node), "the second pipeline");
        diag_label(&r->ctx->diags, d,
                   head_span(r->ctx, model_tree(r->model, first.file), first.node),
                   "the first one");
        return;
    }
    r->model->pipeline = at;
    r->model->name = spelled_after_word(r->ctx, tree, at.node);
    collect_clauses(r, at.file, at.node, &r->pipeline);
}

static void declare_env(struct resolver *r, struct node_ref at)
{
    struct model *model = r->model;
    const struct tree *tree = model_tree(model, at.file);
    sym_t name = tree_at(tree, at.node)->sym;
    for (uint32_t i = 0; i < model->envs.n; i++) {
        struct node_ref first = model->envs.at[i].decl;
        if (model->envs.at[i].name != name)
            continue;
        report_twice(r, "DT106", head_span(r->ctx, tree, at.node),
                     head_span(r->ctx, model_tree(model, first.file), first.node),
                     "this environment");
        return;
    }
    *VEC_PUSH(&model->envs) = (struct env){name, at};
}

static void declare_param(struct resolver *r, struct node_ref at)
{
    struct model *model = r->model;
    const struct tree *tree = model_tree(model, at.file);
    sym_t name = tree_at(tree, at.node)->sym;
    uint32_t known;
    if (map_get(&r->params, name, &known)) {
        struct node_ref first = model->params.at[known].decl;
        report_twice(r, "DT106", head_span(r->ctx, tree, at.node),
                     head_span(r->ctx, model_tree(model, first.file), first.node),
                     "this parameter");
        return;
    }
    map_set(&r->params, name, model->params.n);
    *VEC_PUSH(&model->params) = (struct param){.name = name, .decl = at};
}

static void add_database(struct resolver *r, uint32_t file, node_t clause)
{
    if (clause)
        *VEC_PUSH(&r->databases) = tree_at(model_tree(r->model, file), clause)->sym;
}

static void choose_env(struct resolver *r)
{
    struct model *model = r->model;
    for (uint32_t i = 0; i < model->envs.n; i++) {
        struct clauses clauses;
        collect_clauses(r, model->envs.at[i].decl.file, model->envs.at[i].decl.node, &clauses);
        add_database(r, clauses.file, clauses.at[NODE_DATABASE]);
    }
    if (!r->options || !r->options->env)
        return;
    struct suggest near = suggest_begin(str_from(r->options->env));
    for (uint32_t i = 0; i < model->envs.n; i++) {
        struct str name = sym_text(&r->ctx->names, model->envs.at[i].name);
        if (str_eq_nocase(name, near.wanted)) {
            model->env = i;
            collect_clauses(r, model->envs.at[i].decl.file, model->envs.at[i].decl.node, &r->env);
            return;
        }
        suggest_offer(&near, name);
    }
    struct diag *d =
        diag_add(&r->ctx->diags, diag_rule("DT108"), SPAN_NONE, "`%s`", r->options->env);
    if (near.best.n)
        diag_help(&r->ctx->diags, d, "did you mean `%s`",
                  shown_name(r->ctx, sym_find(&r->ctx->names, near.best)));
    else
        diag_note(&r->ctx->diags, d, "the project declares %u environments", model->envs.n);
}

void declare_frame(struct resolver *r)
{
    struct model *model = r->model;
    bool any_dtl = false;
    for (uint32_t f = 0; f < model->files.n; f++) {
        const struct tree *tree = model_tree(model, f);
        any_dtl |= !model->files.at[f].script;
        if (!tree->root)
            continue;
        TREE_EACH(tree, tree->root, decl)
        {
            enum node_kind kind = tree_kind(tree, decl);
            struct node_ref at = {f, decl};
            if (kind == NODE_PIPELINE)
                declare_pipeline(r, at);
            else if (kind == NODE_LAYER)
                declare_layer(r, at);
            else if (kind == NODE_ENV)
                declare_env(r, at);
            else if (kind == NODE_PARAM)
                declare_param(r, at);
        }
    }
    if (!model->name)
        model->name = fs_base(model->root);
    finish_layers(r, any_dtl);
    choose_env(r);
    add_database(r, r->pipeline.file, r->pipeline.at[NODE_DATABASE]);
    for (uint32_t i = 0; i < model->layers.n; i++)
        if (model->layers.at[i].database)
            *VEC_PUSH(&r->databases) = model->layers.at[i].database;
    const struct clauses *from = r->env.at[NODE_DATABASE] ? &r->env : &r->pipeline;
    if (from->at[NODE_DATABASE])
        model->database = tree_at(model_tree(model, from->file), from->at[NODE_DATABASE])->sym;
}
