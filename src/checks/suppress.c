/* suppress.c - `-- dtc:ignore DT312 until 2027-01-31: vendor view` on the line above a finding.
 *
 * Owns these comments: which finding each silences, and what is wrong with them (DT903) or that
 * they silence nothing (DT904). A reason is required. A date is judged by the newest date of the
 * rules, never by the machine's clock, so that a text gets the same findings everywhere. */
#include "checks/state.h"

#define RULES_DATE "2026-11-20"

static const char mark[] = "dtc:ignore";

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static struct str take_word(struct str *text)
{
    *text = str_trim(*text);
    size_t n = 0;
    while (n < text->n && !is_blank(text->p[n]) && text->p[n] != ':' && text->p[n] != '\n')
        n++;
    struct str word = str_make(text->p, n);
    *text = str_make(text->p + n, text->n - n);
    return word;
}

static bool is_date(struct str text)
{
    if (text.n != 10)
        return false;
    for (size_t i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? text.p[i] != '-' : text.p[i] < '0' || text.p[i] > '9')
            return false;
    return true;
}

/* From the line behind the comment on: the first that is no comment itself. */
static void find_line(struct str text, struct suppression *s)
{
    size_t at = s->span.hi;
    for (;;) {
        while (at < text.n && text.p[at] != '\n')
            at++;
        size_t lo = at < text.n ? at + 1 : text.n, hi = lo;
        while (hi < text.n && text.p[hi] != '\n')
            hi++;
        struct str line = str_trim(str_make(text.p + lo, hi - lo));
        if (lo < text.n && (str_starts(line, "--") || str_starts(line, "//"))) {
            at = hi;
            continue;
        }
        s->lo = (uint32_t)lo;
        s->hi = (uint32_t)hi;
        return;
    }
}

static const char *fault_of(struct checks *checks, struct suppression *s, struct str rest)
{
    struct arena *arena = &checks->ctx->arena;
    struct str word;
    s->code = take_word(&rest);
    s->row = checks_row(checks, s->code);
    if (s->code.n == 0)
        return "it names no code: `dtc:ignore DT301: why`";
    if (s->row == UINT32_MAX)
        return arena_printf(arena, "`%" STR_F "` is no check that can be ignored", STR_A(s->code));
    word = take_word(&rest);
    if (str_is(word, "until")) {
        struct str date = take_word(&rest);
        if (!is_date(date))
            return "`until` is followed by a date: `until 2027-01-31`";
        if (str_cmp(date, STR_LIT(RULES_DATE)) < 0)
            return arena_printf(arena, "it ended on %" STR_F, STR_A(date));
        word = take_word(&rest);
    }
    rest = str_trim(rest);
    if (word.n != 0 || rest.n < 2 || *rest.p != ':' ||
        str_trim(str_make(rest.p + 1, rest.n - 1)).n == 0)
        return "it gives no reason: write one after a colon";
    return NULL;
}

static void read_comment(struct checks *checks, uint32_t source, struct comment comment)
{
    struct span span = {source, comment.lo, comment.hi};
    struct str text = source_text(&checks->ctx->sources, span);
    bool block = str_starts(text, "/*") && text.n >= 4;
    text = str_trim(str_make(text.p + 2, text.n - (block ? 4 : 2)));
    if (!str_starts(text, mark))
        return;
    struct suppression *s = VEC_PUSH(&checks->state->suppressions);
    s->span = span;
    find_line(checks->ctx->sources.files.at[source].text, s);
    s->fault = fault_of(checks, s, str_make(text.p + sizeof mark - 1, text.n - (sizeof mark - 1)));
}

void suppressions_load(struct checks *checks)
{
    const struct model *model = checks->model;
    for (uint32_t i = 0; i < model->files.n; i++) {
        const struct model_file *file = &model->files.at[i];
        for (uint32_t c = 0; c < file->tree.comments_n; c++)
            read_comment(checks, file->source, file->tree.comments[c]);
    }
}

bool suppressed(struct checks *checks, uint32_t row, struct span span)
{
    struct checks_state *state = checks->state;
    bool found = false;
    for (uint32_t i = 0; i < state->suppressions.n; i++) {
        struct suppression *s = &state->suppressions.at[i];
        if (!s->fault && s->row == row && s->span.file == span.file && span.lo >= s->lo &&
            span.lo < s->hi) {
            s->used = true;
            found = true;
        }
    }
    return found;
}

void suppressions_faults(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->state->suppressions.n; i++) {
        const struct suppression *s = &checks->state->suppressions.at[i];
        if (!s->fault)
            continue;
        struct finding f = checks_find(checks, check, MODEL_NONE, s->span, "%s", s->fault);
        diag_help(f.sink, f.d,
                  "the form is `dtc:ignore DT301 until 2027-01-31: why`, the date may "
                  "be left out");
    }
}

void suppressions_unused(struct checks *checks, const struct check *check)
{
    for (uint32_t i = 0; i < checks->state->suppressions.n; i++) {
        const struct suppression *s = &checks->state->suppressions.at[i];
        if (s->fault || s->used)
            continue;
        struct finding f = checks_find(checks, check, MODEL_NONE, s->span,
                                       "the line below it has no %" STR_F, STR_A(s->code));
        diag_help(f.sink, f.d,
                  "leave it out, or put it right above the line that gets the finding");
    }
}
