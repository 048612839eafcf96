/* apply.c - `dtc apply`: carries a plan out, one made now or one that was saved.
 *
 * A plan made now is shown, and a person says yes on a terminal, or `--yes` has said it before. A
 * saved plan was looked at when it was saved; it is refused when the target has moved since. */
#include "cli/planning.h"
#include <unistd.h>

static bool is_saved(const struct cli *cli)
{
    return cli->args.n == 1 && str_ends(str_from(cli->args.at[0]), ".json");
}

static void show(struct planning *p)
{
    struct buf out;
    buf_init(&out);
    plan_render_text(&out, &p->plan, p->cli->color_out, false);
    cli_write(p->cli, buf_view(&out));
    buf_fini(&out);
    fflush(stdout);
}

static bool confirmed(struct cli *cli)
{
    char answer[16] = "";
    if (cli_flag(cli, "yes") || cli_flag(cli, "dry-run"))
        return true;
    if (!isatty(STDIN_FILENO)) {
        struct diag *d = diag_add(&cli->ctx.diags, diag_rule("DT032"), SPAN_NONE,
                                  "there is no terminal to ask on");
        diag_help(&cli->ctx.diags, d, "say it beforehand: `--yes`");
        return false;
    }
    fputs("apply this plan? yes or no: ", stderr);
    if (!fgets(answer, sizeof answer, stdin))
        answer[0] = '\0';
    if (strcmp(answer, "yes\n") == 0 || strcmp(answer, "y\n") == 0)
        return true;
    cli_note(cli, "nothing was changed\n");
    return false;
}

static void begins(void *data, const struct action *action)
{
    struct cli *cli = data;
    if (cli->terminal_err)
        cli_note(cli, "%s %s\n", action_text(action->kind), action->shown);
}

static int carry_out(struct planning *p, bool saved)
{
    struct cli *cli = p->cli;
    bool dry_run = cli_flag(cli, "dry-run");
    enum target_status status;
    if (plan_is_empty(&p->plan)) {
        show(p);
        return CLI_OK;
    }
    show(p);
    if (!saved) {
        int code = planning_permitted(p);
        if (code != CLI_OK)
            return code;
        if (!confirmed(cli))
            return cli_exit_code(cli) == CLI_OK ? CLI_FINDINGS : CLI_USAGE;
    }
    p->target.listener = begins;
    p->target.listener_data = cli;
    status = p->target.ops->apply(&p->target, &p->plan, dry_run);
    cli_phase(cli, "apply");
    if (status != TARGET_OK) {
        cli_note(cli, "nothing was changed\n");
        return cli_exit_of(status);
    }
    cli_print(cli, dry_run ? "dry run: it could be applied, nothing was changed\n" : "applied\n");
    return CLI_OK;
}

int command_apply(struct cli *cli)
{
    struct planning p;
    bool dry_run = cli_flag(cli, "dry-run"), saved = is_saved(cli);
    int code;
    if (saved)
        code = planning_reopen(&p, cli, cli->args.at[0], dry_run);
    else
        code =
            planning_make(&p, cli, (const char *const *)cli->args.at, cli->args.n, true, dry_run);
    if (code == CLI_OK)
        code = carry_out(&p, saved);
    planning_close(&p);
    return code;
}
