/* keywords.h - the words of grammar/keywords.def as numbers: a keyword's symbol is its number. */
#ifndef DTC_SYNTAX_KEYWORDS_H
#define DTC_SYNTAX_KEYWORDS_H

#include "base/sym.h"

enum keyword {
    KW_NONE,
#define KEYWORD(word, class, token) KW_##word,
#include "keywords.def"
#undef KEYWORD
    KEYWORDS
};

enum keyword_class {
    KEYWORD_STRICT,
    KEYWORD_RESERVED,
    KEYWORD_JOINING,
    KEYWORD_BARE,
    KEYWORD_SOFT
};

/* The word in upper case; "" for KW_NONE. */
const char *keyword_text(enum keyword word);
enum keyword_class keyword_class_of(enum keyword word);
/* The token of the row: enum dtl_tokentype. */
int keyword_token(enum keyword word);
/* Would this upper-case text be taken for a keyword where a name is meant, unless it is quoted? */
bool keyword_is_reserved(struct str upper);

#endif
