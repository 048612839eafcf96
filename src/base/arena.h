/* arena.h - bump allocation; everything in an arena dies together.
 *
 * Blocks are chained, so pointers stay valid until arena_fini or a reset to an earlier mark.
 * Memory is not zeroed except by arena_zalloc. Running out of memory ends the process (bug.h). */
#ifndef DTC_BASE_ARENA_H
#define DTC_BASE_ARENA_H

#include "base/str.h"
#include "base/bug.h"
#include <stdarg.h>
#include <stdint.h>

struct arena_block;

struct arena {
    struct arena_block *block; /* newest; owned */
    char *at, *end;            /* free room in the newest block */
    size_t bytes;              /* bytes handed out, for --timings */
    size_t reserved;           /* bytes taken from the system */
};

struct arena_mark {
    struct arena_block *block;
    char *at;
    size_t bytes;
};

void arena_init(struct arena *arena);
void arena_fini(struct arena *arena);
/* size may be 0; align is a power of two, at most 16. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size, size_t align);
void *arena_zalloc(struct arena *arena, size_t size, size_t align);
/* Copies; the result is NUL-terminated, the terminator not counted. */
struct str arena_str(struct arena *arena, struct str s);
/* printf into the arena; NUL-terminated. */
const char *arena_printf(struct arena *arena, const char *fmt, ...) PRINTF_LIKE(2, 3);
const char *arena_vprintf(struct arena *arena, const char *fmt, va_list args) PRINTF_LIKE(2, 0);
struct arena_mark arena_mark(const struct arena *arena);
void arena_reset(struct arena *arena, struct arena_mark mark);

#define ARENA_NEW(arena, type) ((type *)arena_zalloc((arena), sizeof(type), _Alignof(type)))
#define ARENA_ARRAY(arena, type, n)                                                                \
    ((type *)arena_zalloc((arena), (size_t)(n) * sizeof(type), _Alignof(type)))

#endif
