/* types.c - types of queries: relations, CTEs, FROM, select lists. See types.h.
 *
 * Owns: scopes and output columns. The types of single expressions are in types_expr.c.
 * The idea: a query is read once from FROM to the select list to the rest, each expression leaves
 * its type in an array beside the tree. A scope is a list of sources; an inner query sees the outer
 * ones. A relation's columns are read on first use, so the cost is that of the queries really
 * reached. */
#include "emit/types_scope.h"
#include <stdlib.h>

static int compare_expects(const void *a, const void *b)
{
    const struct types_expect *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void index_expects(struct types *types)
{
    const struct model *model = types->model;
    uint32_t n = 0;
    for (uint32_t i = 0; i < model->relations.n; i++)
        n += model_relation(model, i)->expects.n;
    types->expects = ARENA_ARRAY(types->arena, struct types_expect, n + 1);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        for (uint32_t k = 0; k < r->expects.n; k++)
            types->expects[types->expects_n++] =
                (struct types_expect){map_key2(r->file, r->expects.at[k].condition), i};
    }
    qsort(types->expects, types->expects_n, sizeof *types->expects, compare_expects);
}

void types_init(struct types *types, const struct model *model)
{
    *types = (struct types){.model = model, .arena = &model->ctx->arena};
    types->relations = ARENA_ARRAY(types->arena, struct types_columns *, model->relations.n + 1);
    types->visiting = ARENA_ARRAY(types->arena, bool, model->relations.n + 1);
    types->nodes = ARENA_ARRAY(types->arena, struct type *, model->files.n + 1);
    index_expects(types);
}

void types_fini(struct types *types)
{
    *types = (struct types){0};
}

struct types *types_of(const struct model *model)
{
    if (!*model->types) {
        *model->types = ARENA_NEW(&model->ctx->arena, struct types);
        types_init(*model->types, model);
    }
    return *model->types;
}

uint32_t types_expecting(const struct types *types, uint32_t file, node_t condition)
{
    struct types_expect key = {map_key2(file, condition), 0};
    const struct types_expect *found =
        bsearch(&key, types->expects, types->expects_n, sizeof key, compare_expects);
    return found ? found->relation : MODEL_NONE;
}

static struct type *types_nodes(struct types *types, uint32_t file)
{
    if (!types->nodes[file]) {
        const struct tree *tree = model_tree(types->model, file);
        types->nodes[file] = ARENA_ARRAY(types->arena, struct type, tree->n + 1);
    }
    return types->nodes[file];
}

struct type types_at(const struct types *types, uint32_t file, node_t node)
{
    return types->nodes[file] ? types->nodes[file][node] : (struct type){0};
}

static struct types_columns types_none(void)
{
    return (struct types_columns){0};
}

static struct types_columns columns_new(struct types *types, uint32_t n)
{
    return (struct types_columns){ARENA_ARRAY(types->arena, struct types_column, n + 1), n};
}

/* Names in a list replace those of the query, in order. */
static struct types_columns columns_renamed(const struct types_reader *r, struct types_columns from,
                                            node_t names)
{
    struct types_columns to;
    uint32_t i = 0;
    if (names == 0)
        return from;
    to = columns_new(r->types, tree_count(r->tree, names));
    TREE_EACH(r->tree, names, name)
    {
        if (tree_kind(r->tree, name) != NODE_NAME)
            continue;
        to.at[i].name = tree_at(r->tree, name)->sym;
        to.at[i].type = i < from.n ? from.at[i].type : (struct type){0};
        i++;
    }
    to.n = i;
    return to;
}

/* By name, because a star over a join may come in another order than here; by place where a list of
 * columns names them anew. */
static struct type type_of_output(const struct types_columns *query, sym_t name, uint32_t place,
                                  uint32_t n)
{
    for (uint32_t i = 0; i < query->n; i++) {
        if (query->at[i].name == name)
            return query->at[i].type;
    }
    return query->n == n ? query->at[place].type : (struct type){0};
}

static struct types_columns relation_columns(struct types *types, uint32_t index)
{
    const struct relation *relation = model_relation(types->model, index);
    const struct tree *tree = model_tree(types->model, relation->file);
    const struct interner *names = &types->model->ctx->names;
    struct types_columns out = columns_new(types, relation->columns.n);
    bool declared = false;
    for (uint32_t i = 0; i < relation->columns.n; i++) {
        const struct column *column = &relation->columns.at[i];
        out.at[i].name = column->name;
        if (column->type != 0) {
            out.at[i].type = types_declared(tree, names, column->type);
            declared = true;
        }
    }
    if (relation->query != 0) {
        struct types_reader r = types_reader_make(types, relation->file);
        struct types_columns query = types_query(&r, relation->query, NULL);
        if (out.n == 0)
            return query;
        for (uint32_t i = 0; i < out.n; i++) {
            if (!declared || out.at[i].type.kind == TYPE_UNKNOWN)
                out.at[i].type = type_of_output(&query, out.at[i].name, i, out.n);
        }
    }
    return out;
}

const struct types_columns *types_of_relation(struct types *types, uint32_t relation)
{
    static const struct types_columns none;
    if (types->relations[relation])
        return types->relations[relation];
    if (types->visiting[relation])
        return &none; /* a cycle: reported by the checks */
    types->visiting[relation] = true;
    types->relations[relation] = ARENA_NEW(types->arena, struct types_columns);
    *types->relations[relation] = types_none();
    struct types_columns columns = relation_columns(types, relation);
    *types->relations[relation] = columns;
    types->visiting[relation] = false;
    return types->relations[relation];
}

struct types_reader types_reader_make(struct types *types, uint32_t file)
{
    return (struct types_reader){
        .types = types,
        .tree = model_tree(types->model, file),
        .names = &types->model->ctx->names,
        .nodes = types_nodes(types, file),
        .file = file,
    };
}

void types_read_query(struct types *types, uint32_t file, node_t query)
{
    struct types_reader r = types_reader_make(types, file);
    types_query(&r, query, NULL);
}

void types_read_expression(struct types *types, uint32_t file, node_t e, uint32_t relation)
{
    struct types_reader r = types_reader_make(types, file);
    struct types_source source = {.columns = *types_of_relation(types, relation)};
    struct types_scope scope = {.sources = &source};
    types_expression(&r, e, &scope);
}

/* --- FROM ----------------------------------------------------------------------------------------
 */

static const struct types_columns *find_cte(const struct types_scope *scope, sym_t name)
{
    for (; scope; scope = scope->outer) {
        for (const struct types_source *cte = scope->ctes; cte; cte = cte->next) {
            if (cte->alias == name)
                return &cte->columns;
        }
    }
    return NULL;
}

static void add_source(const struct types_reader *r, struct types_scope *scope, sym_t alias,
                       struct types_columns columns)
{
    struct types_source *source = ARENA_NEW(r->types->arena, struct types_source);
    struct types_source **at = &scope->sources;
    while (*at)
        at = &(*at)->next;
    *source = (struct types_source){.alias = alias, .columns = columns};
    *at = source;
}

/* The columns that LATERAL FLATTEN makes. */
static struct types_columns flatten_columns(const struct types_reader *r)
{
    static const struct {
        const char *name;
        uint8_t kind;
    } made[] = {
        {"SEQ", TYPE_NUMBER},   {"KEY", TYPE_TEXT},      {"PATH", TYPE_TEXT},
        {"INDEX", TYPE_NUMBER}, {"VALUE", TYPE_VARIANT}, {"THIS", TYPE_VARIANT},
    };
    const uint32_t n = sizeof made / sizeof *made;
    struct types_columns columns = columns_new(r->types, n);
    for (uint32_t i = 0; i < n; i++) {
        columns.at[i].name = sym_find(r->names, str_from(made[i].name));
        columns.at[i].type = (struct type){made[i].kind, 18, 0};
    }
    return columns;
}

static struct types_columns values_columns(const struct types_reader *r, node_t values,
                                           struct types_scope *scope)
{
    struct types_columns columns = types_none();
    TREE_EACH(r->tree, values, row)
    {
        uint32_t i = 0;
        if (columns.n == 0)
            columns = columns_new(r->types, tree_count(r->tree, row));
        TREE_EACH(r->tree, row, e)
        {
            struct type type = types_expression(r, e, scope);
            if (i < columns.n)
                columns.at[i].type = types_common(columns.at[i].type.kind == TYPE_UNKNOWN &&
                                                          row == tree_first(r->tree, values)
                                                      ? (struct type){TYPE_NULL, 0, 0}
                                                      : columns.at[i].type,
                                                  type);
            i++;
        }
    }
    return columns;
}

static void read_table(const struct types_reader *r, node_t table, struct types_scope *scope);

static void read_join(const struct types_reader *r, node_t join, struct types_scope *scope)
{
    node_t left = tree_nth(r->tree, join, 0), right = tree_nth(r->tree, join, 1);
    read_table(r, left, scope);
    read_table(r, right, scope);
    for (node_t rest = tree_next(r->tree, right); rest; rest = tree_next(r->tree, rest))
        types_expression(r, rest, scope);
}

static struct types_columns table_columns(const struct types_reader *r, node_t table, sym_t *name,
                                          struct types_scope *scope)
{
    node_t first = tree_first(r->tree, table);
    switch ((int)tree_kind(r->tree, table)) {
    case NODE_TABLE_REF:
    case NODE_BOUNDARY_REF: {
        const struct types_columns *cte;
        uint32_t target = model_target(r->types->model, r->file, first);
        *name = tree_at(r->tree, first)->sym;
        if (target != MODEL_NONE)
            return *types_of_relation(r->types, target);
        cte = tree_first(r->tree, first) == 0 ? find_cte(scope, *name) : NULL;
        return cte ? *cte : types_none();
    }
    case NODE_QUERY_REF:
        return types_query(r, first, scope);
    case NODE_VALUES_REF:
        return values_columns(r, first, scope);
    case NODE_FUNCTION_REF:
        types_expression(r, first, scope);
        return flatten_columns(r);
    default:
        return types_none();
    }
}

static void read_table(const struct types_reader *r, node_t table, struct types_scope *scope)
{
    node_t alias = tree_child(r->tree, table, NODE_ALIAS);
    struct types_columns columns;
    sym_t name = 0;
    if (tree_kind(r->tree, table) == NODE_JOIN) {
        read_join(r, table, scope);
        return;
    }
    if (tree_kind(r->tree, table) == NODE_GROUP_REF) {
        read_table(r, tree_first(r->tree, table), scope);
        return;
    }
    columns = table_columns(r, table, &name, scope);
    if (alias != 0) {
        name = tree_at(r->tree, alias)->sym;
        if (tree_first(r->tree, alias) != 0)
            columns = columns_renamed(r, columns, alias);
    }
    add_source(r, scope, name, columns);
}

/* --- SELECT --------------------------------------------------------------------------------------
 */

static bool excluded(const struct types_reader *r, node_t star, sym_t name)
{
    node_t exclude = tree_child(r->tree, star, NODE_STAR_EXCLUDE);
    if (exclude == 0)
        return false;
    TREE_EACH(r->tree, exclude, column)
    {
        if (tree_at(r->tree, column)->sym == name)
            return true;
    }
    return false;
}

static sym_t renamed(const struct types_reader *r, node_t star, sym_t name)
{
    node_t rename = tree_child(r->tree, star, NODE_STAR_RENAME);
    if (rename == 0)
        return name;
    TREE_EACH(r->tree, rename, pair)
    {
        node_t old = tree_first(r->tree, pair);
        if (old != 0 && tree_at(r->tree, old)->sym == name)
            return tree_at(r->tree, pair)->sym;
    }
    return name;
}

static uint32_t star_columns(const struct types_reader *r, node_t star,
                             const struct types_scope *scope, struct types_column *out)
{
    node_t qualifier = tree_child(r->tree, star, NODE_OBJECT);
    sym_t wanted = qualifier ? tree_at(r->tree, qualifier)->sym : 0;
    uint32_t n = 0;
    for (const struct types_source *s = scope->sources; s; s = s->next) {
        if (wanted != 0 && s->alias != wanted)
            continue;
        for (uint32_t i = 0; i < s->columns.n; i++) {
            if (excluded(r, star, s->columns.at[i].name))
                continue;
            if (out) {
                out[n].name = renamed(r, star, s->columns.at[i].name);
                out[n].type = s->columns.at[i].type;
            }
            n++;
        }
    }
    return n;
}

static sym_t item_name(const struct types_reader *r, node_t item, node_t e)
{
    const struct node *node = tree_at(r->tree, item);
    if (node->sym != 0)
        return node->sym;
    return tree_kind(r->tree, e) == NODE_COLUMN ? tree_at(r->tree, e)->sym : 0;
}

static struct types_columns select_items(const struct types_reader *r, node_t items,
                                         struct types_scope *scope)
{
    struct types_columns columns;
    uint32_t n = 0;
    scope->items = items;
    TREE_EACH(r->tree, items, item)
    {
        node_t e = tree_first(r->tree, item);
        bool star = tree_kind(r->tree, e) == NODE_STAR;
        if (!star)
            types_expression(r, e, scope);
        else
            TREE_EACH(r->tree, e, part)
        types_expression(r, part, scope);
        n += star ? star_columns(r, e, scope, NULL) : 1;
    }
    columns = columns_new(r->types, n);
    n = 0;
    TREE_EACH(r->tree, items, item)
    {
        node_t e = tree_first(r->tree, item);
        if (tree_kind(r->tree, e) == NODE_STAR) {
            n += star_columns(r, e, scope, columns.at + n);
            continue;
        }
        columns.at[n].name = item_name(r, item, e);
        columns.at[n++].type = r->nodes[e];
    }
    return columns;
}

static struct types_columns read_select(const struct types_reader *r, node_t select, node_t order,
                                        struct types_scope *outer)
{
    struct types_scope scope = {.outer = outer};
    node_t from = tree_child(r->tree, select, NODE_FROM);
    node_t items = tree_child(r->tree, select, NODE_ITEMS);
    struct types_columns columns = types_none();
    if (from != 0)
        TREE_EACH(r->tree, from, table)
    read_table(r, table, &scope);
    if (items != 0)
        columns = select_items(r, items, &scope);
    TREE_EACH(r->tree, select, part)
    {
        if (part != from && part != items)
            types_expression(r, part, &scope);
    }
    if (order != 0)
        types_expression(r, order, &scope);
    return columns;
}

static struct types_columns read_part(const struct types_reader *r, node_t part, node_t order,
                                      struct types_scope *scope);

static struct types_columns read_set(const struct types_reader *r, node_t set,
                                     struct types_scope *scope)
{
    struct types_columns columns = types_none();
    TREE_EACH(r->tree, set, branch)
    {
        struct types_columns next = read_part(r, branch, 0, scope);
        if (branch == tree_first(r->tree, set)) {
            columns = columns_new(r->types, next.n);
            if (next.n != 0)
                memcpy(columns.at, next.at, next.n * sizeof *next.at);
            continue;
        }
        for (uint32_t i = 0; i < columns.n && i < next.n; i++)
            columns.at[i].type = types_common(columns.at[i].type, next.at[i].type);
    }
    return columns;
}

static struct types_columns read_part(const struct types_reader *r, node_t part, node_t order,
                                      struct types_scope *scope)
{
    switch ((int)tree_kind(r->tree, part)) {
    case NODE_SELECT:
        return read_select(r, part, order, scope);
    case NODE_SET_OPERATION:
        return read_set(r, part, scope);
    case NODE_VALUES:
        return values_columns(r, part, scope);
    case NODE_QUERY:
        return types_query(r, part, scope);
    default:
        return types_none();
    }
}

struct types_columns types_query(const struct types_reader *r, node_t query,
                                 struct types_scope *outer)
{
    struct types_scope scope = {.outer = outer};
    struct types_columns columns = types_none();
    node_t with = tree_child(r->tree, query, NODE_WITH);
    node_t order = tree_child(r->tree, query, NODE_ORDER_BY);
    if (with != 0) {
        TREE_EACH(r->tree, with, cte)
        {
            struct types_source *source = ARENA_NEW(r->types->arena, struct types_source);
            node_t body = tree_child(r->tree, cte, NODE_QUERY);
            node_t names = tree_child(r->tree, cte, NODE_NAMES);
            if (body == 0)
                continue;
            source->columns = columns_renamed(r, types_query(r, body, &scope), names);
            source->alias = tree_at(r->tree, cte)->sym;
            source->next = scope.ctes;
            scope.ctes = source;
        }
    }
    TREE_EACH(r->tree, query, part)
    {
        if (part == with || part == order)
            continue;
        columns = read_part(r, part, order, &scope);
        break;
    }
    return columns;
}
