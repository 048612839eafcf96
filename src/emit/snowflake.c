/* snowflake.c - the Snowflake dialect of queries: the language's own, with names in full.
 *
 * Owns: qualified names, parameters, the words of the pipeline language that Snowflake spells
 * another way. Does not own: the statements around a query (snowflake_ddl.c). The idea: a body is
 * Snowflake SQL already; only what this project named (layers, parameters) is replaced by what the
 * server knows. */
#include "emit/snowflake.h"

void snowflake_qualify(struct buf *out, const struct model *model, uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    sym_t database = model->database;
    if (r->layer != MODEL_NONE) {
        const struct layer *layer = &model->layers.at[r->layer];
        if (layer->database != 0)
            database = layer->database;
        if (database != 0) {
            emit_symbol(out, model, database);
            buf_putc(out, '.');
        }
        emit_symbol(out, model, emit_schema(model, r->layer));
        buf_putc(out, '.');
    }
    emit_spelling(out, model, relation);
}

/* boundary(x) is how the pipeline language writes it; what follows the name is printed as it is. */
static bool print_boundary(struct printer *p, node_t node)
{
    const struct tree *tree = print_tree_of(p);
    node_t object = tree_first(tree, node);
    if (!tree_flag(tree, node, FLAG_SHORT))
        return false;
    print_text(p, "dynamic_table_refresh_boundary(");
    print_node(p, object);
    print_text(p, ")");
    for (node_t rest = tree_next(tree, object); rest != 0; rest = tree_next(tree, rest)) {
        print_text(p, " ");
        print_node(p, rest);
    }
    return true;
}

static bool snowflake_hook(struct printer *p, node_t node, void *data)
{
    struct emit_state *state = data;
    if (tree_kind(print_tree_of(p), node) == NODE_BOUNDARY_REF)
        return print_boundary(p, node);
    return emit_print_name(p, node, state, &dialect_snowflake);
}

bool snowflake_print(struct buf *out, const struct model *model, uint32_t file, node_t node,
                     node_t *at, const char **why)
{
    struct emit_state state = {.model = model, .file = file};
    return emit_print(out, &state, node, snowflake_hook, at, why);
}

void snowflake_node(struct buf *out, const struct model *model, uint32_t file, node_t node)
{
    node_t at;
    const char *why;
    if (!snowflake_print(out, model, file, node, &at, &why))
        BUG("the Snowflake dialect refused a node: %s", why);
}

static bool snowflake_body(struct buf *out, const struct model *model, uint32_t relation,
                           node_t *at, const char **why)
{
    return emit_body(out, &dialect_snowflake, model, relation, true, at, why);
}

const struct dialect dialect_snowflake = {
    .name = "snowflake",
    .script = snowflake_script,
    .relation_name = snowflake_qualify,
    .query = snowflake_print,
    .expression = snowflake_print,
    .body = snowflake_body,
    .symbol = emit_symbol,
    .type = snowflake_node,
};
