/* lint.c - `dtc lint`: read, resolve, check; the findings are the result and go to stdout. */
#include "cli/cli.h"
#include "diag/render.h"

/* The least severity that --fail-on names; one above error for "never". */
static unsigned fail_on(const struct cli *cli)
{
    const char *said = cli_option(cli, "fail-on", "error");
    unsigned severity = SEVERITY_NOTE;
    if (strcmp(said, "never") == 0)
        return SEVERITY_ERROR + 1;
    while (strcmp(severity_name((enum severity)severity), said) != 0)
        severity++;
    return severity;
}

static bool any_from(const struct diag_sink *sink, unsigned least)
{
    for (uint32_t i = 0; i < sink->all.n; i++) {
        if (sink->all.at[i]->severity >= least)
            return true;
    }
    return false;
}

static void report(struct cli *cli, uint32_t relations)
{
    struct diag_sink *sink = &cli->ctx.diags;
    struct buf out;
    buf_init(&out);
    diag_sort(sink, &cli->ctx.sources);
    if (strcmp(cli_option(cli, "format", "human"), "json") == 0) {
        render_json(&out, sink, &cli->ctx.sources);
    } else {
        render_text(&out, sink, &cli->ctx.sources,
                    (struct render_options){.color = cli->color_out});
    }
    cli_write(cli, buf_view(&out));
    buf_clear(&out);
    render_summary(&out, sink);
    if (out.n)
        cli_note(cli, "%s\n", out.p);
    else
        cli_note(cli, "nothing found in %u relations\n", relations);
    buf_fini(&out);
}

int command_lint(struct cli *cli)
{
    struct project project;
    int ended =
        cli_project(cli, &project, (const char *const *)cli->args.at, cli->args.n, PROJECT_CHECKS);
    int code = cli_exit_code(cli);
    report(cli, project.model.relations.n);
    if (ended > CLI_FINDINGS)
        code = ended;
    else if (code <= CLI_FINDINGS)
        code = any_from(&cli->ctx.diags, fail_on(cli)) ? CLI_FINDINGS : CLI_OK;
    project_fini(&project);
    /* They are shown; main has nothing left to say. */
    cli_forget(cli);
    return code;
}
