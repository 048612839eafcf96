/* value.c - one value of a chunk as text.
 *
 * Owns: reading DuckDB's vectors. Does not own: the form of the text, which is DuckDB's own.
 * Idea: text, whole numbers and booleans are read where they lie. All else is handed back to DuckDB
 * as a value, built from its parts, whose cast to VARCHAR gives the text: slower, and never
 * different from what SQL would have said. */
#include "target/duckdb/internal.h"
#include <inttypes.h>

struct reader {
    const struct duckdb_api *api;
    struct arena *arena;
};

static bool is_null(const struct reader *r, struct duckdb_vector *vector, uint64_t row)
{
    const uint64_t *validity = r->api->vector_get_validity(vector);
    return validity && !(validity[row / 64] >> (row % 64) & 1);
}

static struct str string_at(const void *data, uint64_t row)
{
    const union duckdb_string *s = (const union duckdb_string *)data + row;
    return str_make(s->near.length <= sizeof s->near.text ? s->near.text : s->far.text,
                    s->near.length);
}

static struct duckdb_value *build(const struct reader *r, const struct value_type *type,
                                  struct duckdb_vector *vector, uint64_t row);

static void destroy_all(const struct reader *r, struct duckdb_value **values, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        r->api->destroy_value(&values[i]);
    }
}

/* Room for n values, never NULL: DuckDB takes no NULL even for none. */
static struct duckdb_value **room(const struct reader *r, uint64_t n)
{
    return ARENA_ARRAY(r->arena, struct duckdb_value *, n + 1);
}

static struct duckdb_value *build_list(const struct reader *r, const struct value_type *type,
                                       struct duckdb_vector *vector, uint64_t row)
{
    const struct duckdb_api *api = r->api;
    bool list = type->id == DUCKDB_LIST;
    struct duckdb_vector *child =
        list ? api->list_vector_get_child(vector) : api->array_vector_get_child(vector);
    struct duckdb_list_entry at = {row * type->size, type->size};
    if (list) {
        at = ((const struct duckdb_list_entry *)api->vector_get_data(vector))[row];
    }
    const struct value_type *element = &type->children[0];
    struct duckdb_value **values = room(r, at.length);
    for (uint64_t i = 0; i < at.length; i++) {
        values[i] = build(r, element, child, at.offset + i);
    }
    struct duckdb_value *value = list
                                     ? api->create_list_value(element->logical, values, at.length)
                                     : api->create_array_value(element->logical, values, at.length);
    destroy_all(r, values, at.length);
    return value;
}

static struct duckdb_value *build_map(const struct reader *r, const struct value_type *type,
                                      struct duckdb_vector *vector, uint64_t row)
{
    const struct duckdb_api *api = r->api;
    struct duckdb_vector *entries = api->list_vector_get_child(vector);
    struct duckdb_vector *keys = api->struct_vector_get_child(entries, 0);
    struct duckdb_vector *contents = api->struct_vector_get_child(entries, 1);
    const struct duckdb_list_entry at =
        ((const struct duckdb_list_entry *)api->vector_get_data(vector))[row];
    struct duckdb_value **key = room(r, at.length);
    struct duckdb_value **content = room(r, at.length);
    for (uint64_t i = 0; i < at.length; i++) {
        key[i] = build(r, &type->children[0], keys, at.offset + i);
        content[i] = build(r, &type->children[1], contents, at.offset + i);
    }
    struct duckdb_value *value = api->create_map_value(type->logical, key, content, at.length);
    destroy_all(r, key, at.length);
    destroy_all(r, content, at.length);
    return value;
}

static struct duckdb_value *build_struct(const struct reader *r, const struct value_type *type,
                                         struct duckdb_vector *vector, uint64_t row)
{
    struct duckdb_value **values = room(r, type->n);
    for (uint32_t i = 0; i < type->n; i++) {
        values[i] = build(r, &type->children[i], r->api->struct_vector_get_child(vector, i), row);
    }
    struct duckdb_value *value = r->api->create_struct_value(type->logical, values);
    destroy_all(r, values, type->n);
    return value;
}

/* A union is stored as a struct whose first member is the tag. */
static struct duckdb_value *build_union(const struct reader *r, const struct value_type *type,
                                        struct duckdb_vector *vector, uint64_t row)
{
    struct duckdb_vector *tags = r->api->struct_vector_get_child(vector, 0);
    uint8_t tag = ((const uint8_t *)r->api->vector_get_data(tags))[row];
    if (tag >= type->n) {
        return r->api->create_null_value();
    }
    struct duckdb_vector *member = r->api->struct_vector_get_child(vector, (uint64_t)tag + 1);
    struct duckdb_value *part = build(r, &type->children[tag], member, row);
    struct duckdb_value *value = r->api->create_union_value(type->logical, tag, part);
    r->api->destroy_value(&part);
    return value;
}

static struct duckdb_value *build_decimal(const struct reader *r, const struct value_type *type,
                                          const void *data, uint64_t row)
{
    struct duckdb_decimal decimal = {.width = type->width, .scale = type->scale};
    if (type->internal == DUCKDB_HUGEINT) {
        decimal.value = ((const struct duckdb_hugeint *)data)[row];
        return r->api->create_decimal(decimal);
    }
    int64_t small = 0;
    if (type->internal == DUCKDB_SMALLINT) {
        small = ((const int16_t *)data)[row];
    } else if (type->internal == DUCKDB_INTEGER) {
        small = ((const int32_t *)data)[row];
    } else {
        small = ((const int64_t *)data)[row];
    }
    decimal.value.lower = (uint64_t)small;
    decimal.value.upper = small < 0 ? -1 : 0;
    return r->api->create_decimal(decimal);
}

static struct duckdb_value *build_enum(const struct reader *r, const struct value_type *type,
                                       const void *data, uint64_t row)
{
    uint64_t index = 0;
    if (type->internal == DUCKDB_UTINYINT) {
        index = ((const uint8_t *)data)[row];
    } else if (type->internal == DUCKDB_USMALLINT) {
        index = ((const uint16_t *)data)[row];
    } else {
        index = ((const uint32_t *)data)[row];
    }
    return r->api->create_enum_value(type->logical, index);
}

/* Stored as three bytes of header, whose first bit is 0 for a negative number, and the magnitude,
 * most significant byte first; all bits are inverted when negative. */
static struct duckdb_value *build_bignum(const struct reader *r, struct str stored)
{
    enum { HEADER = 3 };
    if (stored.n <= HEADER) {
        return r->api->create_null_value();
    }
    bool negative = !((unsigned char)stored.p[0] & 0x80);
    uint64_t n = stored.n - HEADER;
    uint8_t *magnitude = ARENA_ARRAY(r->arena, uint8_t, n);
    for (uint64_t i = 0; i < n; i++) {
        uint8_t byte = (uint8_t)stored.p[HEADER + i];
        magnitude[i] = negative ? (uint8_t)~byte : byte;
    }
    return r->api->create_bignum(
        (struct duckdb_bignum){.data = magnitude, .size = n, .is_negative = negative});
}

static struct duckdb_value *build_bytes(const struct reader *r, int id, struct str stored)
{
    if (id == DUCKDB_VARCHAR) {
        return r->api->create_varchar_length(stored.p, stored.n);
    }
    /* DuckDB declares the bytes of a bit string writable, and copies them. */
    uint8_t *copy = ARENA_ARRAY(r->arena, uint8_t, stored.n + 1);
    if (stored.n) {
        memcpy(copy, stored.p, stored.n);
    }
    return id == DUCKDB_BIT
               ? r->api->create_bit((struct duckdb_bytes){.data = copy, .size = stored.n})
               : r->api->create_blob(copy, stored.n);
}

static struct duckdb_value *build_uuid(const struct reader *r, struct duckdb_hugeint stored)
{
    /* The first bit is stored inverted, so that sorting as a number is right. */
    return r->api->create_uuid((struct duckdb_uhugeint){
        .lower = stored.lower, .upper = (uint64_t)stored.upper ^ UINT64_C(1) << 63});
}

#define AT(type) (((const type *)data)[row])

static struct duckdb_value *build_number(const struct reader *r, int id, const void *data,
                                         uint64_t row)
{
    const struct duckdb_api *api = r->api;
    switch (id) {
    case DUCKDB_BOOLEAN:
        return api->create_bool(AT(uint8_t) != 0);
    case DUCKDB_TINYINT:
        return api->create_int8(AT(int8_t));
    case DUCKDB_SMALLINT:
        return api->create_int16(AT(int16_t));
    case DUCKDB_INTEGER:
        return api->create_int32(AT(int32_t));
    case DUCKDB_BIGINT:
        return api->create_int64(AT(int64_t));
    case DUCKDB_UTINYINT:
        return api->create_uint8(AT(uint8_t));
    case DUCKDB_USMALLINT:
        return api->create_uint16(AT(uint16_t));
    case DUCKDB_UINTEGER:
        return api->create_uint32(AT(uint32_t));
    case DUCKDB_UBIGINT:
        return api->create_uint64(AT(uint64_t));
    case DUCKDB_HUGEINT:
        return api->create_hugeint(AT(struct duckdb_hugeint));
    case DUCKDB_UHUGEINT:
        return api->create_uhugeint(AT(struct duckdb_uhugeint));
    case DUCKDB_FLOAT:
        return api->create_float(AT(float));
    case DUCKDB_DOUBLE:
        return api->create_double(AT(double));
    default:
        return NULL;
    }
}

static struct duckdb_value *build_time(const struct reader *r, int id, const void *data,
                                       uint64_t row)
{
    const struct duckdb_api *api = r->api;
    switch (id) {
    case DUCKDB_DATE:
        return api->create_date(AT(int32_t));
    case DUCKDB_TIME:
        return api->create_time(AT(int64_t));
    case DUCKDB_TIME_NS:
        return api->create_time_ns(AT(int64_t));
    case DUCKDB_TIME_TZ:
        return api->create_time_tz_value(AT(uint64_t));
    case DUCKDB_TIMESTAMP:
        return api->create_timestamp(AT(int64_t));
    case DUCKDB_TIMESTAMP_TZ:
        return api->create_timestamp_tz(AT(int64_t));
    case DUCKDB_TIMESTAMP_S:
        return api->create_timestamp_s(AT(int64_t));
    case DUCKDB_TIMESTAMP_MS:
        return api->create_timestamp_ms(AT(int64_t));
    case DUCKDB_TIMESTAMP_NS:
        return api->create_timestamp_ns(AT(int64_t));
    case DUCKDB_INTERVAL:
        return api->create_interval(AT(struct duckdb_interval));
    default:
        return NULL;
    }
}

static struct duckdb_value *build(const struct reader *r, const struct value_type *type,
                                  struct duckdb_vector *vector, uint64_t row)
{
    if (is_null(r, vector, row)) {
        return r->api->create_null_value();
    }
    const void *data = r->api->vector_get_data(vector);
    struct duckdb_value *value = NULL;
    switch (type->id) {
    case DUCKDB_LIST:
    case DUCKDB_ARRAY:
        return build_list(r, type, vector, row);
    case DUCKDB_MAP:
        return build_map(r, type, vector, row);
    case DUCKDB_STRUCT:
        return build_struct(r, type, vector, row);
    case DUCKDB_UNION:
        return build_union(r, type, vector, row);
    case DUCKDB_DECIMAL:
        return build_decimal(r, type, data, row);
    case DUCKDB_ENUM:
        return build_enum(r, type, data, row);
    case DUCKDB_UUID:
        return build_uuid(r, AT(struct duckdb_hugeint));
    case DUCKDB_BIGNUM:
        return build_bignum(r, string_at(data, row));
    case DUCKDB_VARCHAR:
    case DUCKDB_BLOB:
    case DUCKDB_BIT:
        return build_bytes(r, type->id, string_at(data, row));
    default:
        value = build_number(r, type->id, data, row);
        if (!value) {
            value = build_time(r, type->id, data, row);
        }
        return value ? value : r->api->create_null_value();
    }
}

/* Whole numbers of up to 64 bits, without a way through the library. */
static bool read_whole(int id, const void *data, uint64_t row, int64_t *out)
{
    switch (id) {
    case DUCKDB_TINYINT:
        *out = AT(int8_t);
        return true;
    case DUCKDB_SMALLINT:
        *out = AT(int16_t);
        return true;
    case DUCKDB_INTEGER:
        *out = AT(int32_t);
        return true;
    case DUCKDB_BIGINT:
        *out = AT(int64_t);
        return true;
    default:
        return false;
    }
}

static struct str whole_text(struct arena *arena, int64_t value)
{
    enum { DIGITS = 20 };
    char *text = ARENA_ARRAY(arena, char, DIGITS);
    char *at = text + DIGITS;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0) {
        *--at = '-';
    }
    return str_make(at, (size_t)(text + DIGITS - at));
}

struct engine_value value_read(const struct duckdb_api *api, struct arena *arena,
                               const struct value_type *type, struct duckdb_vector *vector,
                               uint64_t row)
{
    const struct reader r = {api, arena};
    struct engine_value out = {{NULL, 0}, false};
    if (is_null(&r, vector, row)) {
        out.null = true;
        return out;
    }
    const void *data = api->vector_get_data(vector);
    int64_t whole;
    if (type->id == DUCKDB_VARCHAR) {
        out.text = string_at(data, row);
    } else if (type->id == DUCKDB_BOOLEAN) {
        out.text = AT(uint8_t) ? STR_LIT("true") : STR_LIT("false");
    } else if (read_whole(type->id, data, row, &whole)) {
        out.text = whole_text(arena, whole);
    } else {
        struct duckdb_value *value = build(&r, type, vector, row);
        char *text = api->get_varchar(value);
        out.text = arena_str(arena, str_from(text ? text : ""));
        if (text) {
            api->free(text);
        }
        api->destroy_value(&value);
    }
    return out;
}
