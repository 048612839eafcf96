/* syntax_error.h - a syntax error in words. Private to src/syntax and grammar/. */
#ifndef DTC_SYNTAX_SYNTAX_ERROR_H
#define DTC_SYNTAX_SYNTAX_ERROR_H

#include "syntax/parser.h"

/* found and expected are the readers' names of tokens in grammar/dtl.y. */
void syntax_error(struct parser *p, struct location at, const char *found,
                  const char *const *expected, int n);
void syntax_too_deep(struct parser *p, struct location at);

#endif
