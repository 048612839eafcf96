/* bench.h - the parts of the bench: a generator of projects that look like real ones, a meter, and
 * what is measured with both. */
#ifndef DTC_TESTS_BENCH_H
#define DTC_TESTS_BENCH_H

#include "base/buf.h"
#include "base/fs.h"
#include <stdint.h>

/* --- random numbers that are the same everywhere ---------------------------------------------- */

struct dice {
    uint64_t state;
};

uint64_t dice_next(struct dice *dice);
/* In [0, n); 0 for n = 0. */
uint32_t dice_below(struct dice *dice, uint32_t n);
/* True in so many of 1,000 cases. */
bool dice_chance(struct dice *dice, uint32_t per_mille);

/* --- shapes ----------------------------------------------------------------------------------- */

enum trait { BYTES, JOINS, CTES, CASES, WINDOWS, COLUMNS, SOURCES, TRAITS };

struct shape {
    uint32_t of[TRAITS];
    bool star, group_by, union_all;
};

/* The shape of a table that reads so many others. */
struct shape shape_draw(struct dice *dice, uint32_t reads);
/* How many others a table reads that reads any. */
uint32_t shape_reads(struct dice *dice);
/* Tables of `all` at a depth from 1, for projects of at most `deepest`. */
uint32_t shape_layer(uint32_t all, uint32_t depth, uint32_t deepest);

/* --- columns: a relation has `n` columns from number `from`, wrapping around ----------------- */

enum type { TYPE_NUMBER, TYPE_TEXT, TYPE_TIME, TYPE_FLAG, TYPE_DOCUMENT };

#define COLUMN_NAMES 528u

struct columns {
    uint32_t from, n;
};

static inline uint32_t columns_at(struct columns columns, uint32_t i)
{
    return (columns.from + i) % COLUMN_NAMES;
}

void column_name(struct buf *out, uint32_t column);
enum type column_type(uint32_t column);
/* "number(12,2)": as a declaration spells it. */
const char *column_declared(uint32_t column);

/* --- projects --------------------------------------------------------------------------------- */

#define MOST_INPUTS 56u

struct input {
    bool source;
    uint32_t index; /* of a source or of a table */
};

struct table {
    uint32_t depth, readers;
    uint32_t inputs_n;
    struct input *inputs;
    struct columns columns;
    struct shape shape;
};

struct project {
    struct arena arena;
    struct table *tables; /* by depth */
    uint32_t tables_n;
    struct columns *sources;
    uint32_t sources_n;
};

void project_make(struct project *project, uint32_t tables, uint64_t seed);
void project_free(struct project *project);
/* "staging.orders_daily_17" */
void project_name(struct buf *out, const struct project *project, struct input input);
/* The declaration of a table with its query. */
void body_write(struct buf *out, const struct project *project, uint32_t table, uint64_t seed);
/* Writes the project below folder: one file, or one for each table; an errno value. */
NODISCARD int project_write(const struct project *project, const char *folder, bool each);

/* --- measuring -------------------------------------------------------------------------------- */

enum phase { SCAN, PARSE, RESOLVE, GRAPH, CHECKS, EMIT, PHASES };

struct measure {
    uint32_t tables, files;
    uint64_t bytes, tokens;
    uint32_t errors, warnings;
    double ms[PHASES];   /* least of the runs; less than 0: not reached */
    uint64_t memory;     /* bytes held when everything is resolved and checked */
    uint64_t peak;       /* of the process, bytes */
};

/* Measures a folder in a process of its own; false when that process failed. */
bool measure_folder(struct measure *out, const char *folder, unsigned runs);
/* Measures one text likewise. */
bool measure_text(struct measure *out, struct str text, unsigned runs);

int bench_phases(char **folders);
/* All corners, or those whose name has `only` in it. */
int bench_corners(const char *only);

#endif
