/* freshness.c - clocks and lags: what never refreshes, what Snowflake refuses as a lag, what a lag
 * promises that the inputs cannot deliver.
 *
 * Owns the rows DT203 to DT207 and DT211 to DT218; tables that nothing refreshes are clocks.c, cron
 * texts cron.c, frozen regions frozen.c. */
#include "checks/cron.h"
#include "checks/state.h"

static const struct relation *at(const struct checks *checks, uint32_t relation)
{
    return model_relation(checks->model, relation);
}

static struct span ref_span(const struct checks *checks, uint32_t reader, node_t node)
{
    return model_span(checks->model, at(checks, reader)->file, node);
}

/* A clause above the table speaks for many: it is reported once, for the first of them. */
struct clauses {
    struct map told;
};

static bool told_before(struct clauses *clauses, const struct setting *setting)
{
    uint64_t key = map_key2(setting->at.file, setting->at.node);
    uint32_t any;
    if (setting->at.node == 0)
        return false;
    if (map_get(&clauses->told, key, &any))
        return true;
    map_set(&clauses->told, key, 1);
    return false;
}

/* The part of a lag clause that can be replaced: what stands after the word. */
static struct span lag_value_span(const struct checks *checks, const struct lag *lag)
{
    const struct tree *tree = model_tree(checks->model, lag->from.at.file);
    node_t duration = tree_child(tree, lag->from.at.node, NODE_DURATION);
    if (duration == 0)
        return SPAN_NONE;
    return model_span(checks->model, lag->from.at.file, duration);
}

/* --- DT205: lag below a minute --- */

static void check_short_lag(struct checks *checks, const struct check *check)
{
    struct clauses clauses;
    map_init(&clauses.told);
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        const struct lag *lag = &r->settings.lag;
        if (r->kind != RELATION_DYNAMIC_TABLE || lag->kind != LAG_TIME || lag->seconds >= 60)
            continue;
        struct span clause = lag->from.at.node ? checks_setting_span(checks, &lag->from)
                                               : checks_name_span(checks, i);
        verdicts_refuse(checks, check->rule.code, i, "lag below one minute", clause);
        if (told_before(&clauses, &lag->from))
            continue;
        struct finding f = checks_find(checks, check, i, clause,
                                       "Snowflake refuses less than 60 "
                                       "seconds");
        struct span value = lag_value_span(checks, lag);
        if (lag->from.origin != ORIGIN_RELATION)
            diag_label(f.sink, f.d, checks_name_span(checks, i), "holds for `%s`", r->shown);
        diag_help(f.sink, f.d, "the shortest lag is `1 minute`");
        if (value.file != SPAN_NO_FILE)
            diag_fix(f.sink, f.d, DIAG_FIX_SAFE, "use the shortest lag", value,
                     checks_in_script(checks, i) ? "'1 minute'" : "1 minute");
    }
    map_fini(&clauses.told);
}

/* --- DT207, DT211: shorter than its inputs --- */

static const char *duration_text(struct checks *checks, int64_t seconds)
{
    struct buf text;
    buf_init(&text);
    duration_print(&text, seconds);
    const char *kept = arena_str(&checks->ctx->arena, buf_view(&text)).p;
    buf_fini(&text);
    return kept;
}

static void report_shorter(struct checks *checks, const struct check *check, uint32_t table,
                           const struct edge *edge)
{
    const struct relation *r = at(checks, table), *input = at(checks, edge->from);
    const struct lag *lag = &r->settings.lag, *slow = &input->settings.lag;
    bool own = lag->from.origin == ORIGIN_RELATION;
    struct span where =
        own ? checks_setting_span(checks, &lag->from) : checks_name_span(checks, table);
    struct finding f =
        checks_find(checks, check, table, where, "`%s` promises to be at most %s old", r->shown,
                    duration_text(checks, lag->seconds));
    struct span there = slow->from.at.node ? checks_setting_span(checks, &slow->from)
                                           : checks_name_span(checks, edge->from);
    diag_label(f.sink, f.d, there, "`%s` may be %s old", input->shown,
               duration_text(checks, slow->seconds));
    diag_label(f.sink, f.d, ref_span(checks, table, edge->node), "and is read here");
    clocks_label_elsewhere(checks, f, r);
    diag_help(f.sink, f.d,
              "give `%s` the lag of `%s`, or let `%s` wait for its readers with "
              "`lag downstream`",
              r->shown, input->shown, input->shown);
    if (own && !checks_in_script(checks, table))
        diag_fix(f.sink, f.d, DIAG_FIX_UNSAFE, "use the lag of the input",
                 checks_setting_span(checks, &lag->from),
                 arena_printf(&checks->ctx->arena, "lag %s", duration_text(checks, slow->seconds)));
    verdicts_refuse(checks, check->rule.code, table, "lag shorter than its input's", where);
}

static void check_lag_order(struct checks *checks, const struct check *check)
{
    const struct graph *graph = checks->graph;
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || r->settings.lag.kind != LAG_TIME ||
            checks_silent(checks, check, i))
            continue;
        for (uint32_t e = graph->in_first[i]; e < graph->in_first[i + 1]; e++) {
            const struct edge *edge = &graph->edges.at[graph->in[e]];
            const struct relation *input = at(checks, edge->from);
            if (edge->kind == REF_READ && input->kind == RELATION_DYNAMIC_TABLE &&
                input->settings.lag.kind == LAG_TIME &&
                input->settings.lag.seconds > r->settings.lag.seconds)
                report_shorter(checks, check, i, edge);
        }
    }
}

/* Inputs that refresh on their own: behind a boundary, or at fixed times. */
static void check_stacked(struct checks *checks, const struct check *check)
{
    const struct graph *graph = checks->graph;
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || r->settings.lag.kind != LAG_TIME ||
            checks_silent(checks, check, i))
            continue;
        for (uint32_t e = graph->in_first[i]; e < graph->in_first[i + 1]; e++) {
            const struct edge *edge = &graph->edges.at[graph->in[e]];
            const struct relation *input = at(checks, edge->from);
            const struct lag *slow = &input->settings.lag;
            bool cron = slow->kind == LAG_CRON;
            bool apart = edge->kind == REF_BOUNDARY && slow->kind == LAG_TIME;
            if (input->kind != RELATION_DYNAMIC_TABLE || edge->from == i || (!cron && !apart) ||
                (edge->kind != REF_READ && edge->kind != REF_BOUNDARY))
                continue;
            struct finding f = checks_find(checks, check, i, ref_span(checks, i, edge->node),
                                           "`%s` is refreshed by its own clock, %s", input->shown,
                                           cron ? "at fixed times" : "behind the boundary");
            if (cron)
                diag_note(f.sink, f.d,
                          "what `%s` takes from it is as old as the last of the times "
                          "`%s`, plus up to %s",
                          r->shown, slow->text, duration_text(checks, r->settings.lag.seconds));
            else
                diag_note(f.sink, f.d,
                          "what `%s` takes from it may be %s old: %s there and %s here", r->shown,
                          duration_text(checks, slow->seconds + r->settings.lag.seconds),
                          duration_text(checks, slow->seconds),
                          duration_text(checks, r->settings.lag.seconds));
        }
    }
}

/* --- DT212, DT213: fixed times --- */

static void check_cron(struct checks *checks, const struct check *check)
{
    struct clauses clauses;
    map_init(&clauses.told);
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        const struct lag *lag = &r->settings.lag;
        const char *wrong;
        if (r->kind != RELATION_DYNAMIC_TABLE || lag->kind != LAG_CRON ||
            told_before(&clauses, &lag->from))
            continue;
        if ((wrong = cron_fault(&checks->ctx->arena, lag->text)) == NULL)
            continue;
        struct finding f =
            checks_find(checks, check, i, checks_setting_span(checks, &lag->from), "%s", wrong);
        diag_note(f.sink, f.d,
                  "the five fields are minute, hour, day of month, month, day of week");
        diag_help(f.sink, f.d, "every day at eight is `lag cron '0 8 * * *' 'UTC'`");
    }
    map_fini(&clauses.told);
}

static void check_cron_zone(struct checks *checks, const struct check *check)
{
    struct clauses clauses;
    map_init(&clauses.told);
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        const struct lag *lag = &r->settings.lag;
        if (r->kind != RELATION_DYNAMIC_TABLE || lag->kind != LAG_CRON || lag->zone ||
            checks_silent(checks, check, i) || told_before(&clauses, &lag->from))
            continue;
        struct span clause = checks_setting_span(checks, &lag->from);
        struct finding f = checks_find(checks, check, i, clause,
                                       "in which time zone is not said, "
                                       "so it is UTC");
        diag_help(f.sink, f.d, "write the zone after the times: `lag cron '%s' 'UTC'`", lag->text);
        diag_fix(f.sink, f.d, DIAG_FIX_SAFE, "say that it is UTC",
                 (struct span){clause.file, clause.hi, clause.hi}, " 'UTC'");
    }
    map_fini(&clauses.told);
}

/* --- DT214 to DT216: clauses that miss or contradict each other --- */

static void check_scheduler(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        const struct setting *scheduler = &r->settings.scheduler;
        const struct lag *lag = &r->settings.lag;
        if (r->kind != RELATION_DYNAMIC_TABLE || scheduler->origin == ORIGIN_NONE)
            continue;
        bool disabled = str_is(sym_text(&checks->ctx->names, scheduler->value), "DISABLE");
        bool own = lag->from.origin == ORIGIN_RELATION;
        bool with_lag = disabled && own && (lag->kind == LAG_TIME || lag->kind == LAG_DOWNSTREAM);
        bool without = !disabled && (lag->kind == LAG_NONE || lag->kind == LAG_CRON);
        if (r->poisoned || (!with_lag && !without))
            continue;
        struct span clause = checks_setting_span(checks, scheduler);
        struct finding f = checks_find(checks, check, i, clause,
                                       disabled ? "nothing refreshes it by the clock"
                                                : "the scheduler has nothing to go by");
        if (own)
            diag_label(f.sink, f.d, checks_setting_span(checks, &lag->from), "and this is a clock");
        diag_help(f.sink, f.d,
                  disabled ? "leave out one of the two"
                           : "give `%s` a time, or leave `scheduler enable` out",
                  r->shown);
        verdicts_refuse(checks, check->rule.code, i,
                        disabled ? "lag without a scheduler" : "scheduler without a lag", clause);
    }
}

/* Is this a project that means to be complete? A fragment may get its defaults elsewhere. */
static bool is_complete(const struct checks *checks, uint32_t relation)
{
    return checks->model->pipeline.node != 0 || checks_in_script(checks, relation);
}

static void check_missing_lag(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        bool script = checks_in_script(checks, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || r->settings.lag.kind != LAG_NONE || r->poisoned ||
            r->settings.lag.from.origin != ORIGIN_NONE ||
            r->settings.scheduler.origin != ORIGIN_NONE || !is_complete(checks, i))
            continue;
        struct finding f = checks_find(checks, check, i, checks_name_span(checks, i),
                                       "nobody says how fresh it has to be");
        diag_note(f.sink, f.d, "Snowflake refuses a dynamic table without one");
        if (script)
            diag_help(f.sink, f.d, "say it here: `TARGET_LAG = '30 minutes'`");
        else
            diag_help(f.sink, f.d,
                      "say it here: `lag 30 minutes`, or in the layer for all its tables");
    }
}

static void check_missing_warehouse(struct checks *checks, const struct check *check)
{
    uint32_t first = MODEL_NONE, n = 0;
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || r->settings.warehouse.origin != ORIGIN_NONE ||
            !is_complete(checks, i))
            continue;
        if (first == MODEL_NONE)
            first = i;
        n++;
    }
    if (n == 0)
        return;
    struct finding f = checks_find(checks, check, first, checks_name_span(checks, first),
                                   "no warehouse refreshes it");
    if (n > 1)
        diag_note(f.sink, f.d, "the same holds for %u more table%s", n - 1, n == 2 ? "" : "s");
    diag_note(f.sink, f.d, "Snowflake needs one for every dynamic table, the embedded engine none");
    if (checks_in_script(checks, first))
        diag_help(f.sink, f.d, "say it here: `WAREHOUSE = my_warehouse`");
    else
        diag_help(f.sink, f.d, "say it once for all: `pipeline ... { warehouse my_warehouse; }`");
}

const struct check checks_freshness[] = {
    CHECK(DT203, "all-downstream-chain", ERROR,
          "no table in this chain has a clock, so it never refreshes", clocks_check_chains,
          PAGE_LAG, "DT201", NULL),
    CHECK(DT204, "downstream-without-clock", ERROR,
          "nothing that has a clock waits for this table, so it never refreshes",
          clocks_check_alone, PAGE_LAG, "DT201", NULL),
    CHECK(DT205, "lag-below-a-minute", ERROR, "lag is below one minute", check_short_lag,
          PAGE_CREATE, NULL),
    CHECK(DT207, "lag-shorter-than-input", ERROR, "lag is shorter than that of an input",
          check_lag_order, PAGE_LAG, "DT201", "DT205", NULL),
    CHECK(DT211, "lag-stacks-up", NOTE, "an input adds its own age to the lag", check_stacked,
          PAGE_LAG, "DT207", "DT209", "DT210", NULL),
    CHECK(DT212, "cron-ill-formed", ERROR, "times are not written as cron writes them", check_cron,
          "sql-reference/sql/create-task", NULL),
    CHECK(DT213, "cron-without-zone", WARNING, "times have no time zone", check_cron_zone,
          "sql-reference/sql/create-task", "DT212", NULL),
    CHECK(DT214, "scheduler-against-lag", ERROR, "scheduler and lag contradict each other",
          check_scheduler, PAGE_CREATE, NULL),
    CHECK(DT215, "lag-missing", WARNING, "dynamic table has no lag", check_missing_lag, PAGE_CREATE,
          "DT214", NULL),
    CHECK(DT216, "warehouse-missing", WARNING, "dynamic table has no warehouse",
          check_missing_warehouse, PAGE_CREATE, NULL),
    CHECK(DT217, "suspended-upstream", WARNING, "script leaves a table suspended that others read",
          clocks_check_suspended, "user-guide/dynamic-tables/manage", NULL),
    CHECK(DT218, "frozen-region", ERROR, "predicate of a frozen region is refused", frozen_check,
          PAGE_CREATE, NULL),
};
const uint32_t checks_freshness_n = sizeof checks_freshness / sizeof *checks_freshness;
