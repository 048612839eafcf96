/* options.c - the command line to values: long options (--x=v, --x v), letters (-x v, -xv), --.
 *
 * What is taken stands in commands.def; nothing here knows an option by name except help and
 * version, which may stand without a command. Every mistake is DT017 with what was meant, if it is
 * near. */
#include "cli/cli.h"
#include "diag/suggest.h"
#include <errno.h>
#include <stdlib.h>

int cli_usage(struct cli *cli, const char *fmt, ...)
{
    struct buf text;
    va_list args;
    buf_init(&text);
    va_start(args, fmt);
    buf_vprintf(&text, fmt, args);
    va_end(args);
    diag_add(&cli->ctx.diags, diag_rule("DT017"), SPAN_NONE, "%s", text.p);
    buf_fini(&text);
    return CLI_USAGE;
}

static const char *command_words(const struct cli *cli)
{
    return cli->command ? cli->command->name : "dtc";
}

static const struct option *find_long(const struct cli *cli, struct str name)
{
    for (uint32_t i = 0; i < cli_all_options_n; i++) {
        const struct option *option = &cli_all_options[i];
        if (option_belongs(option, cli->command) && str_is(name, option->name))
            return option;
    }
    return NULL;
}

static const struct option *find_letter(const struct cli *cli, char letter)
{
    for (uint32_t i = 0; i < cli_all_options_n; i++) {
        const struct option *option = &cli_all_options[i];
        if (option_belongs(option, cli->command) && option->letter == letter)
            return option;
    }
    return NULL;
}

static bool no_such_option(struct cli *cli, struct str name)
{
    struct suggest near = suggest_begin(name);
    struct diag *d = diag_add(&cli->ctx.diags, diag_rule("DT017"), SPAN_NONE,
                              "`%s` has no option `--%" STR_F "`", command_words(cli), STR_A(name));
    for (uint32_t i = 0; i < cli_all_options_n; i++) {
        if (option_belongs(&cli_all_options[i], cli->command))
            suggest_offer(&near, str_from(cli_all_options[i].name));
    }
    if (near.best.n)
        diag_help(&cli->ctx.diags, d, "did you mean `--%" STR_F "`?", STR_A(near.best));
    else if (cli->command)
        diag_help(&cli->ctx.diags, d, "`dtc help %s` lists its options", cli->command->name);
    return false;
}

/* Values that come from a list are looked at here, so that no command has to. */
static bool take(struct cli *cli, const struct option *option, const char *value)
{
    struct str choice;
    if (value && option_choice(option, 0).n) {
        uint32_t i = 0;
        while ((choice = option_choice(option, i)).n && !str_is(choice, value))
            i++;
        if (!choice.n) {
            cli_usage(cli, "`--%s` takes one of %s, not `%s`", option->name, option->argument,
                      value);
            return false;
        }
    }
    *VEC_PUSH(&cli->values) = (struct cli_value){option, value};
    return true;
}

static bool missing_value(struct cli *cli, const struct option *option)
{
    cli_usage(cli, "`--%s` needs a value: %s", option->name, option->argument);
    return false;
}

/* --name, --name=value; *i moves on when the value is the next argument. */
static bool take_long(struct cli *cli, int argc, char *const *argv, int *i)
{
    const char *text = argv[*i] + 2;
    size_t n = strcspn(text, "=");
    const struct option *option = find_long(cli, str_make(text, n));
    if (!option)
        return no_such_option(cli, str_make(text, n));
    if (!option->argument && text[n]) {
        cli_usage(cli, "`--%s` takes no value", option->name);
        return false;
    }
    if (!option->argument)
        return take(cli, option, NULL);
    if (text[n])
        return take(cli, option, text + n + 1);
    if (*i + 1 >= argc)
        return missing_value(cli, option);
    return take(cli, option, argv[++*i]);
}

/* -abc: flags; the rest after a letter with an argument is its value. */
static bool take_letters(struct cli *cli, int argc, char *const *argv, int *i)
{
    for (const char *at = argv[*i] + 1; *at; at++) {
        const struct option *option = find_letter(cli, *at);
        if (!option) {
            cli_usage(cli, "`%s` has no option `-%c`", command_words(cli), *at);
            return false;
        }
        if (!option->argument) {
            if (!take(cli, option, NULL))
                return false;
            continue;
        }
        if (at[1])
            return take(cli, option, at + 1);
        if (*i + 1 >= argc)
            return missing_value(cli, option);
        return take(cli, option, argv[++*i]);
    }
    return true;
}

static bool choose_command(struct cli *cli, const char *name)
{
    struct suggest near = suggest_begin(str_from(name));
    struct diag *d;
    cli->command = command_find(str_from(name));
    if (cli->command)
        return true;
    d = diag_add(&cli->ctx.diags, diag_rule("DT017"), SPAN_NONE, "there is no command `%s`", name);
    for (uint32_t i = 0; i < cli_commands_n; i++)
        suggest_offer(&near, str_from(cli_commands[i].name));
    if (near.best.n)
        diag_help(&cli->ctx.diags, d, "did you mean `dtc %" STR_F "`?", STR_A(near.best));
    else
        diag_help(&cli->ctx.diags, d, "`dtc help` lists the commands");
    return false;
}

/* Options before the command are the shared ones, so the command may come after `-C DIR`. */
bool cli_parse(struct cli *cli, int argc, char *const *argv)
{
    bool options = true;
    for (int i = 1; i < argc; i++) {
        const char *text = argv[i];
        if (options && strcmp(text, "--") == 0) {
            options = false;
        } else if (options && strncmp(text, "--", 2) == 0) {
            if (!cli->command && strcmp(text, "--version") == 0)
                cli->version = true;
            else if (!cli->command && strcmp(text, "--verbose") == 0)
                cli->verbose = true;
            else if (!take_long(cli, argc, argv, &i))
                return false;
        } else if (options && text[0] == '-' && text[1]) {
            if (!cli->command && strcmp(text, "-V") == 0)
                cli->version = true;
            else if (!take_letters(cli, argc, argv, &i))
                return false;
        } else if (!cli->command) {
            if (!choose_command(cli, text))
                return false;
        } else {
            *VEC_PUSH(&cli->args) = text;
        }
    }
    cli->quiet = cli_flag(cli, "quiet");
    cli->timings = cli_flag(cli, "timings");
    return true;
}

/* The row of an option by name: asking for one that the command does not have is our mistake. */
static const struct option *row(const struct cli *cli, const char *name)
{
    const struct option *option = find_long(cli, str_from(name));
    if (!option)
        BUG("command %s asks for option --%s, which commands.def does not give it",
            command_words(cli), name);
    return option;
}

bool cli_flag(const struct cli *cli, const char *name)
{
    const struct option *option = row(cli, name);
    for (uint32_t i = 0; i < cli->values.n; i++) {
        if (cli->values.at[i].option == option)
            return true;
    }
    return false;
}

const char *cli_option(const struct cli *cli, const char *name, const char *otherwise)
{
    const struct option *option = row(cli, name);
    for (uint32_t i = cli->values.n; i-- > 0;) {
        if (cli->values.at[i].option == option)
            return cli->values.at[i].value;
    }
    return otherwise;
}

const char *cli_option_at(const struct cli *cli, const char *name, uint32_t n)
{
    const struct option *option = row(cli, name);
    for (uint32_t i = 0; i < cli->values.n; i++) {
        if (cli->values.at[i].option == option && n-- == 0)
            return cli->values.at[i].value;
    }
    return NULL;
}

bool cli_option_int(struct cli *cli, const char *name, int64_t least, int64_t *value)
{
    const char *text = cli_option(cli, name, NULL);
    char *end;
    long long number;
    if (!text)
        return true;
    errno = 0;
    number = strtoll(text, &end, 10);
    if (errno || end == text || *end || number < least) {
        cli_usage(cli, "`--%s` takes a whole number from %lld, not `%s`", name, (long long)least,
                  text);
        return false;
    }
    *value = number;
    return true;
}

struct cli_arguments cli_arguments(struct cli *cli)
{
    struct cli_arguments out = {0};
    out.paths = ARENA_ARRAY(&cli->ctx.arena, const char *, cli->args.n + 1);
    out.names = ARENA_ARRAY(&cli->ctx.arena, const char *, cli->args.n + 1);
    for (uint32_t i = 0; i < cli->args.n; i++) {
        const char *text = cli->args.at[i];
        if (strcmp(text, "-") == 0 || fs_stat(text) != FS_MISSING)
            out.paths[out.paths_n++] = text;
        else
            out.names[out.names_n++] = text;
    }
    return out;
}
