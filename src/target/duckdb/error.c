/* error.c - turns what DuckDB says into an engine_error.
 *
 * Owns: the classes of failure, the position in the SQL text, the holder of a lock. Does not own:
 * how it is shown. Idea: with errors_as_json DuckDB gives type, message and byte position apart.
 * Some errors (opening, COMMIT) come as plain "Type Error: message" all the same, so both forms are
 * read. */
#include "base/json.h"
#include "target/duckdb/internal.h"
#include <errno.h>
#include <stdlib.h>

static void set_text(struct str *view, struct buf *buf, struct str text)
{
    buf_clear(buf);
    buf_str(buf, text);
    *view = buf_view(buf);
}

static void reset(struct engine *engine, enum engine_status status)
{
    buf_clear(&engine->error_type);
    buf_clear(&engine->error_message);
    buf_clear(&engine->error_holder);
    engine->error = (struct engine_error){
        .status = status, .type = STR_LIT(""), .message = STR_LIT(""), .holder_name = STR_LIT("")};
}

enum engine_status error_none(struct engine *engine)
{
    reset(engine, ENGINE_OK);
    return ENGINE_OK;
}

enum engine_status error_set(struct engine *engine, enum engine_status status, const char *fmt, ...)
{
    reset(engine, status);
    va_list args;
    va_start(args, fmt);
    buf_vprintf(&engine->error_message, fmt, args);
    va_end(args);
    engine->error.message = buf_view(&engine->error_message);
    return status;
}

/* {"exception_type":...}: true when text holds one. *system is the errno in it or 0. */
static bool read_json(struct engine *engine, const char *text, int *system)
{
    const char *start = strstr(text, "{\"exception_type\"");
    size_t wrong;
    struct cJSON *json = start ? json_parse(str_from(start), &wrong) : NULL;
    if (!json) {
        return false;
    }
    const char *type = json_get_text(json, "exception_type");
    const char *message = json_get_text(json, "exception_message");
    const char *position = json_get_text(json, "position");
    const char *number = json_get_text(json, "errno");
    set_text(&engine->error.type, &engine->error_type, str_from(type ? type : ""));
    set_text(&engine->error.message, &engine->error_message,
             str_trim(str_from(message ? message : "")));
    if (position) {
        engine->error.has_at = true;
        engine->error.at = (size_t)strtoull(position, NULL, 10);
        if (engine->error.at > engine->sql_n) {
            engine->error.at = engine->sql_n;
        }
    }
    *system = number ? (int)strtol(number, NULL, 10) : 0;
    json_free(json);
    return true;
}

/* "Catalog Error: message\n\nLINE 1: ...": the excerpt goes, the caller shows the source itself. */
static void read_plain(struct engine *engine, const char *text)
{
    struct str all = str_from(text);
    const char *excerpt = strstr(text, "\n\nLINE ");
    if (excerpt) {
        all.n = (size_t)(excerpt - text);
    }
    static const char middle[] = " Error: ";
    const char *colon = strstr(text, middle);
    if (colon && (size_t)(colon - text) < all.n && !memchr(text, '\n', (size_t)(colon - text))) {
        set_text(&engine->error.type, &engine->error_type, str_make(text, (size_t)(colon - text)));
        const char *rest = colon + sizeof middle - 1;
        all = str_make(rest, all.n - (size_t)(rest - text));
    }
    set_text(&engine->error.message, &engine->error_message, str_trim(all));
}

/* The failures that a user mends outside of SQL. */
static const int disk_errors[] = {ENOSPC, EDQUOT, EFBIG,  EACCES, EPERM,
                                  EROFS,  EIO,    ENOENT, ENOTDIR};

static bool is_disk(const char *message, int system, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (system == disk_errors[i] || (!system && strstr(message, strerror(disk_errors[i])))) {
            return true;
        }
    }
    return strstr(message, "Could not write") != NULL;
}

static bool type_is(const struct engine *engine, const char *name)
{
    return str_eq_nocase(engine->error.type, str_from(name));
}

enum engine_status error_statement(struct engine *engine, const char *text, int type)
{
    /* A missing or unreadable file that the SQL names is a fault of the statement. */
    enum { IN_STATEMENTS = 7 };
    int system = 0;
    reset(engine, ENGINE_FAILED);
    if (!text || !read_json(engine, text, &system)) {
        read_plain(engine, text && *text ? text : "the engine gave no reason");
    }
    if (type == DUCKDB_ERROR_INTERRUPT || type_is(engine, "INTERRUPT")) {
        engine->error.status = ENGINE_INTERRUPTED;
    } else if (type_is(engine, "IO") && strstr(engine->error_message.p, "Corrupt database file")) {
        engine->error.status = ENGINE_NOT_A_DATABASE;
    } else if (type_is(engine, "IO") || type_is(engine, "FATAL") ||
               type_is(engine, "TransactionContext")) {
        if (is_disk(engine->error_message.p, system, IN_STATEMENTS)) {
            engine->error.status = ENGINE_DISK;
        }
    }
    return engine->error.status;
}

/* "... Conflicting lock is held in /usr/bin/x (PID 12) by user ...": program and process. */
static void read_holder(struct engine *engine, const char *message)
{
    static const char held[] = "lock is held in ";
    const char *name = strstr(message, held);
    const char *pid = strstr(message, "(PID ");
    if (pid) {
        engine->error.holder = strtol(pid + 5, NULL, 10);
    }
    if (name && pid && name + sizeof held - 1 < pid) {
        name += sizeof held - 1;
        set_text(&engine->error.holder_name, &engine->error_holder,
                 str_trim(str_make(name, (size_t)(pid - name))));
    }
}

enum engine_status error_open(struct engine *engine, const char *text)
{
    static const char *const strangers[] = {
        "not a valid DuckDB database",
        "Corrupt database file",
        "Could not read enough bytes", /* cut short */
        "database file with version number",
        "Serialization Error",
        "replaying WAL",
        "Is a directory",
        "extension", /* the header of another engine's file: it would load a reader for it */
    };
    int system = 0;
    reset(engine, ENGINE_FAILED);
    if (!text || !read_json(engine, text, &system)) {
        read_plain(engine, text && *text ? text : "the engine gave no reason");
    }
    const char *message = engine->error_message.p;
    if (strstr(message, "Could not set lock")) {
        engine->error.status = ENGINE_LOCKED;
        read_holder(engine, message);
        return ENGINE_LOCKED;
    }
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        if (strstr(message, strangers[i]) || type_is(engine, strangers[i])) {
            engine->error.status = ENGINE_NOT_A_DATABASE;
            return ENGINE_NOT_A_DATABASE;
        }
    }
    if (is_disk(message, system, sizeof disk_errors / sizeof *disk_errors) ||
        strstr(message, "database does not exist")) {
        engine->error.status = ENGINE_DISK;
    }
    return engine->error.status;
}
