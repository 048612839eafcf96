/* state.h - what the checks share while they run. Private to src/checks.
 *
 * Every body is read once (body.c): what it holds that matters for its refresh becomes a list of
 * uses, in the order of the text. The verdict (verdict.c) and the checks of family DT3xx only read
 * these lists, so that they cannot disagree. */
#ifndef DTC_CHECKS_STATE_H
#define DTC_CHECKS_STATE_H

#include "checks/check.h"
#include "model/volatility.h"

/* What a construct does to the refresh of the table that uses it. */
enum blocks {
    BLOCKS_NOTHING,     /* worth a word, no matter for the refresh */
    BLOCKS_INCREMENTAL, /* full refresh only */
    BLOCKS_EVERY_MODE,  /* Snowflake refuses the definition */
    BLOCKS_PERHAPS_ALL, /* never incremental; whether fully is not documented */
    SILENT_INCREMENTAL, /* fully for sure; whether incrementally is not documented */
    SILENT_EVERY_MODE,  /* not documented at all */
};

struct use {
    const char *code;
    const char *construct;
    const char *why; /* a note of its own, NULL for the code's */
    struct span span;
    struct span other; /* a second place, with `why_other`; SPAN_NONE */
    const char *why_other;
    enum blocks blocks;
    bool unordered;    /* LIMIT, TOP: nothing says which rows are kept */
    bool told;         /* in a body: reported for one of its readers */
    uint32_t relation; /* in whose body it stands: the table itself or a view that it reads */
    node_t node;
};

struct use_list {
    VEC(struct use) all;
};

/* What the project's own CREATE FUNCTION says of a function. */
enum user_function {
    FUNCTION_UNDECLARED,
    FUNCTION_IMMUTABLE,
    FUNCTION_VOLATILE,      /* what every function is that does not say otherwise */
    FUNCTION_WITH_SUBQUERY, /* a body in SQL that reads tables */
    FUNCTION_OF_ROWS,       /* RETURNS TABLE */
    FUNCTION_EXTERNAL,
    FUNCTION_UNKNOWN, /* an aggregate, or several of one name that differ */
};

/* A comment that silences findings on a line. */
struct suppression {
    struct span span; /* the comment */
    struct str code;  /* as written */
    uint32_t row;
    uint32_t lo, hi;   /* the line that it speaks of */
    const char *fault; /* why it does not count; NULL when it does */
    bool used;
};

struct checks_state {
    const struct check *const *rows;
    uint32_t rows_n;
    uint64_t (*fired)[2];                /* by relation: a bit for each row */
    uint8_t *overridden;                 /* by row: enum op of the project's lint block, OP_NONE */
    struct use_list *bodies;             /* by relation: its own text */
    struct use_list *uses;               /* by relation: with the views it reads and its inputs */
    const struct volatility **functions; /* by symbol; NULL: no function of Snowflake */
    uint32_t functions_n;
    uint8_t *user_functions; /* by symbol: enum user_function */
    VEC(struct suppression) suppressions;
    struct diag_sink muted; /* takes findings that a project has switched off */
};

#define CHECK(code, name, severity, title, run, page, ...)                                         \
    {                                                                                              \
        {#code, name, SEVERITY_##severity, title}, {__VA_ARGS__}, DOCS page, "2026-11", run        \
    }
#define DOCS "https://docs.snowflake.com/en/"
#define PAGE_QUERIES "user-guide/dynamic-tables/supported-queries"
#define PAGE_LAG "user-guide/dynamic-tables/target-lag"
#define PAGE_CREATE "sql-reference/sql/create-dynamic-table"
#define PAGE_CONSISTENCY "user-guide/dynamic-tables/data-consistency"
#define PAGE_MODES "user-guide/dynamic-tables/refresh-modes"

/* Families: rows in order of their codes. */
extern const struct check checks_graph[], checks_freshness[], checks_incremental[];
extern const struct check checks_contracts[], checks_cost[], checks_style[];
extern const uint32_t checks_graph_n, checks_freshness_n, checks_incremental_n;
extern const uint32_t checks_contracts_n, checks_cost_n, checks_style_n;

/* A finding under construction: diag_label(f.sink, f.d, ...) and so on. */
struct finding {
    struct diag_sink *sink;
    struct diag *d;
};

/* Begins a finding about a relation (MODEL_NONE: about the project) and
 * remembers that the check fired for it. */
struct finding checks_find(struct checks *checks, const struct check *check, uint32_t relation,
                           struct span span, const char *fmt, ...) PRINTF_LIKE(5, 6);
/* Remembers that the check fired for a relation that the finding is about too. */
void checks_mark(struct checks *checks, const struct check *check, uint32_t relation);
/* A severity other than the row's, unless the project has chosen one. */
void checks_severity(struct checks *checks, const struct check *check, struct finding f,
                     enum severity severity);
/* Did a prerequisite of the check fire for this relation? */
bool checks_silent(const struct checks *checks, const struct check *check, uint32_t relation);
bool checks_fired(const struct checks *checks, const char *code, uint32_t relation);

/* Where a relation's name, or its clause, is written. */
struct span checks_name_span(const struct checks *checks, uint32_t relation);
struct span checks_setting_span(const struct checks *checks, const struct setting *setting);
static inline bool checks_is_dynamic(const struct checks *checks, uint32_t relation)
{
    return model_relation(checks->model, relation)->kind == RELATION_DYNAMIC_TABLE;
}
/* A folded name as people write it, in lower case; in the arena. */
const char *checks_lower(const struct checks *checks, sym_t name);
/* Is the relation declared in a script (.sql)? */
bool checks_in_script(const struct checks *checks, uint32_t relation);

/* body.c: reads the bodies of all tables and views. */
void bodies_scan(struct checks *checks);
/* verdict.c: fills state->uses and the judgements from the bodies and the graph. */
void verdicts_judge(struct checks *checks);
/* Snowflake refuses the definition for a reason that is no construct of the body. */
void verdicts_refuse(struct checks *checks, const char *code, uint32_t relation,
                     const char *construct, struct span span);

/* keys.c: does Snowflake derive a unique key for the table's rows? */
enum derived_key { KEY_NONE, KEY_PERHAPS, KEY_DERIVED };
enum derived_key keys_derived(const struct checks *checks, uint32_t relation);

/* call.c: code, construct and blocks of a type that a dynamic table cannot keep up to date; false
 * for all others. */
bool type_blocks(const struct dtc *ctx, const struct tree *tree, node_t type, struct use *use);
/* sources.c: what the columns of a table that is read, or the table itself, rule out. Adds to the
 * uses of `table`; `reader` is the table or a view that it reads. */
void sources_judge(struct checks *checks, uint32_t table, uint32_t reader, const struct ref *ref);
void sources_judge_own(struct checks *checks, uint32_t table);

/* The row of a code or a name; UINT32_MAX. */
uint32_t checks_row(const struct checks *checks, struct str code);

/* suppress.c: comments that silence findings, and the functions of rows DT903 and DT904. */
void suppressions_load(struct checks *checks);
bool suppressed(struct checks *checks, uint32_t row, struct span span);
void suppressions_faults(struct checks *checks, const struct check *check);
void suppressions_unused(struct checks *checks, const struct check *check);

/* clocks.c: functions of rows DT203, DT204 and DT217, and the label for a lag that stands above the
 * table. */
void clocks_check_chains(struct checks *checks, const struct check *check);
void clocks_check_alone(struct checks *checks, const struct check *check);
void clocks_check_suspended(struct checks *checks, const struct check *check);
void clocks_label_elsewhere(struct checks *checks, struct finding f, const struct relation *r);

/* frozen.c: the function of row DT218. */
void frozen_check(struct checks *checks, const struct check *check);

void use_list_fini(struct use_list *list);

#endif
