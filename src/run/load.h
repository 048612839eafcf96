/* load.h - rows from files into tables: CSV, Parquet, JSON lines.
 *
 * Columns are matched by name. Everything of one call is one transaction: all rows of all files are
 * there after it, or none. */
#ifndef DTC_RUN_LOAD_H
#define DTC_RUN_LOAD_H

#include "run/run.h"

enum load_format { LOAD_NONE, LOAD_CSV, LOAD_PARQUET, LOAD_JSONL };

/* By the ending of the name: .csv, .parquet, .jsonl, .ndjson, each also with .gz; else LOAD_NONE.
 */
enum load_format load_format_of(const char *path);
/* "csv", "parquet", "jsonl". */
enum load_format load_format_named(const char *name);

struct load_input {
    const char *path; /* as given; "-" is stdin */
    enum load_format format;
};

/* Loads the files into a base table or a source; with `replace` its old rows go first. *rows is the
 * number of rows that came in. TARGET_FINDINGS for rows and columns that do not fit: they are
 * named, and nothing is loaded. */
NODISCARD enum target_status load_files(struct run *run, uint32_t relation,
                                        const struct load_input *inputs, uint32_t inputs_n,
                                        bool replace, int64_t *rows);

#endif
