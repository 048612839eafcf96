/* csv.h - CSV as far as we read it ourselves: the header, and which line a row stands on.
 *
 * The engine reads the data; it counts rows and not lines, and its messages cannot be trusted to
 * name a line where fields hold line ends. Fields are separated by the delimiter, quoted with ",
 * quotes in quotes doubled; empty lines between rows are skipped. */
#ifndef DTC_RUN_CSV_H
#define DTC_RUN_CSV_H

#include "base/arena.h"

struct csv_scan {
    char delimiter;
    bool inside;       /* a quoted field goes on in the next line */
    uint32_t fields;   /* of the row, complete when csv_line says so */
    uint64_t line;     /* of the line read last, from 1 */
    uint64_t row_line; /* where the row begins */
};

/* Feeds one line without its end; true when a row is complete with it. Empty lines make no row,
 * unless `single`: a file of one column. */
bool csv_line(struct csv_scan *scan, struct str line, bool single);

/* The delimiter of a header: the one of , ; tab | that stands most often outside of quotes. */
char csv_delimiter(struct str header);

struct csv_fields {
    struct str *at; /* in the arena, quotes resolved, blanks around trimmed */
    uint32_t n;
};

struct csv_fields csv_split(struct arena *arena, struct str row, char delimiter);

#endif
