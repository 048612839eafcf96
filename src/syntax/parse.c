/* parse.c - the front door of src/syntax: scan, filter, parse, and the words of a syntax error. */
#include "syntax/parse.h"
#include "base/limits.h"
#include "diag/suggest.h"
#include "syntax/build.h"
#include "syntax/syntax_error.h"
#include <stdlib.h>

void syntax_open(struct dtc *ctx)
{
    for (int i = 1; i < KEYWORDS; i++)
        if (sym_intern(&ctx->names, str_from(keyword_text((enum keyword)i))) != (sym_t)i)
            BUG("keywords must be interned before anything else");
}

/* Children come before parents in the array: one pass gives the depth of every node. */
static uint16_t *depths(const struct tree *tree)
{
    uint16_t *depth = calloc(tree->n ? tree->n : 1, sizeof *depth);
    if (!depth)
        bug_out_of_memory();
    for (node_t i = 1; i < tree->n; i++) {
        unsigned most = 0;
        TREE_EACH(tree, i, child)
        if (depth[child] > most)
            most = depth[child];
        depth[i] = (uint16_t)(most < UINT16_MAX ? most + 1 : most);
    }
    return depth;
}

/* What phases above must not walk becomes an ERROR without children. */
static void forget(struct tree *tree, node_t node)
{
    tree_at(tree, node)->kind = NODE_ERROR;
    tree_at(tree, node)->first = 0;
}

/* A declaration deeper than walkers go is reported; its body, or all of it, is forgotten. */
static void check_depth(struct parser *p)
{
    struct tree *tree = p->tree;
    uint16_t *depth = depths(tree);
    TREE_EACH(tree, tree->root, declaration)
    {
        if (depth[declaration] < LIMIT_TREE_DEPTH)
            continue;
        node_t body = tree_child(tree, declaration, NODE_BODY);
        node_t deep =
            body && depth[body] >= LIMIT_TREE_DEPTH - 1 ? tree_first(tree, body) : declaration;
        const struct node *n = tree_at(tree, deep);
        syntax_too_deep(p, (struct location){n->lo, n->hi});
        forget(tree, deep);
    }
    free(depth);
}

static void parser_fini(struct parser *p)
{
    VEC_FINI(&p->tokens.all);
    VEC_FINI(&p->raw_names);
    VEC_FINI(&p->unclosed);
    VEC_FINI(&p->templates);
    VEC_FINI(&p->scan_errors);
    VEC_FINI(&p->chains);
}

/* The declaration anew, with a body that did not parse: fresh nodes, so that children stay before
 * their parents. The same one when it has no body. */
static node_t without_body(struct parser *p, node_t declaration)
{
    struct tree *tree = p->tree;
    node_t body = tree_child(tree, declaration, NODE_BODY);
    if (!body)
        return declaration;
    struct location at = {tree_at(tree, body)->lo, tree_at(tree, body)->hi};
    node_t error = build_error_body(p, at);
    tree_at(tree, error)->next = tree_next(tree, body);
    if (tree_first(tree, declaration) == body)
        tree_at(tree, declaration)->first = error;
    TREE_EACH(tree, declaration, child)
    if (tree_next(tree, child) == body)
        tree_at(tree, child)->next = error;
    const struct node old = *tree_at(tree, declaration);
    node_t fresh = tree_add(tree, (enum node_kind)old.kind, old.lo, old.hi, old.sym);
    *tree_at(tree, fresh) = old;
    return fresh;
}

/* Declarations with something in them that the scanner refused: their bodies are not judged. */
static void distrust(struct parser *p)
{
    struct tree *tree = p->tree;
    struct list kept = {0, 0};
    uint32_t i = 0;
    for (node_t at = p->decls.first, next; at; at = next) {
        next = tree_next(tree, at);
        tree_at(tree, at)->next = 0;
        while (i < p->scan_errors.n && p->scan_errors.at[i] < tree_at(tree, at)->lo)
            i++;
        bool refused = i < p->scan_errors.n && p->scan_errors.at[i] < tree_at(tree, at)->hi;
        kept = build_add(p, kept, refused ? without_body(p, at) : at);
    }
    p->decls = kept;
}

void parse_file(struct dtc *ctx, uint32_t file, enum parse_mode mode, struct tree *tree)
{
    struct str text = ctx->sources.files.at[file].text;
    if (sym_find(&ctx->names, STR_LIT("ALL")) != KW_ALL)
        BUG("syntax_open comes before parse_file");
    struct parser p = {.ctx = ctx, .tree = tree, .file = file, .mode = mode};
    tree_init(tree, file);
    scan_tokens(&p, text);
    filter_tokens(&p);
    if (dtl_parse(&p) == 2)
        bug_out_of_memory();
    if (p.scan_errors.n)
        distrust(&p);
    build_file(&p, (uint32_t)text.n);
    check_depth(&p);
    parser_fini(&p);
}

uint32_t parse_scan_only(struct dtc *ctx, uint32_t file)
{
    struct tree tree;
    struct parser p = {.ctx = ctx, .tree = &tree, .file = file};
    tree_init(&tree, file);
    scan_tokens(&p, ctx->sources.files.at[file].text);
    uint32_t n = p.tokens.all.n;
    parser_fini(&p);
    tree_fini(&tree);
    return n;
}

/* --- values of strings
 * -------------------------------------------------------------------------------- */

static unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a' + 10);
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A' + 10);
    return 16;
}

static void add_code_point(struct buf *out, unsigned cp)
{
    if (cp < 0x80) {
        buf_putc(out, (char)cp);
    } else if (cp < 0x800) {
        buf_putc(out, (char)(0xc0 | cp >> 6));
        buf_putc(out, (char)(0x80 | (cp & 0x3f)));
    } else {
        buf_putc(out, (char)(0xe0 | cp >> 12));
        buf_putc(out, (char)(0x80 | (cp >> 6 & 0x3f)));
        buf_putc(out, (char)(0x80 | (cp & 0x3f)));
    }
}

/* Digits of a base from s[i], at most `most`, at least `least`; *used is 0 when there are fewer. */
static unsigned number_at(struct str s, size_t i, unsigned base, size_t least, size_t most,
                          size_t *used)
{
    unsigned value = 0;
    size_t n = 0;
    while (n < most && i + n < s.n && hex_digit(s.p[i + n]) < base)
        value = value * base + hex_digit(s.p[i + n++]);
    *used = n >= least ? n : 0;
    return value;
}

/* One escape at s[i] (after the backslash); returns how many bytes it takes. */
static size_t add_escape(struct buf *out, struct str s, size_t i)
{
    static const char plain[] = "b\bf\fn\nr\rt\t";
    size_t used;
    for (size_t k = 0; plain[k]; k += 2)
        if (s.p[i] == plain[k]) {
            buf_putc(out, plain[k + 1]);
            return 1;
        }
    if (s.p[i] == 'x' || s.p[i] == 'u') {
        size_t digits = s.p[i] == 'x' ? 2 : 4;
        unsigned cp = number_at(s, i + 1, 16, digits, digits, &used);
        if (used) {
            add_code_point(out, cp);
            return 1 + used;
        }
    }
    if (s.p[i] >= '0' && s.p[i] <= '7') {
        unsigned cp = number_at(s, i, 8, 1, 3, &used);
        add_code_point(out, cp);
        return used;
    }
    buf_putc(out, s.p[i]);
    return 1;
}

struct str string_value(struct arena *arena, struct str raw)
{
    if (raw.n >= 4 && raw.p[0] == '$')
        return arena_str(arena, str_make(raw.p + 2, raw.n - 4));
    if (raw.n < 2 || raw.p[0] != '\'')
        return arena_str(arena, raw);
    struct str s = str_make(raw.p + 1, raw.n - 2);
    struct buf out;
    buf_init(&out);
    for (size_t i = 0; i < s.n;) {
        if (s.p[i] == '\\' && i + 1 < s.n) {
            i += 1 + add_escape(&out, s, i + 1);
        } else {
            buf_putc(&out, s.p[i]);
            i += s.p[i] == '\'' ? 2 : 1;
        }
    }
    struct str value = arena_str(arena, buf_view(&out));
    buf_fini(&out);
    return value;
}
