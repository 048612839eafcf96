/* functions.c - functions that the project itself declares: what their CREATE says of them.
 *
 * The statement is kept as text by the parser; here its words outside of strings are read:
 * IMMUTABLE, LANGUAGE, RETURNS TABLE, EXTERNAL, and whether a body in SQL asks for rows. Two
 * functions of one name that differ are not judged. */
#include "checks/scan.h"

struct reader {
    struct str rest;
    struct str body; /* what stands in quotes or $$; the last one is the body */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static size_t find(struct str text, const char *mark, size_t from)
{
    size_t n = strlen(mark);
    for (size_t i = from; i + n <= text.n; i++)
        if (memcmp(text.p + i, mark, n) == 0)
            return i;
    return text.n;
}

/* The next word outside of strings; empty at the end. */
static struct str next_word(struct reader *r)
{
    while (r->rest.n) {
        size_t n = 1;
        if (is_letter(*r->rest.p)) {
            while (n < r->rest.n && is_letter(r->rest.p[n]))
                n++;
            struct str word = str_make(r->rest.p, n);
            r->rest = str_make(r->rest.p + n, r->rest.n - n);
            return word;
        }
        const char *mark = *r->rest.p == '\'' ? "'" : str_starts(r->rest, "$$") ? "$$" : NULL;
        if (mark) {
            size_t open = strlen(mark), end = find(r->rest, mark, open);
            r->body = str_make(r->rest.p + open, end - open);
            n = end + open < r->rest.n ? end + open : r->rest.n;
        }
        r->rest = str_make(r->rest.p + n, r->rest.n - n);
    }
    return str_make(NULL, 0);
}

static bool has_word(struct str text, const char *wanted)
{
    struct reader r = {text, {0}};
    for (struct str word = next_word(&r); word.n; word = next_word(&r))
        if (str_eq_nocase(word, str_from(wanted)))
            return true;
    return false;
}

static enum user_function read_function(struct str text)
{
    struct reader r = {text, {0}};
    struct str before = {0};
    bool immutable = false, sql = true, table = false, external = false, aggregate = false;
    for (struct str word = next_word(&r); word.n; before = word, word = next_word(&r)) {
        if (str_eq_nocase(before, STR_LIT("LANGUAGE")))
            sql = str_eq_nocase(word, STR_LIT("SQL"));
        if (str_eq_nocase(before, STR_LIT("RETURNS")) && str_eq_nocase(word, STR_LIT("TABLE")))
            table = true;
        immutable = immutable || str_eq_nocase(word, STR_LIT("IMMUTABLE"));
        external = external || str_eq_nocase(word, STR_LIT("EXTERNAL"));
        aggregate = aggregate || str_eq_nocase(word, STR_LIT("AGGREGATE"));
    }
    if (external)
        return FUNCTION_EXTERNAL;
    if (aggregate)
        return FUNCTION_UNKNOWN;
    if (table)
        return FUNCTION_OF_ROWS;
    if (sql && has_word(r.body, "SELECT"))
        return FUNCTION_WITH_SUBQUERY;
    return immutable ? FUNCTION_IMMUTABLE : FUNCTION_VOLATILE;
}

void functions_load(struct checks *checks)
{
    const struct model *model = checks->model;
    checks->state->user_functions = ARENA_ARRAY(&checks->ctx->arena, uint8_t, checks->ctx->names.n);
    for (uint32_t i = 0; i < model->relations.n; i++) {
        const struct relation *r = model_relation(model, i);
        if (r->kind != RELATION_OTHER ||
            !str_ends(sym_text(&checks->ctx->names, r->head), "FUNCTION"))
            continue;
        struct str head = sym_text(&checks->ctx->names, r->head);
        if (!str_starts(head, "CREATE") && !str_starts(head, "DEFINE"))
            continue;
        const struct tree *tree = model_tree(model, r->file);
        node_t object = tree_child(tree, r->decl, NODE_OBJECT);
        if (object == 0)
            continue;
        uint8_t *slot = &checks->state->user_functions[tree_at(tree, object)->sym];
        enum user_function read =
            read_function(source_text(&checks->ctx->sources, model_span(model, r->file, r->decl)));
        *slot = (uint8_t)(*slot == FUNCTION_UNDECLARED || *slot == read ? read : FUNCTION_UNKNOWN);
    }
}

void scan_user_function(struct scan *s, node_t call, const char *name, enum clause place)
{
    const struct checks_state *state = s->checks->state;
    node_t object = tree_first(s->tree, call);
    sym_t sym =
        object && tree_kind(s->tree, object) == NODE_OBJECT ? tree_at(s->tree, object)->sym : 0;
    switch ((enum user_function)state->user_functions[sym]) {
    case FUNCTION_IMMUTABLE:
        return;
    case FUNCTION_VOLATILE:
        if (place != CLAUSE_SELECT)
            scan_add(s, "DT330", BLOCKS_INCREMENTAL, call, name);
        return;
    case FUNCTION_WITH_SUBQUERY:
        scan_add(s, "DT330", BLOCKS_INCREMENTAL, call, name)->why =
            "its body asks for rows, and such a function refreshes fully wherever it stands";
        return;
    case FUNCTION_EXTERNAL:
        scan_add(s, "DT322", BLOCKS_EVERY_MODE, call, name)->why =
            "external functions are refused in dynamic tables";
        return;
    case FUNCTION_OF_ROWS:
        scan_add(s, "DT314", BLOCKS_INCREMENTAL, call, name);
        return;
    case FUNCTION_UNDECLARED:
    case FUNCTION_UNKNOWN:
        scan_add(s, "DT325", SILENT_INCREMENTAL, call, name);
        return;
    }
}
