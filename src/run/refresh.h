/* refresh.h - recomputing dynamic tables: inputs first, one transaction each. */
#ifndef DTC_RUN_REFRESH_H
#define DTC_RUN_REFRESH_H

#include "run/run.h"

struct refresh_counts {
    uint32_t done, failed, skipped;
};

/* Refreshes the named relations (their indexes) and the dynamic tables that they read; all dynamic
 * tables when names_n is 0. A table that fails keeps its rows, what reads it is skipped, the rest
 * goes on. Each is written to the history. TARGET_FINDINGS for a failed expectation,
 * TARGET_STATEMENT for a refused statement, TARGET_INTERRUPTED after Ctrl-C. */
NODISCARD enum target_status refresh_all(struct run *run, const uint32_t *names, uint32_t names_n,
                                         struct refresh_counts *counts);

/* Are the chosen relations (all where chosen is NULL) on the target as the source declares them?
 * Each that is not is DT041, and the answer TARGET_ENVIRONMENT. */
NODISCARD enum target_status refresh_applied(struct run *run, const bool *chosen);
/* Fills one relation from its query inside the transaction that is open, judging its expectations:
 * rows are dropped, counted into the event, or make it fail (TARGET_FINDINGS, event->reason). */
NODISCARD enum target_status refresh_fill(struct run *run, uint32_t relation,
                                          struct run_event *event);

#endif
