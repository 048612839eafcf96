/* functions.h - the catalogue of Snowflake's functions: functions.def as a table. */
#ifndef DTC_MODEL_FUNCTIONS_H
#define DTC_MODEL_FUNCTIONS_H

#include "base/str.h"
#include <stdint.h>

enum function_kind { FUNCTION_SCALAR, FUNCTION_AGGREGATE, FUNCTION_WINDOW };

enum function_volatility { FUNCTION_STABLE, FUNCTION_CONTEXT, FUNCTION_VOLATILE };

/* How the type of a call follows from its arguments. */
enum function_result {
    RESULT_UNKNOWN,
    RESULT_FIRST,    /* the type of the first argument */
    RESULT_COMMON,   /* the common type of all */
    RESULT_COMMON_2, /* of all but the first */
    RESULT_SUM,
    RESULT_RATIO,
    RESULT_AVERAGE,
    RESULT_DIVIDE,
    RESULT_MODULO,
    RESULT_ROUND,
    RESULT_WHOLE, /* NUMBER(38,0), FLOAT for FLOAT */
    RESULT_COUNT, /* NUMBER(18,0) */
    RESULT_DAYS,  /* NUMBER(9,0) */
    RESULT_TO_NUMBER,
    RESULT_DATE_ADD,
    RESULT_DATE_TRUNC,
    RESULT_THIRD_OR_FIRST,
    RESULT_TEXT,
    RESULT_FLOAT,
    RESULT_BOOLEAN,
    RESULT_DATE,
    RESULT_TIME,
    RESULT_TIMESTAMP,
    RESULT_TIMESTAMP_TZ,
    RESULT_VARIANT,
    RESULT_ARRAY,
    RESULT_OBJECT,
};

struct function_row {
    const char *name; /* upper case */
    uint8_t least, most;
    enum function_kind kind;
    enum function_volatility volatility;
    enum function_result result;
    const char *duckdb;  /* functions.def says how it is read */
    const char *differs; /* "" when the lowering is exact */
};

/* The row for a name (any case) and a number of arguments; NULL when there is none. With a name
 * that is known but never with that many arguments, *known is set. known may be NULL. */
const struct function_row *function_find(struct str name, uint32_t arguments, bool *known);
/* All rows, sorted by name. */
const struct function_row *functions_all(uint32_t *n);

#endif
