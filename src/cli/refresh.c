/* refresh.c - `dtc refresh`: recompute dynamic tables, one line for each. */
#include "cli/runner.h"
#include "run/refresh.h"

static void put_counted(struct buf *out, const char *words, const struct run_counted *at,
                        uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, ", %lld %s `%s`", (long long)at[i].rows, words, at[i].name);
}

static void ended(void *data, const struct run_event *event)
{
    static const char *const words[] = {"refreshed", "failed", "skipped"};
    struct runner *runner = data;
    struct cli *cli = runner->cli;
    struct buf line;
    buf_init(&line);
    runner_clear(runner);
    buf_printf(&line, "%-10s %-*s  ", words[event->outcome], (int)runner->name_width,
               model_relation(&runner->project.model, event->relation)->shown);
    if (event->reason)
        buf_puts(&line, event->reason);
    else
        buf_printf(&line, "%lld row%s", (long long)event->rows, event->rows == 1 ? "" : "s");
    put_counted(&line, "dropped by", event->dropped.at, event->dropped.n);
    put_counted(&line, "violate", event->warned.at, event->warned.n);
    if (event->outcome != RUN_SKIPPED)
        runner_elapsed(&line, runner, event->elapsed_us);
    buf_putc(&line, '\n');
    cli_write(cli, buf_view(&line));
    fflush(stdout);
    buf_fini(&line);
}

int command_refresh(struct cli *cli)
{
    struct runner runner;
    struct refresh_counts counts = {0};
    uint32_t *names, names_n;
    int code = runner_open(&runner, cli, &(struct runner_options){.wish = PROJECT_CLEAN});
    (void)cli_flag(cli, "full"); /* every refresh recomputes wholly, so far */
    runner.listener = (struct run_listener){&runner, runner_begins, runner_goes_on, ended};
    runner.run.listener = &runner.listener;
    if (code == CLI_OK) {
        names = runner_names(&runner, &names_n);
        code = CLI_USAGE;
        if (names)
            code = cli_exit_of(refresh_all(&runner.run, names, names_n, &counts));
        if (counts.failed || counts.skipped)
            cli_note(cli, "%u refreshed, %u failed, %u skipped\n", counts.done, counts.failed,
                     counts.skipped);
        cli_phase(cli, "refresh");
    }
    runner_close(&runner);
    return code;
}
