/* prepare.c - the statements of a plan's actions on the embedded engine.
 *
 * Owns: which SQL makes an action true, and the SQL that keeps _dtc.objects and the history. Does
 * not own: running it (apply.c) nor the text of queries (emit). The idea: an action is first what
 * goes (old kind, old place), then what comes, then its comment with the mark. Expectations that
 * fail are statements that raise an error when a row breaks them, so that a saved plan needs no
 * pipeline. A table that is only made again keeps nothing: create or replace. */
#include "emit/duckdb_make.h"
#include "target/duckdb/catalog.h"
#include "target/duckdb/plans.h"

struct preparing {
    struct plan *plan;
    const struct model *model;
    struct arena *arena;
    struct action *action;
    const struct desired_object *desired;
    const struct observed_object *observed; /* NULL: not there */
    struct interner schemas;                /* that exist or were just made */
    struct buf sql;
};

static void done(struct preparing *p)
{
    *VEC_PUSH(&p->action->statements) = arena_str(p->arena, buf_view(&p->sql)).p;
    buf_clear(&p->sql);
}

static void record(struct preparing *p)
{
    *VEC_PUSH(&p->action->records) = arena_str(p->arena, buf_view(&p->sql)).p;
    buf_clear(&p->sql);
}

static void quote(struct preparing *p, const char *text)
{
    if (text)
        engine_quote_text(&p->sql, str_from(text));
    else
        buf_puts(&p->sql, "null");
}

static bool is_view(const char *kind)
{
    return strcmp(kind, "view") == 0;
}

/* "view" or "table": what the engine calls it. */
static const char *engine_kind(const char *kind)
{
    return is_view(kind) ? "view" : "table";
}

static void refused(struct preparing *p, node_t at, const char *why)
{
    const struct relation *r = model_relation(p->model, p->action->relation);
    emit_refused(p->model, &dialect_duckdb, r->file, at, why);
    buf_clear(&p->sql);
}

/* --- parts of an action
 * ---------------------------------------------------------------------------- */

static void add_schema(struct preparing *p)
{
    const struct relation *r = model_relation(p->model, p->action->relation);
    struct buf name;
    if (r->layer == MODEL_NONE)
        return;
    buf_init(&name);
    duckdb_symbol(&name, p->model, emit_schema(p->model, r->layer));
    if (sym_find(&p->schemas, buf_view(&name)) == 0) {
        sym_intern(&p->schemas, buf_view(&name));
        duckdb_make_schema(&p->sql, p->model, r->layer);
        done(p);
    }
    buf_fini(&name);
}

static void add_drop_violations(struct preparing *p, const char *place)
{
    buf_puts(&p->sql, "drop view if exists ");
    if (place[strlen(place) - 1] == '"')
        buf_printf(&p->sql, "%.*s__VIOLATIONS\"", (int)strlen(place) - 1, place);
    else
        buf_printf(&p->sql, "%s__violations", place);
    done(p);
}

static void add_drop(struct preparing *p, const char *kind, const char *place)
{
    buf_printf(&p->sql, "drop %s %s", engine_kind(kind), place);
    done(p);
    add_drop_violations(p, place);
}

static void add_comment(struct preparing *p)
{
    const struct desired_object *d = p->desired;
    const char *hash =
        d->query_hash ? d->query_hash : plan_hash(p->arena, str_from(d->columns_text));
    const char *text = d->comment ? arena_printf(p->arena, "%s\ndtc:%s", d->comment, hash)
                                  : arena_printf(p->arena, "dtc:%s", hash);
    buf_printf(&p->sql, "comment on %s %s is ", engine_kind(d->kind), d->place);
    quote(p, text);
    done(p);
}

static const struct relation *relation_of(const struct preparing *p)
{
    return model_relation(p->model, p->action->relation);
}

static void add_violations(struct preparing *p)
{
    node_t at = 0;
    const char *why = NULL;
    if (relation_of(p)->query == 0)
        return;
    if (relation_of(p)->expects.n == 0) {
        if (!p->observed || !strstr(p->observed->settings ? p->observed->settings : "", "expect "))
            return;
        buf_puts(&p->sql, "drop view if exists ");
        emit_violations_name(&p->sql, &dialect_duckdb, p->model, p->action->relation);
        done(p);
        return;
    }
    if (duckdb_make_violations(&p->sql, p->model, p->action->relation, "create or replace view",
                               &at, &why))
        done(p);
    else
        refused(p, at, why);
}

static void add_query_object(struct preparing *p, const char *create, bool empty)
{
    node_t at = 0;
    const char *why = NULL;
    if (!duckdb_make_query_object(&p->sql, p->model, p->action->relation, create, &at, &why)) {
        refused(p, at, why);
        return;
    }
    if (empty)
        buf_puts(&p->sql, "\nwith no data");
    done(p);
}

static void add_table(struct preparing *p)
{
    node_t at = 0;
    const char *why = NULL;
    if (duckdb_make_table(&p->sql, p->model, p->action->relation, &at, &why))
        done(p);
    else
        refused(p, at, why);
}

/* The object from its declaration. create is "create" or "create or replace". */
static void add_object(struct preparing *p, const char *create, bool empty)
{
    bool view = is_view(p->desired->kind);
    add_schema(p);
    if (relation_of(p)->query == 0)
        add_table(p);
    else
        add_query_object(p, arena_printf(p->arena, "%s %s", create, view ? "view" : "table"),
                         empty && !view);
}

/* --- columns of base tables
 * ------------------------------------------------------------------------ */

static struct str line_of(const char *text, uint32_t i)
{
    const char *end;
    for (; i > 0 && text; i--) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    if (!text || !*text)
        return (struct str){0};
    end = strchr(text, '\n');
    return str_make(text, end ? (size_t)(end - text) : strlen(text));
}

static void alter_column(struct preparing *p, const struct column *column, bool is_new,
                         bool was_not_null)
{
    bool not_null = (column->flags & COLUMN_NOT_NULL) != 0;
    node_t at = 0;
    const char *why = NULL;
    if (is_new) {
        buf_printf(&p->sql, "alter table %s add column ", p->desired->place);
        if (!duckdb_make_column(&p->sql, p->model, relation_of(p), column, false, &at, &why)) {
            refused(p, at, why);
            return;
        }
        done(p);
    }
    if (not_null == was_not_null)
        return;
    buf_printf(&p->sql, "alter table %s alter column ", p->desired->place);
    duckdb_symbol(&p->sql, p->model, column->name);
    buf_puts(&p->sql, not_null ? " set not null" : " drop not null");
    done(p);
}

static void alter_columns(struct preparing *p)
{
    const struct relation *r = relation_of(p);
    if (r->query != 0 || !p->observed ||
        strcmp(p->observed->columns_text ? p->observed->columns_text : "",
               p->desired->columns_text) == 0)
        return;
    for (uint32_t i = 0; i < r->columns.n; i++) {
        struct str before = line_of(p->observed->columns_text, i);
        alter_column(p, &r->columns.at[i], before.n == 0, str_ends(before, " not null"));
    }
}

/* --- the history
 * ----------------------------------------------------------------------------------- */

/* The broken expectations of one action, each between two texts; false when there is none. */
static bool add_broken(struct preparing *p, enum expect_action action, const char *before,
                       const char *after, const char *joint)
{
    const struct relation *r = relation_of(p);
    bool any = false;
    for (uint32_t i = 0; i < r->expects.n; i++) {
        node_t at = 0;
        const char *why = NULL;
        if (r->expects.at[i].action != action)
            continue;
        buf_printf(&p->sql, "%s%snot coalesce((", any ? joint : "", before);
        if (!dialect_duckdb.expression(&p->sql, p->model, r->file, r->expects.at[i].condition, &at,
                                       &why))
            return false;
        buf_printf(&p->sql, "), true)%s", after);
        any = true;
    }
    return any;
}

/* select ... of one number; "0" when no expectation asks. */
static void add_counts(struct preparing *p, const char *place)
{
    const struct relation *r = relation_of(p);
    size_t from = p->sql.n;
    node_t at = 0;
    const char *why = NULL;
    buf_puts(&p->sql, "(select ");
    if (!add_broken(p, EXPECT_WARN, "count(*) filter (where ", ")", " + ")) {
        p->sql.n = from;
        buf_puts(&p->sql, "0");
    } else {
        buf_printf(&p->sql, " from %s)", place);
    }
    buf_puts(&p->sql, " as warned, ");
    from = p->sql.n;
    buf_puts(&p->sql, "(select count(*) from (");
    dialect_duckdb.query(&p->sql, p->model, r->file, r->query, &at, &why);
    buf_puts(&p->sql, ") as body where ");
    if (!add_broken(p, EXPECT_DROP, "", "", " or ")) {
        p->sql.n = from;
        buf_puts(&p->sql, "0");
    } else {
        buf_putc(&p->sql, ')');
    }
    buf_puts(&p->sql, " as dropped");
}

static void add_history(struct preparing *p)
{
    buf_puts(&p->sql, "insert into _dtc.refreshes by name\nselect ");
    quote(p, p->desired->shown);
    buf_printf(&p->sql,
               " as name, now() at time zone 'UTC' as started_at, now() at time zone 'UTC' as "
               "ended_at, (select count(*) from %s) as \"rows\", 'ok' as status, 'apply' as "
               "reason, ",
               p->desired->place);
    add_counts(p, p->desired->place);
    record(p);
}

/* A row that breaks an expectation which fails the table ends the apply. */
static void add_guards(struct preparing *p)
{
    const struct relation *r = relation_of(p);
    for (uint32_t i = 0; i < r->expects.n; i++) {
        const struct expect *expect = &r->expects.at[i];
        struct buf name;
        node_t at = 0;
        const char *why = NULL;
        if (expect->action != EXPECT_FAIL)
            continue;
        buf_init(&name);
        emit_symbol(&name, p->model, expect->name);
        buf_printf(&p->sql,
                   "select case when count(*) > 0 then error('expectation `%" STR_F
                   "` is violated by ' || count(*) || ' rows') end\nfrom %s\nwhere not coalesce((",
                   STR_A(buf_view(&name)), p->desired->place);
        buf_fini(&name);
        if (!dialect_duckdb.expression(&p->sql, p->model, r->file, expect->condition, &at, &why)) {
            refused(p, at, why);
            continue;
        }
        buf_puts(&p->sql, "), true)");
        done(p);
    }
}

/* As the engine compares names: without quotes and case. */
static const char *lower_place(struct preparing *p)
{
    const char *place = p->desired->place;
    char *text = ARENA_ARRAY(p->arena, char, strlen(place) + 1);
    for (size_t n = 0; *place; place++) {
        if (*place != '"')
            text[n++] = *place >= 'A' && *place <= 'Z' ? (char)(*place + 32) : *place;
    }
    return text;
}

static void remember(struct preparing *p)
{
    const struct desired_object *d = p->desired;
    buf_puts(&p->sql, "delete from _dtc.objects where name in (");
    quote(p, d->name);
    if (p->observed && p->observed->ours) {
        buf_puts(&p->sql, ", ");
        quote(p, p->observed->name);
    }
    buf_putc(&p->sql, ')');
    record(p);
    buf_puts(&p->sql, "insert into _dtc.objects (name, kind, query_hash, columns_text, settings, "
                      "comment, place, applied_at) values (");
    const char *const values[] = {d->name,     d->kind,    d->query_hash, d->columns_text,
                                  d->settings, d->comment, d->place};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        quote(p, values[i]);
        buf_puts(&p->sql, ", ");
    }
    buf_puts(&p->sql, "now() at time zone 'UTC')");
    record(p);
    if (is_view(d->kind))
        return;
    buf_puts(&p->sql, "update _dtc.objects set definition = (select " CATALOG_COLUMNS
                      " from duckdb_columns() where lower(schema_name || '.' || table_name) = ");
    quote(p, lower_place(p));
    buf_puts(&p->sql, ") where name = ");
    quote(p, d->name);
    record(p);
}

/* --- actions
 * --------------------------------------------------------------------------------------- */

static struct str schema_of(const char *place)
{
    const char *dot = strchr(place, '.');
    return str_make(place, dot ? (size_t)(dot - place) : 0);
}

/* Another name in the same schema is a rename; another schema is a copy, which loses nothing. */
static void rename_object(struct preparing *p)
{
    const char *from = p->action->old_place, *to = p->desired->place;
    const char *kind = engine_kind(p->desired->kind);
    if (!from) {
        /* only what dtc calls it changes */
    } else if (str_eq(schema_of(from), schema_of(to))) {
        size_t n = schema_of(to).n;
        buf_printf(&p->sql, "alter %s %s rename to %s", kind, from, to + (n ? n + 1 : 0));
        done(p);
        add_drop_violations(p, from);
    } else if (is_view(p->desired->kind)) {
        add_drop(p, "view", from);
        add_object(p, "create", false);
    } else if (relation_of(p)->query != 0) {
        add_schema(p);
        buf_printf(&p->sql, "create table %s as select * from %s", to, from);
        done(p);
        add_drop(p, "table", from);
    } else {
        add_object(p, "create", false);
        buf_printf(&p->sql, "insert into %s by name select * from %s", to, from);
        done(p);
        add_drop(p, "table", from);
    }
    buf_puts(&p->sql, "update _dtc.refreshes set name = ");
    quote(p, p->desired->shown);
    buf_puts(&p->sql, " where name = ");
    quote(p, p->observed->name);
    record(p);
}

static void prepare_change(struct preparing *p)
{
    struct action *action = p->action;
    bool view = is_view(p->desired->kind);
    switch (action->kind) {
    case ACTION_CREATE:
        add_object(p, "create", p->desired->starts_empty);
        break;
    case ACTION_REPLACE:
        add_drop(p, action->old_kind ? action->old_kind : p->desired->kind,
                 action->old_place ? action->old_place : p->desired->place);
        add_object(p, "create", p->desired->starts_empty);
        break;
    case ACTION_REINITIALIZE:
        if (action->old_place)
            add_drop(p, p->desired->kind, action->old_place);
        add_object(p, "create or replace", false);
        break;
    case ACTION_ADOPT:
        if (action->old_kind)
            add_drop(p, action->old_kind, p->desired->place);
        if (relation_of(p)->query != 0)
            add_object(p, "create or replace", false);
        break;
    case ACTION_RENAME:
        rename_object(p);
        alter_columns(p);
        break;
    case ACTION_ALTER:
        if (view && strcmp(p->desired->query_hash,
                           p->observed->query_hash ? p->observed->query_hash : "") != 0)
            add_object(p, "create or replace", false);
        alter_columns(p);
        break;
    case ACTION_NONE:
    case ACTION_DROP:
    case ACTIONS:
        return;
    }
    add_violations(p);
    if (action->data == DATA_NEW || action->data == DATA_REINITIALIZED) {
        add_guards(p);
        add_history(p);
    }
    add_comment(p);
    remember(p);
}

static const struct observed_object *find_observed(const struct observed *observed,
                                                   const struct action *action,
                                                   const struct desired_object *d)
{
    const struct observed_object *found = NULL;
    for (uint32_t i = 0; i < observed->objects.n; i++) {
        const struct observed_object *o = &observed->objects.at[i];
        if (o->ours && (strcmp(o->name, d->name) == 0 ||
                        (action->old_place && strcmp(o->place, action->old_place) == 0)))
            found = o;
        else if (!o->ours && !found && strcmp(o->place, d->place) == 0)
            found = o;
    }
    return found;
}

static void prepare_drop(struct preparing *p)
{
    add_drop(p, p->action->object_kind, p->action->place);
    buf_puts(&p->sql, "delete from _dtc.objects where name = ");
    quote(p, p->action->name);
    record(p);
}

void duckdb_prepare(struct target *target, struct plan *plan, const struct desired *desired,
                    const struct observed *observed)
{
    struct preparing p = {.plan = plan, .model = target->model, .arena = &target->ctx->arena};
    uint32_t at = 0;
    buf_init(&p.sql);
    interner_init(&p.schemas);
    for (uint32_t i = 0; i < observed->objects.n; i++)
        sym_intern(&p.schemas, schema_of(observed->objects.at[i].place));
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        p.action = &plan->actions.at[i];
        if (p.action->kind == ACTION_DROP) {
            prepare_drop(&p);
            continue;
        }
        while (desired->objects.at[at].relation != p.action->relation)
            at++;
        p.desired = &desired->objects.at[at];
        if (p.action->kind == ACTION_NONE)
            continue;
        p.observed = find_observed(observed, p.action, p.desired);
        prepare_change(&p);
    }
    interner_fini(&p.schemas);
    buf_fini(&p.sql);
}
