/* fuzz_model.c - any text becomes a model, a graph and findings; nothing in them points nowhere.
 *
 * The first byte chooses: `;` for a script. Laws: references lead to relations, the order has each
 * relation once and inputs first, every finding can be shown. */
#include "base/json.h"
#include "checks/check.h"
#include "diag/render.h"
#include "syntax/parse.h"
#include "../support/text.h"
#include "../support/text_model.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void law_model(const struct model *model)
{
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *relation = model_relation(model, i);
        if (relation->file >= model->files.n || relation->full == NULL || relation->shown == NULL)
            BUG("relation %u has no name or no file", i);
        if (relation->layer != MODEL_NONE && relation->layer >= model->layers.n)
            BUG("`%s` is in no layer", relation->shown);
        for (uint32_t k = 0; k < relation->refs.n; k++) {
            uint32_t to = relation->refs.at[k].relation;
            if (to != MODEL_NONE && to >= model->relations.n)
                BUG("`%s` reads relation %u of %u", relation->shown, to, model->relations.n);
        }
    }
}

static void law_graph(const struct graph *graph, uint32_t n)
{
    uint32_t *place = calloc(n + 1, sizeof *place);

    for (uint32_t i = 0; i < n; i++) {
        if (graph->order[i] >= n || place[graph->order[i]] != 0)
            BUG("the order has relation %u twice", graph->order[i]);
        place[graph->order[i]] = i + 1;
    }
    for (uint32_t i = 0; i < graph->edges.n; i++) {
        const struct edge *edge = &graph->edges.at[i];
        if (edge->from >= n || edge->to >= n)
            BUG("an edge leads nowhere");
        bool orders = edge->kind != REF_KEY && edge->kind != REF_WRITE;
        if (orders && graph->component[edge->from] != graph->component[edge->to] &&
            place[edge->from] > place[edge->to])
            BUG("relation %u comes after %u, which reads it", edge->from, edge->to);
    }
    free(place);
}

static void law_draw(const struct graph *graph)
{
    struct buf out;
    size_t offset = 0;

    buf_init(&out);
    for (int format = DRAW_TEXT; format <= DRAW_JSON; format++) {
        buf_clear(&out);
        graph_draw(&out, graph, (enum draw_format)format);
    }
    struct cJSON *json = json_parse(buf_view(&out), &offset);
    if (json == NULL)
        BUG("the graph is no JSON at %zu: %s", offset, out.p);
    json_free(json);
    buf_fini(&out);
}

static void show_findings(struct dtc *ctx)
{
    struct buf out;

    buf_init(&out);
    diag_sort(&ctx->diags, &ctx->sources);
    render_text(&out, &ctx->diags, &ctx->sources, (struct render_options){.color = true});
    render_json(&out, &ctx->diags, &ctx->sources);
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dtc ctx;
    struct model model;
    struct graph graph;
    struct checks checks;
    struct model_options options = {NULL, NULL};

    dtc_init(&ctx);
    syntax_open(&ctx);
    text_model(&ctx, &model, str_make((const char *)data, size));
    model_resolve(&model, &options);
    law_model(&model);
    graph_build(&graph, &model);
    law_graph(&graph, model.relations.n);
    law_draw(&graph);
    checks_run(&checks, &ctx, &model, &graph);
    text_law_findings(&ctx);
    show_findings(&ctx);
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
    dtc_fini(&ctx);
    return 0;
}
