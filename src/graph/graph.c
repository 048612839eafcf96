/* graph.c - edges, order and depth.
 *
 * An edge goes from what must exist (and be fresh) first to what follows it. Declared references
 * order too, so that a key exists before who refers to it, but they give way where they would make
 * a circle. The order is Kahn's with a heap, so that it depends on layers and names only. */
#include "graph/parts.h"

#include <stdlib.h>

enum { KINDS = REF_AFTER + 1 };

/* ------------------------------------------------------------------------------------------- edges
 */

static void collect_edges(struct graph *graph)
{
    const struct model *model = graph->model;
    uint32_t n = model->relations.n;
    /* by input and kind: the last reader that has the edge already, plus one */
    uint32_t *last = ARENA_ARRAY(&model->ctx->arena, uint32_t, (size_t)n * KINDS);
    for (uint32_t to = 0; to < n; to++) {
        const struct relation *relation = &model->relations.at[to];
        for (uint32_t i = 0; i < relation->refs.n; i++) {
            struct ref ref = relation->refs.at[i];
            if (ref.relation == MODEL_NONE || last[ref.relation * KINDS + ref.kind] == to + 1)
                continue;
            last[ref.relation * KINDS + ref.kind] = to + 1;
            *VEC_PUSH(&graph->edges) = (struct edge){ref.relation, to, ref.kind, ref.node};
        }
    }
}

/* Compressed rows: first[i] .. first[i + 1] are the edges of relation i. */
static void index_edges(const struct graph *graph, bool out, uint32_t **first, uint32_t **list)
{
    struct arena *arena = &graph->model->ctx->arena;
    uint32_t n = graph->model->relations.n;
    *first = ARENA_ARRAY(arena, uint32_t, n + 2);
    *list = ARENA_ARRAY(arena, uint32_t, graph->edges.n);
    for (uint32_t e = 0; e < graph->edges.n; e++)
        (*first)[(out ? graph->edges.at[e].from : graph->edges.at[e].to) + 2]++;
    for (uint32_t i = 0; i < n; i++)
        (*first)[i + 2] += (*first)[i + 1];
    for (uint32_t e = 0; e < graph->edges.n; e++)
        (*list)[(*first)[(out ? graph->edges.at[e].from : graph->edges.at[e].to) + 1]++] = e;
}

/* ------------------------------------------------------------------------------------------- order
 */

struct rank_key {
    uint32_t rank;
    const char *name;
    uint32_t relation;
};

static int compare_keys(const void *a, const void *b)
{
    const struct rank_key *x = a;
    const struct rank_key *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    int by = strcmp(x->name, y->name);
    return by ? by : (x->relation > y->relation) - (x->relation < y->relation);
}

struct ordering {
    uint32_t *place, *at; /* relation -> its rank among all, and back */
    uint32_t *waits;      /* inputs that are not placed yet */
    uint32_t *heap, n;    /* of places, smallest first */
    uint32_t *component;  /* over all edges */
    bool *done;
};

static void heap_push(struct ordering *o, uint32_t place)
{
    uint32_t i = o->n++;
    for (; i > 0 && o->heap[(i - 1) / 2] > place; i = (i - 1) / 2)
        o->heap[i] = o->heap[(i - 1) / 2];
    o->heap[i] = place;
}

static uint32_t heap_pop(struct ordering *o)
{
    uint32_t top = o->heap[0], last = o->heap[--o->n], i = 0;
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child + 1 < o->n && o->heap[child + 1] < o->heap[child])
            child++;
        if (child >= o->n || o->heap[child] >= last)
            break;
        o->heap[i] = o->heap[child];
        i = child;
    }
    o->heap[i] = last;
    return top;
}

static bool counts(const struct ordering *o, const struct edge *edge)
{
    if (edge->from == edge->to)
        return false;
    return edge_orders(edge) || o->component[edge->from] != o->component[edge->to];
}

static void order_prepare(struct graph *graph, struct ordering *o)
{
    const struct model *model = graph->model;
    struct arena *arena = &model->ctx->arena;
    uint32_t n = model->relations.n;
    struct rank_key *keys = ARENA_ARRAY(arena, struct rank_key, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t layer = model->relations.at[i].layer;
        uint32_t rank = layer == MODEL_NONE ? MODEL_NONE : model->layers.at[layer].rank;
        keys[i] = (struct rank_key){rank, model->relations.at[i].full, i};
    }
    if (n)
        qsort(keys, n, sizeof *keys, compare_keys);
    o->place = ARENA_ARRAY(arena, uint32_t, n);
    o->at = ARENA_ARRAY(arena, uint32_t, n);
    o->waits = ARENA_ARRAY(arena, uint32_t, n);
    o->heap = ARENA_ARRAY(arena, uint32_t, n);
    o->component = ARENA_ARRAY(arena, uint32_t, n);
    o->done = ARENA_ARRAY(arena, bool, n);
    for (uint32_t i = 0; i < n; i++) {
        o->at[i] = keys[i].relation;
        o->place[keys[i].relation] = i;
    }
    scc_find(graph, NULL, o->component);
    for (uint32_t e = 0; e < graph->edges.n; e++)
        o->waits[graph->edges.at[e].to] += counts(o, &graph->edges.at[e]);
    for (uint32_t i = 0; i < n; i++)
        if (o->waits[i] == 0)
            heap_push(o, o->place[i]);
}

/* Nothing is free: a circle. The first of those that wait is placed as if it were. */
static void force_one(struct ordering *o, uint32_t *from)
{
    while (o->done[o->at[*from]])
        ++*from;
    heap_push(o, *from);
}

static void find_order(struct graph *graph)
{
    uint32_t n = graph->model->relations.n, placed = 0, from = 0;
    struct ordering o = {0};
    graph->order = ARENA_ARRAY(&graph->model->ctx->arena, uint32_t, n);
    order_prepare(graph, &o);
    while (placed < n) {
        if (o.n == 0)
            force_one(&o, &from);
        uint32_t relation = o.at[heap_pop(&o)];
        o.done[relation] = true;
        graph->order[placed++] = relation;
        for (uint32_t i = graph->out_first[relation]; i < graph->out_first[relation + 1]; i++) {
            const struct edge *edge = &graph->edges.at[graph->out[i]];
            if (counts(&o, edge) && --o.waits[edge->to] == 0 && !o.done[edge->to])
                heap_push(&o, o.place[edge->to]);
        }
    }
}

/* ------------------------------------------------------------------------------------------- depth
 */

static void find_depth(struct graph *graph)
{
    uint32_t n = graph->model->relations.n;
    bool *done = ARENA_ARRAY(&graph->model->ctx->arena, bool, n);
    graph->depth = ARENA_ARRAY(&graph->model->ctx->arena, uint32_t, n);
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = graph->order[k], deepest = 0;
        for (uint32_t e = graph->in_first[i]; e < graph->in_first[i + 1]; e++) {
            const struct edge *edge = &graph->edges.at[graph->in[e]];
            if (edge_flows(edge) && done[edge->from] && graph->depth[edge->from] > deepest)
                deepest = graph->depth[edge->from];
        }
        graph->depth[i] = deepest + 1;
        done[i] = true;
    }
}

static void find_cycles(struct graph *graph)
{
    struct arena *arena = &graph->model->ctx->arena;
    uint32_t n = graph->model->relations.n;
    graph->component = ARENA_ARRAY(arena, uint32_t, n);
    graph->in_cycle = ARENA_ARRAY(arena, bool, n);
    uint32_t components = scc_find(graph, edge_orders, graph->component);
    uint32_t *sizes = ARENA_ARRAY(arena, uint32_t, components);
    for (uint32_t i = 0; i < n; i++)
        sizes[graph->component[i]]++;
    for (uint32_t i = 0; i < n; i++)
        graph->in_cycle[i] = sizes[graph->component[i]] > 1;
    for (uint32_t e = 0; e < graph->edges.n; e++)
        if (graph->edges.at[e].from == graph->edges.at[e].to && edge_orders(&graph->edges.at[e]))
            graph->in_cycle[graph->edges.at[e].from] = true;
}

void graph_build(struct graph *graph, const struct model *model)
{
    *graph = (struct graph){.model = model};
    collect_edges(graph);
    index_edges(graph, true, &graph->out_first, &graph->out);
    index_edges(graph, false, &graph->in_first, &graph->in);
    find_cycles(graph);
    find_order(graph);
    find_depth(graph);
    lag_find(graph);
}

void graph_fini(struct graph *graph)
{
    VEC_FINI(&graph->edges);
    *graph = (struct graph){0};
}
