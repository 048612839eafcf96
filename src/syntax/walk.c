/* walk.c - what one word becomes: reserved words that are functions or aliases after all, soft
 * words by soft.def, words that belong together. The walk itself is filter.c. */
#include "syntax/walk.h"

static unsigned place_of(const struct filter *f)
{
    const struct bracket *b = innermost(f);
    int prev = before(f, 1)->kind;
    unsigned places = b->place;
    if (f->state == START)
        places |= AT_START;
    if (f->state == HEAD && (b->kind == BRACKET_BASE || b->kind == BRACKET_BLOCK))
        places |= IN_HEAD;
    if (f->state == BODY)
        places |= IN_QUERY;
    if (f->connect || prev == TOK_CONNECT)
        places |= IN_CONNECT;
    if (f->sample_at && f->out - f->sample_at < 6)
        places |= IN_SAMPLE;
    if (prev == TOK_UNPIVOT || prev == TOK_INCLUDE || prev == TOK_EXCLUDE)
        places |= IN_UNPIVOT;
    if (b->ordering)
        places |= IN_ORDER;
    return places;
}

int walk_soft_word(const struct filter *f, enum keyword word)
{
    const struct token *next = ahead(f, 1);
    return soft_token(&f->soft, word, place_of(f), class_before(f), next, class_after(f, next));
}

/* LIKE, RLIKE ... before a parenthesis are functions, unless an operand stands before them. */
static bool infix_is_function(const struct filter *f)
{
    if (ahead(f, 1)->kind != '(')
        return false;
    const struct token *prev = before(f, 1);
    if (prev->kind == TOK_NOT)
        return !(f->out > 1 && (f->soft.classes[before(f, 2)->kind] & OPERAND));
    return !(class_before(f) & OPERAND);
}

/* NTH_VALUE(...) FROM LAST: not the FROM of a query. */
static bool from_is_end(const struct filter *f)
{
    if (before(f, 1)->kind != ')' ||
        !(is_word(ahead(f, 1), KW_FIRST) || is_word(ahead(f, 1), KW_LAST)))
        return false;
    const struct token *t = ahead(f, 2);
    return is_word(t, KW_OVER) || is_word(t, KW_IGNORE) || is_word(t, KW_RESPECT);
}

/* FIRST_VALUE(a IGNORE NULLS): inside the parentheses. */
static bool nulls_are_inside(const struct filter *f)
{
    return is_word(ahead(f, 1), KW_NULLS) && ahead(f, 2)->kind == ')';
}

static int reserved_token(const struct filter *f, enum keyword word)
{
    bool operand = (class_before(f) & OPERAND) != 0;
    switch ((int)word) {
    case KW_LIKE:
    case KW_ILIKE:
    case KW_RLIKE:
    case KW_REGEXP:
        return infix_is_function(f) ? TOK_IDENT : keyword_token(word);
    case KW_INSERT:
        return ahead(f, 1)->kind == '(' && f->state == BODY ? TOK_IDENT : TOK_INSERT;
    case KW_TRUE:
    case KW_FALSE:
    case KW_CAST:
    case KW_TRY_CAST:
        return operand ? TOK_IDENT : keyword_token(word);
    case KW_CASE:
        return operand ? TOK_IDENT : TOK_CASE;
    case KW_WHEN:
        return operand && innermost(f)->cases == 0 && f->state == BODY ? TOK_IDENT : TOK_WHEN;
    case KW_FROM:
        return from_is_end(f) ? TOK_FROM_END : TOK_FROM;
    default:
        return keyword_token(word);
    }
}

static bool is_unit(const struct token *t)
{
    return t->kind == TOK_IDENT && t->sym > KW_NONE && t->sym < KEYWORDS &&
           keyword_token((enum keyword)t->sym) == TOK_UNIT;
}

int walk_word(const struct filter *f, const struct token *t)
{
    int prev = before(f, 1)->kind;
    if (f->out && prev == TOK_DOT)
        return TOK_IDENT;
    if (prev == TOK_PATH_COLON || prev == TOK_PATH_DOT)
        return TOK_KEY_NAME;
    if (t->sym == KW_NONE || t->sym >= KEYWORDS)
        return ahead(f, 1)->kind == TOK_STRING && prev != TOK_AS ? TOK_TYPED : TOK_IDENT;
    enum keyword word = (enum keyword)t->sym;
    enum keyword_class class_of = keyword_class_of(word);
    if (class_of == KEYWORD_STRICT)
        return reserved_token(f, word);
    bool unit_next = is_unit(ahead(f, 1));
    if (word == KW_INTERVAL && unit_next && (prev == TOK_AS || prev == TOK_COLONS))
        return TOK_INTERVAL_TYPE;
    if (prev == TOK_AS)
        return TOK_IDENT;
    if (class_of == KEYWORD_RESERVED)
        return reserved_token(f, word);
    if (class_of == KEYWORD_BARE)
        return (class_before(f) & OPERAND) || ahead(f, 1)->kind == '(' ? TOK_IDENT
                                                                       : TOK_BARE_FUNCTION;
    if (word == KW_END && innermost(f)->cases)
        return TOK_END;
    if (prev == TOK_STRING && f->out > 1 && before(f, 2)->kind == TOK_INTERVAL &&
        keyword_token(word) == TOK_UNIT)
        return TOK_UNIT;
    if ((prev == TOK_TO || prev == TOK_INTERVAL_TYPE) && keyword_token(word) == TOK_UNIT)
        return TOK_UNIT;
    int token = walk_soft_word(f, word);
    if (token == TOK_IGNORE && nulls_are_inside(f))
        return TOK_IGNORE_INSIDE;
    if (token == TOK_RESPECT && nulls_are_inside(f))
        return TOK_RESPECT_INSIDE;
    if (token)
        return token;
    if (class_of == KEYWORD_JOINING)
        return TOK_JOIN_WORD;
    return ahead(f, 1)->kind == TOK_STRING ? TOK_TYPED : TOK_IDENT;
}

bool walk_at_type_pair(const struct filter *f)
{
    const struct token *t = &f->t[f->in], *next = ahead(f, 1);
    if (t->sym < KEYWORDS || next->kind != TOK_IDENT || next->sym < KEYWORDS)
        return false;
    if (text_is(f, next, "PRECISION"))
        return text_is(f, t, "DOUBLE");
    return text_is(f, next, "VARYING") && (text_is(f, t, "CHAR") || text_is(f, t, "NCHAR") ||
                                           text_is(f, t, "CHARACTER") || text_is(f, t, "BINARY"));
}

uint32_t walk_time_zone(const struct filter *f)
{
    const struct token *t = &f->t[f->in];
    if (!is_word(t, KW_WITH) && !text_is(f, t, "WITHOUT"))
        return 0;
    uint32_t n = text_is(f, ahead(f, 1), "LOCAL") ? 2 : 1;
    return text_is(f, ahead(f, n), "TIME") && text_is(f, ahead(f, n + 1), "ZONE") ? n + 2 : 0;
}

/* WITH may stand before those that take a name. */
static const struct {
    const char *words;
    int token;
} clause_rows[] = {
    {"COPY TAGS", TOK_SQL_FLAG},
    {"REQUIRE USER", TOK_SQL_FLAG},
    {"EXECUTE AS OWNER", TOK_SQL_FLAG},
    {"EXECUTE AS CALLER", TOK_SQL_FLAG},
    {"AUTOINCREMENT", TOK_SQL_FLAG},
    {"IDENTITY", TOK_SQL_FLAG},
    {"NOORDER", TOK_SQL_FLAG},
    {"ORDER", TOK_SQL_FLAG},
    {"NOT ENFORCED", TOK_SQL_FLAG},
    {"ENFORCED", TOK_SQL_FLAG},
    {"ROW ACCESS POLICY", TOK_SQL_WORDS},
    {"AGGREGATION POLICY", TOK_SQL_WORDS},
    {"JOIN POLICY", TOK_SQL_WORDS},
    {"STORAGE LIFECYCLE POLICY", TOK_SQL_WORDS},
    {"MASKING POLICY", TOK_SQL_WORDS},
    {"PROJECTION POLICY", TOK_SQL_WORDS},
    {"BACKFILL FROM", TOK_SQL_WORDS},
    {"START AT", TOK_SQL_WORDS},
    {"EXECUTE AS USER", TOK_SQL_WORDS},
    {"CLONE", TOK_SQL_WORDS},
    {"LIKE", TOK_SQL_WORDS},
};

/* Tokens that these words take from token i on; 0 when they do not stand there. */
static uint32_t match_words(const struct filter *f, uint32_t i, const char *words)
{
    uint32_t n = 0;
    while (*words) {
        size_t len = strcspn(words, " ");
        const struct token *t = ahead(f, i + n);
        if (t->kind != TOK_IDENT ||
            !str_eq(sym_text(&f->p->ctx->names, t->sym), str_make(words, len)))
            return 0;
        words += len + (words[len] == ' ');
        n++;
    }
    return n;
}

uint32_t walk_clause_words(const struct filter *f, int *token)
{
    unsigned places = place_of(f);
    if (!(places & (IN_HEAD | IN_COLUMNS)) || (class_before(f) & NAMING) ||
        before(f, 1)->kind == TOK_DOT || before(f, 1)->kind == '=')
        return 0;
    uint32_t with = is_word(ahead(f, 0), KW_WITH);
    for (size_t i = 0; i < sizeof clause_rows / sizeof clause_rows[0]; i++) {
        uint32_t n = match_words(f, with, clause_rows[i].words);
        *token = clause_rows[i].token;
        if (n && ahead(f, with + n)->kind != '=')
            return with + n;
    }
    return 0;
}

/* --- what is never closed -------------------------------------------------------------------- */

/* What the grammar would say of the text behind a bracket that nothing closes is left out: one
 * mistake, one message. */
void walk_report_open(const struct filter *f, uint32_t lo, uint32_t length, const char *closer)
{
    struct parser *p = f->p;
    const struct token *end = &f->t[f->in];
    struct diag *d =
        diag_add(&p->ctx->diags, diag_rule("DT033"), (struct span){p->file, lo, lo + length},
                 "no `%s` closes this", closer);
    diag_label(&p->ctx->diags, d, (struct span){p->file, end->lo, end->hi},
               "what it opens ends here");
    p->errors++;
    *VEC_PUSH(&p->unclosed) = (struct location){lo, end->hi};
}

/* The declaration ends: the innermost bracket is the one that was forgotten. */
void walk_report_unclosed(const struct filter *f)
{
    const struct bracket *b = innermost(f);
    if (b->cases) {
        walk_report_open(f, b->case_lo, 4, "end");
    } else if (f->open.n > 1 && b->kind != BRACKET_BLOCK) {
        walk_report_open(f, b->lo, 1,
                         b->kind == BRACKET_ROUND    ? ")"
                         : b->kind == BRACKET_SQUARE ? "]"
                                                     : "}");
        VEC_LAST(&f->p->unclosed)->lo = f->open.at[1].lo;
    }
}
