/* call.c - function calls and types in a body.
 *
 * Owns which of Snowflake's functions may stand in which clause (rows of model/volatility.def) and
 * the few whose arguments or frame decide. A name that the documentation does not list may be a
 * function of a user: nothing is claimed about it. */
#include "checks/scan.h"

/* The function's row by its name as called; *name is what to call it in a message. */
const struct volatility *scan_function(struct scan *s, node_t call, const char **name)
{
    struct checks_state *state = s->checks->state;
    struct arena *arena = &s->checks->ctx->arena;
    node_t object = tree_first(s->tree, call);
    if (object == 0 || tree_kind(s->tree, object) != NODE_OBJECT) {
        *name = "IDENTIFIER";
        return NULL;
    }
    sym_t sym = tree_at(s->tree, object)->sym;
    struct str text = sym_text(&s->checks->ctx->names, sym);
    if (tree_first(s->tree, object) == 0) {
        *name = text.p;
        return sym < state->functions_n ? state->functions[sym] : NULL;
    }
    const char *full = "";
    TREE_EACH(s->tree, object, part)
    full = arena_printf(arena, "%s%" STR_F ".", full, STR_A(scan_sym(s, part)));
    *name = arena_printf(arena, "%s%" STR_F, full, STR_A(text));
    const struct volatility *row = volatility_find(str_from(*name));
    /* AI functions are known under their bare name and under SNOWFLAKE.CORTEX. */
    if (!row && strcmp(full, "SNOWFLAKE.CORTEX.") == 0)
        row = volatility_find(text);
    return row;
}

/* --- functions whose arguments decide --- */

static bool holds_varying_call(struct scan *s, node_t node)
{
    const char *name = NULL;
    if (tree_kind(s->tree, node) == NODE_CALL) {
        const struct volatility *row = scan_function(s, node, &name);
        if (!row || row->varies)
            return true;
    }
    TREE_EACH(s->tree, node, child)
    if (holds_varying_call(s, child))
        return true;
    return false;
}

static void note_generation(struct scan *s, node_t call, const char *name)
{
    if (strcmp(name, "UUID_STRING") == 0 && tree_count(s->tree, call) == 3)
        return;
    if (strcmp(name, "UNIFORM") == 0) {
        node_t generator = tree_nth(s->tree, call, 3);
        if (generator == 0 || !holds_varying_call(s, generator)) {
            scan_add(s, "DT331", SILENT_INCREMENTAL, call, "UNIFORM");
            return;
        }
    }
    scan_add(s, "DT317", BLOCKS_INCREMENTAL, call, name);
}

static void note_current_time(struct scan *s, node_t call, const char *name, enum clause place)
{
    if (place != CLAUSE_FILTER)
        scan_add(s, "DT318", BLOCKS_INCREMENTAL, call, name);
    else if (strcmp(name, "SYSDATE") != 0)
        scan_add(s, "DT335", BLOCKS_NOTHING, call, name);
    else
        scan_add(s, "DT331", SILENT_INCREMENTAL, call, name);
}

static bool slides(const struct scan *s, node_t frame)
{
    TREE_EACH(s->tree, frame, bound)
    {
        if (tree_kind(s->tree, bound) != NODE_BOUND)
            continue;
        enum op op = (enum op)tree_at(s->tree, bound)->op;
        if (op == OP_PRECEDING || op == OP_FOLLOWING)
            return true;
    }
    return false;
}

static void note_rank(struct scan *s, node_t call, const char *name)
{
    node_t over = tree_child(s->tree, call, NODE_OVER);
    node_t frame = over ? tree_child(s->tree, over, NODE_FRAME) : 0;
    if (frame != 0 && slides(s, frame))
        scan_add(s, "DT324", BLOCKS_INCREMENTAL, frame,
                 arena_printf(&s->checks->ctx->arena, "%s with a sliding frame", name));
}

static void note_full_only(struct scan *s, node_t call, const struct volatility *row,
                           const char *name)
{
    if (row->group == GROUP_GENERATION)
        note_generation(s, call, name);
    else if (row->group == GROUP_CONTEXT)
        scan_add(s, "DT319", BLOCKS_INCREMENTAL, call, name);
    else if (row->group == GROUP_GEOSPATIAL)
        scan_add(s, "DT327", BLOCKS_INCREMENTAL, call, name);
    else if (str_starts(row->name, "GROUPING"))
        scan_add(s, "DT310", BLOCKS_INCREMENTAL, call, name);
    else
        scan_add(s, "DT321", BLOCKS_INCREMENTAL, call, name);
}

static void note_function(struct scan *s, node_t call, const struct volatility *row,
                          const char *name, enum clause place)
{
    switch (row->use) {
    case USE_ANYWHERE:
        break;
    case USE_SELECT_ONLY:
        if (place != CLAUSE_SELECT)
            scan_add(s, "DT323", BLOCKS_INCREMENTAL, call, name);
        break;
    case USE_FILTER_ONLY:
        note_current_time(s, call, name, place);
        break;
    case USE_FULL_ONLY:
        note_full_only(s, call, row, name);
        break;
    case USE_UNFRAMED:
        note_rank(s, call, name);
        break;
    case USE_REFUSED:
        scan_add(s, row->group == GROUP_CONTEXT ? "DT320" : "DT322", BLOCKS_EVERY_MODE, call, name);
        break;
    case USE_SILENT:
        scan_add(s, "DT331", SILENT_INCREMENTAL, call, name);
        break;
    }
}

/* Without PARTITION BY every change recomputes the whole result. */
static void note_window(struct scan *s, node_t call, const char *name)
{
    node_t over = tree_child(s->tree, call, NODE_OVER);
    if (over != 0 && !tree_child(s->tree, over, NODE_PARTITION_BY))
        scan_add(s, "DT336", BLOCKS_NOTHING, over,
                 arena_printf(&s->checks->ctx->arena, "%s without PARTITION BY", name));
}

void scan_call(struct scan *s, node_t call, enum clause place)
{
    const char *name = NULL;
    const struct volatility *row = scan_function(s, call, &name);
    if (row)
        note_function(s, call, row, name, place);
    else
        scan_user_function(s, call, name, place);
    note_window(s, call, name);
    TREE_EACH(s->tree, call, child)
    if (child != tree_first(s->tree, call))
        scan_node(s, child, place);
}

/* --- types --- */

bool type_blocks(const struct dtc *ctx, const struct tree *tree, node_t type, struct use *use)
{
    struct str words = sym_text(&ctx->names, tree_at(tree, type)->sym);
    if (str_is(words, "MAP") || (str_is(words, "ARRAY") && tree_child(tree, type, NODE_TYPE)) ||
        (str_is(words, "OBJECT") && tree_child(tree, type, NODE_FIELD))) {
        use->code = "DT326";
        use->blocks = BLOCKS_EVERY_MODE;
        use->construct = str_is(words, "MAP")     ? "structured MAP"
                         : str_is(words, "ARRAY") ? "structured ARRAY"
                                                  : "structured OBJECT";
        return true;
    }
    if (str_is(words, "GEOGRAPHY") || str_is(words, "GEOMETRY")) {
        use->code = "DT327";
        use->blocks = BLOCKS_INCREMENTAL;
        use->construct = words.p;
        return true;
    }
    if (str_is(words, "VECTOR") || str_is(words, "FILE") || str_is(words, "DECFLOAT") ||
        str_starts(words, "INTERVAL")) {
        use->code = "DT331";
        use->blocks = SILENT_EVERY_MODE;
        use->construct = words.p;
        return true;
    }
    return false;
}

void scan_type(struct scan *s, node_t type)
{
    struct use found;
    if (type_blocks(s->checks->ctx, s->tree, type, &found))
        scan_add(s, found.code, found.blocks, type, found.construct);
}
