/* reach.c - names that are in reach for a while. The map has no removal: names that are gone stay
 * in it with REACH_NONE, and a project has few names of common table expressions. */
#include "model/reach.h"

void reach_init(struct reach *reach)
{
    *reach = (struct reach){0};
    map_init(&reach->newest);
}

void reach_fini(struct reach *reach)
{
    VEC_FINI(&reach->names);
    map_fini(&reach->newest);
}

uint32_t reach_find(const struct reach *reach, sym_t name)
{
    uint32_t found = REACH_NONE;

    if (reach->names.n > 0)
        map_get(&reach->newest, name, &found);
    return found;
}

uint32_t reach_push(struct reach *reach, sym_t name)
{
    uint32_t hidden = reach_find(reach, name);

    *VEC_PUSH(&reach->names) = (struct reach_name){name, hidden};
    map_set(&reach->newest, name, reach->names.n - 1);
    return reach->names.n - 1;
}

void reach_cut(struct reach *reach, uint32_t n)
{
    while (reach->names.n > n) {
        struct reach_name *last = VEC_LAST(&reach->names);
        map_set(&reach->newest, last->name, last->hidden);
        reach->names.n--;
    }
}
