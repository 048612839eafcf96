/* ctx.h - struct dtc: what every phase is handed first. No globals: two compilations can run at
 * once. */
#ifndef DTC_DIAG_CTX_H
#define DTC_DIAG_CTX_H

#include "base/sym.h"
#include "diag/diag.h"

struct dtc {
    struct arena arena;      /* compile lifetime: everything that lives until the end */
    struct interner names;   /* one for the compilation; keywords first */
    struct sources sources;
    struct diag_sink diags;
    bool limit_hit;          /* a limit was met: the exit code is 2, not 1 */
};

void dtc_init(struct dtc *ctx);
void dtc_fini(struct dtc *ctx);

#endif
