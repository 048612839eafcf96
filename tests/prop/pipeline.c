/* pipeline.c - laws of whole pipelines: order in a file means nothing, what has nothing to do with
 * a table does not change it, the same text gives the same bytes.
 *
 * A file is one project. Its declarations are cut apart and put together in another order;
 * pipeline, layer, env and param stay in front, because the order of layers is their meaning. */
#include "prop.h"
#include "../support/text.h"
#include "../support/text_model.h"
#include "base/fs.h"
#include "checks/check.h"
#include "emit/emit.h"
#include "syntax/parse.h"
#include <stdio.h>

struct piece {
    struct str text;
    bool stays;
};

struct pieces {
    VEC(struct piece) all;
};

struct emitted {
    struct arena arena;
    struct buf text;
    VEC(const char *) statements; /* in the arena */
    const char *error;            /* code of the first one */
};

static void emit_text(struct emitted *out, struct str text)
{
    static const struct dialect *const dialects[] = {&dialect_snowflake, &dialect_duckdb};
    struct dtc ctx;
    struct model model;
    struct graph graph;
    struct checks checks;
    struct model_options options = {NULL, NULL};

    *out = (struct emitted){0};
    arena_init(&out->arena);
    buf_init(&out->text);
    dtc_init(&ctx);
    syntax_open(&ctx);
    text_model(&ctx, &model, text);
    model_resolve(&model, &options);
    graph_build(&graph, &model);
    checks_run(&checks, &ctx, &model, &graph);
    out->error = text_first_error(&ctx);
    for (size_t d = 0; d < 2 && out->error == NULL; d++) {
        struct statements statements = {0};
        struct emit_options create = {CREATE_DEFAULT};
        dialects[d]->script(&statements, &graph, &create);
        for (uint32_t i = 0; i < statements.all.n; i++) {
            buf_printf(&out->text, "%s;\n", statements.all.at[i].text);
            *VEC_PUSH(&out->statements) =
                arena_str(&out->arena, str_from(statements.all.at[i].text)).p;
        }
        statements_fini(&statements);
    }
    checks_fini(&checks);
    graph_fini(&graph);
    model_fini(&model);
    dtc_fini(&ctx);
}

static void emitted_fini(struct emitted *emitted)
{
    buf_fini(&emitted->text);
    VEC_FINI(&emitted->statements);
    arena_fini(&emitted->arena);
}

static bool stays_in_front(enum node_kind kind)
{
    return kind == NODE_PIPELINE || kind == NODE_LAYER || kind == NODE_ENV || kind == NODE_PARAM;
}

/* Each declaration with the comments above it. */
static void cut(struct pieces *pieces, struct dtc *ctx, struct str text)
{
    struct tree tree;
    uint32_t from = 0;

    parse_file(ctx, text_source(ctx, "cut", text), PARSE_DTL, &tree);
    TREE_EACH (&tree, tree.root, decl) {
        uint32_t to = tree_at(&tree, decl)->hi;
        if (to < text.n && text.p[to] == ';')
            to++;
        if (tree_kind(&tree, decl) != NODE_USE_FILE)
            *VEC_PUSH(&pieces->all) = (struct piece){str_make(text.p + from, to - from),
                                                     stays_in_front(tree_kind(&tree, decl))};
        from = to;
    }
    tree_fini(&tree);
}

static void put_together(struct buf *out, struct pieces *pieces, struct prop *prop)
{
    uint32_t n = pieces->all.n;

    for (uint32_t i = n; i > 1; i--) {
        uint32_t other = prop_random(prop, i);
        struct piece piece = pieces->all.at[i - 1];
        if (piece.stays || pieces->all.at[other].stays)
            continue;
        pieces->all.at[i - 1] = pieces->all.at[other];
        pieces->all.at[other] = piece;
    }
    for (int stays = 1; stays >= 0; stays--) {
        for (uint32_t i = 0; i < n; i++) {
            if (pieces->all.at[i].stays == (stays == 1))
                buf_printf(out, "%" STR_F "\n\n", STR_A(str_trim(pieces->all.at[i].text)));
        }
    }
}

static void show_difference(const char *law, const char *path, struct str was, struct str is)
{
    size_t at = 0;

    while (at < was.n && at < is.n && was.p[at] == is.p[at])
        at++;
    size_t from = at > 200 ? at - 200 : 0;
    printf("not ok prop/%s %s\n  from byte %zu\n", law, path, from);
    printf("  # was: %.*s\n", (int)(was.n - from > 400 ? 400 : was.n - from), was.p + from);
    printf("  # is: %.*s\n", (int)(is.n - from > 400 ? 400 : is.n - from), is.p + from);
}

static bool law_order(struct prop *prop, const char *path, struct str text)
{
    struct dtc ctx;
    struct pieces pieces = {0};
    struct emitted was;
    struct buf first;
    bool holds = true;
    struct prop none = *prop;

    dtc_init(&ctx);
    syntax_open(&ctx);
    buf_init(&first);
    cut(&pieces, &ctx, text);
    put_together(&first, &pieces, &none);
    emit_text(&was, buf_view(&first));
    if (was.error != NULL) {
        printf("not ok prop/order %s\n  cut apart it has %s\n", path, was.error);
        holds = false;
    }
    for (uint32_t i = 0; i < prop->rounds && holds; i++) {
        struct buf other;
        struct emitted is;
        buf_init(&other);
        put_together(&other, &pieces, prop);
        emit_text(&is, buf_view(&other));
        holds = str_eq(buf_view(&was.text), buf_view(&is.text));
        if (!holds)
            show_difference("order", path, buf_view(&was.text), buf_view(&is.text));
        emitted_fini(&is);
        buf_fini(&other);
    }
    if (holds)
        printf("ok prop/order %s, %u declarations\n", path, pieces.all.n);
    emitted_fini(&was);
    buf_fini(&first);
    VEC_FINI(&pieces.all);
    dtc_fini(&ctx);
    return holds;
}

static bool has_statement(const struct emitted *emitted, const char *statement)
{
    for (uint32_t i = 0; i < emitted->statements.n; i++) {
        if (strcmp(emitted->statements.at[i], statement) == 0)
            return true;
    }
    return false;
}

/* Two more relations that nobody here knows: every statement is still there, and in its order. */
static bool law_unrelated(const char *path, struct str text)
{
    struct emitted was, is;
    struct buf more;
    bool holds = true;

    buf_init(&more);
    buf_printf(&more,
               "%" STR_F "\nsource bronze.mm_elsewhere (k integer, v varchar);\n"
               "gold table mm_unrelated lag 1 hour as\n"
               "select k, max(v) as v from bronze.mm_elsewhere group by k;\n",
               STR_A(text));
    emit_text(&was, text);
    emit_text(&is, buf_view(&more));
    uint32_t at = 0;
    for (uint32_t i = 0; i < is.statements.n; i++) {
        if (at < was.statements.n && strcmp(is.statements.at[i], was.statements.at[at]) == 0)
            at++;
    }
    if (was.error != NULL || is.error != NULL || at < was.statements.n) {
        printf("not ok prop/unrelated %s\n  %s\n", path,
               was.error ? was.error : is.error ? is.error : was.statements.at[at]);
        if (was.error == NULL && is.error == NULL)
            printf("  %s\n", has_statement(&is, was.statements.at[at]) ? "it moved" : "it is gone");
        holds = false;
    } else {
        printf("ok prop/unrelated %s, %u statements\n", path, was.statements.n);
    }
    emitted_fini(&was);
    emitted_fini(&is);
    buf_fini(&more);
    return holds;
}

static bool law_twice(const char *path, struct str text)
{
    struct emitted was, is;

    emit_text(&was, text);
    emit_text(&is, text);
    bool holds = str_eq(buf_view(&was.text), buf_view(&is.text));
    if (holds)
        printf("ok prop/twice %s, %zu bytes\n", path, was.text.n);
    else
        show_difference("twice", path, buf_view(&was.text), buf_view(&is.text));
    emitted_fini(&was);
    emitted_fini(&is);
    return holds;
}

bool prop_pipeline(struct prop *prop)
{
    struct arena arena;
    bool holds = true;

    arena_init(&arena);
    for (char *const *path = prop->files; *path != NULL; path++) {
        struct str text;
        const char *name = fs_base(*path);
        if (fs_read(&arena, *path, &text) != 0) {
            printf("not ok prop/pipeline %s\n  it could not be read\n", name);
            holds = false;
            continue;
        }
        holds = law_order(prop, name, text) && holds;
        holds = law_unrelated(name, text) && holds;
        holds = law_twice(name, text) && holds;
    }
    arena_fini(&arena);
    return holds;
}
