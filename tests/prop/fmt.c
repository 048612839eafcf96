/* fmt.c - laws of the printer: formatting twice changes nothing more, the tree and the comments
 * stay, wherever comments stand; and what is printed of any tree is read back as that tree. */
#include "prop.h"

#include "base/fs.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "syntax/print_source.h"

#include <stdio.h>
#include <stdlib.h>

struct text {
    struct dtc *ctx;
    struct tree tree;
    struct str text;
    bool good; /* parsed without errors */
};

static struct text read_text(struct dtc *ctx, struct str text, enum parse_mode mode)
{
    struct text t = {.ctx = ctx};
    char *copy = arena_alloc(&ctx->arena, text.n + 2, 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    copy[text.n] = copy[text.n + 1] = '\0';
    t.text = str_make(copy, text.n);
    uint32_t file = source_add(&ctx->sources, "text", t.text);
    uint32_t errors = ctx->diags.counts[SEVERITY_ERROR];
    parse_file(ctx, file, mode, &t.tree);
    t.good = t.tree.root && ctx->diags.counts[SEVERITY_ERROR] == errors;
    return t;
}

static struct str comment_text(const struct text *t, uint32_t i)
{
    struct comment c = t->tree.comments[i];
    return str_trim(str_make(t->text.p + c.lo, c.hi - c.lo));
}

/* The first comment of a that b has not in its place; comments_n when there is none. */
static uint32_t lost_comment(const struct text *a, const struct text *b)
{
    uint32_t i = 0;
    while (i < a->tree.comments_n && i < b->tree.comments_n &&
           str_eq(comment_text(a, i), comment_text(b, i)))
        i++;
    return i;
}

/* Words that have two forms, one of which is written. */
static struct str usual_form(struct str token)
{
    static const char *const forms[][2] = {{"!=", "<>"}, {"some", "any"}, {"schedule", "every"}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_eq_nocase(token, str_from(forms[i][0])))
            return str_from(forms[i][1]);
    if (token.n > 2 && (token.p[0] == '"' || token.p[0] == '\''))
        return str_make(token.p + 1, token.n - 2);
    return token;
}

static bool may_come_or_go(struct str token)
{
    return token.n == 1 && strchr(",;{}", token.p[0]);
}

/* The next token that says something. */
static struct str next_token(const struct print_source *s, uint32_t *at)
{
    while (*at + 1 < s->tokens.n && may_come_or_go(print_source_token(s, *at)))
        (*at)++;
    return *at + 1 < s->tokens.n ? usual_form(print_source_token(s, (*at)++)) : str_make(NULL, 0);
}

/* Nothing that was written is lost, even what the tree does not hold. */
static bool same_tokens(const struct text *a, const struct text *b)
{
    struct print_source x;
    struct print_source y;
    print_source_init(&x, &a->tree, a->text);
    print_source_init(&y, &b->tree, b->text);
    uint32_t i = 0;
    uint32_t j = 0;
    bool same = true;
    for (struct str one; same && (one = next_token(&x, &i)).n;) {
        struct str other = next_token(&y, &j);
        same = str_eq_nocase(one, other);
        if (!same)
            printf("  # `%.*s` became `%.*s`\n", (int)one.n, one.p, (int)other.n, other.p);
    }
    same = same && next_token(&y, &j).n == 0;
    print_source_fini(&x);
    print_source_fini(&y);
    return same;
}

/* NULL when the laws hold for the text, else which one does not; *shown gets the formatted text. */
static const char *broken_law(const struct text *t, enum parse_mode mode, struct buf *once)
{
    struct buf twice;
    buf_init(&twice);
    print_file(once, t->ctx, &t->tree);
    struct text again = read_text(t->ctx, buf_view(once), mode);
    const char *law = NULL;
    if (!again.good)
        law = "what fmt writes parses";
    else if (!tree_equal(&t->tree, t->tree.root, &again.tree, again.tree.root))
        law = "the tree stays";
    else if (tree_hash(&t->tree, &t->ctx->names, t->tree.root) !=
             tree_hash(&again.tree, &t->ctx->names, again.tree.root))
        law = "equal trees have equal hashes";
    else if (t->tree.comments_n != again.tree.comments_n ||
             lost_comment(t, &again) < t->tree.comments_n)
        law = "comments stay";
    else if (!same_tokens(t, &again))
        law = "every word stays";
    if (law && again.good && lost_comment(t, &again) < t->tree.comments_n) {
        struct comment c = t->tree.comments[lost_comment(t, &again)];
        printf("  # of %u comments, %u after; lost at byte %u: %.*s\n", t->tree.comments_n,
               again.tree.comments_n, c.lo, (int)(c.hi - c.lo + 40), t->text.p + c.lo);
    }
    if (!law) {
        print_file(&twice, t->ctx, &again.tree);
        if (!str_eq(buf_view(once), buf_view(&twice)))
            law = "formatting twice is formatting once";
        if (law) {
            buf_puts(once, "--- twice ---\n");
            buf_str(once, buf_view(&twice));
        }
    }
    tree_fini(&again.tree);
    buf_fini(&twice);
    return law;
}

static void report(const char *name, const char *law, struct str before, struct str after)
{
    printf("not ok prop/fmt %s\n  broken: %s\n", name, law);
    const struct {
        const char *title;
        struct str text;
    } parts[] = {{"--- before ---", before}, {"--- after ---", after}};
    for (int i = 0; i < 2; i++) {
        printf("  %s\n  ", parts[i].title);
        for (size_t k = 0; k < parts[i].text.n; k++) {
            putchar(parts[i].text.p[k]);
            if (parts[i].text.p[k] == '\n')
                printf("  ");
        }
        putchar('\n');
    }
}

/* Puts comments at random places between tokens. */
static void sprinkle(struct prop *prop, const struct text *t, struct buf *out)
{
    static const char *const comments[] = {
        " /* in */ ",         " -- behind\n",     "\n-- own\n",
        "\n\n  -- apart\n\n", " // slashes\n",    "\n/* own\n   of two lines */\n",
        " /* a */ /* b */ ",  "\n/* c */ -- d\n", "\n/* lead */ ",
    };
    struct print_source source;
    print_source_init(&source, &t->tree, t->text);
    uint32_t from = 0;
    uint32_t density = 2 + prop_random(prop, 30);
    for (uint32_t i = 0; i < source.tokens.n; i++) {
        uint32_t lo = source.tokens.at[i].lo;
        buf_add(out, t->text.p + from, lo - from);
        from = lo;
        if (prop_random(prop, density) == 0)
            buf_puts(out, comments[prop_random(prop, sizeof comments / sizeof comments[0])]);
    }
    print_source_fini(&source);
}

static bool check_text(struct prop *prop, const char *name, struct str text, enum parse_mode mode)
{
    struct dtc ctx;
    dtc_init(&ctx);
    syntax_open(&ctx);
    struct text plain = read_text(&ctx, text, mode);
    struct buf out;
    buf_init(&out);
    const char *law = plain.good ? broken_law(&plain, mode, &out) : "the input parses";
    if (law)
        report(name, law, text, buf_view(&out));
    for (uint32_t i = 0; i < prop->rounds && !law; i++) {
        struct buf with;
        buf_init(&with);
        sprinkle(prop, &plain, &with);
        struct text t = read_text(&ctx, buf_view(&with), mode);
        /* A comment can part what is only a token together (a path, a pattern): another program. */
        if (t.good && tree_equal(&plain.tree, plain.tree.root, &t.tree, t.tree.root)) {
            buf_clear(&out);
            law = broken_law(&t, mode, &out);
            if (law)
                report(name, law, buf_view(&with), buf_view(&out));
        }
        tree_fini(&t.tree);
        buf_fini(&with);
    }
    tree_fini(&plain.tree);
    buf_fini(&out);
    dtc_fini(&ctx);
    return law == NULL;
}

/* A file of queries, one on each line; # begins a remark. */
static bool check_lines(struct prop *prop, const char *name, struct str text)
{
    bool good = true;
    uint32_t line = 0;
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) : text.n;
        struct str query = str_make(text.p, n);
        text = str_make(text.p + n + (end ? 1 : 0), text.n - n - (end ? 1 : 0));
        line++;
        if (query.n == 0 || query.p[0] == '#' || str_starts(query, "== "))
            continue;
        char where[64];
        snprintf(where, sizeof where, "%s:%u", name, line);
        struct buf statement;
        buf_init(&statement);
        buf_str(&statement, query);
        buf_puts(&statement, ";\n");
        good = check_text(prop, where, buf_view(&statement), PARSE_SQL) && good;
        buf_fini(&statement);
    }
    return good;
}

bool prop_fmt(struct prop *prop)
{
    bool good = true;
    for (char *const *file = prop->files; *file; file++) {
        struct arena arena;
        arena_init(&arena);
        struct str text;
        const char *name = fs_base(*file);
        bool fine = fs_read(&arena, *file, &text) == 0;
        if (!fine)
            printf("not ok prop/fmt %s\n  could not be read\n", name);
        else if (str_ends(str_from(name), ".queries") || str_ends(str_from(name), ".txt"))
            fine = check_lines(prop, name, text);
        else
            fine = check_text(prop, name, text,
                              str_ends(str_from(name), ".sql") ? PARSE_SQL : PARSE_DTL);
        if (fine)
            printf("ok prop/fmt %s\n", *file);
        good = good && fine;
        arena_fini(&arena);
    }
    return good;
}
