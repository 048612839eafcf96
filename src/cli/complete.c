/* complete.c - completion scripts for bash, zsh and fish, from the tables: commands, options,
 * values. */
#include "cli/cli.h"

static void choices(struct buf *out, const struct option *option, const char *between)
{
    struct str choice;
    for (uint32_t i = 0; (choice = option_choice(option, i)).n; i++) {
        buf_puts(out, i ? between : "");
        buf_str(out, choice);
    }
}

static bool takes_file(const struct option *option)
{
    return option->argument &&
           (strcmp(option->argument, "FILE") == 0 || strcmp(option->argument, "DIR") == 0);
}

static void bash(struct buf *out)
{
    buf_puts(out, "# bash completion for dtc, written by `dtc help --completion bash`\n"
                  "_dtc() {\n"
                  "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                  "    local command='' i\n"
                  "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                  "        case ${COMP_WORDS[i]} in -C) i=$((i + 1)) ;; -*) ;;\n"
                  "        *) command=${COMP_WORDS[i]}; break ;; esac\n"
                  "    done\n"
                  "    case $command:$before in\n");
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        for (uint32_t k = 0; k < cli_all_options_n; k++) {
            const struct option *option = &cli_all_options[k];
            if (!option_belongs(option, &cli_commands[i]) || !option_choice(option, 0).n)
                continue;
            buf_printf(out, "    %s:--%s) COMPREPLY=($(compgen -W '", cli_commands[i].name,
                       option->name);
            choices(out, option, " ");
            buf_puts(out, "' -- \"$word\")); return ;;\n");
        }
    }
    buf_puts(out, "    esac\n    case $command in\n    '') COMPREPLY=($(compgen -W '");
    for (uint32_t i = 0; i < cli_commands_n; i++)
        buf_printf(out, "%s ", cli_commands[i].name);
    buf_puts(out, "--help --version' -- \"$word\")); return ;;\n");
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        buf_printf(out, "    %s) words='", cli_commands[i].name);
        for (uint32_t k = 0; k < cli_all_options_n; k++) {
            if (option_belongs(&cli_all_options[k], &cli_commands[i]))
                buf_printf(out, "--%s ", cli_all_options[k].name);
        }
        buf_puts(out, "' ;;\n");
    }
    buf_puts(out, "    *) words='' ;;\n    esac\n"
                  "    case $word in\n"
                  "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$word\")) ;;\n"
                  "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
                  "    esac\n}\ncomplete -o filenames -F _dtc dtc\n");
}

/* Inside '...' of zsh and fish: quotes are closed and opened, brackets and colons escaped for zsh.
 */
static void quoted(struct buf *out, const char *text, bool zsh)
{
    for (; *text; text++) {
        if (*text == '\'')
            buf_puts(out, zsh ? "'\\''" : "\\'");
        else if (zsh && strchr("[]:\\", *text))
            buf_printf(out, "\\%c", *text);
        else
            buf_putc(out, *text);
    }
}

static void zsh_option(struct buf *out, const struct option *option)
{
    buf_printf(out, "            '%s--%s%s[",
               option->argument && strstr(option->argument, "...") ? "*" : "", option->name,
               option->argument ? "=" : "");
    quoted(out, option->help, true);
    buf_putc(out, ']');
    if (option_choice(option, 0).n) {
        buf_puts(out, ":value:(");
        choices(out, option, " ");
        buf_putc(out, ')');
    } else if (option->argument) {
        buf_puts(out, takes_file(option) ? ":file:_files" : ":value:");
    }
    buf_puts(out, "' \\\n");
}

static void zsh(struct buf *out)
{
    buf_puts(out, "#compdef dtc\n# zsh completion for dtc, written by `dtc help --completion zsh`\n"
                  "_dtc() {\n    local -a commands\n    commands=(\n");
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        buf_printf(out, "        '%s:", cli_commands[i].name);
        quoted(out, cli_commands[i].summary, true);
        buf_puts(out, "'\n");
    }
    buf_puts(out, "    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n"
                  "        return\n    fi\n    case $words[2] in\n");
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        buf_printf(out, "    %s)\n        _arguments \\\n", cli_commands[i].name);
        for (uint32_t k = 0; k < cli_all_options_n; k++) {
            if (option_belongs(&cli_all_options[k], &cli_commands[i]))
                zsh_option(out, &cli_all_options[k]);
        }
        buf_puts(out, "            '*:argument:_files' ;;\n");
    }
    buf_puts(out, "    esac\n}\n_dtc \"$@\"\n");
}

static void fish(struct buf *out)
{
    buf_puts(out, "# fish completion for dtc, written by `dtc help --completion fish`\n");
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        buf_printf(out, "complete -c dtc -n __fish_use_subcommand -f -a %s -d '",
                   cli_commands[i].name);
        quoted(out, cli_commands[i].summary, false);
        buf_puts(out, "'\n");
    }
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        for (uint32_t k = 0; k < cli_all_options_n; k++) {
            const struct option *option = &cli_all_options[k];
            if (!option_belongs(option, &cli_commands[i]))
                continue;
            buf_printf(out, "complete -c dtc -n '__fish_seen_subcommand_from %s' -l %s",
                       cli_commands[i].name, option->name);
            if (option->letter)
                buf_printf(out, " -s %c", option->letter);
            if (option_choice(option, 0).n) {
                buf_puts(out, " -xa '");
                choices(out, option, " ");
                buf_putc(out, '\'');
            } else if (option->argument) {
                buf_puts(out, takes_file(option) ? " -r" : " -x");
            }
            buf_puts(out, " -d '");
            quoted(out, option->help, false);
            buf_puts(out, "'\n");
        }
    }
}

void help_completion(struct buf *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        bash(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh(out);
    else
        fish(out);
}
