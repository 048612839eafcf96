/* diff.c - compares what is declared with what the target has.
 *
 * Owns: which action an object gets, its reasons, what happens to its rows, what waits for the next
 * refresh. Does not own: statements (target) nor text (render_*.c).
 * The idea: objects meet by name. Each pair is compared field by field, every difference is a
 * reason, and the action is the strongest that a reason asks for. What the target has and nobody
 * declares is dropped when it is marked as ours, and never touched otherwise. */
#include "plan/plan.h"

struct diffing {
    struct plan *plan;
    struct arena *arena;
    struct observed *observed;
    struct interner index; /* names and places of what was observed */
    uint32_t *by_symbol;   /* symbol -> index + 1 of an observed object that is ours, by name */
    uint32_t *by_place;
};

const char *plan_hash(struct arena *arena, struct str text)
{
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < text.n; i++) {
        hash ^= (unsigned char)text.p[i];
        hash *= 1099511628211u;
    }
    return arena_printf(arena, "%016llx", (unsigned long long)hash);
}

static bool same(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static void add_reason(struct action *action, enum reason reason, const char *detail,
                       struct span span)
{
    struct plan_reason *r = VEC_PUSH(&action->reasons);
    *r = (struct plan_reason){reason, detail, span};
}

/* The stronger of two actions: replace > reinitialize > rename > alter > none. */
static void at_least(struct action *action, enum action_kind kind)
{
    static const int strength[ACTIONS] = {
        [ACTION_NONE] = 0,    [ACTION_ALTER] = 1,  [ACTION_RENAME] = 2, [ACTION_REINITIALIZE] = 3,
        [ACTION_REPLACE] = 4, [ACTION_CREATE] = 5, [ACTION_ADOPT] = 5,  [ACTION_DROP] = 5,
    };
    if (strength[kind] > strength[action->kind])
        action->kind = kind;
}

/* --- settings
 * -------------------------------------------------------------------------------------- */

/* The value of a key in "key=value\n..." text; NULL when it is not there. */
static const char *value_of(struct arena *arena, const char *settings, struct str key)
{
    for (const char *line = settings; line && *line;) {
        const char *end = strchr(line, '\n');
        size_t n = end ? (size_t)(end - line) : strlen(line);
        if (n > key.n && line[key.n] == '=' && memcmp(line, key.p, key.n) == 0)
            return arena_str(arena, str_make(line + key.n + 1, n - key.n - 1)).p;
        line = end ? end + 1 : line + n;
    }
    return NULL;
}

static enum reason setting_reason(struct str key)
{
    if (str_starts(key, "length "))
        return REASON_COLUMNS_CHANGED;
    if (str_is(key, "lag"))
        return REASON_LAG_CHANGED;
    if (str_is(key, "refresh"))
        return REASON_MODE_CHANGED;
    return str_starts(key, "expect ") ? REASON_EXPECT_CHANGED : REASON_SETTING_CHANGED;
}

static bool is_query_table(const struct desired_object *d)
{
    return strcmp(d->kind, "dynamic_table") == 0 || strcmp(d->kind, "static_table") == 0;
}

/* "prevent_destroy" and "length name" as a person says them. */
static const char *shown_key(struct arena *arena, struct str key)
{
    size_t from = str_starts(key, "length ") ? 7 : 0;
    char *text = ARENA_ARRAY(arena, char, key.n - from + 1);
    for (size_t i = from; i < key.n; i++)
        text[i - from] = key.p[i] == '_' && from == 0 ? ' ' : key.p[i];
    return text;
}

static void setting_changed(struct diffing *f, struct action *action,
                            const struct desired_object *d, const char *columns, struct str key,
                            const char *before, const char *after)
{
    enum reason reason = setting_reason(key);
    const char *none = reason == REASON_COLUMNS_CHANGED ? "varchar" : "not set";
    const char *from = before ? before : none, *to = after ? after : none;
    bool boundary =
        reason == REASON_MODE_CHANGED && (strcmp(from, "FULL") == 0) != (strcmp(to, "FULL") == 0);
    const char *detail;
    if (reason == REASON_COLUMNS_CHANGED && (!before || !after) && !same(d->columns_text, columns))
        return; /* a column that comes or goes is told as a column */
    detail = arena_printf(f->arena, "%s %s -> %s", shown_key(f->arena, key), from, to);
    if (reason == REASON_EXPECT_CHANGED)
        detail = arena_printf(f->arena, "%" STR_F, STR_A(key));
    else if (reason == REASON_LAG_CHANGED || reason == REASON_MODE_CHANGED)
        detail = arena_printf(f->arena, "%s -> %s", from, to);
    add_reason(action, reason, detail, reason == REASON_LAG_CHANGED ? d->lag_span : d->span);
    /* across FULL the server computes everything anew; so does a frozen region that is not only new
     */
    if (is_query_table(d) && (boundary || (str_is(key, "freeze") && before)))
        at_least(action, ACTION_REINITIALIZE);
    else
        at_least(action, ACTION_ALTER);
}

static void compare_settings(struct diffing *f, struct action *action,
                             const struct desired_object *d, const struct observed_object *o)
{
    const char *lists[2] = {d->settings, o->settings};
    for (int side = 0; side < 2; side++) {
        for (const char *line = lists[side]; line && *line;) {
            const char *end = strchr(line, '\n');
            size_t n = end ? (size_t)(end - line) : strlen(line);
            const char *equals = memchr(line, '=', n);
            struct str key = str_make(line, equals ? (size_t)(equals - line) : n);
            const char *before = value_of(f->arena, o->settings, key);
            const char *after = value_of(f->arena, d->settings, key);
            /* the second pass only adds what the first has not seen */
            if (side == 0 ? !same(before, after) || !before : !after)
                setting_changed(f, action, d, o->columns_text, key, before, after);
            line = end ? end + 1 : line + n;
        }
    }
}

/* --- columns
 * --------------------------------------------------------------------------------------- */

static struct str next_line(const char **text)
{
    const char *line = *text, *end;
    if (!line || !*line)
        return (struct str){0};
    end = strchr(line, '\n');
    *text = end ? end + 1 : line + strlen(line);
    return str_make(line, end ? (size_t)(end - line) : strlen(line));
}

/* Columns stay, only more come at the end: that can be altered. NOT NULL may come and go. */
static bool only_added(const char *before, const char *after)
{
    for (;;) {
        struct str a = next_line(&before), b = next_line(&after);
        if (a.n == 0)
            return true;
        if (str_ends(a, " not null"))
            a.n -= 9;
        if (str_ends(b, " not null"))
            b.n -= 9;
        if (!str_eq(a, b))
            return false;
    }
}

static const char *columns_detail(struct arena *arena, const char *before, const char *after)
{
    for (;;) {
        struct str a = next_line(&before), b = next_line(&after);
        if (str_eq(a, b) && a.n > 0)
            continue;
        if (a.n == 0)
            return arena_printf(arena, "new column %" STR_F, STR_A(b));
        if (b.n == 0)
            return arena_printf(arena, "without %" STR_F, STR_A(a));
        return arena_printf(arena, "%" STR_F " -> %" STR_F, STR_A(a), STR_A(b));
    }
}

static void compare_columns(struct diffing *f, struct action *action,
                            const struct desired_object *d, const struct observed_object *o)
{
    if (d->query_hash && o->drift && strcmp(d->kind, "view") != 0) {
        add_reason(action, REASON_COLUMNS_CHANGED,
                   arena_printf(f->arena, "on the target, %s", o->drift), d->span);
        at_least(action, ACTION_REINITIALIZE);
    }
    if (same(d->columns_text, o->columns_text) || d->query_hash)
        return;
    add_reason(action, REASON_COLUMNS_CHANGED,
               o->drift ? arena_printf(f->arena, "on the target, %s", o->drift)
                        : columns_detail(f->arena, o->columns_text, d->columns_text),
               d->span);
    at_least(action, only_added(o->columns_text, d->columns_text) ? ACTION_ALTER : ACTION_REPLACE);
}

/* --- one object
 * ------------------------------------------------------------------------------------ */

static struct action *add_action(struct plan *plan, const struct desired_object *d)
{
    struct action *action = VEC_PUSH(&plan->actions);
    action->kind = ACTION_NONE;
    action->relation = d->relation;
    action->name = d->name;
    action->shown = d->shown;
    action->place = d->place;
    action->object_kind = d->kind;
    action->holds_data = d->holds_data;
    action->span = d->span;
    action->data = DATA_KEPT;
    return action;
}

static bool is_view(const char *kind)
{
    return strcmp(kind, "view") == 0;
}

/* What the action means for the rows. */
static void set_effect(struct action *action, const struct desired_object *d)
{
    enum data_effect filled = d->starts_empty || !d->query_hash ? DATA_EMPTY : DATA_NEW;
    switch (action->kind) {
    case ACTION_CREATE:
        action->data = filled;
        break;
    case ACTION_REINITIALIZE:
        action->data = DATA_REINITIALIZED;
        break;
    case ACTION_REPLACE:
        action->data = d->holds_data || (action->old_kind && !is_view(action->old_kind) &&
                                         strcmp(action->old_kind, "dynamic_table") != 0)
                           ? DATA_LOST
                           : filled;
        break;
    case ACTION_NONE:
    case ACTION_ALTER:
    case ACTION_RENAME:
    case ACTION_ADOPT:
    case ACTION_DROP:
    case ACTIONS:
        action->data = DATA_KEPT;
        break;
    }
    if (is_view(d->kind) && action->data != DATA_LOST)
        action->data = DATA_NONE;
    action->prevented = d->prevent_destroy && action->kind == ACTION_REPLACE;
}

/* "dynamic_table" as a person says it. */
static const char *words(struct arena *arena, const char *kind)
{
    size_t n = strlen(kind);
    char *text = ARENA_ARRAY(arena, char, n + 1);
    for (size_t i = 0; i < n; i++)
        text[i] = kind[i] == '_' ? ' ' : kind[i];
    return text;
}

static void compare_query(struct diffing *f, struct action *action, const struct desired_object *d,
                          const struct observed_object *o)
{
    (void)f;
    if (same(d->query_hash, o->query_hash))
        return;
    add_reason(action, REASON_QUERY_CHANGED, NULL, d->query_span);
    at_least(action, is_view(d->kind) ? ACTION_ALTER : ACTION_REINITIALIZE);
}

static void compare(struct diffing *f, const struct desired_object *d, struct observed_object *o)
{
    struct action *action = add_action(f->plan, d);
    o->matched = true;
    if (!same(d->name, o->name)) {
        add_reason(action, REASON_MOVED, arena_printf(f->arena, "it was `%s`", o->name), d->span);
        at_least(action, ACTION_RENAME);
        action->old_place = same(d->place, o->place) ? NULL : o->place;
    } else if (!same(d->place, o->place)) {
        add_reason(action, REASON_SETTING_CHANGED,
                   arena_printf(f->arena, "schema %s -> %s", o->place, d->place), d->span);
        at_least(action, ACTION_RENAME);
        action->old_place = o->place;
    }
    if (!same(d->kind, o->kind)) {
        add_reason(
            action, REASON_KIND_CHANGED,
            arena_printf(f->arena, "%s -> %s", words(f->arena, o->kind), words(f->arena, d->kind)),
            d->span);
        at_least(action, ACTION_REPLACE);
        action->old_kind = o->kind;
    } else {
        compare_query(f, action, d, o);
        compare_columns(f, action, d, o);
        compare_settings(f, action, d, o);
        if (!same(d->comment, o->comment)) {
            add_reason(action, REASON_COMMENT_CHANGED, NULL, d->span);
            at_least(action, ACTION_ALTER);
        }
    }
    set_effect(action, d);
}

/* Something of that name is there and is not ours. A source is expected to be. */
static void take(struct diffing *f, const struct desired_object *d, struct observed_object *o)
{
    struct action *action = add_action(f->plan, d);
    o->matched = true;
    if (d->foreign) {
        action->data = is_view(o->kind) ? DATA_NONE : DATA_KEPT;
        return;
    }
    action->kind = ACTION_ADOPT;
    action->old_kind = is_view(o->kind) == is_view(d->kind) ? NULL : o->kind;
    add_reason(action, REASON_NOT_MARKED,
               same(d->columns_text, o->columns_text) ? NULL : "it is not as declared", d->span);
    action->data = d->query_hash && !is_view(d->kind) ? DATA_REINITIALIZED : DATA_KEPT;
    if (is_view(d->kind))
        action->data = DATA_NONE;
}

static struct observed_object *find(struct diffing *f, const uint32_t *index, const char *name)
{
    sym_t symbol = name ? sym_find(&f->index, str_from(name)) : 0;
    return symbol != 0 && index[symbol] != 0 ? &f->observed->objects.at[index[symbol] - 1] : NULL;
}

static void compare_object(struct diffing *f, const struct desired_object *d)
{
    struct observed_object *o = find(f, f->by_symbol, d->name);
    struct observed_object *there = find(f, f->by_place, d->place);
    struct action *action;
    if (!o && d->moved_from)
        o = find(f, f->by_symbol, d->moved_from);
    if (!o && there && there->ours && !there->matched)
        o = there; /* the same place under another name: its layer is called otherwise */
    if (o && !o->matched) {
        compare(f, d, o);
        return;
    }
    if (there && !there->ours && !there->matched) {
        take(f, d, there);
        return;
    }
    action = add_action(f->plan, d);
    action->kind = ACTION_CREATE;
    add_reason(action, REASON_NOT_THERE, NULL, d->span);
    set_effect(action, d);
}

static void build_index(struct diffing *f)
{
    uint32_t n = f->observed->objects.n;
    f->by_symbol = ARENA_ARRAY(f->arena, uint32_t, 2 * n + 2);
    f->by_place = ARENA_ARRAY(f->arena, uint32_t, 2 * n + 2);
    for (uint32_t i = 0; i < n; i++) {
        struct observed_object *o = &f->observed->objects.at[i];
        o->matched = false;
        if (o->ours)
            f->by_symbol[sym_intern(&f->index, str_from(o->name))] = i + 1;
        f->by_place[sym_intern(&f->index, str_from(o->place))] = i + 1;
    }
}

/* Drops go down the graph: what was made last goes first. */
static void drop_rest(struct diffing *f)
{
    for (uint32_t i = f->observed->objects.n; i-- > 0;) {
        const struct observed_object *o = &f->observed->objects.at[i];
        struct action *action;
        if (!o->ours || o->matched)
            continue;
        action = VEC_PUSH(&f->plan->actions);
        action->kind = ACTION_DROP;
        action->relation = MODEL_NONE;
        action->name = o->name;
        action->shown = o->name;
        action->place = o->place;
        action->object_kind = o->kind;
        action->span = SPAN_NONE;
        action->holds_data = strcmp(o->kind, "table") == 0 || strcmp(o->kind, "source") == 0 ||
                             strcmp(o->kind, "static_table") == 0;
        action->prevented = value_of(f->arena, o->settings, STR_LIT("prevent_destroy")) != NULL;
        action->data = is_view(o->kind) ? DATA_NONE : DATA_LOST;
        add_reason(action, REASON_REMOVED, NULL, SPAN_NONE);
    }
}

/* --- downstream
 * ------------------------------------------------------------------------------------ */

static bool changes_rows(const struct action *action)
{
    return action->kind != ACTION_NONE && action->kind != ACTION_DROP &&
           (action->data == DATA_REINITIALIZED || action->data == DATA_LOST ||
            action->data == DATA_NEW ||
            (action->data == DATA_NONE && action->kind != ACTION_CREATE));
}

static bool keeps_rows(const struct action *action)
{
    return strcmp(action->object_kind, "dynamic_table") == 0 &&
           (action->kind == ACTION_NONE || action->kind == ACTION_ALTER ||
            action->kind == ACTION_RENAME);
}

/* What reads a changed object and is not made anew itself has old rows until the next refresh. */
static void wait_downstream(struct diffing *f, const uint32_t *by_relation)
{
    struct plan *plan = f->plan;
    bool stays = false;
    for (uint32_t i = 0; i < plan->actions.n; i++)
        stays = stays || keeps_rows(&plan->actions.at[i]);
    for (uint32_t i = 0; stays && i < plan->actions.n; i++) {
        struct action *action = &plan->actions.at[i];
        uint32_t n = 0;
        if (!changes_rows(action) || action->relation == MODEL_NONE)
            continue;
        struct arena_mark mark = arena_mark(f->arena);
        uint32_t *below = graph_downstream(plan->graph, f->arena, action->relation, &n);
        for (uint32_t k = 0; k < n; k++) {
            uint32_t at = by_relation[below[k]];
            struct action *reader = at ? &plan->actions.at[at - 1] : NULL;
            if (!reader || !keeps_rows(reader))
                continue;
            reader->data = DATA_NEXT_REFRESH;
            *VEC_PUSH(&action->downstream) = reader->shown;
        }
        arena_reset(f->arena, mark);
    }
}

static void add_sets(struct plan *plan, const struct model *model)
{
    for (uint32_t i = 0; i < model->params.n; i++) {
        const struct param *param = &model->params.at[i];
        struct str name = sym_text(&plan->ctx->names, param->name);
        if (!param->set || !param->value)
            continue;
        char *text = ARENA_ARRAY(&plan->ctx->arena, char, name.n + strlen(param->value) + 2);
        for (size_t k = 0; k < name.n; k++)
            text[k] =
                name.p[k] >= 'A' && name.p[k] <= 'Z' ? (char)(name.p[k] - 'A' + 'a') : name.p[k];
        text[name.n] = '=';
        memcpy(text + name.n + 1, param->value, strlen(param->value));
        *VEC_PUSH(&plan->sets) = text;
    }
    if (model->env != MODEL_NONE)
        plan->env = sym_text(&plan->ctx->names, model->envs.at[model->env].name).p;
}

void plan_make(struct plan *plan, struct dtc *ctx, const struct graph *graph,
               const struct desired *desired, struct observed *observed)
{
    struct diffing f = {.plan = plan, .arena = &ctx->arena, .observed = observed};
    uint32_t *by_relation = ARENA_ARRAY(&ctx->arena, uint32_t, graph->model->relations.n + 1);
    plan->ctx = ctx;
    plan->graph = graph;
    plan->title = graph->model->name;
    plan->fingerprint = observed->fingerprint;
    add_sets(plan, graph->model);
    interner_init(&f.index);
    build_index(&f);
    for (uint32_t i = 0; i < desired->objects.n; i++) {
        compare_object(&f, &desired->objects.at[i]);
        by_relation[desired->objects.at[i].relation] = plan->actions.n;
    }
    drop_rest(&f);
    wait_downstream(&f, by_relation);
    interner_fini(&f.index);
    for (uint32_t i = 0; i < plan->actions.n; i++)
        plan->counts[plan->actions.at[i].kind]++;
}

/* --- questions
 * ------------------------------------------------------------------------------------- */

bool plan_is_empty(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        if (plan->actions.at[i].kind != ACTION_NONE)
            return false;
    }
    return true;
}

const struct action *plan_destroys(const struct plan *plan, enum action_kind kind)
{
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        const struct action *action = &plan->actions.at[i];
        if (action->kind == kind && action->data == DATA_LOST &&
            (kind != ACTION_DROP || action->holds_data))
            return action;
    }
    return NULL;
}

const struct action *plan_prevented(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        if (plan->actions.at[i].prevented)
            return &plan->actions.at[i];
    }
    return NULL;
}

const struct action *plan_adopts(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        const struct action *action = &plan->actions.at[i];
        if (action->kind == ACTION_ADOPT &&
            (action->data == DATA_REINITIALIZED || action->old_kind ||
             (action->reasons.n > 0 && action->reasons.at[0].detail)))
            return action;
    }
    return NULL;
}

void plan_fini(struct plan *plan)
{
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        struct action *action = &plan->actions.at[i];
        VEC_FINI(&action->reasons);
        VEC_FINI(&action->downstream);
        VEC_FINI(&action->statements);
        VEC_FINI(&action->records);
    }
    VEC_FINI(&plan->actions);
    VEC_FINI(&plan->sets);
}

void desired_fini(struct desired *desired)
{
    VEC_FINI(&desired->objects);
}

void observed_fini(struct observed *observed)
{
    VEC_FINI(&observed->objects);
}
