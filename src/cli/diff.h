/* diff.h - the difference of two texts, line by line. */
#ifndef DTC_CLI_DIFF_H
#define DTC_CLI_DIFF_H

#include "base/buf.h"

/* Appends a unified diff with three lines of context; nothing when the texts are equal. */
void diff_unified(struct buf *out, const char *path, struct str before, struct str after);

#endif
