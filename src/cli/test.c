/* test.c - `dtc test`: the tests of the pipeline on an engine in memory, one line for each. */
#include "cli/runner.h"
#include "run/testing.h"

static void ended(void *data, const char *name, bool passed)
{
    struct runner *runner = data;
    struct cli *cli = runner->cli;
    cli_print(cli, "%-6s %s\n", passed ? "ok" : "failed", name);
    /* What went wrong stands below its line. */
    fflush(stdout);
    cli_flush(cli);
}

int command_test(struct cli *cli)
{
    struct runner runner;
    struct testing_counts counts = {0};
    struct cli_arguments arguments = cli_arguments(cli);
    int code = runner_open_memory(&runner, cli, arguments.paths, arguments.paths_n);
    if (code == CLI_OK) {
        code = cli_exit_of(
            testing_run(&runner.run, arguments.names, arguments.names_n, ended, &runner, &counts));
        if (code <= CLI_FINDINGS)
            cli_note(cli, "%u passed, %u failed\n", counts.passed, counts.failed);
    }
    runner_close(&runner);
    return code;
}
