/* print_doc.h - texts with places where a line may end, laid out in one pass. Private to the printer.
 *
 * A document is a sequence: text, blanks, breaks, groups, indentation, comments. A group is written on
 * one line if it fits (and nothing in it insists on a line end); otherwise every break directly in it
 * ends a line, except fills, which end a line only when the piece up to the next fill does not fit.
 * Everything that a comment does to lines is decided here, so that print_*.c need not know of it. */
#ifndef DTC_SYNTAX_PRINT_DOC_H
#define DTC_SYNTAX_PRINT_DOC_H

#include "base/buf.h"
#include "base/vec.h"

enum doc_kind {
    DOC_TEXT,
    DOC_BLANK,    /* blanks, forgotten at the end of a line */
    DOC_PAD,      /* the same, and none at all on one line */
    DOC_LINE,     /* a blank, or a line end in a broken group */
    DOC_SOFT,     /* nothing, or a line end in a broken group */
    DOC_FILL,     /* a blank, or a line end where the next piece does not fit */
    DOC_HARD,     /* a line end; breaks the groups around it */
    DOC_BEGIN,
    DOC_END,
    DOC_NEST,     /* more indentation, relative to the line */
    DOC_ALIGN,    /* indentation to the column reached here */
    DOC_POP,      /* back to the indentation before the last NEST or ALIGN */
    DOC_TRAILING, /* comment behind something; the line ends after it */
    DOC_OWN,      /* comment on lines of its own */
    DOC_JOINED,   /* comment behind another comment, on its line */
    DOC_INLINE,   /* comment in front of the next text, on its line */
    DOC_SEPARATE, /* between declarations */
};

struct doc_op {
    uint8_t kind;
    bool broken;      /* BEGIN: insists on several lines */
    bool empty_line;  /* breaks: an empty line too. SEPARATE: the source had no empty line here */
    uint32_t at, n;   /* TEXT and comments: piece of the texts. BEGIN: index of its END, widest one
                         line. FILL: index of the break or END that follows. NEST, BLANK: columns */
    uint32_t width;   /* on one line; of a piece with line ends, its first line */
};

struct doc {
    struct buf texts;
    VEC(struct doc_op) ops;
    VEC(uint32_t) open;       /* BEGINs without their END */
    VEC(uint32_t) fills;      /* by open group: last FILL in it, or UINT32_MAX */
    uint32_t shared;          /* groups that were open ever since the last text */
    bool line_owed;           /* a comment ended the line: the next text starts another */
};

void doc_init(struct doc *doc);
void doc_fini(struct doc *doc);
void doc_text(struct doc *doc, struct str text);
/* n blanks; before the next text the widest of all that came. */
void doc_blank(struct doc *doc, uint32_t n);
/* The same if the group is broken. */
void doc_pad(struct doc *doc, uint32_t n);
void doc_line(struct doc *doc);
void doc_soft(struct doc *doc);
void doc_fill(struct doc *doc);
void doc_hard(struct doc *doc, bool empty_line);
/* As doc_line, with an empty line when the group is broken. */
void doc_line_empty(struct doc *doc);
/* max: the widest that the group may be on one line; 0 for the whole width. */
void doc_begin(struct doc *doc, uint32_t max);
void doc_end(struct doc *doc);
void doc_nest(struct doc *doc, uint32_t columns);
void doc_align(struct doc *doc);
void doc_pop(struct doc *doc);
/* kind: DOC_TRAILING, DOC_OWN, DOC_JOINED or DOC_INLINE. */
void doc_comment(struct doc *doc, enum doc_kind kind, struct str text, bool empty_line_before);
/* An empty line, or none when adjacent and the groups on both sides are one line each. */
void doc_separate(struct doc *doc, bool adjacent);
void doc_write(struct doc *doc, struct buf *out, uint32_t width);

#endif
