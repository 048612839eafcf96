/* walk.h - the state of the token filter and looks at its neighbourhood. Private to filter.c and
 * walk.c. */
#ifndef DTC_SYNTAX_WALK_H
#define DTC_SYNTAX_WALK_H

#include "syntax/filter.h"
#include "syntax/soft.h"

enum bracket_kind { BRACKET_BASE, BRACKET_ROUND, BRACKET_BLOCK, BRACKET_OBJECT, BRACKET_SQUARE };

/* An open bracket; the base is the declaration itself. */
struct bracket {
    uint8_t kind;     /* enum bracket_kind */
    bool ordering;    /* inside ORDER BY at this depth */
    bool values;      /* a row of VALUES: after it a comma may go on with the next row */
    uint16_t place;   /* what the bracket adds to the place */
    uint32_t lo;      /* where it opens */
    uint32_t cases;   /* CASE without END at this depth */
    uint32_t case_lo; /* the latest of them */
};

struct filter {
    struct parser *p;
    struct token *t;     /* the tokens; borrowed */
    uint32_t n, in, out; /* read position, write position (never ahead of it) */
    struct soft soft;
    enum { START, HEAD, BODY } state;
    int declares;             /* token that began the declaration: TOK_TABLE ... */
    uint32_t sample_at;       /* out position after the latest SAMPLE */
    bool sql;                 /* the head of a CREATE statement */
    bool connect;             /* CONNECT BY was seen in this statement */
    VEC(struct bracket) open; /* [0] is the base */
};

/* Types of two words, and the words that follow TIMESTAMP. */
static inline bool text_is(const struct filter *f, const struct token *t, const char *text)
{
    return t->kind == TOK_IDENT && str_is(sym_text(&f->p->ctx->names, t->sym), text);
}

static inline const struct token *before(const struct filter *f, uint32_t back)
{
    static const struct token none = {0};
    return f->out >= back ? &f->t[f->out - back] : &none;
}

static inline const struct token *ahead(const struct filter *f, uint32_t n)
{
    return f->in + n < f->n ? &f->t[f->in + n] : &f->t[f->n - 1];
}

static inline bool is_word(const struct token *t, enum keyword word)
{
    return t->kind == TOK_IDENT && t->sym == word;
}

static inline uint64_t class_before(const struct filter *f)
{
    if (f->out == 0)
        return CLASS_END;
    return f->soft.classes[before(f, 1)->kind];
}

/* The class of a raw token: words that are always keywords are no names. */
static inline uint64_t class_after(const struct filter *f, const struct token *t)
{
    if (t->kind != TOK_IDENT)
        return t->kind == ':' ? CLASS_VALUE : f->soft.classes[t->kind];
    if (t->sym == KW_NULL)
        return CLASS_VALUE;
    if (t->sym > KW_NONE && t->sym < KEYWORDS && keyword_class_of(t->sym) == KEYWORD_STRICT)
        return 0;
    return CLASS_NAME;
}

static inline struct bracket *innermost(const struct filter *f)
{
    return VEC_LAST(&f->open);
}

/* The keyword token that a word becomes where it stands by soft.def; 0 for a name. */
int walk_soft_word(const struct filter *f, enum keyword word);
/* The token that the word at the read position becomes. */
int walk_word(const struct filter *f, const struct token *t);
/* DOUBLE PRECISION, CHAR VARYING at the read position: two words, one type. */
bool walk_at_type_pair(const struct filter *f);
/* WITH TIME ZONE, WITH LOCAL TIME ZONE, WITHOUT TIME ZONE: how many tokens; 0 when it is none. */
uint32_t walk_time_zone(const struct filter *f);

/* Clauses of CREATE statements that are words only (COPY TAGS, ROW ACCESS POLICY ...): how many
 * tokens at the read position, and the token they become; 0 when none of them stands there. */
uint32_t walk_clause_words(const struct filter *f, int *token);

/* Reports something opened at lo that nothing closes before the read position, and mutes the
 * grammar for the text between. */
void walk_report_open(const struct filter *f, uint32_t lo, uint32_t length, const char *closer);
/* At the end of a declaration: what is still open. */
void walk_report_unclosed(const struct filter *f);

#endif
