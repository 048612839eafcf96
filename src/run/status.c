/* status.c - reads rows, history and freshness of every relation with data.
 *
 * Freshness is what Snowflake's lag is: the age of the data, counted from the start of the last
 * refresh that went well. It is held against the effective lag, so a table with `lag downstream` is
 * judged by the clock that drives it. */
#include "run/status.h"
#include "target/duckdb/catalog.h"

const char *status_text(enum status_state state)
{
    switch (state) {
    case STATUS_NONE:
        return "";
    case STATUS_FRESH:
        return "fresh";
    case STATUS_LATE:
        return "late";
    case STATUS_NEVER:
        return "never refreshed";
    case STATUS_FAILED:
        return "failed";
    case STATUS_ABSENT:
        return "not applied";
    }
    BUG("status %d", (int)state);
}

static bool has_data(enum relation_kind kind)
{
    return kind == RELATION_DYNAMIC_TABLE || kind == RELATION_TABLE ||
           kind == RELATION_STATIC_TABLE || kind == RELATION_VIEW || kind == RELATION_SOURCE;
}

static struct str copy(struct run *run, struct engine_result *result, uint32_t column)
{
    struct engine_value value = engine_value(result, column);
    return value.null ? (struct str){NULL, 0} : arena_str(&run->ctx->arena, value.text);
}

static struct status_row *find(struct run *run, struct status *status, struct str name)
{
    for (uint32_t i = 0; i < status->rows.n; i++) {
        if (str_is(name, model_relation(run->model, status->rows.at[i].relation)->shown))
            return &status->rows.at[i];
    }
    return NULL;
}

static enum target_status failed(struct run *run)
{
    return engine_report(run->ctx, run->engine, run->path, SPAN_NONE, "status could not be read");
}

/* The last attempt of each table, and the last one that went well: by order of writing, because a
 * clock that was set for a run may be anywhere. */
static enum target_status read_history(struct run *run, struct status *status)
{
    static const char sql[] =
        "select name, status, reason, started_at::varchar, "
        "coalesce(warned, 0), coalesce(dropped, 0) "
        "from _dtc.refreshes "
        "qualify row_number() over (partition by name, status = 'ok' order by rowid desc) = 1 "
        "order by rowid";
    struct engine_result *result;
    bool exists = false;
    if (catalog_exists(run->engine, &exists) != ENGINE_OK)
        return failed(run);
    if (!exists)
        return TARGET_OK;
    if (engine_query(run->engine, str_from(sql), &result) != ENGINE_OK)
        return failed(run);
    while (engine_next(result)) {
        struct status_row *row = find(run, status, engine_value(result, 0).text);
        if (!row)
            continue;
        row->last_status = copy(run, result, 1).p;
        row->last_reason = copy(run, result, 2).p;
        if (strcmp(row->last_status, "ok") == 0) {
            int64_t us;
            row->last_refresh = copy(run, result, 3).p;
            if (clock_parse(str_from(row->last_refresh), &us)) {
                row->freshness_us = status->now_us > us ? status->now_us - us : 0;
                row->last_refresh = clock_text(&run->ctx->arena, us, true);
            }
            row->warned = run_number(engine_value(result, 4));
            row->dropped = run_number(engine_value(result, 5));
        }
    }
    return engine_done(result) == ENGINE_OK ? TARGET_OK : failed(run);
}

static enum target_status count(struct run *run, struct status_row *row)
{
    const struct relation *r = model_relation(run->model, row->relation);
    enum target_status status = TARGET_OK;
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "select count(*) from ");
    run_name(&sql, run, row->relation);
    if (r->kind != RELATION_VIEW &&
        engine_query_int(run->engine, buf_view(&sql), &row->rows) != ENGINE_OK) {
        /* The only one that is no failure: it is not there. */
        if (engine_error(run->engine)->status == ENGINE_FAILED &&
            str_is(engine_error(run->engine)->type, "Catalog"))
            row->state = STATUS_ABSENT;
        else
            status = failed(run);
    }
    buf_fini(&sql);
    return status;
}

static void judge(const struct run *run, struct status_row *row)
{
    const struct relation *r = model_relation(run->model, row->relation);
    const struct effective_lag *lag = &run->graph->lag[row->relation];
    if (row->state == STATUS_ABSENT || r->kind != RELATION_DYNAMIC_TABLE)
        return;
    if (row->last_status && strcmp(row->last_status, "ok") != 0)
        row->state = STATUS_FAILED;
    else if (!row->last_refresh)
        row->state = STATUS_NEVER;
    else if (lag->live && !lag->cron && row->freshness_us > lag->seconds * 1000000)
        row->state = STATUS_LATE;
    else
        row->state = STATUS_FRESH;
}

static bool among(const uint32_t *names, uint32_t names_n, uint32_t relation)
{
    for (uint32_t i = 0; i < names_n; i++) {
        if (names[i] == relation)
            return true;
    }
    return names_n == 0;
}

enum target_status status_read(struct run *run, const uint32_t *names, uint32_t names_n,
                               struct status *status)
{
    enum target_status code;
    *status = (struct status){.now_us = clock_now(&run->clock)};
    for (uint32_t i = 0; i < run->model->relations.n; i++) {
        uint32_t relation = run->graph->order[i];
        if (has_data(model_relation(run->model, relation)->kind) && among(names, names_n, relation))
            *VEC_PUSH(&status->rows) =
                (struct status_row){.relation = relation, .rows = -1, .freshness_us = -1};
    }
    code = read_history(run, status);
    for (uint32_t i = 0; code == TARGET_OK && i < status->rows.n; i++) {
        code = count(run, &status->rows.at[i]);
        judge(run, &status->rows.at[i]);
    }
    return code;
}

void status_fini(struct status *status)
{
    VEC_FINI(&status->rows);
}
