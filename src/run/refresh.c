/* refresh.c - recomputing dynamic tables, wholly: delete and insert in one transaction, so that a
 * reader sees the old rows or the new ones, and the declared form of the table stays.
 *
 * Expectations are judged on the new rows, in this order: `drop` takes rows out again and counts
 * them, `fail` rolls the refresh back, `warn` counts. A row breaks an expectation when its
 * condition is false; NULL passes, as with CHECK. */
#include "run/refresh.h"
#include "target/duckdb/catalog.h"

/* "(condition) is false" of an expectation, over the columns of its table. */
static enum target_status broken(struct buf *sql, struct run *run, const struct relation *r,
                                 const struct expect *expect)
{
    node_t at = 0;
    const char *why = NULL;
    buf_puts(sql, "not coalesce((");
    if (!dialect_duckdb.expression(sql, run->model, r->file, expect->condition, &at, &why))
        return run_refused(run, r->file, at, why);
    buf_puts(sql, "), true)");
    return TARGET_OK;
}

static const char *expect_name(struct run *run, const struct relation *r,
                               const struct expect *expect)
{
    return run_spelling(run->ctx, model_span(run->model, r->file, expect->node), expect->name);
}

/* Takes the rows out that break the expectation. */
static enum target_status drop_rows(struct run *run, uint32_t relation, const struct expect *expect,
                                    struct run_event *event)
{
    struct engine_result *result;
    struct buf sql;
    enum target_status status;
    buf_init(&sql);
    buf_puts(&sql, "delete from ");
    run_name(&sql, run, relation);
    buf_puts(&sql, " where ");
    status = broken(&sql, run, model_relation(run->model, relation), expect);
    if (status == TARGET_OK && engine_query(run->engine, buf_view(&sql), &result) != ENGINE_OK)
        status = run_failed(run, relation, "expectation could not be judged");
    else if (status == TARGET_OK) {
        int64_t rows = (int64_t)engine_changed(result);
        engine_done(result);
        if (rows)
            *VEC_PUSH(&event->dropped) = (struct run_counted){
                expect_name(run, model_relation(run->model, relation), expect), rows};
    }
    buf_fini(&sql);
    return status;
}

static enum target_status count_rows(struct run *run, uint32_t relation,
                                     const struct expect *expect, int64_t *rows)
{
    struct buf sql;
    enum target_status status;
    buf_init(&sql);
    buf_puts(&sql, "select count(*) from ");
    run_name(&sql, run, relation);
    buf_puts(&sql, " where ");
    status = broken(&sql, run, model_relation(run->model, relation), expect);
    if (status == TARGET_OK && engine_query_int(run->engine, buf_view(&sql), rows) != ENGINE_OK)
        status = run_failed(run, relation, "expectation could not be judged");
    buf_fini(&sql);
    return status;
}

static enum target_status judge_fail(struct run *run, uint32_t relation,
                                     const struct expect *expect, struct run_event *event)
{
    const struct relation *r = model_relation(run->model, relation);
    int64_t rows = 0;
    enum target_status status = count_rows(run, relation, expect, &rows);
    struct diag *d;
    if (status != TARGET_OK || rows == 0)
        return status;
    event->reason = arena_printf(&run->ctx->arena, "expectation `%s` is violated by %lld row%s",
                                 expect_name(run, model_relation(run->model, relation), expect),
                                 (long long)rows, rows == 1 ? "" : "s");
    d = diag_add(&run->ctx->diags, diag_rule("DT029"),
                 model_span(run->model, r->file, expect->node), "%lld row%s of `%s` %s it",
                 (long long)rows, rows == 1 ? "" : "s", r->shown,
                 rows == 1 ? "violates" : "violate");
    diag_note(&run->ctx->diags, d, "`%s` keeps the rows it had, and what reads it is not refreshed",
              r->shown);
    return TARGET_FINDINGS;
}

static enum target_status judge(struct run *run, uint32_t relation, enum expect_action action,
                                struct run_event *event)
{
    const struct relation *r = model_relation(run->model, relation);
    enum target_status status = TARGET_OK;
    for (uint32_t i = 0; status == TARGET_OK && i < r->expects.n; i++) {
        const struct expect *expect = &r->expects.at[i];
        int64_t rows = 0;
        if (expect->action != action)
            continue;
        switch (action) {
        case EXPECT_DROP:
            status = drop_rows(run, relation, expect, event);
            break;
        case EXPECT_FAIL:
            status = judge_fail(run, relation, expect, event);
            break;
        case EXPECT_WARN:
            status = count_rows(run, relation, expect, &rows);
            if (rows)
                *VEC_PUSH(&event->warned) = (struct run_counted){
                    expect_name(run, model_relation(run->model, relation), expect), rows};
            break;
        }
    }
    return status;
}

static enum target_status replace_rows(struct run *run, uint32_t relation, struct run_event *event)
{
    const struct relation *r = model_relation(run->model, relation);
    node_t at = 0;
    const char *why = NULL;
    struct buf sql;
    enum target_status status = TARGET_OK;
    buf_init(&sql);
    buf_puts(&sql, "delete from ");
    run_name(&sql, run, relation);
    if (engine_run(run->engine, buf_view(&sql)) != ENGINE_OK)
        status = run_failed(run, relation, "table could not be emptied");
    buf_clear(&sql);
    buf_puts(&sql, "insert into ");
    run_name(&sql, run, relation);
    buf_putc(&sql, '\n');
    if (status == TARGET_OK &&
        !dialect_duckdb.query(&sql, run->model, r->file, r->query, &at, &why)) {
        event->reason = why;
        status = run_refused(run, r->file, at, why);
    }
    if (status == TARGET_OK && engine_run(run->engine, buf_view(&sql)) != ENGINE_OK) {
        const char *kept = NULL;
        if (engine_error(run->engine)->status == ENGINE_INTERRUPTED)
            kept = arena_printf(&run->ctx->arena, "`%s` keeps the rows it had", r->shown);
        status = run_failed(run, relation, kept);
    }
    buf_fini(&sql);
    return status;
}

enum target_status refresh_fill(struct run *run, uint32_t relation, struct run_event *event)
{
    enum target_status status = replace_rows(run, relation, event);
    if (status == TARGET_OK)
        status = judge(run, relation, EXPECT_DROP, event);
    if (status == TARGET_OK)
        status = judge(run, relation, EXPECT_FAIL, event);
    if (status == TARGET_OK)
        status = judge(run, relation, EXPECT_WARN, event);
    return status;
}

static int64_t sum(const struct run_counted *at, uint32_t n)
{
    int64_t rows = 0;
    for (uint32_t i = 0; i < n; i++)
        rows += at[i].rows;
    return rows;
}

/* A line of the history. Nothing is said when it cannot be written: the refresh itself tells. */
static bool remember(struct run *run, const struct run_event *event, int64_t started)
{
    struct arena *arena = &run->ctx->arena;
    const struct relation *r = model_relation(run->model, event->relation);
    static const char *const statuses[] = {"ok", "failed", "skipped"};
    struct catalog_refresh row = {
        .name = str_from(r->shown),
        .started_at = str_from(clock_text(arena, started, false)),
        .ended_at = str_from(clock_text(arena, clock_now(&run->clock), false)),
        .rows = event->rows,
        .status = str_from(statuses[event->outcome]),
        .reason = str_from(event->reason ? event->reason : "refresh"),
        .warned = sum(event->warned.at, event->warned.n),
        .dropped = sum(event->dropped.at, event->dropped.n),
    };
    return catalog_add_refresh(run->engine, &row) == ENGINE_OK;
}

static enum target_status count_all(struct run *run, uint32_t relation, int64_t *rows)
{
    struct buf sql;
    enum target_status status = TARGET_OK;
    buf_init(&sql);
    buf_puts(&sql, "select count(*) from ");
    run_name(&sql, run, relation);
    if (engine_query_int(run->engine, buf_view(&sql), rows) != ENGINE_OK)
        status = run_failed(run, relation, NULL);
    buf_fini(&sql);
    return status;
}

static const char *why_failed(const struct run *run, enum target_status status)
{
    if (status == TARGET_INTERRUPTED)
        return "interrupted";
    if (engine_error(run->engine)->status == ENGINE_FAILED) {
        const char *text = engine_error(run->engine)->message.p;
        return arena_printf(&run->ctx->arena, "%.*s", (int)strcspn(text, "\n"), text);
    }
    return "a statement failed";
}

/* One table, one transaction: after it the table has its new rows, or the old ones untouched. */
static enum target_status refresh_one(struct run *run, uint32_t relation, struct run_event *event)
{
    int64_t started = clock_now(&run->clock), began = clock_elapsed();
    enum target_status status = TARGET_OK;
    *event = (struct run_event){.relation = relation, .rows = -1};
    run_begin(run, relation);
    if (engine_begin(run->engine) != ENGINE_OK)
        status = run_failed(run, relation, NULL);
    if (status == TARGET_OK)
        status = refresh_fill(run, relation, event);
    if (status == TARGET_OK)
        status = count_all(run, relation, &event->rows);
    if (status == TARGET_OK && !remember(run, event, started))
        status = run_failed(run, relation, "history could not be written");
    if (status == TARGET_OK && engine_commit(run->engine) != ENGINE_OK)
        status = run_failed(run, relation, "transaction could not be committed");
    if (status != TARGET_OK) {
        if (!event->reason)
            event->reason = why_failed(run, status);
        engine_rollback(run->engine);
        event->outcome = RUN_FAILED;
        event->rows = -1;
        engine_watch(run->engine, NULL, NULL, NULL);
        (void)remember(run, event, started);
    }
    event->elapsed_us = clock_elapsed() - began;
    run_end(run, event);
    VEC_FINI(&event->warned);
    VEC_FINI(&event->dropped);
    return status;
}

/* The first relation that keeps this one from being refreshed: an input that failed or was skipped.
 */
static uint32_t blocked_by(const struct run *run, const bool *blocked, uint32_t relation)
{
    const struct graph *graph = run->graph;
    for (uint32_t i = graph->in_first[relation]; i < graph->in_first[relation + 1]; i++) {
        const struct edge *edge = &graph->edges.at[graph->in[i]];
        if ((edge->kind == REF_READ || edge->kind == REF_BOUNDARY) && blocked[edge->from])
            return edge->from;
    }
    return MODEL_NONE;
}

static void skip(struct run *run, uint32_t relation, uint32_t input)
{
    struct run_event event = {.relation = relation, .outcome = RUN_SKIPPED, .rows = -1};
    event.reason = arena_printf(&run->ctx->arena, "its input `%s` was not refreshed",
                                model_relation(run->model, input)->shown);
    run_begin(run, relation);
    (void)remember(run, &event, clock_now(&run->clock));
    run_end(run, &event);
}

/* What is asked for: the names and what they read, or everything. */
static bool *wanted(struct run *run, const uint32_t *names, uint32_t names_n)
{
    struct arena *arena = &run->ctx->arena;
    uint32_t all = run->model->relations.n;
    bool *out = ARENA_ARRAY(arena, bool, all + 1);
    for (uint32_t i = 0; names_n == 0 && i < all; i++)
        out[i] = true;
    for (uint32_t i = 0; i < names_n; i++) {
        uint32_t n, *up = graph_upstream(run->graph, arena, names[i], &n);
        out[names[i]] = true;
        for (uint32_t k = 0; k < n; k++)
            out[up[k]] = true;
    }
    return out;
}

/* After these nothing more can be done. */
static bool ends_all(enum target_status status)
{
    return status == TARGET_INTERRUPTED || status == TARGET_ENVIRONMENT ||
           status == TARGET_LOCKED || status == TARGET_NOT_CONNECTED;
}

enum target_status refresh_all(struct run *run, const uint32_t *names, uint32_t names_n,
                               struct refresh_counts *counts)
{
    uint32_t all = run->model->relations.n;
    bool *blocked = ARENA_ARRAY(&run->ctx->arena, bool, all + 1);
    bool *chosen = wanted(run, names, names_n);
    enum target_status worst = TARGET_OK;
    *counts = (struct refresh_counts){0};
    worst = refresh_applied(run, chosen);
    if (worst != TARGET_OK)
        return worst;
    for (uint32_t i = 0; i < all && !ends_all(worst); i++) {
        uint32_t relation = run->graph->order[i];
        uint32_t input = blocked_by(run, blocked, relation);
        struct run_event event;
        enum target_status status;
        if (model_relation(run->model, relation)->kind != RELATION_DYNAMIC_TABLE ||
            !chosen[relation]) {
            blocked[relation] = input != MODEL_NONE;
            continue;
        }
        if (input != MODEL_NONE) {
            blocked[relation] = true;
            counts->skipped++;
            skip(run, relation, input);
            continue;
        }
        status = refresh_one(run, relation, &event);
        blocked[relation] = status != TARGET_OK;
        counts->done += status == TARGET_OK;
        counts->failed += status != TARGET_OK;
        if (status > worst)
            worst = status;
    }
    return worst;
}
