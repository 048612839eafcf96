/* clocks.c - tables that nothing refreshes: chains that wait for a clock, tables that a script
 * leaves suspended.
 *
 * Owns the functions of rows DT203, DT204 and DT217. Who is driven by whose clock is the graph's
 * answer (graph/lag.c); here it is only told. Tables that share the clause they wait by are one
 * finding. */
#include "checks/state.h"

static const struct relation *at(const struct checks *checks, uint32_t relation)
{
    return model_relation(checks->model, relation);
}

void clocks_label_elsewhere(struct checks *checks, struct finding f, const struct relation *r)
{
    const struct lag *lag = &r->settings.lag;
    if (lag->from.at.node != 0 && lag->from.origin != ORIGIN_RELATION)
        diag_label(f.sink, f.d, checks_setting_span(checks, &lag->from), "`lag %s` comes from here",
                   lag->text);
}

/* --- DT203, DT204: nobody's clock --- */

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

/* `others`: tables that wait for the same reason, the clause that they have in common. */
static void report_waiting(struct checks *checks, const struct check *check, uint32_t table,
                           const struct chain *chain, uint32_t others)
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
    clocks_label_elsewhere(checks, f, at(checks, table));
    if (!alone)
        note_chain(checks, f, chain);
    note_readers(checks, f, table);
    if (others > 0)
        diag_note(f.sink, f.d, "the same holds for %u more table%s with this lag", others,
                  others == 1 ? "" : "s");
    help_clock(checks, f, table);
}

static uint64_t clause_key(const struct relation *r)
{
    const struct setting *from = &r->settings.lag.from;
    return map_key2(from->at.file, from->at.node);
}

/* The ends whose lag is written at that table, or the first of those that share a clause above. */
static void check_waiting(struct checks *checks, const struct check *check, bool chains)
{
    uint32_t n = checks->model->relations.n;
    uint8_t *is_end = ARENA_ARRAY(&checks->ctx->arena, uint8_t, n);
    struct map shared; /* clause -> how many ends */
    map_init(&shared);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t count = 0;
        if (!waits(checks, i) || has_waiting_reader(checks, i) || checks_silent(checks, check, i))
            continue;
        struct chain chain = chain_above(checks, i);
        is_end[i] = (chain.waiting > 1) == chains;
        VEC_FINI(&chain.tables);
        if (!is_end[i])
            continue;
        (void)map_get(&shared, clause_key(at(checks, i)), &count);
        map_set(&shared, clause_key(at(checks, i)), count + 1);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t count = 0;
        if (!is_end[i] || !map_get(&shared, clause_key(at(checks, i)), &count) || count == 0)
            continue;
        struct chain chain = chain_above(checks, i);
        report_waiting(checks, check, i, &chain, count - 1);
        VEC_FINI(&chain.tables);
        map_set(&shared, clause_key(at(checks, i)), 0);
    }
    map_fini(&shared);
}

void clocks_check_chains(struct checks *checks, const struct check *check)
{
    check_waiting(checks, check, true);
}

void clocks_check_alone(struct checks *checks, const struct check *check)
{
    check_waiting(checks, check, false);
}

/* --- DT217: suspended by a script --- */

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

void clocks_check_suspended(struct checks *checks, const struct check *check)
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
