/* str.h - a borrowed view of bytes: pointer and length, never owned, not NUL-terminated. */
#ifndef DTC_BASE_STR_H
#define DTC_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *p; /* borrowed; may be NULL when n is 0 */
    size_t n;
};

/* For printf: printf("%" STR_F, STR_A(s)). */
#define STR_F ".*s"
#define STR_A(s) (int)(s).n, (s).p
#define STR_LIT(lit) ((struct str){"" lit, sizeof(lit) - 1})
/* The same as an initializer of a static table, where a compound literal may not stand. */
#define STR_INIT(lit) {"" lit, sizeof(lit) - 1}

static inline struct str str_from(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

static inline struct str str_make(const char *p, size_t n)
{
    return (struct str){p, n};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool str_is(struct str a, const char *text)
{
    return str_eq(a, str_from(text));
}

/* Bytewise order; shorter first when one is a prefix of the other. */
int str_cmp(struct str a, struct str b);
/* ASCII case-insensitive equality. */
bool str_eq_nocase(struct str a, struct str b);
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
/* Without leading and trailing ASCII blanks, tabs and line ends. */
struct str str_trim(struct str s);

#endif
