/* keywords.c - what grammar/keywords.def says, as one table. Owns nothing. */
#include "syntax/keywords.h"
#include "syntax/parser.h"

struct row {
    const char *text;
    enum keyword_class class_of;
    int token;
};

static const struct row rows[KEYWORDS] = {
    [KW_NONE] = {"", KEYWORD_SOFT, 0},
#define KEYWORD(word, class, token) [KW_##word] = {#word, KEYWORD_##class, TOK_##token},
#include "keywords.def"
#undef KEYWORD
};

const char *keyword_text(enum keyword word)
{
    return rows[word].text;
}

enum keyword_class keyword_class_of(enum keyword word)
{
    return rows[word].class_of;
}

int keyword_token(enum keyword word)
{
    return rows[word].token;
}

bool keyword_is_reserved(struct str upper)
{
    for (int i = 1; i < KEYWORDS; i++)
        if (rows[i].class_of != KEYWORD_SOFT && str_is(upper, rows[i].text))
            return true;
    return false;
}
