/* plan.h - desired against observed: actions, each with a reason from a closed list. The plan is
 * data; text, JSON and Markdown are readers of it.
 *
 * Names are as dtc shows them, folded and in lower case: "gold.daily_sales". `place` is where an
 * object lives on the target. A plan that was saved is read back without the pipeline behind it:
 * then graph is NULL and every action carries the text of its source place. */
#ifndef DTC_PLAN_PLAN_H
#define DTC_PLAN_PLAN_H

#include "graph/graph.h"

#define PLAN_FORMAT_VERSION 1

enum action_kind {
    ACTION_NONE,
    ACTION_CREATE,
    ACTION_ALTER,
    ACTION_REINITIALIZE,
    ACTION_REPLACE,
    ACTION_RENAME,
    ACTION_DROP,
    ACTION_ADOPT,
    ACTIONS
};

/* ORDER reason: plan/reason.c has the texts. Closed: an action without a fitting one is a design
 * gap. */
enum reason {
    REASON_NOT_THERE, /* the object is not on the target */
    REASON_QUERY_CHANGED,
    REASON_COLUMNS_CHANGED,
    REASON_LAG_CHANGED,
    REASON_MODE_CHANGED,
    REASON_SETTING_CHANGED, /* warehouse, clustering, scheduler ... */
    REASON_COMMENT_CHANGED,
    REASON_EXPECT_CHANGED,
    REASON_KIND_CHANGED,   /* a view became a table */
    REASON_INPUT_REPLACED, /* an object it reads is dropped and made again */
    REASON_MOVED,
    REASON_REMOVED,    /* no longer in the source, and ours */
    REASON_NOT_MARKED, /* there, not marked as ours, declared: adopt */
    REASONS
};

/* What happens to the rows of the object itself. */
enum data_effect {
    DATA_NONE,  /* it holds no rows: a view */
    DATA_NEW,   /* filled by the apply */
    DATA_EMPTY, /* made empty: a base table, a source, INITIALIZE ON_SCHEDULE */
    DATA_KEPT,
    DATA_MUTABLE_REGION,
    DATA_REINITIALIZED,
    DATA_LOST,
    DATA_NEXT_REFRESH, /* something it reads changes: the next refresh brings it up to date */
    DATA_EFFECTS
};

struct plan_reason {
    enum reason reason;
    const char *detail; /* "lag 5 minutes -> 10 minutes"; NULL when none */
    struct span span;   /* what in the source caused it; SPAN_NONE for a drop */
};

struct action {
    enum action_kind kind;
    uint32_t relation;       /* MODEL_NONE for a drop and in a saved plan */
    const char *name;        /* "gold.daily_sales" */
    const char *shown;       /* the same as its declaration spells it */
    const char *place;       /* on the target */
    const char *old_place;   /* where it is before a rename, a replacement; NULL when the same */
    const char *object_kind; /* relation_kind_key */
    const char *old_kind;    /* NULL when the same */
    enum data_effect data;
    bool holds_data; /* rows that no query can bring back */
    bool prevented;  /* `prevent destroy` is set, and it would be dropped or replaced */
    VEC(struct plan_reason) reasons;
    VEC(const char *) downstream; /* what is read up to date by the next refresh only */
    VEC(const char *) statements; /* SQL, in order of execution; text without semicolon */
    VEC(const char *) records;    /* SQL that keeps the target's catalogue: run, not shown */
    const char *source;           /* saved plan: "gold.dtl:12:1"; NULL when none */
    struct span span;             /* declaration */
};

/* An object as the source declares it. Made by emit/desired.c, in the order of creation. */
struct desired_object {
    uint32_t relation;
    const char *name, *shown, *place, *kind;
    const char *query_hash; /* of the normal form of query and what filters it; NULL without one */
    const char *columns_text; /* normal form of declared columns: "a bigint not null\nb varchar" */
    const char *settings;     /* "lag=300\nrefresh=INCREMENTAL\n..." */
    const char *comment;      /* NULL when none */
    const char *moved_from;   /* name; NULL */
    bool holds_data, starts_empty, prevent_destroy;
    bool foreign; /* a source: there already, or made empty on the embedded target */
    struct span span, query_span, lag_span;
};

struct desired {
    VEC(struct desired_object) objects;
};

/* Every object as the target has it. */
struct observed_object {
    const char *name; /* "gold.daily_sales"; for what is not ours its place */
    const char *place;
    const char *kind; /* relation_kind_key; of what is not ours "table" or "view" */
    bool ours;
    const char *query_hash; /* of the last apply; NULL when unknown */
    const char *columns_text;
    const char *settings;
    const char *comment;
    const char *drift; /* "without a integer": its columns are not as dtc left them; NULL */
    bool matched;      /* used by the diff */
};

struct observed {
    VEC(struct observed_object) objects;
    const char *fingerprint; /* of everything above: a saved plan carries it */
};

struct plan {
    struct dtc *ctx;
    const struct graph *graph;  /* NULL for a saved plan */
    const char *title;          /* the pipeline's name */
    const char *target;         /* "duckdb", "snowflake" */
    const char *env;            /* NULL: none chosen */
    VEC(const char *) sets;     /* "name=value" of every parameter that --set gave */
    VEC(struct action) actions; /* in order of execution; ACTION_NONE ones included */
    const char *fingerprint;    /* of the observation it was made against */
    uint32_t counts[ACTIONS];
};

/* Compares. Statements are added by the target, which knows what it can alter. */
void plan_make(struct plan *plan, struct dtc *ctx, const struct graph *graph,
               const struct desired *desired, struct observed *observed);
void plan_fini(struct plan *plan);
void desired_fini(struct desired *desired);
void observed_fini(struct observed *observed);
bool plan_is_empty(const struct plan *plan);
/* Would rows be lost that no query brings back, by an action of that kind? The first such action;
 * NULL when there is none. */
const struct action *plan_destroys(const struct plan *plan, enum action_kind kind);
/* The first action that `prevent destroy` forbids, or that takes an object which is not ours and is
 * not as declared; NULL when there is none. */
const struct action *plan_prevented(const struct plan *plan);
const struct action *plan_adopts(const struct plan *plan);
/* FNV-1a of a text, 16 hex digits in the arena: hashes that are stored. */
const char *plan_hash(struct arena *arena, struct str text);

const char *reason_code(enum reason reason);    /* "query-changed" */
const char *reason_text(enum reason reason);    /* "its query changed" */
const char *action_text(enum action_kind kind); /* "create" */
const char *action_sign(enum action_kind kind); /* "+" */
const char *data_code(enum data_effect data);
const char *data_text(enum data_effect data);
bool action_from_text(const char *text, enum action_kind *kind);
bool data_from_code(const char *text, enum data_effect *data);
bool reason_from_code(const char *text, enum reason *reason);

void plan_render_text(struct buf *out, const struct plan *plan, bool color, bool all);
void plan_render_json(struct buf *out, const struct plan *plan);
void plan_render_markdown(struct buf *out, const struct plan *plan);
/* A plan that was saved. False when the text is no plan of this format: *why says what is missing.
 */
bool plan_read_json(struct plan *plan, struct dtc *ctx, struct str text, const char **why);

#endif
