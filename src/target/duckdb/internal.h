/* internal.h - what the files of this folder share and nobody else sees. */
#ifndef DTC_TARGET_DUCKDB_INTERNAL_H
#define DTC_TARGET_DUCKDB_INTERNAL_H

#include "target/duckdb/api.h"
#include "target/duckdb/engine.h"
#include <pthread.h>

/* The watching thread of engine_watch. armed is true while the engine's thread is inside DuckDB. */
struct watch {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool on;   /* the thread runs; touched by the engine's thread only */
    bool quit; /* under lock, as all below */
    bool armed;
    const volatile sig_atomic_t *stop;
    engine_progress_fn *progress;
    void *data;
};

struct engine {
    struct duckdb_api api;
    bool loaded;
    struct duckdb_database *database;
    struct duckdb_connection *connection;
    bool in_transaction;
    struct engine_result *rows; /* the open result, borrowed */
    struct watch watch;
    struct engine_error error;
    struct buf error_type, error_message, error_holder; /* own the error's texts */
    struct buf library, tried;
    struct buf sql; /* NUL-terminated copy of the text of the running call */
    size_t sql_n;   /* length of the text that positions count in */
};

/* Everything about a type that reading a value needs; children are a list's element, a map's key
 * and value, the members of a struct or a union. */
struct value_type {
    int id; /* enum duckdb_type, or a number that this program does not know */
    struct duckdb_logical_type *logical;
    uint8_t width, scale;        /* DECIMAL */
    int internal;                /* DECIMAL, ENUM: how it is stored */
    uint64_t size;               /* ARRAY */
    struct value_type *children; /* in the result's arena */
    uint32_t n;
    struct str name; /* as typeof() writes it */
};

struct column {
    struct str name;
    struct value_type type;
    struct duckdb_vector *vector; /* of the current chunk */
};

struct engine_result {
    struct engine *engine;
    struct arena arena; /* names and types; above row_mark the texts of the current row */
    struct arena_mark row_mark;
    struct duckdb_result raw;
    bool at_end; /* the last chunk was read: the library must not be asked again */
    bool raw_open;
    struct duckdb_chunk *chunk;
    uint64_t chunk_rows, row; /* row counts from 1: 0 is before the first of the chunk */
    struct column *columns;
    uint32_t n;
    bool has_rows;
    uint64_t changed;
    enum engine_status status;
};

/* error.c. All return the status they set. */
enum engine_status error_none(struct engine *engine);
/* Our own message. */
enum engine_status error_set(struct engine *engine, enum engine_status status, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* text is DuckDB's message, as JSON or not; type is its number or 0 when it is not known. */
enum engine_status error_statement(struct engine *engine, const char *text, int type);
enum engine_status error_open(struct engine *engine, const char *text);

/* watch.c: around every call that may take long. */
void watch_enter(struct engine *engine);
void watch_leave(struct engine *engine);
bool watch_stopped(const struct engine *engine);
void watch_end(struct engine *engine);

/* statement.c. Runs text; the last statement's rows go to *out when out is not NULL. */
enum engine_status statement_run(struct engine *engine, struct str sql, struct engine_result **out);
/* Executes; takes over nothing. Rows are dropped when out is NULL. */
enum engine_status statement_execute(struct engine *engine, struct duckdb_prepared *prepared,
                                     struct engine_result **out, uint64_t *changed);
/* A statement that cannot be stopped and leaves no rows. */
enum engine_status statement_quick(struct engine *engine, const char *sql);
/* NUL-terminated copy of sql in engine->sql; false (error set) when it holds a NUL byte. */
bool statement_copy(struct engine *engine, struct str sql);

/* result.c. Takes over *raw. */
struct engine_result *result_new(struct engine *engine, struct duckdb_result *raw);
/* Gives DuckDB's part back; the result stays and is at its end. */
void result_release(struct engine_result *result);

/* type.c. */
void type_read(const struct duckdb_api *api, struct arena *arena,
               struct duckdb_logical_type *logical, struct value_type *out);
void type_free(const struct duckdb_api *api, struct value_type *type);
bool type_is_readable(const struct value_type *type);

/* value.c. The text is in the chunk or in the arena. */
struct engine_value value_read(const struct duckdb_api *api, struct arena *arena,
                               const struct value_type *type, struct duckdb_vector *vector,
                               uint64_t row);

#endif
