/* plan.h - desired against observed: actions, each with a reason from a closed list. The plan is
 * data; text and JSON are readers of it. */
#ifndef DTC_PLAN_PLAN_H
#define DTC_PLAN_PLAN_H

#include "graph/graph.h"

#define PLAN_FORMAT_VERSION 1

enum action_kind {
    ACTION_NONE, ACTION_CREATE, ACTION_ALTER, ACTION_REINITIALIZE, ACTION_REPLACE, ACTION_RENAME,
    ACTION_DROP, ACTION_ADOPT,
};

/* ORDER reason: plan/reason.c has the texts. Closed: an action without a fitting one is a design
 * gap. */
enum reason {
    REASON_NOT_THERE,          /* the object is not on the target */
    REASON_QUERY_CHANGED,
    REASON_COLUMNS_CHANGED,
    REASON_LAG_CHANGED,
    REASON_MODE_CHANGED,
    REASON_SETTING_CHANGED,    /* warehouse, clustering, scheduler ... */
    REASON_COMMENT_CHANGED,
    REASON_EXPECT_CHANGED,
    REASON_KIND_CHANGED,       /* a view became a table */
    REASON_INPUT_REPLACED,     /* an object it reads is dropped and made again */
    REASON_MOVED,
    REASON_REMOVED,            /* no longer in the source, and ours */
    REASON_NOT_MARKED,         /* there, not marked as ours, declared: adopt */
    REASONS
};

/* What happens to the rows of the table itself. */
enum data_effect {
    DATA_NEW,
    DATA_KEPT,
    DATA_MUTABLE_REGION,
    DATA_REINITIALIZED,
    DATA_LOST,
    DATA_NEXT_REFRESH
};

struct plan_reason {
    enum reason reason;
    const char *detail;  /* "lag 5 minutes -> 10 minutes"; NULL when none */
    struct span span;    /* what in the source caused it; SPAN_NONE for a drop */
};

struct action {
    enum action_kind kind;
    uint32_t relation;       /* MODEL_NONE for a drop */
    const char *name;        /* "gold.daily_sales" */
    const char *object_kind; /* relation_kind_key */
    enum data_effect data;
    VEC(struct plan_reason) reasons;
    VEC(const char *) statements; /* SQL, in order of execution; text without semicolon */
};

/* One object as the target has it. Filled by target/duckdb from its catalogue. */
struct observed_object {
    const char *name;        /* "gold.daily_sales", as dtc spells it */
    const char *kind;        /* relation_kind_key */
    bool ours;
    const char *definition;  /* the normal form stored at the last apply; NULL when unknown */
    const char *query_hash;  /* tree_hash of the query, 16 hex digits */
    const char *columns_text;/* normal form of declared columns */
    const char *settings;    /* normal form: "lag=5 minutes;refresh=INCREMENTAL;..." */
    const char *comment;
    bool matched;            /* used by the diff */
};

struct observed {
    VEC(struct observed_object) objects;
    const char *fingerprint; /* of everything above: a saved plan carries it */
};

struct plan {
    struct dtc *ctx;
    const struct graph *graph;
    const char *target;      /* "duckdb", "snowflake" */
    VEC(struct action) actions; /* in order of execution; ACTION_NONE ones included */
    const char *fingerprint; /* of the observation it was made against */
    uint32_t counts[ACTION_ADOPT + 1];
};

/* Compares; statements are made by the target's dialect. */
void plan_make(struct plan *plan, struct dtc *ctx, const struct graph *graph,
               struct observed *observed);
void plan_fini(struct plan *plan);
bool plan_is_empty(const struct plan *plan);
const char *reason_code(enum reason reason);  /* "query-changed" */
const char *reason_text(enum reason reason);  /* "its query changed" */
const char *action_text(enum action_kind kind); /* "create" */
const char *data_text(enum data_effect data);

void plan_render_text(struct buf *out, const struct plan *plan, bool color, bool all);
void plan_render_json(struct buf *out, const struct plan *plan);
void plan_render_markdown(struct buf *out, const struct plan *plan);

#endif
