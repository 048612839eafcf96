/* apply.c - runs a plan on the embedded engine, in one transaction: wholly or not at all.
 *
 * Owns: opening the database as a target, the transaction, what a refused statement is told as.
 * Does not own: which statements there are (prepare.c). The idea: a dry run walks the same way and
 * takes it back instead of committing. A file that this run made and nothing was applied to is
 * removed again. */
#include "base/fs.h"
#include "target/duckdb/catalog.h"
#include "target/duckdb/plans.h"
#include "target/duckdb/report.h"

static enum target_status failed(struct target *target, const struct action *action)
{
    struct duckdb_state *state = target->state;
    const struct engine_error *error = engine_error(state->engine);
    struct span span = action ? action->span : SPAN_NONE;
    const char *what = NULL;
    if (action && error->status == ENGINE_FAILED && str_starts(error->message, "expectation `")) {
        diag_add(&target->ctx->diags, diag_rule("DT029"), span, "%" STR_F, STR_A(error->message));
        return TARGET_FINDINGS;
    }
    if (action)
        what = arena_printf(&target->ctx->arena, "`%s` could not be applied%s%s%s", action->shown,
                            action->source ? " (" : "", action->source ? action->source : "",
                            action->source ? ")" : "");
    return engine_report(target->ctx, state->engine, state->path, span, what);
}

static enum target_status run_all(struct target *target, const struct action *action,
                                  const char *const *texts, uint32_t n)
{
    struct duckdb_state *state = target->state;
    for (uint32_t i = 0; i < n; i++) {
        if (engine_run(state->engine, str_from(texts[i])) != ENGINE_OK)
            return failed(target, action);
    }
    return TARGET_OK;
}

static enum target_status run_action(struct target *target, const struct action *action)
{
    enum target_status status;
    if (target->listener && action->kind != ACTION_NONE)
        target->listener(target->listener_data, action);
    status = run_all(target, action, action->statements.at, action->statements.n);
    if (status == TARGET_OK)
        status = run_all(target, action, action->records.at, action->records.n);
    return status;
}

/* What goes must be gone before what comes in its place: drops are last in the plan and run so,
 * except that nothing of ours is in the way of another object of ours. */
static enum target_status run_plan(struct target *target, const struct plan *plan)
{
    struct duckdb_state *state = target->state;
    enum target_status status = TARGET_OK;
    if (catalog_create(state->engine) != ENGINE_OK)
        return failed(target, NULL);
    for (uint32_t i = 0; status == TARGET_OK && i < plan->actions.n; i++)
        status = run_action(target, &plan->actions.at[i]);
    return status;
}

enum target_status duckdb_apply(struct target *target, const struct plan *plan, bool dry_run)
{
    struct duckdb_state *state = target->state;
    enum target_status status;
    if (engine_begin(state->engine) != ENGINE_OK)
        return failed(target, NULL);
    status = run_plan(target, plan);
    if (status != TARGET_OK || dry_run) {
        engine_rollback(state->engine);
        return status;
    }
    if (engine_commit(state->engine) != ENGINE_OK)
        return failed(target, NULL);
    state->applied = true;
    return TARGET_OK;
}

static void duckdb_close(struct target *target)
{
    struct duckdb_state *state = target->state;
    if (!state)
        return;
    engine_close(state->engine);
    if (state->created && !state->applied) {
        int error = fs_remove(state->path);
        error += fs_remove(arena_printf(&target->ctx->arena, "%s.wal", state->path));
        (void)error; /* what is left is an empty database */
    }
    target->state = NULL;
}

static const struct target_ops duckdb_ops = {
    .name = "duckdb",
    .observe = duckdb_observe,
    .prepare = duckdb_prepare,
    .apply = duckdb_apply,
    .close = duckdb_close,
};

enum target_status duckdb_target_open(struct target *target, struct dtc *ctx,
                                      const struct model *model,
                                      const struct duckdb_target_options *options)
{
    struct duckdb_state *state = ARENA_NEW(&ctx->arena, struct duckdb_state);
    bool exists = options->path && fs_stat(options->path) != FS_MISSING;
    struct engine_options engine = {.path = options->path, .read_only = !options->write && exists};
    enum target_status status;
    *target = (struct target){.ops = &duckdb_ops, .ctx = ctx, .model = model, .state = state};
    state->path = options->path;
    if (!exists && !options->write)
        return TARGET_OK; /* nothing is there, and looking at it must not make it */
    status = engine_open_reported(ctx, &engine, &state->engine);
    state->created = status == TARGET_OK && !exists && options->path;
    if (status == TARGET_OK && options->stop)
        engine_watch(state->engine, options->stop, NULL, NULL);
    return status;
}
