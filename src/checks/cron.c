/* cron.c - reads the five fields of USING CRON (docs: create-task, read 2026-11).
 *
 * A field is a list of values, ranges and steps; months and days of the week have names; L is the
 * last day of a month or the last such weekday, n#k the k-th weekday. Only the form is judged. */
#include "checks/cron.h"

#include <stdint.h>

struct field {
    const char *name;
    uint32_t low, high;
    const char *words; /* three letters each, the first stands for `low` */
};

static const struct field fields[] = {
    {"minute", 0, 59, ""},
    {"hour", 0, 23, ""},
    {"day of month", 1, 31, ""},
    {"month", 1, 12, "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
    {"day of week", 0, 7, "SUNMONTUEWEDTHUFRISAT"},
};

enum { FIELDS = sizeof fields / sizeof *fields, DAY_OF_MONTH = 2, DAY_OF_WEEK = 4 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool take_number(struct str *text, uint32_t *value)
{
    size_t n = 0;
    *value = 0;
    while (n < text->n && n < 4 && is_digit(text->p[n]))
        *value = *value * 10 + (uint32_t)(text->p[n++] - '0');
    *text = str_make(text->p + n, text->n - n);
    return n > 0;
}

static bool take_value(const struct field *field, struct str *text)
{
    uint32_t value;
    for (const char *word = field->words; *word && text->n >= 3; word += 3) {
        if (str_eq_nocase(str_make(text->p, 3), str_make(word, 3))) {
            *text = str_make(text->p + 3, text->n - 3);
            return true;
        }
    }
    return take_number(text, &value) && value >= field->low && value <= field->high;
}

static bool take_char(struct str *text, char c)
{
    if (text->n == 0 || *text->p != c)
        return false;
    *text = str_make(text->p + 1, text->n - 1);
    return true;
}

/* One of the items between commas. */
static bool is_item(int which, struct str text)
{
    const struct field *field = &fields[which];
    uint32_t step;
    if ((which == DAY_OF_MONTH || which == DAY_OF_WEEK) && str_eq_nocase(text, STR_LIT("L")))
        return true;
    if (!take_char(&text, '*')) {
        if (!take_value(field, &text))
            return false;
        if (which == DAY_OF_WEEK && (str_eq_nocase(text, STR_LIT("L"))))
            return true;
        if (which == DAY_OF_WEEK && take_char(&text, '#'))
            return take_number(&text, &step) && step >= 1 && step <= 5 && text.n == 0;
        if (take_char(&text, '-') && !take_value(field, &text))
            return false;
    }
    if (take_char(&text, '/'))
        return take_number(&text, &step) && step > 0 && text.n == 0;
    return text.n == 0;
}

static bool is_field(int which, struct str text)
{
    for (;;) {
        const char *comma = text.n ? memchr(text.p, ',', text.n) : NULL;
        struct str item = comma ? str_make(text.p, (size_t)(comma - text.p)) : text;
        if (item.n == 0 || !is_item(which, item))
            return false;
        if (!comma)
            return true;
        text = str_make(comma + 1, text.n - item.n - 1);
    }
}

const char *cron_fault(struct arena *arena, const char *text)
{
    struct str rest = str_trim(str_from(text));
    int n = 0;
    for (; rest.n; n++) {
        size_t end = 0;
        while (end < rest.n && rest.p[end] != ' ' && rest.p[end] != '\t')
            end++;
        struct str word = str_make(rest.p, end);
        rest = str_trim(str_make(rest.p + end, rest.n - end));
        if (n < FIELDS && !is_field(n, word))
            return arena_printf(arena, "`%" STR_F "` is no %s", STR_A(word), fields[n].name);
    }
    if (n != FIELDS)
        return arena_printf(arena, "it has %d field%s instead of five", n, n == 1 ? "" : "s");
    return NULL;
}
