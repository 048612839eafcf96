/* runner.c - opening a project's database for a command, and progress on a terminal. */
#include "cli/runner.h"
#include <stdlib.h>

static bool set_clock(struct runner *runner)
{
    struct cli *cli = runner->cli;
    const char *said = getenv("DTC_NOW");
    if (cli->command->groups & GROUP_CLOCK)
        said = cli_option(cli, "now", said);
    if (!said || !*said)
        return true;
    runner->run.clock.fixed = clock_parse(str_from(said), &runner->run.clock.us);
    if (!runner->run.clock.fixed)
        cli_usage(cli, "`%s` is no time, write it like `2026-01-31 08:00:00`", said);
    return runner->run.clock.fixed;
}

static void measure_names(struct runner *runner)
{
    const struct model *model = &runner->project.model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        uint32_t n = (uint32_t)strlen(model_relation(model, i)->shown);
        if (n > runner->name_width && n <= 48)
            runner->name_width = n;
    }
}

static int open_engine(struct runner *runner, const struct engine_options *options)
{
    struct cli *cli = runner->cli;
    struct run *run = &runner->run;
    enum target_status status = engine_open_reported(&cli->ctx, options, &run->engine);
    if (status != TARGET_OK)
        return cli_exit_of(status);
    cli_phase(cli, "open");
    engine_watch(run->engine, cli->stop, NULL, NULL);
    run->ctx = &cli->ctx;
    run->model = &runner->project.model;
    run->graph = &runner->project.graph;
    run->path = options->path;
    run->stop = cli->stop;
    measure_names(runner);
    return CLI_OK;
}

int runner_project(struct runner *runner, struct cli *cli, enum project_wish wish)
{
    int code;
    *runner = (struct runner){.cli = cli};
    if (!set_clock(runner))
        return CLI_USAGE;
    code = cli_project(cli, &runner->project, NULL, 0, wish);
    if (code != CLI_OK)
        return code;
    runner->path = project_database(cli, &runner->project);
    return runner->path && project_applied(cli, runner->path) ? CLI_OK : CLI_USAGE;
}

int runner_engine(struct runner *runner, const struct runner_options *options)
{
    return open_engine(runner,
                       &(struct engine_options){.path = runner->path,
                                                .read_only = options->read_only,
                                                .external_access = options->external_access});
}

int runner_open(struct runner *runner, struct cli *cli, const struct runner_options *options)
{
    int code = runner_project(runner, cli, options->wish);
    return code == CLI_OK ? runner_engine(runner, options) : code;
}

int runner_open_memory(struct runner *runner, struct cli *cli, const char *const *paths,
                       uint32_t paths_n)
{
    int code;
    *runner = (struct runner){.cli = cli};
    if (!set_clock(runner))
        return CLI_USAGE;
    code = cli_project(cli, &runner->project, paths, paths_n, PROJECT_CLEAN);
    if (code != CLI_OK)
        return code;
    return open_engine(runner, &(struct engine_options){.path = NULL});
}

void runner_close(struct runner *runner)
{
    engine_close(runner->run.engine);
    project_fini(&runner->project);
}

uint32_t *runner_names(struct runner *runner, uint32_t *n)
{
    struct cli *cli = runner->cli;
    uint32_t *out = ARENA_ARRAY(&cli->ctx.arena, uint32_t, cli->args.n + 1);
    *n = 0;
    for (uint32_t i = 0; i < cli->args.n; i++) {
        out[*n] = project_find(cli, &runner->project, cli->args.at[i]);
        if (out[(*n)++] == MODEL_NONE)
            return NULL;
    }
    return out;
}

void runner_elapsed(struct buf *out, const struct runner *runner, int64_t us)
{
    if (!runner->cli->terminal_out)
        return;
    if (us < 10000000)
        buf_printf(out, "  %.2f s", (double)us / 1e6);
    else
        buf_printf(out, "  %lld s", (long long)(us / 1000000));
}

void runner_begins(void *data, uint32_t relation)
{
    struct runner *runner = data;
    runner->began_us = clock_elapsed();
    runner->now_running = model_relation(&runner->project.model, relation)->shown;
}

/* From the engine's watching thread, while the command waits: nothing else writes then. What takes
 * less than half a second is not worth a flicker. */
void runner_goes_on(void *data, double percent)
{
    struct runner *runner = data;
    int64_t us = clock_elapsed() - runner->began_us;
    if (!runner->cli->terminal_err || runner->cli->quiet || us < 500000)
        return;
    runner->shown = true;
    if (percent >= 0)
        fprintf(stderr, "\r\033[K%s  %3.0f %%  %.1f s", runner->now_running, percent,
                (double)us / 1e6);
    else
        fprintf(stderr, "\r\033[K%s  %.1f s", runner->now_running, (double)us / 1e6);
    fflush(stderr);
}

void runner_clear(struct runner *runner)
{
    if (runner->shown)
        fputs("\r\033[K", stderr);
    runner->shown = false;
}
