/* filter.h - statements that are kept raw: where they end, what they are, whom they name.
 * Private to src/syntax. */
#ifndef DTC_SYNTAX_FILTER_H
#define DTC_SYNTAX_FILTER_H

#include "syntax/parser.h"

/* Index of the `;` or end token that ends the statement at token `at`: strings and comments are
 * tokens already; a `;` inside BEGIN ... END does not count. */
uint32_t statement_end(const struct parser *p, const struct token *tokens, uint32_t n, uint32_t at);
/* Can this word begin a SQL statement? */
bool statement_is_head(const struct parser *p, const struct token *token);
bool statement_head_is_known(struct str head);
/* "CREATE WAREHOUSE": the head words of a statement, without OR REPLACE and the like; *words gets
 * how many tokens the head takes, those included. */
sym_t statement_head(struct parser *p, const struct token *tokens, uint32_t n, uint32_t *words);
/* Reads the names out of a raw statement, before its tokens are folded: what it is about (opaque)
 * or what it reads and writes (bodies of tasks). Kept in p->raw_names until the grammar takes them.
 */
void statement_names(struct parser *p, const struct token *tokens, uint32_t n, bool opaque);
/* The OBJECT nodes of the raw statement that begins at byte lo; empty when it named nothing. */
struct list statement_take(struct parser *p, uint32_t lo);

#endif
