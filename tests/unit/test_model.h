/* test_model.h - a project from texts, and its findings as one line of codes. */
#ifndef DTC_TEST_MODEL_H
#define DTC_TEST_MODEL_H

#include "graph/graph.h"
#include "syntax/parse.h"

#include <criterion/criterion.h>

struct fixture {
    struct dtc ctx;
    struct model model;
    struct buf codes;
};

static inline void fixture_text(struct fixture *f, const char *text,
                                const struct model_options *options)
{
    *f = (struct fixture){0};
    dtc_init(&f->ctx);
    syntax_open(&f->ctx);
    model_load_text(&f->ctx, &f->model, "test.dtl", str_from(text));
    model_resolve(&f->model, options);
}

static inline void fixture_end(struct fixture *f)
{
    model_fini(&f->model);
    dtc_fini(&f->ctx);
    buf_fini(&f->codes);
}

/* "DT101 DT103", in the order of the text; "" when nothing was found. */
static inline const char *fixture_codes(struct fixture *f)
{
    buf_clear(&f->codes);
    diag_sort(&f->ctx.diags, &f->ctx.sources);
    for (uint32_t i = 0; i < f->ctx.diags.all.n; i++)
        buf_printf(&f->codes, "%s%s", i ? " " : "", f->ctx.diags.all.at[i]->rule->code);
    return f->codes.n ? f->codes.p : "";
}

/* By "layer.name". */
static inline struct relation *fixture_relation(struct fixture *f, const char *name)
{
    uint32_t found = model_find(&f->model, str_from(name), NULL);
    cr_assert_neq(found, MODEL_NONE, "there is no %s", name);
    return model_relation(&f->model, found);
}

/* The columns as "A B C", "..." behind them when there may be more. */
static inline const char *fixture_columns(struct fixture *f, const char *name)
{
    const struct relation *relation = fixture_relation(f, name);
    buf_clear(&f->codes);
    for (uint32_t i = 0; i < relation->columns.n; i++)
        buf_printf(&f->codes, "%s%s", i ? " " : "",
                   sym_text(&f->ctx.names, relation->columns.at[i].name).p);
    buf_puts(&f->codes, relation->columns_known ? "" : " ...");
    return f->codes.p;
}

#endif
