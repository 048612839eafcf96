/* duckdb.c - the DuckDB dialect: its table of functions and the script of a whole pipeline.
 *
 * Owns: names, column definitions and CREATE statements of the embedded engine. Does not own: the
 * lowering of queries (duckdb_hook.c and its neighbours) and what apply runs (target/duckdb).
 * The idea: a layer is a schema. Keys and references are knowledge, not constraints; NOT NULL is
 * kept. A dynamic table is a table made by its query; streams, tasks, alerts and pipes are left
 * out. */
#include "emit/duckdb_make.h"

void duckdb_qualify(struct buf *out, const struct model *model, uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    if (r->layer != MODEL_NONE) {
        duckdb_symbol(out, model, emit_schema(model, r->layer));
        buf_putc(out, '.');
    }
    if (duckdb_reserved(sym_text(&model->ctx->names, r->name)))
        duckdb_symbol(out, model, r->name);
    else
        emit_spelling(out, model, relation);
}

static bool print_with(struct buf *out, struct types *types, const struct model *model,
                       uint32_t file, node_t node, node_t *at, const char **why)
{
    struct duckdb duckdb = {.types = types};
    struct emit_state state = {.model = model, .file = file, .dialect = &duckdb};
    return emit_print(out, &state, node, duckdb_hook, at, why);
}

static bool duckdb_query(struct buf *out, const struct model *model, uint32_t file, node_t query,
                         node_t *at, const char **why)
{
    struct types *types = types_of(model);
    types_read_query(types, file, query);
    return print_with(out, types, model, file, query, at, why);
}

static bool duckdb_expression(struct buf *out, const struct model *model, uint32_t file, node_t e,
                              node_t *at, const char **why)
{
    struct types *types = types_of(model);
    uint32_t relation = types_expecting(types, file, e);
    if (relation != MODEL_NONE)
        types_read_expression(types, file, e, relation);
    return print_with(out, types, model, file, e, at, why);
}

static bool duckdb_body(struct buf *out, const struct model *model, uint32_t relation, node_t *at,
                        const char **why)
{
    /* `fail` is judged by the refresh, before the new rows are seen by anybody. */
    return emit_body(out, &dialect_duckdb, model, relation, false, at, why);
}

static void duckdb_type_text(struct buf *out, const struct model *model, uint32_t file, node_t type)
{
    if (!duckdb_type_node(out, model, file, type))
        buf_puts(out, "varchar");
}

const struct dialect dialect_duckdb = {
    .name = "duckdb",
    .script = duckdb_script,
    .relation_name = duckdb_qualify,
    .query = duckdb_query,
    .expression = duckdb_expression,
    .body = duckdb_body,
    .symbol = duckdb_symbol,
    .type = duckdb_type_text,
};

/* --- statements
 * ------------------------------------------------------------------------------------ */

void duckdb_make_schema(struct buf *out, const struct model *model, uint32_t layer)
{
    buf_puts(out, "create schema if not exists ");
    duckdb_symbol(out, model, emit_schema(model, layer));
}

bool duckdb_make_column(struct buf *out, const struct model *model, const struct relation *r,
                        const struct column *column, bool constraints, node_t *at, const char **why)
{
    const struct tree *tree = model_tree(model, r->file);
    duckdb_symbol(out, model, column->name);
    buf_putc(out, ' ');
    if (column->type == 0) {
        buf_puts(out, "varchar");
    } else if (!duckdb_type_node(out, model, r->file, column->type)) {
        *at = column->type;
        *why = "this type has no DuckDB form";
        return false;
    }
    node_t value = column->node != 0 && tree_kind(tree, column->node) == NODE_COLUMN_DEF
                       ? tree_child(tree, column->node, NODE_DEFAULT)
                       : 0;
    if (value != 0) {
        buf_puts(out, " default ");
        if (!dialect_duckdb.expression(out, model, r->file, tree_first(tree, value), at, why))
            return false;
    }
    if (constraints && (column->flags & COLUMN_NOT_NULL))
        buf_puts(out, " not null");
    return true;
}

bool duckdb_make_table(struct buf *out, const struct model *model, uint32_t relation, node_t *at,
                       const char **why)
{
    const struct relation *r = model_relation(model, relation);
    buf_puts(out, "create table if not exists ");
    duckdb_qualify(out, model, relation);
    for (uint32_t i = 0; i < r->columns.n; i++) {
        buf_puts(out, i == 0 ? " (\n  " : ",\n  ");
        if (!duckdb_make_column(out, model, r, &r->columns.at[i], true, at, why))
            return false;
    }
    if (r->columns.n == 0) {
        *at = r->name_node;
        *why = "a table without columns cannot be made";
        return false;
    }
    buf_puts(out, "\n)");
    return true;
}

/* The names of a column list replace those of the query. */
static bool add_named_body(struct buf *out, const struct model *model, uint32_t relation,
                           node_t *at, const char **why)
{
    const struct relation *r = model_relation(model, relation);
    node_t defs = tree_child(model_tree(model, r->file), r->decl, NODE_COLUMN_DEFS);
    struct buf body;
    bool ok;
    if (defs == 0)
        return dialect_duckdb.body(out, model, relation, at, why);
    buf_init(&body);
    ok = dialect_duckdb.body(&body, model, relation, at, why);
    buf_puts(out, "select *\nfrom (\n  ");
    emit_indent(out, buf_view(&body), 2);
    buf_puts(out, "\n) as body(");
    for (uint32_t i = 0; i < r->columns.n; i++) {
        buf_puts(out, i == 0 ? "" : ", ");
        duckdb_symbol(out, model, r->columns.at[i].name);
    }
    buf_putc(out, ')');
    buf_fini(&body);
    return ok;
}

bool duckdb_make_query_object(struct buf *out, const struct model *model, uint32_t relation,
                              const char *create, node_t *at, const char **why)
{
    buf_puts(out, create);
    buf_putc(out, ' ');
    duckdb_qualify(out, model, relation);
    buf_puts(out, " as\n");
    return add_named_body(out, model, relation, at, why);
}

bool duckdb_make_violations(struct buf *out, const struct model *model, uint32_t relation,
                            const char *create, node_t *at, const char **why)
{
    buf_puts(out, create);
    buf_putc(out, ' ');
    emit_violations_name(out, &dialect_duckdb, model, relation);
    buf_puts(out, " as\n");
    return emit_violations(out, &dialect_duckdb, model, relation, at, why);
}

/* --- script
 * ---------------------------------------------------------------------------------------- */

static void script_schemas(struct statements *out, const struct graph *graph)
{
    const struct model *model = graph->model;
    struct arena *arena = &model->ctx->arena;
    bool *used = ARENA_ARRAY(arena, bool, model->layers.n + 1);
    struct buf text;
    buf_init(&text);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        if (model_relation(model, i)->layer != MODEL_NONE)
            used[model_relation(model, i)->layer] = true;
    }
    for (uint32_t i = 0; i < model->layers.n; i++) {
        struct statement *s;
        if (!used[i])
            continue;
        duckdb_make_schema(&text, model, i);
        s = VEC_PUSH(&out->all);
        s->relation = MODEL_NONE;
        s->text = arena_str(arena, buf_view(&text)).p;
        buf_clear(&text);
        emit_symbol(&text, model, emit_schema(model, i));
        s->schema = arena_str(arena, buf_view(&text)).p;
        s->object = "_schema";
        buf_clear(&text);
    }
    buf_fini(&text);
}

static bool script_object(struct buf *text, const struct model *model, uint32_t relation,
                          enum create_form form, node_t *at, const char **why)
{
    const struct relation *r = model_relation(model, relation);
    bool replace = form == CREATE_REPLACE;
    switch (r->kind) {
    case RELATION_DYNAMIC_TABLE:
    case RELATION_STATIC_TABLE:
        return duckdb_make_query_object(
            text, model, relation,
            replace ? "create or replace table" : "create table if not exists", at, why);
    case RELATION_VIEW:
        return duckdb_make_query_object(text, model, relation, "create or replace view", at, why);
    case RELATION_TABLE:
    case RELATION_SOURCE:
        return r->columns.n == 0 ? true : duckdb_make_table(text, model, relation, at, why);
    case RELATION_STREAM:
    case RELATION_TASK:
    case RELATION_ALERT:
    case RELATION_PIPE:
    case RELATION_OTHER:
        return true;
    }
    return true;
}

void duckdb_script(struct statements *out, const struct graph *graph, const struct emit_options *o)
{
    const struct model *model = graph->model;
    uint32_t *order = emit_order(graph);
    struct buf text;
    buf_init(&text);
    script_schemas(out, graph);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, order[i]);
        node_t at = 0;
        const char *why = NULL;
        bool ok = script_object(&text, model, order[i], o->create, &at, &why);
        if (ok && text.n > 0) {
            emit_statement(out, graph, order[i], "", &text);
            ok = r->expects.n == 0 || duckdb_make_violations(&text, model, order[i],
                                                             "create or replace view", &at, &why);
            if (ok && r->expects.n > 0)
                emit_statement(out, graph, order[i], "__violations", &text);
        }
        if (!ok)
            emit_refused(model, &dialect_duckdb, r->file, at, why);
        buf_clear(&text);
    }
    buf_fini(&text);
}
