/* fuzz_utf8.c - stepping through any bytes ends at their end, and agrees with the check. */
#include "base/bug.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = str_make((const char *)data, size);
    size_t good = utf8_check(text);
    size_t at = 0;
    size_t steps = 0;

    while (at < good) {
        int32_t cp = 0;
        size_t length = utf8_next(str_make(text.p + at, text.n - at), &cp);
        if (cp < 0 || length == 0)
            BUG("valid text stops at byte %zu", at);
        at += length;
        steps++;
    }
    if (at != good)
        BUG("a step of utf8_next leaves the text");
    if (utf8_count(str_make(text.p, good)) != steps)
        BUG("utf8_count and utf8_next disagree");
    if (good < text.n) {
        int32_t cp = 0;
        utf8_next(str_make(text.p + good, text.n - good), &cp);
        if (cp != -1)
            BUG("what utf8_check refuses, utf8_next takes");
    }
    if (utf8_width(str_make(text.p, good)) > 2 * steps)
        BUG("wider than two columns for each character");
    return 0;
}
