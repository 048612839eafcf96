/* status.h - what every relation looks like on the embedded engine: rows, freshness, last refresh.
 */
#ifndef DTC_RUN_STATUS_H
#define DTC_RUN_STATUS_H

#include "run/run.h"

enum status_state {
    STATUS_NONE,  /* nothing to say: a source, a view, a table that somebody loads */
    STATUS_FRESH, /* within its effective lag, or without one */
    STATUS_LATE,
    STATUS_NEVER,  /* never refreshed */
    STATUS_FAILED, /* the last refresh failed or was skipped; its rows are those of the one before
                    */
    STATUS_ABSENT, /* not on the target: not applied yet */
};

struct status_row {
    uint32_t relation;
    enum status_state state;
    int64_t rows; /* below 0: not counted, a view */
    int64_t
        freshness_us; /* now minus the start of the last refresh that went well; below 0: none */
    const char *last_refresh; /* when that was; NULL: never */
    const char *last_status;  /* of the last attempt: "ok", "failed", "skipped"; NULL: none */
    const char *last_reason;
    int64_t warned, dropped; /* of the last that went well */
};

struct status {
    int64_t now_us;
    VEC(struct status_row) rows;
};

/* Sources, tables and views in the order of the graph; names (their indexes) or all. */
NODISCARD enum target_status status_read(struct run *run, const uint32_t *names, uint32_t names_n,
                                         struct status *status);
void status_fini(struct status *status);
/* "fresh", "late", "never refreshed", "failed", "not applied"; "" for STATUS_NONE. */
const char *status_text(enum status_state state);

#endif
