/* types_scope.h - what types.c and types_expr.c share: a reader of one file and its scopes. */
#ifndef DTC_EMIT_TYPES_SCOPE_H
#define DTC_EMIT_TYPES_SCOPE_H

#include "emit/types.h"

struct types_reader {
    struct types *types;
    const struct tree *tree;
    const struct interner *names;
    struct type *nodes; /* the file's */
    uint32_t file;
};

struct types_source {
    sym_t alias;
    struct types_columns columns;
    struct types_source *next;
};

struct types_scope {
    struct types_scope *outer;
    struct types_source *sources; /* of FROM, in the order written */
    struct types_source *ctes;
    node_t items; /* ITEMS whose aliases may be used; 0 before they are read */
};

struct types_reader types_reader_make(struct types *types, uint32_t file);
struct types_columns types_query(const struct types_reader *r, node_t query,
                                 struct types_scope *outer);
/* Reads an expression, or any clause that holds some; the type of the node itself. */
struct type types_expression(const struct types_reader *r, node_t node, struct types_scope *scope);

#endif
