/* JSON: what the writer prints, and what the reader takes and refuses. */
#include "base/json.h"

#include <cjson/cJSON.h>
#include <criterion/criterion.h>

static void write_sample(struct json_out *j)
{
    json_open(j, '{');
    json_kint(j, "n", -7);
    json_kopen(j, "list", '[');
    json_bool(j, true);
    json_null(j);
    json_open(j, '[');
    json_close(j);
    json_open(j, '{');
    json_close(j);
    json_close(j);
    json_ktext(j, "none", NULL);
    json_kstr(j, "s", STR_LIT("x"));
    json_close(j);
    json_end(j);
}

Test(base_json, the_two_layouts)
{
    struct buf buf;
    struct json_out j;
    buf_init(&buf);
    json_begin(&j, &buf, true);
    write_sample(&j);
    cr_expect_str_eq(buf.p, "{\"n\":-7,\"list\":[true,null,[],{}],\"none\":null,\"s\":\"x\"}");
    buf_clear(&buf);
    json_begin(&j, &buf, false);
    write_sample(&j);
    cr_expect_str_eq(buf.p, "{\n"
                            "  \"n\": -7,\n"
                            "  \"list\": [\n"
                            "    true,\n"
                            "    null,\n"
                            "    [],\n"
                            "    {}\n"
                            "  ],\n"
                            "  \"none\": null,\n"
                            "  \"s\": \"x\"\n"
                            "}");
    buf_fini(&buf);
}

Test(base_json, strings_are_escaped)
{
    static const struct {
        struct str text;
        const char *json;
    } rows[] = {
        {STR_INIT(""), "\"\""},
        {STR_INIT("a\"b\\c/d"), "\"a\\\"b\\\\c/d\""},
        {STR_INIT("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\""},
        {STR_INIT("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\\u007f\""},
        {STR_INIT("\xc3\xa9 \xf0\x9f\x98\x80"), "\"\xc3\xa9 \xf0\x9f\x98\x80\""},
        {STR_INIT("a\xff\xc3"), "\"a\xef\xbf\xbd\xef\xbf\xbd\""},
        {STR_INIT("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    struct buf buf;
    struct json_out j;
    buf_init(&buf);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&buf);
        json_begin(&j, &buf, true);
        json_str(&j, rows[i].text);
        cr_expect_str_eq(buf.p, rows[i].json);
    }
    buf_fini(&buf);
}

Test(base_json, numbers)
{
    static const struct {
        double value;
        const char *json;
    } rows[] = {
        {0.1, "0.1"}, {1e300, "1e+300"}, {1.0 / 3, "0.3333333333333333"}, {-2, "-2"},
        {0.0 / 1, "0"}, {1e308 * 10, "null"},
    };
    struct buf buf;
    struct json_out j;
    buf_init(&buf);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_clear(&buf);
        json_begin(&j, &buf, true);
        json_real(&j, rows[i].value);
        cr_expect_str_eq(buf.p, rows[i].json);
    }
    buf_clear(&buf);
    json_begin(&j, &buf, true);
    json_int(&j, INT64_MIN);
    cr_expect_str_eq(buf.p, "-9223372036854775808");
    buf_fini(&buf);
}

Test(base_json, a_value_without_a_key_is_a_bug, .exit_code = 2)
{
    struct buf buf;
    struct json_out j;
    buf_init(&buf);
    json_begin(&j, &buf, true);
    json_open(&j, '{');
    json_int(&j, 1);
}

Test(base_json, what_stays_open_is_a_bug, .exit_code = 2)
{
    struct buf buf;
    struct json_out j;
    buf_init(&buf);
    json_begin(&j, &buf, true);
    json_open(&j, '[');
    json_end(&j);
}

Test(base_json, too_deep_is_a_bug, .exit_code = 2)
{
    struct buf buf;
    struct json_out j;
    buf_init(&buf);
    json_begin(&j, &buf, true);
    for (int i = 0; i <= JSON_DEPTH_MAX; i++)
        json_open(&j, '[');
}

Test(base_json, values_are_read)
{
    size_t at;
    struct cJSON *json =
        json_parse(STR_LIT(" {\"a\":\"x\",\"b\":[1,\"two\",3],\"c\":true,\"d\":4.5,"
                           "\"e\":9007199254740992,\"f\":1e30,\"g\":-3} \n"),
                   &at);
    cr_assert_not_null(json);
    int64_t n = 99;
    bool flag = false;
    cr_expect_str_eq(json_get_text(json, "a"), "x");
    cr_expect_null(json_get_text(json, "A"));
    cr_expect_null(json_get_text(json, "b"));
    cr_expect_eq(json_count(json_get(json, "b")), 3);
    cr_expect_eq(json_count(json_get(json, "a")), 0);
    cr_expect_str_eq(json_value_text(json_at(json_get(json, "b"), 1)), "two");
    cr_expect_null(json_at(json_get(json, "b"), 3));
    cr_expect(json_get_bool(json, "c", &flag));
    cr_expect(flag);
    cr_expect_not(json_get_bool(json, "a", &flag));
    cr_expect_not(json_get_int(json, "d", &n));
    cr_expect_not(json_get_int(json, "f", &n));
    cr_expect_not(json_get_int(json, "missing", &n));
    cr_expect_eq(n, 99);
    cr_expect(json_get_int(json, "e", &n));
    cr_expect_eq(n, INT64_C(9007199254740992));
    cr_expect(json_get_int(json, "g", &n));
    cr_expect_eq(n, -3);
    int keys = 0;
    for (const struct cJSON *v = json_first(json); v; v = json_next(v))
        keys += json_value_key(v) != NULL;
    cr_expect_eq(keys, 7);
    cr_expect_null(json_get(NULL, "a"));
    cr_expect_null(json_first(NULL));
    json_free(json);
}

Test(base_json, what_is_not_json_is_refused)
{
    static const struct {
        struct str text;
        size_t at;
    } rows[] = {
        {STR_INIT(""), 0},           {STR_INIT("{\"a\":}"), 5}, {STR_INIT("{} x"), 3},
        {STR_INIT("[1,2"), 3},       {STR_INIT("{}\0"), 2},     {STR_INIT("nul"), 0},
        {STR_INIT("\"open"), 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t at = 99;
        cr_expect_null(json_parse(rows[i].text, &at), "row %zu", i);
        cr_expect_eq(at, rows[i].at, "row %zu: %zu", i, at);
    }
}

Test(base_json, nesting_too_deep_is_refused)
{
    struct buf buf;
    size_t at;
    buf_init(&buf);
    buf_fill(&buf, '[', 100000);
    buf_fill(&buf, ']', 100000);
    cr_expect_null(json_parse(buf_view(&buf), &at));
    buf_clear(&buf);
    buf_fill(&buf, '[', 500);
    buf_fill(&buf, ']', 500);
    struct cJSON *json = json_parse(buf_view(&buf), &at);
    cr_expect_not_null(json);
    json_free(json);
    buf_fini(&buf);
}
