/* fmt_tree.c - trees that no text was behind: what is printed of one is read back as that tree.
 *
 * Lowering makes such trees: without parentheses, operators nested in any way. */
#include "prop.h"

#include "syntax/parse.h"
#include "syntax/print.h"

#include <stdio.h>

struct maker {
    struct prop *prop;
    struct dtc *ctx;
    struct tree *tree;
};

static node_t make(struct maker *m, enum node_kind kind, const char *text)
{
    sym_t sym = text ? sym_intern(&m->ctx->names, str_from(text)) : 0;
    return tree_add(m->tree, kind, 0, 0, sym);
}

static node_t with(struct maker *m, node_t parent, node_t child)
{
    node_t last = tree_first(m->tree, parent);
    while (last && tree_next(m->tree, last))
        last = tree_next(m->tree, last);
    if (last)
        tree_at(m->tree, last)->next = child;
    else
        tree_at(m->tree, parent)->first = child;
    return parent;
}

static bool coin(struct maker *m)
{
    return prop_random(m->prop, 2) == 0;
}

static node_t leaf(struct maker *m)
{
    static const char *const names[] = {"A", "B", "ORDER", "low", "C$1"};
    switch (prop_random(m->prop, 4)) {
    case 0:
        return make(m, NODE_NUMBER, "42");
    case 1:
        return make(m, NODE_STRING, "'it''s'");
    case 2:
        return make(m, NODE_NULL, NULL);
    }
    return make(m, NODE_COLUMN, names[prop_random(m->prop, 5)]);
}

static node_t expression(struct maker *m, uint32_t depth);

static node_t filled(struct maker *m, node_t parent, uint32_t n, uint32_t depth)
{
    for (uint32_t i = 0; i < n; i++)
        with(m, parent, expression(m, depth));
    return parent;
}

static node_t operation(struct maker *m, uint32_t depth)
{
    node_t node = make(m, NODE_OPERATION, NULL);
    tree_at(m->tree, node)->op = (uint8_t)(OP_ADD + prop_random(m->prop, OP_GE - OP_ADD + 1));
    return filled(m, node, 2, depth);
}

static node_t unary(struct maker *m, uint32_t depth)
{
    node_t node = make(m, NODE_UNARY, NULL);
    tree_at(m->tree, node)->op = (uint8_t)(OP_MINUS + prop_random(m->prop, 3));
    return filled(m, node, 1, depth);
}

static node_t predicate(struct maker *m, uint32_t depth)
{
    static const enum node_kind kinds[] = {NODE_IS_NULL, NODE_IS_DISTINCT, NODE_LIKE, NODE_BETWEEN,
                                           NODE_IN};
    static const uint32_t counts[] = {1, 2, 2, 3, 1};
    uint32_t which = prop_random(m->prop, 5);
    node_t node = make(m, kinds[which], NULL);
    if (coin(m))
        tree_at(m->tree, node)->flags |= FLAG_NOT;
    if (kinds[which] == NODE_LIKE)
        tree_at(m->tree, node)->op = OP_LIKE;
    filled(m, node, counts[which], depth);
    if (kinds[which] == NODE_IN)
        with(m, node, filled(m, make(m, NODE_LIST, NULL), 2, depth));
    return node;
}

static node_t postfix(struct maker *m, uint32_t depth)
{
    node_t node;
    switch (prop_random(m->prop, 4)) {
    case 0:
        node = filled(m, make(m, NODE_CAST, NULL), 1, depth);
        if (coin(m))
            tree_at(m->tree, node)->flags |= FLAG_COLONS;
        return with(m, node, make(m, NODE_TYPE, "DOUBLE PRECISION"));
    case 1:
        return filled(m, make(m, NODE_SUBSCRIPT, NULL), 2, depth);
    case 2:
        node = filled(m, make(m, NODE_COLLATE, NULL), 1, depth);
        return with(m, node, make(m, NODE_STRING, "'en-ci'"));
    }
    return filled(m, make(m, NODE_PATH, coin(m) ? "key" : "Two words"), 1, depth);
}

static node_t case_of(struct maker *m, uint32_t depth)
{
    node_t node = make(m, NODE_CASE, NULL);
    if (coin(m))
        filled(m, node, 1, depth);
    for (uint32_t n = 1 + prop_random(m->prop, 2); n > 0; n--)
        with(m, node, filled(m, make(m, NODE_WHEN, NULL), 2, depth));
    if (coin(m))
        with(m, node, filled(m, make(m, NODE_ELSE, NULL), 1, depth));
    return node;
}

static node_t expression(struct maker *m, uint32_t depth)
{
    if (depth == 0)
        return leaf(m);
    switch (prop_random(m->prop, 9)) {
    case 0:
        return leaf(m);
    case 1:
    case 2:
        return operation(m, depth - 1);
    case 3:
        return unary(m, depth - 1);
    case 4:
        return predicate(m, depth - 1);
    case 5:
        return postfix(m, depth - 1);
    case 6:
        return case_of(m, depth - 1);
    case 7:
        return filled(m, make(m, coin(m) ? NODE_AND : NODE_OR, NULL), 2 + prop_random(m->prop, 3),
                      depth - 1);
    }
    node_t call = make(m, NODE_CALL, NULL);
    with(m, call, make(m, NODE_OBJECT, coin(m) ? "LEFT" : "MY_FUNCTION"));
    return filled(m, call, prop_random(m->prop, 4), depth - 1);
}

static node_t select_of(struct maker *m, uint32_t depth)
{
    node_t item = with(m, make(m, NODE_ITEM, NULL), expression(m, depth));
    node_t items = with(m, make(m, NODE_ITEMS, NULL), item);
    return with(m, make(m, NODE_SELECT, NULL), items);
}

/* A side that the parser would have joined to the chain on its left is left out. */
static node_t set_operation(struct maker *m, uint32_t depth)
{
    if (depth == 0)
        return select_of(m, 1);
    node_t node = make(m, NODE_SET_OPERATION, NULL);
    enum op op = (enum op)(OP_UNION + prop_random(m->prop, 3));
    for (uint32_t i = 0; i < 2; i++) {
        node_t side = coin(m) ? set_operation(m, depth - 1) : select_of(m, 1);
        while (i == 0 && tree_at(m->tree, side)->op == op)
            side = tree_first(m->tree, side);
        tree_at(m->tree, side)->next = 0;
        with(m, node, side);
    }
    tree_at(m->tree, node)->op = (uint8_t)op;
    return node;
}

/* NULL, or the text that was not read back as what it was printed from. */
static bool read_back(struct maker *m, node_t query, struct buf *text)
{
    static const struct print_options options = {.width = 60};
    struct tree again;
    print_tree(text, m->ctx, m->tree, query, &options);
    buf_puts(text, ";\n");
    char *copy = arena_alloc(&m->ctx->arena, text->n + 2, 1);
    memcpy(copy, text->p, text->n);
    copy[text->n] = copy[text->n + 1] = '\0';
    uint32_t file = source_add(&m->ctx->sources, "printed", str_make(copy, text->n));
    parse_file(m->ctx, file, PARSE_SQL, &again);
    node_t statement = tree_first(&again, again.root);
    bool same = !diag_has_errors(&m->ctx->diags) &&
                tree_equal(m->tree, query, &again, tree_first(&again, statement));
    tree_fini(&again);
    return same;
}

static bool one_tree(struct prop *prop, bool sets)
{
    struct dtc ctx;
    struct tree tree;
    dtc_init(&ctx);
    syntax_open(&ctx);
    tree_init(&tree, SPAN_NO_FILE);
    struct maker m = {prop, &ctx, &tree};
    node_t inner = sets ? set_operation(&m, 3) : select_of(&m, 1 + prop_random(prop, 5));
    node_t query = with(&m, make(&m, NODE_QUERY, NULL), inner);
    struct buf text;
    buf_init(&text);
    bool good = read_back(&m, query, &text);
    if (!good) {
        printf("not ok prop/fmt_tree\n  printed: %s", text.p);
        buf_clear(&text);
        tree_dump(&text, &tree, &ctx.names, query, false);
        printf("  from:\n%s", text.p);
    }
    buf_fini(&text);
    tree_fini(&tree);
    dtc_fini(&ctx);
    return good;
}

bool prop_fmt_tree(struct prop *prop)
{
    bool good = true;
    for (uint32_t i = 0; i < prop->rounds * 100 && good; i++)
        good = one_tree(prop, i % 4 == 0);
    if (good)
        printf("ok prop/fmt_tree\n");
    return good;
}
