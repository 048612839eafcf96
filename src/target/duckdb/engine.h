/* engine.h - the embedded engine: all that the rest of the program sees of DuckDB.
 *
 * Owns: finding and opening libduckdb, running SQL, reading results as text, classifying failures.
 * Does not own: what is run (plan, emit, run) and how a failure is shown (the caller has the span).
 * Idea: an engine is one database and one connection. Every call that can fail returns a status and
 * leaves the details in the engine, good until the next call; nothing here prints. Values are
 * texts, exactly as DuckDB's CAST(x AS VARCHAR) writes them, in a session whose TimeZone is UTC and
 * which sorts NULL as Snowflake does (last ascending, first descending).
 *
 *     struct engine *engine;
 *     if (engine_open(&engine, &(struct engine_options){.path = "x.duckdb"}) == ENGINE_OK) {
 *         struct engine_result *rows;
 *         if (engine_query(engine, STR_LIT("SELECT 1 AS a"), &rows) == ENGINE_OK) {
 *             while (engine_next(rows)) {
 *                 struct engine_value v = engine_value(rows, 0);
 *                 ...
 *             }
 *             status = engine_done(rows);
 *         }
 *     }
 *     if (failed) look at engine_error(engine);
 *     engine_close(engine);
 *
 * One engine per file and process: DuckDB's lock keeps other processes out, not a second engine in
 * this one. Files of SQL (COPY, read_csv, ATTACH) are out of reach unless external_access is given.
 * One engine is used by one thread. One result is open at a time: finish it with engine_done before
 * the next call on the same engine. */
#ifndef DTC_TARGET_DUCKDB_ENGINE_H
#define DTC_TARGET_DUCKDB_ENGINE_H

#include "base/arena.h"
#include "base/buf.h"
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum engine_status {
    ENGINE_OK,
    ENGINE_MISSING_LIBRARY, /* libduckdb was not found, or is one that cannot be used */
    ENGINE_LOCKED,          /* another process has the database open: error.holder */
    ENGINE_NOT_A_DATABASE,  /* the file is there, but it is something else (or a newer format) */
    ENGINE_DISK,            /* disk full, no permission, no such folder, a write that failed */
    ENGINE_FAILED,          /* the statement: error.type and error.message say why */
    ENGINE_INTERRUPTED      /* the stop flag of engine_watch was seen */
};

/* Texts are NUL-terminated, owned by the engine, good until the next call on it. */
struct engine_error {
    enum engine_status status;
    struct str type; /* DuckDB's: "Binder", "Catalog", "Conversion", "IO"...; "" if not from it */
    struct str message;     /* without the type, without an excerpt of the SQL; may span lines */
    bool has_at;            /* at is set */
    size_t at;              /* byte offset in the SQL text of the failed call */
    long holder;            /* ENGINE_LOCKED: the process that holds the lock; 0 when not known */
    struct str holder_name; /* ENGINE_LOCKED: its program as DuckDB names it; may be "" */
};

struct engine;        /* an open database with its connection */
struct engine_result; /* rows on their way */
struct engine_stmt;   /* a prepared statement */
struct engine_script; /* a text of several statements, run one by one */

struct engine_options {
    const char *path;     /* NULL: a database in memory */
    bool read_only;       /* the file must exist; several processes may read at once */
    bool external_access; /* lets SQL read and write files (load, `sql --write`); else refused */
    const char *library;  /* path of libduckdb; NULL: searched as engine_library_tried tells */
    uint32_t threads;     /* 0: DuckDB's choice */
};

/* Opens. *out is set in every case, for its error text, and goes to engine_close in every case. */
NODISCARD enum engine_status engine_open(struct engine **out, const struct engine_options *options);
/* Rolls back what is open. engine may be NULL. */
void engine_close(struct engine *engine);

/* What the last failed call left. status is ENGINE_OK when nothing failed yet. */
const struct engine_error *engine_error(const struct engine *engine);
/* "v1.5.6"; "" when there is no library. */
struct str engine_version(const struct engine *engine);
/* The file that was loaded; "" when there is none. */
struct str engine_library(const struct engine *engine);
/* After ENGINE_MISSING_LIBRARY: the places looked at, one per line. */
struct str engine_library_tried(const struct engine *engine);

/* Called about every 50 ms while a statement runs, from another thread while the caller waits
 * inside the engine: it may use what data points at, print, but never call the engine. percent is 0
 * to 100, below 0 when not known yet; rows of total are DuckDB's estimates. */
typedef void engine_progress_fn(void *data, double percent, uint64_t rows, uint64_t total);

/* Makes every later statement stop with ENGINE_INTERRUPTED soon after *stop is not 0: a signal
 * handler only sets the flag. COMMIT and ROLLBACK are never stopped. stop and progress may be NULL;
 * both NULL ends the watch (to clean up after an interrupt). *stop must outlive the watch. */
void engine_watch(struct engine *engine, const volatile sig_atomic_t *stop,
                  engine_progress_fn *progress, void *data);

/* Runs one or several statements, results are dropped. The whole text is parsed before the first
 * statement runs. Stops at the first failure; what ran before it stays unless in a transaction. */
NODISCARD enum engine_status engine_run(struct engine *engine, struct str sql);
/* Same, with a printf format. Values go through engine_quote_*. error.at counts in the formatted
 * text. */
NODISCARD enum engine_status engine_runf(struct engine *engine, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/* Runs one statement; its rows are streamed. On failure *out is NULL. */
NODISCARD enum engine_status engine_query(struct engine *engine, struct str sql,
                                          struct engine_result **out);
/* The first value of the first row; ENGINE_FAILED when there is no row. */
NODISCARD enum engine_status engine_query_int(struct engine *engine, struct str sql, int64_t *out);
/* Same as text in the arena; *out is {NULL, 0} for NULL. */
NODISCARD enum engine_status engine_query_text(struct engine *engine, struct str sql,
                                               struct arena *arena, struct str *out);

/* Several statements with their results: script_next runs the next one, *out is NULL after the
 * last. Close each result before the next. */
NODISCARD enum engine_status engine_script_open(struct engine *engine, struct str sql,
                                                struct engine_script **out);
NODISCARD enum engine_status engine_script_next(struct engine_script *script,
                                                struct engine_result **out);
void engine_script_close(struct engine_script *script);

struct engine_value {
    struct str text; /* good until the next engine_next; {NULL, 0} when null */
    bool null;
};

uint32_t engine_column_count(const struct engine_result *result);
struct str engine_column_name(const struct engine_result *result, uint32_t column);
/* As DuckDB's typeof() writes it: DECIMAL(18,2), STRUCT(a INTEGER, b VARCHAR[]), JSON. A member
 * whose name is a keyword stands without quotes here. */
struct str engine_column_type(const struct engine_result *result, uint32_t column);
/* Worth showing right-aligned: an integer, a decimal or a float. */
bool engine_column_is_number(const struct engine_result *result, uint32_t column);
/* True for a SELECT and its like; false when the statement only changed something. */
bool engine_has_rows(const struct engine_result *result);
/* Rows inserted, updated or deleted; 0 for others. */
uint64_t engine_changed(const struct engine_result *result);
/* Moves to the first or next row; false at the end and on failure (engine_done tells which). */
bool engine_next(struct engine_result *result);
struct engine_value engine_value(struct engine_result *result, uint32_t column);
/* Frees; the status of reading. Leaving early is no failure. result may be NULL. */
enum engine_status engine_done(struct engine_result *result);

/* Prepared statements; parameters are $1.. or ?, counted from 1. Bound values stay until bound
 * anew. */
NODISCARD enum engine_status engine_prepare(struct engine *engine, struct str sql,
                                            struct engine_stmt **out);
void engine_bind_text(struct engine_stmt *stmt, uint32_t parameter, struct str value);
void engine_bind_int(struct engine_stmt *stmt, uint32_t parameter, int64_t value);
void engine_bind_null(struct engine_stmt *stmt, uint32_t parameter);
/* Runs and drops the result; *changed (may be NULL) is the number of rows changed. */
NODISCARD enum engine_status engine_stmt_run(struct engine_stmt *stmt, uint64_t *changed);
NODISCARD enum engine_status engine_stmt_query(struct engine_stmt *stmt,
                                               struct engine_result **out);
void engine_stmt_close(struct engine_stmt *stmt);

/* After a failed statement a transaction can only be rolled back. A failed COMMIT has rolled back.
 */
NODISCARD enum engine_status engine_begin(struct engine *engine);
NODISCARD enum engine_status engine_commit(struct engine *engine);
/* No failure when there is none open. Keeps the error of the call before it. */
void engine_rollback(struct engine *engine);
bool engine_in_transaction(const struct engine *engine);

/* "name" and 'text', quotes doubled; always quoted. */
void engine_quote_name(struct buf *buf, struct str name);
void engine_quote_text(struct buf *buf, struct str text);
/* "schema"."name"; the schema may be empty. */
void engine_quote_table(struct buf *buf, struct str schema, struct str name);

enum engine_relation { ENGINE_NO_RELATION, ENGINE_TABLE, ENGINE_VIEW };

struct engine_column {
    struct str name, type; /* in the arena */
    bool not_null;
    struct str comment; /* {NULL, 0} when none */
};

struct engine_columns {
    struct engine_column *at; /* in the arena, in the table's order */
    uint32_t n;
};

/* Names are compared as DuckDB does, without letter case. */
NODISCARD enum engine_status engine_find(struct engine *engine, struct str schema, struct str name,
                                         enum engine_relation *out);
/* n is 0 when there is no such table or view. */
NODISCARD enum engine_status engine_list_columns(struct engine *engine, struct arena *arena,
                                                 struct str schema, struct str name,
                                                 struct engine_columns *out);

#endif
