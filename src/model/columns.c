/* columns.c - the columns of each relation: the declared ones, else those of its query. */
#include "model/resolve.h"

#include "syntax/parse.h"

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

void columns_all(struct resolver *r)
{
    for (uint32_t i = 0; i < r->model->relations.n; i++) {
        struct relation *relation = &r->model->relations.at[i];
        const struct tree *tree = model_tree(r->model, relation->file);
        node_t defs = tree_child(tree, relation->decl, NODE_COLUMN_DEFS);
        if (defs)
            declared_columns(r, relation, defs);
    }
}
