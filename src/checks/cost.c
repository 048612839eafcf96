/* cost.c - what is paid for and has no effect: rows DT6xx. */
#include "checks/state.h"

/* The clause and the blanks before it. A line end stays: a comment may end there. */
static struct span with_blanks_before(const struct checks *checks, struct span span)
{
    struct str text = checks->ctx->sources.files.at[span.file].text;
    while (span.lo > 0 && text.p[span.lo - 1] == ' ')
        span.lo--;
    return span;
}

static void check_order_by(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct use_list *body = &checks->state->bodies[i];
        const struct relation *r = model_relation(model, i);
        if (r->kind != RELATION_DYNAMIC_TABLE)
            continue;
        for (uint32_t k = 0; k < body->all.n; k++) {
            const struct use *use = &body->all.at[k];
            if (strcmp(use->code, check->rule.code) != 0)
                continue;
            struct finding f =
                checks_find(checks, check, i, use->span, "rows of a dynamic table have no order");
            diag_note(f.sink, f.d, "whoever reads `%s` has to sort anyway", r->shown);
            diag_help(f.sink, f.d,
                      "leave the ORDER BY out; `cluster by` keeps rows together "
                      "that are read together");
            diag_fix(f.sink, f.d, DIAG_FIX_SAFE, "leave the ORDER BY out",
                     with_blanks_before(checks, use->span), "");
        }
    }
}

#define SHORT_SECONDS (15 * 60)

static void check_full_often(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = model_relation(checks->model, i);
        const struct effective_lag *lag = &checks->graph->lag[i];
        if (r->kind != RELATION_DYNAMIC_TABLE || !lag->live || lag->cron ||
            lag->seconds >= SHORT_SECONDS || checks->judgements[i].verdict != VERDICT_FULL)
            continue;
        struct buf text;
        buf_init(&text);
        duration_print(&text, lag->seconds);
        struct finding f = checks_find(checks, check, i, checks_name_span(checks, i),
                                       "is computed whole about every %s", text.p);
        buf_fini(&text);
        if (lag->clock != i && lag->clock != MODEL_NONE)
            diag_label(f.sink, f.d, checks_name_span(checks, lag->clock), "whose clock drives it");
        diag_help(f.sink, f.d,
                  "give it more time, or make it incremental: `dtc explain %s` names "
                  "what rules that out",
                  r->shown);
    }
}

const struct check checks_cost[] = {
    CHECK(DT601, "order-by-in-definition", WARNING, "ORDER BY in a definition has no effect",
          check_order_by, PAGE_QUERIES, NULL),
    CHECK(DT602, "full-refresh-often", NOTE, "table is recomputed whole at a short lag",
          check_full_often, PAGE_MODES, NULL),
};
const uint32_t checks_cost_n = sizeof checks_cost / sizeof *checks_cost;
