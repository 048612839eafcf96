/* duckdb_date.c - functions of dates and times in DuckDB's SQL.
 *
 * Owns: date parts and their many spellings, formats, and where DuckDB makes a TIMESTAMP of a DATE.
 * Does not own: the other functions (duckdb_call.c).
 * The idea: the part is known when the query is read, so each part gets the interval function that
 * fits it; what Snowflake keeps as a DATE is cast back to one. */
#include "emit/duckdb.h"
#include "syntax/parse.h"
#include <stdio.h>

static const struct {
    const char *spellings; /* between bars */
    const char *part;
    const char *interval; /* function that makes an interval of n of them */
    int factor;
    bool small; /* less than a day */
} parts[] = {
    {"|YEAR|Y|YY|YYY|YYYY|YR|YEARS|YRS|", "year", "to_years", 1, false},
    {"|QUARTER|Q|QTR|QTRS|QUARTERS|", "quarter", "to_months", 3, false},
    {"|MONTH|MM|MON|MONS|MONTHS|", "month", "to_months", 1, false},
    {"|WEEK|W|WK|WEEKOFYEAR|WOY|WY|WEEKS|WEEKISO|WEEK_ISO|", "week", "to_days", 7, false},
    {"|DAY|D|DD|DAYS|DAYOFMONTH|", "day", "to_days", 1, false},
    {"|HOUR|H|HH|HR|HOURS|HRS|", "hour", "to_hours", 1, true},
    {"|MINUTE|M|MI|MIN|MINUTES|MINS|", "minute", "to_minutes", 1, true},
    {"|SECOND|S|SEC|SECONDS|SECS|", "second", "to_seconds", 1, true},
    {"|MILLISECOND|MS|MSEC|MILLISECONDS|", "millisecond", "to_milliseconds", 1, true},
    {"|MICROSECOND|US|USEC|MICROSECONDS|", "microsecond", "to_microseconds", 1, true},
};

#define PARTS (sizeof parts / sizeof *parts)

/* The word of a STRING or a bare word, upper case, in the arena. */
static struct str part_word(const struct emit_state *state, const struct tree *tree, node_t part)
{
    struct str text = duckdb_text(state, tree_at(tree, part)->sym);
    struct buf word;
    struct str kept;
    if (text.n > 1 && *text.p == '\'')
        text = str_make(text.p + 1, text.n - 2);
    buf_init(&word);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_putc(&word, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    kept = arena_str(&state->model->ctx->arena, buf_view(&word));
    buf_fini(&word);
    return kept;
}

static size_t find_part(struct str word)
{
    for (size_t i = 0; word.n > 0 && i < PARTS; i++) {
        const char *at = parts[i].spellings;
        while ((at = strstr(at, word.p)) != NULL) {
            if (at[-1] == '|' && at[word.n] == '|')
                return i;
            at++;
        }
    }
    return PARTS;
}

static size_t part_of(struct emit_state *state, const struct tree *tree, node_t part)
{
    size_t i = PARTS;
    enum node_kind kind = tree_kind(tree, part);
    if (kind == NODE_STRING || kind == NODE_COLUMN)
        i = find_part(part_word(state, tree, part));
    if (i == PARTS)
        emit_fail(state, part, "this date part has no DuckDB form");
    return i;
}

const char *duckdb_part(struct emit_state *state, const struct tree *tree, node_t part)
{
    size_t i = part_of(state, tree, part);
    return i == PARTS ? NULL : parts[i].part;
}

static void out(const struct duckdb_call *c, const char *text)
{
    print_text(c->p, text);
}

static bool is_date(const struct duckdb_call *c, node_t node)
{
    return duckdb_type_at(c->state, node).kind == TYPE_DATE;
}

/* "to_months(3 * n)": n as an INTEGER, rounded as Snowflake does. */
static void interval(const struct duckdb_call *c, size_t part, node_t n)
{
    char factor[16] = "";
    bool literal = tree_kind(c->tree, n) == NODE_NUMBER;
    if (parts[part].factor != 1)
        snprintf(factor, sizeof factor, "%d * ", parts[part].factor);
    out(c, parts[part].interval);
    out(c, "(");
    out(c, factor);
    if (literal) {
        print_node(c->p, n);
    } else {
        out(c, "cast(");
        print_node(c->p, n);
        out(c, " as integer)");
    }
    out(c, ")");
}

void duckdb_date_add(struct duckdb_call *c)
{
    size_t part = part_of(c->state, c->tree, c->args[0]);
    bool date;
    if (part == PARTS)
        return;
    date = is_date(c, c->args[2]) && !parts[part].small;
    out(c, date ? "cast(" : "(");
    duckdb_operand(c->p, c->args[2]);
    out(c, " + ");
    interval(c, part, c->args[1]);
    out(c, date ? " as date)" : ")");
}

void duckdb_date_diff(struct duckdb_call *c)
{
    size_t part = part_of(c->state, c->tree, c->args[0]);
    if (part == PARTS)
        return;
    /* Weeks: Snowflake counts Mondays, DuckDB whole spans of seven days. */
    bool week = strcmp(parts[part].part, "week") == 0;
    out(c, week ? "(date_diff('day', date_trunc('week', " : "date_diff('");
    if (!week) {
        out(c, parts[part].part);
        out(c, "', ");
    }
    print_node(c->p, c->args[1]);
    out(c, week ? "), date_trunc('week', " : ", ");
    print_node(c->p, c->args[2]);
    out(c, week ? ")) // 7)" : ")");
}

void duckdb_date_trunc(struct duckdb_call *c)
{
    size_t part = part_of(c->state, c->tree, c->args[0]);
    bool date = is_date(c, c->args[1]);
    if (part == PARTS)
        return;
    out(c, date ? "cast(date_trunc('" : "date_trunc('");
    out(c, parts[part].part);
    out(c, "', ");
    print_node(c->p, c->args[1]);
    out(c, date ? ") as date)" : ")");
}

void duckdb_time_slice(struct duckdb_call *c)
{
    size_t part = part_of(c->state, c->tree, c->args[2]);
    bool date = is_date(c, c->args[0]), end = false;
    if (part == PARTS)
        return;
    if (c->n > 3)
        end = str_is(part_word(c->state, c->tree, c->args[3]), "END");
    out(c, date ? "cast(" : "(");
    /* Snowflake slices from the epoch, weeks from the Monday before it. */
    out(c, "time_bucket(");
    interval(c, part, c->args[1]);
    out(c, ", ");
    print_node(c->p, c->args[0]);
    out(c, strcmp(parts[part].part, "week") == 0 ? ", timestamp '1969-12-29')"
                                                 : ", timestamp '1970-01-01')");
    if (end) {
        out(c, " + ");
        interval(c, part, c->args[1]);
    }
    out(c, date ? " as date)" : ")");
}

void duckdb_date_part(struct printer *p, struct emit_state *state, node_t at, struct str part,
                      node_t value)
{
    static const struct {
        const char *word, *before, *after;
    } special[] = {
        {"EPOCH", "cast(floor(epoch(", ")) as bigint)"},
        {"EPOCH_SECOND", "cast(floor(epoch(", ")) as bigint)"},
        {"EPOCH_MILLISECOND", "epoch_ms(", ")"},
        {"EPOCH_MICROSECOND", "epoch_us(", ")"},
        {"DAYOFWEEK", "dayofweek(", ")"},
        {"DAYOFWEEKISO", "isodow(", ")"},
        {"DAYOFWEEK_ISO", "isodow(", ")"},
        {"DAYOFYEAR", "dayofyear(", ")"},
        {"YEAROFWEEK", "isoyear(", ")"},
        {"YEAROFWEEKISO", "isoyear(", ")"},
    };
    size_t i = find_part(part);
    for (size_t k = 0; k < sizeof special / sizeof *special; k++) {
        if (!str_is(part, special[k].word))
            continue;
        print_text(p, special[k].before);
        print_node(p, value);
        print_text(p, special[k].after);
        return;
    }
    if (i == PARTS) {
        emit_fail(state, at, "this date part has no DuckDB form");
        return;
    }
    print_text(p, "date_part('");
    print_text(p, parts[i].part);
    print_text(p, "', ");
    print_node(p, value);
    print_text(p, ")");
}

void duckdb_call_date_part(struct duckdb_call *c)
{
    enum node_kind kind = tree_kind(c->tree, c->args[0]);
    if (kind != NODE_STRING && kind != NODE_COLUMN) {
        emit_fail(c->state, c->args[0], "this date part has no DuckDB form");
        return;
    }
    duckdb_date_part(c->p, c->state, c->args[0], part_word(c->state, c->tree, c->args[0]),
                     c->args[1]);
}

void duckdb_last_day(struct duckdb_call *c)
{
    size_t part = part_of(c->state, c->tree, c->args[1]);
    if (part == PARTS)
        return;
    const char *name = parts[part].part;
    const char *length = strcmp(name, "year") == 0      ? "to_months(12)"
                         : strcmp(name, "quarter") == 0 ? "to_months(3)"
                         : strcmp(name, "week") == 0    ? "to_days(7)"
                                                        : "to_months(1)";
    out(c, "cast(date_trunc('");
    out(c, name);
    out(c, "', ");
    print_node(c->p, c->args[0]);
    out(c, ") + ");
    out(c, length);
    out(c, " - to_days(1) as date)");
}

/* --- formats
 * --------------------------------------------------------------------------------------- */

static const struct {
    const char *from, *to;
} formats[] = {
    {"YYYY", "%Y"}, {"MMMM", "%B"}, {"HH24", "%H"}, {"HH12", "%I"}, {"MON", "%b"}, {"YY", "%y"},
    {"MM", "%m"},   {"DD", "%d"},   {"DY", "%a"},   {"HH", "%H"},   {"AM", "%p"},  {"PM", "%p"},
    {"MI", "%M"},   {"SS", "%S"},   {"FF3", "%g"},  {"FF6", "%f"},  {"FF9", "%n"}, {"FF", "%f"},
};

/* Snowflake's format to strftime's; false for what has no counterpart (time zones). */
static bool translate(struct buf *to, struct str format)
{
    for (size_t i = 0; i < format.n;) {
        size_t k = 0, n = 0;
        for (; k < sizeof formats / sizeof *formats; k++) {
            n = strlen(formats[k].from);
            if (i + n <= format.n &&
                str_eq_nocase(str_make(format.p + i, n), str_from(formats[k].from)))
                break;
        }
        if (k < sizeof formats / sizeof *formats) {
            buf_puts(to, formats[k].to);
            i += n;
            continue;
        }
        char c = format.p[i++];
        if (c == '"')
            continue;
        if (c == 'T' && i < format.n && (format.p[i] == 'Z' || format.p[i] == 'z'))
            return false;
        if (c == '%')
            buf_putc(to, '%');
        buf_putc(to, c);
    }
    return true;
}

/* Prints ", '%Y..'" of the literal format; false when it is none or cannot be translated. */
static bool print_format(struct duckdb_call *c, node_t format)
{
    struct buf text, quoted;
    bool ok = tree_kind(c->tree, format) == NODE_STRING;
    buf_init(&text);
    buf_init(&quoted);
    if (ok)
        ok = translate(&text, string_value(&c->state->model->ctx->arena,
                                           duckdb_text(c->state, tree_at(c->tree, format)->sym)));
    if (ok) {
        duckdb_quote(&quoted, buf_view(&text));
        out(c, ", ");
        print_str(c->p, buf_view(&quoted));
    } else {
        emit_fail(c->state, format, "this format has no DuckDB form");
    }
    buf_fini(&text);
    buf_fini(&quoted);
    return ok;
}

static void parse_time(struct duckdb_call *c, const char *type)
{
    struct type text = {TYPE_TEXT, 0, 0};
    if (c->n > 1) {
        out(c, c->attempt ? "cast(try_strptime(" : "cast(strptime(");
        duckdb_read(c->p, c->state, c->args[0], text);
        print_format(c, c->args[1]);
        out(c, ") as ");
    } else {
        out(c, c->attempt ? "try_cast(" : "cast(");
        duckdb_read(c->p, c->state, c->args[0], text);
        out(c, " as ");
    }
    out(c, type);
    out(c, ")");
}

void duckdb_to_date(struct duckdb_call *c)
{
    parse_time(c, "date");
}

void duckdb_to_timestamp(struct duckdb_call *c)
{
    static const char *const factors[] = {"1000000", "1000"};
    struct type type = duckdb_type_at(c->state, c->args[0]);
    size_t scale = 0;
    if (type.kind != TYPE_NUMBER) {
        parse_time(c, "timestamp");
        return;
    }
    if (c->n > 1 && tree_kind(c->tree, c->args[1]) == NODE_NUMBER) {
        struct str digits = duckdb_text(c->state, tree_at(c->tree, c->args[1])->sym);
        scale = str_is(digits, "3") ? 1 : str_is(digits, "0") ? 0 : 2;
    }
    if (scale > 1) {
        emit_fail(c->state, c->args[1], "this scale has no DuckDB form");
        return;
    }
    out(c, "make_timestamp(cast(");
    duckdb_operand(c->p, c->args[0]);
    out(c, " * ");
    out(c, factors[scale]);
    out(c, " as bigint))");
}

void duckdb_to_char(struct duckdb_call *c)
{
    struct type type = duckdb_type_at(c->state, c->args[0]);
    bool time = type.kind == TYPE_DATE || type.kind == TYPE_TIMESTAMP ||
                type.kind == TYPE_TIMESTAMP_TZ || type.kind == TYPE_TIME;
    if (c->n > 1) {
        if (!time) {
            emit_fail(c->state, c->args[1], "this format has no DuckDB form");
            return;
        }
        out(c, "strftime(");
        print_node(c->p, c->args[0]);
        print_format(c, c->args[1]);
        out(c, ")");
        return;
    }
    if (type.kind == TYPE_TIMESTAMP) {
        out(c, "strftime(");
        print_node(c->p, c->args[0]);
        out(c, ", '%Y-%m-%d %H:%M:%S.%g')");
        return;
    }
    out(c, "cast(");
    duckdb_read(c->p, c->state, c->args[0], (struct type){TYPE_TEXT, 0, 0});
    out(c, " as varchar)");
}
