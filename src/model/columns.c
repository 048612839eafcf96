/* columns.c - the columns of each relation: the declared ones, else those of its query.
 *
 * Relations are resolved after those they read, with a stack of its own, because chains may be
 * long; in a circle the columns of the one that is not done yet are open. Also owned: what stands
 * beside the query and names columns (expectations, keys, clustering, tests), and what Snowflake
 * asks of the columns of a table: names, no two alike, as many as declared. */
#include "model/scope.h"

#include "syntax/parse.h"

/* ---------------------------------------------------------------------------------------- declared
 */

static const char *comment_of(struct resolver *r, const struct tree *tree, node_t def)
{
    node_t comment = tree_child(tree, def, NODE_COMMENT);
    node_t string = comment ? tree_first(tree, comment) : 0;
    if (!string)
        return NULL;
    struct str raw = sym_text(&r->ctx->names, tree_at(tree, string)->sym);
    return arena_str(&r->ctx->arena, string_value(&r->ctx->arena, raw)).p;
}

static void declared_columns(struct resolver *r, struct relation *relation, node_t defs)
{
    const struct tree *tree = model_tree(r->model, relation->file);
    TREE_EACH(tree, defs, def)
    {
        if (tree_kind(tree, def) != NODE_COLUMN_DEF)
            continue;
        node_t not_null = tree_child(tree, def, NODE_NOT_NULL);
        node_t key = tree_child(tree, def, NODE_PRIMARY_KEY);
        struct column *column = VEC_PUSH(&relation->columns);
        column->name = tree_at(tree, def)->sym;
        column->node = def;
        column->type = tree_child(tree, def, NODE_TYPE);
        column->comment = comment_of(r, tree, def);
        if (not_null && tree_flag(tree, not_null, FLAG_NOT))
            column->flags |= COLUMN_NOT_NULL;
        if (key)
            column->flags |= COLUMN_KEY | (tree_flag(tree, key, FLAG_RELY) ? COLUMN_RELY : 0u);
    }
    relation->columns_known = relation->columns.n > 0;
}

static struct relation *current(struct columns *c)
{
    return &c->r->model->relations.at[c->relation];
}

/* A PRIMARY KEY (a, b) below the columns marks them. */
static void mark_keys(struct columns *c, node_t defs)
{
    struct relation *relation = current(c);
    TREE_EACH(c->tree, defs, def)
    {
        node_t names =
            tree_kind(c->tree, def) == NODE_PRIMARY_KEY ? tree_child(c->tree, def, NODE_NAMES) : 0;
        unsigned flags = COLUMN_KEY | (tree_flag(c->tree, def, FLAG_RELY) ? COLUMN_RELY : 0u);
        uint32_t place;
        if (!names)
            continue;
        TREE_EACH(c->tree, names, name)
        if (shape_find(c, &c->relations[c->relation], tree_at(c->tree, name)->sym, &place))
            relation->columns.at[place & ~SHAPE_TWICE].flags |= flags;
    }
}

/* ------------------------------------------------------------------------------------ of the query
 */

static void check_twice(struct columns *c)
{
    struct relation *relation = current(c);
    struct map seen;
    map_init(&seen);
    for (uint32_t i = 0; i < relation->columns.n; i++) {
        const struct column *column = &relation->columns.at[i];
        uint32_t first;
        if (column->name == 0)
            continue;
        if (!map_get(&seen, column->name, &first)) {
            map_set(&seen, column->name, i);
            continue;
        }
        struct diag *d =
            diag_add(&c->ctx->diags, diag_rule("DT111"), tree_span(c->tree, column->node),
                     "`%s` again", shown_name(c->ctx, column->name));
        if (relation->columns.at[first].node != column->node)
            diag_label(&c->ctx->diags, d, tree_span(c->tree, relation->columns.at[first].node),
                       "the first one");
        relation->poisoned = true;
        break;
    }
    map_fini(&seen);
}

/* Only a plain SELECT: unnamed literals of a UNION are let through (reference: creating an object).
 */
static void check_names(struct columns *c)
{
    const struct relation *relation = current(c);
    node_t query = relation->query, select = 0;
    while (query && !select) {
        select = tree_child(c->tree, query, NODE_SELECT);
        query = tree_child(c->tree, query, NODE_QUERY);
    }
    node_t items = select ? tree_child(c->tree, select, NODE_ITEMS) : 0;
    if (!items)
        return;
    TREE_EACH(c->tree, items, item)
    {
        node_t value = unwrap(c->tree, tree_first(c->tree, item));
        enum node_kind kind = value ? tree_kind(c->tree, value) : NODE_ERROR;
        if (tree_at(c->tree, item)->sym || kind == NODE_COLUMN || kind == NODE_STAR ||
            kind == NODE_POSITION || kind == NODE_ERROR || kind == NODE_HOLE)
            continue;
        struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT122"), tree_span(c->tree, item),
                                  "an expression without an alias");
        diag_help(&c->ctx->diags, d, "name it: `%s as ...`", node_text(c->ctx, c->tree, item));
        current(c)->poisoned = true;
    }
}

static void check_declared(struct columns *c, node_t defs, const struct shape *shape)
{
    struct relation *relation = current(c);
    if (shape->open || shape->n == relation->columns.n)
        return;
    struct diag *d =
        diag_add(&c->ctx->diags, diag_rule("DT113"), tree_span(c->tree, defs),
                 "%u column%s declared", relation->columns.n, relation->columns.n == 1 ? "" : "s");
    diag_note(&c->ctx->diags, d, "the query has %u column%s", shape->n, shape->n == 1 ? "" : "s");
    relation->poisoned = true;
}

static void query_columns(struct columns *c, node_t defs)
{
    struct relation *relation = current(c);
    struct shape *shape = query_shape(c, relation->query, NULL);
    if (defs) {
        check_declared(c, defs, shape);
        return;
    }
    VEC_RESERVE(&relation->columns, shape->n);
    for (uint32_t i = 0; i < shape->n; i++) {
        struct column *column = VEC_PUSH(&relation->columns);
        column->name = shape->at[i].name;
        column->node = shape->at[i].node;
    }
    relation->columns_known = !shape->open;
    check_names(c);
}

/* A stream has the columns of what it follows, and three of its own (docs: streams). */
static void stream_columns(struct columns *c)
{
    static const char *const own[] = {"METADATA$ACTION", "METADATA$ISUPDATE", "METADATA$ROW_ID"};
    struct relation *relation = current(c);
    node_t on = tree_child(c->tree, relation->decl, NODE_ON_OBJECT);
    node_t object = on ? tree_first(c->tree, on) : 0;
    uint32_t target = object ? model_target(c->r->model, c->file, object) : MODEL_NONE;
    if (target == MODEL_NONE || c->state[target] != 2)
        return;
    const struct shape *shape = &c->relations[target];
    for (uint32_t i = 0; i < shape->n; i++)
        *VEC_PUSH(&relation->columns) =
            (struct column){.name = shape->at[i].name, .node = relation->name_node};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        *VEC_PUSH(&relation->columns) = (struct column){
            .name = sym_intern(&c->ctx->names, str_from(own[i])), .node = relation->name_node};
    relation->columns_known = !shape->open;
}

/* ------------------------------------------------------------------------------- beside the query
 */

static void check_list(struct columns *c, node_t names, uint32_t target)
{
    struct shape *shape = &c->relations[target];
    uint32_t ignored;
    if (shape->open || c->state[target] != 2)
        return;
    struct from_item item = {.relation = target};
    TREE_EACH(c->tree, names, name)
    if (tree_kind(c->tree, name) == NODE_NAME &&
        !shape_find(c, shape, tree_at(c->tree, name)->sym, &ignored))
        report_no_column(c, tree_span(c->tree, name), tree_at(c->tree, name)->sym, shape, &item);
}

static void check_constraint(struct columns *c, node_t node)
{
    node_t names = tree_child(c->tree, node, NODE_NAMES);
    node_t references = tree_kind(c->tree, node) == NODE_REFERENCES
                            ? node
                            : tree_child(c->tree, node, NODE_REFERENCES);
    if (names && references != node)
        check_list(c, names, c->relation);
    node_t other = references ? tree_child(c->tree, references, NODE_NAMES) : 0;
    node_t object = references ? tree_child(c->tree, references, NODE_OBJECT) : 0;
    uint32_t target = object ? model_target(c->r->model, c->file, object) : MODEL_NONE;
    if (other && target != MODEL_NONE)
        check_list(c, other, target);
}

/* Conditions and keys of a relation see its own columns. */
static void own_clauses(struct columns *c)
{
    const struct relation *relation = current(c);
    struct scope scope;
    scope_init(&scope, NULL);
    *VEC_PUSH(&scope.items) = (struct from_item){.name = relation->name,
                                                 .node = relation->name_node,
                                                 .object = relation->name_node,
                                                 .relation = c->relation,
                                                 .shape = &c->relations[c->relation]};
    TREE_EACH(c->tree, relation->decl, clause)
    {
        enum node_kind kind = tree_kind(c->tree, clause);
        if (kind == NODE_EXPECT || kind == NODE_CLUSTER_BY || kind == NODE_FREEZE)
            expressions(c, &scope, clause, PLACE_NO_AGGREGATE | PLACE_NO_WINDOW);
        else if (kind == NODE_KEY)
            check_list(c, clause, c->relation);
        else if (kind == NODE_COLUMN_DEFS)
            TREE_EACH(c->tree, clause, def)
        if (tree_kind(c->tree, def) != NODE_COLUMN_DEF)
            check_constraint(c, def);
    }
    scope_fini(&scope);
}

/* Queries of tasks and alerts, whose columns go nowhere. */
static void loose_queries(struct columns *c)
{
    TREE_EACH(c->tree, current(c)->decl, clause)
    {
        node_t subquery =
            tree_kind(c->tree, clause) == NODE_EXISTS ? tree_first(c->tree, clause) : 0;
        node_t query = subquery ? tree_child(c->tree, subquery, NODE_QUERY) : 0;
        if (query)
            query_shape(c, query, NULL);
    }
}

static void resolve_relation(struct columns *c, uint32_t index)
{
    struct relation *relation = &c->r->model->relations.at[index];
    struct arena_mark mark = arena_mark(&c->scratch);
    c->relation = index;
    c->file = relation->file;
    c->tree = model_tree(c->r->model, relation->file);
    c->script = c->r->model->files.at[relation->file].script;
    node_t defs = tree_child(c->tree, relation->decl, NODE_COLUMN_DEFS);
    if (defs)
        declared_columns(c->r, relation, defs);
    if (relation->query)
        query_columns(c, defs);
    else if (relation->kind == RELATION_STREAM)
        stream_columns(c);
    c->relations[index] =
        (struct shape){relation->columns.at, relation->columns.n, !relation->columns_known, NULL};
    c->state[index] = 2;
    if (defs)
        mark_keys(c, defs);
    if (relation->columns_known)
        check_twice(c);
    loose_queries(c);
    for (uint32_t i = 0; i < c->maps.n; i++)
        map_fini(c->maps.at[i]);
    reach_cut(&c->ctes, 0);
    c->maps.n = c->cte_shapes.n = c->lambdas.n = c->reported.n = 0;
    arena_reset(&c->scratch, mark);
}

/* ------------------------------------------------------------------------------------------- order
 */

struct visit {
    uint32_t relation, ref;
};

static void resolve_from(struct columns *c, uint32_t start)
{
    const struct model *model = c->r->model;
    VEC(struct visit) stack = {0};
    c->state[start] = 1;
    *VEC_PUSH(&stack) = (struct visit){start, 0};
    while (stack.n) {
        struct visit *top = VEC_LAST(&stack);
        const struct relation *relation = &model->relations.at[top->relation];
        if (top->ref == relation->refs.n) {
            resolve_relation(c, top->relation);
            stack.n--;
            continue;
        }
        struct ref ref = relation->refs.at[top->ref++];
        bool reads = ref.kind == REF_READ || ref.kind == REF_BOUNDARY || ref.kind == REF_STREAM;
        if (reads && ref.relation != MODEL_NONE && c->state[ref.relation] == 0) {
            c->state[ref.relation] = 1;
            *VEC_PUSH(&stack) = (struct visit){ref.relation, 0};
        }
    }
    VEC_FINI(&stack);
}

/* ------------------------------------------------------------------------------------------- tests
 */

static void check_rows(struct columns *c, node_t table, uint32_t target)
{
    node_t names = tree_child(c->tree, table, NODE_NAMES);
    const struct shape *shape = &c->relations[target];
    uint32_t width = names ? tree_count(c->tree, names) : shape->n;
    if (names)
        check_list(c, names, target);
    if (!names && shape->open)
        return;
    TREE_EACH(c->tree, table, row)
    {
        uint32_t n = tree_count(c->tree, row);
        if (tree_kind(c->tree, row) != NODE_LIST || n == width)
            continue;
        struct diag *d = diag_add(&c->ctx->diags, diag_rule("DT113"), tree_span(c->tree, row),
                                  "%u value%s", n, n == 1 ? "" : "s");
        if (names)
            diag_label(&c->ctx->diags, d, tree_span(c->tree, names), "%u column%s", width,
                       width == 1 ? "" : "s");
        else
            diag_note(&c->ctx->diags, d, "`%s` has %u columns",
                      c->r->model->relations.at[target].shown, width);
        return;
    }
}

static void check_tests(struct columns *c)
{
    for (uint32_t i = 0; i < c->r->model->tests.n; i++) {
        struct node_ref test = c->r->model->tests.at[i].decl;
        c->file = test.file;
        c->tree = model_tree(c->r->model, test.file);
        TREE_EACH(c->tree, test.node, table)
        {
            node_t object = tree_child(c->tree, table, NODE_OBJECT);
            uint32_t target = object ? model_target(c->r->model, c->file, object) : MODEL_NONE;
            if (target != MODEL_NONE)
                check_rows(c, table, target);
        }
    }
}

void columns_all(struct resolver *r)
{
    uint32_t n = r->model->relations.n;
    struct columns c = {.r = r, .ctx = r->ctx};
    reach_init(&c.ctes);
    arena_init(&c.scratch);
    map_init(&c.kinds);
    c.relations = ARENA_ARRAY(&r->ctx->arena, struct shape, n);
    c.state = ARENA_ARRAY(&r->ctx->arena, uint8_t, n);
    for (uint32_t i = 0; i < n; i++)
        if (c.state[i] == 0)
            resolve_from(&c, i);
    for (uint32_t i = 0; i < n; i++) {
        c.relation = i;
        c.file = r->model->relations.at[i].file;
        c.tree = model_tree(r->model, c.file);
        c.script = r->model->files.at[c.file].script;
        c.reported.n = 0;
        own_clauses(&c);
    }
    check_tests(&c);
    for (uint32_t i = 0; i < c.maps.n; i++)
        map_fini(c.maps.at[i]);
    for (uint32_t i = 0; i < c.kept.n; i++)
        map_fini(c.kept.at[i]);
    VEC_FINI(&c.maps);
    VEC_FINI(&c.kept);
    reach_fini(&c.ctes);
    VEC_FINI(&c.cte_shapes);
    VEC_FINI(&c.lambdas);
    VEC_FINI(&c.reported);
    map_fini(&c.kinds);
    arena_fini(&c.scratch);
}
