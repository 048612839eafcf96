/* duckdb_call.c - function calls in DuckDB's SQL.
 *
 * Owns: reading the DuckDB column of functions.def, and the lowerings that need more than a
 * template. Does not own: dates (duckdb_date.c), casts and paths (duckdb_cast.c). The idea: a row
 * says "the same", another name, a template, or a function here. Whatever is printed is one
 * operand: a call, a CASE, a cast, or in parentheses. */
#include "emit/duckdb.h"

typedef void lowering(struct duckdb_call *c);

static void out(const struct duckdb_call *c, const char *text)
{
    print_text(c->p, text);
}

static void arg(const struct duckdb_call *c, uint32_t i)
{
    print_node(c->p, c->args[i]);
}

void duckdb_over(const struct duckdb_call *c)
{
    if (c->over == 0)
        return;
    print_text(c->p, " ");
    print_node(c->p, c->over);
}

static void arguments(const struct duckdb_call *c, uint32_t from)
{
    for (uint32_t i = from; i < c->n; i++) {
        if (i > from)
            out(c, ", ");
        arg(c, i);
    }
}

static void order_within(const struct duckdb_call *c)
{
    const char *separator = " order by ";
    if (c->within == 0)
        return;
    TREE_EACH(c->tree, c->within, sort)
    {
        out(c, separator);
        print_node(c->p, sort);
        separator = ", ";
    }
}

/* --- aggregates
 * ------------------------------------------------------------------------------------ */

static void lower_sum(struct duckdb_call *c)
{
    /* DuckDB sums integers to HUGEINT, which is slow to store. */
    bool whole = c->type.kind == TYPE_NUMBER && c->type.scale == 0;
    if (whole)
        out(c, "cast(");
    duckdb_plain(c->p, c->state, c->node);
    if (whole)
        out(c, " as bigint)");
}

static void lower_avg(struct duckdb_call *c)
{
    duckdb_round_open(c->p, c->type);
    duckdb_plain(c->p, c->state, c->node);
    duckdb_round_close(c->p, c->type);
}

static void lower_count(struct duckdb_call *c)
{
    if (c->n < 2) {
        duckdb_plain(c->p, c->state, c->node);
        return;
    }
    out(c, c->distinct ? "count(distinct (" : "count((");
    arguments(c, 0);
    out(c, ")) filter (where ");
    for (uint32_t i = 0; i < c->n; i++) {
        if (i > 0)
            out(c, " and ");
        duckdb_operand(c->p, c->args[i]);
        out(c, " is not null");
    }
    out(c, ")");
    duckdb_over(c);
}

static void lower_listagg(struct duckdb_call *c)
{
    out(c, c->distinct ? "coalesce(string_agg(distinct " : "coalesce(string_agg(");
    arg(c, 0);
    out(c, ", ");
    if (c->n > 1)
        arg(c, 1);
    else
        out(c, "''");
    order_within(c);
    out(c, ")");
    duckdb_over(c);
    out(c, ", '')");
}

static void lower_array_agg(struct duckdb_call *c)
{
    out(c, c->distinct ? "coalesce(to_json(list(distinct " : "coalesce(to_json(list(");
    arg(c, 0);
    order_within(c);
    out(c, ") filter (where ");
    duckdb_operand(c->p, c->args[0]);
    out(c, " is not null)");
    duckdb_over(c);
    out(c, "), cast('[]' as json))");
}

static void lower_whole_frame(struct duckdb_call *c)
{
    if (c->over != 0 && tree_child(c->tree, c->over, NODE_FRAME) == 0)
        duckdb_of(c->state)->whole_frame = c->over;
    duckdb_plain(c->p, c->state, c->node);
}

static void lower_ratio(struct duckdb_call *c)
{
    out(c, c->type.kind == TYPE_NUMBER ? "" : "(");
    duckdb_round_open(c->p, c->type);
    duckdb_operand(c->p, c->args[0]);
    out(c, " / nullif(sum(");
    arg(c, 0);
    out(c, ")");
    duckdb_over(c);
    out(c, ", 0)");
    duckdb_round_close(c->p, c->type);
    out(c, c->type.kind == TYPE_NUMBER ? "" : ")");
}

/* --- numbers -------------------------------------------------------------------------------------
 */

static bool is_literal(const struct duckdb_call *c, uint32_t i, enum node_kind kind)
{
    return i < c->n && tree_kind(c->tree, c->args[i]) == kind;
}

static void lower_modulo(struct duckdb_call *c)
{
    duckdb_divide(c->p, c->state, c->args[0], c->args[1], OP_MODULO, c->type);
}

static void lower_div0(struct duckdb_call *c)
{
    struct str name = duckdb_text(c->state, tree_at(c->tree, tree_first(c->tree, c->node))->sym);
    out(c, str_ends(name, "NULL") ? "case when coalesce(" : "case when ");
    duckdb_operand(c->p, c->args[1]);
    out(c, str_ends(name, "NULL") ? ", 0) = 0 then 0 else " : " = 0 then 0 else ");
    duckdb_round_open(c->p, c->type);
    duckdb_operand(c->p, c->args[0]);
    out(c, " / ");
    duckdb_operand(c->p, c->args[1]);
    duckdb_round_close(c->p, c->type);
    out(c, " end");
}

static void lower_to_number(struct duckdb_call *c)
{
    struct buf type;
    if (is_literal(c, 1, NODE_STRING)) {
        emit_fail(c->state, c->args[1], "a number format has no DuckDB form");
        return;
    }
    buf_init(&type);
    duckdb_type(&type, c->type);
    out(c, c->attempt ? "try_cast(" : "cast(");
    duckdb_read(c->p, c->state, c->args[0], c->type);
    out(c, " as ");
    print_str(c->p, buf_view(&type));
    out(c, ")");
    buf_fini(&type);
}

/* --- conditionals, texts
 * --------------------------------------------------------------------------- */

static void lower_greatest(struct duckdb_call *c)
{
    struct str name = duckdb_text(c->state, tree_at(c->tree, tree_first(c->tree, c->node))->sym);
    if (c->n > 1)
        out(c, "case when ");
    for (uint32_t i = 0; c->n > 1 && i < c->n; i++) {
        if (i > 0)
            out(c, " or ");
        duckdb_operand(c->p, c->args[i]);
        out(c, " is null");
    }
    if (c->n > 1)
        out(c, " then null else ");
    out(c, str_is(name, "LEAST") ? "least(" : "greatest(");
    arguments(c, 0);
    out(c, c->n > 1 ? ") end" : ")");
}

static void lower_decode(struct duckdb_call *c)
{
    uint32_t i = 1;
    out(c, "case");
    for (; i + 1 < c->n; i += 2) {
        out(c, " when ");
        duckdb_operand(c->p, c->args[0]);
        out(c, " is not distinct from ");
        duckdb_operand(c->p, c->args[i]);
        out(c, " then ");
        arg(c, i + 1);
    }
    if (i < c->n) {
        out(c, " else ");
        arg(c, i);
    }
    out(c, " end");
}

static void lower_concat(struct duckdb_call *c)
{
    out(c, "(");
    for (uint32_t i = 0; i < c->n; i++) {
        if (i > 0)
            out(c, " || ");
        duckdb_read(c->p, c->state, c->args[i], (struct type){TYPE_TEXT, 0, 0});
    }
    out(c, ")");
}

static void lower_substr(struct duckdb_call *c)
{
    out(c, "substr(");
    duckdb_read(c->p, c->state, c->args[0], (struct type){TYPE_TEXT, 0, 0});
    out(c, ", ");
    /* Snowflake counts from 1 and takes 0 for 1; DuckDB starts one before the text. */
    if (is_literal(c, 1, NODE_NUMBER)) {
        struct str digits = duckdb_text(c->state, tree_at(c->tree, c->args[1])->sym);
        print_str(c->p, str_is(digits, "0") ? STR_LIT("1") : digits);
    } else {
        arg(c, 1);
    }
    if (c->n > 2) {
        out(c, ", ");
        arg(c, 2);
    }
    out(c, ")");
}

/* --- semi-structured
 * ------------------------------------------------------------------------------- */

static void lower_object_construct(struct duckdb_call *c)
{
    /* A key whose value is NULL is left out. */
    out(c, "json_merge_patch('{}', json_object(");
    arguments(c, 0);
    out(c, "))");
}

static void lower_get(struct duckdb_call *c)
{
    struct str text = duckdb_text(c->state, tree_at(c->tree, c->args[1])->sym);
    struct buf path;
    if (!is_literal(c, 1, NODE_STRING) && !is_literal(c, 1, NODE_NUMBER)) {
        emit_fail(c->state, c->args[1], "a path that is not a literal has no DuckDB form");
        return;
    }
    buf_init(&path);
    if (is_literal(c, 1, NODE_NUMBER))
        buf_printf(&path, "'$[%" STR_F "]'", STR_A(text));
    else
        buf_printf(&path, "'$.%" STR_F "'", STR_A(str_make(text.p + 1, text.n - 2)));
    out(c, "json_extract(");
    arg(c, 0);
    out(c, ", ");
    print_str(c->p, buf_view(&path));
    out(c, ")");
    buf_fini(&path);
}

/* --- rows of the catalogue
 * ------------------------------------------------------------------------- */

static const struct {
    const char *name;
    lowering *lower;
} lowerings[] = {
    {"!array_agg", lower_array_agg},
    {"!avg", lower_avg},
    {"!concat", lower_concat},
    {"!count", lower_count},
    {"!date_add", duckdb_date_add},
    {"!date_diff", duckdb_date_diff},
    {"!date_part", duckdb_call_date_part},
    {"!date_trunc", duckdb_date_trunc},
    {"!decode", lower_decode},
    {"!div0", lower_div0},
    {"!get", lower_get},
    {"!greatest", lower_greatest},
    {"!last_day", duckdb_last_day},
    {"!listagg", lower_listagg},
    {"!modulo", lower_modulo},
    {"!object_construct", lower_object_construct},
    {"!ratio", lower_ratio},
    {"!substr", lower_substr},
    {"!sum", lower_sum},
    {"!time_slice", duckdb_time_slice},
    {"!to_char", duckdb_to_char},
    {"!to_date", duckdb_to_date},
    {"!to_number", lower_to_number},
    {"!to_timestamp", duckdb_to_timestamp},
    {"!whole_frame", lower_whole_frame},
};

static void lower_by_name(struct duckdb_call *c, const char *name)
{
    for (size_t i = 0; i < sizeof lowerings / sizeof *lowerings; i++) {
        if (strcmp(lowerings[i].name, name) == 0) {
            lowerings[i].lower(c);
            return;
        }
    }
    BUG("functions.def names the lowering %s, which is not there", name);
}

static bool is_word(const char *text)
{
    for (; *text; text++) {
        if (!(*text >= 'a' && *text <= 'z') && !(*text >= '0' && *text <= '9') && *text != '_')
            return false;
    }
    return true;
}

/* Another name; everything else stays: DISTINCT, IGNORE NULLS (inside, where DuckDB wants it),
 * OVER. */
static void lower_renamed(struct duckdb_call *c, const char *name)
{
    unsigned flags = tree_at(c->tree, c->node)->flags;
    if (c->n == 0 && strncmp(name, "current_", 8) == 0) {
        out(c, name);
        return;
    }
    if (!(flags & FLAG_IGNORE_NULLS) && c->within == 0) {
        print_call_as(c->p, c->node, name);
        return;
    }
    out(c, name);
    out(c, c->distinct ? "(distinct " : "(");
    arguments(c, 0);
    out(c, flags & FLAG_IGNORE_NULLS ? " ignore nulls" : "");
    order_within(c);
    out(c, ")");
    duckdb_over(c);
}

static void lower_template(struct duckdb_call *c, const char *template)
{
    char text[2] = "";
    for (const char *t = template; *t; t++) {
        uint32_t i = (uint32_t)(t[1] - '1');
        if ((*t == '@' || *t == '$') && i < 9 && i < c->n) {
            t++;
            if (*t != '\0' && t[-1] == '$')
                duckdb_operand(c->p, c->args[i]);
            else if (t[1] == '*')
                arguments(c, i), t++;
            else
                arg(c, i);
        } else if (*t == '@' && t[1] == '*') {
            t++;
            arguments(c, 0);
        } else if (*t == '$' && t[1] == 'w') {
            t++;
            duckdb_over(c);
        } else if (*t == '$' && t[1] == 'd') {
            t++;
            out(c, c->distinct ? "distinct " : "");
        } else {
            text[0] = *t;
            out(c, text);
        }
    }
}

/* Functions of text read a VARIANT as its text, and so does the catalogue's common form. */
static bool reads_variant(const struct duckdb_call *c, const struct function_row *row)
{
    bool any = false;
    for (uint32_t i = 0; i < c->n && i < 16; i++)
        any = any || duckdb_type_at(c->state, c->args[i]).kind == TYPE_VARIANT;
    return any && row->kind == FUNCTION_SCALAR && row->result == RESULT_TEXT && *row->duckdb != '!';
}

static void lower_text_function(struct duckdb_call *c, const struct function_row *row)
{
    char name[64];
    size_t n = 0;
    const char *from = *row->duckdb ? row->duckdb : row->name;
    if (!is_word(row->duckdb)) {
        emit_fail(c->state, c->node, "this function of a VARIANT needs a cast to a text first");
        return;
    }
    for (; from[n] && n + 1 < sizeof name; n++)
        name[n] = from[n] >= 'A' && from[n] <= 'Z' ? (char)(from[n] - 'A' + 'a') : from[n];
    name[n] = '\0';
    out(c, name);
    out(c, "(");
    for (uint32_t i = 0; i < c->n; i++) {
        if (i > 0)
            out(c, ", ");
        duckdb_read(c->p, c->state, c->args[i], (struct type){TYPE_TEXT, 0, 0});
    }
    out(c, ")");
}

static void read_call(struct duckdb_call *c)
{
    TREE_EACH(c->tree, c->node, child)
    {
        enum node_kind kind = tree_kind(c->tree, child);
        if (child == tree_first(c->tree, c->node))
            continue;
        if (kind == NODE_OVER)
            c->over = child;
        else if (kind == NODE_WITHIN_GROUP)
            c->within = child;
        else if (c->n++ < 16)
            c->args[c->n - 1] = child;
    }
    c->distinct = tree_flag(c->tree, c->node, FLAG_DISTINCT);
    c->type = duckdb_type_at(c->state, c->node);
}

static const char *no_lowering(struct emit_state *state, struct str name, bool known)
{
    return arena_printf(&state->model->ctx->arena,
                        known ? "function `%" STR_F "` has no DuckDB form with these arguments"
                              : "function `%" STR_F "` has no DuckDB form",
                        STR_A(name));
}

bool duckdb_call(struct printer *p, node_t node, struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    struct duckdb_call c = {.p = p, .state = state, .tree = tree, .node = node};
    node_t object = tree_first(tree, node);
    struct str name = duckdb_text(state, tree_at(tree, object)->sym);
    const struct function_row *row;
    bool known = false;
    read_call(&c);
    row = tree_kind(tree, object) == NODE_OBJECT && tree_first(tree, object) == 0
              ? function_find(name, c.n, &known)
              : NULL;
    if (str_is(name, "ROLLUP") || str_is(name, "CUBE"))
        return false;
    if (!row || strcmp(row->duckdb, "-") == 0 || (c.n > 16 && *row->duckdb != '\0')) {
        emit_fail(state, node, no_lowering(state, name, known && row == NULL));
        return true;
    }
    c.attempt = str_starts(name, "TRY_");
    if (reads_variant(&c, row))
        lower_text_function(&c, row);
    else if (*row->duckdb == '\0')
        return false;
    else if (*row->duckdb == '!')
        lower_by_name(&c, row->duckdb);
    else if (is_word(row->duckdb))
        lower_renamed(&c, row->duckdb);
    else
        lower_template(&c, row->duckdb);
    return true;
}
