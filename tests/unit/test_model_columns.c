/* The columns of a query, and what is found wrong with names in one; one row each. */
#include "test_model.h"

static const char tables[] =
    "source bronze.o (id integer, k integer, amount number(12,2), ts timestamp_ntz, v variant);\n"
    "source bronze.u (k integer, name varchar, \"Mixed\" varchar);\n"
    "source bronze.open;\n";

static const struct row {
    const char *query, *columns, *codes;
} rows[] = {
    {"select * from bronze.o", "ID K AMOUNT TS V", ""},
    {"select * exclude (ts, v) rename (k as key) from bronze.o", "ID KEY AMOUNT", ""},
    {"select * ilike '%S' from bronze.o", "TS", ""},
    {"select * replace (1 as k) from bronze.u", "K NAME Mixed", ""},
    {"select o.*, u.name from bronze.o o join bronze.u u on o.k = u.k", "ID K AMOUNT TS V NAME",
     ""},
    {"select * from bronze.o join bronze.u using (k)", "K ID AMOUNT TS V NAME Mixed", ""},
    {"select * from bronze.o natural join bronze.u", "K ID AMOUNT TS V NAME Mixed", ""},
    {"select *, 1 as one from bronze.open", "ONE ...", ""},
    {"select a, b from bronze.open", "A B", ""},
    {"select \"Mixed\", name n from bronze.u", "Mixed N", ""},
    {"select (id) from bronze.o union all select k from bronze.u", "ID", ""},
    {"select id as a, k as b from bronze.o union by name select k as c from bronze.u", "A B C", ""},
    {"with a (x, y) as (select id, k from bronze.o) select * from a", "X Y", ""},
    {"with r as (select 1 as n union all select n + 1 from r) select * from r", "N", ""},
    {"select * from (values (1, 'a')) t (p)", "P COLUMN2", ""},
    {"select f.value, f.index from bronze.o, lateral flatten(v) f", "VALUE INDEX", ""},
    {"select * from bronze.u unpivot (val for what in (name))", "K Mixed WHAT VAL", ""},
    {"select x from bronze.o pivot (sum(amount) for k in (1, 2)) as p (x)", "X", ""},
    {"select transform(v, e -> e:a + k) as t from bronze.o", "T", ""},
    {"select dateadd(day, 1, ts) as d, date_trunc(week, ts) as w from bronze.o", "D W", ""},
    {"select o.id from bronze.o o where exists (select 1 from bronze.u where k = o.k)", "ID", ""},
    {"select k as a, a + 1 as b from bronze.u where a > 1 group by all", "A B", ""},
    {"select level as l from bronze.u connect by prior k = k + 1", "L", ""},
    {"select metadata$action as a from bronze.o", "A", ""},
    {"select upper(name) as n, count(*) as c from bronze.u group by n order by c", "N C", ""},
    {"select k, sum(sum(amount)) over () as s from bronze.o group by 1", "K S", ""},
    {"select k + 1 as n, max(id) as m from bronze.o o group by o.k", "N M", ""},
    {"select k, my_aggregate(id) as m from bronze.o group by k", "K M", ""},
    /* what is wrong */
    {"select idd from bronze.o", "IDD ...", "DT103"},
    {"select id from bronze.o where x = 1", "ID", "DT103"},
    {"select id from bronze.o order by x", "ID", "DT103"},
    {"select \"mixed\" from bronze.u", "mixed ...", "DT103"},
    {"select b as a, id as b from bronze.o", "A B", "DT103"},
    {"select id as id, x + 1 as x from bronze.o", "ID X", "DT103"},
    {"select * exclude x from bronze.o", "ID K AMOUNT TS V", "DT103"},
    {"select id from bronze.o join bronze.u using (name)", "ID", "DT103"},
    {"select k from bronze.o, bronze.u", "K ...", "DT104"},
    {"select x.id from bronze.o", "ID ...", "DT105"},
    {"select o.id from bronze.o as p", "ID ...", "DT105"},
    {"select x.* from bronze.o", " ...", "DT105"},
    {"select a.id from bronze.o a, (select k from bronze.u where k = a.k) b", "ID", "DT105"},
    {"select id, id from bronze.o", "ID ID", "DT111"},
    {"select id from bronze.o union select k, name from bronze.u", "ID", "DT112"},
    {"with a (x) as (select id, k from bronze.o) select x from a", "X", "DT113"},
    {"select column1 as a from (values (1), (2, 3)) v", "A", "DT113"},
    {"select id, sum(amount) as s from bronze.o group by k", "ID S", "DT114"},
    {"select id, count(*) as c from bronze.o", "ID C", "DT114"},
    {"select id from bronze.o where sum(amount) > 1", "ID", "DT115"},
    {"select max(count(*)) as m from bronze.o", "M", "DT115"},
    {"select id from bronze.o where row_number() over (order by id) = 1", "ID", "DT115"},
    {"select a.id from bronze.o a join bronze.u a on true", "ID", "DT116"},
    {"select id from bronze.o group by 2", "ID", "DT118"},
    {"select id from bronze.o order by 0", "ID", "DT118"},
    {"select id + 1 from bronze.o", "ID + 1", "DT122"},
    /* one mistake, one message */
    {"select id, x from silver.nothing where y = z", "ID X", "DT101"},
    {"with a as (select nope from bronze.o) select nope, nope as n from a", "NOPE N", "DT103"},
};

Test(model_columns, of_queries)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        struct buf text = {0};
        buf_printf(&text, "%sgold view q as %s;\n", tables, rows[i].query);
        fixture_text(&f, text.p, NULL);
        cr_expect_str_eq(fixture_columns(&f, "gold.q"), rows[i].columns, "%s", rows[i].query);
        cr_expect_str_eq(fixture_codes(&f), rows[i].codes, "%s", rows[i].query);
        buf_fini(&text);
        fixture_end(&f);
    }
}

Test(model_columns, a_circle_is_open_and_silent)
{
    struct fixture f;
    fixture_text(&f,
                 "silver table a lag 1 hour as select x, y from silver.b;\n"
                 "silver table b lag 1 hour as select x, z from silver.a;\n",
                 NULL);
    cr_expect_str_eq(fixture_columns(&f, "silver.a"), "X Y ...");
    /* one of the two was read before its columns were known; the other has no z */
    cr_expect_str_eq(fixture_codes(&f), "DT103");
    fixture_end(&f);
}

Test(model_columns, of_streams)
{
    struct fixture f;
    fixture_text(&f, "bronze table t (a integer);\nstream bronze.s on bronze.t;\n", NULL);
    cr_expect_str_eq(fixture_columns(&f, "bronze.s"),
                     "A METADATA$ACTION METADATA$ISUPDATE METADATA$ROW_ID");
    fixture_end(&f);
}

Test(model_columns, keys_and_nulls)
{
    struct fixture f;
    fixture_text(
        &f, "bronze table t (a integer not null, b integer, c integer, primary key (a, b) rely);\n",
        NULL);
    const struct relation *t = fixture_relation(&f, "bronze.t");
    cr_expect_eq(t->columns.at[0].flags, COLUMN_NOT_NULL | COLUMN_KEY | COLUMN_RELY);
    cr_expect_eq(t->columns.at[1].flags, COLUMN_KEY | COLUMN_RELY);
    cr_expect_eq(t->columns.at[2].flags, 0u);
    fixture_end(&f);
}

Test(model_columns, names_of_relations)
{
    static const struct {
        const char *reads, *codes;
    } names[] = {
        {"bronze.o", ""},
        {"BRONZE.\"O\"", ""},
        {"only", ""},
        {"twice", "DT102"},
        {"here.bronze.o", ""},
        {"here.raw.r", ""},
        {"raw.r", ""},
        {"land.r", ""},
        {"there.bronze.o", "DT121"},
        {"mystery.o", "DT121"},
        {"bronz.o", "DT107"},
        {"nope", "DT101"},
        {"bronze.nope", "DT101"},
        {"gold.o", "DT101"},
        {"identifier('bronze.o')", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct fixture f;
        struct buf text = {0};
        buf_printf(&text,
                   "pipeline p { database here; }\nlayer bronze { }\nlayer land { schema raw; }\n"
                   "source bronze.o (a integer);\nsource land.r (a integer);\n"
                   "source bronze.twice (a integer);\nsource land.twice (a integer);\n"
                   "source land.only (a integer);\nlayer gold { }\n"
                   "gold view q as select a from %s;\n",
                   names[i].reads);
        fixture_text(&f, text.p, NULL);
        cr_expect_str_eq(fixture_codes(&f), names[i].codes, "%s", names[i].reads);
        buf_fini(&text);
        fixture_end(&f);
    }
}
