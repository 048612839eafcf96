/* render.h - readers of a sorted sink. The stream is the caller's choice. */
#ifndef DTC_DIAG_RENDER_H
#define DTC_DIAG_RENDER_H

#include "base/buf.h"
#include "diag/diag.h"

struct render_options {
    bool color;
};

/* The form of design/checks.md: header, source excerpt with labels, = note, = help, = more. */
void render_text(struct buf *out, const struct diag_sink *sink, struct sources *sources,
                 struct render_options options);
/* {"schema_version":1,"findings":[...]} as `dtc lint --format json` prints it. */
void render_json(struct buf *out, const struct diag_sink *sink, struct sources *sources);
/* "1 error, 2 warnings", or "" when there is nothing. */
void render_summary(struct buf *out, const struct diag_sink *sink);

#endif
