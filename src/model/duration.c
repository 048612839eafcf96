/* duration.c - seconds to text and back: "5 minutes", "1 hour, 30 minutes".
 *
 * Owns the units that TARGET_LAG takes (docs: create-dynamic-table, read 2026-11): seconds,
 * minutes, hours, days, in the singular or the plural, in any case. Snowflake stores a lag in
 * parts, with a comma between them; both spellings are read. Nothing here knows what a lag is for.
 */
#include "base/buf.h"
#include "model/model.h"

#include <inttypes.h>

struct unit {
    const char *name; /* singular */
    int64_t seconds;
};

static const struct unit units[] = {
    {"day", 86400},
    {"hour", 3600},
    {"minute", 60},
    {"second", 1},
};

enum { UNITS = sizeof units / sizeof *units };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void skip_blanks(struct str *text)
{
    while (text->n && is_blank(*text->p))
        *text = str_make(text->p + 1, text->n - 1);
}

static bool take_number(struct str *text, int64_t *number)
{
    size_t n = 0;
    int64_t value = 0;
    for (; n < text->n && is_digit(text->p[n]); n++) {
        /* a lag of three hundred million years is a slip of the hand */
        if (value > INT64_C(1000000000000000))
            return false;
        value = value * 10 + (text->p[n] - '0');
    }
    *text = str_make(text->p + n, text->n - n);
    *number = value;
    return n > 0;
}

static bool take_unit(struct str *text, int64_t *seconds)
{
    size_t n = 0;
    while (n < text->n && is_letter(text->p[n]))
        n++;
    struct str word = str_make(text->p, n);
    *text = str_make(text->p + n, text->n - n);
    for (int i = 0; i < UNITS; i++) {
        struct str name = str_from(units[i].name);
        bool plural = word.n == name.n + 1 && (word.p[name.n] | 0x20) == 's';
        if (str_eq_nocase(plural ? str_make(word.p, name.n) : word, name)) {
            *seconds = units[i].seconds;
            return true;
        }
    }
    return false;
}

bool duration_seconds(struct str text, int64_t *seconds)
{
    int64_t total = 0;
    text = str_trim(text);
    do {
        int64_t number, unit;
        skip_blanks(&text);
        if (!take_number(&text, &number))
            return false;
        skip_blanks(&text);
        if (!take_unit(&text, &unit) || number > INT64_MAX / 8 / unit)
            return false;
        if (total > INT64_MAX / 8)
            return false;
        total += number * unit;
        skip_blanks(&text);
        if (text.n && *text.p == ',')
            text = str_make(text.p + 1, text.n - 1);
    } while (text.n);
    *seconds = total;
    return true;
}

static void print_part(struct buf *out, int64_t number, const char *unit, bool *any)
{
    buf_printf(out, "%s%" PRId64 " %s%s", *any ? " " : "", number, unit, number == 1 ? "" : "s");
    *any = true;
}

void duration_print(struct buf *out, int64_t seconds)
{
    bool any = false;
    /* what is no whole number of minutes is easier to compare when it is said in seconds alone */
    if (seconds % 60 != 0) {
        print_part(out, seconds, "second", &any);
        return;
    }
    for (int i = 0; i < UNITS - 1; i++) {
        if (seconds >= units[i].seconds)
            print_part(out, seconds / units[i].seconds, units[i].name, &any);
        seconds %= units[i].seconds;
    }
    if (!any)
        buf_puts(out, "0 seconds");
}
