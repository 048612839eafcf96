/* vec.c - growth of the typed arrays of vec.h.
 *
 * Owns the policy (doubling from 8); the elements belong to the vector. The pointer is read and
 * written through memcpy, because the caller's is a T * and not a void *. */
#include "base/vec.h"

#include "base/bug.h"

#include <stdlib.h>
#include <string.h>

void vec_grow(void **at, uint32_t *cap, uint32_t need, size_t size)
{
    uint32_t grown = *cap < 8 ? 8 : *cap;
    while (grown < need)
        grown = grown > UINT32_MAX / 2 ? UINT32_MAX : grown * 2;
    /* a push on a full vector of UINT32_MAX elements asks for 0: its count went round */
    if (need == 0 || grown > SIZE_MAX / size)
        bug_out_of_memory();
    void *old;
    memcpy(&old, (void *)at, sizeof old);
    void *p = realloc(old, (size_t)grown * size);
    if (!p)
        bug_out_of_memory();
    memcpy((void *)at, &p, sizeof p);
    *cap = grown;
}

void vec_free(void *at)
{
    free(at);
}
