/* types.h - the types of a query's expressions, as far as a dialect's lowering needs them.
 *
 * Owns: a type per node and per output column, found from declared columns, casts, literals and the
 * catalogue (Snowflake's own rules: division widens the scale, sums the precision). Does not own:
 * judging anything: what is not known is TYPE_UNKNOWN and spreads quietly. */
#ifndef DTC_EMIT_TYPES_H
#define DTC_EMIT_TYPES_H

#include "model/model.h"

enum type_kind {
    TYPE_UNKNOWN,
    TYPE_NULL,
    TYPE_NUMBER,
    TYPE_FLOAT,
    TYPE_TEXT,
    TYPE_BOOLEAN,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_TIMESTAMP,
    TYPE_TIMESTAMP_TZ,
    TYPE_INTERVAL,
    TYPE_BINARY,
    TYPE_VARIANT,
    TYPE_ARRAY,
    TYPE_OBJECT,
};

struct type {
    uint8_t kind;             /* enum type_kind */
    uint8_t precision, scale; /* NUMBER */
};

struct types_column {
    sym_t name;
    struct type type;
};

struct types_columns {
    struct types_column *at; /* in the arena */
    uint32_t n;
};

/* Whose columns the condition of an expectation speaks of. */
struct types_expect {
    uint64_t key; /* map_key2(file, condition) */
    uint32_t relation;
};

struct types {
    const struct model *model;
    struct arena *arena;              /* the compilation's */
    struct types_columns **relations; /* by relation, NULL until asked for */
    bool *visiting;
    struct type **nodes;          /* by file, then by node; NULL until a query of it was read */
    struct types_expect *expects; /* sorted by key */
    uint32_t expects_n;
};

/* types borrows the model. Everything is computed on first use and kept. */
void types_init(struct types *types, const struct model *model);
void types_fini(struct types *types);
/* The one of a resolved model, made when first asked for: reading a relation twice costs nothing.
 */
struct types *types_of(const struct model *model);
/* The relation that has this condition among its expectations; MODEL_NONE when none has. */
uint32_t types_expecting(const struct types *types, uint32_t file, node_t condition);

/* Reads a QUERY, or an expression over the columns of a relation: types_at is good for its nodes
 * then. */
void types_read_query(struct types *types, uint32_t file, node_t query);
void types_read_expression(struct types *types, uint32_t file, node_t e, uint32_t relation);
struct type types_at(const struct types *types, uint32_t file, node_t node);
const struct types_columns *types_of_relation(struct types *types, uint32_t relation);

/* What a TYPE node says. */
struct type types_declared(const struct tree *tree, const struct interner *names, node_t type);
/* The type of a / b of two NUMBERs: Snowflake's scale rule. */
struct type types_divide(struct type a, struct type b);
struct type types_common(struct type a, struct type b);

#endif
