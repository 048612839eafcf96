/* fuzz_emit.c - what has no error is emitted in both dialects, twice the same, and the Snowflake
 * statements are read back without an error.
 *
 * The first byte chooses: `;` for a script. */
#include "checks/check.h"
#include "emit/emit.h"
#include "syntax/parse.h"
#include "../support/text.h"
#include "../support/text_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void emit(struct buf *out, const struct dialect *dialect, const struct graph *graph)
{
    struct statements statements = {0};
    struct emit_options options = {CREATE_DEFAULT};

    dialect->script(&statements, graph, &options);
    for (uint32_t i = 0; i < statements.all.n; i++)
        buf_printf(out, "%s;\n\n", statements.all.at[i].text);
    statements_fini(&statements);
}

static void law_twice(const struct dialect *dialect, const struct graph *graph, struct buf *once)
{
    struct buf twice;

    buf_init(&twice);
    emit(once, dialect, graph);
    emit(&twice, dialect, graph);
    if (!str_eq(buf_view(once), buf_view(&twice)))
        BUG("%s emitted twice is different:\n%s\n%s", dialect->name, once->p, twice.p);
    buf_fini(&twice);
}

static void law_read_back(struct str script)
{
    struct dtc ctx;
    struct tree tree;

    dtc_init(&ctx);
    syntax_open(&ctx);
    parse_file(&ctx, text_source(&ctx, "emitted", script), PARSE_SQL, &tree);
    const char *code = text_first_error(&ctx);
    if (code != NULL)
        BUG("what was emitted does not parse, %s:\n%" STR_F, code, STR_A(script));
    tree_fini(&tree);
    dtc_fini(&ctx);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dtc ctx;
    struct model model;
    struct graph graph;
    struct checks checks;
    struct model_options options = {NULL, NULL};
    struct buf out;

    dtc_init(&ctx);
    syntax_open(&ctx);
    buf_init(&out);
    text_model(&ctx, &model, str_make((const char *)data, size));
    model_resolve(&model, &options);
    graph_build(&graph, &model);
    checks_run(&checks, &ctx, &model, &graph);
    if (text_first_error(&ctx) == NULL && utf8_check(str_make((const char *)data, size)) == size) {
        law_twice(&dialect_snowflake, &graph, &out);
        /* What stands between template tags is passed on unread, and need not be SQL. */
        if (text_count(&ctx, "DT034") == 0)
            law_read_back(buf_view(&out));
        buf_clear(&out);
        law_twice(&dialect_duckdb, &graph, &out);
    }
    buf_fini(&out);
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
    dtc_fini(&ctx);
    return 0;
}
