/* Sources, the sink and its order, suggestions, explanations. */
#include "diag/ctx.h"
#include "diag/explain.h"
#include "diag/suggest.h"

#include <criterion/criterion.h>

static const struct diag_rule rule_a = {"DT801", "a", SEVERITY_ERROR, "a"};
static const struct diag_rule rule_b = {"DT802", "b", SEVERITY_WARNING, "b"};

Test(diag_source, places_and_lines)
{
    struct sources sources;
    sources_init(&sources);
    uint32_t f = source_add(&sources, "f", STR_LIT("ab\r\n\xc3\xa9x\n\nlast\r"));
    static const struct {
        uint32_t offset, line, column;
    } rows[] = {
        {0, 1, 1}, {2, 1, 3}, {4, 2, 1}, {6, 2, 2}, {7, 2, 3},
        {8, 3, 1}, {9, 4, 1}, {14, 4, 6}, {99, 4, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct place place = source_place(&sources, f, rows[i].offset);
        cr_expect_eq(place.line, rows[i].line, "row %zu", i);
        cr_expect_eq(place.column, rows[i].column, "row %zu", i);
    }
    cr_expect(str_is(source_line(&sources, f, 1), "ab"));
    cr_expect(str_is(source_line(&sources, f, 2), "\xc3\xa9x"));
    cr_expect(str_is(source_line(&sources, f, 3), ""));
    cr_expect(str_is(source_line(&sources, f, 4), "last\r"));
    cr_expect(str_is(source_line(&sources, f, 5), ""));
    cr_expect(str_is(source_line(&sources, f, 0), ""));
    cr_expect(str_is(source_text(&sources, (struct span){f, 4, 7}), "\xc3\xa9x"));
    cr_expect_eq(source_text(&sources, SPAN_NONE).n, 0);
    sources_fini(&sources);
}

Test(diag_source, a_span_beyond_the_text_is_a_bug, .exit_code = 2)
{
    struct sources sources;
    sources_init(&sources);
    source_add(&sources, "f", STR_LIT("ab"));
    (void)source_text(&sources, (struct span){0, 1, 3});
}

Test(diag_sink, sorted_by_path_offset_code_arrival)
{
    struct dtc ctx;
    dtc_init(&ctx);
    uint32_t z = source_add(&ctx.sources, "z", STR_LIT("0123456789"));
    uint32_t a = source_add(&ctx.sources, "a", STR_LIT("0123456789"));
    static const struct {
        const struct diag_rule *rule;
        int file; /* 0 z, 1 a, 2 none */
        uint32_t lo;
        const char *label;
    } rows[] = {
        {&rule_a, 0, 5, "8"}, {&rule_b, 1, 3, "6"}, {&rule_a, 1, 3, "4"}, {&rule_a, 1, 3, "5"},
        {&rule_a, 0, 2, "7"}, {&rule_a, 2, 0, "1"}, {&rule_b, 2, 0, "2"}, {&rule_b, 1, 1, "3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t file = rows[i].file == 0 ? z : rows[i].file == 1 ? a : SPAN_NO_FILE;
        diag_add(&ctx.diags, rows[i].rule, (struct span){file, rows[i].lo, rows[i].lo}, "%s",
                 rows[i].label);
    }
    diag_sort(&ctx.diags, &ctx.sources);
    cr_assert_eq(ctx.diags.all.n, 8);
    for (uint32_t i = 0; i < 8; i++)
        cr_expect_eq(ctx.diags.all.at[i]->labels.at[0].text[0], '1' + (char)i, "place %u", i);
    dtc_fini(&ctx);
}

Test(diag_sink, equal_findings_are_kept_once)
{
    struct dtc ctx;
    dtc_init(&ctx);
    uint32_t f = source_add(&ctx.sources, "f", STR_LIT("0123456789"));
    struct diag *first = diag_add(&ctx.diags, &rule_a, (struct span){f, 1, 2}, "same");
    diag_add(&ctx.diags, &rule_a, (struct span){f, 1, 3}, "same");  /* another span */
    diag_add(&ctx.diags, &rule_a, (struct span){f, 1, 2}, "other"); /* another label */
    diag_add(&ctx.diags, &rule_b, (struct span){f, 1, 2}, "same");  /* another rule */
    struct diag *again = diag_add(&ctx.diags, &rule_a, (struct span){f, 1, 2}, "same");
    diag_label(&ctx.diags, again, SPAN_NONE, NULL);
    diag_fix(&ctx.diags, again, DIAG_FIX_SAFE, "t", SPAN_NONE, "x");
    cr_expect_eq(ctx.diags.counts[SEVERITY_ERROR], 4);
    diag_sort(&ctx.diags, &ctx.sources);
    cr_expect_eq(ctx.diags.all.n, 4);
    cr_expect_eq(ctx.diags.all.at[0], first);
    cr_expect_eq(ctx.diags.counts[SEVERITY_ERROR], 3);
    cr_expect_eq(ctx.diags.counts[SEVERITY_WARNING], 1);
    diag_sort(&ctx.diags, &ctx.sources);
    cr_expect_eq(ctx.diags.all.n, 4);
    dtc_fini(&ctx);
}

Test(diag_sink, many_and_long)
{
    struct dtc ctx;
    dtc_init(&ctx);
    for (int i = 0; i < 20000; i++) {
        struct diag *d = diag_add(&ctx.diags, &rule_b, SPAN_NONE, "%0*d", 200, i / 2);
        diag_note(&ctx.diags, d, "%d", i);
        diag_help(&ctx.diags, d, "%d", i);
    }
    cr_expect_not(diag_has_errors(&ctx.diags));
    diag_sort(&ctx.diags, &ctx.sources);
    cr_expect_eq(ctx.diags.all.n, 10000);
    cr_expect_str_eq(ctx.diags.all.at[9999]->notes.at[0], "19998");
    ctx.diags.all.at[7]->severity = SEVERITY_ERROR;
    cr_expect(diag_has_errors(&ctx.diags));
    dtc_fini(&ctx);
}

Test(diag_rules, rows_are_found_by_code)
{
    uint32_t n;
    const struct diag_rule *rules = diag_rules(&n);
    cr_assert_gt(n, 30);
    for (uint32_t i = 0; i < n; i++) {
        cr_expect_eq(diag_rule(rules[i].code), &rules[i]);
        if (i > 0)
            cr_expect_lt(strcmp(rules[i - 1].code, rules[i].code), 0, "%s", rules[i].code);
    }
    cr_expect_eq(diag_rule("DT009")->severity, SEVERITY_NOTE);
    cr_expect_str_eq(severity_name(SEVERITY_WARNING), "warning");
}

Test(diag_rules, a_code_without_a_row_is_a_bug, .exit_code = 2)
{
    (void)diag_rule("DT000");
}

Test(diag_rules, each_row_is_explained)
{
    uint32_t n;
    const struct diag_rule *rules = diag_rules(&n);
    for (uint32_t i = 0; i < n; i++) {
        struct str text = explain_find(rules[i].code);
        cr_expect_gt(text.n, 80, "%s", rules[i].code);
        cr_expect_neq(text.p[0], '#', "%s", rules[i].code);
        cr_expect_neq(text.p[text.n - 1], '\n', "%s", rules[i].code);
        cr_expect(str_eq(explain_find(rules[i].name), text), "%s by its name", rules[i].name);
    }
}

Test(diag_explain, sections)
{
    struct explain_iter it = {0};
    struct explain_entry entry;
    cr_assert(explain_all(&it, &entry));
    cr_expect(str_is(entry.code, "DT001"));
    cr_expect(str_is(entry.name, "unexpected-token"));
    cr_expect(str_starts(entry.text, "The text cannot go on like this."));
    cr_expect(str_ends(entry.text, "one slip does not hide the next."));
    cr_expect_eq(explain_find("dt001").p, entry.text.p);
    cr_expect_eq(explain_find("DT0").n, 0);
    cr_expect_eq(explain_find("").n, 0);
    uint32_t found = 1;
    while (explain_all(&it, &entry)) {
        cr_expect_eq(entry.code.n, 5);
        found++;
    }
    uint32_t n;
    (void)diag_rules(&n);
    cr_expect_geq(found, n);
}

Test(diag_suggest, near_enough_or_nothing)
{
    static const struct {
        const char *wanted, *offered[4], *best;
    } rows[] = {
        {"user_featurs", {"user_feature", "user_features", "users"}, "user_feature"},
        {"order", {"ORDER", "orders"}, "ORDER"},
        {"oders", {"borders", "orders", "odors"}, "odors"},
        {"recieve", {"receive"}, "receive"}, /* a swap counts once */
        {"ab", {"ba"}, "ba"},
        {"a", {"b"}, ""},
        {"abc", {"xyz", "abz"}, "abz"},
        {"abc", {"azz"}, ""},
        {"revenue", {"revenu_eur"}, ""},
        {"dau", {"day", "dam"}, "dam"}, /* a tie: bytewise first */
        {"", {"a", ""}, ""},
        {"gr\xc3\xb6sse", {"gr\xc3\xb6\xc3\x9f" "e", "grosse"}, "grosse"},
        {"x", {"", "x"}, "x"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct suggest forward = suggest_begin(str_from(rows[i].wanted));
        struct suggest backward = forward;
        for (int k = 0; k < 4 && rows[i].offered[k]; k++)
            suggest_offer(&forward, str_from(rows[i].offered[k]));
        for (int k = 3; k >= 0; k--)
            if (rows[i].offered[k])
                suggest_offer(&backward, str_from(rows[i].offered[k]));
        cr_expect(str_is(forward.best, rows[i].best), "%s: %.*s", rows[i].wanted,
                  (int)forward.best.n, forward.best.p);
        cr_expect(str_eq(forward.best, backward.best), "%s: order matters", rows[i].wanted);
    }
}

Test(diag_suggest, long_names_are_not_compared)
{
    char text[80];
    memset(text, 'q', sizeof text);
    struct suggest s = suggest_begin(str_make(text, 64));
    suggest_offer(&s, str_make(text, 65));
    cr_expect_eq(s.best.n, 0);
    suggest_offer(&s, str_make(text, 60));
    cr_expect_eq(s.distance, 4);
    s = suggest_begin(str_make(text, 65));
    suggest_offer(&s, str_make(text, 65));
    cr_expect_eq(s.best.n, 0);
}
