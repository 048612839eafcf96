/* phases.c - the table of `make bench`: what each phase costs on projects of growing size. */
#include "bench.h"
#include <math.h>

/* Growth: the exponent of the size of the text that the time follows, 1 for a straight line. */
static double growth(const struct measure *small, const struct measure *large, double from,
                     double to)
{
    double text = log((double)large->bytes / (double)small->bytes);
    return text > 0 && from > 0 && to > 0 ? log(to / from) / text : (double)NAN;
}

static double until(const struct measure *m, enum phase last)
{
    double sum = m->ms[PARSE];
    for (unsigned phase = RESOLVE; phase <= (unsigned)last; phase++)
        sum += m->ms[phase];
    return sum;
}

static void print_row(const char *folder, const struct measure *m, const struct measure *before)
{
    double mb = (double)m->bytes / 1e6;

    printf("\n%s: %u tables in %u files, %.2f MB, %llu tokens", folder, m->tables, m->files, mb,
           (unsigned long long)m->tokens);
    if (m->errors + m->warnings > 0)
        printf(", %u errors, %u warnings", m->errors, m->warnings);
    printf("\n  phase             ms      MB/s   growth\n");
    static const char *const names[PHASES] = {"scan",  "scan+parse", "resolve",
                                              "graph", "checks",     "emit"};
    for (unsigned phase = 0; phase < PHASES; phase++) {
        if (m->ms[phase] < 0)
            continue;
        printf("  %-10s %9.2f %9.1f", names[phase], m->ms[phase], mb / m->ms[phase] * 1e3);
        double g = before == NULL ? (double)NAN
                                  : growth(before, m, before->ms[phase], m->ms[phase]);
        if (!isnan(g))
            printf("   %6.3f", g);
        printf("\n");
    }
    printf("  scan+parse is %.2f times scan (goal 4), with resolve and graph %.2f (goal 6), with "
           "checks %.2f (goal 8)\n",
           m->ms[PARSE] / m->ms[SCAN], until(m, GRAPH) / m->ms[SCAN],
           until(m, CHECKS) / m->ms[SCAN]);
    printf("  memory %.1f KB for each table, %.1f bytes for each byte of text; peak %.1f MB\n",
           (double)m->memory / 1024 / m->tables, (double)m->memory / (double)m->bytes,
           (double)m->peak / 1e6);
}

int bench_phases(char **folders)
{
    struct measure before = {0};
    bool any = false;

    for (; *folders != NULL; folders++) {
        struct measure m;
        unsigned runs = strstr(*folders, "100000") != NULL ? 2 : 5;
        if (!measure_folder(&m, *folders, runs)) {
            printf("\n%s: the measurement failed\n", *folders);
            return 1;
        }
        print_row(*folders, &m, any && m.tables > before.tables ? &before : NULL);
        any = true;
        before = m;
    }
    return 0;
}
