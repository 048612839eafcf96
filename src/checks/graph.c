/* graph.c - who may read whom: cycles, layers, views between dynamic tables, refresh boundaries.
 *
 * Owns the rows DT201, DT202, DT208 to DT210; clocks and lags are freshness.c. */
#include "checks/state.h"

static const char *shown(const struct checks *checks, uint32_t relation)
{
    return model_relation(checks->model, relation)->shown;
}

static struct span ref_span(const struct checks *checks, uint32_t reader, node_t node)
{
    return model_span(checks->model, model_relation(checks->model, reader)->file, node);
}

#define CYCLE_LABELS 12

/* --- DT201 --- */

static void report_cycle(struct checks *checks, const struct check *check, uint32_t relation)
{
    const struct graph *graph = checks->graph;
    struct cycle cycle = graph_cycle(graph, &checks->ctx->arena, relation);
    if (cycle.n == 0)
        return;
    const struct edge *first = &graph->edges.at[cycle.edges[0]];
    struct finding f =
        checks_find(checks, check, first->to, ref_span(checks, first->to, first->node),
                    "`%s` reads `%s`%s", shown(checks, first->to), shown(checks, first->from),
                    cycle.n == 1 ? ", which is itself" : "");
    struct buf path;
    buf_init(&path);
    buf_puts(&path, shown(checks, first->from));
    for (uint32_t i = 0; i < cycle.n; i++) {
        const struct edge *edge = &graph->edges.at[cycle.edges[i]];
        if (i > 0 && i < CYCLE_LABELS)
            diag_label(f.sink, f.d, ref_span(checks, edge->to, edge->node), "`%s` reads `%s`",
                       shown(checks, edge->to), shown(checks, edge->from));
        buf_printf(&path, " -> %s", shown(checks, edge->to));
    }
    diag_note(f.sink, f.d, "%s", path.p);
    buf_fini(&path);
    diag_help(f.sink, f.d, "none of them can be made first: let one of them read something else");
}

static void check_cycle(struct checks *checks, const struct check *check)
{
    const struct graph *graph = checks->graph;
    uint32_t n = checks->model->relations.n;
    bool *told = ARENA_ARRAY(&checks->ctx->arena, bool, n);
    for (uint32_t i = 0; i < n; i++) {
        if (!graph->in_cycle[i])
            continue;
        checks_mark(checks, check, i);
        if (told[graph->component[i]])
            continue;
        told[graph->component[i]] = true;
        report_cycle(checks, check, i);
    }
}

/* --- DT202 --- */

static uint32_t rank_of(const struct checks *checks, uint32_t relation)
{
    uint32_t layer = model_relation(checks->model, relation)->layer;
    return layer == MODEL_NONE ? MODEL_NONE : checks->model->layers.at[layer].rank;
}

static const char *layer_of(const struct checks *checks, uint32_t relation)
{
    uint32_t layer = model_relation(checks->model, relation)->layer;
    return checks_lower(checks, checks->model->layers.at[layer].name);
}

static bool has_rows_from_a_query(const struct relation *r)
{
    return r->kind == RELATION_DYNAMIC_TABLE || r->kind == RELATION_VIEW ||
           r->kind == RELATION_STATIC_TABLE;
}

static void check_upward(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        uint32_t own = rank_of(checks, i);
        if (!has_rows_from_a_query(r) || own == MODEL_NONE || checks_silent(checks, check, i))
            continue;
        for (uint32_t k = 0; k < r->refs.n; k++) {
            const struct ref *ref = &r->refs.at[k];
            if (ref->relation == MODEL_NONE || (ref->kind != REF_READ && ref->kind != REF_BOUNDARY))
                continue;
            uint32_t other = rank_of(checks, ref->relation);
            if (other == MODEL_NONE || other <= own)
                continue;
            struct finding f = checks_find(checks, check, i, ref_span(checks, i, ref->node),
                                           "`%s` is in layer `%s`", shown(checks, ref->relation),
                                           layer_of(checks, ref->relation));
            diag_label(f.sink, f.d, checks_name_span(checks, i),
                       "`%s` is in layer `%s`, which is below it", r->shown, layer_of(checks, i));
            diag_note(f.sink, f.d, "data flows from lower layers to higher ones");
            diag_help(f.sink, f.d,
                      "declare `%s` in layer `%s` or above, or read what `%s` is made of", r->shown,
                      layer_of(checks, ref->relation), shown(checks, ref->relation));
        }
    }
}

/* --- DT208 --- */

/* The dynamic table that a view reads, itself or through views; MODEL_NONE when there is none. */
static uint32_t table_behind(const struct checks *checks, uint32_t *behind, uint32_t view)
{
    const struct relation *r = model_relation(checks->model, view);
    if (behind[view] != 0)
        return behind[view] - 2;
    behind[view] = 1; /* being looked at: a cycle of views ends here */
    uint32_t found = MODEL_NONE;
    for (uint32_t k = 0; k < r->refs.n && found == MODEL_NONE; k++) {
        uint32_t input = r->refs.at[k].relation;
        if (input == MODEL_NONE || (r->refs.at[k].kind != REF_READ))
            continue;
        enum relation_kind kind = model_relation(checks->model, input)->kind;
        if (kind == RELATION_DYNAMIC_TABLE)
            found = input;
        else if (kind == RELATION_VIEW)
            found = table_behind(checks, behind, input);
    }
    behind[view] = found + 2; /* MODEL_NONE + 2 is 1: no table, as while being looked at */
    return found;
}

static void report_view(struct checks *checks, const struct check *check, uint32_t table,
                        const struct ref *ref, uint32_t behind)
{
    struct span at = ref_span(checks, table, ref->node);
    const char *view = shown(checks, ref->relation);
    bool script = checks_in_script(checks, table);
    const char *word = script ? "DYNAMIC_TABLE_REFRESH_BOUNDARY" : "boundary";
    struct str text = source_text(&checks->ctx->sources, at);
    struct finding f = checks_find(checks, check, table, at,
                                   "this view reads the dynamic table `%s`", shown(checks, behind));
    diag_label(f.sink, f.d, checks_name_span(checks, table), "a dynamic table reads the view `%s`",
               view);
    diag_note(f.sink, f.d, "%s -> %s -> %s", shown(checks, behind), view, shown(checks, table));
    diag_note(f.sink, f.d,
              "Snowflake takes a view over a dynamic table only behind a refresh boundary");
    diag_help(f.sink, f.d,
              "read `%s` directly, or write `%s(%" STR_F ")` and accept that it no "
              "longer refreshes together with `%s`",
              shown(checks, behind), word, STR_A(text), shown(checks, table));
    diag_fix(f.sink, f.d, DIAG_FIX_UNSAFE, "put a refresh boundary around the view", at,
             arena_printf(&checks->ctx->arena, "%s(%" STR_F ")", word, STR_A(text)));
    verdicts_refuse(checks, check->rule.code, table, "view over a dynamic table", at);
}

static void check_view_between(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    uint32_t *behind = ARENA_ARRAY(&checks->ctx->arena, uint32_t, model->relations.n);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || checks_silent(checks, check, i))
            continue;
        for (uint32_t k = 0; k < r->refs.n; k++) {
            const struct ref *ref = &r->refs.at[k];
            if (ref->kind != REF_READ || ref->relation == MODEL_NONE ||
                model_relation(model, ref->relation)->kind != RELATION_VIEW)
                continue;
            uint32_t table = table_behind(checks, behind, ref->relation);
            if (table != MODEL_NONE)
                report_view(checks, check, i, ref, table);
        }
    }
}

/* --- DT209, DT210 --- */

static void check_mixed_boundary(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        for (uint32_t k = 0; k < r->refs.n; k++) {
            const struct ref *ref = &r->refs.at[k];
            if (ref->kind != REF_BOUNDARY || ref->relation == MODEL_NONE)
                continue;
            for (uint32_t j = 0; j < r->refs.n; j++) {
                const struct ref *other = &r->refs.at[j];
                if (other->kind != REF_READ || other->relation != ref->relation)
                    continue;
                struct finding f = checks_find(checks, check, i, ref_span(checks, i, other->node),
                                               "`%s` is read without a boundary here",
                                               shown(checks, ref->relation));
                diag_label(f.sink, f.d, ref_span(checks, i, ref->node), "and behind one here");
                diag_help(f.sink, f.d, "wrap every use of `%s` in this table, or none",
                          shown(checks, ref->relation));
                verdicts_refuse(checks, check->rule.code, i, "boundary around some uses only",
                                ref_span(checks, i, other->node));
                break;
            }
        }
    }
}

static uint32_t shared_input(const struct checks *checks, uint32_t a, uint32_t b)
{
    struct arena *arena = &checks->ctx->arena;
    uint32_t above_a_n, above_b_n;
    const uint32_t *above_a = graph_upstream(checks->graph, arena, a, &above_a_n);
    const uint32_t *above_b = graph_upstream(checks->graph, arena, b, &above_b_n);
    for (uint32_t i = 0; i < above_b_n; i++) {
        if (above_b[i] == a)
            return a;
        for (uint32_t j = 0; j < above_a_n; j++)
            if (above_a[j] == above_b[i] || above_a[j] == b)
                return above_a[j];
    }
    return MODEL_NONE;
}

static void check_split_snapshot(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        for (uint32_t k = 0; k < r->refs.n; k++) {
            const struct ref *ref = &r->refs.at[k];
            if (ref->kind != REF_BOUNDARY || ref->relation == MODEL_NONE ||
                !checks_is_dynamic(checks, ref->relation) || checks_silent(checks, check, i))
                continue;
            for (uint32_t j = 0; j < r->refs.n; j++) {
                const struct ref *other = &r->refs.at[j];
                uint32_t shared = MODEL_NONE;
                if (other->kind == REF_READ && other->relation != MODEL_NONE &&
                    other->relation != ref->relation && checks_is_dynamic(checks, other->relation))
                    shared = shared_input(checks, ref->relation, other->relation);
                if (shared == MODEL_NONE)
                    continue;
                struct finding f = checks_find(checks, check, i, ref_span(checks, i, ref->node),
                                               "`%s` is read in the state that it happens to have",
                                               shown(checks, ref->relation));
                diag_label(f.sink, f.d, ref_span(checks, i, other->node),
                           "`%s` is read as of the refresh", shown(checks, other->relation));
                diag_note(f.sink, f.d, "both are made of `%s`, so rows of different times meet",
                          shown(checks, shared));
                diag_help(f.sink, f.d, "read `%s` without the boundary",
                          shown(checks, ref->relation));
                break;
            }
        }
    }
}

const struct check checks_graph[] = {
    CHECK(DT201, "dependency-cycle", ERROR, "tables depend on each other in a circle", check_cycle,
          PAGE_CONSISTENCY, NULL),
    CHECK(DT202, "reads-higher-layer", ERROR, "a lower layer reads a higher one", check_upward,
          PAGE_CREATE, "DT201", NULL),
    CHECK(DT208, "view-between-dynamic-tables", ERROR,
          "a dynamic table reads a view over a dynamic table", check_view_between, PAGE_CONSISTENCY,
          "DT201", NULL),
    CHECK(DT209, "boundary-around-some-uses", ERROR,
          "a refresh boundary stands around some uses of an input and not around others",
          check_mixed_boundary, PAGE_CONSISTENCY, NULL),
    CHECK(DT210, "boundary-splits-snapshot", WARNING,
          "a refresh boundary separates inputs that belong together", check_split_snapshot,
          PAGE_CONSISTENCY, "DT209", NULL),
};
const uint32_t checks_graph_n = sizeof checks_graph / sizeof *checks_graph;
