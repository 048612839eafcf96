/* contracts.c - what readers of a table may rely on: rows DT5xx. */
#include "checks/state.h"

static void check_star(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct use_list *body = &checks->state->bodies[i];
        const struct relation *r = model_relation(checks->model, i);
        if (r->kind != RELATION_DYNAMIC_TABLE || checks_silent(checks, check, i))
            continue;
        for (uint32_t k = 0; k < body->all.n; k++) {
            const struct use *use = &body->all.at[k];
            if (strcmp(use->code, check->rule.code) != 0)
                continue;
            struct finding f =
                checks_find(checks, check, i, use->span,
                            "a column that is added to the input appears in `%s`", r->shown);
            diag_note(f.sink, f.d,
                      "Snowflake keeps the star: the next refresh picks the column up, and "
                      "whoever reads the table gets it too");
            diag_help(f.sink, f.d, "name the columns that readers may rely on");
            break;
        }
    }
}

const struct check checks_contracts[] = {
    CHECK(DT501, "star-passes-columns", NOTE, "SELECT * passes new columns on", check_star,
          "user-guide/dynamic-tables/modify", "DT332", "DT307", NULL),
};
const uint32_t checks_contracts_n = sizeof checks_contracts / sizeof *checks_contracts;
