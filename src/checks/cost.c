/* cost.c - what is paid for and has no effect: rows DT6xx. */
#include "checks/state.h"

/* What the text before a clause ends with, so that removing the clause leaves no blank line. */
static struct span with_blanks_before(const struct checks *checks, struct span span)
{
    struct str text = checks->ctx->sources.files.at[span.file].text;
    while (span.lo > 0 && (text.p[span.lo - 1] == ' ' || text.p[span.lo - 1] == '\n'))
        span.lo--;
    return span;
}

static void check_order_by(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct use_list *body = &checks->state->bodies[i];
        const struct relation *r = model_relation(model, i);
        for (uint32_t k = 0; k < body->all.n; k++) {
            const struct use *use = &body->all.at[k];
            if (strcmp(use->code, check->rule.code) != 0)
                continue;
            struct finding f =
                checks_find(checks, check, i, use->span, "rows of a %s have no order",
                            relation_kind_words(r->kind));
            diag_note(f.sink, f.d, "whoever reads `%s` has to sort anyway", r->shown);
            diag_help(f.sink, f.d,
                      "leave the ORDER BY out; `cluster by` keeps rows together "
                      "that are read together");
            diag_fix(f.sink, f.d, DIAG_FIX_SAFE, "leave the ORDER BY out",
                     with_blanks_before(checks, use->span), "");
        }
    }
}

const struct check checks_cost[] = {
    CHECK(DT601, "order-by-in-definition", WARNING, "ORDER BY in a definition has no effect",
          check_order_by, PAGE_QUERIES, NULL),
};
const uint32_t checks_cost_n = sizeof checks_cost / sizeof *checks_cost;
