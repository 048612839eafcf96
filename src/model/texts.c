/* texts.c - names and pieces of source text as messages show them. */
#include "model/resolve.h"

const char *shown_name(struct dtc *ctx, sym_t sym)
{
    struct buf out = {0};
    name_canonical(&out, &ctx->names, sym);
    for (size_t i = 0; out.n && out.p[0] != '"' && i < out.n; i++)
        if (out.p[i] >= 'A' && out.p[i] <= 'Z')
            out.p[i] = (char)(out.p[i] | 0x20);
    const char *text = arena_str(&ctx->arena, buf_view(&out)).p;
    buf_fini(&out);
    return text;
}

const char *spelled_after_word(struct dtc *ctx, const struct tree *tree, node_t node)
{
    sym_t sym = tree_at(tree, node)->sym;
    struct str name = sym_text(&ctx->names, sym);
    struct str text = source_text(&ctx->sources, tree_span(tree, node));
    size_t at = 0;
    while (at < text.n && text.p[at] != ' ' && text.p[at] != '\t' && text.p[at] != '\n')
        at++;
    for (; name.n && at + name.n <= text.n && text.p[at] != '{' && text.p[at] != '"'; at++)
        if (str_eq_nocase(str_make(text.p + at, name.n), name))
            return arena_str(&ctx->arena, str_make(text.p + at, name.n)).p;
    return shown_name(ctx, sym);
}

struct span last_part(const struct dtc *ctx, const struct tree *tree, node_t node)
{
    struct span span = tree_span(tree, node);
    struct str name = sym_text(&ctx->names, tree_at(tree, node)->sym);
    if (!tree_flag(tree, node, FLAG_QUOTED) && name.n && span.hi - span.lo > name.n)
        span.lo = span.hi - (uint32_t)name.n;
    return span;
}

const char *node_text(struct dtc *ctx, const struct tree *tree, node_t node)
{
    enum { SHOWN = 60 };
    struct str text = source_text(&ctx->sources, tree_span(tree, node));
    struct buf out = {0};
    bool blank = false;
    for (size_t i = 0; i < text.n && out.n < SHOWN; i++) {
        bool space =
            text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\r';
        if (!space || !blank)
            buf_putc(&out, space ? ' ' : text.p[i]);
        blank = space;
    }
    if (out.n == SHOWN) {
        /* do not cut a character in two */
        while (out.n && ((unsigned char)out.p[out.n - 1] & 0xc0) == 0x80)
            out.n--;
        out.n -= out.n && ((unsigned char)out.p[out.n - 1] & 0x80);
        buf_puts(&out, "...");
    }
    const char *copy = arena_str(&ctx->arena, buf_view(&out)).p;
    buf_fini(&out);
    return copy;
}

struct span head_span(const struct dtc *ctx, const struct tree *tree, node_t node)
{
    struct span span = tree_span(tree, node);
    struct str text = source_text(&ctx->sources, span);
    size_t n = 0;
    while (n < text.n && text.p[n] != '{' && text.p[n] != '\n' && text.p[n] != '\r')
        n++;
    span.hi = span.lo + (uint32_t)str_trim(str_make(text.p, n)).n;
    return span;
}
