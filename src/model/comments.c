/* comments.c - the comment block right above a declaration is its documentation.
 *
 * Rules of design/language.md: no blank line between the block and the declaration, `dtc:` lines
 * left out; a block that a blank line follows documents nothing. Lines are joined with a blank, an
 * empty comment line starts a new line. */
#include "model/resolve.h"

static bool only_blanks(struct str text, uint32_t from, uint32_t to, uint32_t *lines)
{
    *lines = 0;
    for (uint32_t i = from; i < to; i++) {
        if (text.p[i] == '\n')
            ++*lines;
        else if (text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\r')
            return false;
    }
    return true;
}

/* A comment behind code on its line belongs to that code. */
static bool starts_its_line(struct str text, uint32_t at)
{
    while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\t'))
        at--;
    return at == 0 || text.p[at - 1] == '\n';
}

/* The number of comments that end at or before an offset. */
static uint32_t comments_before(const struct tree *tree, uint32_t offset)
{
    uint32_t low = 0, high = tree->comments_n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (tree->comments[middle].hi <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_line(struct buf *out, struct str line)
{
    line = str_trim(line);
    if (str_starts(line, "dtc:"))
        return;
    if (line.n == 0) {
        if (out->n && out->p[out->n - 1] != '\n')
            buf_putc(out, '\n');
        return;
    }
    if (out->n && out->p[out->n - 1] != '\n')
        buf_putc(out, ' ');
    buf_str(out, line);
}

static void add_comment(struct buf *out, struct str text)
{
    bool block = str_starts(text, "/*");
    if (!block) {
        add_line(out, str_make(text.p + 2, text.n - 2));
        return;
    }
    text = str_make(text.p + 2, text.n - 2);
    if (str_ends(text, "*/"))
        text.n -= 2;
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        struct str line = str_trim(str_make(text.p, n));
        /* the column of stars down the side of a block, or the second one of its opening */
        if (line.n && line.p[0] == '*')
            line = str_make(line.p + 1, line.n - 1);
        add_line(out, line);
        n += end != NULL;
        text = str_make(text.p + n, text.n - n);
    }
}

const char *doc_comment(struct dtc *ctx, const struct tree *tree, node_t decl)
{
    struct str text = ctx->sources.files.at[tree->file].text;
    uint32_t at = tree_at(tree, decl)->lo;
    uint32_t last = comments_before(tree, at), first = last, lines;
    while (first > 0) {
        struct comment c = tree->comments[first - 1];
        if (!only_blanks(text, c.hi, at, &lines) || lines > 1 || !starts_its_line(text, c.lo))
            break;
        first--;
        at = c.lo;
    }
    struct buf out = {0};
    for (uint32_t i = first; i < last; i++)
        add_comment(&out, str_make(text.p + tree->comments[i].lo,
                                   tree->comments[i].hi - tree->comments[i].lo));
    struct str doc = str_trim(buf_view(&out));
    const char *copy = doc.n ? arena_str(&ctx->arena, doc).p : NULL;
    buf_fini(&out);
    return copy;
}
