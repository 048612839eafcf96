/* Running: errors and their positions, scripts, parameters, transactions, rows, interruption. */
#include "test_engine.h"
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int64_t count(struct engine *engine, const char *sql)
{
    int64_t n = -1;
    ENGINE_IS(engine, engine_query_int(engine, str_from(sql), &n), ENGINE_OK);
    return n;
}

Test(engine_run, errors_have_class_and_position)
{
    static const struct {
        const char *sql, *type, *message, *at; /* at: the text that the position stands before */
    } cases[] = {
        {"selec 1", "Parser", "syntax error at or near \"selec\"", "selec 1"},
        {"SELECT 1; SELECT 2;\n  SELEC 3", "Parser", "syntax error", "SELEC 3"},
        {"SELECT 1,\n\n   nope FROM (SELECT 1) t", "Binder", "\"nope\" not found", "nope FROM"},
        {"SELECT '\xc3\xa9', foo(1)", "Catalog", "foo does not exist", "foo(1)"},
        {"SELECT 1;\nSELECT * FROM nonesuch; SELECT 2", "Catalog", "nonesuch", "nonesuch;"},
        {"SELECT 'x'::INTEGER", "Conversion", "Could not convert string 'x'", "::INTEGER"},
        {"INSERT INTO t VALUES (NULL)", "Constraint", "NOT NULL constraint failed", NULL},
        {"CREATE TABLE t (b INTEGER)", "Catalog", "already exists", NULL},
        {"SELECT error('own words')", "Invalid Input", "own words", NULL},
    };
    struct engine *engine = engine_test_memory();
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER NOT NULL)");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *sql = cases[i].sql;
        ENGINE_IS(engine, engine_run(engine, str_from(sql)), ENGINE_FAILED);
        const struct engine_error *error = engine_error(engine);
        cr_expect_str_eq(error->type.p, cases[i].type, "%s", sql);
        cr_expect(strstr(error->message.p, cases[i].message), "%s: %s", sql, error->message.p);
        cr_expect_not(strstr(error->message.p, "LINE "), "%s: %s", sql, error->message.p);
        cr_expect_eq(error->has_at, cases[i].at != NULL, "%s", sql);
        if (cases[i].at) {
            cr_expect_eq(error->at, (size_t)(strstr(sql, cases[i].at) - sql), "%s: at %zu", sql,
                         error->at);
        }
    }
    engine_close(engine);
}

Test(engine_run, a_failure_while_rows_are_read)
{
    struct engine *engine = engine_test_memory();
    struct engine_result *rows;
    const char *sql = "SELECT CASE WHEN i = 100000 THEN ('x' || i)::INTEGER END FROM range(200000) "
                      "r(i)";
    enum engine_status status = engine_query(engine, str_from(sql), &rows);
    uint64_t n = 0;
    if (status == ENGINE_OK) {
        while (engine_next(rows)) {
            n++;
        }
        cr_expect_not(engine_next(rows));
        status = engine_done(rows);
    }
    cr_expect_eq(status, ENGINE_FAILED);
    cr_expect_str_eq(engine_error(engine)->type.p, "Conversion");
    cr_expect(n <= 100000);
    cr_expect_eq(engine_error(engine)->at, (size_t)(strstr(sql, "::INTEGER") - sql));
    engine_close(engine);
}

Test(engine_run, texts_that_hold_no_statement)
{
    struct engine *engine = engine_test_memory();
    struct engine_result *rows;
    ENGINE_IS(engine, engine_run(engine, STR_LIT("")), ENGINE_OK);
    ENGINE_IS(engine, engine_run(engine, STR_LIT(" -- nothing\n;;")), ENGINE_OK);
    ENGINE_IS(engine, engine_query(engine, STR_LIT("/* */"), &rows), ENGINE_FAILED);
    cr_expect_null(rows);
    ENGINE_IS(engine, engine_run(engine, str_make("SELECT 1\0;x", 11)), ENGINE_FAILED);
    cr_expect_eq(engine_error(engine)->at, 8);
    engine_close(engine);
}

Test(engine_run, only_the_given_bytes_are_run)
{
    struct engine *engine = engine_test_memory();
    cr_expect_eq(count(engine, "SELECT 1"), 1);
    ENGINE_IS(engine, engine_run(engine, str_make("SELECT 1 nonsense nonsense", 8)), ENGINE_OK);
    engine_close(engine);
}

Test(engine_run, scripts_go_statement_by_statement)
{
    struct engine *engine = engine_test_memory();
    struct engine_script *script;
    struct engine_result *rows;
    const char *sql = "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3);\n"
                      "SELECT a FROM t ORDER BY a; DELETE FROM t WHERE a > 1; SELECT nope FROM t";
    static const struct {
        bool rows;
        uint64_t changed;
        uint32_t columns;
    } expected[] = {{false, 0, 0}, {false, 3, 0}, {true, 0, 1}, {false, 2, 0}};
    ENGINE_IS(engine, engine_script_open(engine, str_from(sql), &script), ENGINE_OK);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        ENGINE_IS(engine, engine_script_next(script, &rows), ENGINE_OK);
        cr_expect_eq(engine_has_rows(rows), expected[i].rows, "statement %zu", i);
        cr_expect_eq(engine_changed(rows), expected[i].changed, "statement %zu", i);
        cr_expect_eq(engine_column_count(rows), expected[i].columns, "statement %zu", i);
        cr_expect_eq(engine_done(rows), ENGINE_OK);
    }
    ENGINE_IS(engine, engine_script_next(script, &rows), ENGINE_FAILED);
    cr_expect_null(rows);
    cr_expect_eq(engine_error(engine)->at, (size_t)(strstr(sql, "nope") - sql));
    ENGINE_IS(engine, engine_script_next(script, &rows), ENGINE_OK);
    cr_expect_null(rows, "after the last");
    engine_script_close(script);
    ENGINE_IS(engine, engine_script_open(engine, STR_LIT("SELECT 1; SELEC"), &script),
              ENGINE_FAILED);
    cr_expect_null(script);
    engine_close(engine);
}

Test(engine_run, rows_that_a_change_returns)
{
    struct engine *engine = engine_test_memory();
    struct engine_result *rows;
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1) RETURNING a");
    ENGINE_IS(engine,
              engine_query(engine, STR_LIT("INSERT INTO t VALUES (2), (3) RETURNING a"), &rows),
              ENGINE_OK);
    cr_expect(engine_has_rows(rows));
    cr_expect(engine_next(rows));
    cr_expect_eq(engine_done(rows), ENGINE_OK, "left early");
    cr_expect_eq(count(engine, "SELECT count(*) FROM t"), 3);
    engine_close(engine);
}

Test(engine_run, parameters)
{
    struct engine *engine = engine_test_memory();
    struct engine_stmt *stmt;
    uint64_t changed;
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER, b VARCHAR, c DATE)");
    ENGINE_IS(engine, engine_prepare(engine, STR_LIT("INSERT INTO t VALUES ($1, $2, $3)"), &stmt),
              ENGINE_OK);
    for (int64_t i = 0; i < 3; i++) {
        engine_bind_int(stmt, 1, i);
        engine_bind_text(stmt, 2, STR_LIT("it's; DROP TABLE t --"));
        engine_bind_text(stmt, 3, STR_LIT("2026-11-21"));
        if (i == 2) {
            engine_bind_null(stmt, 3);
        }
        changed = 0;
        ENGINE_IS(engine, engine_stmt_run(stmt, &changed), ENGINE_OK);
        cr_expect_eq(changed, 1);
    }
    engine_bind_text(stmt, 3, STR_LIT("no date"));
    ENGINE_IS(engine, engine_stmt_run(stmt, NULL), ENGINE_FAILED);
    engine_stmt_close(stmt);
    cr_expect_eq(count(engine, "SELECT count(*) FROM t WHERE b LIKE 'it''s%'"), 3);
    cr_expect_eq(count(engine, "SELECT sum(a) FROM t WHERE c IS NULL"), 2);
    ENGINE_IS(engine, engine_prepare(engine, STR_LIT("SELECT nope"), &stmt), ENGINE_FAILED);
    cr_expect_null(stmt);
    cr_expect_eq(engine_error(engine)->at, 7);
    ENGINE_IS(engine, engine_prepare(engine, STR_LIT("SELECT 1; SELECT 2"), &stmt), ENGINE_FAILED);
    engine_close(engine);
}

Test(engine_run, transactions)
{
    struct engine *engine = engine_test_memory();
    ENGINE_IS(engine, engine_begin(engine), ENGINE_OK);
    cr_expect(engine_in_transaction(engine));
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER)");
    engine_rollback(engine);
    cr_expect_not(engine_in_transaction(engine));
    ENGINE_IS(engine, engine_run(engine, STR_LIT("SELECT * FROM t")), ENGINE_FAILED);

    ENGINE_IS(engine, engine_begin(engine), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER)");
    ENGINE_IS(engine, engine_run(engine, STR_LIT("SELECT 'x'::INTEGER")), ENGINE_FAILED);
    ENGINE_IS(engine, engine_run(engine, STR_LIT("SELECT 1")), ENGINE_FAILED);
    engine_rollback(engine);
    engine_rollback(engine);
    cr_expect(strstr(engine_error(engine)->message.p, "aborted"), "rollback keeps the error: %s",
              engine_error(engine)->message.p);

    ENGINE_IS(engine, engine_begin(engine), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER)");
    ENGINE_IS(engine, engine_commit(engine), ENGINE_OK);
    cr_expect_eq(count(engine, "SELECT count(*) FROM t"), 0);
    ENGINE_IS(engine, engine_commit(engine), ENGINE_FAILED);
    engine_close(engine);
}

Test(engine_run, rollback_ends_an_open_result)
{
    struct engine *engine = engine_test_memory();
    struct engine_result *rows;
    ENGINE_IS(engine, engine_begin(engine), ENGINE_OK);
    ENGINE_IS(engine, engine_query(engine, STR_LIT("SELECT * FROM range(100000)"), &rows),
              ENGINE_OK);
    cr_assert(engine_next(rows));
    engine_rollback(engine);
    cr_expect_not(engine_next(rows));
    cr_expect_eq(engine_done(rows), ENGINE_OK);
    cr_expect_eq(count(engine, "SELECT 1"), 1);
    engine_close(engine);
}

Test(engine_run, single_values)
{
    struct engine *engine = engine_test_memory();
    struct arena arena;
    arena_init(&arena);
    int64_t n;
    struct str text;
    ENGINE_IS(engine, engine_query_int(engine, STR_LIT("SELECT 1 WHERE false"), &n), ENGINE_FAILED);
    ENGINE_IS(engine, engine_query_int(engine, STR_LIT("SELECT 'x'"), &n), ENGINE_FAILED);
    ENGINE_IS(engine, engine_query_int(engine, STR_LIT("SELECT NULL"), &n), ENGINE_FAILED);
    ENGINE_IS(engine, engine_query_text(engine, STR_LIT("SELECT NULL"), &arena, &text), ENGINE_OK);
    cr_expect_null(text.p);
    ENGINE_IS(engine, engine_runf(engine, "CREATE TABLE %s (a INTEGER)", "x"), ENGINE_OK);
    cr_expect_eq(count(engine, "SELECT count(*) FROM x"), 0);
    arena_fini(&arena);
    engine_close(engine);
}

Test(engine_run, names_and_columns)
{
    struct engine *engine = engine_test_memory();
    struct arena arena;
    arena_init(&arena);
    struct buf sql;
    buf_init(&sql);
    buf_puts(&sql, "CREATE SCHEMA \"s\"\"x\"; CREATE TABLE ");
    engine_quote_table(&sql, STR_LIT("s\"x"), STR_LIT("T;'"));
    buf_puts(&sql, " (id INTEGER NOT NULL, \"b c\" DECIMAL(18, 2)); COMMENT ON COLUMN ");
    engine_quote_table(&sql, STR_LIT("s\"x"), STR_LIT("T;'"));
    buf_puts(&sql, ".id IS ");
    engine_quote_text(&sql, STR_LIT("it's \"it\""));
    ENGINE_IS(engine, engine_run(engine, buf_view(&sql)), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE VIEW v AS SELECT 1 AS a");
    enum engine_relation found;
    ENGINE_IS(engine, engine_find(engine, STR_LIT("S\"X"), STR_LIT("t;'"), &found), ENGINE_OK);
    cr_expect_eq(found, ENGINE_TABLE);
    ENGINE_IS(engine, engine_find(engine, STR_LIT(""), STR_LIT("v"), &found), ENGINE_OK);
    cr_expect_eq(found, ENGINE_VIEW);
    ENGINE_IS(engine, engine_find(engine, STR_LIT("main"), STR_LIT("w"), &found), ENGINE_OK);
    cr_expect_eq(found, ENGINE_NO_RELATION);
    struct engine_columns columns;
    ENGINE_IS(engine,
              engine_list_columns(engine, &arena, STR_LIT("s\"x"), STR_LIT("T;'"), &columns),
              ENGINE_OK);
    cr_assert_eq(columns.n, 2);
    cr_expect(str_is(columns.at[0].name, "id") && str_is(columns.at[0].type, "INTEGER"));
    cr_expect(columns.at[0].not_null && str_is(columns.at[0].comment, "it's \"it\""));
    cr_expect(str_is(columns.at[1].name, "b c") && str_is(columns.at[1].type, "DECIMAL(18,2)"));
    cr_expect(!columns.at[1].not_null && !columns.at[1].comment.p);
    ENGINE_IS(engine, engine_list_columns(engine, &arena, STR_LIT("x"), STR_LIT("y"), &columns),
              ENGINE_OK);
    cr_expect_eq(columns.n, 0);
    buf_fini(&sql);
    arena_fini(&arena);
    engine_close(engine);
}

/* Pages that the process has in memory. */
static long resident(void)
{
    long size = 0, pages = 0;
    FILE *statm = fopen("/proc/self/statm", "r");
    cr_assert_not_null(statm);
    cr_assert_eq(fscanf(statm, "%ld %ld", &size, &pages), 2);
    fclose(statm);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

Test(engine_run, five_million_rows_in_flat_memory)
{
    struct engine *engine = engine_test_memory();
    struct engine_result *rows;
    long before = resident();
    ENGINE_IS(engine,
              engine_query(engine,
                           STR_LIT("SELECT i, 'a text of some length ' || i, i::DECIMAL(18, 2) "
                                   "FROM range(5000000) r(i)"),
                           &rows),
              ENGINE_OK);
    uint64_t n = 0, bytes = 0;
    long most = 0;
    while (engine_next(rows)) {
        bytes += engine_value(rows, 0).text.n + engine_value(rows, 1).text.n;
        if (n % 100 == 0) {
            bytes += engine_value(rows, 2).text.n;
        }
        if (++n % 500000 == 0) {
            long now = resident();
            most = now > most ? now : most;
        }
    }
    ENGINE_IS(engine, engine_done(rows), ENGINE_OK);
    cr_expect_eq(n, 5000000);
    cr_expect(bytes > 5000000);
    (void)before;
#ifndef __SANITIZE_ADDRESS__ /* it keeps freed memory for a while */
    cr_expect_lt(most - before, 64 * 1024, "%ld KB", most - before);
#endif
    engine_close(engine);
}

static volatile sig_atomic_t stop;

/* Sets the flag as a signal handler would, once the statement runs. */
static void *raise_flag(void *data)
{
    (void)data;
    nanosleep(&(struct timespec){.tv_nsec = 150 * 1000000L}, NULL);
    stop = 1;
    return NULL;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const char endless[] = "SELECT count(*) FROM range(10000000) a(i), range(10000000) b(j) "
                              "WHERE hash(i, j) = 1";

Test(engine_watch, a_long_statement_is_interrupted, .timeout = 60)
{
    struct engine *engine = engine_test_memory();
    pthread_t thread;
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER)");
    engine_watch(engine, &stop, NULL, NULL);
    ENGINE_IS(engine, engine_begin(engine), ENGINE_OK);
    ENGINE_RUN(engine, "INSERT INTO t VALUES (1)");
    cr_assert_eq(pthread_create(&thread, NULL, raise_flag, NULL), 0);
    double start = seconds();
    ENGINE_IS(engine, engine_run(engine, str_from(endless)), ENGINE_INTERRUPTED);
    cr_expect_lt(seconds() - start, 10.0);
    pthread_join(thread, NULL);
    ENGINE_IS(engine, engine_run(engine, STR_LIT("SELECT 1")), ENGINE_INTERRUPTED);
    engine_rollback(engine);
    engine_watch(engine, NULL, NULL, NULL);
    cr_expect_eq(count(engine, "SELECT count(*) FROM t"), 0);
    engine_close(engine);
}

Test(engine_watch, reading_rows_is_interrupted, .timeout = 60)
{
    struct engine *engine = engine_test_memory();
    struct engine_result *rows;
    pthread_t thread;
    engine_watch(engine, &stop, NULL, NULL);
    cr_assert_eq(pthread_create(&thread, NULL, raise_flag, NULL), 0);
    enum engine_status status = engine_query(
        engine, STR_LIT("SELECT i FROM range(10000000000) r(i) WHERE i = 5 OR hash(i) = 1"), &rows);
    if (status == ENGINE_OK) {
        while (engine_next(rows)) {
        }
        status = engine_done(rows);
    }
    pthread_join(thread, NULL);
    cr_expect_eq(status, ENGINE_INTERRUPTED);
    engine_close(engine);
}

struct seen {
    int calls;
    double most;
};

static void see(void *data, double percent, uint64_t rows, uint64_t total)
{
    struct seen *seen = data;
    seen->calls++;
    if (percent > seen->most && rows <= total) {
        seen->most = percent;
    }
}

Test(engine_watch, progress_is_told, .timeout = 60)
{
    struct engine *engine = engine_test_memory();
    struct seen seen = {0, -1};
    ENGINE_RUN(engine, "CREATE TABLE t AS SELECT i, hash(i) h FROM range(3000000) r(i)");
    engine_watch(engine, NULL, see, &seen);
    for (int i = 0; i < 20 && seen.most <= 0; i++) {
        ENGINE_RUN(engine, "SELECT count(*), max(md5(h::VARCHAR || md5(i::VARCHAR))) FROM t");
    }
    cr_expect_gt(seen.calls, 0);
    cr_expect(seen.most > 0 && seen.most <= 100, "%f", seen.most);
    int calls = seen.calls;
    engine_watch(engine, NULL, NULL, NULL);
    ENGINE_RUN(engine, "SELECT count(*), max(md5(h::VARCHAR)) FROM t");
    cr_expect_eq(seen.calls, calls);
    engine_close(engine);
}
