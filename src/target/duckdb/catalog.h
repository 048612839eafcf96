/* catalog.h - the schema `_dtc` of an embedded database: what dtc remembers there.
 *
 * Owns: the names and columns of its tables, and the history of refreshes. Apply creates the tables
 * (catalog_create, inside its transaction) and keeps `objects`; apply and refresh add to
 * `refreshes`; status reads both. Times are UTC timestamps. Names are as dtc shows them:
 * gold.daily_sales. */
#ifndef DTC_TARGET_DUCKDB_CATALOG_H
#define DTC_TARGET_DUCKDB_CATALOG_H

#include "target/duckdb/engine.h"

#define CATALOG_SCHEMA "_dtc"

/* One row for each object that dtc created. kind is relation_kind_key; the texts are those of
 * plan.h's observed_object. */
#define CATALOG_OBJECTS                                                                            \
    "create table if not exists _dtc.objects (name varchar not null, kind varchar not null, "      \
    "definition varchar, query_hash varchar, columns_text varchar, settings varchar, "             \
    "comment varchar, place varchar, applied_at timestamp)"

/* The columns of a table as the engine has them, in a query over duckdb_columns(). What an apply
 * leaves behind stands in _dtc.objects.definition: what differs later was changed by hand. */
#define CATALOG_COLUMNS                                                                            \
    "string_agg(lower(column_name) || ' ' || lower(data_type) || "                                 \
    "case when is_nullable then '' else ' not null' end, chr(10) order by column_index)"

/* One row for each time that a table was filled, or should have been. status: 'ok', 'failed',
 * 'skipped'; reason says who ('apply', 'refresh') or why it failed. warned counts rows that violate
 * an expectation and stayed, dropped those that were left out. */
#define CATALOG_REFRESHES                                                                          \
    "create table if not exists _dtc.refreshes (name varchar not null, "                           \
    "started_at timestamp not null, ended_at timestamp not null, \"rows\" bigint, "                \
    "status varchar not null, reason varchar, warned bigint, dropped bigint)"

struct catalog_refresh {
    struct str name;
    struct str started_at, ended_at; /* "2026-01-31 08:00:00.000000"; empty: now */
    int64_t rows;                    /* below 0: not known */
    struct str status, reason;
    int64_t warned, dropped;
};

/* Creates the schema and its tables where they are missing. */
NODISCARD enum engine_status catalog_create(struct engine *engine);
/* Is there a catalogue: was anything ever applied to this database? */
NODISCARD enum engine_status catalog_exists(struct engine *engine, bool *exists);
/* Adds a row to the history, in the transaction that is open, if any. */
NODISCARD enum engine_status catalog_add_refresh(struct engine *engine,
                                                 const struct catalog_refresh *refresh);

#endif
