/* explain.c - `dtc explain`: the long text of a code, or what is known about relations. */
#include "cli/explain.h"
#include "base/json.h"
#include "diag/explain.h"
#include "diag/suggest.h"
#include "emit/types.h"

/* DT203, or 002711 as Snowflake writes its own. */
static bool looks_like_code(const char *text)
{
    const char *digits =
        (text[0] == 'D' || text[0] == 'd') && (text[1] == 'T' || text[1] == 't') ? text + 2 : text;
    return *digits && strspn(digits, "0123456789") == strlen(digits);
}

static bool explain_code(struct cli *cli, const char *code)
{
    struct explain_iter it = {0};
    struct explain_entry entry;
    while (explain_all(&it, &entry)) {
        if (!str_eq_nocase(entry.code, str_from(code)) &&
            !str_eq_nocase(entry.name, str_from(code)))
            continue;
        cli_print(cli, "%" STR_F " %" STR_F "\n\n%" STR_F "\n", STR_A(entry.code),
                  STR_A(entry.name), STR_A(entry.text));
        return true;
    }
    return false;
}

static int no_such_code(struct cli *cli, const char *code)
{
    struct suggest near = suggest_begin(str_from(code));
    struct explain_iter it = {0};
    struct explain_entry entry;
    struct diag *d =
        diag_add(&cli->ctx.diags, diag_rule("DT039"), SPAN_NONE, "there is no code `%s`", code);
    while (explain_all(&it, &entry))
        suggest_offer(&near, entry.code);
    if (near.best.n)
        diag_help(&cli->ctx.diags, d, "did you mean `%" STR_F "`?", STR_A(near.best));
    return CLI_USAGE;
}

/* What to show: the named relations, or all in the order of the graph. */
struct chosen {
    uint32_t *at, n;
};

static bool choose(struct cli *cli, const struct project *project,
                   const struct cli_arguments *arguments, struct chosen *chosen)
{
    uint32_t all = project->model.relations.n;
    chosen->at = ARENA_ARRAY(&cli->ctx.arena, uint32_t, all + arguments->names_n);
    chosen->n = 0;
    if (arguments->names_n == 0) {
        for (uint32_t i = 0; i < all; i++)
            chosen->at[chosen->n++] = project->graph.order[i];
        return true;
    }
    for (uint32_t i = 0; i < arguments->names_n; i++) {
        uint32_t found = project_find(cli, project, arguments->names[i]);
        if (found == MODEL_NONE)
            return false;
        chosen->at[chosen->n++] = found;
    }
    return true;
}

static void show_nodes(struct cli *cli, const struct project *project, const struct chosen *chosen)
{
    struct types types;
    struct buf out;
    buf_init(&out);
    types_init(&types, &project->model);
    if (strcmp(cli_option(cli, "format", "human"), "json") == 0) {
        struct json_out j;
        json_begin(&j, &out, false);
        json_open(&j, '{');
        json_kint(&j, "schema_version", 1);
        json_kopen(&j, "nodes", '[');
        for (uint32_t i = 0; i < chosen->n; i++)
            explain_json(&j, cli, project, &types, chosen->at[i]);
        json_close(&j);
        json_close(&j);
        json_end(&j);
        buf_putc(&out, '\n');
    } else {
        for (uint32_t i = 0; i < chosen->n; i++) {
            buf_puts(&out, i ? "\n" : "");
            explain_text(&out, cli, project, &types, chosen->at[i]);
        }
    }
    cli_write(cli, buf_view(&out));
    types_fini(&types);
    buf_fini(&out);
}

static int explain_nodes(struct cli *cli, const struct cli_arguments *arguments)
{
    struct project project;
    struct chosen chosen;
    int code = cli_project(cli, &project, arguments->paths, arguments->paths_n, PROJECT_CHECKS);
    if (code == CLI_OK) {
        uint32_t errors = cli->ctx.diags.counts[SEVERITY_ERROR];
        /* The findings themselves are what lint is for; that there are some must be known. */
        code = cli_exit_code(cli);
        if (code <= CLI_FINDINGS)
            cli_forget(cli);
        if (choose(cli, &project, arguments, &chosen))
            show_nodes(cli, &project, &chosen);
        else
            code = CLI_USAGE;
        if (code == CLI_FINDINGS)
            cli_note(cli, "the pipeline has %u error%s, `dtc lint` shows %s\n", errors,
                     errors == 1 ? "" : "s", errors == 1 ? "it" : "them");
    }
    project_fini(&project);
    return code;
}

int command_explain(struct cli *cli)
{
    struct cli_arguments arguments = cli_arguments(cli);
    uint32_t kept = 0;
    bool codes = false;
    if (cli->args.n == 0)
        return cli_usage(cli, "`explain` needs a code, a name or a path");
    for (uint32_t i = 0; i < arguments.names_n; i++) {
        const char *name = arguments.names[i];
        if (explain_code(cli, name))
            codes = true;
        else if (looks_like_code(name))
            return no_such_code(cli, name);
        else
            arguments.names[kept++] = name;
    }
    arguments.names_n = kept;
    if (codes && kept == 0 && arguments.paths_n == 0)
        return CLI_OK;
    return explain_nodes(cli, &arguments);
}
