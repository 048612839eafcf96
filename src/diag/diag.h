/* diag.h - the one diagnostic type and the sink that collects it.
 *
 * A diagnostic has a code (DTnnn, for ever), a name in words, a severity, a fixed title, labelled
 * spans (the first is the primary one), notes, helps and fix-its marked safe or unsafe. It is
 * built in place:
 *
 *     struct diag *d = diag_add(sink, &rule, span, "label at the primary span, or NULL");
 *     diag_label(sink, d, other, "first defined here");
 *     diag_note(sink, d, "...");  diag_help(sink, d, "give `%s` a time: `lag 30 minutes`", name);
 *     diag_fix(sink, d, DIAG_FIX_SAFE, "title", span, "replacement");
 *
 * Nothing here prints. Renderers (render_text, render_json) read a sorted sink. Texts are
 * copied. */
#ifndef DTC_DIAG_DIAG_H
#define DTC_DIAG_DIAG_H

#include "diag/source.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* One row per code: errors.def (language, input, output, network) or a check's row. */
struct diag_rule {
    const char *code;  /* "DT203" */
    const char *name;  /* "all-downstream-chain": reads after the word "allow" */
    enum severity severity;
    const char *title; /* fixed text without user names */
};

struct diag_label {
    struct span span;
    const char *text; /* may be NULL */
};

enum diag_fix_safety { DIAG_FIX_SAFE, DIAG_FIX_UNSAFE };

struct diag_edit {
    struct span span; /* empty for an insertion */
    const char *text;
};

struct diag_fix {
    enum diag_fix_safety safety;
    const char *title;
    VEC(struct diag_edit) edits;
};

struct diag {
    const struct diag_rule *rule;
    enum severity severity; /* the rule's, unless a project overrides it */
    VEC(struct diag_label) labels; /* [0] is the primary one */
    VEC(const char *) notes;
    VEC(const char *) helps;
    VEC(struct diag_fix) fixes;
    uint32_t order; /* order of arrival: the last key of the sort */
};

struct diag_sink {
    struct arena arena;   /* owns the texts */
    VEC(struct diag *) all;
    uint32_t counts[3];   /* by severity */
};

void diag_sink_init(struct diag_sink *sink);
void diag_sink_fini(struct diag_sink *sink);
/* label may be NULL; the result is owned by the sink and stays valid. */
struct diag *diag_add(struct diag_sink *sink, const struct diag_rule *rule, struct span span,
                      const char *label_fmt, ...) PRINTF_LIKE(4, 5);
void diag_label(struct diag_sink *sink, struct diag *d, struct span span, const char *fmt, ...)
    PRINTF_LIKE(4, 5);
void diag_note(struct diag_sink *sink, struct diag *d, const char *fmt, ...) PRINTF_LIKE(3, 4);
void diag_help(struct diag_sink *sink, struct diag *d, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* A fix of one edit; more edits are added to what it returns with diag_edit. */
struct diag_fix *diag_fix(struct diag_sink *sink, struct diag *d, enum diag_fix_safety safety,
                          const char *title, struct span span, const char *replacement);
void diag_edit(struct diag_sink *sink, struct diag_fix *fix, struct span span, const char *text);
/* By file, offset, code, arrival; equal findings (rule, primary span, label) once. */
void diag_sort(struct diag_sink *sink, const struct sources *sources);
bool diag_has_errors(const struct diag_sink *sink);
/* The row of errors.def with that code; BUG when there is none. */
const struct diag_rule *diag_rule(const char *code);
/* All rows of errors.def, for `explain` and the tidy tests. */
const struct diag_rule *diag_rules(uint32_t *n);
const char *severity_name(enum severity severity); /* "note", "warning", "error" */

#endif
