/* print_expr.c - expressions, calls and types.
 *
 * Owns precedence: parentheses that were written are nodes of their own, others are added only
 * where a tree made by a later phase needs them. Chains of operators of one level (a + b - c) are
 * printed in a loop, not by recursion, and break in front of their operators. */
#include "syntax/print_parts.h"

/* Widest CASE with several branches on one line. */
#define CASE_MAX 60

static const uint8_t levels[NODE_KINDS] = {
    [NODE_OR] = LEVEL_OR,
    [NODE_AND] = LEVEL_AND,
    [NODE_EXISTS] = LEVEL_NOT,
    [NODE_LIKE] = LEVEL_COMPARE,
    [NODE_IN] = LEVEL_COMPARE,
    [NODE_BETWEEN] = LEVEL_COMPARE,
    [NODE_QUANTIFIED] = LEVEL_COMPARE,
    [NODE_IS_NULL] = LEVEL_IS,
    [NODE_IS_BOOLEAN] = LEVEL_IS,
    [NODE_IS_DISTINCT] = LEVEL_IS,
    [NODE_COLLATE] = LEVEL_POSTFIX,
    [NODE_OUTER_MARK] = LEVEL_POSTFIX,
    [NODE_PATH] = LEVEL_POSTFIX,
    [NODE_SUBSCRIPT] = LEVEL_POSTFIX,
};

static enum print_level level_of(const struct printer *p, node_t node)
{
    const struct node *n = tree_at(p->tree, node);
    enum op op = (enum op)n->op;
    if (n->kind == NODE_UNARY)
        return op == OP_NOT ? LEVEL_NOT : LEVEL_SIGN;
    if (n->kind == NODE_OPERATION) {
        if (op >= OP_EQ)
            return LEVEL_COMPARE;
        return op >= OP_MULTIPLY ? LEVEL_MULTIPLY : LEVEL_ADD;
    }
    if (n->kind == NODE_CAST)
        return n->flags & FLAG_COLONS ? LEVEL_POSTFIX : LEVEL_ATOM;
    return levels[n->kind] ? (enum print_level)levels[n->kind] : LEVEL_ATOM;
}

void print_operand(struct printer *p, node_t node, enum print_level level)
{
    if (level_of(p, node) >= level) {
        print_node(p, node);
        return;
    }
    print_words(p, "(");
    layout_align(&p->layout);
    print_node(p, node);
    layout_pop(&p->layout);
    print_words(p, ")");
}

/* --------------------------------------------------------------------------------- operators */

static void paren(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "(");
    layout_align(&p->layout);
    print_node(p, tree_first(p->tree, node));
    print_close(p, ")");
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

static void row(struct printer *p, node_t node)
{
    print_parens(p, tree_first(p->tree, node), 0);
}

static void subquery(struct printer *p, node_t node)
{
    print_subquery(p, tree_first(p->tree, node), 80);
}

static void unary(struct printer *p, node_t node)
{
    node_t operand = tree_first(p->tree, node);
    enum op op = (enum op)tree_at(p->tree, node)->op;
    bool sign = op == OP_MINUS || op == OP_PLUS;
    if (sign) {
        print_words(p, op_text(op));
        /* `--` would begin a comment */
        if (tree_kind(p->tree, operand) == NODE_UNARY)
            print_blank(p);
        print_operand(p, operand, LEVEL_SIGN);
        return;
    }
    print_words(p, op == OP_NOT ? "not" : op == OP_PRIOR ? "prior" : "connect_by_root");
    print_blank(p);
    print_operand(p, operand, op == OP_NOT ? LEVEL_NOT : LEVEL_POSTFIX);
}

static bool is_short_literal(const struct printer *p, node_t node)
{
    enum node_kind kind = tree_kind(p->tree, node);
    return kind == NODE_NUMBER || kind == NODE_BOOLEAN || kind == NODE_NULL;
}

/* A hook may print a link of the chain its own way, so hooks get every link: no loop then. */
static void operation(struct printer *p, node_t node)
{
    enum print_level level = level_of(p, node);
    VEC(node_t) links = {0};
    node_t left = node;
    do {
        *VEC_PUSH(&links) = left;
        left = tree_first(p->tree, left);
    } while (!p->options.hook && tree_kind(p->tree, left) == NODE_OPERATION &&
             level_of(p, left) == level);
    layout_begin(&p->layout, 0);
    if (level == LEVEL_COMPARE) {
        print_operand(p, left, level);
        layout_nest(&p->layout, PRINT_STEP);
    } else {
        layout_align(&p->layout);
        print_operand(p, left, level);
    }
    for (uint32_t i = links.n; i > 0; i--) {
        node_t link = links.at[i - 1];
        node_t right = tree_next(p->tree, tree_first(p->tree, link));
        if (level == LEVEL_COMPARE && is_short_literal(p, right))
            print_blank(p);
        else
            layout_fill(&p->layout);
        print_words(p, op_text((enum op)tree_at(p->tree, link)->op));
        print_blank(p);
        print_operand(p, right, (enum print_level)(level + 1));
    }
    layout_pop(&p->layout);
    layout_end(&p->layout);
    VEC_FINI(&links);
}

static void logic_terms(struct printer *p, node_t node)
{
    bool is_and = tree_kind(p->tree, node) == NODE_AND;
    bool first = true;
    TREE_EACH(p->tree, node, term)
    {
        if (!first) {
            layout_line(&p->layout);
            print_words(p, is_and ? "and" : "or");
            print_blank(p);
        }
        /* Operands that are chains of the same kind need parentheses: the parser makes one chain.
         */
        print_operand(p, term, is_and ? LEVEL_NOT : LEVEL_AND);
        first = false;
    }
}

static void logic(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    layout_align(&p->layout);
    logic_terms(p, node);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

void print_condition(struct printer *p, node_t node)
{
    enum node_kind kind = tree_kind(p->tree, node);
    if (kind != NODE_AND && kind != NODE_OR) {
        print_node(p, node);
        return;
    }
    layout_begin(&p->layout, 0);
    layout_nest(&p->layout, PRINT_STEP);
    logic_terms(p, node);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void is_null(struct printer *p, node_t node)
{
    print_operand(p, tree_first(p->tree, node), LEVEL_ADD);
    print_then(p, tree_flag(p->tree, node, FLAG_NOT) ? "is not null" : "is null");
}

static void is_boolean(struct printer *p, node_t node)
{
    print_operand(p, tree_first(p->tree, node), LEVEL_ADD);
    print_then(p, tree_flag(p->tree, node, FLAG_NOT) ? "is not" : "is");
    print_blank(p);
    print_lower(p, tree_at(p->tree, node)->sym);
}

static void is_distinct(struct printer *p, node_t node)
{
    node_t left = tree_first(p->tree, node);
    print_operand(p, left, LEVEL_ADD);
    print_then(p, tree_flag(p->tree, node, FLAG_NOT) ? "is not distinct from" : "is distinct from");
    print_blank(p);
    print_operand(p, tree_next(p->tree, left), LEVEL_ADD);
}

static void any_or_all(struct printer *p, node_t node)
{
    if (tree_flag(p->tree, node, FLAG_ANY))
        print_then(p, "any");
    if (tree_flag(p->tree, node, FLAG_ALL))
        print_then(p, "all");
}

static void like(struct printer *p, node_t node)
{
    static const char *const names[OPS] = {
        [OP_LIKE] = "like", [OP_ILIKE] = "ilike", [OP_RLIKE] = "rlike", [OP_REGEXP] = "regexp"};
    node_t left = tree_first(p->tree, node);
    node_t right = tree_next(p->tree, left);
    print_operand(p, left, LEVEL_COMPARE);
    if (tree_flag(p->tree, node, FLAG_NOT))
        print_then(p, "not");
    print_then(p, names[tree_at(p->tree, node)->op]);
    any_or_all(p, node);
    print_blank(p);
    print_operand(p, right, LEVEL_IS);
    if (tree_next(p->tree, right)) {
        print_then(p, "escape");
        print_blank(p);
        print_operand(p, tree_first(p->tree, tree_next(p->tree, right)), LEVEL_IS);
    }
}

static void in(struct printer *p, node_t node)
{
    node_t left = tree_first(p->tree, node);
    print_operand(p, left, LEVEL_COMPARE);
    print_then(p, tree_flag(p->tree, node, FLAG_NOT) ? "not in" : "in");
    print_blank(p);
    print_node(p, tree_next(p->tree, left));
}

static void between(struct printer *p, node_t node)
{
    node_t left = tree_first(p->tree, node);
    node_t low = tree_next(p->tree, left);
    layout_begin(&p->layout, 0);
    layout_nest(&p->layout, PRINT_STEP);
    print_operand(p, left, LEVEL_COMPARE);
    layout_fill(&p->layout);
    print_words(p, tree_flag(p->tree, node, FLAG_NOT) ? "not between" : "between");
    print_blank(p);
    print_operand(p, low, LEVEL_IS);
    layout_fill(&p->layout);
    print_words(p, "and");
    print_blank(p);
    print_operand(p, tree_next(p->tree, low), LEVEL_IS);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void exists(struct printer *p, node_t node)
{
    print_words(p, "exists");
    print_blank(p);
    print_node(p, tree_first(p->tree, node));
}

static void quantified(struct printer *p, node_t node)
{
    node_t left = tree_first(p->tree, node);
    print_operand(p, left, LEVEL_COMPARE);
    print_then(p, op_text((enum op)tree_at(p->tree, node)->op));
    any_or_all(p, node);
    print_blank(p);
    print_node(p, tree_next(p->tree, left));
}

static void spread(struct printer *p, node_t node)
{
    print_words(p, "**");
    print_blank(p);
    print_node(p, tree_first(p->tree, node));
}

/* -------------------------------------------------------------------------------- CASE, CAST */

static void case_of(struct printer *p, node_t node)
{
    uint32_t branches = 0;
    layout_begin(&p->layout, tree_count(p->tree, node) > 2 ? CASE_MAX : 0);
    print_words(p, "case");
    layout_nest(&p->layout, PRINT_STEP);
    TREE_EACH(p->tree, node, child)
    {
        enum node_kind kind = tree_kind(p->tree, child);
        if (kind == NODE_WHEN || kind == NODE_ELSE) {
            layout_line(&p->layout);
            branches++;
        } else {
            print_blank(p);
        }
        print_node(p, child);
    }
    print_close(p, "end");
    layout_pop(&p->layout);
    layout_line(&p->layout);
    print_words(p, "end");
    layout_end(&p->layout);
}

static void when(struct printer *p, node_t node)
{
    node_t condition = tree_first(p->tree, node);
    layout_begin(&p->layout, 0);
    print_words(p, "when");
    print_blank(p);
    print_node(p, condition);
    layout_nest(&p->layout, PRINT_STEP);
    layout_line(&p->layout);
    print_words(p, "then");
    print_blank(p);
    print_node(p, tree_next(p->tree, condition));
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void else_of(struct printer *p, node_t node)
{
    print_words(p, "else");
    print_blank(p);
    print_node(p, tree_first(p->tree, node));
}

static void cast(struct printer *p, node_t node)
{
    node_t value = tree_first(p->tree, node);
    node_t type = tree_next(p->tree, value);
    if (tree_flag(p->tree, node, FLAG_COLONS)) {
        print_operand(p, value, LEVEL_POSTFIX);
        print_words(p, "::");
        print_node(p, type);
        return;
    }
    layout_begin(&p->layout, 0);
    print_words(p, tree_flag(p->tree, node, FLAG_TRY) ? "try_cast" : "cast");
    print_words(p, "(");
    layout_align(&p->layout);
    print_node(p, value);
    layout_line(&p->layout);
    print_words(p, "as");
    for (node_t part = type; part; part = tree_next(p->tree, part)) {
        print_blank(p);
        print_node(p, part);
    }
    layout_pop(&p->layout);
    print_words(p, ")");
    layout_end(&p->layout);
}

/* --------------------------------------------------------------------------- postfix, objects */

static void collate(struct printer *p, node_t node)
{
    node_t value = tree_first(p->tree, node);
    print_operand(p, value, LEVEL_POSTFIX);
    print_then(p, "collate");
    print_blank(p);
    print_node(p, tree_next(p->tree, value));
}

static void outer_mark(struct printer *p, node_t node)
{
    print_operand(p, tree_first(p->tree, node), LEVEL_POSTFIX);
    print_words(p, "(");
    print_words(p, "+");
    print_words(p, ")");
}

/* Can the key stand without quotes? Keys keep their case. */
static bool is_bare_key(struct str key)
{
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && ((c >= '0' && c <= '9') || c == '$')))
            return false;
    }
    return key.n > 0;
}

static void path(struct printer *p, node_t node)
{
    print_operand(p, tree_first(p->tree, node), LEVEL_POSTFIX);
    print_words(p, tree_flag(p->tree, node, FLAG_DOT) ? "." : ":");
    struct str key = sym_text(&p->ctx->names, tree_at(p->tree, node)->sym);
    if (!tree_flag(p->tree, node, FLAG_QUOTED) && is_bare_key(key)) {
        print_str(p, key);
        return;
    }
    struct buf quoted;
    buf_init(&quoted);
    buf_putc(&quoted, '"');
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '"')
            buf_putc(&quoted, '"');
        buf_putc(&quoted, key.p[i]);
    }
    buf_putc(&quoted, '"');
    print_str(p, buf_view(&quoted));
    buf_fini(&quoted);
}

static void subscript(struct printer *p, node_t node)
{
    node_t value = tree_first(p->tree, node);
    print_operand(p, value, LEVEL_POSTFIX);
    print_words(p, "[");
    print_node(p, tree_next(p->tree, value));
    print_words(p, "]");
}

static void bracketed(struct printer *p, node_t node, const char *open, const char *close)
{
    layout_begin(&p->layout, 0);
    print_words(p, open);
    layout_align(&p->layout);
    print_list(p, tree_first(p->tree, node), 0);
    print_close(p, close);
    layout_pop(&p->layout);
    print_words(p, close);
    layout_end(&p->layout);
}

static void array(struct printer *p, node_t node)
{
    bracketed(p, node, "[", "]");
}

static void mapping(struct printer *p, node_t node)
{
    bracketed(p, node, "{", "}");
}

static void pair(struct printer *p, node_t node)
{
    node_t key = tree_first(p->tree, node);
    print_node(p, key);
    print_words(p, ":");
    print_blank(p);
    print_node(p, tree_next(p->tree, key));
}

void print_expr_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_PAREN] = paren,
        [NODE_ROW] = row,
        [NODE_SUBQUERY] = subquery,
        [NODE_UNARY] = unary,
        [NODE_OPERATION] = operation,
        [NODE_AND] = logic,
        [NODE_OR] = logic,
        [NODE_IS_NULL] = is_null,
        [NODE_IS_BOOLEAN] = is_boolean,
        [NODE_IS_DISTINCT] = is_distinct,
        [NODE_LIKE] = like,
        [NODE_IN] = in,
        [NODE_BETWEEN] = between,
        [NODE_EXISTS] = exists,
        [NODE_QUANTIFIED] = quantified,
        [NODE_LIST] = row,
        [NODE_SPREAD] = spread,
        [NODE_CASE] = case_of,
        [NODE_WHEN] = when,
        [NODE_ELSE] = else_of,
        [NODE_CAST] = cast,
        [NODE_CAST_OPTION] = print_word,
        [NODE_COLLATE] = collate,
        [NODE_OUTER_MARK] = outer_mark,
        [NODE_PATH] = path,
        [NODE_SUBSCRIPT] = subscript,
        [NODE_ARRAY] = array,
        [NODE_MAPPING] = mapping,
        [NODE_PAIR] = pair,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
