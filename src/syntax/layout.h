/* layout.h - texts with places where a line may end, laid out in one pass. Private to the printer.
 *
 * A document is a sequence: text, blanks, breaks, groups, indentation, comments. A group is written
 * on one line if it fits (and nothing in it insists on a line end); otherwise every break directly
 * in it ends a line, except fills, which end a line only when the piece up to the next fill does
 * not fit. Everything that a comment does to lines is decided here, so that print_*.c need not know
 * of it. */
#ifndef DTC_SYNTAX_LAYOUT_H
#define DTC_SYNTAX_LAYOUT_H

#include "base/buf.h"
#include "base/vec.h"

enum layout_kind {
    LAYOUT_TEXT,
    LAYOUT_BLANK, /* blanks, forgotten at the end of a line */
    LAYOUT_PAD,   /* the same, and none at all on one line */
    LAYOUT_LINE,  /* a blank, or a line end in a broken group */
    LAYOUT_SOFT,  /* nothing, or a line end in a broken group */
    LAYOUT_FILL,  /* a blank, or a line end where the next piece does not fit */
    LAYOUT_HARD,  /* a line end; breaks the groups around it */
    LAYOUT_BEGIN,
    LAYOUT_END,
    LAYOUT_NEST,     /* more indentation, relative to the line */
    LAYOUT_ALIGN,    /* indentation to the column reached here */
    LAYOUT_POP,      /* back to the indentation before the last NEST or ALIGN */
    LAYOUT_TRAILING, /* comment behind something; the line ends after it */
    LAYOUT_OWN,      /* comment on lines of its own */
    LAYOUT_JOINED,   /* comment behind another comment, on its line */
    LAYOUT_INLINE,   /* comment in front of the next text, on its line */
    LAYOUT_SEPARATE, /* between declarations */
};

struct layout_op {
    uint8_t kind;
    bool broken;     /* BEGIN: insists on several lines */
    bool empty_line; /* breaks: an empty line too. SEPARATE: the source had no empty line here */
    uint32_t at, n;  /* TEXT and comments: piece of the texts. BEGIN: index of its END, widest one
                        line. FILL: index of the break or END that follows. NEST, BLANK: columns */
    uint32_t width;  /* on one line; of a piece with line ends, its first line */
};

struct layout {
    struct buf texts;
    VEC(struct layout_op) ops;
    VEC(uint32_t) open;  /* BEGINs without their END */
    VEC(uint32_t) fills; /* by open group: last FILL in it, or UINT32_MAX */
    uint32_t shared;     /* groups that were open ever since the last text */
    bool line_owed;      /* a comment ended the line: the next text starts another */
};

void layout_init(struct layout *layout);
void layout_fini(struct layout *layout);
void layout_text(struct layout *layout, struct str text);
/* n blanks; before the next text the widest of all that came. */
void layout_blank(struct layout *layout, uint32_t n);
/* The same if the group is broken. */
void layout_pad(struct layout *layout, uint32_t n);
void layout_line(struct layout *layout);
void layout_soft(struct layout *layout);
void layout_fill(struct layout *layout);
void layout_hard(struct layout *layout, bool empty_line);
/* As layout_line, with an empty line when the group is broken. */
void layout_line_empty(struct layout *layout);
/* max: the widest that the group may be on one line; 0 for the whole width. */
void layout_begin(struct layout *layout, uint32_t max);
void layout_end(struct layout *layout);
void layout_nest(struct layout *layout, uint32_t columns);
void layout_align(struct layout *layout);
void layout_pop(struct layout *layout);
/* The groups that are open are several lines whatever they hold. */
void layout_break(struct layout *layout);
/* kind: LAYOUT_TRAILING, LAYOUT_OWN, LAYOUT_JOINED or LAYOUT_INLINE. */
void layout_comment(struct layout *layout, enum layout_kind kind, struct str text,
                    bool empty_line_before);
/* An empty line, or none when adjacent and the groups on both sides are one line each. */
void layout_separate(struct layout *layout, bool adjacent);
void layout_write(struct layout *layout, struct buf *out, uint32_t width);

#endif
