/* Verdicts: one row for each line of the support matrix of the documentation (supported-queries,
 * refresh-modes, read 2026-11), as AUTO and as INCREMENTAL see it. */
#include "checks/check.h"
#include "syntax/parse.h"

#include <criterion/criterion.h>
#include <stdio.h>

static const char sources[] =
    "source bronze.a (id integer, k integer, v number(12,2), ts timestamp_ntz, s varchar, j "
    "variant);\n"
    "source bronze.b (id integer, k integer, v number(12,2), ts timestamp_ntz, s varchar, j "
    "variant);\n"
    "source bronze.keyed (id integer primary key rely, v integer);\n"
    "static table bronze.frozen as select 1 as id;\n"
    "stream bronze.changes on bronze.a;\n"
    "param smallest integer default 3;\n"
    "create function tools.pure(x integer) returns integer immutable as 'x + 1';\n"
    "create function tools.chance(x integer) returns integer as 'x + 1 /* immutable */';\n"
    "create function tools.asks(x integer) returns integer immutable as 'select max(id) from t';\n"
    "create function tools.rows(x integer) returns table (y integer) immutable as 'select 1';\n"
    "create external function tools.far(x integer) returns integer immutable\n"
    "  api_integration = i as 'https://example.com/';\n"
    "create function tools.twice(x integer) returns integer immutable as 'x';\n"
    "create function tools.twice(x varchar) returns integer as 'x';\n"
    "create function tools.python(x integer) returns integer language python immutable as\n"
    "$$ select = 3 $$;\n"
    "silver table inc lag downstream refresh incremental as select id, v from bronze.a;\n"
    "silver table ful lag downstream refresh full as select id, v from bronze.a;\n"
    "silver table grouped lag downstream refresh full as\n"
    "  select k, sum(v) as v from bronze.a group by k;\n"
    "silver table newest lag downstream refresh full as select id, v from bronze.a\n"
    "  qualify row_number() over (partition by id order by ts desc) = 1;\n"
    "silver table passed lag downstream refresh full as select id, v from bronze.keyed;\n"
    "silver table icy lag downstream refresh full freeze where (id < 10) as\n"
    "  select id, v from bronze.a;\n"
    "silver view plain as select id, v from bronze.a;\n"
    "silver view aged as select id, datediff('day', ts, current_date) as age from bronze.a;\n"
    "silver view recent as select id, v from bronze.a where ts > current_timestamp();\n"
    "silver view over_table as select id, v from silver.inc;\n";

struct judged {
    enum verdict verdict;
    char blockers[200];
};

/* Judges gold.t with that head and body. */
static struct judged judge(const char *head, const char *body)
{
    struct dtc ctx;
    struct model model = {0};
    struct graph graph = {0};
    struct checks checks;
    struct judged judged = {0};
    struct model_options options = {0};
    bool many;
    dtc_init(&ctx);
    syntax_open(&ctx);
    const char *text =
        arena_printf(&ctx.arena, "%sgold table t lag 1 hour %s as\n%s;\n", sources, head, body);
    model_load_text(&ctx, &model, "t.dtl", str_from(text));
    model_resolve(&model, &options);
    graph_build(&graph, &model);
    checks_run(&checks, &ctx, &model, &graph);
    uint32_t t = model_find(&model, STR_LIT("gold.t"), &many);
    if (t != MODEL_NONE) {
        const struct judgement *j = &checks.judgements[t];
        const char *all = "";
        judged.verdict = j->verdict;
        for (uint32_t i = 0; i < j->blockers.n; i++)
            all =
                arena_printf(&ctx.arena, "%s%s%s", all, i ? "; " : "", j->blockers.at[i].construct);
        snprintf(judged.blockers, sizeof judged.blockers, "%s", all);
    }
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
    dtc_fini(&ctx);
    return judged;
}

struct row {
    const char *body;
    enum verdict verdict; /* as AUTO */
    const char *blockers;
};

/* What AUTO makes full, INCREMENTAL is refused for; the other verdicts are the same. */
static void expect_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct judged judged = judge("", rows[i].body);
        enum verdict asked = rows[i].verdict == VERDICT_FULL ? VERDICT_REFUSED : rows[i].verdict;
        cr_expect_eq(judged.verdict, rows[i].verdict, "auto: %s: %s, not %s", rows[i].body,
                     verdict_text(judged.verdict), verdict_text(rows[i].verdict));
        cr_expect_str_eq(judged.blockers, rows[i].blockers, "%s: %s", rows[i].body,
                         judged.blockers);
        judged = judge("refresh incremental", rows[i].body);
        cr_expect_eq(judged.verdict, asked, "incremental: %s: %s, not %s", rows[i].body,
                     verdict_text(judged.verdict), verdict_text(asked));
    }
}

#define INC VERDICT_INCREMENTAL
#define FULL VERDICT_FULL
#define NO VERDICT_REFUSED
#define OPEN VERDICT_UNKNOWN
#define ROWS(name) name, sizeof name / sizeof *name

Test(checks_verdict, structure)
{
    static const struct row rows[] = {
        {"select id, upper(s) as s from bronze.a", INC, ""},
        {"with x as (select id from bronze.a) select id from x", INC, ""},
        {"with x as (select id from bronze.a limit 3) select id from x", FULL, "LIMIT"},
        {"with x as (select id from bronze.a union all select id + 1 from x) select id from x",
         FULL, "WITH RECURSIVE"},
        {"with a as (select id from bronze.a) select id from a", INC, ""},
        {"select id from bronze.a start with id = 1 connect by prior id = k", FULL, "CONNECT BY"},
        {"select distinct k from bronze.a", INC, ""},
        {"select k, count(*) as n from bronze.a group by k", INC, ""},
        {"select k, count(*) as n from bronze.a group by all", INC, ""},
        {"select k, count(*) as n from bronze.a group by 1", INC, ""},
        {"select k, count(*) as n from bronze.a group by rollup (k)", FULL, "ROLLUP"},
        {"select k, count(*) as n from bronze.a group by cube (k)", FULL, "CUBE"},
        {"select k, count(*) as n from bronze.a group by grouping sets ((k), ())", FULL,
         "GROUPING SETS"},
        {"select sum(v) as v from bronze.a", INC, ""},
        {"select k, count(*) as n from bronze.a group by k having count(*) > 1", INC, ""},
        {"select id from bronze.a qualify row_number() over (partition by id order by ts) = 1", INC,
         ""},
        {"select id from bronze.a order by id", INC, ""},
        {"select id from bronze.a order by id limit 5", FULL, "LIMIT"},
        {"select id from bronze.a order by id limit 5 offset 5", FULL, "LIMIT"},
        {"select id from bronze.a order by id offset 5", FULL, "OFFSET"},
        {"select id from bronze.a order by id fetch first 5 rows only", FULL, "FETCH"},
        {"select top 5 id from bronze.a", FULL, "TOP"},
        {"select id from bronze.a union all select id from bronze.b", INC, ""},
        {"select id from bronze.a union select id from bronze.b", INC, ""},
        {"select id from bronze.a minus select id from bronze.b", FULL, "MINUS"},
        {"select id from bronze.a except select id from bronze.b", FULL, "EXCEPT"},
        {"select id from bronze.a intersect select id from bronze.b", FULL, "INTERSECT"},
        {"select id from (select id from bronze.a)", INC, ""},
        {"select id, (select max(id) from bronze.b) as m from bronze.a", FULL, "scalar subquery"},
        {"select id from bronze.a where id in (select id from bronze.b)", FULL, "IN (SELECT)"},
        {"select id from bronze.a where id not in (select id from bronze.b)", FULL,
         "NOT IN (SELECT)"},
        {"select id from bronze.a where id in (1, 2)", INC, ""},
        {"select id from bronze.a where exists (select 1 from bronze.b)", FULL, "EXISTS"},
        {"select id from bronze.a where not exists (select 1 from bronze.b)", FULL, "NOT EXISTS"},
        {"select id from bronze.a where not (exists (select 1 from bronze.b))", FULL, "NOT EXISTS"},
        {"select id from bronze.a where id = any (select id from bronze.b)", FULL, "ANY (SELECT)"},
        {"select id from bronze.a where v > all (select v from bronze.b)", FULL, "ALL (SELECT)"},
        {"select a.id, f.value from bronze.a a, lateral flatten(input => a.j) f", INC, ""},
        {"select a.id, f.value from bronze.a a, table(flatten(a.j)) f", INC, ""},
        {"select a.id, f.seq from bronze.a a, lateral flatten(input => a.j) f", FULL,
         "SEQ of FLATTEN"},
        {"select a.id, f.* from bronze.a a, lateral flatten(input => a.j) f", FULL,
         "SEQ of FLATTEN"},
        {"select id from (select a.id, f.* from bronze.a a, lateral flatten(a.j) f)", OPEN, ""},
        {"select id from bronze.a, lateral (select 1 as one)", FULL, "LATERAL"},
        {"select x from (values (1), (-2)) v (x)", INC, ""},
        {"select id, m from bronze.a pivot (sum(v) for s in ('x', 'y')) as p (id, k, ts, j, m, n)",
         INC, ""},
        {"select * from bronze.a pivot (sum(v) for s in (any))", FULL, "PIVOT with ANY"},
        {"select * from bronze.a pivot (sum(v) for s in (select s from bronze.b))", FULL,
         "PIVOT with a subquery"},
        {"select * from bronze.a unpivot (x for y in (id, k))", FULL, "UNPIVOT"},
        {"select id from bronze.a sample (10)", NO, "SAMPLE"},
        {"select id from bronze.a tablesample (10)", NO, "TABLESAMPLE"},
        {"select 1 as id from table(generator(rowcount => 3))", FULL, "GENERATOR"},
        {"select t.x from table(tools.many(3)) t", FULL, "TOOLS.MANY"},
        {"select gold.numbers.nextval as id from bronze.a", FULL, "NEXTVAL"},
        {"select id from bronze.a where v > $smallest", INC, ""},
        {"select id from bronze.a where v > ?", NO, "bind variable"},
        {"select 'LIMIT 3 SAMPLE' as s /* order by random() limit 3 */ from bronze.a -- minus", INC,
         ""},
        {"select id as \"LIMIT\", k as sample_seq8 from bronze.a", INC, ""},
    };
    expect_rows(ROWS(rows));
}

Test(checks_verdict, joins)
{
    static const struct row rows[] = {
        {"select a.id from bronze.a a join bronze.b b on a.id = b.id", INC, ""},
        {"select a.id from bronze.a a join bronze.b b on a.ts between b.ts and b.ts", INC, ""},
        {"select a.id from bronze.a a, bronze.b b where a.id = b.id", INC, ""},
        {"select a.id from bronze.a a cross join bronze.b b", INC, ""},
        {"select k from bronze.a join bronze.b using (k)", INC, ""},
        {"select a.id from bronze.a a join bronze.a b on a.id = b.k", INC, ""},
        {"select a.id from bronze.a a left join bronze.b b on a.id = b.id", INC, ""},
        {"select a.id from bronze.a a left join bronze.b b on (a.id = b.id and a.k = b.k)", INC,
         ""},
        {"select a.id from bronze.a a left join bronze.b b on lower(a.s) = lower(b.s)", INC, ""},
        {"select k from bronze.a left join bronze.b using (k)", INC, ""},
        {"select a.id from bronze.a a full outer join bronze.b b on a.id = b.id", INC, ""},
        {"select a.id from bronze.a a right join bronze.b b on a.id = b.id", INC, ""},
        {"select a.id from bronze.a a left join bronze.a b on a.id = b.k", INC, ""},
        {"select a.id from bronze.a a left join bronze.b b on a.id < b.id", FULL,
         "outer join with a non-equality predicate"},
        {"select a.id from bronze.a a left join bronze.b b on a.id = b.id or a.k = b.k", FULL,
         "outer join with a non-equality predicate"},
        {"select a.id from bronze.a a left join bronze.b b on a.id = b.id and b.v between 1 and 2",
         FULL, "outer join with a non-equality predicate"},
        {"select a.id from bronze.a a left join bronze.b b on a.id + b.id = a.k + b.k", FULL,
         "outer join with a non-equality predicate"},
        {"select a.id from bronze.a a left join bronze.b b on a.id = b.id and b.s = 'x'", OPEN, ""},
        {"select a.id from bronze.a a left join bronze.b b on equal_null(a.id, b.id)", OPEN, ""},
        {"select a.id from bronze.a a left join bronze.b b on a.id = b.id where b.id is null", INC,
         ""},
        {"select a.id from bronze.a a, bronze.b b where a.id = b.id (+)", INC, ""},
        {"select a.id from bronze.a a, bronze.b b where a.id < b.id (+)", FULL,
         "outer join with a non-equality predicate"},
        {"select a.id from bronze.a a asof join bronze.b b match_condition (a.ts >= b.ts) on a.id "
         "= b.id",
         FULL, "ASOF JOIN"},
    };
    expect_rows(ROWS(rows));
}

Test(checks_verdict, windows_and_aggregates)
{
    static const struct row rows[] = {
        {"select id, rank() over (partition by k order by v) as r from bronze.a", INC, ""},
        {"select id, rank() over (partition by k order by v rows between unbounded preceding and "
         "current row) as r from bronze.a",
         INC, ""},
        {"select id, dense_rank() over (partition by k order by v rows between 2 preceding and "
         "current row) as r from bronze.a",
         FULL, "DENSE_RANK with a sliding frame"},
        {"select id, sum(v) over (partition by k order by ts rows between 2 preceding and current "
         "row) as r from bronze.a",
         INC, ""},
        {"select id, lag(v) over (order by ts) as r from bronze.a", INC, ""},
        {"select k, min_by(v, ts) as r from bronze.a group by k", INC, ""},
        {"select k, count(distinct v) as r, stddev(v) as q from bronze.a group by k", INC, ""},
        {"select k, approx_count_distinct(v) as r from bronze.a group by k", INC, ""},
        {"select k from bronze.a group by k having approx_count_distinct(v) > 1", FULL,
         "APPROX_COUNT_DISTINCT"},
        {"select k, mode(v) as r from bronze.a group by k", FULL, "MODE"},
        {"select k, median(v) as r from bronze.a group by k", FULL, "MEDIAN"},
        {"select percentile_cont(0.5) within group (order by v) as r from bronze.a", FULL,
         "PERCENTILE_CONT"},
        {"select k, any_value(v) as r from bronze.a group by k", NO, "ANY_VALUE"},
        {"select k, listagg(s) as r from bronze.a group by k", OPEN, ""},
        {"select k, array_agg(s) as r from bronze.a group by k", OPEN, ""},
    };
    expect_rows(ROWS(rows));
}

Test(checks_verdict, functions_and_types)
{
    static const struct row rows[] = {
        {"select id, current_date as d from bronze.a", FULL, "CURRENT_DATE"},
        {"select a.id from bronze.a a join bronze.b b on a.ts > current_date", FULL,
         "CURRENT_DATE"},
        {"select datediff('day', ts, current_date) as d, count(*) as n from bronze.a group by "
         "datediff('day', ts, current_date)",
         FULL, "CURRENT_DATE; CURRENT_DATE"},
        {"select id from bronze.a qualify row_number() over (order by datediff('day', ts, "
         "sysdate())) = 1",
         FULL, "SYSDATE"},
        {"select id from bronze.a where ts > sysdate()", OPEN, ""},
        {"select id, current_role() as r from bronze.a", FULL, "CURRENT_ROLE"},
        {"select id, current_user() as r from bronze.a", NO, "CURRENT_USER"},
        {"select id, current_session() as r from bronze.a", NO, "CURRENT_SESSION"},
        {"select random() as r from bronze.a", FULL, "RANDOM"},
        {"select id from bronze.a where random() > 0", FULL, "RANDOM"},
        {"select uuid_string() as r from bronze.a", FULL, "UUID_STRING"},
        {"select uuid_string('fe971b24-9572-4005-b22f-351e9c09274d', s) as r from bronze.a", INC,
         ""},
        {"select seq8() as r from bronze.a", FULL, "SEQ8"},
        {"select uniform(1, 10, random()) as r from bronze.a", FULL, "UNIFORM; RANDOM"},
        {"select uniform(1, 10, 3) as r from bronze.a", OPEN, ""},
        {"select tools.mine(id) as r from bronze.a", OPEN, ""},
        {"select mine(id) as r from bronze.a", OPEN, ""},
        {"select snowflake.cortex.sentiment(s) as r from bronze.a", INC, ""},
        {"select id from bronze.a where snowflake.cortex.sentiment(s) > 0", FULL,
         "SNOWFLAKE.CORTEX.SENTIMENT"},
        {"select j::map(varchar, integer) as r from bronze.a", NO, "structured MAP"},
        {"select j::array(integer) as r from bronze.a", NO, "structured ARRAY"},
        {"select j::object(x integer) as r from bronze.a", NO, "structured OBJECT"},
        {"select j::array as r, j::object as q, j:a.b[0]::string as p from bronze.a", INC, ""},
        {"select st_makepoint(id, k) as r from bronze.a", FULL, "ST_MAKEPOINT"},
        {"select j::geography as r from bronze.a", FULL, "GEOGRAPHY"},
        {"select ts - interval '7 days' as r from bronze.a", INC, ""},
    };
    expect_rows(ROWS(rows));
}

Test(checks_verdict, functions_of_the_project)
{
    static const struct row rows[] = {
        {"select id from bronze.a where tools.pure(id) = 3", INC, ""},
        {"select tools.chance(id) as x from bronze.a", INC, ""},
        {"select id from bronze.a where tools.chance(id) = 3", FULL, "TOOLS.CHANCE"},
        {"select id from bronze.a qualify row_number() over (order by tools.chance(id)) = 1", FULL,
         "TOOLS.CHANCE"},
        {"select tools.asks(id) as x from bronze.a", FULL, "TOOLS.ASKS"},
        {"select r.y from bronze.a a, table(tools.rows(a.id)) r", FULL, "TOOLS.ROWS"},
        {"select tools.far(id) as x from bronze.a", NO, "TOOLS.FAR"},
        {"select tools.twice(id) as x from bronze.a", OPEN, ""},
        {"select id from bronze.a where tools.python(id) = 3", INC, ""},
    };
    expect_rows(ROWS(rows));
}

Test(checks_verdict, inputs)
{
    static const struct row rows[] = {
        {"select id from silver.inc", INC, ""},
        {"select id from silver.plain", INC, ""},
        {"select id from silver.aged", FULL, "CURRENT_DATE"},
        {"select id from bronze.frozen", INC, ""},
        {"select id from bronze.changes", NO, "stream"},
        {"select id from silver.over_table", NO, "view over a dynamic table"},
        {"select id from boundary(silver.over_table)", INC, ""},
        {"select id from silver.ful", FULL, "full refresh of `silver.ful`"},
        {"select id from nowhere_db.public.x", INC, ""},
        {"select table_name from db.information_schema.tables", OPEN, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows - 1; i++)
        expect_rows(&rows[i], 1);
    cr_expect_eq(judge("", rows[9].body).verdict, OPEN);
    cr_expect_eq(judge("refresh incremental", rows[9].body).verdict, NO);
}

/* A full input feeds an incremental table when its rows have a key, or stand still. */
Test(checks_verdict, keys_of_full_inputs)
{
    static const struct {
        const char *body;
        enum verdict asked;
    } rows[] = {
        {"select k from silver.grouped", INC}, {"select id from silver.newest", INC},
        {"select id from silver.icy", INC},    {"select id from silver.passed", OPEN},
        {"select id from silver.ful", NO},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum verdict asked = judge("refresh incremental", rows[i].body).verdict;
        cr_expect_eq(asked, rows[i].asked, "%s: %s", rows[i].body, verdict_text(asked));
        cr_expect_eq(judge("", rows[i].body).verdict, FULL, "%s", rows[i].body);
    }
}

Test(checks_verdict, declared_full)
{
    struct judged judged = judge("refresh full", "select id from bronze.a");
    cr_expect_eq(judged.verdict, FULL);
    cr_expect_str_eq(judged.blockers, "");
    judged = judge("refresh full", "select id from bronze.a order by id limit 3");
    cr_expect_eq(judged.verdict, FULL);
    cr_expect_str_eq(judged.blockers, "LIMIT");
    cr_expect_eq(
        judge("refresh full", "select k, listagg(s) as s from bronze.a group by k").verdict, FULL);
    cr_expect_eq(judge("refresh full", "select id from bronze.a sample (3)").verdict, NO);
    cr_expect_eq(judge("refresh adaptive", "select id from bronze.a").verdict, INC);
    cr_expect_eq(judge("refresh adaptive", "select random() as r from bronze.a").verdict, NO);
}

/* Incremental where it is asked for; AUTO is free to decide otherwise. */
Test(checks_verdict, filters_by_the_current_time)
{
    static const char *const bodies[] = {
        "select id from bronze.a where ts > current_timestamp()",
        "select id from bronze.a where ts > dateadd('day', -7, current_date)",
        "select k from bronze.a group by k having max(ts) > current_timestamp",
        "select id from bronze.a qualify max(ts) over (partition by k) > getdate()",
        "select id from silver.recent",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        cr_expect_eq(judge("", bodies[i]).verdict, OPEN, "auto: %s", bodies[i]);
        cr_expect_eq(judge("refresh incremental", bodies[i]).verdict, INC, "asked: %s", bodies[i]);
        cr_expect_eq(judge("refresh full", bodies[i]).verdict, FULL, "full: %s", bodies[i]);
    }
}

/* What is not understood is not judged. */
Test(checks_verdict, mistakes_leave_it_open)
{
    cr_expect_eq(judge("", "select no_such_column from bronze.a").verdict, OPEN);
    cr_expect_eq(judge("", "select id from bronze.no_such_table").verdict, OPEN);
}
