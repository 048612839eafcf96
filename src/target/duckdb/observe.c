/* observe.c - what an embedded database holds, as a plan sees it.
 *
 * Owns: reading the engine's catalogue and _dtc.objects, joining them, the fingerprint. Does not
 * own: comparing (plan/diff.c). The idea: one query gives every table and view with its columns and
 * its comment, joined with what the last apply remembered. An object is ours when it is remembered,
 * of the kind that was made, and still carries the mark. */
#include "target/duckdb/catalog.h"
#include "target/duckdb/plans.h"
#include "target/duckdb/report.h"

static const char with_catalog[] =
    "with found as (\n"
    "  select schema_name, table_name as object_name, 'table' as found_kind, comment\n"
    "  from duckdb_tables() where not internal and not temporary\n"
    "  union all\n"
    "  select schema_name, view_name, 'view', comment\n"
    "  from duckdb_views() where not internal and not temporary\n"
    "), columns as (\n"
    "  select schema_name, table_name as object_name,\n"
    "         " CATALOG_COLUMNS " as columns_text\n"
    "  from duckdb_columns() where not internal\n"
    "  group by all\n"
    ")\n"
    "select f.schema_name, f.object_name, f.found_kind, f.comment, c.columns_text,\n"
    "       o.name, o.kind, o.query_hash, o.settings, o.place, o.comment, o.columns_text,\n"
    "       o.definition\n"
    "from found f\n"
    "left join columns c using (schema_name, object_name)\n"
    "left join _dtc.objects o on replace(lower(o.place), chr(34), '') = lower(f.schema_name || '.' "
    "|| f.object_name)\n"
    "where f.schema_name <> '_dtc'\n"
    "  and not exists (select 1 from _dtc.objects v\n"
    "                  where replace(lower(v.place), chr(34), '') || '__violations' =\n"
    "                        lower(f.schema_name || '.' || f.object_name))\n"
    "order by f.schema_name, f.object_name";

struct observing {
    struct dtc *ctx;
    struct observed *out;
    struct buf print; /* what the fingerprint is of */
};

static const char *text(struct observing *o, struct engine_result *rows, uint32_t column)
{
    struct engine_value value = engine_value(rows, column);
    return value.null ? NULL : arena_str(&o->ctx->arena, value.text).p;
}

/* The engine's spelling of types to that of the dialect: decimal(12,2) and its like. */
static const char *dialect_types(struct observing *o, const char *columns)
{
    struct buf out;
    const char *kept;
    buf_init(&out);
    for (const char *p = columns ? columns : ""; *p; p++) {
        static const char zone[] = "timestamp with time zone";
        if (strncmp(p, zone, sizeof zone - 1) == 0) {
            buf_puts(&out, "timestamptz");
            p += sizeof zone - 2;
        } else {
            buf_putc(&out, *p);
            if (*p == ',' && p[1] != ' ')
                buf_putc(&out, ' ');
        }
    }
    kept = arena_str(&o->ctx->arena, buf_view(&out)).p;
    buf_fini(&out);
    return kept ? kept : "";
}

static bool is_view(const char *kind)
{
    return strcmp(kind, "view") == 0;
}

/* The mark is the last line of the comment. */
static bool is_marked(const char *comment)
{
    const char *line = comment ? strrchr(comment, '\n') : NULL;
    line = line ? line + 1 : comment;
    return line && strncmp(line, "dtc:", 4) == 0;
}

/* Is the line one of those of the text? */
static bool has_line(const char *text, struct str line)
{
    for (const char *p = text; p && *p;) {
        size_t n = strcspn(p, "\n");
        if (str_eq(str_make(p, n), line))
            return true;
        p += p[n] ? n + 1 : n;
    }
    return false;
}

/* The first line of a text that the other does not have; empty when there is none. */
static struct str only_in(const char *text, const char *other)
{
    for (const char *p = text; p && *p;) {
        size_t n = strcspn(p, "\n");
        if (!has_line(other, str_make(p, n)))
            return str_make(p, n);
        p += p[n] ? n + 1 : n;
    }
    return (struct str){0};
}

/* The query of a view follows its inputs, and what was added to a table that is loaded is in
 * nobody's way. */
static const char *drift(struct observing *o, const struct observed_object *object,
                         const char *columns, const char *left)
{
    struct str gone = only_in(left, columns), added = only_in(columns, left);
    if (!left || is_view(object->kind))
        return NULL;
    if (gone.n > 0)
        return arena_printf(&o->ctx->arena, "without %" STR_F, STR_A(gone));
    if (added.n > 0 && object->query_hash)
        return arena_printf(&o->ctx->arena, "with %" STR_F, STR_A(added));
    return NULL;
}

static void add_object(struct observing *o, struct engine_result *rows)
{
    struct arena *arena = &o->ctx->arena;
    struct observed_object *object = VEC_PUSH(&o->out->objects);
    const char *schema = text(o, rows, 0), *name = text(o, rows, 1), *found = text(o, rows, 2);
    const char *comment = text(o, rows, 3), *kind = text(o, rows, 6);
    const char *columns = dialect_types(o, text(o, rows, 4)), *place = text(o, rows, 9);
    object->ours = kind && is_marked(comment) && is_view(kind) == is_view(found);
    object->place = arena_printf(arena, "%s.%s", schema, name);
    object->name = object->place;
    object->kind = found;
    object->columns_text = columns;
    if (object->ours) {
        object->name = text(o, rows, 5);
        object->kind = kind;
        object->query_hash = text(o, rows, 7);
        object->settings = text(o, rows, 8);
        object->place = place;
        object->comment = text(o, rows, 10);
        object->columns_text = text(o, rows, 11);
        object->drift = drift(o, object, text(o, rows, 4), text(o, rows, 12));
        if (object->drift)
            object->columns_text = columns;
    }
    buf_printf(&o->print, "%s\x1f%s\x1f%d\x1f%s\x1f%s\x1f%s\x1f%s\n", object->place, object->kind,
               object->ours, columns, object->query_hash ? object->query_hash : "",
               object->settings ? object->settings : "", comment ? comment : "");
}

/* Without a catalogue the same query runs against an empty one. */
static enum engine_status open_query(struct engine *engine, struct engine_result **rows)
{
    static const char none[] =
        "with remembered(name, kind, query_hash, settings, place, comment, columns_text, "
        "definition) "
        "as (select null, null, null, null, null, null, null, null limit 0), ";
    bool exists = false;
    struct buf sql;
    enum engine_status status = catalog_exists(engine, &exists);
    if (status != ENGINE_OK)
        return status;
    buf_init(&sql);
    if (exists) {
        buf_puts(&sql, with_catalog);
    } else {
        buf_puts(&sql, none);
        for (const char *p = with_catalog + 5; *p; p++) {
            if (strncmp(p, "_dtc.objects", 12) == 0) {
                buf_puts(&sql, "remembered");
                p += 11;
            } else {
                buf_putc(&sql, *p);
            }
        }
    }
    status = engine_query(engine, buf_view(&sql), rows);
    buf_fini(&sql);
    return status;
}

enum target_status duckdb_observe(struct target *target, struct observed *out)
{
    struct duckdb_state *state = target->state;
    struct observing o = {.ctx = target->ctx, .out = out};
    struct engine_result *rows = NULL;
    bool ok = true;
    buf_init(&o.print);
    if (state->engine) {
        ok = open_query(state->engine, &rows) == ENGINE_OK;
        while (ok && engine_next(rows))
            add_object(&o, rows);
        ok = engine_done(rows) == ENGINE_OK && ok;
    }
    out->fingerprint = plan_hash(&target->ctx->arena, buf_view(&o.print));
    buf_fini(&o.print);
    return ok ? TARGET_OK
              : engine_report(target->ctx, state->engine, state->path, SPAN_NONE,
                              "the database could not be read");
}
