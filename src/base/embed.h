/* embed.h - files that are part of the program. tests/support/embed.awk writes the tables: one for
 * each set of files, in gen/, with the name that the Makefile gives it. */
#ifndef DTC_BASE_EMBED_H
#define DTC_BASE_EMBED_H

#include "base/str.h"

struct embedded_file {
    const char *path; /* relative to the root of the sources; NULL ends a table */
    struct str text;
};

/* src/diag/errors.md and src/checks/<family>.md, for explain.h */
extern const struct embedded_file explain_files[];

#endif
