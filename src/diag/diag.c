/* diag.c - building, collecting and ordering diagnostics.
 *
 * Owns the sink, its texts (arena) and the rows of errors.def. Prints nothing. A finding that was
 * made twice (one rule, one place, one label) is kept once, so that a phase need not remember what
 * it said. */
#include "diag/diag.h"

#include <stdarg.h>
#include <stdlib.h>

static const struct diag_rule rules[] = {
#define DIAG(code, name, severity, title) {#code, name, SEVERITY_##severity, title},
#include "diag/errors.def"
#undef DIAG
};

const struct diag_rule *diag_rules(uint32_t *n)
{
    *n = sizeof rules / sizeof *rules;
    return rules;
}

const struct diag_rule *diag_rule(const char *code)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i].code, code) == 0)
            return &rules[i];
    BUG("errors.def has no row %s", code);
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};
    return names[severity];
}

void diag_sink_init(struct diag_sink *sink)
{
    *sink = (struct diag_sink){0};
    arena_init(&sink->arena);
}

static void free_lists(struct diag *d)
{
    for (uint32_t i = 0; i < d->fixes.n; i++)
        VEC_FINI(&d->fixes.at[i].edits);
    VEC_FINI(&d->fixes);
    VEC_FINI(&d->labels);
    VEC_FINI(&d->notes);
    VEC_FINI(&d->helps);
}

void diag_sink_fini(struct diag_sink *sink)
{
    for (uint32_t i = 0; i < sink->all.n; i++)
        free_lists(sink->all.at[i]);
    VEC_FINI(&sink->all);
    arena_fini(&sink->arena);
    *sink = (struct diag_sink){0};
}

static const char *copy(struct diag_sink *sink, const char *text)
{
    return text ? arena_str(&sink->arena, str_from(text)).p : NULL;
}

struct diag *diag_add(struct diag_sink *sink, const struct diag_rule *rule, struct span span,
                      const char *label_fmt, ...)
{
    va_list args;
    struct diag *d = ARENA_NEW(&sink->arena, struct diag);
    d->rule = rule;
    d->severity = rule->severity;
    d->order = sink->all.n;
    va_start(args, label_fmt);
    *VEC_PUSH(&d->labels) = (struct diag_label){
        span, label_fmt ? arena_vprintf(&sink->arena, label_fmt, args) : NULL};
    va_end(args);
    *VEC_PUSH(&sink->all) = d;
    sink->counts[d->severity]++;
    return d;
}

void diag_label(struct diag_sink *sink, struct diag *d, struct span span, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    *VEC_PUSH(&d->labels) =
        (struct diag_label){span, fmt ? arena_vprintf(&sink->arena, fmt, args) : NULL};
    va_end(args);
}

void diag_note(struct diag_sink *sink, struct diag *d, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    *VEC_PUSH(&d->notes) = arena_vprintf(&sink->arena, fmt, args);
    va_end(args);
}

void diag_help(struct diag_sink *sink, struct diag *d, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    *VEC_PUSH(&d->helps) = arena_vprintf(&sink->arena, fmt, args);
    va_end(args);
}

struct diag_fix *diag_fix(struct diag_sink *sink, struct diag *d, enum diag_fix_safety safety,
                          const char *title, struct span span, const char *replacement)
{
    struct diag_fix *fix = VEC_PUSH(&d->fixes);
    fix->safety = safety;
    fix->title = copy(sink, title);
    diag_edit(sink, fix, span, replacement);
    return fix;
}

void diag_edit(struct diag_sink *sink, struct diag_fix *fix, struct span span, const char *text)
{
    *VEC_PUSH(&fix->edits) = (struct diag_edit){span, copy(sink, text)};
}

/* What a diagnostic is sorted by, gathered so that comparing needs neither sink nor sources. */
struct sort_key {
    const char *path; /* "" without a file: such findings come first */
    uint32_t file, lo, hi;
    const char *code, *label;
    uint32_t order;
    struct diag *diag;
};

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* Path before number: the order in which files were named is no matter. */
static int compare_place(const struct sort_key *a, const struct sort_key *b)
{
    int by = strcmp(a->path, b->path);
    by = by ? by : compare_numbers(a->file, b->file);
    by = by ? by : compare_numbers(a->lo, b->lo);
    return by ? by : strcmp(a->code, b->code);
}

/* Equal findings side by side, the one that arrived first before the others. */
static int compare_equal(const void *left, const void *right)
{
    const struct sort_key *a = left;
    const struct sort_key *b = right;
    int by = compare_place(a, b);
    by = by ? by : compare_numbers(a->hi, b->hi);
    by = by ? by : strcmp(a->label, b->label);
    return by ? by : compare_numbers(a->order, b->order);
}

static int compare_shown(const void *left, const void *right)
{
    const struct sort_key *a = left;
    const struct sort_key *b = right;
    int by = compare_place(a, b);
    return by ? by : compare_numbers(a->order, b->order);
}

static bool same_finding(const struct sort_key *a, const struct sort_key *b)
{
    return compare_place(a, b) == 0 && a->hi == b->hi && strcmp(a->label, b->label) == 0;
}

void diag_sort(struct diag_sink *sink, const struct sources *sources)
{
    VEC(struct sort_key) keys = {0};
    for (uint32_t i = 0; i < sink->all.n; i++) {
        struct diag *d = sink->all.at[i];
        const struct diag_label *primary = &d->labels.at[0];
        uint32_t file = primary->span.file;
        *VEC_PUSH(&keys) = (struct sort_key){
            file < sources->files.n ? sources->files.at[file].path : "", file,
            primary->span.lo, primary->span.hi,
            d->rule->code, primary->text ? primary->text : "", d->order, d};
    }
    if (keys.n > 0)
        qsort(keys.at, keys.n, sizeof *keys.at, compare_equal);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < keys.n; i++) {
        if (kept > 0 && same_finding(&keys.at[kept - 1], &keys.at[i]))
            free_lists(keys.at[i].diag);
        else
            keys.at[kept++] = keys.at[i];
    }
    if (kept > 0)
        qsort(keys.at, kept, sizeof *keys.at, compare_shown);
    memset(sink->counts, 0, sizeof sink->counts);
    sink->all.n = kept;
    for (uint32_t i = 0; i < kept; i++) {
        sink->all.at[i] = keys.at[i].diag;
        sink->counts[keys.at[i].diag->severity]++;
    }
    VEC_FINI(&keys);
}

/* Looks at each one, because a project may have changed severities since they were counted. */
bool diag_has_errors(const struct diag_sink *sink)
{
    for (uint32_t i = 0; i < sink->all.n; i++)
        if (sink->all.at[i]->severity == SEVERITY_ERROR)
            return true;
    return false;
}
