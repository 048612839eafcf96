/* source.h - the texts of a compilation: file number -> path, bytes, line table.
 *
 * A span is a file number and two byte offsets [lo, hi). Lines and columns are computed only when
 * something is printed. */
#ifndef DTC_DIAG_SOURCE_H
#define DTC_DIAG_SOURCE_H

#include "base/arena.h"
#include "base/vec.h"

struct span {
    uint32_t file; /* index into struct sources; SPAN_NO_FILE when there is no text behind it */
    uint32_t lo, hi;
};

#define SPAN_NO_FILE UINT32_MAX
#define SPAN_NONE ((struct span){SPAN_NO_FILE, 0, 0})

struct source {
    const char *path;   /* as shown: relative to the project root, with '/'; in the arena */
    struct str text;    /* writable, two NULs after it; no byte order mark */
    uint32_t *lines;    /* byte offset of each line's start; built on first use; owned */
    uint32_t lines_n;
};

struct sources {
    VEC(struct source) files;
};

struct place {
    uint32_t line, column; /* from 1; columns count code points */
};

void sources_init(struct sources *sources);
void sources_fini(struct sources *sources);
/* path and text are borrowed and must outlive the sources. What is parsed is scanned in place: it
 * is writable and has two NULs behind it, as fs_read leaves it. */
uint32_t source_add(struct sources *sources, const char *path, struct str text);
struct place source_place(struct sources *sources, uint32_t file, uint32_t offset);
/* The text of a line (from 1) without its line end. */
struct str source_line(struct sources *sources, uint32_t file, uint32_t line);
struct str source_text(const struct sources *sources, struct span span);

#endif
