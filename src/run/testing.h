/* testing.h - the `test` blocks of a pipeline, played on an engine in memory. */
#ifndef DTC_RUN_TESTING_H
#define DTC_RUN_TESTING_H

#include "run/run.h"

struct testing_counts {
    uint32_t passed, failed;
};

/* Told after each test; reason is NULL when it passed. */
typedef void testing_ended_fn(void *data, const char *name, bool passed);

/* Creates everything once, then plays each test that `names` holds (none: all) in a transaction
 * that is rolled back. A test gives rows, recomputes what its `then` names read, and compares as
 * multisets; a difference is DT030 with the rows. TARGET_FINDINGS when one failed. */
NODISCARD enum target_status testing_run(struct run *run, const char *const *names,
                                         uint32_t names_n, testing_ended_fn *ended, void *data,
                                         struct testing_counts *counts);

#endif
