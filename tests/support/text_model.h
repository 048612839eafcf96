/* text_model.h - a text as a model, for tests. A leading `;` makes it a script. */
#ifndef DTC_TESTS_SUPPORT_TEXT_MODEL_H
#define DTC_TESTS_SUPPORT_TEXT_MODEL_H

#include "base/utf8.h"
#include "model/model.h"

static inline void text_model(struct dtc *ctx, struct model *model, struct str text)
{
    char *copy = arena_zalloc(&ctx->arena, text.n + 2, 1);

    if (text.n != 0)
        memcpy(copy, text.p, text.n);
    model_load_text(ctx, model, text.n != 0 && text.p[0] == ';' ? "input.sql" : "input.dtl",
                    str_make(copy, text.n));
}

#endif
