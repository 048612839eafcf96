/* run.c - what load, refresh and test share. */
#include "run/run.h"
#include <stdlib.h>

void run_name(struct buf *out, const struct run *run, uint32_t relation)
{
    dialect_duckdb.relation_name(out, run->model, relation);
}

/* The text ends where it ends, not at a NUL. */
int64_t run_number(struct engine_value value)
{
    char text[24] = {0};
    if (value.null || value.text.n == 0 || value.text.n >= sizeof text)
        return -1;
    memcpy(text, value.text.p, value.text.n);
    return strtoll(text, NULL, 10);
}

enum target_status run_failed(struct run *run, uint32_t relation, const char *what)
{
    const struct relation *r = model_relation(run->model, relation);
    return engine_report(run->ctx, run->engine, run->path,
                         model_span(run->model, r->file, r->name_node), what);
}

enum target_status run_refused(struct run *run, uint32_t file, node_t at, const char *why)
{
    diag_add(&run->ctx->diags, diag_rule("DT701"), model_span(run->model, file, at), "%s", why);
    return TARGET_STATEMENT;
}

static void goes_on(void *data, double percent, uint64_t rows, uint64_t total)
{
    struct run *run = data;
    (void)rows;
    (void)total;
    run->listener->goes_on(run->listener->data, percent);
}

void run_begin(struct run *run, uint32_t relation)
{
    bool listens = run->listener && run->listener->goes_on;
    if (run->listener)
        run->listener->begins(run->listener->data, relation);
    engine_watch(run->engine, run->stop, listens ? goes_on : NULL, run);
}

/* The watch for Ctrl-C stays, that for progress ends: nothing is on its way. */
void run_end(struct run *run, const struct run_event *event)
{
    engine_watch(run->engine, run->stop, NULL, NULL);
    if (run->listener)
        run->listener->ended(run->listener->data, event);
}
