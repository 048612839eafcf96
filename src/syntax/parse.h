/* parse.h - text to raw tree. Looks no name up; reports syntax errors and goes on at the next
 * declaration. */
#ifndef DTC_SYNTAX_PARSE_H
#define DTC_SYNTAX_PARSE_H

#include "diag/ctx.h"
#include "syntax/ast.h"

/* What a text is: chosen by the file's ending. The grammar is one; in a script (.sql) a word that
 * starts a .dtl declaration is an ordinary name. */
enum parse_mode { PARSE_DTL, PARSE_SQL };

/* Interns the keywords; once per context, before anything else is interned. */
void syntax_open(struct dtc *ctx);

/* Parses one source. tree is initialised here and is complete even after errors (ERROR nodes stand
 * for what was not understood); root is 0 only when the text could not be read at all. Diagnostics
 * go to ctx->diags. */
void parse_file(struct dtc *ctx, uint32_t file, enum parse_mode mode, struct tree *tree);

/* The scan alone, for the bench: number of tokens. */
uint32_t parse_scan_only(struct dtc *ctx, uint32_t file);

/* The value of a STRING or DOLLAR_STRING symbol: quotes removed, escapes resolved as Snowflake does
 * (docs: data-types-text, string constants). In the arena. */
struct str string_value(struct arena *arena, struct str raw);

#endif
