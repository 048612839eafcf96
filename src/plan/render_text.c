/* render_text.c - the plan for a person, on a terminal and as Markdown. The total comes last.
 *
 * An object is one line: sign, action, name, kind. Below it, one step in, why (with the place in
 * the source) and what happens to its rows; then who waits for the next refresh. */
#include "plan/plan.h"

static const char *const colors[ACTIONS] = {
    [ACTION_NONE] = "",
    [ACTION_CREATE] = "\033[32m",
    [ACTION_ALTER] = "\033[33m",
    [ACTION_REINITIALIZE] = "\033[35m",
    [ACTION_REPLACE] = "\033[31m",
    [ACTION_RENAME] = "\033[36m",
    [ACTION_DROP] = "\033[31m",
    [ACTION_ADOPT] = "\033[36m",
};

static void add_words(struct buf *out, const char *kind)
{
    for (; *kind; kind++)
        buf_putc(out, *kind == '_' ? ' ' : *kind);
}

static void add_place(struct buf *out, const struct plan *plan, struct span span)
{
    struct sources *sources = &plan->ctx->sources;
    struct place place;
    if (span.file == SPAN_NO_FILE)
        return;
    place = source_place(sources, span.file, span.lo);
    buf_printf(out, "%s:%u:%u", sources->files.at[span.file].path, place.line, place.column);
}

static void add_reason(struct buf *out, const struct plan *plan, const struct action *action,
                       const struct plan_reason *reason)
{
    struct buf place;
    buf_puts(out, reason_text(reason->reason));
    if (reason->detail)
        buf_printf(out, ": %s", reason->detail);
    buf_init(&place);
    add_place(&place, plan, reason->span);
    if (place.n == 0 && action->source)
        buf_puts(&place, action->source);
    if (place.n > 0)
        buf_printf(out, " (%" STR_F ")", STR_A(buf_view(&place)));
    buf_fini(&place);
}

static void add_downstream(struct buf *out, const struct action *action)
{
    if (action->downstream.n == 0)
        return;
    buf_puts(out, "after the next refresh: ");
    for (uint32_t i = 0; i < action->downstream.n; i++)
        buf_printf(out, "%s%s", i == 0 ? "" : ", ", action->downstream.at[i]);
}

/* --- text
 * ------------------------------------------------------------------------------------------ */

static void text_action(struct buf *out, const struct plan *plan, const struct action *action,
                        bool color)
{
    const char *start = color ? colors[action->kind] : "";
    buf_printf(out, "%s%s %s%s %s (", start, action_sign(action->kind), action_text(action->kind),
               *start ? "\033[0m" : "", action->shown);
    add_words(out, action->object_kind);
    buf_puts(out, ")\n");
    for (uint32_t i = 0; i < action->reasons.n; i++) {
        buf_puts(out, i == 0 ? "    " : "\n    ");
        add_reason(out, plan, action, &action->reasons.at[i]);
    }
    if (action->data != DATA_NONE)
        buf_printf(out, "%s%s", action->reasons.n > 0 ? "; " : "    ", data_text(action->data));
    if (action->data != DATA_NONE || action->reasons.n > 0)
        buf_putc(out, '\n');
    if (action->downstream.n > 0) {
        buf_puts(out, "    ");
        add_downstream(out, action);
        buf_putc(out, '\n');
    }
}

static void add_total(struct buf *out, const struct plan *plan)
{
    static const enum action_kind order[] = {ACTION_CREATE,  ACTION_ALTER,  ACTION_REINITIALIZE,
                                             ACTION_REPLACE, ACTION_RENAME, ACTION_ADOPT,
                                             ACTION_DROP};
    const char *separator = "";
    uint32_t waiting = 0;
    if (plan_is_empty(plan)) {
        buf_printf(out, "nothing to do: %u object%s as declared", plan->counts[ACTION_NONE],
                   plan->counts[ACTION_NONE] == 1 ? " is" : "s are");
        return;
    }
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (plan->counts[order[i]] == 0)
            continue;
        buf_printf(out, "%s%u to %s", separator, plan->counts[order[i]], action_text(order[i]));
        separator = ", ";
    }
    for (uint32_t i = 0; i < plan->actions.n; i++)
        waiting += plan->actions.at[i].data == DATA_NEXT_REFRESH;
    buf_printf(out, "; %u unchanged", plan->counts[ACTION_NONE]);
    if (waiting > 0)
        buf_printf(out, "; %u up to date after the next refresh", waiting);
}

void plan_render_text(struct buf *out, const struct plan *plan, bool color, bool all)
{
    bool any = false;
    for (uint32_t i = 0; i < plan->actions.n; i++) {
        const struct action *action = &plan->actions.at[i];
        if (action->kind == ACTION_NONE && !all)
            continue;
        text_action(out, plan, action, color);
        any = true;
    }
    if (any)
        buf_putc(out, '\n');
    buf_printf(out, "%s on %s: ", plan->title ? plan->title : "plan", plan->target);
    add_total(out, plan);
    buf_putc(out, '\n');
}

/* --- Markdown
 * -------------------------------------------------------------------------------------- */

static void add_cell(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '|')
            buf_putc(out, '\\');
        buf_putc(out, text.p[i] == '\n' ? ' ' : text.p[i]);
    }
}

static void markdown_row(struct buf *out, const struct plan *plan, const struct action *action)
{
    struct buf cell;
    buf_init(&cell);
    buf_printf(out, "| %s %s | `%s` | ", action_sign(action->kind), action_text(action->kind),
               action->shown);
    add_words(out, action->object_kind);
    buf_puts(out, " | ");
    for (uint32_t i = 0; i < action->reasons.n; i++) {
        buf_puts(&cell, i == 0 ? "" : "; ");
        add_reason(&cell, plan, action, &action->reasons.at[i]);
    }
    add_cell(out, buf_view(&cell));
    buf_printf(out, " | %s", data_text(action->data));
    buf_clear(&cell);
    add_downstream(&cell, action);
    if (cell.n > 0) {
        buf_puts(out, "; ");
        add_cell(out, buf_view(&cell));
    }
    buf_puts(out, " |\n");
    buf_fini(&cell);
}

void plan_render_markdown(struct buf *out, const struct plan *plan)
{
    buf_printf(out, "### %s on %s\n\n", plan->title ? plan->title : "plan", plan->target);
    if (!plan_is_empty(plan)) {
        buf_puts(out, "| action | object | kind | why | rows |\n|---|---|---|---|---|\n");
        for (uint32_t i = 0; i < plan->actions.n; i++) {
            if (plan->actions.at[i].kind != ACTION_NONE)
                markdown_row(out, plan, &plan->actions.at[i]);
        }
        buf_putc(out, '\n');
    }
    add_total(out, plan);
    buf_putc(out, '\n');
}
