/* incremental.c - says what keeps a table from refreshing incrementally: rows DT301 to DT333.
 *
 * Owns only the telling: what was found is in the uses of each table (body.c, verdict.c). How bad
 * it is depends on what the table asks for: with INCREMENTAL Snowflake refuses it, with AUTO the
 * table silently refreshes fully, with FULL there is nothing to say. */
#include "checks/state.h"

/* Why, and what to write instead. */
struct advice {
    const char *code, *why, *help;
};

static const struct advice advices[] = {
    {"DT301", "which rows are kept depends on all rows, so no change can be applied by itself",
     "leave it to whoever reads the table, or keep the first rows of each key: "
     "`qualify row_number() over (partition by ... order by ...) <= 10`"},
    {"DT302", NULL,
     "write it as a join that finds nothing: `left join ... on ... where other.key is null`, or as "
     "an inner join for INTERSECT"},
    {"DT303", "a subquery outside of FROM is evaluated against all its rows at each change",
     "join with it in FROM instead: `join (select distinct key from ...) x on ...`, and for NOT: "
     "`left join ... where x.key is null`"},
    {"DT304", "an outer join is kept up to date only by equalities between its two sides",
     "move what compares one side into a subquery in FROM, and the rest into WHERE"},
    {"DT305", NULL,
     "join on equality and keep the nearest row: `qualify row_number() over (partition by ... "
     "order by ... desc) = 1`"},
    {"DT306", "the only lateral item that is kept up to date is FLATTEN",
     "join with an ordinary subquery in FROM"},
    {"DT307", "the sequence number that FLATTEN gives a row changes from run to run",
     "name the columns that you need, without SEQ: `f.index`, `f.value`"},
    {"DT308", NULL, "declare `refresh full`, or spell the levels out as joins"},
    {"DT309", NULL, "declare `refresh full`, or spell the levels out as joins"},
    {"DT310", NULL, "write each grouping as a SELECT of its own and put `union all` between them"},
    {"DT311", "the columns of the result would depend on the rows",
     "list the values: `pivot (sum(amount) for month in ('JAN', 'FEB'))`"},
    {"DT312", NULL, "write one SELECT for each column and put `union all` between them"},
    {"DT313", "which rows are taken is decided anew at each refresh",
     "choose rows by their key: `where mod(abs(hash(key)), 10) = 0`"},
    {"DT314", "Snowflake cannot tell which rows of a table function change",
     "FLATTEN is the one that can be used; else declare `refresh full`"},
    {"DT315", "each refresh draws new numbers",
     "take a key from the data, or `row_number() over (...)`"},
    {"DT316", "a definition is stored, and outside of the session the value does not exist",
     "use a parameter of the pipeline (`param name type default ...`) or write the value"},
    {"DT317",
     "each evaluation gives another value, so rows cannot be compared with the last refresh",
     "take the value from the data: a key, a hash of columns, `uuid_string(namespace, name)`"},
    {"DT318",
     "the value changes with every refresh, for every row; in WHERE, HAVING and QUALIFY it is "
     "allowed",
     "compute it in a view on top of the table, or move the comparison into WHERE"},
    {"DT319", "the value depends on who refreshes, and where",
     "write the value, or use a parameter of the pipeline"},
    {"DT320", "a refresh has no caller: nobody's session runs it",
     "leave it out, or compute it in a view on top of the table"},
    {"DT321", NULL, "declare `refresh full`, or compute it in a view on top of the table"},
    {"DT322", NULL, NULL},
    {"DT323", "it is allowed in the SELECT list alone",
     "compute it in one table and filter, join or group in the next"},
    {"DT324", "of the window functions, the rank family may not have a frame with offsets",
     "leave the frame out: a rank does not need one"},
    {"DT325",
     "it may be a function of yours: those that are not IMMUTABLE count as volatile, and a "
     "table function always forces a full refresh",
     NULL},
    {"DT326", "MAP, ARRAY(type) and OBJECT(field type) are refused in dynamic tables",
     "use VARIANT, ARRAY or OBJECT without types"},
    {"DT327", NULL, "keep longitude and latitude as numbers and build the geography in a view"},
    {"DT328", "an incremental refresh needs to know which rows of its input changed",
     "make the input incremental, give it a unique key (`group by`, or `qualify row_number() ... = "
     "1` at its top), or declare `refresh full`"},
    {"DT329", NULL, "read the table behind it"},
    {"DT330",
     "a function that does not say IMMUTABLE is volatile: it may stand in the SELECT list alone",
     "write IMMUTABLE into its CREATE FUNCTION when equal arguments give equal results"},
    {"DT331", "the documentation does not say how it is refreshed",
     "declare `refresh full` to be sure"},
    {"DT332", "its columns are not known when the table is made", "name the columns"},
    {"DT333",
     "the documentation promises equalities between the two sides and speaks of nothing else",
     "move the condition on one side into a subquery in FROM"},
};

static const struct advice *advice_of(const char *code)
{
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++)
        if (strcmp(advices[i].code, code) == 0)
            return &advices[i];
    BUG("no advice for %s", code);
}

/* Functions that nothing fits but a word of their own. */
static const char *help_for(const struct use *use, const struct advice *advice)
{
    static const struct {
        const char *construct, *help;
    } special[] = {
        {"ANY_VALUE", "use MIN or MAX: they choose the same value at each refresh"},
        {"MODE", "count the values in one table and keep the most frequent in the next"},
        {"stream", "read the table behind the stream: a dynamic table finds the changes itself"},
    };
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (strcmp(use->construct, special[i].construct) == 0)
            return special[i].help;
    return advice->help;
}

/* Advice speaks the pipeline language; in a script the clause has another name. */
static const char *in_script(struct checks *checks, const char *text)
{
    static const char clause[] = "`refresh full`";
    const char *at = strstr(text, clause);
    if (!at)
        return text;
    return arena_printf(&checks->ctx->arena, "%.*s`REFRESH_MODE = FULL`%s", (int)(at - text), text,
                        at + sizeof clause - 1);
}

/* Words of SQL go into backquotes, descriptions do not. */
static const char *quoted(struct checks *checks, const char *construct)
{
    for (const char *c = construct; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            return construct;
    return arena_printf(&checks->ctx->arena, "`%s`", construct);
}

struct telling {
    bool tell;
    enum severity severity;
    const char *then; /* what follows from it */
};

static struct telling telling_of(const struct use *use, enum refresh_mode mode)
{
    static const struct telling silent = {false, SEVERITY_NOTE, NULL};
    bool asked = mode == REFRESH_INCREMENTAL || mode == REFRESH_ADAPTIVE;
    switch (use->blocks) {
    case BLOCKS_NOTHING:
        return silent;
    case BLOCKS_EVERY_MODE:
        return (struct telling){true, SEVERITY_ERROR, "is refused in every dynamic table"};
    case BLOCKS_INCREMENTAL:
        if (asked)
            return (struct telling){true, SEVERITY_ERROR, "rules out an incremental refresh"};
        if (mode == REFRESH_AUTO)
            return (struct telling){true, SEVERITY_WARNING,
                                    "makes Snowflake recompute the whole table at each refresh"};
        if (strcmp(use->code, "DT318") == 0)
            return (struct telling){true, SEVERITY_WARNING,
                                    "has another value at each refresh, for every row"};
        if (use->unordered)
            return (struct telling){true, SEVERITY_WARNING,
                                    "without ORDER BY: each refresh may keep other rows"};
        return silent;
    case BLOCKS_PERHAPS_ALL:
        return (struct telling){true, asked ? SEVERITY_ERROR : SEVERITY_WARNING,
                                asked ? "rules out an incremental refresh"
                                      : "rules out an incremental refresh, and perhaps any"};
    case SILENT_INCREMENTAL:
        if (mode == REFRESH_FULL)
            return silent;
        return (struct telling){true, SEVERITY_NOTE,
                                "leaves open whether the table refreshes incrementally"};
    case SILENT_EVERY_MODE:
        return (struct telling){true, SEVERITY_NOTE,
                                "leaves open whether Snowflake accepts the table"};
    }
    return silent;
}

static void add_labels(struct checks *checks, struct finding f, uint32_t table,
                       const struct use *use, bool asked)
{
    const struct relation *r = model_relation(checks->model, table);
    const struct setting *refresh = &r->settings.refresh_from;
    if (use->other.file != SPAN_NO_FILE)
        diag_label(f.sink, f.d, use->other, "%s", use->why_other);
    if (use->relation != table)
        diag_label(f.sink, f.d, checks_name_span(checks, table), "`%s` reads the view `%s`",
                   r->shown, model_relation(checks->model, use->relation)->shown);
    if (asked && use->blocks == BLOCKS_INCREMENTAL && refresh->at.node != 0)
        diag_label(f.sink, f.d, checks_setting_span(checks, refresh),
                   "incremental refresh is asked for here");
}

static void tell(struct checks *checks, const struct check *check, uint32_t table,
                 const struct use *use, struct telling telling)
{
    enum refresh_mode mode = model_relation(checks->model, table)->settings.refresh;
    const struct advice *advice = advice_of(use->code);
    const char *help = help_for(use, advice);
    bool script = checks_in_script(checks, table);
    struct finding f = checks_find(checks, check, table, use->span, "%s %s",
                                   quoted(checks, use->construct), telling.then);
    checks_severity(checks, check, f, telling.severity);
    add_labels(checks, f, table, use, mode == REFRESH_INCREMENTAL || mode == REFRESH_ADAPTIVE);
    if (use->why || advice->why)
        diag_note(f.sink, f.d, "%s", use->why ? use->why : advice->why);
    if (help)
        diag_help(f.sink, f.d, "%s", script ? in_script(checks, help) : help);
    if (mode == REFRESH_AUTO && use->blocks == BLOCKS_INCREMENTAL &&
        !(help && strstr(help, "refresh full")))
        diag_help(f.sink, f.d, "if that is meant, say so: `%s`",
                  script ? "REFRESH_MODE = FULL" : "refresh full");
}

/* One construct of a view is told once, however many tables read the view. */
static bool mark_told(struct checks *checks, uint32_t table, const struct use *use)
{
    struct use_list *body = &checks->state->bodies[use->relation];
    if (use->relation == table)
        return true;
    for (uint32_t i = 0; i < body->all.n; i++) {
        struct use *own = &body->all.at[i];
        if (own->span.lo == use->span.lo && own->span.hi == use->span.hi &&
            strcmp(own->code, use->code) == 0) {
            bool first = !own->told;
            own->told = true;
            return first;
        }
    }
    return true;
}

static void tell_all(struct checks *checks, const struct check *check, bool errors)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct use_list *uses = &checks->state->uses[i];
        if (!checks_is_dynamic(checks, i) || uses->all.n == 0 || checks_silent(checks, check, i))
            continue;
        enum refresh_mode mode = model_relation(checks->model, i)->settings.refresh;
        for (uint32_t k = 0; k < uses->all.n; k++) {
            const struct use *use = &uses->all.at[k];
            if (strcmp(use->code, check->rule.code) != 0)
                continue;
            struct telling telling = telling_of(use, mode);
            if (telling.tell && (telling.severity == SEVERITY_ERROR) == errors &&
                mark_told(checks, i, use))
                tell(checks, check, i, use, telling);
        }
    }
}

/* Errors first: a view that several tables read is told with the worst that follows from it. */
static void check_uses(struct checks *checks, const struct check *check)
{
    tell_all(checks, check, true);
    tell_all(checks, check, false);
}

static bool perhaps_incremental(const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_INCREMENTAL || judgement->verdict == VERDICT_UNKNOWN;
}

/* Worth a word although nothing is ruled out: in tables that are, or should be, incremental. */
static void tell_quiet(struct checks *checks, const struct check *check, bool auto_only,
                       const char *label, const char *help)
{
    for (uint32_t i = 0; i < checks->model->relations.n; i++) {
        const struct use_list *body = &checks->state->bodies[i];
        const struct relation *r = model_relation(checks->model, i);
        if (r->kind != RELATION_DYNAMIC_TABLE ||
            (auto_only && r->settings.refresh != REFRESH_AUTO) ||
            !perhaps_incremental(&checks->judgements[i]))
            continue;
        for (uint32_t k = 0; k < body->all.n; k++) {
            const struct use *use = &body->all.at[k];
            if (strcmp(use->code, check->rule.code) != 0)
                continue;
            struct finding f = checks_find(checks, check, i, use->span, "%s %s",
                                           quoted(checks, use->construct), label);
            diag_help(f.sink, f.d, "%s", help);
            break;
        }
    }
}

static void check_time_filter(struct checks *checks, const struct check *check)
{
    tell_quiet(checks, check, true, "can be refreshed incrementally, and AUTO may decide otherwise",
               "say it: `refresh incremental` (in a script `REFRESH_MODE = INCREMENTAL`)");
}

static void check_whole_window(struct checks *checks, const struct check *check)
{
    tell_quiet(checks, check, false, "is computed anew for all rows at each change",
               "with `partition by`, only the partitions with changed rows are");
}

const struct check checks_incremental[] = {
    CHECK(DT301, "limit-in-definition", WARNING, "LIMIT in the definition of a table", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT302, "set-difference", WARNING, "set difference or intersection in a definition",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT303, "subquery-outside-from", WARNING, "subquery outside of FROM", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT304, "outer-join-predicate", WARNING, "outer join with a non-equality predicate",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT305, "asof-join", WARNING, "ASOF JOIN in a definition", check_uses, PAGE_QUERIES, NULL),
    CHECK(DT306, "lateral-subquery", WARNING, "lateral subquery in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT307, "flatten-seq", WARNING, "column SEQ of FLATTEN in the result", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT308, "recursive-query", WARNING, "recursive query in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT309, "connect-by", WARNING, "CONNECT BY in a definition", check_uses, PAGE_QUERIES,
          NULL),
    CHECK(DT310, "grouping-sets", WARNING, "several groupings in one GROUP BY", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT311, "pivot-without-list", WARNING, "PIVOT whose columns are not listed", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT312, "unpivot", WARNING, "UNPIVOT in a definition", check_uses, PAGE_QUERIES, NULL),
    CHECK(DT313, "sample", ERROR, "sample in a definition", check_uses, PAGE_QUERIES, NULL),
    CHECK(DT314, "table-function", WARNING, "table function in a definition", check_uses,
          PAGE_QUERIES, "DT332", NULL),
    CHECK(DT315, "sequence", WARNING, "sequence in a definition", check_uses, PAGE_QUERIES, NULL),
    CHECK(DT316, "session-variable", ERROR, "value of a session in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT317, "random-value", WARNING, "random value in a definition", check_uses, PAGE_QUERIES,
          NULL),
    CHECK(DT318, "current-time-outside-filter", WARNING, "current time outside of a filter",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT319, "account-context", WARNING, "value of the account in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT320, "caller-context", ERROR, "value of the caller in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT321, "full-only-function", WARNING, "function that needs all rows at each refresh",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT322, "refused-function", ERROR, "function that no dynamic table may use", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT323, "select-list-only-function", WARNING, "function outside of the SELECT list",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT324, "sliding-rank", WARNING, "rank over a sliding frame", check_uses, PAGE_QUERIES,
          NULL),
    CHECK(DT325, "function-not-listed", NOTE, "function that Snowflake does not list", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT326, "structured-type", ERROR, "structured type in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT327, "geospatial", WARNING, "geospatial value in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT328, "full-upstream", WARNING, "input that refreshes fully", check_uses, PAGE_QUERIES,
          NULL),
    CHECK(DT329, "untracked-source", ERROR, "source whose changes are not tracked", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT330, "volatile-function", WARNING, "volatile function in a definition", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT331, "undocumented-construct", NOTE, "construct that the documentation does not judge",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT332, "star-of-table-function", ERROR, "SELECT * from a table function", check_uses,
          PAGE_QUERIES, NULL),
    CHECK(DT333, "unclear-outer-join", NOTE, "outer join that the documentation does not judge",
          check_uses, PAGE_QUERIES, NULL),
    CHECK(DT335, "time-filter-with-auto", NOTE, "AUTO may refresh a filter by time fully",
          check_time_filter, PAGE_MODES, NULL),
    CHECK(DT336, "window-without-partition", NOTE, "window over all rows", check_whole_window,
          PAGE_QUERIES, NULL),
};
const uint32_t checks_incremental_n = sizeof checks_incremental / sizeof *checks_incremental;
