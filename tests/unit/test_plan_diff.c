/* Declared against observed: which action, why, what of the rows; and a plan as JSON and back. */
#include "emit/desired.h"
#include "test_model.h"
#include <stdio.h>

static const char base[] = "source bronze.o (i integer not null, n number(10,2));\n"
                           "gold table t lag 5 minutes as select i, n from bronze.o;\n"
                           "gold table u lag 5 minutes as select i from gold.t;\n"
                           "gold view v as select i from gold.t;\n";

struct world {
    struct fixture f;
    struct graph graph;
    struct desired desired;
    struct observed observed;
    struct plan plan;
};

static void declare(struct world *w, const char *text)
{
    *w = (struct world){0};
    fixture_text(&w->f, text, NULL);
    graph_build(&w->graph, &w->f.model);
    emit_desired(&w->desired, &w->graph, &dialect_duckdb, true);
    w->observed.fingerprint = "0";
}

static void forget(struct world *w)
{
    plan_fini(&w->plan);
    desired_fini(&w->desired);
    observed_fini(&w->observed);
    graph_fini(&w->graph);
    fixture_end(&w->f);
}

/* The target has what the other world declares; everything is ours. */
static void observe(struct world *w, const struct world *had)
{
    for (uint32_t i = 0; i < had->desired.objects.n; i++) {
        const struct desired_object *d = &had->desired.objects.at[i];
        struct observed_object *o = VEC_PUSH(&w->observed.objects);
        *o = (struct observed_object){.name = d->name,
                                      .place = d->place,
                                      .kind = d->kind,
                                      .ours = true,
                                      .query_hash = d->query_hash,
                                      .columns_text = d->columns_text,
                                      .settings = d->settings,
                                      .comment = d->comment};
    }
}

static const char *summary(const struct plan *plan)
{
    static char text[1024];
    size_t n = 0;
    text[0] = '\0';
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        const struct action *a = &plan->actions.at[i];
        if (a->kind == ACTION_NONE && a->data != DATA_NEXT_REFRESH)
            continue;
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %s %s", n ? "; " : "",
                              action_sign(a->kind), a->name, data_code(a->data));
        for (uint32_t k = 0; k < a->reasons.n; k++)
            n += (size_t)snprintf(text + n, sizeof text - n, " %s",
                                  reason_code(a->reasons.at[k].reason));
    }
    return text;
}

static const struct change {
    const char *from, *to; /* a piece of base, and what stands there now */
    const char *plan;
} changes[] = {
    {"", "", ""},
    {"select i, n from", "SELECT  I ,N\nFROM", ""},
    {"select i, n from", "select i, (n) as n from",
     "! gold.t reinitialized query-changed; "
     "= gold.u next-refresh"},
    {"lag 5 minutes as select i, n", "lag '300 seconds' as select i, n", ""},
    {"lag 5 minutes as select i, n", "lag 1 hour as select i, n", "~ gold.t kept lag-changed"},
    {"lag 5 minutes as select i, n", "lag 5 minutes refresh full as select i, n",
     "! gold.t reinitialized mode-changed; = gold.u next-refresh"},
    {"lag 5 minutes as select i, n", "lag 5 minutes refresh adaptive as select i, n",
     "~ gold.t kept mode-changed"},
    {"gold table t", "-- T.\ngold table t", "~ gold.t kept comment-changed"},
    {"gold view v as select i", "gold view v as select i + 1 as i", "~ gold.v none query-changed"},
    {"gold view v", "gold table v lag 5 minutes", "\xc2\xb1 gold.v new kind-changed"},
    {"n number(10,2)", "n number(10,2), s varchar", "~ bronze.o kept columns-changed"},
    {"i integer not null", "i integer", "~ bronze.o kept columns-changed"},
    {"n number(10,2)", "n number(12,2)",
     "\xc2\xb1 bronze.o lost columns-changed; "
     "= gold.t next-refresh; = gold.u next-refresh"},
    {"gold view v as select i from gold.t;", "", "- gold.v none removed"},
    {"gold table u lag", "gold table w lag", "+ gold.w new not-there; - gold.u lost removed"},
    {"gold table u lag", "gold table w moved from u lag", "> gold.w kept moved"},
};

static void replaced(struct buf *out, const char *from, const char *to)
{
    const char *at = *from ? strstr(base, from) : base + strlen(base);
    cr_assert(at, "%s is not in the base", from);
    buf_add(out, base, (size_t)(at - base));
    buf_puts(out, to);
    buf_puts(out, at + strlen(from));
}

Test(plan_diff, changes)
{
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct world before, after;
        struct buf text;
        buf_init(&text);
        replaced(&text, changes[i].from, changes[i].to);
        declare(&before, base);
        declare(&after, text.p);
        cr_expect_str_eq(fixture_codes(&after.f), "", "%s: %s", text.p, fixture_codes(&after.f));
        observe(&after, &before);
        plan_make(&after.plan, &after.f.ctx, &after.graph, &after.desired, &after.observed);
        cr_expect_str_eq(summary(&after.plan), changes[i].plan, "`%s`: %s", changes[i].to,
                         summary(&after.plan));
        forget(&after);
        forget(&before);
        buf_fini(&text);
    }
}

/* What nobody marked is taken only when asked; what nobody declares and nobody marked stays. */
Test(plan_diff, not_ours)
{
    struct world w;
    declare(&w, base);
    observe(&w, &w);
    for (uint32_t i = 0; i < w.observed.objects.n; i++) {
        struct observed_object *o = &w.observed.objects.at[i];
        o->ours = false;
        o->name = o->place;
        o->kind = strcmp(o->kind, "view") == 0 ? "view" : "table";
    }
    *VEC_PUSH(&w.observed.objects) =
        (struct observed_object){.name = "gold.mine", .place = "gold.mine", .kind = "table"};
    plan_make(&w.plan, &w.f.ctx, &w.graph, &w.desired, &w.observed);
    cr_expect_str_eq(summary(&w.plan),
                     "^ gold.t reinitialized not-marked; ^ gold.u reinitialized not-marked; "
                     "^ gold.v none not-marked",
                     "%s", summary(&w.plan));
    cr_expect(plan_adopts(&w.plan));
    forget(&w);
}

Test(plan_json, comes_back_the_same)
{
    struct world w;
    struct plan again = {0};
    struct buf one, two;
    struct dtc ctx;
    const char *why = NULL;
    buf_init(&one);
    buf_init(&two);
    dtc_init(&ctx);
    declare(&w, base);
    plan_make(&w.plan, &w.f.ctx, &w.graph, &w.desired, &w.observed);
    w.plan.target = "duckdb";
    *VEC_PUSH(&w.plan.actions.at[0].statements) = "create table \"a\" as select '\n\t'";
    *VEC_PUSH(&w.plan.actions.at[0].records) = "insert";
    plan_render_json(&one, &w.plan);
    cr_assert(plan_read_json(&again, &ctx, buf_view(&one), &why), "%s", why);
    cr_expect_str_eq(summary(&again), summary(&w.plan));
    cr_expect_str_eq(again.actions.at[0].statements.at[0], w.plan.actions.at[0].statements.at[0]);
    cr_expect_str_eq(again.actions.at[0].source, "test.dtl:1:8");
    cr_expect_eq(again.counts[ACTION_CREATE], 4);
    plan_fini(&again);
    again = (struct plan){0};
    /* any piece of it is no plan, and no crash */
    for (size_t n = 0; n < one.n; n += 7) {
        cr_expect_not(plan_read_json(&again, &ctx, str_make(one.p, n), &why));
        plan_fini(&again);
        again = (struct plan){0};
    }
    forget(&w);
    dtc_fini(&ctx);
    buf_fini(&one);
    buf_fini(&two);
}
