/* buf.h - a growing byte buffer (heap). Always NUL-terminated after the first write. */
#ifndef DTC_BASE_BUF_H
#define DTC_BASE_BUF_H

#include "base/bug.h"
#include "base/str.h"
#include <stdarg.h>

struct buf {
    char *p; /* owned; NULL until the first write */
    size_t n, cap;
};

void buf_init(struct buf *buf);
void buf_fini(struct buf *buf);
void buf_clear(struct buf *buf);
void buf_add(struct buf *buf, const char *p, size_t n);
void buf_str(struct buf *buf, struct str s);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
/* n times c. */
void buf_fill(struct buf *buf, char c, size_t n);
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *fmt, va_list args) PRINTF_LIKE(2, 0);
/* Borrowed view of what is in the buffer. */
struct str buf_view(const struct buf *buf);
/* Gives up ownership: a malloc'd NUL-terminated string for free(); the buffer is empty after. */
char *buf_take(struct buf *buf);

#endif
