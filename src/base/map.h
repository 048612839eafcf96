/* map.h - hash map from a 64-bit key to a 32-bit value; open addressing, no removal.
 *
 * Keys are made from symbols: map_key2(schema, name). There is no iteration on purpose: an order
 * that depends on hashes must never reach an output. Keep the values in a vector and iterate
 * that. */
#ifndef DTC_BASE_MAP_H
#define DTC_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map {
    uint64_t *keys; /* owned; 0 marks a free slot, keys are stored plus one */
    uint32_t *values;
    uint32_t n, cap;
};

void map_init(struct map *map);
void map_fini(struct map *map);
/* False when the key is not there; *value is then untouched. */
bool map_get(const struct map *map, uint64_t key, uint32_t *value);
/* Sets or overwrites. key must not be UINT64_MAX. */
void map_set(struct map *map, uint64_t key, uint32_t value);

static inline uint64_t map_key2(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

#endif
