/* explain.h - what the two forms of `dtc explain NODE` share. */
#ifndef DTC_CLI_EXPLAIN_H
#define DTC_CLI_EXPLAIN_H

#include "cli/cli.h"

/* One relation for a person, and as an object of the array "nodes". */
void explain_text(struct buf *out, struct cli *cli, const struct project *project, uint32_t i);
struct json_out;
void explain_json(struct json_out *j, struct cli *cli, const struct project *project, uint32_t i);
/* The canonical spelling of a TYPE node, defaults filled in: "NUMBER(38,0)". */
void type_canonical(struct buf *out, const struct model *model, uint32_t file, node_t type);
/* Relations that i reads, each once, in the order of their names; *n of them, in the arena. */
uint32_t *explain_inputs(struct arena *arena, const struct graph *graph, uint32_t i, uint32_t *n);

#endif
