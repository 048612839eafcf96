/* Opening: memory, files, who else has them, what is no database, and no library at all. */
#include "test_engine.h"
#include "base/fs.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/dtc-unit-engine-XXXXXX";
static struct arena arena;

static void enter_folder(void)
{
    arena_init(&arena);
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave(void)
{
    struct fs_entries entries;
    if (fs_list(&arena, folder, &entries) == 0) {
        for (uint32_t i = 0; i < entries.n; i++) {
            (void)remove(fs_join(&arena, folder, entries.at[i].name.p));
        }
    }
    (void)remove(folder);
    arena_fini(&arena);
}

/* A skipped test does not leave its folder: so skip before there is one. */
static void enter(void)
{
    engine_close(engine_test_memory());
    enter_folder();
}

TestSuite(engine_open, .init = enter, .fini = leave);
TestSuite(engine_library, .init = enter_folder, .fini = leave);

static int64_t count(struct engine *engine, const char *sql)
{
    int64_t n = -1;
    ENGINE_IS(engine, engine_query_int(engine, str_from(sql), &n), ENGINE_OK);
    return n;
}

Test(engine_open, a_file_keeps_what_was_written)
{
    struct engine *engine;
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t AS SELECT * FROM range(10)");
    cr_expect(str_starts(engine_version(engine), "v"));
    cr_expect(engine_library(engine).n > 0);
    engine_close(engine);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_OK);
    cr_expect_eq(count(engine, "SELECT count(*) FROM t"), 10);
    engine_close(engine);
}

Test(engine_open, a_path_with_a_colon_is_a_file)
{
    struct engine *engine;
    ENGINE_IS(engine, engine_test_open(&engine, "md:a.duckdb", false), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER)");
    engine_close(engine);
    cr_expect_eq(fs_stat("./md:a.duckdb"), FS_FILE);
}

Test(engine_open, read_only)
{
    struct engine *engine;
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", true), ENGINE_DISK);
    engine_close(engine);
    cr_expect_eq(fs_stat("a.duckdb"), FS_MISSING, "reading makes no file");
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t AS SELECT 7 AS a");
    engine_close(engine);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", true), ENGINE_OK);
    cr_expect_eq(count(engine, "SELECT a FROM t"), 7);
    ENGINE_IS(engine, engine_run(engine, STR_LIT("DELETE FROM t")), ENGINE_FAILED);
    engine_close(engine);
}

/* A child that has the database open until it may go on. */
static pid_t hold(const char *path, bool read_only, int *go)
{
    int ready[2], proceed[2];
    cr_assert_eq(pipe(ready), 0);
    cr_assert_eq(pipe(proceed), 0);
    pid_t child = fork();
    cr_assert(child >= 0);
    if (child == 0) {
        struct engine *engine;
        char byte = 'n';
        if (engine_open(&engine, &(struct engine_options){.path = path, .read_only = read_only}) ==
            ENGINE_OK) {
            byte = 'y';
        }
        close(proceed[1]);
        ssize_t n = write(ready[1], &byte, 1);
        n = read(proceed[0], &byte, 1);
        engine_close(engine);
        _exit(n < 0);
    }
    close(ready[1]);
    close(proceed[0]);
    char byte = 0;
    cr_assert_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    *go = proceed[1];
    if (byte != 'y') {
        close(*go);
        waitpid(child, NULL, 0);
        cr_skip_test("libduckdb was not found");
    }
    return child;
}

Test(engine_open, a_lock_names_its_holder)
{
    int go;
    pid_t child = hold("a.duckdb", false, &go);
    struct engine *engine;
    for (int read_only = 0; read_only < 2; read_only++) {
        ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", read_only), ENGINE_LOCKED);
        const struct engine_error *error = engine_error(engine);
        cr_expect_eq(error->holder, (long)child);
        cr_expect(error->holder_name.n > 0, "%s", error->message.p);
        engine_close(engine);
    }
    close(go);
    waitpid(child, NULL, 0);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_OK);
    engine_close(engine);
}

Test(engine_open, readers_share)
{
    struct engine *engine;
    pid_t maker = fork();
    if (maker == 0) {
        enum engine_status status =
            engine_open(&engine, &(struct engine_options){.path = "a.duckdb"});
        engine_close(engine);
        _exit((int)status);
    }
    waitpid(maker, NULL, 0);
    int go;
    pid_t child = hold("a.duckdb", true, &go);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", true), ENGINE_OK);
    engine_close(engine);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_LOCKED);
    cr_expect_eq(engine_error(engine)->holder, (long)child);
    engine_close(engine);
    close(go);
    waitpid(child, NULL, 0);
}

static struct str garbage(const char *start, size_t n)
{
    struct buf buf;
    buf_init(&buf);
    buf_puts(&buf, start);
    buf_fill(&buf, 'x', n);
    struct str text = arena_str(&arena, buf_view(&buf));
    buf_fini(&buf);
    return text;
}

Test(engine_open, what_is_no_database)
{
    static const struct {
        const char *name, *start;
        size_t more;
    } cases[] = {{"short", "hello", 0},
                 {"long", "hello", 100000},
                 {"empty", "", 0},
                 {"magic", "12345678DUCK", 20000},
                 {"other", "SQLite format 3", 20000}};
    struct engine *engine;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str text = garbage(cases[i].start, cases[i].more);
        cr_assert_eq(fs_write(cases[i].name, text), 0);
        for (int read_only = 0; read_only < 2; read_only++) {
            ENGINE_IS(engine, engine_test_open(&engine, cases[i].name, read_only),
                      ENGINE_NOT_A_DATABASE);
            engine_close(engine);
        }
        struct str after;
        cr_assert_eq(fs_read(&arena, cases[i].name, &after), 0);
        cr_expect(str_eq(after, text), "%s: the file is as it was", cases[i].name);
    }
    ENGINE_IS(engine, engine_test_open(&engine, ".", false), ENGINE_NOT_A_DATABASE);
    engine_close(engine);
    ENGINE_IS(engine, engine_test_open(&engine, "cut", false), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t AS SELECT i, hash(i) FROM range(100000) r(i)");
    engine_close(engine);
    cr_assert_eq(truncate("cut", 20000), 0);
    ENGINE_IS(engine, engine_test_open(&engine, "cut", false), ENGINE_NOT_A_DATABASE);
    engine_close(engine);
}

Test(engine_open, no_such_folder)
{
    struct engine *engine;
    ENGINE_IS(engine, engine_test_open(&engine, "none/a.duckdb", false), ENGINE_DISK);
    cr_expect(strstr(engine_error(engine)->message.p, "No such file"));
    engine_close(engine);
}

Test(engine_open, a_full_disk)
{
    struct engine *engine;
    signal(SIGXFSZ, SIG_IGN);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t AS SELECT 1 AS a");
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){200000, 200000}), 0);
    enum engine_status status = engine_run(
        engine, STR_LIT("CREATE TABLE big AS SELECT i, hash(i) FROM range(400000) r(i)"));
    cr_expect_eq(status, ENGINE_DISK, "%d %s", status, engine_error(engine)->message.p);
    engine_close(engine);
}

Test(engine_open, a_commit_that_fails)
{
    struct engine *engine;
    signal(SIGXFSZ, SIG_IGN);
    ENGINE_IS(engine, engine_test_open(&engine, "a.duckdb", false), ENGINE_OK);
    ENGINE_RUN(engine, "CREATE TABLE t (a INTEGER)");
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &(struct rlimit){200000, 200000}), 0);
    ENGINE_IS(engine, engine_begin(engine), ENGINE_OK);
    ENGINE_RUN(engine, "INSERT INTO t SELECT hash(i) % 1000000 FROM range(110000) r(i)");
    enum engine_status status = engine_commit(engine);
    cr_expect_eq(status, ENGINE_DISK, "%d %s", status, engine_error(engine)->message.p);
    cr_expect_not(engine_in_transaction(engine));
    engine_close(engine);
}

Test(engine_open, files_are_out_of_reach_unless_asked)
{
    struct engine *engine = engine_test_memory();
    cr_assert_eq(fs_write("x.csv", STR_LIT("a,b\n1,2\n")), 0);
    static const char *const statements[] = {
        "SELECT * FROM read_csv('x.csv')", "SELECT * FROM 'x.csv'",
        "COPY (SELECT 1) TO 'y.csv'",      "ATTACH 'z.duckdb'",
        "SET enable_external_access=true", "INSTALL httpfs"};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        ENGINE_IS(engine, engine_run(engine, str_from(statements[i])), ENGINE_FAILED);
    }
    cr_expect_eq(fs_stat("y.csv"), FS_MISSING);
    cr_expect_eq(fs_stat("z.duckdb"), FS_MISSING);
    engine_close(engine);
    ENGINE_IS(engine, engine_open(&engine, &(struct engine_options){.external_access = true}),
              ENGINE_OK);
    cr_expect_eq(count(engine, "SELECT b FROM read_csv('x.csv')"), 2);
    engine_close(engine);
}

Test(engine_open, what_does_not_fit_in_memory_is_spilled)
{
    setenv("TMPDIR", folder, 1);
    struct engine *engine = engine_test_memory();
    ENGINE_RUN(engine, "SET memory_limit='60MB'; CREATE TABLE t AS SELECT i, hash(i) h, "
                       "'text' || i AS s FROM range(2000000) r(i)");
    cr_expect_eq(count(engine, "SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY s) n "
                               "FROM t) WHERE n > 0"),
                 2000000);
    engine_close(engine);
    struct fs_entries entries;
    cr_assert_eq(fs_list(&arena, folder, &entries), 0);
    cr_expect_eq(entries.n, 0, "%s is left", entries.n ? entries.at[0].name.p : "");
}

Test(engine_open, built_in_readers_need_no_extension)
{
    struct engine *engine;
    enum engine_status status =
        engine_open(&engine, &(struct engine_options){.external_access = true});
    if (status == ENGINE_MISSING_LIBRARY) {
        engine_close(engine);
        cr_skip_test("libduckdb was not found");
    }
    ENGINE_RUN(engine, "COPY (SELECT 1 AS a) TO 'x.parquet'; COPY (SELECT 2 AS a) TO 'x.json'");
    cr_expect_eq(count(engine, "SELECT a FROM 'x.parquet'"), 1);
    cr_expect_eq(count(engine, "SELECT a FROM 'x.json'"), 2);
    cr_expect_eq(count(engine, "SELECT date_part('hour', TIMESTAMPTZ '2024-01-01 10:00:00+00' "
                               "AT TIME ZONE 'Asia/Tokyo')"),
                 19);
    engine_close(engine);
}

Test(engine_library, what_cannot_be_loaded)
{
    struct engine *engine;
    cr_assert_eq(fs_write("text.so", STR_LIT("hello")), 0);
    static const char *const paths[] = {"./text.so", "./nonesuch.so", "libm.so.6"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        cr_expect_eq(engine_open(&engine, &(struct engine_options){.library = paths[i]}),
                     ENGINE_MISSING_LIBRARY, "%s", paths[i]);
        cr_expect(str_starts(engine_library_tried(engine), paths[i]), "%s",
                  engine_library_tried(engine).p);
        cr_expect_eq(engine_library(engine).n, 0);
        cr_expect_eq(engine_version(engine).n, 0);
        cr_expect_eq(engine_run(engine, STR_LIT("SELECT 1")), ENGINE_FAILED);
        cr_expect_eq(engine_begin(engine), ENGINE_FAILED);
        engine_rollback(engine);
        engine_watch(engine, NULL, NULL, NULL);
        engine_close(engine);
    }
    setenv("DTC_DUCKDB_LIB", "./nonesuch.so", 1);
    cr_expect_eq(engine_open(&engine, &(struct engine_options){0}), ENGINE_MISSING_LIBRARY);
    cr_expect(str_is(engine_library_tried(engine), "./nonesuch.so: not found\n"));
    engine_close(engine);
    engine_close(NULL);
}
