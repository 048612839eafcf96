/* emit.h - a dialect turns relations and trees into SQL text.
 *
 * A statement is text without the final semicolon, with the relation that caused it. Shared layout
 * is the printer's (syntax/print.h); a dialect is a vtable of small functions. */
#ifndef DTC_EMIT_EMIT_H
#define DTC_EMIT_EMIT_H

#include "graph/graph.h"

enum create_form {
    CREATE_DEFAULT, /* CREATE OR ALTER where Snowflake has it, else CREATE ... IF NOT EXISTS */
    CREATE_REPLACE, /* CREATE OR REPLACE, when asked */
    CREATE_PLAIN,   /* CREATE */
};

struct emit_options {
    enum create_form create;
};

struct statement {
    uint32_t relation;  /* MODEL_NONE: belongs to no relation (CREATE SCHEMA) */
    const char *schema; /* folder and file for sql_out: "gold", "daily_sales" */
    const char *object;
    const char *text;   /* in ctx->arena */
};

struct statements {
    VEC(struct statement) all;
};

struct dialect {
    const char *name; /* "snowflake", "duckdb" */
    /* Everything needed to bring up an empty target, in order of execution. */
    void (*script)(struct statements *out, const struct graph *graph, const struct emit_options *o);
    /* A relation's name as other statements spell it: schema.name, quoted where needed. */
    void (*relation_name)(struct buf *out, const struct model *model, uint32_t relation);
    /* The query of a relation (or of any QUERY node of that file) in this dialect: names qualified,
     * parameters replaced, functions lowered. False when something has no lowering: *at is the node
     * and *why says what. */
    bool (*query)(struct buf *out, const struct model *model, uint32_t file, node_t query,
                  node_t *at, const char **why);
    /* Any expression of that file, likewise. */
    bool (*expression)(struct buf *out, const struct model *model, uint32_t file, node_t e,
                       node_t *at, const char **why);
};

extern const struct dialect dialect_snowflake, dialect_duckdb;
/* NULL when there is none of that name. */
const struct dialect *dialect_find(const char *name);
void statements_fini(struct statements *statements);

#endif
