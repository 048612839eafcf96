/* soft.c - the tables of soft.h. The walk that uses them is filter.c. */
#include "syntax/soft.h"

#define WORDS_MAX 5
struct soft_rule {
    uint16_t word, places;
    uint64_t before, after;
    uint16_t words[WORDS_MAX];
    int token;
};

#define NO_WORDS                                                                                   \
    {                                                                                              \
        0                                                                                          \
    }
#define W1(a)                                                                                      \
    {                                                                                              \
        KW_##a                                                                                     \
    }
#define W2(a, b)                                                                                   \
    {                                                                                              \
        KW_##a, KW_##b                                                                             \
    }
#define W3(a, b, c)                                                                                \
    {                                                                                              \
        KW_##a, KW_##b, KW_##c                                                                     \
    }
#define W4(a, b, c, d)                                                                             \
    {                                                                                              \
        KW_##a, KW_##b, KW_##c, KW_##d                                                             \
    }
#define W5(a, b, c, d, e)                                                                          \
    {                                                                                              \
        KW_##a, KW_##b, KW_##c, KW_##d, KW_##e                                                     \
    }
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
    {0, CLASS_END},
    {';', CLASS_END},
    {'}', OPERAND},
    {TOK_ITEM_END, CLASS_END},
    {'{', CLASS_BRACE},
    {'(', CLASS_OPEN},
    {')', CLASS_CLOSE | OPERAND},
    {']', OPERAND},
    {',', CLASS_COMMA | CLASS_FROM},
    {TOK_IDENT, CLASS_NAME | OPERAND},
    {TOK_JOIN_WORD, CLASS_NAME | OPERAND},
    {TOK_QUOTED, CLASS_QUOTED | OPERAND},
    {TOK_HOLE, CLASS_QUOTED | OPERAND},
    {TOK_KEY_NAME, OPERAND},
    {TOK_KEY_QUOTED, OPERAND},
    {TOK_TYPE_PAIR, OPERAND},
    {TOK_WITH_ZONE, OPERAND},
    {TOK_NUMBER, CLASS_NUMBER | CLASS_VALUE | OPERAND},
    {TOK_STRING, CLASS_STRING | CLASS_VALUE | OPERAND},
    {TOK_DOLLAR_STRING, CLASS_STRING | CLASS_VALUE | OPERAND},
    {TOK_BINARY, OPERAND},
    {TOK_VARIABLE, CLASS_VALUE | OPERAND},
    {TOK_POSITION, CLASS_VALUE | OPERAND},
    {TOK_BIND, CLASS_VALUE | OPERAND},
    {'?', CLASS_VALUE | OPERAND},
    {TOK_STAGE, OPERAND},
    {TOK_NULL, CLASS_VALUE | OPERAND | CLASS_KEY},
    {TOK_TRUE, OPERAND},
    {TOK_FALSE, OPERAND},
    {TOK_END, OPERAND},
    {TOK_BARE_FUNCTION, OPERAND},
    {TOK_OUTER_MARK, OPERAND},
    {TOK_STAR, CLASS_STAR},
    {TOK_UNIT, OPERAND},
    {TOK_PATTERN_TEXT, OPERAND},
    {TOK_SELECT, SELECTING},
    {TOK_DISTINCT, SELECTING},
    {TOK_ALL, SELECTING | CLASS_ALL},
    {TOK_WITH, CLASS_WITH},
    {TOK_ROW, CLASS_ROWS},
    {TOK_ROWS, CLASS_ROWS},
    {TOK_FETCH, CLASS_FETCH},
    {TOK_FROM, CLASS_FROM | NAMING},
    {TOK_JOIN, CLASS_FROM | NAMING},
    {TOK_LEFT, CLASS_SIDE},
    {TOK_RIGHT, CLASS_SIDE},
    {TOK_FULL, CLASS_SIDE},
    {TOK_INNER, CLASS_SIDE},
    {TOK_CROSS, CLASS_SIDE},
    {TOK_OUTER, CLASS_SIDE},
    {TOK_NULLS, CLASS_NULLS},
    {TOK_IGNORE, CLASS_IGNORE},
    {TOK_RESPECT, CLASS_IGNORE},
    {TOK_IGNORE_INSIDE, CLASS_IGNORE},
    {TOK_RESPECT_INSIDE, CLASS_IGNORE},
    {TOK_FROM_END, CLASS_FROM_END},
    {TOK_INCLUDE, CLASS_IGNORE},
    {TOK_EXCLUDE, CLASS_IGNORE},
    {TOK_FIRST, CLASS_LAST},
    {TOK_LAST, CLASS_LAST},
    {TOK_ASC, CLASS_SORT},
    {TOK_DESC, CLASS_SORT},
    {TOK_BY, 0},
    {TOK_GROUPING, CLASS_GROUPING},
    {TOK_NAMED_ARROW, CLASS_NAMED},
    {TOK_LAG, CLASS_LAG},
    {TOK_ON, CLASS_ON | NAMING},
    {TOK_TO, CLASS_TO},
    {TOK_COPY, CLASS_COPY},
    {TOK_SCHEDULER, CLASS_SCHEDULER},
    {TOK_CHANGE, CLASS_CHANGE},
    {TOK_PREVENT, CLASS_PREVENT},
    {TOK_WHEN, CLASS_WHEN},
    {TOK_IF, CLASS_IF},
    {TOK_MORE, CLASS_MORE},
    {TOK_PRIMARY, CLASS_PRIMARY},
    {TOK_FOREIGN, CLASS_PRIMARY},
    {TOK_KEY, CLASS_KEY},
    {TOK_UNIQUE, CLASS_KEY},
    {TOK_RELY, CLASS_KEY},
    {TOK_NORELY, CLASS_KEY},
    {TOK_TABLE, NAMING},
    {TOK_VIEW, NAMING},
    {TOK_SOURCE, NAMING},
    {TOK_LAYER, NAMING},
    {TOK_ENV, NAMING},
    {TOK_PIPELINE, NAMING},
    {TOK_PARAM, NAMING},
    {TOK_STREAM, NAMING},
    {TOK_TASK, NAMING},
    {TOK_ALERT, NAMING},
    {TOK_PIPE, NAMING},
    {TOK_WAREHOUSE, NAMING},
    {TOK_DATABASE, NAMING},
    {TOK_SCHEMA, NAMING},
    {TOK_ROLE, NAMING},
    {TOK_TAG, NAMING},
    {TOK_EXPECT, NAMING},
    {TOK_OPTION, NAMING},
    {TOK_INTO, NAMING},
    {TOK_TEST, NAMING},
    {TOK_REFRESH, NAMING | CLASS_REFRESH},
    {TOK_SQL_FLAG, CLASS_KEY},
    {TOK_SQL_WORDS, NAMING},
    {TOK_GIVEN, NAMING},
    {TOK_THEN, NAMING},
    {TOK_REFERENCES, NAMING},
    {TOK_AFTER, NAMING},
    {TOK_CONSTRAINT, NAMING},
};

_Static_assert(sizeof rules / sizeof rules[0] <= SOFT_RULES_MAX, "room for every row");

void soft_init(struct soft *soft)
{
    memset(soft, 0, sizeof *soft);
    for (size_t i = 0; i < sizeof class_rows / sizeof class_rows[0]; i++)
        soft->classes[class_rows[i].kind] = class_rows[i].classes;
    for (size_t i = 0; i <= KEYWORDS; i++)
        soft->first_rule[i] = RULES;
    for (size_t i = RULES; i-- > 0;) {
        soft->next_rule[i] = soft->first_rule[rules[i].word];
        soft->first_rule[rules[i].word] = (uint16_t)i;
    }
}

int soft_token(const struct soft *soft, enum keyword word, unsigned places, uint64_t before,
               const struct token *next, uint64_t after)
{
    for (uint32_t i = soft->first_rule[word]; i < RULES; i = soft->next_rule[i]) {
        const struct soft_rule *r = &rules[i];
        if (!(r->places & places) || (r->before && !(r->before & before)))
            continue;
        if ((before & NAMING) && !r->before && (places & (IN_HEAD | IN_COLUMNS)))
            continue; /* `table lag lag 5 minutes`: the first is the name */
        bool fits = r->after == ANY || (r->after & after);
        for (int w = 0; w < WORDS_MAX && r->words[w] && !fits; w++)
            fits = next->kind == TOK_IDENT && next->sym == r->words[w];
        if (fits)
            return r->token;
    }
    return 0;
}
