/* load_bad.c - after an insert was refused: which row, which column, which value.
 *
 * The file is read once more, by SQL that tries each value against its column and numbers the rows.
 * For CSV the number of a row becomes the number of a line by a walk over the lines; where rows do
 * not even have the right number of fields, that walk is what finds them. */
#include "base/fs.h"
#include "base/utf8.h"
#include "run/csv.h"
#include "run/load_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

#define MOST_ROWS 5

struct bad_row {
    uint64_t n;      /* row, or line for JSON lines */
    uint64_t line;   /* 0: not known */
    uint32_t column; /* of the file's matched ones */
    bool null;
    const char *value;
};

struct bad_rows {
    struct bad_row at[MOST_ROWS];
    uint32_t n;
};

/* True of a row whose c(i) cannot become the table's column. */
static void put_bad(struct buf *sql, const struct load_file *file, const struct load_table *table,
                    uint32_t i)
{
    uint32_t target = file->targets[i];
    struct str type = table->columns.at[target].type;
    bool texts = file->input.format != LOAD_PARQUET;
    buf_putc(sql, '(');
    if (table->columns.at[target].not_null) {
        load_is_null(sql, file, table, i);
        buf_puts(sql, " or ");
    }
    if (table->most_chars[target]) {
        buf_printf(sql, "length(c%u::varchar) > %lld", i, (long long)table->most_chars[target]);
    } else if (load_is_text(table, target)) {
        buf_puts(sql, "false");
    } else {
        buf_puts(sql, "(not (");
        load_is_null(sql, file, table, i);
        if (texts && str_is(type, "BLOB"))
            buf_printf(sql, ") and not regexp_full_match(c%u, '([0-9a-fA-F]{2})*'))", i);
        else
            buf_printf(sql, ") and try_cast(c%u as %" STR_F ") is null)", i, STR_A(type));
    }
    buf_putc(sql, ')');
}

static void put_cases(struct buf *sql, const struct load_file *file, const struct load_table *table,
                      bool values)
{
    buf_puts(sql, "case");
    for (uint32_t i = 0; i < file->n; i++) {
        buf_puts(sql, " when ");
        put_bad(sql, file, table, i);
        if (values)
            buf_printf(sql, " then c%u::varchar", i);
        else
            buf_printf(sql, " then %u", i);
    }
    buf_puts(sql, " end");
}

static bool find_values(struct run *run, const struct load_file *file,
                        const struct load_table *table, struct bad_rows *bad)
{
    struct engine_result *result;
    struct buf sql;
    enum engine_status status;
    buf_init(&sql);
    buf_puts(&sql, "select n, k, v from (select n, ");
    put_cases(&sql, file, table, false);
    buf_puts(&sql, " as k, ");
    put_cases(&sql, file, table, true);
    buf_puts(&sql, " as v from ");
    load_from(&sql, file, table, true);
    buf_printf(&sql, ") where k is not null order by n limit %d", MOST_ROWS);
    status = engine_query(run->engine, buf_view(&sql), &result);
    buf_fini(&sql);
    if (status != ENGINE_OK)
        return false;
    while (bad->n < MOST_ROWS && engine_next(result)) {
        struct bad_row *row = &bad->at[bad->n++];
        row->n = (uint64_t)run_number(engine_value(result, 0));
        row->column = (uint32_t)run_number(engine_value(result, 1));
        row->null = engine_value(result, 2).null;
        if (!row->null)
            row->value = arena_str(&run->ctx->arena, engine_value(result, 2).text).p;
    }
    return engine_done(result) == ENGINE_OK;
}

static struct engine_result *open_lines(struct run *run, const struct load_file *file)
{
    struct engine_result *lines;
    struct buf sql;
    enum engine_status status;
    buf_init(&sql);
    buf_puts(&sql, "select l from ");
    load_lines(&sql, file);
    status = engine_query(run->engine, buf_view(&sql), &lines);
    buf_fini(&sql);
    return status == ENGINE_OK ? lines : NULL;
}

/* Lines of the rows that were found; data rows count from the one after the header. */
static void find_lines(struct run *run, const struct load_file *file, struct bad_rows *bad)
{
    struct csv_scan scan = {.delimiter = file->delimiter};
    struct engine_result *lines = open_lines(run, file);
    uint64_t row = 0;
    uint32_t next = 0;
    while (lines && next < bad->n && engine_next(lines)) {
        if (!csv_line(&scan, engine_value(lines, 0).text, file->fields == 1))
            continue;
        if (row++ == bad->at[next].n)
            bad->at[next++].line = scan.row_line;
    }
    engine_done(lines);
}

/* A row with more or fewer fields than the header, or a quote that is never closed. */
static bool find_shape(struct run *run, const struct load_file *file)
{
    struct csv_scan scan = {.delimiter = file->delimiter};
    struct engine_result *lines = open_lines(run, file);
    bool found = false, complete = true;
    while (lines && !found && engine_next(lines)) {
        complete = csv_line(&scan, engine_value(lines, 0).text, file->fields == 1);
        if (!complete || scan.fields == file->fields)
            continue;
        found = true;
        diag_add(&run->ctx->diags, diag_rule("DT027"), SPAN_NONE,
                 "`%s` line %llu: %u field%s, the first line has %u", file->input.path,
                 (unsigned long long)scan.row_line, scan.fields, scan.fields == 1 ? "" : "s",
                 file->fields);
    }
    engine_done(lines);
    if (!found && scan.inside) {
        found = true;
        diag_add(&run->ctx->diags, diag_rule("DT027"), SPAN_NONE,
                 "`%s` line %llu: a quote is not closed", file->input.path,
                 (unsigned long long)scan.row_line);
    }
    return found;
}

/* A line that is no JSON object. */
static bool find_json(struct run *run, const struct load_file *file)
{
    struct engine_result *result;
    struct buf sql;
    bool found = false;
    buf_init(&sql);
    buf_puts(&sql, "select n from (select row_number() over () as n, l from ");
    load_lines(&sql, file);
    buf_puts(&sql, ") where l is not null and trim(l) <> '' and (not json_valid(l) or "
                   "json_type(l) <> 'OBJECT') order by n limit 1");
    if (engine_query(run->engine, buf_view(&sql), &result) == ENGINE_OK) {
        if (engine_next(result)) {
            found = true;
            diag_add(&run->ctx->diags, diag_rule("DT027"), SPAN_NONE,
                     "`%s` line %" STR_F " is no JSON object", file->input.path,
                     STR_A(engine_value(result, 0).text));
        }
        engine_done(result);
    }
    buf_fini(&sql);
    return found;
}

bool load_explain_bytes(struct run *run, const struct load_file *file)
{
    static const char told[] = "CSV Error on Line: ";
    struct diag_sink *sink = &run->ctx->diags;
    const char *why = engine_error(run->engine)->message.p, *path = file->input.path;
    const char *number = strstr(why, told);
    unsigned long long said = number ? strtoull(number + sizeof told - 1, NULL, 10) : 0;
    uint64_t line;
    size_t at;
    unsigned char byte;
    struct diag *d;
    if (file->input.format == LOAD_PARQUET || !strstr(why, "not utf-8"))
        return false;
    if (!file->gzip && fs_find_not_utf8(file->real, &line, &at, &byte))
        d = diag_add(sink, diag_rule("DT027"), SPAN_NONE,
                     "`%s` line %llu, byte %zu: 0x%02x is not part of a character", path,
                     (unsigned long long)line, at + 1, (unsigned)byte);
    else
        d = diag_add(sink, diag_rule("DT027"), SPAN_NONE,
                     "`%s` line %llu: a byte is not part of a character", path, said);
    diag_help(sink, d, "data has to be UTF-8: `iconv -t utf-8 -f ...` makes it so");
    return true;
}

/* On one line, and not longer than one. */
static const char *excerpt(struct run *run, const char *value)
{
    struct str text = str_from(value);
    size_t most = 60;
    char *at = ARENA_ARRAY(&run->ctx->arena, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        at[i] = (unsigned char)text.p[i] < ' ' ? ' ' : text.p[i];
    if (text.n <= most)
        return at;
    while (most > 0 && ((unsigned char)at[most] & 0xc0) == 0x80)
        most--;
    return arena_printf(&run->ctx->arena, "%.*s...", (int)most, at);
}

static void tell(struct run *run, const struct load_file *file, const struct load_table *table,
                 const struct bad_row *row)
{
    uint32_t target = file->targets[row->column];
    bool lines = file->input.format != LOAD_PARQUET && row->line;
    struct diag_sink *sink = &run->ctx->diags;
    const struct diag_rule *rule = diag_rule("DT027");
    const char *what = lines ? "line" : "row", *path = file->input.path;
    unsigned long long n = lines ? row->line : row->n;
    struct str column = table->columns.at[target].name;
    bool empty = row->null || (!*row->value && !load_is_text(table, target));
    if (empty)
        diag_add(sink, rule, SPAN_NONE,
                 "`%s` %s %llu, column `%" STR_F "`: NULL, and it is NOT NULL", path, what, n,
                 STR_A(column));
    else if (table->most_chars[target])
        diag_add(sink, rule, SPAN_NONE, "`%s` %s %llu, column `%" STR_F "`: `%s` is longer than %s",
                 path, what, n, STR_A(column), excerpt(run, row->value), table->types[target]);
    else
        diag_add(sink, rule, SPAN_NONE, "`%s` %s %llu, column `%" STR_F "`: `%s` is no %s", path,
                 what, n, STR_A(column), excerpt(run, row->value), table->types[target]);
}

bool load_explain(struct run *run, const struct load_file *file, const struct load_table *table)
{
    struct bad_rows bad = {0};
    if (load_explain_bytes(run, file))
        return true;
    if (file->input.format == LOAD_CSV && find_shape(run, file))
        return true;
    if (file->input.format == LOAD_JSONL && find_json(run, file))
        return true;
    if (file->n == 0 || !find_values(run, file, table, &bad) || bad.n == 0)
        return false;
    if (file->input.format == LOAD_CSV)
        find_lines(run, file, &bad);
    for (uint32_t i = 0; i < bad.n; i++) {
        if (file->input.format == LOAD_JSONL)
            bad.at[i].line = bad.at[i].n;
        tell(run, file, table, &bad.at[i]);
    }
    if (bad.n == MOST_ROWS)
        diag_note(&run->ctx->diags, *VEC_LAST(&run->ctx->diags.all), "there may be more");
    return true;
}
