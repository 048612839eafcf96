/* ast.h - the raw tree: what was written, before any name is looked up.
 *
 * One tree per file; nodes are 24 bytes, addressed by 32-bit index, children chained by `next`.
 * Index 0 is "no node". A child's index is always smaller than its parent's (the parser builds
 * bottom-up), so one pass over the array visits children before parents. ast.def says what each
 * kind holds; there are no other fields. Trees made by later phases (lowering) have the same form,
 * with spans that point to the text that caused them.
 *
 * Spelling: an unquoted name is folded to upper case, which keeps its length, and a name is the
 * last thing in NAME, OBJECT, COLUMN, LAYER_NAME, ITEM with an alias and ALIAS without columns, so
 * the text as written stands in [hi - length, hi). A quoted name is exact in its symbol. See
 * tree_spelling(). */
#ifndef DTC_SYNTAX_AST_H
#define DTC_SYNTAX_AST_H

#include "base/buf.h"
#include "base/sym.h"
#include "diag/source.h"

enum node_kind {
#define NODE(kind, name, holds) NODE_##kind,
#include "syntax/ast.def"
#undef NODE
    NODE_KINDS
};

typedef uint32_t node_t; /* index into a tree; 0 is none */

enum op {
    OP_NONE,
    /* UNARY */
    OP_MINUS, OP_PLUS, OP_NOT, OP_PRIOR, OP_CONNECT_BY_ROOT,
    /* OPERATION, QUANTIFIED */
    OP_ADD, OP_SUBTRACT, OP_CONCAT, OP_MULTIPLY, OP_DIVIDE, OP_MODULO,
    OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
    /* LIKE */
    OP_LIKE, OP_ILIKE, OP_RLIKE, OP_REGEXP,
    /* SET_OPERATION */
    OP_UNION, OP_INTERSECT, OP_EXCEPT,
    /* JOIN */
    OP_JOIN_INNER, OP_JOIN_LEFT, OP_JOIN_RIGHT, OP_JOIN_FULL, OP_JOIN_CROSS, OP_JOIN_ASOF,
    /* BOUND */
    OP_UNBOUNDED_PRECEDING, OP_UNBOUNDED_FOLLOWING, OP_CURRENT_ROW, OP_PRECEDING, OP_FOLLOWING,
    /* EXPECT */
    OP_WARN, OP_DROP, OP_FAIL,
    /* LINT_RULE */
    OP_OFF, OP_LINT_NOTE, OP_LINT_WARNING, OP_LINT_ERROR,
    OPS
};

/* Flags: the meaning depends on the kind, so bits are shared between kinds that never meet. */
enum node_flag {
    FLAG_QUOTED = 1 << 0, /* names */
    FLAG_HOLE = 1 << 12,  /* names: a template hole, or a name with one inside */
    FLAG_NOT = 1 << 1,
    FLAG_ANY = 1 << 2,
    FLAG_ALL = 1 << 3,
    FLAG_DISTINCT = 1 << 4,
    FLAG_AS = 1 << 5, /* ITEM, ALIAS: the word AS was written */
    FLAG_PARENS = 1 << 6,
    FLAG_LATERAL = 1 << 7,
    /* CALL */
    FLAG_BARE = 1 << 2, /* CURRENT_DATE without parentheses */
    FLAG_IGNORE_NULLS = 1 << 8,
    FLAG_RESPECT_NULLS = 1 << 9,
    FLAG_NULLS_INSIDE = 1 << 10, /* written inside the parentheses */
    FLAG_FROM_FIRST = 1 << 11,
    FLAG_FROM_LAST = 1 << 12,
    /* CAST, PATH */
    FLAG_TRY = 1 << 8,
    FLAG_COLONS = 1 << 9,
    FLAG_DOT = 1 << 10,
    /* SORT */
    FLAG_ASC = 1 << 8,
    FLAG_DESC = 1 << 9,
    FLAG_NULLS_FIRST = 1 << 10,
    FLAG_NULLS_LAST = 1 << 11,
    /* queries and FROM */
    FLAG_TRAILING_COMMA = 1 << 8, /* SELECT, FROM */
    FLAG_RECURSIVE = 1 << 8,      /* WITH */
    FLAG_BY_NAME = 1 << 8,        /* SET_OPERATION */
    FLAG_MINUS = 1 << 9,
    FLAG_TABLE = 1 << 8,          /* FUNCTION_REF */
    FLAG_SHORT = 1 << 8,          /* BOUNDARY_REF */
    FLAG_NATURAL = 1 << 8,        /* JOIN */
    FLAG_DIRECTED = 1 << 9,
    FLAG_OUTER = 1 << 10,
    FLAG_INNER = 1 << 11,
    FLAG_INCLUDE_NULLS = 1 << 8,  /* UNPIVOT */
    FLAG_EXCLUDE_NULLS = 1 << 9,
    FLAG_ROWS = 1 << 8,           /* SAMPLE */
    FLAG_TABLESAMPLE = 1 << 9,
    FLAG_RUNNING = 1 << 8,        /* ITEM of MEASURES */
    FLAG_FINAL = 1 << 9,
    FLAG_START_LAST = 1 << 8,     /* CONNECT_BY */
    /* types, declarations, clauses */
    FLAG_NOT_NULL = 1 << 8,
    FLAG_STATIC = 1 << 8,
    FLAG_SQL = 1 << 9,
    FLAG_RELY = 1 << 8,
    FLAG_DOWNSTREAM = 1 << 8,
    FLAG_AT_LEAST = 1 << 9,
    FLAG_CRON = 1 << 10,
    FLAG_EMPTY = 1 << 8,   /* THEN */
    FLAG_WRITTEN = 1 << 8, /* OBJECT in STATEMENT */
};

struct node {
    uint8_t kind;    /* enum node_kind */
    uint8_t op;      /* enum op */
    uint16_t flags;  /* enum node_flag */
    uint32_t lo, hi; /* bytes of the file; hi is one past the last */
    sym_t sym;
    node_t first; /* first child */
    node_t next;  /* next sibling */
};

_Static_assert(sizeof(struct node) == 24, "nodes are small on purpose");
_Static_assert(NODE_KINDS <= 256, "a kind fits a byte");

struct comment {
    uint32_t lo, hi; /* with its markers, without the line end */
};

struct tree {
    uint32_t file;            /* index into struct sources */
    node_t root;              /* NODE_FILE, or 0 when the file could not be read */
    struct node *at;          /* owned */
    uint32_t n, cap;
    struct comment *comments; /* in the order of the text; owned */
    uint32_t comments_n, comments_cap;
};

void tree_init(struct tree *tree, uint32_t file);
void tree_fini(struct tree *tree);
/* Adds a node; the span covers [lo, hi). */
node_t tree_add(struct tree *tree, enum node_kind kind, uint32_t lo, uint32_t hi, sym_t sym);

static inline struct node *tree_at(const struct tree *tree, node_t node)
{
    return &tree->at[node];
}

static inline enum node_kind tree_kind(const struct tree *tree, node_t node)
{
    return (enum node_kind)tree->at[node].kind;
}

static inline node_t tree_first(const struct tree *tree, node_t node)
{
    return tree->at[node].first;
}

static inline node_t tree_next(const struct tree *tree, node_t node)
{
    return tree->at[node].next;
}

static inline bool tree_flag(const struct tree *tree, node_t node, unsigned flag)
{
    return (tree->at[node].flags & flag) != 0;
}

#define TREE_EACH(tree, parent, child)                                                             \
    for (node_t child = tree_first((tree), (parent)); child != 0;                                  \
         child = tree_next((tree), (child)))

/* First child of that kind, 0 when there is none. */
node_t tree_child(const struct tree *tree, node_t node, enum node_kind kind);
/* The i-th child from 0, 0 when there are fewer. */
node_t tree_nth(const struct tree *tree, node_t node, uint32_t i);
uint32_t tree_count(const struct tree *tree, node_t node);
struct span tree_span(const struct tree *tree, node_t node);
/* Can this kind stand where ast.def says "e"? */
bool node_is_expression(enum node_kind kind);
const char *node_kind_name(enum node_kind kind);
/* How an operator is written: "+", "LIKE", "UNION". */
const char *op_text(enum op op);

/* A name as the source wrote it, quotes included for quoted ones; canonical when there is no
 * text. */
void tree_spelling(struct buf *out, const struct tree *tree, const struct sources *sources,
                   const struct interner *names, node_t node);
/* A symbol as Snowflake needs it: bare when it folds to itself and is not reserved, else quoted. */
void name_canonical(struct buf *out, const struct interner *names, sym_t sym);

/* One node per line, indented, with symbols; spans only when asked. For tests and `dtc parse`. */
void tree_dump(struct buf *out, const struct tree *tree, const struct interner *names, node_t node,
               bool spans);
/* Same meaning as written: kinds, operators, symbols and children equal, spans ignored. Ignored
 * too: PAREN around an expression, PARENS around a query, FLAG_AS, FLAG_ASC, the optional words
 * OUTER and INNER, FLAG_COLONS, FLAG_BARE, FLAG_MINUS, trailing commas; a string is compared as
 * written. The two trees share one interner. */
bool tree_equal(const struct tree *a, node_t x, const struct tree *b, node_t y);
/* Agrees with tree_equal; depends on texts only (not on symbol numbers), so it may be stored. */
uint64_t tree_hash(const struct tree *tree, const struct interner *names, node_t node);

#endif
