/* measure.c - how long each phase takes, in a process of its own so that memory starts from none.
 *
 * CPU time, because other programs run on the same machine; the least of several runs, because
 * everything that disturbs makes a run longer. */
#include "bench.h"
#include "checks/check.h"
#include "emit/emit.h"
#include "syntax/parse.h"
#include "../support/text.h"
#include <malloc.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What is measured: a folder, or one text. */
struct subject {
    const char *folder;
    struct str text;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void keep_least(double *ms, double value)
{
    if (*ms < 0 || value < *ms)
        *ms = value;
}

static uint64_t held(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static bool load(struct dtc *ctx, struct model *model, const struct subject *subject)
{
    if (subject->folder != NULL)
        return model_load(ctx, model, ".", &subject->folder, 1);
    model_load_text(ctx, model, "corner.dtl", subject->text);
    return true;
}

/* The texts once more, without the rest of the model. */
static void measure_syntax(struct measure *out, struct dtc *read, const struct model *model)
{
    struct dtc ctx;
    double start;

    dtc_init(&ctx);
    syntax_open(&ctx);
    out->tokens = out->bytes = 0;
    for (uint32_t i = 0; i < model->files.n; i++) {
        struct source *source = &read->sources.files.at[model->files.at[i].source];
        source_add(&ctx.sources, source->path, source->text);
        out->bytes += source->text.n;
    }
    out->files = ctx.sources.files.n;
    start = now_ms();
    for (uint32_t i = 0; i < out->files; i++)
        out->tokens += parse_scan_only(&ctx, i);
    keep_least(&out->ms[SCAN], now_ms() - start);
    dtc_fini(&ctx);

    dtc_init(&ctx);
    syntax_open(&ctx);
    struct tree *trees = calloc(out->files, sizeof *trees);
    for (uint32_t i = 0; i < out->files; i++) {
        struct source *source = &read->sources.files.at[model->files.at[i].source];
        source_add(&ctx.sources, source->path, source->text);
    }
    start = now_ms();
    for (uint32_t i = 0; i < out->files; i++)
        parse_file(&ctx, i, PARSE_DTL, &trees[i]);
    keep_least(&out->ms[PARSE], now_ms() - start);
    for (uint32_t i = 0; i < out->files; i++)
        tree_fini(&trees[i]);
    free(trees);
    dtc_fini(&ctx);
}

static void measure_emit(struct measure *out, const struct graph *graph)
{
    struct statements statements = {0};
    struct emit_options options = {CREATE_DEFAULT};
    double start = now_ms();

    dialect_snowflake.script(&statements, graph, &options);
    keep_least(&out->ms[EMIT], now_ms() - start);
    statements_fini(&statements);
}

static uint32_t count_tables(const struct model *model)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < model->relations.n; i++) {
        if (model_relation(model, i)->kind == RELATION_DYNAMIC_TABLE)
            n++;
    }
    return n;
}

static void measure_once(struct measure *out, const struct subject *subject)
{
    struct dtc ctx;
    struct model model;
    struct graph graph;
    struct checks checks;
    struct model_options options = {NULL, NULL};
    uint64_t before = held();

    dtc_init(&ctx);
    syntax_open(&ctx);
    if (load(&ctx, &model, subject)) {
        double start = now_ms();
        model_resolve(&model, &options);
        keep_least(&out->ms[RESOLVE], now_ms() - start);
        start = now_ms();
        graph_build(&graph, &model);
        keep_least(&out->ms[GRAPH], now_ms() - start);
        start = now_ms();
        checks_run(&checks, &ctx, &model, &graph);
        keep_least(&out->ms[CHECKS], now_ms() - start);
        out->memory = held() - before;
        out->tables = count_tables(&model);
        out->errors = ctx.diags.counts[SEVERITY_ERROR];
        out->warnings = ctx.diags.counts[SEVERITY_WARNING];
        if (out->errors == 0)
            measure_emit(out, &graph);
        measure_syntax(out, &ctx, &model);
        checks_fini(&checks);
        graph_fini(&graph);
    }
    model_fini(&model);
    dtc_fini(&ctx);
}

static void measure_here(struct measure *out, const struct subject *subject, unsigned runs)
{
    struct rusage usage;

    *out = (struct measure){0};
    for (unsigned i = 0; i < PHASES; i++)
        out->ms[i] = -1;
    for (unsigned i = 0; i < runs; i++)
        measure_once(out, subject);
    getrusage(RUSAGE_SELF, &usage);
    out->peak = (uint64_t)usage.ru_maxrss * 1024;
}

static bool measure_apart(struct measure *out, const struct subject *subject, unsigned runs)
{
    int ends[2];
    int status = 0;

    fflush(NULL);
    if (pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        measure_here(out, subject, runs);
        ssize_t written = write(ends[1], out, sizeof *out);
        _exit(written == (ssize_t)sizeof *out ? 0 : 1);
    }
    close(ends[1]);
    ssize_t got = child < 0 ? -1 : read(ends[0], out, sizeof *out);
    close(ends[0]);
    if (child > 0)
        waitpid(child, &status, 0);
    return got == (ssize_t)sizeof *out && status == 0;
}

bool measure_folder(struct measure *out, const char *folder, unsigned runs)
{
    struct subject subject = {.folder = folder};
    return measure_apart(out, &subject, runs);
}

bool measure_text(struct measure *out, struct str text, unsigned runs)
{
    struct subject subject = {.text = text};
    return measure_apart(out, &subject, runs);
}
