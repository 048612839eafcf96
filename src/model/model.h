/* model.h - the resolved pipeline: layers, relations, settings, references. Phases above read it
 * only.
 *
 * Names are symbols of ctx->names, folded as Snowflake folds them. Everything lives in ctx->arena
 * or in vectors that model_fini releases. Indexes (layer, relation, file) are stable for the
 * compilation and follow the order of the sources: files in bytewise order of their paths,
 * declarations as written. What could not be resolved is marked (poison), reported once, and
 * skipped by later phases. */
#ifndef DTC_MODEL_MODEL_H
#define DTC_MODEL_MODEL_H

#include "base/map.h"
#include "diag/ctx.h"
#include "syntax/ast.h"

#define MODEL_NONE UINT32_MAX

/* --- what was read ------------------------------------------------------------------------ */

struct model_file {
    uint32_t source;   /* index into ctx->sources */
    const char *path;  /* relative to the project root, '/' */
    struct tree tree;
    bool script;       /* .sql */
    bool used;         /* reached by `use` or given; its declarations count */
};

/* A declaration's place: file (index into model.files) and node. */
struct node_ref {
    uint32_t file;
    node_t node;
};

/* --- settings ----------------------------------------------------------------------------- */

/* Where a value came from, in the order in which the first that speaks wins. */
enum origin {
    ORIGIN_NONE,     /* nobody said anything: the value is the default of the target */
    ORIGIN_ENV,      /* the chosen environment */
    ORIGIN_RELATION,
    ORIGIN_LAYER,
    ORIGIN_PIPELINE,
    ORIGIN_FLOOR,    /* `lag at least` of the environment raised what another said */
};

struct setting {
    enum origin origin;
    struct node_ref at; /* the clause; node 0 for ORIGIN_NONE */
    sym_t value;        /* name or word; 0 when the clause has no symbol */
};

enum lag_kind { LAG_NONE, LAG_TIME, LAG_DOWNSTREAM, LAG_CRON };

struct lag {
    enum lag_kind kind;
    int64_t seconds;    /* LAG_TIME */
    const char *text;   /* as declared: "5 minutes", "downstream", the cron text */
    const char *zone;   /* LAG_CRON; NULL when not said */
    struct setting from;
    struct setting floor_from; /* with ORIGIN_FLOOR: what was said before the floor */
};

enum refresh_mode { REFRESH_AUTO, REFRESH_FULL, REFRESH_INCREMENTAL, REFRESH_ADAPTIVE };

struct settings {
    struct lag lag;
    enum refresh_mode refresh;
    struct setting refresh_from;
    struct setting warehouse, initialization_warehouse, initialize, scheduler;
    struct setting retain;         /* value 0: read the DURATION below the clause */
    struct setting cluster_by, freeze, key, transient, copy_grants, change_tracking;
    struct setting prevent_destroy;
    const char *comment;           /* declared, else the documentation above; NULL when none */
    struct node_ref comment_at;
};

/* --- layers, relations -------------------------------------------------------------------- */

struct layer {
    sym_t name;
    uint32_t rank;        /* data flows to higher ranks; MODEL_NONE when inferred from scripts */
    struct node_ref decl; /* node 0 when it exists by default or was inferred */
    sym_t schema;         /* where it lives on the target; the name itself by default */
    sym_t database;       /* 0: the pipeline's */
    bool declared;        /* written, or one of bronze, silver, gold */
};

enum relation_kind {
    RELATION_DYNAMIC_TABLE,
    RELATION_TABLE,        /* base table: dtc owns it, somebody loads it */
    RELATION_STATIC_TABLE, /* created from a query once */
    RELATION_VIEW,
    RELATION_SOURCE,       /* exists already; read, never written */
    RELATION_STREAM,
    RELATION_TASK,
    RELATION_ALERT,
    RELATION_PIPE,
    RELATION_OTHER,        /* an opaque statement: ordered with the rest, for Snowflake only */
};

enum column_flag {
    COLUMN_NOT_NULL = 1 << 0,
    COLUMN_KEY = 1 << 1,   /* part of the primary key */
    COLUMN_RELY = 1 << 2,
};

struct column {
    sym_t name;
    unsigned flags;       /* enum column_flag */
    node_t type;          /* TYPE node in the relation's file; 0 when not declared */
    node_t node;          /* COLUMN_DEF or ITEM or STAR that makes it */
    const char *comment;  /* NULL when none */
};

enum ref_kind {
    REF_READ,      /* FROM */
    REF_BOUNDARY,  /* FROM boundary(...): no snapshot in common, no consumer */
    REF_STREAM,    /* a stream on a relation, a task when a stream has data */
    REF_WRITE,     /* a task or pipe writes it */
    REF_KEY,       /* references ...: knowledge, no order of data */
    REF_AFTER,     /* task after task */
};

struct ref {
    uint32_t relation; /* who is read; MODEL_NONE when it could not be resolved */
    enum ref_kind kind;
    node_t node;       /* OBJECT in the reader's file: the span behind the edge */
};

enum expect_action { EXPECT_WARN, EXPECT_DROP, EXPECT_FAIL };

struct expect {
    sym_t name;
    enum expect_action action;
    node_t condition; /* in the relation's file */
    node_t node;
};

struct relation {
    enum relation_kind kind;
    uint32_t layer;        /* index; MODEL_NONE for objects of scripts without one */
    sym_t name;
    const char *full;      /* "GOLD.DAILY_SALES": folded, quotes only where Snowflake needs them */
    const char *shown;     /* "gold.daily_sales": as declared, for messages */
    uint32_t file;         /* index into model.files */
    node_t decl;           /* TABLE, VIEW, SOURCE, STREAM, ... */
    node_t name_node;      /* OBJECT: what messages point at */
    node_t query;          /* QUERY under BODY; 0 when none */
    struct settings settings;
    VEC(struct column) columns;
    bool columns_known;    /* false: an open relation, any column may exist */
    bool poisoned;         /* something in it was reported; dependent checks stay silent */
    VEC(struct ref) refs;  /* in the order of the text, each occurrence */
    VEC(struct expect) expects;
    struct node_ref moved_from; /* OBJECT; node 0 when not said */
    sym_t head;            /* RELATION_OTHER: the first words */
};

/* --- the rest ----------------------------------------------------------------------------- */

struct param {
    sym_t name;
    struct node_ref decl;
    const char *value;     /* SQL literal text: from --set, else the default; NULL when neither */
    bool set;              /* by --set */
};

struct env {
    sym_t name;
    struct node_ref decl;
};

struct test {
    sym_t name;
    struct node_ref decl;
};

struct types;

struct model {
    struct dtc *ctx;
    const char *root;      /* project root as the file system knows it */
    const char *name;      /* of the pipeline block, as written; without one the root folder's */
    struct node_ref pipeline; /* node 0 without a pipeline block */
    sym_t database;        /* from the environment or the pipeline; 0 when not said */
    uint32_t env;          /* index of the chosen environment, MODEL_NONE */
    VEC(struct model_file) files;
    VEC(struct layer) layers;
    VEC(struct relation) relations;
    VEC(struct param) params;
    VEC(struct env) envs;
    VEC(struct test) tests;
    struct map by_name;    /* map_key2(layer, name) -> relation */
    struct map targets;    /* map_key2(file, OBJECT node) -> relation */
    struct types **types;  /* emit/types.h keeps what it found here; in ctx->arena */
};

struct model_options {
    const char *env;       /* NULL: none chosen */
    const char **sets;     /* "name=value"; NULL-terminated, may be NULL */
};

/* Finds the project (design/language.md "Which project"): paths as given on the command line, from
 * the folder `from`; with none the project is found upwards. Reads and parses every file.
 * Diagnostics for what cannot be read. False when there is nothing to work on (a diagnostic says
 * why). */
NODISCARD bool model_load(struct dtc *ctx, struct model *model, const char *from,
                          const char *const *paths, uint32_t paths_n);
/* One text that is not on disk (standard input, tests). */
void model_load_text(struct dtc *ctx, struct model *model, const char *path, struct str text);
/* Folders below `folder` that hold a project each, when there are several; else *n is 0. In the
 * arena. */
const char **model_projects(struct dtc *ctx, const char *folder, uint32_t *n);
/* Names, settings, columns, references. After it the model is complete, poisoned where it must
 * be. */
void model_resolve(struct model *model, const struct model_options *options);
void model_fini(struct model *model);

static inline struct relation *model_relation(const struct model *model, uint32_t i)
{
    return &model->relations.at[i];
}

static inline const struct tree *model_tree(const struct model *model, uint32_t file)
{
    return &model->files.at[file].tree;
}

struct span model_span(const struct model *model, uint32_t file, node_t node);
/* The relation an OBJECT node in FROM stands for; MODEL_NONE for a CTE, an unknown or an outside
 * one. */
uint32_t model_target(const struct model *model, uint32_t file, node_t object);
/* Finds by a name as a person types it: "gold.daily_sales", "daily_sales", any case; MODEL_NONE
 * when there is none or when several layers have it (*many is then true). */
uint32_t model_find(const struct model *model, struct str name, bool *many);
/* "dynamic table", "view": for messages. "dynamic_table": for JSON. */
const char *relation_kind_words(enum relation_kind kind);
const char *relation_kind_key(enum relation_kind kind);
const char *origin_words(enum origin origin);
const char *refresh_mode_text(enum refresh_mode mode); /* "AUTO" */
/* Seconds of "5 minutes", "1 hour, 30 minutes", "90 seconds"; false when it is no duration. */
bool duration_seconds(struct str text, int64_t *seconds);
/* The one spelling of a number of seconds: "5 minutes", "1 hour 30 minutes", "90 seconds". */
void duration_print(struct buf *out, int64_t seconds);

#endif
