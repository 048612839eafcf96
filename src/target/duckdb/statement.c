/* statement.c - runs SQL: texts of one or several statements, prepared ones, and scripts.
 *
 * Owns: parse, prepare, execute, each with its failure. Does not own: reading rows (result.c).
 * Idea: DuckDB parses a text into statements first and each is prepared only when its turn has
 * come, since it may need what the one before it made. All positions count in the whole text.
 * Execution is always streaming: DuckDB itself falls back to a whole result where a statement only
 * changes data. */
#include "target/duckdb/internal.h"
#include <stdlib.h>

struct engine_stmt {
    struct engine *engine;
    struct duckdb_prepared *prepared;
    size_t sql_n;
};

struct engine_script {
    struct engine *engine;
    struct duckdb_extracted *extracted;
    uint64_t n, next;
    size_t sql_n;
};

static void *allocate(size_t size)
{
    void *p = calloc(1, size);
    if (!p) {
        bug_out_of_memory();
    }
    return p;
}

/* Every call that starts something passes here. */
static bool may_start(struct engine *engine)
{
    if (engine->rows) {
        BUG("a statement is started while the result of another is open");
    }
    if (!engine->connection) {
        (void)error_set(engine, ENGINE_FAILED, "the engine is not open");
        return false;
    }
    if (watch_stopped(engine)) {
        (void)error_set(engine, ENGINE_INTERRUPTED, "interrupted");
        return false;
    }
    return true;
}

bool statement_copy(struct engine *engine, struct str sql)
{
    const char *nul = sql.n ? memchr(sql.p, 0, sql.n) : NULL;
    engine->sql_n = sql.n;
    if (nul) {
        (void)error_set(engine, ENGINE_FAILED, "there is a NUL byte in the statement");
        engine->error.has_at = true;
        engine->error.at = (size_t)(nul - sql.p);
        return false;
    }
    buf_clear(&engine->sql);
    buf_puts(&engine->sql, "");
    buf_str(&engine->sql, sql);
    return true;
}

/* *n statements; 0 for a text of blanks and comments. */
static enum engine_status extract(struct engine *engine, struct str sql,
                                  struct duckdb_extracted **out, uint64_t *n)
{
    *out = NULL;
    *n = 0;
    if (!may_start(engine) || !statement_copy(engine, sql)) {
        return engine->error.status;
    }
    enum engine_status status = ENGINE_OK;
    *n = engine->api.extract_statements(engine->connection, engine->sql.p, out);
    const char *why = *n == 0 && *out ? engine->api.extract_statements_error(*out) : NULL;
    if (why) {
        status = error_statement(engine, why, 0);
    }
    return status;
}

static enum engine_status prepare_one(struct engine *engine, struct duckdb_extracted *extracted,
                                      uint64_t index, struct duckdb_prepared **out)
{
    struct duckdb_api *api = &engine->api;
    enum engine_status status = ENGINE_OK;
    watch_enter(engine);
    int failed = api->prepare_extracted_statement(engine->connection, extracted, index, out);
    watch_leave(engine);
    if (failed) {
        status = error_statement(engine, *out ? api->prepare_error(*out) : NULL, 0);
        api->destroy_prepare(out);
        *out = NULL;
    }
    return status;
}

enum engine_status statement_execute(struct engine *engine, struct duckdb_prepared *prepared,
                                     struct engine_result **out, uint64_t *changed)
{
    struct duckdb_api *api = &engine->api;
    struct duckdb_result raw = {0};
    watch_enter(engine);
    int failed = api->execute_prepared_streaming(prepared, &raw);
    watch_leave(engine);
    if (failed) {
        enum engine_status status =
            error_statement(engine, api->result_error(&raw), api->result_error_type(&raw));
        api->destroy_result(&raw);
        return status;
    }
    struct engine_result *result = result_new(engine, &raw);
    if (changed) {
        *changed = result->changed;
    }
    if (out) {
        *out = result;
        return ENGINE_OK;
    }
    /* Rows nobody wants are still produced: they may fail, and RETURNING has changed data. */
    while (engine_next(result)) {
    }
    return engine_done(result);
}

static enum engine_status run_one(struct engine *engine, struct duckdb_extracted *extracted,
                                  uint64_t index, struct engine_result **out)
{
    struct duckdb_prepared *prepared;
    enum engine_status status = prepare_one(engine, extracted, index, &prepared);
    if (status == ENGINE_OK) {
        status = statement_execute(engine, prepared, out, NULL);
        engine->api.destroy_prepare(&prepared);
    }
    return status;
}

enum engine_status statement_run(struct engine *engine, struct str sql, struct engine_result **out)
{
    struct duckdb_extracted *extracted;
    uint64_t n;
    enum engine_status status = extract(engine, sql, &extracted, &n);
    if (status == ENGINE_OK && n == 0 && out) {
        status = error_set(engine, ENGINE_FAILED, "there is no statement in the text");
    }
    for (uint64_t i = 0; i < n && status == ENGINE_OK; i++) {
        if (may_start(engine)) {
            status = run_one(engine, extracted, i, i + 1 == n ? out : NULL);
        } else {
            status = engine->error.status;
        }
    }
    if (extracted) {
        engine->api.destroy_extracted(&extracted);
    }
    return status;
}

enum engine_status statement_quick(struct engine *engine, const char *sql)
{
    struct duckdb_api *api = &engine->api;
    if (engine->rows) {
        BUG("`%s` while a result is open", sql);
    }
    if (!engine->connection) {
        return error_set(engine, ENGINE_FAILED, "the engine is not open");
    }
    struct duckdb_result raw = {0};
    enum engine_status status = ENGINE_OK;
    engine->sql_n = strlen(sql);
    if (api->query(engine->connection, sql, &raw) != 0) {
        status = error_statement(engine, api->result_error(&raw), api->result_error_type(&raw));
    }
    api->destroy_result(&raw);
    return status;
}

enum engine_status engine_run(struct engine *engine, struct str sql)
{
    return statement_run(engine, sql, NULL);
}

enum engine_status engine_runf(struct engine *engine, const char *fmt, ...)
{
    struct buf sql;
    buf_init(&sql);
    va_list args;
    va_start(args, fmt);
    buf_vprintf(&sql, fmt, args);
    va_end(args);
    enum engine_status status = statement_run(engine, buf_view(&sql), NULL);
    buf_fini(&sql);
    return status;
}

enum engine_status engine_query(struct engine *engine, struct str sql, struct engine_result **out)
{
    *out = NULL;
    return statement_run(engine, sql, out);
}

/* The first value of the first row, in the result that *rows then is; the caller ends it. */
static enum engine_status first_value(struct engine *engine, struct str sql,
                                      struct engine_result **rows, struct engine_value *out)
{
    enum engine_status status = engine_query(engine, sql, rows);
    if (status != ENGINE_OK) {
        return status;
    }
    if (engine_next(*rows)) {
        *out = engine_value(*rows, 0);
        return ENGINE_OK;
    }
    status = engine_done(*rows);
    *rows = NULL;
    return status != ENGINE_OK ? status : error_set(engine, ENGINE_FAILED, "there is no row");
}

enum engine_status engine_query_int(struct engine *engine, struct str sql, int64_t *out)
{
    struct engine_result *rows;
    struct engine_value value;
    enum engine_status status = first_value(engine, sql, &rows, &value);
    if (status != ENGINE_OK) {
        return status;
    }
    struct buf text;
    buf_init(&text);
    buf_str(&text, value.text);
    char *end = text.p;
    *out = text.n ? (int64_t)strtoll(text.p, &end, 10) : 0;
    if (text.n == 0 || *end != 0) {
        status = error_set(engine, ENGINE_FAILED, "the value is not a whole number: %s",
                           value.null ? "NULL" : text.p);
    }
    buf_fini(&text);
    enum engine_status reading = engine_done(rows);
    return status != ENGINE_OK ? status : reading;
}

enum engine_status engine_query_text(struct engine *engine, struct str sql, struct arena *arena,
                                     struct str *out)
{
    struct engine_result *rows;
    struct engine_value value;
    enum engine_status status = first_value(engine, sql, &rows, &value);
    if (status == ENGINE_OK) {
        *out = value.null ? (struct str){NULL, 0} : arena_str(arena, value.text);
        status = engine_done(rows);
    }
    return status;
}

enum engine_status engine_script_open(struct engine *engine, struct str sql,
                                      struct engine_script **out)
{
    struct duckdb_extracted *extracted;
    uint64_t n;
    *out = NULL;
    enum engine_status status = extract(engine, sql, &extracted, &n);
    if (status != ENGINE_OK) {
        if (extracted) {
            engine->api.destroy_extracted(&extracted);
        }
        return status;
    }
    *out = allocate(sizeof **out);
    **out =
        (struct engine_script){.engine = engine, .extracted = extracted, .n = n, .sql_n = sql.n};
    return ENGINE_OK;
}

enum engine_status engine_script_next(struct engine_script *script, struct engine_result **out)
{
    *out = NULL;
    if (script->next >= script->n) {
        return ENGINE_OK;
    }
    if (!may_start(script->engine)) {
        return script->engine->error.status;
    }
    script->engine->sql_n = script->sql_n;
    return run_one(script->engine, script->extracted, script->next++, out);
}

void engine_script_close(struct engine_script *script)
{
    if (script) {
        if (script->extracted) {
            script->engine->api.destroy_extracted(&script->extracted);
        }
        free(script);
    }
}

enum engine_status engine_prepare(struct engine *engine, struct str sql, struct engine_stmt **out)
{
    struct duckdb_extracted *extracted;
    struct duckdb_prepared *prepared = NULL;
    uint64_t n;
    *out = NULL;
    enum engine_status status = extract(engine, sql, &extracted, &n);
    if (status == ENGINE_OK && n != 1) {
        status = error_set(engine, ENGINE_FAILED, "one statement can be prepared at a time");
    }
    if (status == ENGINE_OK) {
        status = prepare_one(engine, extracted, 0, &prepared);
    }
    if (extracted) {
        engine->api.destroy_extracted(&extracted);
    }
    if (status == ENGINE_OK) {
        *out = allocate(sizeof **out);
        **out = (struct engine_stmt){.engine = engine, .prepared = prepared, .sql_n = sql.n};
    }
    return status;
}

static void check_bind(const struct engine_stmt *stmt, uint32_t parameter, int failed)
{
    if (failed) {
        BUG("parameter %u of a statement that has %llu", parameter,
            (unsigned long long)stmt->engine->api.nparams(stmt->prepared));
    }
}

void engine_bind_text(struct engine_stmt *stmt, uint32_t parameter, struct str value)
{
    check_bind(stmt, parameter,
               stmt->engine->api.bind_varchar_length(stmt->prepared, parameter,
                                                     value.p ? value.p : "", value.n));
}

void engine_bind_int(struct engine_stmt *stmt, uint32_t parameter, int64_t value)
{
    check_bind(stmt, parameter, stmt->engine->api.bind_int64(stmt->prepared, parameter, value));
}

void engine_bind_null(struct engine_stmt *stmt, uint32_t parameter)
{
    check_bind(stmt, parameter, stmt->engine->api.bind_null(stmt->prepared, parameter));
}

enum engine_status engine_stmt_run(struct engine_stmt *stmt, uint64_t *changed)
{
    if (!may_start(stmt->engine)) {
        return stmt->engine->error.status;
    }
    stmt->engine->sql_n = stmt->sql_n;
    return statement_execute(stmt->engine, stmt->prepared, NULL, changed);
}

enum engine_status engine_stmt_query(struct engine_stmt *stmt, struct engine_result **out)
{
    *out = NULL;
    if (!may_start(stmt->engine)) {
        return stmt->engine->error.status;
    }
    stmt->engine->sql_n = stmt->sql_n;
    return statement_execute(stmt->engine, stmt->prepared, out, NULL);
}

void engine_stmt_close(struct engine_stmt *stmt)
{
    if (stmt) {
        stmt->engine->api.destroy_prepare(&stmt->prepared);
        free(stmt);
    }
}
