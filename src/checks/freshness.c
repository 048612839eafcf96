/* freshness.c - clocks and lags: what never refreshes, what Snowflake refuses as a lag, what a lag
 * promises that the inputs cannot deliver.
 *
 * Owns the rows DT203 to DT207 and DT211 to DT216. Who is driven by whose clock is the graph's
 * answer (graph/lag.c); here it is only told. Cron texts are read in cron.c. */
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

static void label_lag_elsewhere(struct checks *checks, struct finding f, const struct relation *r)
{
    const struct lag *lag = &r->settings.lag;
    if (lag->from.at.node != 0 && lag->from.origin != ORIGIN_RELATION)
        diag_label(f.sink, f.d, checks_setting_span(checks, &lag->from), "`lag %s` comes from here",
                   lag->text);
}

/* --- DT203, DT204: nobody's clock
 * ------------------------------------------------------------------ */

static bool waits(const struct checks *checks, uint32_t table)
{
    const struct relation *r = at(checks, table);
    return r->kind == RELATION_DYNAMIC_TABLE && r->settings.lag.kind == LAG_DOWNSTREAM &&
           !checks->graph->lag[table].live && !checks->graph->in_cycle[table];
}

/* Does another waiting table read it? Then the end of the chain is further down. */
static bool has_waiting_reader(const struct checks *checks, uint32_t table)
{
    const struct graph *graph = checks->graph;
    for (uint32_t e = graph->out_first[table]; e < graph->out_first[table + 1]; e++) {
        const struct edge *edge = &graph->edges.at[graph->out[e]];
        if (edge->kind != REF_READ || edge->to == table)
            continue;
        if (waits(checks, edge->to))
            return true;
        if (at(checks, edge->to)->kind == RELATION_VIEW && !graph->in_cycle[edge->to] &&
            has_waiting_reader(checks, edge->to))
            return true;
    }
    return false;
}

/* The first input that is itself a waiting table, else any input; MODEL_NONE at the root. */
static uint32_t step_up(const struct checks *checks, uint32_t table)
{
    const struct graph *graph = checks->graph;
    uint32_t any = MODEL_NONE;
    for (uint32_t e = graph->in_first[table]; e < graph->in_first[table + 1]; e++) {
        const struct edge *edge = &graph->edges.at[graph->in[e]];
        if (edge->kind != REF_READ || edge->from == table || graph->in_cycle[edge->from])
            continue;
        if (waits(checks, edge->from))
            return edge->from;
        if (any == MODEL_NONE)
            any = edge->from;
    }
    return any;
}

/* The way down to a table that waits; inputs last. */
struct chain {
    VEC(uint32_t) tables;
    uint32_t waiting; /* tables in it that wait, the end included */
};

static struct chain chain_above(const struct checks *checks, uint32_t end)
{
    struct chain chain = {.waiting = 0};
    for (uint32_t table = end; table != MODEL_NONE; table = step_up(checks, table)) {
        *VEC_PUSH(&chain.tables) = table;
        chain.waiting += waits(checks, table);
    }
    return chain;
}

#define CHAIN_SHOWN 8

/* "bronze.orders -> silver.order_base -> gold.user_features"; the middle of a long one is left
 * out. */
static void note_chain(struct checks *checks, struct finding f, const struct chain *chain)
{
    struct buf path;
    buf_init(&path);
    for (uint32_t i = chain->tables.n; i-- > 0;) {
        bool hidden = chain->tables.n > CHAIN_SHOWN && i >= CHAIN_SHOWN / 2 &&
                      i < chain->tables.n - CHAIN_SHOWN / 2;
        if (!hidden)
            buf_printf(&path, "%s%s", at(checks, chain->tables.at[i])->shown, i ? " -> " : "");
        else if (i == CHAIN_SHOWN / 2)
            buf_printf(&path, "(%u more) -> ", chain->tables.n - CHAIN_SHOWN);
    }
    diag_note(f.sink, f.d, "%s", path.p);
    buf_fini(&path);
}

/* Labels the waiting tables next to the end with whom each waits for. */
static void label_chain(struct checks *checks, struct finding f, const struct chain *chain)
{
    for (uint32_t i = 1; i < chain->tables.n && i <= CHAIN_SHOWN; i++)
        if (waits(checks, chain->tables.at[i]))
            diag_label(f.sink, f.d, checks_name_span(checks, chain->tables.at[i]), "waits for `%s`",
                       at(checks, chain->tables.at[i - 1])->shown);
}

/* Readers that might be taken for a clock and are none. */
static void note_readers(struct checks *checks, struct finding f, uint32_t table)
{
    const struct graph *graph = checks->graph;
    for (uint32_t e = graph->out_first[table]; e < graph->out_first[table + 1]; e++) {
        const struct edge *edge = &graph->edges.at[graph->out[e]];
        const struct relation *reader = at(checks, edge->to);
        if (edge->kind == REF_BOUNDARY)
            diag_note(f.sink, f.d,
                      "`%s` reads it behind a refresh boundary, which makes it wait "
                      "for nobody and drive nobody",
                      reader->shown);
        else if (reader->kind == RELATION_DYNAMIC_TABLE)
            diag_note(f.sink, f.d, "`%s` reads it, and has no clock that Snowflake turns",
                      reader->shown);
        else if (reader->kind != RELATION_STATIC_TABLE && edge->kind != REF_KEY)
            diag_note(f.sink, f.d, "the %s `%s` reads it, and a %s is no clock",
                      relation_kind_words(reader->kind), reader->shown,
                      relation_kind_words(reader->kind));
    }
}

static void help_clock(struct checks *checks, struct finding f, uint32_t table)
{
    const struct relation *r = at(checks, table);
    const struct lag *lag = &r->settings.lag;
    bool script = checks_in_script(checks, table);
    if (script) {
        diag_help(f.sink, f.d, "give `%s` a time: `TARGET_LAG = '30 minutes'`", r->shown);
        return;
    }
    diag_help(f.sink, f.d, "give `%s` a time: `lag 30 minutes`", r->shown);
    if (lag->from.origin == ORIGIN_RELATION)
        diag_fix(f.sink, f.d, DIAG_FIX_UNSAFE, "refresh it every 30 minutes",
                 checks_setting_span(checks, &lag->from), "lag 30 minutes");
}

static void report_waiting(struct checks *checks, const struct check *check, uint32_t table,
                           const struct chain *chain)
{
    bool alone = chain->waiting == 1;
    struct finding f = checks_find(
        checks, check, table, checks_name_span(checks, table),
        alone ? "waits for a dynamic table that reads it and has a time, and there is none"
              : "the end of the chain, and it waits for a consumer that does not exist");
    if (checks_in_script(checks, table))
        checks_severity(checks, check, f, SEVERITY_WARNING);
    if (!alone)
        label_chain(checks, f, chain);
    label_lag_elsewhere(checks, f, at(checks, table));
    if (!alone)
        note_chain(checks, f, chain);
    note_readers(checks, f, table);
    help_clock(checks, f, table);
}

static void check_waiting(struct checks *checks, const struct check *check, bool chains)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        if (!waits(checks, i) || has_waiting_reader(checks, i) || checks_silent(checks, check, i))
            continue;
        struct chain chain = chain_above(checks, i);
        if ((chain.waiting > 1) == chains)
            report_waiting(checks, check, i, &chain);
        VEC_FINI(&chain.tables);
    }
}

static void check_all_downstream(struct checks *checks, const struct check *check)
{
    check_waiting(checks, check, true);
}

static void check_no_clock(struct checks *checks, const struct check *check)
{
    check_waiting(checks, check, false);
}

/* --- DT205: lag below a minute
 * ------------------------------------------------------------------------ */

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

/* --- DT207, DT211: shorter than its inputs
 * ------------------------------------------------------------- */

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
    label_lag_elsewhere(checks, f, r);
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

/* --- DT212, DT213: fixed times
 * --------------------------------------------------------------------- */

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

/* --- DT214 to DT216: clauses that miss or contradict each other
 * ------------------------------------------ */

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

/* --- DT217: suspended by a script
 * -------------------------------------------------------------------- */

/* What `alter dynamic table ... ` does to the scheduler: 1 suspends, -1 resumes, 0 neither. */
static int switches(struct str text)
{
    struct str last = {0}, word;
    while (text.n && text.p[text.n - 1] == ';')
        text.n--;
    for (text = str_trim(text); text.n;
         text = str_trim(str_make(text.p + word.n, text.n - word.n))) {
        word = text;
        word.n = 0;
        while (word.n < text.n && !strchr(" \t\r\n", text.p[word.n]))
            word.n++;
        last = word;
    }
    return str_eq_nocase(last, STR_LIT("SUSPEND"))  ? 1
           : str_eq_nocase(last, STR_LIT("RESUME")) ? -1
                                                    : 0;
}

/* The statement that leaves each table suspended, plus one; 0 for those that run. */
static uint32_t *find_suspended(struct checks *checks)
{
    const struct model *model = checks->model;
    uint32_t *by = ARENA_ARRAY(&checks->ctx->arena, uint32_t, model->relations.n);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = at(checks, i);
        if (r->kind != RELATION_OTHER || r->refs.n == 0 || r->refs.at[0].relation == MODEL_NONE ||
            !str_is(sym_text(&checks->ctx->names, r->head), "ALTER DYNAMIC TABLE"))
            continue;
        int to = switches(source_text(&checks->ctx->sources, model_span(model, r->file, r->decl)));
        if (to != 0)
            by[r->refs.at[0].relation] = to > 0 ? i + 1 : 0;
    }
    return by;
}

static void check_suspended(struct checks *checks, const struct check *check)
{
    const struct graph *graph = checks->graph;
    const uint32_t *by = find_suspended(checks);
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        uint32_t n, readers = 0;
        if (by[i] == 0 || !checks_is_dynamic(checks, i))
            continue;
        const struct relation *statement = at(checks, by[i] - 1);
        const uint32_t *below = graph_downstream(graph, &checks->ctx->arena, i, &n);
        struct span span = model_span(checks->model, statement->file, statement->decl);
        for (uint32_t k = 0; k < n; k++)
            readers += checks_is_dynamic(checks, below[k]);
        if (readers == 0)
            continue;
        struct finding f = checks_find(checks, check, i, span, "`%s` stops here and stays stopped",
                                       at(checks, i)->shown);
        for (uint32_t k = 0; k < n && readers <= 3; k++)
            if (checks_is_dynamic(checks, below[k]))
                diag_label(f.sink, f.d, checks_name_span(checks, below[k]), "`%s` stops with it",
                           at(checks, below[k])->shown);
        if (readers > 3)
            diag_note(f.sink, f.d, "%u tables below it stop with it", readers);
        diag_help(f.sink, f.d,
                  "resume it at the end of the script: `ALTER DYNAMIC TABLE %s RESUME`",
                  at(checks, i)->shown);
    }
}

const struct check checks_freshness[] = {
    CHECK(DT203, "all-downstream-chain", ERROR,
          "no table in this chain has a clock, so it never refreshes", check_all_downstream,
          PAGE_LAG, "DT201", NULL),
    CHECK(DT204, "downstream-without-clock", ERROR,
          "nothing that has a clock waits for this table, so it never refreshes", check_no_clock,
          PAGE_LAG, "DT201", NULL),
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
          check_suspended, "user-guide/dynamic-tables/manage", NULL),
    CHECK(DT218, "frozen-region", ERROR, "predicate of a frozen region is refused", frozen_check,
          PAGE_CREATE, NULL),
};
const uint32_t checks_freshness_n = sizeof checks_freshness / sizeof *checks_freshness;
