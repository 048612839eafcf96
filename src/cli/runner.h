/* runner.h - what the commands on the embedded engine share: project, database, clock, progress. */
#ifndef DTC_CLI_RUNNER_H
#define DTC_CLI_RUNNER_H

#include "cli/cli.h"
#include "run/run.h"

struct runner {
    struct cli *cli;
    struct project project;
    struct run run;
    struct run_listener listener;
    const char *path;
    uint32_t name_width;     /* of the widest name that will be shown */
    int64_t began_us;        /* the running step; elapsed */
    const char *now_running; /* its name */
    bool shown;              /* a progress line stands on the terminal */
};

struct runner_options {
    enum project_wish wish;
    bool read_only, external_access;
};

/* Loads the project found from the working directory, opens its database, sets the clock. Returns
 * CLI_OK or the code to end with; runner_close is due in both cases. */
NODISCARD int runner_open(struct runner *runner, struct cli *cli,
                          const struct runner_options *options);
/* Its two halves: for a command that opens the database more than once, closing run.engine itself.
 */
NODISCARD int runner_project(struct runner *runner, struct cli *cli, enum project_wish wish);
NODISCARD int runner_engine(struct runner *runner, const struct runner_options *options);
/* The same without a database of its own: in memory. */
NODISCARD int runner_open_memory(struct runner *runner, struct cli *cli, const char *const *paths,
                                 uint32_t paths_n);
void runner_close(struct runner *runner);
/* Relations that the arguments name; NULL with a diagnostic when one is not there. *n may be 0. */
uint32_t *runner_names(struct runner *runner, uint32_t *n);
/* Shows a progress line on a terminal while a relation is worked on: for listener.begins, goes_on.
 */
void runner_begins(void *data, uint32_t relation);
void runner_goes_on(void *data, double percent);
/* Takes the progress line away again. */
void runner_clear(struct runner *runner);
/* "1.2 s", only on a terminal: elsewhere output depends on nothing but the data. */
void runner_elapsed(struct buf *out, const struct runner *runner, int64_t us);

#endif
