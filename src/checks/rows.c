/* rows.c - the rows of all families in one order, and what every check needs: findings,
 * prerequisites, the project's own severities.
 *
 * Owns the state while checks run. A check never asks whether it is switched off: its findings then
 * go to a sink that nobody renders. */
#include "checks/state.h"

#include <stdarg.h>

#define ROWS_MAX 128

static const struct {
    const struct check *rows;
    const uint32_t *n;
} families[] = {
    {checks_graph, &checks_graph_n},
    {checks_freshness, &checks_freshness_n},
    {checks_incremental, &checks_incremental_n},
    {checks_contracts, &checks_contracts_n},
    {checks_cost, &checks_cost_n},
    {checks_style, &checks_style_n},
};

static uint32_t count_rows(void)
{
    uint32_t n = 0;
    for (size_t f = 0; f < sizeof families / sizeof *families; f++)
        n += *families[f].n;
    return n;
}

/* The one row with the smallest code above `after`: families interleave. */
static const struct check *next_row(const char *after)
{
    const struct check *best = NULL;
    for (size_t f = 0; f < sizeof families / sizeof *families; f++) {
        for (uint32_t i = 0; i < *families[f].n; i++) {
            const struct check *row = &families[f].rows[i];
            if (strcmp(row->rule.code, after) > 0 &&
                (!best || strcmp(row->rule.code, best->rule.code) < 0))
                best = row;
        }
    }
    return best;
}

const struct check *const *checks_all(struct arena *arena, uint32_t *n)
{
    const struct check **rows = ARENA_ARRAY(arena, const struct check *, count_rows() + 1);
    const char *after = "";
    for (*n = 0; (rows[*n] = next_row(after)) != NULL; ++*n)
        after = rows[*n]->rule.code;
    return rows;
}

const char *verdict_text(enum verdict verdict)
{
    static const char *const texts[] = {NULL, "incremental", "full", "refused", "unknown"};
    return texts[verdict];
}

static uint32_t row_index(const struct checks_state *state, const char *code)
{
    for (uint32_t i = 0; i < state->rows_n; i++)
        if (strcmp(state->rows[i]->rule.code, code) == 0)
            return i;
    return UINT32_MAX;
}

uint32_t checks_row(const struct checks *checks, struct str code)
{
    const struct checks_state *state = checks->state;
    for (uint32_t i = 0; i < state->rows_n; i++)
        if (str_eq_nocase(code, str_from(state->rows[i]->rule.code)) ||
            str_eq_nocase(code, str_from(state->rows[i]->rule.name)))
            return i;
    return UINT32_MAX;
}

bool checks_fired(const struct checks *checks, const char *code, uint32_t relation)
{
    uint32_t i = row_index(checks->state, code);
    return i != UINT32_MAX && (checks->state->fired[relation][i / 64] >> (i % 64) & 1) != 0;
}

bool checks_silent(const struct checks *checks, const struct check *check, uint32_t relation)
{
    for (uint32_t i = 0; i < 4 && check->prerequisites[i]; i++)
        if (checks_fired(checks, check->prerequisites[i], relation))
            return true;
    return false;
}

static enum severity severity_of(enum op op, enum severity otherwise)
{
    return op == OP_LINT_NOTE      ? SEVERITY_NOTE
           : op == OP_LINT_WARNING ? SEVERITY_WARNING
           : op == OP_LINT_ERROR   ? SEVERITY_ERROR
                                   : otherwise;
}

static void set_severity(struct finding f, enum severity severity)
{
    f.sink->counts[f.d->severity]--;
    f.d->severity = severity;
    f.sink->counts[severity]++;
}

void checks_mark(struct checks *checks, const struct check *check, uint32_t relation)
{
    uint32_t row = row_index(checks->state, check->rule.code);
    checks->state->fired[relation][row / 64] |= UINT64_C(1) << (row % 64);
}

struct finding checks_find(struct checks *checks, const struct check *check, uint32_t relation,
                           struct span span, const char *fmt, ...)
{
    struct checks_state *state = checks->state;
    uint32_t row = row_index(state, check->rule.code);
    enum op op = (enum op)state->overridden[row];
    bool mute = suppressed(checks, row, span) || op == OP_OFF;
    struct finding f = {mute ? &state->muted : &checks->ctx->diags, NULL};
    va_list args;
    va_start(args, fmt);
    f.d = diag_add(f.sink, &check->rule, span, "%s", arena_vprintf(&checks->ctx->arena, fmt, args));
    va_end(args);
    set_severity(f, severity_of(op, check->rule.severity));
    if (relation != MODEL_NONE)
        checks_mark(checks, check, relation);
    return f;
}

void checks_severity(struct checks *checks, const struct check *check, struct finding f,
                     enum severity severity)
{
    const struct checks_state *state = checks->state;
    if (state->overridden[row_index(state, check->rule.code)] == OP_NONE)
        set_severity(f, severity);
}

struct span checks_name_span(const struct checks *checks, uint32_t relation)
{
    const struct relation *r = model_relation(checks->model, relation);
    const struct tree *tree = model_tree(checks->model, r->file);
    struct span span = model_span(checks->model, r->file, r->name_node ? r->name_node : r->decl);
    /* Qualifiers are left out: the name is the last thing in an OBJECT (ast.h). */
    if (r->name_node && !tree_flag(tree, r->name_node, FLAG_QUOTED)) {
        struct str name = sym_text(&checks->ctx->names, tree_at(tree, r->name_node)->sym);
        if (name.n > 0 && name.n < span.hi - span.lo)
            span.lo = span.hi - (uint32_t)name.n;
    }
    return span;
}

struct span checks_setting_span(const struct checks *checks, const struct setting *setting)
{
    return setting->at.node ? model_span(checks->model, setting->at.file, setting->at.node)
                            : SPAN_NONE;
}

const char *checks_lower(const struct checks *checks, sym_t name)
{
    struct str text = sym_text(&checks->ctx->names, name);
    char *lower = ARENA_ARRAY(&checks->ctx->arena, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        lower[i] =
            (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + ('a' - 'A') : text.p[i]);
    return lower;
}

bool checks_in_script(const struct checks *checks, uint32_t relation)
{
    const struct relation *r = model_relation(checks->model, relation);
    return checks->model->files.at[r->file].script;
}

/* `lint { DT601 off; }` of the pipeline block: by code or by name. */
static void read_overrides(struct checks *checks)
{
    struct checks_state *state = checks->state;
    struct node_ref pipeline = checks->model->pipeline;
    if (pipeline.node == 0)
        return;
    const struct tree *tree = model_tree(checks->model, pipeline.file);
    node_t lint = tree_child(tree, pipeline.node, NODE_LINT);
    if (lint == 0)
        return;
    TREE_EACH(tree, lint, rule)
    {
        uint32_t row = checks_row(checks, sym_text(&checks->ctx->names, tree_at(tree, rule)->sym));
        if (row != UINT32_MAX)
            state->overridden[row] = tree_at(tree, rule)->op;
    }
}

static void state_init(struct checks *checks)
{
    struct arena *arena = &checks->ctx->arena;
    uint32_t relations = checks->model->relations.n;
    struct checks_state *state = ARENA_NEW(arena, struct checks_state);
    checks->state = state;
    state->rows = checks_all(arena, &state->rows_n);
    if (state->rows_n > ROWS_MAX)
        BUG("%u rows of checks do not fit the marks of a relation", state->rows_n);
    state->fired = arena_zalloc(arena, (size_t)relations * sizeof *state->fired, 8);
    state->overridden = ARENA_ARRAY(arena, uint8_t, state->rows_n);
    state->bodies = ARENA_ARRAY(arena, struct use_list, relations);
    state->uses = ARENA_ARRAY(arena, struct use_list, relations);
    diag_sink_init(&state->muted);
    read_overrides(checks);
    suppressions_load(checks);
}

void checks_run(struct checks *checks, struct dtc *ctx, const struct model *model,
                const struct graph *graph)
{
    *checks = (struct checks){.ctx = ctx, .model = model, .graph = graph};
    checks->judgements = ARENA_ARRAY(&ctx->arena, struct judgement, model->relations.n);
    state_init(checks);
    const struct checks_state *state = checks->state;
    bodies_scan(checks);
    /* What family DT2xx finds may be a reason why Snowflake refuses a table; from DT3xx on checks
     * read verdicts. */
    uint32_t i = 0;
    for (; i < state->rows_n && strcmp(state->rows[i]->rule.code, "DT3") < 0; i++)
        state->rows[i]->run(checks, state->rows[i]);
    verdicts_judge(checks);
    for (; i < state->rows_n; i++)
        state->rows[i]->run(checks, state->rows[i]);
}

void use_list_fini(struct use_list *list)
{
    VEC_FINI(&list->all);
}

void checks_fini(struct checks *checks)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        VEC_FINI(&checks->judgements[i].blockers);
        VEC_FINI(&checks->judgements[i].missing);
        use_list_fini(&checks->state->bodies[i]);
        use_list_fini(&checks->state->uses[i]);
    }
    VEC_FINI(&checks->state->suppressions);
    diag_sink_fini(&checks->state->muted);
}
