/* fuzz_scan.c - the scanner ends on any bytes, with no more tokens than bytes and every finding
 * inside the text. */
#include "base/bug.h"
#include "syntax/parse.h"
#include "../support/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = str_make((const char *)data, size);
    struct dtc ctx;

    dtc_init(&ctx);
    syntax_open(&ctx);
    uint32_t file = text_source(&ctx, "input", text);
    uint32_t n = parse_scan_only(&ctx, file);
    if (n == 0 || n > size + 1)
        BUG("%u tokens in %zu bytes", n, size);
    if (!str_eq(ctx.sources.files.at[file].text, text))
        BUG("the scanner changed the text");
    text_law_findings(&ctx);
    dtc_fini(&ctx);
    return 0;
}
