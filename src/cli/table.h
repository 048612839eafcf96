/* table.h - rows for a person or a program: table, csv, json, markdown. */
#ifndef DTC_CLI_TABLE_H
#define DTC_CLI_TABLE_H

#include "cli/cli.h"
#include "target/duckdb/engine.h"

enum table_format { TABLE_TEXT, TABLE_CSV, TABLE_JSON, TABLE_MARKDOWN };

struct table_writer {
    struct cli *cli;
    enum table_format format;
    uint32_t results; /* written so far */
};

/* "table", "csv", "json", "markdown". */
enum table_format table_format_of(const char *name);
/* Around all results of a command: json is one document. */
void table_begin(struct table_writer *writer, struct cli *cli, enum table_format format);
void table_end(struct table_writer *writer);
/* Writes what the result holds, at most `limit` rows (0: all), and closes it; name is a heading, or
 * NULL. total is the number of rows there are, below 0 when not known. */
NODISCARD enum engine_status table_write(struct table_writer *writer, struct engine_result *result,
                                         const char *name, uint64_t limit, int64_t total);

#endif
