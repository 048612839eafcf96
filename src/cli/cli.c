/* cli.c - output, diagnostics on their way out, and exit codes. */
#include "cli/cli.h"
#include "diag/render.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>

/* The first failure is kept: what follows is lost with it, and main says so once. */
void cli_write(struct cli *cli, struct str text)
{
    if (cli->print_failed)
        return;
    errno = 0;
    if (!fs_print(stdout, text)) {
        cli->print_failed = true;
        cli->print_errno = errno ? errno : EIO;
    }
}

void cli_print(struct cli *cli, const char *fmt, ...)
{
    struct buf text;
    va_list args;
    buf_init(&text);
    va_start(args, fmt);
    buf_vprintf(&text, fmt, args);
    va_end(args);
    cli_write(cli, buf_view(&text));
    buf_fini(&text);
}

void cli_note(struct cli *cli, const char *fmt, ...)
{
    va_list args;
    if (cli->quiet)
        return;
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
}

/* With --quiet notes are left out; warnings and errors are always said. Moves the notes behind them
 * and returns how many others there are: the sink still owns all. */
static uint32_t notes_last(struct diag_sink *sink)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < sink->all.n; i++) {
        struct diag *d = sink->all.at[i];
        if (d->severity != SEVERITY_NOTE) {
            sink->all.at[i] = sink->all.at[kept];
            sink->all.at[kept++] = d;
        }
    }
    return kept;
}

void cli_flush(struct cli *cli)
{
    struct diag_sink *sink = &cli->ctx.diags;
    struct buf out;
    uint32_t code = (uint32_t)cli_exit_code(cli);
    if (sink->all.n == 0)
        return;
    buf_init(&out);
    diag_sort(sink, &cli->ctx.sources);
    uint32_t all = sink->all.n;
    if (cli->quiet)
        sink->all.n = notes_last(sink);
    render_text(&out, sink, &cli->ctx.sources, (struct render_options){.color = cli->color_err});
    sink->all.n = all;
    fflush(stdout);
    if (fs_print(stderr, buf_view(&out)))
        fflush(stderr);
    fflush(stderr);
    buf_fini(&out);
    diag_sink_fini(sink);
    diag_sink_init(sink);
    if ((int)code > cli->flushed_code)
        cli->flushed_code = (int)code;
}

/* What a code says about the world outside the texts. Codes that are not here are findings. */
static int environment_code(const char *code)
{
    static const struct {
        const char *code;
        int exit;
    } rows[] = {
        {"DT010", CLI_USAGE},       {"DT011", CLI_USAGE},   {"DT012", CLI_USAGE},
        {"DT014", CLI_USAGE},       {"DT017", CLI_USAGE},   {"DT018", CLI_USAGE},
        {"DT019", CLI_LOCKED},      {"DT020", CLI_CONNECT}, {"DT021", CLI_STATEMENT},
        {"DT022", CLI_STALE},       {"DT023", CLI_USAGE},   {"DT024", CLI_USAGE},
        {"DT031", CLI_INTERRUPTED}, {"DT032", CLI_USAGE},   {"DT038", CLI_USAGE},
        {"DT039", CLI_USAGE},       {"DT041", CLI_USAGE},   {"DT702", CLI_USAGE},
        {"DT703", CLI_USAGE},       {"DT704", CLI_USAGE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].code, code) == 0)
            return rows[i].exit;
    }
    return CLI_FINDINGS;
}

/* A name in --env or --set that the project does not have: usage, where the same code in a text is
 * a finding. */
static bool of_command_line(const struct diag *d)
{
    static const char *const codes[] = {"DT108", "DT109", "DT119"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (strcmp(codes[i], d->rule->code) == 0)
            return d->labels.at[0].span.file == SPAN_NO_FILE;
    }
    return false;
}

int cli_exit_code(const struct cli *cli)
{
    const struct diag_sink *sink = &cli->ctx.diags;
    int worst = cli->flushed_code;
    for (uint32_t i = 0; i < sink->all.n; i++) {
        int code = CLI_OK;
        if (sink->all.at[i]->severity == SEVERITY_ERROR)
            code = of_command_line(sink->all.at[i]) ? CLI_USAGE
                                                    : environment_code(sink->all.at[i]->rule->code);
        if (code > worst)
            worst = code;
    }
    if (cli->ctx.limit_hit && worst < CLI_USAGE)
        worst = CLI_USAGE;
    return worst;
}

int cli_exit_of(enum target_status status)
{
    switch (status) {
    case TARGET_OK:
        return CLI_OK;
    case TARGET_FINDINGS:
        return CLI_FINDINGS;
    case TARGET_ENVIRONMENT:
        return CLI_USAGE;
    case TARGET_NOT_CONNECTED:
        return CLI_CONNECT;
    case TARGET_STATEMENT:
        return CLI_STATEMENT;
    case TARGET_PARTLY:
        return CLI_PARTLY;
    case TARGET_STALE:
        return CLI_STALE;
    case TARGET_LOCKED:
        return CLI_LOCKED;
    case TARGET_INTERRUPTED:
        return CLI_INTERRUPTED;
    }
    BUG("target status %d", (int)status);
}

void cli_file_error(struct cli *cli, const char *path, int error, bool writing)
{
    const char *code = writing           ? "DT014"
                       : error == ENOENT ? "DT010"
                       : error == EFBIG  ? "DT012"
                                         : "DT011";
    diag_add(&cli->ctx.diags, diag_rule(code), SPAN_NONE, "`%s`: %s", path, strerror(error));
}

void cli_phase(struct cli *cli, const char *name)
{
    struct timespec now;
    int64_t at;
    if (!cli->timings)
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    at = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    if (name && cli->phase_started)
        fprintf(stderr, "time: %-10s %9.3f ms  %zu KB\n", name,
                (double)(at - cli->phase_started) / 1000.0, cli->ctx.arena.reserved / 1024);
    cli->phase_started = at;
}

uint32_t cli_terminal_columns(const struct cli *cli)
{
    const char *said = getenv("COLUMNS");
    struct winsize size;
    if (said) {
        char *end;
        long n = strtol(said, &end, 10);
        if (end != said && *end == '\0' && n > 0 && n < 100000)
            return (uint32_t)n;
    }
    if (!cli->terminal_out || ioctl(1, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}
