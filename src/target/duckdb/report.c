/* report.c - failures of the engine, worded once. */
#include "target/duckdb/report.h"

static struct diag *add(struct dtc *ctx, const char *code, struct span span, const char *what,
                        const char *text)
{
    if (!what && !*text)
        return diag_add(&ctx->diags, diag_rule(code), span, NULL);
    if (what && *text)
        return diag_add(&ctx->diags, diag_rule(code), span, "%s: %s", what, text);
    return diag_add(&ctx->diags, diag_rule(code), span, "%s", what ? what : text);
}

static enum target_status missing(struct dtc *ctx, const struct engine *engine)
{
    struct str tried = engine_library_tried(engine);
    const struct engine_error *error = engine_error(engine);
    struct diag *d =
        diag_add(&ctx->diags, diag_rule("DT018"), SPAN_NONE, "%" STR_F, STR_A(error->message));
    while (tried.n) {
        const char *end = memchr(tried.p, '\n', tried.n);
        size_t n = end ? (size_t)(end - tried.p) : tried.n;
        if (n)
            diag_note(&ctx->diags, d, "looked at %" STR_F, (int)n, tried.p);
        tried.p += end ? n + 1 : n;
        tried.n -= end ? n + 1 : n;
    }
    diag_help(&ctx->diags, d,
              "`make setup` fetches it, or name the file: DTC_DUCKDB_LIB=libduckdb.so");
    return TARGET_ENVIRONMENT;
}

static enum target_status locked(struct dtc *ctx, const struct engine_error *error,
                                 const char *path)
{
    struct diag *d;
    if (error->holder)
        d = diag_add(&ctx->diags, diag_rule("DT019"), SPAN_NONE,
                     "`%s` is open in process %ld%s%" STR_F "%s", path, error->holder,
                     error->holder_name.n ? " (" : "", STR_A(error->holder_name),
                     error->holder_name.n ? ")" : "");
    else
        d = diag_add(&ctx->diags, diag_rule("DT019"), SPAN_NONE, "`%s`", path);
    diag_help(&ctx->diags, d, "wait until it has ended, or end it");
    return TARGET_LOCKED;
}

enum target_status engine_report(struct dtc *ctx, const struct engine *engine, const char *path,
                                 struct span span, const char *what)
{
    const struct engine_error *error = engine_error(engine);
    const char *shown = path ? path : "database in memory";
    struct diag *d;
    switch (error->status) {
    case ENGINE_OK:
        break;
    case ENGINE_MISSING_LIBRARY:
        return missing(ctx, engine);
    case ENGINE_LOCKED:
        return locked(ctx, error, shown);
    case ENGINE_NOT_A_DATABASE:
        d = diag_add(&ctx->diags, diag_rule("DT020"), SPAN_NONE, "`%s`", shown);
        diag_note(&ctx->diags, d, "%" STR_F, STR_A(error->message));
        return TARGET_NOT_CONNECTED;
    case ENGINE_DISK:
        d = diag_add(&ctx->diags, diag_rule("DT014"), SPAN_NONE, "`%s`", shown);
        diag_note(&ctx->diags, d, "%" STR_F, STR_A(error->message));
        return TARGET_ENVIRONMENT;
    case ENGINE_FAILED:
        add(ctx, "DT021", span, what, error->message.n ? error->message.p : "");
        return TARGET_STATEMENT;
    case ENGINE_INTERRUPTED:
        add(ctx, "DT031", SPAN_NONE, what, "");
        return TARGET_INTERRUPTED;
    }
    BUG("a failure of the engine without a status");
}

enum target_status engine_open_reported(struct dtc *ctx, const struct engine_options *options,
                                        struct engine **out)
{
    if (engine_open(out, options) == ENGINE_OK)
        return TARGET_OK;
    return engine_report(ctx, *out, options->path, SPAN_NONE, NULL);
}
