/* graph.h - who reads whom: order, cycles, lag. Nodes are the model's relations, by the same
 * index. */
#ifndef DTC_GRAPH_GRAPH_H
#define DTC_GRAPH_GRAPH_H

#include "model/model.h"

struct edge {
    uint32_t from, to; /* `to` reads (or follows) `from` */
    enum ref_kind kind;
    node_t node; /* OBJECT in the file of `to`: the first occurrence */
};

/* What a lag comes to once consumers are known. */
struct effective_lag {
    bool live;       /* false: it never refreshes by itself */
    int64_t seconds; /* when live and by time */
    bool cron;       /* driven by cron times */
    uint32_t clock;  /* the relation whose clock drives it (itself, or a consumer below) */
};

struct graph {
    const struct model *model;
    VEC(struct edge) edges;    /* each pair once per kind, by (to, order of text) */
    uint32_t *out_first, *out; /* consumers of i: out[out_first[i]..out_first[i + 1]) */
    uint32_t *in_first, *in;   /* inputs of i, likewise */
    uint32_t *order;           /* all relations, inputs first; ties by layer rank, then name */
    uint32_t *component;       /* strongly connected component of each relation */
    bool *in_cycle;
    struct effective_lag *lag; /* by relation */
    uint32_t *depth;           /* longest way from a root, in relations */
};

/* Memory: ctx->arena and vectors released by graph_fini. Linear in relations and edges. Cycles are
 * found here and reported by the checks; order is complete even then. */
void graph_build(struct graph *graph, const struct model *model);
void graph_fini(struct graph *graph);

struct cycle {
    uint32_t *edges; /* in the arena; from edge to edge around the shortest cycle of a component */
    uint32_t n;
};

/* The shortest cycle through a relation that is in one. */
struct cycle graph_cycle(const struct graph *graph, struct arena *arena, uint32_t relation);
/* All relations downstream of i (without i), in graph order, in the arena. */
uint32_t *graph_downstream(const struct graph *graph, struct arena *arena, uint32_t i, uint32_t *n);
uint32_t *graph_upstream(const struct graph *graph, struct arena *arena, uint32_t i, uint32_t *n);

enum draw_format { DRAW_TEXT, DRAW_DOT, DRAW_MERMAID, DRAW_JSON };
void graph_draw(struct buf *out, const struct graph *graph, enum draw_format format);

#endif
