/* names.c - quoting, and what is there under a name.
 *
 * Owns: the two kinds of quotes; the questions about one table. Does not own: reading the whole
 * catalogue (plan's observation). */
#include "target/duckdb/internal.h"

static void quote(struct buf *buf, struct str text, char mark)
{
    buf_putc(buf, mark);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == mark) {
            buf_putc(buf, mark);
        }
        buf_putc(buf, text.p[i]);
    }
    buf_putc(buf, mark);
}

void engine_quote_name(struct buf *buf, struct str name)
{
    quote(buf, name, '"');
}

void engine_quote_text(struct buf *buf, struct str text)
{
    quote(buf, text, '\'');
}

void engine_quote_table(struct buf *buf, struct str schema, struct str name)
{
    if (schema.n) {
        engine_quote_name(buf, schema);
        buf_putc(buf, '.');
    }
    engine_quote_name(buf, name);
}

/* Asks with the schema and the name as parameters. The default schema is DuckDB's `main`. */
static enum engine_status ask(struct engine *engine, const char *sql, struct str schema,
                              struct str name, struct engine_stmt **stmt,
                              struct engine_result **rows)
{
    *rows = NULL;
    enum engine_status status = engine_prepare(engine, str_from(sql), stmt);
    if (status == ENGINE_OK) {
        engine_bind_text(*stmt, 1, schema.n ? schema : STR_LIT("main"));
        engine_bind_text(*stmt, 2, name);
        status = engine_stmt_query(*stmt, rows);
    }
    return status;
}

enum engine_status engine_find(struct engine *engine, struct str schema, struct str name,
                               enum engine_relation *out)
{
    static const char sql[] =
        "SELECT 't' FROM duckdb_tables() WHERE database_name = current_database()"
        " AND lower(schema_name) = lower($1) AND lower(table_name) = lower($2) UNION ALL "
        "SELECT 'v' FROM duckdb_views() WHERE database_name = current_database()"
        " AND lower(schema_name) = lower($1) AND lower(view_name) = lower($2)";
    struct engine_stmt *stmt;
    struct engine_result *rows;
    *out = ENGINE_NO_RELATION;
    enum engine_status status = ask(engine, sql, schema, name, &stmt, &rows);
    if (status == ENGINE_OK) {
        if (engine_next(rows)) {
            *out = str_is(engine_value(rows, 0).text, "t") ? ENGINE_TABLE : ENGINE_VIEW;
        }
        status = engine_done(rows);
    }
    engine_stmt_close(stmt);
    return status;
}

enum engine_status engine_list_columns(struct engine *engine, struct arena *arena,
                                       struct str schema, struct str name,
                                       struct engine_columns *out)
{
    static const char sql[] =
        "SELECT column_name, data_type, NOT is_nullable, comment, count(*) OVER ()"
        " FROM duckdb_columns() WHERE database_name = current_database()"
        " AND lower(schema_name) = lower($1) AND lower(table_name) = lower($2)"
        " ORDER BY column_index";
    struct engine_stmt *stmt;
    struct engine_result *rows;
    *out = (struct engine_columns){NULL, 0};
    enum engine_status status = ask(engine, sql, schema, name, &stmt, &rows);
    if (status != ENGINE_OK) {
        engine_stmt_close(stmt);
        return status;
    }
    while (engine_next(rows)) {
        if (!out->at) {
            size_t n = 0;
            struct str count = engine_value(rows, 4).text;
            for (size_t i = 0; i < count.n; i++) {
                n = n * 10 + (size_t)(count.p[i] - '0');
            }
            out->at = ARENA_ARRAY(arena, struct engine_column, n);
        }
        struct engine_value comment = engine_value(rows, 3);
        out->at[out->n++] = (struct engine_column){
            .name = arena_str(arena, engine_value(rows, 0).text),
            .type = arena_str(arena, engine_value(rows, 1).text),
            .not_null = str_is(engine_value(rows, 2).text, "true"),
            .comment = comment.null ? (struct str){NULL, 0} : arena_str(arena, comment.text)};
    }
    status = engine_done(rows);
    engine_stmt_close(stmt);
    return status;
}
