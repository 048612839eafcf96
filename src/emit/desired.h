/* desired.h - what a pipeline wants on a target, in normal form: one side of a plan. */
#ifndef DTC_EMIT_DESIRED_H
#define DTC_EMIT_DESIRED_H

#include "emit/emit.h"
#include "plan/plan.h"

/* Every relation that the target holds, in the order in which it can be made. embedded leaves out
 * what the embedded engine does not run (streams, tasks, alerts, pipes, statements kept as they
 * are). Texts are in ctx->arena. */
void emit_desired(struct desired *out, const struct graph *graph, const struct dialect *dialect,
                  bool embedded);
/* "gold.daily_sales": the name of an object in plans and in the target's catalogue. In the arena.
 */
const char *emit_object_name(const struct model *model, uint32_t relation);
bool emit_is_embedded(enum relation_kind kind);

#endif
