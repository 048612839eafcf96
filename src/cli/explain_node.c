/* explain_node.c - one relation: kind, layer, verdict with reasons, lag, columns, and where each
 * setting came from; for a person and as JSON. */
#include "base/json.h"
#include "cli/explain.h"
#include "run/run.h"
#include <stdlib.h>

static int by_full_name(const void *a, const void *b)
{
    const struct relation *const *x = a, *const *y = b;
    return strcmp((*x)->full, (*y)->full);
}

uint32_t *explain_inputs(struct arena *arena, const struct graph *graph, uint32_t i, uint32_t *n)
{
    uint32_t first = graph->in_first[i], end = graph->in_first[i + 1];
    const struct relation **found = ARENA_ARRAY(arena, const struct relation *, end - first + 1);
    uint32_t *out = ARENA_ARRAY(arena, uint32_t, end - first + 1);
    uint32_t found_n = 0;
    *n = 0;
    for (uint32_t k = first; k < end; k++) {
        const struct edge *edge = &graph->edges.at[graph->in[k]];
        if (edge->kind != REF_KEY)
            found[found_n++] = model_relation(graph->model, edge->from);
    }
    qsort(found, found_n, sizeof *found, by_full_name);
    for (uint32_t k = 0; k < found_n; k++) {
        if (k == 0 || found[k] != found[k - 1])
            out[(*n)++] = (uint32_t)(found[k] - graph->model->relations.at);
    }
    return out;
}

static const struct judgement *judgement_of(const struct project *project, uint32_t i)
{
    return &project->checks.judgements[i];
}

/* --- JSON ---------------------------------------------------------------------------------------
 */

static void json_blockers(struct json_out *j, struct cli *cli, const struct judgement *judgement)
{
    json_kopen(j, "blockers", '[');
    for (uint32_t i = 0; i < judgement->blockers.n; i++) {
        const struct blocker *blocker = &judgement->blockers.at[i];
        struct sources *sources = &cli->ctx.sources;
        json_open(j, '{');
        json_ktext(j, "code", blocker->code);
        json_ktext(j, "construct", blocker->construct);
        if (blocker->span.file == SPAN_NO_FILE) {
            json_knull(j, "file");
            json_knull(j, "line");
            json_knull(j, "column");
        } else {
            struct place at = source_place(sources, blocker->span.file, blocker->span.lo);
            json_ktext(j, "file", sources->files.at[blocker->span.file].path);
            json_kint(j, "line", at.line);
            json_kint(j, "column", at.column);
        }
        json_close(j);
    }
    json_close(j);
}

static void json_columns(struct json_out *j, const struct model *model, struct types *types,
                         uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    struct buf text;
    buf_init(&text);
    json_kopen(j, "columns", '[');
    for (uint32_t i = 0; i < r->columns.n; i++) {
        const struct column *column = &r->columns.at[i];
        json_open(j, '{');
        buf_clear(&text);
        name_canonical(&text, &model->ctx->names, column->name);
        json_kstr(j, "name", buf_view(&text));
        buf_clear(&text);
        type_of_column(&text, types, model, relation, column, true);
        if (text.n)
            json_kstr(j, "type", buf_view(&text));
        else
            json_knull(j, "type");
        if (column->flags & (COLUMN_NOT_NULL | COLUMN_KEY))
            json_kbool(j, "nullable", false);
        else if (column->type)
            json_kbool(j, "nullable", true);
        else
            json_knull(j, "nullable");
        json_close(j);
    }
    json_close(j);
    buf_fini(&text);
}

void explain_json(struct json_out *j, struct cli *cli, const struct project *project,
                  struct types *types, uint32_t i)
{
    const struct model *model = &project->model;
    const struct relation *r = model_relation(model, i);
    const struct judgement *judgement = judgement_of(project, i);
    const struct effective_lag *lag = &project->graph.lag[i];
    bool dynamic = r->kind == RELATION_DYNAMIC_TABLE;
    uint32_t inputs_n, *inputs = explain_inputs(&cli->ctx.arena, &project->graph, i, &inputs_n);
    json_open(j, '{');
    json_ktext(j, "name", r->full);
    json_ktext(j, "kind", relation_kind_key(r->kind));
    if (r->layer == MODEL_NONE)
        json_knull(j, "layer");
    else
        json_kstr(j, "layer", sym_text(&cli->ctx.names, model->layers.at[r->layer].name));
    json_ktext(j, "verdict", verdict_text(judgement->verdict));
    json_blockers(j, cli, judgement);
    json_ktext(j, "refresh_mode", dynamic ? refresh_mode_text(r->settings.refresh) : NULL);
    json_ktext(j, "target_lag", r->settings.lag.kind == LAG_NONE ? NULL : r->settings.lag.text);
    if (dynamic && lag->live && !lag->cron)
        json_kint(j, "effective_lag_seconds", lag->seconds);
    else
        json_knull(j, "effective_lag_seconds");
    json_kopen(j, "depends_on", '[');
    for (uint32_t k = 0; k < inputs_n; k++)
        json_text(j, model_relation(model, inputs[k])->full);
    json_close(j);
    json_columns(j, model, types, i);
    json_close(j);
}

/* --- text ---------------------------------------------------------------------------------------
 */

static void put_place(struct buf *out, struct cli *cli, struct span span)
{
    struct place at;
    if (span.file == SPAN_NO_FILE)
        return;
    at = source_place(&cli->ctx.sources, span.file, span.lo);
    buf_printf(out, "%s:%u:%u", cli->ctx.sources.files.at[span.file].path, at.line, at.column);
}

/* "  (its layer, pipeline.dtl:4:30)" */
static void put_origin(struct buf *out, struct cli *cli, const struct model *model,
                       const struct setting *from)
{
    buf_printf(out, "  (%s", origin_words(from->origin));
    if (from->origin != ORIGIN_NONE && from->at.node) {
        buf_puts(out, ", ");
        put_place(out, cli, model_span(model, from->at.file, from->at.node));
    }
    buf_puts(out, ")\n");
}

static void put_setting(struct buf *out, struct cli *cli, const struct model *model,
                        const char *name, const struct setting *setting)
{
    struct str text;
    if (setting->origin == ORIGIN_NONE)
        return;
    if (setting->value)
        text = sym_text(&cli->ctx.names, setting->value);
    else
        text =
            source_text(&cli->ctx.sources, model_span(model, setting->at.file, setting->at.node));
    buf_printf(out, "  %-14s %" STR_F, name, STR_A(text));
    put_origin(out, cli, model, setting);
}

static void put_lag(struct buf *out, struct cli *cli, const struct project *project,
                    const struct relation *r, uint32_t i)
{
    const struct model *model = &project->model;
    const struct effective_lag *lag = &project->graph.lag[i];
    if (r->settings.lag.kind == LAG_NONE) {
        buf_puts(out, "  lag            none\n");
    } else {
        buf_printf(out, "  lag            %s", r->settings.lag.text);
        put_origin(out, cli, model, &r->settings.lag.from);
    }
    buf_puts(out, "  effective lag  ");
    if (!lag->live)
        buf_puts(out, "none, it never refreshes by itself");
    else if (lag->cron)
        buf_puts(out, "at fixed times");
    else
        duration_print(out, lag->seconds);
    if (lag->live && lag->clock != i)
        buf_printf(out, ", driven by %s", model_relation(model, lag->clock)->shown);
    buf_putc(out, '\n');
}

static void put_blocker(struct buf *out, struct cli *cli, const struct blocker *blocker,
                        const char *before)
{
    const char *blank = *blocker->code ? " " : "";
    buf_printf(out, "                 %s%s%s%s at ", before, blocker->code, blank,
               blocker->construct);
    put_place(out, cli, blocker->span);
    buf_putc(out, '\n');
}

static void put_verdict(struct buf *out, struct cli *cli, const struct judgement *judgement)
{
    buf_printf(out, "  verdict        %s\n", verdict_text(judgement->verdict));
    for (uint32_t i = 0; i < judgement->blockers.n; i++)
        put_blocker(out, cli, &judgement->blockers.at[i], "");
    for (uint32_t i = 0; i < judgement->missing.n; i++)
        put_blocker(out, cli, &judgement->missing.at[i], "because of ");
}

static void put_names(struct buf *out, const struct model *model, const char *title,
                      const uint32_t *at, uint32_t n)
{
    if (n == 0)
        return;
    buf_printf(out, "  %-14s ", title);
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "%s%s", i ? ", " : "", model_relation(model, at[i])->shown);
    buf_putc(out, '\n');
}

static void put_consumers(struct buf *out, struct cli *cli, const struct project *project,
                          uint32_t i)
{
    const struct graph *graph = &project->graph;
    uint32_t first = graph->out_first[i], end = graph->out_first[i + 1], n = 0;
    uint32_t *at = ARENA_ARRAY(&cli->ctx.arena, uint32_t, end - first + 1);
    for (uint32_t k = 0; k < project->model.relations.n && end > first; k++) {
        uint32_t reader = graph->order[k];
        for (uint32_t e = first; e < end; e++) {
            const struct edge *edge = &graph->edges.at[graph->out[e]];
            if (edge->to == reader && edge->kind != REF_KEY) {
                at[n++] = reader;
                break;
            }
        }
    }
    put_names(out, &project->model, "read by", at, n);
}

static void put_columns(struct buf *out, const struct model *model, struct types *types,
                        uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    struct buf text;
    buf_init(&text);
    if (r->columns.n || !r->columns_known)
        buf_puts(out, r->columns.n ? "  columns\n" : "  columns        not known\n");
    for (uint32_t i = 0; i < r->columns.n; i++) {
        const struct column *column = &r->columns.at[i];
        buf_clear(&text);
        name_canonical(&text, &model->ctx->names, column->name);
        buf_fill(&text, ' ', text.n < 28 ? 28 - text.n : 1);
        type_of_column(&text, types, model, relation, column, false);
        while (text.n && text.p[text.n - 1] == ' ')
            text.p[--text.n] = '\0';
        buf_printf(out, "    %s%s%s\n", text.p, column->flags & COLUMN_NOT_NULL ? " NOT NULL" : "",
                   column->flags & COLUMN_KEY ? " KEY" : "");
    }
    if (r->columns.n && !r->columns_known)
        buf_puts(out, "    others are not known\n");
    buf_fini(&text);
}

static void put_expects(struct buf *out, struct cli *cli, const struct relation *r,
                        const struct model *model)
{
    static const char *const actions[] = {"warn", "drop", "fail"};
    for (uint32_t i = 0; i < r->expects.n; i++) {
        const struct expect *expect = &r->expects.at[i];
        struct str text =
            source_text(&cli->ctx.sources, model_span(model, r->file, expect->condition));
        buf_printf(out, "  %-14s %s: %" STR_F ", else %s\n", i ? "" : "expects",
                   run_spelling(&cli->ctx, model_span(model, r->file, expect->node), expect->name),
                   STR_A(text), actions[expect->action]);
    }
}

void explain_text(struct buf *out, struct cli *cli, const struct project *project,
                  struct types *types, uint32_t i)
{
    const struct model *model = &project->model;
    const struct relation *r = model_relation(model, i);
    const struct settings *s = &r->settings;
    uint32_t inputs_n, *inputs = explain_inputs(&cli->ctx.arena, &project->graph, i, &inputs_n);
    buf_printf(out, "%s  %s\n", r->shown, relation_kind_words(r->kind));
    if (s->comment)
        buf_printf(out, "  %s\n", s->comment);
    buf_puts(out, "  declared at    ");
    put_place(out, cli, model_span(model, r->file, r->name_node));
    buf_putc(out, '\n');
    if (r->kind == RELATION_DYNAMIC_TABLE) {
        put_verdict(out, cli, judgement_of(project, i));
        buf_printf(out, "  refresh        %s", refresh_mode_text(s->refresh));
        put_origin(out, cli, model, &s->refresh_from);
        put_lag(out, cli, project, r, i);
    }
    put_setting(out, cli, model, "warehouse", &s->warehouse);
    put_setting(out, cli, model, "first warehouse", &s->initialization_warehouse);
    put_setting(out, cli, model, "initialize", &s->initialize);
    put_setting(out, cli, model, "scheduler", &s->scheduler);
    put_setting(out, cli, model, "retain", &s->retain);
    put_setting(out, cli, model, "cluster by", &s->cluster_by);
    put_setting(out, cli, model, "freeze", &s->freeze);
    put_setting(out, cli, model, "key", &s->key);
    put_setting(out, cli, model, "transient", &s->transient);
    put_setting(out, cli, model, "copy grants", &s->copy_grants);
    put_setting(out, cli, model, "tracking", &s->change_tracking);
    put_setting(out, cli, model, "protected", &s->prevent_destroy);
    put_expects(out, cli, r, model);
    put_names(out, model, "reads", inputs, inputs_n);
    put_consumers(out, cli, project, i);
    put_columns(out, model, types, i);
}
