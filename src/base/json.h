/* json.h - JSON behind our names.
 *
 * Writing is streamed: struct json_out appends to a buffer, in the order of the calls, indented by
 * two blanks, and checks (BUG) that objects and arrays are closed. Reading is cJSON: json_parse
 * returns its tree, and the typed getters say which path was wrong. */
#ifndef DTC_BASE_JSON_H
#define DTC_BASE_JSON_H

#include "base/buf.h"
#include <stdint.h>

#define JSON_DEPTH_MAX 64

struct json_out {
    struct buf *buf; /* borrowed */
    int depth;
    bool first[JSON_DEPTH_MAX];
    char kind[JSON_DEPTH_MAX]; /* '{' or '[' */
    bool compact;              /* one line, for JSON lines */
    bool after_key;
};

void json_begin(struct json_out *j, struct buf *buf, bool compact);
void json_open(struct json_out *j, char kind); /* '{' or '[' */
void json_close(struct json_out *j);
void json_key(struct json_out *j, const char *key);
/* Escapes; bytes that are not UTF-8 become U+FFFD. */
void json_str(struct json_out *j, struct str s);
void json_text(struct json_out *j, const char *text); /* NULL prints null */
void json_int(struct json_out *j, int64_t value);
void json_real(struct json_out *j, double value);
void json_bool(struct json_out *j, bool value);
void json_null(struct json_out *j);
/* BUG when an object or an array is still open. */
void json_end(const struct json_out *j);
/* key and value in one call */
void json_kstr(struct json_out *j, const char *key, struct str s);
void json_ktext(struct json_out *j, const char *key, const char *text);
void json_kint(struct json_out *j, const char *key, int64_t value);
void json_kbool(struct json_out *j, const char *key, bool value);
void json_knull(struct json_out *j, const char *key);
void json_kopen(struct json_out *j, const char *key, char kind);

struct cJSON;
/* Owned by the caller (json_free); NULL when the text is not JSON: *error_offset says where. */
struct cJSON *json_parse(struct str text, size_t *error_offset);
void json_free(struct cJSON *json);
/* Borrowed; NULL when absent or of another type. */
const char *json_get_text(const struct cJSON *object, const char *key);
const struct cJSON *json_get(const struct cJSON *object, const char *key);
/* Of an array or an object. json_at counts from the start: iterate with json_first and
 * json_next. */
int json_count(const struct cJSON *array);
const struct cJSON *json_at(const struct cJSON *array, int i);
const struct cJSON *json_first(const struct cJSON *parent);
const struct cJSON *json_next(const struct cJSON *value);
/* The text of a string value; the key of a member of an object. NULL when it is not one. */
const char *json_value_text(const struct cJSON *value);
const char *json_value_key(const struct cJSON *value);
/* False when absent, of another type, not whole, or too large for a double to hold exactly. */
bool json_get_int(const struct cJSON *object, const char *key, int64_t *out);
bool json_get_bool(const struct cJSON *object, const char *key, bool *out);

#endif
