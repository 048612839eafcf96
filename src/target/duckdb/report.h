/* report.h - a failure of the engine as a diagnostic and as the status that the exit code follows.
 *
 * Owns: which code a class of failure gets and how it is worded. Every command that opens or uses
 * the engine reports through here, so that a locked database reads the same everywhere. */
#ifndef DTC_TARGET_DUCKDB_REPORT_H
#define DTC_TARGET_DUCKDB_REPORT_H

#include "target/duckdb/engine.h"
#include "target/target.h"

/* Adds the diagnostic for engine_error(engine). span is the source behind the statement, or
 * SPAN_NONE; what says what was being done: "`gold.daily_sales` could not be refreshed"; NULL says
 * nothing. path is the database's, NULL for one in memory. BUG without an error. */
enum target_status engine_report(struct dtc *ctx, const struct engine *engine, const char *path,
                                 struct span span, const char *what);
/* Opens and reports. *out goes to engine_close in every case. */
NODISCARD enum target_status
engine_open_reported(struct dtc *ctx, const struct engine_options *options, struct engine **out);

#endif
