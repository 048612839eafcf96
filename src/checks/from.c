/* from.c - the items of FROM: tables, subqueries, table functions, and what may stand behind them.
 *
 * Owns the sources of a body as they are written; what a name resolves to is judged in
 * verdict.c. */
#include "checks/scan.h"

static sym_t alias_of(const struct scan *s, node_t table)
{
    node_t alias = tree_child(s->tree, table, NODE_ALIAS);
    return alias ? tree_at(s->tree, alias)->sym : 0;
}

/* --- names --- */

static bool is_bare(const struct scan *s, node_t object)
{
    return tree_first(s->tree, object) == 0;
}

/* A CTE that reads itself is recursive with or without the word. */
static void look_for_recursion(struct scan *s, node_t object)
{
    sym_t name = tree_at(s->tree, object)->sym;
    if (!is_bare(s, object) || model_target(s->checks->model, s->file, object) != MODEL_NONE)
        return;
    for (const struct scan_cte *cte = s->ctes; cte; cte = cte->outer) {
        if (cte->name == name) {
            if (cte->may_recurse)
                scan_add(s, "DT308", BLOCKS_INCREMENTAL, object, "WITH RECURSIVE");
            return;
        }
    }
}

static void look_for_metadata(struct scan *s, node_t object)
{
    TREE_EACH(s->tree, object, qualifier)
    {
        struct str text = scan_sym(s, qualifier);
        if (str_is(text, "INFORMATION_SCHEMA") || str_is(text, "ACCOUNT_USAGE"))
            scan_add(s, "DT329", BLOCKS_PERHAPS_ALL, object,
                     arena_printf(&s->checks->ctx->arena, "%" STR_F " object", STR_A(text)));
    }
}

static void scan_object(struct scan *s, node_t object)
{
    look_for_recursion(s, object);
    look_for_metadata(s, object);
}

/* --- table functions --- */

static node_t called(const struct scan *s, node_t function_ref)
{
    node_t call = tree_first(s->tree, function_ref);
    return call && tree_kind(s->tree, call) == NODE_CALL ? call : 0;
}

static bool is_flatten(struct scan *s, node_t table)
{
    const char *name = NULL;
    node_t call = called(s, table);
    return call != 0 && scan_function(s, call, &name) != NULL && strcmp(name, "FLATTEN") == 0;
}

/* Is a table function of a user called: one that the documentation does not list? */
static bool is_foreign(struct scan *s, node_t table)
{
    const char *name = NULL;
    node_t call = called(s, table);
    return call != 0 && scan_function(s, call, &name) == NULL;
}

void scan_scope_tables(struct scan *s, node_t table)
{
    struct scan_scope *scope = s->scope;
    switch ((int)tree_kind(s->tree, table)) {
    case NODE_JOIN:
    case NODE_GROUP_REF:
    case NODE_FROM:
        TREE_EACH(s->tree, table, child)
        scan_scope_tables(s, child);
        break;
    case NODE_FUNCTION_REF:
        if (is_flatten(s, table) && scope->flattens_n < SCAN_FLATTENS)
            scope->flattens[scope->flattens_n++] = alias_of(s, table);
        if (is_foreign(s, table))
            scope->table_function = table;
        break;
    }
}

static void scan_function_ref(struct scan *s, node_t table)
{
    const char *name = NULL;
    node_t call = called(s, table);
    if (call == 0) {
        node_t first = tree_first(s->tree, table);
        enum node_kind kind = first ? tree_kind(s->tree, first) : NODE_NONE;
        if (kind == NODE_METHOD)
            scan_add(s, "DT314", BLOCKS_INCREMENTAL, first, "table function");
        else if (kind == NODE_STRING || kind == NODE_DOLLAR_STRING || kind == NODE_IDENTIFIER)
            scan_add(s, "DT331", SILENT_EVERY_MODE, table, "TABLE of a name in a string");
        return;
    }
    const struct volatility *row = scan_function(s, call, &name);
    if (!row)
        scan_add(s, "DT314", BLOCKS_INCREMENTAL, call, name);
    else if (row->use == USE_FULL_ONLY)
        scan_add(s, "DT314", BLOCKS_INCREMENTAL, call, name);
    else if (row->use == USE_REFUSED)
        scan_add(s, "DT322", BLOCKS_EVERY_MODE, call, name);
    else if (row->use == USE_SILENT)
        scan_add(s, "DT331", SILENT_INCREMENTAL, call, name);
    TREE_EACH(s->tree, call, child)
    if (child != tree_first(s->tree, call))
        scan_node(s, child, CLAUSE_FROM);
}

/* --- what stands behind a table --- */

static void scan_pivot(struct scan *s, node_t pivot)
{
    TREE_EACH(s->tree, pivot, child)
    {
        enum node_kind kind = tree_kind(s->tree, child);
        if (kind == NODE_PIVOT_ANY) {
            scan_add(s, "DT311", BLOCKS_INCREMENTAL, child, "PIVOT with ANY");
        } else if (kind == NODE_SUBQUERY) {
            node_t query = tree_child(s->tree, child, NODE_QUERY);
            scan_add(s, "DT311", BLOCKS_INCREMENTAL, child, "PIVOT with a subquery");
            if (query != 0)
                scan_query(s, query, false);
        } else {
            scan_node(s, child, CLAUSE_SELECT);
        }
    }
}

static void scan_tail(struct scan *s, node_t part)
{
    switch ((int)tree_kind(s->tree, part)) {
    case NODE_AT:
        scan_add(s, "DT331", SILENT_EVERY_MODE, part, "time travel");
        break;
    case NODE_CHANGES:
        scan_add(s, "DT331", SILENT_EVERY_MODE, part, "CHANGES");
        break;
    case NODE_PIVOT:
        scan_pivot(s, part);
        break;
    case NODE_UNPIVOT:
        scan_add(s, "DT312", BLOCKS_INCREMENTAL, part, "UNPIVOT");
        break;
    case NODE_SAMPLE:
        scan_add(s, "DT313", BLOCKS_EVERY_MODE, part,
                 tree_flag(s->tree, part, FLAG_TABLESAMPLE) ? "TABLESAMPLE" : "SAMPLE");
        break;
    case NODE_MATCH_RECOGNIZE:
        scan_add(s, "DT331", SILENT_EVERY_MODE, part, "MATCH_RECOGNIZE");
        break;
    case NODE_RESAMPLE:
        scan_add(s, "DT331", SILENT_EVERY_MODE, part, "RESAMPLE");
        break;
    case NODE_OBJECT:
        scan_object(s, part);
        break;
    case NODE_IDENTIFIER:
        TREE_EACH(s->tree, part, child)
        scan_node(s, child, CLAUSE_FROM);
        break;
    }
}

static void scan_query_ref(struct scan *s, node_t table)
{
    node_t query = tree_child(s->tree, table, NODE_QUERY);
    if (tree_flag(s->tree, table, FLAG_LATERAL)) {
        uint32_t lo = tree_at(s->tree, table)->lo;
        scan_add_word(s, "DT306", BLOCKS_INCREMENTAL, lo, tree_at(s->tree, table)->hi, "LATERAL");
    }
    if (query != 0)
        scan_query(s, query, false);
}

static void scan_join(struct scan *s, node_t join)
{
    enum op op = (enum op)tree_at(s->tree, join)->op;
    node_t left = tree_nth(s->tree, join, 0), right = tree_nth(s->tree, join, 1);
    if (op == OP_JOIN_ASOF)
        scan_add_word(s, "DT305", BLOCKS_INCREMENTAL, tree_at(s->tree, left)->hi,
                      tree_at(s->tree, right)->lo, "ASOF JOIN");
    else if (op == OP_JOIN_LEFT || op == OP_JOIN_RIGHT || op == OP_JOIN_FULL)
        scan_outer_join(s, join);
    scan_children(s, join, CLAUSE_JOIN);
}

void scan_table(struct scan *s, node_t table)
{
    enum node_kind kind = tree_kind(s->tree, table);
    switch ((int)kind) {
    case NODE_JOIN:
        scan_join(s, table);
        return;
    case NODE_GROUP_REF:
        scan_table(s, tree_first(s->tree, table));
        break;
    case NODE_QUERY_REF:
        scan_query_ref(s, table);
        break;
    case NODE_FUNCTION_REF:
        scan_function_ref(s, table);
        break;
    case NODE_VALUES_REF:
        scan_node(s, tree_child(s->tree, table, NODE_VALUES), CLAUSE_FROM);
        break;
    case NODE_STAGE_REF:
        scan_add(s, "DT331", SILENT_EVERY_MODE, table, "stage");
        break;
    case NODE_FLOW_REF:
        scan_add(s, "DT331", SILENT_EVERY_MODE, table, "flow operator");
        break;
    case NODE_SEMANTIC_REF:
        scan_add(s, "DT331", SILENT_EVERY_MODE, table, "SEMANTIC_VIEW");
        break;
    }
    TREE_EACH(s->tree, table, part)
    scan_tail(s, part);
}

void scan_from(struct scan *s, node_t from)
{
    scan_scope_tables(s, from);
    TREE_EACH(s->tree, from, table)
    scan_table(s, table);
}

/* --- what the SELECT list takes from FROM --- */

static bool excludes_seq(const struct scan *s, node_t star)
{
    node_t exclude = tree_child(s->tree, star, NODE_STAR_EXCLUDE);
    if (exclude == 0)
        return false;
    TREE_EACH(s->tree, exclude, name)
    if (str_is(scan_sym(s, name), "SEQ"))
        return true;
    return false;
}

/* Does a star take the columns of a table that others may widen? name: its qualifier, 0 for all. */
static bool takes_all(const struct scan *s, node_t table, sym_t name)
{
    enum node_kind kind = tree_kind(s->tree, table);
    if (kind == NODE_FROM || kind == NODE_JOIN || kind == NODE_GROUP_REF) {
        TREE_EACH(s->tree, table, child)
        if (takes_all(s, child, name))
            return true;
        return false;
    }
    node_t object = kind == NODE_TABLE_REF ? tree_child(s->tree, table, NODE_OBJECT) : 0;
    if (object == 0)
        return false;
    sym_t alias = alias_of(s, table);
    if (name != 0 && name != (alias ? alias : tree_at(s->tree, object)->sym))
        return false;
    uint32_t target = model_target(s->checks->model, s->file, object);
    if (target == MODEL_NONE)
        return !is_bare(s, object);
    enum relation_kind read = model_relation(s->checks->model, target)->kind;
    return read == RELATION_TABLE || read == RELATION_SOURCE;
}

void scan_star(struct scan *s, node_t star)
{
    struct scan_scope *scope = s->scope;
    node_t qualifier = tree_child(s->tree, star, NODE_OBJECT);
    sym_t name = qualifier ? tree_at(s->tree, qualifier)->sym : 0;
    if (scope->table_function && name == 0)
        scan_add(s, "DT332", BLOCKS_EVERY_MODE, star, "SELECT * from a table function");
    if (scope->from && takes_all(s, scope->from, name))
        scan_add(s, "DT501", BLOCKS_NOTHING, star, "SELECT *");
    if (tree_child(s->tree, star, NODE_STAR_ILIKE) || excludes_seq(s, star))
        return;
    for (uint32_t i = 0; i < scope->flattens_n; i++) {
        if (name == 0 || name == scope->flattens[i]) {
            scan_add(s, "DT307", scope->top ? BLOCKS_INCREMENTAL : SILENT_INCREMENTAL, star,
                     "SEQ of FLATTEN");
            return;
        }
    }
}

static node_t last_qualifier(const struct scan *s, node_t column)
{
    node_t last = 0;
    TREE_EACH(s->tree, column, qualifier)
    last = qualifier;
    return last;
}

void scan_column(struct scan *s, node_t column, enum clause place)
{
    struct str name = scan_sym(s, column);
    node_t qualifier = last_qualifier(s, column);
    if (qualifier != 0 && str_is(name, "NEXTVAL")) {
        scan_add(s, "DT315", BLOCKS_INCREMENTAL, column, "NEXTVAL");
        return;
    }
    if (str_starts(name, "METADATA$")) {
        scan_add(s, "DT331", SILENT_EVERY_MODE, column,
                 arena_printf(&s->checks->ctx->arena, "%" STR_F, STR_A(name)));
        return;
    }
    if (!str_is(name, "SEQ") || !s->scope || qualifier == 0)
        return;
    for (uint32_t i = 0; i < s->scope->flattens_n; i++)
        if (s->scope->flattens[i] == tree_at(s->tree, qualifier)->sym)
            scan_add(s, "DT307", place == CLAUSE_SELECT ? BLOCKS_INCREMENTAL : SILENT_INCREMENTAL,
                     column, "SEQ of FLATTEN");
}
