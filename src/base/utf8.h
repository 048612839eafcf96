/* utf8.h - Unicode questions, answered by utf8proc behind our names. */
#ifndef DTC_BASE_UTF8_H
#define DTC_BASE_UTF8_H

#include "base/str.h"
#include <stdint.h>

/* Byte offset of the first byte that is not valid UTF-8, or s.n when all is well. */
size_t utf8_check(struct str s);
/* Number of code points; s must be valid. */
size_t utf8_count(struct str s);
/* Columns on a terminal: 2 for wide, 0 for combining; a tab counts as 1. */
size_t utf8_width(struct str s);
/* Length in bytes of the code point at s.p; *cp gets it. Malformed: 1 and -1; empty: 0 and -1. */
size_t utf8_next(struct str s, int32_t *cp);

#endif
