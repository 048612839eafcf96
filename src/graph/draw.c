/* draw.c - the graph for people and for other programs: text, Graphviz, Mermaid, JSON.
 *
 * Relations come in graph order, layers by rank, so that two runs print the same bytes. Declared
 * references are left out of the pictures: they carry no rows. */
#include "base/json.h"
#include "base/utf8.h"
#include "graph/parts.h"

static struct str layer_name(const struct model *model, uint32_t layer)
{
    return layer == MODEL_NONE ? STR_LIT("")
                               : sym_text(&model->ctx->names, model->layers.at[layer].name);
}

/* Layers by rank, those without one in order of appearance, "no layer" last: MODEL_NONE. */
static uint32_t *layer_order(const struct graph *graph, uint32_t *n)
{
    const struct model *model = graph->model;
    uint32_t *layers = ARENA_ARRAY(&model->ctx->arena, uint32_t, model->layers.n + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < model->layers.n; i++) {
        uint32_t k = count++;
        for (; k > 0 && model->layers.at[layers[k - 1]].rank > model->layers.at[i].rank; k--)
            layers[k] = layers[k - 1];
        layers[k] = i;
    }
    layers[count++] = MODEL_NONE;
    *n = count;
    return layers;
}

static bool layer_is_used(const struct model *model, uint32_t layer)
{
    for (uint32_t i = 0; i < model->relations.n; i++)
        if (model->relations.at[i].layer == layer)
            return true;
    return false;
}

static void add_lower(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        buf_putc(out, text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] | 0x20) : text.p[i]);
}

/* "lag 5 minutes"; "lag downstream (5 minutes by gold.x)"; "lag downstream (never)". */
static void add_lag(struct buf *out, const struct graph *graph, uint32_t i)
{
    const struct relation *relation = &graph->model->relations.at[i];
    const struct effective_lag *lag = &graph->lag[i];
    if (relation->kind != RELATION_DYNAMIC_TABLE)
        return;
    if (relation->settings.lag.kind == LAG_CRON)
        buf_printf(out, ", lag cron '%s'", relation->settings.lag.text);
    else
        buf_printf(out, ", lag %s",
                   relation->settings.lag.text ? relation->settings.lag.text : "not said");
    if (!lag->live) {
        buf_puts(out, " (never refreshes)");
    } else if (lag->clock != i) {
        buf_puts(out, " (");
        if (!lag->cron) {
            duration_print(out, lag->seconds);
            buf_putc(out, ' ');
        }
        buf_printf(out, "by %s)", graph->model->relations.at[lag->clock].shown);
    }
}

static const char *short_name(const struct relation *relation)
{
    const char *dot = strrchr(relation->shown, '.');
    return dot && relation->layer != MODEL_NONE ? dot + 1 : relation->shown;
}

/* seen: by relation, who printed it last, plus one: an input that is read in two ways stands once.
 */
static void add_inputs(struct buf *out, const struct graph *graph, uint32_t i, uint32_t *seen)
{
    const char *before = "  <- ";
    for (uint32_t e = graph->in_first[i]; e < graph->in_first[i + 1]; e++) {
        const struct edge *edge = &graph->edges.at[graph->in[e]];
        if (!edge_orders(edge) || seen[edge->from] == i + 1)
            continue;
        seen[edge->from] = i + 1;
        buf_printf(out, "%s%s", before, graph->model->relations.at[edge->from].shown);
        before = ", ";
    }
}

static size_t name_width(const struct graph *graph, uint32_t layer)
{
    const struct model *model = graph->model;
    size_t widest = 0;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        size_t width = utf8_width(str_from(short_name(&model->relations.at[i])));
        if (model->relations.at[i].layer == layer && width > widest)
            widest = width;
    }
    return widest;
}

static void draw_text(struct buf *out, const struct graph *graph)
{
    const struct model *model = graph->model;
    uint32_t n;
    const uint32_t *layers = layer_order(graph, &n);
    uint32_t *seen = ARENA_ARRAY(&model->ctx->arena, uint32_t, model->relations.n);
    for (uint32_t l = 0; l < n; l++) {
        if (!layer_is_used(model, layers[l]))
            continue;
        size_t width = name_width(graph, layers[l]);
        if (layers[l] == MODEL_NONE)
            buf_puts(out, "no layer");
        add_lower(out, layer_name(model, layers[l]));
        buf_putc(out, '\n');
        for (uint32_t k = 0; k < model->relations.n; k++) {
            uint32_t i = graph->order[k];
            const struct relation *relation = &model->relations.at[i];
            if (relation->layer != layers[l])
                continue;
            const char *name = short_name(relation);
            buf_printf(out, "  %s", name);
            buf_fill(out, ' ', width - utf8_width(str_from(name)) + 2);
            buf_puts(out, relation_kind_words(relation->kind));
            add_lag(out, graph, i);
            add_inputs(out, graph, i, seen);
            buf_puts(out, graph->in_cycle[i] ? "  (in a cycle)\n" : "\n");
        }
    }
}

/* ------------------------------------------------------------------------------ dot and mermaid */

static void add_escaped(struct buf *out, const char *text, const char *quote)
{
    for (; *text; text++) {
        if (*text == '"')
            buf_puts(out, quote);
        else
            buf_putc(out, *text);
    }
}

static const char *dot_shape(enum relation_kind kind)
{
    return kind == RELATION_VIEW                                             ? "ellipse"
           : kind == RELATION_SOURCE || kind == RELATION_TABLE               ? "cylinder"
           : kind == RELATION_DYNAMIC_TABLE || kind == RELATION_STATIC_TABLE ? "box"
                                                                             : "note";
}

static void draw_dot(struct buf *out, const struct graph *graph)
{
    const struct model *model = graph->model;
    uint32_t n;
    const uint32_t *layers = layer_order(graph, &n);
    buf_puts(out, "digraph pipeline {\n  rankdir=LR;\n");
    for (uint32_t l = 0; l < n; l++) {
        if (!layer_is_used(model, layers[l]))
            continue;
        buf_printf(out, "  subgraph cluster_%u {\n    label=\"", l);
        add_lower(out, layer_name(model, layers[l]));
        buf_puts(out, "\";\n");
        for (uint32_t k = 0; k < model->relations.n; k++) {
            const struct relation *relation = &model->relations.at[graph->order[k]];
            if (relation->layer != layers[l])
                continue;
            buf_puts(out, "    \"");
            add_escaped(out, relation->shown, "\\\"");
            buf_printf(out, "\" [shape=%s];\n", dot_shape(relation->kind));
        }
        buf_puts(out, "  }\n");
    }
    for (uint32_t e = 0; e < graph->edges.n; e++) {
        const struct edge *edge = &graph->edges.at[e];
        if (!edge_orders(edge))
            continue;
        buf_puts(out, "  \"");
        add_escaped(out, model->relations.at[edge->from].shown, "\\\"");
        buf_puts(out, "\" -> \"");
        add_escaped(out, model->relations.at[edge->to].shown, "\\\"");
        buf_puts(out, edge_flows(edge) ? "\";\n" : "\" [style=dashed];\n");
    }
    buf_puts(out, "}\n");
}

static void draw_mermaid(struct buf *out, const struct graph *graph)
{
    const struct model *model = graph->model;
    uint32_t n;
    const uint32_t *layers = layer_order(graph, &n);
    buf_puts(out, "flowchart LR\n");
    for (uint32_t l = 0; l < n; l++) {
        if (!layer_is_used(model, layers[l]))
            continue;
        buf_printf(out, "  subgraph l%u[\"", l);
        add_lower(out,
                  layers[l] == MODEL_NONE ? STR_LIT("no layer") : layer_name(model, layers[l]));
        buf_puts(out, "\"]\n");
        for (uint32_t k = 0; k < model->relations.n; k++) {
            const struct relation *relation = &model->relations.at[graph->order[k]];
            if (relation->layer != layers[l])
                continue;
            buf_printf(out, "    n%u[\"", graph->order[k]);
            add_escaped(out, relation->shown, "#quot;");
            buf_puts(out, "\"]\n");
        }
        buf_puts(out, "  end\n");
    }
    for (uint32_t e = 0; e < graph->edges.n; e++) {
        const struct edge *edge = &graph->edges.at[e];
        if (edge_orders(edge))
            buf_printf(out, "  n%u %s n%u\n", edge->from, edge_flows(edge) ? "-->" : "-.->",
                       edge->to);
    }
}

/* -------------------------------------------------------------------------------------------- json
 */

static void json_node(struct json_out *j, const struct graph *graph, uint32_t i)
{
    const struct model *model = graph->model;
    const struct relation *relation = &model->relations.at[i];
    const struct effective_lag *lag = &graph->lag[i];
    json_open(j, '{');
    json_ktext(j, "name", relation->full);
    json_ktext(j, "kind", relation_kind_key(relation->kind));
    if (relation->layer == MODEL_NONE)
        json_knull(j, "layer");
    else
        json_kstr(j, "layer", layer_name(model, relation->layer));
    json_ktext(j, "target_lag", relation->settings.lag.text);
    if (lag->live && !lag->cron)
        json_kint(j, "effective_lag_seconds", lag->seconds);
    else
        json_knull(j, "effective_lag_seconds");
    json_ktext(j, "clock", lag->clock == MODEL_NONE ? NULL : model->relations.at[lag->clock].full);
    json_kint(j, "depth", graph->depth[i]);
    json_kbool(j, "in_cycle", graph->in_cycle[i]);
    json_close(j);
}

static void json_edge(struct json_out *j, const struct graph *graph, const struct edge *edge)
{
    static const char *const kinds[] = {
        [REF_READ] = "read",   [REF_BOUNDARY] = "boundary", [REF_STREAM] = "stream",
        [REF_WRITE] = "write", [REF_KEY] = "key",           [REF_AFTER] = "after",
    };
    const struct model *model = graph->model;
    const struct relation *to = &model->relations.at[edge->to];
    struct span span = model_span(model, to->file, edge->node);
    struct place place = source_place(&model->ctx->sources, span.file, span.lo);
    json_open(j, '{');
    json_ktext(j, "from", model->relations.at[edge->from].full);
    json_ktext(j, "to", to->full);
    json_ktext(j, "kind", kinds[edge->kind]);
    json_ktext(j, "file", model->ctx->sources.files.at[span.file].path);
    json_kint(j, "line", place.line);
    json_kint(j, "column", place.column);
    json_close(j);
}

static void draw_json(struct buf *out, const struct graph *graph)
{
    struct json_out j;
    json_begin(&j, out, false);
    json_open(&j, '{');
    json_kint(&j, "schema_version", 1);
    json_kopen(&j, "nodes", '[');
    for (uint32_t k = 0; k < graph->model->relations.n; k++)
        json_node(&j, graph, graph->order[k]);
    json_close(&j);
    json_kopen(&j, "edges", '[');
    for (uint32_t e = 0; e < graph->edges.n; e++)
        json_edge(&j, graph, &graph->edges.at[e]);
    json_close(&j);
    json_close(&j);
    json_end(&j);
    buf_putc(out, '\n');
}

void graph_draw(struct buf *out, const struct graph *graph, enum draw_format format)
{
    switch (format) {
    case DRAW_TEXT:
        draw_text(out, graph);
        break;
    case DRAW_DOT:
        draw_dot(out, graph);
        break;
    case DRAW_MERMAID:
        draw_mermaid(out, graph);
        break;
    case DRAW_JSON:
        draw_json(out, graph);
        break;
    }
}
