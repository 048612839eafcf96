/* filter.c - decides which words are keywords where they stand.
 *
 * Owns: the walk over the tokens between scanner and grammar. Snowflake reserves few words; the
 * others are told apart by their neighbours. Each case is a row of soft.def: place, token before,
 * token after. What the walk remembers is small: the open brackets, with what opened them, and
 * whether it stands at the start of a declaration, in its head, or in a query. It also marks stars,
 * path keys and row commas, and folds statements that are kept raw into one token. */
#include "syntax/walk.h"
#include "base/limits.h"

/* --- punctuation
 * ----------------------------------------------------------------------------------- */

static void open_bracket(struct filter *f, enum bracket_kind kind, unsigned place)
{
    uint32_t lo = f->in < f->n ? f->t[f->in].lo : 0;
    *VEC_PUSH(&f->open) =
        (struct bracket){.kind = (uint8_t)kind, .place = (uint16_t)place, .lo = lo};
}

static unsigned place_of_paren(const struct filter *f)
{
    const struct token *prev = before(f, 1);
    switch (prev->kind) {
    case TOK_OVER:
        return IN_OVER;
    case TOK_MATCH_RECOGNIZE:
        return IN_MATCH;
    case TOK_PIVOT:
        return IN_PIVOT;
    case TOK_UNPIVOT:
    case TOK_NULLS:
        return IN_UNPIVOT;
    case TOK_SEMANTIC_VIEW:
        return IN_SEMANTIC;
    case TOK_RESAMPLE:
        return IN_RESAMPLE;
    default:
        break;
    }
    bool head = f->state == HEAD && innermost(f)->kind == BRACKET_BASE;
    bool names_table =
        f->declares == TOK_TABLE || f->declares == TOK_SOURCE || f->declares == TOK_VIEW;
    if (head && names_table && (f->soft.classes[prev->kind] & (CLASS_NAME | CLASS_QUOTED)))
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
    if (innermost(f)->cases)
        walk_report_open(f, innermost(f)->case_lo, 4, "end");
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
    if (!pair && f->out && (f->soft.classes[prev] & OPERAND)) {
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
    f->sql = false;
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
        open_bracket(f,
                     f->state == HEAD && innermost(f)->kind <= BRACKET_BLOCK &&
                             innermost(f)->kind != BRACKET_ROUND
                         ? BRACKET_BLOCK
                         : BRACKET_OBJECT,
                     0);
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
        walk_report_unclosed(f);
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

/* --- declarations
 * ------------------------------------------------------------------------------------ */

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
        uint32_t words;
        put_raw(f, kind, end, statement_head(f->p, &f->t[first], end - first, &words));
        return;
    }
    statement_names(f->p, &f->t[first], end - first, false);
    put_raw(f, kind, end, text_between(f, whole.lo, f->t[end - 1].hi));
}

static bool starts_unbuilt(const struct token *t)
{
    return t->kind == TOK_IDENT && t->sym < KEYWORDS && t->sym > KW_NONE &&
           keyword_token((enum keyword)t->sym) == TOK_NOT_BUILT;
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
    while (!starts_unbuilt(&f->t[word]))
        word++; /* past the layer's name */
    bool two = is_word(&f->t[word], KW_FEATURE) || is_word(&f->t[word], KW_TRAINING);
    const struct token *last = &f->t[two ? word + 1 : word];
    put_raw(f, TOK_NOT_BUILT, end, text_between(f, f->t[word].lo, last->hi));
}

/* `gold table ...`: a name and then a word that declares. */
static int declaring_token(const struct token *t)
{
    if (t->kind != TOK_IDENT)
        return 0;
    switch ((int)t->sym) {
    case KW_TABLE:
        return TOK_TABLE;
    case KW_VIEW:
        return TOK_VIEW;
    case KW_STATIC:
        return TOK_STATIC;
    case KW_TASK:
        return TOK_TASK;
    case KW_ALERT:
        return TOK_ALERT;
    case KW_STREAM:
        return TOK_STREAM;
    case KW_PIPE:
        return TOK_PIPE;
    default:
        return 0;
    }
}

/* Words that begin no statement: clause words, and those of Snowflake Scripting outside a block. */
static bool refuses_to_start(const struct filter *f, const struct token *t)
{
    static const char *const scripting[] = {"LET",   "IF",       "FOR",    "WHILE",
                                            "LOOP",  "REPEAT",   "RETURN", "RAISE",
                                            "BREAK", "CONTINUE", "ELSEIF", "END"};
    if (statement_is_head(f->p, t))
        return false;
    if (t->kind != TOK_IDENT ||
        (t->sym && t->sym < KEYWORDS && keyword_class_of((enum keyword)t->sym) == KEYWORD_STRICT))
        return true;
    for (size_t i = 0; i < sizeof scripting / sizeof scripting[0]; i++)
        if (text_is(f, t, scripting[i]))
            return true;
    return false;
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

static int sql_token(struct str head)
{
    static const struct {
        const char *object;
        int token;
    } rows[] = {{"DYNAMIC TABLE", TOK_SQL_DYNAMIC},
                {"DYNAMIC ICEBERG TABLE", TOK_SQL_DYNAMIC},
                {"TABLE", TOK_SQL_TABLE},
                {"ICEBERG TABLE", TOK_SQL_TABLE},
                {"VIEW", TOK_SQL_VIEW},
                {"STREAM", TOK_SQL_STREAM},
                {"TASK", TOK_SQL_TASK},
                {"ALERT", TOK_SQL_ALERT},
                {"PIPE", TOK_SQL_PIPE}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t n = strlen(rows[i].object);
        if (head.n > n && head.p[head.n - n - 1] == ' ' && str_ends(head, rows[i].object) &&
            (head.n == n + 7 && (str_starts(head, "CREATE ") || str_starts(head, "DEFINE "))))
            return rows[i].token;
    }
    return 0;
}

/* CREATE or DEFINE of something that the grammar reads: its head words become one token. */
static bool put_sql(struct filter *f)
{
    const struct token *t = &f->t[f->in];
    if (!text_is(f, t, "CREATE") && !text_is(f, t, "DEFINE"))
        return false;
    uint32_t end = statement_end(f->p, f->t, f->n, f->in), words;
    struct str head = sym_text(&f->p->ctx->names, statement_head(f->p, t, end - f->in, &words));
    int token = sql_token(head);
    if (!token || words >= end - f->in)
        return false;
    put_words(f, token, words);
    f->state = HEAD;
    f->sql = true;
    f->declares = token == TOK_SQL_VIEW                            ? TOK_VIEW
                  : token == TOK_SQL_TASK || token == TOK_SQL_PIPE ? TOK_TASK
                  : token == TOK_SQL_ALERT                         ? TOK_ALERT
                                                                   : TOK_TABLE;
    return true;
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
    if (t->kind == TOK_HOLE && next->kind == TOK_IDENT) { /* {{ config(...) }} before a statement */
        f->in++;
        return;
    }
    if (t->kind == '(' || is_word(t, KW_SELECT) || is_word(t, KW_WITH) || is_word(t, KW_VALUES)) {
        f->state = BODY;
        return;
    }
    if (t->kind != TOK_IDENT && t->kind != TOK_QUOTED) {
        put_punctuation(f);
        return;
    }
    if (f->p->mode == PARSE_DTL) {
        bool named = class_after(f, next) & (CLASS_NAME | CLASS_QUOTED) || is_word(next, KW_SET);
        if (starts_unbuilt(t) && named) {
            put_not_built(f);
            return;
        }
        if (starts_unbuilt(next) && !statement_is_head(f->p, t)) {
            put_not_built(f);
            return;
        }
        int soft = t->kind == TOK_IDENT && t->sym < KEYWORDS && t->sym > KW_NONE
                       ? walk_soft_word(f, (enum keyword)t->sym)
                       : 0;
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
    if (refuses_to_start(f, t)) {
        put(f, TOK_RESERVED_WORD);
        f->state = HEAD;
        return;
    }
    if (!put_sql(f))
        put_statement(f, TOK_OPAQUE);
}

/* REFRESH USING ( statement ): kept raw. */
static void put_refresh_using(struct filter *f)
{
    if (f->t[f->in].kind != '(')
        return;
    uint32_t end = skip_parens(f, f->in), first = f->in + 1;
    if (end < first + 2)
        return;
    put(f, '(');
    statement_names(f->p, &f->t[first], end - 1 - first, false);
    put_raw(f, TOK_RAW_STATEMENT, end - 1, text_between(f, f->t[first].lo, f->t[end - 2].hi));
    put(f, ')');
}

/* What a word that was just put changes in the walk. */
static void after_word(struct filter *f, int kind)
{
    struct bracket *b = innermost(f);
    switch (kind) {
    case TOK_CASE:
        b->cases++;
        b->case_lo = before(f, 1)->lo;
        break;
    case TOK_END:
        b->cases -= b->cases > 0; /* the END of a CHANGES clause ends no CASE */
        break;
    case TOK_CONNECT:
        f->connect = true;
        break;
    case TOK_SAMPLE:
    case TOK_TABLESAMPLE:
        f->sample_at = f->out;
        break;
    case TOK_ORDER:
        b->ordering = true;
        break;
    case TOK_SELECT:
    case TOK_UNION:
    case TOK_LIMIT:
    case TOK_MEASURES:
        b->ordering = false;
        break;
    case TOK_AS:
        if (f->state != HEAD || b->kind != BRACKET_BASE)
            break;
        f->state = BODY;
        if (f->declares == TOK_TASK)
            put_statement(f, TOK_RAW_STATEMENT);
        break;
    case TOK_USING:
        if (f->sql && f->state == HEAD && before(f, 2)->kind == TOK_REFRESH)
            put_refresh_using(f);
        break;
    case TOK_THEN:
        if (f->state == HEAD && f->declares == TOK_ALERT && b->kind == BRACKET_BASE)
            put_statement(f, TOK_RAW_STATEMENT);
        break;
    default:
        break;
    }
}

static void put_word(struct filter *f)
{
    const struct token *t = &f->t[f->in];
    uint32_t zone = walk_time_zone(f);
    if (zone) {
        put_words(f, TOK_WITH_ZONE, zone);
        return;
    }
    if (walk_at_type_pair(f)) {
        put_words(f, TOK_TYPE_PAIR, 2);
        return;
    }
    int words = 0;
    uint32_t clause = f->sql && f->state == HEAD ? walk_clause_words(f, &words) : 0;
    if (clause) {
        put_words(f, words, clause);
        return;
    }
    int kind = t->kind == TOK_QUOTED &&
                       (before(f, 1)->kind == TOK_PATH_COLON || before(f, 1)->kind == TOK_PATH_DOT)
                   ? TOK_KEY_QUOTED
               : t->kind == TOK_QUOTED ? TOK_QUOTED
                                       : walk_word(f, t);
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
    struct token refused = *t;
    refused.kind = TOK_REFUSED;
    refused.hi = refused.lo;
    while (f->t[f->in].kind && f->t[f->in].kind != ';')
        f->in++;
    f->t[f->out++] = refused;
    end_declaration(f);
}

static void filter_init(struct filter *f, struct parser *p)
{
    *f = (struct filter){.p = p, .t = p->tokens.all.at, .n = p->tokens.all.n};
    soft_init(&f->soft);
    open_bracket(f, BRACKET_BASE, 0);
}

/* The last declaration may lack its semicolon: it gets one, so that the grammar always has an end
 * to recover at. */
static void end_text(struct filter *f)
{
    struct token end = f->t[f->in];
    bool ended = f->out == 0 || before(f, 1)->kind == ';' || before(f, 1)->kind == TOK_BLOCK_END ||
                 before(f, 1)->kind == TOK_NOT_BUILT;
    VEC_RESERVE(&f->p->tokens.all, f->out + 2);
    f->t = f->p->tokens.all.at;
    if (!ended) {
        walk_report_unclosed(f);
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
