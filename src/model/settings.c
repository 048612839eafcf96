/* settings.c - what holds for each relation, and who said so.
 *
 * The first that speaks wins: the chosen environment, the relation, its layer, the pipeline; a
 * floor under the lag (`lag at least` in the environment) is put on top of whatever won. A default
 * counts only for the kinds it can mean something for: a lag in a layer says nothing about its
 * views. */
#include "model/resolve.h"

#include "syntax/parse.h"

struct speakers {
    struct resolver *r;
    const struct relation *relation;
    struct clauses own;
    const struct clauses *layer; /* NULL without a layer */
};

/* --------------------------------------------------------------------------------------- duration
 */

/* "DOWNSTREAM" in quotes is the word; everything else in quotes is read as a duration. */
static const char *duration_words(struct resolver *r, const struct tree *tree, node_t duration)
{
    node_t first = tree_first(tree, duration);
    struct str text = {0};
    if (first && tree_kind(tree, first) == NODE_STRING)
        text = string_value(&r->ctx->arena, sym_text(&r->ctx->names, tree_at(tree, first)->sym));
    else if (first && tree_kind(tree, first) == NODE_NUMBER)
        return arena_printf(&r->ctx->arena, "%s %s",
                            sym_text(&r->ctx->names, tree_at(tree, first)->sym).p,
                            sym_text(&r->ctx->names, tree_at(tree, duration)->sym).p);
    return arena_str(&r->ctx->arena, text).p;
}

static const char *lower(struct arena *arena, const char *text)
{
    size_t n = strlen(text);
    char *copy = arena_alloc(arena, n + 1, 1);
    for (size_t i = 0; i <= n; i++)
        copy[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 0x20) : text[i];
    return copy;
}

bool duration_of(struct resolver *r, const struct tree *tree, node_t duration, int64_t *seconds,
                 const char **text)
{
    *text = duration_words(r, tree, duration);
    if (tree_first(tree, duration) && tree_kind(tree, tree_first(tree, duration)) == NODE_NUMBER)
        *text = lower(&r->ctx->arena, *text);
    return duration_seconds(str_from(*text), seconds);
}

static void report_duration(struct resolver *r, const struct tree *tree, node_t duration,
                            const char *text)
{
    struct diag *d = diag_add(&r->ctx->diags, diag_rule("DT037"), tree_span(tree, duration),
                              "`%s` is no duration", text);
    diag_help(&r->ctx->diags, d, "write a number and a unit: `5 minutes`, `1 hour`, `'1 day'`");
}

/* ------------------------------------------------------------------------------------ who speaks
 */

static struct setting setting_of(const struct speakers *s, enum node_kind kind, bool inherit)
{
    const struct resolver *r = s->r;
    const struct {
        enum origin origin;
        const struct clauses *clauses;
    } order[] = {
        {ORIGIN_ENV, inherit ? &r->env : NULL},
        {ORIGIN_RELATION, &s->own},
        {ORIGIN_LAYER, inherit ? s->layer : NULL},
        {ORIGIN_PIPELINE, inherit ? &r->pipeline : NULL},
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        node_t node = order[i].clauses ? order[i].clauses->at[kind] : 0;
        if (node == 0)
            continue;
        uint32_t file = order[i].clauses->file;
        sym_t value = tree_at(model_tree(r->model, file), node)->sym;
        return (struct setting){order[i].origin, {file, node}, value};
    }
    return (struct setting){0};
}

/* -------------------------------------------------------------------------------------------- lag
 */

static void read_cron(struct resolver *r, const struct tree *tree, node_t clause, struct lag *lag)
{
    struct arena *arena = &r->ctx->arena;
    const char **to[] = {&lag->text, &lag->zone};
    size_t i = 0;
    lag->kind = LAG_CRON;
    lag->text = "";
    TREE_EACH(tree, clause, child)
    if (tree_kind(tree, child) == NODE_STRING && i < 2)
        *to[i++] =
            arena_str(arena,
                      string_value(arena, sym_text(&r->ctx->names, tree_at(tree, child)->sym)))
                .p;
}

/* False when it is no lag; reported once, at the clause, whoever inherits it. */
static bool read_lag(struct resolver *r, struct node_ref at, struct lag *lag)
{
    const struct tree *tree = model_tree(r->model, at.file);
    node_t duration = tree_child(tree, at.node, NODE_DURATION);
    if (tree_flag(tree, at.node, FLAG_DOWNSTREAM)) {
        lag->kind = LAG_DOWNSTREAM;
        lag->text = "downstream";
        return true;
    }
    if (tree_flag(tree, at.node, FLAG_CRON)) {
        read_cron(r, tree, at.node, lag);
        return true;
    }
    if (!duration)
        return false;
    if (duration_of(r, tree, duration, &lag->seconds, &lag->text)) {
        lag->kind = LAG_TIME;
        return true;
    }
    if (str_eq_nocase(str_from(lag->text), STR_LIT("downstream"))) {
        lag->kind = LAG_DOWNSTREAM;
        lag->text = "downstream";
        return true;
    }
    report_duration(r, tree, duration, lag->text);
    return false;
}

static void apply_floor(struct resolver *r, struct lag *lag)
{
    struct lag floor = {0};
    struct node_ref at = {r->env.file, r->env.floor};
    if (!at.node || lag->kind != LAG_TIME || !read_lag(r, at, &floor) || floor.kind != LAG_TIME)
        return;
    if (lag->seconds >= floor.seconds)
        return;
    lag->floor_from = lag->from;
    lag->from = (struct setting){ORIGIN_FLOOR, at, 0};
    lag->seconds = floor.seconds;
    lag->text = floor.text;
}

/* ---------------------------------------------------------------------------------------- relation
 */

static enum refresh_mode refresh_of(const struct resolver *r, sym_t word)
{
    static const enum refresh_mode modes[] = {REFRESH_AUTO, REFRESH_FULL, REFRESH_INCREMENTAL,
                                              REFRESH_ADAPTIVE};
    struct str text = sym_text(&r->ctx->names, word);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (str_eq_nocase(text, str_from(refresh_mode_text(modes[i]))))
            return modes[i];
    return REFRESH_AUTO;
}

static void set_comment(struct resolver *r, struct relation *relation, node_t clause)
{
    const struct tree *tree = model_tree(r->model, relation->file);
    node_t string = clause ? tree_first(tree, clause) : 0;
    struct settings *settings = &relation->settings;
    if (string) {
        struct str raw = sym_text(&r->ctx->names, tree_at(tree, string)->sym);
        settings->comment = arena_str(&r->ctx->arena, string_value(&r->ctx->arena, raw)).p;
        settings->comment_at = (struct node_ref){relation->file, clause};
    } else if (!r->model->files.at[relation->file].script) {
        settings->comment = doc_comment(r->ctx, tree, relation->decl);
        if (settings->comment)
            settings->comment_at = (struct node_ref){relation->file, relation->decl};
    }
}

static void set_lag(struct speakers *s, struct relation *relation, bool inherit)
{
    struct lag *lag = &relation->settings.lag;
    lag->from = setting_of(s, NODE_LAG, inherit);
    if (lag->from.origin == ORIGIN_NONE)
        return;
    if (!read_lag(s->r, lag->from.at, lag))
        relation->poisoned = true;
    if (inherit)
        apply_floor(s->r, lag);
}

/* In a script Snowflake's own short units may stand; a schedule there is kept as it is written. */
static void check_own_duration(struct resolver *r, const struct relation *relation, node_t clause)
{
    const struct tree *tree = model_tree(r->model, relation->file);
    node_t duration = clause ? tree_child(tree, clause, NODE_DURATION) : 0;
    int64_t seconds;
    const char *text;
    if (duration && !r->model->files.at[relation->file].script &&
        !duration_of(r, tree, duration, &seconds, &text))
        report_duration(r, tree, duration, text);
}

static void set_relation(struct resolver *r, uint32_t index)
{
    struct relation *relation = &r->model->relations.at[index];
    struct settings *settings = &relation->settings;
    struct speakers s = {.r = r, .relation = relation};
    bool dynamic = relation->kind == RELATION_DYNAMIC_TABLE;
    bool table =
        dynamic || relation->kind == RELATION_TABLE || relation->kind == RELATION_STATIC_TABLE;
    bool runs = dynamic || relation->kind == RELATION_TASK || relation->kind == RELATION_ALERT;
    collect_clauses(r, relation->file, relation->decl, &s.own);
    s.layer = relation->layer == MODEL_NONE ? NULL : &r->layers.at[relation->layer];
    set_lag(&s, relation, dynamic);
    settings->refresh_from = setting_of(&s, NODE_REFRESH, dynamic);
    settings->refresh = refresh_of(r, settings->refresh_from.value);
    settings->warehouse = setting_of(&s, NODE_WAREHOUSE, runs);
    settings->initialization_warehouse = setting_of(&s, NODE_INITIALIZATION_WAREHOUSE, dynamic);
    settings->initialize = setting_of(&s, NODE_INITIALIZE, dynamic);
    settings->scheduler = setting_of(&s, NODE_SCHEDULER, dynamic);
    settings->retain = setting_of(&s, NODE_RETAIN, table);
    settings->transient = setting_of(&s, NODE_TRANSIENT, table);
    settings->copy_grants =
        setting_of(&s, NODE_COPY_GRANTS, table || relation->kind == RELATION_VIEW);
    settings->change_tracking = setting_of(&s, NODE_CHANGE_TRACKING, false);
    settings->cluster_by = setting_of(&s, NODE_CLUSTER_BY, false);
    settings->freeze = setting_of(&s, NODE_FREEZE, false);
    settings->key = setting_of(&s, NODE_KEY, false);
    settings->prevent_destroy = setting_of(&s, NODE_PREVENT_DESTROY, table);
    check_own_duration(r, relation, s.own.at[NODE_RETAIN]);
    check_own_duration(r, relation, s.own.at[NODE_SCHEDULE]);
    check_own_duration(r, relation, s.own.at[NODE_STALE]);
    set_comment(r, relation, s.own.at[NODE_COMMENT]);
}

/* Durations that no relation reads through set_lag: those of frames nobody lives in, and retain. */
static void check_durations(struct resolver *r, const struct clauses *clauses)
{
    static const enum node_kind kinds[] = {NODE_LAG, NODE_RETAIN, NODE_SCHEDULE};
    const struct tree *tree = model_tree(r->model, clauses->file);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        node_t clause = clauses->at[kinds[i]];
        node_t duration = clause ? tree_child(tree, clause, NODE_DURATION) : 0;
        int64_t seconds;
        const char *text;
        struct lag lag = {0};
        if (kinds[i] == NODE_LAG && clause)
            (void)read_lag(r, (struct node_ref){clauses->file, clause}, &lag);
        else if (duration && !duration_of(r, tree, duration, &seconds, &text))
            report_duration(r, tree, duration, text);
    }
    if (clauses->floor && clauses != &r->env) {
        struct diag *d =
            diag_add(&r->ctx->diags, diag_rule("DT037"), tree_span(tree, clauses->floor),
                     "`at least` stands outside an environment");
        diag_help(&r->ctx->diags, d, "put it into an `env`: a floor holds for every table there");
    }
}

void settings_all(struct resolver *r)
{
    struct model *model = r->model;
    if (r->pipeline.at[NODE_LAG] || r->pipeline.at[NODE_RETAIN] || r->pipeline.floor)
        check_durations(r, &r->pipeline);
    for (uint32_t i = 0; i < r->layers.n; i++)
        if (r->layers.at[i].at[NODE_LAG] || r->layers.at[i].at[NODE_RETAIN] ||
            r->layers.at[i].floor)
            check_durations(r, &r->layers.at[i]);
    for (uint32_t i = 0; i < model->envs.n; i++) {
        struct clauses clauses;
        struct lag floor = {0};
        collect_clauses(r, model->envs.at[i].decl.file, model->envs.at[i].decl.node, &clauses);
        if (clauses.floor)
            (void)read_lag(r, (struct node_ref){clauses.file, clauses.floor}, &floor);
        clauses.floor = 0;
        check_durations(r, &clauses);
    }
    for (uint32_t i = 0; i < model->relations.n; i++)
        set_relation(r, i);
}
