/* The raw tree: what is equal, what hashes, how names are spelled; deep and wide trees. */
#include "syntax/parse.h"
#include "syntax/print.h"

#include <criterion/criterion.h>

struct fixture {
    struct dtc ctx;
    struct tree tree[2];
    struct buf out;
};

static struct fixture f;

static void open_fixture(void)
{
    f = (struct fixture){0};
    dtc_init(&f.ctx);
    syntax_open(&f.ctx);
    buf_init(&f.out);
}

static void close_fixture(void)
{
    tree_fini(&f.tree[0]);
    tree_fini(&f.tree[1]);
    buf_fini(&f.out);
    dtc_fini(&f.ctx);
}

TestSuite(syntax_ast, .init = open_fixture, .fini = close_fixture);

/* The tree number i becomes what text says; its root is the one statement of it. */
static node_t parse(int i, const char *text)
{
    size_t n = strlen(text);
    char *copy = arena_alloc(&f.ctx.arena, n + 2, 1);
    memcpy(copy, text, n + 1);
    copy[n + 1] = '\0';
    tree_fini(&f.tree[i]);
    parse_file(&f.ctx, source_add(&f.ctx.sources, "t.sql", str_make(copy, n)), PARSE_SQL,
               &f.tree[i]);
    cr_assert(!diag_has_errors(&f.ctx.diags), "%s", text);
    return tree_first(&f.tree[i], f.tree[i].root);
}

static bool same(const char *a, const char *b)
{
    node_t x = parse(0, a);
    node_t y = parse(1, b);
    bool equal = tree_equal(&f.tree[0], x, &f.tree[1], y);
    bool hashed = tree_hash(&f.tree[0], &f.ctx.names, x) == tree_hash(&f.tree[1], &f.ctx.names, y);
    cr_assert_eq(equal, hashed, "equality and hash disagree on %s and %s", a, b);
    return equal;
}

Test(syntax_ast, spelling_is_no_meaning)
{
    cr_assert(same("select A from t;", "SELECT a   FROM T;"));
    cr_assert(same("select \"A\" x from t;", "select a as X from t;"));
    cr_assert(same("select (a) from t;", "select a from t;"));
    cr_assert(same("(select 1);", "select 1;"));
    cr_assert(same("((select 1));", "select 1;"));
    cr_assert(same("(select 1) union (select 2);", "select 1 union select 2;"));
    cr_assert(same("select a::int from t;", "select cast(a as int) from t;"));
    cr_assert(same("select current_date;", "select current_date();"));
    cr_assert(same("select a, from t,;", "select a from t;"));
    cr_assert(same("select 1 minus select 2;", "select 1 except select 2;"));
    cr_assert(same("select a from t left outer join u using (k) order by a asc;",
                   "select a from t left join u using (k) order by a;"));
    cr_assert(same("select a != b from t;", "select a <> b from t;"));
}

Test(syntax_ast, meaning_is_not_spelling)
{
    cr_assert(!same("select \"a\" from t;", "select a from t;"));
    cr_assert(!same("select a - (b - c) from t;", "select a - b - c from t;"));
    cr_assert(!same("select 'a' from t;", "select 'A' from t;"));
    cr_assert(!same("select distinct a from t;", "select a from t;"));
    cr_assert(!same("select a, b from t;", "select a from t;"));
    cr_assert(!same("select a from t;", "select a, b from t;"));
    cr_assert(!same("select f(a, g(b)) from t;", "select f(a, g, b) from t;"));
    cr_assert(!same("select a order by a desc;", "select a order by a;"));
    cr_assert(!same("select 1 union all select 2;", "select 1 union select 2;"));
    cr_assert(!same("select (a, b) from t;", "select a from t;"));
    cr_assert(!same("select a union (select b order by 1);", "select a union select b;"));
}

Test(syntax_ast, names_are_bare_when_they_fold_to_themselves)
{
    static const char *const rows[][2] = {{"ORDERS", "ORDERS"},   {"orders", "\"orders\""},
                                          {"_A1$", "_A1$"},       {"1A", "\"1A\""},
                                          {"ORDER", "\"ORDER\""}, {"A\"B", "\"A\"\"B\""},
                                          {"A B", "\"A B\""},     {"\xc3\x84", "\"\xc3\x84\""}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_clear(&f.out);
        name_canonical(&f.out, &f.ctx.names, sym_intern(&f.ctx.names, str_from(rows[i][0])));
        cr_assert(str_is(buf_view(&f.out), rows[i][1]), "%s became %s", rows[i][0], f.out.p);
    }
}

Test(syntax_ast, a_name_of_another_text_is_canonical)
{
    node_t query = parse(0, "select Total from Orders;");
    node_t name =
        tree_add(&f.tree[0], NODE_NAME, tree_at(&f.tree[0], query)->lo,
                 tree_at(&f.tree[0], query)->hi, sym_intern(&f.ctx.names, STR_LIT("HELPER")));
    tree_spelling(&f.out, &f.tree[0], &f.ctx.sources, &f.ctx.names, name);
    cr_assert(str_is(buf_view(&f.out), "HELPER"));
}

static void print(node_t node, bool spelling)
{
    struct print_options options = {.width = 100, .spelling = spelling};
    buf_clear(&f.out);
    print_tree(&f.out, &f.ctx, &f.tree[0], node, &options);
}

Test(syntax_ast, printing_with_both_kinds_of_names)
{
    node_t query = parse(0, "SELECT o.Total AS Amount, LEFT(o.\"Code\", 2) FROM Shop.Orders O;");
    print(query, true);
    cr_assert(str_is(buf_view(&f.out),
                     "select o.Total as Amount, LEFT(o.\"Code\", 2) from Shop.Orders O"),
              "%s", f.out.p);
    print(query, false);
    cr_assert(str_is(buf_view(&f.out),
                     "select O.TOTAL as AMOUNT, LEFT(O.\"Code\", 2) from SHOP.ORDERS O"),
              "%s", f.out.p);
}

static node_t leaf(const char *name)
{
    return tree_add(&f.tree[0], NODE_COLUMN, 0, 0, sym_intern(&f.ctx.names, str_from(name)));
}

static node_t binary(enum node_kind kind, enum op op, node_t a, node_t b)
{
    node_t node = tree_add(&f.tree[0], kind, 0, 0, 0);
    tree_at(&f.tree[0], node)->op = (uint8_t)op;
    tree_at(&f.tree[0], node)->first = a;
    tree_at(&f.tree[0], a)->next = b;
    return node;
}

Test(syntax_ast, made_trees_get_the_parentheses_that_they_need)
{
    tree_init(&f.tree[0], SPAN_NO_FILE);
    node_t sum = binary(NODE_OPERATION, OP_ADD, leaf("A"), leaf("B"));
    print(binary(NODE_OPERATION, OP_MULTIPLY, sum, leaf("C")), false);
    cr_assert(str_is(buf_view(&f.out), "(A + B) * C"), "%s", f.out.p);
    node_t inner = binary(NODE_OPERATION, OP_SUBTRACT, leaf("B"), leaf("C"));
    print(binary(NODE_OPERATION, OP_SUBTRACT, leaf("A"), inner), false);
    cr_assert(str_is(buf_view(&f.out), "A - (B - C)"), "%s", f.out.p);
    node_t either = binary(NODE_OR, OP_NONE, leaf("A"), leaf("B"));
    print(binary(NODE_AND, OP_NONE, either, leaf("C")), false);
    cr_assert(str_is(buf_view(&f.out), "(A or B) and C"), "%s", f.out.p);
    node_t product = binary(NODE_OPERATION, OP_MULTIPLY, leaf("A"), leaf("B"));
    print(binary(NODE_OPERATION, OP_ADD, leaf("C"), product), false);
    cr_assert(str_is(buf_view(&f.out), "C + A * B"), "%s", f.out.p);
}

static bool hook(struct printer *p, node_t node, void *data)
{
    ++*(int *)data;
    if (tree_kind(print_tree_of(p), node) != NODE_COLUMN)
        return false;
    print_text(p, "<");
    print_str(p, sym_text(&print_ctx(p)->names, tree_at(print_tree_of(p), node)->sym));
    print_text(p, ">");
    return true;
}

Test(syntax_ast, a_hook_sees_every_link_of_a_chain)
{
    node_t query = parse(0, "select a + b + c from t;");
    int seen = 0;
    struct print_options options = {.width = 100, .hook = hook, .hook_data = &seen};
    print_tree(&f.out, &f.ctx, &f.tree[0], query, &options);
    cr_assert(str_is(buf_view(&f.out), "select <A> + <B> + <C> from T"), "%s", f.out.p);
    /* statement, select, items, item, two operations, three columns, from, table, object */
    cr_assert_eq(seen, 12, "%d", seen);
}

Test(syntax_ast, deep_trees_are_compared_without_recursion)
{
    node_t deep[2];
    for (int i = 0; i < 2; i++) {
        tree_init(&f.tree[i], SPAN_NO_FILE);
        deep[i] = tree_add(&f.tree[i], NODE_NULL, 0, 0, 0);
        for (int k = 0; k < 1000000; k++) {
            node_t node = tree_add(&f.tree[i], NODE_UNARY, 0, 0, 0);
            tree_at(&f.tree[i], node)->op = OP_NOT;
            tree_at(&f.tree[i], node)->first = deep[i];
            deep[i] = node;
        }
    }
    cr_assert(tree_equal(&f.tree[0], deep[0], &f.tree[1], deep[1]));
    cr_assert(!tree_equal(&f.tree[0], deep[0], &f.tree[1], deep[1] - 1));
    cr_assert_eq(tree_hash(&f.tree[0], &f.ctx.names, deep[0]),
                 tree_hash(&f.tree[1], &f.ctx.names, deep[1]));
}

Test(syntax_ast, long_and_deep_queries_are_printed)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, "select a");
    for (int i = 0; i < 1500; i++)
        buf_puts(&text, " + a");
    for (int i = 0; i < 100000; i++)
        buf_puts(&text, ", b");
    for (int i = 0; i < 500; i++)
        buf_puts(&text, i ? "(" : ", (");
    buf_puts(&text, "1");
    for (int i = 0; i < 500; i++)
        buf_putc(&text, ')');
    buf_puts(&text, " from t;");
    node_t query = parse(0, text.p);
    tree_dump(&f.out, &f.tree[0], &f.ctx.names, query, false);
    cr_assert(f.out.n > 1000000);
    print(query, false);
    buf_clear(&text);
    buf_str(&text, buf_view(&f.out));
    buf_putc(&text, ';');
    node_t again = parse(1, text.p);
    cr_assert(tree_equal(&f.tree[0], query, &f.tree[1], again));
    buf_fini(&text);
}
