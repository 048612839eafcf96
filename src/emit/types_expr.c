/* types_expr.c - the type of one expression.
 *
 * Owns: Snowflake's rules for literals, arithmetic, casts, conditionals and the calls whose row in
 * the catalogue says how the result follows. Does not own: scopes of FROM (types.c). The idea:
 * children first, then a rule by kind of node; whatever has no rule is unknown. */
#include "emit/types_scope.h"
#include "model/functions.h"

static const struct type unknown = {TYPE_UNKNOWN, 0, 0};

static struct type number(unsigned precision, unsigned scale)
{
    if (precision > 38)
        precision = 38;
    return (struct type){TYPE_NUMBER, (uint8_t)precision, (uint8_t)scale};
}

static unsigned whole_digits(struct type t)
{
    return t.precision >= t.scale ? (unsigned)(t.precision - t.scale) : 0u;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* An untyped NULL counts as NUMBER(18, scale of the other), without a scale beside * and /. */
static struct type as_operand(enum op op, struct type t, struct type other)
{
    bool scaled = op != OP_MULTIPLY && op != OP_DIVIDE;
    return t.kind == TYPE_NULL ? number(18, scaled ? other.scale : 0u) : t;
}

struct type types_divide(struct type a, struct type b)
{
    unsigned scale = a.scale + 6u < 12u ? a.scale + 6u : 12u;
    scale = larger(a.scale, scale);
    return number(whole_digits(a) + b.scale + scale, scale);
}

struct type types_common(struct type a, struct type b)
{
    if (a.kind == TYPE_NULL)
        return b;
    if (b.kind == TYPE_NULL)
        return a;
    if (a.kind == TYPE_NUMBER && b.kind == TYPE_NUMBER) {
        unsigned scale = larger(a.scale, b.scale);
        return number(larger(whole_digits(a), whole_digits(b)) + scale, scale);
    }
    if (a.kind == b.kind)
        return a;
    if ((a.kind == TYPE_FLOAT && b.kind == TYPE_NUMBER) ||
        (b.kind == TYPE_FLOAT && a.kind == TYPE_NUMBER))
        return (struct type){TYPE_FLOAT, 0, 0};
    if ((a.kind == TYPE_DATE && b.kind == TYPE_TIMESTAMP) ||
        (b.kind == TYPE_DATE && a.kind == TYPE_TIMESTAMP))
        return (struct type){TYPE_TIMESTAMP, 0, 0};
    return unknown;
}

/* --- declared types ------------------------------------------------------------------------------
 */

static const struct {
    const char *word;
    uint8_t kind;
} type_words[] = {
    {"NUMBER", TYPE_NUMBER},
    {"DECIMAL", TYPE_NUMBER},
    {"DEC", TYPE_NUMBER},
    {"NUMERIC", TYPE_NUMBER},
    {"INT", TYPE_NUMBER},
    {"INTEGER", TYPE_NUMBER},
    {"BIGINT", TYPE_NUMBER},
    {"SMALLINT", TYPE_NUMBER},
    {"TINYINT", TYPE_NUMBER},
    {"BYTEINT", TYPE_NUMBER},
    {"FLOAT", TYPE_FLOAT},
    {"FLOAT4", TYPE_FLOAT},
    {"FLOAT8", TYPE_FLOAT},
    {"DOUBLE", TYPE_FLOAT},
    {"DOUBLE PRECISION", TYPE_FLOAT},
    {"REAL", TYPE_FLOAT},
    {"VARCHAR", TYPE_TEXT},
    {"STRING", TYPE_TEXT},
    {"TEXT", TYPE_TEXT},
    {"CHAR", TYPE_TEXT},
    {"CHARACTER", TYPE_TEXT},
    {"NCHAR", TYPE_TEXT},
    {"NVARCHAR", TYPE_TEXT},
    {"NVARCHAR2", TYPE_TEXT},
    {"CHAR VARYING", TYPE_TEXT},
    {"CHARACTER VARYING", TYPE_TEXT},
    {"NCHAR VARYING", TYPE_TEXT},
    {"BINARY", TYPE_BINARY},
    {"VARBINARY", TYPE_BINARY},
    {"BOOLEAN", TYPE_BOOLEAN},
    {"DATE", TYPE_DATE},
    {"TIME", TYPE_TIME},
    {"DATETIME", TYPE_TIMESTAMP},
    {"TIMESTAMP", TYPE_TIMESTAMP},
    {"TIMESTAMP_NTZ", TYPE_TIMESTAMP},
    {"TIMESTAMPNTZ", TYPE_TIMESTAMP},
    {"TIMESTAMP WITHOUT TIME ZONE", TYPE_TIMESTAMP},
    {"TIMESTAMP_LTZ", TYPE_TIMESTAMP_TZ},
    {"TIMESTAMPLTZ", TYPE_TIMESTAMP_TZ},
    {"TIMESTAMP WITH LOCAL TIME ZONE", TYPE_TIMESTAMP_TZ},
    {"TIMESTAMP_TZ", TYPE_TIMESTAMP_TZ},
    {"TIMESTAMPTZ", TYPE_TIMESTAMP_TZ},
    {"TIMESTAMP WITH TIME ZONE", TYPE_TIMESTAMP_TZ},
    {"VARIANT", TYPE_VARIANT},
    {"ARRAY", TYPE_ARRAY},
    {"OBJECT", TYPE_OBJECT},
};

static unsigned digits_value(struct str s)
{
    unsigned value = 0;
    for (size_t i = 0; i < s.n && value < 1000; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            value = value * 10 + (unsigned)(s.p[i] - '0');
    }
    return value;
}

struct type types_declared(const struct tree *tree, const struct interner *names, node_t type)
{
    struct str word = sym_text(names, tree_at(tree, type)->sym);
    struct type out = unknown;
    unsigned sizes[2] = {38, 0}, n = 0;
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (str_is(word, type_words[i].word))
            out.kind = type_words[i].kind;
    }
    if (out.kind != TYPE_NUMBER)
        return out;
    TREE_EACH(tree, type, size)
    {
        if (tree_kind(tree, size) == NODE_NUMBER && n < 2)
            sizes[n++] = digits_value(sym_text(names, tree_at(tree, size)->sym));
    }
    return number(sizes[0], sizes[1]);
}

/* --- literals, operators
 * --------------------------------------------------------------------------- */

/* 1.50 is NUMBER(2,1): trailing zeros do not count, a leading 0 does; exponents are folded in,
 * which is rare enough to be unknown here. */
static struct type literal(struct str text)
{
    unsigned whole = 0, fraction = 0, zeros = 0;
    bool point = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == 'e' || c == 'E')
            return unknown;
        if (c == '.') {
            point = true;
            continue;
        }
        if (!point) {
            whole += whole > 0 || c != '0';
            continue;
        }
        fraction++;
        zeros = c == '0' ? zeros + 1 : 0;
    }
    fraction -= zeros;
    return number(larger(whole, 1) + fraction, fraction);
}

static struct type times(struct type a, struct type b)
{
    unsigned scale = (unsigned)a.scale + b.scale;
    unsigned cap = larger(larger(a.scale, b.scale), 12);
    if (scale > cap)
        scale = cap;
    return number(whole_digits(a) + whole_digits(b) + scale, scale);
}

static struct type modulo(struct type a, struct type b)
{
    unsigned scale = larger(a.scale, b.scale);
    return number(larger(larger(whole_digits(a), whole_digits(b)), 2) + scale, scale);
}

static bool is_time(struct type t)
{
    return t.kind == TYPE_DATE || t.kind == TYPE_TIMESTAMP || t.kind == TYPE_TIMESTAMP_TZ;
}

static struct type arithmetic(enum op op, struct type a, struct type b)
{
    if (a.kind == TYPE_NULL || b.kind == TYPE_NULL) {
        struct type left = as_operand(op, a, b);
        b = as_operand(op, b, a);
        a = left;
    }
    if (a.kind == TYPE_DATE && b.kind == TYPE_DATE && op == OP_SUBTRACT)
        return number(9, 0);
    if (is_time(a) && (b.kind == TYPE_NUMBER || b.kind == TYPE_INTERVAL))
        return a;
    if (a.kind == TYPE_FLOAT || b.kind == TYPE_FLOAT || a.kind == TYPE_VARIANT ||
        b.kind == TYPE_VARIANT)
        return (struct type){TYPE_FLOAT, 0, 0};
    if (a.kind != TYPE_NUMBER || b.kind != TYPE_NUMBER)
        return unknown;
    if (op == OP_MULTIPLY)
        return times(a, b);
    if (op == OP_DIVIDE)
        return types_divide(a, b);
    if (op == OP_MODULO)
        return modulo(a, b);
    unsigned scale = larger(a.scale, b.scale);
    return number(larger(whole_digits(a), whole_digits(b)) + 1 + scale, scale);
}

static struct type operation(const struct types_reader *r, node_t node)
{
    enum op op = (enum op)tree_at(r->tree, node)->op;
    node_t left = tree_first(r->tree, node);
    if (op == OP_CONCAT)
        return (struct type){TYPE_TEXT, 0, 0};
    if (op < OP_ADD || op > OP_MODULO)
        return (struct type){TYPE_BOOLEAN, 0, 0};
    return arithmetic(op, r->nodes[left], r->nodes[tree_next(r->tree, left)]);
}

/* --- calls ---------------------------------------------------------------------------------------
 */

#define ARGUMENTS 16

static struct type common_from(const struct type *args, uint32_t n, uint32_t from)
{
    struct type out = {TYPE_NULL, 0, 0};
    for (uint32_t i = from; i < n && i < ARGUMENTS; i++)
        out = types_common(out, args[i]);
    return out;
}

static struct type sum(struct type t)
{
    if (t.kind == TYPE_NUMBER)
        return number(t.precision + 12u, t.scale);
    return t.kind == TYPE_TEXT || t.kind == TYPE_VARIANT || t.kind == TYPE_FLOAT
               ? (struct type){TYPE_FLOAT, 0, 0}
               : unknown;
}

static struct type average(struct type t, bool framed)
{
    unsigned scale;
    if (t.kind != TYPE_NUMBER)
        return sum(t);
    if (framed)
        return number(t.precision + 15u, t.scale + 3u);
    scale = larger(t.scale, t.scale + 6u < 12u ? t.scale + 6u : 12u);
    return number(whole_digits(t) + 12u + scale, scale);
}

/* OVER without an ORDER BY, or with an explicit frame: AVG then has another scale. */
static bool is_framed(const struct types_reader *r, node_t call)
{
    node_t over = tree_child(r->tree, call, NODE_OVER);
    return over != 0 && (tree_child(r->tree, over, NODE_ORDER_BY) == 0 ||
                         tree_child(r->tree, over, NODE_FRAME) != 0);
}

static bool small_part(const struct types_reader *r, node_t part)
{
    static const char *const words[] = {"HOUR", "MINUTE", "SECOND", "MILLI", "MICRO", "NANO"};
    struct str text = sym_text(r->names, tree_at(r->tree, part)->sym);
    char upper[8] = "";
    size_t n = 0;
    for (size_t i = 0; i < text.n && n + 1 < sizeof upper; i++) {
        char c = text.p[i];
        if (c == '\'')
            continue;
        upper[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strncmp(upper, words[i], strlen(words[i]) < 4 ? strlen(words[i]) : 4) == 0)
            return true;
    }
    return false;
}

static struct type to_number(const struct types_reader *r, node_t call)
{
    unsigned sizes[2] = {38, 0}, n = 0;
    uint32_t i = 0;
    TREE_EACH(r->tree, call, child)
    {
        /* the name and the value come first; a format may stand between */
        if (i++ >= 2 && tree_kind(r->tree, child) == NODE_NUMBER && n < 2)
            sizes[n++] = digits_value(sym_text(r->names, tree_at(r->tree, child)->sym));
    }
    return number(sizes[0], sizes[1]);
}

static struct type round_type(const struct types_reader *r, struct type t, node_t digits)
{
    if (t.kind != TYPE_NUMBER || tree_kind(r->tree, digits) != NODE_NUMBER)
        return t.kind == TYPE_FLOAT ? t : unknown;
    unsigned scale = digits_value(sym_text(r->names, tree_at(r->tree, digits)->sym));
    return number(whole_digits(t) + 1u + (scale < t.scale ? scale : t.scale),
                  scale < t.scale ? scale : t.scale);
}

static struct type call_result(const struct types_reader *r, node_t call,
                               const struct function_row *row, const struct type *args,
                               const node_t *nodes, uint32_t n)
{
    struct type first = n > 0 ? args[0] : unknown;
    switch (row->result) {
    case RESULT_UNKNOWN:
        return unknown;
    case RESULT_FIRST:
        return first;
    case RESULT_COMMON:
        return common_from(args, n, 0);
    case RESULT_COMMON_2:
        return common_from(args, n, 1);
    case RESULT_SUM:
        return sum(first);
    case RESULT_RATIO:
        return arithmetic(OP_DIVIDE, first, sum(first));
    case RESULT_AVERAGE:
        return average(first, is_framed(r, call));
    case RESULT_DIVIDE:
        return arithmetic(OP_DIVIDE, first, n > 1 ? args[1] : unknown);
    case RESULT_MODULO:
        return arithmetic(OP_MODULO, first, n > 1 ? args[1] : unknown);
    case RESULT_ROUND:
        return n > 1 ? round_type(r, first, nodes[1]) : first;
    case RESULT_WHOLE:
        return first.kind == TYPE_FLOAT ? first : number(38, 0);
    case RESULT_COUNT:
        return number(18, 0);
    case RESULT_DAYS:
        return number(9, 0);
    case RESULT_TO_NUMBER:
        return to_number(r, call);
    case RESULT_DATE_ADD:
        if (n > 2 && args[2].kind == TYPE_DATE && small_part(r, nodes[0]))
            return (struct type){TYPE_TIMESTAMP, 0, 0};
        return n > 2 ? args[2] : unknown;
    case RESULT_DATE_TRUNC:
        return n > 1 ? args[1] : unknown;
    case RESULT_THIRD_OR_FIRST:
        return first;
    case RESULT_TEXT:
        return (struct type){TYPE_TEXT, 0, 0};
    case RESULT_FLOAT:
        return (struct type){TYPE_FLOAT, 0, 0};
    case RESULT_BOOLEAN:
        return (struct type){TYPE_BOOLEAN, 0, 0};
    case RESULT_DATE:
        return (struct type){TYPE_DATE, 0, 0};
    case RESULT_TIME:
        return (struct type){TYPE_TIME, 0, 0};
    case RESULT_TIMESTAMP:
        return (struct type){TYPE_TIMESTAMP, 0, 0};
    case RESULT_TIMESTAMP_TZ:
        return (struct type){TYPE_TIMESTAMP_TZ, 0, 0};
    case RESULT_VARIANT:
        return (struct type){TYPE_VARIANT, 0, 0};
    case RESULT_ARRAY:
        return (struct type){TYPE_ARRAY, 0, 0};
    case RESULT_OBJECT:
        return (struct type){TYPE_OBJECT, 0, 0};
    }
    return unknown;
}

static struct type call(const struct types_reader *r, node_t node)
{
    struct type args[ARGUMENTS];
    node_t nodes[ARGUMENTS];
    uint32_t n = 0;
    node_t name = tree_first(r->tree, node);
    const struct function_row *row;
    TREE_EACH(r->tree, node, child)
    {
        enum node_kind kind = tree_kind(r->tree, child);
        if (child == name || kind == NODE_WITHIN_GROUP || kind == NODE_OVER)
            continue;
        if (n < ARGUMENTS) {
            args[n] = r->nodes[child];
            nodes[n] = child;
        }
        n++;
    }
    if (tree_first(r->tree, name) != 0)
        return unknown; /* qualified: somebody's own function */
    row = function_find(sym_text(r->names, tree_at(r->tree, name)->sym), n, NULL);
    return row ? call_result(r, node, row, args, nodes, n) : unknown;
}

/* --- names ---------------------------------------------------------------------------------------
 */

static struct type alias_type(const struct types_reader *r, node_t items, sym_t name)
{
    TREE_EACH(r->tree, items, item)
    {
        if (tree_at(r->tree, item)->sym == name)
            return r->nodes[tree_first(r->tree, item)];
    }
    return unknown;
}

static struct type column(const struct types_reader *r, node_t node,
                          const struct types_scope *scope)
{
    sym_t name = tree_at(r->tree, node)->sym, qualifier = 0;
    TREE_EACH(r->tree, node, part)
    qualifier = tree_at(r->tree, part)->sym;
    for (; scope; scope = scope->outer) {
        for (const struct types_source *s = scope->sources; s; s = s->next) {
            if (qualifier != 0 && s->alias != qualifier)
                continue;
            for (uint32_t i = 0; i < s->columns.n; i++) {
                if (s->columns.at[i].name == name)
                    return s->columns.at[i].type;
            }
        }
        if (qualifier == 0 && scope->items != 0) {
            struct type type = alias_type(r, scope->items, name);
            if (type.kind != TYPE_UNKNOWN)
                return type;
        }
    }
    return unknown;
}

static struct type case_type(const struct types_reader *r, node_t node)
{
    struct type out = {TYPE_NULL, 0, 0};
    TREE_EACH(r->tree, node, part)
    {
        if (tree_kind(r->tree, part) == NODE_WHEN)
            out = types_common(out, r->nodes[tree_nth(r->tree, part, 1)]);
        else if (tree_kind(r->tree, part) == NODE_ELSE)
            out = types_common(out, r->nodes[tree_first(r->tree, part)]);
    }
    return out;
}

static struct type typed_literal(struct str word)
{
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (str_is(word, type_words[i].word))
            return (struct type){type_words[i].kind, 0, 0};
    }
    return unknown;
}

/* A parameter has the type of its declaration. */
static struct type parameter(const struct types_reader *r, node_t node)
{
    const struct model *model = r->types->model;
    for (uint32_t i = 0; i < model->params.n; i++) {
        const struct param *param = &model->params.at[i];
        const struct tree *tree = model_tree(model, param->decl.file);
        if (param->name != tree_at(r->tree, node)->sym)
            continue;
        node_t type = tree_child(tree, param->decl.node, NODE_TYPE);
        return type ? types_declared(tree, r->names, type) : unknown;
    }
    return unknown;
}

static struct type by_kind(const struct types_reader *r, node_t node, struct types_scope *scope)
{
    node_t first = tree_first(r->tree, node);
    sym_t sym = tree_at(r->tree, node)->sym;
    switch ((int)tree_kind(r->tree, node)) {
    case NODE_NUMBER:
        return literal(sym_text(r->names, sym));
    case NODE_STRING:
    case NODE_DOLLAR_STRING:
        return (struct type){TYPE_TEXT, 0, 0};
    case NODE_NULL:
        return (struct type){TYPE_NULL, 0, 0};
    case NODE_INTERVAL:
        return (struct type){TYPE_INTERVAL, 0, 0};
    case NODE_TYPED:
        return typed_literal(sym_text(r->names, sym));
    case NODE_VARIABLE:
        return parameter(r, node);
    case NODE_COLUMN:
        return column(r, node, scope);
    case NODE_PAREN:
        return r->nodes[first];
    case NODE_UNARY:
        return tree_at(r->tree, node)->op == OP_NOT ? (struct type){TYPE_BOOLEAN, 0, 0}
                                                    : r->nodes[first];
    case NODE_OPERATION:
        return operation(r, node);
    case NODE_BOOLEAN:
    case NODE_AND:
    case NODE_OR:
    case NODE_IS_NULL:
    case NODE_IS_BOOLEAN:
    case NODE_IS_DISTINCT:
    case NODE_LIKE:
    case NODE_IN:
    case NODE_BETWEEN:
    case NODE_EXISTS:
    case NODE_QUANTIFIED:
        return (struct type){TYPE_BOOLEAN, 0, 0};
    case NODE_CASE:
        return case_type(r, node);
    case NODE_CAST:
        return types_declared(r->tree, r->names, tree_child(r->tree, node, NODE_TYPE));
    case NODE_PATH:
    case NODE_SUBSCRIPT:
        return (struct type){TYPE_VARIANT, 0, 0};
    case NODE_ARRAY:
        return (struct type){TYPE_ARRAY, 0, 0};
    case NODE_MAPPING:
        return (struct type){TYPE_OBJECT, 0, 0};
    case NODE_EXTRACT:
    case NODE_LOCATE:
        return number(18, 0);
    case NODE_CALL:
        return call(r, node);
    default:
        return unknown;
    }
}

struct type types_expression(const struct types_reader *r, node_t node, struct types_scope *scope)
{
    struct type type = unknown;
    if (tree_kind(r->tree, node) == NODE_QUERY) {
        struct types_columns columns = types_query(r, node, scope);
        if (columns.n == 1)
            type = columns.at[0].type;
        r->nodes[node] = type;
        return type;
    }
    TREE_EACH(r->tree, node, child)
    {
        struct type inner = types_expression(r, child, scope);
        if (tree_kind(r->tree, node) == NODE_SUBQUERY)
            type = inner;
    }
    if (tree_kind(r->tree, node) != NODE_SUBQUERY)
        type = by_kind(r, node, scope);
    r->nodes[node] = type;
    return type;
}
