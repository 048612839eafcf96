/* sym.h - the interner: text <-> 32-bit number. Equal text, equal number, within one interner.
 *
 * 0 is "no symbol". The keywords of grammar/keywords.def are interned first, in order, so that a
 * symbol below a limit is a keyword and its row is found by index. Numbers depend on the order of
 * interning and must never decide an order that a person sees: compare texts for that. */
#ifndef DTC_BASE_SYM_H
#define DTC_BASE_SYM_H

#include "base/arena.h"

typedef uint32_t sym_t;

struct sym_slot;

struct interner {
    struct arena arena;     /* owns the texts */
    struct str *texts;      /* by number; owned */
    uint32_t n, cap;
    uint32_t *slots;        /* open addressing, 0 = free; owned */
    uint32_t *hashes;       /* parallel to texts; owned */
    uint32_t slots_cap;
};

void interner_init(struct interner *in);
void interner_fini(struct interner *in);
sym_t sym_intern(struct interner *in, struct str text);
/* Interns text with ASCII letters folded to upper case: how Snowflake reads an unquoted name. */
sym_t sym_intern_upper(struct interner *in, struct str text);
/* 0 when the text was never interned. */
sym_t sym_find(const struct interner *in, struct str text);
/* Borrowed, NUL-terminated, valid as long as the interner. "" for 0. */
struct str sym_text(const struct interner *in, sym_t sym);

#endif
