/* utf8.c - Unicode questions, answered by utf8proc.
 *
 * Owns the fast way over ASCII, which is nearly all of the input; code points, validity and width
 * are utf8proc's. The only file that includes utf8proc.h. */
#include "base/utf8.h"

#include <utf8proc.h>

/* Length of the run of ASCII bytes from at. */
static size_t ascii_end(struct str s, size_t at)
{
    for (; s.n - at >= 8; at += 8) {
        uint64_t word;
        memcpy(&word, s.p + at, 8);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < s.n && (unsigned char)s.p[at] < 0x80)
        at++;
    return at;
}

/* Length of the valid code point at s.p, or 0. */
static size_t decode(struct str s, int32_t *cp)
{
    utf8proc_ssize_t left = s.n < 4 ? (utf8proc_ssize_t)s.n : 4;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p, left, cp);
    return n > 0 ? (size_t)n : 0;
}

size_t utf8_check(struct str s)
{
    size_t at = ascii_end(s, 0);
    while (at < s.n) {
        int32_t cp;
        size_t n = decode(str_make(s.p + at, s.n - at), &cp);
        if (n == 0)
            return at;
        at = ascii_end(s, at + n);
    }
    return s.n;
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n; i++)
        count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return count;
}

size_t utf8_width(struct str s)
{
    size_t width = 0;
    size_t at = 0;
    while (at < s.n) {
        int32_t cp;
        /* Nearly all text is this, and emitting measures every piece of it. */
        if (s.p[at] >= ' ' && s.p[at] <= '~') {
            width++;
            at++;
            continue;
        }
        at += utf8_next(str_make(s.p + at, s.n - at), &cp);
        if (cp == '\t' || cp < 0)
            width += 1;
        else
            width += (size_t)utf8proc_charwidth(cp);
    }
    return width;
}

size_t utf8_next(struct str s, int32_t *cp)
{
    *cp = -1;
    if (s.n == 0)
        return 0;
    unsigned char first = (unsigned char)s.p[0];
    if (first < 0x80) {
        *cp = first;
        return 1;
    }
    size_t n = decode(s, cp);
    if (n == 0)
        *cp = -1;
    return n ? n : 1;
}
