/* fuzz_json.c - any bytes are JSON or not, and any text survives being written as JSON and read
 * back. */
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void law_parse(struct str text)
{
    size_t offset = 0;
    struct cJSON *json = json_parse(text, &offset);

    if (json == NULL && offset > text.n)
        BUG("the error lies at %zu of %zu bytes", offset, text.n);
    json_free(json);
}

/* Bytes that are not UTF-8 are replaced on the way out; a NUL ends the text on the way in. */
static void law_round_trip(struct str text)
{
    struct buf buf;
    struct json_out out;
    size_t offset = 0;

    buf_init(&buf);
    json_begin(&out, &buf, false);
    json_open(&out, '[');
    json_str(&out, text);
    json_close(&out);
    json_end(&out);
    struct cJSON *json = json_parse(buf_view(&buf), &offset);
    const char *back = json_value_text(json_at(json, 0));
    if (back == NULL)
        BUG("what was written is not JSON at %zu: %s", offset, buf.p);
    if (utf8_check(str_from(back)) != str_from(back).n)
        BUG("what was written is not UTF-8");
    if (utf8_check(text) == text.n && memchr(text.p, 0, text.n) == NULL &&
        !str_eq(str_from(back), text))
        BUG("a text changed on its way: %s", back);
    json_free(json);
    buf_fini(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = str_make((const char *)data, size);

    law_parse(text);
    if (size > 0)
        law_round_trip(text);
    return 0;
}
