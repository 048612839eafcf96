/* snowflake_ddl.c - CREATE statements of the objects that hold rows.
 *
 * Owns: base tables with their columns, dynamic tables with every clause, static tables, views.
 * Does not own: streams, tasks, alerts, pipes (snowflake_other.c), the order (snowflake_script.c).
 * The idea: a clause is one line of the head; its value is what the settings resolved to. Facts:
 * the documentation of CREATE DYNAMIC TABLE, CREATE TABLE and CREATE OR ALTER, read 2026-11. */
#include "emit/snowflake.h"

void snowflake_create(struct snowflake_ddl *d, bool or_alter, const char *kind, uint32_t relation)
{
    bool replace = d->options->create == CREATE_REPLACE;
    bool plain = d->options->create == CREATE_PLAIN;
    buf_puts(&d->text, "create ");
    if (replace)
        buf_puts(&d->text, "or replace ");
    else if (or_alter && !plain)
        buf_puts(&d->text, "or alter ");
    buf_printf(&d->text, "%s ", kind);
    if (!replace && !or_alter && !plain)
        buf_puts(&d->text, "if not exists ");
    snowflake_qualify(&d->text, d->model, relation);
}

void snowflake_name_option(struct snowflake_ddl *d, const char *option,
                           const struct setting *setting)
{
    if (setting->value == 0)
        return;
    buf_printf(&d->text, "\n  %s = ", option);
    emit_symbol(&d->text, d->model, setting->value);
}

void snowflake_comment(struct snowflake_ddl *d, const struct relation *r)
{
    if (!r->settings.comment)
        return;
    buf_puts(&d->text, "\n  comment = ");
    emit_quote(&d->text, str_from(r->settings.comment));
}

/* "(a, b)" of the children of a clause. */
static void add_list(struct snowflake_ddl *d, uint32_t file, node_t clause)
{
    const struct tree *tree = model_tree(d->model, file);
    const char *separator = "(";
    TREE_EACH(tree, clause, e)
    {
        buf_puts(&d->text, separator);
        snowflake_node(&d->text, d->model, file, e);
        separator = ", ";
    }
    buf_putc(&d->text, ')');
}

static void add_cluster(struct snowflake_ddl *d, const struct relation *r)
{
    const struct setting *cluster = &r->settings.cluster_by;
    if (cluster->at.node == 0)
        return;
    buf_puts(&d->text, "\n  cluster by ");
    add_list(d, cluster->at.file, cluster->at.node);
}

/* Whole days of a duration; what is less than a day keeps nothing. */
static void add_retention(struct snowflake_ddl *d, const struct relation *r)
{
    const struct setting *retain = &r->settings.retain;
    int64_t seconds = 0;
    struct buf text;
    if (retain->at.node == 0)
        return;
    const struct tree *tree = model_tree(d->model, retain->at.file);
    buf_init(&text);
    node_t duration = tree_child(tree, retain->at.node, NODE_DURATION);
    if (duration != 0)
        buf_str(&text, source_text(&d->model->ctx->sources, tree_span(tree, duration)));
    struct str value = str_trim(buf_view(&text));
    if (value.n > 1 && *value.p == '\'')
        value = str_make(value.p + 1, value.n - 2);
    if (duration_seconds(value, &seconds))
        buf_printf(&d->text, "\n  data_retention_time_in_days = %lld",
                   (long long)(seconds / 86400));
    buf_fini(&text);
}

/* --- base tables
 * ----------------------------------------------------------------------------------- */

/* A column's name as written: it is the first thing in its definition. */
static void add_column_name(struct snowflake_ddl *d, uint32_t file, node_t def)
{
    const struct dtc *ctx = d->model->ctx;
    const struct node *node = tree_at(model_tree(d->model, file), def);
    struct str name = sym_text(&ctx->names, node->sym);
    struct span span = {model_tree(d->model, file)->file, node->lo, node->lo + (uint32_t)name.n};
    struct str written = node->hi >= span.hi ? source_text(&ctx->sources, span) : (struct str){0};
    if (written.n == name.n && str_eq_nocase(written, name))
        buf_str(&d->text, written);
    else
        emit_symbol(&d->text, d->model, node->sym);
}

static void add_names(struct snowflake_ddl *d, uint32_t file, node_t parent)
{
    node_t names = tree_child(model_tree(d->model, file), parent, NODE_NAMES);
    if (names == 0)
        return;
    buf_putc(&d->text, ' ');
    add_list(d, file, names);
}

static void add_references(struct snowflake_ddl *d, uint32_t file, node_t references)
{
    const struct tree *tree = model_tree(d->model, file);
    node_t object = tree_child(tree, references, NODE_OBJECT);
    buf_puts(&d->text, "references ");
    if (object != 0)
        snowflake_node(&d->text, d->model, file, object);
    add_names(d, file, references);
    if (tree_flag(tree, references, FLAG_RELY))
        buf_puts(&d->text, " rely");
}

static void add_constraint(struct snowflake_ddl *d, uint32_t file, node_t part)
{
    const struct tree *tree = model_tree(d->model, file);
    bool rely = tree_flag(tree, part, FLAG_RELY);
    switch ((int)tree_kind(tree, part)) {
    case NODE_NOT_NULL:
        buf_puts(&d->text, tree_flag(tree, part, FLAG_NOT) ? "not null" : "null");
        return;
    case NODE_PRIMARY_KEY:
    case NODE_UNIQUE:
        buf_puts(&d->text, tree_kind(tree, part) == NODE_UNIQUE ? "unique" : "primary key");
        add_names(d, file, part);
        buf_puts(&d->text, rely ? " rely" : "");
        return;
    case NODE_REFERENCES:
        add_references(d, file, part);
        return;
    case NODE_FOREIGN_KEY:
        buf_puts(&d->text, "foreign key");
        add_names(d, file, part);
        buf_putc(&d->text, ' ');
        add_references(d, file, tree_child(tree, part, NODE_REFERENCES));
        return;
    case NODE_DEFAULT:
        buf_puts(&d->text, "default ");
        snowflake_node(&d->text, d->model, file, tree_first(tree, part));
        return;
    case NODE_COMMENT:
        buf_puts(&d->text, "comment ");
        snowflake_node(&d->text, d->model, file, tree_first(tree, part));
        return;
    case NODE_COLLATION:
        buf_puts(&d->text, "collate ");
        snowflake_node(&d->text, d->model, file, tree_first(tree, part));
        return;
    case NODE_TYPE:
        snowflake_node(&d->text, d->model, file, part);
        return;
    default:
        return; /* a tag is set after the table is there */
    }
}

static void add_column_def(struct snowflake_ddl *d, uint32_t file, node_t def)
{
    const struct tree *tree = model_tree(d->model, file);
    add_column_name(d, file, def);
    TREE_EACH(tree, def, part)
    {
        if (tree_kind(tree, part) == NODE_TAG)
            continue;
        buf_putc(&d->text, ' ');
        add_constraint(d, file, part);
    }
}

static void add_column_defs(struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    node_t defs = tree_child(tree, r->decl, NODE_COLUMN_DEFS);
    const char *separator = " (\n  ";
    if (defs == 0)
        return;
    TREE_EACH(tree, defs, def)
    {
        buf_puts(&d->text, separator);
        if (tree_kind(tree, def) == NODE_COLUMN_DEF)
            add_column_def(d, r->file, def);
        else
            add_constraint(d, r->file, def);
        separator = ",\n  ";
    }
    buf_puts(&d->text, "\n)");
}

/* option NAME = literal: passed through, whatever Snowflake thinks of it. */
static void add_options(struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    TREE_EACH(tree, r->decl, clause)
    {
        if (tree_kind(tree, clause) != NODE_OPTION)
            continue;
        buf_puts(&d->text, "\n  ");
        emit_symbol(&d->text, d->model, tree_at(tree, clause)->sym);
        buf_puts(&d->text, " = ");
        snowflake_node(&d->text, d->model, r->file, tree_first(tree, clause));
    }
}

static void add_copy_grants(struct snowflake_ddl *d, const struct relation *r)
{
    /* CREATE OR ALTER keeps grants and refuses the clause. */
    if (r->settings.copy_grants.at.node != 0 && d->options->create != CREATE_DEFAULT)
        buf_puts(&d->text, "\n  copy grants");
}

/* In a script the word stands in the head of the statement, which is the declaration's symbol. */
static bool is_transient(const struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    struct str head = sym_text(&d->model->ctx->names, tree_at(tree, r->decl)->sym);
    return r->settings.transient.at.node != 0 ||
           (tree_flag(tree, r->decl, FLAG_SQL) && strstr(head.p, "TRANSIENT"));
}

void snowflake_table(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    bool transient = is_transient(d, r);
    snowflake_create(d, true, transient ? "transient table" : "table", relation);
    add_column_defs(d, r);
    add_cluster(d, r);
    add_retention(d, r);
    if (r->settings.change_tracking.at.node != 0)
        buf_puts(&d->text, "\n  change_tracking = true");
    add_copy_grants(d, r);
    add_options(d, r);
    snowflake_comment(d, r);
}

/* --- dynamic tables
 * -------------------------------------------------------------------------------- */

/* Snowflake knows seconds, minutes, hours and days, one number only: the largest unit that is
 * whole. */
static void add_lag(struct snowflake_ddl *d, const struct lag *lag)
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    if (lag->kind == LAG_DOWNSTREAM)
        buf_puts(&d->text, "\n  target_lag = downstream");
    if (lag->kind == LAG_CRON)
        buf_puts(&d->text, "\n  scheduler = disable");
    if (lag->kind != LAG_TIME)
        return;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int64_t n = lag->seconds / units[i].seconds;
        if (lag->seconds % units[i].seconds != 0)
            continue;
        buf_printf(&d->text, "\n  target_lag = '%lld %s%s'", (long long)n, units[i].unit,
                   n == 1 ? "" : "s");
        return;
    }
}

static void add_lower(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        buf_putc(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
    }
}

static void add_word_option(struct snowflake_ddl *d, const char *option,
                            const struct setting *setting)
{
    if (setting->value == 0)
        return;
    buf_printf(&d->text, "\n  %s = ", option);
    add_lower(&d->text, sym_text(&d->model->ctx->names, setting->value));
}

static void add_columns_of_query(struct snowflake_ddl *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    if (tree_child(tree, r->decl, NODE_COLUMN_DEFS) != 0)
        add_column_defs(d, r);
}

static void add_body(struct snowflake_ddl *d, uint32_t relation)
{
    node_t at;
    const char *why;
    buf_puts(&d->text, "\nas\n");
    if (!dialect_snowflake.body(&d->text, d->model, relation, &at, &why))
        BUG("the Snowflake dialect refused a query: %s", why);
}

void snowflake_dynamic_table(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    const struct settings *s = &r->settings;
    bool transient = is_transient(d, r);
    snowflake_create(d, true, transient ? "transient dynamic table" : "dynamic table", relation);
    add_columns_of_query(d, r);
    add_lag(d, &s->lag);
    if (s->lag.kind != LAG_CRON)
        add_word_option(d, "scheduler", &s->scheduler);
    snowflake_name_option(d, "warehouse", &s->warehouse);
    snowflake_name_option(d, "initialization_warehouse", &s->initialization_warehouse);
    if (s->refresh_from.origin != ORIGIN_NONE) {
        buf_puts(&d->text, "\n  refresh_mode = ");
        add_lower(&d->text, str_from(refresh_mode_text(s->refresh)));
    }
    add_word_option(d, "initialize", &s->initialize);
    add_cluster(d, r);
    add_retention(d, r);
    add_copy_grants(d, r);
    if (s->freeze.at.node != 0) {
        buf_puts(&d->text, "\n  frozen where ");
        add_list(d, s->freeze.at.file, s->freeze.at.node);
    }
    add_options(d, r);
    snowflake_comment(d, r);
    add_body(d, relation);
}

/* --- views, static tables
 * -------------------------------------------------------------------------- */

void snowflake_query_object(struct snowflake_ddl *d, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    bool view = r->kind == RELATION_VIEW;
    /* CREATE OR ALTER VIEW cannot change the query; CREATE OR ALTER TABLE has no AS. */
    snowflake_create(d, false, view ? "view" : "table", relation);
    add_columns_of_query(d, r);
    if (!view) {
        add_cluster(d, r);
        add_retention(d, r);
    }
    add_copy_grants(d, r);
    snowflake_comment(d, r);
    add_body(d, relation);
}
