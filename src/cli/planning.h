/* planning.h - what `dtc plan` and `dtc apply` share: from a project to a plan with its statements.
 */
#ifndef DTC_CLI_PLANNING_H
#define DTC_CLI_PLANNING_H

#include "cli/cli.h"
#include "emit/desired.h"
#include "target/duckdb/plans.h"

struct planning {
    struct cli *cli;
    struct project project;
    struct target target;
    struct desired desired;
    struct observed observed;
    struct plan plan;
    const char *database;
};

/* Loads the project, opens the target (for writing: creates it), compares, adds statements. Returns
 * CLI_OK or the code to end with; planning_close is due in both cases. */
NODISCARD int planning_make(struct planning *p, struct cli *cli, const char *const *paths,
                            uint32_t paths_n, bool write, bool dry_run);
/* Opens the target of a plan that was saved and looks at it. */
NODISCARD int planning_reopen(struct planning *p, struct cli *cli, const char *file, bool dry_run);
void planning_close(struct planning *p);
/* A plan that loses rows or takes what is not ours needs to be told so: CLI_OK, or DT702, DT703 or
 * DT704 was added. */
NODISCARD int planning_permitted(struct planning *p);

#endif
