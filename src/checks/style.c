/* style.c - declarations that nothing uses: rows DT9xx. */
#include "checks/state.h"
#include "diag/suggest.h"

/* By symbol: is a value of that name read in any text? */
static bool *variables_used(const struct checks *checks)
{
    const struct model *model = checks->model;
    bool *used = ARENA_ARRAY(&checks->ctx->arena, bool, checks->ctx->names.n);
    for (uint32_t f = 0; f < model->files.n; f++) {
        const struct tree *tree = &model->files.at[f].tree;
        for (node_t node = 1; node < tree->n; node++)
            if (tree_kind(tree, node) == NODE_VARIABLE)
                used[tree_at(tree, node)->sym] = true;
    }
    return used;
}

/* Statements are kept as text; a name in one counts as used. */
static bool in_a_statement(const struct checks *checks, struct str name)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        if (r->kind != RELATION_TASK && r->kind != RELATION_ALERT && r->kind != RELATION_OTHER)
            continue;
        struct str text = source_text(&checks->ctx->sources, model_span(model, r->file, r->decl));
        for (size_t at = 0; at + name.n < text.n; at++)
            if (text.p[at] == '$' && str_eq_nocase(str_make(text.p + at + 1, name.n), name))
                return true;
    }
    return false;
}

/* Is there a finding that the parameter's name or value is wrong? One slip, one message. */
static bool told_already(const struct checks *checks, const struct param *param)
{
    const struct diag_sink *sink = &checks->ctx->diags;
    struct span decl = model_span(checks->model, param->decl.file, param->decl.node);
    for (uint32_t i = 0; i < sink->all.n; i++) {
        const struct diag *d = sink->all.at[i];
        struct span at = d->labels.at[0].span;
        if (at.file == SPAN_NO_FILE)
            continue;
        if (strcmp(d->rule->code, "DT119") == 0 && at.file == decl.file && at.lo >= decl.lo &&
            at.hi <= decl.hi)
            return true;
        if (strcmp(d->rule->code, "DT109") != 0)
            continue;
        struct str written = source_text(&checks->ctx->sources, at);
        struct suggest near = suggest_begin(str_make(written.p + 1, written.n - 1)); /* after $ */
        suggest_offer(&near, sym_text(&checks->ctx->names, param->name));
        if (near.best.n)
            return true;
    }
    return false;
}

static void check_unused_param(struct checks *checks, const struct check *check)
{
    const struct model *model = checks->model;
    if (model->params.n == 0)
        return;
    const bool *used = variables_used(checks);
    for (uint32_t i = 0; i < model->params.n; i++) {
        const struct param *param = &model->params.at[i];
        struct str name = sym_text(&checks->ctx->names, param->name);
        const char *shown = checks_lower(checks, param->name);
        if (used[param->name] || in_a_statement(checks, name) || told_already(checks, param))
            continue;
        struct finding f = checks_find(checks, check, MODEL_NONE,
                                       model_span(model, param->decl.file, param->decl.node),
                                       "nothing reads `$%s`", shown);
        diag_help(f.sink, f.d, "leave the declaration out, or write `$%s` where it belongs", shown);
    }
}

/* --- CTEs --- */

/* Names of relations that a text reads, in one pass; scopes are not told apart, so that a name that
 * is read anywhere counts. */
static void collect_reads(const struct tree *tree, node_t node, struct map *reads)
{
    enum node_kind kind = tree_kind(tree, node);
    if (kind == NODE_TABLE_REF || kind == NODE_BOUNDARY_REF) {
        node_t object = tree_child(tree, node, NODE_OBJECT);
        if (object != 0)
            map_set(reads, tree_at(tree, object)->sym, 1);
    }
    TREE_EACH(tree, node, child)
    collect_reads(tree, child, reads);
}

struct names_read {
    struct checks *checks;
    const struct check *check;
    uint32_t relation;
    const struct tree *tree;
    struct map reads;
};

static void report_unread(struct names_read *n, node_t cte)
{
    const struct relation *r = model_relation(n->checks->model, n->relation);
    struct span span = model_span(n->checks->model, r->file, cte);
    struct str name = sym_text(&n->checks->ctx->names, tree_at(n->tree, cte)->sym);
    if (span.lo + name.n <= span.hi)
        span.hi = span.lo + (uint32_t)name.n;
    struct finding f =
        checks_find(n->checks, n->check, n->relation, span, "nothing in this query reads it");
    diag_help(f.sink, f.d, "leave it out");
}

static void look_for_unread(struct names_read *n, node_t node)
{
    uint32_t any;
    if (tree_kind(n->tree, node) == NODE_CTE &&
        !map_get(&n->reads, tree_at(n->tree, node)->sym, &any))
        report_unread(n, node);
    TREE_EACH(n->tree, node, child)
    look_for_unread(n, child);
}

static bool has_cte(const struct tree *tree, node_t query)
{
    return tree_child(tree, query, NODE_WITH) != 0;
}

static void check_unused_cte(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct relation *r = model_relation(checks->model, i);
        if (r->query == 0 || r->poisoned || !has_cte(model_tree(checks->model, r->file), r->query))
            continue;
        struct names_read n = {checks, check, i, model_tree(checks->model, r->file), {0}};
        map_init(&n.reads);
        collect_reads(n.tree, r->query, &n.reads);
        look_for_unread(&n, r->query);
        map_fini(&n.reads);
    }
}

const struct check checks_style[] = {
    CHECK(DT901, "unused-parameter", WARNING, "parameter is declared and never used",
          check_unused_param, PAGE_CREATE, NULL),
    CHECK(DT902, "unused-cte", WARNING, "WITH names a query that nothing reads", check_unused_cte,
          PAGE_QUERIES, NULL),
    CHECK(DT903, "ill-formed-suppression", WARNING, "comment does not silence anything",
          suppressions_faults, PAGE_QUERIES, NULL),
    CHECK(DT904, "unused-suppression", WARNING, "comment silences a finding that is not there",
          suppressions_unused, PAGE_QUERIES, NULL),
};
const uint32_t checks_style_n = sizeof checks_style / sizeof *checks_style;
