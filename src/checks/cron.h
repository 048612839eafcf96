/* cron.h - is a text of five fields a schedule that Snowflake takes? */
#ifndef DTC_CHECKS_CRON_H
#define DTC_CHECKS_CRON_H

#include "base/arena.h"

/* NULL when the text is well formed, else what is wrong with it, in the arena. */
const char *cron_fault(struct arena *arena, const char *text);

#endif
