/* declare.c - every declaration becomes a relation or a test; nobody is looked up yet.
 *
 * Owns names, kinds and duplicates. A name stands in a layer: the one in front of it, the
 * qualifier, or in a script the current schema. In a script the last of two definitions counts, as
 * it would when the script is run. */
#include "model/resolve.h"

#include "diag/suggest.h"

struct declaring {
    struct resolver *r;
    uint32_t file;
    const struct tree *tree;
    bool script;
    sym_t database, schema; /* of USE in a script */
};

/* ------------------------------------------------------------------------------------------ layer
 */

static uint32_t unknown_layer(struct declaring *d, sym_t name, struct span span)
{
    struct resolver *r = d->r;
    struct suggest near = suggest_begin(sym_text(&r->ctx->names, name));
    for (uint32_t i = 0; i < r->model->layers.n; i++)
        if (r->model->layers.at[i].declared)
            suggest_offer(&near, sym_text(&r->ctx->names, r->model->layers.at[i].name));
    struct diag *diag = diag_add(&r->ctx->diags, diag_rule("DT107"), span, "no layer `%s`",
                                 shown_name(r->ctx, name));
    if (near.best.n) {
        const char *best = shown_name(r->ctx, sym_find(&r->ctx->names, near.best));
        diag_help(&r->ctx->diags, diag, "did you mean `%s`", best);
        diag_fix(&r->ctx->diags, diag, DIAG_FIX_UNSAFE, "use the layer that is declared", span,
                 best);
    } else {
        diag_help(&r->ctx->diags, diag, "declare it: `layer %s { }`", shown_name(r->ctx, name));
    }
    return layer_infer(r, 0, name);
}

/* The qualifiers of a name: the last is the layer or schema, the one before it the database. */
static void qualifiers(const struct tree *tree, node_t object, node_t *schema, node_t *database)
{
    *schema = *database = 0;
    TREE_EACH(tree, object, child)
    {
        if (tree_kind(tree, child) != NODE_NAME)
            continue;
        *database = *schema;
        *schema = child;
    }
}

static uint32_t script_layer(struct declaring *d, sym_t database, sym_t schema)
{
    if (!schema)
        return MODEL_NONE;
    uint32_t layer = layer_of_schema(d->r->model, database, schema);
    if (layer == MODEL_NONE)
        layer = layer_find(d->r->model, schema);
    return layer == MODEL_NONE ? layer_infer(d->r, database, schema) : layer;
}

/* Finds the layer of a declaration. *reported: there was none, and it has been said. */
static uint32_t layer_of(struct declaring *d, node_t layer_name, node_t object, bool *reported)
{
    node_t schema, database;
    qualifiers(d->tree, object, &schema, &database);
    sym_t database_sym = database ? tree_at(d->tree, database)->sym : d->database;
    if (d->script)
        return script_layer(d, database_sym, schema ? tree_at(d->tree, schema)->sym : d->schema);
    node_t from = layer_name ? layer_name : schema;
    if (!from) {
        struct diag *diag = diag_add(&d->r->ctx->diags, diag_rule("DT107"),
                                     tree_span(d->tree, object), "no layer is named");
        diag_help(&d->r->ctx->diags, diag, "put the layer in front: `silver table` or `silver.%s`",
                  shown_name(d->r->ctx, tree_at(d->tree, object)->sym));
        *reported = true;
        return MODEL_NONE;
    }
    sym_t name = tree_at(d->tree, from)->sym;
    uint32_t layer = layer_find(d->r->model, name);
    if (layer == MODEL_NONE && !layer_name)
        layer = layer_of_schema(d->r->model, database_sym, name);
    if (layer != MODEL_NONE) {
        *reported = !d->r->model->layers.at[layer].declared;
        return layer;
    }
    *reported = true;
    return unknown_layer(d, name, tree_span(d->tree, from));
}

/* ------------------------------------------------------------------------------------------- names
 */

static void add_part(struct declaring *d, struct buf *full, struct buf *shown, node_t node)
{
    if (full->n)
        buf_putc(full, '.');
    if (shown->n)
        buf_putc(shown, '.');
    name_canonical(full, &d->r->ctx->names, tree_at(d->tree, node)->sym);
    tree_spelling(shown, d->tree, &d->r->ctx->sources, &d->r->ctx->names, node);
}

/* full and shown, as declared: two parts, three where the script gives three, one where it gives
 * one. */
static void name_relation(struct declaring *d, struct relation *relation, node_t layer_name,
                          node_t object)
{
    struct buf full = {0}, shown = {0};
    struct arena *arena = &d->r->ctx->arena;
    bool qualified = false;
    TREE_EACH(d->tree, object, child)
    {
        if (tree_kind(d->tree, child) == NODE_NAME) {
            add_part(d, &full, &shown, child);
            qualified = true;
        }
    }
    if (!qualified && layer_name)
        add_part(d, &full, &shown, layer_name);
    if (!qualified && !layer_name && relation->layer != MODEL_NONE) {
        sym_t layer = d->r->model->layers.at[relation->layer].name;
        name_canonical(&full, &d->r->ctx->names, layer);
        buf_puts(&shown, shown_name(d->r->ctx, layer));
    }
    add_part(d, &full, &shown, object);
    relation->full = arena_str(arena, buf_view(&full)).p;
    relation->shown = arena_str(arena, buf_view(&shown)).p;
    buf_fini(&full);
    buf_fini(&shown);
}

static void index_name(struct resolver *r, uint32_t relation, sym_t name)
{
    uint32_t first = MODEL_NONE;
    map_get(&r->same_name, name, &first);
    r->next_same.at[relation] = first;
    map_set(&r->same_name, name, relation);
}

/* True when the declaration is the second of its name and must not be added. */
static bool defined_before(struct declaring *d, struct relation *relation, uint32_t *old)
{
    struct resolver *r = d->r;
    if (!map_get(&r->model->by_name, map_key2(relation->layer, relation->name), old))
        return false;
    const struct relation *first = &r->model->relations.at[*old];
    bool scripts = d->script && r->model->files.at[first->file].script;
    struct diag *diag =
        diag_add(&r->ctx->diags, diag_rule(scripts ? "DT120" : "DT106"),
                 tree_span(d->tree, relation->name_node), "`%s` again", relation->shown);
    diag_label(&r->ctx->diags, diag, model_span(r->model, first->file, first->name_node),
               "first defined here");
    return true;
}

static uint32_t push_relation(struct resolver *r, struct relation *relation)
{
    *VEC_PUSH(&r->next_same) = MODEL_NONE;
    *VEC_PUSH(&r->unresolved) = false;
    *VEC_PUSH(&r->model->relations) = *relation;
    return r->model->relations.n - 1;
}

static void add_relation(struct declaring *d, struct relation *relation)
{
    struct resolver *r = d->r;
    uint32_t old;
    if (defined_before(d, relation, &old)) {
        struct relation *first = &r->model->relations.at[old];
        bool scripts = d->script && r->model->files.at[first->file].script;
        if (scripts) {
            VEC_FINI(&first->expects);
            *first = *relation;
        } else {
            first->poisoned = true;
            VEC_FINI(&relation->expects);
        }
        return;
    }
    uint32_t index = push_relation(r, relation);
    map_set(&r->model->by_name, map_key2(relation->layer, relation->name), index);
    index_name(r, index, relation->name);
}

/* ------------------------------------------------------------------------------------ declarations
 */

static void add_expect(struct declaring *d, struct relation *relation, node_t node)
{
    static const enum expect_action actions[OPS] = {
        [OP_WARN] = EXPECT_WARN, [OP_DROP] = EXPECT_DROP, [OP_FAIL] = EXPECT_FAIL};
    const struct node *n = tree_at(d->tree, node);
    for (uint32_t i = 0; i < relation->expects.n; i++) {
        if (relation->expects.at[i].name != n->sym)
            continue;
        struct diag *diag = diag_add(&d->r->ctx->diags, diag_rule("DT106"),
                                     head_span(d->r->ctx, d->tree, node), "this expectation again");
        diag_label(&d->r->ctx->diags, diag,
                   head_span(d->r->ctx, d->tree, relation->expects.at[i].node),
                   "first defined here");
        return;
    }
    *VEC_PUSH(&relation->expects) = (struct expect){
        .name = n->sym, .action = actions[n->op], .condition = n->first, .node = node};
}

static void read_body(struct declaring *d, struct relation *relation, node_t body)
{
    relation->query = tree_child(d->tree, body, NODE_QUERY);
    /* What did not parse was reported: nothing is concluded from what is missing. */
    if (tree_child(d->tree, body, NODE_ERROR))
        relation->poisoned = true;
}

static void read_clauses(struct declaring *d, struct relation *relation)
{
    TREE_EACH(d->tree, relation->decl, child)
    {
        enum node_kind kind = tree_kind(d->tree, child);
        if (kind == NODE_BODY)
            read_body(d, relation, child);
        else if (kind == NODE_EXPECT)
            add_expect(d, relation, child);
        else if (kind == NODE_MOVED_FROM)
            relation->moved_from =
                (struct node_ref){d->file, tree_child(d->tree, child, NODE_OBJECT)};
    }
}

static void declare_relation(struct declaring *d, node_t decl, enum relation_kind kind)
{
    node_t object = tree_child(d->tree, decl, NODE_OBJECT);
    node_t layer_name = tree_child(d->tree, decl, NODE_LAYER_NAME);
    if (!object)
        return;
    bool reported = false;
    struct relation relation = {
        .kind = kind,
        .name = tree_at(d->tree, object)->sym,
        .file = d->file,
        .decl = decl,
        .name_node = object,
    };
    relation.layer = layer_of(d, layer_name, object, &reported);
    relation.poisoned = reported;
    name_relation(d, &relation, layer_name, object);
    read_clauses(d, &relation);
    if (kind == RELATION_OTHER)
        relation.head = tree_at(d->tree, decl)->sym;
    add_relation(d, &relation);
}

static enum relation_kind table_kind(const struct tree *tree, node_t decl)
{
    if (!tree_child(tree, decl, NODE_BODY))
        return RELATION_TABLE;
    return tree_flag(tree, decl, FLAG_STATIC) ? RELATION_STATIC_TABLE : RELATION_DYNAMIC_TABLE;
}

/* One part of a dotted name at the start of a text; 0 when there is none. */
static sym_t take_part(struct declaring *d, struct str *text)
{
    struct interner *names = &d->r->ctx->names;
    size_t n = 0;
    sym_t sym;
    *text = str_trim(*text);
    if (text->n && text->p[0] == '"') {
        const char *end = memchr(text->p + 1, '"', text->n - 1);
        n = end ? (size_t)(end - text->p) + 1 : text->n;
        sym = sym_intern(names, str_make(text->p + 1, n > 1 ? n - 2 : 0));
    } else {
        while (n < text->n && !strchr(" \t\r\n.;", text->p[n]))
            n++;
        sym = n ? sym_intern_upper(names, str_make(text->p, n)) : 0;
    }
    *text = str_trim(str_make(text->p + n, text->n - n));
    return sym;
}

/* USE DATABASE d; USE SCHEMA s; USE SCHEMA d.s: what unqualified names mean from here on. */
static void follow_use_statement(struct declaring *d, node_t decl)
{
    struct resolver *r = d->r;
    struct str text = source_text(&r->ctx->sources, tree_span(d->tree, decl));
    struct str word;
    sym_t first, second = 0;
    (void)take_part(d, &text);
    first = take_part(d, &text);
    word = sym_text(&r->ctx->names, first);
    bool schema = str_is(word, "SCHEMA"), database = str_is(word, "DATABASE");
    if (str_is(word, "ROLE") || str_is(word, "WAREHOUSE") || str_is(word, "SECONDARY"))
        return;
    if (schema || database)
        first = take_part(d, &text);
    if (text.n && text.p[0] == '.') {
        text = str_make(text.p + 1, text.n - 1);
        second = take_part(d, &text);
    }
    if (second || database || !schema)
        d->database = first;
    d->schema = second ? second : schema ? first : sym_intern(&r->ctx->names, STR_LIT("PUBLIC"));
}

/* A statement without a name of its own, or one about an object that something else defines. */
static void declare_statement(struct declaring *d, node_t decl)
{
    struct resolver *r = d->r;
    struct place place = source_place(&r->ctx->sources, d->tree->file, tree_at(d->tree, decl)->lo);
    struct relation relation = {
        .kind = RELATION_OTHER,
        .layer = MODEL_NONE,
        .file = d->file,
        .decl = decl,
        .name_node = decl,
        .head = tree_at(d->tree, decl)->sym,
    };
    relation.shown = relation.full =
        arena_printf(&r->ctx->arena, "%s at %s:%u", sym_text(&r->ctx->names, relation.head).p,
                     r->model->files.at[d->file].path, place.line);
    push_relation(r, &relation);
}

static void declare_opaque(struct declaring *d, node_t decl)
{
    struct str head = sym_text(&d->r->ctx->names, tree_at(d->tree, decl)->sym);
    node_t object = tree_child(d->tree, decl, NODE_OBJECT);
    if (str_starts(head, "USE"))
        follow_use_statement(d, decl);
    else if (object && d->script && str_starts(head, "CREATE"))
        declare_relation(d, decl, RELATION_OTHER);
    else
        declare_statement(d, decl);
}

static void declare_test(struct declaring *d, node_t decl)
{
    struct model *model = d->r->model;
    sym_t name = tree_at(d->tree, decl)->sym;
    for (uint32_t i = 0; i < model->tests.n; i++) {
        struct node_ref first = model->tests.at[i].decl;
        if (model->tests.at[i].name != name)
            continue;
        struct diag *diag = diag_add(&d->r->ctx->diags, diag_rule("DT106"),
                                     head_span(d->r->ctx, d->tree, decl), "this test again");
        diag_label(&d->r->ctx->diags, diag,
                   head_span(d->r->ctx, model_tree(model, first.file), first.node),
                   "first defined here");
        return;
    }
    *VEC_PUSH(&model->tests) = (struct test){name, {d->file, decl}};
}

static const char *lower_words(struct dtc *ctx, sym_t sym)
{
    struct str text = sym_text(&ctx->names, sym);
    char *copy = arena_zalloc(&ctx->arena, text.n + 1, 1);
    for (size_t i = 0; i < text.n; i++)
        copy[i] = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] | 0x20) : text.p[i];
    return copy;
}

static void declare_one(struct declaring *d, node_t decl)
{
    static const struct {
        enum node_kind node;
        enum relation_kind kind;
    } plain[] = {
        {NODE_VIEW, RELATION_VIEW}, {NODE_SOURCE, RELATION_SOURCE}, {NODE_STREAM, RELATION_STREAM},
        {NODE_TASK, RELATION_TASK}, {NODE_ALERT, RELATION_ALERT},   {NODE_PIPE, RELATION_PIPE},
    };
    enum node_kind kind = tree_kind(d->tree, decl);
    if (kind == NODE_TABLE)
        declare_relation(d, decl, table_kind(d->tree, decl));
    else if (kind == NODE_OPAQUE)
        declare_opaque(d, decl);
    else if (kind == NODE_TEST)
        declare_test(d, decl);
    else if (kind == NODE_NOT_BUILT)
        diag_add(&d->r->ctx->diags, diag_rule("DT016"), head_span(d->r->ctx, d->tree, decl),
                 "`%s` is part of the language, but not built yet",
                 lower_words(d->r->ctx, tree_at(d->tree, decl)->sym));
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].node == kind)
            declare_relation(d, decl, plain[i].kind);
}

void declare_all(struct resolver *r)
{
    struct model *model = r->model;
    declare_frame(r);
    for (uint32_t f = 0; f < model->files.n; f++) {
        struct declaring d = {.r = r, .file = f, .tree = model_tree(model, f)};
        d.script = model->files.at[f].script;
        if (d.tree->root)
            TREE_EACH(d.tree, d.tree->root, decl)
        declare_one(&d, decl);
    }
}
