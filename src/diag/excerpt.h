/* excerpt.h - one source line with marks under it. Only render_text.c uses this. */
#ifndef DTC_DIAG_EXCERPT_H
#define DTC_DIAG_EXCERPT_H

#include "base/buf.h"
#include "diag/source.h"

struct excerpt_style {
    size_t digits;     /* width of the line numbers */
    const char *color; /* escape of the primary marks; NULL for plain text */
};

struct excerpt_mark {
    uint32_t lo, hi;  /* offsets in the file; lo is on the line, hi may be behind it */
    const char *text; /* may be NULL */
    bool primary;     /* drawn with ^, others with ~ */
};

/* "12 |", or blanks instead of the number when line is 0; sign is '|' or '='. */
void excerpt_gutter(struct buf *out, const struct excerpt_style *style, uint32_t line, char sign);
/* "  --> file:line:column" for the labels of another file. */
void excerpt_place(struct buf *out, const struct excerpt_style *style, struct sources *sources,
                   struct span span);
/* The line (from 1) and its n > 0 marks, which are sorted by offset. */
void excerpt_line(struct buf *out, const struct excerpt_style *style, struct sources *sources,
                  uint32_t file, uint32_t line, const struct excerpt_mark *marks, size_t n);
/* Text of any origin: what would move the cursor or change the terminal is shown as ?, and new_line
 * stands for a line end. */
void excerpt_text(struct buf *out, const char *text, const char *new_line);

#endif
