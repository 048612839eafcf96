/* render_json.c - diagnostics for programs: what `dtc lint --format json` prints.
 *
 * Owns the shape {"schema_version":1,"findings":[...]}: every key is always there, null where it
 * is not known. Lines and columns start at 1, columns count code points, end_column is one past
 * the last. */
#include "diag/render.h"

#include "base/json.h"

static void add_span(struct json_out *j, struct span span, struct sources *sources)
{
    static const char *const keys[] = {"file", "line", "column", "end_line", "end_column"};
    if (span.file == SPAN_NO_FILE) {
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            json_knull(j, keys[i]);
        return;
    }
    struct place from = source_place(sources, span.file, span.lo);
    struct place to = source_place(sources, span.file, span.hi);
    json_ktext(j, "file", sources->files.at[span.file].path);
    json_kint(j, "line", from.line);
    json_kint(j, "column", from.column);
    json_kint(j, "end_line", to.line);
    json_kint(j, "end_column", to.column);
}

static void add_message(struct json_out *j, const struct diag *d)
{
    struct buf text;
    buf_init(&text);
    buf_puts(&text, d->rule->title);
    if (d->labels.at[0].text)
        buf_printf(&text, ": %s", d->labels.at[0].text);
    json_kstr(j, "message", buf_view(&text));
    buf_fini(&text);
}

static void add_related(struct json_out *j, const struct diag *d, struct sources *sources)
{
    json_kopen(j, "related", '[');
    for (uint32_t i = 1; i < d->labels.n; i++) {
        json_open(j, '{');
        json_ktext(j, "message", d->labels.at[i].text);
        add_span(j, d->labels.at[i].span, sources);
        json_close(j);
    }
    json_close(j);
}

static void add_fixes(struct json_out *j, const struct diag *d, struct sources *sources)
{
    json_kopen(j, "fixes", '[');
    for (uint32_t i = 0; i < d->fixes.n; i++) {
        const struct diag_fix *fix = &d->fixes.at[i];
        json_open(j, '{');
        json_ktext(j, "safety", fix->safety == DIAG_FIX_SAFE ? "safe" : "unsafe");
        json_ktext(j, "title", fix->title);
        json_kopen(j, "edits", '[');
        for (uint32_t k = 0; k < fix->edits.n; k++) {
            json_open(j, '{');
            add_span(j, fix->edits.at[k].span, sources);
            json_ktext(j, "text", fix->edits.at[k].text);
            json_close(j);
        }
        json_close(j);
        json_close(j);
    }
    json_close(j);
}

static void add_texts(struct json_out *j, const char *key, const char *const *texts, uint32_t n)
{
    json_kopen(j, key, '[');
    for (uint32_t i = 0; i < n; i++)
        json_text(j, texts[i]);
    json_close(j);
}

void render_json(struct buf *out, const struct diag_sink *sink, struct sources *sources)
{
    struct json_out j;
    json_begin(&j, out, false);
    json_open(&j, '{');
    json_kint(&j, "schema_version", 1);
    json_kopen(&j, "findings", '[');
    for (uint32_t i = 0; i < sink->all.n; i++) {
        const struct diag *d = sink->all.at[i];
        json_open(&j, '{');
        json_ktext(&j, "code", d->rule->code);
        json_ktext(&j, "name", d->rule->name);
        json_ktext(&j, "severity", severity_name(d->severity));
        add_message(&j, d);
        add_span(&j, d->labels.at[0].span, sources);
        add_related(&j, d, sources);
        add_fixes(&j, d, sources);
        add_texts(&j, "notes", d->notes.at, d->notes.n);
        add_texts(&j, "helps", d->helps.at, d->helps.n);
        json_close(&j);
    }
    json_close(&j);
    json_close(&j);
    json_end(&j);
    buf_putc(out, '\n');
}
