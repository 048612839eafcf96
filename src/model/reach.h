/* reach.h - names that are in reach for a while: a stack of them, with a map to the newest of each.
 *
 * A name is pushed where it is declared and cut off where its query ends; the one that it hid is
 * seen again. Each step costs the same however many names there are. */
#ifndef DTC_MODEL_REACH_H
#define DTC_MODEL_REACH_H

#include "base/map.h"
#include "base/sym.h"
#include "base/vec.h"

#define REACH_NONE UINT32_MAX

struct reach_name {
    sym_t name;
    uint32_t hidden; /* the older one of that name, REACH_NONE */
};

struct reach {
    VEC(struct reach_name) names;
    struct map newest; /* name -> index */
};

void reach_init(struct reach *reach);
void reach_fini(struct reach *reach);
/* Its index, counted from 0. */
uint32_t reach_push(struct reach *reach, sym_t name);
/* Index of the newest one, REACH_NONE when it is not in reach. */
uint32_t reach_find(const struct reach *reach, sym_t name);
/* Leaves the n oldest. */
void reach_cut(struct reach *reach, uint32_t n);

#endif
