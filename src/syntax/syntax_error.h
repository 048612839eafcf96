/* syntax_error.h - a syntax error in words. Private to src/syntax and grammar/. */
#ifndef DTC_SYNTAX_SYNTAX_ERROR_H
#define DTC_SYNTAX_SYNTAX_ERROR_H

#include "syntax/parser.h"

/* found and expected are the readers' names of tokens in grammar/dtl.y. */
void syntax_error(struct parser *p, struct location at, const char *found,
                  const char *const *expected, int n);
/* Does the statement around this byte hold template tags or holes? */
bool syntax_is_templated(const struct parser *p, uint32_t at);
void syntax_too_deep(struct parser *p, struct location at);

#endif
