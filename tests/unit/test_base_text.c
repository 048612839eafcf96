/* Views, Unicode and the interner. */
#include "base/str.h"
#include "base/sym.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <stdio.h>

static int sign(int x)
{
    return (x > 0) - (x < 0);
}

Test(base_str, order_is_bytewise_and_shorter_first)
{
    static const struct {
        struct str a, b;
        int order;
    } rows[] = {
        {{NULL, 0}, {NULL, 0}, 0},
        {{NULL, 0}, STR_INIT("a"), -1},
        {STR_INIT("ab"), STR_INIT("abc"), -1},
        {STR_INIT("b"), STR_INIT("abc"), 1},
        {STR_INIT("Z"), STR_INIT("a"), -1},
        {STR_INIT("\xc3"), STR_INIT("z"), 1},
        {STR_INIT("a\0b"), STR_INIT("a\0b"), 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect_eq(sign(str_cmp(rows[i].a, rows[i].b)), rows[i].order, "row %zu", i);
        cr_expect_eq(sign(str_cmp(rows[i].b, rows[i].a)), -rows[i].order, "row %zu turned", i);
        cr_expect_eq(str_eq(rows[i].a, rows[i].b), rows[i].order == 0, "row %zu", i);
    }
}

Test(base_str, case_is_ignored_for_ascii_only)
{
    cr_expect(str_eq_nocase(STR_LIT("Select_1"), STR_LIT("sELECT_1")));
    cr_expect_not(str_eq_nocase(STR_LIT("\xc3\x84"), STR_LIT("\xc3\xa4")));
    cr_expect_not(str_eq_nocase(STR_LIT("@"), STR_LIT("`")));
    cr_expect_not(str_eq_nocase(STR_LIT("a"), STR_LIT("ab")));
}

Test(base_str, ends_and_blanks)
{
    cr_expect(str_starts(STR_LIT("abc"), "ab"));
    cr_expect(str_starts(str_make(NULL, 0), ""));
    cr_expect_not(str_starts(STR_LIT("a"), "ab"));
    cr_expect(str_ends(STR_LIT("x.dtl"), ".dtl"));
    cr_expect_not(str_ends(STR_LIT("dtl"), ".dtl"));
    cr_expect(str_is(str_trim(STR_LIT(" \t\r\n a b \n")), "a b"));
    cr_expect_eq(str_trim(STR_LIT(" \n")).n, 0);
}

Test(base_utf8, the_first_malformed_byte_is_found)
{
    static const struct {
        struct str text;
        size_t at;
    } rows[] = {
        {STR_INIT(""), 0},
        {STR_INIT("plain ascii that is longer than eight"), 37},
        {STR_INIT("\xc3\xa9t\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"), 14},
        {STR_INIT("12345678\xff"), 8},
        {STR_INIT("\x80"), 0},
        {STR_INIT("a\xc3"), 1},
        {STR_INIT("a\xe2\x82"), 1},
        {STR_INIT("\xc0\xaf"), 0},         /* overlong */
        {STR_INIT("\xe0\x80\x80"), 0},     /* overlong */
        {STR_INIT("x\xed\xa0\x80"), 1},    /* surrogate */
        {STR_INIT("\xf4\x90\x80\x80"), 0}, /* beyond U+10FFFF */
        {STR_INIT("\xf4\x8f\xbf\xbf"), 4},
        {STR_INIT("a\0b"), 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        cr_expect_eq(utf8_check(rows[i].text), rows[i].at, "row %zu: %zu", i,
                     utf8_check(rows[i].text));
}

Test(base_utf8, counts_and_widths)
{
    static const struct {
        struct str text;
        size_t count, width;
    } rows[] = {
        {STR_INIT(""), 0, 0},
        {STR_INIT("abc\t"), 4, 4},
        {STR_INIT("\xc3\xa9"), 1, 1},
        {STR_INIT("e\xcc\x81"), 2, 1},                 /* combining accent */
        {STR_INIT("\xe6\xbc\xa2\xe5\xad\x97"), 2, 4},  /* two wide ones */
        {STR_INIT("\xf0\x9f\x98\x80"), 1, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cr_expect_eq(utf8_count(rows[i].text), rows[i].count, "row %zu", i);
        cr_expect_eq(utf8_width(rows[i].text), rows[i].width, "row %zu", i);
    }
}

Test(base_utf8, next_always_moves)
{
    int32_t cp = 0;
    cr_expect_eq(utf8_next(STR_LIT("\xe2\x82\xac"), &cp), 3);
    cr_expect_eq(cp, 0x20ac);
    cr_expect_eq(utf8_next(STR_LIT("\xe2\x82"), &cp), 1);
    cr_expect_eq(cp, -1);
    cr_expect_eq(utf8_next(STR_LIT(""), &cp), 0);
    cr_expect_eq(cp, -1);
}

Test(base_sym, equal_text_equal_number)
{
    struct interner in;
    interner_init(&in);
    cr_assert_eq(sym_find(&in, STR_LIT("a")), 0);
    sym_t a = sym_intern(&in, STR_LIT("a"));
    cr_assert_eq(a, 1);
    cr_assert_eq(sym_intern(&in, STR_LIT("b")), 2);
    cr_assert_eq(sym_intern(&in, STR_LIT("a")), a);
    cr_assert_eq(sym_find(&in, STR_LIT("a")), a);
    cr_assert_neq(sym_intern(&in, STR_LIT("A")), a);
    cr_assert_neq(sym_intern(&in, STR_LIT("a\0")), a);
    cr_assert_str_eq(sym_text(&in, a).p, "a");
    cr_assert_str_eq(sym_text(&in, 0).p, "");
    interner_fini(&in);
}

/* The word-wise folding against the plain one, for every byte at every place of every short
 * length. */
Test(base_sym, folding_agrees_with_the_plain_way)
{
    struct interner in;
    interner_init(&in);
    for (size_t n = 1; n <= 20; n++) {
        for (size_t at = 0; at < n; at++) {
            for (int byte = 0; byte < 256; byte++) {
                char text[20];
                char upper[20];
                memset(text, 'm', n);
                text[at] = (char)byte;
                for (size_t i = 0; i < n; i++)
                    upper[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 32) : text[i];
                sym_t folded = sym_intern_upper(&in, str_make(text, n));
                cr_assert_eq(folded, sym_intern(&in, str_make(upper, n)), "%zu %zu %d", n, at,
                             byte);
                cr_assert(str_eq(sym_text(&in, folded), str_make(upper, n)));
                cr_assert_eq(folded, sym_intern_upper(&in, str_make(text, n)));
            }
        }
    }
    interner_fini(&in);
}

Test(base_sym, growth_keeps_numbers_and_texts)
{
    struct interner in;
    interner_init(&in);
    char text[32];
    for (unsigned i = 0; i < 200000; i++) {
        int n = snprintf(text, sizeof text, "column_%u", i);
        cr_assert_eq(sym_intern(&in, str_make(text, (size_t)n)), i + 1);
    }
    for (unsigned i = 0; i < 200000; i++) {
        int n = snprintf(text, sizeof text, "column_%u", i);
        cr_assert_eq(sym_find(&in, str_make(text, (size_t)n)), i + 1);
        cr_assert_str_eq(sym_text(&in, i + 1).p, text);
    }
    interner_fini(&in);
}

Test(base_sym, long_texts)
{
    struct interner in;
    interner_init(&in);
    static char text[1000003];
    memset(text, 'q', sizeof text);
    sym_t one = sym_intern_upper(&in, str_make(text, sizeof text));
    text[sizeof text - 1] = 'Q';
    cr_assert_eq(sym_intern_upper(&in, str_make(text, sizeof text)), one);
    text[sizeof text - 1] = 'r';
    cr_assert_neq(sym_intern_upper(&in, str_make(text, sizeof text)), one);
    interner_fini(&in);
}

Test(base_sym, a_number_that_was_never_given_is_a_bug, .exit_code = 2)
{
    struct interner in;
    interner_init(&in);
    (void)sym_text(&in, 1);
}
