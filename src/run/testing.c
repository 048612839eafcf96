/* testing.c - plays the tests of a pipeline.
 *
 * The engine in memory gets every relation once, empty, from the same statements that `dtc emit`
 * writes; NOT NULL is taken away, because a test gives the columns that matter and no others. Each
 * test is a transaction that is rolled back, so tests cannot see each other. */
#include "run/testing.h"
#include "diag/suggest.h"
#include "run/refresh.h"

#define MOST_DIFFERENCES 20

struct play {
    struct run *run;
    const struct test *test;
    const struct tree *tree;
    uint32_t file;
    bool *given; /* by relation */
};

static const char *test_name(struct run *run, const struct test *test)
{
    return run_spelling(run->ctx, model_span(run->model, test->decl.file, test->decl.node),
                        test->name);
}

static struct span span_of(const struct play *play, node_t node)
{
    return model_span(play->run->model, play->file, node);
}

/* --- the empty world
 * -------------------------------------------------------------------------------- */

static enum target_status allow_null(struct run *run, uint32_t relation)
{
    const struct relation *r = model_relation(run->model, relation);
    struct engine_columns columns;
    struct str schema;
    struct buf sql;
    enum target_status status = TARGET_OK;
    if (r->layer == MODEL_NONE)
        return TARGET_OK;
    schema = sym_text(&run->ctx->names, run->model->layers.at[r->layer].schema);
    if (engine_list_columns(run->engine, &run->ctx->arena, schema,
                            sym_text(&run->ctx->names, r->name), &columns) != ENGINE_OK)
        return run_failed(run, relation, NULL);
    buf_init(&sql);
    for (uint32_t i = 0; status == TARGET_OK && i < columns.n; i++) {
        if (!columns.at[i].not_null)
            continue;
        buf_clear(&sql);
        buf_puts(&sql, "alter table ");
        run_name(&sql, run, relation);
        buf_puts(&sql, " alter column ");
        engine_quote_name(&sql, columns.at[i].name);
        buf_puts(&sql, " drop not null");
        if (engine_run(run->engine, buf_view(&sql)) != ENGINE_OK)
            status = run_failed(run, relation, NULL);
    }
    buf_fini(&sql);
    return status;
}

static enum target_status create_world(struct run *run)
{
    struct statements statements = {0};
    struct emit_options options = {.create = CREATE_PLAIN};
    enum target_status status = TARGET_OK;
    dialect_duckdb.script(&statements, run->graph, &options);
    for (uint32_t i = 0; status == TARGET_OK && i < statements.all.n; i++) {
        const struct statement *statement = &statements.all.at[i];
        if (engine_run(run->engine, str_from(statement->text)) == ENGINE_OK)
            continue;
        status = statement->relation == MODEL_NONE
                     ? engine_report(run->ctx, run->engine, NULL, SPAN_NONE, NULL)
                     : run_failed(run, statement->relation, NULL);
    }
    statements_fini(&statements);
    for (uint32_t i = 0; status == TARGET_OK && i < run->model->relations.n; i++) {
        enum relation_kind kind = model_relation(run->model, i)->kind;
        if (kind == RELATION_TABLE || kind == RELATION_SOURCE)
            status = allow_null(run, i);
    }
    return status;
}

/* --- given
 * ------------------------------------------------------------------------------------------ */

static bool has_table(enum relation_kind kind)
{
    return kind == RELATION_TABLE || kind == RELATION_SOURCE || kind == RELATION_DYNAMIC_TABLE ||
           kind == RELATION_STATIC_TABLE;
}

static enum target_status fail(struct play *play, node_t node, const char *text)
{
    diag_add(&play->run->ctx->diags, diag_rule("DT030"), span_of(play, node), "%s", text);
    return TARGET_FINDINGS;
}

/* A statement of the test itself that the engine refuses: a name, a value. */
static enum target_status refused(struct play *play, node_t node)
{
    enum engine_status status = engine_error(play->run->engine)->status;
    if (status != ENGINE_FAILED)
        return engine_report(play->run->ctx, play->run->engine, NULL, SPAN_NONE, NULL);
    return fail(play, node, engine_error(play->run->engine)->message.p);
}

static node_t object_of(const struct play *play, node_t clause)
{
    return tree_child(play->tree, clause, NODE_OBJECT);
}

static uint32_t relation_of(const struct play *play, node_t clause)
{
    return model_target(play->run->model, play->file, object_of(play, clause));
}

static void put_names(struct buf *sql, const struct play *play, node_t clause)
{
    node_t names = tree_child(play->tree, clause, NODE_NAMES);
    bool first = true;
    if (!names)
        return;
    TREE_EACH(play->tree, names, name)
    {
        buf_puts(sql, first ? "" : ", ");
        engine_quote_name(sql, sym_text(&play->run->ctx->names, tree_at(play->tree, name)->sym));
        first = false;
    }
}

/* "insert into TABLE (names) values (...), ..." of a GIVEN or THEN. */
static enum target_status insert_rows(struct play *play, node_t clause, const char *table)
{
    struct buf sql;
    node_t at = 0;
    const char *why = NULL;
    bool first = true;
    enum target_status status = TARGET_OK;
    buf_init(&sql);
    buf_printf(&sql, "insert into %s", table);
    if (tree_child(play->tree, clause, NODE_NAMES)) {
        buf_puts(&sql, " (");
        put_names(&sql, play, clause);
        buf_puts(&sql, ")");
    }
    buf_puts(&sql, " values");
    TREE_EACH(play->tree, clause, row)
    {
        bool first_cell = true;
        if (tree_kind(play->tree, row) != NODE_LIST)
            continue;
        buf_puts(&sql, first ? "\n(" : ",\n(");
        first = false;
        TREE_EACH(play->tree, row, cell)
        {
            buf_puts(&sql, first_cell ? "" : ", ");
            first_cell = false;
            if (status == TARGET_OK &&
                !dialect_duckdb.expression(&sql, play->run->model, play->file, cell, &at, &why))
                status = fail(play, at, why);
        }
        buf_putc(&sql, ')');
    }
    if (status == TARGET_OK && !first && engine_run(play->run->engine, buf_view(&sql)) != ENGINE_OK)
        status = refused(play, clause);
    buf_fini(&sql);
    return status;
}

static enum target_status give(struct play *play, node_t clause)
{
    uint32_t relation = relation_of(play, clause);
    enum target_status status = TARGET_OK;
    struct buf name, sql;
    if (relation == MODEL_NONE)
        return fail(play, object_of(play, clause), "there is no relation of this name");
    if (!has_table(model_relation(play->run->model, relation)->kind))
        return fail(play, object_of(play, clause), "rows can be given to tables and sources");
    buf_init(&name);
    buf_init(&sql);
    run_name(&name, play->run, relation);
    /* Two blocks for one table add up; the first empties what the world holds. */
    buf_printf(&sql, "delete from %s", name.p);
    if (!play->given[relation] && engine_run(play->run->engine, buf_view(&sql)) != ENGINE_OK)
        status = refused(play, clause);
    play->given[relation] = true;
    if (status == TARGET_OK)
        status = insert_rows(play, clause, name.p);
    buf_fini(&name);
    buf_fini(&sql);
    return status;
}

/* --- between
 * ---------------------------------------------------------------------------------------- */

/* What the `then` names read, up to where rows are given. */
static void need(const struct play *play, bool *needed, uint32_t relation)
{
    const struct graph *graph = play->run->graph;
    if (needed[relation] || play->given[relation])
        return;
    needed[relation] = true;
    for (uint32_t i = graph->in_first[relation]; i < graph->in_first[relation + 1]; i++) {
        const struct edge *edge = &graph->edges.at[graph->in[i]];
        if (edge->kind == REF_READ || edge->kind == REF_BOUNDARY)
            need(play, needed, edge->from);
    }
}

static enum target_status recompute(struct play *play, const bool *needed)
{
    struct run *run = play->run;
    enum target_status status = TARGET_OK;
    for (uint32_t i = 0; status == TARGET_OK && i < run->model->relations.n; i++) {
        uint32_t relation = run->graph->order[i];
        enum relation_kind kind = model_relation(run->model, relation)->kind;
        struct run_event event = {.relation = relation};
        if (!needed[relation] || (kind != RELATION_DYNAMIC_TABLE && kind != RELATION_STATIC_TABLE))
            continue;
        status = refresh_fill(run, relation, &event);
        VEC_FINI(&event.warned);
        VEC_FINI(&event.dropped);
    }
    return status;
}

/* --- then
 * ------------------------------------------------------------------------------------------- */

static void note_row(struct play *play, struct diag *d, struct engine_result *rows,
                     const char *title)
{
    struct buf line;
    buf_init(&line);
    for (uint32_t i = 0; i < engine_column_count(rows); i++) {
        struct engine_value value = engine_value(rows, i);
        buf_printf(&line, "%s%" STR_F " ", i ? ", " : "", STR_A(engine_column_name(rows, i)));
        if (value.null)
            buf_puts(&line, "NULL");
        else
            buf_str(&line, value.text);
    }
    diag_note(&play->run->ctx->diags, d, "%s %s", title, line.p);
    buf_fini(&line);
}

/* Rows of a that b has not, each as often as it is too often there. */
static enum target_status difference(struct play *play, node_t clause, const char *a, const char *b,
                                     const char *title, struct diag **d)
{
    struct engine_result *rows;
    struct buf sql, columns;
    uint64_t n = 0;
    enum target_status status = TARGET_OK;
    buf_init(&sql);
    buf_init(&columns);
    put_names(&columns, play, clause);
    if (columns.n == 0)
        buf_puts(&columns, "*");
    buf_printf(&sql, "(select %s from %s except all select %s from %s) order by all", columns.p, a,
               columns.p, b);
    if (engine_query(play->run->engine, buf_view(&sql), &rows) != ENGINE_OK) {
        status = refused(play, clause);
    } else {
        for (; engine_next(rows); n++) {
            if (!*d)
                *d = diag_add(&play->run->ctx->diags, diag_rule("DT030"),
                              span_of(play, object_of(play, clause)), "its rows are others");
            if (n < MOST_DIFFERENCES)
                note_row(play, *d, rows, title);
        }
        if (n > MOST_DIFFERENCES)
            diag_note(&play->run->ctx->diags, *d, "%s %llu more", title,
                      (unsigned long long)(n - MOST_DIFFERENCES));
        engine_done(rows);
    }
    buf_fini(&sql);
    buf_fini(&columns);
    return status;
}

static enum target_status compare(struct play *play, node_t clause)
{
    uint32_t relation = relation_of(play, clause);
    enum target_status status = TARGET_OK;
    struct diag *d = NULL;
    struct buf name, sql;
    buf_init(&name);
    buf_init(&sql);
    run_name(&name, play->run, relation);
    /* The expected rows take the types of the real ones, so that '1.0' equals 1.00. */
    buf_printf(&sql, "create or replace temp table \"expected rows\" as select * from %s limit 0",
               name.p);
    if (engine_run(play->run->engine, buf_view(&sql)) != ENGINE_OK)
        status = refused(play, clause);
    if (status == TARGET_OK)
        status = insert_rows(play, clause, "\"expected rows\"");
    if (status == TARGET_OK)
        status = difference(play, clause, "\"expected rows\"", name.p, "expected:", &d);
    if (status == TARGET_OK)
        status = difference(play, clause, name.p, "\"expected rows\"", "came:    ", &d);
    if (d) {
        status = TARGET_FINDINGS;
    }
    buf_fini(&name);
    buf_fini(&sql);
    return status;
}

/* --- one test
 * --------------------------------------------------------------------------------------- */

static enum target_status play_inside(struct play *play)
{
    struct arena *arena = &play->run->ctx->arena;
    bool *needed = ARENA_ARRAY(arena, bool, play->run->model->relations.n + 1);
    node_t decl = play->test->decl.node;
    enum target_status status = TARGET_OK;
    TREE_EACH(play->tree, decl, clause)
    {
        if (status == TARGET_OK && tree_kind(play->tree, clause) == NODE_GIVEN)
            status = give(play, clause);
    }
    TREE_EACH(play->tree, decl, clause)
    {
        if (status != TARGET_OK || tree_kind(play->tree, clause) != NODE_THEN)
            continue;
        if (relation_of(play, clause) == MODEL_NONE)
            status = fail(play, object_of(play, clause), "there is no relation of this name");
        else
            need(play, needed, relation_of(play, clause));
    }
    if (status == TARGET_OK)
        status = recompute(play, needed);
    if (status != TARGET_OK)
        return status;
    TREE_EACH(play->tree, decl, clause)
    {
        if (tree_kind(play->tree, clause) == NODE_THEN) {
            enum target_status one = compare(play, clause);
            status = one > status ? one : status;
        }
    }
    return status;
}

static enum target_status play_one(struct run *run, const struct test *test)
{
    struct play play = {.run = run, .test = test, .file = test->decl.file};
    enum target_status status;
    play.tree = model_tree(run->model, play.file);
    play.given = ARENA_ARRAY(&run->ctx->arena, bool, run->model->relations.n + 1);
    if (engine_begin(run->engine) != ENGINE_OK)
        return engine_report(run->ctx, run->engine, NULL, SPAN_NONE, NULL);
    status = play_inside(&play);
    engine_rollback(run->engine);
    return status;
}

static bool chosen(struct run *run, const struct test *test, const char *const *names,
                   uint32_t names_n)
{
    for (uint32_t i = 0; i < names_n; i++) {
        if (str_eq_nocase(str_from(names[i]), str_from(test_name(run, test))))
            return true;
    }
    return names_n == 0;
}

static bool names_exist(struct run *run, const char *const *names, uint32_t names_n)
{
    for (uint32_t i = 0; i < names_n; i++) {
        struct suggest near = suggest_begin(str_from(names[i]));
        bool found = false;
        struct diag *d;
        for (uint32_t k = 0; k < run->model->tests.n; k++) {
            const struct test *test = &run->model->tests.at[k];
            found = found || chosen(run, test, &names[i], 1);
            suggest_offer(&near, str_from(test_name(run, test)));
        }
        if (found)
            continue;
        d = diag_add(&run->ctx->diags, diag_rule("DT039"), SPAN_NONE, "there is no test `%s`",
                     names[i]);
        if (near.best.n)
            diag_help(&run->ctx->diags, d, "did you mean `%" STR_F "`?", STR_A(near.best));
        return false;
    }
    return true;
}

enum target_status testing_run(struct run *run, const char *const *names, uint32_t names_n,
                               testing_ended_fn *ended, void *data, struct testing_counts *counts)
{
    enum target_status worst = TARGET_OK;
    *counts = (struct testing_counts){0};
    if (!names_exist(run, names, names_n))
        return TARGET_ENVIRONMENT;
    worst = create_world(run);
    for (uint32_t i = 0; i < run->model->tests.n && worst <= TARGET_FINDINGS; i++) {
        const struct test *test = &run->model->tests.at[i];
        enum target_status status;
        if (!chosen(run, test, names, names_n))
            continue;
        status = play_one(run, test);
        /* A body that the engine refuses is this test's failure: others may not need it. */
        if (status == TARGET_STATEMENT)
            status = TARGET_FINDINGS;
        counts->passed += status == TARGET_OK;
        counts->failed += status != TARGET_OK;
        ended(data, test_name(run, test), status == TARGET_OK);
        worst = status > worst ? status : worst;
    }
    return worst;
}
