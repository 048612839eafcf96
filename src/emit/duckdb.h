/* duckdb.h - what the files of the DuckDB dialect share. */
#ifndef DTC_EMIT_DUCKDB_H
#define DTC_EMIT_DUCKDB_H

#include "emit/shared.h"
#include "emit/types.h"
#include "model/functions.h"

/* emit_state.dialect of this dialect. */
struct duckdb {
    struct types *types;
    node_t skip;        /* printed in its default form, once: a lowering wraps it */
    node_t whole_frame; /* OVER that gets the frame of the whole partition */
};

struct duckdb *duckdb_of(struct emit_state *state);
struct type duckdb_type_at(struct emit_state *state, node_t node);
/* The text of a symbol of the state's compilation. */
struct str duckdb_text(const struct emit_state *state, sym_t sym);

/* The node in its default form although it has a hook: for lowerings that put text around it. */
void duckdb_plain(struct printer *p, struct emit_state *state, node_t node);
/* The node as an operand: in parentheses unless it needs none. */
void duckdb_operand(struct printer *p, node_t node);
/* The node; a VARIANT is read as text or as a number first, whichever the other side is. */
void duckdb_read(struct printer *p, struct emit_state *state, node_t node, struct type other);
/* "a / b" with Snowflake's scale and its error for zero; a and b are nodes. */
void duckdb_divide(struct printer *p, struct emit_state *state, node_t a, node_t b, enum op op,
                   struct type type);
/* "cast(round(" before and ", s) as decimal(p, s))" after a quotient of that type. */
void duckdb_round_open(struct printer *p, struct type type);
void duckdb_round_close(struct printer *p, struct type type);

/* The name of a type; false when DuckDB has none. */
bool duckdb_type(struct buf *out, struct type type);
bool duckdb_type_node(struct buf *out, const struct model *model, uint32_t file, node_t type);
/* 'text'; a backslash is no escape in DuckDB. */
void duckdb_quote(struct buf *out, struct str text);
bool duckdb_reserved(struct str name);
void duckdb_symbol(struct buf *out, const struct model *model, sym_t symbol);
void duckdb_qualify(struct buf *out, const struct model *model, uint32_t relation);

/* One kind of node each; true when it was printed (or refused). */
bool duckdb_call(struct printer *p, node_t node, struct emit_state *state);
bool duckdb_cast(struct printer *p, node_t node, struct emit_state *state);
bool duckdb_path(struct printer *p, node_t node, struct emit_state *state);
bool duckdb_group(struct printer *p, node_t node, struct emit_state *state);
bool duckdb_table(struct printer *p, node_t node, struct emit_state *state);
bool duckdb_hook(struct printer *p, node_t node, void *data);

/* Date parts. part is a STRING or a bare word; NULL when it is none that DuckDB has. */
const char *duckdb_part(struct emit_state *state, const struct tree *tree, node_t part);
/* date_part(part, value), also for EXTRACT. */
void duckdb_date_part(struct printer *p, struct emit_state *state, node_t at, struct str part,
                      node_t value);

/* A call with its arguments counted: what the functions of duckdb_call.c and duckdb_date.c get. */
struct duckdb_call {
    struct printer *p;
    struct emit_state *state;
    const struct tree *tree;
    node_t node, over, within;
    node_t args[16];
    uint32_t n;             /* arguments, also those beyond the array */
    bool distinct, attempt; /* TRY_ in front of the name */
    struct type type;       /* of the result */
};

void duckdb_over(const struct duckdb_call *c);
void duckdb_date_add(struct duckdb_call *c);
void duckdb_date_diff(struct duckdb_call *c);
void duckdb_date_trunc(struct duckdb_call *c);
void duckdb_time_slice(struct duckdb_call *c);
void duckdb_call_date_part(struct duckdb_call *c);
void duckdb_last_day(struct duckdb_call *c);
void duckdb_to_date(struct duckdb_call *c);
void duckdb_to_timestamp(struct duckdb_call *c);
void duckdb_to_char(struct duckdb_call *c);

void duckdb_script(struct statements *out, const struct graph *graph, const struct emit_options *o);

#endif
