/* print_parts.h - what the files of the printer share. Private to print*.c.
 *
 * A function per kind of node, found in one table (print.c); print_expr.c, print_query.c and
 * print_decl.c fill it. They write words, names and blanks, and say with groups and breaks where a
 * line may end; comments come by themselves when the text of a file is behind the tree. */
#ifndef DTC_SYNTAX_PRINT_PARTS_H
#define DTC_SYNTAX_PRINT_PARTS_H

#include "syntax/print.h"
#include "syntax/layout.h"
#include "syntax/print_source.h"

/* Columns of a step to the right. */
#define PRINT_STEP 2
/* Widest query on one line where queries usually are several lines: a body, a CTE. */
#define PRINT_SHORT_QUERY 72

typedef void print_function(struct printer *p, node_t node);

struct printer {
    const struct dtc *ctx;
    const struct tree *tree;
    struct print_options options;
    struct layout layout;
    struct print_source *source; /* `dtc fmt`: the text behind the tree; else NULL */
    uint32_t setting_width;      /* in a block: widest word of the settings around; else 0 */
    /* By kind; each printer fills its own, because one constant table cannot be spread over files.
     */
    print_function *rows[NODE_KINDS];
};

void print_open(struct printer *p, const struct dtc *ctx, const struct tree *tree,
                const struct print_options *options);
void print_shut(struct printer *p);

/* Sets the rows of a table of NODE_KINDS functions. */
void print_literal_rows(print_function **rows);
void print_expr_rows(print_function **rows);
void print_call_rows(print_function **rows);
void print_query_rows(print_function **rows);
void print_select_rows(print_function **rows);
void print_table_rows(print_function **rows);
void print_decl_rows(print_function **rows);
void print_clause_rows(print_function **rows);

/* How tightly an expression binds, loosest first (docs: operators; precedence as measured). */
enum print_level {
    LEVEL_ANY,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_IS,
    LEVEL_ADD,
    LEVEL_MULTIPLY,
    LEVEL_SIGN,
    LEVEL_POSTFIX,
    LEVEL_ATOM,
};

/* Keywords and punctuation, pieces separated by one blank. */
void print_words(struct printer *p, const char *words);
/* The same with a blank in front. */
void print_then(struct printer *p, const char *words);
/* A symbol that holds keywords, in lower case. */
void print_lower(struct printer *p, sym_t words);
/* The symbol of a node that holds keywords. */
void print_word(struct printer *p, node_t node);
/* A symbol as it is: numbers, strings. */
void print_raw(struct printer *p, sym_t text);
/* The symbol of the node, which is a name. */
void print_name(struct printer *p, node_t node);
/* The same where no keyword can stand: bare even if the word is reserved elsewhere. */
void print_free_name(struct printer *p, node_t node);
void print_blank(struct printer *p);
/* A comma behind a last item is left out, unless a comment stands beside it. */
void print_last_comma(struct printer *p);
/* Before the indentation inside of brackets ends: comments in front of the closing one stay inside.
 */
void print_close(struct printer *p, const char *bracket);
/* A block in braces, one line for each item; or all on one line if that is allowed and fits. */
void print_block(struct printer *p, node_t first, bool one_line);
/* The text of the node exactly as the source has it; false when there is no text. */
bool print_as_written(struct printer *p, uint32_t lo, uint32_t hi);
/* " as alias" if the node has a symbol. */
void print_alias(struct printer *p, node_t node);

/* Nodes first.. of one list, separated by a comma and a fill. Ends before `end` (0: the last). */
void print_list(struct printer *p, node_t first, node_t end);
/* The same, aligned, in parentheses, as a group. */
void print_parens(struct printer *p, node_t first, node_t end);
/* An expression, in parentheses where it binds less tightly than level. */
void print_operand(struct printer *p, node_t node, enum print_level level);
/* A condition behind where, on, having ...: AND and OR break in front, one step in. */
void print_condition(struct printer *p, node_t node);
/* A query in parentheses, and what the query may be in columns to stay on one line (0: the width).
 */
void print_subquery(struct printer *p, node_t query, uint32_t max);
/* SELECT and its clauses, without a group; simple: it may be one line. */
void print_select_parts(struct printer *p, node_t select, bool simple);
bool print_is_simple_select(const struct printer *p, node_t select);
/* Between clauses: a blank in a query that may be one line, else a line end. */
void print_clause_break(struct printer *p, bool simple);
/* A query without parentheses of its own added; as a group. */
void print_query(struct printer *p, node_t query, uint32_t max);

#endif
