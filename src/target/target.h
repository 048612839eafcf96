/* target.h - where a plan is applied: the conformance surface that every target offers.
 *
 * A status says which of the exit codes of design/language.md the command ends with; a diagnostic
 * has been added for everything that is not TARGET_OK. */
#ifndef DTC_TARGET_TARGET_H
#define DTC_TARGET_TARGET_H

#include "plan/plan.h"

enum target_status {
    TARGET_OK,
    TARGET_FINDINGS,      /* 1: an expectation failed, a row could not be loaded */
    TARGET_ENVIRONMENT,   /* 2: engine missing, disk */
    TARGET_NOT_CONNECTED, /* 10 */
    TARGET_STATEMENT,     /* 11 */
    TARGET_PARTLY,        /* 12 */
    TARGET_STALE,         /* 13 */
    TARGET_LOCKED,        /* 14 */
    TARGET_INTERRUPTED,   /* 130 */
};

struct target;

struct target_ops {
    const char *name;
    /* Everything that the target has, sorted by place. Texts are in ctx->arena. */
    enum target_status (*observe)(struct target *target, struct observed *out);
    /* Adds the statements of every action; DT701 for what the target cannot hold. */
    void (*prepare)(struct target *target, struct plan *plan, const struct desired *desired,
                    const struct observed *observed);
    /* Applies all actions: on an engine with transactional DDL wholly or not at all. */
    enum target_status (*apply)(struct target *target, const struct plan *plan, bool dry_run);
    void (*close)(struct target *target);
};

/* Told before an action begins. */
typedef void target_listener(void *data, const struct action *action);

struct target {
    const struct target_ops *ops;
    struct dtc *ctx;
    const struct model *model; /* NULL for a saved plan */
    void *state;               /* the target's own; released by close */
    target_listener *listener; /* may be NULL */
    void *listener_data;
};

#endif
