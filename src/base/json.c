/* json.c - JSON behind our names.
 *
 * Owns the writer: streamed, indented by two blanks or on one line, in the order of the calls,
 * always valid JSON and valid UTF-8. Reading is cJSON's; this file adds the limits and the getters
 * and is the only one that includes cJSON.h. Misuse of the writer (a value without a key) is a
 * BUG. */
#include "base/json.h"

#include "base/utf8.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Doubles hold whole numbers exactly up to here. */
#define EXACT_MAX 9007199254740992.0

void json_begin(struct json_out *j, struct buf *buf, bool compact)
{
    *j = (struct json_out){.buf = buf, .compact = compact};
}

void json_end(const struct json_out *j)
{
    if (j->depth != 0)
        BUG("json: %d objects or arrays are still open", j->depth);
}

static void new_line(struct json_out *j)
{
    if (j->compact)
        return;
    buf_putc(j->buf, '\n');
    buf_fill(j->buf, ' ', (size_t)j->depth * 2);
}

/* Comma and line end before a key or an array element. */
static void separate(struct json_out *j)
{
    if (!j->first[j->depth - 1])
        buf_putc(j->buf, ',');
    j->first[j->depth - 1] = false;
    new_line(j);
}

static void before_value(struct json_out *j)
{
    if (j->depth > 0 && j->kind[j->depth - 1] == '{') {
        if (!j->after_key)
            BUG("json: a value in an object without a key");
        j->after_key = false;
    } else if (j->depth > 0) {
        separate(j);
    }
}

void json_open(struct json_out *j, char kind)
{
    if (kind != '{' && kind != '[')
        BUG("json: cannot open with `%c`", kind);
    if (j->depth == JSON_DEPTH_MAX)
        BUG("json: deeper than %d", JSON_DEPTH_MAX);
    before_value(j);
    buf_putc(j->buf, kind);
    j->kind[j->depth] = kind;
    j->first[j->depth] = true;
    j->depth++;
}

void json_close(struct json_out *j)
{
    if (j->depth == 0)
        BUG("json: close without open");
    if (j->after_key)
        BUG("json: a key without a value");
    j->depth--;
    if (!j->first[j->depth])
        new_line(j);
    buf_putc(j->buf, j->kind[j->depth] == '{' ? '}' : ']');
}

/* The two-character escape of a byte, or 0 when it has none. */
static char short_escape(char c)
{
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    const char *at = c ? strchr(from, c) : NULL;
    return at ? to[at - from] : '\0';
}

static void add_quoted(struct buf *buf, struct str s)
{
    buf_putc(buf, '"');
    size_t run = 0; /* start of the bytes that are copied as they are */
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        int32_t cp = c;
        size_t n = c < 0x80 ? 1 : utf8_next(str_make(s.p + i, s.n - i), &cp);
        if (cp >= 0x20 && cp != '"' && cp != '\\' && cp != 0x7f) {
            i += n;
            continue;
        }
        buf_add(buf, s.p + run, i - run);
        if (cp < 0)
            buf_puts(buf, "\xef\xbf\xbd");
        else if (short_escape((char)c))
            buf_printf(buf, "\\%c", short_escape((char)c));
        else
            buf_printf(buf, "\\u%04x", (unsigned)c);
        i += n;
        run = i;
    }
    if (run < s.n)
        buf_add(buf, s.p + run, s.n - run);
    buf_putc(buf, '"');
}

void json_key(struct json_out *j, const char *key)
{
    if (j->depth == 0 || j->kind[j->depth - 1] != '{' || j->after_key)
        BUG("json: the key `%s` stands where none may stand", key);
    separate(j);
    add_quoted(j->buf, str_from(key));
    buf_puts(j->buf, j->compact ? ":" : ": ");
    j->after_key = true;
}

void json_str(struct json_out *j, struct str s)
{
    before_value(j);
    add_quoted(j->buf, s);
}

void json_text(struct json_out *j, const char *text)
{
    if (text)
        json_str(j, str_from(text));
    else
        json_null(j);
}

void json_int(struct json_out *j, int64_t value)
{
    before_value(j);
    buf_printf(j->buf, "%lld", (long long)value);
}

/* The shortest text that reads back as the same number; JSON has no infinity and no NaN. */
void json_real(struct json_out *j, double value)
{
    char text[40];
    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (!(strtod(text, NULL) < value) && !(strtod(text, NULL) > value))
            break;
    }
    before_value(j);
    buf_puts(j->buf, text);
}

void json_bool(struct json_out *j, bool value)
{
    before_value(j);
    buf_puts(j->buf, value ? "true" : "false");
}

void json_null(struct json_out *j)
{
    before_value(j);
    buf_puts(j->buf, "null");
}

void json_kstr(struct json_out *j, const char *key, struct str s)
{
    json_key(j, key);
    json_str(j, s);
}

void json_ktext(struct json_out *j, const char *key, const char *text)
{
    json_key(j, key);
    json_text(j, text);
}

void json_kint(struct json_out *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

void json_kbool(struct json_out *j, const char *key, bool value)
{
    json_key(j, key);
    json_bool(j, value);
}

void json_knull(struct json_out *j, const char *key)
{
    json_key(j, key);
    json_null(j);
}

void json_kopen(struct json_out *j, const char *key, char kind)
{
    json_key(j, key);
    json_open(j, kind);
}

struct cJSON *json_parse(struct str text, size_t *error_offset)
{
    *error_offset = 0;
    if (text.n == 0)
        return NULL;
    const char *end = text.p;
    struct cJSON *json = cJSON_ParseWithLengthOpts(text.p, text.n, &end, 0);
    size_t at = end ? (size_t)(end - text.p) : 0;
    while (json && at < text.n && strchr(" \t\r\n", text.p[at]) && text.p[at])
        at++;
    *error_offset = at;
    if (json && at < text.n) {
        cJSON_Delete(json);
        return NULL;
    }
    return json;
}

void json_free(struct cJSON *json)
{
    cJSON_Delete(json);
}

const struct cJSON *json_get(const struct cJSON *object, const char *key)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, key) : NULL;
}

const char *json_get_text(const struct cJSON *object, const char *key)
{
    return json_value_text(json_get(object, key));
}

const char *json_value_text(const struct cJSON *value)
{
    return cJSON_IsString(value) ? value->valuestring : NULL;
}

int json_count(const struct cJSON *array)
{
    return cJSON_IsArray(array) || cJSON_IsObject(array) ? cJSON_GetArraySize(array) : 0;
}

const struct cJSON *json_at(const struct cJSON *array, int i)
{
    return cJSON_IsArray(array) || cJSON_IsObject(array) ? cJSON_GetArrayItem(array, i) : NULL;
}

const struct cJSON *json_first(const struct cJSON *parent)
{
    return cJSON_IsArray(parent) || cJSON_IsObject(parent) ? parent->child : NULL;
}

const struct cJSON *json_next(const struct cJSON *value)
{
    return value ? value->next : NULL;
}

const char *json_value_key(const struct cJSON *value)
{
    return value ? value->string : NULL;
}

bool json_get_int(const struct cJSON *object, const char *key, int64_t *out)
{
    const struct cJSON *value = json_get(object, key);
    if (!cJSON_IsNumber(value) || !(fabs(value->valuedouble) <= EXACT_MAX))
        return false;
    int64_t whole = (int64_t)value->valuedouble;
    double back = (double)whole;
    if (back < value->valuedouble || back > value->valuedouble)
        return false;
    *out = whole;
    return true;
}

bool json_get_bool(const struct cJSON *object, const char *key, bool *out)
{
    const struct cJSON *value = json_get(object, key);
    if (!cJSON_IsBool(value))
        return false;
    *out = cJSON_IsTrue(value);
    return true;
}
