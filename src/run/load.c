/* load.c - one table, its files, one transaction. */
#include "run/load_file.h"
#include <stdlib.h>

static const struct ending {
    const char *text;
    enum load_format format;
} endings[] = {
    {".csv", LOAD_CSV},       {".csv.gz", LOAD_CSV},      {".tsv", LOAD_CSV},
    {".tsv.gz", LOAD_CSV},    {".jsonl", LOAD_JSONL},     {".jsonl.gz", LOAD_JSONL},
    {".ndjson", LOAD_JSONL},  {".ndjson.gz", LOAD_JSONL}, {".json", LOAD_JSONL},
    {".json.gz", LOAD_JSONL}, {".parquet", LOAD_PARQUET},
};

enum load_format load_format_of(const char *path)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (str_ends(str_from(path), endings[i].text))
            return endings[i].format;
    }
    return LOAD_NONE;
}

enum load_format load_format_named(const char *name)
{
    return strcmp(name, "csv") == 0       ? LOAD_CSV
           : strcmp(name, "parquet") == 0 ? LOAD_PARQUET
           : strcmp(name, "jsonl") == 0   ? LOAD_JSONL
                                          : LOAD_NONE;
}

/* Declared types, for messages and the length of texts; the engine's columns have the last word on
 * what there is. */
static void read_declared(struct run *run, struct load_table *table)
{
    struct arena *arena = &run->ctx->arena;
    const struct relation *r = model_relation(run->model, table->relation);
    const struct tree *tree = model_tree(run->model, r->file);
    table->types = ARENA_ARRAY(arena, const char *, table->columns.n);
    table->most_chars = ARENA_ARRAY(arena, int64_t, table->columns.n);
    for (uint32_t i = 0; i < table->columns.n; i++) {
        table->types[i] = arena_str(arena, table->columns.at[i].type).p;
        for (uint32_t k = 0; k < r->columns.n; k++) {
            const struct column *column = &r->columns.at[k];
            node_t length;
            if (!column->type ||
                !str_eq_nocase(sym_text(&run->ctx->names, column->name), table->columns.at[i].name))
                continue;
            table->types[i] =
                arena_str(arena, source_text(&run->ctx->sources,
                                             model_span(run->model, r->file, column->type)))
                    .p;
            length = tree_child(tree, column->type, NODE_NUMBER);
            if (length && load_is_text(table, i))
                table->most_chars[i] =
                    strtoll(sym_text(&run->ctx->names, tree_at(tree, length)->sym).p, NULL, 10);
        }
    }
}

static enum target_status open_table(struct run *run, uint32_t relation, struct load_table *table)
{
    const struct relation *r = model_relation(run->model, relation);
    const struct model *model = run->model;
    struct str schema = {NULL, 0};
    enum target_status status = TARGET_OK;
    struct diag *d;
    *table = (struct load_table){.relation = relation};
    if (r->layer != MODEL_NONE)
        schema = sym_text(&run->ctx->names, model->layers.at[r->layer].schema);
    if (engine_list_columns(run->engine, &run->ctx->arena, schema,
                            sym_text(&run->ctx->names, r->name), &table->columns) != ENGINE_OK) {
        status = run_failed(run, relation, NULL);
    } else if (table->columns.n == 0) {
        d = diag_add(&run->ctx->diags, diag_rule("DT021"), model_span(model, r->file, r->name_node),
                     "`%s` is not on the target yet", r->shown);
        diag_help(&run->ctx->diags, d, "`dtc apply` creates it");
        status = TARGET_STATEMENT;
    }
    if (status == TARGET_OK)
        read_declared(run, table);
    return status;
}

static void put_columns(struct buf *sql, const struct load_file *file,
                        const struct load_table *table)
{
    for (uint32_t i = 0; i < file->n; i++) {
        buf_puts(sql, i ? ", " : "");
        engine_quote_name(sql, table->columns.at[file->targets[i]].name);
    }
}

/* JSON lines without a key: no line at all, or objects that leave every column out. */
static void put_keyless(struct buf *sql, const struct load_file *file,
                        const struct load_table *table)
{
    engine_quote_name(sql, table->columns.at[0].name);
    buf_puts(sql, ")\nselect case when json_type(l) = 'OBJECT' then null "
                  "else error('no object') end\nfrom ");
    load_lines(sql, file);
    buf_puts(sql, "\nwhere trim(l) <> ''");
}

static void put_insert(struct buf *sql, const struct run *run, const struct load_table *table,
                       const struct load_file *file)
{
    buf_puts(sql, "insert into ");
    run_name(sql, run, table->relation);
    buf_puts(sql, " (");
    if (file->n == 0) {
        put_keyless(sql, file, table);
        return;
    }
    put_columns(sql, file, table);
    buf_puts(sql, ")\nselect ");
    for (uint32_t i = 0; i < file->n; i++) {
        buf_puts(sql, i ? ", " : "");
        load_value(sql, file, table, i);
    }
    buf_puts(sql, "\nfrom ");
    load_from(sql, file, table, false);
}

static enum target_status insert(struct run *run, const struct load_table *table,
                                 const struct load_file *file, int64_t *rows)
{
    struct engine_result *result;
    struct buf sql;
    enum target_status status = TARGET_OK;
    buf_init(&sql);
    put_insert(&sql, run, table, file);
    if (engine_query(run->engine, buf_view(&sql), &result) == ENGINE_OK) {
        *rows += (int64_t)engine_changed(result);
        engine_done(result);
    } else if (engine_error(run->engine)->status == ENGINE_FAILED) {
        const char *why = arena_str(&run->ctx->arena, engine_error(run->engine)->message).p;
        engine_rollback(run->engine);
        status = TARGET_FINDINGS;
        if (!load_explain(run, file, table))
            diag_add(&run->ctx->diags, diag_rule("DT027"), SPAN_NONE, "`%s`: %.*s",
                     file->input.path, (int)strcspn(why, "\n"), why);
    } else {
        status = run_failed(run, table->relation, file->input.path);
    }
    buf_fini(&sql);
    return status;
}

static enum target_status empty(struct run *run, const struct load_table *table)
{
    struct buf sql;
    enum target_status status = TARGET_OK;
    buf_init(&sql);
    buf_puts(&sql, "delete from ");
    run_name(&sql, run, table->relation);
    if (engine_run(run->engine, buf_view(&sql)) != ENGINE_OK)
        status = run_failed(run, table->relation, "table could not be emptied");
    buf_fini(&sql);
    return status;
}

enum target_status load_files(struct run *run, uint32_t relation, const struct load_input *inputs,
                              uint32_t inputs_n, bool replace, int64_t *rows)
{
    struct load_table table;
    enum target_status status = open_table(run, relation, &table);
    *rows = 0;
    if (status == TARGET_OK && engine_begin(run->engine) != ENGINE_OK)
        status = run_failed(run, relation, NULL);
    if (status == TARGET_OK && replace)
        status = empty(run, &table);
    for (uint32_t i = 0; status == TARGET_OK && i < inputs_n; i++) {
        struct load_file file;
        status = load_open(run, &table, &inputs[i], &file);
        if (status == TARGET_OK)
            status = insert(run, &table, &file, rows);
        load_close(&file);
    }
    if (status == TARGET_OK && engine_commit(run->engine) != ENGINE_OK)
        status = run_failed(run, relation, "transaction could not be committed");
    engine_rollback(run->engine);
    return status;
}
