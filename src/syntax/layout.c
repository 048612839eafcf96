/* layout.c - lays a document out. Owns line ends, indentation and where comments go; knows no SQL.
 *
 * Widths are summed once, so "does this group fit" is one subtraction: laying out is linear however
 * deep groups are nested. Line ends and blanks are owed, not written: the next text pays them. So
 * no line ends in a blank and no two reasons for a line end make two of them. */
#include "syntax/layout.h"

#include "base/utf8.h"

#define NO_FILL UINT32_MAX
/* Text that starts further right than this behind its line's indentation is not aligned to. */
#define ALIGN_MAX 44
#define HANG 4

void layout_init(struct layout *layout)
{
    *layout = (struct layout){0};
    buf_init(&layout->texts);
}

void layout_fini(struct layout *layout)
{
    buf_fini(&layout->texts);
    VEC_FINI(&layout->ops);
    VEC_FINI(&layout->open);
    VEC_FINI(&layout->fills);
}

static struct layout_op *add_op(struct layout *layout, enum layout_kind kind)
{
    struct layout_op *op = VEC_PUSH(&layout->ops);
    op->kind = (uint8_t)kind;
    return op;
}

/* Columns of the first line of a text. */
static uint32_t first_width(struct str text)
{
    const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
    size_t n = end ? (size_t)(end - text.p) : text.n;
    return (uint32_t)utf8_width(str_make(text.p, n));
}

static struct layout_op *add_text(struct layout *layout, enum layout_kind kind, struct str text)
{
    struct layout_op *op = add_op(layout, kind);
    op->at = (uint32_t)layout->texts.n;
    op->n = (uint32_t)text.n;
    buf_str(&layout->texts, text);
    return op;
}

/* A line ends between the last text and what comes now: the groups around both are broken. */
static void break_shared(struct layout *layout)
{
    for (uint32_t i = layout->shared; i > 0; i--) {
        struct layout_op *begin = &layout->ops.at[layout->open.at[i - 1]];
        if (begin->broken)
            break;
        begin->broken = true;
    }
}

void layout_text(struct layout *layout, struct str text)
{
    if (layout->line_owed)
        break_shared(layout);
    layout->line_owed = false;
    layout->shared = layout->open.n;
    add_text(layout, LAYOUT_TEXT, text)->width = first_width(text);
}

void layout_blank(struct layout *layout, uint32_t n)
{
    struct layout_op *op = add_op(layout, LAYOUT_BLANK);
    op->width = n;
    op->n = n;
}

void layout_pad(struct layout *layout, uint32_t n)
{
    add_op(layout, LAYOUT_PAD)->n = n;
}

/* The piece behind the last fill of the group ends here. */
static void end_piece(struct layout *layout, uint32_t next_fill)
{
    if (!layout->open.n)
        return;
    uint32_t *last = VEC_LAST(&layout->fills);
    if (*last != NO_FILL)
        layout->ops.at[*last].at = layout->ops.n;
    *last = next_fill;
}

void layout_line(struct layout *layout)
{
    end_piece(layout, NO_FILL);
    add_op(layout, LAYOUT_LINE)->width = 1;
}

void layout_line_empty(struct layout *layout)
{
    end_piece(layout, NO_FILL);
    struct layout_op *op = add_op(layout, LAYOUT_LINE);
    op->width = 1;
    op->empty_line = true;
}

void layout_soft(struct layout *layout)
{
    end_piece(layout, NO_FILL);
    (void)add_op(layout, LAYOUT_SOFT);
}

void layout_fill(struct layout *layout)
{
    if (!layout->open.n)
        BUG("a fill stands outside of every group");
    end_piece(layout, layout->ops.n);
    add_op(layout, LAYOUT_FILL)->width = 1;
}

void layout_break(struct layout *layout)
{
    uint32_t shared = layout->shared;
    layout->shared = layout->open.n;
    break_shared(layout);
    layout->shared = shared;
}

void layout_hard(struct layout *layout, bool empty_line)
{
    layout_break(layout);
    end_piece(layout, NO_FILL);
    add_op(layout, LAYOUT_HARD)->empty_line = empty_line;
}

void layout_begin(struct layout *layout, uint32_t max)
{
    *VEC_PUSH(&layout->open) = layout->ops.n;
    *VEC_PUSH(&layout->fills) = NO_FILL;
    add_op(layout, LAYOUT_BEGIN)->n = max;
}

void layout_end(struct layout *layout)
{
    if (!layout->open.n)
        BUG("a group ends that did not begin");
    end_piece(layout, NO_FILL);
    layout->ops.at[*VEC_LAST(&layout->open)].at = layout->ops.n;
    layout->open.n--;
    layout->fills.n--;
    if (layout->shared > layout->open.n)
        layout->shared = layout->open.n;
    (void)add_op(layout, LAYOUT_END);
}

void layout_nest(struct layout *layout, uint32_t columns)
{
    add_op(layout, LAYOUT_NEST)->n = columns;
}

void layout_align(struct layout *layout)
{
    (void)add_op(layout, LAYOUT_ALIGN);
}

void layout_pop(struct layout *layout)
{
    (void)add_op(layout, LAYOUT_POP);
}

void layout_comment(struct layout *layout, enum layout_kind kind, struct str text,
                    bool empty_line_before)
{
    if (kind == LAYOUT_OWN || (kind == LAYOUT_INLINE && layout->line_owed))
        break_shared(layout);
    struct layout_op *op = add_text(layout, kind, text);
    op->empty_line = empty_line_before;
    if (kind == LAYOUT_INLINE) {
        op->width = first_width(text) + 1;
        layout->line_owed = false;
        layout->shared = layout->open.n;
    } else {
        layout->line_owed = true;
    }
}

void layout_separate(struct layout *layout, bool adjacent)
{
    add_op(layout, LAYOUT_SEPARATE)->empty_line = adjacent;
}

/* ------------------------------------------------------------------------------------- writing */

struct writer {
    const struct layout *layout;
    struct buf *out;
    uint32_t width;
    uint32_t *sums;   /* sums[i]: columns of the operations before i, on one line */
    uint32_t *breaks; /* breaks[i]: first operation at or behind i where a line may end */
    VEC(uint32_t) indents;
    VEC(bool) flat;  /* by open group */
    uint32_t column; /* what was written of the line */
    uint32_t lines;  /* ends of lines written */
    uint32_t owed;   /* line ends to write before the next text */
    uint32_t owed_indent;
    bool owed_by_comment; /* and not by a break: then the text's own indentation counts */
    uint32_t blanks;      /* to write before the next text, unless the line ends */
    uint32_t started;     /* lines when the last outermost group began */
};

static uint32_t indentation(const struct writer *w)
{
    return w->indents.n ? *VEC_LAST(&w->indents) : 0;
}

static bool ends_line(const struct layout_op *op)
{
    return op->kind == LAYOUT_LINE || op->kind == LAYOUT_SOFT || op->kind == LAYOUT_FILL ||
           op->kind == LAYOUT_HARD || op->kind == LAYOUT_SEPARATE || op->kind == LAYOUT_TRAILING ||
           op->kind == LAYOUT_OWN;
}

static void measure(struct writer *w)
{
    const struct layout *layout = w->layout;
    uint32_t n = layout->ops.n;
    vec_grow((void **)&w->sums, &(uint32_t){0}, n + 1, sizeof *w->sums);
    vec_grow((void **)&w->breaks, &(uint32_t){0}, n + 1, sizeof *w->breaks);
    w->sums[0] = 0;
    for (uint32_t i = 0; i < n; i++)
        w->sums[i + 1] = w->sums[i] + layout->ops.at[i].width;
    w->breaks[n] = n;
    for (uint32_t i = n; i > 0; i--)
        w->breaks[i - 1] = ends_line(&layout->ops.at[i - 1]) ? i - 1 : w->breaks[i];
}

/* Column where the next text would start. */
static uint32_t next_column(const struct writer *w)
{
    if (w->owed)
        return w->owed_by_comment ? indentation(w) : w->owed_indent;
    return w->column + w->blanks;
}

/* Do the operations from..to, and what hangs on them up to the next break, fit on this line? */
static bool fits(const struct writer *w, uint32_t column, uint32_t from, uint32_t to)
{
    uint32_t end = w->breaks[to];
    return column + (w->sums[end] - w->sums[from]) <= w->width;
}

static bool group_fits(const struct writer *w, uint32_t column, uint32_t begin)
{
    const struct layout_op *op = &w->layout->ops.at[begin];
    if (op->broken)
        return false;
    if (op->n && w->sums[op->at] - w->sums[begin] > op->n)
        return false;
    return fits(w, column, begin, op->at);
}

static void owe_line(struct writer *w, bool empty_line)
{
    uint32_t need = empty_line ? 2 : 1;
    w->owed = w->owed > need ? w->owed : need;
    w->owed_indent = indentation(w);
    w->owed_by_comment = false;
}

static void owe_blank(struct writer *w)
{
    w->blanks = w->blanks ? w->blanks : 1;
}

static void pay(struct writer *w)
{
    if (w->owed && w->out->n) {
        uint32_t indent = w->owed_by_comment ? indentation(w) : w->owed_indent;
        buf_fill(w->out, '\n', w->owed);
        buf_fill(w->out, ' ', indent);
        w->lines += w->owed;
        w->column = indent;
    } else if (w->column) {
        buf_fill(w->out, ' ', w->blanks);
        w->column += w->blanks;
    }
    w->owed = 0;
    w->blanks = 0;
    w->owed_by_comment = false;
}

static void put(struct writer *w, struct str text)
{
    buf_str(w->out, text);
    size_t last = text.n;
    while (last > 0 && text.p[last - 1] != '\n')
        last--;
    uint32_t columns = (uint32_t)utf8_width(str_make(text.p + last, text.n - last));
    if (last == 0) {
        w->column += columns;
        return;
    }
    for (size_t i = 0; i < last; i++)
        w->lines += text.p[i] == '\n';
    w->column = columns;
}

static void write_comment(struct writer *w, const struct layout_op *op)
{
    struct str text = str_make(w->layout->texts.p + op->at, op->n);
    bool at_start = w->out->n == 0;
    if (op->kind == LAYOUT_JOINED && !at_start) {
        w->owed = 0;
        owe_blank(w);
    } else if (op->kind == LAYOUT_TRAILING && !at_start) {
        /* Two blanks; a break that came before the comment is owed again behind it. */
        w->owed = 0;
        w->blanks = 0;
        buf_puts(w->out, "  ");
        w->column += 2;
    } else if (op->kind == LAYOUT_OWN) {
        if (!w->owed) {
            w->owed = 1;
            w->owed_by_comment = true;
        }
        if (op->empty_line)
            w->owed = 2;
    } else {
        owe_blank(w);
    }
    pay(w);
    put(w, text);
    if (op->kind == LAYOUT_INLINE) {
        owe_blank(w);
    } else {
        w->owed = 1;
        w->owed_by_comment = true;
        w->blanks = 0;
    }
}

static void separate(struct writer *w, uint32_t at)
{
    const struct layout_op *op = &w->layout->ops.at[at];
    bool adjacent = op->empty_line && w->lines == w->started && at + 1 < w->layout->ops.n &&
                    w->layout->ops.at[at + 1].kind == LAYOUT_BEGIN && group_fits(w, 0, at + 1);
    owe_line(w, !adjacent);
}

static void write_break(struct writer *w, uint32_t at)
{
    const struct layout_op *op = &w->layout->ops.at[at];
    bool flat = w->flat.n > 0 && *VEC_LAST(&w->flat);
    if (op->kind == LAYOUT_HARD) {
        owe_line(w, op->empty_line);
    } else if (op->kind == LAYOUT_FILL && !flat && !w->owed) {
        if (fits(w, w->column, at, op->at))
            owe_blank(w);
        else
            owe_line(w, false);
    } else if (!flat || w->owed) {
        owe_line(w, op->empty_line && !flat);
    } else if (op->kind != LAYOUT_SOFT) {
        owe_blank(w);
    }
}

static void push_align(struct writer *w)
{
    uint32_t column = next_column(w);
    uint32_t base = indentation(w);
    uint32_t line = base + HANG;
    *VEC_PUSH(&w->indents) = column > base + ALIGN_MAX ? line : column;
}

static void write_op(struct writer *w, uint32_t at)
{
    const struct layout_op *op = &w->layout->ops.at[at];
    switch ((enum layout_kind)op->kind) {
    case LAYOUT_TEXT:
        pay(w);
        put(w, str_make(w->layout->texts.p + op->at, op->n));
        break;
    case LAYOUT_PAD:
        if (w->flat.n && *VEC_LAST(&w->flat))
            break;
        w->blanks = w->blanks > op->n ? w->blanks : op->n;
        break;
    case LAYOUT_BLANK:
        w->blanks = w->blanks > op->n ? w->blanks : op->n;
        break;
    case LAYOUT_LINE:
    case LAYOUT_SOFT:
    case LAYOUT_FILL:
    case LAYOUT_HARD:
        write_break(w, at);
        break;
    case LAYOUT_BEGIN: {
        bool flat = (w->flat.n && *VEC_LAST(&w->flat)) || group_fits(w, next_column(w), at);
        if (w->flat.n == 0)
            w->started = w->lines + (w->out->n ? w->owed : 0);
        *VEC_PUSH(&w->flat) = flat;
        break;
    }
    case LAYOUT_END:
        w->flat.n--;
        break;
    case LAYOUT_NEST: {
        uint32_t columns = indentation(w) + op->n;
        *VEC_PUSH(&w->indents) = columns;
        break;
    }
    case LAYOUT_ALIGN:
        push_align(w);
        break;
    case LAYOUT_POP:
        w->indents.n--;
        break;
    case LAYOUT_TRAILING:
    case LAYOUT_OWN:
    case LAYOUT_JOINED:
    case LAYOUT_INLINE:
        write_comment(w, op);
        break;
    case LAYOUT_SEPARATE:
        separate(w, at);
        break;
    }
}

void layout_write(struct layout *layout, struct buf *out, uint32_t width)
{
    if (layout->open.n)
        BUG("a group of the document has no end");
    struct buf laid;
    buf_init(&laid);
    struct writer w = {.layout = layout, .out = &laid, .width = width};
    measure(&w);
    for (uint32_t i = 0; i < layout->ops.n; i++)
        write_op(&w, i);
    buf_str(out, buf_view(&laid));
    buf_fini(&laid);
    vec_free(w.sums);
    vec_free(w.breaks);
    VEC_FINI(&w.indents);
    VEC_FINI(&w.flat);
}
