/* arena.c - bump allocation in chained blocks.
 *
 * Owns the blocks; not what is put into them. Blocks double from 64 KB to 8 MB, so that small
 * inputs stay small and large ones make few calls; a request that is larger gets a block of its
 * own. A reset gives back the blocks that came after the mark. Under AddressSanitizer everything
 * that was not handed out is poisoned and each piece is followed by a gap, so that an overrun is
 * seen although it is one block. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define ARENA_GAP 16 /* unreadable bytes behind each piece */
#define ARENA_ALIGN_MIN 8 /* the granule of the shadow memory */
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define ARENA_GAP 0
#define ARENA_ALIGN_MIN 1
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

#define BLOCK_FIRST ((size_t)64 << 10)
#define BLOCK_LAST ((size_t)8 << 20)
#define ALIGN_MAX 16

struct arena_block {
    struct arena_block *older;
    char *end;
    size_t taken; /* bytes taken from the system for this block */
    size_t next;  /* size of the next regular block */
};

/* The header rounded up, so that what follows is aligned for everything. */
#define HEADER ((sizeof(struct arena_block) + ALIGN_MAX - 1) & ~(size_t)(ALIGN_MAX - 1))

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

static void drop_newest(struct arena *arena)
{
    struct arena_block *block = arena->block;
    arena->block = block->older;
    arena->reserved -= block->taken;
    UNPOISON(block, block->taken);
    free(block);
}

void arena_fini(struct arena *arena)
{
    while (arena->block)
        drop_newest(arena);
    *arena = (struct arena){0};
}

static void add_block(struct arena *arena, size_t need)
{
    size_t next = arena->block ? arena->block->next : BLOCK_FIRST;
    bool regular = need <= next - HEADER;
    size_t taken = regular ? next : HEADER + need;
    struct arena_block *block = malloc(taken);
    if (!block)
        bug_out_of_memory();
    block->older = arena->block;
    block->end = (char *)block + taken;
    block->taken = taken;
    block->next = regular && next < BLOCK_LAST ? next * 2 : next;
    arena->block = block;
    arena->at = (char *)block + HEADER;
    arena->end = block->end;
    arena->reserved += taken;
    POISON(arena->at, (size_t)(arena->end - arena->at));
}

void *arena_alloc(struct arena *arena, size_t size, size_t align)
{
    if (align < ARENA_ALIGN_MIN)
        align = ARENA_ALIGN_MIN;
    if (align > ALIGN_MAX || (align & (align - 1)) != 0)
        BUG("arena: alignment %zu", align);
    if (size > SIZE_MAX / 2)
        bug_out_of_memory();
    size_t skip = (size_t)(-(uintptr_t)arena->at & (align - 1));
    size_t room = (size_t)(arena->end - arena->at);
    if (!arena->block || room < skip || room - skip < size + ARENA_GAP) {
        add_block(arena, size + ARENA_GAP);
        skip = 0;
    }
    char *p = arena->at + skip;
    arena->at = p + size + ARENA_GAP;
    arena->bytes += size;
    UNPOISON(p, size);
    return p;
}

void *arena_zalloc(struct arena *arena, size_t size, size_t align)
{
    void *p = arena_alloc(arena, size, align);
    memset(p, 0, size);
    return p;
}

struct str arena_str(struct arena *arena, struct str s)
{
    char *p = arena_alloc(arena, s.n + 1, 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return str_make(p, s.n);
}

const char *arena_vprintf(struct arena *arena, const char *fmt, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    if (n < 0)
        BUG("arena_vprintf: format `%s`", fmt);
    char *p = arena_alloc(arena, (size_t)n + 1, 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

const char *arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    const char *text = arena_vprintf(arena, fmt, args);
    va_end(args);
    return text;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->block, arena->at, arena->bytes};
}

void arena_reset(struct arena *arena, struct arena_mark mark)
{
    while (arena->block != mark.block) {
        if (!arena->block)
            BUG("arena: reset to a mark of another arena, or one that is newer");
        drop_newest(arena);
    }
    arena->at = mark.at;
    arena->end = mark.block ? mark.block->end : NULL;
    arena->bytes = mark.bytes;
    if (mark.block)
        POISON(arena->at, (size_t)(arena->end - arena->at));
}
