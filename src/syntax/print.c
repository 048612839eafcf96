/* print.c - the canonical printer: entry points, the table of functions, words and names.
 *
 * Owns how a word or a name is written. Keywords are lower case; names are written as the source
 * has them, or in canonical form. For `dtc fmt` every word is looked for in the source, so that
 * comments come out where they stood (print_source.h). Layout itself is layout.c. */
#include "syntax/print_parts.h"

void print_open(struct printer *p, const struct dtc *ctx, const struct tree *tree,
                const struct print_options *options)
{
    *p = (struct printer){.ctx = ctx, .tree = tree, .options = *options};
    layout_init(&p->layout);
    print_literal_rows(p->rows);
    print_expr_rows(p->rows);
    print_call_rows(p->rows);
    print_query_rows(p->rows);
    print_select_rows(p->rows);
    print_table_rows(p->rows);
    print_decl_rows(p->rows);
    print_clause_rows(p->rows);
}

void print_shut(struct printer *p)
{
    layout_fini(&p->layout);
}

void print_node(struct printer *p, node_t node)
{
    if (p->options.hook && p->options.hook(p, node, p->options.hook_data))
        return;
    enum node_kind kind = tree_kind(p->tree, node);
    if (!p->rows[kind])
        BUG("the printer has no row for `%s`", node_kind_name(kind));
    p->rows[kind](p, node);
}

void print_tree(struct buf *out, const struct dtc *ctx, const struct tree *tree, node_t node,
                const struct print_options *options)
{
    struct printer p;
    print_open(&p, ctx, tree, options);
    layout_begin(&p.layout, 0);
    print_node(&p, node);
    layout_end(&p.layout);
    layout_write(&p.layout, out, options->width);
    print_shut(&p);
}

/* -------------------------------------------------------------------------------------- words */

/* One token of the output. */
static void put(struct printer *p, struct str text)
{
    if (!p->source) {
        layout_text(&p->layout, text);
        return;
    }
    uint32_t at = print_source_find(p->source, text);
    if (at != SOURCE_NOWHERE)
        print_source_before(p->source, &p->layout, at);
    layout_text(&p->layout, text);
    if (at != SOURCE_NOWHERE)
        print_source_after(p->source, &p->layout, at);
}

void print_blank(struct printer *p)
{
    layout_blank(&p->layout, 1);
}

void print_words(struct printer *p, const char *words)
{
    while (*words) {
        size_t n = strcspn(words, " ");
        if (n)
            put(p, str_make(words, n));
        words += n;
        if (*words) {
            print_blank(p);
            words++;
        }
    }
}

void print_then(struct printer *p, const char *words)
{
    print_blank(p);
    print_words(p, words);
}

void print_lower(struct printer *p, sym_t words)
{
    struct str text = sym_text(&p->ctx->names, words);
    struct buf lower;
    buf_init(&lower);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_putc(&lower, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
    if (lower.n)
        print_words(p, lower.p);
    buf_fini(&lower);
}

void print_raw(struct printer *p, sym_t text)
{
    put(p, sym_text(&p->ctx->names, text));
}

void print_text(struct printer *p, const char *text)
{
    put(p, str_from(text));
}

void print_str(struct printer *p, struct str text)
{
    put(p, text);
}

const struct tree *print_tree_of(const struct printer *p)
{
    return p->tree;
}

const struct dtc *print_ctx(const struct printer *p)
{
    return p->ctx;
}

/* -------------------------------------------------------------------------------------- names */

/* A name in the source, as written there. */
static bool put_written_name(struct printer *p, struct str name)
{
    uint32_t at = p->source ? print_source_find_name(p->source, name) : SOURCE_NOWHERE;
    if (at == SOURCE_NOWHERE)
        return false;
    print_source_before(p->source, &p->layout, at);
    layout_text(&p->layout, print_source_token(p->source, at));
    print_source_after(p->source, &p->layout, at);
    return true;
}

/* Kinds whose span begins with their name and not with a keyword. */
static bool name_comes_first(enum node_kind kind)
{
    return kind == NODE_CTE || kind == NODE_NAMED || kind == NODE_COLUMN_DEF ||
           kind == NODE_PARAMETER || kind == NODE_FIELD || kind == NODE_LINT_RULE;
}

/* As tree_spelling, which knows the kinds whose span ends with their name. */
static void spell(struct printer *p, struct buf *out, node_t node)
{
    const struct node *n = tree_at(p->tree, node);
    struct str name = sym_text(&p->ctx->names, n->sym);
    struct span span = {p->tree->file, n->lo, n->lo + (uint32_t)name.n};
    if (name_comes_first((enum node_kind)n->kind) && !(n->flags & FLAG_QUOTED) &&
        span.file < p->ctx->sources.files.n && span.hi <= n->hi) {
        struct str text = source_text(&p->ctx->sources, span);
        if (str_eq_nocase(text, name)) {
            buf_str(out, text);
            return;
        }
    }
    tree_spelling(out, p->tree, &p->ctx->sources, &p->ctx->names, node);
}

void print_name(struct printer *p, node_t node)
{
    const struct node *n = tree_at(p->tree, node);
    if (put_written_name(p, sym_text(&p->ctx->names, n->sym)))
        return;
    struct buf name;
    buf_init(&name);
    if (p->options.spelling || n->flags & FLAG_HOLE)
        spell(p, &name, node);
    else
        name_canonical(&name, &p->ctx->names, n->sym);
    put(p, buf_view(&name));
    buf_fini(&name);
}

static bool is_plain_word(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!((c >= 'A' && c <= 'Z') || c == '_' ||
              (i > 0 && ((c >= '0' && c <= '9') || c == '$'))))
            return false;
    }
    return text.n > 0;
}

void print_free_name(struct printer *p, node_t node)
{
    const struct node *n = tree_at(p->tree, node);
    struct str name = sym_text(&p->ctx->names, n->sym);
    bool bare = !(n->flags & FLAG_QUOTED) && is_plain_word(name);
    if (!p->source && bare && !p->options.spelling)
        put(p, name);
    else
        print_name(p, node);
}

bool print_as_written(struct printer *p, uint32_t lo, uint32_t hi)
{
    if (p->tree->file >= p->ctx->sources.files.n)
        return false;
    struct str text = p->ctx->sources.files.at[p->tree->file].text;
    if (hi > text.n || lo >= hi)
        return false;
    if (p->source) {
        /* Comments in front of the piece; those inside come with it. */
        while (p->source->at + 1 < p->source->tokens.n &&
               p->source->tokens.at[p->source->at].lo < lo)
            p->source->at++;
        print_source_before(p->source, &p->layout, p->source->at);
    }
    struct str piece = str_trim(str_make(text.p + lo, hi - lo));
    if (memchr(piece.p, '\n', piece.n))
        layout_break(&p->layout);
    layout_text(&p->layout, piece);
    if (p->source) {
        print_source_skip(p->source, &p->layout, hi);
        /* A comment at its end would take what follows with it. */
        uint32_t said = p->source->said;
        const struct comment *last = said > 0 ? &p->source->comments[said - 1] : NULL;
        if (last != NULL && last->hi == (size_t)(piece.p + piece.n - text.p) &&
            text.p[last->lo + 1] != '*')
            layout_hard(&p->layout, false);
    }
    return true;
}

void print_close(struct printer *p, const char *bracket)
{
    struct print_source *s = p->source;
    if (s && str_eq_nocase(print_source_token(s, s->at), str_from(bracket)))
        (void)print_source_lead(s, &p->layout);
}

void print_last_comma(struct printer *p)
{
    struct print_source *s = p->source;
    if (s && str_is(print_source_token(s, s->at), ",") && !print_source_is_bare(s))
        print_words(p, ",");
}
