/* plan.c - `dtc plan`: what apply would do, and why. Looks only: not even a database is made. */
#include "cli/planning.h"

static int not_built(struct cli *cli, const char *option)
{
    diag_add(&cli->ctx.diags, diag_rule("DT016"), SPAN_NONE, "`dtc plan --%s`",
             option);
    return CLI_USAGE;
}

static int save(struct planning *p, const char *file)
{
    struct buf json;
    int error;
    if (planning_permitted(p) != CLI_OK)
        return CLI_USAGE;
    buf_init(&json);
    plan_render_json(&json, &p->plan);
    error = fs_write(file, buf_view(&json));
    buf_fini(&json);
    if (error != 0)
        cli_file_error(p->cli, file, error, true);
    return error == 0 ? CLI_OK : CLI_USAGE;
}

static void show(struct planning *p, const char *format)
{
    struct cli *cli = p->cli;
    struct buf out;
    buf_init(&out);
    if (strcmp(format, "json") == 0)
        plan_render_json(&out, &p->plan);
    else if (strcmp(format, "markdown") == 0)
        plan_render_markdown(&out, &p->plan);
    else
        plan_render_text(&out, &p->plan, cli->color_out, cli_flag(cli, "all"));
    cli_write(cli, buf_view(&out));
    buf_fini(&out);
}

/* What apply will ask for, told when there is still time to think. */
static void warn(struct planning *p)
{
    const struct plan *plan = &p->plan;
    struct cli *cli = p->cli;
    if (plan_destroys(plan, ACTION_DROP) && !cli_flag(cli, "allow-drop"))
        cli_note(cli, "rows would be lost: apply needs `--allow-drop`\n");
    if (plan_destroys(plan, ACTION_REPLACE) && !cli_flag(cli, "allow-replace"))
        cli_note(cli, "rows would be lost: apply needs `--allow-replace`\n");
    if (plan_adopts(plan) && !cli_flag(cli, "adopt"))
        cli_note(cli, "objects that are not ours: apply needs `--adopt`\n");
}

int command_plan(struct cli *cli)
{
    const char *format = cli_option(cli, "format", "text");
    const char *file = cli_option(cli, "output", NULL);
    struct planning p;
    int code;
    if (cli_option(cli, "offline", NULL))
        return not_built(cli, "offline");
    if (cli_option(cli, "against", NULL))
        return not_built(cli, "against");
    if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0 &&
        strcmp(format, "markdown") != 0)
        return cli_usage(cli, "`--format` takes text, json or markdown, not `%s`", format);
    code = planning_make(&p, cli, (const char *const *)cli->args.at, cli->args.n, false, false);
    if (code == CLI_OK) {
        show(&p, format);
        if (file)
            code = save(&p, file);
        else
            warn(&p);
    }
    if (cli_flag(cli, "detailed-exitcode")) {
        if (code != CLI_OK)
            code = CLI_FINDINGS;
        else if (!plan_is_empty(&p.plan))
            code = 2;
    }
    planning_close(&p);
    return code;
}
