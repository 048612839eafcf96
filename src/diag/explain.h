/* explain.h - the long form of every code: what `dtc explain CODE` prints.
 *
 * The texts are the sections `## DTnnn name` of src/diag/errors.md and src/checks/<family>.md;
 * they are part of the program (base/embed.h). */
#ifndef DTC_DIAG_EXPLAIN_H
#define DTC_DIAG_EXPLAIN_H

#include "base/str.h"
#include <stdint.h>

struct explain_entry {
    struct str code; /* "DT001" */
    struct str name; /* "unexpected-token" */
    struct str text; /* Markdown without the heading, without blank lines around it */
};

struct explain_iter {
    uint32_t file; /* 0 to start with */
    size_t at;
};

/* The text for a code or a name, ASCII case ignored; empty (n == 0) when there is none. */
struct str explain_find(const char *code);
/* Walks all entries, file by file: struct explain_iter it = {0}; while (explain_all(&it, &entry))
 * ... */
bool explain_all(struct explain_iter *it, struct explain_entry *out);

#endif
