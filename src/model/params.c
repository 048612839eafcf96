/* params.c - the values of parameters: --set, else the default, checked against the declared type.
 *
 * A value is kept as the text of an SQL literal. What is written after --set is plain text: a
 * string or a date needs no quotes there. */
#include "model/resolve.h"

#include "diag/suggest.h"

enum value_form { FORM_NUMBER, FORM_BOOLEAN, FORM_TEXT, FORM_TIME, FORM_OTHER };

static enum value_form form_of(struct str type)
{
    static const struct {
        const char *word;
        enum value_form form;
    } words[] = {
        {"NUMBER", FORM_NUMBER},
        {"DECIMAL", FORM_NUMBER},
        {"NUMERIC", FORM_NUMBER},
        {"INT", FORM_NUMBER},
        {"INTEGER", FORM_NUMBER},
        {"BIGINT", FORM_NUMBER},
        {"SMALLINT", FORM_NUMBER},
        {"TINYINT", FORM_NUMBER},
        {"BYTEINT", FORM_NUMBER},
        {"FLOAT", FORM_NUMBER},
        {"FLOAT4", FORM_NUMBER},
        {"FLOAT8", FORM_NUMBER},
        {"DOUBLE", FORM_NUMBER},
        {"REAL", FORM_NUMBER},
        {"DOUBLE PRECISION", FORM_NUMBER},
        {"BOOLEAN", FORM_BOOLEAN},
        {"VARCHAR", FORM_TEXT},
        {"STRING", FORM_TEXT},
        {"TEXT", FORM_TEXT},
        {"CHAR", FORM_TEXT},
        {"CHARACTER", FORM_TEXT},
        {"DATE", FORM_TIME},
        {"TIME", FORM_TIME},
        {"TIMESTAMP", FORM_TIME},
        {"DATETIME", FORM_TIME},
        {"TIMESTAMP_NTZ", FORM_TIME},
        {"TIMESTAMP_LTZ", FORM_TIME},
        {"TIMESTAMP_TZ", FORM_TIME},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(type, words[i].word))
            return words[i].form;
    return FORM_OTHER;
}

static bool is_number(struct str text)
{
    size_t i = text.n && (text.p[0] == '-' || text.p[0] == '+');
    size_t digits = 0, dots = 0;
    for (; i < text.n && (text.p[i] == '.' || (text.p[i] >= '0' && text.p[i] <= '9')); i++)
        *(text.p[i] == '.' ? &dots : &digits) += 1;
    if (digits && i + 1 < text.n && (text.p[i] == 'e' || text.p[i] == 'E')) {
        i += text.p[i + 1] == '-' || text.p[i + 1] == '+' ? 2 : 1;
        size_t first = i;
        while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9')
            i++;
        digits = i > first ? digits : 0;
    }
    return digits && dots < 2 && i == text.n;
}

static bool is_boolean(struct str text)
{
    return str_eq_nocase(text, STR_LIT("true")) || str_eq_nocase(text, STR_LIT("false"));
}

/* A date or a time begins with a digit and has a mark between its parts. */
static bool is_time(struct str text)
{
    bool mark = false;
    for (size_t i = 0; i < text.n; i++)
        mark |= text.p[i] == '-' || text.p[i] == ':';
    return mark && text.p[0] >= '0' && text.p[0] <= '9';
}

static const char *quoted(struct arena *arena, struct str text)
{
    struct buf out = {0};
    if (text.n > 1 && text.p[0] == '\'' && text.p[text.n - 1] == '\'')
        return arena_str(arena, text).p;
    buf_putc(&out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\'' || text.p[i] == '\\')
            buf_putc(&out, text.p[i]);
        buf_putc(&out, text.p[i]);
    }
    buf_putc(&out, '\'');
    const char *copy = arena_str(arena, buf_view(&out)).p;
    buf_fini(&out);
    return copy;
}

static struct str unquoted(struct str text)
{
    bool quotes = text.n > 1 && text.p[0] == '\'' && text.p[text.n - 1] == '\'';
    return quotes ? str_make(text.p + 1, text.n - 2) : text;
}

/* NULL when the value does not fit the type. */
static const char *literal(struct resolver *r, struct str type, struct str value)
{
    struct arena *arena = &r->ctx->arena;
    switch (form_of(type)) {
    case FORM_NUMBER:
        return is_number(value) ? arena_str(arena, value).p : NULL;
    case FORM_BOOLEAN:
        return is_boolean(value) ? arena_str(arena, value).p : NULL;
    case FORM_TIME:
        if (!is_time(unquoted(value)))
            return NULL;
        return arena_printf(arena, "%s::%s", quoted(arena, value), type.p);
    case FORM_TEXT:
        return quoted(arena, value);
    case FORM_OTHER:
        break;
    }
    return arena_str(arena, value).p;
}

static struct str type_of(const struct resolver *r, const struct param *param, node_t *node)
{
    const struct tree *tree = model_tree(r->model, param->decl.file);
    *node = tree_child(tree, param->decl.node, NODE_TYPE);
    return *node ? sym_text(&r->ctx->names, tree_at(tree, *node)->sym) : STR_LIT("");
}

static void set_one(struct resolver *r, const char *set)
{
    const char *equals = strchr(set, '=');
    struct str name = str_make(set, equals ? (size_t)(equals - set) : strlen(set));
    struct suggest near = suggest_begin(name);
    for (uint32_t i = 0; i < r->model->params.n; i++) {
        struct param *param = &r->model->params.at[i];
        struct str known = sym_text(&r->ctx->names, param->name);
        node_t type_node;
        suggest_offer(&near, known);
        if (!str_eq_nocase(known, name))
            continue;
        struct str type = type_of(r, param, &type_node);
        const char *value = equals ? literal(r, type, str_from(equals + 1)) : NULL;
        param->set = true;
        if (value) {
            param->value = value;
            return;
        }
        struct diag *d = diag_add(&r->ctx->diags, diag_rule("DT119"), SPAN_NONE, "`--set %s`", set);
        if (type_node)
            diag_label(&r->ctx->diags, d, model_span(r->model, param->decl.file, type_node),
                       "declared as `%s`",
                       node_text(r->ctx, model_tree(r->model, param->decl.file), type_node));
        return;
    }
    struct diag *d = diag_add(&r->ctx->diags, diag_rule("DT109"), SPAN_NONE, "`--set %s`", set);
    if (near.best.n)
        diag_help(&r->ctx->diags, d, "did you mean `%s`",
                  shown_name(r->ctx, sym_find(&r->ctx->names, near.best)));
}

static bool default_fits(enum value_form form, const struct tree *tree, node_t value)
{
    while (tree_kind(tree, value) == NODE_UNARY || tree_kind(tree, value) == NODE_PAREN)
        value = tree_first(tree, value);
    enum node_kind kind = tree_kind(tree, value);
    if (kind == NODE_NUMBER)
        return form == FORM_NUMBER || form == FORM_OTHER;
    if (kind == NODE_BOOLEAN)
        return form == FORM_BOOLEAN || form == FORM_OTHER;
    if (kind == NODE_STRING)
        return form == FORM_TEXT || form == FORM_TIME || form == FORM_OTHER;
    return true;
}

static void read_default(struct resolver *r, struct param *param)
{
    const struct tree *tree = model_tree(r->model, param->decl.file);
    node_t clause = tree_child(tree, param->decl.node, NODE_DEFAULT);
    node_t value = clause ? tree_first(tree, clause) : 0;
    node_t type_node;
    if (!value)
        return;
    struct str type = type_of(r, param, &type_node);
    struct str text = source_text(&r->ctx->sources, tree_span(tree, value));
    if (!default_fits(form_of(type), tree, value)) {
        struct diag *d =
            diag_add(&r->ctx->diags, diag_rule("DT119"), tree_span(tree, value), "the default");
        if (type_node)
            diag_label(&r->ctx->diags, d, tree_span(tree, type_node), "the type");
        return;
    }
    /* a date in plain quotes is a date here, as it is after --set */
    bool plain = form_of(type) == FORM_TIME && tree_kind(tree, value) == NODE_STRING;
    param->value = plain ? arena_printf(&r->ctx->arena, "%" STR_F "::%s", STR_A(text), type.p)
                         : arena_str(&r->ctx->arena, text).p;
}

void params_all(struct resolver *r)
{
    for (uint32_t i = 0; i < r->model->params.n; i++)
        read_default(r, &r->model->params.at[i]);
    for (const char **set = r->options ? r->options->sets : NULL; set && *set; set++)
        set_one(r, *set);
}
