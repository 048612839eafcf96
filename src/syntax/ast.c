/* ast.c - the raw tree: making it, walking it, dumping it, comparing it.
 *
 * Owns the array of nodes and the spelling of names; not the grammar, which fills the array, and
 * not the printer. Trees come from users, so they may be deep (a chain of thousands of operators)
 * and wide (a list of a hundred thousand values): everything that walks one here keeps its own
 * stack, and a walk touches each node once. What two trees may differ in and still mean the same
 * is in one table. */
#include "syntax/ast.h"

#include "syntax/keywords.h"

#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

/* ------------------------------------------------------------------------------------- nodes */

static const char *const kind_names[NODE_KINDS] = {
#define NODE(kind, name, holds) [NODE_##kind] = name,
#include "syntax/ast.def"
#undef NODE
};

static const char *const op_texts[OPS] = {
    [OP_NONE] = "",
    [OP_MINUS] = "-",
    [OP_PLUS] = "+",
    [OP_NOT] = "NOT",
    [OP_PRIOR] = "PRIOR",
    [OP_CONNECT_BY_ROOT] = "CONNECT_BY_ROOT",
    [OP_ADD] = "+",
    [OP_SUBTRACT] = "-",
    [OP_CONCAT] = "||",
    [OP_MULTIPLY] = "*",
    [OP_DIVIDE] = "/",
    [OP_MODULO] = "%",
    [OP_EQ] = "=",
    [OP_NE] = "<>",
    [OP_LT] = "<",
    [OP_LE] = "<=",
    [OP_GT] = ">",
    [OP_GE] = ">=",
    [OP_LIKE] = "LIKE",
    [OP_ILIKE] = "ILIKE",
    [OP_RLIKE] = "RLIKE",
    [OP_REGEXP] = "REGEXP",
    [OP_UNION] = "UNION",
    [OP_INTERSECT] = "INTERSECT",
    [OP_EXCEPT] = "EXCEPT",
    [OP_JOIN_INNER] = "JOIN",
    [OP_JOIN_LEFT] = "LEFT JOIN",
    [OP_JOIN_RIGHT] = "RIGHT JOIN",
    [OP_JOIN_FULL] = "FULL JOIN",
    [OP_JOIN_CROSS] = "CROSS JOIN",
    [OP_JOIN_ASOF] = "ASOF JOIN",
    [OP_UNBOUNDED_PRECEDING] = "UNBOUNDED PRECEDING",
    [OP_UNBOUNDED_FOLLOWING] = "UNBOUNDED FOLLOWING",
    [OP_CURRENT_ROW] = "CURRENT ROW",
    [OP_PRECEDING] = "PRECEDING",
    [OP_FOLLOWING] = "FOLLOWING",
    [OP_WARN] = "WARN",
    [OP_DROP] = "DROP",
    [OP_FAIL] = "FAIL",
    [OP_OFF] = "OFF",
    [OP_LINT_NOTE] = "NOTE",
    [OP_LINT_WARNING] = "WARNING",
    [OP_LINT_ERROR] = "ERROR",
};

/* Can this kind stand where ast.def says "e"? */
static const bool expressions[NODE_KINDS] = {
    [NODE_ERROR] = true,
    [NODE_COLUMN] = true,
    [NODE_IDENTIFIER] = true,
    [NODE_HOLE] = true,
    [NODE_NUMBER] = true,
    [NODE_STRING] = true,
    [NODE_DOLLAR_STRING] = true,
    [NODE_BINARY] = true,
    [NODE_NULL] = true,
    [NODE_BOOLEAN] = true,
    [NODE_TYPED] = true,
    [NODE_INTERVAL] = true,
    [NODE_VARIABLE] = true,
    [NODE_POSITION] = true,
    [NODE_BIND] = true,
    [NODE_PAREN] = true,
    [NODE_ROW] = true,
    [NODE_SUBQUERY] = true,
    [NODE_UNARY] = true,
    [NODE_OPERATION] = true,
    [NODE_AND] = true,
    [NODE_OR] = true,
    [NODE_IS_NULL] = true,
    [NODE_IS_BOOLEAN] = true,
    [NODE_IS_DISTINCT] = true,
    [NODE_LIKE] = true,
    [NODE_IN] = true,
    [NODE_BETWEEN] = true,
    [NODE_EXISTS] = true,
    [NODE_QUANTIFIED] = true,
    [NODE_CASE] = true,
    [NODE_CAST] = true,
    [NODE_COLLATE] = true,
    [NODE_OUTER_MARK] = true,
    [NODE_PATH] = true,
    [NODE_SUBSCRIPT] = true,
    [NODE_ARRAY] = true,
    [NODE_MAPPING] = true,
    [NODE_CALL] = true,
    [NODE_METHOD] = true,
    [NODE_EXTRACT] = true,
    [NODE_LOCATE] = true,
};

void tree_init(struct tree *tree, uint32_t file)
{
    *tree = (struct tree){.file = file};
    (void)tree_add(tree, NODE_NONE, 0, 0, 0);
}

void tree_fini(struct tree *tree)
{
    vec_free(tree->at);
    vec_free(tree->comments);
    *tree = (struct tree){0};
}

node_t tree_add(struct tree *tree, enum node_kind kind, uint32_t lo, uint32_t hi, sym_t sym)
{
    if (tree->n == tree->cap)
        vec_grow((void **)&tree->at, &tree->cap, tree->n + 1, sizeof *tree->at);
    tree->at[tree->n] = (struct node){.kind = (uint8_t)kind, .lo = lo, .hi = hi, .sym = sym};
    return tree->n++;
}

node_t tree_child(const struct tree *tree, node_t node, enum node_kind kind)
{
    node_t child = tree_first(tree, node);
    while (child && tree_kind(tree, child) != kind)
        child = tree_next(tree, child);
    return child;
}

node_t tree_nth(const struct tree *tree, node_t node, uint32_t i)
{
    node_t child = tree_first(tree, node);
    for (; child && i > 0; i--)
        child = tree_next(tree, child);
    return child;
}

uint32_t tree_count(const struct tree *tree, node_t node)
{
    uint32_t n = 0;
    TREE_EACH(tree, node, child)
    n++;
    return n;
}

struct span tree_span(const struct tree *tree, node_t node)
{
    return (struct span){tree->file, tree->at[node].lo, tree->at[node].hi};
}

bool node_is_expression(enum node_kind kind)
{
    return expressions[kind];
}

const char *node_kind_name(enum node_kind kind)
{
    return kind_names[kind];
}

const char *op_text(enum op op)
{
    return op_texts[op];
}

/* ---------------------------------------------------------------------------------- spelling */

static void add_quoted(struct buf *out, struct str text)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.p[i]);
    }
    buf_putc(out, '"');
}

/* Snowflake: a letter or an underscore, then these, digits and dollars; bare names fold to upper
 * case, so only a text without lower-case letters is its own fold (docs: identifiers-syntax). */
static bool folds_to_itself(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool start = (c >= 'A' && c <= 'Z') || c == '_';
        if (!start && !(i > 0 && ((c >= '0' && c <= '9') || c == '$')))
            return false;
    }
    return text.n > 0;
}

void name_canonical(struct buf *out, const struct interner *names, sym_t sym)
{
    struct str text = sym_text(names, sym);
    if (folds_to_itself(text) && !keyword_is_reserved(text))
        buf_str(out, text);
    else
        add_quoted(out, text);
}

/* The text as written for those kinds whose span ends with the name; empty for the others. */
static struct str text_at_end(const struct tree *tree, const struct sources *sources, node_t node,
                              size_t length)
{
    const struct node *n = tree_at(tree, node);
    if (!sources || tree->file >= sources->files.n || n->hi - n->lo < length)
        return str_make(NULL, 0);
    struct str text = sources->files.at[tree->file].text;
    return n->hi <= text.n ? str_make(text.p + n->hi - length, length) : str_make(NULL, 0);
}

void tree_spelling(struct buf *out, const struct tree *tree, const struct sources *sources,
                   const struct interner *names, node_t node)
{
    sym_t sym = tree_at(tree, node)->sym;
    struct str name = sym_text(names, sym);
    if (tree_flag(tree, node, FLAG_HOLE)) {
        buf_str(out, name);
        return;
    }
    if (tree_flag(tree, node, FLAG_QUOTED)) {
        add_quoted(out, name);
        return;
    }
    struct str written = text_at_end(tree, sources, node, name.n);
    /* A node made by a later phase borrows its cause's span: that text is not its name. */
    if (written.n && str_eq_nocase(written, name))
        buf_str(out, written);
    else
        name_canonical(out, names, sym);
}

/* -------------------------------------------------------------------------------------- dump */

struct visit {
    node_t node;
    uint32_t depth;
};

typedef VEC(struct visit) visits;

static void dump_line(struct buf *out, const struct tree *tree, const struct interner *names,
                      struct visit v, bool spans)
{
    const struct node *n = tree_at(tree, v.node);
    buf_fill(out, ' ', (size_t)v.depth * 2);
    buf_puts(out, kind_names[n->kind]);
    if (n->op != OP_NONE)
        buf_printf(out, " %s", op_texts[n->op]);
    if (n->sym) {
        buf_putc(out, ' ');
        struct str text = sym_text(names, n->sym);
        for (size_t i = 0; i < text.n; i++) {
            if (text.p[i] == '\n')
                buf_puts(out, "\\n");
            else
                buf_putc(out, text.p[i]);
        }
    }
    if (n->flags)
        buf_printf(out, " flags=%x", (unsigned)n->flags);
    if (spans)
        buf_printf(out, " [%u,%u)", n->lo, n->hi);
    buf_putc(out, '\n');
}

void tree_dump(struct buf *out, const struct tree *tree, const struct interner *names, node_t node,
               bool spans)
{
    visits stack = {0};
    if (node)
        *VEC_PUSH(&stack) = (struct visit){node, 0};
    while (stack.n) {
        struct visit v = stack.at[--stack.n];
        dump_line(out, tree, names, v, spans);
        node_t next = v.depth ? tree_next(tree, v.node) : 0;
        if (next)
            *VEC_PUSH(&stack) = (struct visit){next, v.depth};
        node_t first = tree_first(tree, v.node);
        if (first)
            *VEC_PUSH(&stack) = (struct visit){first, v.depth + 1};
    }
    VEC_FINI(&stack);
}

/* ------------------------------------------------------------------------- equality and hash */

/* Flags that say how a thing was written, not what it is. Quotes are never part of the meaning: the
 * symbol is folded or exact already. */
static const uint16_t spelling_flags[NODE_KINDS] = {
    [NODE_QUERY] = FLAG_PARENS,
    [NODE_VALUES_REF] = FLAG_PARENS,
    [NODE_STAR_EXCLUDE] = FLAG_PARENS,
    [NODE_STAR_RENAME] = FLAG_PARENS,
    [NODE_SET_OPERATION] = FLAG_MINUS,
    [NODE_SELECT] = FLAG_TRAILING_COMMA,
    [NODE_FROM] = FLAG_TRAILING_COMMA,
    [NODE_ITEMS] = FLAG_TRAILING_COMMA,
    [NODE_ITEM] = FLAG_AS,
    [NODE_ALIAS] = FLAG_AS,
    [NODE_SORT] = FLAG_ASC,
    [NODE_JOIN] = FLAG_OUTER | FLAG_INNER,
    [NODE_CAST] = FLAG_COLONS,
    [NODE_CALL] = FLAG_BARE,
    [NODE_METHOD] = FLAG_BARE,
    [NODE_SAMPLE] = FLAG_TABLESAMPLE,
};

static unsigned meaning_flags(const struct node *n)
{
    return n->flags & ~((unsigned)spelling_flags[n->kind] | FLAG_QUOTED);
}

/* Steps through what does not change the meaning: parentheses around an expression and around a
 * whole query; around one side of a set operation also the query that the parentheses made. */
static node_t meaning(const struct tree *tree, node_t node, bool set_operand)
{
    for (;;) {
        const struct node *n = tree_at(tree, node);
        node_t first = n->first;
        if (n->kind == NODE_PAREN && first)
            node = first;
        else if (n->kind == NODE_QUERY && first && !tree_next(tree, first) &&
                 (set_operand || tree_kind(tree, first) == NODE_QUERY))
            node = first;
        else
            return node;
    }
}

static bool is_set_operation(const struct tree *tree, node_t node)
{
    return tree_kind(tree, node) == NODE_SET_OPERATION;
}

struct pair {
    node_t x, y;
};

typedef VEC(struct pair) pairs;

static bool same_node(const struct tree *a, node_t x, const struct tree *b, node_t y)
{
    const struct node *m = tree_at(a, x);
    const struct node *n = tree_at(b, y);
    return m->kind == n->kind && m->op == n->op && m->sym == n->sym &&
           meaning_flags(m) == meaning_flags(n);
}

bool tree_equal(const struct tree *a, node_t x, const struct tree *b, node_t y)
{
    if (!x || !y)
        return x == y;
    pairs stack = {0};
    *VEC_PUSH(&stack) = (struct pair){meaning(a, x, false), meaning(b, y, false)};
    bool equal = true;
    while (equal && stack.n) {
        struct pair p = stack.at[--stack.n];
        if (!same_node(a, p.x, b, p.y)) {
            equal = false;
            break;
        }
        bool operand = is_set_operation(a, p.x);
        node_t i = tree_first(a, p.x);
        node_t j = tree_first(b, p.y);
        for (; i && j; i = tree_next(a, i), j = tree_next(b, j))
            *VEC_PUSH(&stack) = (struct pair){meaning(a, i, operand), meaning(b, j, operand)};
        equal = !i && !j;
    }
    VEC_FINI(&stack);
    return equal;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    for (int i = 0; i < 8; i++, value >>= 8)
        hash = (hash ^ (value & 0xff)) * FNV_PRIME;
    return hash;
}

static uint64_t mix_text(uint64_t hash, struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        hash = (hash ^ (unsigned char)text.p[i]) * FNV_PRIME;
    return mix(hash, text.n);
}

/* Nodes in order, each with its depth: that sequence determines the tree. Names of kinds and not
 * their numbers go in, so that a stored hash outlives a new kind of node. */
uint64_t tree_hash(const struct tree *tree, const struct interner *names, node_t node)
{
    struct level {
        node_t node; /* as it stands in its list of siblings */
        uint32_t depth;
        bool operand;
    };
    VEC(struct level) stack = {0};
    uint64_t hash = FNV_START;
    if (node)
        *VEC_PUSH(&stack) = (struct level){node, 0, false};
    while (stack.n) {
        struct level at = stack.at[--stack.n];
        node_t next = at.depth ? tree_next(tree, at.node) : 0;
        if (next)
            *VEC_PUSH(&stack) = (struct level){next, at.depth, at.operand};
        node_t what = meaning(tree, at.node, at.operand);
        const struct node *n = tree_at(tree, what);
        hash = mix(hash, at.depth);
        hash = mix_text(hash, str_from(kind_names[n->kind]));
        hash = mix_text(hash, str_from(op_texts[n->op]));
        hash = mix_text(hash, sym_text(names, n->sym));
        hash = mix(hash, meaning_flags(n));
        if (n->first)
            *VEC_PUSH(&stack) =
                (struct level){n->first, at.depth + 1, is_set_operation(tree, what)};
    }
    VEC_FINI(&stack);
    return hash;
}
