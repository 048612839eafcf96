/* clock.h - what time it is: the only place that asks, so that tests can turn it.
 *
 * Owns: moments as microseconds since 1970 in UTC, and their text. Does not own: durations of lags
 * (model). A clock with a fixed time stands still; elapsed times are measured apart and never
 * fixed. */
#ifndef DTC_RUN_CLOCK_H
#define DTC_RUN_CLOCK_H

#include "base/arena.h"

struct clock {
    bool fixed;
    int64_t us; /* when fixed */
};

/* text is "2026-01-31 08:00:00", with or without a fraction, T and Z; false when it is not a time.
 */
NODISCARD bool clock_parse(struct str text, int64_t *us);
/* "2026-01-31 08:00:00.000000", as DuckDB reads and writes it; without the fraction when
 * `brief` is set. In the arena. */
const char *clock_text(struct arena *arena, int64_t us, bool brief);
int64_t clock_now(const struct clock *clock);
/* Microseconds of a clock that only counts: differences are times that passed. */
int64_t clock_elapsed(void);

#endif
