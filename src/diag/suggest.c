/* suggest.c - "did you mean": the candidate with the smallest edit distance.
 *
 * Owns the distance (insert, delete, replace, swap of neighbours; ASCII case ignored) and the
 * threshold. Candidates are offered one by one, so that no list has to be made. */
#include "diag/suggest.h"

#include "base/limits.h"
#include "base/utf8.h"

struct name {
    int32_t at[LIMIT_SUGGEST_CHARS];
    uint32_t n;
};

/* False when the name is too long to be compared. */
static bool read_name(struct str s, struct name *name)
{
    name->n = 0;
    while (s.n > 0) {
        int32_t cp;
        size_t bytes = utf8_next(s, &cp);
        if (name->n == LIMIT_SUGGEST_CHARS)
            return false;
        name->at[name->n++] = cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
        s = str_make(s.p + bytes, s.n - bytes);
    }
    return true;
}

/* A third of the length: one slip in a short name, more in a long one, none in a single letter. */
static uint32_t threshold(uint32_t n)
{
    if (n < 2)
        return 0;
    return n < 6 ? 1 : n / 3;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* The distance, or anything above max when it is above max. Three rows of the usual table: swaps
 * look two rows back. */
static uint32_t distance(const struct name *a, const struct name *b, uint32_t max)
{
    uint32_t table[3][LIMIT_SUGGEST_CHARS + 1];
    uint32_t apart = a->n > b->n ? a->n - b->n : b->n - a->n;
    if (apart > max)
        return max + 1;
    for (uint32_t k = 0; k <= b->n; k++)
        table[0][k] = k;
    for (uint32_t i = 1; i <= a->n; i++) {
        uint32_t *row = table[i % 3];
        const uint32_t *above = table[(i - 1) % 3];
        uint32_t smallest = row[0] = i;
        for (uint32_t k = 1; k <= b->n; k++) {
            uint32_t replaced = above[k - 1] + (a->at[i - 1] != b->at[k - 1]);
            row[k] = least(replaced, least(above[k], row[k - 1]) + 1);
            if (i > 1 && k > 1 && a->at[i - 1] == b->at[k - 2] && a->at[i - 2] == b->at[k - 1])
                row[k] = least(row[k], table[(i - 2) % 3][k - 2] + 1);
            smallest = least(smallest, row[k]);
        }
        if (smallest > max + 1) /* a swap may still gain one over the row before */
            return max + 1;
    }
    return table[a->n % 3][b->n];
}

struct suggest suggest_begin(struct str wanted)
{
    return (struct suggest){.wanted = wanted};
}

void suggest_offer(struct suggest *s, struct str candidate)
{
    struct name wanted;
    struct name other;
    if (candidate.n == 0 || !read_name(s->wanted, &wanted) || !read_name(candidate, &other))
        return;
    uint32_t max = s->best.n > 0 ? s->distance : threshold(wanted.n);
    uint32_t found = distance(&wanted, &other, max);
    if (found > max)
        return;
    if (s->best.n > 0 && found == s->distance && str_cmp(candidate, s->best) >= 0)
        return;
    s->best = candidate;
    s->distance = found;
}
