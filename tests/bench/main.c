/* main.c - the program behind `make bench`; tests/bench/run says what is measured. */
#include "bench.h"
#include <stdio.h>
#include <stdlib.h>

static int generate(const char *tables, const char *folder, bool each, const char *seed)
{
    struct project project;
    unsigned long n = strtoul(tables, NULL, 10);

    project_make(&project, (uint32_t)n, seed == NULL ? 20261121 : strtoul(seed, NULL, 10));
    int failed = project_write(&project, folder, each);
    project_free(&project);
    if (failed != 0)
        fprintf(stderr, "bench: %s: %s\n", folder, strerror(failed));
    return failed == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc >= 4 && strcmp(argv[1], "generate") == 0)
        return generate(argv[2], argv[3], argc > 4 && strcmp(argv[4], "each") == 0,
                        argc > 5 ? argv[5] : NULL);
    if (argc >= 3 && strcmp(argv[1], "phases") == 0)
        return bench_phases(&argv[2]);
    if (argc >= 2 && strcmp(argv[1], "corners") == 0)
        return bench_corners(argc > 2 ? argv[2] : NULL);
    fprintf(stderr, "usage: bench generate TABLES FOLDER [one|each [SEED]] | phases FOLDER... | "
                    "corners [NAME]\n");
    return 2;
}
