/* buf.c - a growing byte buffer on the heap.
 *
 * Owns the bytes until buf_take. Doubles when full; the byte behind the last one is always NUL, so
 * that the text can be handed to C functions as it is. */
#include "base/buf.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void buf_init(struct buf *buf)
{
    *buf = (struct buf){0};
}

void buf_fini(struct buf *buf)
{
    free(buf->p);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf->n = 0;
    if (buf->p)
        buf->p[0] = '\0';
}

/* Room for more bytes and the NUL behind them. */
static void reserve(struct buf *buf, size_t more)
{
    if (more >= SIZE_MAX / 2 - buf->n)
        bug_out_of_memory();
    size_t need = buf->n + more + 1;
    if (need <= buf->cap)
        return;
    size_t cap = buf->cap ? buf->cap : 64;
    while (cap < need)
        cap *= 2;
    char *p = realloc(buf->p, cap);
    if (!p)
        bug_out_of_memory();
    buf->p = p;
    buf->cap = cap;
}

void buf_add(struct buf *buf, const char *p, size_t n)
{
    reserve(buf, n);
    if (n > 0)
        memcpy(buf->p + buf->n, p, n);
    buf->n += n;
    buf->p[buf->n] = '\0';
}

void buf_str(struct buf *buf, struct str s)
{
    buf_add(buf, s.p, s.n);
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_fill(struct buf *buf, char c, size_t n)
{
    reserve(buf, n);
    memset(buf->p + buf->n, c, n);
    buf->n += n;
    buf->p[buf->n] = '\0';
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    buf_vprintf(buf, fmt, args);
    va_end(args);
}

void buf_vprintf(struct buf *buf, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    if (n < 0)
        BUG("buf_vprintf: format `%s`", fmt);
    reserve(buf, (size_t)n);
    vsnprintf(buf->p + buf->n, (size_t)n + 1, fmt, again);
    va_end(again);
    buf->n += (size_t)n;
}

struct str buf_view(const struct buf *buf)
{
    return str_make(buf->p, buf->n);
}

char *buf_take(struct buf *buf)
{
    reserve(buf, 0);
    buf->p[buf->n] = '\0';
    char *p = buf->p;
    *buf = (struct buf){0};
    return p;
}
