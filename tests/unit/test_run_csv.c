/* test_run_csv.c - rows, fields and lines of CSV; times and their text. */
#include "run/clock.h"
#include "run/csv.h"
#include <criterion/criterion.h>

struct line_case {
    const char *line;
    bool row;
    uint32_t fields;
    uint64_t row_line;
};

Test(run_csv, rows_and_the_lines_they_stand_on)
{
    static const struct line_case cases[] = {
        {"a,b,c", true, 3, 1}, {"1,\"x", false, 0, 2}, {"", false, 0, 2},
        {"y\",3", true, 3, 2}, {"", false, 0, 5},      {"1,\"a \"\"b\"\", c\",3\r", true, 3, 6},
        {",,", true, 3, 7},    {"a\"b,c", true, 2, 8}, {"\"\"", true, 1, 9},
    };
    struct csv_scan scan = {.delimiter = ','};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool row = csv_line(&scan, str_from(cases[i].line), false);
        if (*cases[i].line == '\0' && !scan.inside)
            cr_assert(!row, "line %zu", i + 1);
        else
            cr_assert_eq(row, cases[i].row, "line %zu", i + 1);
        if (row) {
            cr_assert_eq(scan.fields, cases[i].fields, "line %zu", i + 1);
            cr_assert_eq(scan.row_line, cases[i].row_line, "line %zu", i + 1);
        }
    }
}

Test(run_csv, an_empty_line_is_a_row_of_one_column)
{
    struct csv_scan scan = {.delimiter = ','};
    cr_assert(csv_line(&scan, STR_LIT(""), true));
    cr_assert_eq(scan.fields, 1);
}

Test(run_csv, the_delimiter_that_stands_most_often)
{
    cr_assert_eq(csv_delimiter(STR_LIT("a,b;c,d")), ',');
    cr_assert_eq(csv_delimiter(STR_LIT("a;b;c,d")), ';');
    cr_assert_eq(csv_delimiter(STR_LIT("a\tb")), '\t');
    cr_assert_eq(csv_delimiter(STR_LIT("\"a,b,c\"|d")), '|');
    cr_assert_eq(csv_delimiter(STR_LIT("alone")), ',');
}

Test(run_csv, a_header_is_split_and_unquoted)
{
    struct arena arena;
    struct csv_fields fields;
    arena_init(&arena);
    fields = csv_split(&arena, STR_LIT(" a ,\"b,\"\"c\"\"\",,d"), ',');
    cr_assert_eq(fields.n, 4);
    cr_assert(str_is(fields.at[0], "a"));
    cr_assert(str_is(fields.at[1], "b,\"c\""));
    cr_assert(str_is(fields.at[2], ""));
    cr_assert(str_is(fields.at[3], "d"));
    arena_fini(&arena);
}

Test(run_clock, a_time_and_its_text)
{
    static const struct {
        const char *text, *printed;
    } cases[] = {
        {"1970-01-01", "1970-01-01 00:00:00.000000"},
        {"2026-02-28 23:59:59.5", "2026-02-28 23:59:59.500000"},
        {"2024-02-29T12:30", "2024-02-29 12:30:00.000000"},
        {"1969-12-31 23:59:59.999999Z", "1969-12-31 23:59:59.999999"},
        {"2100-03-01 00:00:00", "2100-03-01 00:00:00.000000"},
        {"0001-01-01 00:00:00", "0001-01-01 00:00:00.000000"},
    };
    struct arena arena;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t us;
        cr_assert(clock_parse(str_from(cases[i].text), &us), "%s", cases[i].text);
        cr_assert_str_eq(clock_text(&arena, us, false), cases[i].printed);
    }
    arena_fini(&arena);
}

Test(run_clock, what_is_no_time)
{
    static const char *const cases[] = {"",
                                        "2026",
                                        "2026-13-01",
                                        "2026-01-32",
                                        "2026-01-01 24:00",
                                        "2026-01-01 10:00:00 x",
                                        "yesterday",
                                        "2026-1-1"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t us;
        cr_assert(!clock_parse(str_from(cases[i]), &us), "%s", cases[i]);
    }
}

Test(run_clock, a_fixed_clock_stands_still)
{
    struct clock clock = {.fixed = true, .us = 42};
    cr_assert_eq(clock_now(&clock), 42);
    cr_assert(clock_now(&(struct clock){0}) > 1700000000000000);
}
