/* project.c - from paths on the command line to a judged pipeline: one line for each phase. */
#include "cli/cli.h"
#include "diag/suggest.h"
#include "syntax/parse.h"

static const char **sets_of(struct cli *cli)
{
    const char **sets = ARENA_ARRAY(&cli->ctx.arena, const char *, cli->values.n + 1);
    for (uint32_t i = 0; (sets[i] = cli_option_at(cli, "set", i)) != NULL; i++) {
        if (!strchr(sets[i], '=') || sets[i][0] == '=')
            cli_usage(cli, "`--set` takes NAME=VALUE, not `%s`", sets[i]);
    }
    return sets;
}

void cli_forget(struct cli *cli)
{
    diag_sink_fini(&cli->ctx.diags);
    diag_sink_init(&cli->ctx.diags);
}

/* "-" alone is a text on standard input. */
static bool read_all(struct cli *cli, struct model *model, const char *const *paths,
                     uint32_t paths_n)
{
    struct str text;
    int error;
    if (paths_n != 1 || strcmp(paths[0], "-") != 0)
        return model_load(&cli->ctx, model, ".", paths, paths_n);
    error = fs_read(&cli->ctx.arena, "-", &text);
    if (error) {
        cli_file_error(cli, "standard input", error, false);
        return false;
    }
    model_load_text(&cli->ctx, model, "stdin.dtl", text);
    return true;
}

static int read_project(struct cli *cli, struct project *project, const char *const *paths,
                        uint32_t paths_n, enum project_wish wish)
{
    struct dtc *ctx = &cli->ctx;
    struct model *model = &project->model;
    struct model_options options = {.env = cli_option(cli, "env", NULL), .sets = sets_of(cli)};
    *project = (struct project){0};
    if (cli_exit_code(cli) != CLI_OK)
        return CLI_USAGE;

    syntax_open(ctx);
    if (!read_all(cli, model, paths, paths_n))
        return cli_exit_code(cli) > CLI_FINDINGS ? cli_exit_code(cli) : CLI_USAGE;
    cli_phase(cli, "parse");
    model_resolve(model, &options);
    cli_phase(cli, "resolve");
    graph_build(&project->graph, model);
    project->resolved = true;
    cli_phase(cli, "graph");
    if (wish == PROJECT_PLACE)
        cli_forget(cli);
    if (wish == PROJECT_PLACE || wish == PROJECT_GRAPH)
        return CLI_OK;
    checks_run(&project->checks, ctx, model, &project->graph);
    project->checked = true;
    cli_phase(cli, "checks");
    if (wish == PROJECT_CHECKS)
        return CLI_OK;
    if (cli_exit_code(cli) != CLI_OK)
        return cli_exit_code(cli);
    cli_forget(cli);
    return CLI_OK;
}

int cli_project(struct cli *cli, struct project *project, const char *const *paths,
                uint32_t paths_n, enum project_wish wish)
{
    int code;
    cli->catch_interrupts(false);
    code = read_project(cli, project, paths, paths_n, wish);
    cli->catch_interrupts(true);
    return code;
}

void project_fini(struct project *project)
{
    if (project->checked)
        checks_fini(&project->checks);
    if (project->resolved)
        graph_fini(&project->graph);
    if (project->model.ctx)
        model_fini(&project->model);
}

uint32_t project_find(struct cli *cli, const struct project *project, const char *name)
{
    const struct model *model = &project->model;
    struct suggest near = suggest_begin(str_from(name));
    bool many = false;
    uint32_t found = model_find(model, str_from(name), &many);
    struct diag *d;
    if (found != MODEL_NONE)
        return found;
    d = diag_add(&cli->ctx.diags, diag_rule("DT039"), SPAN_NONE, "%s `%s`",
                 many ? "several layers have a" : "there is no", name);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *relation = model_relation(model, i);
        const char *dot = strrchr(relation->shown, '.');
        suggest_offer(&near, str_from(relation->shown));
        if (dot && !strchr(name, '.'))
            suggest_offer(&near, str_from(dot + 1));
    }
    if (many)
        diag_help(&cli->ctx.diags, d, "put the layer in front of it: `LAYER.%s`", name);
    else if (near.best.n)
        diag_help(&cli->ctx.diags, d, "did you mean `%" STR_F "`?", STR_A(near.best));
    return MODEL_NONE;
}

/* A path as a person would write it from here: what lies below the working directory is named from
 * it. */
static const char *from_here(struct arena *arena, const char *path)
{
    const char *here = fs_absolute(arena, "."), *at = fs_absolute(arena, path);
    size_t n = strlen(here);
    if (strncmp(at, here, n) != 0 || (at[n] && at[n] != '/'))
        return at;
    return at[n] && at[n + 1] ? at + n + 1 : ".";
}

const char *project_folder(struct cli *cli, const struct project *project)
{
    const struct model *model = &project->model;
    struct arena *arena = &cli->ctx.arena;
    const char *folder = model->root;
    if (model->pipeline.node)
        folder =
            fs_join(arena, folder, fs_folder(arena, model->files.at[model->pipeline.file].path));
    return from_here(arena, folder);
}

const char *project_database(struct cli *cli, const struct project *project)
{
    const struct model *model = &project->model;
    struct arena *arena = &cli->ctx.arena;
    const char *target = cli_option(cli, "target", "duckdb");
    if (strncmp(target, "duckdb:", 7) == 0 && target[7])
        return target + 7;
    if (strcmp(target, "snowflake") == 0) {
        diag_add(&cli->ctx.diags, diag_rule("DT016"), SPAN_NONE,
                 "target `snowflake` is not built yet, `dtc emit` writes its statements");
        return NULL;
    }
    if (strcmp(target, "duckdb") != 0) {
        cli_usage(cli, "`--target` takes duckdb, duckdb:PATH or snowflake, not `%s`", target);
        return NULL;
    }
    return fs_join(arena, project_folder(cli, project),
                   arena_printf(arena, "%s.duckdb", model->name));
}

bool project_applied(struct cli *cli, const char *path)
{
    struct diag *d;
    if (fs_stat(path) != FS_MISSING)
        return true;
    d = diag_add(&cli->ctx.diags, diag_rule("DT010"), SPAN_NONE, "`%s`", path);
    diag_help(&cli->ctx.diags, d, "`dtc apply` creates it");
    return false;
}
