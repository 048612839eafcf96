/* main.c - prop FAMILY ROUNDS FILE...: runs one family of laws. */
#include "prop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint32_t prop_random(struct prop *prop, uint32_t below)
{
    prop->seed ^= prop->seed << 13;
    prop->seed ^= prop->seed >> 7;
    prop->seed ^= prop->seed << 17;
    return (uint32_t)((prop->seed >> 33) % below);
}

static const struct {
    const char *name;
    bool (*run)(struct prop *prop);
} families[] = {
    {"fmt", prop_fmt},
    {"fmt_tree", prop_fmt_tree},
    {"pipeline", prop_pipeline},
    {"fixes", prop_fixes},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 2 && i < sizeof families / sizeof families[0]; i++) {
        if (strcmp(argv[1], families[i].name) != 0)
            continue;
        struct prop prop = {UINT64_C(88172645463325252), (uint32_t)atoi(argv[2]), argv + 3};
        return families[i].run(&prop) ? 0 : 1;
    }
    fprintf(stderr, "usage: prop FAMILY ROUNDS FILE...\n");
    return 2;
}
