/* emit.c - what the dialects share: names, parameters, statements, expectations around a query.
 *
 * Owns: the dialects' list, spelling of names that have no text of their own, the filter that an
 * expectation becomes, the order of statements. Does not own: a dialect's syntax (snowflake_*.c,
 * duckdb_*.c) nor the layout of expressions (syntax/print.h).
 * The idea: a row breaks an expectation when its condition is false; NULL passes, as with CHECK. So
 * a row stays when coalesce(condition, true). */
#include "emit/shared.h"

static const struct dialect *const dialects[] = {&dialect_snowflake, &dialect_duckdb};

const struct dialect *dialect_find(const char *name)
{
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        if (strcmp(dialects[i]->name, name) == 0)
            return dialects[i];
    }
    return NULL;
}

void statements_fini(struct statements *statements)
{
    VEC_FINI(&statements->all);
}

void emit_refused(const struct model *model, const struct dialect *dialect, uint32_t file,
                  node_t at, const char *why)
{
    struct diag_sink *sink = &model->ctx->diags;
    struct diag *d = diag_add(sink, diag_rule("DT701"), model_span(model, file, at), "%s", why);
    diag_note(sink, d, "the dialect is %s", dialect->name);
}

/* --- names ---------------------------------------------------------------------------------------
 */

void emit_symbol(struct buf *out, const struct model *model, sym_t symbol)
{
    size_t from = out->n;
    name_canonical(out, &model->ctx->names, symbol);
    if (out->n > from && out->p[from] == '"')
        return;
    for (size_t i = from; i < out->n; i++) {
        if (out->p[i] >= 'A' && out->p[i] <= 'Z')
            out->p[i] = (char)(out->p[i] - 'A' + 'a');
    }
}

void emit_spelling(struct buf *out, const struct model *model, uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    tree_spelling(out, model_tree(model, r->file), &model->ctx->sources, &model->ctx->names,
                  r->name_node);
}

sym_t emit_schema(const struct model *model, uint32_t layer)
{
    const struct layer *l = &model->layers.at[layer];
    return l->schema ? l->schema : l->name;
}

void emit_quote(struct buf *out, struct str text)
{
    buf_putc(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\'' || text.p[i] == '\\')
            buf_putc(out, text.p[i]);
        buf_putc(out, text.p[i]);
    }
    buf_putc(out, '\'');
}

const char *emit_param(const struct model *model, sym_t name)
{
    for (uint32_t i = 0; i < model->params.n; i++) {
        if (model->params.at[i].name == name)
            return model->params.at[i].value;
    }
    return NULL;
}

void emit_column_list(struct buf *out, const struct dialect *dialect, const struct model *model,
                      uint32_t relation)
{
    const struct relation *r = model_relation(model, relation);
    bool known = r->columns_known && r->columns.n > 0;
    struct buf name;
    for (uint32_t i = 0; known && i < r->columns.n; i++)
        known = r->columns.at[i].name != 0;
    if (!known) {
        buf_putc(out, '*');
        return;
    }
    buf_init(&name);
    for (uint32_t i = 0; i < r->columns.n; i++) {
        size_t line = out->n;
        while (line > 0 && out->p[line - 1] != '\n')
            line--;
        buf_clear(&name);
        dialect->symbol(&name, model, r->columns.at[i].name);
        if (i > 0)
            buf_puts(out, out->n - line + name.n + 3 > 100 ? ",\n       " : ", ");
        buf_str(out, buf_view(&name));
    }
    buf_fini(&name);
}

/* --- hooks ---------------------------------------------------------------------------------------
 */

void emit_fail(struct emit_state *state, node_t at, const char *why)
{
    if (state->at != 0)
        return;
    state->at = at;
    state->why = why;
}

bool emit_print_param(struct printer *p, const struct model *model, sym_t name)
{
    const char *value = emit_param(model, name);
    if (!value)
        return false;
    if (*value == '-' || strchr(value, ' ')) {
        bool quoted = *value == '\'';
        print_text(p, quoted ? "" : "(");
        print_text(p, value);
        print_text(p, quoted ? "" : ")");
    } else {
        print_text(p, value);
    }
    return true;
}

/* schema.table.column: FROM knows the table by its own name only. */
static bool print_column(struct printer *p, node_t node, const struct emit_state *state)
{
    const struct tree *tree = print_tree_of(p);
    const struct dtc *ctx = state->model->ctx;
    node_t last = 0;
    struct buf text;
    if (tree_count(tree, node) < 2)
        return false;
    TREE_EACH(tree, node, part)
    last = part;
    buf_init(&text);
    tree_spelling(&text, tree, &ctx->sources, &ctx->names, last);
    buf_putc(&text, '.');
    tree_spelling(&text, tree, &ctx->sources, &ctx->names, node);
    print_str(p, buf_view(&text));
    buf_fini(&text);
    return true;
}

bool emit_print_name(struct printer *p, node_t node, struct emit_state *state,
                     const struct dialect *dialect)
{
    const struct tree *tree = print_tree_of(p);
    const struct node *at = tree_at(tree, node);
    uint32_t target;
    struct buf name;
    if (at->kind == NODE_VARIABLE)
        return emit_print_param(p, state->model, at->sym);
    if (at->kind == NODE_COLUMN)
        return print_column(p, node, state);
    if (at->kind != NODE_OBJECT)
        return false;
    target = model_target(state->model, state->file, node);
    if (target == MODEL_NONE)
        return false;
    buf_init(&name);
    dialect->relation_name(&name, state->model, target);
    print_str(p, buf_view(&name));
    buf_fini(&name);
    return true;
}

bool emit_print(struct buf *out, struct emit_state *state, node_t node, print_hook *hook,
                node_t *at, const char **why)
{
    struct print_options options = {
        .width = 100, .spelling = true, .hook = hook, .hook_data = state};
    size_t from = out->n;
    print_tree(out, state->model->ctx, model_tree(state->model, state->file), node, &options);
    if (state->at == 0)
        return true;
    out->n = from;
    if (out->p)
        out->p[from] = '\0';
    *at = state->at;
    *why = state->why;
    return false;
}

/* --- expectations --------------------------------------------------------------------------------
 */

void emit_indent(struct buf *out, struct str text, int blanks)
{
    char quote = 0; /* inside '..', "..", or $$..$$: a line there keeps its start */
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '$' && i + 1 < text.n && text.p[i + 1] == '$' && (quote == 0 || quote == '$')) {
            quote = quote ? 0 : '$';
            buf_putc(out, text.p[i++]);
        } else if (quote == '\'' && c == '\\' && i + 1 < text.n) {
            buf_putc(out, text.p[i++]);
            c = text.p[i];
        } else if ((c == '\'' || c == '"') && (quote == 0 || quote == c)) {
            quote = quote ? 0 : c;
        }
        if (c == '\n' && i + 1 < text.n && text.p[i + 1] != '\n' && quote == 0) {
            buf_putc(out, '\n');
            buf_fill(out, ' ', (size_t)blanks);
            continue;
        }
        buf_putc(out, c);
    }
}

static void add_condition(struct buf *out, struct str name, struct str condition, bool fail,
                          bool first)
{
    buf_puts(out, first ? "\nwhere " : "\n  and ");
    if (!fail) {
        buf_puts(out, "coalesce(");
        emit_indent(out, condition, 6);
        buf_puts(out, ", true)");
        return;
    }
    /* Not a constant, so that the server cannot evaluate it before there is a row. */
    buf_puts(out, "to_boolean(iff(coalesce(");
    emit_indent(out, condition, 6);
    buf_printf(out, ", true), 'true', 'expectation %" STR_F " failed'))", STR_A(name));
}

static bool filters(const struct expect *expect, bool with_fail)
{
    return expect->action == EXPECT_DROP || (with_fail && expect->action == EXPECT_FAIL);
}

/* Appends the conditions of all expectations that filter; false when one has no lowering. */
static bool add_conditions(struct buf *out, const struct dialect *dialect,
                           const struct model *model, const struct relation *r, bool with_fail,
                           node_t *at, const char **why)
{
    bool first = true, ok = true;
    struct buf condition, name;
    buf_init(&condition);
    buf_init(&name);
    for (uint32_t i = 0; ok && i < r->expects.n; i++) {
        const struct expect *expect = &r->expects.at[i];
        if (!filters(expect, with_fail))
            continue;
        buf_clear(&condition);
        buf_clear(&name);
        ok = dialect->expression(&condition, model, r->file, expect->condition, at, why);
        emit_symbol(&name, model, expect->name);
        if (ok)
            add_condition(out, buf_view(&name), buf_view(&condition), expect->action == EXPECT_FAIL,
                          first);
        first = false;
    }
    buf_fini(&condition);
    buf_fini(&name);
    return ok;
}

bool emit_body(struct buf *out, const struct dialect *dialect, const struct model *model,
               uint32_t relation, bool with_fail, node_t *at, const char **why)
{
    const struct relation *r = model_relation(model, relation);
    bool filtered = false, ok;
    struct buf query;
    for (uint32_t i = 0; i < r->expects.n; i++)
        filtered = filtered || filters(&r->expects.at[i], with_fail);
    if (!filtered)
        return dialect->query(out, model, r->file, r->query, at, why);
    buf_init(&query);
    ok = dialect->query(&query, model, r->file, r->query, at, why);
    if (ok) {
        buf_puts(out, "select ");
        emit_column_list(out, dialect, model, relation);
        buf_puts(out, "\nfrom (\n  ");
        emit_indent(out, buf_view(&query), 2);
        buf_puts(out, "\n) as body");
        ok = add_conditions(out, dialect, model, r, with_fail, at, why);
    }
    buf_fini(&query);
    return ok;
}

void emit_violations_name(struct buf *out, const struct dialect *dialect, const struct model *model,
                          uint32_t relation)
{
    dialect->relation_name(out, model, relation);
    if (out->p[out->n - 1] == '"') {
        out->n -= 1;
        buf_puts(out, "__VIOLATIONS\"");
    } else {
        buf_puts(out, "__violations");
    }
}

/* One branch: rows that break one expectation. What is dropped can only be seen in the query
 * itself. */
static bool violations_of(struct buf *out, const struct dialect *dialect, const struct model *model,
                          uint32_t relation, const struct expect *expect, node_t *at,
                          const char **why)
{
    const struct relation *r = model_relation(model, relation);
    struct buf text;
    bool ok = true;
    buf_init(&text);
    buf_puts(out, "select '");
    emit_symbol(out, model, expect->name);
    buf_puts(out, "' as expectation, ");
    emit_column_list(out, dialect, model, relation);
    buf_puts(out, "\nfrom ");
    if (expect->action == EXPECT_DROP) {
        ok = dialect->query(&text, model, r->file, r->query, at, why);
        buf_puts(out, "(\n  ");
        emit_indent(out, buf_view(&text), 2);
        buf_puts(out, "\n) as body");
    } else {
        dialect->relation_name(out, model, relation);
    }
    buf_clear(&text);
    ok = ok && dialect->expression(&text, model, r->file, expect->condition, at, why);
    buf_puts(out, "\nwhere not (");
    emit_indent(out, buf_view(&text), 11);
    buf_putc(out, ')');
    buf_fini(&text);
    return ok;
}

bool emit_violations(struct buf *out, const struct dialect *dialect, const struct model *model,
                     uint32_t relation, node_t *at, const char **why)
{
    const struct relation *r = model_relation(model, relation);
    for (uint32_t i = 0; i < r->expects.n; i++) {
        if (i > 0)
            buf_puts(out, "\nunion all\n");
        if (!violations_of(out, dialect, model, relation, &r->expects.at[i], at, why))
            return false;
    }
    return true;
}

/* --- statements ----------------------------------------------------------------------------------
 */

/* A name of a folder or file: lower case, and nothing that a file system could mind. */
static const char *file_name(struct arena *arena, struct str name, const char *suffix)
{
    struct buf buf;
    const char *text;
    buf_init(&buf);
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        if (c >= 'A' && c <= 'Z')
            buf_putc(&buf, (char)(c - 'A' + 'a'));
        else if (plain)
            buf_putc(&buf, c);
        else
            buf_printf(&buf, "%%%02x", (unsigned)(unsigned char)c);
    }
    buf_puts(&buf, suffix);
    text = arena_str(arena, buf_view(&buf)).p;
    buf_fini(&buf);
    return text;
}

struct statement *emit_statement(struct statements *out, const struct graph *graph,
                                 uint32_t relation, const char *suffix, struct buf *text)
{
    const struct model *model = graph->model;
    struct arena *arena = &model->ctx->arena;
    const struct interner *names = &model->ctx->names;
    const struct relation *r = model_relation(model, relation);
    struct statement *s = VEC_PUSH(&out->all);
    s->relation = relation;
    s->schema = r->layer == MODEL_NONE
                    ? "other"
                    : file_name(arena, sym_text(names, emit_schema(model, r->layer)), "");
    s->object = r->name ? file_name(arena, sym_text(names, r->name), suffix) : "statement";
    s->text = arena_str(arena, buf_view(text)).p;
    buf_clear(text);
    return s;
}

/* --- order ---------------------------------------------------------------------------------------
 */

struct ordering {
    const struct model *model;
    uint32_t *out;
    uint32_t n;
    bool *done;
};

static void place(struct ordering *o, uint32_t index)
{
    const struct relation *r = model_relation(o->model, index);
    if (o->done[index])
        return;
    o->done[index] = true;
    for (uint32_t i = 0; r->kind == RELATION_TABLE && i < r->refs.n; i++) {
        const struct ref *ref = &r->refs.at[i];
        if (ref->kind == REF_KEY && ref->relation != MODEL_NONE &&
            model_relation(o->model, ref->relation)->kind == RELATION_TABLE)
            place(o, ref->relation);
    }
    o->out[o->n++] = index;
}

uint32_t *emit_order(const struct graph *graph)
{
    struct arena *arena = &graph->model->ctx->arena;
    uint32_t n = graph->model->relations.n;
    struct ordering o = {.model = graph->model};
    o.out = ARENA_ARRAY(arena, uint32_t, n + 1);
    o.done = ARENA_ARRAY(arena, bool, n + 1);
    for (uint32_t i = 0; i < n; i++)
        place(&o, graph->order[i]);
    return o.out;
}

/* --- text of statements kept as written
 * ----------------------------------------------------------- */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* Appends text, with $name outside of strings replaced by the parameter's literal. */
static void add_raw(struct buf *out, const struct model *model, struct str text)
{
    char quote = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((c == '\'' || c == '"') && (quote == 0 || quote == c))
            quote = quote ? 0 : c;
        if (c == '$' && quote == 0 && i + 1 < text.n && name_char(text.p[i + 1]) &&
            (i == 0 || !name_char(text.p[i - 1]))) {
            size_t end = i + 1;
            struct str name;
            const char *value;
            while (end < text.n && name_char(text.p[end]))
                end++;
            name = str_make(text.p + i + 1, end - i - 1);
            value = emit_param(model, sym_intern_upper(&model->ctx->names, name));
            if (value) {
                buf_puts(out, value);
                i = end - 1;
                continue;
            }
        }
        buf_putc(out, c);
    }
}

void emit_raw(struct buf *out, const struct dialect *dialect, const struct model *model,
              uint32_t file, node_t statement)
{
    const struct tree *tree = model_tree(model, file);
    struct span span = tree_span(tree, statement);
    for (;;) {
        /* the next name to qualify, in the order of the text */
        node_t next = 0;
        struct span before = span;
        TREE_EACH(tree, statement, child)
        {
            if (tree_kind(tree, child) == NODE_OBJECT && tree_at(tree, child)->lo >= span.lo &&
                model_target(model, file, child) != MODEL_NONE &&
                (next == 0 || tree_at(tree, child)->lo < tree_at(tree, next)->lo))
                next = child;
        }
        if (next != 0)
            before.hi = tree_at(tree, next)->lo;
        add_raw(out, model, source_text(&model->ctx->sources, before));
        if (next == 0)
            return;
        dialect->relation_name(out, model, model_target(model, file, next));
        span.lo = tree_at(tree, next)->hi;
    }
}
