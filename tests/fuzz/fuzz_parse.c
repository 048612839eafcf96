/* fuzz_parse.c - any bytes end in a tree or a finding; what parses survives being printed.
 *
 * The first byte chooses: `;` for a script. Laws: the tree is sound (spans inside the text,
 * children before parents, no node twice), equal to itself, and its findings can be shown. */
#include "diag/render.h"
#include "base/bug.h"
#include "base/json.h"
#include "base/utf8.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "../support/text.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void law_node(const struct tree *tree, node_t i, bool *seen, size_t size)
{
    const struct node *node = tree_at(tree, i);

    if (node->kind >= NODE_KINDS || node->op >= OPS)
        BUG("node %u is of no kind", i);
    if (node->lo > node->hi || node->hi > size)
        BUG("%s spans %u..%u of %zu bytes", node_kind_name(tree_kind(tree, i)), node->lo,
            node->hi, size);
    TREE_EACH (tree, i, child) {
        if (child >= i)
            BUG("%s %u comes after its parent %u", node_kind_name(tree_kind(tree, child)), child,
                i);
        if (seen[child])
            BUG("%s %u has two places", node_kind_name(tree_kind(tree, child)), child);
        seen[child] = true;
    }
}

static void law_tree(const struct tree *tree, size_t size)
{
    bool *seen = calloc(tree->n + 1, sizeof *seen);

    if (tree->root != 0 && tree_kind(tree, tree->root) != NODE_FILE)
        BUG("the root is no file");
    /* Nodes that nothing leads to are what the parser gave up. */
    seen[tree->root] = true;
    for (node_t i = tree->root; i > 0; i--) {
        if (seen[i])
            law_node(tree, i, seen, size);
    }
    for (uint32_t i = 0; i < tree->comments_n; i++) {
        if (tree->comments[i].lo >= tree->comments[i].hi || tree->comments[i].hi > size)
            BUG("comment %u lies outside the text", i);
    }
    free(seen);
}

static void law_strings(struct dtc *ctx, const struct tree *tree)
{
    for (node_t i = 1; i < tree->n; i++) {
        if (tree_kind(tree, i) != NODE_STRING && tree_kind(tree, i) != NODE_DOLLAR_STRING)
            continue;
        struct str raw = sym_text(&ctx->names, tree_at(tree, i)->sym);
        struct str value = string_value(&ctx->arena, raw);
        if (value.n > raw.n)
            BUG("a string grew from %zu to %zu bytes", raw.n, value.n);
        if (utf8_check(raw) == raw.n && utf8_check(value) != value.n)
            BUG("the value of %" STR_F " is not UTF-8", STR_A(raw));
    }
}

static void law_render(struct dtc *ctx)
{
    struct buf out;
    size_t offset = 0;

    buf_init(&out);
    diag_sort(&ctx->diags, &ctx->sources);
    render_text(&out, &ctx->diags, &ctx->sources, (struct render_options){.color = true});
    if (utf8_check(buf_view(&out)) != out.n)
        BUG("a message is not UTF-8: %s", out.p);
    buf_clear(&out);
    render_json(&out, &ctx->diags, &ctx->sources);
    struct cJSON *json = json_parse(buf_view(&out), &offset);
    if (json == NULL)
        BUG("findings are no JSON at %zu: %s", offset, out.p);
    json_free(json);
    buf_fini(&out);
}

/* In the one layout the tree is the same, and the layout of that is the layout. */
static void law_print(struct dtc *ctx, const struct tree *tree, enum parse_mode mode)
{
    struct tree back;
    struct buf once, twice;

    buf_init(&once);
    buf_init(&twice);
    print_file(&once, ctx, tree);
    parse_file(ctx, text_source(ctx, "printed", buf_view(&once)), mode, &back);
    if (text_first_error(ctx) != NULL || back.root == 0)
        BUG("what was printed does not parse:\n%s", once.p);
    if (!tree_equal(tree, tree->root, &back, back.root))
        BUG("what was printed has another tree:\n%s", once.p);
    if (tree_hash(tree, &ctx->names, tree->root) != tree_hash(&back, &ctx->names, back.root))
        BUG("equal trees have two hashes:\n%s", once.p);
    print_file(&twice, ctx, &back);
    if (!str_eq(buf_view(&once), buf_view(&twice)))
        BUG("printed again it is different:\n%s\n%s", once.p, twice.p);
    buf_fini(&once);
    buf_fini(&twice);
    tree_fini(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dtc ctx;
    struct tree tree;

    dtc_init(&ctx);
    syntax_open(&ctx);
    enum parse_mode mode = size > 0 && data[0] == ';' ? PARSE_SQL : PARSE_DTL;
    struct str text = str_make((const char *)data, size);
    parse_file(&ctx, text_source(&ctx, "input", text), mode, &tree);
    law_tree(&tree, text.n);
    law_strings(&ctx, &tree);
    if (tree.root != 0) {
        if (!tree_equal(&tree, tree.root, &tree, tree.root))
            BUG("the tree differs from itself");
        if (text_first_error(&ctx) == NULL && utf8_check(text) == text.n)
            law_print(&ctx, &tree, mode);
    }
    text_law_findings(&ctx);
    law_render(&ctx);
    tree_fini(&tree);
    dtc_fini(&ctx);
    return 0;
}
