/* plans.h - the embedded engine as a target of plans: observe, prepare, apply.
 *
 * What is ours is marked in its COMMENT by a last line `dtc:<hash>`; what it was made from stands
 * in _dtc.objects. Both must be there: an object whose mark is gone was made by somebody else. */
#ifndef DTC_TARGET_DUCKDB_PLANS_H
#define DTC_TARGET_DUCKDB_PLANS_H

#include "target/duckdb/engine.h"
#include "target/target.h"

struct duckdb_target_options {
    const char *path; /* of the database; it need not be there */
    bool write;       /* creates the file when it is missing */
    const volatile sig_atomic_t *stop;
};

/* close is due in every case. model may be NULL when a saved plan is applied. */
NODISCARD enum target_status duckdb_target_open(struct target *target, struct dtc *ctx,
                                                const struct model *model,
                                                const struct duckdb_target_options *options);

/* target->state. */
struct duckdb_state {
    struct engine *engine; /* NULL: there is no file, and it was not asked for */
    const char *path;
    bool created; /* by this open: removed again when nothing was applied */
    bool applied;
};

enum target_status duckdb_observe(struct target *target, struct observed *out);
void duckdb_prepare(struct target *target, struct plan *plan, const struct desired *desired,
                    const struct observed *observed);
enum target_status duckdb_apply(struct target *target, const struct plan *plan, bool dry_run);

#endif
