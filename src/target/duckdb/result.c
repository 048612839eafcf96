/* result.c - rows on their way out of the engine.
 *
 * Owns: the result handle, the current chunk and row. Does not own: what a value looks like
 * (value.c). Idea: one chunk (2048 rows) is in memory at a time; a row is an index into it, and the
 * texts made for a row are forgotten at the next one. Memory stays flat however many rows there
 * are. */
#include "target/duckdb/internal.h"
#include <stdlib.h>

static void read_columns(struct engine_result *result)
{
    struct duckdb_api *api = &result->engine->api;
    uint64_t n = api->column_count(&result->raw);
    result->columns = ARENA_ARRAY(&result->arena, struct column, n);
    result->n = (uint32_t)n;
    for (uint32_t i = 0; i < result->n; i++) {
        struct column *column = &result->columns[i];
        const char *name = api->column_name(&result->raw, i);
        column->name = arena_str(&result->arena, str_from(name ? name : ""));
        type_read(api, &result->arena, api->column_logical_type(&result->raw, i), &column->type);
    }
}

struct engine_result *result_new(struct engine *engine, struct duckdb_result *raw)
{
    struct engine_result *result = calloc(1, sizeof *result);
    if (!result) {
        bug_out_of_memory();
    }
    result->engine = engine;
    result->raw = *raw;
    result->raw_open = true;
    arena_init(&result->arena);
    int returns = engine->api.result_return_type(*raw);
    result->has_rows = returns == DUCKDB_RETURNS_ROWS;
    if (returns == DUCKDB_RETURNS_CHANGED_ROWS) {
        result->changed = engine->api.rows_changed(&result->raw);
    }
    if (result->has_rows) {
        read_columns(result);
    }
    result->row_mark = arena_mark(&result->arena);
    engine->rows = result;
    return result;
}

void result_release(struct engine_result *result)
{
    if (!result->raw_open) {
        return;
    }
    struct duckdb_api *api = &result->engine->api;
    for (uint32_t i = 0; i < result->n; i++) {
        type_free(api, &result->columns[i].type);
    }
    if (result->chunk) {
        api->destroy_data_chunk(&result->chunk);
    }
    api->destroy_result(&result->raw);
    result->raw_open = false;
    result->chunk_rows = 0;
    result->row = 0;
    result->engine->rows = NULL;
}

/* The next chunk with rows in it; false at the end and on failure. */
static bool fetch(struct engine_result *result)
{
    struct engine *engine = result->engine;
    struct duckdb_api *api = &engine->api;
    result->row = 0;
    result->chunk_rows = 0;
    while (result->chunk_rows == 0) {
        if (result->at_end) {
            return false;
        }
        if (result->chunk) {
            api->destroy_data_chunk(&result->chunk);
            result->chunk = NULL;
        }
        if (watch_stopped(engine)) {
            result->status = error_set(engine, ENGINE_INTERRUPTED, "interrupted");
            return false;
        }
        watch_enter(engine);
        result->chunk = api->fetch_chunk(result->raw);
        watch_leave(engine);
        if (!result->chunk) {
            result->at_end = true;
            const char *why = api->result_error(&result->raw);
            if (why && *why) {
                int type = api->result_error_type(&result->raw);
                result->status = error_statement(engine, why, type);
            }
            return false;
        }
        result->chunk_rows = api->data_chunk_get_size(result->chunk);
    }
    for (uint32_t i = 0; i < result->n; i++) {
        result->columns[i].vector = api->data_chunk_get_vector(result->chunk, i);
    }
    return true;
}

bool engine_next(struct engine_result *result)
{
    if (!result->has_rows || !result->raw_open || result->status != ENGINE_OK) {
        return false;
    }
    arena_reset(&result->arena, result->row_mark);
    if (result->row >= result->chunk_rows && !fetch(result)) {
        return false;
    }
    result->row++;
    return true;
}

struct engine_value engine_value(struct engine_result *result, uint32_t column)
{
    if (result->row == 0 || column >= result->n) {
        BUG("column %u of %u is read%s", column, result->n,
            result->row == 0 ? " before the first row" : "");
    }
    const struct column *at = &result->columns[column];
    if (!type_is_readable(&at->type)) {
        if (result->status == ENGINE_OK) {
            result->status = error_set(result->engine, ENGINE_FAILED,
                                       "column `%" STR_F "` has a type that has no text form here",
                                       STR_A(at->name));
        }
        return (struct engine_value){STR_LIT("?"), false};
    }
    return value_read(&result->engine->api, &result->arena, &at->type, at->vector, result->row - 1);
}

enum engine_status engine_done(struct engine_result *result)
{
    if (!result) {
        return ENGINE_OK;
    }
    enum engine_status status = result->status;
    result_release(result);
    arena_fini(&result->arena);
    free(result);
    return status;
}

uint32_t engine_column_count(const struct engine_result *result)
{
    return result->n;
}

static const struct column *column_at(const struct engine_result *result, uint32_t column)
{
    if (column >= result->n) {
        BUG("column %u of %u", column, result->n);
    }
    return &result->columns[column];
}

struct str engine_column_name(const struct engine_result *result, uint32_t column)
{
    return column_at(result, column)->name;
}

struct str engine_column_type(const struct engine_result *result, uint32_t column)
{
    return column_at(result, column)->type.name;
}

bool engine_column_is_number(const struct engine_result *result, uint32_t column)
{
    static const int numbers[] = {
        DUCKDB_TINYINT,   DUCKDB_SMALLINT, DUCKDB_INTEGER,  DUCKDB_BIGINT, DUCKDB_UTINYINT,
        DUCKDB_USMALLINT, DUCKDB_UINTEGER, DUCKDB_UBIGINT,  DUCKDB_FLOAT,  DUCKDB_DOUBLE,
        DUCKDB_HUGEINT,   DUCKDB_DECIMAL,  DUCKDB_UHUGEINT, DUCKDB_BIGNUM};
    int id = column_at(result, column)->type.id;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i] == id) {
            return true;
        }
    }
    return false;
}

bool engine_has_rows(const struct engine_result *result)
{
    return result->has_rows;
}

uint64_t engine_changed(const struct engine_result *result)
{
    return result->changed;
}
