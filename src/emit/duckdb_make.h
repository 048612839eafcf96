/* duckdb_make.h - single statements of the embedded engine, for the script and for apply. Each
 * appends to out; false when something has no DuckDB form, with *at and *why as emit.h says. */
#ifndef DTC_EMIT_DUCKDB_MAKE_H
#define DTC_EMIT_DUCKDB_MAKE_H

#include "emit/duckdb.h"

void duckdb_make_schema(struct buf *out, const struct model *model, uint32_t layer);
/* A base table or source from its declaration, when it is not there. */
bool duckdb_make_table(struct buf *out, const struct model *model, uint32_t relation, node_t *at,
                       const char **why);
/* name type [default e] [not null]: NOT NULL only where constraints may stand. */
bool duckdb_make_column(struct buf *out, const struct model *model, const struct relation *r,
                        const struct column *column, bool constraints, node_t *at,
                        const char **why);
/* "<create> schema.name as <query>": create is "create table", "create or replace view", ... */
bool duckdb_make_query_object(struct buf *out, const struct model *model, uint32_t relation,
                              const char *create, node_t *at, const char **why);
bool duckdb_make_violations(struct buf *out, const struct model *model, uint32_t relation,
                            const char *create, node_t *at, const char **why);

#endif
