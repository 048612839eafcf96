/* resolve.c - from parsed files to the model: one line for each pass. */
#include "model/resolve.h"

static void resolver_fini(struct resolver *r)
{
    map_fini(&r->same_name);
    map_fini(&r->params);
    VEC_FINI(&r->next_same);
    VEC_FINI(&r->unresolved);
    VEC_FINI(&r->layers);
    VEC_FINI(&r->databases);
}

void model_resolve(struct model *model, const struct model_options *options)
{
    struct resolver r = {.ctx = model->ctx, .model = model, .options = options};
    map_init(&r.same_name);
    map_init(&r.params);
    declare_all(&r);
    params_all(&r);
    settings_all(&r);
    refs_all(&r);
    columns_all(&r);
    model->types = ARENA_NEW(&model->ctx->arena, struct types *);
    resolver_fini(&r);
}
