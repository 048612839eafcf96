/* show.c - `dtc show`: rows of tables and views of the pipeline. */
#include "cli/table.h"
#include "emit/emit.h"
#include "target/duckdb/report.h"

struct wanted {
    uint32_t *at, n;
};

static bool has_rows(const struct relation *relation)
{
    return relation->kind == RELATION_DYNAMIC_TABLE || relation->kind == RELATION_TABLE ||
           relation->kind == RELATION_STATIC_TABLE || relation->kind == RELATION_VIEW ||
           relation->kind == RELATION_SOURCE;
}

static bool add_layer(struct cli *cli, const struct project *project, const char *name,
                      struct wanted *wanted)
{
    const struct model *model = &project->model;
    bool found = false;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        uint32_t r = project->graph.order[i];
        const struct relation *relation = model_relation(model, r);
        struct str layer;
        if (relation->layer == MODEL_NONE || !has_rows(relation))
            continue;
        layer = sym_text(&cli->ctx.names, model->layers.at[relation->layer].name);
        if (str_eq_nocase(layer, str_from(name))) {
            wanted->at[wanted->n++] = r;
            found = true;
        }
    }
    if (!found)
        diag_add(&cli->ctx.diags, diag_rule("DT039"), SPAN_NONE,
                 "there is no layer `%s` with tables or views", name);
    return found;
}

static bool choose(struct cli *cli, const struct project *project, struct wanted *wanted)
{
    const char *layer = cli_option(cli, "layer", NULL);
    wanted->at = ARENA_ARRAY(&cli->ctx.arena, uint32_t, project->model.relations.n + cli->args.n);
    for (uint32_t i = 0; i < cli->args.n; i++) {
        uint32_t r = project_find(cli, project, cli->args.at[i]);
        if (r == MODEL_NONE)
            return false;
        if (!has_rows(model_relation(&project->model, r))) {
            cli_usage(cli, "`%s` is a %s and has no rows", cli->args.at[i],
                      relation_kind_words(model_relation(&project->model, r)->kind));
            return false;
        }
        wanted->at[wanted->n++] = r;
    }
    return !layer || add_layer(cli, project, layer, wanted);
}

static enum target_status show_one(struct cli *cli, const struct project *project,
                                   struct engine *engine, struct table_writer *writer, uint32_t r,
                                   uint64_t limit)
{
    const struct relation *relation = model_relation(&project->model, r);
    struct engine_result *result;
    struct buf name, sql;
    int64_t total = -1;
    enum engine_status status;
    enum target_status code;
    bool missing;
    buf_init(&name);
    buf_init(&sql);
    dialect_duckdb.relation_name(&name, &project->model, r);
    buf_printf(&sql, "select count(*) from %s", name.p);
    status = engine_query_int(engine, buf_view(&sql), &total);
    if (status == ENGINE_OK) {
        buf_clear(&sql);
        buf_printf(&sql, "select * from %s order by all", name.p);
        if (limit)
            buf_printf(&sql, " limit %llu", (unsigned long long)limit);
        status = engine_query(engine, buf_view(&sql), &result);
    }
    if (status == ENGINE_OK)
        status = table_write(writer, result, relation->shown, limit, total);
    buf_fini(&name);
    buf_fini(&sql);
    if (status == ENGINE_OK)
        return TARGET_OK;
    missing = str_is(engine_error(engine)->type, "Catalog");
    code = engine_report(&cli->ctx, engine, NULL, SPAN_NONE,
                         arena_printf(&cli->ctx.arena, "`%s`", relation->shown));
    if (missing)
        diag_help(&cli->ctx.diags, *VEC_LAST(&cli->ctx.diags.all), "`dtc apply` creates it");
    return code;
}

int command_show(struct cli *cli)
{
    struct project project = {0};
    struct engine *engine = NULL;
    struct wanted wanted = {0};
    struct table_writer writer;
    const char *path;
    int64_t limit = 20;
    int code;
    enum target_status status;
    if (!cli_option_int(cli, "limit", 0, &limit))
        return CLI_USAGE;
    if (cli->args.n == 0 && !cli_option(cli, "layer", NULL))
        return cli_usage(cli, "`show` needs a NAME, or --layer LAYER");
    code = cli_project(cli, &project, NULL, 0, PROJECT_PLACE);
    if (code == CLI_OK && !choose(cli, &project, &wanted))
        code = CLI_USAGE;
    path = code == CLI_OK ? project_database(cli, &project) : NULL;
    if (path && project_applied(cli, path)) {
        struct engine_options options = {.path = path, .read_only = true};
        status = engine_open_reported(&cli->ctx, &options, &engine);
        table_begin(&writer, cli, table_format_of(cli_option(cli, "format", "table")));
        if (status == TARGET_OK)
            engine_watch(engine, cli->stop, NULL, NULL);
        for (uint32_t i = 0; status == TARGET_OK && i < wanted.n; i++)
            status = show_one(cli, &project, engine, &writer, wanted.at[i], (uint64_t)limit);
        table_end(&writer);
        code = cli_exit_of(status);
    } else if (code == CLI_OK) {
        code = CLI_USAGE;
    }
    engine_close(engine);
    project_fini(&project);
    return code;
}
