/* test_engine.h - what the engine's tests share: opening, or skipping where there is no
 * libduckdb. */
#ifndef DTC_TESTS_UNIT_TEST_ENGINE_H
#define DTC_TESTS_UNIT_TEST_ENGINE_H

#include "target/duckdb/engine.h"
#include <criterion/criterion.h>

/* Fails the test unless the status is the one expected; shows what the engine says. */
#define ENGINE_IS(engine, call, expected)                                                          \
    do {                                                                                           \
        enum engine_status got_ = (call);                                                          \
        cr_assert_eq(got_, (expected), "%s: status %d, %s: %s", #call, (int)got_,                  \
                     engine_error(engine)->type.p, engine_error(engine)->message.p);               \
    } while (0)
#define ENGINE_RUN(engine, sql) ENGINE_IS(engine, engine_run(engine, str_from(sql)), ENGINE_OK)

static inline enum engine_status engine_test_open(struct engine **engine, const char *path,
                                                  bool read_only)
{
    enum engine_status status = engine_open(
        engine, &(struct engine_options){.path = path, .read_only = read_only, .threads = 2});
    if (status == ENGINE_MISSING_LIBRARY) {
        engine_close(*engine);
        *engine = NULL;
        cr_skip_test("libduckdb was not found");
    }
    return status;
}

/* An engine in memory. */
static inline struct engine *engine_test_memory(void)
{
    struct engine *engine;
    ENGINE_IS(engine, engine_test_open(&engine, NULL, false), ENGINE_OK);
    return engine;
}

#endif
