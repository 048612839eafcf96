/* refs.c - who reads whom: every name in FROM, and what streams, tasks, alerts and pipes are tied
 * to.
 *
 * Owns the table of targets (file, node) -> relation, and the references of each relation in the
 * order of the text. A name that a WITH in reach defines is no reference. Trees may be deep on
 * their left side (a chain of operators), so a walk goes down the first child without recursion. */
#include "model/reach.h"
#include "model/resolve.h"

#include "syntax/parse.h"

#include <stdlib.h>

struct walk {
    struct resolver *r;
    uint32_t file;
    const struct tree *tree;
    uint32_t reader;
    struct reach ctes; /* in reach here */
};

static void push_ref(struct walk *w, uint32_t relation, enum ref_kind kind, node_t node)
{
    if (relation != MODEL_NONE)
        map_set(&w->r->model->targets, map_key2(w->file, node), relation);
    if (w->reader != MODEL_NONE)
        *VEC_PUSH(&w->r->model->relations.at[w->reader].refs) = (struct ref){relation, kind, node};
}

static void add_ref(struct walk *w, node_t object, enum ref_kind kind, bool quiet)
{
    uint32_t relation;
    enum found found = relation_lookup(w->r, w->file, object, w->reader, quiet, &relation);
    if (found == FOUND_NOTHING && w->reader != MODEL_NONE && !quiet) {
        w->r->unresolved.at[w->reader] = true;
        w->r->model->relations.at[w->reader].poisoned = true;
    }
    if (found == FOUND || !quiet)
        push_ref(w, relation, kind, object);
}

/* ------------------------------------------------------------------------------------------
 * queries */

static void walk(struct walk *w, node_t node);

static bool is_cte(const struct walk *w, node_t object)
{
    sym_t name = tree_at(w->tree, object)->sym;
    if (tree_first(w->tree, object))
        return false;
    return reach_find(&w->ctes, name) != REACH_NONE;
}

/* A CTE sees itself only when it has an anchor to start from. */
static void walk_with(struct walk *w, node_t with)
{
    TREE_EACH(w->tree, with, cte)
    {
        node_t query = tree_child(w->tree, cte, NODE_QUERY);
        bool recursive = query && tree_child(w->tree, query, NODE_SET_OPERATION);
        sym_t name = tree_at(w->tree, cte)->sym;
        if (recursive)
            reach_push(&w->ctes, name);
        if (query)
            walk(w, query);
        if (!recursive)
            reach_push(&w->ctes, name);
    }
}

static void walk_query(struct walk *w, node_t query)
{
    uint32_t ctes = w->ctes.names.n;
    TREE_EACH(w->tree, query, child)
    {
        if (tree_kind(w->tree, child) == NODE_WITH)
            walk_with(w, child);
        else
            walk(w, child);
    }
    reach_cut(&w->ctes, ctes);
}

/* IDENTIFIER('gold.orders') names a relation when the text stands there. */
static void walk_identifier(struct walk *w, node_t identifier, enum ref_kind kind)
{
    struct dtc *ctx = w->r->ctx;
    node_t string = tree_child(w->tree, identifier, NODE_STRING);
    if (!string || w->reader == MODEL_NONE)
        return;
    struct str text =
        string_value(&ctx->arena, sym_text(&ctx->names, tree_at(w->tree, string)->sym));
    bool many;
    uint32_t relation = model_find(w->r->model, str_trim(text), &many);
    push_ref(w, relation, kind, identifier);
}

static void walk_table(struct walk *w, node_t ref, enum ref_kind kind)
{
    TREE_EACH(w->tree, ref, child)
    {
        enum node_kind child_kind = tree_kind(w->tree, child);
        if (child_kind == NODE_OBJECT) {
            if (!is_cte(w, child))
                add_ref(w, child, kind, false);
        } else if (child_kind == NODE_IDENTIFIER) {
            walk_identifier(w, child, kind);
        } else {
            walk(w, child);
        }
    }
}

/* Names taken from the text of a statement: what is not found may be anything, unless its layer is
 * one of ours. */
static void walk_statement(struct walk *w, node_t statement)
{
    TREE_EACH(w->tree, statement, object)
    {
        if (tree_kind(w->tree, object) != NODE_OBJECT)
            continue;
        bool writes = tree_flag(w->tree, object, FLAG_WRITTEN);
        add_ref(w, object, writes ? REF_WRITE : REF_READ, true);
    }
}

static void walk(struct walk *w, node_t node)
{
    while (node) {
        enum node_kind kind = tree_kind(w->tree, node);
        if (kind == NODE_QUERY) {
            walk_query(w, node);
            return;
        }
        if (kind == NODE_ERROR) {
            walk_statement(w, node);
            return;
        }
        if (kind == NODE_TABLE_REF || kind == NODE_BOUNDARY_REF) {
            walk_table(w, node, kind == NODE_TABLE_REF ? REF_READ : REF_BOUNDARY);
            return;
        }
        node_t first = tree_first(w->tree, node);
        for (node_t child = first ? tree_next(w->tree, first) : 0; child;
             child = tree_next(w->tree, child))
            walk(w, child);
        node = first;
    }
}

/* ------------------------------------------------------------------------------ other declarations
 */

static void walk_column_defs(struct walk *w, node_t node)
{
    TREE_EACH(w->tree, node, child)
    {
        node_t references = tree_kind(w->tree, child) == NODE_REFERENCES
                                ? child
                                : tree_child(w->tree, child, NODE_REFERENCES);
        node_t object = references ? tree_child(w->tree, references, NODE_OBJECT) : 0;
        if (object)
            add_ref(w, object, REF_KEY, false);
    }
}

/* `stale gold.*`: every dynamic table of the layer. */
static void walk_stale(struct walk *w, node_t stale)
{
    const struct model *model = w->r->model;
    node_t object = tree_child(w->tree, stale, NODE_OBJECT);
    node_t star = tree_child(w->tree, stale, NODE_STAR);
    if (object)
        add_ref(w, object, REF_READ, false);
    node_t layer_name = star ? tree_child(w->tree, star, NODE_OBJECT) : 0;
    if (!layer_name)
        return;
    uint32_t layer = layer_find(model, tree_at(w->tree, layer_name)->sym);
    if (layer == MODEL_NONE) {
        diag_add(&w->r->ctx->diags, diag_rule("DT107"), tree_span(w->tree, layer_name),
                 "no layer `%s`", node_text(w->r->ctx, w->tree, layer_name));
        return;
    }
    for (uint32_t i = 0; i < model->relations.n; i++)
        if (model->relations.at[i].layer == layer &&
            model->relations.at[i].kind == RELATION_DYNAMIC_TABLE)
            *VEC_PUSH(&model->relations.at[w->reader].refs) = (struct ref){i, REF_READ, layer_name};
}

/* SYSTEM$STREAM_HAS_DATA('silver.changes') in the condition of a task. */
static void walk_condition(struct walk *w, node_t node)
{
    TREE_EACH(w->tree, node, child)
    {
        if (tree_kind(w->tree, child) == NODE_STRING && tree_kind(w->tree, node) == NODE_CALL) {
            struct dtc *ctx = w->r->ctx;
            struct str raw = sym_text(&ctx->names, tree_at(w->tree, child)->sym);
            bool many;
            uint32_t found = model_find(w->r->model, string_value(&ctx->arena, raw), &many);
            if (found != MODEL_NONE)
                push_ref(w, found, REF_STREAM, child);
        }
        walk_condition(w, child);
    }
}

static void walk_clause(struct walk *w, node_t clause)
{
    const struct relation *relation = &w->r->model->relations.at[w->reader];
    enum node_kind kind = tree_kind(w->tree, clause);
    if (kind == NODE_BODY || kind == NODE_EXISTS)
        walk(w, clause);
    else if (kind == NODE_COLUMN_DEFS)
        walk_column_defs(w, clause);
    else if (kind == NODE_ON_OBJECT && tree_first(w->tree, clause))
        add_ref(w, tree_first(w->tree, clause),
                relation->kind == RELATION_PIPE ? REF_WRITE : REF_STREAM, false);
    else if (kind == NODE_WHEN_STREAM && tree_first(w->tree, clause))
        add_ref(w, tree_first(w->tree, clause), REF_STREAM, false);
    else if (kind == NODE_WHEN_EXPR)
        walk_condition(w, clause);
    else if (kind == NODE_STATEMENT)
        walk_statement(w, clause);
    else if (kind == NODE_STALE)
        walk_stale(w, clause);
    else if (kind == NODE_AFTER)
        TREE_EACH(w->tree, clause, object)
    add_ref(w, object, REF_AFTER, false);
    else if (kind == NODE_OBJECT && relation->name_node == relation->decl)
        add_ref(w, clause, REF_AFTER, true);
}

static int compare_refs(const void *a, const void *b)
{
    const struct ref *x = a;
    const struct ref *y = b;
    return (x->node > y->node) - (x->node < y->node);
}

static void walk_relation(struct resolver *r, struct walk *w, uint32_t index)
{
    struct relation *relation = &r->model->relations.at[index];
    w->file = relation->file;
    w->tree = model_tree(r->model, relation->file);
    w->reader = index;
    reach_cut(&w->ctes, 0);
    TREE_EACH(w->tree, relation->decl, clause)
    walk_clause(w, clause);
    /* nodes are numbered as they are read */
    if (relation->refs.n > 1)
        qsort(relation->refs.at, relation->refs.n, sizeof *relation->refs.at, compare_refs);
}

void refs_all(struct resolver *r)
{
    struct walk w = {.r = r};
    reach_init(&w.ctes);
    for (uint32_t i = 0; i < r->model->relations.n; i++)
        walk_relation(r, &w, i);
    w.reader = MODEL_NONE;
    for (uint32_t i = 0; i < r->model->tests.n; i++) {
        struct node_ref test = r->model->tests.at[i].decl;
        w.file = test.file;
        w.tree = model_tree(r->model, test.file);
        TREE_EACH(w.tree, test.node, item)
        {
            node_t object = tree_child(w.tree, item, NODE_OBJECT);
            if (object)
                add_ref(&w, object, REF_READ, false);
        }
    }
    reach_fini(&w.ctes);
}
