/* duckdb_cast.c - types, casts and paths into a VARIANT in DuckDB's SQL.
 *
 * Owns: the mapping of types, JSON paths, the text of a VARIANT, Snowflake's division. Does not
 * own: functions (duckdb_call.c). The idea: VARIANT, OBJECT and ARRAY are JSON. A chain of keys and
 * subscripts is one JSON path; a cast of it reads the value as text first, because that is where
 * both agree. NUMBER without a scale and wider than 18 digits is BIGINT: int128 is slow to scan,
 * and overflow is an error, not a wrap. */
#include "emit/duckdb.h"
#include "syntax/parse.h"
#include <stdio.h>

/* --- types ---------------------------------------------------------------------------------------
 */

bool duckdb_type(struct buf *out, struct type type)
{
    static const char *const names[] = {
        [TYPE_FLOAT] = "double",
        [TYPE_TEXT] = "varchar",
        [TYPE_BOOLEAN] = "boolean",
        [TYPE_DATE] = "date",
        [TYPE_TIME] = "time",
        [TYPE_TIMESTAMP] = "timestamp",
        [TYPE_TIMESTAMP_TZ] = "timestamptz",
        [TYPE_BINARY] = "blob",
        [TYPE_VARIANT] = "json",
        [TYPE_ARRAY] = "json",
        [TYPE_OBJECT] = "json",
    };
    if (type.kind == TYPE_NUMBER) {
        if (type.scale == 0 && type.precision > 18)
            buf_puts(out, "bigint");
        else
            buf_printf(out, "decimal(%u, %u)", type.precision, type.scale);
        return true;
    }
    if (type.kind >= sizeof names / sizeof *names || !names[type.kind])
        return false;
    buf_puts(out, names[type.kind]);
    return true;
}

bool duckdb_type_node(struct buf *out, const struct model *model, uint32_t file, node_t type)
{
    return duckdb_type(out, types_declared(model_tree(model, file), &model->ctx->names, type));
}

void duckdb_round_open(struct printer *p, struct type type)
{
    if (type.kind == TYPE_NUMBER)
        print_text(p, "cast(round(");
}

void duckdb_round_close(struct printer *p, struct type type)
{
    char text[48];
    if (type.kind != TYPE_NUMBER)
        return;
    snprintf(text, sizeof text, ", %u) as decimal(%u, %u))", type.scale, type.precision,
             type.scale);
    print_text(p, text);
}

/* --- division
 * -------------------------------------------------------------------------------------- */

/* A divisor that is never zero needs no test: a literal, or NULLIF(x, 0). */
static bool never_zero(const struct emit_state *state, const struct tree *tree, node_t node)
{
    while (tree_kind(tree, node) == NODE_PAREN)
        node = tree_first(tree, node);
    if (tree_kind(tree, node) == NODE_NUMBER) {
        struct str digits = duckdb_text(state, tree_at(tree, node)->sym);
        for (size_t i = 0; i < digits.n; i++) {
            if (digits.p[i] >= '1' && digits.p[i] <= '9')
                return true;
        }
        return false;
    }
    if (tree_kind(tree, node) != NODE_CALL)
        return false;
    struct str name = duckdb_text(state, tree_at(tree, tree_first(tree, node))->sym);
    if (str_is(name, "NULLIFZERO"))
        return true;
    node_t zero = tree_nth(tree, node, 2);
    return str_is(name, "NULLIF") && zero != 0 && tree_kind(tree, zero) == NODE_NUMBER &&
           str_is(duckdb_text(state, tree_at(tree, zero)->sym), "0");
}

void duckdb_divide(struct printer *p, struct emit_state *state, node_t a, node_t b, enum op op,
                   struct type type)
{
    struct type number = {TYPE_FLOAT, 0, 0};
    bool safe = never_zero(state, print_tree_of(p), b);
    bool divide = op == OP_DIVIDE && type.kind == TYPE_NUMBER;
    if (divide)
        duckdb_round_open(p, type);
    else
        print_text(p, "(");
    if (!safe) {
        print_text(p, "case when ");
        duckdb_operand(p, b);
        print_text(p, " = 0 then error('Division by zero') else ");
    }
    duckdb_read(p, state, a, number);
    print_text(p, op == OP_DIVIDE ? " / " : " % ");
    duckdb_read(p, state, b, number);
    print_text(p, safe ? "" : " end");
    if (divide)
        duckdb_round_close(p, type);
    else
        print_text(p, ")");
}

/* --- paths ---------------------------------------------------------------------------------------
 */

static void add_key(struct buf *path, struct str key)
{
    buf_puts(path, ".\"");
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '\'')
            buf_putc(path, '\'');
        if (key.p[i] == '"')
            buf_putc(path, '\\');
        buf_putc(path, key.p[i]);
    }
    buf_putc(path, '"');
}

/* The innermost value of a chain of keys and subscripts, and the JSON path from there. 0 when a
 * subscript is no literal. */
static node_t path_of(struct emit_state *state, const struct tree *tree, node_t node,
                      struct buf *path)
{
    node_t first = tree_first(tree, node), base;
    if (tree_kind(tree, node) == NODE_PATH) {
        base = path_of(state, tree, first, path);
        add_key(path, duckdb_text(state, tree_at(tree, node)->sym));
        return base;
    }
    if (tree_kind(tree, node) != NODE_SUBSCRIPT) {
        buf_puts(path, "$");
        return node;
    }
    base = path_of(state, tree, first, path);
    node_t index = tree_next(tree, first);
    struct str text = duckdb_text(state, tree_at(tree, index)->sym);
    if (tree_kind(tree, index) == NODE_STRING) {
        add_key(path, string_value(&state->model->ctx->arena, text));
    } else if (tree_kind(tree, index) == NODE_NUMBER) {
        buf_printf(path, "[%" STR_F "]", STR_A(text));
    } else {
        emit_fail(state, index, "a subscript that is not a literal has no DuckDB form");
    }
    return base;
}

static void extract(struct printer *p, struct emit_state *state, node_t node, const char *function)
{
    struct buf path;
    node_t base;
    buf_init(&path);
    base = path_of(state, print_tree_of(p), node, &path);
    print_text(p, function);
    print_text(p, "(");
    print_node(p, base);
    print_text(p, ", '");
    print_str(p, buf_view(&path));
    print_text(p, "')");
    buf_fini(&path);
}

bool duckdb_path(struct printer *p, node_t node, struct emit_state *state)
{
    extract(p, state, node, "json_extract");
    return true;
}

void duckdb_read(struct printer *p, struct emit_state *state, node_t node, struct type other)
{
    struct type type = duckdb_type_at(state, node);
    const struct tree *tree = print_tree_of(p);
    struct buf name;
    bool cast = other.kind != TYPE_TEXT;
    node_t inner = node;
    while (tree_kind(tree, inner) == NODE_PAREN)
        inner = tree_first(tree, inner);
    if (type.kind != TYPE_VARIANT || other.kind == TYPE_VARIANT || other.kind == TYPE_UNKNOWN) {
        duckdb_operand(p, node);
        return;
    }
    buf_init(&name);
    if (other.kind == TYPE_NUMBER)
        other = (struct type){TYPE_NUMBER, 38, 9};
    cast = cast && duckdb_type(&name, other);
    print_text(p, cast ? "cast(" : "");
    extract(p, state, inner, "json_extract_string");
    print_text(p, cast ? " as " : "");
    print_str(p, buf_view(&name));
    print_text(p, cast ? ")" : "");
    buf_fini(&name);
}

/* --- casts ---------------------------------------------------------------------------------------
 */

/* A value out of a VARIANT: its text, then the type. A number is read with a fraction and rounded.
 */
static void cast_variant(struct printer *p, struct emit_state *state, node_t e, struct type to,
                         bool attempt)
{
    const char *cast = attempt ? "try_cast(" : "cast(";
    struct buf name;
    if (to.kind == TYPE_VARIANT || to.kind == TYPE_OBJECT || to.kind == TYPE_ARRAY) {
        print_node(p, e);
        return;
    }
    buf_init(&name);
    duckdb_type(&name, to);
    if (to.kind == TYPE_NUMBER && to.scale == 0) {
        print_text(p, cast);
        print_text(p, cast);
        duckdb_read(p, state, e, (struct type){TYPE_TEXT, 0, 0});
        print_text(p, " as decimal(38, 9)) as ");
    } else if (to.kind != TYPE_TEXT) {
        print_text(p, cast);
        duckdb_read(p, state, e, (struct type){TYPE_TEXT, 0, 0});
        print_text(p, " as ");
    } else {
        duckdb_read(p, state, e, to);
    }
    if (to.kind != TYPE_TEXT) {
        print_str(p, buf_view(&name));
        print_text(p, ")");
    }
    buf_fini(&name);
}

bool duckdb_cast(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    node_t e = tree_first(tree, node), type_node = tree_child(tree, node, NODE_TYPE);
    bool attempt = tree_flag(tree, node, FLAG_TRY);
    struct type from = duckdb_type_at(state, e);
    struct type to = types_declared(tree, &state->model->ctx->names, type_node);
    if (tree_child(tree, node, NODE_CAST_OPTION) != 0) {
        emit_fail(state, node, "a cast of a structured type has no DuckDB form");
        return true;
    }
    if (to.kind == TYPE_UNKNOWN) {
        emit_fail(state, type_node, "this type has no DuckDB form");
        return true;
    }
    if (from.kind == TYPE_VARIANT) {
        cast_variant(p, state, e, to, attempt);
        return true;
    }
    if (to.kind == TYPE_VARIANT || to.kind == TYPE_OBJECT || to.kind == TYPE_ARRAY) {
        bool text = from.kind == TYPE_TEXT || from.kind == TYPE_UNKNOWN;
        bool json = from.kind == TYPE_OBJECT || from.kind == TYPE_ARRAY;
        print_text(p, json ? "" : "to_json(");
        if (text && to.kind != TYPE_VARIANT)
            emit_fail(state, node, "a cast of a text to this type has no DuckDB form");
        print_node(p, e);
        print_text(p, json ? "" : ")");
        return true;
    }
    if (from.kind == TYPE_FLOAT && to.kind == TYPE_NUMBER && to.scale == 0) {
        /* DuckDB rounds half to even here, Snowflake away from zero. */
        struct buf name;
        buf_init(&name);
        duckdb_type(&name, to);
        print_text(p, "cast(round(");
        print_node(p, e);
        print_text(p, ") as ");
        print_str(p, buf_view(&name));
        print_text(p, ")");
        buf_fini(&name);
        return true;
    }
    if (from.kind == TYPE_TIMESTAMP && to.kind == TYPE_TEXT) {
        print_text(p, "strftime(");
        print_node(p, e);
        print_text(p, ", '%Y-%m-%d %H:%M:%S.%g')");
        return true;
    }
    return false;
}
