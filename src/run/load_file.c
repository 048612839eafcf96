/* load_file.c - a file's columns against a table's, and the SQL that reads it.
 *
 * The engine is told everything and guesses nothing: delimiter, quotes, columns. All is read as
 * text and turned into the table's types by us, so that a value means the same in every file and a
 * refusal can name it. */
#include "run/load_file.h"
#include "base/fs.h"
#include "diag/suggest.h"
#include "run/csv.h"
#include <errno.h>

/* A name that the engine does not take for a pattern. */
static void put_path(struct buf *sql, const char *path)
{
    struct buf out;
    buf_init(&out);
    for (; *path; path++) {
        if (strchr("*?[", *path))
            buf_printf(&out, "[%c]", *path);
        else
            buf_putc(&out, *path);
    }
    engine_quote_text(sql, buf_view(&out));
    buf_fini(&out);
}

static void put_compression(struct buf *sql, const struct load_file *file)
{
    buf_printf(sql, ", compression = '%s'", file->gzip ? "gzip" : "uncompressed");
}

bool load_is_text(const struct load_table *table, uint32_t column)
{
    return str_is(table->columns.at[column].type, "VARCHAR");
}

static bool is_json(const struct load_table *table, uint32_t column)
{
    return str_is(table->columns.at[column].type, "JSON");
}

void load_lines(struct buf *sql, const struct load_file *file)
{
    buf_puts(sql, "read_csv(");
    put_path(sql, file->real);
    put_compression(sql, file);
    /* A delimiter that no text has: each line is one field. */
    buf_puts(sql, ", auto_detect = false, header = false, delim = e'\\x01', quote = '', "
                  "escape = '', columns = {'l': 'VARCHAR'}, strict_mode = false, "
                  "max_line_size = 268435456)");
}

static void put_csv(struct buf *sql, const struct load_file *file)
{
    buf_puts(sql, "read_csv(");
    put_path(sql, file->real);
    put_compression(sql, file);
    buf_printf(sql,
               ", auto_detect = false, header = true, delim = e'\\x%02x', quote = '\"', "
               "escape = '\"', nullstr = '', allow_quoted_nulls = false, "
               "max_line_size = 268435456, columns = {",
               (unsigned)(unsigned char)file->delimiter);
    for (uint32_t i = 0; i < file->fields; i++)
        buf_printf(sql, "%s'f%u': 'VARCHAR'", i ? ", " : "", i);
    buf_puts(sql, "})");
}

static void put_json(struct buf *sql, const struct load_file *file, const struct load_table *table)
{
    buf_puts(sql, "read_json(");
    put_path(sql, file->real);
    put_compression(sql, file);
    buf_puts(sql, ", format = 'newline_delimited', auto_detect = false, columns = {");
    for (uint32_t i = 0; i < file->n; i++) {
        buf_puts(sql, i ? ", " : "");
        engine_quote_text(sql, file->names[i]);
        buf_puts(sql, is_json(table, file->targets[i]) ? ": 'JSON'" : ": 'VARCHAR'");
    }
    buf_puts(sql, "})");
}

/* $."key" as a path of JSON, in quotes of SQL. */
static void put_json_path(struct buf *sql, struct str key)
{
    struct buf path;
    buf_init(&path);
    buf_puts(&path, "$.\"");
    buf_str(&path, key);
    buf_putc(&path, '"');
    engine_quote_text(sql, buf_view(&path));
    buf_fini(&path);
}

static void put_json_lines(struct buf *sql, const struct load_file *file,
                           const struct load_table *table)
{
    buf_puts(sql, "(select n");
    for (uint32_t i = 0; i < file->n; i++) {
        buf_puts(sql, is_json(table, file->targets[i]) ? ", json_extract(l, "
                                                       : ", json_extract_string(l, ");
        put_json_path(sql, file->names[i]);
        buf_printf(sql, ") as c%u", i);
    }
    buf_puts(sql, " from (select row_number() over () as n, l from ");
    load_lines(sql, file);
    buf_puts(sql, ") where l is not null and json_valid(l))");
}

void load_from(struct buf *sql, const struct load_file *file, const struct load_table *table,
               bool numbered)
{
    if (file->input.format == LOAD_JSONL && numbered) {
        put_json_lines(sql, file, table);
        return;
    }
    buf_puts(sql, "(select ");
    if (numbered && file->input.format == LOAD_PARQUET)
        buf_puts(sql, "file_row_number + 1 as n, ");
    else if (numbered)
        buf_puts(sql, "row_number() over () as n, ");
    for (uint32_t i = 0; i < file->n; i++) {
        buf_puts(sql, i ? ", " : "");
        if (file->input.format == LOAD_CSV)
            buf_printf(sql, "f%u", file->fields_at[i]);
        else
            engine_quote_name(sql, file->names[i]);
        buf_printf(sql, " as c%u", i);
    }
    buf_puts(sql, " from ");
    if (file->input.format == LOAD_CSV) {
        put_csv(sql, file);
    } else if (file->input.format == LOAD_JSONL) {
        put_json(sql, file, table);
    } else {
        buf_puts(sql, "read_parquet(");
        put_path(sql, file->real);
        buf_puts(sql, numbered ? ", file_row_number = true)" : ")");
    }
    buf_putc(sql, ')');
}

/* In CSV "" is an empty text; for a number or a time it says nothing. */
static void put_raw(struct buf *sql, const struct load_file *file, const struct load_table *table,
                    uint32_t i)
{
    if (file->input.format == LOAD_CSV && !load_is_text(table, file->targets[i]))
        buf_printf(sql, "nullif(c%u, '')", i);
    else
        buf_printf(sql, "c%u", i);
}

void load_is_null(struct buf *sql, const struct load_file *file, const struct load_table *table,
                  uint32_t i)
{
    put_raw(sql, file, table, i);
    buf_puts(sql, " is null");
}

/* Snowflake reads BINARY as hexadecimal digits (docs: data-load, BINARY_FORMAT, read 2026-11). */
void load_value(struct buf *sql, const struct load_file *file, const struct load_table *table,
                uint32_t i)
{
    uint32_t target = file->targets[i];
    struct str type = table->columns.at[target].type;
    bool texts = file->input.format != LOAD_PARQUET;
    if (texts && str_is(type, "BLOB")) {
        buf_puts(sql, "unhex(");
        put_raw(sql, file, table, i);
        buf_putc(sql, ')');
    } else if (table->most_chars[target]) {
        buf_printf(sql,
                   "case when length(c%u::varchar) > %lld then error('too long') "
                   "else c%u::varchar end",
                   i, (long long)table->most_chars[target], i);
    } else {
        buf_puts(sql, "cast(");
        put_raw(sql, file, table, i);
        buf_printf(sql, " as %" STR_F ")", STR_A(type));
    }
}

/* --- opening
 * --------------------------------------------------------------------------------------- */

struct found_columns {
    struct str *at;
    uint32_t n;
};

/* The engine cannot read the file: mostly a fault of the file, else of what is around it. */
static enum target_status unreadable(struct run *run, const struct load_file *file)
{
    const char *why;
    if (engine_error(run->engine)->status != ENGINE_FAILED)
        return engine_report(run->ctx, run->engine, run->path, SPAN_NONE, file->input.path);
    why = arena_str(&run->ctx->arena, engine_error(run->engine)->message).p;
    if (!load_explain_bytes(run, file))
        diag_add(&run->ctx->diags, diag_rule("DT027"), SPAN_NONE, "`%s`: %.*s", file->input.path,
                 (int)strcspn(why, "\n"), why);
    return TARGET_FINDINGS;
}

/* The header of a CSV file: its first row, which may go over lines. */
static enum target_status read_header(struct run *run, struct load_file *file,
                                      struct found_columns *found)
{
    struct csv_scan scan = {.delimiter = ','};
    struct engine_result *lines;
    struct csv_fields fields;
    struct buf sql, row;
    bool complete = false, failed = true;
    buf_init(&sql);
    buf_init(&row);
    buf_puts(&sql, "select l from ");
    load_lines(&sql, file);
    if (engine_query(run->engine, buf_view(&sql), &lines) == ENGINE_OK)
        failed = false;
    while (!failed && !complete && scan.line < 1000 && engine_next(lines)) {
        struct str line = engine_value(lines, 0).text;
        if (scan.line == 0 && str_starts(line, "\xef\xbb\xbf"))
            line = str_make(line.p + 3, line.n - 3);
        buf_puts(&row, row.n ? "\n" : "");
        buf_str(&row, line);
        complete = csv_line(&scan, line, false);
    }
    if (!failed && engine_done(lines) != ENGINE_OK)
        failed = true;
    if (failed) {
        complete = false;
    } else if (complete) {
        file->delimiter = csv_delimiter(buf_view(&row));
        fields = csv_split(&run->ctx->arena, buf_view(&row), file->delimiter);
        *found = (struct found_columns){fields.at, fields.n};
        file->fields = fields.n;
    } else {
        diag_add(&run->ctx->diags, diag_rule("DT028"), SPAN_NONE,
                 "`%s` has no first line that names its columns", file->input.path);
    }
    buf_fini(&sql);
    buf_fini(&row);
    if (failed)
        return unreadable(run, file);
    return complete ? TARGET_OK : TARGET_FINDINGS;
}

/* The columns of a Parquet file; the keys of all objects of JSON lines, in the order of their
 * names. */
static enum target_status read_names(struct run *run, struct load_file *file,
                                     struct found_columns *found)
{
    struct engine_result *result;
    enum engine_status status;
    bool json = file->input.format == LOAD_JSONL;
    uint32_t cap = 0;
    struct buf sql;
    buf_init(&sql);
    if (json) {
        buf_puts(&sql, "select distinct unnest(json_keys(l)) as k from ");
        load_lines(&sql, file);
        buf_puts(&sql, " where l is not null and json_valid(l) and json_type(l) = 'OBJECT' "
                       "order by k");
    } else {
        buf_puts(&sql, "select * from read_parquet(");
        put_path(&sql, file->real);
        buf_puts(&sql, ") limit 0");
    }
    status = engine_query(run->engine, buf_view(&sql), &result);
    buf_fini(&sql);
    if (status != ENGINE_OK)
        return unreadable(run, file);
    if (!json) {
        found->n = engine_column_count(result);
        found->at = ARENA_ARRAY(&run->ctx->arena, struct str, found->n + 1);
        for (uint32_t i = 0; i < found->n; i++)
            found->at[i] = arena_str(&run->ctx->arena, engine_column_name(result, i));
    }
    while (json && engine_next(result)) {
        if (found->n == cap) {
            struct str *more = ARENA_ARRAY(&run->ctx->arena, struct str, cap * 2 + 16);
            if (found->n)
                memcpy(more, found->at, found->n * sizeof *more);
            found->at = more;
            cap = cap * 2 + 16;
        }
        found->at[found->n++] = arena_str(&run->ctx->arena, engine_value(result, 0).text);
    }
    return engine_done(result) == ENGINE_OK ? TARGET_OK : unreadable(run, file);
}

static uint32_t column_of(const struct load_table *table, struct str name)
{
    for (uint32_t i = 0; i < table->columns.n; i++) {
        if (str_eq_nocase(name, table->columns.at[i].name))
            return i;
    }
    return MODEL_NONE;
}

static void no_such_column(struct run *run, const struct load_table *table,
                           const struct load_file *file, struct str name)
{
    struct suggest near = suggest_begin(name);
    struct diag *d =
        diag_add(&run->ctx->diags, diag_rule("DT028"), SPAN_NONE,
                 "`%s` has a column `%" STR_F "`, `%s` has none of that name", file->input.path,
                 STR_A(name), model_relation(run->model, table->relation)->shown);
    for (uint32_t i = 0; i < table->columns.n; i++)
        suggest_offer(&near, table->columns.at[i].name);
    if (near.best.n)
        diag_help(&run->ctx->diags, d, "did you mean `%" STR_F "`?", STR_A(near.best));
}

/* What the file leaves out: an error where the table needs it, else NULL, which is said once. */
static bool match_rest(struct run *run, const struct load_table *table,
                       const struct load_file *file, const bool *filled)
{
    static const struct diag_rule note = {"DT028", "column-mismatch-in-data", SEVERITY_NOTE,
                                          "data leaves columns of the table out"};
    const char *shown = model_relation(run->model, table->relation)->shown;
    struct buf names;
    bool fits = true;
    buf_init(&names);
    for (uint32_t i = 0; i < table->columns.n; i++) {
        struct str name = table->columns.at[i].name;
        if (filled[i])
            continue;
        if (!table->columns.at[i].not_null) {
            buf_printf(&names, "%s`%" STR_F "`", names.n ? ", " : "", STR_A(name));
            continue;
        }
        fits = false;
        diag_add(&run->ctx->diags, diag_rule("DT028"), SPAN_NONE,
                 "`%s` has no column `%" STR_F "`, and in `%s` it is NOT NULL", file->input.path,
                 STR_A(name), shown);
    }
    if (fits && names.n)
        diag_add(&run->ctx->diags, &note, SPAN_NONE, "`%s` has no %s: NULL in `%s`",
                 file->input.path, names.p, shown);
    buf_fini(&names);
    return fits;
}

static enum target_status match(struct run *run, const struct load_table *table,
                                struct load_file *file, const struct found_columns *found)
{
    struct arena *arena = &run->ctx->arena;
    bool *filled = ARENA_ARRAY(arena, bool, table->columns.n + 1), fits = true;
    file->names = ARENA_ARRAY(arena, struct str, found->n + 1);
    file->fields_at = ARENA_ARRAY(arena, uint32_t, found->n + 1);
    file->targets = ARENA_ARRAY(arena, uint32_t, found->n + 1);
    for (uint32_t i = 0; i < found->n; i++) {
        uint32_t target = column_of(table, found->at[i]);
        if (target == MODEL_NONE) {
            no_such_column(run, table, file, found->at[i]);
            fits = false;
        } else if (filled[target]) {
            diag_add(&run->ctx->diags, diag_rule("DT028"), SPAN_NONE,
                     "`%s` has the column `%" STR_F "` twice", file->input.path,
                     STR_A(found->at[i]));
            fits = false;
        } else {
            filled[target] = true;
            file->names[file->n] = found->at[i];
            file->fields_at[file->n] = i;
            file->targets[file->n++] = target;
        }
    }
    /* Nothing in common is one mistake, not one for each column. */
    if (fits && file->n)
        fits = match_rest(run, table, file, filled);
    return fits ? TARGET_OK : TARGET_FINDINGS;
}

static enum target_status io_failed(struct run *run, const char *path, int error)
{
    const char *code = error == ENOENT ? "DT010" : error == ENOSPC ? "DT014" : "DT011";
    diag_add(&run->ctx->diags, diag_rule(code), SPAN_NONE, "`%s`: %s", path, strerror(error));
    return TARGET_ENVIRONMENT;
}

static enum target_status find(struct run *run, struct load_file *file)
{
    const char *path = file->input.path;
    int error = 0;
    if (strcmp(path, "-") == 0) {
        error = fs_spool(&run->ctx->arena, &file->real, &file->gzip);
        file->spooled = error == 0;
    } else {
        enum fs_kind kind = fs_stat(path);
        error = kind == FS_MISSING ? ENOENT : kind == FS_FOLDER ? EISDIR : 0;
        file->real = path;
        file->gzip = str_ends(str_from(path), ".gz");
    }
    return error ? io_failed(run, path, error) : TARGET_OK;
}

enum target_status load_open(struct run *run, const struct load_table *table,
                             const struct load_input *input, struct load_file *file)
{
    struct found_columns found = {0};
    enum target_status status;
    *file = (struct load_file){.input = *input};
    status = find(run, file);
    if (status != TARGET_OK)
        return status;
    status =
        input->format == LOAD_CSV ? read_header(run, file, &found) : read_names(run, file, &found);
    return status == TARGET_OK ? match(run, table, file, &found) : status;
}

void load_close(struct load_file *file)
{
    if (file->spooled && fs_remove(file->real) != 0)
        file->spooled = false;
}
