/* scope.h - what a name in an expression may mean: items of FROM, aliases, outer queries; private.
 *
 * A shape is a list of columns. `open` says that there may be others: a relation that nobody
 * declared, a PIVOT, a star over one of them. Nothing is ever reported about an open shape. */
#ifndef DTC_MODEL_SCOPE_H
#define DTC_MODEL_SCOPE_H

#include "model/reach.h"
#include "model/resolve.h"

struct shape {
    struct column *at;
    uint32_t n;
    bool open;
    struct map
        *index; /* name -> place, made when it is first asked for; a name twice: with SHAPE_TWICE */
};

#define SHAPE_TWICE (UINT32_C(1) << 31)

/* One item of FROM. */
struct from_item {
    sym_t name; /* the alias, else the last part of the relation's name; 0 without either */
    bool aliased;
    bool plain;        /* a relation or an alias: two of one name are a mistake */
    node_t node;       /* where the name stands */
    node_t object;     /* OBJECT, 0 for what is no relation */
    uint32_t relation; /* MODEL_NONE */
    struct shape *shape;
};

struct alias {
    sym_t name;
    uint32_t item; /* place in the select list */
};

struct scope {
    struct scope *outer;
    VEC(struct from_item) items;
    VEC(sym_t) merged; /* by USING or NATURAL, in the order of `*` */
    bool merges;
    VEC(struct alias) aliases;
    struct map alias_index; /* name -> first in aliases */
    uint32_t alias_limit;   /* aliases of items before this one are in reach */
    struct shape *output;   /* in ORDER BY: names of the select list come first */
    bool unsure;            /* an item of the select list could not be resolved */
    bool levels;            /* CONNECT BY gives LEVEL */
};

enum function_kind { FUNCTION_UNKNOWN, FUNCTION_SCALAR, FUNCTION_AGGREGATE, FUNCTION_WINDOW };

/* Where an expression stands: what may not be in it. */
enum place_flag {
    PLACE_NO_AGGREGATE = 1 << 0,
    PLACE_NO_WINDOW = 1 << 1,
    PLACE_IN_AGGREGATE = 1 << 2,
};

/* The state of one pass over the columns. */
struct columns {
    struct resolver *r;
    struct dtc *ctx;
    struct arena scratch;    /* shapes of one relation's query */
    VEC(struct map *) maps;  /* indexes of scratch shapes */
    VEC(struct map *) kept;  /* indexes of relations' shapes */
    struct shape *relations; /* by relation */
    uint8_t *state;          /* by relation: 0 not begun, 1 being resolved, 2 done */
    struct map kinds;        /* function name -> enum function_kind */
    struct reach ctes;       /* names of common table expressions */
    VEC(struct shape *) cte_shapes; /* by index in ctes */
    VEC(sym_t) lambdas;
    VEC(sym_t) reported; /* columns that this relation's text was told of: each once */
    uint32_t failures;   /* names that could not be resolved so far */
    /* of the relation at hand */
    uint32_t relation, file;
    const struct tree *tree;
    bool script;
};

/* --- scope.c
 * -------------------------------------------------------------------------------------- */

enum meaning_kind {
    MEANS_NOTHING,
    MEANS_COLUMN, /* item and column are known */
    MEANS_OPEN,   /* of some open item, or a pseudo column */
    MEANS_ALIAS,  /* of the select list */
    MEANS_OUTER,  /* of an enclosing query */
    MEANS_LAMBDA,
    MEANS_MANY,      /* items `item` and `other` both have it (the same one: twice) */
    MEANS_NO_ITEM,   /* nothing is called like the qualifier */
    MEANS_NO_COLUMN, /* the qualifier is `item`, which has no such column */
};

struct meaning {
    enum meaning_kind kind;
    struct scope *scope;
    uint32_t item, other, column;
};

void scope_init(struct scope *scope, struct scope *outer);
void scope_fini(struct scope *scope);
void scope_add_alias(struct scope *scope, sym_t name, uint32_t item);
/* False when there is none; *column gets its place, with SHAPE_TWICE when there are two. */
bool shape_find(struct columns *c, struct shape *shape, sym_t name, uint32_t *column);
struct shape *shape_new(struct columns *c, uint32_t n);
/* What a COLUMN node means; reports nothing. */
struct meaning scope_meaning(struct columns *c, struct scope *scope, node_t column);
/* The same, and reports what it cannot mean. */
struct meaning scope_resolve(struct columns *c, struct scope *scope, node_t column);
/* The item with that name, MODEL_NONE when none has it; schema 0 when not written. */
uint32_t scope_item(const struct columns *c, const struct scope *scope, sym_t schema, sym_t name);
void report_no_column(struct columns *c, struct span span, sym_t name, struct shape *shape,
                      const struct from_item *item);

/* Nothing is called like the name of that node. */
void report_no_item(struct columns *c, struct scope *scope, node_t qualifier);

/* --- expression.c
 * ------------------------------------------------------------------------------------ */

enum function_kind function_kind(struct columns *c, sym_t name);
/* A word like DAY that may be a part of a date where a function takes one. */
bool is_bare_part(struct columns *c, node_t node);
/* The unqualified name of a CALL's function, 0 when it has none. */
sym_t call_name(const struct tree *tree, node_t call);
void expression(struct columns *c, struct scope *scope, node_t node, unsigned place);
void expressions(struct columns *c, struct scope *scope, node_t parent, unsigned place);
/* An aggregate without OVER, not inside a sub-query. */
bool has_aggregate(struct columns *c, node_t node);

/* --- from.c, query.c, output.c, grouping.c
 * ------------------------------------------------------------- */

void from_clause(struct columns *c, struct scope *scope, node_t from);
/* The shape of a QUERY. outer: what a correlated name may reach; NULL at the top. */
struct shape *query_shape(struct columns *c, node_t query, struct scope *outer);
/* COLUMN1, COLUMN2, ... of a VALUES. */
struct shape *values_shape(struct columns *c, node_t values, struct scope *outer);
/* Renames the first columns; a list of another length than a known shape is reported when `check`.
 */
struct shape *shape_rename(struct columns *c, struct shape *shape, node_t names, bool check);
/* The columns of a select list, stars spelled out. */
struct shape *output_shape(struct columns *c, struct scope *scope, node_t items);
void check_grouping(struct columns *c, struct scope *scope, node_t select, struct shape *output);
/* The expression below parentheses. */
node_t unwrap(const struct tree *tree, node_t node);

#endif
