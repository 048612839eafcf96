/* command.c - the tables made from commands.def, and look-ups in them. */
#include "cli/cli.h"

#define RUN_BUILT(name) command_##name
#define RUN_PLANNED(name) NULL

const struct command cli_commands[] = {
#define COMMAND(state, name, groups, usage, summary, prints, exits)                                \
    {#name, RUN_##state(name), GROUP_GLOBAL | (groups), usage, summary, prints, exits},
#define OPTION(command, name, letter, argument, help)
#define SHARED(group, name, letter, argument, help)
#include "cli/commands.def"
#undef COMMAND
#undef OPTION
#undef SHARED
};

const uint32_t cli_commands_n = sizeof cli_commands / sizeof *cli_commands;

const struct option cli_all_options[] = {
#define COMMAND(state, name, groups, usage, summary, prints, exits)
#define OPTION(command, name, letter, argument, help) {#command, 0, name, letter, argument, help},
#define SHARED(group, name, letter, argument, help)
#include "cli/commands.def"
#undef OPTION
#undef SHARED
#define OPTION(command, name, letter, argument, help)
#define SHARED(group, name, letter, argument, help)                                                \
    {NULL, GROUP_##group, name, letter, argument, help},
#include "cli/commands.def"
#undef COMMAND
#undef OPTION
#undef SHARED
};

const uint32_t cli_all_options_n = sizeof cli_all_options / sizeof *cli_all_options;

const struct command *command_find(struct str name)
{
    for (uint32_t i = 0; i < cli_commands_n; i++) {
        if (str_is(name, cli_commands[i].name))
            return &cli_commands[i];
    }
    return NULL;
}

/* Before a command is known, only what every command takes belongs. */
bool option_belongs(const struct option *option, const struct command *command)
{
    if (option->command)
        return command && strcmp(option->command, command->name) == 0;
    return (option->group & (command ? command->groups : (unsigned)GROUP_GLOBAL)) != 0;
}

struct str option_choice(const struct option *option, uint32_t i)
{
    const char *at = option->argument;
    if (!at || !strchr(at, '|'))
        return (struct str){NULL, 0};
    while (i > 0 && at) {
        at = strchr(at, '|');
        at = at ? at + 1 : NULL;
        i--;
    }
    return at ? str_make(at, strcspn(at, "|")) : (struct str){NULL, 0};
}
