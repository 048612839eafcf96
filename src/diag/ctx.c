/* ctx.c - makes and ends the one value that every phase is handed. */
#include "diag/ctx.h"

void dtc_init(struct dtc *ctx)
{
    *ctx = (struct dtc){0};
    arena_init(&ctx->arena);
    interner_init(&ctx->names);
    sources_init(&ctx->sources);
    diag_sink_init(&ctx->diags);
}

void dtc_fini(struct dtc *ctx)
{
    diag_sink_fini(&ctx->diags);
    sources_fini(&ctx->sources);
    interner_fini(&ctx->names);
    arena_fini(&ctx->arena);
}
