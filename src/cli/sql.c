/* sql.c - `dtc sql`: the engine's own SQL, read-only unless --write.
 *
 * With --write it may also read and write files, from the working directory: that is how data is
 * generated. Where no database is (no project, or never applied) it runs in memory. */
#include "cli/table.h"
#include "target/duckdb/report.h"
#include <errno.h>

/* The database of the project, or NULL for memory. A project that is not there, or is broken, is no
 * reason not to run SQL. */
static enum target_status place(struct cli *cli, struct project *project, const char **path)
{
    const char *target = cli_option(cli, "target", NULL);
    *path = NULL;
    bool found = cli_project(cli, project, NULL, 0, PROJECT_PLACE) == CLI_OK;
    cli_forget(cli);
    if (found || (target && strcmp(target, "duckdb") != 0)) {
        *path = project_database(cli, project);
        if (!*path)
            return TARGET_ENVIRONMENT;
        if (fs_stat(*path) == FS_MISSING && target) {
            cli_file_error(cli, *path, ENOENT, false);
            return TARGET_ENVIRONMENT;
        }
        if (fs_stat(*path) == FS_MISSING)
            *path = NULL;
    }
    return TARGET_OK;
}

/* A number stays one, so that `getvariable('n') * 2` works; all else is text. */
static bool is_number(const char *text)
{
    size_t n = strlen(text), digits;
    const char *at = text + (*text == '-');
    digits = strspn(at, "0123456789");
    at += digits;
    if (*at == '.')
        at += 1 + strspn(at + 1, "0123456789");
    return digits > 0 && (size_t)(at - text) == n && n < 18;
}

static enum target_status set_variables(struct cli *cli, struct engine *engine)
{
    enum target_status status = TARGET_OK;
    struct buf sql;
    const char *set;
    buf_init(&sql);
    for (uint32_t i = 0; status == TARGET_OK && (set = cli_option_at(cli, "set", i)); i++) {
        const char *value = strchr(set, '=') + 1;
        buf_clear(&sql);
        buf_puts(&sql, "set variable ");
        engine_quote_name(&sql, str_make(set, (size_t)(value - set) - 1));
        buf_puts(&sql, " = ");
        if (is_number(value))
            buf_puts(&sql, value);
        else
            engine_quote_text(&sql, str_from(value));
        if (engine_run(engine, buf_view(&sql)) != ENGINE_OK)
            status = engine_report(&cli->ctx, engine, NULL, SPAN_NONE, "`--set`");
    }
    buf_fini(&sql);
    return status;
}

/* Where in the text the engine stumbled, as for any other source. */
static enum target_status failed(struct cli *cli, struct engine *engine, const char *path,
                                 uint32_t source, size_t n)
{
    const struct engine_error *error = engine_error(engine);
    struct span span = SPAN_NONE;
    if (error->status == ENGINE_FAILED && error->has_at && error->at <= n) {
        span = (struct span){source, (uint32_t)error->at, (uint32_t)error->at};
        if (error->at < n)
            span.hi++;
    }
    enum target_status status = engine_report(&cli->ctx, engine, path, span, NULL);
    const char *text = error->message.n ? error->message.p : "";
    if (!cli_flag(cli, "write") && error->status == ENGINE_FAILED &&
        (strstr(text, "disabled by configuration") || strstr(text, "read-only")))
        diag_help(&cli->ctx.diags, *VEC_LAST(&cli->ctx.diags.all),
                  "`--write` lets it change the database and read and write files");
    return status;
}

static enum target_status run(struct cli *cli, struct engine *engine, const char *path,
                              uint32_t source, struct str text)
{
    struct table_writer writer;
    struct engine_script *script = NULL;
    struct engine_result *result = NULL;
    enum engine_status status = engine_script_open(engine, text, &script);
    table_begin(&writer, cli, table_format_of(cli_option(cli, "format", "table")));
    while (status == ENGINE_OK) {
        status = engine_script_next(script, &result);
        if (status != ENGINE_OK || !result)
            break;
        if (engine_has_rows(result)) {
            status = table_write(&writer, result, NULL, 0, -1);
        } else {
            uint64_t changed = engine_changed(result);
            if (changed)
                cli_note(cli, "%llu row%s changed\n", (unsigned long long)changed,
                         changed == 1 ? "" : "s");
            status = engine_done(result);
        }
    }
    table_end(&writer);
    if (status != ENGINE_OK) {
        enum target_status code = failed(cli, engine, path, source, text.n);
        engine_script_close(script);
        return code;
    }
    engine_script_close(script);
    return TARGET_OK;
}

/* The text of the argument, of --file, or of stdin. */
static bool read_text(struct cli *cli, uint32_t *source, struct str *text)
{
    const char *file = cli_option(cli, "file", NULL);
    int error = 0;
    if ((file != NULL) + (cli->args.n > 0) != 1 || cli->args.n > 1) {
        cli_usage(cli, "`sql` takes one TEXT, or --file FILE");
        return false;
    }
    if (file)
        error = fs_read(&cli->ctx.arena, file, text);
    else
        *text = arena_str(&cli->ctx.arena, str_from(cli->args.at[0]));
    if (error) {
        cli_file_error(cli, file, error, false);
        return false;
    }
    *source = source_add(&cli->ctx.sources, file ? file : "SQL", *text);
    return true;
}

int command_sql(struct cli *cli)
{
    struct project project = {0};
    struct engine *engine = NULL;
    enum target_status status = TARGET_ENVIRONMENT;
    const char *path = NULL, *set;
    struct str text;
    uint32_t source;
    bool write = cli_flag(cli, "write");
    if (!read_text(cli, &source, &text))
        return CLI_USAGE;
    for (uint32_t i = 0; (set = cli_option_at(cli, "set", i)) != NULL; i++) {
        if (!strchr(set, '=') || set[0] == '=')
            return cli_usage(cli, "`--set` takes NAME=VALUE, not `%s`", set);
    }
    status = place(cli, &project, &path);
    if (status == TARGET_OK) {
        struct engine_options options = {
            .path = path, .read_only = path && !write, .external_access = write};
        status = engine_open_reported(&cli->ctx, &options, &engine);
    }
    if (status == TARGET_OK) {
        engine_watch(engine, cli->stop, NULL, NULL);
        status = set_variables(cli, engine);
    }
    if (status == TARGET_OK)
        status = run(cli, engine, path, source, text);
    engine_close(engine);
    project_fini(&project);
    return cli_exit_of(status);
}
