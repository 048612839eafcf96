/* print.h - the canonical printer: trees to text in one layout. `dtc fmt` and every emitter use
 * it. */
#ifndef DTC_SYNTAX_PRINT_H
#define DTC_SYNTAX_PRINT_H

#include "diag/ctx.h"
#include "syntax/ast.h"

struct printer;

/* A dialect's hook: prints node itself and returns true, or returns false to let the printer do it.
 * The hook may call print_node for parts. It is asked for every node but QUERY and what has no text
 * of its own. */
typedef bool print_hook(struct printer *p, node_t node, void *data);

struct print_options {
    uint32_t width;   /* 100 */
    bool spelling;    /* names as the source wrote them; else canonical */
    print_hook *hook; /* may be NULL */
    void *hook_data;
};

/* Prints one node (an expression, a QUERY, a declaration) without a line end after it; comments are
 * left out. */
void print_tree(struct buf *out, const struct dtc *ctx, const struct tree *tree, node_t node,
                const struct print_options *options);
/* A whole file as `dtc fmt` writes it: comments kept, one blank line between declarations. */
void print_file(struct buf *out, const struct dtc *ctx, const struct tree *tree);

/* For hooks. */
void print_node(struct printer *p, node_t node);
void print_text(struct printer *p, const char *text);
void print_str(struct printer *p, struct str text);
/* A CALL under another name, its arguments and what follows them as they are. */
void print_call_as(struct printer *p, node_t call, const char *name);
const struct tree *print_tree_of(const struct printer *p);
const struct dtc *print_ctx(const struct printer *p);

#endif
