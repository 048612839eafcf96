/* The types that a lowering rests on: one row for each rule of Snowflake's that it follows. */
#include "emit/emit.h"
#include "emit/types.h"
#include "test_model.h"
#include <stdio.h>

static const char tables[] =
    "source bronze.o (i integer, n number(10,2), m number(5,3), f float, s varchar(9), d date,\n"
    "  ts timestamp_ntz, b boolean, v variant);\n"
    "param p number(5,1) default 2;\n";

static const struct row {
    const char *expression, *type;
} rows[] = {
    /* literals: trailing zeros do not count, a leading zero does */
    {"1", "number(1,0)"},
    {"100.25", "number(5,2)"},
    {"1.50", "number(2,1)"},
    {"0.05", "number(3,2)"},
    {"'x'", "text"},
    {"null", "null"},
    {"$p", "number(5,1)"},
    /* arithmetic */
    {"n + m", "number(12,3)"},
    {"n * n", "number(20,4)"},
    {"n / m", "number(19,8)"},
    {"i / 1", "number(38,6)"},
    {"7 / 2", "number(7,6)"},
    {"n % 3", "number(10,2)"},
    {"n + f", "float"},
    {"v + 1", "float"},
    {"null + n", "number(19,2)"},
    {"-(n)", "number(10,2)"},
    {"d + 1", "date"},
    {"d - d", "number(9,0)"},
    {"ts + interval '1 day'", "timestamp"},
    {"s || 1", "text"},
    {"n > 1 and b", "boolean"},
    /* conditionals, casts */
    {"iff(b, n, 1)", "number(10,2)"},
    {"coalesce(i, n)", "number(38,2)"},
    {"case when b then 1 else 2.5 end", "number(2,1)"},
    {"case when b then d else ts end", "timestamp"},
    {"case when b then s else 1 end", "?"},
    {"s::number(7,1)", "number(7,1)"},
    {"s::integer", "number(38,0)"},
    {"v:a.b", "variant"},
    {"v:a::string", "text"},
    /* functions */
    {"sum(n)", "number(22,2)"},
    {"avg(n)", "number(28,8)"},
    {"avg(i)", "number(38,6)"},
    {"avg(n) over (partition by i)", "number(25,5)"},
    {"avg(n) over (partition by i order by ts)", "number(28,8)"},
    {"count(*)", "number(18,0)"},
    {"ratio_to_report(n) over ()", "number(18,8)"},
    {"max(ts)", "timestamp"},
    {"date_trunc('month', d)", "date"},
    {"dateadd(day, 1, d)", "date"},
    {"dateadd(hour, 1, d)", "timestamp"},
    {"datediff('day', d, ts)", "number(9,0)"},
    {"to_number(s, 12, 2)", "number(12,2)"},
    {"round(n, 1)", "number(10,1)"},
    {"my_function(n)", "?"},
};

static const char *type_text(struct type type)
{
    static const char *const names[] = {
        "?",         "null",         "number",   "float",  "text",    "boolean", "date",  "time",
        "timestamp", "timestamp_tz", "interval", "binary", "variant", "array",   "object"};
    static char text[32];
    if (type.kind == TYPE_NUMBER)
        snprintf(text, sizeof text, "number(%u,%u)", type.precision, type.scale);
    else
        snprintf(text, sizeof text, "%s", names[type.kind]);
    return text;
}

Test(emit_types, expressions)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        char text[1024];
        snprintf(text, sizeof text, "%sgold view x as select %s as r from bronze.o;", tables,
                 rows[i].expression);
        fixture_text(&f, text, NULL);
        uint32_t x = model_find(&f.model, STR_LIT("gold.x"), NULL);
        const struct types_columns *columns = types_of_relation(types_of(&f.model), x);
        cr_assert_eq(columns->n, 1, "%s", rows[i].expression);
        cr_expect_str_eq(type_text(columns->at[0].type), rows[i].type, "%s is %s, not %s",
                         rows[i].expression, type_text(columns->at[0].type), rows[i].type);
        fixture_end(&f);
    }
}

static const struct query {
    const char *query, *types;
} queries[] = {
    {"select * from bronze.o", "number(38,0) number(10,2) number(5,3) float text date timestamp "
                               "boolean variant"},
    {"select * exclude (v, b) rename (n as amount) from bronze.o",
     "number(38,0) number(10,2) number(5,3) float text date timestamp"},
    {"with a (x) as (select n / 2 from bronze.o) select x as y, x * 2 as z from a",
     "number(16,8) number(17,8)"},
    {"select q.total as t from (select sum(n) as total from bronze.o) q", "number(22,2)"},
    {"select n as x from bronze.o union all select 1.123 as x", "number(11,3)"},
    {"select n as a, a + 1 as b from bronze.o", "number(10,2) number(11,2)"},
    {"select o.n as n, p.s as s from bronze.o o left join bronze.o p on o.i = p.i",
     "number(10,2) text"},
    {"select (select max(d) from bronze.o) as latest", "date"},
    {"select f.value as item, f.index as place from bronze.o, lateral flatten(v) f",
     "variant number(18,0)"},
    {"select column1 as a, column2 as b from (values (1, 'x'), (2.5, 'y'))", "? ?"},
};

Test(emit_types, queries)
{
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        struct fixture f;
        char text[1024];
        struct buf got;
        buf_init(&got);
        snprintf(text, sizeof text, "%sgold view x as %s;", tables, queries[i].query);
        fixture_text(&f, text, NULL);
        uint32_t x = model_find(&f.model, STR_LIT("gold.x"), NULL);
        const struct types_columns *columns = types_of_relation(types_of(&f.model), x);
        for (uint32_t k = 0; k < columns->n; k++)
            buf_printf(&got, "%s%s", k ? " " : "", type_text(columns->at[k].type));
        cr_expect_str_eq(got.p, queries[i].types, "%s: %s", queries[i].query, got.p);
        buf_fini(&got);
        fixture_end(&f);
    }
}

/* A string that spans lines keeps its text when the query around it is indented. */
Test(emit_body, strings_are_not_indented)
{
    struct fixture f;
    struct buf out;
    node_t at = 0;
    const char *why = NULL;
    buf_init(&out);
    fixture_text(&f,
                 "source bronze.o (s varchar);\n"
                 "gold table x lag 1 hour expect e check (s is not null) on violation drop as\n"
                 "select 'it''s\nhere' as s, $$a\nb$$ as t from bronze.o;",
                 NULL);
    uint32_t x = model_find(&f.model, STR_LIT("gold.x"), NULL);
    cr_assert(dialect_snowflake.body(&out, &f.model, x, &at, &why));
    cr_expect(strstr(out.p, "'it''s\nhere'"), "%s", out.p);
    cr_expect(strstr(out.p, "$$a\nb$$"), "%s", out.p);
    cr_expect(strstr(out.p, "\n  from gold") || strstr(out.p, "from bronze.o\n) as body"), "%s",
              out.p);
    buf_fini(&out);
    fixture_end(&f);
}
