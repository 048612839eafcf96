/* type.c - DuckDB's types: their SQL text and what reading a value of them needs.
 *
 * Owns: the table of type names. Does not own: values (value.c).
 * Idea: a type is read once for a result into a small tree, so that reading a value asks DuckDB
 * nothing about types. */
#include "target/duckdb/internal.h"

/* Indexed by enum duckdb_type; NULL is a type with parts, or one that no result has. */
static const char *const names[] = {
    [DUCKDB_BOOLEAN] = "BOOLEAN",
    [DUCKDB_TINYINT] = "TINYINT",
    [DUCKDB_SMALLINT] = "SMALLINT",
    [DUCKDB_INTEGER] = "INTEGER",
    [DUCKDB_BIGINT] = "BIGINT",
    [DUCKDB_UTINYINT] = "UTINYINT",
    [DUCKDB_USMALLINT] = "USMALLINT",
    [DUCKDB_UINTEGER] = "UINTEGER",
    [DUCKDB_UBIGINT] = "UBIGINT",
    [DUCKDB_FLOAT] = "FLOAT",
    [DUCKDB_DOUBLE] = "DOUBLE",
    [DUCKDB_TIMESTAMP] = "TIMESTAMP",
    [DUCKDB_DATE] = "DATE",
    [DUCKDB_TIME] = "TIME",
    [DUCKDB_INTERVAL] = "INTERVAL",
    [DUCKDB_HUGEINT] = "HUGEINT",
    [DUCKDB_VARCHAR] = "VARCHAR",
    [DUCKDB_BLOB] = "BLOB",
    [DUCKDB_TIMESTAMP_S] = "TIMESTAMP_S",
    [DUCKDB_TIMESTAMP_MS] = "TIMESTAMP_MS",
    [DUCKDB_TIMESTAMP_NS] = "TIMESTAMP_NS",
    [DUCKDB_UUID] = "UUID",
    [DUCKDB_BIT] = "BIT",
    [DUCKDB_TIME_TZ] = "TIME WITH TIME ZONE",
    [DUCKDB_TIMESTAMP_TZ] = "TIMESTAMP WITH TIME ZONE",
    [DUCKDB_UHUGEINT] = "UHUGEINT",
    [DUCKDB_BIGNUM] = "BIGNUM",
    [DUCKDB_SQLNULL] = "\"NULL\"",
    [DUCKDB_TIME_NS] = "TIME_NS",
};

/* A copy in the arena of a text that DuckDB made for us. */
static struct str take_text(const struct duckdb_api *api, struct arena *arena, char *text)
{
    struct str copy = arena_str(arena, str_from(text ? text : ""));
    if (text) {
        api->free(text);
    }
    return copy;
}

static bool is_plain_name(struct str name)
{
    if (name.n == 0 || (name.p[0] >= '0' && name.p[0] <= '9')) {
        return false;
    }
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
            return false;
        }
    }
    return true;
}

static void add_children(const struct duckdb_api *api, struct arena *arena, struct value_type *type,
                         uint64_t n)
{
    type->n = (uint32_t)n;
    type->children = ARENA_ARRAY(arena, struct value_type, n);
    for (uint32_t i = 0; i < type->n; i++) {
        struct duckdb_logical_type *child = NULL;
        if (type->id == DUCKDB_LIST) {
            child = api->list_type_child_type(type->logical);
        } else if (type->id == DUCKDB_ARRAY) {
            child = api->array_type_child_type(type->logical);
        } else if (type->id == DUCKDB_MAP) {
            child = i == 0 ? api->map_type_key_type(type->logical)
                           : api->map_type_value_type(type->logical);
        } else if (type->id == DUCKDB_STRUCT) {
            child = api->struct_type_child_type(type->logical, i);
        } else {
            child = api->union_type_member_type(type->logical, i);
        }
        type_read(api, arena, child, &type->children[i]);
    }
}

/* STRUCT(a INTEGER, "b c" VARCHAR) and UNION(...). */
static void write_members(const struct duckdb_api *api, struct arena *arena, struct buf *out,
                          const struct value_type *type)
{
    bool is_struct = type->id == DUCKDB_STRUCT;
    buf_puts(out, is_struct ? "STRUCT(" : "UNION(");
    for (uint32_t i = 0; i < type->n; i++) {
        struct str name = take_text(api, arena,
                                    is_struct ? api->struct_type_child_name(type->logical, i)
                                              : api->union_type_member_name(type->logical, i));
        buf_puts(out, i ? ", " : "");
        /* The row type of unnamed members has empty names. */
        if (is_plain_name(name)) {
            buf_str(out, name);
        } else if (name.n) {
            engine_quote_name(out, name);
        }
        buf_puts(out, name.n ? " " : "");
        buf_str(out, type->children[i].name);
    }
    buf_putc(out, ')');
}

static void write_enum(const struct duckdb_api *api, struct arena *arena, struct buf *out,
                       const struct value_type *type)
{
    uint32_t n = api->enum_dictionary_size(type->logical);
    buf_puts(out, "ENUM(");
    for (uint32_t i = 0; i < n; i++) {
        buf_puts(out, i ? ", " : "");
        engine_quote_text(out, take_text(api, arena, api->enum_dictionary_value(type->logical, i)));
    }
    buf_putc(out, ')');
}

static void write_name(const struct duckdb_api *api, struct arena *arena, struct value_type *type)
{
    struct buf out;
    buf_init(&out);
    switch (type->id) {
    case DUCKDB_DECIMAL:
        buf_printf(&out, "DECIMAL(%d,%d)", type->width, type->scale);
        break;
    case DUCKDB_ENUM:
        write_enum(api, arena, &out, type);
        break;
    case DUCKDB_LIST:
        buf_printf(&out, "%" STR_F "[]", STR_A(type->children[0].name));
        break;
    case DUCKDB_ARRAY:
        buf_printf(&out, "%" STR_F "[%llu]", STR_A(type->children[0].name),
                   (unsigned long long)type->size);
        break;
    case DUCKDB_MAP:
        buf_printf(&out, "MAP(%" STR_F ", %" STR_F ")", STR_A(type->children[0].name),
                   STR_A(type->children[1].name));
        break;
    case DUCKDB_STRUCT:
    case DUCKDB_UNION:
        write_members(api, arena, &out, type);
        break;
    default: {
        size_t known = sizeof names / sizeof *names;
        size_t id = type->id >= 0 ? (size_t)type->id : known;
        buf_puts(&out, id < known && names[id] ? names[id] : "UNKNOWN");
    }
    }
    type->name = arena_str(arena, buf_view(&out));
    buf_fini(&out);
}

void type_read(const struct duckdb_api *api, struct arena *arena,
               struct duckdb_logical_type *logical, struct value_type *out)
{
    *out = (struct value_type){.logical = logical, .id = api->get_type_id(logical)};
    switch (out->id) {
    case DUCKDB_DECIMAL:
        out->width = api->decimal_width(logical);
        out->scale = api->decimal_scale(logical);
        out->internal = api->decimal_internal_type(logical);
        break;
    case DUCKDB_ENUM:
        out->internal = api->enum_internal_type(logical);
        break;
    case DUCKDB_ARRAY:
        out->size = api->array_type_array_size(logical);
        add_children(api, arena, out, 1);
        break;
    case DUCKDB_LIST:
        add_children(api, arena, out, 1);
        break;
    case DUCKDB_MAP:
        add_children(api, arena, out, 2);
        break;
    case DUCKDB_STRUCT:
        add_children(api, arena, out, api->struct_type_child_count(logical));
        break;
    case DUCKDB_UNION:
        add_children(api, arena, out, api->union_type_member_count(logical));
        break;
    default:
        break;
    }
    struct str alias = take_text(api, arena, api->logical_type_get_alias(logical));
    if (alias.n) {
        out->name = alias;
    } else {
        write_name(api, arena, out);
    }
}

void type_free(const struct duckdb_api *api, struct value_type *type)
{
    for (uint32_t i = 0; i < type->n; i++) {
        type_free(api, &type->children[i]);
    }
    if (type->logical) {
        api->destroy_logical_type(&type->logical);
        type->logical = NULL;
    }
}

bool type_is_readable(const struct value_type *type)
{
    for (uint32_t i = 0; i < type->n; i++) {
        if (!type_is_readable(&type->children[i])) {
            return false;
        }
    }
    size_t id = type->id >= 0 ? (size_t)type->id : 0;
    return type->n > 0 || type->id == DUCKDB_DECIMAL || type->id == DUCKDB_ENUM ||
           (id < sizeof names / sizeof *names && names[id]);
}
