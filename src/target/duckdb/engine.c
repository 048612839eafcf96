/* engine.c - opens and closes the embedded engine, and its transactions.
 *
 * Owns: the settings every session has. Does not own: statements (statement.c), results (result.c).
 * Idea: what must hold from the first statement on is set in the configuration, before the file is
 * touched: no network, no extensions from outside, no files unless asked. External access can only
 * be turned off in DuckDB, never on again, so it is a choice of opening. */
#include "base/fs.h"
#include "target/duckdb/internal.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A longer TMPDIR is cut; spilling then fails with the path in the message. */
#define PATH_ROOM 1024

struct setting {
    const char *name, *value;
};

/* Needed before the database is opened. */
static const struct setting opening[] = {
    {"autoinstall_known_extensions", "false"}, /* would go to the network */
    {"autoload_known_extensions", "false"},    /* core, icu, json and parquet are linked in */
    {"allow_unsigned_extensions", "false"},
    {"errors_as_json", "true"},                                /* byte positions */
    {"default_null_order", "nulls_last_on_asc_first_on_desc"}, /* as Snowflake */
};

/* TimeZone is icu's, and so can only be set once the database is there. */
static const char session[] = "SET TimeZone='UTC'";
/* In memory: closed off only now, which leaves the folder for spilling within reach. */
static const char close_off[] = "SET enable_external_access=false";

static bool configure(struct engine *engine, const struct engine_options *options,
                      struct duckdb_config **config)
{
    struct duckdb_api *api = &engine->api;
    if (api->create_config(config) != 0) {
        bug_out_of_memory();
    }
    char threads[16];
    snprintf(threads, sizeof threads, "%u", (unsigned)options->threads);
    /* A database in memory has no folder to spill to, and DuckDB would take the current one. */
    const char *scratch = getenv("TMPDIR");
    char spill[PATH_ROOM];
    snprintf(spill, sizeof spill, "%s/dtc-%ld.tmp", scratch && *scratch ? scratch : "/tmp",
             (long)getpid());
    const struct setting chosen[] = {
        {"temp_directory", options->path ? NULL : spill},
        {"enable_external_access", options->external_access || !options->path ? "true" : "false"},
        {"access_mode", options->read_only && options->path ? "READ_ONLY" : "AUTOMATIC"},
        {"threads", options->threads ? threads : NULL},
    };
    const struct setting *wrong = NULL;
    for (size_t i = 0; i < sizeof opening / sizeof *opening && !wrong; i++) {
        if (api->set_config(*config, opening[i].name, opening[i].value) != 0) {
            wrong = &opening[i];
        }
    }
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen && !wrong; i++) {
        if (chosen[i].value && api->set_config(*config, chosen[i].name, chosen[i].value) != 0) {
            wrong = &chosen[i];
        }
    }
    if (wrong) {
        (void)error_set(engine, ENGINE_FAILED, "the engine refuses the setting `%s` = `%s`",
                        wrong->name, wrong->value);
    }
    return !wrong;
}

/* Opens and connects. */
static enum engine_status open_database(struct engine *engine, const struct engine_options *options)
{
    struct duckdb_api *api = &engine->api;
    struct duckdb_config *config = NULL;
    struct buf path;
    buf_init(&path);
    char *why = NULL;
    if (configure(engine, options, &config)) {
        if (options->path) {
            /* "md:x" and the like would name a reader instead of a file. */
            bool plain = options->path[0] == '/' || !strchr(options->path, ':');
            buf_printf(&path, "%s%s", plain ? "" : "./", options->path);
        }
        /* DuckDB's threads inherit the mask: signals go to the program's own thread. */
        sigset_t all, before;
        sigfillset(&all);
        bool is_new = options->path && fs_stat(options->path) == FS_MISSING;
        pthread_sigmask(SIG_SETMASK, &all, &before);
        int failed = api->open_ext(options->path ? path.p : NULL, &engine->database, config, &why);
        if (failed) {
            engine->database = NULL;
            (void)error_open(engine, why);
            /* Half a header would keep every later run from opening it. */
            if (is_new && engine->error.status != ENGINE_LOCKED) {
                int left = fs_remove(options->path);
                (void)left; /* what cannot be removed is told by the next run */
            }
        } else if (api->connect(engine->database, &engine->connection) != 0) {
            engine->connection = NULL;
            (void)error_set(engine, ENGINE_FAILED, "could not connect to the engine");
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    if (why) {
        api->free(why);
    }
    api->destroy_config(&config);
    buf_fini(&path);
    return engine->error.status;
}

enum engine_status engine_open(struct engine **out, const struct engine_options *options)
{
    struct engine *engine = calloc(1, sizeof *engine);
    if (!engine) {
        bug_out_of_memory();
    }
    *out = engine;
    buf_init(&engine->error_type);
    buf_init(&engine->error_message);
    buf_init(&engine->error_holder);
    buf_init(&engine->library);
    buf_init(&engine->tried);
    buf_init(&engine->sql);
    (void)error_none(engine);
    engine->loaded =
        duckdb_api_load(&engine->api, options->library, &engine->library, &engine->tried);
    if (!engine->loaded) {
        buf_clear(&engine->library);
        return error_set(engine, ENGINE_MISSING_LIBRARY, "could not load libduckdb");
    }
    enum engine_status status = open_database(engine, options);
    if (status == ENGINE_OK) {
        status = statement_quick(engine, session);
    }
    if (status == ENGINE_OK && !options->path && !options->external_access) {
        status = statement_quick(engine, close_off);
    }
    return status;
}

void engine_close(struct engine *engine)
{
    if (!engine) {
        return;
    }
    watch_end(engine);
    if (engine->rows) {
        struct engine_result *rows = engine->rows;
        result_release(rows);
        rows->engine = NULL; /* the result outlives us; it is at its end */
    }
    if (engine->connection) {
        engine->api.disconnect(&engine->connection);
    }
    if (engine->database) {
        engine->api.close(&engine->database);
    }
    buf_fini(&engine->error_type);
    buf_fini(&engine->error_message);
    buf_fini(&engine->error_holder);
    buf_fini(&engine->library);
    buf_fini(&engine->tried);
    buf_fini(&engine->sql);
    free(engine);
}

const struct engine_error *engine_error(const struct engine *engine)
{
    return &engine->error;
}

struct str engine_version(const struct engine *engine)
{
    return engine->loaded ? str_from(engine->api.library_version()) : STR_LIT("");
}

struct str engine_library(const struct engine *engine)
{
    return buf_view(&engine->library);
}

struct str engine_library_tried(const struct engine *engine)
{
    return buf_view(&engine->tried);
}

enum engine_status engine_begin(struct engine *engine)
{
    enum engine_status status = statement_quick(engine, "BEGIN TRANSACTION");
    engine->in_transaction = status == ENGINE_OK;
    return status;
}

enum engine_status engine_commit(struct engine *engine)
{
    enum engine_status status = statement_quick(engine, "COMMIT");
    if (status != ENGINE_OK) {
        engine_rollback(engine);
    }
    engine->in_transaction = false;
    return status;
}

void engine_rollback(struct engine *engine)
{
    if (!engine->connection) {
        return;
    }
    if (engine->rows) {
        result_release(engine->rows);
    }
    /* Not through statement.c: the error before this one is what the caller will show. */
    struct duckdb_result raw = {0};
    (void)engine->api.query(engine->connection, "ROLLBACK", &raw);
    engine->api.destroy_result(&raw);
    engine->in_transaction = false;
}

bool engine_in_transaction(const struct engine *engine)
{
    return engine->in_transaction;
}
