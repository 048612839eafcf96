/* fuzz_compile.c - from text to drawings, messages and statements of both dialects, twice: no input
 * breaks a phase, and the same text gives the same bytes. */
#include "checks/check.h"
#include "diag/render.h"
#include "emit/emit.h"
#include "syntax/parse.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void emit(struct buf *out, const struct dialect *dialect, const struct graph *graph)
{
    struct statements statements = {0};
    struct emit_options options = {.create = CREATE_DEFAULT};

    dialect->script(&statements, graph, &options);
    for (uint32_t i = 0; i < statements.all.n; i++) {
        buf_puts(out, statements.all.at[i].text);
        buf_puts(out, ";\n");
    }
    statements_fini(&statements);
}

/* As the commands do it: emitting only what has no error. */
static void compile(struct buf *out, struct str text)
{
    struct dtc ctx;
    struct model model;
    struct model_options options = {0};
    struct graph graph;
    struct checks checks;

    dtc_init(&ctx);
    syntax_open(&ctx);
    model_load_text(&ctx, &model, "input.dtl", text);
    model_resolve(&model, &options);
    graph_build(&graph, &model);
    checks_run(&checks, &ctx, &model, &graph);
    for (int format = DRAW_TEXT; format <= DRAW_JSON; format++)
        graph_draw(out, &graph, (enum draw_format)format);
    if (!diag_has_errors(&ctx.diags)) {
        emit(out, &dialect_snowflake, &graph);
        emit(out, &dialect_duckdb, &graph);
    }
    diag_sort(&ctx.diags, &ctx.sources);
    render_text(out, &ctx.diags, &ctx.sources, (struct render_options){.color = false});
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
    dtc_fini(&ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = str_make((const char *)data, size);
    struct buf once, twice;

    buf_init(&once);
    buf_init(&twice);
    compile(&once, text);
    compile(&twice, text);
    if (!str_eq(buf_view(&once), buf_view(&twice)))
        BUG("the same text gave other bytes:\n%s\n---\n%s", once.p, twice.p);
    buf_fini(&twice);
    buf_fini(&once);
    return 0;
}
