/* corners.c - texts that are far larger in one direction than real ones, each at a size and at ten
 * times that size: the time must grow ten times and not a hundred. */
#include "bench.h"
#include "base/limits.h"
#include <math.h>
#include <time.h>

static void repeat(struct buf *out, const char *text, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        buf_puts(out, text);
}

static void base_table(struct buf *out, uint32_t columns)
{
    buf_puts(out, "bronze table t (\n  k integer, v varchar");
    for (uint32_t i = 2; i < columns; i++)
        buf_printf(out, ",\n  c%u integer", i);
    buf_puts(out, "\n) change tracking;\n");
}

/* n columns, each as deep as the limit lets it be. */
static void nested(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as select k");
    for (uint32_t i = 0; i < n; i++) {
        buf_puts(out, ",\n  ");
        repeat(out, "(", LIMIT_NESTING / 2);
        buf_puts(out, "k");
        repeat(out, ")", LIMIT_NESTING / 2);
        buf_printf(out, " as c%u", i);
    }
    buf_puts(out, "\nfrom t;\n");
}

static void too_nested(struct buf *out, uint32_t n)
{
    buf_puts(out, "gold table g lag 1 hour as select ");
    repeat(out, "(", n);
    buf_puts(out, "k");
    repeat(out, ")", n);
    buf_puts(out, " as c from t;\n");
}

static void case_arms(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as\nselect k, case k");
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "\n  when %u then 'arm %u'", i, i);
    buf_puts(out, "\n  else v end as c\nfrom t;\n");
}

static void union_all(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as\n");
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "%sselect k, v, %u as part from t\n", i == 0 ? "" : "union all\n", i);
    buf_puts(out, ";\n");
}

/* Columns until the body has so many bytes. */
static void one_body(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as\nselect k");
    for (uint32_t i = 0; out->n < n; i++)
        buf_printf(out, ",\n  coalesce(nullif(trim(v), ''), 'none %u') || k::varchar as c%u", i, i);
    buf_puts(out, "\nfrom t;\n");
}

static void ctes(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as\nwith c0 as (select k, v from t)");
    for (uint32_t i = 1; i < n; i++)
        buf_printf(out, ",\nc%u as (select k, v from c%u)", i, i - 1);
    buf_printf(out, "\nselect k, v from c%u;\n", n - 1);
}

static void readers(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "gold table g%u lag 1 hour as select k, v from bronze.t;\n", i);
}

/* Ten tables, each a star over the one before. */
static void stars(struct buf *out, uint32_t n)
{
    base_table(out, n);
    for (uint32_t i = 0; i < 10; i++) {
        buf_printf(out, "gold table g%u lag %s as select * from ", i,
                   i == 9 ? "1 hour" : "downstream");
        if (i == 0)
            buf_puts(out, "bronze.t;\n");
        else
            buf_printf(out, "gold.g%u;\n", i - 1);
    }
}

static void equal_names(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as select k");
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, ",\n  least(k, k) as c%u", i);
    buf_puts(out, "\nfrom t;\n");
}

static void equal_columns(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as select k");
    repeat(out, ", k", n);
    buf_puts(out, "\nfrom t;\n");
}

static void equal_tables(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    repeat(out, "gold table g lag 1 hour as select k, v from bronze.t;\n", n);
}

/* Each name is a mistake of its own. */
static void wrong_names(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "gold table g%u lag 1 hour as select k, v from bronze.tt%u;\n", i, i);
}

static void and_of_ors(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as select k, v from t\nwhere v is not null");
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "\n  and (k > %u or v < '%u')", i, i);
    buf_puts(out, ";\n");
}

static void in_list(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as select k, v from t\nwhere k in (0");
    for (uint32_t i = 1; i < n; i++)
        buf_printf(out, ", %u", i);
    buf_puts(out, ");\n");
}

static void joins(struct buf *out, uint32_t n)
{
    base_table(out, 2);
    buf_puts(out, "gold table g lag 1 hour as select t0.k, t0.v\nfrom t t0");
    for (uint32_t i = 1; i < n; i++)
        buf_printf(out, "\nleft join t t%u on t%u.k = t%u.k", i, i - 1, i);
    buf_puts(out, ";\n");
}

/* Every line opens a string again that is never closed. */
static void open_strings(struct buf *out, uint32_t n)
{
    buf_puts(out, "'\n");
    repeat(out, "\\'\n", n);
}

static void errors(struct buf *out, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        buf_printf(out, "gold table g%u as select from where;\n", i);
}

struct corner {
    const char *name;
    uint32_t n;
    void (*write)(struct buf *out, uint32_t n);
};

static const struct corner all[] = {
    {"columns of 1,000 parentheses", 40, nested},
    {"parentheses beyond the limit", 100000, too_nested},
    {"CASE of arms", 10000, case_arms},
    {"UNION ALL of branches", 5000, union_all},
    {"one body of bytes", 5000000, one_body},
    {"CTEs in one body", 1000, ctes},
    {"readers of one table", 100000, readers},
    {"columns through ten stars", 2000, stars},
    {"uses of one name", 100000, equal_names},
    {"columns of one name", 100000, equal_columns},
    {"tables of one name", 10000, equal_tables},
    {"names that do not exist", 10000, wrong_names},
    {"AND of ORs", 10000, and_of_ors},
    {"IN list", 100000, in_list},
    {"joins in one FROM", 200, joins},
    {"strings never closed", 100000, open_strings},
    {"declarations with an error", 10000, errors},
};

static double total(const struct measure *m)
{
    double sum = 0;
    for (unsigned phase = PARSE; phase < PHASES; phase++)
        sum += m->ms[phase] > 0 ? m->ms[phase] : 0;
    return sum;
}

/* The phase that grew worst among those that took long enough to tell. Ten times the text does not
 * fit the caches that the text did: up to 1.6 is that, not the program. */
static void print_worst(const struct measure *small, const struct measure *large)
{
    static const char *const names[PHASES] = {"scan",  "parse",  "resolve",
                                              "graph", "checks", "emit"};
    double worst = 0;
    unsigned which = PHASES;

    for (unsigned phase = 0; phase < PHASES; phase++) {
        if (large->ms[phase] < 10 || small->ms[phase] <= 0)
            continue;
        double growth = log10(large->ms[phase] / small->ms[phase]);
        if (growth > worst) {
            worst = growth;
            which = phase;
        }
    }
    if (which == PHASES)
        printf("      -\n");
    else
        printf("  %5.2f  %s%s\n", worst, names[which], worst > 1.6 ? "  <- not linear" : "");
}

int bench_corners(const char *only)
{
    printf("\nCorners, in ms without the scan; growth is that of the worst phase, 1 is linear.\n");
    printf("  %-30s %9s %10s %10s %8s  %s\n", "", "size", "ms", "ten times", "growth", "in");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct measure m[2];
        bool measured = true;
        if (only != NULL && strstr(all[i].name, only) == NULL)
            continue;
        for (unsigned k = 0; k < 2 && measured; k++) {
            struct buf text;
            buf_init(&text);
            all[i].write(&text, k == 0 ? all[i].n : all[i].n * 10);
            measured = measure_text(&m[k], buf_view(&text), k == 0 ? 3 : 2);
            buf_fini(&text);
        }
        if (!measured) {
            printf("  %-30s %9u  the measurement failed\n", all[i].name, all[i].n);
            continue;
        }
        printf("  %-30s %9u %10.2f %10.2f %3s", all[i].name, all[i].n, total(&m[0]), total(&m[1]),
               m[1].errors > 0 ? "e" : "");
        print_worst(&m[0], &m[1]);
    }
    return 0;
}
