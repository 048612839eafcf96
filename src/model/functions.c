/* functions.c - finds a row of functions.def by binary search.
 *
 * Owns: the table and the look-up. Does not own: what a lowering means (emit) and what a kind or a
 * volatility allows (checks). */
#include "model/functions.h"

static const struct function_row rows[] = {
#define FUNCTION(name, least, most, kind, volatility, result, duckdb, differs)                     \
    {name, least, most, FUNCTION_##kind, FUNCTION_##volatility, RESULT_##result, duckdb, differs},
#include "model/functions.def"
#undef FUNCTION
};

#define ROWS (sizeof rows / sizeof *rows)

static int compare_nocase(struct str a, const char *upper)
{
    for (size_t i = 0; i < a.n; i++) {
        char c = a.p[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c != upper[i])
            return (unsigned char)c < (unsigned char)upper[i] ? -1 : 1;
    }
    return upper[a.n] == '\0' ? 0 : -1;
}

const struct function_row *function_find(struct str name, uint32_t arguments, bool *known)
{
    size_t lo = 0, hi = ROWS;
    if (known)
        *known = false;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (compare_nocase(name, rows[mid].name) <= 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    for (; lo < ROWS && compare_nocase(name, rows[lo].name) == 0; lo++) {
        if (known)
            *known = true;
        if (arguments >= rows[lo].least && arguments <= rows[lo].most)
            return &rows[lo];
    }
    return NULL;
}

const struct function_row *functions_all(uint32_t *n)
{
    *n = ROWS;
    return rows;
}
