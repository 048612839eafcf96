/* scan.h - reading one body: where the reader stands, and how a use is noted. Private to body.c,
 * from.c, join.c and call.c. */
#ifndef DTC_CHECKS_SCAN_H
#define DTC_CHECKS_SCAN_H

#include "checks/state.h"

/* The clause that an expression stands in: the support matrix speaks of clauses. */
enum clause {
    CLAUSE_SELECT,
    CLAUSE_FILTER, /* WHERE, HAVING, QUALIFY */
    CLAUSE_JOIN,   /* ON, MATCH_CONDITION */
    CLAUSE_GROUP,  /* GROUP BY, PARTITION BY, ORDER BY and frame of a window */
    CLAUSE_SORT,   /* ORDER BY of a query */
    CLAUSE_FROM,   /* arguments of table functions */
};

/* A CTE whose own body is being read; the innermost first. */
struct scan_cte {
    const struct scan_cte *outer;
    sym_t name;
    bool may_recurse; /* its body is a UNION, or RECURSIVE is written */
};

#define SCAN_FLATTENS 16

/* What FROM of one SELECT has that its SELECT list must know. */
struct scan_scope {
    sym_t flattens[SCAN_FLATTENS]; /* aliases of FLATTEN, 0 for one without */
    uint32_t flattens_n;
    node_t table_function; /* a table function of a user */
    node_t from;           /* 0 without FROM */
    bool top;              /* its rows are the rows of the table */
};

struct scan {
    struct checks *checks;
    const struct tree *tree;
    uint32_t relation;
    uint32_t file;
    struct use_list *uses;
    struct scan_scope *scope;
    const struct scan_cte *ctes;
};

/* Reads a node and all below it. */
void scan_node(struct scan *s, node_t node, enum clause place);
void scan_children(struct scan *s, node_t node, enum clause place);
/* top: the rows of this query are the rows of the table. */
void scan_query(struct scan *s, node_t query, bool top);
void scan_select(struct scan *s, node_t select, bool top);

struct use *scan_add(struct scan *s, const char *code, enum blocks blocks, node_t node,
                     const char *construct);
/* The same with the span of one word between two bytes of the text, for operators. */
struct use *scan_add_word(struct scan *s, const char *code, enum blocks blocks, uint32_t lo,
                          uint32_t hi, const char *construct);

/* from.c: an item of FROM and everything below it. */
void scan_from(struct scan *s, node_t from);
void scan_table(struct scan *s, node_t table);
void scan_scope_tables(struct scan *s, node_t table);
void scan_star(struct scan *s, node_t star);
void scan_column(struct scan *s, node_t column, enum clause place);
/* join.c: ON of an outer join. */
void scan_outer_join(struct scan *s, node_t join);
void scan_outer_marks(struct scan *s, node_t operation);
/* call.c */
void scan_call(struct scan *s, node_t call, enum clause place);
void scan_type(struct scan *s, node_t type);
/* functions.c: functions that the project declares. */
void functions_load(struct checks *checks);
void scan_user_function(struct scan *s, node_t call, const char *name, enum clause place);
const struct volatility *scan_function(struct scan *s, node_t call, const char **name);

static inline struct str scan_sym(const struct scan *s, node_t node)
{
    return sym_text(&s->checks->ctx->names, tree_at(s->tree, node)->sym);
}

static inline node_t scan_strip(const struct scan *s, node_t node)
{
    while (node != 0 && tree_kind(s->tree, node) == NODE_PAREN)
        node = tree_first(s->tree, node);
    return node;
}

#endif
