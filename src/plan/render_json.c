/* render_json.c - the plan as JSON, and back: what `plan -o` saves and `apply plan.json` reads.
 *
 * Everything that apply runs is in it, so that what was reviewed is what happens. The pipeline is
 * not needed to read it back; places in the source are kept as texts. */
#include "base/json.h"
#include "plan/plan.h"

static const char *place_text(const struct plan *plan, struct span span)
{
    struct sources *sources = &plan->ctx->sources;
    struct place place;
    if (span.file == SPAN_NO_FILE)
        return NULL;
    place = source_place(sources, span.file, span.lo);
    return arena_printf(&plan->ctx->arena, "%s:%u:%u", sources->files.at[span.file].path,
                        place.line, place.column);
}

static void write_texts(struct json_out *j, const char *key, const char *const *texts, uint32_t n)
{
    json_kopen(j, key, '[');
    for (uint32_t i = 0; i < n; i++)
        json_text(j, texts[i]);
    json_close(j);
}

static void write_reason(struct json_out *j, const struct plan *plan,
                         const struct plan_reason *reason)
{
    json_open(j, '{');
    json_ktext(j, "reason", reason_code(reason->reason));
    json_ktext(j, "text", reason_text(reason->reason));
    json_ktext(j, "detail", reason->detail);
    json_ktext(j, "source", place_text(plan, reason->span));
    json_close(j);
}

static void write_action(struct json_out *j, const struct plan *plan, const struct action *action)
{
    const char *source = action->source ? action->source : place_text(plan, action->span);
    json_open(j, '{');
    json_ktext(j, "action", action_text(action->kind));
    json_ktext(j, "name", action->name);
    json_ktext(j, "shown", action->shown);
    json_ktext(j, "place", action->place);
    json_ktext(j, "kind", action->object_kind);
    json_ktext(j, "old_place", action->old_place);
    json_ktext(j, "old_kind", action->old_kind);
    json_ktext(j, "data", data_code(action->data));
    json_kbool(j, "holds_data", action->holds_data);
    json_kbool(j, "prevented", action->prevented);
    json_ktext(j, "source", source);
    json_kopen(j, "reasons", '[');
    for (uint32_t i = 0; i < action->reasons.n; i++)
        write_reason(j, plan, &action->reasons.at[i]);
    json_close(j);
    write_texts(j, "downstream", action->downstream.at, action->downstream.n);
    write_texts(j, "statements", action->statements.at, action->statements.n);
    write_texts(j, "records", action->records.at, action->records.n);
    json_close(j);
}

void plan_render_json(struct buf *out, const struct plan *plan)
{
    struct json_out j;
    json_begin(&j, out, false);
    json_open(&j, '{');
    json_kint(&j, "format_version", PLAN_FORMAT_VERSION);
    json_ktext(&j, "pipeline", plan->title);
    json_ktext(&j, "target", plan->target);
    json_ktext(&j, "env", plan->env);
    write_texts(&j, "sets", plan->sets.at, plan->sets.n);
    json_ktext(&j, "fingerprint", plan->fingerprint);
    json_kopen(&j, "actions", '[');
    for (uint32_t i = 0; i < plan->actions.n; i++)
        write_action(&j, plan, &plan->actions.at[i]);
    json_close(&j);
    json_kopen(&j, "counts", '{');
    for (int i = 0; i < ACTIONS; i++)
        json_kint(&j, action_text((enum action_kind)i), plan->counts[i]);
    json_close(&j);
    json_close(&j);
    json_end(&j);
    buf_putc(out, '\n');
}

/* --- reading
 * --------------------------------------------------------------------------------------- */

static const char *keep(struct dtc *ctx, const char *text)
{
    return text ? arena_str(&ctx->arena, str_from(text)).p : NULL;
}

/* Reads an array of texts with a push of the caller's vector; false when it is none. */
#define READ_TEXTS(ctx, parent, key, vector)                                                       \
    do {                                                                                           \
        const struct cJSON *list_ = json_get((parent), (key));                                     \
        if (!list_)                                                                                \
            return false;                                                                          \
        for (const struct cJSON *e_ = json_first(list_); e_; e_ = json_next(e_)) {                 \
            if (!json_value_text(e_))                                                              \
                return false;                                                                      \
            *VEC_PUSH(vector) = keep((ctx), json_value_text(e_));                                  \
        }                                                                                          \
    } while (0)

static bool read_action(struct plan *plan, const struct cJSON *json)
{
    struct dtc *ctx = plan->ctx;
    struct action *action = VEC_PUSH(&plan->actions);
    const struct cJSON *reasons = json_get(json, "reasons");
    action->relation = MODEL_NONE;
    action->span = SPAN_NONE;
    action->name = keep(ctx, json_get_text(json, "name"));
    action->shown = keep(ctx, json_get_text(json, "shown"));
    action->place = keep(ctx, json_get_text(json, "place"));
    action->object_kind = keep(ctx, json_get_text(json, "kind"));
    action->old_place = keep(ctx, json_get_text(json, "old_place"));
    action->old_kind = keep(ctx, json_get_text(json, "old_kind"));
    action->source = keep(ctx, json_get_text(json, "source"));
    if (!action->name || !action->shown || !action->place || !action->object_kind || !reasons ||
        !action_from_text(json_get_text(json, "action"), &action->kind) ||
        !data_from_code(json_get_text(json, "data"), &action->data) ||
        !json_get_bool(json, "holds_data", &action->holds_data) ||
        !json_get_bool(json, "prevented", &action->prevented))
        return false;
    for (const struct cJSON *r = json_first(reasons); r; r = json_next(r)) {
        struct plan_reason *reason = VEC_PUSH(&action->reasons);
        reason->span = SPAN_NONE;
        reason->detail = keep(ctx, json_get_text(r, "detail"));
        if (!reason_from_code(json_get_text(r, "reason"), &reason->reason))
            return false;
    }
    READ_TEXTS(ctx, json, "downstream", &action->downstream);
    READ_TEXTS(ctx, json, "statements", &action->statements);
    READ_TEXTS(ctx, json, "records", &action->records);
    plan->counts[action->kind]++;
    return true;
}

static bool read_plan(struct plan *plan, const struct cJSON *json, const char **why)
{
    int64_t version = 0;
    const struct cJSON *actions = json_get(json, "actions");
    *why = "it is no plan";
    if (!json_get_int(json, "format_version", &version))
        return false;
    *why = "its format is of another version of dtc";
    if (version != PLAN_FORMAT_VERSION)
        return false;
    *why = "a plan has a target, a fingerprint and actions";
    plan->title = keep(plan->ctx, json_get_text(json, "pipeline"));
    plan->target = keep(plan->ctx, json_get_text(json, "target"));
    plan->env = keep(plan->ctx, json_get_text(json, "env"));
    plan->fingerprint = keep(plan->ctx, json_get_text(json, "fingerprint"));
    if (!plan->target || !plan->fingerprint || !actions)
        return false;
    READ_TEXTS(plan->ctx, json, "sets", &plan->sets);
    *why = "an action is not complete";
    for (const struct cJSON *a = json_first(actions); a; a = json_next(a)) {
        if (!read_action(plan, a))
            return false;
    }
    return true;
}

bool plan_read_json(struct plan *plan, struct dtc *ctx, struct str text, const char **why)
{
    size_t at = 0;
    struct cJSON *json = json_parse(text, &at);
    bool ok;
    plan->ctx = ctx;
    if (!json) {
        *why = arena_printf(&ctx->arena, "it is not JSON from byte %zu on", at);
        return false;
    }
    ok = read_plan(plan, json, why);
    json_free(json);
    return ok;
}
