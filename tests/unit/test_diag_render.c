/* Renderers: each row of the table is a text with labels, and what people see of it. */
#include "base/json.h"
#include "diag/render.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const struct diag_rule rule = {"DT203", "all-downstream-chain", SEVERITY_ERROR,
                                      "no table in this chain has a clock, so it never refreshes"};
static const struct diag_rule warning = {"DT612", "order-by", SEVERITY_WARNING,
                                         "order is not kept"};

static struct sources sources;
static struct diag_sink sink;
static struct buf out;

static void set_up(void)
{
    sources_init(&sources);
    diag_sink_init(&sink);
    buf_init(&out);
}

static void tear_down(void)
{
    buf_fini(&out);
    diag_sink_fini(&sink);
    sources_fini(&sources);
}

TestSuite(diag_render, .init = set_up, .fini = tear_down);

static struct span find(uint32_t file, const char *what)
{
    struct str text = sources.files.at[file].text;
    const char *at = strstr(text.p, what);
    cr_assert_not_null(at, "`%s` is not in the text", what);
    uint32_t lo = (uint32_t)(at - text.p);
    return (struct span){file, lo, lo + (uint32_t)strlen(what)};
}

static void expect_text(const char *golden)
{
    buf_clear(&out);
    render_text(&out, &sink, &sources, (struct render_options){false});
    cr_assert_str_eq(out.p, golden, "got:\n%s", out.p);
}

Test(diag_render, the_form_of_the_design)
{
    struct buf text;
    buf_init(&text);
    buf_fill(&text, '\n', 11);
    buf_puts(&text, "silver table order_base lag downstream as\n");
    buf_fill(&text, '\n', 18);
    buf_puts(&text, "gold table user_features lag downstream as\n");
    source_add(&sources, "orders.dtl", buf_view(&text));
    struct diag *d = diag_add(&sink, &rule, find(0, "user_features"),
                              "the end of the chain, and it waits for %s",
                              "a consumer that does not exist");
    struct span clock = find(0, "order_base lag downstream");
    clock.lo = clock.hi - 10;
    diag_label(&sink, d, clock, "waits for `gold.user_features`");
    diag_note(&sink, d, "bronze.orders -> silver.order_base -> gold.user_features");
    diag_help(&sink, d, "give `gold.user_features` a time: `lag 30 minutes`");
    expect_text("orders.dtl:31:12: error[DT203]: no table in this chain has a clock, "
                "so it never refreshes\n"
                "   |\n"
                "12 | silver table order_base lag downstream as\n"
                "   |                             ~~~~~~~~~~ waits for `gold.user_features`\n"
                "31 | gold table user_features lag downstream as\n"
                "   |            ^^^^^^^^^^^^^ the end of the chain, and it waits for "
                "a consumer that does not exist\n"
                "   = note: bronze.orders -> silver.order_base -> gold.user_features\n"
                "   = help: give `gold.user_features` a time: `lag 30 minutes`\n"
                "   = more: dtc explain DT203\n");
    buf_fini(&text);
}

Test(diag_render, without_a_place)
{
    struct diag *d = diag_add(&sink, diag_rule("DT010"), SPAN_NONE, "`a\nb\x1b[31m.dtl`");
    diag_note(&sink, d, "first\nsecond");
    diag_label(&sink, d, SPAN_NONE, "a label without a place");
    expect_text("dtc: error[DT010]: file does not exist: `a\n"
                "     b?[31m.dtl`\n"
                "  = note: a label without a place\n"
                "  = note: first\n"
                "          second\n"
                "  = more: dtc explain DT010\n");
}

Test(diag_render, several_labels_share_a_line)
{
    source_add(&sources, "a.dtl", STR_LIT("select a, b, c from t;"));
    struct diag *d = diag_add(&sink, &warning, find(0, "b"), "second");
    diag_label(&sink, d, find(0, "a"), "first");
    diag_label(&sink, d, find(0, "c from t"), "third");
    diag_label(&sink, d, find(0, "a, b, c"), "all of them");
    diag_label(&sink, d, find(0, "select"), NULL);
    expect_text("a.dtl:1:11: warning[DT612]: order is not kept\n"
                "  |\n"
                "1 | select a, b, c from t;\n"
                "  | ~~~~~~ ~  ^  ~~~~~~~~ third\n"
                "  |        |  second\n"
                "  |        first\n"
                "  |        ~~~~~~~ all of them\n"
                "  = more: dtc explain DT612\n");
}

Test(diag_render, labels_of_other_files_have_their_own_excerpt)
{
    source_add(&sources, "z.dtl", STR_LIT("one\ntwo\n"));
    source_add(&sources, "b.dtl", STR_LIT("three\n"));
    source_add(&sources, "a.dtl", STR_LIT("\n\n\n\n\n\n\n\n\nfour\n"));
    struct diag *d = diag_add(&sink, &warning, find(0, "two"), NULL);
    diag_label(&sink, d, find(1, "three"), "in b");
    diag_label(&sink, d, find(2, "four"), "in a");
    diag_label(&sink, d, find(0, "one"), "in z");
    expect_text("z.dtl:2:1: warning[DT612]: order is not kept\n"
                "   |\n"
                " 1 | one\n"
                "   | ~~~ in z\n"
                " 2 | two\n"
                "   | ^^^\n"
                "  --> a.dtl:10:1\n"
                "   |\n"
                "10 | four\n"
                "   | ~~~~ in a\n"
                "  --> b.dtl:1:1\n"
                "   |\n"
                " 1 | three\n"
                "   | ~~~~~ in b\n"
                "   = more: dtc explain DT612\n");
}

/* Tabs, controls, wide and combining characters, malformed bytes: marks stay under their text. */
Test(diag_render, odd_characters_keep_their_columns)
{
    static const struct {
        struct str text;
        const char *what;
        const char *header, *line, *marks;
    } rows[] = {
        {STR_INIT("\ta\tbc"), "bc", "1:4", " a bc", "   ^^"},
        {STR_INIT("\x01\x1b" "bc"), "bc", "1:3", "??bc", "  ^^"},
        {STR_INIT("\xe6\xbc\xa2\xe5\xad\x97 bc"), "bc", "1:4",
         "\xe6\xbc\xa2\xe5\xad\x97 bc", "     ^^"},
        {STR_INIT("\xe6\xbc\xa2 x"), "\xe6\xbc\xa2", "1:1", "\xe6\xbc\xa2 x", "^^"},
        {STR_INIT("e\xcc\x81 bc"), "bc", "1:4", "e\xcc\x81 bc", "  ^^"},
        {STR_INIT("\xff\xfe bc"), "bc", "1:4", "?? bc", "   ^^"},
        {STR_INIT("\xe2\x80\xae" "bc"), "bc", "1:2", "?bc", " ^^"},
        {STR_INIT("x bc\r\ny"), "bc", "1:3", "x bc", "  ^^"},
        {STR_INIT("x bc\r\ny"), "\r\n", "1:5", "x bc", "    ^"},
        {STR_INIT("x bc\nyy\nz"), "bc\nyy", "1:3", "x bc", "  ^^"},
        {STR_INIT("x"), "", "1:1", "x", "^"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf golden;
        buf_init(&golden);
        buf_printf(&golden, "f:%s: warning[DT612]: order is not kept\n  |\n1 | %s\n  | %s\n"
                            "  = more: dtc explain DT612\n",
                   rows[i].header, rows[i].line, rows[i].marks);
        source_add(&sources, "f", rows[i].text);
        diag_add(&sink, &warning, find(0, rows[i].what), NULL);
        expect_text(golden.p);
        buf_fini(&golden);
        tear_down();
        set_up();
    }
}

Test(diag_render, the_end_of_a_file_has_a_place)
{
    source_add(&sources, "f", STR_LIT("ab\n"));
    source_add(&sources, "g", (struct str){NULL, 0});
    diag_add(&sink, &warning, (struct span){0, 3, 3}, "ends here");
    diag_add(&sink, &warning, (struct span){1, 0, 0}, NULL);
    expect_text("f:2:1: warning[DT612]: order is not kept\n"
                "  |\n"
                "2 |\n"
                "  | ^ ends here\n"
                "  = more: dtc explain DT612\n"
                "\n"
                "g:1:1: warning[DT612]: order is not kept\n"
                "  |\n"
                "1 |\n"
                "  | ^\n"
                "  = more: dtc explain DT612\n");
}

/* A line of numbers 0000 0001 ... so that a window shows where it was cut. */
static void add_long_line(struct buf *text, unsigned n)
{
    buf_init(text);
    for (unsigned i = 0; i < n; i++)
        buf_printf(text, "%04u ", i);
    source_add(&sources, "f", buf_view(text));
}

Test(diag_render, a_long_line_is_shown_around_its_label)
{
    struct buf text;
    add_long_line(&text, 5000);
    struct diag *d = diag_add(&sink, &warning, find(0, "2500"), "here");
    diag_label(&sink, d, find(0, "2503"), "near");
    diag_label(&sink, d, find(0, "0002"), "far");
    expect_text("f:1:12501: warning[DT612]: order is not kept\n"
                "  |\n"
                "1 | ...2492 2493 2494 2495 2496 2497 2498 2499 2500 2501 2502 2503 2504 2505 2506 "
                "2507 2508 2509 2510 2511 2512 2513 2514 2515 2516 2517 2518 2519 2520 "
                "2521 2522...\n"
                "  |                                            ^^^^           ~~~~ near\n"
                "  |                                            here\n"
                "1 | 0000 0001 0002 0003 0004 0005 0006 0007 0008 0009 0010 0011 0012 0013 0014 "
                "0015 0016 0017 0018 0019 0020 0021 0022 0023 0024 0025 0026 0027 0028 0029 "
                "0030 00...\n"
                "  |           ~~~~ far\n"
                "  = more: dtc explain DT612\n");
    buf_fini(&text);
}

Test(diag_render, a_label_longer_than_the_window_is_cut)
{
    struct buf text;
    add_long_line(&text, 100);
    diag_add(&sink, &warning, (struct span){0, 250, 499}, NULL);
    diag_add(&sink, &warning, (struct span){0, 490, 500}, NULL);
    render_text(&out, &sink, &sources, (struct render_options){false});
    size_t widest = 0;
    for (char *line = strtok(out.p, "\n"); line; line = strtok(NULL, "\n"))
        widest = strlen(line) > widest ? strlen(line) : widest;
    cr_expect_eq(widest, 4 + 160);
    buf_fini(&text);
}

/* A mark of no width at the very edge of what is shown of the start of a line. */
Test(diag_render, a_mark_at_the_edge_of_the_window)
{
    struct buf text;
    add_long_line(&text, 100);
    for (uint32_t at = 150; at < 170; at++)
        diag_add(&sink, &warning, (struct span){0, at, at}, "here");
    render_text(&out, &sink, &sources, (struct render_options){false});
    unsigned marks = 0;
    for (const char *p = out.p; (p = strstr(p, "^ here")) != NULL; p++)
        marks++;
    cr_expect_eq(marks, 20);
    buf_fini(&text);
}

Test(diag_render, colours_only_when_asked)
{
    source_add(&sources, "f", STR_LIT("ab\n"));
    struct diag *d = diag_add(&sink, &warning, (struct span){0, 0, 1}, "one");
    diag_label(&sink, d, (struct span){0, 1, 2}, "two");
    render_text(&out, &sink, &sources, (struct render_options){true});
    cr_expect_str_eq(out.p, "f:1:1: \x1b[1;33mwarning[DT612]\x1b[0m: order is not kept\n"
                            "\x1b[1;34m  |\x1b[0m\n"
                            "\x1b[1;34m1 |\x1b[0m ab\n"
                            "\x1b[1;34m  |\x1b[0m \x1b[1;33m^\x1b[0m\x1b[1;34m~\x1b[0m "
                            "\x1b[1;34mtwo\x1b[0m\n"
                            "\x1b[1;34m  |\x1b[0m \x1b[1;33mone\x1b[0m\n"
                            "\x1b[1;34m  =\x1b[0m more: dtc explain DT612\n");
    buf_clear(&out);
    render_text(&out, &sink, &sources, (struct render_options){false});
    cr_expect_null(strchr(out.p, '\x1b'));
}

Test(diag_render, a_fix_is_the_help_where_no_help_is)
{
    source_add(&sources, "f", STR_LIT("ab\n"));
    struct diag *d = diag_add(&sink, &warning, (struct span){0, 0, 1}, NULL);
    diag_fix(&sink, d, DIAG_FIX_SAFE, "remove it", (struct span){0, 0, 1}, "");
    expect_text("f:1:1: warning[DT612]: order is not kept\n"
                "  |\n"
                "1 | ab\n"
                "  | ^\n"
                "  = help: remove it\n"
                "  = more: dtc explain DT612\n");
    diag_help(&sink, d, "leave the order out");
    buf_clear(&out);
    render_text(&out, &sink, &sources, (struct render_options){false});
    cr_expect_null(strstr(out.p, "remove it"));
}

/* Any bytes, any spans: rendering ends, and every row of plain text is within its width. */
Test(diag_render, random_texts_and_spans)
{
    static const char *const pieces[] = {"a", "\t", "\n", "\r\n", "\xff", "\x80", "\xe6\xbc\xa2",
                                         "\xf0\x9f\x98\x80", "\xcc\x81", "\x1b",
                                         "words and more words "};
    uint64_t seed = 12345;
    for (int round = 0; round < 400; round++) {
        struct buf text;
        buf_init(&text);
        buf_putc(&text, 'x');
        while (text.n < 900) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            buf_puts(&text, pieces[(seed >> 40) % (round % 2 ? 11 : 2 + (unsigned)round % 9)]);
        }
        source_add(&sources, "f", buf_view(&text));
        struct diag *d = NULL;
        for (int i = 0; i < 8; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            uint32_t lo = (uint32_t)((seed >> 33) % (text.n + 1));
            uint32_t hi = lo + (uint32_t)((seed >> 20) % (text.n + 1 - lo));
            if (d)
                diag_label(&sink, d, (struct span){0, lo, hi}, i % 2 ? "text" : NULL);
            else
                d = diag_add(&sink, &rule, (struct span){0, lo, hi}, "primary");
        }
        render_text(&out, &sink, &sources, (struct render_options){round % 3 == 0});
        render_json(&out, &sink, &sources);
        cr_assert_not_null(strchr(out.p, '^'));
        buf_fini(&text);
        tear_down();
        set_up();
    }
}

static const char json_golden[] =
    "{\n"
    "  \"schema_version\": 1,\n"
    "  \"findings\": [\n"
    "    {\n"
    "      \"code\": \"DT612\",\n"
    "      \"name\": \"order-by\",\n"
    "      \"severity\": \"warning\",\n"
    "      \"message\": \"order is not kept: this `\\\"q\\\"`\",\n"
    "      \"file\": \"dir/f.dtl\",\n"
    "      \"line\": 1,\n"
    "      \"column\": 3,\n"
    "      \"end_line\": 2,\n"
    "      \"end_column\": 3,\n"
    "      \"related\": [\n"
    "        {\n"
    "          \"message\": \"and this\",\n"
    "          \"file\": \"dir/f.dtl\",\n"
    "          \"line\": 2,\n"
    "          \"column\": 4,\n"
    "          \"end_line\": 2,\n"
    "          \"end_column\": 5\n"
    "        }\n"
    "      ],\n"
    "      \"fixes\": [\n"
    "        {\n"
    "          \"safety\": \"unsafe\",\n"
    "          \"title\": \"cut\",\n"
    "          \"edits\": [\n"
    "            {\n"
    "              \"file\": \"dir/f.dtl\",\n"
    "              \"line\": 2,\n"
    "              \"column\": 1,\n"
    "              \"end_line\": 2,\n"
    "              \"end_column\": 3,\n"
    "              \"text\": \"\"\n"
    "            },\n"
    "            {\n"
    "              \"file\": \"dir/f.dtl\",\n"
    "              \"line\": 2,\n"
    "              \"column\": 4,\n"
    "              \"end_line\": 2,\n"
    "              \"end_column\": 5,\n"
    "              \"text\": \"y\"\n"
    "            }\n"
    "          ]\n"
    "        }\n"
    "      ],\n"
    "      \"notes\": [\n"
    "        \"n\"\n"
    "      ],\n"
    "      \"helps\": [\n"
    "        \"h\"\n"
    "      ]\n"
    "    },\n"
    "    {\n"
    "      \"code\": \"DT009\",\n"
    "      \"name\": \"too-many-errors\",\n"
    "      \"severity\": \"note\",\n"
    "      \"message\": \"too many errors, the rest of this file is not shown\",\n"
    "      \"file\": null,\n"
    "      \"line\": null,\n"
    "      \"column\": null,\n"
    "      \"end_line\": null,\n"
    "      \"end_column\": null,\n"
    "      \"related\": [],\n"
    "      \"fixes\": [],\n"
    "      \"notes\": [],\n"
    "      \"helps\": []\n"
    "    }\n"
    "  ]\n"
    "}\n";

Test(diag_render, json_has_every_key)
{
    source_add(&sources, "dir/f.dtl", STR_LIT("\xc3\xa9 order\nby x"));
    struct diag *d = diag_add(&sink, &warning, find(0, "order\nby"), "this `%s`", "\"q\"");
    diag_label(&sink, d, find(0, "x"), "and this");
    diag_note(&sink, d, "n");
    diag_help(&sink, d, "h");
    struct diag_fix *fix = diag_fix(&sink, d, DIAG_FIX_UNSAFE, "cut", find(0, "by"), "");
    diag_edit(&sink, fix, find(0, "x"), "y");
    diag_add(&sink, diag_rule("DT009"), SPAN_NONE, NULL);
    render_json(&out, &sink, &sources);
    cr_assert_str_eq(out.p, json_golden);
}

Test(diag_render, nothing_to_say)
{
    render_json(&out, &sink, &sources);
    cr_expect_str_eq(out.p, "{\n  \"schema_version\": 1,\n  \"findings\": []\n}\n");
    expect_text("");
}

Test(diag_render, the_summary)
{
    static const struct {
        int errors, warnings, notes;
        const char *text;
    } rows[] = {
        {0, 0, 0, ""},
        {1, 2, 0, "1 error, 2 warnings"},
        {0, 1, 1, "1 warning, 1 note"},
        {3, 0, 2, "3 errors, 2 notes"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int k = 0; k < rows[i].errors; k++)
            diag_add(&sink, &rule, SPAN_NONE, NULL);
        for (int k = 0; k < rows[i].warnings; k++)
            diag_add(&sink, &warning, SPAN_NONE, NULL);
        for (int k = 0; k < rows[i].notes; k++)
            diag_add(&sink, diag_rule("DT009"), SPAN_NONE, NULL);
        buf_puts(&out, "");
        render_summary(&out, &sink);
        cr_expect_str_eq(out.p, rows[i].text);
        tear_down();
        set_up();
    }
}
