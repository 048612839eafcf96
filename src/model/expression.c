/* expression.c - walks an expression and resolves the names in it.
 *
 * Owns which words are no columns: parts of dates, parameters of lambdas, names of functions; and
 * where aggregates and window functions may stand (reference: grouping, windows and errors). A
 * chain of operators is deep on its left, so the walk goes down the first child without recursion.
 */
#include "model/scope.h"

#include "diag/suggest.h"

static const struct kind_row {
    const char *name;
    enum function_kind kind;
} kind_rows[] = {
#define KIND(name, kind) {#name, FUNCTION_##kind},
#include "model/function_kinds.def"
#undef KIND
};

enum function_kind function_kind(struct columns *c, sym_t name)
{
    uint32_t known;
    if (name == 0)
        return FUNCTION_UNKNOWN;
    if (map_get(&c->kinds, name, &known))
        return (enum function_kind)known;
    const char *text = sym_text(&c->ctx->names, name).p;
    enum function_kind kind = FUNCTION_UNKNOWN;
    size_t low = 0, high = sizeof kind_rows / sizeof *kind_rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int by = strcmp(text, kind_rows[middle].name);
        if (by == 0) {
            kind = kind_rows[middle].kind;
            break;
        }
        if (by < 0)
            high = middle;
        else
            low = middle + 1;
    }
    map_set(&c->kinds, name, kind);
    return kind;
}

sym_t call_name(const struct tree *tree, node_t call)
{
    node_t object = tree_first(tree, call);
    if (!object || tree_kind(tree, object) != NODE_OBJECT || tree_first(tree, object))
        return 0;
    return tree_at(tree, object)->sym;
}

/* ------------------------------------------------------------------------------------ parts of
 * dates */

/* The argument that may be a part of a date written as a bare word: a bit for each, from the first.
 */
static unsigned part_arguments(struct str function)
{
    static const struct {
        const char *name;
        unsigned arguments;
    } rows[] = {
        {"DATEADD", 1},  {"DATEDIFF", 1},      {"DATE_PART", 1},   {"DATE_TRUNC", 3},
        {"EXTRACT", 1},  {"TIMEADD", 1},       {"TIMEDIFF", 1},    {"TIMESTAMPADD", 1},
        {"TRUNC", 2},    {"TIMESTAMPDIFF", 1}, {"LAST_DAY", 2},    {"TIME_SLICE", 4},
        {"NEXT_DAY", 2}, {"PREVIOUS_DAY", 2},  {"DATE_BUCKET", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_is(function, rows[i].name))
            return rows[i].arguments;
    return 0;
}

/* clang-format off */
static const char *const date_parts[] = {
    "YEAR", "Y", "YY", "YYY", "YYYY", "YR", "YEARS", "YRS", "MONTH", "MM", "MON", "MONS",
    "MONTHS", "DAY", "D", "DD", "DAYS", "DAYOFMONTH", "DAYOFWEEK", "WEEKDAY", "DOW", "DW",
    "DAYOFWEEKISO", "DAYOFWEEK_ISO", "WEEKDAY_ISO", "DOW_ISO", "DW_ISO", "DAYOFYEAR", "YEARDAY",
    "DOY", "DY", "WEEK", "W", "WK", "WEEKOFYEAR", "WOY", "WY", "WEEKS", "WEEKISO", "WEEK_ISO",
    "WEEKOFYEARISO", "WEEKOFYEAR_ISO", "QUARTER", "Q", "QTR", "QTRS", "QUARTERS", "YEAROFWEEK",
    "YEAROFWEEKISO", "HOUR", "H", "HH", "HR", "HOURS", "HRS", "MINUTE", "M", "MI", "MIN",
    "MINUTES", "MINS", "SECOND", "S", "SEC", "SECONDS", "SECS", "MILLISECOND", "MS", "MSEC",
    "MILLISECONDS", "MICROSECOND", "US", "USEC", "MICROSECONDS", "NANOSECOND", "NS", "NSEC",
    "NANOSEC", "NSECOND", "NANOSECONDS", "NANOSECS", "NSECONDS", "EPOCH_SECOND", "EPOCH",
    "EPOCH_SECONDS", "EPOCH_MILLISECOND", "EPOCH_MILLISECONDS", "EPOCH_MICROSECOND",
    "EPOCH_MICROSECONDS", "EPOCH_NANOSECOND", "EPOCH_NANOSECONDS", "TIMEZONE_HOUR", "TZH",
    "TIMEZONE_MINUTE", "TZM",
};
/* clang-format on */

static bool is_date_part(struct str text)
{
    for (size_t i = 0; i < sizeof date_parts / sizeof *date_parts; i++)
        if (str_is(text, date_parts[i]))
            return true;
    return false;
}

bool is_bare_part(struct columns *c, node_t node)
{
    return tree_kind(c->tree, node) == NODE_COLUMN && !tree_first(c->tree, node) &&
           is_date_part(sym_text(&c->ctx->names, tree_at(c->tree, node)->sym));
}

/* ------------------------------------------------------------------------------------------- calls
 */

static void report_misplaced(struct columns *c, node_t call, const char *why, const char *help)
{
    struct diag *d =
        diag_add(&c->ctx->diags, diag_rule("DT115"), tree_span(c->tree, call), "%s", why);
    diag_help(&c->ctx->diags, d, "%s", help);
    c->r->model->relations.at[c->relation].poisoned = true;
}

static void check_place(struct columns *c, node_t call, bool aggregate, bool window, unsigned place)
{
    if (aggregate && (place & PLACE_NO_AGGREGATE))
        report_misplaced(c, call, "an aggregate has no rows to work on here",
                         "conditions on groups belong in HAVING");
    else if (aggregate && (place & PLACE_IN_AGGREGATE))
        report_misplaced(c, call, "inside another aggregate",
                         "aggregate once in a WITH, and again over its result");
    else if (window && (place & PLACE_NO_WINDOW))
        report_misplaced(c, call, "windows are made after this clause",
                         "conditions on windows belong in QUALIFY");
}

static void check_star(struct columns *c, struct scope *scope, node_t star)
{
    node_t object = tree_child(c->tree, star, NODE_OBJECT);
    if (!object)
        return;
    node_t qualifier = tree_first(c->tree, object);
    sym_t schema = qualifier ? tree_at(c->tree, qualifier)->sym : 0;
    sym_t name = tree_at(c->tree, object)->sym;
    for (struct scope *at = scope; at; at = at->outer)
        if (scope_item(c, at, schema, name) != MODEL_NONE)
            return;
    report_no_item(c, scope, object);
}

static void call(struct columns *c, struct scope *scope, node_t node, unsigned place)
{
    sym_t name = call_name(c->tree, node);
    bool over = tree_child(c->tree, node, NODE_OVER) != 0;
    enum function_kind kind = function_kind(c, name);
    bool aggregate = kind == FUNCTION_AGGREGATE && !over;
    unsigned parts = name ? part_arguments(sym_text(&c->ctx->names, name)) : 0;
    node_t child = tree_first(c->tree, node);
    check_place(c, node, aggregate, over, place);
    if (aggregate)
        place |= PLACE_IN_AGGREGATE;
    else if (over)
        place &= ~(unsigned)PLACE_IN_AGGREGATE;
    if (child && tree_kind(c->tree, child) == NODE_IDENTIFIER)
        child = tree_next(c->tree, child);
    for (; child; child = tree_next(c->tree, child)) {
        enum node_kind child_kind = tree_kind(c->tree, child);
        if (child_kind == NODE_OBJECT)
            continue;
        if (!((parts & 1) && is_bare_part(c, child)))
            expression(c, scope, child, place);
        parts >>= 1;
    }
}

static void lambda(struct columns *c, struct scope *scope, node_t node, unsigned place)
{
    uint32_t before = c->lambdas.n;
    TREE_EACH(c->tree, node, child)
    {
        if (tree_kind(c->tree, child) == NODE_PARAMETER)
            *VEC_PUSH(&c->lambdas) = tree_at(c->tree, child)->sym;
        else
            expression(c, scope, child, place);
    }
    c->lambdas.n = before;
}

static void report_no_param(struct columns *c, node_t node, sym_t name)
{
    const struct model *model = c->r->model;
    struct suggest near = suggest_begin(sym_text(&c->ctx->names, name));
    struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT109"), tree_span(c->tree, node),
                              "no `param` declares it");
    for (uint32_t i = 0; i < model->params.n; i++)
        suggest_offer(&near, sym_text(&c->ctx->names, model->params.at[i].name));
    if (near.best.n)
        diag_help(&c->ctx->diags, d, "did you mean `$%s`",
                  shown_name(c->ctx, sym_find(&c->ctx->names, near.best)));
    else
        diag_help(&c->ctx->diags, d, "declare it: `param %s integer default 30`",
                  shown_name(c->ctx, name));
}

/* In a script $name is a variable of the session. */
static void variable(struct columns *c, node_t node)
{
    struct resolver *r = c->r;
    uint32_t known;
    sym_t name = tree_at(c->tree, node)->sym;
    if (c->script)
        return;
    if (!map_get(&r->params, name, &known)) {
        report_no_param(c, node, name);
        return;
    }
    const struct param *param = &r->model->params.at[known];
    if (param->value || param->set ||
        tree_child(model_tree(r->model, param->decl.file), param->decl.node, NODE_DEFAULT))
        return;
    struct diag *d =
        diag_add(&c->ctx->diags, diag_rule("DT110"), tree_span(c->tree, node), "used here");
    diag_label(&c->ctx->diags, d,
               head_span(c->ctx, model_tree(r->model, param->decl.file), param->decl.node),
               "declared without a default");
    diag_help(&c->ctx->diags, d, "give it a default, or a value: `--set %s=...`",
              shown_name(c->ctx, name));
}

/* Kinds that hold no columns, whatever is below them. */
static bool is_leaf(enum node_kind kind)
{
    return kind == NODE_TYPE || kind == NODE_NAME || kind == NODE_OBJECT || kind == NODE_ALIAS ||
           kind == NODE_IDENTIFIER || kind == NODE_INTERVAL || kind == NODE_NAMES;
}

void expressions(struct columns *c, struct scope *scope, node_t parent, unsigned place)
{
    TREE_EACH(c->tree, parent, child)
    expression(c, scope, child, place);
}

void expression(struct columns *c, struct scope *scope, node_t node, unsigned place)
{
    while (node) {
        enum node_kind kind = tree_kind(c->tree, node);
        if (is_leaf(kind))
            return;
        if (kind == NODE_COLUMN) {
            scope_resolve(c, scope, node);
            return;
        }
        if (kind == NODE_QUERY) {
            query_shape(c, node, scope);
            return;
        }
        if (kind == NODE_CALL) {
            call(c, scope, node, place);
            return;
        }
        if (kind == NODE_LAMBDA) {
            lambda(c, scope, node, place);
            return;
        }
        if (kind == NODE_VARIABLE) {
            variable(c, node);
            return;
        }
        if (kind == NODE_STAR) {
            check_star(c, scope, node);
            return;
        }
        node_t first = tree_first(c->tree, node);
        for (node_t child = first ? tree_next(c->tree, first) : 0; child;
             child = tree_next(c->tree, child))
            expression(c, scope, child, place);
        node = first;
    }
}

bool has_aggregate(struct columns *c, node_t node)
{
    while (node) {
        enum node_kind kind = tree_kind(c->tree, node);
        if (kind == NODE_QUERY || is_leaf(kind))
            return false;
        if (kind == NODE_CALL && !tree_child(c->tree, node, NODE_OVER) &&
            function_kind(c, call_name(c->tree, node)) == FUNCTION_AGGREGATE)
            return true;
        node_t first = tree_first(c->tree, node);
        for (node_t child = first ? tree_next(c->tree, first) : 0; child;
             child = tree_next(c->tree, child))
            if (has_aggregate(c, child))
                return true;
        node = first;
    }
    return false;
}
