/* snowflake.h - what the files of the Snowflake dialect share. */
#ifndef DTC_EMIT_SNOWFLAKE_H
#define DTC_EMIT_SNOWFLAKE_H

#include "emit/shared.h"

/* One statement in the making. */
struct snowflake_ddl {
    const struct model *model;
    const struct emit_options *options;
    struct buf text;
};

/* database.schema.name */
void snowflake_qualify(struct buf *out, const struct model *model, uint32_t relation);
bool snowflake_print(struct buf *out, const struct model *model, uint32_t file, node_t node,
                     node_t *at, const char **why);
/* The same for what cannot fail. */
void snowflake_node(struct buf *out, const struct model *model, uint32_t file, node_t node);

/* "create or alter task " and the like, for an object that has CREATE OR ALTER or has not. */
void snowflake_create(struct snowflake_ddl *d, bool or_alter, const char *kind, uint32_t relation);
/* "\n  name = value" of a name setting; nothing when it was not said. */
void snowflake_name_option(struct snowflake_ddl *d, const char *option,
                           const struct setting *setting);
/* "\n  comment = '...'" when there is one. */
void snowflake_comment(struct snowflake_ddl *d, const struct relation *r);

/* The statement that creates a table, a dynamic table or a view; what belongs after it (keys, tags,
 * grants) is added by snowflake_after. */
void snowflake_table(struct snowflake_ddl *d, uint32_t relation);
void snowflake_dynamic_table(struct snowflake_ddl *d, uint32_t relation);
void snowflake_query_object(struct snowflake_ddl *d, uint32_t relation);

void snowflake_stream(struct snowflake_ddl *d, uint32_t relation);
void snowflake_task(struct snowflake_ddl *d, uint32_t relation);
void snowflake_alert(struct snowflake_ddl *d, uint32_t relation);
void snowflake_pipe(struct snowflake_ddl *d, uint32_t relation);
/* The task that refreshes a table with a cron lag. */
void snowflake_refresh_task(struct snowflake_ddl *d, uint32_t relation);
/* schema.name__refresh */
void snowflake_refresh_task_name(struct buf *out, const struct model *model, uint32_t relation);

void snowflake_script(struct statements *out, const struct graph *graph,
                      const struct emit_options *o);

#endif
