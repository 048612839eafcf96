/* sym.c - the interner: text <-> number.
 *
 * Owns the texts (arena), the table by number and the hash table; not the meaning of a symbol.
 * Every identifier of the input comes through here, so texts are read eight bytes at a time, and
 * folding to upper case happens inside that read: the folded text exists only once, when it is
 * first stored. The hash is a multiply-and-mix over those words; it never reaches an output. */
#include "base/sym.h"

#include "base/vec.h"

#include <stdlib.h>

#define SLOTS_FIRST 1024u
#define LOW_BITS UINT64_C(0x0101010101010101)
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define MIX_A UINT64_C(0x9e3779b97f4a7c15)
#define MIX_B UINT64_C(0xd6e8feb86659fd93)

static uint64_t load8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

/* The n < 8 last bytes of a text, each in a place of its own. */
static uint64_t load_tail(const char *p, size_t n)
{
    if (n >= 4) {
        uint32_t a;
        uint32_t b;
        memcpy(&a, p, 4);
        memcpy(&b, p + n - 4, 4);
        return (uint64_t)a << 32 | b;
    }
    if (n == 0)
        return 0;
    uint64_t first = (unsigned char)p[0];
    uint64_t middle = (unsigned char)p[n / 2];
    uint64_t last = (unsigned char)p[n - 1];
    return first << 16 | middle << 8 | last;
}

/* ASCII lower case to upper case in all eight bytes at once; other bytes stay. */
static uint64_t fold8(uint64_t word)
{
    uint64_t low7 = word & ~HIGH_BITS;
    uint64_t from_a = low7 + (0x80 - 'a') * LOW_BITS; /* high bit set where the byte is >= 'a' */
    uint64_t past_z = low7 + (0x7f - 'z') * LOW_BITS; /* and where it is > 'z' */
    uint64_t is_lower = (from_a ^ past_z) & ~word & HIGH_BITS;
    return word - (is_lower >> 2);
}

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * MIX_A;
    return h ^ h >> 29;
}

static uint32_t hash_text(struct str s, bool fold)
{
    uint64_t h = s.n * MIX_B;
    const char *p = s.p;
    size_t n = s.n;
    for (; n >= 8; p += 8, n -= 8)
        h = mix(h, fold ? fold8(load8(p)) : load8(p));
    uint64_t tail = load_tail(p, n);
    h = mix(h, fold ? fold8(tail) : tail) * MIX_B;
    return (uint32_t)(h >> 32);
}

/* Is the stored text equal to s, or to s folded? */
static bool same_text(struct str stored, struct str s, bool fold)
{
    if (stored.n != s.n)
        return false;
    if (!fold)
        return s.n == 0 || memcmp(stored.p, s.p, s.n) == 0;
    const char *a = stored.p;
    const char *b = s.p;
    size_t n = s.n;
    for (; n >= 8; a += 8, b += 8, n -= 8)
        if (load8(a) != fold8(load8(b)))
            return false;
    return load_tail(a, n) == fold8(load_tail(b, n));
}

/* The slot of the text, or the free slot where it belongs. */
static uint32_t find_slot(const struct interner *in, struct str s, uint32_t hash, bool fold)
{
    uint32_t mask = in->slots_cap - 1;
    uint32_t slot = hash & mask;
    for (; in->slots[slot] != 0; slot = (slot + 1) & mask) {
        uint32_t sym = in->slots[slot];
        if (in->hashes[sym] == hash && same_text(in->texts[sym], s, fold))
            break;
    }
    return slot;
}

static uint32_t *new_slots(uint32_t cap)
{
    uint32_t *slots = calloc(cap, sizeof *slots);
    if (!slots)
        bug_out_of_memory();
    return slots;
}

static void grow_slots(struct interner *in)
{
    if (in->slots_cap > UINT32_MAX / 2)
        bug_out_of_memory();
    free(in->slots);
    in->slots_cap *= 2;
    in->slots = new_slots(in->slots_cap);
    uint32_t mask = in->slots_cap - 1;
    for (uint32_t sym = 1; sym < in->n; sym++) {
        uint32_t slot = in->hashes[sym] & mask;
        while (in->slots[slot] != 0)
            slot = (slot + 1) & mask;
        in->slots[slot] = sym;
    }
}

/* Two tables grow in step; cap is shared, so the second starts from the same old value. */
static void grow_texts(struct interner *in)
{
    uint32_t cap = in->cap;
    vec_grow((void **)&in->hashes, &cap, in->n + 1, sizeof *in->hashes);
    vec_grow((void **)&in->texts, &in->cap, in->n + 1, sizeof *in->texts);
}

void interner_init(struct interner *in)
{
    *in = (struct interner){0};
    arena_init(&in->arena);
    in->slots_cap = SLOTS_FIRST;
    in->slots = new_slots(in->slots_cap);
    grow_texts(in);
    in->texts[0] = STR_LIT("");
    in->hashes[0] = 0;
    in->n = 1;
}

void interner_fini(struct interner *in)
{
    arena_fini(&in->arena);
    free(in->texts);
    free(in->slots);
    free(in->hashes);
    *in = (struct interner){0};
}

static sym_t intern(struct interner *in, struct str s, bool fold)
{
    uint32_t hash = hash_text(s, fold);
    uint32_t slot = find_slot(in, s, hash, fold);
    if (in->slots[slot] != 0)
        return in->slots[slot];
    char *p = arena_alloc(&in->arena, s.n + 1, 1);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        p[i] = fold && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    p[s.n] = '\0';
    if (in->n == in->cap)
        grow_texts(in);
    sym_t sym = in->n++;
    in->texts[sym] = str_make(p, s.n);
    in->hashes[sym] = hash;
    in->slots[slot] = sym;
    if (in->n > in->slots_cap / 2)
        grow_slots(in);
    return sym;
}

sym_t sym_intern(struct interner *in, struct str text)
{
    return intern(in, text, false);
}

sym_t sym_intern_upper(struct interner *in, struct str text)
{
    return intern(in, text, true);
}

sym_t sym_find(const struct interner *in, struct str text)
{
    return in->slots[find_slot(in, text, hash_text(text, false), false)];
}

struct str sym_text(const struct interner *in, sym_t sym)
{
    if (sym >= in->n)
        BUG("symbol %u of %u", sym, in->n);
    return in->texts[sym];
}
