/* help.c - `dtc help`, `dtc help COMMAND`, `dtc help TOPIC`, and --help, from the tables. */
#include "cli/cli.h"
#include "diag/suggest.h"

static const struct topic {
    const char *name, *title, *text;
} topics[] = {
#define TOPIC(name, title, text) {name, title, text},
#include "cli/topics.def"
#undef TOPIC
};

#define TOPICS_N (sizeof topics / sizeof *topics)

static void list_commands(struct buf *out, bool built)
{
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        const struct command *command = &cli_commands[i];
        if ((command->run != NULL) == built)
            buf_printf(out, "  %-9s %s\n", command->name, command->summary);
    }
}

static bool any_planned(void)
{
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        if (!cli_commands[i].run)
            return true;
    }
    return false;
}

static void help_all(struct buf *out)
{
    buf_puts(out, "dtc compiles pipelines of Snowflake dynamic tables.\n\n"
                  "usage: dtc COMMAND [OPTION...] [ARGUMENT...]\n\n");
    list_commands(out, true);
    if (any_planned()) {
        buf_puts(out, "\nnot built yet:\n");
        list_commands(out, false);
    }
    buf_puts(out,
             "\n`dtc help COMMAND` shows the options of a command, `dtc help TOPIC` tells more:\n");
    for (size_t i = 0; i < TOPICS_N; i++)
        buf_printf(out, "  %-12s %s\n", topics[i].name, topics[i].title);
    buf_puts(out,
             "\n`dtc explain CODE` tells what a diagnostic means. `dtc --version [--verbose]`.\n");
}

static void help_option(struct buf *out, const struct option *option)
{
    size_t start = out->n, width;
    if (option->letter)
        buf_printf(out, "  -%c, ", option->letter);
    else
        buf_puts(out, "      ");
    buf_printf(out, "--%s", option->name);
    if (option->argument)
        buf_printf(out, " %s", option->argument);
    width = out->n - start;
    if (width > 29) {
        buf_putc(out, '\n');
        width = 0;
    }
    buf_fill(out, ' ', 30 - width);
    buf_printf(out, "%s\n", option->help);
}

static void help_command(struct buf *out, const struct command *command)
{
    buf_printf(out, "usage: dtc %s [OPTION...]%s%s\n\n%s\n", command->name,
               *command->usage ? " " : "", command->usage, command->summary);
    if (!command->run) {
        buf_puts(out, "\nThis command is not built yet.\n");
        return;
    }
    buf_puts(out, "\n");
    for (uint32_t i = 0; i < cli_all_options_n; i++) {
        if (cli_all_options[i].command && option_belongs(&cli_all_options[i], command))
            help_option(out, &cli_all_options[i]);
    }
    for (uint32_t i = 0; i < cli_all_options_n; i++) {
        if (!cli_all_options[i].command && option_belongs(&cli_all_options[i], command))
            help_option(out, &cli_all_options[i]);
    }
    if (*command->prints)
        buf_printf(out, "\nstdout: %s\n", command->prints);
    buf_printf(out, "%sexit codes: 0 and 2 as everywhere%s%s (`dtc help exit-codes`)\n",
               *command->prints ? "" : "\n", *command->exits ? ", " : "", command->exits);
}

int cli_help(struct cli *cli, const struct command *command)
{
    struct buf out;
    buf_init(&out);
    if (command)
        help_command(&out, command);
    else
        help_all(&out);
    cli_write(cli, buf_view(&out));
    buf_fini(&out);
    return CLI_OK;
}

void cli_help_short(struct cli *cli)
{
    cli_note(cli, "usage: dtc COMMAND [OPTION...] [ARGUMENT...]\n"
                  "`dtc help` lists the commands; `dtc init` writes a pipeline to start with\n");
}

static const struct topic *topic_find(const char *name)
{
    for (size_t i = 0; i < TOPICS_N; i++) {
        if (strcmp(topics[i].name, name) == 0)
            return &topics[i];
    }
    return NULL;
}

static int no_such_topic(struct cli *cli, const char *name)
{
    struct suggest near = suggest_begin(str_from(name));
    struct diag *d = diag_add(&cli->ctx.diags, diag_rule("DT017"), SPAN_NONE,
                              "there is no command and no topic `%s`", name);
    for (uint32_t i = 0; i < cli_commands_n; i++)
        suggest_offer(&near, str_from(cli_commands[i].name));
    for (size_t i = 0; i < TOPICS_N; i++)
        suggest_offer(&near, str_from(topics[i].name));
    if (near.best.n)
        diag_help(&cli->ctx.diags, d, "did you mean `dtc help %" STR_F "`?", STR_A(near.best));
    return CLI_USAGE;
}

int command_help(struct cli *cli)
{
    const char *shell = cli_option(cli, "completion", NULL);
    const struct command *command;
    const struct topic *topic;
    struct buf out;
    if (cli_flag(cli, "man") || shell) {
        buf_init(&out);
        if (shell)
            help_completion(&out, shell);
        else
            help_man(&out);
        cli_write(cli, buf_view(&out));
        buf_fini(&out);
        return CLI_OK;
    }
    if (cli->args.n > 1)
        return cli_usage(cli, "`help` takes one command or topic");
    if (cli->args.n == 0)
        return cli_help(cli, NULL);
    command = command_find(str_from(cli->args.at[0]));
    if (command)
        return cli_help(cli, command);
    topic = topic_find(cli->args.at[0]);
    if (!topic)
        return no_such_topic(cli, cli->args.at[0]);
    cli_print(cli, "%s\n\n%s", topic->title, topic->text);
    return CLI_OK;
}

/* --- the manual page
 * ------------------------------------------------------------------------------ */

/* In roff a backslash is special everywhere, a dot and a quote at the start of a line. */
static void roff(struct buf *out, const char *text)
{
    bool start = true;
    for (; *text; text++) {
        if (start && (*text == '.' || *text == '\''))
            buf_puts(out, "\\&");
        if (*text == '\\')
            buf_puts(out, "\\e");
        else if (*text == '-')
            buf_puts(out, "\\-");
        else
            buf_putc(out, *text);
        start = *text == '\n';
    }
}

static void man_option(struct buf *out, const struct option *option)
{
    buf_puts(out, ".TP\n.B ");
    if (option->letter)
        buf_printf(out, "\\-%c, ", option->letter);
    buf_puts(out, "\\-\\-");
    roff(out, option->name);
    if (option->argument) {
        buf_putc(out, ' ');
        roff(out, option->argument);
    }
    buf_putc(out, '\n');
    roff(out, option->help);
    buf_putc(out, '\n');
}

void help_man(struct buf *out)
{
    buf_printf(out,
               ".TH DTC 1 \"\" \"dtc %s\"\n.SH NAME\n"
               "dtc \\- compiler for pipelines of Snowflake dynamic tables\n"
               ".SH SYNOPSIS\n.B dtc\nCOMMAND [OPTION...] [ARGUMENT...]\n.SH COMMANDS\n",
               DTC_VERSION);
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        const struct command *command = &cli_commands[i];
        buf_printf(out, ".SS dtc %s ", command->name);
        roff(out, command->usage);
        buf_putc(out, '\n');
        roff(out, command->summary);
        buf_puts(out, command->run ? ".\n" : ".\nNot built yet.\n");
        for (uint32_t k = 0; k < cli_all_options_n; k++) {
            if (cli_all_options[k].command && option_belongs(&cli_all_options[k], command))
                man_option(out, &cli_all_options[k]);
        }
    }
    buf_puts(out, ".SH SHARED OPTIONS\n");
    for (uint32_t k = 0; k < cli_all_options_n; k++) {
        if (!cli_all_options[k].command)
            man_option(out, &cli_all_options[k]);
    }
    for (size_t i = 0; i < TOPICS_N; i++) {
        buf_puts(out, ".SH ");
        for (const char *c = topics[i].title; *c; c++)
            buf_putc(out, (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c));
        buf_puts(out, "\n.nf\n");
        roff(out, topics[i].text);
        buf_puts(out, ".fi\n");
    }
}
