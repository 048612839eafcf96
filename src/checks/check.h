/* check.h - a check is a row and a function; the registry runs them and keeps one mistake at one
 * message: a check whose prerequisite fired for a relation stays silent for that relation. */
#ifndef DTC_CHECKS_CHECK_H
#define DTC_CHECKS_CHECK_H

#include "graph/graph.h"

enum verdict { VERDICT_NONE, VERDICT_INCREMENTAL, VERDICT_FULL, VERDICT_REFUSED, VERDICT_UNKNOWN };

struct blocker {
    const char *code;      /* DT3nn */
    const char *construct; /* as the reader knows it: "LIMIT", "RANDOM" */
    struct span span;
};

struct judgement {
    enum verdict verdict;
    VEC(struct blocker) blockers; /* of "full" and "refused": every reason */
    VEC(struct blocker) missing;  /* of "unknown": what would have to be known */
};

struct checks_state; /* private to src/checks (state.h) */

struct checks {
    struct dtc *ctx;
    const struct model *model;
    const struct graph *graph;
    struct judgement *judgements; /* by relation; in ctx->arena */
    struct checks_state *state;
};

struct check {
    struct diag_rule rule;
    const char *prerequisites[4]; /* codes, NULL-terminated */
    const char *page;             /* documentation page the rule rests on */
    const char *page_date;        /* when it was read, "2026-11" */
    void (*run)(struct checks *checks, const struct check *check);
};

/* Runs every check; findings go to ctx->diags, verdicts to the judgements. */
void checks_run(struct checks *checks, struct dtc *ctx, const struct model *model,
                const struct graph *graph);
void checks_fini(struct checks *checks);
/* All rows, in order of their codes; in the arena. */
const struct check *const *checks_all(struct arena *arena, uint32_t *n);
const char *verdict_text(enum verdict verdict); /* "incremental"; NULL for VERDICT_NONE */

#endif
