/* volatility.h - what a dynamic table may do with each of Snowflake's functions (volatility.def).
 */
#ifndef DTC_MODEL_VOLATILITY_H
#define DTC_MODEL_VOLATILITY_H

#include "base/str.h"
#include <stdint.h>

enum function_kind {
    FUNCTION_SCALAR,
    FUNCTION_AGGREGATE,
    FUNCTION_WINDOW,
    FUNCTION_TABLE,
    FUNCTION_CONTEXT,
    FUNCTION_SYSTEM,
    FUNCTION_DMF,
};

enum function_group {
    GROUP_PLAIN,
    GROUP_CONTEXT,
    GROUP_GENERATION,
    GROUP_GEOSPATIAL,
    GROUP_CORTEX,
    GROUP_METADATA,
};

/* Where it may stand in a definition that refreshes incrementally. */
enum function_use {
    USE_ANYWHERE,
    USE_SELECT_ONLY,
    USE_FILTER_ONLY,
    USE_FULL_ONLY,
    USE_UNFRAMED,
    USE_REFUSED,
    USE_SILENT,
};

struct volatility {
    struct str name; /* upper case; "SNOWFLAKE.CORTEX.COMPLETE" for what is named so */
    enum function_kind kind;
    enum function_group group;
    bool varies; /* the same arguments need not give the same result */
    enum function_use use;
};

/* The row of a function by its folded name; NULL when the documentation does not list it. */
const struct volatility *volatility_find(struct str name);
/* All rows, in bytewise order of their names. */
const struct volatility *volatility_all(uint32_t *n);

#endif
