/* print_clause.c - clauses of declarations: settings, keys, expectations, column definitions. */
#include "syntax/print_parts.h"

static sym_t sym_of(const struct printer *p, node_t node)
{
    return tree_at(p->tree, node)->sym;
}

/* Names in a block are aligned when short settings stand one under the other. */
static void word_and_name(struct printer *p, node_t node, const char *word)
{
    uint32_t width = (uint32_t)strlen(word);
    print_words(p, word);
    layout_blank(&p->layout, p->setting_width > width ? p->setting_width + 1 - width : 1);
    print_name(p, node);
}

static void word_and_first(struct printer *p, node_t node, const char *word)
{
    print_words(p, word);
    print_blank(p);
    print_node(p, tree_first(p->tree, node));
}

static void word_and_parens(struct printer *p, node_t node, const char *word)
{
    print_words(p, word);
    print_blank(p);
    print_parens(p, tree_first(p->tree, node), 0);
}

/* ----------------------------------------------------------------------------------- settings */

static void database(struct printer *p, node_t node)
{
    word_and_name(p, node, "database");
}

static void schema(struct printer *p, node_t node)
{
    word_and_name(p, node, "schema");
}

static void warehouse(struct printer *p, node_t node)
{
    word_and_name(p, node, "warehouse");
}

static void initialization_warehouse(struct printer *p, node_t node)
{
    word_and_name(p, node, "initialization warehouse");
}

/* A duration, or a cron text with its time zone. */
static void times(struct printer *p, node_t node)
{
    TREE_EACH(p->tree, node, part)
    {
        print_blank(p);
        print_node(p, part);
    }
}

static void lag(struct printer *p, node_t node)
{
    print_words(p, "lag");
    if (tree_flag(p->tree, node, FLAG_DOWNSTREAM))
        print_then(p, "downstream");
    if (tree_flag(p->tree, node, FLAG_AT_LEAST))
        print_then(p, "at least");
    if (tree_flag(p->tree, node, FLAG_CRON))
        print_then(p, "cron");
    times(p, node);
}

static void schedule(struct printer *p, node_t node)
{
    print_words(p, tree_flag(p->tree, node, FLAG_CRON) ? "schedule cron" : "every");
    times(p, node);
}

static void duration(struct printer *p, node_t node)
{
    print_node(p, tree_first(p->tree, node));
    if (sym_of(p, node)) {
        print_blank(p);
        print_lower(p, sym_of(p, node));
    }
}

static void refresh(struct printer *p, node_t node)
{
    print_words(p, "refresh ");
    print_lower(p, sym_of(p, node));
}

/* The symbol is ON_CREATE or ON_SCHEDULE; a `_` stands for a blank. */
static void initialize(struct printer *p, node_t node)
{
    bool create = str_is(sym_text(&p->ctx->names, sym_of(p, node)), "ON_CREATE");
    print_words(p, create ? "initialize on create" : "initialize on schedule");
}

static void cluster_by(struct printer *p, node_t node)
{
    word_and_parens(p, node, "cluster by");
}

static void freeze(struct printer *p, node_t node)
{
    word_and_parens(p, node, "freeze where");
}

static void key(struct printer *p, node_t node)
{
    word_and_parens(p, node, "key");
}

static void transient(struct printer *p, node_t node)
{
    (void)node;
    print_words(p, "transient");
}

static void retain(struct printer *p, node_t node)
{
    word_and_first(p, node, "retain");
}

static void scheduler(struct printer *p, node_t node)
{
    print_words(p, "scheduler ");
    print_lower(p, sym_of(p, node));
}

static void copy_grants(struct printer *p, node_t node)
{
    (void)node;
    print_words(p, "copy grants");
}

static void grant(struct printer *p, node_t node)
{
    print_words(p, "grant ");
    TREE_EACH(p->tree, node, privilege)
    {
        if (privilege != tree_first(p->tree, node))
            print_words(p, ", ");
        print_lower(p, sym_of(p, privilege));
    }
    print_words(p, " to role ");
    print_name(p, node);
}

static void tag(struct printer *p, node_t node)
{
    word_and_first(p, node, "tag");
    print_then(p, "=");
    print_blank(p);
    print_node(p, tree_next(p->tree, tree_first(p->tree, node)));
}

static void comment(struct printer *p, node_t node)
{
    word_and_first(p, node, "comment");
}

static void expect(struct printer *p, node_t node)
{
    static const char *const actions[OPS] = {
        [OP_WARN] = "warn", [OP_DROP] = "drop", [OP_FAIL] = "fail"};
    layout_begin(&p->layout, 0);
    word_and_name(p, node, "expect");
    layout_nest(&p->layout, PRINT_STEP);
    layout_line(&p->layout);
    layout_begin(&p->layout, 0);
    word_and_parens(p, node, "check");
    layout_line(&p->layout);
    print_words(p, "on violation ");
    print_words(p, actions[tree_at(p->tree, node)->op]);
    layout_end(&p->layout);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void moved_from(struct printer *p, node_t node)
{
    word_and_first(p, node, "moved from");
}

/* In a CREATE statement also words that stand alone, and a list of settings. */
static void option(struct printer *p, node_t node)
{
    node_t value = tree_first(p->tree, node);
    word_and_name(p, node, "option");
    if (!value)
        return;
    print_then(p, "=");
    print_blank(p);
    print_node(p, value);
}

static void tags(struct printer *p, node_t node)
{
    print_words(p, "with tag ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void refresh_using(struct printer *p, node_t node)
{
    print_words(p, "refresh using ");
    print_parens(p, tree_first(p->tree, node), 0);
}

static void change_tracking(struct printer *p, node_t node)
{
    (void)node;
    print_words(p, "change tracking");
}

static void prevent_destroy(struct printer *p, node_t node)
{
    (void)node;
    print_words(p, "prevent destroy");
}

static void lint(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "lint");
    print_block(p, tree_first(p->tree, node), false);
    layout_end(&p->layout);
}

static void lint_rule(struct printer *p, node_t node)
{
    static const char *const severities[OPS] = {[OP_OFF] = "off",
                                                [OP_LINT_NOTE] = "note",
                                                [OP_LINT_WARNING] = "warning",
                                                [OP_LINT_ERROR] = "error"};
    print_name(p, node);
    print_then(p, severities[tree_at(p->tree, node)->op]);
}

/* ------------------------------------------------------------------------- tasks and alerts */

static void after(struct printer *p, node_t node)
{
    layout_begin(&p->layout, 0);
    print_words(p, "after ");
    layout_align(&p->layout);
    print_list(p, tree_first(p->tree, node), 0);
    layout_pop(&p->layout);
    layout_end(&p->layout);
}

static void when_stream(struct printer *p, node_t node)
{
    word_and_first(p, node, "when stream");
}

static void when_expr(struct printer *p, node_t node)
{
    word_and_parens(p, node, "when");
}

static void stale(struct printer *p, node_t node)
{
    word_and_first(p, node, "stale");
    print_words(p, " by more than ");
    print_node(p, tree_next(p->tree, tree_first(p->tree, node)));
}

static void notify(struct printer *p, node_t node)
{
    print_words(p, "notify ");
    layout_begin(&p->layout, 0);
    print_list(p, tree_first(p->tree, node), 0);
    layout_end(&p->layout);
}

/* ------------------------------------------------------------------------------------ columns */

static void not_null(struct printer *p, node_t node)
{
    print_words(p, tree_flag(p->tree, node, FLAG_NOT) ? "not null" : "null");
}

static void key_constraint(struct printer *p, node_t node, const char *words)
{
    print_words(p, words);
    node_t names = tree_first(p->tree, node);
    if (names) {
        print_blank(p);
        print_node(p, names);
    }
    if (tree_flag(p->tree, node, FLAG_RELY))
        print_then(p, "rely");
}

static void primary_key(struct printer *p, node_t node)
{
    key_constraint(p, node, "primary key");
}

static void unique(struct printer *p, node_t node)
{
    key_constraint(p, node, "unique");
}

static void foreign_key(struct printer *p, node_t node)
{
    node_t names = tree_first(p->tree, node);
    print_words(p, "foreign key ");
    print_node(p, names);
    print_blank(p);
    print_node(p, tree_next(p->tree, names));
}

static void references(struct printer *p, node_t node)
{
    node_t object = tree_first(p->tree, node);
    word_and_first(p, node, "references");
    if (tree_next(p->tree, object)) {
        print_blank(p);
        print_node(p, tree_next(p->tree, object));
    }
    if (tree_flag(p->tree, node, FLAG_RELY))
        print_then(p, "rely");
}

static void collation(struct printer *p, node_t node)
{
    word_and_first(p, node, "collate");
}

static void default_of(struct printer *p, node_t node)
{
    word_and_first(p, node, "default");
}

static void column_def(struct printer *p, node_t node)
{
    print_name(p, node);
    TREE_EACH(p->tree, node, part)
    {
        print_blank(p);
        print_node(p, part);
    }
}

void print_clause_rows(print_function **rows)
{
    static print_function *const own[NODE_KINDS] = {
        [NODE_DATABASE] = database,
        [NODE_SCHEMA] = schema,
        [NODE_WAREHOUSE] = warehouse,
        [NODE_LAG] = lag,
        [NODE_INITIALIZATION_WAREHOUSE] = initialization_warehouse,
        [NODE_DURATION] = duration,
        [NODE_REFRESH] = refresh,
        [NODE_INITIALIZE] = initialize,
        [NODE_CLUSTER_BY] = cluster_by,
        [NODE_FREEZE] = freeze,
        [NODE_KEY] = key,
        [NODE_TRANSIENT] = transient,
        [NODE_RETAIN] = retain,
        [NODE_SCHEDULER] = scheduler,
        [NODE_COPY_GRANTS] = copy_grants,
        [NODE_GRANT] = grant,
        [NODE_TAG] = tag,
        [NODE_COMMENT] = comment,
        [NODE_EXPECT] = expect,
        [NODE_MOVED_FROM] = moved_from,
        [NODE_OPTION] = option,
        [NODE_TAGS] = tags,
        [NODE_REFRESH_USING] = refresh_using,
        [NODE_CHANGE_TRACKING] = change_tracking,
        [NODE_SCHEDULE] = schedule,
        [NODE_AFTER] = after,
        [NODE_WHEN_STREAM] = when_stream,
        [NODE_WHEN_EXPR] = when_expr,
        [NODE_LINT] = lint,
        [NODE_LINT_RULE] = lint_rule,
        [NODE_PREVENT_DESTROY] = prevent_destroy,
        [NODE_STALE] = stale,
        [NODE_NOTIFY] = notify,
        [NODE_NOT_NULL] = not_null,
        [NODE_PRIMARY_KEY] = primary_key,
        [NODE_UNIQUE] = unique,
        [NODE_FOREIGN_KEY] = foreign_key,
        [NODE_REFERENCES] = references,
        [NODE_COLLATION] = collation,
        [NODE_DEFAULT] = default_of,
        [NODE_COLUMN_DEF] = column_def,
    };
    for (int kind = 0; kind < NODE_KINDS; kind++)
        if (own[kind])
            rows[kind] = own[kind];
}
