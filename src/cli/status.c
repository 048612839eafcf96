/* status.c - `dtc status`: rows, freshness against lag, last refresh, verdict. */
#include "base/json.h"
#include "base/utf8.h"
#include "cli/runner.h"
#include "run/status.h"
#include <time.h>

enum {
    COLUMN_NAME,
    COLUMN_ROWS,
    COLUMN_LAG,
    COLUMN_FRESHNESS,
    COLUMN_LAST,
    COLUMN_STATE,
    COLUMN_VERDICT,
    COLUMNS
};

static const char *const titles[COLUMNS] = {"name",         "rows",  "lag",    "freshness",
                                            "last refresh", "state", "verdict"};

/* One line of the table; texts are in the arena. */
struct line {
    const char *cells[COLUMNS];
};

static const char *duration(struct arena *arena, int64_t seconds)
{
    struct buf out;
    const char *text;
    buf_init(&out);
    duration_print(&out, seconds);
    text = arena_str(arena, buf_view(&out)).p;
    buf_fini(&out);
    return text;
}

/* What a person waits for: "3 minutes", not seconds of a table that is days old. */
static const char *rounded(struct arena *arena, int64_t us)
{
    int64_t seconds = us / 1000000;
    if (seconds >= 86400)
        seconds -= seconds % 3600;
    else if (seconds >= 3600)
        seconds -= seconds % 60;
    return seconds ? duration(arena, seconds) : "0 seconds";
}

static const char *lag_text(struct runner *runner, uint32_t relation)
{
    const struct effective_lag *lag = &runner->project.graph.lag[relation];
    struct arena *arena = &runner->cli->ctx.arena;
    if (model_relation(&runner->project.model, relation)->kind != RELATION_DYNAMIC_TABLE)
        return "";
    if (!lag->live)
        return "none";
    return lag->cron ? "fixed times" : duration(arena, lag->seconds);
}

static struct line line_of(struct runner *runner, const struct status_row *row)
{
    struct arena *arena = &runner->cli->ctx.arena;
    const struct relation *r = model_relation(&runner->project.model, row->relation);
    const char *verdict = verdict_text(runner->project.checks.judgements[row->relation].verdict);
    struct line line = {.cells = {r->shown, "", lag_text(runner, row->relation), "", "",
                                  status_text(row->state), verdict ? verdict : ""}};
    if (row->rows >= 0)
        line.cells[COLUMN_ROWS] = arena_printf(arena, "%lld", (long long)row->rows);
    if (row->freshness_us >= 0)
        line.cells[COLUMN_FRESHNESS] = rounded(arena, row->freshness_us);
    if (row->last_refresh)
        line.cells[COLUMN_LAST] = row->last_refresh;
    return line;
}

static void put_line(struct buf *out, const char *const *cells, const uint32_t *widths)
{
    size_t end = out->n;
    for (uint32_t i = 0; i < COLUMNS; i++) {
        uint32_t width = (uint32_t)utf8_width(str_from(cells[i]));
        buf_fill(out, ' ', i ? 2 : 0);
        buf_fill(out, ' ', i == COLUMN_ROWS ? widths[i] - width : 0);
        buf_puts(out, cells[i]);
        if (*cells[i])
            end = out->n;
        buf_fill(out, ' ', i == COLUMN_ROWS ? 0 : widths[i] - width);
    }
    out->n = end;
    buf_putc(out, '\n');
}

static void put_table(struct buf *out, struct runner *runner, const struct status *status)
{
    struct line *lines = ARENA_ARRAY(&runner->cli->ctx.arena, struct line, status->rows.n + 1);
    uint32_t widths[COLUMNS];
    for (uint32_t k = 0; k < COLUMNS; k++)
        widths[k] = (uint32_t)strlen(titles[k]);
    for (uint32_t i = 0; i < status->rows.n; i++) {
        lines[i] = line_of(runner, &status->rows.at[i]);
        for (uint32_t k = 0; k < COLUMNS; k++) {
            uint32_t width = (uint32_t)utf8_width(str_from(lines[i].cells[k]));
            widths[k] = width > widths[k] ? width : widths[k];
        }
    }
    put_line(out, titles, widths);
    for (uint32_t i = 0; i < status->rows.n; i++) {
        const struct status_row *row = &status->rows.at[i];
        put_line(out, lines[i].cells, widths);
        if (row->state == STATUS_FAILED && row->last_reason)
            buf_printf(out, "  last refresh %s: %s\n", row->last_status, row->last_reason);
    }
}

static void json_row(struct json_out *j, struct runner *runner, const struct status_row *row)
{
    const struct model *model = &runner->project.model;
    const struct relation *r = model_relation(model, row->relation);
    const struct effective_lag *lag = &runner->project.graph.lag[row->relation];
    bool dynamic = r->kind == RELATION_DYNAMIC_TABLE;
    json_open(j, '{');
    json_ktext(j, "name", r->full);
    json_ktext(j, "kind", relation_kind_key(r->kind));
    if (row->rows >= 0)
        json_kint(j, "rows", row->rows);
    else
        json_knull(j, "rows");
    json_ktext(j, "target_lag", r->settings.lag.kind == LAG_NONE ? NULL : r->settings.lag.text);
    if (dynamic && lag->live && !lag->cron)
        json_kint(j, "effective_lag_seconds", lag->seconds);
    else
        json_knull(j, "effective_lag_seconds");
    if (row->freshness_us >= 0)
        json_kint(j, "freshness_seconds", row->freshness_us / 1000000);
    else
        json_knull(j, "freshness_seconds");
    json_ktext(j, "last_refresh", row->last_refresh);
    json_ktext(j, "last_status", row->last_status);
    json_ktext(j, "last_reason", row->last_reason);
    json_kint(j, "warned", row->warned);
    json_kint(j, "dropped", row->dropped);
    json_ktext(j, "state", row->state == STATUS_NONE ? NULL : status_text(row->state));
    json_ktext(j, "verdict",
               verdict_text(runner->project.checks.judgements[row->relation].verdict));
    json_close(j);
}

static void put_json(struct buf *out, struct runner *runner, const struct status *status)
{
    struct json_out j;
    json_begin(&j, out, false);
    json_open(&j, '{');
    json_kint(&j, "schema_version", 1);
    json_ktext(&j, "now", clock_text(&runner->cli->ctx.arena, status->now_us, true));
    json_kopen(&j, "nodes", '[');
    for (uint32_t i = 0; i < status->rows.n; i++)
        json_row(&j, runner, &status->rows.at[i]);
    json_close(&j);
    json_close(&j);
    json_end(&j);
    buf_putc(out, '\n');
}

/* One look: opens, reads, prints, closes, so that between two of them others can write. */
static int look(struct runner *runner, const uint32_t *names, uint32_t names_n)
{
    struct cli *cli = runner->cli;
    struct arena_mark mark = arena_mark(&cli->ctx.arena);
    struct status status = {0};
    struct buf out;
    int code = runner_engine(runner, &(struct runner_options){.read_only = true});
    buf_init(&out);
    if (code == CLI_OK)
        code = cli_exit_of(status_read(&runner->run, names, names_n, &status));
    if (code == CLI_OK) {
        if (cli_flag(cli, "watch") && cli->terminal_out)
            buf_puts(&out, "\033[H\033[2J");
        if (strcmp(cli_option(cli, "format", "table"), "json") == 0)
            put_json(&out, runner, &status);
        else
            put_table(&out, runner, &status);
        cli_write(cli, buf_view(&out));
        fflush(stdout);
    }
    buf_fini(&out);
    status_fini(&status);
    engine_close(runner->run.engine);
    runner->run.engine = NULL;
    arena_reset(&cli->ctx.arena, mark);
    return code;
}

/* Two seconds, or until Ctrl-C. */
static void wait_a_little(const struct cli *cli)
{
    for (int i = 0; i < 20 && !*cli->stop; i++)
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
}

static int watch(struct runner *runner, const uint32_t *names, uint32_t names_n)
{
    struct cli *cli = runner->cli;
    for (;;) {
        int code;
        /* While somebody writes the database is locked: the next look will do. */
        cli_forget(cli);
        code = look(runner, names, names_n);
        if (*cli->stop)
            return CLI_INTERRUPTED;
        if ((code != CLI_OK && code != CLI_LOCKED) || cli->print_failed)
            return code;
        wait_a_little(cli);
    }
}

int command_status(struct cli *cli)
{
    struct runner runner;
    uint32_t *names = NULL, names_n = 0;
    int code = runner_project(&runner, cli, PROJECT_CLEAN);
    if (code == CLI_OK && !(names = runner_names(&runner, &names_n)))
        code = CLI_USAGE;
    if (code == CLI_OK && cli_flag(cli, "watch"))
        code = watch(&runner, names, names_n);
    else if (code == CLI_OK)
        code = look(&runner, names, names_n);
    runner_close(&runner);
    return code;
}
