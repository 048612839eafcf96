/* Which findings a text gets, and which it does not: each row is a pipeline and the codes. */
#include "checks/check.h"
#include "checks/cron.h"
#include "syntax/parse.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define ORDERS "source bronze.o (id integer, k integer, v integer, ts timestamp_ntz);\n"

/* The codes of all findings but those of names and language, in the order of the text; a warning is
 * in lower case. */
static void codes_of(const char *path, const char *text, char *out, size_t n)
{
    struct dtc ctx;
    struct model model = {0};
    struct graph graph = {0};
    struct checks checks;
    struct model_options options = {0};
    const char *all = "";
    dtc_init(&ctx);
    syntax_open(&ctx);
    model_load_text(&ctx, &model, path, str_from(text));
    model_resolve(&model, &options);
    graph_build(&graph, &model);
    checks_run(&checks, &ctx, &model, &graph);
    diag_sort(&ctx.diags, &ctx.sources);
    for (uint32_t i = 0; i < ctx.diags.all.n; i++) {
        const struct diag *d = ctx.diags.all.at[i];
        bool error = d->severity == SEVERITY_ERROR;
        if (d->severity != SEVERITY_NOTE)
            all = arena_printf(&ctx.arena, "%s%s%s%s", all, *all ? " " : "", error ? "DT" : "dt",
                               d->rule->code + 2);
    }
    snprintf(out, n, "%s", all);
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
    dtc_fini(&ctx);
}

struct row {
    const char *text, *codes;
};

static void expect_rows(const char *path, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char codes[400];
        codes_of(path, rows[i].text, codes, sizeof codes);
        cr_expect_str_eq(codes, rows[i].codes, "%s\n  gets %s", rows[i].text, codes);
    }
}

#define ROWS(name) name, sizeof name / sizeof *name

Test(checks_findings, what_is_a_clock)
{
    static const struct row rows[] = {
        {ORDERS "silver table a lag downstream as select id from bronze.o;", "DT204"},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag downstream as select id from silver.a;",
         "DT203"},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag 1 hour as select id from silver.a;",
         ""},
        /* Two ends, two findings. */
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag downstream as select id from silver.a;\n"
                "gold table c lag downstream as select id from silver.a;",
         "DT203 DT203"},
        /* One reader with a clock is enough for the input, and not for its other reader. */
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag 1 hour as select id from silver.a;\n"
                "gold table c lag downstream as select id from silver.a;",
         "DT204"},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag cron '0 8 * * *' 'UTC' as select id from silver.a;",
         ""},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold view b as select id from silver.a;",
         "DT204"},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "stream silver.changes on silver.a;",
         "DT204"},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag 1 hour as select id from boundary(silver.a);",
         "DT204"},
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "gold table b lag 1 hour as select v.id from (select id from silver.a) v;",
         ""},
        /* One clause that two tables have in common is one mistake. */
        {"layer gold { lag downstream; }\n" ORDERS "gold table a as select id from bronze.o;\n"
         "gold table b as select id from bronze.o;",
         "DT204"},
        /* A task that refreshes it. */
        {ORDERS "silver table a lag downstream as select id from bronze.o;\n"
                "task silver.tick schedule 1 hour as alter dynamic table silver.a refresh;",
         ""},
    };
    expect_rows("t.dtl", ROWS(rows));
}

Test(checks_findings, lags)
{
    static const struct row rows[] = {
        {ORDERS "gold table a lag 59 seconds as select id from bronze.o;", "DT205"},
        {ORDERS "gold table a lag 60 seconds as select id from bronze.o;", ""},
        {ORDERS "gold table a lag '90 seconds' as select id from bronze.o;", ""},
        /* One clause, one finding, however many tables it holds for. */
        {"layer gold { lag 10 seconds; }\n" ORDERS "gold table a as select id from bronze.o;\n"
         "gold table b as select id from bronze.o;",
         "DT205"},
        {ORDERS "silver table a lag 1 hour as select id from bronze.o;\n"
                "gold table b lag 59 minutes as select id from silver.a;",
         "DT207"},
        {ORDERS "silver table a lag 60 minutes as select id from bronze.o;\n"
                "gold table b lag '1 hour' as select id from silver.a;",
         ""},
        {ORDERS "silver table a lag 1 hour as select id from bronze.o;\n"
                "gold table b lag 5 minutes as select id from boundary(silver.a);",
         ""},
        {ORDERS "gold table a lag cron '0 8 * *' 'UTC' as select id from bronze.o;", "DT212"},
        {ORDERS "gold table a lag cron '0 8 * * *' as select id from bronze.o;", "dt213"},
        {ORDERS "gold table a lag 1 hour scheduler disable as select id from bronze.o;", "DT214"},
        {ORDERS "gold table a lag 1 hour scheduler enable as select id from bronze.o;", ""},
        {"pipeline p { lag 1 hour; warehouse w; }\n" ORDERS
         "gold table a scheduler disable as select id from bronze.o;",
         ""},
        {"pipeline p { warehouse w; }\n" ORDERS "gold table a as select id from bronze.o;",
         "dt215"},
        {"pipeline p { lag 1 hour; }\n" ORDERS "gold table a as select id from bronze.o;", "dt216"},
    };
    expect_rows("t.dtl", ROWS(rows));
}

Test(checks_findings, who_reads_whom)
{
    static const struct row rows[] = {
        {ORDERS "silver table a lag 1 hour as select id from gold.b;\n"
                "gold table b lag 1 hour as select id from silver.a;",
         "DT201"},
        {"gold table a lag 1 hour as select id from gold.a;", "DT201"},
        {ORDERS "gold table b lag 1 hour as select id from bronze.o;\n"
                "silver view a as select id from gold.b;",
         "DT202"},
        {"layer marts { }\nlayer staging { }\nsource staging.o (id integer);\n"
         "marts table b lag 1 hour as select id from staging.o;",
         "DT202"},
        {ORDERS "silver table a lag 1 hour as select id from bronze.o;\n"
                "silver view v as select id from silver.a;\n"
                "silver view w as select id from silver.v;\n"
                "gold table b lag 1 hour as select id from silver.w;",
         "DT208"},
        {ORDERS "silver table a lag 1 hour as select id from bronze.o;\n"
                "silver view v as select id from silver.a;\n"
                "gold table b lag 1 hour as select id from boundary(silver.v);",
         ""},
        {ORDERS "silver view v as select id from bronze.o;\n"
                "gold table b lag 1 hour as select id from silver.v;",
         ""},
    };
    expect_rows("t.dtl", ROWS(rows));
}

#define TABLE "create table s.o (id number, v number);\n"

/* In scripts the reader may live elsewhere, and schemas have no rank. */
Test(checks_findings, scripts)
{
    static const struct row rows[] = {
        {TABLE
         "create dynamic table s.a target_lag = downstream warehouse = w as select id from s.o;",
         "dt204"},
        {TABLE
         "create dynamic table gold.a target_lag = '1 hour' warehouse = w as select id from s.o;\n"
         "create dynamic table silver.b target_lag = '1 hour' warehouse = w as select id from "
         "gold.a;",
         ""},
        {TABLE "create dynamic table s.a warehouse = w as select id from s.o;", "dt215"},
        {TABLE "create dynamic table s.a target_lag = '1 hour' as select id from s.o;", "dt216"},
        {TABLE
         "create dynamic table s.a target_lag = '30 seconds' warehouse = w as select id from s.o;",
         "DT205"},
        {TABLE "set x = 3;\ncreate dynamic table s.a target_lag = '1 hour' warehouse = w as\n"
               "select id from s.o where v > $x;",
         "DT316"},
    };
    expect_rows("t.sql", ROWS(rows));
}

/* What a table asks for decides how bad a construct is. */
Test(checks_findings, severities)
{
    static const struct row rows[] = {
        {ORDERS "gold table a lag 1 hour as select id from bronze.o order by id limit 3;", "dt301"},
        {ORDERS "gold table a lag 1 hour refresh incremental as select id from bronze.o limit 3;",
         "DT301"},
        {ORDERS
         "gold table a lag 1 hour refresh full as select id from bronze.o order by id limit 3;",
         ""},
        {ORDERS "gold table a lag 1 hour refresh full as select id from bronze.o limit 3;",
         "dt301"},
        {ORDERS "gold table a lag 1 hour refresh full as select current_date as d from bronze.o;",
         "dt318"},
        {ORDERS "gold table a lag 1 hour refresh full as select id from bronze.o sample (3);",
         "DT313"},
        {ORDERS "gold view a as select id, random() as r from bronze.o;", ""},
        /* One construct in a view, two tables that read it. */
        {ORDERS "silver view w as select id, random() as r from bronze.o;\n"
                "gold table a lag 1 hour as select id from silver.w;\n"
                "gold table b lag 1 hour refresh incremental as select id from silver.w;",
         "DT317"},
        {"pipeline p { warehouse w; lint { DT301 off; } }\n" ORDERS
         "gold table a lag 1 hour as select id from bronze.o limit 3;",
         ""},
        {"pipeline p { warehouse w; lint { DT301 error; } }\n" ORDERS
         "gold table a lag 1 hour as select id from bronze.o limit 3;",
         "DT301"},
    };
    expect_rows("t.dtl", ROWS(rows));
}

#define SORTED "select id from bronze.o order by id;"

Test(checks_findings, suppressions)
{
    static const struct row rows[] = {
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601: why\n" SORTED, ""},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore order-by-in-definition: why\n" SORTED,
         ""},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601 until 2099-01-01: why\n" SORTED,
         ""},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601: why\n-- and more\n" SORTED, ""},
        {ORDERS "gold table a lag 1 hour as\n/* dtc:ignore DT601: why */\n" SORTED, ""},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601 until 2020-01-01: why\n" SORTED,
         "dt903 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601 until soon: why\n" SORTED,
         "dt903 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601\n" SORTED, "dt903 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601:\n" SORTED, "dt903 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore\n" SORTED, "dt903 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT999: why\n" SORTED, "dt903 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT301: why\n" SORTED, "dt904 dt601"},
        {ORDERS "gold table a lag 1 hour as\n-- dtc:ignore DT601: why\n\n" SORTED, "dt904 dt601"},
        {ORDERS "gold table a lag 1 hour as\n" SORTED "\n-- dtc:ignore DT601: why", "dt601 dt904"},
    };
    expect_rows("t.dtl", ROWS(rows));
}

Test(checks_findings, cron)
{
    struct arena arena;
    static const char *const good[] = {"* * * * *",     "0 8 * * *",     "*/10 0-23 1,15 * MON-FRI",
                                       "0 0 L * *",     "0 8 * * 5L",    "0 8 * jan,DEC 1#3",
                                       "59 23 31 12 7", " 0  8\t* * * ", "0-30/5 * * * *"};
    static const char *const bad[] = {"",
                                      "* * * *",
                                      "* * * * * *",
                                      "60 * * * *",
                                      "0 24 * * *",
                                      "0 8 0 * *",
                                      "0 8 * 13 *",
                                      "0 8 * * 8",
                                      "0 8 * * FOO",
                                      "a * * * *",
                                      "*/0 * * * *",
                                      "1, * * * *",
                                      "0 8 * * 1#6",
                                      "0 8 * * ?"};
    arena_init(&arena);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        cr_expect_null(cron_fault(&arena, good[i]), "%s: %s", good[i], cron_fault(&arena, good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect_not_null(cron_fault(&arena, bad[i]), "%s", bad[i]);
    arena_fini(&arena);
}

/* Every row has a code of its own, in order, and a page. */
Test(checks_findings, rows_are_in_order)
{
    struct arena arena;
    uint32_t n;
    arena_init(&arena);
    const struct check *const *rows = checks_all(&arena, &n);
    cr_expect_gt(n, 50);
    for (uint32_t i = 0; i < n; i++) {
        cr_expect(i == 0 || strcmp(rows[i - 1]->rule.code, rows[i]->rule.code) < 0);
        cr_expect(strncmp(rows[i]->page, "https://docs.snowflake.com/en/", 30) == 0);
        cr_expect_not_null(rows[i]->run);
    }
    arena_fini(&arena);
}
