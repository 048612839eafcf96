/* soft.h - where soft words are keywords: the rows of soft.def, and what tokens are to their
 * neighbours. Private to src/syntax. */
#ifndef DTC_SYNTAX_SOFT_H
#define DTC_SYNTAX_SOFT_H

#include "syntax/parser.h"

/* Where the filter stands; or-ed. */
enum standing {
    AT_START = 1 << 0, /* first words of a declaration */
    IN_HEAD = 1 << 1,  /* a clause may start: heads and blocks of declarations */
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

/* What a token is for its neighbours; or-ed. */
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
#define CLASS_LAST BIT(38) /* FIRST, LAST */
#define CLASS_REFRESH BIT(39)
#define NAMING BIT(37) /* a name must follow */
#define ANY UINT64_MAX

#define TOKEN_KINDS 700
#define SOFT_RULES_MAX 256

/* Worked out from the tables once per file: cheap, and no globals. */
struct soft {
    uint64_t classes[TOKEN_KINDS];
    uint16_t first_rule[KEYWORDS + 1], next_rule[SOFT_RULES_MAX];
};

void soft_init(struct soft *soft);
/* The token that `word` becomes at these places, after a token of classes `before`, followed by
 * `next` of classes `after`; 0 when it is a name. */
int soft_token(const struct soft *soft, enum keyword word, unsigned places, uint64_t before,
               const struct token *next, uint64_t after);

#endif
