/* map.c - hash map from 64-bit keys to 32-bit values.
 *
 * Owns two parallel arrays; linear probing, at most half full, so that a miss is short. Keys are
 * stored plus one and 0 marks a free slot; nothing is ever removed. */
#include "base/map.h"

#include "base/bug.h"

#include <stdlib.h>

#define MAP_FIRST 16u

void map_init(struct map *map)
{
    *map = (struct map){0};
}

void map_fini(struct map *map)
{
    free(map->keys);
    free(map->values);
    *map = (struct map){0};
}

/* Both halves of a key are small numbers that differ in few bits: spread them. */
static uint32_t home(uint64_t stored, uint32_t cap)
{
    uint64_t h = stored * UINT64_C(0x9e3779b97f4a7c15);
    h = (h ^ h >> 32) * UINT64_C(0xd6e8feb86659fd93);
    return (uint32_t)(h >> 32) & (cap - 1);
}

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t find_slot(const struct map *map, uint64_t stored)
{
    uint32_t slot = home(stored, map->cap);
    while (map->keys[slot] != 0 && map->keys[slot] != stored)
        slot = (slot + 1) & (map->cap - 1);
    return slot;
}

static void grow(struct map *map)
{
    struct map old = *map;
    if (old.cap > UINT32_MAX / 4)
        bug_out_of_memory();
    map->cap = old.cap ? old.cap * 2 : MAP_FIRST;
    map->keys = calloc(map->cap, sizeof *map->keys);
    map->values = calloc(map->cap, sizeof *map->values);
    if (!map->keys || !map->values)
        bug_out_of_memory();
    for (uint32_t i = 0; i < old.cap; i++) {
        if (old.keys[i] == 0)
            continue;
        uint32_t slot = find_slot(map, old.keys[i]);
        map->keys[slot] = old.keys[i];
        map->values[slot] = old.values[i];
    }
    free(old.keys);
    free(old.values);
}

bool map_get(const struct map *map, uint64_t key, uint32_t *value)
{
    if (map->cap == 0 || key == UINT64_MAX)
        return false;
    uint32_t slot = find_slot(map, key + 1);
    if (map->keys[slot] == 0)
        return false;
    *value = map->values[slot];
    return true;
}

void map_set(struct map *map, uint64_t key, uint32_t value)
{
    if (key == UINT64_MAX)
        BUG("map: the key UINT64_MAX is reserved");
    if (map->n >= map->cap / 2)
        grow(map);
    uint32_t slot = find_slot(map, key + 1);
    if (map->keys[slot] == 0) {
        map->keys[slot] = key + 1;
        map->n++;
    }
    map->values[slot] = value;
}
