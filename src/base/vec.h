/* vec.h - typed growing arrays on the heap: struct { T *at; uint32_t n, cap; }.
 *
 *     VEC(struct edge) edges = {0};
 *     *VEC_PUSH(&edges) = (struct edge){...};      // may move the elements
 *     for (uint32_t i = 0; i < edges.n; i++) use(&edges.at[i]);
 *     VEC_FINI(&edges);
 */
#ifndef DTC_BASE_VEC_H
#define DTC_BASE_VEC_H

#include <stddef.h>
#include <stdint.h>

#define VEC(T)                                                                                     \
    struct {                                                                                       \
        T *at;                                                                                     \
        uint32_t n, cap;                                                                           \
    }

/* Grows (*at, *cap) to hold at least need elements of size; ends the process when out of memory. */
void vec_grow(void **at, uint32_t *cap, uint32_t need, size_t size);
void vec_free(void *at);

/* Room for one more, zeroed; the pointer is good until the next push. */
#define VEC_PUSH(v)                                                                                \
    ((v)->n == (v)->cap                                                                            \
         ? vec_grow((void **)&(v)->at, &(v)->cap, (v)->n + 1, sizeof *(v)->at)                     \
         : (void)0,                                                                                \
     (v)->at[(v)->n] = (__typeof__(*(v)->at)){0}, &(v)->at[(v)->n++])
#define VEC_RESERVE(v, need)                                                                       \
    ((need) > (v)->cap ? vec_grow((void **)&(v)->at, &(v)->cap, (need), sizeof *(v)->at) : (void)0)
#define VEC_FINI(v) (vec_free((v)->at), (v)->at = NULL, (v)->n = 0, (v)->cap = 0)
#define VEC_LAST(v) (&(v)->at[(v)->n - 1])

#endif
