/* sources.c - tables that are read: what their columns and their kind rule out.
 *
 * A column counts when the reader's text names it. Where it cannot be told whose column a name is,
 * or a star takes it from somewhere, nothing is claimed: the use is silent. */
#include "checks/state.h"

enum mention { MENTION_NONE, MENTION_PERHAPS, MENTION_SURE };

struct search {
    const struct checks *checks;
    const struct relation *reader;
    const struct tree *tree;
    uint32_t input;
    sym_t column;
    sym_t alias;     /* under which the reader knows the input; 0 when several */
    uint32_t tables; /* items of FROM that are tables, in the whole text */
    enum mention found;
};

static void note(struct search *s, enum mention mention)
{
    if (mention > s->found)
        s->found = mention;
}

static sym_t name_in_from(const struct tree *tree, node_t table, node_t object)
{
    node_t alias = tree_child(tree, table, NODE_ALIAS);
    return tree_at(tree, alias ? alias : object)->sym;
}

static void find_tables(struct search *s, node_t node)
{
    enum node_kind kind = tree_kind(s->tree, node);
    if (kind == NODE_TABLE_REF || kind == NODE_BOUNDARY_REF) {
        node_t object = tree_child(s->tree, node, NODE_OBJECT);
        s->tables++;
        if (object && model_target(s->checks->model, s->reader->file, object) == s->input)
            s->alias = name_in_from(s->tree, node, object);
    }
    TREE_EACH(s->tree, node, child)
    find_tables(s, child);
}

static void find_column(struct search *s, node_t node)
{
    enum node_kind kind = tree_kind(s->tree, node);
    if (kind == NODE_STAR)
        note(s, s->tables == 1 && tree_first(s->tree, node) == 0 ? MENTION_SURE : MENTION_PERHAPS);
    if (kind == NODE_COLUMN && tree_at(s->tree, node)->sym == s->column) {
        node_t qualifier = 0;
        TREE_EACH(s->tree, node, name)
        qualifier = name;
        bool ours = qualifier && tree_at(s->tree, qualifier)->sym == s->alias;
        note(s, ours || s->tables == 1 ? MENTION_SURE : MENTION_PERHAPS);
    }
    TREE_EACH(s->tree, node, child)
    find_column(s, child);
}

static enum mention mentioned(const struct checks *checks, const struct relation *reader,
                              uint32_t input, sym_t column)
{
    struct search s = {.checks = checks,
                       .reader = reader,
                       .tree = model_tree(checks->model, reader->file),
                       .input = input,
                       .column = column};
    find_tables(&s, reader->query);
    find_column(&s, reader->query);
    return s.found;
}

static void add(struct checks *checks, uint32_t table, struct use use)
{
    *VEC_PUSH(&checks->state->uses[table].all) = use;
}

/* The words between CREATE and TABLE: what kind of table a script makes. */
static bool is_temporary(const struct checks *checks, const struct relation *input)
{
    struct span span = model_span(checks->model, input->file, input->decl);
    struct str text = source_text(&checks->ctx->sources, span);
    while (text.n) {
        size_t n = 0;
        while (n < text.n && text.p[n] != ' ' && text.p[n] != '\n' && text.p[n] != '\t')
            n++;
        struct str word = str_make(text.p, n);
        if (str_eq_nocase(word, STR_LIT("TABLE")))
            return false;
        if (str_eq_nocase(word, STR_LIT("TEMPORARY")) || str_eq_nocase(word, STR_LIT("TEMP")) ||
            str_eq_nocase(word, STR_LIT("VOLATILE")))
            return true;
        text = str_trim(str_make(text.p + n, text.n - n));
    }
    return false;
}

void sources_judge(struct checks *checks, uint32_t table, uint32_t reader, const struct ref *ref)
{
    const struct relation *from = model_relation(checks->model, reader);
    const struct relation *input = model_relation(checks->model, ref->relation);
    const struct tree *tree = model_tree(checks->model, input->file);
    struct use use = {.span = model_span(checks->model, from->file, ref->node),
                      .other = SPAN_NONE,
                      .relation = reader,
                      .node = ref->node};
    if (checks->model->files.at[input->file].script && is_temporary(checks, input)) {
        use.code = "DT329";
        use.construct = "temporary table";
        use.blocks = BLOCKS_EVERY_MODE;
        add(checks, table, use);
    }
    for (uint32_t i = 0; i < input->columns.n; i++) {
        const struct column *column = &input->columns.at[i];
        if (column->type == 0 || !type_blocks(checks->ctx, tree, column->type, &use))
            continue;
        enum mention mention = mentioned(checks, from, ref->relation, column->name);
        if (mention == MENTION_NONE)
            continue;
        if (mention == MENTION_PERHAPS)
            use.blocks = SILENT_EVERY_MODE;
        use.other = model_span(checks->model, input->file, column->type);
        use.why_other =
            arena_printf(&checks->ctx->arena, "column `%" STR_F "` of `%s`",
                         STR_A(sym_text(&checks->ctx->names, column->name)), input->shown);
        add(checks, table, use);
    }
}

void sources_judge_own(struct checks *checks, uint32_t table)
{
    const struct relation *r = model_relation(checks->model, table);
    const struct tree *tree = model_tree(checks->model, r->file);
    struct use use = {.other = SPAN_NONE, .relation = table};
    for (uint32_t i = 0; i < r->columns.n; i++) {
        node_t type = r->columns.at[i].type;
        if (type == 0 || !type_blocks(checks->ctx, tree, type, &use))
            continue;
        use.span = model_span(checks->model, r->file, type);
        use.node = type;
        add(checks, table, use);
    }
}
