/* suggest.h - "did you mean": the nearest candidate by edit distance (Damerau), case ignored. */
#ifndef DTC_DIAG_SUGGEST_H
#define DTC_DIAG_SUGGEST_H

#include "base/str.h"
#include <stdint.h>

struct suggest {
    struct str wanted;
    struct str best;     /* n == 0 when nothing is near enough */
    uint32_t distance;
};

struct suggest suggest_begin(struct str wanted);
/* Ties keep the candidate that is first in bytewise order, so that the order of offering is no
 * matter. */
void suggest_offer(struct suggest *s, struct str candidate);

#endif
