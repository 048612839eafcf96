/* parts.h - what the files of this folder share; private to src/graph. */
#ifndef DTC_GRAPH_PARTS_H
#define DTC_GRAPH_PARTS_H

#include "graph/graph.h"

/* Declared references are knowledge about rows, everything else orders. */
static inline bool edge_orders(const struct edge *edge)
{
    return edge->kind != REF_KEY;
}

/* Rows flow along it. */
static inline bool edge_flows(const struct edge *edge)
{
    return edge->kind == REF_READ || edge->kind == REF_BOUNDARY || edge->kind == REF_STREAM ||
           edge->kind == REF_AFTER;
}

typedef bool edge_filter(const struct edge *edge);

/* Strongly connected components over the edges that the filter takes (NULL: all), numbered so that
 * a component's inputs have higher numbers. Returns how many there are; component has room for all.
 */
uint32_t scc_find(const struct graph *graph, edge_filter *filter, uint32_t *component);
void lag_find(struct graph *graph);

#endif
