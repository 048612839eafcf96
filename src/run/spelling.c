/* spelling.c - a name as its source spells it: symbols are folded, people write as they like. */
#include "run/run.h"

static bool is_word(struct str text, size_t at, size_t n)
{
    const char *word = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$";
    bool before = at > 0 && text.p[at - 1] && strchr(word, text.p[at - 1]);
    bool after = at + n < text.n && text.p[at + n] && strchr(word, text.p[at + n]);
    return !before && !after;
}

const char *run_spelling(struct dtc *ctx, struct span span, sym_t name)
{
    struct str folded = sym_text(&ctx->names, name), text = source_text(&ctx->sources, span);
    for (size_t i = 0; i + folded.n <= text.n; i++) {
        struct str part = str_make(text.p + i, folded.n);
        if (str_eq_nocase(part, folded) && is_word(text, i, folded.n))
            return arena_str(&ctx->arena, part).p;
    }
    return folded.p;
}
