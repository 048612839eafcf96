/* print_doc.c - lays a document out. Owns line ends, indentation and where comments go; knows no SQL.
 *
 * Widths are summed once, so "does this group fit" is one subtraction: laying out is linear however
 * deep groups are nested. Line ends and blanks are owed, not written: the next text pays them. So no
 * line ends in a blank and no two reasons for a line end make two of them. */
#include "syntax/print_doc.h"

#include "base/utf8.h"

#define NO_FILL UINT32_MAX
/* Text that starts further right than this behind its line's indentation is not aligned to. */
#define ALIGN_MAX 44
#define HANG 4

void doc_init(struct doc *doc)
{
    *doc = (struct doc){0};
    buf_init(&doc->texts);
}

void doc_fini(struct doc *doc)
{
    buf_fini(&doc->texts);
    VEC_FINI(&doc->ops);
    VEC_FINI(&doc->open);
    VEC_FINI(&doc->fills);
}

static struct doc_op *add_op(struct doc *doc, enum doc_kind kind)
{
    struct doc_op *op = VEC_PUSH(&doc->ops);
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

static struct doc_op *add_text(struct doc *doc, enum doc_kind kind, struct str text)
{
    struct doc_op *op = add_op(doc, kind);
    op->at = (uint32_t)doc->texts.n;
    op->n = (uint32_t)text.n;
    buf_str(&doc->texts, text);
    return op;
}

/* A line ends between the last text and what comes now: the groups around both are broken. */
static void break_shared(struct doc *doc)
{
    for (uint32_t i = doc->shared; i > 0; i--) {
        struct doc_op *begin = &doc->ops.at[doc->open.at[i - 1]];
        if (begin->broken)
            break;
        begin->broken = true;
    }
}

void doc_text(struct doc *doc, struct str text)
{
    if (doc->line_owed)
        break_shared(doc);
    doc->line_owed = false;
    doc->shared = doc->open.n;
    add_text(doc, DOC_TEXT, text)->width = first_width(text);
}

void doc_blank(struct doc *doc, uint32_t n)
{
    struct doc_op *op = add_op(doc, DOC_BLANK);
    op->width = n;
    op->n = n;
}

void doc_pad(struct doc *doc, uint32_t n)
{
    add_op(doc, DOC_PAD)->n = n;
}

/* The piece behind the last fill of the group ends here. */
static void end_piece(struct doc *doc, uint32_t next_fill)
{
    if (!doc->open.n)
        return;
    uint32_t *last = VEC_LAST(&doc->fills);
    if (*last != NO_FILL)
        doc->ops.at[*last].at = doc->ops.n;
    *last = next_fill;
}

void doc_line(struct doc *doc)
{
    end_piece(doc, NO_FILL);
    add_op(doc, DOC_LINE)->width = 1;
}

void doc_line_empty(struct doc *doc)
{
    end_piece(doc, NO_FILL);
    struct doc_op *op = add_op(doc, DOC_LINE);
    op->width = 1;
    op->empty_line = true;
}

void doc_soft(struct doc *doc)
{
    end_piece(doc, NO_FILL);
    (void)add_op(doc, DOC_SOFT);
}

void doc_fill(struct doc *doc)
{
    if (!doc->open.n)
        BUG("a fill stands outside of every group");
    end_piece(doc, doc->ops.n);
    add_op(doc, DOC_FILL)->width = 1;
}

void doc_hard(struct doc *doc, bool empty_line)
{
    uint32_t shared = doc->shared;
    doc->shared = doc->open.n;
    break_shared(doc);
    doc->shared = shared;
    end_piece(doc, NO_FILL);
    add_op(doc, DOC_HARD)->empty_line = empty_line;
}

void doc_begin(struct doc *doc, uint32_t max)
{
    *VEC_PUSH(&doc->open) = doc->ops.n;
    *VEC_PUSH(&doc->fills) = NO_FILL;
    add_op(doc, DOC_BEGIN)->n = max;
}

void doc_end(struct doc *doc)
{
    if (!doc->open.n)
        BUG("a group ends that did not begin");
    end_piece(doc, NO_FILL);
    doc->ops.at[*VEC_LAST(&doc->open)].at = doc->ops.n;
    doc->open.n--;
    doc->fills.n--;
    if (doc->shared > doc->open.n)
        doc->shared = doc->open.n;
    (void)add_op(doc, DOC_END);
}

void doc_nest(struct doc *doc, uint32_t columns)
{
    add_op(doc, DOC_NEST)->n = columns;
}

void doc_align(struct doc *doc)
{
    (void)add_op(doc, DOC_ALIGN);
}

void doc_pop(struct doc *doc)
{
    (void)add_op(doc, DOC_POP);
}

void doc_comment(struct doc *doc, enum doc_kind kind, struct str text, bool empty_line_before)
{
    if (kind == DOC_OWN || (kind == DOC_INLINE && doc->line_owed))
        break_shared(doc);
    struct doc_op *op = add_text(doc, kind, text);
    op->empty_line = empty_line_before;
    if (kind == DOC_INLINE) {
        op->width = first_width(text) + 1;
        doc->line_owed = false;
        doc->shared = doc->open.n;
    } else {
        doc->line_owed = true;
    }
}

void doc_separate(struct doc *doc, bool adjacent)
{
    add_op(doc, DOC_SEPARATE)->empty_line = adjacent;
}

/* ------------------------------------------------------------------------------------- writing */

struct writer {
    const struct doc *doc;
    struct buf *out;
    uint32_t width;
    uint32_t *sums;    /* sums[i]: columns of the operations before i, on one line */
    uint32_t *breaks;  /* breaks[i]: first operation at or behind i where a line may end */
    VEC(uint32_t) indents;
    VEC(bool) flat;    /* by open group */
    uint32_t column;   /* what was written of the line */
    uint32_t lines;    /* ends of lines written */
    uint32_t owed;     /* line ends to write before the next text */
    uint32_t owed_indent;
    bool owed_by_comment; /* and not by a break: then the text's own indentation counts */
    uint32_t blanks;   /* to write before the next text, unless the line ends */
    uint32_t started;  /* lines when the last outermost group began */
};

static uint32_t indentation(const struct writer *w)
{
    return w->indents.n ? *VEC_LAST(&w->indents) : 0;
}

static bool ends_line(const struct doc_op *op)
{
    return op->kind == DOC_LINE || op->kind == DOC_SOFT || op->kind == DOC_FILL
           || op->kind == DOC_HARD || op->kind == DOC_SEPARATE || op->kind == DOC_TRAILING
           || op->kind == DOC_OWN;
}

static void measure(struct writer *w)
{
    const struct doc *doc = w->doc;
    uint32_t n = doc->ops.n;
    vec_grow((void **)&w->sums, &(uint32_t){0}, n + 1, sizeof *w->sums);
    vec_grow((void **)&w->breaks, &(uint32_t){0}, n + 1, sizeof *w->breaks);
    w->sums[0] = 0;
    for (uint32_t i = 0; i < n; i++)
        w->sums[i + 1] = w->sums[i] + doc->ops.at[i].width;
    w->breaks[n] = n;
    for (uint32_t i = n; i > 0; i--)
        w->breaks[i - 1] = ends_line(&doc->ops.at[i - 1]) ? i - 1 : w->breaks[i];
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
    const struct doc_op *op = &w->doc->ops.at[begin];
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

static void write_comment(struct writer *w, const struct doc_op *op)
{
    struct str text = str_make(w->doc->texts.p + op->at, op->n);
    bool at_start = w->out->n == 0;
    if (op->kind == DOC_JOINED && !at_start) {
        w->owed = 0;
        owe_blank(w);
    } else if (op->kind == DOC_TRAILING && !at_start) {
        /* Two blanks; a break that came before the comment is owed again behind it. */
        w->owed = 0;
        w->blanks = 0;
        buf_puts(w->out, "  ");
        w->column += 2;
    } else if (op->kind == DOC_OWN) {
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
    if (op->kind == DOC_INLINE) {
        owe_blank(w);
    } else {
        w->owed = 1;
        w->owed_by_comment = true;
        w->blanks = 0;
    }
}

static void separate(struct writer *w, uint32_t at)
{
    const struct doc_op *op = &w->doc->ops.at[at];
    bool adjacent = op->empty_line && w->lines == w->started && at + 1 < w->doc->ops.n
                    && w->doc->ops.at[at + 1].kind == DOC_BEGIN && group_fits(w, 0, at + 1);
    owe_line(w, !adjacent);
}

static void write_break(struct writer *w, uint32_t at)
{
    const struct doc_op *op = &w->doc->ops.at[at];
    bool flat = w->flat.n > 0 && *VEC_LAST(&w->flat);
    if (op->kind == DOC_HARD) {
        owe_line(w, op->empty_line);
    } else if (op->kind == DOC_FILL && !flat && !w->owed) {
        if (fits(w, w->column, at, op->at))
            owe_blank(w);
        else
            owe_line(w, false);
    } else if (!flat || w->owed) {
        owe_line(w, op->empty_line && !flat);
    } else if (op->kind != DOC_SOFT) {
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
    const struct doc_op *op = &w->doc->ops.at[at];
    switch ((enum doc_kind)op->kind) {
    case DOC_TEXT:
        pay(w);
        put(w, str_make(w->doc->texts.p + op->at, op->n));
        break;
    case DOC_PAD:
        if (w->flat.n && *VEC_LAST(&w->flat))
            break;
        w->blanks = w->blanks > op->n ? w->blanks : op->n;
        break;
    case DOC_BLANK:
        w->blanks = w->blanks > op->n ? w->blanks : op->n;
        break;
    case DOC_LINE:
    case DOC_SOFT:
    case DOC_FILL:
    case DOC_HARD:
        write_break(w, at);
        break;
    case DOC_BEGIN: {
        bool flat = (w->flat.n && *VEC_LAST(&w->flat)) || group_fits(w, next_column(w), at);
        if (w->flat.n == 0)
            w->started = w->lines + (w->out->n ? w->owed : 0);
        *VEC_PUSH(&w->flat) = flat;
        break;
    }
    case DOC_END:
        w->flat.n--;
        break;
    case DOC_NEST: {
        uint32_t columns = indentation(w) + op->n;
        *VEC_PUSH(&w->indents) = columns;
        break;
    }
    case DOC_ALIGN:
        push_align(w);
        break;
    case DOC_POP:
        w->indents.n--;
        break;
    case DOC_TRAILING:
    case DOC_OWN:
    case DOC_JOINED:
    case DOC_INLINE:
        write_comment(w, op);
        break;
    case DOC_SEPARATE:
        separate(w, at);
        break;
    }
}

void doc_write(struct doc *doc, struct buf *out, uint32_t width)
{
    if (doc->open.n)
        BUG("a group of the document has no end");
    struct buf laid;
    buf_init(&laid);
    struct writer w = {.doc = doc, .out = &laid, .width = width};
    measure(&w);
    for (uint32_t i = 0; i < doc->ops.n; i++)
        write_op(&w, i);
    buf_str(out, buf_view(&laid));
    buf_fini(&laid);
    vec_free(w.sums);
    vec_free(w.breaks);
    VEC_FINI(&w.indents);
    VEC_FINI(&w.flat);
}
