/* shared.h - what the dialects' files share with each other and with nobody else. */
#ifndef DTC_EMIT_SHARED_H
#define DTC_EMIT_SHARED_H

#include "emit/emit.h"
#include "syntax/print.h"

/* What a print hook is handed: the place of the tree, and the first thing that has no lowering. */
struct emit_state {
    const struct model *model;
    uint32_t file;
    void *dialect; /* the dialect's own */
    node_t at;     /* 0: nothing failed */
    const char *why;
};

void emit_fail(struct emit_state *state, node_t at, const char *why);
/* The literal of a parameter as an operand; false when the name is no parameter. */
bool emit_print_param(struct printer *p, const struct model *model, sym_t name);
/* OBJECT that stands for a relation, COLUMN with more than one qualifier, VARIABLE: the same in
 * every dialect but for the relation's name. */
bool emit_print_name(struct printer *p, node_t node, struct emit_state *state,
                     const struct dialect *dialect);
/* Prints with the hook; false when the state holds a failure, with *at and *why set. */
bool emit_print(struct buf *out, struct emit_state *state, node_t node, print_hook *hook,
                node_t *at, const char **why);
/* The relation's query with a filter around it for the expectations of these actions; fail_form is
 * printf text with one %s for a condition that makes the query fail, NULL to leave them out. */
bool emit_body(struct buf *out, const struct dialect *dialect, const struct model *model,
               uint32_t relation, bool with_fail, node_t *at, const char **why);
/* "a, b, c" of a relation with known columns, "*" of an open one. */
void emit_column_list(struct buf *out, const struct dialect *dialect, const struct model *model,
                      uint32_t relation);
struct statement *emit_statement(struct statements *out, const struct graph *graph,
                                 uint32_t relation, const char *suffix, struct buf *text);
/* Appends text with every line after the first indented. */
void emit_indent(struct buf *out, struct str text, int blanks);
/* Relations with data in the order in which they can be made: the graph's, and a base table after
 * the base tables that its keys refer to. In the arena. */
uint32_t *emit_order(const struct graph *graph);
/* Text of a source span with relation names qualified and parameters replaced. */
void emit_raw(struct buf *out, const struct dialect *dialect, const struct model *model,
              uint32_t file, node_t statement);

#endif
