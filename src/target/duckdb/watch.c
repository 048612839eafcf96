/* watch.c - lets a signal handler's flag stop a statement, and reports progress meanwhile.
 *
 * Owns: the watching thread. Does not own: the flag, and what progress looks like.
 * Idea: a signal handler may only set a flag, and the engine's thread is inside DuckDB for as long
 * as a statement takes. So a second thread wakes up now and then, and while a statement runs it
 * hands the flag on as duckdb_interrupt. It does so again at each turn, since an interrupt that
 * comes before the statement has really begun is forgotten by DuckDB. Entering and leaving DuckDB
 * only takes a lock. */
#include "target/duckdb/internal.h"
#include <time.h>

enum { TURN_MS = 20, PROGRESS_TURNS = 3 };

static void *watching(void *argument)
{
    struct engine *engine = argument;
    struct watch *watch = &engine->watch;
    uint32_t turn = 0;
    pthread_mutex_lock(&watch->lock);
    while (!watch->quit) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += TURN_MS * 1000000L;
        if (until.tv_nsec >= 1000000000L) {
            until.tv_nsec -= 1000000000L;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&watch->wake, &watch->lock, &until);
        if (!watch->armed || watch->quit) {
            turn = 0;
            continue;
        }
        if (watch->stop && *watch->stop) {
            engine->api.interrupt(engine->connection);
        }
        if (watch->progress && ++turn % PROGRESS_TURNS == 0) {
            struct duckdb_progress now = engine->api.query_progress(engine->connection);
            watch->progress(watch->data, now.percent, now.rows, now.total);
        }
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

void watch_end(struct engine *engine)
{
    struct watch *watch = &engine->watch;
    if (!watch->on) {
        return;
    }
    pthread_mutex_lock(&watch->lock);
    watch->quit = true;
    pthread_cond_signal(&watch->wake);
    pthread_mutex_unlock(&watch->lock);
    pthread_join(watch->thread, NULL);
    pthread_cond_destroy(&watch->wake);
    pthread_mutex_destroy(&watch->lock);
    *watch = (struct watch){0};
}

/* False when the system has no thread left: the flag is then seen between statements only. */
static bool start(struct engine *engine)
{
    struct watch *watch = &engine->watch;
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    /* Signals belong to the program's own thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    watch->on = pthread_create(&watch->thread, NULL, watching, engine) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!watch->on) {
        pthread_cond_destroy(&watch->wake);
        pthread_mutex_destroy(&watch->lock);
    }
    return watch->on;
}

void engine_watch(struct engine *engine, const volatile sig_atomic_t *stop,
                  engine_progress_fn *progress, void *data)
{
    struct watch *watch = &engine->watch;
    watch_end(engine);
    if (!engine->connection || (!stop && !progress)) {
        return;
    }
    watch->stop = stop;
    watch->progress = progress;
    watch->data = data;
    if (progress) {
        /* DuckDB counts only when it has a progress bar; the bar itself stays dark. */
        struct engine_error kept = engine->error;
        (void)statement_quick(engine, "SET enable_progress_bar_print=false");
        (void)statement_quick(engine, "SET enable_progress_bar=true");
        engine->error = kept;
    }
    (void)start(engine);
}

void watch_enter(struct engine *engine)
{
    if (engine->watch.on) {
        pthread_mutex_lock(&engine->watch.lock);
        engine->watch.armed = true;
        pthread_mutex_unlock(&engine->watch.lock);
    }
}

void watch_leave(struct engine *engine)
{
    if (engine->watch.on) {
        pthread_mutex_lock(&engine->watch.lock);
        engine->watch.armed = false;
        pthread_mutex_unlock(&engine->watch.lock);
    }
}

bool watch_stopped(const struct engine *engine)
{
    return engine->watch.stop && *engine->watch.stop;
}
