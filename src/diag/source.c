/* source.c - the texts of a compilation and where their lines begin.
 *
 * Owns the line tables; paths and texts are borrowed. Everything else in the program speaks in
 * byte offsets; lines and columns are computed here, when something is printed. A line ends with a
 * line feed; a carriage return before it belongs to the line end. */
#include "diag/source.h"

#include "base/limits.h"
#include "base/utf8.h"

void sources_init(struct sources *sources)
{
    *sources = (struct sources){0};
}

void sources_fini(struct sources *sources)
{
    for (uint32_t i = 0; i < sources->files.n; i++)
        vec_free(sources->files.at[i].lines);
    VEC_FINI(&sources->files);
}

uint32_t source_add(struct sources *sources, const char *path, struct str text)
{
    if (text.n > LIMIT_SOURCE_BYTES)
        BUG("source_add: `%s` is larger than the limit", path);
    if (!text.p)
        text = STR_LIT("");
    *VEC_PUSH(&sources->files) = (struct source){.path = path, .text = text};
    return sources->files.n - 1;
}

static struct source *source_of(const struct sources *sources, uint32_t file)
{
    if (file >= sources->files.n)
        BUG("file %u of %u", file, sources->files.n);
    return &sources->files.at[file];
}

/* The offset of each line's start; the text behind the last line end is a line too, even when
 * empty. */
static void build_lines(struct source *source)
{
    VEC(uint32_t) lines = {0};
    const char *p = source->text.p;
    const char *end = p + source->text.n;
    *VEC_PUSH(&lines) = 0;
    while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        p++;
        *VEC_PUSH(&lines) = (uint32_t)(p - source->text.p);
    }
    source->lines = lines.at;
    source->lines_n = lines.n;
}

/* Index of the line that holds the offset. */
static uint32_t line_index(struct source *source, uint32_t offset)
{
    if (!source->lines)
        build_lines(source);
    uint32_t lo = 0;
    uint32_t hi = source->lines_n;
    while (hi - lo > 1) {
        uint32_t middle = lo + (hi - lo) / 2;
        if (source->lines[middle] <= offset)
            lo = middle;
        else
            hi = middle;
    }
    return lo;
}

struct place source_place(struct sources *sources, uint32_t file, uint32_t offset)
{
    struct source *source = source_of(sources, file);
    if (offset > source->text.n)
        offset = (uint32_t)source->text.n;
    uint32_t line = line_index(source, offset);
    uint32_t start = source->lines[line];
    struct str before = str_make(source->text.p + start, offset - start);
    return (struct place){line + 1, (uint32_t)utf8_count(before) + 1};
}

struct str source_line(struct sources *sources, uint32_t file, uint32_t line)
{
    struct source *source = source_of(sources, file);
    if (!source->lines)
        build_lines(source);
    if (line == 0 || line > source->lines_n)
        return STR_LIT("");
    uint32_t start = source->lines[line - 1];
    size_t end = line < source->lines_n ? source->lines[line] - 1 : source->text.n;
    if (end > start && source->text.p[end - 1] == '\r' && line < source->lines_n)
        end--;
    return str_make(source->text.p + start, end - start);
}

struct str source_text(const struct sources *sources, struct span span)
{
    if (span.file == SPAN_NO_FILE)
        return STR_LIT("");
    const struct source *source = source_of(sources, span.file);
    if (span.lo > span.hi || span.hi > source->text.n)
        BUG("span %u-%u of `%s`, which has %zu bytes", span.lo, span.hi, source->path,
            source->text.n);
    return str_make(source->text.p + span.lo, span.hi - span.lo);
}
