/* text.h - texts for tests that parse what is not in a file. */
#ifndef DTC_TESTS_SUPPORT_TEXT_H
#define DTC_TESTS_SUPPORT_TEXT_H

#include "diag/ctx.h"

/* A source of its own, copied into the arena with the two NULs behind it that the scanner wants.
 * path must outlive the context. */
static inline uint32_t text_source(struct dtc *ctx, const char *path, struct str text)
{
    char *copy = arena_alloc(&ctx->arena, text.n + 2, 1);

    if (text.n != 0)
        memcpy(copy, text.p, text.n);
    copy[text.n] = 0;
    copy[text.n + 1] = 0;
    return source_add(&ctx->sources, path, str_make(copy, text.n));
}

/* The code of the first error, NULL when there is none. */
static inline const char *text_first_error(const struct dtc *ctx)
{
    for (uint32_t i = 0; i < ctx->diags.all.n; i++) {
        const struct diag *d = ctx->diags.all.at[i];
        if (d->severity == SEVERITY_ERROR)
            return d->rule->code;
    }
    return NULL;
}

/* Findings of that code. */
static inline uint32_t text_count(const struct dtc *ctx, const char *code)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < ctx->diags.all.n; i++)
        n += strcmp(ctx->diags.all.at[i]->rule->code, code) == 0;
    return n;
}

/* Every place that a finding points at lies inside its source. */
static inline void text_law_findings(const struct dtc *ctx)
{
    for (uint32_t i = 0; i < ctx->diags.all.n; i++) {
        const struct diag *d = ctx->diags.all.at[i];
        for (uint32_t k = 0; k < d->labels.n; k++) {
            struct span span = d->labels.at[k].span;
            if (span.file == SPAN_NO_FILE)
                continue;
            if (span.file >= ctx->sources.files.n || span.lo > span.hi ||
                span.hi > ctx->sources.files.at[span.file].text.n)
                BUG("%s points at %u..%u of file %u", d->rule->code, span.lo, span.hi, span.file);
        }
    }
}

#endif
