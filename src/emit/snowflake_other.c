/* snowflake_other.c - streams, tasks, alerts and pipes.
 *
 * Owns: their CREATE statements. Does not own: RESUME and the order (snowflake_script.c).
 * The idea: everything is named in full, because a task runs without a current schema. Facts: the
 * documentation of CREATE STREAM, TASK, ALERT and PIPE, read 2026-11. */
#include "emit/snowflake.h"
#include "syntax/parse.h"

/* The unquoted value of a STRING node. */
static struct str text_of(const struct snowflake_ddl *d, uint32_t file, node_t string)
{
    const struct tree *tree = model_tree(d->model, file);
    struct dtc *ctx = d->model->ctx;
    return string_value(&ctx->arena, sym_text(&ctx->names, tree_at(tree, string)->sym));
}

/* "5 minutes" of a DURATION as Snowflake's schedules write it: '5 minute'. */
static void add_interval(struct snowflake_ddl *d, uint32_t file, node_t duration)
{
    const struct tree *tree = model_tree(d->model, file);
    struct str text = source_text(&d->model->ctx->sources, tree_span(tree, duration));
    int64_t seconds = 0;
    text = str_trim(text);
    if (text.n > 1 && *text.p == '\'')
        text = str_make(text.p + 1, text.n - 2);
    if (!duration_seconds(text, &seconds))
        seconds = 60;
    if (seconds % 60 != 0)
        buf_printf(&d->text, "'%lld second'", (long long)seconds);
    else
        buf_printf(&d->text, "'%lld minute'", (long long)(seconds / 60));
}

static void add_cron(struct snowflake_ddl *d, struct str cron, struct str zone)
{
    struct buf text;
    buf_init(&text);
    /* a script writes the whole schedule, time zone and all */
    if (cron.n > 11 && str_eq_nocase(str_make(cron.p, 11), STR_LIT("using cron ")))
        buf_str(&text, cron);
    else
        buf_printf(&text, "using cron %" STR_F " %" STR_F, STR_A(cron), STR_A(zone));
    emit_quote(&d->text, buf_view(&text));
    buf_fini(&text);
}

static void add_schedule(struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    node_t schedule = tree_child(tree, r->decl, NODE_SCHEDULE);
    if (schedule == 0)
        return;
    buf_puts(&d->text, "\n  schedule = ");
    if (tree_flag(tree, schedule, FLAG_CRON)) {
        node_t cron = tree_nth(tree, schedule, 0), zone = tree_nth(tree, schedule, 1);
        add_cron(d, text_of(d, r->file, cron), zone ? text_of(d, r->file, zone) : STR_LIT("UTC"));
        return;
    }
    add_interval(d, r->file, tree_child(tree, schedule, NODE_DURATION));
}

static const char *kind_of_target(const struct snowflake_ddl *d, uint32_t target)
{
    if (target == MODEL_NONE)
        return "table";
    enum relation_kind kind = model_relation(d->model, target)->kind;
    if (kind == RELATION_DYNAMIC_TABLE)
        return "dynamic table";
    return kind == RELATION_VIEW ? "view" : "table";
}

void snowflake_stream(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    const struct tree *tree = model_tree(d->model, r->file);
    node_t on = tree_child(tree, r->decl, NODE_ON_OBJECT);
    node_t object = on ? tree_child(tree, on, NODE_OBJECT) : 0;
    snowflake_create(d, false, "stream", relation);
    if (object != 0) {
        buf_printf(&d->text, "\n  on %s ",
                   kind_of_target(d, model_target(d->model, r->file, object)));
        snowflake_node(&d->text, d->model, r->file, object);
    }
    snowflake_comment(d, r);
}

static void add_after(struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    node_t after = tree_child(tree, r->decl, NODE_AFTER);
    const char *separator = "\n  after ";
    if (after == 0)
        return;
    TREE_EACH(tree, after, object)
    {
        buf_puts(&d->text, separator);
        snowflake_node(&d->text, d->model, r->file, object);
        separator = ", ";
    }
}

static void add_when(struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    node_t stream = tree_child(tree, r->decl, NODE_WHEN_STREAM);
    node_t when = tree_child(tree, r->decl, NODE_WHEN_EXPR);
    if (stream != 0) {
        buf_puts(&d->text, "\n  when system$stream_has_data('");
        snowflake_node(&d->text, d->model, r->file, tree_first(tree, stream));
        buf_puts(&d->text, "')");
    } else if (when != 0) {
        buf_puts(&d->text, "\n  when ");
        snowflake_node(&d->text, d->model, r->file, tree_first(tree, when));
    }
}

static void add_statement(struct snowflake_ddl *d, const struct relation *r)
{
    node_t statement = tree_child(model_tree(d->model, r->file), r->decl, NODE_STATEMENT);
    if (statement != 0)
        emit_raw(&d->text, &dialect_snowflake, d->model, r->file, statement);
}

void snowflake_task(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    snowflake_create(d, true, "task", relation);
    snowflake_name_option(d, "warehouse", &r->settings.warehouse);
    add_schedule(d, r);
    snowflake_comment(d, r);
    add_after(d, r);
    add_when(d, r);
    buf_puts(&d->text, "\nas\n");
    add_statement(d, r);
}

/* Tables whose data is older than a number of seconds; a table that never refreshed is stale too.
 */
static void add_stale(struct snowflake_ddl *d, const struct relation *r, node_t stale)
{
    const struct tree *tree = model_tree(d->model, r->file);
    const struct interner *names = &d->model->ctx->names;
    node_t first = tree_first(tree, stale), duration = tree_child(tree, stale, NODE_DURATION);
    struct str text = source_text(&d->model->ctx->sources, tree_span(tree, duration));
    uint32_t target = MODEL_NONE, layer = r->layer;
    int64_t seconds = 0;
    if (text.n > 1 && *text.p == '\'')
        text = str_make(text.p + 1, text.n - 2);
    if (!duration_seconds(text, &seconds))
        seconds = 3600;
    if (tree_kind(tree, first) == NODE_OBJECT)
        target = model_target(d->model, r->file, first);
    node_t qualifier = tree_kind(tree, first) == NODE_STAR ? tree_first(tree, first) : 0;
    for (uint32_t i = 0; qualifier != 0 && i < d->model->layers.n; i++) {
        if (d->model->layers.at[i].name == tree_at(tree, qualifier)->sym)
            layer = i;
    }
    if (target != MODEL_NONE)
        layer = model_relation(d->model, target)->layer;
    buf_puts(&d->text, "    select qualified_name\n    from table(");
    if (d->model->database != 0) {
        emit_symbol(&d->text, d->model, d->model->database);
        buf_putc(&d->text, '.');
    }
    buf_puts(&d->text, "information_schema.dynamic_tables(result_limit => 10000))\n    where ");
    if (layer != MODEL_NONE) {
        buf_puts(&d->text, "schema_name = ");
        emit_quote(&d->text, sym_text(names, emit_schema(d->model, layer)));
        buf_puts(&d->text, "\n      and ");
    }
    if (target != MODEL_NONE) {
        buf_puts(&d->text, "name = ");
        emit_quote(&d->text, sym_text(names, model_relation(d->model, target)->name));
        buf_puts(&d->text, "\n      and ");
    }
    buf_printf(&d->text,
               "coalesce(datediff('second', latest_data_timestamp, current_timestamp()) > %lld, "
               "true)\n",
               (long long)seconds);
}

static void add_notify(struct snowflake_ddl *d, const struct relation *r, node_t notify)
{
    const struct tree *tree = model_tree(d->model, r->file);
    struct buf to;
    const char *separator = "";
    buf_init(&to);
    TREE_EACH(tree, notify, address)
    {
        buf_puts(&to, separator);
        buf_str(&to, text_of(d, r->file, address));
        separator = ",";
    }
    buf_puts(&d->text, "call system$send_email('dtc_email', ");
    emit_quote(&d->text, buf_view(&to));
    buf_clear(&to);
    buf_printf(&to, "Alert %s", r->full);
    buf_puts(&d->text, ", ");
    emit_quote(&d->text, buf_view(&to));
    buf_puts(&d->text, ", ");
    buf_clear(&to);
    buf_printf(&to, "The condition of the alert %s holds.", r->full);
    emit_quote(&d->text, buf_view(&to));
    buf_putc(&d->text, ')');
    buf_fini(&to);
}

void snowflake_alert(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    const struct tree *tree = model_tree(d->model, r->file);
    node_t stale = tree_child(tree, r->decl, NODE_STALE);
    node_t exists = tree_child(tree, r->decl, NODE_EXISTS);
    node_t notify = tree_child(tree, r->decl, NODE_NOTIFY);
    snowflake_create(d, true, "alert", relation);
    snowflake_name_option(d, "warehouse", &r->settings.warehouse);
    add_schedule(d, r);
    snowflake_comment(d, r);
    buf_puts(&d->text, "\n  if (");
    if (stale != 0) {
        buf_puts(&d->text, "exists (\n");
        add_stale(d, r, stale);
        buf_puts(&d->text, "  )");
    } else if (exists != 0) {
        snowflake_node(&d->text, d->model, r->file, exists);
    }
    buf_puts(&d->text, ")\n  then\n    ");
    if (notify != 0)
        add_notify(d, r, notify);
    else
        add_statement(d, r);
}

/* Streaming ingest: the pipe's words after STREAMING say how columns are matched. */
void snowflake_pipe(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    const struct tree *tree = model_tree(d->model, r->file);
    node_t on = tree_child(tree, r->decl, NODE_ON_OBJECT);
    node_t mode = tree_child(tree, r->decl, NODE_PIPE_MODE);
    struct str words =
        mode ? sym_text(&d->model->ctx->names, tree_at(tree, mode)->sym) : (struct str){0};
    snowflake_create(d, false, "pipe", relation);
    snowflake_comment(d, r);
    buf_puts(&d->text, "\nas\n");
    if (tree_child(tree, r->decl, NODE_STATEMENT) != 0) {
        add_statement(d, r);
        return;
    }
    buf_puts(&d->text, "copy into ");
    if (on != 0)
        snowflake_node(&d->text, d->model, r->file, tree_child(tree, on, NODE_OBJECT));
    buf_puts(&d->text, "\nfrom table(data_source(type => 'streaming'))");
    if (words.n > 0 && strstr(words.p, "MATCH BY COLUMN NAME")) {
        buf_puts(&d->text, "\nmatch_by_column_name = ");
        buf_puts(&d->text,
                 strstr(words.p, "CASE INSENSITIVE") ? "case_insensitive" : "case_sensitive");
    }
}

void snowflake_refresh_task_name(struct buf *out, const struct model *model, uint32_t relation)
{
    snowflake_qualify(out, model, relation);
    if (out->p[out->n - 1] == '"') {
        out->n -= 1;
        buf_puts(out, "__REFRESH\"");
    } else {
        buf_puts(out, "__refresh");
    }
}

void snowflake_refresh_task(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    const struct lag *lag = &r->settings.lag;
    buf_puts(&d->text, d->options->create == CREATE_REPLACE ? "create or replace task "
                       : d->options->create == CREATE_PLAIN ? "create task "
                                                            : "create or alter task ");
    snowflake_refresh_task_name(&d->text, d->model, relation);
    snowflake_name_option(d, "warehouse", &r->settings.warehouse);
    buf_puts(&d->text, "\n  schedule = ");
    add_cron(d, str_from(lag->text), str_from(lag->zone ? lag->zone : "UTC"));
    buf_puts(&d->text, "\nas\nalter dynamic table ");
    snowflake_qualify(&d->text, d->model, relation);
    buf_puts(&d->text, " refresh");
}
