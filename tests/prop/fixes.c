/* fixes.c - the law of fixes: one that is called safe makes its own finding vanish, and brings no
 * error that was not there. */
#include "prop.h"
#include "../support/text.h"
#include "../support/text_model.h"
#include "base/fs.h"
#include "checks/check.h"
#include "graph/graph.h"
#include "syntax/parse.h"
#include <stdio.h>

static void judge(struct dtc *ctx, struct str text)
{
    struct model model;
    struct graph graph;
    struct checks checks;
    struct model_options options = {NULL, NULL};

    dtc_init(ctx);
    syntax_open(ctx);
    text_model(ctx, &model, text);
    model_resolve(&model, &options);
    graph_build(&graph, &model);
    checks_run(&checks, ctx, &model, &graph);
    diag_sort(&ctx->diags, &ctx->sources);
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
}

/* False when an edit is outside the text, or edits overlap. */
static bool apply(struct buf *out, const struct diag_fix *fix, struct str text)
{
    uint32_t at = 0;

    for (uint32_t i = 0; i < fix->edits.n; i++) {
        const struct diag_edit *edit = &fix->edits.at[i];
        if (edit->span.file != 0 || edit->span.lo < at || edit->span.hi > text.n)
            return false;
        buf_add(out, text.p + at, edit->span.lo - at);
        buf_puts(out, edit->text);
        at = edit->span.hi;
    }
    buf_add(out, text.p + at, text.n - at);
    return true;
}

static bool law_fix(const char *path, const struct dtc *was, const struct diag *d,
                    const struct diag_fix *fix, struct str text)
{
    struct dtc is;
    struct buf mended;
    const char *code = d->rule->code;
    bool holds = false;

    buf_init(&mended);
    if (!apply(&mended, fix, text)) {
        printf("not ok prop/fix %s %s\n  its edits lie outside the text or overlap\n", path, code);
    } else {
        judge(&is, buf_view(&mended));
        holds = text_count(&is, code) < text_count(was, code) &&
                is.diags.counts[SEVERITY_ERROR] <= was->diags.counts[SEVERITY_ERROR];
        if (holds)
            printf("ok prop/fix %s %s\n", path, code);
        else
            printf("not ok prop/fix %s %s\n  `%s`: %u findings of it were %u, %u errors were %u\n",
                   path, code, fix->title, text_count(&is, code), text_count(was, code),
                   is.diags.counts[SEVERITY_ERROR], was->diags.counts[SEVERITY_ERROR]);
        dtc_fini(&is);
    }
    buf_fini(&mended);
    return holds;
}

static bool law_file(const char *path, struct str text)
{
    struct dtc ctx;
    bool holds = true;

    judge(&ctx, text);
    for (uint32_t i = 0; i < ctx.diags.all.n; i++) {
        const struct diag *d = ctx.diags.all.at[i];
        for (uint32_t k = 0; k < d->fixes.n; k++) {
            if (d->fixes.at[k].safety == DIAG_FIX_SAFE)
                holds = law_fix(path, &ctx, d, &d->fixes.at[k], ctx.sources.files.at[0].text) &&
                        holds;
        }
    }
    dtc_fini(&ctx);
    return holds;
}

bool prop_fixes(struct prop *prop)
{
    struct arena arena;
    bool holds = true;

    arena_init(&arena);
    for (char *const *path = prop->files; *path != NULL; path++) {
        struct str text;
        if (fs_read(&arena, *path, &text) == 0)
            holds = law_file(fs_base(*path), text) && holds;
    }
    arena_fini(&arena);
    return holds;
}
