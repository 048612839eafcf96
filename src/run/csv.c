/* csv.c - counts rows, fields and lines of CSV; splits a header. */
#include "run/csv.h"
#include "base/buf.h"

/* A quote opens a field only at its start; inside, two of them are one. */
bool csv_line(struct csv_scan *scan, struct str line, bool single)
{
    bool start = !scan->inside;
    scan->line++;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    if (!scan->inside) {
        scan->row_line = scan->line;
        if (line.n == 0 && !single)
            return false;
        scan->fields = 1;
    }
    for (size_t i = 0; i < line.n; i++) {
        char c = line.p[i];
        if (scan->inside) {
            if (c == '"' && i + 1 < line.n && line.p[i + 1] == '"')
                i++;
            else if (c == '"')
                scan->inside = false;
            start = false;
        } else if (c == '"' && start) {
            scan->inside = true;
        } else {
            start = c == scan->delimiter;
            scan->fields += start;
        }
    }
    return !scan->inside;
}

char csv_delimiter(struct str header)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    uint32_t counts[sizeof candidates] = {0};
    size_t best = 0;
    bool inside = false;
    for (size_t i = 0; i < header.n; i++) {
        if (header.p[i] == '"')
            inside = !inside;
        for (size_t k = 0; k < sizeof candidates && !inside; k++)
            counts[k] += header.p[i] == candidates[k];
    }
    for (size_t k = 1; k < sizeof candidates; k++) {
        if (counts[k] > counts[best])
            best = k;
    }
    return candidates[best];
}

static struct str field(struct arena *arena, struct str raw)
{
    struct buf out;
    raw = str_trim(raw);
    if (raw.n < 2 || raw.p[0] != '"')
        return arena_str(arena, raw);
    buf_init(&out);
    for (size_t i = 1; i + 1 < raw.n; i++) {
        if (raw.p[i] == '"')
            i++;
        buf_putc(&out, raw.p[i]);
    }
    raw = arena_str(arena, buf_view(&out));
    buf_fini(&out);
    return raw;
}

struct csv_fields csv_split(struct arena *arena, struct str row, char delimiter)
{
    struct csv_fields out = {0};
    size_t from = 0, most = 1;
    bool inside = false;
    for (size_t i = 0; i < row.n; i++)
        most += row.p[i] == delimiter;
    out.at = ARENA_ARRAY(arena, struct str, most);
    for (size_t i = 0; i <= row.n; i++) {
        if (i < row.n && row.p[i] == '"')
            inside = !inside;
        if (i == row.n || (row.p[i] == delimiter && !inside)) {
            out.at[out.n++] = field(arena, str_make(row.p + from, i - from));
            from = i + 1;
        }
    }
    return out;
}
