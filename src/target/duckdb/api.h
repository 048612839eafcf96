/* api.h - our own declarations of the part of DuckDB's C API that is used.
 *
 * Owns: the types that cross the border by value, and one row per function. Does not own: logic.
 * Idea: the npm package has no header, and a build must not need DuckDB. A row of DUCKDB_FUNCTIONS
 * becomes a member of struct duckdb_api and is resolved by name in load.c, so a function cannot be
 * declared and then forgotten. Handles stay opaque: what is passed is only a pointer. */
#ifndef DTC_TARGET_DUCKDB_API_H
#define DTC_TARGET_DUCKDB_API_H

#include "base/buf.h"
#include <stdbool.h>
#include <stdint.h>

struct duckdb_database;
struct duckdb_connection;
struct duckdb_config;
struct duckdb_prepared;
struct duckdb_extracted;
struct duckdb_chunk;
struct duckdb_vector;
struct duckdb_logical_type;
struct duckdb_value;

/* duckdb_type: the numbers are fixed by DuckDB. */
enum duckdb_type {
    DUCKDB_INVALID = 0,
    DUCKDB_BOOLEAN = 1,
    DUCKDB_TINYINT = 2,
    DUCKDB_SMALLINT = 3,
    DUCKDB_INTEGER = 4,
    DUCKDB_BIGINT = 5,
    DUCKDB_UTINYINT = 6,
    DUCKDB_USMALLINT = 7,
    DUCKDB_UINTEGER = 8,
    DUCKDB_UBIGINT = 9,
    DUCKDB_FLOAT = 10,
    DUCKDB_DOUBLE = 11,
    DUCKDB_TIMESTAMP = 12,
    DUCKDB_DATE = 13,
    DUCKDB_TIME = 14,
    DUCKDB_INTERVAL = 15,
    DUCKDB_HUGEINT = 16,
    DUCKDB_VARCHAR = 17,
    DUCKDB_BLOB = 18,
    DUCKDB_DECIMAL = 19,
    DUCKDB_TIMESTAMP_S = 20,
    DUCKDB_TIMESTAMP_MS = 21,
    DUCKDB_TIMESTAMP_NS = 22,
    DUCKDB_ENUM = 23,
    DUCKDB_LIST = 24,
    DUCKDB_STRUCT = 25,
    DUCKDB_MAP = 26,
    DUCKDB_UUID = 27,
    DUCKDB_UNION = 28,
    DUCKDB_BIT = 29,
    DUCKDB_TIME_TZ = 30,
    DUCKDB_TIMESTAMP_TZ = 31,
    DUCKDB_UHUGEINT = 32,
    DUCKDB_ARRAY = 33,
    DUCKDB_ANY = 34,
    DUCKDB_BIGNUM = 35,
    DUCKDB_SQLNULL = 36,
    DUCKDB_STRING_LITERAL = 37,
    DUCKDB_INTEGER_LITERAL = 38,
    DUCKDB_TIME_NS = 39
};

/* duckdb_error_type, as far as it changes what we do. */
enum { DUCKDB_ERROR_INTERRUPT = 29 };

/* duckdb_result_type. */
enum {
    DUCKDB_RETURNS_INVALID = 0,
    DUCKDB_RETURNS_CHANGED_ROWS = 1,
    DUCKDB_RETURNS_NOTHING = 2,
    DUCKDB_RETURNS_ROWS = 3
};

/* duckdb_result: five deprecated members before the one that counts. Passed by value. */
struct duckdb_result {
    uint64_t old_columns, old_rows, old_changed;
    void *old_column, *old_error;
    void *internal;
};

struct duckdb_hugeint {
    uint64_t lower;
    int64_t upper;
};

struct duckdb_uhugeint {
    uint64_t lower, upper;
};

struct duckdb_interval {
    int32_t months, days;
    int64_t micros;
};

struct duckdb_decimal {
    uint8_t width, scale;
    struct duckdb_hugeint value;
};

/* duckdb_blob, duckdb_bit and duckdb_string have this shape. */
struct duckdb_bytes {
    void *data;
    uint64_t size;
};

struct duckdb_bignum {
    uint8_t *data;
    uint64_t size;
    bool is_negative;
};

struct duckdb_list_entry {
    uint64_t offset, length;
};

/* duckdb_string_t: VARCHAR, BLOB, BIT and BIGNUM inside a vector. */
union duckdb_string {
    struct {
        uint32_t length; /* at most 12 */
        char text[12];
    } near;
    struct {
        uint32_t length;
        char prefix[4];
        char *text;
    } far;
};

struct duckdb_progress {
    double percent; /* below 0: not known */
    uint64_t rows, total;
};

/* DUCKDB_API(result, name, parameters): duckdb_<name>. A state is 0 for success. */
#define DUCKDB_FUNCTIONS(X)                                                                        \
    X(const char *, library_version, (void))                                                       \
    X(int, create_config, (struct duckdb_config * *out))                                           \
    X(int, set_config, (struct duckdb_config * config, const char *name, const char *value))       \
    X(void, destroy_config, (struct duckdb_config * *config))                                      \
    X(int, open_ext,                                                                               \
      (const char *path, struct duckdb_database **out, struct duckdb_config *config,               \
       char **out_error))                                                                          \
    X(void, close, (struct duckdb_database * *database))                                           \
    X(int, connect, (struct duckdb_database * database, struct duckdb_connection * *out))          \
    X(void, disconnect, (struct duckdb_connection * *connection))                                  \
    X(void, interrupt, (struct duckdb_connection * connection))                                    \
    X(struct duckdb_progress, query_progress, (struct duckdb_connection * connection))             \
    X(void, free, (void *p))                                                                       \
    X(int, query,                                                                                  \
      (struct duckdb_connection * connection, const char *sql, struct duckdb_result *out))         \
    X(void, destroy_result, (struct duckdb_result * result))                                       \
    X(const char *, result_error, (struct duckdb_result * result))                                 \
    X(int, result_error_type, (struct duckdb_result * result))                                     \
    X(int, result_return_type, (struct duckdb_result result))                                      \
    X(uint64_t, rows_changed, (struct duckdb_result * result))                                     \
    X(uint64_t, column_count, (struct duckdb_result * result))                                     \
    X(const char *, column_name, (struct duckdb_result * result, uint64_t column))                 \
    X(struct duckdb_logical_type *, column_logical_type,                                           \
      (struct duckdb_result * result, uint64_t column))                                            \
    X(struct duckdb_chunk *, fetch_chunk, (struct duckdb_result result))                           \
    X(uint64_t, extract_statements,                                                                \
      (struct duckdb_connection * connection, const char *sql, struct duckdb_extracted **out))     \
    X(const char *, extract_statements_error, (struct duckdb_extracted * extracted))               \
    X(void, destroy_extracted, (struct duckdb_extracted * *extracted))                             \
    X(int, prepare_extracted_statement,                                                            \
      (struct duckdb_connection * connection, struct duckdb_extracted * extracted, uint64_t index, \
       struct duckdb_prepared * *out))                                                             \
    X(const char *, prepare_error, (struct duckdb_prepared * prepared))                            \
    X(void, destroy_prepare, (struct duckdb_prepared * *prepared))                                 \
    X(uint64_t, nparams, (struct duckdb_prepared * prepared))                                      \
    X(int, bind_varchar_length,                                                                    \
      (struct duckdb_prepared * prepared, uint64_t index, const char *text, uint64_t length))      \
    X(int, bind_int64, (struct duckdb_prepared * prepared, uint64_t index, int64_t value))         \
    X(int, bind_null, (struct duckdb_prepared * prepared, uint64_t index))                         \
    X(int, execute_prepared_streaming,                                                             \
      (struct duckdb_prepared * prepared, struct duckdb_result * out))                             \
    X(uint64_t, data_chunk_get_size, (struct duckdb_chunk * chunk))                                \
    X(struct duckdb_vector *, data_chunk_get_vector,                                               \
      (struct duckdb_chunk * chunk, uint64_t column))                                              \
    X(void, destroy_data_chunk, (struct duckdb_chunk * *chunk))                                    \
    X(void *, vector_get_data, (struct duckdb_vector * vector))                                    \
    X(uint64_t *, vector_get_validity, (struct duckdb_vector * vector))                            \
    X(struct duckdb_vector *, list_vector_get_child, (struct duckdb_vector * vector))              \
    X(struct duckdb_vector *, array_vector_get_child, (struct duckdb_vector * vector))             \
    X(struct duckdb_vector *, struct_vector_get_child,                                             \
      (struct duckdb_vector * vector, uint64_t index))                                             \
    X(int, get_type_id, (struct duckdb_logical_type * type))                                       \
    X(char *, logical_type_get_alias, (struct duckdb_logical_type * type))                         \
    X(void, destroy_logical_type, (struct duckdb_logical_type * *type))                            \
    X(uint8_t, decimal_width, (struct duckdb_logical_type * type))                                 \
    X(uint8_t, decimal_scale, (struct duckdb_logical_type * type))                                 \
    X(int, decimal_internal_type, (struct duckdb_logical_type * type))                             \
    X(int, enum_internal_type, (struct duckdb_logical_type * type))                                \
    X(uint32_t, enum_dictionary_size, (struct duckdb_logical_type * type))                         \
    X(char *, enum_dictionary_value, (struct duckdb_logical_type * type, uint64_t index))          \
    X(struct duckdb_logical_type *, list_type_child_type, (struct duckdb_logical_type * type))     \
    X(struct duckdb_logical_type *, array_type_child_type, (struct duckdb_logical_type * type))    \
    X(uint64_t, array_type_array_size, (struct duckdb_logical_type * type))                        \
    X(struct duckdb_logical_type *, map_type_key_type, (struct duckdb_logical_type * type))        \
    X(struct duckdb_logical_type *, map_type_value_type, (struct duckdb_logical_type * type))      \
    X(uint64_t, struct_type_child_count, (struct duckdb_logical_type * type))                      \
    X(char *, struct_type_child_name, (struct duckdb_logical_type * type, uint64_t index))         \
    X(struct duckdb_logical_type *, struct_type_child_type,                                        \
      (struct duckdb_logical_type * type, uint64_t index))                                         \
    X(uint64_t, union_type_member_count, (struct duckdb_logical_type * type))                      \
    X(char *, union_type_member_name, (struct duckdb_logical_type * type, uint64_t index))         \
    X(struct duckdb_logical_type *, union_type_member_type,                                        \
      (struct duckdb_logical_type * type, uint64_t index))                                         \
    X(struct duckdb_value *, create_null_value, (void))                                            \
    X(struct duckdb_value *, create_bool, (bool value))                                            \
    X(struct duckdb_value *, create_int8, (int8_t value))                                          \
    X(struct duckdb_value *, create_int16, (int16_t value))                                        \
    X(struct duckdb_value *, create_int32, (int32_t value))                                        \
    X(struct duckdb_value *, create_int64, (int64_t value))                                        \
    X(struct duckdb_value *, create_uint8, (uint8_t value))                                        \
    X(struct duckdb_value *, create_uint16, (uint16_t value))                                      \
    X(struct duckdb_value *, create_uint32, (uint32_t value))                                      \
    X(struct duckdb_value *, create_uint64, (uint64_t value))                                      \
    X(struct duckdb_value *, create_hugeint, (struct duckdb_hugeint value))                        \
    X(struct duckdb_value *, create_uhugeint, (struct duckdb_uhugeint value))                      \
    X(struct duckdb_value *, create_float, (float value))                                          \
    X(struct duckdb_value *, create_double, (double value))                                        \
    X(struct duckdb_value *, create_decimal, (struct duckdb_decimal value))                        \
    X(struct duckdb_value *, create_bignum, (struct duckdb_bignum value))                          \
    X(struct duckdb_value *, create_uuid, (struct duckdb_uhugeint value))                          \
    X(struct duckdb_value *, create_varchar_length, (const char *text, uint64_t length))           \
    X(struct duckdb_value *, create_blob, (const uint8_t *data, uint64_t length))                  \
    X(struct duckdb_value *, create_bit, (struct duckdb_bytes value))                              \
    X(struct duckdb_value *, create_date, (int32_t days))                                          \
    X(struct duckdb_value *, create_time, (int64_t micros))                                        \
    X(struct duckdb_value *, create_time_ns, (int64_t nanos))                                      \
    X(struct duckdb_value *, create_time_tz_value, (uint64_t bits))                                \
    X(struct duckdb_value *, create_timestamp, (int64_t micros))                                   \
    X(struct duckdb_value *, create_timestamp_tz, (int64_t micros))                                \
    X(struct duckdb_value *, create_timestamp_s, (int64_t seconds))                                \
    X(struct duckdb_value *, create_timestamp_ms, (int64_t millis))                                \
    X(struct duckdb_value *, create_timestamp_ns, (int64_t nanos))                                 \
    X(struct duckdb_value *, create_interval, (struct duckdb_interval value))                      \
    X(struct duckdb_value *, create_enum_value,                                                    \
      (struct duckdb_logical_type * type, uint64_t value))                                         \
    X(struct duckdb_value *, create_list_value,                                                    \
      (struct duckdb_logical_type * child, struct duckdb_value * *values, uint64_t n))             \
    X(struct duckdb_value *, create_array_value,                                                   \
      (struct duckdb_logical_type * child, struct duckdb_value * *values, uint64_t n))             \
    X(struct duckdb_value *, create_struct_value,                                                  \
      (struct duckdb_logical_type * type, struct duckdb_value * *values))                          \
    X(struct duckdb_value *, create_map_value,                                                     \
      (struct duckdb_logical_type * type, struct duckdb_value * *keys,                             \
       struct duckdb_value * *values, uint64_t n))                                                 \
    X(struct duckdb_value *, create_union_value,                                                   \
      (struct duckdb_logical_type * type, uint64_t tag, struct duckdb_value * value))              \
    X(char *, get_varchar, (struct duckdb_value * value))                                          \
    X(void, destroy_value, (struct duckdb_value * *value))

struct duckdb_api {
#define DUCKDB_MEMBER(result, name, parameters) result(*name) parameters;
    DUCKDB_FUNCTIONS(DUCKDB_MEMBER)
#undef DUCKDB_MEMBER
    void *library; /* dlopen's handle; kept open until the process ends */
};

/* Fills api from explicit_path, or from the first place that has the library. False when there is
 * none that can be used. path gets the file that was loaded; tried one line per place with what was
 * wrong there. */
NODISCARD bool duckdb_api_load(struct duckdb_api *api, const char *explicit_path, struct buf *path,
                               struct buf *tried);

#endif
