/* shapes.c - draws shapes of tables from the histograms of shapes.def. */
#include "bench.h"

#define QUANTILES 11

static const double quantile_at[QUANTILES] = {0,   0.10, 0.25, 0.40, 0.50, 0.60,
                                              0.75, 0.90, 0.95, 0.99, 1};

struct range_shape {
    uint32_t low, high;
    uint32_t of[TRAITS][QUANTILES];
    uint32_t star, group_by, union_all;
};

#define LAYER_SHARE(share)
#define READS_SHARE(low, high, share)
static const struct range_shape ranges[] = {
#define SHAPE(low, high) {low, high, {
#define SHAPE_ROW(trait, ...) [trait] = {__VA_ARGS__},
#define SHAPE_FLAGS(star, group_by, union_all) }, star, group_by, union_all},
#include "shapes.def"
#undef SHAPE
#undef SHAPE_ROW
#undef SHAPE_FLAGS
};
#undef LAYER_SHARE
#undef READS_SHARE

#define SHAPE(low, high)
#define SHAPE_ROW(trait, ...)
#define SHAPE_FLAGS(star, group_by, union_all)
#define READS_SHARE(low, high, share)
static const uint32_t layer_shares[] = {
#define LAYER_SHARE(share) share,
#include "shapes.def"
#undef LAYER_SHARE
};
#undef READS_SHARE

#define LAYER_SHARE(share)
static const uint32_t reads_shares[][3] = {
#define READS_SHARE(low, high, share) {low, high, share},
#include "shapes.def"
};

#define LENGTH(array) (uint32_t)(sizeof(array) / sizeof *(array))

uint64_t dice_next(struct dice *dice)
{
    uint64_t z = (dice->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

uint32_t dice_below(struct dice *dice, uint32_t n)
{
    return n == 0 ? 0 : (uint32_t)(dice_next(dice) % n);
}

bool dice_chance(struct dice *dice, uint32_t per_mille)
{
    return dice_below(dice, 1000) < per_mille;
}

static double dice_unit(struct dice *dice)
{
    return (double)(dice_next(dice) >> 11) / 9007199254740992.0;
}

/* Between two quantiles the values are taken to be spread evenly. */
static uint32_t at_quantile(const uint32_t *values, double u)
{
    uint32_t i = 1;

    while (i + 1 < QUANTILES && quantile_at[i] < u)
        i++;
    double share = (u - quantile_at[i - 1]) / (quantile_at[i] - quantile_at[i - 1]);
    double low = values[i - 1];
    double high = values[i];
    return (uint32_t)(low + share * (high - low) + 0.5);
}

struct shape shape_draw(struct dice *dice, uint32_t reads)
{
    const struct range_shape *range = &ranges[0];
    struct shape shape;
    double size = dice_unit(dice);

    for (uint32_t i = 0; i < LENGTH(ranges); i++) {
        if (reads >= ranges[i].low)
            range = &ranges[i];
    }
    /* A long table has many of everything: seven parts of each draw are shared. */
    for (uint32_t trait = 0; trait < TRAITS; trait++) {
        double u = trait == BYTES ? size : 0.7 * size + 0.3 * dice_unit(dice);
        shape.of[trait] = at_quantile(range->of[trait], u);
    }
    shape.star = dice_chance(dice, range->star);
    shape.group_by = dice_chance(dice, range->group_by);
    shape.union_all = dice_chance(dice, range->union_all);
    return shape;
}

uint32_t shape_reads(struct dice *dice)
{
    uint32_t left = dice_below(dice, 10000);

    for (uint32_t i = 0; i < LENGTH(reads_shares); i++) {
        const uint32_t *row = reads_shares[i];
        if (left < row[2])
            return row[0] + dice_below(dice, row[1] - row[0] + 1);
        left -= row[2];
    }
    return 1;
}

uint32_t shape_layer(uint32_t all, uint32_t depth, uint32_t deepest)
{
    uint64_t sum = 0;

    if (deepest > LENGTH(layer_shares))
        deepest = LENGTH(layer_shares);
    if (depth > deepest)
        return 0;
    for (uint32_t i = 0; i < deepest; i++)
        sum += layer_shares[i];
    return (uint32_t)(((uint64_t)all * layer_shares[depth - 1] + sum / 2) / sum);
}
