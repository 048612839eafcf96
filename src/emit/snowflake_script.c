/* snowflake_script.c - everything a pipeline needs on Snowflake, in the order in which it can run.
 *
 * Owns: the order, and what follows a CREATE: keys, tags, grants, the views of violations, RESUME.
 * Does not own: the text of a CREATE (snowflake_ddl.c, snowflake_other.c).
 * The idea: schemas, then what holds rows in the graph's order with what belongs to it right
 * behind, then streams, pipes, tasks and alerts, and RESUME last, when all that they touch is
 * there. A source exists already: a line says what is expected of it. */
#include "emit/snowflake.h"

struct scripting {
    struct snowflake_ddl ddl;
    struct statements *out;
    const struct graph *graph;
};

static void finish(struct scripting *s, uint32_t relation, const char *suffix)
{
    emit_statement(s->out, s->graph, relation, suffix, &s->ddl.text);
}

/* One CREATE SCHEMA for each layer that holds something of ours. */
static void schemas(struct scripting *s)
{
    const struct model *model = s->graph->model;
    struct arena *arena = &model->ctx->arena;
    bool *used = ARENA_ARRAY(arena, bool, model->layers.n + 1);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        if (r->layer != MODEL_NONE && r->kind != RELATION_SOURCE)
            used[r->layer] = true;
    }
    for (uint32_t i = 0; i < model->layers.n; i++) {
        const struct layer *layer = &model->layers.at[i];
        sym_t database = layer->database ? layer->database : model->database;
        struct statement *statement;
        struct buf name;
        if (!used[i])
            continue;
        buf_init(&name);
        if (database != 0) {
            emit_symbol(&name, model, database);
            buf_putc(&name, '.');
        }
        emit_symbol(&name, model, emit_schema(model, i));
        statement = VEC_PUSH(&s->out->all);
        statement->relation = MODEL_NONE;
        statement->text =
            arena_printf(arena, "create schema if not exists %" STR_F, STR_A(buf_view(&name)));
        buf_clear(&name);
        emit_symbol(&name, model, emit_schema(model, i));
        statement->schema = arena_str(arena, buf_view(&name)).p;
        statement->object = "_schema";
        buf_fini(&name);
    }
}

static const char *grant_kind(enum relation_kind kind)
{
    switch (kind) {
    case RELATION_DYNAMIC_TABLE:
        return "dynamic table";
    case RELATION_TABLE:
    case RELATION_STATIC_TABLE:
    case RELATION_SOURCE:
        return "table";
    case RELATION_VIEW:
        return "view";
    case RELATION_STREAM:
        return "stream";
    case RELATION_TASK:
        return "task";
    case RELATION_ALERT:
        return "alert";
    case RELATION_PIPE:
        return "pipe";
    case RELATION_OTHER:
        return "table";
    }
    return "table";
}

/* A privilege is a word of the language, not a name that might need quotes. */
static void add_lower(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_putc(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

static void add_grant(struct scripting *s, uint32_t relation, node_t grant)
{
    const struct model *model = s->graph->model;
    const struct relation *r = model_relation(model, relation);
    const struct tree *tree = model_tree(model, r->file);
    const char *separator = "grant ";
    TREE_EACH(tree, grant, privilege)
    {
        buf_puts(&s->ddl.text, separator);
        add_lower(&s->ddl.text, sym_text(&model->ctx->names, tree_at(tree, privilege)->sym));
        separator = ", ";
    }
    buf_printf(&s->ddl.text, " on %s ", grant_kind(r->kind));
    snowflake_qualify(&s->ddl.text, model, relation);
    buf_puts(&s->ddl.text, " to role ");
    emit_symbol(&s->ddl.text, model, tree_at(tree, grant)->sym);
    finish(s, relation, "");
}

static void add_tag(struct scripting *s, uint32_t relation, node_t tag)
{
    const struct model *model = s->graph->model;
    const struct relation *r = model_relation(model, relation);
    const struct tree *tree = model_tree(model, r->file);
    node_t name = tree_first(tree, tag);
    buf_printf(&s->ddl.text, "alter %s ", grant_kind(r->kind));
    snowflake_qualify(&s->ddl.text, model, relation);
    buf_puts(&s->ddl.text, " set tag ");
    snowflake_node(&s->ddl.text, model, r->file, name);
    buf_puts(&s->ddl.text, " = ");
    snowflake_node(&s->ddl.text, model, r->file, tree_next(tree, name));
    finish(s, relation, "");
}

/* A dynamic table takes its key from ALTER TABLE only. */
static void add_key(struct scripting *s, uint32_t relation)
{
    const struct model *model = s->graph->model;
    const struct relation *r = model_relation(model, relation);
    const struct setting *key = &r->settings.key;
    const struct tree *tree = model_tree(model, key->at.file);
    const char *separator = " add primary key (";
    buf_puts(&s->ddl.text, "alter table ");
    snowflake_qualify(&s->ddl.text, model, relation);
    TREE_EACH(tree, key->at.node, name)
    {
        buf_puts(&s->ddl.text, separator);
        snowflake_node(&s->ddl.text, model, key->at.file, name);
        separator = ", ";
    }
    buf_puts(&s->ddl.text, ") rely");
    finish(s, relation, "");
}

static void add_violations(struct scripting *s, uint32_t relation)
{
    const struct model *model = s->graph->model;
    bool replace = s->ddl.options->create == CREATE_REPLACE;
    bool plain = s->ddl.options->create == CREATE_PLAIN;
    node_t at;
    const char *why;
    buf_puts(&s->ddl.text, replace ? "create or replace view "
                           : plain ? "create view "
                                   : "create view if not exists ");
    emit_violations_name(&s->ddl.text, &dialect_snowflake, model, relation);
    buf_puts(&s->ddl.text, "\nas\n");
    if (!emit_violations(&s->ddl.text, &dialect_snowflake, model, relation, &at, &why))
        BUG("the Snowflake dialect refused an expectation: %s", why);
    finish(s, relation, "__violations");
}

static void after_create(struct scripting *s, uint32_t relation)
{
    const struct model *model = s->graph->model;
    const struct relation *r = model_relation(model, relation);
    const struct tree *tree = model_tree(model, r->file);
    if (r->kind == RELATION_DYNAMIC_TABLE && r->settings.key.at.node != 0)
        add_key(s, relation);
    TREE_EACH(tree, r->decl, clause)
    {
        if (tree_kind(tree, clause) == NODE_TAG)
            add_tag(s, relation, clause);
        else if (tree_kind(tree, clause) == NODE_GRANT)
            add_grant(s, relation, clause);
    }
    if (r->expects.n > 0 && r->query != 0)
        add_violations(s, relation);
}

static void data_object(struct scripting *s, uint32_t relation)
{
    const struct model *model = s->graph->model;
    const struct relation *r = model_relation(model, relation);
    switch (r->kind) {
    case RELATION_DYNAMIC_TABLE:
        snowflake_dynamic_table(&s->ddl, relation);
        break;
    case RELATION_TABLE:
        snowflake_table(&s->ddl, relation);
        break;
    case RELATION_STATIC_TABLE:
    case RELATION_VIEW:
        snowflake_query_object(&s->ddl, relation);
        break;
    case RELATION_OTHER:
        buf_str(&s->ddl.text,
                str_trim(source_text(&model->ctx->sources, model_span(model, r->file, r->decl))));
        break;
    case RELATION_SOURCE:
    case RELATION_STREAM:
    case RELATION_TASK:
    case RELATION_ALERT:
    case RELATION_PIPE:
        return;
    }
    finish(s, relation, "");
    after_create(s, relation);
}

static void later_object(struct scripting *s, uint32_t relation, enum relation_kind kind)
{
    const struct relation *r = model_relation(s->graph->model, relation);
    if (kind == RELATION_TASK && r->kind == RELATION_DYNAMIC_TABLE &&
        r->settings.lag.kind == LAG_CRON) {
        snowflake_refresh_task(&s->ddl, relation);
        finish(s, relation, "__refresh");
        return;
    }
    if (r->kind != kind)
        return;
    if (kind == RELATION_STREAM)
        snowflake_stream(&s->ddl, relation);
    else if (kind == RELATION_PIPE)
        snowflake_pipe(&s->ddl, relation);
    else if (kind == RELATION_TASK)
        snowflake_task(&s->ddl, relation);
    else
        snowflake_alert(&s->ddl, relation);
    finish(s, relation, "");
    after_create(s, relation);
}

/* Tasks and alerts are created suspended. A child resumes before the task that it follows. */
static void resume(struct scripting *s, uint32_t relation)
{
    const struct model *model = s->graph->model;
    const struct relation *r = model_relation(model, relation);
    bool cron = r->kind == RELATION_DYNAMIC_TABLE && r->settings.lag.kind == LAG_CRON;
    if (!cron && r->kind != RELATION_TASK && r->kind != RELATION_ALERT)
        return;
    buf_puts(&s->ddl.text, r->kind == RELATION_ALERT ? "alter alert " : "alter task ");
    if (cron)
        snowflake_refresh_task_name(&s->ddl.text, model, relation);
    else
        snowflake_qualify(&s->ddl.text, model, relation);
    buf_puts(&s->ddl.text, " resume");
    finish(s, relation, cron ? "__refresh__resume" : "__resume");
}

void snowflake_script(struct statements *out, const struct graph *graph,
                      const struct emit_options *o)
{
    static const enum relation_kind later[] = {RELATION_PIPE, RELATION_STREAM, RELATION_TASK,
                                               RELATION_ALERT};
    struct scripting s = {.ddl = {.model = graph->model, .options = o}, .out = out, .graph = graph};
    uint32_t n = graph->model->relations.n;
    uint32_t *order = emit_order(graph);
    buf_init(&s.ddl.text);
    schemas(&s);
    for (uint32_t i = 0; i < n; i++)
        data_object(&s, order[i]);
    for (size_t k = 0; k < sizeof later / sizeof *later; k++) {
        for (uint32_t i = 0; i < n; i++)
            later_object(&s, order[i], later[k]);
    }
    for (uint32_t i = n; i-- > 0;)
        resume(&s, order[i]);
    buf_fini(&s.ddl.text);
}
