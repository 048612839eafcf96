/* excerpt.c - draws one source line and the marks under it.
 *
 * Owns the window into a long line, the cells (columns on the terminal) of its characters, and how
 * several marks share a line: those that do not overlap share a row; the rightmost text follows
 * its mark, the others hang below, right to left. Nothing here reads more of a line than it
 * shows. */
#include "diag/excerpt.h"

#include "base/utf8.h"

#include <stdlib.h>

#define WIDTH_MAX 160  /* columns of source text in a row */
#define WINDOW_LEAD 40 /* characters shown before a mark when the line does not fit */
#define WINDOW_LEAD_BYTES 120
#define DOTS "..."
#define DOTS_WIDTH 3
#define GUTTER_COLOR "\x1b[1;34m"
#define PLAIN "\x1b[0m"

/* Controls, and the marks that turn the direction of writing: they would show another text than is
 * there. */
static bool is_unsafe(int32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || (cp >= 0x200b && cp <= 0x200f) ||
           (cp >= 0x2028 && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff;
}

/* Appends the character at s.p as it is shown (out may be NULL) and counts its cells. */
static size_t show_next(struct buf *out, struct str s, size_t *cells)
{
    int32_t cp;
    size_t n = utf8_next(s, &cp);
    if (cp == '\t' || is_unsafe(cp)) {
        if (out)
            buf_putc(out, cp == '\t' ? ' ' : '?');
        *cells += 1;
    } else {
        if (out)
            buf_add(out, s.p, n);
        *cells += utf8_width(str_make(s.p, n));
    }
    return n;
}

void excerpt_text(struct buf *out, const char *text, const char *new_line)
{
    struct str s = str_from(text);
    size_t cells = 0;
    while (s.n > 0) {
        size_t n = 1;
        if (s.p[0] == '\n')
            buf_puts(out, new_line);
        else
            n = show_next(out, s, &cells);
        s = str_make(s.p + n, s.n - n);
    }
}

void excerpt_gutter(struct buf *out, const struct excerpt_style *style, uint32_t line, char sign)
{
    if (style->color)
        buf_puts(out, GUTTER_COLOR);
    if (line > 0)
        buf_printf(out, "%*u %c", (int)style->digits, line, sign);
    else
        buf_printf(out, "%*s %c", (int)style->digits, "", sign);
    if (style->color)
        buf_puts(out, PLAIN);
}

void excerpt_place(struct buf *out, const struct excerpt_style *style, struct sources *sources,
                   struct span span)
{
    struct place place = source_place(sources, span.file, span.lo);
    if (style->color)
        buf_puts(out, GUTTER_COLOR);
    buf_fill(out, ' ', style->digits);
    buf_puts(out, "-->");
    if (style->color)
        buf_puts(out, PLAIN);
    buf_putc(out, ' ');
    excerpt_text(out, sources->files.at[span.file].path, " ");
    buf_printf(out, ":%u:%u\n", place.line, place.column);
}

/* The part of a line that is shown; offsets are relative to the line. */
struct window {
    struct str line;
    size_t lo, hi;
};

/* Offset at most cells to the right of at. */
static size_t walk_right(struct str line, size_t at, size_t cells)
{
    size_t used = 0;
    while (at < line.n) {
        size_t n = show_next(NULL, str_make(line.p + at, line.n - at), &used);
        if (used > cells)
            break;
        at += n;
    }
    return at;
}

/* Offset of a character some way before at, by characters: walking back cannot know widths. No
 * character has more cells than bytes, so the bound on bytes keeps what is at "at" inside the
 * window. */
static size_t walk_left(struct str line, size_t at, size_t characters)
{
    size_t stop = at > WINDOW_LEAD_BYTES ? at - WINDOW_LEAD_BYTES : 0;
    for (; characters > 0 && at > stop; characters--) {
        at--;
        while (at > stop && ((unsigned char)line.p[at] & 0xc0) == 0x80)
            at--;
    }
    return at;
}

/* The whole line when it fits; else its start when the mark is there; else what is around the
 * mark. */
static struct window choose_window(struct str line, size_t lo, size_t hi)
{
    size_t fits = walk_right(line, 0, WIDTH_MAX);
    if (fits == line.n)
        return (struct window){line, 0, line.n};
    size_t from_start = walk_right(line, 0, WIDTH_MAX - DOTS_WIDTH);
    if (lo < from_start && hi <= from_start)
        return (struct window){line, 0, from_start};
    size_t start = walk_left(line, lo, WINDOW_LEAD);
    size_t lead = start > 0 ? DOTS_WIDTH : 0;
    size_t end = walk_right(line, start, WIDTH_MAX - lead);
    if (end < line.n)
        end = walk_right(line, start, WIDTH_MAX - lead - DOTS_WIDTH);
    return (struct window){line, start, end};
}

/* Column (from 0) in the row at which the byte at offset is shown. */
static size_t cell_of(const struct window *w, size_t offset)
{
    size_t cells = w->lo > 0 ? DOTS_WIDTH : 0;
    size_t at = w->lo;
    while (at < w->hi && at < offset)
        at += show_next(NULL, str_make(w->line.p + at, w->hi - at), &cells);
    return cells;
}

static void add_source_row(struct buf *out, const struct excerpt_style *style, uint32_t line,
                           const struct window *w)
{
    size_t cells = 0;
    excerpt_gutter(out, style, line, '|');
    if (w->line.n > 0)
        buf_putc(out, ' ');
    if (w->lo > 0)
        buf_puts(out, DOTS);
    for (size_t at = w->lo; at < w->hi;)
        at += show_next(out, str_make(w->line.p + at, w->hi - at), &cells);
    if (w->hi < w->line.n)
        buf_puts(out, DOTS);
    buf_putc(out, '\n');
}

/* A mark with its columns in the row. */
struct drawn {
    const struct excerpt_mark *mark;
    size_t lo, hi; /* columns; hi > lo */
};

static void add_color(struct buf *out, const struct excerpt_style *style, bool primary)
{
    if (style->color)
        buf_puts(out, primary ? style->color : GUTTER_COLOR);
}

static void end_color(struct buf *out, const struct excerpt_style *style)
{
    if (style->color)
        buf_puts(out, PLAIN);
}

/* Moves from column *at to column to; what is between is blank. */
static void pad(struct buf *out, size_t *at, size_t to)
{
    if (to > *at)
        buf_fill(out, ' ', to - *at);
    *at = to > *at ? to : *at;
}

static void add_label_text(struct buf *out, const struct excerpt_style *style,
                           const struct excerpt_mark *mark)
{
    add_color(out, style, mark->primary);
    excerpt_text(out, mark->text, " ");
    end_color(out, style);
}

/* One row of marks that do not overlap, left to right, and the rows with their texts. */
static void add_mark_rows(struct buf *out, const struct excerpt_style *style,
                          const struct drawn *row, size_t n)
{
    size_t at = 0;
    excerpt_gutter(out, style, 0, '|');
    buf_putc(out, ' ');
    for (size_t i = 0; i < n; i++) {
        pad(out, &at, row[i].lo);
        add_color(out, style, row[i].mark->primary);
        buf_fill(out, row[i].mark->primary ? '^' : '~', row[i].hi - row[i].lo);
        end_color(out, style);
        at = row[i].hi;
    }
    if (row[n - 1].mark->text) {
        buf_putc(out, ' ');
        add_label_text(out, style, row[n - 1].mark);
    }
    buf_putc(out, '\n');
    for (size_t last = n - 1; last > 0; last--) {
        if (!row[last - 1].mark->text)
            continue;
        at = 0;
        excerpt_gutter(out, style, 0, '|');
        buf_putc(out, ' ');
        for (size_t i = 0; i + 1 < last; i++) {
            if (!row[i].mark->text)
                continue;
            pad(out, &at, row[i].lo);
            add_color(out, style, row[i].mark->primary);
            buf_putc(out, '|');
            end_color(out, style);
            at++;
        }
        pad(out, &at, row[last - 1].lo);
        add_label_text(out, style, row[last - 1].mark);
        buf_putc(out, '\n');
    }
}

static bool overlaps(const struct drawn *row, size_t n, const struct drawn *d)
{
    for (size_t i = 0; i < n; i++)
        if (d->lo < row[i].hi && row[i].lo < d->hi)
            return true;
    return false;
}

static void insert_drawn(struct drawn *row, size_t n, struct drawn new)
{
    while (n > 0 && row[n - 1].lo > new.lo) {
        row[n] = row[n - 1];
        n--;
    }
    row[n] = new;
}

/* Takes from the marks those that are in the window and fit into one row, the primary one first. */
static size_t fill_row(struct drawn *row, const struct window *w, uint32_t line_start,
                       const struct excerpt_mark *marks, bool *done, size_t n)
{
    size_t used = 0;
    for (int want_primary = 1; want_primary >= 0; want_primary--) {
        for (size_t i = 0; i < n; i++) {
            size_t lo = marks[i].lo - line_start;
            size_t hi = marks[i].hi - line_start;
            bool inside = lo >= w->lo && (lo < w->hi || w->hi == w->line.n);
            if (done[i] || marks[i].primary != (want_primary == 1) || !inside)
                continue;
            struct drawn d = {&marks[i], cell_of(w, lo), cell_of(w, hi)};
            d.hi = d.hi > d.lo ? d.hi : d.lo + 1;
            if (overlaps(row, used, &d))
                continue;
            insert_drawn(row, used++, d);
            done[i] = true;
        }
    }
    return used;
}

/* The mark that the next window is made for: the primary one, else the first that is left. */
static size_t next_mark(const struct excerpt_mark *marks, const bool *done, size_t n)
{
    size_t first = n;
    for (size_t i = n; i-- > 0;)
        if (!done[i] && (first == n || !marks[first].primary))
            first = i;
    return first;
}

void excerpt_line(struct buf *out, const struct excerpt_style *style, struct sources *sources,
                  uint32_t file, uint32_t line, const struct excerpt_mark *marks, size_t n)
{
    struct str text = source_line(sources, file, line);
    uint32_t start = (uint32_t)(text.p - sources->files.at[file].text.p);
    struct drawn *row = malloc(n * sizeof *row);
    bool *done = calloc(n, sizeof *done);
    if (!row || !done)
        bug_out_of_memory();
    size_t next;
    while ((next = next_mark(marks, done, n)) < n) {
        size_t lo = marks[next].lo - start;
        size_t hi = marks[next].hi - start;
        struct window w = choose_window(text, lo < text.n ? lo : text.n, hi < text.n ? hi : text.n);
        size_t used = fill_row(row, &w, start, marks, done, n);
        if (used == 0)
            BUG("excerpt: the window of a mark does not show it");
        add_source_row(out, style, line, &w);
        for (; used > 0; used = fill_row(row, &w, start, marks, done, n))
            add_mark_rows(out, style, row, used);
    }
    free(row);
    free(done);
}
