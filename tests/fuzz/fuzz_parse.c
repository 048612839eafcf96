/* fuzz_parse.c - any bytes end in a tree, and in messages that are UTF-8. The first byte chooses
 * the kind of file. */
#include "base/utf8.h"
#include "diag/render.h"
#include "syntax/parse.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void parse(struct dtc *ctx, struct str text, enum parse_mode mode, struct tree *tree)
{
    /* Scanned in place, up to two NULs. */
    char *copy = arena_zalloc(&ctx->arena, text.n + 2, 1);
    if (text.n > 0)
        memcpy(copy, text.p, text.n);
    parse_file(ctx, source_add(&ctx->sources, "input", str_make(copy, text.n)), mode, tree);
}

static void render(struct dtc *ctx)
{
    struct buf out;

    buf_init(&out);
    diag_sort(&ctx->diags, &ctx->sources);
    render_text(&out, &ctx->diags, &ctx->sources, (struct render_options){.color = true});
    render_json(&out, &ctx->diags, &ctx->sources);
    if (utf8_check(buf_view(&out)) != out.n)
        BUG("a message is not UTF-8");
    buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dtc ctx;
    struct tree tree;
    enum parse_mode mode = size > 0 && data[0] == ';' ? PARSE_SQL : PARSE_DTL;

    dtc_init(&ctx);
    syntax_open(&ctx);
    parse(&ctx, str_make((const char *)data, size), mode, &tree);
    render(&ctx);
    tree_fini(&tree);
    dtc_fini(&ctx);
    return 0;
}
