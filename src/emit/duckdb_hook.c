/* duckdb_hook.c - what DuckDB's SQL writes in another way than Snowflake's, by kind of node.
 *
 * Owns: the table from kinds to lowerings, operators, literals, names. Does not own: calls, casts
 * and paths, items of FROM, which have files of their own. The idea: a kind without a row is the
 * same in both. A kind that DuckDB does not have at all is a row with a sentence. Facts: reference
 * of both, and runs of every form on the engine. */
#include "emit/duckdb.h"
#include "syntax/parse.h"

struct duckdb *duckdb_of(struct emit_state *state)
{
    return state->dialect;
}

struct type duckdb_type_at(struct emit_state *state, node_t node)
{
    return types_at(duckdb_of(state)->types, state->file, node);
}

struct str duckdb_text(const struct emit_state *state, sym_t sym)
{
    return sym_text(&state->model->ctx->names, sym);
}

void duckdb_plain(struct printer *p, struct emit_state *state, node_t node)
{
    duckdb_of(state)->skip = node;
    print_node(p, node);
}

void duckdb_operand(struct printer *p, node_t node)
{
    bool bare = false;
    switch ((int)tree_kind(print_tree_of(p), node)) {
    case NODE_NUMBER:
    case NODE_STRING:
    case NODE_DOLLAR_STRING:
    case NODE_NULL:
    case NODE_BOOLEAN:
    case NODE_COLUMN:
    case NODE_VARIABLE:
    case NODE_PAREN:
    case NODE_SUBQUERY:
    case NODE_CALL:
    case NODE_CASE:
    case NODE_CAST:
    case NODE_PATH:
    case NODE_SUBSCRIPT:
    case NODE_TYPED:
        bare = true;
    }
    print_text(p, bare ? "" : "(");
    print_node(p, node);
    print_text(p, bare ? "" : ")");
}

/* --- names ---------------------------------------------------------------------------------------
 */

/* Reserved in DuckDB (duckdb_keywords(), category reserved) and no reserved word of Snowflake. */
static const char *const reserved[] = {
    "ANALYSE", "ANALYZE",   "ARRAY",     "ASC",        "ASYMMETRIC",   "BOTH",
    "CASE",    "CAST",      "COLLATE",   "CONSTRAINT", "DEFAULT",      "DEFERRABLE",
    "DESC",    "DESCRIBE",  "DO",        "END",        "EXCEPT",       "FALSE",
    "FETCH",   "FOREIGN",   "INITIALLY", "LAMBDA",     "LATERAL",      "LEADING",
    "LIMIT",   "OFFSET",    "ONLY",      "PIVOT",      "PIVOT_LONGER", "PIVOT_WIDER",
    "PLACING", "PRIMARY",   "QUALIFY",   "REFERENCES", "RETURNING",    "SHOW",
    "SOME",    "SUMMARIZE", "SYMMETRIC", "TRAILING",   "TRUE",         "UNPIVOT",
    "USING",   "VARIADIC",  "WHEN",      "WINDOW",
};

bool duckdb_reserved(struct str name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++) {
        if (str_eq_nocase(name, str_from(reserved[i])))
            return true;
    }
    return false;
}

void duckdb_symbol(struct buf *out, const struct model *model, sym_t symbol)
{
    bool quote = duckdb_reserved(sym_text(&model->ctx->names, symbol));
    if (quote)
        buf_putc(out, '"');
    emit_symbol(out, model, symbol);
    if (quote)
        buf_putc(out, '"');
}

static bool needs_quotes(const struct emit_state *state, const struct tree *tree, node_t node)
{
    return tree_at(tree, node)->sym != 0 && !tree_flag(tree, node, FLAG_QUOTED) &&
           duckdb_reserved(duckdb_text(state, tree_at(tree, node)->sym));
}

static void print_symbol(struct printer *p, const struct emit_state *state, node_t node)
{
    struct buf name;
    buf_init(&name);
    duckdb_symbol(&name, state->model, tree_at(print_tree_of(p), node)->sym);
    print_str(p, buf_view(&name));
    buf_fini(&name);
}

static bool print_name(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    if (emit_print_name(p, node, state, &dialect_duckdb))
        return true;
    if (tree_kind(tree, node) == NODE_OBJECT || !needs_quotes(state, tree, node))
        return false;
    TREE_EACH(tree, node, part)
    {
        print_node(p, part);
        print_text(p, ".");
    }
    print_symbol(p, state, node);
    return true;
}

/* An item or a CTE whose own name is a word that DuckDB keeps for itself. */
static bool print_item(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    if (!needs_quotes(state, tree, node))
        return false;
    print_node(p, tree_first(tree, node));
    print_text(p, " as ");
    print_symbol(p, state, node);
    return true;
}

static bool print_alias(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    const char *separator = "(";
    if (!needs_quotes(state, tree, node))
        return false;
    print_text(p, "as ");
    print_symbol(p, state, node);
    TREE_EACH(tree, node, column)
    {
        print_text(p, separator);
        print_node(p, column);
        separator = ", ";
    }
    print_text(p, tree_first(tree, node) != 0 ? ")" : "");
    return true;
}

static bool print_variable(struct printer *p, node_t node, struct emit_state *state)
{
    if (!emit_print_name(p, node, state, &dialect_duckdb))
        emit_fail(state, node, "a session variable has no value here");
    return true;
}

/* --- literals
 * -------------------------------------------------------------------------------------- */

void duckdb_quote(struct buf *out, struct str text)
{
    buf_putc(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\'')
            buf_putc(out, '\'');
        buf_putc(out, text.p[i]);
    }
    buf_putc(out, '\'');
}

/* DuckDB knows no backslash escapes and no $$ without a match of its own kind: print the value. */
static bool print_string(struct printer *p, node_t node, struct emit_state *state)
{
    struct str raw = duckdb_text(state, tree_at(print_tree_of(p), node)->sym);
    struct str value;
    struct buf text;
    if (raw.n > 0 && *raw.p == '\'' && !memchr(raw.p, '\\', raw.n))
        return false;
    value = string_value(&state->model->ctx->arena, raw);
    buf_init(&text);
    duckdb_quote(&text, value);
    print_str(p, buf_view(&text));
    buf_fini(&text);
    return true;
}

/* INTERVAL '1 day, 2 hours': parts separated by commas, a number alone counts seconds. */
static bool print_interval(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    node_t string = tree_first(tree, node), unit = tree_child(tree, node, NODE_INTERVAL_UNIT);
    struct str text =
        string_value(&state->model->ctx->arena, duckdb_text(state, tree_at(tree, string)->sym));
    struct buf out;
    bool after_number = false;
    if (unit != 0) {
        if (tree_next(tree, unit) != 0)
            emit_fail(state, node, "an interval of two fields has no DuckDB form");
        return false;
    }
    buf_init(&out);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c >= '0' && c <= '9')
            after_number = true;
        if (c == ',' && after_number)
            buf_puts(&out, " seconds");
        if (letter || c == ',')
            after_number = false;
        buf_putc(&out, c == ',' ? ' ' : c);
    }
    buf_puts(&out, after_number ? " seconds" : "");
    print_text(p, "interval '");
    print_str(p, buf_view(&out));
    print_text(p, "'");
    buf_fini(&out);
    return true;
}

/* TIMESTAMP_NTZ '..' and its like: DuckDB has TIMESTAMP and TIMESTAMPTZ. */
static bool print_typed(struct printer *p, node_t node, struct emit_state *state)
{
    struct buf name;
    buf_init(&name);
    if (!duckdb_type(&name, duckdb_type_at(state, node)))
        emit_fail(state, node, "a literal of this type has no DuckDB form");
    print_str(p, buf_view(&name));
    print_text(p, " ");
    print_node(p, tree_first(print_tree_of(p), node));
    buf_fini(&name);
    return true;
}

static bool print_type(struct printer *p, node_t node, struct emit_state *state)
{
    struct buf name;
    buf_init(&name);
    if (duckdb_type_node(&name, state->model, state->file, node))
        print_str(p, buf_view(&name));
    else
        emit_fail(state, node, "this type has no DuckDB form");
    buf_fini(&name);
    return true;
}

/* --- operators
 * ------------------------------------------------------------------------------------- */

static bool print_operation(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    enum op op = (enum op)tree_at(tree, node)->op;
    node_t a = tree_first(tree, node), b = tree_next(tree, a);
    struct type left = duckdb_type_at(state, a), right = duckdb_type_at(state, b);
    if (op == OP_DIVIDE || op == OP_MODULO) {
        duckdb_divide(p, state, a, b, op, duckdb_type_at(state, node));
        return true;
    }
    if (op == OP_CONCAT)
        left = right = (struct type){TYPE_TEXT, 0, 0};
    else if ((left.kind == TYPE_VARIANT) == (right.kind == TYPE_VARIANT))
        return false;
    if (op == OP_CONCAT && duckdb_type_at(state, a).kind != TYPE_VARIANT &&
        duckdb_type_at(state, b).kind != TYPE_VARIANT)
        return false;
    print_text(p, "(");
    duckdb_read(p, state, a, right);
    print_text(p, " ");
    print_text(p, op_text(op));
    print_text(p, " ");
    duckdb_read(p, state, b, left);
    print_text(p, ")");
    return true;
}

/* x LIKE ANY ('a', 'b'): DuckDB has no such list. */
static bool print_like(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    enum op op = (enum op)tree_at(tree, node)->op;
    node_t e = tree_first(tree, node), list = tree_next(tree, e);
    node_t escape = tree_child(tree, node, NODE_ESCAPE);
    bool any = tree_flag(tree, node, FLAG_ANY), all = tree_flag(tree, node, FLAG_ALL);
    struct type text = {TYPE_TEXT, 0, 0};
    bool regular = op == OP_RLIKE || op == OP_REGEXP;
    const char *separator = "";
    if (!any && !all && !regular && duckdb_type_at(state, e).kind != TYPE_VARIANT)
        return false;
    if ((any || all) && tree_kind(tree, list) != NODE_LIST && tree_kind(tree, list) != NODE_PAREN) {
        emit_fail(state, node, "LIKE ANY of a query has no DuckDB form");
        return true;
    }
    node_t pattern = any || all ? tree_first(tree, list) : list;
    print_text(p, tree_flag(tree, node, FLAG_NOT) ? "(not (" : "(");
    for (; pattern != 0; pattern = any || all ? tree_next(tree, pattern) : 0) {
        print_text(p, separator);
        print_text(p, regular ? "regexp_full_match(" : "");
        duckdb_read(p, state, e, text);
        print_text(p, regular ? ", " : op == OP_ILIKE ? " ilike " : " like ");
        duckdb_operand(p, pattern);
        print_text(p, regular ? ")" : "");
        if (escape != 0) {
            print_text(p, " ");
            print_node(p, escape);
        }
        separator = any ? " or " : " and ";
    }
    print_text(p, tree_flag(tree, node, FLAG_NOT) ? "))" : ")");
    return true;
}

static bool print_in(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    node_t e = tree_first(tree, node), list = tree_next(tree, e);
    const char *separator = "(";
    if (duckdb_type_at(state, e).kind != TYPE_VARIANT || tree_kind(tree, list) != NODE_LIST)
        return false;
    duckdb_read(p, state, e, duckdb_type_at(state, tree_first(tree, list)));
    print_text(p, tree_flag(tree, node, FLAG_NOT) ? " not in " : " in ");
    TREE_EACH(tree, list, value)
    {
        print_text(p, separator);
        print_node(p, value);
        separator = ", ";
    }
    print_text(p, ")");
    return true;
}

static bool print_between(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    node_t e = tree_first(tree, node), low = tree_next(tree, e);
    if (duckdb_type_at(state, e).kind != TYPE_VARIANT)
        return false;
    duckdb_read(p, state, e, duckdb_type_at(state, low));
    print_text(p, tree_flag(tree, node, FLAG_NOT) ? " not between " : " between ");
    duckdb_operand(p, low);
    print_text(p, " and ");
    duckdb_operand(p, tree_next(tree, low));
    return true;
}

static bool print_extract(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    duckdb_date_part(p, state, node, duckdb_text(state, tree_at(tree, node)->sym),
                     tree_first(tree, node));
    return true;
}

/* Snowflake takes NULL for the largest value: last when ascending, as DuckDB, first descending. */
static bool print_sort(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    (void)state;
    if (!tree_flag(tree, node, FLAG_DESC) || tree_first(tree, node) == 0 ||
        tree_flag(tree, node, FLAG_NULLS_FIRST | FLAG_NULLS_LAST))
        return false;
    print_node(p, tree_first(tree, node));
    print_text(p, " desc nulls first");
    return true;
}

/* FIRST_VALUE and its like see the whole partition, where DuckDB stops at the current row. */
static bool print_over(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    const char *separator = "over (";
    if (duckdb_of(state)->whole_frame != node)
        return false;
    TREE_EACH(tree, node, part)
    {
        print_text(p, separator);
        print_node(p, part);
        separator = " ";
    }
    if (tree_first(tree, node) == 0)
        print_text(p, separator);
    print_text(p, " rows between unbounded preceding and unbounded following)");
    return true;
}

/* MINUS is EXCEPT. */
static bool print_set(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    const char *separator = "";
    (void)state;
    if (!tree_flag(tree, node, FLAG_MINUS))
        return false;
    TREE_EACH(tree, node, branch)
    {
        print_text(p, separator);
        print_node(p, branch);
        separator = " except ";
    }
    return true;
}

/* [1, 2] and {'k': v}: JSON, as every VARIANT. */
static bool print_array(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    bool array = tree_kind(tree, node) == NODE_ARRAY;
    const char *separator = "";
    print_text(p, array ? "json_array(" : "json_merge_patch('{}', json_object(");
    TREE_EACH(tree, node, part)
    {
        print_text(p, separator);
        separator = ", ";
        if (tree_kind(tree, part) == NODE_SPREAD || tree_kind(tree, part) == NODE_STAR) {
            emit_fail(state, part, "this literal has no DuckDB form");
        } else if (tree_kind(tree, part) == NODE_PAIR) {
            print_node(p, tree_first(tree, part));
            print_text(p, ", ");
            print_node(p, tree_nth(tree, part, 1));
        } else {
            print_node(p, part);
        }
    }
    print_text(p, array ? ")" : "))");
    return true;
}

/* --- the table
 * ------------------------------------------------------------------------------------- */

typedef bool hook_function(struct printer *p, node_t node, struct emit_state *state);

static const struct {
    hook_function *print;
    const char *missing; /* why there is no form at all */
} rows[NODE_KINDS] = {
    [NODE_NAME] = {print_name, NULL},
    [NODE_OBJECT] = {print_name, NULL},
    [NODE_COLUMN] = {print_name, NULL},
    [NODE_VARIABLE] = {print_variable, NULL},
    [NODE_ITEM] = {print_item, NULL},
    [NODE_ALIAS] = {print_alias, NULL},
    [NODE_STRING] = {print_string, NULL},
    [NODE_DOLLAR_STRING] = {print_string, NULL},
    [NODE_INTERVAL] = {print_interval, NULL},
    [NODE_TYPED] = {print_typed, NULL},
    [NODE_TYPE] = {print_type, NULL},
    [NODE_OPERATION] = {print_operation, NULL},
    [NODE_LIKE] = {print_like, NULL},
    [NODE_IN] = {print_in, NULL},
    [NODE_BETWEEN] = {print_between, NULL},
    [NODE_EXTRACT] = {print_extract, NULL},
    [NODE_SORT] = {print_sort, NULL},
    [NODE_OVER] = {print_over, NULL},
    [NODE_SET_OPERATION] = {print_set, NULL},
    [NODE_ARRAY] = {print_array, NULL},
    [NODE_MAPPING] = {print_array, NULL},
    [NODE_CALL] = {duckdb_call, NULL},
    [NODE_CAST] = {duckdb_cast, NULL},
    [NODE_PATH] = {duckdb_path, NULL},
    [NODE_SUBSCRIPT] = {duckdb_path, NULL},
    [NODE_FUNCTION_REF] = {duckdb_table, NULL},
    [NODE_VALUES_REF] = {duckdb_table, NULL},
    [NODE_QUERY_REF] = {duckdb_table, NULL},
    [NODE_BOUNDARY_REF] = {duckdb_table, NULL},
    [NODE_JOIN] = {duckdb_table, NULL},
    [NODE_GROUP_BY] = {duckdb_group, NULL},
    [NODE_IDENTIFIER] = {NULL, "IDENTIFIER() has no DuckDB form"},
    [NODE_HOLE] = {NULL, "a template hole has no DuckDB form"},
    [NODE_BINARY] = {NULL, "a binary literal has no DuckDB form"},
    [NODE_POSITION] = {NULL, "a column by position has no DuckDB form"},
    [NODE_BIND] = {NULL, "a bind variable has no DuckDB form"},
    [NODE_COLLATE] = {NULL, "COLLATE has no DuckDB form"},
    [NODE_OUTER_MARK] = {NULL, "(+) has no DuckDB form: write an outer join"},
    [NODE_METHOD] = {NULL, "a call of a model has no DuckDB form"},
    [NODE_LAMBDA] = {NULL, "a lambda has no DuckDB form"},
    [NODE_TOP] = {NULL, "TOP has no DuckDB form: write LIMIT"},
    [NODE_CONNECT_BY] = {NULL, "CONNECT BY has no DuckDB form"},
    [NODE_INTO] = {NULL, "INTO has no DuckDB form"},
    [NODE_STAR_ILIKE] = {NULL, "* ILIKE has no DuckDB form"},
    [NODE_AT] = {NULL, "time travel has no DuckDB form"},
    [NODE_CHANGES] = {NULL, "CHANGES has no DuckDB form"},
    [NODE_MATCH_RECOGNIZE] = {NULL, "MATCH_RECOGNIZE has no DuckDB form"},
    [NODE_RESAMPLE] = {NULL, "RESAMPLE has no DuckDB form"},
    [NODE_SAMPLE] = {NULL, "SAMPLE has no DuckDB form"},
    [NODE_STAGE_REF] = {NULL, "a stage has no DuckDB form"},
    [NODE_FLOW_REF] = {NULL, "the flow operator has no DuckDB form"},
    [NODE_SEMANTIC_REF] = {NULL, "a semantic view has no DuckDB form"},
};

bool duckdb_hook(struct printer *p, node_t node, void *data)
{
    struct emit_state *state = data;
    enum node_kind kind = tree_kind(print_tree_of(p), node);
    if (duckdb_of(state)->skip == node) {
        duckdb_of(state)->skip = 0;
        return false;
    }
    if (rows[kind].missing) {
        emit_fail(state, node, rows[kind].missing);
        return true;
    }
    return rows[kind].print && rows[kind].print(p, node, state);
}
