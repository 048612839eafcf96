/* desired.c - a relation in normal form.
 *
 * Owns: what counts as the same: the hash of a query, columns as the target's types, settings as
 * lines of text. Does not own: comparing (plan/diff.c). The idea: layout, comments, letter case and
 * the spelling of a duration are gone in a normal form; the values of parameters are in it. A
 * query's hash is that of its tree, of the parameters it uses, of the expectations that filter it,
 * and for a view of where its inputs live, because a view keeps names. */
#include "emit/desired.h"
#include "emit/shared.h"
#include "emit/types.h"

struct describing {
    const struct model *model;
    const struct dialect *dialect;
    struct arena *arena;
    struct buf buf;
};

static const char *keep(struct describing *d)
{
    const char *text = arena_str(d->arena, buf_view(&d->buf)).p;
    buf_clear(&d->buf);
    return text ? text : "";
}

const char *emit_object_name(const struct model *model, uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    const char *text;
    struct buf name;
    buf_init(&name);
    if (r->layer != MODEL_NONE) {
        emit_symbol(&name, model, model->layers.at[r->layer].name);
        buf_putc(&name, '.');
    }
    emit_symbol(&name, model, r->name);
    text = arena_str(&model->ctx->arena, buf_view(&name)).p;
    buf_fini(&name);
    return text;
}

bool emit_is_embedded(enum relation_kind kind)
{
    switch (kind) {
    case RELATION_DYNAMIC_TABLE:
    case RELATION_TABLE:
    case RELATION_STATIC_TABLE:
    case RELATION_VIEW:
    case RELATION_SOURCE:
        return true;
    case RELATION_STREAM:
    case RELATION_TASK:
    case RELATION_ALERT:
    case RELATION_PIPE:
    case RELATION_OTHER:
        return false;
    }
    return false;
}

/* --- query
 * ----------------------------------------------------------------------------------------- */

static void add_params(struct describing *d, const struct tree *tree, node_t node)
{
    if (tree_kind(tree, node) == NODE_VARIABLE) {
        const char *value = emit_param(d->model, tree_at(tree, node)->sym);
        struct str name = sym_text(&d->model->ctx->names, tree_at(tree, node)->sym);
        buf_printf(&d->buf, "$%" STR_F "=%s\n", STR_A(name), value ? value : "");
    }
    TREE_EACH(tree, node, child)
    add_params(d, tree, child);
}

static void add_tree(struct describing *d, const struct tree *tree, node_t node)
{
    buf_printf(&d->buf, "%016llx\n",
               (unsigned long long)tree_hash(tree, &d->model->ctx->names, node));
    add_params(d, tree, node);
}

static const char *query_hash(struct describing *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    node_t defs = tree_child(tree, r->decl, NODE_COLUMN_DEFS);
    const char *hash;
    if (r->query == 0)
        return NULL;
    add_tree(d, tree, r->query);
    if (defs != 0)
        add_tree(d, tree, defs);
    for (uint32_t i = 0; i < r->expects.n; i++) {
        if (r->expects.at[i].action == EXPECT_DROP)
            add_tree(d, tree, r->expects.at[i].condition);
    }
    for (uint32_t i = 0; r->kind == RELATION_VIEW && i < r->refs.n; i++) {
        if (r->refs.at[i].relation == MODEL_NONE)
            continue;
        d->dialect->relation_name(&d->buf, d->model, r->refs.at[i].relation);
        buf_putc(&d->buf, '\n');
    }
    hash = plan_hash(d->arena, buf_view(&d->buf));
    buf_clear(&d->buf);
    return hash;
}

/* --- columns, settings
 * ----------------------------------------------------------------------------- */

static const char *columns_text(struct describing *d, const struct relation *r)
{
    if (r->query != 0)
        return "";
    for (uint32_t i = 0; i < r->columns.n; i++) {
        const struct column *column = &r->columns.at[i];
        buf_puts(&d->buf, i == 0 ? "" : "\n");
        emit_symbol(&d->buf, d->model, column->name);
        buf_putc(&d->buf, ' ');
        if (column->type != 0)
            d->dialect->type(&d->buf, d->model, r->file, column->type);
        else
            buf_puts(&d->buf, "varchar");
        if (column->flags & COLUMN_NOT_NULL)
            buf_puts(&d->buf, " not null");
    }
    return keep(d);
}

static void add_word(struct describing *d, const char *key, const struct setting *setting)
{
    if (setting->value == 0)
        return;
    buf_printf(&d->buf, "%s=", key);
    emit_symbol(&d->buf, d->model, setting->value);
    buf_putc(&d->buf, '\n');
}

static void add_flag(struct describing *d, const char *key, const struct setting *setting)
{
    if (setting->at.node != 0)
        buf_printf(&d->buf, "%s=yes\n", key);
}

/* The expressions of a clause on one line, in canonical form. */
static void add_clause(struct describing *d, const char *key, const struct setting *setting)
{
    const struct print_options options = {.width = 1000000};
    const struct tree *tree;
    const char *separator = "";
    if (setting->at.node == 0)
        return;
    tree = model_tree(d->model, setting->at.file);
    buf_printf(&d->buf, "%s=", key);
    TREE_EACH(tree, setting->at.node, e)
    {
        size_t from;
        buf_puts(&d->buf, separator);
        from = d->buf.n;
        print_tree(&d->buf, d->model->ctx, tree, e, &options);
        for (size_t i = from; i < d->buf.n; i++)
            d->buf.p[i] = d->buf.p[i] == '\n' ? ' ' : d->buf.p[i];
        separator = ", ";
    }
    buf_putc(&d->buf, '\n');
}

static void add_lag(struct describing *d, const struct lag *lag)
{
    if (lag->kind == LAG_NONE)
        return;
    buf_puts(&d->buf, "lag=");
    if (lag->kind == LAG_TIME)
        duration_print(&d->buf, lag->seconds);
    else if (lag->kind == LAG_DOWNSTREAM)
        buf_puts(&d->buf, "downstream");
    else
        buf_printf(&d->buf, "cron %s %s", lag->text, lag->zone ? lag->zone : "UTC");
    buf_putc(&d->buf, '\n');
}

static void add_retention(struct describing *d, const struct setting *retain)
{
    int64_t seconds = 0;
    struct str text;
    if (retain->at.node == 0)
        return;
    const struct tree *tree = model_tree(d->model, retain->at.file);
    node_t duration = tree_child(tree, retain->at.node, NODE_DURATION);
    text = duration ? source_text(&d->model->ctx->sources, tree_span(tree, duration))
                    : (struct str){0};
    if (text.n > 1 && *text.p == '\'')
        text = str_make(text.p + 1, text.n - 2);
    if (!duration_seconds(text, &seconds))
        return;
    buf_puts(&d->buf, "retain=");
    duration_print(&d->buf, seconds);
    buf_putc(&d->buf, '\n');
}

static void add_expects(struct describing *d, const struct relation *r)
{
    static const char *const words[] = {
        [EXPECT_WARN] = "warn", [EXPECT_DROP] = "drop", [EXPECT_FAIL] = "fail"};
    const struct tree *tree = model_tree(d->model, r->file);
    for (uint32_t i = 0; i < r->expects.n; i++) {
        const struct expect *expect = &r->expects.at[i];
        buf_puts(&d->buf, "expect ");
        emit_symbol(&d->buf, d->model, expect->name);
        buf_printf(&d->buf, "=%s %016llx", words[expect->action],
                   (unsigned long long)tree_hash(tree, &d->model->ctx->names, expect->condition));
        buf_putc(&d->buf, '\n');
    }
}

/* VARCHAR(n): the engine keeps no length, a load does. */
static void add_lengths(struct describing *d, const struct relation *r)
{
    const struct tree *tree = model_tree(d->model, r->file);
    for (uint32_t i = 0; r->query == 0 && i < r->columns.n; i++) {
        const struct column *column = &r->columns.at[i];
        const struct interner *names = &d->model->ctx->names;
        struct type type = {0};
        node_t length = column->type ? tree_child(tree, column->type, NODE_NUMBER) : 0;
        if (length)
            type = types_declared(tree, names, column->type);
        if (type.kind != TYPE_TEXT)
            continue;
        buf_puts(&d->buf, "length ");
        emit_symbol(&d->buf, d->model, column->name);
        buf_printf(&d->buf, "=varchar(%" STR_F ")\n",
                   STR_A(sym_text(names, tree_at(tree, length)->sym)));
    }
}

static const char *settings_text(struct describing *d, const struct relation *r)
{
    const struct settings *s = &r->settings;
    if (r->kind == RELATION_DYNAMIC_TABLE) {
        add_lag(d, &s->lag);
        buf_printf(&d->buf, "refresh=%s\n", refresh_mode_text(s->refresh));
        add_word(d, "warehouse", &s->warehouse);
        add_word(d, "initialization_warehouse", &s->initialization_warehouse);
        add_word(d, "initialize", &s->initialize);
        add_word(d, "scheduler", &s->scheduler);
        add_clause(d, "freeze", &s->freeze);
        add_clause(d, "key", &s->key);
    }
    if (r->kind != RELATION_VIEW && r->kind != RELATION_SOURCE) {
        add_clause(d, "cluster by", &s->cluster_by);
        add_retention(d, &s->retain);
        add_flag(d, "transient", &s->transient);
    }
    if (r->kind == RELATION_TABLE)
        add_flag(d, "change tracking", &s->change_tracking);
    add_flag(d, "prevent_destroy", &s->prevent_destroy);
    add_lengths(d, r);
    add_expects(d, r);
    return keep(d);
}

/* --- one relation
 * ---------------------------------------------------------------------------------- */

/* The old name may lack its layer: then it is in the layer of the new one. */
static const char *moved_from(struct describing *d, const struct relation *r)
{
    const struct tree *tree;
    node_t object = r->moved_from.node, layer = 0;
    if (object == 0)
        return NULL;
    tree = model_tree(d->model, r->moved_from.file);
    TREE_EACH(tree, object, part)
    layer = part;
    if (layer != 0)
        emit_symbol(&d->buf, d->model, tree_at(tree, layer)->sym);
    else if (r->layer != MODEL_NONE)
        emit_symbol(&d->buf, d->model, d->model->layers.at[r->layer].name);
    buf_putc(&d->buf, '.');
    emit_symbol(&d->buf, d->model, tree_at(tree, object)->sym);
    return keep(d);
}

static void describe(struct describing *d, struct desired *out, uint32_t relation)
{
    const struct relation *r = model_relation(d->model, relation);
    struct desired_object *o = VEC_PUSH(&out->objects);
    o->relation = relation;
    o->name = emit_object_name(d->model, relation);
    o->shown = r->shown;
    if (r->layer != MODEL_NONE) {
        d->dialect->symbol(&d->buf, d->model, emit_schema(d->model, r->layer));
        buf_putc(&d->buf, '.');
    }
    d->dialect->symbol(&d->buf, d->model, r->name);
    o->place = keep(d);
    o->kind = relation_kind_key(r->kind);
    o->query_hash = query_hash(d, r);
    o->columns_text = columns_text(d, r);
    o->settings = settings_text(d, r);
    o->comment = r->settings.comment;
    o->moved_from = moved_from(d, r);
    o->holds_data =
        r->kind == RELATION_TABLE || r->kind == RELATION_SOURCE || r->kind == RELATION_STATIC_TABLE;
    o->starts_empty =
        str_is(sym_text(&d->model->ctx->names, r->settings.initialize.value), "ON_SCHEDULE");
    o->prevent_destroy = r->settings.prevent_destroy.at.node != 0;
    o->foreign = r->kind == RELATION_SOURCE;
    o->span = model_span(d->model, r->file, r->name_node);
    o->lag_span = r->settings.lag.from.at.node ? model_span(d->model, r->settings.lag.from.at.file,
                                                            r->settings.lag.from.at.node)
                                               : o->span;
    o->query_span = r->query ? model_span(d->model, r->file, r->query) : o->span;
}

void emit_desired(struct desired *out, const struct graph *graph, const struct dialect *dialect,
                  bool embedded)
{
    struct describing d = {
        .model = graph->model, .dialect = dialect, .arena = &graph->model->ctx->arena};
    uint32_t *order = emit_order(graph);
    buf_init(&d.buf);
    for (uint32_t i = 0; i < graph->model->relations.n; i++) {
        const struct relation *r = model_relation(graph->model, order[i]);
        if (!embedded || emit_is_embedded(r->kind))
            describe(&d, out, order[i]);
    }
    buf_fini(&d.buf);
}
