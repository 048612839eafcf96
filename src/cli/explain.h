/* explain.h - what the two forms of `dtc explain NODE` share. */
#ifndef DTC_CLI_EXPLAIN_H
#define DTC_CLI_EXPLAIN_H

#include "cli/cli.h"

/* One relation for a person, and as an object of the array "nodes". */
struct json_out;
struct types;
void explain_text(struct buf *out, struct cli *cli, const struct project *project,
                  struct types *types, uint32_t i);
void explain_json(struct json_out *j, struct cli *cli, const struct project *project,
                  struct types *types, uint32_t i);
/* The canonical spelling of a TYPE node, defaults filled in: "NUMBER(38,0)". */
void type_canonical(struct buf *out, const struct model *model, uint32_t file, node_t type);
/* The type of a column, declared or derived from the query; "" when not known. What is derived has
 * no length or precision of texts and times: `whole` asks for canonical types only. */
void type_of_column(struct buf *out, struct types *types, const struct model *model, uint32_t i,
                    const struct column *column, bool whole);
/* Relations that i reads, each once, in the order of their names; *n of them, in the arena. */
uint32_t *explain_inputs(struct arena *arena, const struct graph *graph, uint32_t i, uint32_t *n);

#endif
