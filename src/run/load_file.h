/* load_file.h - what the files of load share: a file and a table, with their columns matched. */
#ifndef DTC_RUN_LOAD_FILE_H
#define DTC_RUN_LOAD_FILE_H

#include "run/load.h"

struct load_table {
    uint32_t relation;
    struct engine_columns columns;
    const char **types;  /* as declared, for messages; NULL when not declared */
    int64_t *most_chars; /* of VARCHAR(n); 0: no limit */
};

struct load_file {
    struct load_input input;
    const char *real; /* what the engine opens */
    bool gzip;
    bool spooled;        /* real is a temporary copy of stdin */
    char delimiter;      /* CSV */
    uint32_t fields;     /* CSV: columns of the file */
    struct str *names;   /* of the matched columns, as the file spells them */
    uint32_t *fields_at; /* their position in the file */
    uint32_t *targets;   /* the table's columns they fill */
    uint32_t n;
};

/* Reads what the file calls its columns and matches them. TARGET_FINDINGS with DT028 when they do
 * not fit the table. */
NODISCARD enum target_status load_open(struct run *run, const struct load_table *table,
                                       const struct load_input *input, struct load_file *file);
void load_close(struct load_file *file);

/* A subquery with the matched columns as c0, c1 ...: texts, or the file's types for Parquet. With
 * `numbered` also n, the number of the row (Parquet, CSV; from 1) or of the line (JSON lines),
 * where JSON is taken apart line by line. */
void load_from(struct buf *sql, const struct load_file *file, const struct load_table *table,
               bool numbered);
/* The lines of a file, in order, one column l; empty lines are NULL. */
void load_lines(struct buf *sql, const struct load_file *file);
/* ci as the table's type: the expression that the insert uses. */
void load_value(struct buf *sql, const struct load_file *file, const struct load_table *table,
                uint32_t i);
/* True for c(i) that stands for nothing: NULL, and in CSV an empty text of a column that is no
 * text. */
void load_is_null(struct buf *sql, const struct load_file *file, const struct load_table *table,
                  uint32_t i);
bool load_is_text(const struct load_table *table, uint32_t column);

/* After an insert was refused: names the rows that cannot be loaded (DT027). False when none is
 * found: the engine's own message has to do. */
bool load_explain(struct run *run, const struct load_file *file, const struct load_table *table);
/* After the engine could not read a file: names the byte that is no UTF-8 (DT027). False when the
 * failure is another one. */
bool load_explain_bytes(struct run *run, const struct load_file *file);

#endif
