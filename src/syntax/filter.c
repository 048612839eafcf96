/* filter.c - decides which words are keywords where they stand.
 *
 * Owns: the walk over the tokens between scanner and grammar. Snowflake reserves few words; the others
 * are told apart by their neighbours. Each case is a row of soft.def: place, token before, token after.
 * What the walk remembers is small: the open brackets, with what opened them, and whether it stands at
 * the start of a declaration, in its head, or in a query. It also marks stars, path keys and row commas,
 * and folds statements that are kept raw into one token. */
#include "syntax/filter.h"
#include "base/limits.h"

enum standing {
    AT_START = 1 << 0,   /* first words of a declaration */
    IN_HEAD = 1 << 1,    /* a clause may start: heads and blocks of declarations */
    IN_QUERY = 1 << 2,
    IN_OVER = 1 << 3,
    IN_MATCH = 1 << 4,
    IN_COLUMNS = 1 << 5, /* column definitions */
    IN_PIVOT = 1 << 6,
    IN_UNPIVOT = 1 << 7,
    IN_SEMANTIC = 1 << 8,
    IN_RESAMPLE = 1 << 9,
    IN_SAMPLE = 1 << 10,
    IN_CONNECT = 1 << 11,
    IN_ORDER = 1 << 12,
    ANYWHERE = 0xffff,
};

#define BIT(n) (UINT64_C(1) << (n))
#define CLASS_NAME BIT(0)
#define CLASS_QUOTED BIT(1)
#define CLASS_NUMBER BIT(2)
#define CLASS_STRING BIT(3)
#define CLASS_VALUE BIT(4) /* may be a limit: number, NULL, string, variable, bind */
#define CLASS_OPEN BIT(5)
#define CLASS_CLOSE BIT(6)
#define CLASS_COMMA BIT(7)
#define CLASS_END BIT(8)
#define CLASS_STAR BIT(9)
#define CLASS_BRACE BIT(10)
#define CLASS_WITH BIT(11)
#define CLASS_ROWS BIT(12)
#define CLASS_FETCH BIT(13)
#define CLASS_FROM BIT(14)
#define CLASS_SIDE BIT(15)
#define CLASS_NULLS BIT(16)
#define CLASS_IGNORE BIT(17)
#define CLASS_SORT BIT(18)
#define CLASS_FROM_END BIT(19)
#define CLASS_GROUPING BIT(20)
#define CLASS_NAMED BIT(21)
#define CLASS_LAG BIT(22)
#define CLASS_ON BIT(23)
#define CLASS_TO BIT(24)
#define CLASS_COPY BIT(25)
#define CLASS_SCHEDULER BIT(26)
#define CLASS_CHANGE BIT(27)
#define CLASS_PREVENT BIT(28)
#define CLASS_WHEN BIT(29)
#define CLASS_IF BIT(30)
#define CLASS_MORE BIT(31)
#define CLASS_PRIMARY BIT(32)
#define CLASS_KEY BIT(33)
#define CLASS_ALL BIT(34)
#define SELECTING BIT(35)
#define OPERAND BIT(36)
#define NAMING BIT(37) /* a name must follow */
#define ANY UINT64_MAX

#define WORDS_MAX 5
struct soft_rule {
    uint16_t word, places;
    uint64_t before, after;
    uint16_t words[WORDS_MAX];
    int token;
};

#define NO_WORDS {0}
#define W1(a) {KW_##a}
#define W2(a, b) {KW_##a, KW_##b}
#define W3(a, b, c) {KW_##a, KW_##b, KW_##c}
#define W4(a, b, c, d) {KW_##a, KW_##b, KW_##c, KW_##d}
#define W5(a, b, c, d, e) {KW_##a, KW_##b, KW_##c, KW_##d, KW_##e}
static const struct soft_rule rules[] = {
#define SOFT(word, places, before, after, words, token)                                            \
    {KW_##word, places, before, after, words, TOK_##token},
#include "syntax/soft.def"
#undef SOFT
};
#define RULES (sizeof rules / sizeof rules[0])

/* What a filtered token is for its right neighbour; one row per token that matters. */
struct class_row {
    int kind;
    uint64_t classes;
};

static const struct class_row class_rows[] = {
    {0, CLASS_END}, {';', CLASS_END}, {'}', OPERAND}, {TOK_ITEM_END, CLASS_END}, {'{', CLASS_BRACE},
    {'(', CLASS_OPEN}, {')', CLASS_CLOSE | OPERAND}, {']', OPERAND}, {',', CLASS_COMMA | CLASS_FROM},
    {TOK_IDENT, CLASS_NAME | OPERAND}, {TOK_JOIN_WORD, CLASS_NAME | OPERAND},
    {TOK_QUOTED, CLASS_QUOTED | OPERAND}, {TOK_KEY_NAME, OPERAND},
    {TOK_NUMBER, CLASS_NUMBER | CLASS_VALUE | OPERAND},
    {TOK_STRING, CLASS_STRING | CLASS_VALUE | OPERAND},
    {TOK_DOLLAR_STRING, CLASS_STRING | CLASS_VALUE | OPERAND}, {TOK_BINARY, OPERAND},
    {TOK_VARIABLE, CLASS_VALUE | OPERAND}, {TOK_POSITION, CLASS_VALUE | OPERAND},
    {TOK_BIND, CLASS_VALUE | OPERAND}, {'?', CLASS_VALUE | OPERAND}, {TOK_STAGE, OPERAND},
    {TOK_NULL, CLASS_VALUE | OPERAND | CLASS_KEY}, {TOK_TRUE, OPERAND}, {TOK_FALSE, OPERAND},
    {TOK_END, OPERAND}, {TOK_BARE_FUNCTION, OPERAND}, {TOK_OUTER_MARK, OPERAND},
    {TOK_STAR, CLASS_STAR}, {TOK_UNIT, OPERAND}, {TOK_PATTERN_TEXT, OPERAND},
    {TOK_SELECT, SELECTING}, {TOK_DISTINCT, SELECTING}, {TOK_ALL, SELECTING | CLASS_ALL},
    {TOK_WITH, CLASS_WITH}, {TOK_ROW, CLASS_ROWS}, {TOK_ROWS, CLASS_ROWS},
    {TOK_FETCH, CLASS_FETCH}, {TOK_FROM, CLASS_FROM | NAMING}, {TOK_JOIN, CLASS_FROM | NAMING},
    {TOK_LEFT, CLASS_SIDE}, {TOK_RIGHT, CLASS_SIDE}, {TOK_FULL, CLASS_SIDE},
    {TOK_INNER, CLASS_SIDE}, {TOK_CROSS, CLASS_SIDE}, {TOK_OUTER, CLASS_SIDE},
    {TOK_NULLS, CLASS_NULLS}, {TOK_IGNORE, CLASS_IGNORE}, {TOK_RESPECT, CLASS_IGNORE},
    {TOK_IGNORE_INSIDE, CLASS_IGNORE}, {TOK_RESPECT_INSIDE, CLASS_IGNORE},
    {TOK_FROM_END, CLASS_FROM_END}, {TOK_INCLUDE, CLASS_IGNORE}, {TOK_EXCLUDE, CLASS_IGNORE}, {TOK_ASC, CLASS_SORT},
    {TOK_DESC, CLASS_SORT}, {TOK_BY, 0}, {TOK_GROUPING, CLASS_GROUPING},
    {TOK_NAMED_ARROW, CLASS_NAMED}, {TOK_LAG, CLASS_LAG}, {TOK_ON, CLASS_ON | NAMING},
    {TOK_TO, CLASS_TO}, {TOK_COPY, CLASS_COPY}, {TOK_SCHEDULER, CLASS_SCHEDULER},
    {TOK_CHANGE, CLASS_CHANGE}, {TOK_PREVENT, CLASS_PREVENT}, {TOK_WHEN, CLASS_WHEN},
    {TOK_IF, CLASS_IF}, {TOK_MORE, CLASS_MORE}, {TOK_PRIMARY, CLASS_PRIMARY},
    {TOK_FOREIGN, CLASS_PRIMARY}, {TOK_KEY, CLASS_KEY}, {TOK_UNIQUE, CLASS_KEY},
    {TOK_RELY, CLASS_KEY}, {TOK_NORELY, CLASS_KEY}, {TOK_TABLE, NAMING}, {TOK_VIEW, NAMING},
    {TOK_SOURCE, NAMING}, {TOK_LAYER, NAMING}, {TOK_ENV, NAMING}, {TOK_PIPELINE, NAMING},
    {TOK_PARAM, NAMING}, {TOK_STREAM, NAMING}, {TOK_TASK, NAMING}, {TOK_ALERT, NAMING},
    {TOK_PIPE, NAMING}, {TOK_WAREHOUSE, NAMING}, {TOK_DATABASE, NAMING}, {TOK_SCHEMA, NAMING},
    {TOK_ROLE, NAMING}, {TOK_TAG, NAMING}, {TOK_EXPECT, NAMING}, {TOK_OPTION, NAMING},
    {TOK_INTO, NAMING}, {TOK_TEST, NAMING}, {TOK_REFRESH, NAMING}, {TOK_GIVEN, NAMING},
    {TOK_THEN, NAMING}, {TOK_REFERENCES, NAMING}, {TOK_AFTER, NAMING}, {TOK_CONSTRAINT, NAMING},
};

#define TOKEN_KINDS 700

/* Tables worked out from the rows above, once per file: cheap, and no globals. */
enum bracket_kind { BRACKET_BASE, BRACKET_ROUND, BRACKET_BLOCK, BRACKET_OBJECT, BRACKET_SQUARE };

/* An open bracket; the base is the declaration itself. */
struct bracket {
    uint8_t kind;       /* enum bracket_kind */
    bool ordering;      /* inside ORDER BY at this depth */
    bool values;        /* a row of VALUES: after it a comma may go on with the next row */
    uint16_t place;     /* what the bracket adds to the place */
    uint32_t cases;     /* CASE without END at this depth */
};

struct filter {
    struct parser *p;
    struct token *t;            /* the tokens; borrowed */
    uint32_t n, in, out;        /* read position, write position (never ahead of it) */
    uint64_t classes[TOKEN_KINDS];
    uint16_t first_rule[KEYWORDS + 1], next_rule[RULES]; /* RULES ends a chain */
    enum { START, HEAD, BODY } state;
    int declares;               /* token that began the declaration: TOK_TABLE ... */
    uint32_t sample_at;         /* out position after the latest SAMPLE */
    bool connect;               /* CONNECT BY was seen in this statement */
    VEC(struct bracket) open;   /* [0] is the base */
};

static const struct token end_token = {0};

/* Types of two words, and the words that follow TIMESTAMP. */
static bool text_is(const struct filter *f, const struct token *t, const char *text)
{
    return t->kind == TOK_IDENT && str_is(sym_text(&f->p->ctx->names, t->sym), text);
}

static const struct token *before(const struct filter *f, uint32_t back)
{
    return f->out >= back ? &f->t[f->out - back] : &end_token;
}

static const struct token *ahead(const struct filter *f, uint32_t n)
{
    return f->in + n < f->n ? &f->t[f->in + n] : &f->t[f->n - 1];
}

static bool is_word(const struct token *t, enum keyword word)
{
    return t->kind == TOK_IDENT && t->sym == word;
}

static uint64_t class_before(const struct filter *f)
{
    if (f->out == 0)
        return CLASS_END;
    return f->classes[before(f, 1)->kind];
}

/* The class of a raw token: words that are always keywords are no names. */
static uint64_t class_after(const struct filter *f, const struct token *t)
{
    if (t->kind != TOK_IDENT)
        return t->kind == ':' ? CLASS_VALUE : f->classes[t->kind];
    if (t->sym == KW_NULL)
        return CLASS_VALUE;
    if (t->sym > KW_NONE && t->sym < KEYWORDS && keyword_class_of(t->sym) == KEYWORD_STRICT)
        return 0;
    return CLASS_NAME;
}

static struct bracket *innermost(const struct filter *f)
{
    return VEC_LAST(&f->open);
}

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

static int soft_token(struct filter *f, enum keyword word)
{
    unsigned places = place_of(f);
    uint64_t prev = class_before(f);
    const struct token *next = ahead(f, 1);
    uint64_t after = class_after(f, next);

    for (uint32_t i = f->first_rule[word]; i < RULES; i = f->next_rule[i]) {
        const struct soft_rule *r = &rules[i];
        if (!(r->places & places) || (r->before && !(r->before & prev)))
            continue;
        if ((prev & NAMING) && !r->before && (places & (IN_HEAD | IN_COLUMNS)))
            continue; /* `table lag lag 5 minutes`: the first is the name */
        bool fits = r->after == ANY || (r->after & after);
        for (int w = 0; w < WORDS_MAX && r->words[w] && !fits; w++)
            fits = is_word(next, (enum keyword)r->words[w]);
        if (fits)
            return r->token;
    }
    return 0;
}

/* LIKE, RLIKE ... before a parenthesis are functions, unless an operand stands before them. */
static bool infix_is_function(const struct filter *f)
{
    if (ahead(f, 1)->kind != '(')
        return false;
    const struct token *prev = before(f, 1);
    if (prev->kind == TOK_NOT)
        return !(f->out > 1 && (f->classes[before(f, 2)->kind] & OPERAND));
    return !(class_before(f) & OPERAND);
}

/* NTH_VALUE(...) FROM LAST: not the FROM of a query. */
static bool from_is_end(const struct filter *f)
{
    if (before(f, 1)->kind != ')' || !(is_word(ahead(f, 1), KW_FIRST) || is_word(ahead(f, 1), KW_LAST)))
        return false;
    const struct token *t = ahead(f, 2);
    return is_word(t, KW_OVER) || is_word(t, KW_IGNORE) || is_word(t, KW_RESPECT);
}

/* FIRST_VALUE(a IGNORE NULLS): inside the parentheses. */
static bool nulls_are_inside(const struct filter *f)
{
    return is_word(ahead(f, 1), KW_NULLS) && ahead(f, 2)->kind == ')';
}

static int reserved_token(struct filter *f, enum keyword word)
{
    bool operand = (class_before(f) & OPERAND) != 0;
    switch ((int)word) {
    case KW_LIKE: case KW_ILIKE: case KW_RLIKE: case KW_REGEXP:
        return infix_is_function(f) ? TOK_IDENT : keyword_token(word);
    case KW_INSERT:
        return ahead(f, 1)->kind == '(' && f->state == BODY ? TOK_IDENT : TOK_INSERT;
    case KW_TRUE: case KW_FALSE: case KW_CAST: case KW_TRY_CAST:
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

static int word_token(struct filter *f, const struct token *t)
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
    if (prev == TOK_TO && keyword_token(word) == TOK_UNIT)
        return TOK_UNIT;
    int token = soft_token(f, word);
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

/* --- punctuation ----------------------------------------------------------------------------------- */

static void open_bracket(struct filter *f, enum bracket_kind kind, unsigned place)
{
    *VEC_PUSH(&f->open) = (struct bracket){.kind = (uint8_t)kind, .place = (uint16_t)place};
}

static unsigned place_of_paren(const struct filter *f)
{
    const struct token *prev = before(f, 1);
    switch (prev->kind) {
    case TOK_OVER: return IN_OVER;
    case TOK_MATCH_RECOGNIZE: return IN_MATCH;
    case TOK_PIVOT: return IN_PIVOT;
    case TOK_UNPIVOT: case TOK_NULLS: return IN_UNPIVOT;
    case TOK_SEMANTIC_VIEW: return IN_SEMANTIC;
    case TOK_RESAMPLE: return IN_RESAMPLE;
    default: break;
    }
    bool head = f->state == HEAD && innermost(f)->kind == BRACKET_BASE;
    bool names_table = f->declares == TOK_TABLE || f->declares == TOK_SOURCE ||
                       f->declares == TOK_VIEW;
    if (head && names_table && (f->classes[prev->kind] & (CLASS_NAME | CLASS_QUOTED)))
        return IN_COLUMNS;
    return 0;
}

static void open_paren(struct filter *f)
{
    unsigned place = place_of_paren(f);
    int prev = before(f, 1)->kind;
    open_bracket(f, BRACKET_ROUND, place);
    innermost(f)->values = prev == TOK_VALUES || prev == TOK_ROW_COMMA;
}

/* The innermost open bracket of that kind is closed, with everything left open inside it. */
static bool close_bracket(struct filter *f, enum bracket_kind kind, bool *values)
{
    if (f->open.n <= 1 || innermost(f)->kind != kind)
        return false; /* the grammar reports it */
    *values = innermost(f)->values;
    f->open.n--;
    return true;
}

/* One past the bracket that closes the round one at token i. */
static uint32_t skip_parens(const struct filter *f, uint32_t i)
{
    uint32_t depth = 0;
    for (; i < f->n && f->t[i].kind && f->t[i].kind != ';'; i++) {
        if (f->t[i].kind == '(')
            depth++;
        if (f->t[i].kind == ')' && --depth == 0)
            return i + 1;
    }
    return i;
}

static void put(struct filter *f, int kind)
{
    struct token t = f->t[f->in++];
    t.kind = (uint16_t)kind;
    f->t[f->out++] = t;
}

/* Folds [in, end) into one token whose symbol is its text. */
static void put_raw(struct filter *f, int kind, uint32_t end, sym_t sym)
{
    struct token t = f->t[f->in];
    if (end > f->in)
        t.hi = f->t[end - 1].hi;
    t.kind = (uint16_t)kind;
    t.sym = sym;
    f->in = end;
    f->t[f->out++] = t;
}

static sym_t text_between(const struct filter *f, uint32_t lo, uint32_t hi)
{
    struct str text = f->p->ctx->sources.files.at[f->p->file].text;
    return sym_intern(&f->p->ctx->names, str_trim(str_make(text.p + lo, hi - lo)));
}

/* PATTERN ( ... ): the text between the parentheses becomes one token. */
static void put_pattern(struct filter *f)
{
    uint32_t end = skip_parens(f, f->in);
    put(f, '(');
    if (f->in < end - 1) {
        uint32_t lo = f->t[f->in].lo, hi = f->t[end - 2].hi;
        put_raw(f, TOK_PATTERN_TEXT, end - 1, text_between(f, lo, hi));
    }
    if (f->t[f->in].kind == ')')
        put(f, ')');
}

static bool is_outer_mark(const struct filter *f)
{
    return ahead(f, 1)->kind == '+' && ahead(f, 2)->kind == ')' && (class_before(f) & OPERAND);
}

static void put_outer_mark(struct filter *f)
{
    f->t[f->in].hi = f->t[f->in + 2].hi;
    put(f, TOK_OUTER_MARK);
    f->in += 2;
}

static void put_close(struct filter *f, enum bracket_kind kind)
{
    bool values = false;
    close_bracket(f, kind, &values);
    put(f, f->t[f->in].kind);
    if (values && f->t[f->in].kind == ',' && ahead(f, 1)->kind == '(')
        put(f, TOK_ROW_COMMA);
}

static void put_colon(struct filter *f)
{
    int prev = before(f, 1)->kind;
    bool pair = prev == TOK_STRING && innermost(f)->kind == BRACKET_OBJECT;
    if (!pair && f->out && (f->classes[prev] & OPERAND)) {
        put(f, TOK_PATH_COLON);
        return;
    }
    const struct token *next = ahead(f, 1);
    if (!pair && (next->kind == TOK_IDENT || next->kind == TOK_NUMBER)) {
        sym_t sym = next->sym;
        put_raw(f, TOK_BIND, f->in + 2, sym);
        return;
    }
    put(f, ':');
}

static void end_declaration(struct filter *f)
{
    f->open.n = 1;
    *innermost(f) = (struct bracket){.kind = BRACKET_BASE};
    f->state = START;
    f->declares = 0;
    f->connect = false;
    f->sample_at = 0;
}

static void put_punctuation(struct filter *f)
{
    int kind = f->t[f->in].kind;
    switch (kind) {
    case '(':
        if (is_outer_mark(f)) {
            put_outer_mark(f);
        } else if (before(f, 1)->kind == TOK_PATTERN) {
            put_pattern(f);
        } else {
            open_paren(f);
            put(f, kind);
        }
        break;
    case ')':
        put_close(f, BRACKET_ROUND);
        break;
    case '[':
        open_bracket(f, BRACKET_SQUARE, 0);
        put(f, kind);
        break;
    case ']':
        put_close(f, BRACKET_SQUARE);
        break;
    case '{':
        open_bracket(f, f->state == HEAD && innermost(f)->kind <= BRACKET_BLOCK &&
                            innermost(f)->kind != BRACKET_ROUND
                            ? BRACKET_BLOCK : BRACKET_OBJECT, 0);
        put(f, innermost(f)->kind == BRACKET_BLOCK ? TOK_BLOCK : '{');
        break;
    case '}': {
        bool block = innermost(f)->kind == BRACKET_BLOCK;
        f->t[f->in].kind = block ? TOK_BLOCK_END : '}';
        put_close(f, block ? BRACKET_BLOCK : BRACKET_OBJECT);
        if (block && f->open.n == 1)
            end_declaration(f);
        break;
    }
    case ';':
        if (innermost(f)->kind == BRACKET_BLOCK) {
            put(f, TOK_ITEM_END);
            break;
        }
        end_declaration(f);
        put(f, kind);
        break;
    case ':':
        put_colon(f);
        break;
    case '*':
        put(f, class_before(f) & OPERAND ? '*' : TOK_STAR);
        break;
    case TOK_DOT:
        put(f, before(f, 1)->kind == TOK_KEY_NAME || before(f, 1)->kind == ']' ? TOK_PATH_DOT
                                                                              : TOK_DOT);
        break;
    default:
        put(f, kind);
        break;
    }
}

/* --- declarations ------------------------------------------------------------------------------------ */

/* A task's or an alert's statement, an unbuilt declaration, a SQL statement: one token. */
static void put_statement(struct filter *f, int kind)
{
    uint32_t end = statement_end(f->p, f->t, f->n, f->in);
    if (end == f->in)
        return;
    uint32_t first = f->in;
    struct token whole = f->t[first];
    if (kind == TOK_OPAQUE) {
        statement_names(f->p, &f->t[first], end - first, true);
        put_raw(f, kind, end, statement_head(f->p, &f->t[first], end - first));
        return;
    }
    statement_names(f->p, &f->t[first], end - first, false);
    put_raw(f, kind, end, text_between(f, whole.lo, f->t[end - 1].hi));
}

static void put_not_built(struct filter *f)
{
    uint32_t end = f->in, depth = 0;
    for (; f->t[end].kind; end++) {
        if (f->t[end].kind == '{')
            depth++;
        if (f->t[end].kind == '}' && depth && --depth == 0) {
            end++;
            break;
        }
        if (f->t[end].kind == ';' && depth == 0)
            break;
    }
    uint32_t word = f->in;
    while (keyword_token((enum keyword)f->t[word].sym) != TOK_NOT_BUILT)
        word++; /* past the layer's name */
    put_raw(f, TOK_NOT_BUILT, end, f->t[word].sym);
}

static bool starts_unbuilt(const struct token *t)
{
    return t->kind == TOK_IDENT && t->sym < KEYWORDS && t->sym > KW_NONE &&
           keyword_token((enum keyword)t->sym) == TOK_NOT_BUILT;
}

/* `gold table ...`: a name and then a word that declares. */
static int declaring_token(const struct token *t)
{
    if (t->kind != TOK_IDENT)
        return 0;
    switch ((int)t->sym) {
    case KW_TABLE: return TOK_TABLE;
    case KW_VIEW: return TOK_VIEW;
    case KW_STATIC: return TOK_STATIC;
    case KW_TASK: return TOK_TASK;
    case KW_ALERT: return TOK_ALERT;
    case KW_STREAM: return TOK_STREAM;
    case KW_PIPE: return TOK_PIPE;
    default: return 0;
    }
}

static void enter_head(struct filter *f, int declares)
{
    f->state = HEAD;
    f->declares = declares;
}

/* The first words of a declaration; leaves the state START only for stray punctuation. */
static void start_declaration(struct filter *f)
{
    const struct token *t = &f->t[f->in], *next = ahead(f, 1);
    if (t->kind == '(' || is_word(t, KW_SELECT) || is_word(t, KW_WITH) || is_word(t, KW_VALUES)) {
        f->state = BODY;
        return;
    }
    if (t->kind != TOK_IDENT && t->kind != TOK_QUOTED) {
        put_punctuation(f);
        return;
    }
    if (f->p->mode == PARSE_DTL) {
        if (starts_unbuilt(t) && class_after(f, next) & (CLASS_NAME | CLASS_QUOTED)) {
            put_not_built(f);
            return;
        }
        if (starts_unbuilt(next) && !statement_is_head(f->p, t)) {
            put_not_built(f);
            return;
        }
        int soft = t->kind == TOK_IDENT && t->sym < KEYWORDS && t->sym > KW_NONE
                       ? soft_token(f, (enum keyword)t->sym) : 0;
        if (is_word(t, KW_TABLE))
            soft = TOK_TABLE;
        if (soft) {
            put(f, soft);
            enter_head(f, soft == TOK_STATIC ? TOK_TABLE : soft);
            return;
        }
        if (declaring_token(next) && !statement_is_head(f->p, t)) {
            put(f, t->kind == TOK_QUOTED ? TOK_QUOTED : TOK_IDENT);
            int kind = declaring_token(next);
            put(f, kind);
            enter_head(f, kind == TOK_STATIC ? TOK_TABLE : kind);
            return;
        }
        if (!statement_is_head(f->p, t)) {
            put(f, t->kind == TOK_QUOTED ? TOK_QUOTED : TOK_IDENT);
            f->state = HEAD; /* the grammar says what was expected */
            return;
        }
    }
    put_statement(f, TOK_OPAQUE);
}

/* DOUBLE PRECISION, CHAR VARYING: two words, one type. */
static bool is_type_pair(const struct filter *f)
{
    const struct token *t = &f->t[f->in], *next = ahead(f, 1);
    if (t->sym < KEYWORDS || next->kind != TOK_IDENT || next->sym < KEYWORDS)
        return false;
    if (text_is(f, next, "PRECISION"))
        return text_is(f, t, "DOUBLE");
    return text_is(f, next, "VARYING") && (text_is(f, t, "CHAR") || text_is(f, t, "NCHAR") ||
                                           text_is(f, t, "CHARACTER") || text_is(f, t, "BINARY"));
}

/* WITH TIME ZONE, WITH LOCAL TIME ZONE, WITHOUT TIME ZONE: tokens it takes, 0 when it is none. */
static uint32_t time_zone_words(const struct filter *f)
{
    const struct token *t = &f->t[f->in];
    if (!is_word(t, KW_WITH) && !text_is(f, t, "WITHOUT"))
        return 0;
    uint32_t n = text_is(f, ahead(f, 1), "LOCAL") ? 2 : 1;
    return text_is(f, ahead(f, n), "TIME") && text_is(f, ahead(f, n + 1), "ZONE") ? n + 2 : 0;
}

static void put_words(struct filter *f, int kind, uint32_t n)
{
    struct buf words;
    buf_init(&words);
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_putc(&words, ' ');
        buf_str(&words, sym_text(&f->p->ctx->names, f->t[f->in + i].sym));
    }
    put_raw(f, kind, f->in + n, sym_intern(&f->p->ctx->names, buf_view(&words)));
    buf_fini(&words);
}

/* What a word that was just put changes in the walk. */
static void after_word(struct filter *f, int kind)
{
    struct bracket *b = innermost(f);
    switch (kind) {
    case TOK_CASE: b->cases++; break;
    case TOK_END: b->cases--; break;
    case TOK_CONNECT: f->connect = true; break;
    case TOK_SAMPLE: case TOK_TABLESAMPLE: f->sample_at = f->out; break;
    case TOK_ORDER: b->ordering = true; break;
    case TOK_SELECT: case TOK_UNION: case TOK_LIMIT: case TOK_MEASURES: b->ordering = false; break;
    case TOK_AS:
        if (f->state != HEAD || b->kind != BRACKET_BASE)
            break;
        f->state = BODY;
        if (f->declares == TOK_TASK)
            put_statement(f, TOK_RAW_STATEMENT);
        break;
    case TOK_THEN:
        if (f->state == HEAD && f->declares == TOK_ALERT && b->kind == BRACKET_BASE)
            put_statement(f, TOK_RAW_STATEMENT);
        break;
    default: break;
    }
}

static void put_word(struct filter *f)
{
    const struct token *t = &f->t[f->in];
    uint32_t zone = time_zone_words(f);
    if (zone) {
        put_words(f, TOK_WITH_ZONE, zone);
        return;
    }
    if (is_type_pair(f)) {
        put_words(f, TOK_TYPE_PAIR, 2);
        return;
    }
    int kind = t->kind == TOK_QUOTED && (before(f, 1)->kind == TOK_PATH_COLON ||
                                         before(f, 1)->kind == TOK_PATH_DOT)
                   ? TOK_KEY_QUOTED
               : t->kind == TOK_QUOTED ? TOK_QUOTED : word_token(f, t);
    put(f, kind);
    after_word(f, kind);
}

/* Brackets that are open too deep: reported once, and the declaration is skipped. */
static void refuse_nesting(struct filter *f)
{
    struct token *t = &f->t[f->in];
    diag_add(&f->p->ctx->diags, diag_rule("DT006"), (struct span){f->p->file, t->lo, t->hi},
             "bracket number %u inside others stands here; the limit is %u", f->open.n,
             (unsigned)LIMIT_NESTING);
    f->p->errors++;
    f->p->ctx->limit_hit = true;
    while (f->t[f->in].kind && f->t[f->in].kind != ';')
        f->in++;
    t->kind = TOK_REFUSED;
    t->hi = t->lo;
    f->t[f->out++] = *t;
}

static void filter_init(struct filter *f, struct parser *p)
{
    *f = (struct filter){.p = p, .t = p->tokens.all.at, .n = p->tokens.all.n};
    for (size_t i = 0; i < sizeof class_rows / sizeof class_rows[0]; i++)
        f->classes[class_rows[i].kind] = class_rows[i].classes;
    for (size_t i = 0; i <= KEYWORDS; i++)
        f->first_rule[i] = RULES;
    for (size_t i = RULES; i-- > 0;) {
        f->next_rule[i] = f->first_rule[rules[i].word];
        f->first_rule[rules[i].word] = (uint16_t)i;
    }
    open_bracket(f, BRACKET_BASE, 0);
}

/* The last declaration may lack its semicolon: it gets one, so that the grammar always has an end to
 * recover at. */
static void end_text(struct filter *f)
{
    struct token end = f->t[f->in];
    bool ended = f->out == 0 || before(f, 1)->kind == ';' || before(f, 1)->kind == TOK_BLOCK_END ||
                 before(f, 1)->kind == TOK_NOT_BUILT;
    VEC_RESERVE(&f->p->tokens.all, f->out + 2);
    f->t = f->p->tokens.all.at;
    if (!ended) {
        uint32_t hi = before(f, 1)->hi;
        f->t[f->out++] = (struct token){';', 0, hi, hi, 0};
    }
    f->t[f->out++] = end;
}

void filter_tokens(struct parser *p)
{
    struct filter f;
    filter_init(&f, p);
    while (f.t[f.in].kind) {
        int kind = f.t[f.in].kind;
        if (f.open.n > LIMIT_NESTING)
            refuse_nesting(&f);
        else if (f.state == START)
            start_declaration(&f);
        else if (kind == TOK_IDENT || kind == TOK_QUOTED)
            put_word(&f);
        else
            put_punctuation(&f);
    }
    end_text(&f);
    p->tokens.all.n = f.out;
    VEC_FINI(&f.open);
}
