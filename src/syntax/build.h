/* build.h - constructors that the grammar's actions call: nodes, lists, and the few shapes that
 * need a decision. Private to grammar/dtl.y. Nothing here looks a name up. */
#ifndef DTC_SYNTAX_BUILD_H
#define DTC_SYNTAX_BUILD_H

#include "syntax/filter.h"

struct location build_span(struct location first, struct location last);
node_t build_node(struct parser *p, enum node_kind kind, struct location at, sym_t sym);
node_t build_parent(struct parser *p, enum node_kind kind, struct location at, sym_t sym,
                    struct list children);
/* n nodes, zeros left out. */
struct list build_list(struct parser *p, int n, ...);
struct list build_add(struct parser *p, struct list list, node_t node);
struct list build_join(struct parser *p, struct list a, struct list b);
node_t build_flag(struct parser *p, node_t node, unsigned flag);
node_t build_op(struct parser *p, node_t node, int op);
node_t build_append(struct parser *p, node_t parent, node_t child);
struct list build_children(struct parser *p, node_t parent);

void build_file(struct parser *p, uint32_t size);
/* A node that takes its symbol from a NAME; the NAME itself is dropped. */
node_t build_named(struct parser *p, enum node_kind kind, struct location at, node_t name,
                   struct list children);
/* The last of a chain of NAMEs becomes OBJECT or COLUMN, the others its qualifiers. */
node_t build_object(struct parser *p, enum node_kind kind, struct list chain);
node_t build_word_object(struct parser *p, struct location at, sym_t word);
node_t build_opaque(struct parser *p, struct location at, sym_t head);
/* A body that did not parse, with the names it seems to read: the head before it stays. */
node_t build_error_body(struct parser *p, struct location at);
/* A CREATE statement whose query did not parse; OPAQUE when template tags are the cause. */
node_t build_broken_sql(struct parser *p, enum node_kind kind, struct location at, sym_t head,
                        node_t object, node_t columns, struct list clauses,
                        struct location body_at);
/* ERROR, or OPAQUE when template tags are what could not be read. */
node_t build_error_declaration(struct parser *p, struct location at);
node_t build_statement(struct parser *p, struct location at, sym_t text);
node_t build_quoted_string(struct parser *p, struct location at, sym_t text);
node_t build_declaration(struct parser *p, enum node_kind kind, struct location at, node_t layer,
                         node_t object, node_t part, struct list clauses, node_t body);
/* A CREATE statement: flag SQL, head words as symbol. */
node_t build_sql(struct parser *p, enum node_kind kind, struct location at, sym_t head,
                 node_t object, node_t part, struct list clauses, node_t body);
/* NAME = value: the clause that the pipeline language has for it, else an OPTION. */
node_t build_property(struct parser *p, struct location at, sym_t name, node_t value);
node_t build_freeze(struct parser *p, struct location at, struct location word_at, sym_t word,
                    node_t e);
void build_stream_kind(struct parser *p, struct location at, sym_t word);
node_t build_pipe(struct parser *p, struct location at, node_t layer, node_t object, node_t into,
                  sym_t words, struct location words_at, struct list clauses);
/* "A" and "B" to "A B"; 0 counts as nothing. */
sym_t build_words(struct parser *p, sym_t a, sym_t b);
sym_t build_on_word(struct parser *p, struct location at, sym_t word);
int build_severity(struct parser *p, struct location at, sym_t word);
int build_action(struct parser *p, struct location at, sym_t word);
/* Reports a word that is not the one expected; false then. */
bool build_expect_word(struct parser *p, struct location at, sym_t word, const char *expected);

node_t build_parens(struct parser *p, struct location at, node_t query);
node_t build_subquery(struct parser *p, node_t query);
node_t build_select(struct parser *p, struct location at, unsigned flags, node_t top, node_t items,
                    node_t into, node_t from, node_t where, node_t connect, struct list groups);
node_t build_set(struct parser *p, struct location at, int op, unsigned flags, node_t a, node_t b);
/* AND, OR: grows the chain on the left. */
node_t build_chain(struct parser *p, enum node_kind kind, struct location at, node_t a, node_t b);
/* Adds a clause that may stand once. */
struct list build_once(struct parser *p, struct list list, node_t clause);
node_t build_alias_item(struct parser *p, struct location at, node_t e, node_t name,
                        unsigned flags);
node_t build_alias(struct parser *p, struct location at, struct location word, sym_t name,
                   unsigned flags, struct list columns);
struct list build_tail(struct parser *p, struct list tail, node_t item);
node_t build_table_join(struct parser *p, struct location at, unsigned join, node_t left,
                        node_t right, node_t match, struct list on);
node_t build_boundary(struct parser *p, struct location at, struct location word,
                      struct list parts);
/* '@stage/path with blanks': a string that must name a stage. */
node_t build_quoted_stage(struct parser *p, struct location at, struct location string_at,
                          sym_t string, struct list parts);
node_t build_match_condition(struct parser *p, struct location at, node_t e);
node_t build_changes(struct parser *p, struct location at, node_t name, sym_t word, node_t from,
                     node_t to);
node_t build_sample(struct parser *p, struct location at, unsigned flags, sym_t method,
                    node_t count, node_t seed);
node_t build_path(struct parser *p, struct location at, struct location key_at, node_t base,
                  sym_t key, unsigned flags);
node_t build_typed(struct parser *p, struct location at, struct location string_at, sym_t word,
                   sym_t string);
node_t build_interval(struct parser *p, struct location at, node_t string, struct list units);
node_t build_empty_limit(struct parser *p, struct location at, sym_t string);
node_t build_lambda(struct parser *p, struct location at, node_t head, node_t body);
/* Types that cannot be without their parameters are reported: MAP, VECTOR, PERIOD. */
node_t build_type(struct parser *p, struct location at, sym_t word, struct list args,
                  unsigned flags);
node_t build_semantic(struct parser *p, struct location at, node_t object, struct list parts,
                      struct list tail);
node_t build_over(struct parser *p, struct location at, struct list parts);
/* FROM FIRST, IGNORE NULLS after a call: carried as NONE nodes until build_call takes their flag.
 */
struct list build_suffix_flag(struct parser *p, struct list suffix, struct location at,
                              unsigned flag);
node_t build_call(struct parser *p, struct location at, node_t call, struct list suffix);
node_t build_nulls_inside(struct parser *p, struct location at, node_t name, node_t e,
                          unsigned flag);

/* A syntax error found by an action: code and label. */
void build_error(struct parser *p, const char *code, struct location at, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

#endif
