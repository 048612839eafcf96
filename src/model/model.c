/* model.c - small questions about a model, and its end.
 *
 * Owns the words for kinds and origins, and finding a relation by a typed name. What the model
 * holds is made by load.c and resolve.c. */
#include "model/model.h"

static void free_relation(struct relation *relation)
{
    VEC_FINI(&relation->columns);
    VEC_FINI(&relation->refs);
    VEC_FINI(&relation->expects);
}

void model_fini(struct model *model)
{
    for (uint32_t i = 0; i < model->files.n; i++)
        tree_fini(&model->files.at[i].tree);
    for (uint32_t i = 0; i < model->relations.n; i++)
        free_relation(&model->relations.at[i]);
    VEC_FINI(&model->files);
    VEC_FINI(&model->layers);
    VEC_FINI(&model->relations);
    VEC_FINI(&model->params);
    VEC_FINI(&model->envs);
    VEC_FINI(&model->tests);
    map_fini(&model->by_name);
    map_fini(&model->targets);
    *model = (struct model){0};
}

struct span model_span(const struct model *model, uint32_t file, node_t node)
{
    return tree_span(&model->files.at[file].tree, node);
}

uint32_t model_target(const struct model *model, uint32_t file, node_t object)
{
    uint32_t relation = MODEL_NONE;
    map_get(&model->targets, map_key2(file, object), &relation);
    return relation;
}

/* "a.b" is a and b; dots inside quotes are part of the name, but nobody types those. */
static bool matches(struct str full, struct str name)
{
    if (full.n < name.n || !str_eq_nocase(str_make(full.p + full.n - name.n, name.n), name))
        return false;
    return full.n == name.n || full.p[full.n - name.n - 1] == '.';
}

/* "layer.name" in plain letters, without a look at every relation. */
static uint32_t find_plain(const struct model *model, struct str name)
{
    enum { LONGEST = 255 };
    char folded[LONGEST];
    size_t dot = 0, dots = 0;
    uint32_t relation = MODEL_NONE;
    if (name.n == 0 || name.n > sizeof folded)
        return MODEL_NONE;
    for (size_t i = 0; i < name.n; i++) {
        folded[i] = name.p[i] >= 'a' && name.p[i] <= 'z' ? (char)(name.p[i] & ~0x20) : name.p[i];
        if (name.p[i] == '.') {
            dot = i;
            dots++;
        }
    }
    if (dots != 1)
        return MODEL_NONE;
    const struct interner *names = &model->ctx->names;
    sym_t layer = sym_find(names, str_make(folded, dot));
    sym_t last = sym_find(names, str_make(folded + dot + 1, name.n - dot - 1));
    for (uint32_t i = 0; layer && last && i < model->layers.n; i++)
        if (model->layers.at[i].name == layer)
            map_get(&model->by_name, map_key2(i, last), &relation);
    return relation;
}

uint32_t model_find(const struct model *model, struct str name, bool *many)
{
    uint32_t plain = find_plain(model, name);
    if (many)
        *many = false;
    if (plain != MODEL_NONE)
        return plain;
    uint32_t found = MODEL_NONE, exact = MODEL_NONE;
    uint32_t n = 0;
    for (uint32_t i = 0; name.n && i < model->relations.n; i++) {
        const struct relation *relation = &model->relations.at[i];
        struct str shown = str_from(relation->shown), full = str_from(relation->full);
        if (!matches(shown, name) && !matches(full, name))
            continue;
        if (str_eq(shown, name) || str_eq(full, name))
            exact = i;
        found = found == MODEL_NONE ? i : found;
        n++;
    }
    if (many)
        *many = n > 1 && exact == MODEL_NONE;
    return exact != MODEL_NONE ? exact : n == 1 ? found : MODEL_NONE;
}

const char *relation_kind_words(enum relation_kind kind)
{
    static const char *const words[] = {
        [RELATION_DYNAMIC_TABLE] = "dynamic table",
        [RELATION_TABLE] = "table",
        [RELATION_STATIC_TABLE] = "static table",
        [RELATION_VIEW] = "view",
        [RELATION_SOURCE] = "source",
        [RELATION_STREAM] = "stream",
        [RELATION_TASK] = "task",
        [RELATION_ALERT] = "alert",
        [RELATION_PIPE] = "pipe",
        [RELATION_OTHER] = "statement",
    };
    return words[kind];
}

const char *relation_kind_key(enum relation_kind kind)
{
    /* the closed list of the machine interface */
    static const char *const keys[] = {
        [RELATION_DYNAMIC_TABLE] = "dynamic_table",
        [RELATION_TABLE] = "table",
        [RELATION_STATIC_TABLE] = "static_table",
        [RELATION_VIEW] = "view",
        [RELATION_SOURCE] = "source",
        [RELATION_STREAM] = "stream",
        [RELATION_TASK] = "task",
        [RELATION_ALERT] = "alert",
        [RELATION_PIPE] = "pipe",
        [RELATION_OTHER] = "other",
    };
    return keys[kind];
}

const char *origin_words(enum origin origin)
{
    static const char *const words[] = {
        [ORIGIN_NONE] = "default",         [ORIGIN_ENV] = "environment",
        [ORIGIN_RELATION] = "declaration", [ORIGIN_LAYER] = "layer",
        [ORIGIN_PIPELINE] = "pipeline",    [ORIGIN_FLOOR] = "floor",
    };
    return words[origin];
}

const char *refresh_mode_text(enum refresh_mode mode)
{
    static const char *const texts[] = {
        [REFRESH_AUTO] = "AUTO",
        [REFRESH_FULL] = "FULL",
        [REFRESH_INCREMENTAL] = "INCREMENTAL",
        [REFRESH_ADAPTIVE] = "ADAPTIVE",
    };
    return texts[mode];
}
