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
    const char *text; /* in ctx->arena */
};

struct statements {
    VEC(struct statement) all;
};

struct dialect {
    const char *name; /* "snowflake", "duckdb" */
    /* Everything needed to bring up an empty target, in order of execution. What has no lowering is
     * a DT701 in ctx->diags, and its relation is left out. */
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
    /* What a relation with a query holds: its query, without the rows that an expectation drops; on
     * Snowflake also with the expectations that fail it. */
    bool (*body)(struct buf *out, const struct model *model, uint32_t relation, node_t *at,
                 const char **why);
    /* A name that has no text of its own, quoted where this dialect needs it. */
    void (*symbol)(struct buf *out, const struct model *model, sym_t symbol);
    /* A TYPE node in this dialect. */
    void (*type)(struct buf *out, const struct model *model, uint32_t file, node_t type);
};

extern const struct dialect dialect_snowflake, dialect_duckdb;
/* NULL when there is none of that name. */
const struct dialect *dialect_find(const char *name);
void statements_fini(struct statements *statements);

/* Adds the DT701 finding for a failed lowering. */
void emit_refused(const struct model *model, const struct dialect *dialect, uint32_t file,
                  node_t at, const char *why);
/* The query whose rows break an expectation, with a first column `expectation`: what the view
 * <name>__violations holds. False as for query; *out is empty when the relation expects nothing. */
bool emit_violations(struct buf *out, const struct dialect *dialect, const struct model *model,
                     uint32_t relation, node_t *at, const char **why);
/* Name of that view: schema.name__violations. */
void emit_violations_name(struct buf *out, const struct dialect *dialect, const struct model *model,
                          uint32_t relation);
/* Last part of the relation's name as its declaration spells it, quotes included. */
void emit_spelling(struct buf *out, const struct model *model, uint32_t relation);
/* A name without a text of its own: lower case when Snowflake folds it, else quoted. */
void emit_symbol(struct buf *out, const struct model *model, sym_t symbol);
/* 'text', quotes and backslashes as Snowflake reads them. */
void emit_quote(struct buf *out, struct str text);
/* The schema a layer lives in: the clause, else the layer's name. */
sym_t emit_schema(const struct model *model, uint32_t layer);
/* The literal of a parameter, NULL when there is no parameter of that name or it has no value. */
const char *emit_param(const struct model *model, sym_t name);

#endif
