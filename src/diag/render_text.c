/* render_text.c - diagnostics for people.
 *
 *     orders.dtl:31:12: error[DT203]: fixed title
 *        |
 *     12 | source line with a secondary label
 *        |             ~~~~~~ its text
 *     31 | source line with the primary label
 *        |            ^^^^^^ its text
 *        = note: ...
 *        = help: ...
 *        = more: dtc explain DT203
 *
 * Owns the frame: header, excerpts by file and line, notes. How one source line with its marks is
 * drawn is excerpt.c's. Sorting has been done (diag_sort); the stream is the caller's. */
#include "diag/render.h"

#include "diag/excerpt.h"

#include <stdlib.h>

static const char *severity_color(enum severity severity)
{
    static const char *const colors[] = {"\x1b[1;36m", "\x1b[1;33m", "\x1b[1;31m"};
    return colors[severity];
}

static size_t digits(uint32_t n)
{
    size_t count = 1;
    for (; n >= 10; n /= 10)
        count++;
    return count;
}

/* A label and where it is; labels without a file become notes. */
struct placed {
    const struct diag_label *label;
    uint32_t line;
    bool primary;
};

/* Primary file first, the others by path; within a file by line, then by offset. */
struct order_context {
    const struct sources *sources;
    uint32_t first;
};

static int compare_files(const struct order_context *c, uint32_t a, uint32_t b)
{
    if (a == b || a == c->first || b == c->first)
        return (b == c->first) - (a == c->first);
    int by = strcmp(c->sources->files.at[a].path, c->sources->files.at[b].path);
    return by ? by : (a > b) - (a < b);
}

static int compare_placed(const struct order_context *c, const struct placed *a,
                          const struct placed *b)
{
    int by = compare_files(c, a->label->span.file, b->label->span.file);
    if (by == 0)
        by = (a->line > b->line) - (a->line < b->line);
    if (by == 0)
        by = (a->label->span.lo > b->label->span.lo) - (a->label->span.lo < b->label->span.lo);
    return by;
}

/* Insertion sort: labels are few, and equal ones keep the order in which they were added. */
static void insert_sorted(const struct order_context *c, struct placed *at, size_t n,
                          struct placed new)
{
    while (n > 0 && compare_placed(c, &at[n - 1], &new) > 0) {
        at[n] = at[n - 1];
        n--;
    }
    at[n] = new;
}

static void add_header(struct buf *out, const struct diag *d, struct sources *sources,
                       bool color)
{
    const struct diag_label *primary = &d->labels.at[0];
    if (primary->span.file == SPAN_NO_FILE) {
        buf_puts(out, "dtc: ");
    } else {
        struct place place = source_place(sources, primary->span.file, primary->span.lo);
        excerpt_text(out, sources->files.at[primary->span.file].path, " ");
        buf_printf(out, ":%u:%u: ", place.line, place.column);
    }
    buf_printf(out, "%s%s[%s]%s: %s", color ? severity_color(d->severity) : "",
               severity_name(d->severity), d->rule->code, color ? "\x1b[0m" : "", d->rule->title);
    if (primary->span.file == SPAN_NO_FILE && primary->text) {
        buf_puts(out, ": ");
        excerpt_text(out, primary->text, "\n     ");
    }
    buf_putc(out, '\n');
}

static void add_remark(struct buf *out, const struct excerpt_style *style, const char *kind,
                       const char *text)
{
    excerpt_gutter(out, style, 0, '=');
    size_t before = out->n;
    buf_printf(out, " %s: ", kind);
    struct buf new_line;
    buf_init(&new_line);
    buf_putc(&new_line, '\n');
    buf_fill(&new_line, ' ', style->digits + 2 + (out->n - before));
    excerpt_text(out, text, new_line.p);
    buf_fini(&new_line);
    buf_putc(out, '\n');
}

static void add_remarks(struct buf *out, const struct excerpt_style *style, const struct diag *d)
{
    for (uint32_t i = 1; i < d->labels.n; i++)
        if (d->labels.at[i].span.file == SPAN_NO_FILE && d->labels.at[i].text)
            add_remark(out, style, "note", d->labels.at[i].text);
    for (uint32_t i = 0; i < d->notes.n; i++)
        add_remark(out, style, "note", d->notes.at[i]);
    for (uint32_t i = 0; i < d->helps.n; i++)
        add_remark(out, style, "help", d->helps.at[i]);
    /* a fix is worded as a help by whoever made it; where it was not, its title is the help */
    for (uint32_t i = 0; i < d->fixes.n && d->helps.n == 0; i++)
        add_remark(out, style, "help", d->fixes.at[i].title);
    excerpt_gutter(out, style, 0, '=');
    buf_printf(out, " more: dtc explain %s\n", d->rule->code);
}

/* One excerpt for each file; all labels of a line are drawn together. */
static void add_excerpts(struct buf *out, struct excerpt_style *style, struct sources *sources,
                         const struct diag *d, const struct placed *at, size_t n)
{
    struct excerpt_mark *marks = n ? malloc(n * sizeof *marks) : NULL;
    if (n > 0 && !marks)
        bug_out_of_memory();
    uint32_t file = d->labels.at[0].span.file;
    for (size_t i = 0; i < n;) {
        struct span span = at[i].label->span;
        if (i == 0 || span.file != at[i - 1].label->span.file) {
            if (span.file != file)
                excerpt_place(out, style, sources, span);
            excerpt_gutter(out, style, 0, '|');
            buf_putc(out, '\n');
        }
        size_t k = i;
        for (; k < n && at[k].line == at[i].line && at[k].label->span.file == span.file; k++)
            marks[k - i] = (struct excerpt_mark){at[k].label->span.lo, at[k].label->span.hi,
                                                 at[k].label->text, at[k].primary};
        excerpt_line(out, style, sources, span.file, at[i].line, marks, k - i);
        i = k;
    }
    free(marks);
}

static void add_diag(struct buf *out, const struct diag *d, struct sources *sources, bool color)
{
    struct excerpt_style style = {.digits = 1, .color = color ? severity_color(d->severity) : NULL};
    struct order_context order = {sources, d->labels.at[0].span.file};
    struct placed *at = malloc(d->labels.n * sizeof *at);
    size_t n = 0;
    if (!at)
        bug_out_of_memory();
    for (uint32_t i = 0; i < d->labels.n; i++) {
        const struct diag_label *label = &d->labels.at[i];
        if (label->span.file == SPAN_NO_FILE)
            continue;
        uint32_t line = source_place(sources, label->span.file, label->span.lo).line;
        insert_sorted(&order, at, n++, (struct placed){label, line, i == 0});
        if (digits(line) > style.digits)
            style.digits = digits(line);
    }
    add_header(out, d, sources, color);
    add_excerpts(out, &style, sources, d, at, n);
    add_remarks(out, &style, d);
    free(at);
}

void render_text(struct buf *out, const struct diag_sink *sink, struct sources *sources,
                 struct render_options options)
{
    for (uint32_t i = 0; i < sink->all.n; i++) {
        if (i > 0)
            buf_putc(out, '\n');
        add_diag(out, sink->all.at[i], sources, options.color);
    }
}

void render_summary(struct buf *out, const struct diag_sink *sink)
{
    uint32_t counts[3] = {0};
    const char *comma = "";
    for (uint32_t i = 0; i < sink->all.n; i++)
        counts[sink->all.at[i]->severity]++;
    for (int severity = SEVERITY_ERROR; severity >= SEVERITY_NOTE; severity--) {
        if (counts[severity] == 0)
            continue;
        buf_printf(out, "%s%u %s%s", comma, counts[severity],
                   severity_name((enum severity)severity), counts[severity] == 1 ? "" : "s");
        comma = ", ";
    }
}
