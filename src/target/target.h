/* target.h - where a plan is applied: the conformance surface that every target offers.
 *
 * A status says which of the exit codes of design/language.md the command ends with; a diagnostic
 * has been added for everything that is not TARGET_OK. */
#ifndef DTC_TARGET_TARGET_H
#define DTC_TARGET_TARGET_H

#include "plan/plan.h"

enum target_status {
    TARGET_OK,
    TARGET_FINDINGS,        /* 1: an expectation failed, a row could not be loaded */
    TARGET_ENVIRONMENT,     /* 2: engine missing, disk */
    TARGET_NOT_CONNECTED,   /* 10 */
    TARGET_STATEMENT,       /* 11 */
    TARGET_PARTLY,          /* 12 */
    TARGET_STALE,           /* 13 */
    TARGET_LOCKED,          /* 14 */
    TARGET_INTERRUPTED,     /* 130 */
};

struct target;

struct target_ops {
    const char *name;
    enum target_status (*observe)(struct target *target, struct observed *out);
    /* Applies all actions: on an engine with transactional DDL wholly or not at all. */
    enum target_status (*apply)(struct target *target, const struct plan *plan, bool dry_run);
    void (*close)(struct target *target);
};

struct target {
    const struct target_ops *ops;
    struct dtc *ctx;
    const struct model *model;
    void *state; /* the target's own; released by close */
};

#endif
