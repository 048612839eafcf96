/* load.c - `dtc load`: files into tables; without arguments everything that data/ has. */
#include "cli/runner.h"
#include "run/load.h"

static bool takes_rows(const struct relation *r)
{
    return r->kind == RELATION_TABLE || r->kind == RELATION_SOURCE;
}

static void announce(struct runner *runner, uint32_t relation, bool replace, int64_t rows,
                     const char *from, int64_t elapsed_us)
{
    struct buf line;
    buf_init(&line);
    runner_clear(runner);
    buf_printf(&line, "%-8s %-*s  %lld row%s from %s", replace ? "replaced" : "loaded",
               (int)runner->name_width, model_relation(&runner->project.model, relation)->shown,
               (long long)rows, rows == 1 ? "" : "s", from);
    runner_elapsed(&line, runner, elapsed_us);
    buf_putc(&line, '\n');
    cli_write(runner->cli, buf_view(&line));
    fflush(stdout);
    buf_fini(&line);
}

static enum target_status load(struct runner *runner, uint32_t relation,
                               const struct load_input *inputs, uint32_t n, bool replace)
{
    int64_t rows = 0, began = clock_elapsed();
    struct run_event event = {.relation = relation};
    enum target_status status;
    const char *from =
        n == 1 ? inputs[0].path : arena_printf(&runner->cli->ctx.arena, "%u files", n);
    run_begin(&runner->run, relation);
    status = load_files(&runner->run, relation, inputs, n, replace, &rows);
    run_end(&runner->run, &event);
    if (status == TARGET_OK)
        announce(runner, relation, replace, rows, from, clock_elapsed() - began);
    cli_flush(runner->cli);
    return status;
}

static void ended(void *data, const struct run_event *event)
{
    (void)event;
    runner_clear(data);
}

/* --- load TABLE FILE... --------------------------------------------------------------------------
 */

static int load_named(struct runner *runner)
{
    struct cli *cli = runner->cli;
    const char *format = cli_option(cli, "format", NULL);
    uint32_t relation = project_find(cli, &runner->project, cli->args.at[0]);
    uint32_t n = cli->args.n - 1;
    struct load_input *inputs = ARENA_ARRAY(&cli->ctx.arena, struct load_input, n + 1);
    const struct relation *r;
    if (relation == MODEL_NONE)
        return CLI_USAGE;
    r = model_relation(&runner->project.model, relation);
    if (!takes_rows(r))
        return cli_usage(cli, "`%s` is a %s, its rows come from its query", r->shown,
                         relation_kind_words(r->kind));
    if (n == 0)
        return cli_usage(cli, "`load` needs a file for `%s`", r->shown);
    for (uint32_t i = 0; i < n; i++) {
        const char *path = cli->args.at[i + 1];
        inputs[i].path = path;
        inputs[i].format = format                   ? load_format_named(format)
                           : strcmp(path, "-") == 0 ? LOAD_CSV
                                                    : load_format_of(path);
        if (inputs[i].format == LOAD_NONE)
            return cli_usage(cli, "`%s` ends in none of .csv, .parquet, .jsonl; `--format` tells",
                             path);
    }
    return cli_exit_of(load(runner, relation, inputs, n, cli_flag(cli, "replace")));
}

/* --- load
 * ------------------------------------------------------------------------------------------ */

/* "bronze.orders" of "bronze.orders.csv.gz", without letter case. */
static bool belongs(const struct relation *r, struct str name)
{
    size_t n = strlen(r->shown);
    return name.n > n && name.p[n] == '.' && load_format_of(name.p + n) != LOAD_NONE &&
           strchr(name.p + n + 1, '.') == strstr(name.p + n + 1, ".gz") &&
           str_eq_nocase(str_make(name.p, n), str_from(r->shown));
}

struct found {
    struct load_input input; /* path NULL: none */
};

/* Which file is whose; files that are nobody's are named. */
static bool match_files(struct runner *runner, const char *folder, struct found *found)
{
    struct cli *cli = runner->cli;
    const struct model *model = &runner->project.model;
    struct fs_entries entries;
    int error = fs_list(&cli->ctx.arena, folder, &entries);
    bool any = false, fits = true;
    for (uint32_t i = 0; error == 0 && i < entries.n; i++) {
        const char *path = fs_join(&cli->ctx.arena, folder, entries.at[i].name.p);
        bool known = false;
        if (entries.at[i].kind != FS_FILE || load_format_of(path) == LOAD_NONE)
            continue;
        for (uint32_t r = 0; r < model->relations.n; r++) {
            if (!takes_rows(model_relation(model, r)) ||
                !belongs(model_relation(model, r), entries.at[i].name))
                continue;
            known = any = true;
            if (found[r].input.path) {
                cli_usage(cli, "`%s` and `%s` are both for `%s`", found[r].input.path, path,
                          model_relation(model, r)->shown);
                fits = false;
            }
            found[r].input = (struct load_input){path, load_format_of(path)};
        }
        if (!known)
            cli_note(cli, "note: %s belongs to no table or source and is left alone\n", path);
    }
    if (fits && !any)
        diag_add(&cli->ctx.diags, diag_rule("DT038"), SPAN_NONE,
                 "`%s` holds no file of a table: LAYER.NAME.csv, .parquet or .jsonl", folder);
    return fits && any;
}

static int load_all(struct runner *runner)
{
    struct cli *cli = runner->cli;
    const struct model *model = &runner->project.model;
    struct found *found = ARENA_ARRAY(&cli->ctx.arena, struct found, model->relations.n + 1);
    const char *folder = fs_join(&cli->ctx.arena, project_folder(cli, &runner->project), "data");
    enum target_status worst = TARGET_OK;
    if (!match_files(runner, folder, found))
        return CLI_USAGE;
    for (uint32_t i = 0; i < model->relations.n && worst <= TARGET_FINDINGS; i++) {
        uint32_t r = runner->project.graph.order[i];
        enum target_status status = TARGET_OK;
        if (found[r].input.path)
            status = load(runner, r, &found[r].input, 1, true);
        worst = status > worst ? status : worst;
    }
    return cli_exit_of(worst);
}

int command_load(struct cli *cli)
{
    struct runner runner;
    struct runner_options options = {.wish = PROJECT_CLEAN, .external_access = true};
    int code = runner_open(&runner, cli, &options);
    runner.listener = (struct run_listener){&runner, runner_begins, runner_goes_on, ended};
    runner.run.listener = &runner.listener;
    if (code == CLI_OK)
        code = cli->args.n ? load_named(&runner) : load_all(&runner);
    runner_close(&runner);
    return code;
}
