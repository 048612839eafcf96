/* run.h - what the work on the embedded engine is handed: the pipeline, an open engine, a clock.
 *
 * Nothing here prints: what happens is told to a listener, what is wrong is a diagnostic. Every
 * function that can fail returns the status that the exit code follows. */
#ifndef DTC_RUN_RUN_H
#define DTC_RUN_RUN_H

#include "emit/emit.h"
#include "run/clock.h"
#include "target/duckdb/report.h"

struct run_listener;

struct run {
    struct dtc *ctx;
    const struct model *model;
    const struct graph *graph;
    struct engine *engine;
    const char *path; /* of the database; NULL for one in memory */
    struct clock clock;
    const volatile sig_atomic_t *stop; /* may be NULL */
    struct run_listener *listener;     /* may be NULL */
};

enum run_outcome { RUN_DONE, RUN_FAILED, RUN_SKIPPED };

struct run_counted {
    const char *name; /* of the expectation */
    int64_t rows;
};

struct run_event {
    uint32_t relation;
    enum run_outcome outcome;
    int64_t rows; /* that the table has, or that were loaded; below 0: not known */
    int64_t elapsed_us;
    const char *reason; /* why it failed or was skipped; NULL when it did not */
    VEC(struct run_counted) warned, dropped;
};

struct run_listener {
    void *data;
    /* Before work on a relation, while it is on its way (from another thread; percent below 0 when
     * not known), and after it. */
    void (*begins)(void *data, uint32_t relation);
    void (*goes_on)(void *data, double percent);
    void (*ended)(void *data, const struct run_event *event);
};

/* "silver"."paid_orders", as the engine has it. */
void run_name(struct buf *out, const struct run *run, uint32_t relation);
/* A name as the text at span spells it, where it stands there; else folded, as it is kept. In the
 * arena or the interner. */
const char *run_spelling(struct dtc *ctx, struct span span, sym_t name);
/* A whole number of the engine; -1 for NULL and for what is none. */
int64_t run_number(struct engine_value value);
/* Reports the engine's failure at the relation's name. */
enum target_status run_failed(struct run *run, uint32_t relation, const char *what);
/* Tells that a node of the relation's file has no form on this engine (DT701). */
enum target_status run_refused(struct run *run, uint32_t file, node_t at, const char *why);
/* Starts and ends listening to the engine around one relation. */
void run_begin(struct run *run, uint32_t relation);
void run_end(struct run *run, const struct run_event *event);

#endif
