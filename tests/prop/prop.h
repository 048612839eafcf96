/* prop.h - laws over generated input: one program, a function for each family of laws.
 *
 * A family prints the protocol of tests/run and returns false when a law is broken. The seed is
 * fixed, so a failure is the same everywhere; TIER decides how long it looks. */
#ifndef DTC_TESTS_PROP_H
#define DTC_TESTS_PROP_H

#include <stdbool.h>
#include <stdint.h>

struct prop {
    uint64_t seed;
    uint32_t rounds;    /* how often a random step is repeated for each input */
    char *const *files; /* NULL-terminated */
};

/* 0 .. below-1 */
uint32_t prop_random(struct prop *prop, uint32_t below);

bool prop_fmt(struct prop *prop);
bool prop_fmt_tree(struct prop *prop);
bool prop_pipeline(struct prop *prop);
bool prop_fixes(struct prop *prop);

#endif
