/* table.c - results of the engine on their way to stdout.
 *
 * Owns: the four forms. csv and json are streamed; a table is laid out in batches, so that memory
 * stays flat: the first batch decides the widths. NULL is visible and never an empty text: `NULL`
 * in tables (dim on a terminal), nothing at all in csv (an empty text is ""), null in json. A table
 * wider than the terminal is cut: wide columns first, then whole columns, which are named below it.
 */
#include "cli/table.h"
#include "base/json.h"
#include "base/utf8.h"

#define BATCH_ROWS 1000
#define COLUMN_LEAST 8 /* a column is never cut below this */

enum table_format table_format_of(const char *name)
{
    return strcmp(name, "csv") == 0        ? TABLE_CSV
           : strcmp(name, "json") == 0     ? TABLE_JSON
           : strcmp(name, "markdown") == 0 ? TABLE_MARKDOWN
                                           : TABLE_TEXT;
}

void table_begin(struct table_writer *writer, struct cli *cli, enum table_format format)
{
    *writer = (struct table_writer){.cli = cli, .format = format};
    if (format == TABLE_JSON)
        cli_print(cli, "{\"schema_version\": 1, \"results\": [");
}

void table_end(struct table_writer *writer)
{
    if (writer->format == TABLE_JSON)
        cli_print(writer->cli, "%s]}\n", writer->results ? "\n" : "");
}

static void flush(struct cli *cli, struct buf *out)
{
    cli_write(cli, buf_view(out));
    buf_clear(out);
}

/* --- csv
 * ------------------------------------------------------------------------------------------ */

static void csv_field(struct buf *out, struct str text)
{
    bool quote = text.n == 0;
    for (size_t i = 0; i < text.n && !quote; i++)
        quote = strchr(",\"\r\n", text.p[i]) != NULL;
    if (!quote) {
        buf_str(out, text);
        return;
    }
    buf_putc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.p[i]);
    }
    buf_putc(out, '"');
}

static void write_csv(struct cli *cli, struct engine_result *result, uint64_t limit)
{
    uint32_t n = engine_column_count(result);
    struct buf out;
    buf_init(&out);
    for (uint32_t i = 0; i < n; i++) {
        buf_puts(&out, i ? "," : "");
        csv_field(&out, engine_column_name(result, i));
    }
    buf_putc(&out, '\n');
    for (uint64_t row = 0; (limit == 0 || row < limit) && !cli->print_failed && engine_next(result);
         row++) {
        for (uint32_t i = 0; i < n; i++) {
            struct engine_value value = engine_value(result, i);
            buf_puts(&out, i ? "," : "");
            if (!value.null)
                csv_field(&out, value.text);
        }
        buf_putc(&out, '\n');
        if (out.n > 1 << 16)
            flush(cli, &out);
    }
    flush(cli, &out);
    buf_fini(&out);
}

/* --- json
 * ----------------------------------------------------------------------------------------- */

static void json_string(struct buf *out, struct str text)
{
    struct json_out j;
    json_begin(&j, out, true);
    json_str(&j, text);
    json_end(&j);
}

/* A number as DuckDB writes it, if JSON writes it so too: not nan, inf. */
static bool json_number(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (!text.p[i] || !strchr("0123456789+-.eE", text.p[i]))
            return false;
    }
    return text.n && text.p[0] != '.';
}

static void json_value(struct buf *out, struct engine_result *result, uint32_t i)
{
    struct engine_value value = engine_value(result, i);
    if (value.null)
        buf_puts(out, "null");
    else if (engine_column_is_number(result, i) && json_number(value.text))
        buf_str(out, value.text);
    else if (str_is(engine_column_type(result, i), "BOOLEAN"))
        buf_str(out, value.text);
    else
        json_string(out, value.text);
}

/* An object holds a key once: later columns of the same name get a number. */
static struct str *json_keys(struct arena *arena, struct engine_result *result)
{
    uint32_t n = engine_column_count(result);
    struct str *keys = ARENA_ARRAY(arena, struct str, n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t before = 0;
        struct str name = engine_column_name(result, i);
        for (uint32_t k = 0; k < i; k++)
            before += str_eq(name, engine_column_name(result, k));
        keys[i] = arena_str(arena, name);
        if (before)
            keys[i] = str_from(arena_printf(arena, "%" STR_F "_%u", STR_A(name), before));
    }
    return keys;
}

static void write_json(struct table_writer *writer, struct engine_result *result, const char *name,
                       uint64_t limit)
{
    struct arena *arena = &writer->cli->ctx.arena;
    struct arena_mark mark = arena_mark(arena);
    uint32_t n = engine_column_count(result);
    struct str *keys = json_keys(arena, result);
    struct buf out;
    buf_init(&out);
    buf_printf(&out, "%s\n{\"name\": ", writer->results ? "," : "");
    if (name)
        json_string(&out, str_from(name));
    else
        buf_puts(&out, "null");
    buf_puts(&out, ", \"columns\": [");
    for (uint32_t i = 0; i < n; i++) {
        buf_puts(&out, i ? ", {\"name\": " : "{\"name\": ");
        json_string(&out, keys[i]);
        buf_puts(&out, ", \"type\": ");
        json_string(&out, engine_column_type(result, i));
        buf_putc(&out, '}');
    }
    buf_puts(&out, "], \"rows\": [");
    for (uint64_t row = 0;
         (limit == 0 || row < limit) && !writer->cli->print_failed && engine_next(result); row++) {
        buf_puts(&out, row ? ",\n{" : "\n{");
        for (uint32_t i = 0; i < n; i++) {
            buf_puts(&out, i ? ", " : "");
            json_string(&out, keys[i]);
            buf_puts(&out, ": ");
            json_value(&out, result, i);
        }
        buf_putc(&out, '}');
        if (out.n > 1 << 16)
            flush(writer->cli, &out);
    }
    buf_puts(&out, "]}");
    flush(writer->cli, &out);
    buf_fini(&out);
    arena_reset(arena, mark);
}

/* --- markdown
 * ------------------------------------------------------------------------------------- */

static void markdown_cell(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '|' || text.p[i] == '\\')
            buf_putc(out, '\\');
        if (text.p[i] == '\n')
            buf_puts(out, "<br>");
        else if (text.p[i] != '\r')
            buf_putc(out, text.p[i]);
    }
}

static void write_markdown(struct cli *cli, struct engine_result *result, uint64_t limit)
{
    uint32_t n = engine_column_count(result);
    struct buf out;
    buf_init(&out);
    for (uint32_t i = 0; i < n; i++) {
        buf_puts(&out, i ? " | " : "| ");
        markdown_cell(&out, engine_column_name(result, i));
    }
    buf_puts(&out, " |\n");
    for (uint32_t i = 0; i < n; i++)
        buf_puts(&out, engine_column_is_number(result, i) ? "|---:" : "|---");
    buf_puts(&out, "|\n");
    for (uint64_t row = 0; (limit == 0 || row < limit) && !cli->print_failed && engine_next(result);
         row++) {
        for (uint32_t i = 0; i < n; i++) {
            struct engine_value value = engine_value(result, i);
            buf_puts(&out, i ? " | " : "| ");
            markdown_cell(&out, value.null ? STR_LIT("NULL") : value.text);
        }
        buf_puts(&out, " |\n");
        if (out.n > 1 << 16)
            flush(cli, &out);
    }
    flush(cli, &out);
    buf_fini(&out);
}

/* --- table
 * ---------------------------------------------------------------------------------------- */

struct layout {
    struct cli *cli;
    struct engine_result *result;
    struct arena *arena;
    uint32_t columns, shown; /* shown < columns when the rest does not fit */
    uint32_t *widths;
    struct engine_value *cells; /* of the batch, row by row */
    uint32_t rows;
};

/* A cell is one line: what would break it is written as in a string. */
static struct str one_line(struct arena *arena, struct str text)
{
    struct buf out;
    bool plain = true;
    for (size_t i = 0; i < text.n && plain; i++)
        plain = (unsigned char)text.p[i] >= ' ' && text.p[i] != 0x7f;
    if (plain)
        return arena_str(arena, text);
    buf_init(&out);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '\n')
            buf_puts(&out, "\\n");
        else if (c == '\t')
            buf_puts(&out, "\\t");
        else if (c < ' ' || c == 0x7f)
            buf_printf(&out, "\\x%02x", c);
        else
            buf_putc(&out, (char)c);
    }
    text = arena_str(arena, buf_view(&out));
    buf_fini(&out);
    return text;
}

static bool read_batch(struct layout *l, uint64_t room)
{
    l->rows = 0;
    while (l->rows < BATCH_ROWS && l->rows < room && !l->cli->print_failed &&
           engine_next(l->result)) {
        struct engine_value *row = &l->cells[(size_t)l->rows * l->columns];
        for (uint32_t i = 0; i < l->columns; i++) {
            row[i] = engine_value(l->result, i);
            row[i].text = row[i].null ? STR_LIT("NULL") : one_line(l->arena, row[i].text);
        }
        l->rows++;
    }
    return l->rows > 0;
}

static uint32_t total_width(const struct layout *l)
{
    uint32_t width = 0;
    for (uint32_t i = 0; i < l->shown; i++)
        width += l->widths[i] + 3;
    return width ? width - 1 : 0;
}

static void choose_widths(struct layout *l)
{
    uint32_t terminal = cli_terminal_columns(l->cli);
    for (uint32_t i = 0; i < l->columns; i++) {
        l->widths[i] = (uint32_t)utf8_width(one_line(l->arena, engine_column_name(l->result, i)));
        for (uint32_t row = 0; row < l->rows; row++) {
            uint32_t width = (uint32_t)utf8_width(l->cells[(size_t)row * l->columns + i].text);
            if (width > l->widths[i])
                l->widths[i] = width;
        }
    }
    l->shown = l->columns;
    while (terminal && total_width(l) > terminal) {
        uint32_t widest = 0;
        for (uint32_t i = 1; i < l->shown; i++) {
            if (l->widths[i] > l->widths[widest])
                widest = i;
        }
        if (l->widths[widest] > COLUMN_LEAST)
            l->widths[widest]--;
        else if (l->shown > 1)
            l->shown--;
        else
            break;
    }
}

/* Pads, or cuts with an ellipsis. */
static void put_cell(struct buf *out, struct str text, uint32_t width, bool right, bool last)
{
    uint32_t full = (uint32_t)utf8_width(text), used = 0;
    if (full <= width) {
        buf_fill(out, ' ', right ? width - full : 0);
        buf_str(out, text);
        buf_fill(out, ' ', right || last ? 0 : width - full);
        return;
    }
    while (text.n) {
        int32_t cp;
        size_t n = utf8_next(text, &cp);
        uint32_t w = (uint32_t)utf8_width(str_make(text.p, n));
        if (used + w > width - 1)
            break;
        buf_add(out, text.p, n);
        used += w;
        text.p += n;
        text.n -= n;
    }
    buf_puts(out, "…");
    buf_fill(out, ' ', last ? 0 : width - 1 - used);
}

static void put_head(struct layout *l, struct buf *out)
{
    for (uint32_t i = 0; i < l->shown; i++) {
        buf_puts(out, i ? " | " : " ");
        put_cell(out, one_line(l->arena, engine_column_name(l->result, i)), l->widths[i], false,
                 i + 1 == l->shown);
    }
    buf_putc(out, '\n');
    for (uint32_t i = 0; i < l->shown; i++) {
        buf_puts(out, i ? "+" : "");
        buf_fill(out, '-', l->widths[i] + 2);
    }
    buf_putc(out, '\n');
}

static void put_rows(struct layout *l, struct buf *out)
{
    for (uint32_t row = 0; row < l->rows; row++) {
        for (uint32_t i = 0; i < l->shown; i++) {
            const struct engine_value *cell = &l->cells[(size_t)row * l->columns + i];
            bool dim = cell->null && l->cli->color_out;
            buf_puts(out, i ? " | " : " ");
            buf_puts(out, dim ? "\033[2m" : "");
            put_cell(out, cell->text, l->widths[i], engine_column_is_number(l->result, i),
                     i + 1 == l->shown);
            buf_puts(out, dim ? "\033[0m" : "");
        }
        buf_putc(out, '\n');
        if (out->n > 1 << 16)
            flush(l->cli, out);
    }
}

static void put_foot(struct layout *l, struct buf *out, uint64_t rows, int64_t total)
{
    if (total >= 0 && (uint64_t)total > rows)
        buf_printf(out, "(%llu of %lld rows)\n", (unsigned long long)rows, (long long)total);
    else
        buf_printf(out, "(%llu row%s)\n", (unsigned long long)rows, rows == 1 ? "" : "s");
    if (l->shown < l->columns) {
        buf_printf(out, "(%u more column%s:", l->columns - l->shown,
                   l->columns - l->shown == 1 ? "" : "s");
        for (uint32_t i = l->shown; i < l->columns; i++)
            buf_printf(out, "%s %" STR_F, i > l->shown ? "," : "",
                       STR_A(engine_column_name(l->result, i)));
        buf_puts(out, ")\n");
    }
}

static void write_text(struct cli *cli, struct engine_result *result, uint64_t limit, int64_t total)
{
    struct arena arena;
    struct layout l = {.cli = cli, .result = result, .columns = engine_column_count(result)};
    struct arena_mark mark;
    struct buf out;
    uint64_t rows = 0;
    arena_init(&arena);
    buf_init(&out);
    l.arena = &arena;
    l.widths = ARENA_ARRAY(&arena, uint32_t, l.columns);
    l.cells = ARENA_ARRAY(&arena, struct engine_value, (size_t)BATCH_ROWS * l.columns);
    mark = arena_mark(&arena);
    (void)read_batch(&l, limit ? limit : UINT64_MAX);
    choose_widths(&l);
    put_head(&l, &out);
    while (l.rows) {
        put_rows(&l, &out);
        rows += l.rows;
        arena_reset(&arena, mark);
        if (!read_batch(&l, limit ? limit - rows : UINT64_MAX))
            break;
    }
    put_foot(&l, &out, rows, total);
    flush(cli, &out);
    buf_fini(&out);
    arena_fini(&arena);
}

enum engine_status table_write(struct table_writer *writer, struct engine_result *result,
                               const char *name, uint64_t limit, int64_t total)
{
    struct cli *cli = writer->cli;
    if (writer->results && writer->format != TABLE_JSON)
        cli_print(cli, "\n");
    if (name && writer->format == TABLE_TEXT)
        cli_print(cli, "%s\n", name);
    else if (name && writer->format == TABLE_MARKDOWN)
        cli_print(cli, "### %s\n\n", name);
    switch (writer->format) {
    case TABLE_TEXT:
        write_text(cli, result, limit, total);
        break;
    case TABLE_CSV:
        write_csv(cli, result, limit);
        break;
    case TABLE_JSON:
        write_json(writer, result, name, limit);
        break;
    case TABLE_MARKDOWN:
        write_markdown(cli, result, limit);
        break;
    }
    writer->results++;
    return engine_done(result);
}
