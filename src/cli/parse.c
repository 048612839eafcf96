/* parse.c - `dtc parse`: what was read of each statement, before any name is looked up. */
#include "base/json.h"
#include "cli/cli.h"
#include "syntax/parse.h"

enum status { STATUS_OK, STATUS_OPAQUE, STATUS_ERROR };

static const char *const status_texts[] = {"ok", "opaque", "error"};

struct statement_row {
    const char *kind; /* as in the JSON of `explain`, "other" for what makes no relation */
    enum status status;
    node_t named; /* the node whose symbol is its name; 0 when it has none */
    node_t layer; /* LAYER_NAME in front, or 0 */
};

static const char *table_kind(const struct tree *tree, node_t node)
{
    if (!tree_child(tree, node, NODE_BODY) && !tree_child(tree, node, NODE_REFRESH_USING))
        return "table";
    return tree_flag(tree, node, FLAG_STATIC) ? "static_table" : "dynamic_table";
}

static const char *statement_kind(const struct tree *tree, node_t node)
{
    static const struct {
        uint8_t kind;
        const char *text;
    } rows[] = {{NODE_VIEW, "view"}, {NODE_SOURCE, "source"}, {NODE_STREAM, "stream"},
                {NODE_TASK, "task"}, {NODE_ALERT, "alert"},   {NODE_PIPE, "pipe"}};
    enum node_kind kind = tree_kind(tree, node);
    if (kind == NODE_TABLE)
        return table_kind(tree, node);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].kind == kind)
            return rows[i].text;
    return "other";
}

static enum status statement_status(const struct tree *tree, node_t node)
{
    enum node_kind kind = tree_kind(tree, node);
    node_t body = tree_child(tree, node, NODE_BODY);
    if (kind == NODE_ERROR || (body && tree_child(tree, body, NODE_ERROR)))
        return STATUS_ERROR;
    return kind == NODE_OPAQUE || kind == NODE_NOT_BUILT ? STATUS_OPAQUE : STATUS_OK;
}

static struct statement_row read_row(const struct tree *tree, node_t node)
{
    struct statement_row row = {.kind = statement_kind(tree, node),
                                .status = statement_status(tree, node),
                                .named = tree_child(tree, node, NODE_OBJECT),
                                .layer = tree_child(tree, node, NODE_LAYER_NAME)};
    enum node_kind kind = tree_kind(tree, node);
    if (kind == NODE_PIPELINE || kind == NODE_LAYER || kind == NODE_ENV || kind == NODE_PARAM ||
        kind == NODE_TEST)
        row.named = node;
    return row;
}

/* GOLD.DAILY_SALES: folded, with the layer and the qualifiers that were written. */
static void add_name(struct buf *out, const struct cli *cli, const struct tree *tree,
                     const struct statement_row *row)
{
    if (row->layer) {
        name_canonical(out, &cli->ctx.names, tree_at(tree, row->layer)->sym);
        buf_putc(out, '.');
    }
    if (tree_kind(tree, row->named) == NODE_OBJECT)
        TREE_EACH(tree, row->named, part)
        {
            name_canonical(out, &cli->ctx.names, tree_at(tree, part)->sym);
            buf_putc(out, '.');
        }
    name_canonical(out, &cli->ctx.names, tree_at(tree, row->named)->sym);
}

struct listing {
    struct cli *cli;
    struct buf out;
    struct json_out json;
    bool as_json;
    uint32_t counts[3];
};

static void list_statement(struct listing *l, const struct model_file *file, node_t node)
{
    struct sources *sources = &l->cli->ctx.sources;
    const struct node *n = tree_at(&file->tree, node);
    struct statement_row row = read_row(&file->tree, node);
    struct place start = source_place(sources, file->source, n->lo);
    struct place end = source_place(sources, file->source, n->hi);
    struct buf name;
    buf_init(&name);
    if (row.named)
        add_name(&name, l->cli, &file->tree, &row);
    l->counts[row.status]++;
    if (l->as_json) {
        json_open(&l->json, '{');
        json_ktext(&l->json, "kind", row.kind);
        json_ktext(&l->json, "name", name.n ? name.p : NULL);
        json_ktext(&l->json, "status", status_texts[row.status]);
        json_ktext(&l->json, "file", file->path);
        json_kint(&l->json, "line", start.line);
        json_kint(&l->json, "column", start.column);
        json_kint(&l->json, "end_line", end.line);
        json_close(&l->json);
    } else {
        buf_printf(&l->out, "%-7s %-14s %s:%u%s%s\n", status_texts[row.status], row.kind,
                   file->path, start.line, name.n ? "  " : "", name.n ? name.p : "");
    }
    buf_fini(&name);
}

static void list_all(struct listing *l, const struct model *model)
{
    if (l->as_json) {
        json_begin(&l->json, &l->out, false);
        json_open(&l->json, '{');
        json_kint(&l->json, "schema_version", 1);
        json_kopen(&l->json, "statements", '[');
    }
    for (uint32_t f = 0; f < model->files.n; f++)
        TREE_EACH(&model->files.at[f].tree, model->files.at[f].tree.root, node)
    list_statement(l, &model->files.at[f], node);
    if (l->as_json) {
        json_close(&l->json);
        json_close(&l->json);
        json_end(&l->json);
        buf_putc(&l->out, '\n');
    }
}

int command_parse(struct cli *cli)
{
    struct model model = {0};
    struct listing l = {.cli = cli};
    buf_init(&l.out);
    l.as_json = strcmp(cli_option(cli, "format", "human"), "json") == 0;
    syntax_open(&cli->ctx);
    bool loaded =
        model_load(&cli->ctx, &model, ".", (const char *const *)cli->args.at, cli->args.n);
    if (loaded)
        list_all(&l, &model);
    cli_write(cli, buf_view(&l.out));
    cli_note(cli, "%u ok, %u opaque, %u error\n", l.counts[STATUS_OK], l.counts[STATUS_OPAQUE],
             l.counts[STATUS_ERROR]);
    int code = cli_exit_code(cli);
    buf_fini(&l.out);
    model_fini(&model);
    return code;
}
