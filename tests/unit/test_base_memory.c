/* Arena, buffer, vector and map: growth, limits and what survives a reset. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

#include <criterion/criterion.h>
#include <stdlib.h>

struct piece {
    const char *p;
    size_t size;
};

Test(base_arena, pieces_are_aligned_and_apart)
{
    struct arena arena;
    arena_init(&arena);
    static const size_t aligns[] = {1, 2, 4, 8, 16};
    VEC(struct piece) pieces = {0};
    for (size_t i = 0; i < 5000; i++) {
        size_t align = aligns[i % 5];
        size_t size = i % 97;
        char *p = arena_alloc(&arena, size, align);
        cr_assert_eq((uintptr_t)p % align, 0);
        memset(p, (int)(i & 0xff), size);
        *VEC_PUSH(&pieces) = (struct piece){p, size};
    }
    for (uint32_t i = 0; i < pieces.n; i++)
        for (size_t k = 0; k < pieces.at[i].size; k++)
            cr_assert_eq((unsigned char)pieces.at[i].p[k], i & 0xff, "pieces overlap");
    VEC_FINI(&pieces);
    arena_fini(&arena);
    cr_assert_eq(arena.reserved, 0);
}

Test(base_arena, blocks_double_up_to_the_ceiling)
{
    struct arena arena;
    arena_init(&arena);
    (void)arena_alloc(&arena, 1, 1);
    cr_assert_eq(arena.reserved, (size_t)64 << 10);
    size_t before = arena.reserved;
    size_t largest = 0;
    for (int i = 0; i < 4000; i++) {
        (void)arena_alloc(&arena, 10000, 8);
        size_t step = arena.reserved - before;
        before = arena.reserved;
        largest = step > largest ? step : largest;
    }
    cr_assert_eq(largest, (size_t)8 << 20);
    cr_assert(arena.bytes == 4000 * 10000 + 1);
    arena_fini(&arena);
}

Test(base_arena, a_large_request_gets_a_block_of_its_own)
{
    struct arena arena;
    arena_init(&arena);
    char *small = arena_alloc(&arena, 8, 8);
    memcpy(small, "before", 7);
    char *large = arena_zalloc(&arena, (size_t)20 << 20, 16);
    cr_assert_eq(large[((size_t)20 << 20) - 1], 0);
    large[((size_t)20 << 20) - 1] = 'x';
    char *after = arena_alloc(&arena, 8, 8);
    memcpy(after, "behind", 7);
    cr_assert_str_eq(small, "before");
    arena_fini(&arena);
}

Test(base_arena, a_reset_gives_back_what_came_after)
{
    struct arena arena;
    arena_init(&arena);
    struct arena_mark empty = arena_mark(&arena);
    const char *kept = arena_printf(&arena, "kept %d", 7);
    struct arena_mark mark = arena_mark(&arena);
    size_t reserved = arena.reserved;
    for (int i = 0; i < 100; i++)
        (void)arena_zalloc(&arena, 50000, 8);
    arena_reset(&arena, mark);
    cr_assert_eq(arena.reserved, reserved);
    cr_assert_str_eq(kept, "kept 7");
    const char *reused = arena_alloc(&arena, 10, 1);
    arena_reset(&arena, mark);
    cr_assert_eq(arena_alloc(&arena, 10, 1), reused);
    arena_reset(&arena, empty);
    cr_assert_eq(arena.reserved, 0);
    cr_assert_eq(arena.bytes, 0);
    cr_assert_str_eq(arena_str(&arena, STR_LIT("again")).p, "again");
    arena_fini(&arena);
}

Test(base_arena, zeroed_memory_is_zero_after_reuse)
{
    struct arena arena;
    arena_init(&arena);
    struct arena_mark mark = arena_mark(&arena);
    memset(arena_alloc(&arena, 4096, 8), 0xaa, 4096);
    arena_reset(&arena, mark);
    uint32_t *p = ARENA_ARRAY(&arena, uint32_t, 1024);
    for (int i = 0; i < 1024; i++)
        cr_assert_eq(p[i], 0);
    arena_fini(&arena);
}

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>

/* Blocks must not hide an overrun: what was not handed out cannot be touched. */
Test(base_arena, room_that_was_not_handed_out_is_poisoned)
{
    struct arena arena;
    arena_init(&arena);
    char *a = arena_alloc(&arena, 13, 1);
    char *b = arena_alloc(&arena, 1, 1);
    cr_expect(b > a + 13);
    cr_expect_not(__asan_address_is_poisoned(a + 12));
    cr_expect(__asan_address_is_poisoned(a + 13));
    cr_expect(__asan_address_is_poisoned(b + 1));
    struct arena_mark mark = arena_mark(&arena);
    char *c = arena_alloc(&arena, 100, 16);
    cr_expect_not(__asan_address_is_poisoned(c + 99));
    arena_reset(&arena, mark);
    cr_expect(__asan_address_is_poisoned(c));
    cr_expect_not(__asan_address_is_poisoned(b));
    arena_fini(&arena);
}
#endif

Test(base_arena, a_foreign_mark_is_a_bug, .exit_code = 2)
{
    struct arena a;
    struct arena b;
    arena_init(&a);
    arena_init(&b);
    (void)arena_alloc(&b, 1, 1);
    arena_reset(&a, arena_mark(&b));
}

Test(base_buf, grows_and_stays_terminated)
{
    struct buf buf;
    buf_init(&buf);
    cr_assert_eq(buf_view(&buf).n, 0);
    for (int i = 0; i < 1000; i++) {
        buf_printf(&buf, "%d,", i);
        cr_assert_eq(strlen(buf.p), buf.n);
    }
    buf_fill(&buf, '=', 100000);
    buf_add(&buf, "\0z", 2);
    cr_assert_eq(buf.n, 3890 + 100000 + 2);
    cr_assert_eq(buf.p[buf.n], '\0');
    buf_clear(&buf);
    buf_add(&buf, NULL, 0);
    cr_assert_str_eq(buf.p, "");
    buf_puts(&buf, "ab");
    buf_str(&buf, STR_LIT("cd"));
    buf_putc(&buf, 'e');
    char *taken = buf_take(&buf);
    cr_assert_str_eq(taken, "abcde");
    cr_assert_null(buf.p);
    free(taken);
    taken = buf_take(&buf);
    cr_assert_str_eq(taken, "");
    free(taken);
}

Test(base_buf, printf_longer_than_the_buffer)
{
    struct buf buf;
    buf_init(&buf);
    buf_printf(&buf, "%0*d|", 5000, 1);
    cr_assert_eq(buf.n, 5001);
    cr_assert_eq(buf.p[5000], '|');
    buf_fini(&buf);
}

Test(base_buf, a_size_beyond_memory_ends_the_process, .exit_code = 2)
{
    struct buf buf;
    buf_init(&buf);
    buf_fill(&buf, 'x', SIZE_MAX / 2);
}

Test(base_vec, elements_are_zeroed_and_kept)
{
    VEC(struct { uint32_t a; const char *b; }) v = {0};
    for (uint32_t i = 0; i < 100000; i++) {
        cr_assert_null(VEC_PUSH(&v)->b);
        VEC_LAST(&v)->a = i;
    }
    VEC_RESERVE(&v, 1u << 20);
    cr_assert_geq(v.cap, 1u << 20);
    for (uint32_t i = 0; i < v.n; i++)
        cr_assert_eq(v.at[i].a, i);
    VEC_FINI(&v);
    cr_assert_null(v.at);
    cr_assert_eq(v.n + v.cap, 0);
}

Test(base_vec, a_count_that_went_round_ends_the_process, .exit_code = 2)
{
    void *at = NULL;
    uint32_t cap = UINT32_MAX;
    vec_grow(&at, &cap, 0, 4);
}

Test(base_map, holds_what_was_set_while_growing)
{
    struct map map;
    map_init(&map);
    uint32_t value = 77;
    cr_assert_not(map_get(&map, 0, &value));
    cr_assert_eq(value, 77);
    for (uint32_t i = 0; i < 100000; i++) {
        map_set(&map, map_key2(i % 100, i / 100), i);
        cr_assert_not(map_get(&map, map_key2(100, i), &value));
    }
    cr_assert_eq(map.n, 100000);
    for (uint32_t i = 0; i < 100000; i++) {
        cr_assert(map_get(&map, map_key2(i % 100, i / 100), &value));
        cr_assert_eq(value, i);
    }
    cr_assert_not(map_get(&map, map_key2(100, 0), &value));
    cr_assert_not(map_get(&map, UINT64_MAX, &value));
    map_set(&map, map_key2(3, 4), 5);
    cr_assert(map_get(&map, map_key2(3, 4), &value));
    cr_assert_eq(value, 5);
    cr_assert_eq(map.n, 100000);
    map_set(&map, UINT64_MAX - 1, 9);
    cr_assert(map_get(&map, UINT64_MAX - 1, &value));
    cr_assert_eq(value, 9);
    map_fini(&map);
}

Test(base_map, the_reserved_key_is_a_bug, .exit_code = 2)
{
    struct map map;
    map_init(&map);
    map_set(&map, UINT64_MAX, 1);
}
