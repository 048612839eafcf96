/* clock.c - the time, read in one place. */
#include "run/clock.h"
#include <time.h>

#define US_PER_SECOND 1000000

/* Days since 1970 of a date of the Gregorian calendar: no time zone, no libc. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t era, of_era, of_year;
    year -= month <= 2;
    era = (year >= 0 ? year : year - 399) / 400;
    of_era = year - era * 400;
    of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
    int64_t era, of_era, year_of_era, of_year, m;
    days += 719468;
    era = (days >= 0 ? days : days - 146096) / 146097;
    of_era = days - era * 146097;
    year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

/* Exactly n digits from *at; false otherwise. */
static bool digits(const char **at, const char *end, int n, int64_t *value)
{
    *value = 0;
    for (; n > 0; n--, (*at)++) {
        if (*at == end || **at < '0' || **at > '9')
            return false;
        *value = *value * 10 + (**at - '0');
    }
    return true;
}

static bool mark(const char **at, const char *end, const char *any)
{
    if (*at == end || !strchr(any, **at))
        return false;
    (*at)++;
    return true;
}

bool clock_parse(struct str text, int64_t *us)
{
    const char *at = text.p, *end = text.p + text.n;
    int64_t year, month, day, hour = 0, minute = 0, second = 0, fraction = 0, unit = US_PER_SECOND;
    if (!digits(&at, end, 4, &year) || !mark(&at, end, "-") || !digits(&at, end, 2, &month) ||
        !mark(&at, end, "-") || !digits(&at, end, 2, &day))
        return false;
    if (mark(&at, end, " T")) {
        if (!digits(&at, end, 2, &hour) || !mark(&at, end, ":") || !digits(&at, end, 2, &minute))
            return false;
        if (mark(&at, end, ":") && !digits(&at, end, 2, &second))
            return false;
        if (mark(&at, end, ".")) {
            for (; at < end && *at >= '0' && *at <= '9'; at++) {
                unit /= 10;
                fraction += (*at - '0') * unit;
            }
        }
    }
    (void)mark(&at, end, "Z");
    if (at != end || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 ||
        second > 59)
        return false;
    *us = ((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    *us = *us * US_PER_SECOND + fraction;
    return true;
}

const char *clock_text(struct arena *arena, int64_t us, bool brief)
{
    int64_t seconds = us / US_PER_SECOND, fraction = us % US_PER_SECOND, days, of_day;
    int year, month, day;
    const char *text;
    if (fraction < 0) {
        fraction += US_PER_SECOND;
        seconds--;
    }
    days = seconds / 86400;
    of_day = seconds % 86400;
    if (of_day < 0) {
        of_day += 86400;
        days--;
    }
    date_of(days, &year, &month, &day);
    text = arena_printf(arena, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day,
                        (int)(of_day / 3600), (int)(of_day / 60 % 60), (int)(of_day % 60));
    if (brief)
        return text;
    return arena_printf(arena, "%s.%06d", text, (int)fraction);
}

int64_t clock_now(const struct clock *clock)
{
    struct timespec now;
    if (clock->fixed)
        return clock->us;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000;
}

int64_t clock_elapsed(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000;
}
