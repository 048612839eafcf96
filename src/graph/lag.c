/* lag.c - whose clock drives a table, and how stale it may get.
 *
 * A clock is a time or a cron text on a dynamic table, or a task or alert whose statement refreshes
 * it. A table that waits (DOWNSTREAM) takes the smallest lag of the live dynamic tables that read
 * it, directly or through views; a boundary hides its reader, a table whose scheduler is disabled
 * neither ticks nor wakes its inputs (docs: dynamic-tables-refresh, target lag; read 2026-11). */
#include "graph/parts.h"

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || c == '.' || c == '"';
}

static struct str next_word(struct str *text)
{
    while (text->n && !is_word_char(*text->p))
        *text = str_make(text->p + 1, text->n - 1);
    if (text->n == 0)
        return (struct str){0}; /* a statement without text has no address either */
    size_t n = 0;
    while (n < text->n && is_word_char(text->p[n]))
        n++;
    struct str word = str_make(text->p, n);
    if (n) /* an empty text may have no bytes to point at */
        *text = str_make(text->p + n, text->n - n);
    return word;
}

/* `alter dynamic table NAME refresh` in the text of a statement. */
static void find_refreshes(const struct graph *graph, struct str text, uint32_t by, uint32_t *clock)
{
    struct str before = {0}, word = {0}, name = {0};
    while ((word = next_word(&text)).n) {
        if (name.n && str_eq_nocase(word, STR_LIT("refresh"))) {
            bool many;
            uint32_t found = model_find(graph->model, name, &many);
            if (found != MODEL_NONE && clock[found] == MODEL_NONE)
                clock[found] = by;
        }
        name = (struct str){0};
        if (str_eq_nocase(before, STR_LIT("dynamic")) && str_eq_nocase(word, STR_LIT("table"))) {
            name = next_word(&text);
            if (str_eq_nocase(name, STR_LIT("if"))) {
                (void)next_word(&text);
                name = next_word(&text);
            }
        }
        before = word;
    }
}

/* The task, alert or statement that refreshes a table, by relation; MODEL_NONE. */
static uint32_t *find_tasks(const struct graph *graph)
{
    const struct model *model = graph->model;
    uint32_t *clock = ARENA_ARRAY(&model->ctx->arena, uint32_t, model->relations.n);
    memset(clock, 0xff, model->relations.n * sizeof *clock);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *relation = &model->relations.at[i];
        const struct tree *tree = model_tree(model, relation->file);
        if (relation->kind != RELATION_TASK && relation->kind != RELATION_ALERT &&
            relation->kind != RELATION_OTHER)
            continue;
        node_t statement = tree_child(tree, relation->decl, NODE_STATEMENT);
        struct str text = {0};
        if (statement)
            text = sym_text(&model->ctx->names, tree_at(tree, statement)->sym);
        else if (relation->kind == RELATION_OTHER &&
                 str_starts(sym_text(&model->ctx->names, relation->head), "CREATE"))
            text = source_text(&model->ctx->sources, tree_span(tree, relation->decl));
        find_refreshes(graph, text, i, clock);
    }
    return clock;
}

/* The sooner of two. */
static void take(struct effective_lag *lag, const struct effective_lag *other)
{
    if (!other->live)
        return;
    if (!lag->live || (lag->cron && !other->cron) ||
        (!lag->cron && !other->cron && other->seconds < lag->seconds))
        *lag = *other;
}

static bool is_disabled(const struct graph *graph, const struct relation *relation)
{
    return str_is(sym_text(&graph->model->ctx->names, relation->settings.scheduler.value),
                  "DISABLE");
}

/* What the readers of i need. needs is filled for everything behind i in the order. */
static struct effective_lag needed(const struct graph *graph, const struct effective_lag *needs,
                                   uint32_t i)
{
    struct effective_lag lag = {.clock = MODEL_NONE};
    for (uint32_t e = graph->out_first[i]; e < graph->out_first[i + 1]; e++) {
        const struct edge *edge = &graph->edges.at[graph->out[e]];
        if (edge->kind == REF_READ && edge->to != i)
            take(&lag, &needs[edge->to]);
    }
    return lag;
}

void lag_find(struct graph *graph)
{
    const struct model *model = graph->model;
    uint32_t n = model->relations.n;
    struct effective_lag *needs = ARENA_ARRAY(&model->ctx->arena, struct effective_lag, n);
    const uint32_t *tasks = find_tasks(graph);
    graph->lag = ARENA_ARRAY(&model->ctx->arena, struct effective_lag, n);
    for (uint32_t k = n; k-- > 0;) {
        uint32_t i = graph->order[k];
        const struct relation *relation = &model->relations.at[i];
        const struct lag *own = &relation->settings.lag;
        struct effective_lag lag = {.clock = MODEL_NONE};
        graph->lag[i].clock = MODEL_NONE;
        if (relation->kind == RELATION_VIEW) {
            needs[i] = needed(graph, needs, i);
            continue;
        }
        if (relation->kind != RELATION_DYNAMIC_TABLE)
            continue;
        if (tasks[i] != MODEL_NONE)
            lag = (struct effective_lag){.live = true, .cron = true, .clock = tasks[i]};
        if (own->kind == LAG_CRON)
            lag = (struct effective_lag){.live = true, .cron = true, .clock = i};
        else if (!is_disabled(graph, relation) && own->kind == LAG_TIME)
            lag = (struct effective_lag){.live = true, .seconds = own->seconds, .clock = i};
        else if (!is_disabled(graph, relation) && own->kind == LAG_DOWNSTREAM) {
            struct effective_lag below = needed(graph, needs, i);
            take(&lag, &below);
        }
        graph->lag[i] = needs[i] = lag;
    }
}
