/* diff.c - a unified diff by Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986).
 *
 * Lines become symbols, equal ends are cut off, then the shortest script is searched. Texts that
 * have almost nothing in common would cost the square of their length: beyond DISTANCE_MAX edits
 * what is between the equal ends is replaced as a whole, which is a diff as well. */
#include "cli/diff.h"

#include "base/sym.h"
#include "base/vec.h"

#define CONTEXT 3
#define DISTANCE_MAX 2000

struct side {
    VEC(struct str) lines; /* with their line ends */
    VEC(sym_t) syms;
    VEC(bool) changed; /* deleted before, inserted after */
};

static void split(struct side *side, struct interner *names, struct str text)
{
    while (text.n) {
        const char *end = memchr(text.p, '\n', text.n);
        size_t n = end ? (size_t)(end - text.p) + 1 : text.n;
        *VEC_PUSH(&side->lines) = str_make(text.p, n);
        *VEC_PUSH(&side->syms) = sym_intern(names, str_make(text.p, n));
        *VEC_PUSH(&side->changed) = false;
        text = str_make(text.p + n, text.n - n);
    }
}

static void side_fini(struct side *side)
{
    VEC_FINI(&side->lines);
    VEC_FINI(&side->syms);
    VEC_FINI(&side->changed);
}

/* The part of both sides that is compared: a[0, n) and b[0, m). */
struct range {
    const sym_t *a, *b;
    int32_t n, m;
    bool *deleted, *inserted;
};

/* Furthest x on each diagonal after d edits is in row d; diagonal k stands at index d + k. */
struct rows {
    VEC(int32_t *) at;
};

static int32_t furthest(const int32_t *row, int32_t d, int32_t k)
{
    if (d == 0)
        return 0;
    const int32_t *before = row;
    int32_t base = d - 1;
    bool down = k == -d || (k != d && before[base + k - 1] < before[base + k + 1]);
    return down ? before[base + k + 1] : before[base + k - 1] + 1;
}

/* Number of edits, or -1 when there are too many. */
static int32_t search(const struct range *r, struct rows *rows)
{
    for (int32_t d = 0; d <= DISTANCE_MAX; d++) {
        int32_t *row = NULL;
        uint32_t cap = 0;
        vec_grow((void **)&row, &cap, (uint32_t)(2 * d + 1), sizeof *row);
        const int32_t *before = d ? rows->at.at[d - 1] : NULL;
        *VEC_PUSH(&rows->at) = row;
        memset(row, 0, (size_t)(2 * d + 1) * sizeof *row);
        for (int32_t k = -d; k <= d; k += 2) {
            int32_t x = furthest(before, d, k);
            while (x < r->n && x - k < r->m && r->a[x] == r->b[x - k])
                x++;
            row[d + k] = x;
            if (x >= r->n && x - k >= r->m)
                return d;
        }
    }
    return -1;
}

static void mark(const struct range *r, const struct rows *rows, int32_t distance)
{
    int32_t x = r->n;
    int32_t y = r->m;
    for (int32_t d = distance; d > 0; d--) {
        const int32_t *before = rows->at.at[d - 1];
        int32_t k = x - y;
        int32_t base = d - 1;
        bool down = k == -d || (k != d && before[base + k - 1] < before[base + k + 1]);
        int32_t from = down ? k + 1 : k - 1;
        x = before[base + from];
        y = x - from;
        if (down)
            r->inserted[y] = true;
        else
            r->deleted[x] = true;
    }
}

static void compare(struct side *a, struct side *b)
{
    uint32_t head = 0;
    while (head < a->lines.n && head < b->lines.n && a->syms.at[head] == b->syms.at[head])
        head++;
    uint32_t n = a->lines.n;
    uint32_t m = b->lines.n;
    while (n > head && m > head && a->syms.at[n - 1] == b->syms.at[m - 1]) {
        n--;
        m--;
    }
    if (n == head && m == head)
        return;
    struct range r = {.n = (int32_t)(n - head), .m = (int32_t)(m - head)};
    /* a side of no lines has no array to point into */
    r.a = n > head ? a->syms.at + head : NULL;
    r.b = m > head ? b->syms.at + head : NULL;
    r.deleted = n > head ? a->changed.at + head : NULL;
    r.inserted = m > head ? b->changed.at + head : NULL;
    struct rows rows = {{0}};
    int32_t distance = search(&r, &rows);
    if (distance >= 0) {
        mark(&r, &rows, distance);
    } else {
        memset(r.deleted, true, n - head);
        memset(r.inserted, true, m - head);
    }
    for (uint32_t i = 0; i < rows.at.n; i++)
        vec_free(rows.at.at[i]);
    VEC_FINI(&rows.at);
}

static void add_line(struct buf *out, char sign, struct str line)
{
    buf_putc(out, sign);
    buf_str(out, line);
    if (line.n && line.p[line.n - 1] != '\n')
        buf_puts(out, "\n\\ No newline at end of file\n");
}

/* Both sides from (i, j) to (i_end, j_end), context and changes. */
static void add_hunk(struct buf *out, const struct side *a, const struct side *b, uint32_t i,
                     uint32_t i_end, uint32_t j, uint32_t j_end)
{
    buf_printf(out, "@@ -%u,%u +%u,%u @@\n", i_end > i ? i + 1 : i, i_end - i,
               j_end > j ? j + 1 : j, j_end - j);
    while (i < i_end || j < j_end) {
        if (i < i_end && a->changed.at[i])
            add_line(out, '-', a->lines.at[i++]);
        else if (j < j_end && b->changed.at[j])
            add_line(out, '+', b->lines.at[j++]);
        else {
            add_line(out, ' ', a->lines.at[i++]);
            j++;
        }
    }
}

static bool changed_at(const struct side *a, const struct side *b, uint32_t i, uint32_t j)
{
    return (i < a->lines.n && a->changed.at[i]) || (j < b->lines.n && b->changed.at[j]);
}

static void add_hunks(struct buf *out, const struct side *a, const struct side *b)
{
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < a->lines.n || j < b->lines.n) {
        if (!changed_at(a, b, i, j)) {
            i++;
            j++;
            continue;
        }
        uint32_t before = i < CONTEXT ? i : CONTEXT;
        uint32_t from_i = i - before;
        uint32_t from_j = j - before;
        /* Equal lines up to twice the context join two changes. */
        uint32_t equal = 0;
        while ((i < a->lines.n || j < b->lines.n) && equal <= 2 * CONTEXT) {
            if (changed_at(a, b, i, j)) {
                i += i < a->lines.n && a->changed.at[i];
                j += j < b->lines.n && b->changed.at[j];
                equal = 0;
            } else {
                i++;
                j++;
                equal++;
            }
        }
        uint32_t surplus = equal > CONTEXT ? equal - CONTEXT : 0;
        add_hunk(out, a, b, from_i, i - surplus, from_j, j - surplus);
    }
}

void diff_unified(struct buf *out, const char *path, struct str before, struct str after)
{
    if (str_eq(before, after))
        return;
    struct interner names;
    interner_init(&names);
    struct side a = {0};
    struct side b = {0};
    split(&a, &names, before);
    split(&b, &names, after);
    compare(&a, &b);
    buf_printf(out, "--- %s\n+++ %s\n", path, path);
    add_hunks(out, &a, &b);
    side_fini(&a);
    side_fini(&b);
    interner_fini(&names);
}
