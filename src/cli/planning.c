/* planning.c - from a project to a plan: one line for each phase. */
#include "cli/planning.h"

/* One note for everything that the embedded engine leaves to Snowflake. */
static void note_left_out(struct planning *p)
{
    const struct model *model = &p->project.model;
    const struct relation *first = NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        if (emit_is_embedded(r->kind))
            continue;
        first = first ? first : r;
        n++;
    }
    if (n == 0)
        return;
    struct span span = model_span(model, first->file, first->name_node);
    if (n == 1)
        diag_add(&p->cli->ctx.diags, diag_rule("DT026"), span, "%s `%s` is for Snowflake only",
                 relation_kind_words(first->kind), first->shown);
    else
        diag_add(&p->cli->ctx.diags, diag_rule("DT026"), span,
                 "%s `%s` and %u more are for Snowflake only", relation_kind_words(first->kind),
                 first->shown, n - 1);
}

static int open_target(struct planning *p, const struct model *model, bool write, bool dry_run)
{
    struct duckdb_target_options options = {
        .path = p->database, .write = write, .stop = p->cli->stop};
    /* A dry run on a database that is not there leaves none behind. */
    if (write && dry_run && fs_stat(p->database) == FS_MISSING)
        options.path = NULL;
    enum target_status status = duckdb_target_open(&p->target, &p->cli->ctx, model, &options);
    if (status == TARGET_OK)
        status = p->target.ops->observe(&p->target, &p->observed);
    return cli_exit_of(status);
}

int planning_make(struct planning *p, struct cli *cli, const char *const *paths, uint32_t paths_n,
                  bool write, bool dry_run)
{
    *p = (struct planning){.cli = cli};
    int code = cli_project(cli, &p->project, paths, paths_n, PROJECT_CLEAN);
    if (code != CLI_OK)
        return code;
    p->database = project_database(cli, &p->project);
    if (!p->database)
        return CLI_USAGE;
    code = open_target(p, &p->project.model, write, dry_run);
    if (code != CLI_OK)
        return code;
    cli_phase(cli, "observe");
    emit_desired(&p->desired, &p->project.graph, &dialect_duckdb, true);
    plan_make(&p->plan, &cli->ctx, &p->project.graph, &p->desired, &p->observed);
    p->plan.target = p->target.ops->name;
    p->target.ops->prepare(&p->target, &p->plan, &p->desired, &p->observed);
    cli_phase(cli, "plan");
    code = cli_exit_code(cli);
    if (code == CLI_OK)
        note_left_out(p);
    return code;
}

static int read_plan(struct planning *p, const char *file)
{
    struct dtc *ctx = &p->cli->ctx;
    struct str text;
    const char *why = NULL;
    int error = fs_read(&ctx->arena, file, &text);
    if (error != 0) {
        cli_file_error(p->cli, file, error, false);
        return CLI_USAGE;
    }
    if (!plan_read_json(&p->plan, ctx, text, &why)) {
        diag_add(&ctx->diags, diag_rule("DT023"), SPAN_NONE, "`%s`: %s", file, why);
        return CLI_USAGE;
    }
    if (strcmp(p->plan.target, "duckdb") == 0)
        return CLI_OK;
    diag_add(&ctx->diags, diag_rule("DT016"), SPAN_NONE, "target `%s`",
             p->plan.target);
    return CLI_USAGE;
}

int planning_reopen(struct planning *p, struct cli *cli, const char *file, bool dry_run)
{
    *p = (struct planning){.cli = cli};
    const char *target = cli_option(cli, "target", "");
    int code = read_plan(p, file);
    if (code != CLI_OK)
        return code;
    if (strncmp(target, "duckdb:", 7) == 0) {
        p->database = target + 7;
    } else {
        code = cli_project(cli, &p->project, NULL, 0, PROJECT_PLACE);
        if (code == CLI_OK)
            p->database = project_database(cli, &p->project);
        if (!p->database)
            return code == CLI_OK ? CLI_USAGE : code;
    }
    code = open_target(p, NULL, true, dry_run);
    if (code != CLI_OK || strcmp(p->observed.fingerprint, p->plan.fingerprint) == 0)
        return code;
    struct diag *d = diag_add(&cli->ctx.diags, diag_rule("DT022"), SPAN_NONE, "`%s`", file);
    diag_help(&cli->ctx.diags, d, "make it anew: `dtc plan -o %s`", file);
    return CLI_STALE;
}

void planning_close(struct planning *p)
{
    if (p->target.ops)
        p->target.ops->close(&p->target);
    plan_fini(&p->plan);
    desired_fini(&p->desired);
    observed_fini(&p->observed);
    project_fini(&p->project);
}

static bool forbid(struct planning *p, const struct action *action, const char *code,
                   const char *option)
{
    struct diag_sink *sink = &p->cli->ctx.diags;
    struct diag *d;
    if (!action || (option && cli_flag(p->cli, option)))
        return false;
    d = diag_add(sink, diag_rule(code), action->span, "%s `%s`", action_text(action->kind),
                 action->shown);
    if (option)
        diag_help(sink, d, "if that is meant: `--%s`", option);
    return true;
}

int planning_permitted(struct planning *p)
{
    const struct plan *plan = &p->plan;
    bool refused = forbid(p, plan_prevented(plan), "DT703", NULL);
    refused |= forbid(p, plan_destroys(plan, ACTION_DROP), "DT702", "allow-drop");
    refused |= forbid(p, plan_destroys(plan, ACTION_REPLACE), "DT702", "allow-replace");
    refused |= forbid(p, plan_adopts(plan), "DT704", "adopt");
    return refused ? CLI_USAGE : CLI_OK;
}
