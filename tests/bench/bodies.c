/* bodies.c - the text of one table: clauses, and a query that has what its shape asks for.
 *
 * Inputs become common table expressions, one after the other; a final query joins what is left and
 * computes the columns. A CTE keeps the names of the columns it reads, so that every name in the
 * text means something: the projects resolve without a finding. */
#include "bench.h"

struct scope_item {
    char alias[16];
    struct columns columns;
};

struct body {
    struct buf *out;
    const struct project *project;
    const struct table *table;
    struct dice dice;
    struct scope_item items[MOST_INPUTS + 1]; /* in FROM of the query that is being written */
    uint32_t items_n;
    uint32_t cases, windows; /* that are still to come */
};

static struct columns columns_of(const struct body *body, struct input input)
{
    return input.source ? body->project->sources[input.index]
                        : body->project->tables[input.index].columns;
}

/* A column of that type, written with its alias; a constant when there is none. */
static void write_column(struct body *body, enum type type)
{
    static const char *const constants[] = {"1", "'n/a'", "'2026-01-01'::timestamp_ntz", "true",
                                            "parse_json('{}')"};
    const struct scope_item *item = &body->items[dice_below(&body->dice, body->items_n)];
    uint32_t start = dice_below(&body->dice, item->columns.n);

    for (uint32_t i = 0; i < item->columns.n; i++) {
        uint32_t column = columns_at(item->columns, (start + i) % item->columns.n);
        if (column_type(column) != type)
            continue;
        buf_printf(body->out, "%s.", item->alias);
        column_name(body->out, column);
        return;
    }
    buf_puts(body->out, constants[type]);
}

/* Writes text; % followed by n t d f v is a column of that type, %k a small number. */
static void write_with(struct body *body, const char *text)
{
    for (; *text != 0; text++) {
        if (*text != '%') {
            buf_putc(body->out, *text);
            continue;
        }
        switch (*++text) {
        case 'n':
            write_column(body, TYPE_NUMBER);
            break;
        case 't':
            write_column(body, TYPE_TEXT);
            break;
        case 'd':
            write_column(body, TYPE_TIME);
            break;
        case 'f':
            write_column(body, TYPE_FLAG);
            break;
        case 'v':
            write_column(body, TYPE_DOCUMENT);
            break;
        case '%':
            buf_putc(body->out, '%');
            break;
        default:
            buf_printf(body->out, "%u", 1 + dice_below(&body->dice, 90));
        }
    }
}

#define PICK(body, list) (list)[dice_below(&(body)->dice, sizeof(list) / sizeof *(list))]

static const char *const plain[][5] = {
    {"%n", "coalesce(%n, 0)", "(%n * (1 - %n / 100))::number(14,2)", "datediff('day', %d, %d)",
     "iff(%f, %n, 0)::number(14,2)"},
    {"%t", "lower(trim(%t))", "coalesce(%t, 'unknown')", "%t || '-' || %t",
     "%v:customer.address[0].city::varchar"},
    {"%d", "date_trunc('hour', %d)", "dateadd('day', %k, %d)", "greatest(%d, %d)",
     "%v:sent_at::timestamp_ntz"},
    {"%f", "%n > %k", "%t in ('new', 'open', 'held')", "%d is not null and %n between 1 and %k",
     "%t like 'a%%' or %f"},
    {"%v", "%v:items[0]", "object_construct('id', %n, 'name', %t)", "parse_json(%t)", "%v"},
};

static const char *const grouped[][2] = {
    {"sum(%n)", "count(distinct %n)"},
    {"max(%t)", "min(lower(%t))"},
    {"max(%d)", "min(date_trunc('day', %d))"},
    {"count_if(%f) > 0", "max(%n) > %k"},
    {"array_agg(distinct %t)", "array_agg(%n)"},
};

static const char *const windowed[] = {
    "sum(%n) over (partition by %n order by %d rows between 6 preceding and current row)",
    "row_number() over (partition by %n, %t order by %d desc nulls last)",
    "lag(%n, 1, 0) over (partition by %n order by %d)",
    "avg(%n) over (partition by %t order by %d)",
};

static const char *const conditions[] = {
    "%t in ('new', 'open', 'held')", "%n > %k",        "%d >= '2024-01-01'::timestamp_ntz",
    "not %f",                        "%t is not null", "%n between 1 and %k",
    "coalesce(%f, false) = false",   "%v:kind::varchar <> 'test'",
};

static void write_case(struct body *body, enum type type)
{
    uint32_t arms = 2 + dice_below(&body->dice, 3);

    buf_puts(body->out, "case");
    for (uint32_t i = 0; i < arms; i++) {
        buf_puts(body->out, "\n           when ");
        write_with(body, PICK(body, conditions));
        buf_puts(body->out, " then ");
        write_with(body, type == TYPE_NUMBER ? "%n" : i % 2 ? "'low'" : "%t");
    }
    buf_puts(body->out, type == TYPE_NUMBER ? "\n           else 0\n         end"
                                            : "\n           else 'other'\n         end");
}

static void write_expression(struct body *body, uint32_t column, bool group)
{
    enum type type = column_type(column);
    bool has_case = body->cases > 0 && (type == TYPE_NUMBER || type == TYPE_TEXT);

    if (group && has_case && type == TYPE_NUMBER) {
        body->cases--;
        buf_puts(body->out, "sum(");
        write_case(body, type);
        buf_putc(body->out, ')');
    } else if (group) {
        write_with(body, grouped[type][dice_below(&body->dice, 2)]);
    } else if (has_case && (body->windows == 0 || type == TYPE_TEXT)) {
        body->cases--;
        write_case(body, type);
    } else if (body->windows > 0 && type == TYPE_NUMBER) {
        body->windows--;
        write_with(body, PICK(body, windowed));
    } else {
        /* Most columns are passed on as they are. */
        uint32_t which = dice_chance(&body->dice, 550) ? 0 : dice_below(&body->dice, 5);
        write_with(body, plain[type][which]);
    }
}

static void write_where(struct body *body, uint32_t conditions_n)
{
    for (uint32_t i = 0; i < conditions_n; i++) {
        buf_puts(body->out, i == 0 ? "\nwhere " : "\n  and ");
        write_with(body, PICK(body, conditions));
    }
}

/* One input as a CTE: some of its columns, or all of them. */
static void write_input(struct body *body, struct input input, uint32_t number, bool all)
{
    struct columns columns = columns_of(body, input);
    uint32_t n = all ? columns.n : 4 + dice_below(&body->dice, columns.n - 3);

    buf_printf(body->out, "%s base_%u as (\nselect ", number == 0 ? "with" : ",", number);
    if (all)
        buf_puts(body->out, "*");
    for (uint32_t i = 0; i < n && !all; i++) {
        buf_puts(body->out, i == 0 ? "" : i % 3 ? ", " : ",\n       ");
        column_name(body->out, columns_at(columns, i));
    }
    buf_puts(body->out, "\nfrom ");
    project_name(body->out, body->project, input);
    struct scope_item *item = &body->items[body->items_n++];
    snprintf(item->alias, sizeof item->alias, "base_%u", number);
    item->columns = (struct columns){columns.from, n};
    if (dice_chance(&body->dice, 400)) {
        buf_puts(body->out, "\nwhere ");
        column_name(body->out, columns_at(columns, 0));
        buf_puts(body->out, " is not null");
    }
    buf_puts(body->out, "\n)");
}

/* A CTE over the newest one: the same columns, computed again. */
static void write_step(struct body *body, uint32_t number)
{
    struct scope_item *last = &body->items[body->items_n - 1];
    struct scope_item all[MOST_INPUTS + 1];
    uint32_t all_n = body->items_n;

    memcpy(all, body->items, sizeof all);
    body->items[0] = *last;
    body->items_n = 1;
    buf_printf(body->out, ", base_%u as (\nselect ", number);
    struct columns columns = body->items[0].columns;
    for (uint32_t i = 0; i < columns.n; i++) {
        buf_puts(body->out, i == 0 ? "" : ",\n       ");
        write_expression(body, columns_at(columns, i), false);
        buf_puts(body->out, " as ");
        column_name(body->out, columns_at(columns, i));
    }
    buf_printf(body->out, "\nfrom %s", body->items[0].alias);
    write_where(body, dice_below(&body->dice, 3));
    buf_puts(body->out, "\n)");
    memcpy(body->items, all, sizeof all);
    body->items_n = all_n;
    snprintf(body->items[all_n - 1].alias, sizeof body->items[0].alias, "base_%u", number);
}

/* FROM with everything that is in scope; `direct` inputs stand there under their own name. */
static void write_from(struct body *body, uint32_t direct)
{
    for (uint32_t i = 0; i < body->items_n; i++) {
        struct scope_item *item = &body->items[i];
        buf_puts(body->out, i == 0 ? "\nfrom " : i % 4 == 3 ? "\njoin " : "\nleft join ");
        if (i >= body->items_n - direct) {
            uint32_t input = body->table->inputs_n - (body->items_n - i);
            project_name(body->out, body->project, body->table->inputs[input]);
            buf_putc(body->out, ' ');
        }
        buf_puts(body->out, item->alias);
        if (i == 0)
            continue;
        buf_printf(body->out, "\n  on %s.", body->items[i - 1].alias);
        column_name(body->out, body->items[i - 1].columns.from);
        buf_printf(body->out, " = %s.", item->alias);
        column_name(body->out, item->columns.from);
    }
}

static void write_final(struct body *body, uint32_t direct, bool group, bool qualify)
{
    struct columns columns = body->table->columns;
    uint32_t keys = columns.n < 8 ? 2 : 4;

    buf_puts(body->out, "select ");
    for (uint32_t i = 0; i < columns.n; i++) {
        buf_puts(body->out, i == 0 ? "" : ",\n       ");
        if (group && i < keys)
            write_with(body, plain[column_type(columns_at(columns, i))][0]);
        else
            write_expression(body, columns_at(columns, i), group);
        buf_puts(body->out, " as ");
        column_name(body->out, columns_at(columns, i));
    }
    write_from(body, direct);
    write_where(body, dice_below(&body->dice, 3));
    for (uint32_t i = 0; i < keys && group; i++)
        buf_printf(body->out, "%s%u", i == 0 ? "\ngroup by " : ", ", i + 1);
    if (qualify && !group)
        write_with(body, "\nqualify row_number() over (partition by %n order by %d desc) = 1");
}

static void write_query(struct body *body)
{
    const struct table *table = body->table;
    const struct shape *shape = &table->shape;
    uint32_t ctes = shape->of[CTES];
    uint32_t inputs = ctes < table->inputs_n ? ctes : table->inputs_n;
    size_t start = body->out->n;

    for (uint32_t i = 0; i < inputs; i++)
        write_input(body, table->inputs[i], i, shape->star);
    uint32_t number = inputs;
    uint32_t most = inputs > 0 ? 40 : 0;
    /* Steps until there are enough, and until the text is about as long as it should be. */
    size_t end = 60 * table->columns.n * (shape->union_all ? 2 : 1);
    while (number < most && body->out->n - start + end < shape->of[BYTES] * 4 / 5)
        write_step(body, number++);
    if (number > 0)
        buf_putc(body->out, '\n');
    for (uint32_t i = inputs; i < table->inputs_n; i++) {
        struct scope_item *item = &body->items[body->items_n++];
        snprintf(item->alias, sizeof item->alias, "i%u", i);
        item->columns = columns_of(body, table->inputs[i]);
    }
    uint32_t direct = table->inputs_n - inputs;
    bool qualify = shape->of[WINDOWS] > 0;
    if (shape->star && !shape->group_by) {
        buf_printf(body->out, "select %s.*", body->items[0].alias);
        write_from(body, direct);
        return;
    }
    write_final(body, direct, shape->group_by, qualify);
    if (shape->union_all) {
        buf_puts(body->out, "\nunion all\n");
        write_final(body, direct, shape->group_by, false);
    }
}

void body_write(struct buf *out, const struct project *project, uint32_t table, uint64_t seed)
{
    static const char *const lags[] = {"1 hour", "60 minutes", "5 minutes", "1 day", "15 minutes"};
    struct body body = {.out = out,
                        .project = project,
                        .table = &project->tables[table],
                        .dice = {seed * 2654435761u + 99}};

    body.cases = body.table->shape.of[CASES];
    body.windows = body.table->shape.of[WINDOWS];
    if (dice_chance(&body.dice, 470))
        buf_printf(out, "-- Table %u of %u, at depth %u.\n", table, project->tables_n,
                   body.table->depth);
    struct buf name;
    buf_init(&name);
    project_name(&name, project, (struct input){false, table});
    *strchr(name.p, '.') = 0;
    buf_printf(out, "%s table %s\n", name.p, name.p + strlen(name.p) + 1);
    buf_fini(&name);
    if (body.table->readers > 0)
        buf_puts(out, "  lag downstream\n");
    else
        buf_printf(out, "  lag %s\n", PICK(&body, lags));
    if (dice_chance(&body.dice, 150))
        buf_puts(out, "  refresh incremental\n");
    buf_puts(out, "as\n");
    write_query(&body);
    buf_puts(out, ";\n");
}
