/* catalog.c - the schema `_dtc`: creating it, and adding to the history of refreshes. */
#include "target/duckdb/catalog.h"

enum engine_status catalog_create(struct engine *engine)
{
    return engine_run(
        engine, STR_LIT("create schema if not exists _dtc;" CATALOG_OBJECTS ";" CATALOG_REFRESHES));
}

enum engine_status catalog_exists(struct engine *engine, bool *exists)
{
    enum engine_relation found = ENGINE_NO_RELATION;
    enum engine_status status =
        engine_find(engine, STR_LIT(CATALOG_SCHEMA), STR_LIT("refreshes"), &found);
    *exists = status == ENGINE_OK && found != ENGINE_NO_RELATION;
    return status;
}

static void bind(struct engine_stmt *stmt, uint32_t parameter, struct str text)
{
    if (text.n)
        engine_bind_text(stmt, parameter, text);
    else
        engine_bind_null(stmt, parameter);
}

enum engine_status catalog_add_refresh(struct engine *engine, const struct catalog_refresh *refresh)
{
    static const char sql[] =
        "insert into _dtc.refreshes by name select $1::varchar as name, "
        "coalesce($2::varchar::timestamp, now() at time zone 'UTC') as started_at, "
        "coalesce($3::varchar::timestamp, now() at time zone 'UTC') as ended_at, "
        "nullif($4::bigint, -1) as \"rows\", $5::varchar as status, $6::varchar as reason, "
        "$7::bigint as warned, $8::bigint as dropped";
    struct engine_stmt *stmt;
    enum engine_status status = engine_prepare(engine, str_from(sql), &stmt);
    if (status != ENGINE_OK)
        return status;
    bind(stmt, 1, refresh->name);
    bind(stmt, 2, refresh->started_at);
    bind(stmt, 3, refresh->ended_at);
    engine_bind_int(stmt, 4, refresh->rows < 0 ? -1 : refresh->rows);
    bind(stmt, 5, refresh->status);
    bind(stmt, 6, refresh->reason);
    engine_bind_int(stmt, 7, refresh->warned);
    engine_bind_int(stmt, 8, refresh->dropped);
    status = engine_stmt_run(stmt, NULL);
    engine_stmt_close(stmt);
    return status;
}
