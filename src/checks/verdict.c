/* verdict.c - incremental, full, refused or unknown: what Snowflake will do with each dynamic
 * table.
 *
 * Owns the sum: constructs of the table's own body and of the views that it reads, its inputs, and
 * what the checks of family DT2xx refused before. A verdict is given only when it is proved; what
 * is missing for one is kept beside it. Tables are judged in graph order, inputs first. */
#include "checks/state.h"

static void add(struct checks *checks, uint32_t table, struct use use)
{
    *VEC_PUSH(&checks->state->uses[table].all) = use;
}

void verdicts_refuse(struct checks *checks, const char *code, uint32_t relation,
                     const char *construct, struct span span)
{
    add(checks, relation,
        (struct use){.code = code,
                     .construct = construct,
                     .span = span,
                     .other = SPAN_NONE,
                     .blocks = BLOCKS_EVERY_MODE,
                     .relation = relation});
}

/* --- inputs --- */

/* Reads the closure of one table through views. */
struct inputs {
    struct checks *checks;
    uint32_t table;
    uint32_t *seen; /* by relation: the table for which it was last visited, plus one */
};

static const char *shown(const struct checks *checks, uint32_t relation)
{
    return model_relation(checks->model, relation)->shown;
}

static enum refresh_mode mode_of(const struct checks *checks, uint32_t table)
{
    return model_relation(checks->model, table)->settings.refresh;
}

static bool is_frozen(const struct relation *relation)
{
    return relation->settings.freeze.at.node != 0;
}

/* Where a table's full refresh comes from: its first blocker, or its own words. */
static struct span reason_of_full(const struct checks *checks, uint32_t table)
{
    const struct judgement *judgement = &checks->judgements[table];
    const struct setting *refresh = &model_relation(checks->model, table)->settings.refresh_from;
    if (mode_of(checks, table) != REFRESH_AUTO && refresh->at.node)
        return checks_setting_span(checks, refresh);
    return judgement->blockers.n ? judgement->blockers.at[0].span : checks_name_span(checks, table);
}

static bool has_blocker(const struct checks *checks, uint32_t table, const char *code)
{
    const struct judgement *judgement = &checks->judgements[table];
    for (uint32_t i = 0; i < judgement->blockers.n; i++)
        if (strcmp(judgement->blockers.at[i].code, code) == 0)
            return true;
    return false;
}

static void judge_full_input(struct checks *checks, uint32_t table, uint32_t input, struct use use)
{
    const struct relation *r = model_relation(checks->model, input);
    enum refresh_mode mode = mode_of(checks, table);
    use.code = "DT328";
    use.construct = arena_printf(&checks->ctx->arena, "full refresh of `%s`", r->shown);
    use.other = reason_of_full(checks, input);
    use.why_other = "this is why it refreshes fully";
    use.blocks = BLOCKS_INCREMENTAL;
    if (mode == REFRESH_INCREMENTAL || mode == REFRESH_ADAPTIVE) {
        enum derived_key key = keys_derived(checks, input);
        bool geospatial = has_blocker(checks, input, "DT327");
        if ((key == KEY_DERIVED || is_frozen(r)) && !geospatial)
            return;
        if (key != KEY_NONE || is_frozen(r))
            use.blocks = SILENT_INCREMENTAL;
    }
    add(checks, table, use);
}

static void judge_dynamic_input(struct checks *checks, uint32_t table, uint32_t input,
                                struct use use)
{
    switch (checks->judgements[input].verdict) {
    case VERDICT_INCREMENTAL:
        return;
    case VERDICT_FULL:
        judge_full_input(checks, table, input, use);
        return;
    case VERDICT_REFUSED:
    case VERDICT_NONE:
        use.blocks = SILENT_EVERY_MODE;
        use.construct = arena_printf(&checks->ctx->arena, "`%s`, which Snowflake refuses",
                                     shown(checks, input));
        break;
    case VERDICT_UNKNOWN:
        use.blocks = SILENT_INCREMENTAL;
        use.construct = arena_printf(&checks->ctx->arena, "verdict of `%s`", shown(checks, input));
        break;
    }
    add(checks, table, use);
}

/* Objects that only their first words tell about. */
static void judge_other_input(struct checks *checks, uint32_t table, const struct relation *input,
                              struct use use)
{
    static const struct {
        const char *head, *construct;
        enum blocks blocks;
    } heads[] = {
        {"EXTERNAL TABLE", "external table", BLOCKS_EVERY_MODE},
        {"MATERIALIZED VIEW", "materialized view", BLOCKS_EVERY_MODE},
        {"TEMPORARY TABLE", "temporary table", BLOCKS_EVERY_MODE},
        {"HYBRID TABLE", "hybrid table", BLOCKS_PERHAPS_ALL},
    };
    struct str head = sym_text(&checks->ctx->names, input->head);
    use.code = "DT329";
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (str_ends(head, heads[i].head)) {
            use.construct = heads[i].construct;
            use.blocks = heads[i].blocks;
            add(checks, table, use);
            return;
        }
    }
    use.code = "";
    use.construct = arena_printf(&checks->ctx->arena, "`%s`", input->shown);
    use.blocks = SILENT_EVERY_MODE;
    add(checks, table, use);
}

static void judge_inputs(struct inputs *in, uint32_t reader);

static void judge_input(struct inputs *in, uint32_t reader, const struct ref *ref)
{
    struct checks *checks = in->checks;
    const struct relation *from = model_relation(checks->model, reader);
    struct use use = {.code = "",
                      .span = model_span(checks->model, from->file, ref->node),
                      .other = SPAN_NONE,
                      .relation = reader,
                      .node = ref->node};
    const struct relation *input = model_relation(checks->model, ref->relation);
    switch (input->kind) {
    case RELATION_VIEW:
        judge_inputs(in, ref->relation);
        break;
    case RELATION_DYNAMIC_TABLE:
        judge_dynamic_input(checks, in->table, ref->relation, use);
        break;
    case RELATION_STREAM:
        use.code = "DT329";
        use.construct = "stream";
        use.blocks = BLOCKS_EVERY_MODE;
        add(checks, in->table, use);
        break;
    case RELATION_OTHER:
        judge_other_input(checks, in->table, input, use);
        break;
    case RELATION_TABLE:
    case RELATION_STATIC_TABLE:
    case RELATION_SOURCE:
        sources_judge(checks, in->table, reader, ref);
        break;
    case RELATION_TASK:
    case RELATION_ALERT:
    case RELATION_PIPE:
        break;
    }
}

static void judge_inputs(struct inputs *in, uint32_t reader)
{
    struct checks *checks = in->checks;
    const struct relation *from = model_relation(checks->model, reader);
    const struct use_list *body = &checks->state->bodies[reader];
    for (uint32_t i = 0; i < body->all.n; i++) {
        struct use use = body->all.at[i];
        if (strcmp(use.code, "DT335") == 0 && mode_of(checks, in->table) == REFRESH_AUTO)
            use.blocks = SILENT_INCREMENTAL; /* AUTO is free to decide otherwise */
        add(checks, in->table, use);
    }
    if (from->poisoned)
        add(checks, in->table,
            (struct use){.code = "",
                         .construct = "a mistake in the definition",
                         .span = checks_name_span(checks, reader),
                         .other = SPAN_NONE,
                         .blocks = SILENT_EVERY_MODE,
                         .relation = reader});
    for (uint32_t i = 0; i < from->refs.n; i++) {
        const struct ref *ref = &from->refs.at[i];
        if (ref->relation == MODEL_NONE || ref->relation == in->table ||
            (ref->kind != REF_READ && ref->kind != REF_BOUNDARY))
            continue;
        if (in->seen[ref->relation] == in->table + 1)
            continue;
        in->seen[ref->relation] = in->table + 1;
        judge_input(in, reader, ref);
    }
}

/* --- the sum --- */

static uint32_t count(const struct use_list *uses, enum blocks blocks)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < uses->all.n; i++)
        n += uses->all.at[i].blocks == blocks;
    return n;
}

static enum verdict sum(const struct use_list *uses, enum refresh_mode mode)
{
    bool never_incremental =
        count(uses, BLOCKS_INCREMENTAL) > 0 || count(uses, BLOCKS_PERHAPS_ALL) > 0;
    bool full_unproved = count(uses, SILENT_EVERY_MODE) > 0 || count(uses, BLOCKS_PERHAPS_ALL) > 0;
    if (count(uses, BLOCKS_EVERY_MODE) > 0)
        return VERDICT_REFUSED;
    if (mode == REFRESH_FULL)
        return full_unproved ? VERDICT_UNKNOWN : VERDICT_FULL;
    if (never_incremental && mode != REFRESH_AUTO)
        return VERDICT_REFUSED;
    if (full_unproved)
        return VERDICT_UNKNOWN;
    if (never_incremental)
        return VERDICT_FULL;
    return count(uses, SILENT_INCREMENTAL) > 0 ? VERDICT_UNKNOWN : VERDICT_INCREMENTAL;
}

static void conclude(struct checks *checks, uint32_t table)
{
    struct judgement *judgement = &checks->judgements[table];
    const struct use_list *uses = &checks->state->uses[table];
    judgement->verdict = sum(uses, mode_of(checks, table));
    for (uint32_t i = 0; i < uses->all.n; i++) {
        const struct use *use = &uses->all.at[i];
        struct blocker blocker = {use->code, use->construct, use->span};
        if (use->blocks == BLOCKS_NOTHING)
            continue;
        bool silent = use->blocks == SILENT_INCREMENTAL || use->blocks == SILENT_EVERY_MODE;
        if (judgement->verdict == VERDICT_UNKNOWN)
            *VEC_PUSH(&judgement->missing) = blocker;
        else if (!silent)
            *VEC_PUSH(&judgement->blockers) = blocker;
    }
}

void verdicts_judge(struct checks *checks)
{
    const struct model *model = checks->model;
    struct inputs in = {.checks = checks};
    in.seen = ARENA_ARRAY(&checks->ctx->arena, uint32_t, model->relations.n);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        uint32_t table = checks->graph->order[i];
        if (!checks_is_dynamic(checks, table))
            continue;
        in.table = table;
        if (checks->graph->in_cycle[table])
            add(checks, table,
                (struct use){.code = "DT201",
                             .construct = "dependency cycle",
                             .span = checks_name_span(checks, table),
                             .other = SPAN_NONE,
                             .blocks = SILENT_EVERY_MODE,
                             .relation = table});
        judge_inputs(&in, table);
        sources_judge_own(checks, table);
        conclude(checks, table);
    }
}
