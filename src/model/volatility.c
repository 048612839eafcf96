/* volatility.c - finds rows of volatility.def. */
#include "model/volatility.h"

#include <stddef.h>

#define REPEATS_SAME false
#define REPEATS_VARIES true

static const struct volatility rows[] = {
#define FUNCTION(name, kind, group, repeats, use)                                                  \
    {STR_INIT(name), FUNCTION_##kind, GROUP_##group, REPEATS_##repeats, USE_##use},
#include "model/volatility.def"
#undef FUNCTION
};

const struct volatility *volatility_find(struct str name)
{
    size_t low = 0, high = sizeof rows / sizeof *rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(rows[middle].name, name);
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct volatility *volatility_all(uint32_t *n)
{
    *n = (uint32_t)(sizeof rows / sizeof *rows);
    return rows;
}
