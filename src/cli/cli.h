/* cli.h - what every command is handed: options, arguments, output, and the way to the project.
 *
 * Owns: the tables made from commands.def, option parsing, output and exit codes. Does not own:
 * what a command does (src/cli/<name>.c, one function `int command_<name>(struct cli *)` that
 * returns an exit code). Idea: a command reads its options by name (a name that commands.def does
 * not give it is BUG), adds diagnostics to cli->ctx.diags and prints results with cli_print; main
 * renders what is left in the sink to stderr, looks at stdout's errors, and exits. */
#ifndef DTC_CLI_CLI_H
#define DTC_CLI_CLI_H

#include "base/fs.h"
#include "checks/check.h"
#include "target/target.h"
#include <signal.h>
#include <stdio.h>

/* design/language.md "Exit codes". */
enum cli_exit {
    CLI_OK = 0,
    CLI_FINDINGS = 1,
    CLI_USAGE = 2, /* usage, configuration, environment; nothing done */
    CLI_CONNECT = 10,
    CLI_STATEMENT = 11,
    CLI_PARTLY = 12,
    CLI_STALE = 13,
    CLI_LOCKED = 14,
    CLI_INTERRUPTED = 130,
};

enum command_group {
    GROUP_GLOBAL = 1 << 0, /* every command */
    GROUP_PROJECT = 1 << 1,
    GROUP_TARGET = 1 << 2,
    GROUP_CLOCK = 1 << 3,
};

struct cli;

struct command {
    const char *name;
    int (*run)(struct cli *cli); /* NULL: not built yet */
    unsigned groups;
    const char *usage, *summary, *prints, *exits;
};

struct option {
    const char *command;  /* NULL for a shared one */
    unsigned group;       /* of a shared one */
    const char *name;     /* without the dashes */
    char letter;          /* 0: none */
    const char *argument; /* NULL for a flag */
    const char *help;
};

#define COMMAND(state, name, groups, usage, summary, prints, exits)                                \
    int command_##name(struct cli *cli);
#define OPTION(command, name, letter, argument, help)
#define SHARED(group, name, letter, argument, help)
#include "cli/commands.def"
#undef COMMAND
#undef OPTION
#undef SHARED

extern const struct command cli_commands[];
extern const uint32_t cli_commands_n;
extern const struct option cli_all_options[];
extern const uint32_t cli_all_options_n;

const struct command *command_find(struct str name);
bool option_belongs(const struct option *option, const struct command *command);
/* The i-th value of "a|b|c"; empty after the last, and for an argument that is no such list. */
struct str option_choice(const struct option *option, uint32_t i);

struct cli_value {
    const struct option *option;
    const char *value; /* NULL for a flag */
};

struct cli {
    struct dtc ctx;
    const struct command *command;
    VEC(struct cli_value) values; /* as given */
    VEC(const char *) args;       /* what is not an option */
    bool quiet, timings;
    bool version, verbose;     /* dtc --version [--verbose] */
    bool color_out, color_err; /* stdout and stderr show colours */
    bool terminal_out, terminal_err;
    int flushed_code;  /* the worst code of what cli_flush has shown */
    bool print_failed; /* stdout took not all; print_errno says why */
    int print_errno;
    const volatile sig_atomic_t *stop; /* not 0 after Ctrl-C: give it to engine_watch */
    void (*catch_interrupts)(bool on); /* off: Ctrl-C ends the process at once, nothing is open */
    int64_t phase_started;             /* --timings */
};

/* --- options and arguments
 * ------------------------------------------------------------------------ */

/* Reads argv[1..]. False with a diagnostic when the command line is not well formed. */
NODISCARD bool cli_parse(struct cli *cli, int argc, char *const *argv);
bool cli_flag(const struct cli *cli, const char *name);
/* The last value given, or what `otherwise` is. */
const char *cli_option(const struct cli *cli, const char *name, const char *otherwise);
/* The i-th value of an option that may be repeated; NULL after the last. */
const char *cli_option_at(const struct cli *cli, const char *name, uint32_t i);
/* A whole number at least `least`; false with a diagnostic when it is none. */
NODISCARD bool cli_option_int(struct cli *cli, const char *name, int64_t least, int64_t *value);
/* Adds DT017 with this label; returns CLI_USAGE. */
int cli_usage(struct cli *cli, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Sorts arguments: those that exist as a file or a folder are paths, others names. NULL-terminated,
 * in the arena. */
struct cli_arguments {
    const char **paths, **names;
    uint32_t paths_n, names_n;
};
struct cli_arguments cli_arguments(struct cli *cli);

/* --- output -------------------------------------------------------------------------------------
 */

/* Results go to stdout, progress and diagnostics to stderr. */
void cli_print(struct cli *cli, const char *fmt, ...) PRINTF_LIKE(2, 3);
void cli_write(struct cli *cli, struct str text);
/* To stderr, not at all when quiet. */
void cli_note(struct cli *cli, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Renders the diagnostics that were collected to stderr and forgets them, with their counts kept.
 */
void cli_flush(struct cli *cli);
/* Forgets the diagnostics: what a command does not show because it is the matter of `dtc lint`. */
void cli_forget(struct cli *cli);
/* The exit code for the diagnostics in the sink: 0 without errors, 1 for errors in texts, else the
 * code of what failed in the environment. */
int cli_exit_code(const struct cli *cli);
int cli_exit_of(enum target_status status);
/* Says with --timings what passed since the last call. */
void cli_phase(struct cli *cli, const char *name);
/* Adds the diagnostic for an errno of fs.h about path: DT010, DT011, DT012 or DT014 (writing). */
void cli_file_error(struct cli *cli, const char *path, int error, bool writing);
/* Columns of the terminal on stdout; 0 when it is none. */
uint32_t cli_terminal_columns(const struct cli *cli);

/* --- help ---------------------------------------------------------------------------------------
 */

/* The help of a command, of all without one; returns CLI_OK. */
int cli_help(struct cli *cli, const struct command *command);
/* What `dtc` alone says, to stderr. */
void cli_help_short(struct cli *cli);
/* The manual page (roff), and a completion script: "bash", "zsh", "fish". */
void help_man(struct buf *out);
void help_completion(struct buf *out, const char *shell);

/* --- the project --------------------------------------------------------------------------------
 */

struct project {
    struct model model;
    struct graph graph;
    struct checks checks;
    bool resolved, checked; /* graph is built; checks ran */
};

enum project_wish {
    PROJECT_PLACE,  /* load, resolve, graph; findings are not this command's matter */
    PROJECT_GRAPH,  /* load, resolve, graph */
    PROJECT_CHECKS, /* and the checks */
    PROJECT_CLEAN,  /* and no error among the findings: for commands that change something */
};

/* The one way from paths (none: found upwards from the working directory) to a judged pipeline.
 * Returns CLI_OK, or the code to end with; project_fini is due in both cases. */
NODISCARD int cli_project(struct cli *cli, struct project *project, const char *const *paths,
                          uint32_t paths_n, enum project_wish wish);
void project_fini(struct project *project);
/* The relation that a name on the command line means; MODEL_NONE with DT039 and a suggestion. */
uint32_t project_find(struct cli *cli, const struct project *project, const char *name);
/* The folder of the file with the pipeline block, else the root: what lies beside a pipeline is
 * there. From the working directory where it is below it. */
const char *project_folder(struct cli *cli, const struct project *project);
/* Where the embedded database is: --target duckdb:PATH, else <pipeline>.duckdb beside the file with
 * the pipeline block. NULL with a diagnostic for a target that is not built. */
const char *project_database(struct cli *cli, const struct project *project);

/* False with a diagnostic when nothing was ever applied to the database at path. */
bool project_applied(struct cli *cli, const char *path);

#endif
