/* applied.c - is a dynamic table on the target as the source declares it?
 *
 * The catalogue keeps a hash of each query in normal form; a query that was edited since the last
 * apply has another one. */
#include "emit/desired.h"
#include "run/refresh.h"

struct applied {
    struct str name, hash; /* in the arena */
};

static enum target_status read_applied(struct run *run, struct applied **out, uint32_t *n)
{
    static const char sql[] = "select name, coalesce(query_hash, '') from _dtc.objects";
    VEC(struct applied) rows = {0};
    struct engine_result *result;
    enum target_status status = TARGET_OK;
    if (engine_query(run->engine, str_from(sql), &result) != ENGINE_OK)
        return engine_report(run->ctx, run->engine, run->path, SPAN_NONE,
                             "database has no catalogue of dtc");
    while (engine_next(result)) {
        struct applied *row = VEC_PUSH(&rows);
        row->name = arena_str(&run->ctx->arena, engine_value(result, 0).text);
        row->hash = arena_str(&run->ctx->arena, engine_value(result, 1).text);
    }
    if (engine_done(result) != ENGINE_OK)
        status = engine_report(run->ctx, run->engine, run->path, SPAN_NONE, NULL);
    *out = ARENA_ARRAY(&run->ctx->arena, struct applied, rows.n + 1);
    if (rows.n)
        memcpy(*out, rows.at, rows.n * sizeof *rows.at);
    *n = rows.n;
    VEC_FINI(&rows);
    return status;
}

static bool is_applied(const struct applied *at, uint32_t n, const struct desired_object *object)
{
    for (uint32_t i = 0; i < n; i++) {
        if (str_is(at[i].name, object->name))
            return object->query_hash && str_is(at[i].hash, object->query_hash);
    }
    return false;
}

enum target_status refresh_applied(struct run *run, const bool *chosen)
{
    struct desired desired = {0};
    struct applied *applied = NULL;
    struct diag *d = NULL;
    uint32_t n = 0;
    enum target_status status = read_applied(run, &applied, &n);
    if (status != TARGET_OK)
        return status;
    emit_desired(&desired, run->graph, &dialect_duckdb, true);
    for (uint32_t i = 0; i < desired.objects.n; i++) {
        const struct desired_object *object = &desired.objects.at[i];
        const struct relation *r = model_relation(run->model, object->relation);
        if (r->kind != RELATION_DYNAMIC_TABLE || (chosen && !chosen[object->relation]) ||
            is_applied(applied, n, object))
            continue;
        d = diag_add(&run->ctx->diags, diag_rule("DT041"), object->span,
                     "`%s` is not as it was applied", r->shown);
        status = TARGET_ENVIRONMENT;
    }
    if (d)
        diag_help(&run->ctx->diags, d, "`dtc plan` shows the difference, `dtc apply` ends it");
    desired_fini(&desired);
    return status;
}
