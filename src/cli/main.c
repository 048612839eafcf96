/* main.c - the program: a thread with room for deep trees, one command, one exit.
 *
 * Owns: signals, colour decisions, what is said at the very end (diagnostics that are left, errors
 * of stdout), and the only exit. */
#include "cli/cli.h"
#include "diag/render.h"
#include "target/duckdb/engine.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Trees are as deep as LIMIT_NESTING allows, and printers and checks recurse. Taken from the system
 * only as it is used. */
#define STACK_BYTES ((size_t)512 << 20)
#define STACK_BYTES_LEAST ((size_t)16 << 20)

/* A signal handler can reach nothing else. */
static volatile sig_atomic_t interrupted;

/* What runs notices the first one soon. A wrapper may send it twice; the third does not wait. */
static void on_interrupt(int signal_number)
{
    if (interrupted >= 2) {
        signal(signal_number, SIG_DFL);
        raise(signal_number);
    }
    interrupted = interrupted + 1;
}

/* While texts are read and checked nobody looks at the flag, and nothing could be left half done.
 */
static void catch_interrupts(bool on)
{
    struct sigaction action = {0};
    action.sa_handler = on ? on_interrupt : SIG_DFL;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static void set_signals(void)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigemptyset(&ignored.sa_mask);
    catch_interrupts(true);
    /* A closed pipe and a file at its limit are seen as failed writes, with their own message. */
    sigaction(SIGPIPE, &ignored, NULL);
    sigaction(SIGXFSZ, &ignored, NULL);
}

static void open_cli(struct cli *cli)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR"), *ci = getenv("CI");
    bool color = !(no_color && *no_color) && !(ci && *ci) && term && strcmp(term, "dumb") != 0;
    dtc_init(&cli->ctx);
    cli->stop = &interrupted;
    cli->catch_interrupts = catch_interrupts;
    cli->terminal_out = isatty(1) == 1;
    cli->terminal_err = isatty(2) == 1;
    cli->color_out = color && cli->terminal_out;
    cli->color_err = color && cli->terminal_err;
}

/* stderr, because there is nowhere else to go; a reader that left is no news (`dtc graph | head`).
 */
static int look_at_stdout(struct cli *cli, int code)
{
    errno = 0;
    if (!cli->print_failed && (fflush(stdout) != 0 || ferror(stdout))) {
        cli->print_failed = true;
        cli->print_errno = errno ? errno : EIO;
    }
    if (!cli->print_failed)
        return code;
    if (cli->print_errno != EPIPE) {
        cli_file_error(cli, "standard output", cli->print_errno, true);
        cli_flush(cli);
    }
    return code > CLI_USAGE ? code : CLI_USAGE;
}

static void print_version(struct cli *cli)
{
    struct engine *engine;
    bool found = engine_open(&engine, &(struct engine_options){0}) == ENGINE_OK;
    struct str version = engine_version(engine);
    cli_print(cli, "dtc %s\n", DTC_VERSION);
    if (version.n)
        cli_print(cli, "DuckDB %" STR_F "\n", STR_A(version));
    else
        cli_print(cli, "DuckDB was not found\n");
    if (cli->verbose) {
        struct str library = engine_library(engine), tried = engine_library_tried(engine);
        if (library.n)
            cli_print(cli, "library %" STR_F "\n", STR_A(library));
        else if (!found)
            cli_print(cli, "looked for it at:\n%" STR_F "\n", STR_A(tried));
        cli_print(cli, "compiler %s\n", __VERSION__);
    }
    engine_close(engine);
}

static int run(struct cli *cli, int argc, char *const *argv)
{
    const char *folder;
    if (!cli_parse(cli, argc, argv))
        return CLI_USAGE;
    if (cli_flag(cli, "no-color"))
        cli->color_out = cli->color_err = false;
    if (cli->version) {
        print_version(cli);
        return CLI_OK;
    }
    if (cli_flag(cli, "help"))
        return cli_help(cli, cli->command);
    if (!cli->command) {
        cli_help_short(cli);
        return CLI_USAGE;
    }
    if (!cli->command->run) {
        struct diag *d = diag_add(&cli->ctx.diags, diag_rule("DT016"), SPAN_NONE, "`dtc %s`",
                                  cli->command->name);
        diag_help(&cli->ctx.diags, d, "`dtc help` lists what is");
        return CLI_USAGE;
    }
    folder = cli_option(cli, "directory", NULL);
    if (folder && chdir(folder) != 0) {
        cli_file_error(cli, folder, errno, false);
        return CLI_USAGE;
    }
    cli_phase(cli, NULL);
    return cli->command->run(cli);
}

struct start {
    int argc;
    char *const *argv;
    int code;
};

static void *start(void *data)
{
    struct start *s = data;
    struct cli cli = {0};
    open_cli(&cli);
    s->code = run(&cli, s->argc, s->argv);
    cli_flush(&cli);
    s->code = look_at_stdout(&cli, s->code);
    VEC_FINI(&cli.values);
    VEC_FINI(&cli.args);
    dtc_fini(&cli.ctx);
    return NULL;
}

int main(int argc, char **argv)
{
    struct start s = {.argc = argc, .argv = argv};
    pthread_attr_t attributes;
    pthread_t thread;
    size_t bytes = STACK_BYTES;
    int failed;
    set_signals();
    pthread_attr_init(&attributes);
    /* A machine with a limit on memory gives less: then less deep texts are read. */
    do {
        failed = pthread_attr_setstacksize(&attributes, bytes);
        failed = failed ? failed : pthread_create(&thread, &attributes, start, &s);
        bytes /= 2;
    } while (failed && bytes >= STACK_BYTES_LEAST);
    pthread_attr_destroy(&attributes);
    if (failed)
        bug_out_of_memory();
    pthread_join(thread, NULL);
    exit(s.code);
}
