/* scc.c - strongly connected components (Tarjan, without recursion) and the shortest cycle in one.
 */
#include "graph/parts.h"

struct frame {
    uint32_t relation, edge; /* the next outgoing edge to look at */
};

struct search {
    const struct graph *graph;
    edge_filter *filter;
    uint32_t *index, *low, *component; /* index 0: not seen */
    bool *open;                        /* on the stack of relations */
    uint32_t *stack, stack_n;
    struct frame *frames;
    uint32_t frames_n, next, components;
};

static void enter(struct search *s, uint32_t relation)
{
    s->index[relation] = s->low[relation] = ++s->next;
    s->open[relation] = true;
    s->stack[s->stack_n++] = relation;
    s->frames[s->frames_n++] = (struct frame){relation, s->graph->out_first[relation]};
}

static void close_component(struct search *s, uint32_t root)
{
    uint32_t relation;
    do {
        relation = s->stack[--s->stack_n];
        s->open[relation] = false;
        s->component[relation] = s->components;
    } while (relation != root);
    s->components++;
}

static void step(struct search *s)
{
    struct frame *frame = &s->frames[s->frames_n - 1];
    uint32_t relation = frame->relation;
    if (frame->edge < s->graph->out_first[relation + 1]) {
        const struct edge *edge = &s->graph->edges.at[s->graph->out[frame->edge++]];
        if (s->filter && !s->filter(edge))
            return;
        if (s->index[edge->to] == 0)
            enter(s, edge->to);
        else if (s->open[edge->to] && s->index[edge->to] < s->low[relation])
            s->low[relation] = s->index[edge->to];
        return;
    }
    s->frames_n--;
    if (s->frames_n) {
        uint32_t parent = s->frames[s->frames_n - 1].relation;
        if (s->low[relation] < s->low[parent])
            s->low[parent] = s->low[relation];
    }
    if (s->low[relation] == s->index[relation])
        close_component(s, relation);
}

uint32_t scc_find(const struct graph *graph, edge_filter *filter, uint32_t *component)
{
    struct arena *arena = &graph->model->ctx->arena;
    uint32_t n = graph->model->relations.n;
    struct search s = {.graph = graph, .filter = filter, .component = component};
    struct arena_mark mark = arena_mark(arena);
    s.index = ARENA_ARRAY(arena, uint32_t, n);
    s.low = ARENA_ARRAY(arena, uint32_t, n);
    s.open = ARENA_ARRAY(arena, bool, n);
    s.stack = ARENA_ARRAY(arena, uint32_t, n);
    s.frames = ARENA_ARRAY(arena, struct frame, n);
    for (uint32_t i = 0; i < n; i++) {
        if (s.index[i] == 0)
            enter(&s, i);
        while (s.frames_n)
            step(&s);
    }
    arena_reset(arena, mark);
    return s.components;
}

/* ------------------------------------------------------------------------------------------- cycle
 */

/* Breadth first from the relation, inside its component, until an edge comes back. */
struct cycle graph_cycle(const struct graph *graph, struct arena *arena, uint32_t relation)
{
    uint32_t n = graph->model->relations.n, head = 0, tail = 0, closing = MODEL_NONE;
    uint32_t *by = ARENA_ARRAY(arena, uint32_t, n); /* the edge that reached it, plus one */
    uint32_t *queue = ARENA_ARRAY(arena, uint32_t, n + 1);
    struct cycle cycle = {0};
    queue[tail++] = relation;
    while (head < tail && closing == MODEL_NONE) {
        uint32_t at = queue[head++];
        for (uint32_t i = graph->out_first[at]; i < graph->out_first[at + 1]; i++) {
            const struct edge *edge = &graph->edges.at[graph->out[i]];
            if (!edge_orders(edge) || graph->component[edge->to] != graph->component[relation])
                continue;
            if (edge->to == relation) {
                closing = graph->out[i];
                break;
            }
            if (by[edge->to] == 0) {
                by[edge->to] = graph->out[i] + 1;
                queue[tail++] = edge->to;
            }
        }
    }
    if (closing == MODEL_NONE)
        return cycle;
    for (uint32_t at = graph->edges.at[closing].from; at != relation;
         at = graph->edges.at[by[at] - 1].from)
        cycle.n++;
    cycle.edges = ARENA_ARRAY(arena, uint32_t, ++cycle.n);
    uint32_t k = cycle.n;
    cycle.edges[--k] = closing;
    for (uint32_t at = graph->edges.at[closing].from; k > 0; at = graph->edges.at[by[at] - 1].from)
        cycle.edges[--k] = by[at] - 1;
    return cycle;
}

/* ----------------------------------------------------------------------------- downstream,
 * upstream */

static uint32_t *reach(const struct graph *graph, struct arena *arena, uint32_t start, bool down,
                       uint32_t *n)
{
    uint32_t relations = graph->model->relations.n, head = 0, tail = 0, found = 0;
    bool *seen = ARENA_ARRAY(arena, bool, relations);
    uint32_t *queue = ARENA_ARRAY(arena, uint32_t, relations);
    const uint32_t *first = down ? graph->out_first : graph->in_first;
    const uint32_t *list = down ? graph->out : graph->in;
    seen[start] = true;
    queue[tail++] = start;
    while (head < tail) {
        uint32_t at = queue[head++];
        for (uint32_t i = first[at]; i < first[at + 1]; i++) {
            const struct edge *edge = &graph->edges.at[list[i]];
            uint32_t next = down ? edge->to : edge->from;
            if (!edge_flows(edge) || seen[next])
                continue;
            seen[next] = true;
            queue[tail++] = next;
        }
    }
    for (uint32_t k = 0; k < relations; k++)
        if (seen[graph->order[k]] && graph->order[k] != start)
            queue[found++] = graph->order[k];
    *n = found;
    return queue;
}

uint32_t *graph_downstream(const struct graph *graph, struct arena *arena, uint32_t i, uint32_t *n)
{
    return reach(graph, arena, i, true, n);
}

uint32_t *graph_upstream(const struct graph *graph, struct arena *arena, uint32_t i, uint32_t *n)
{
    return reach(graph, arena, i, false, n);
}
