/* fuzz_main.c - feeds the files on the command line to a fuzz target, for builds without libFuzzer.
 *
 * So a finding stays found on every compiler: its input lies in tests/fuzz/regress and goes through
 * here in every run of the tests. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int feed(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    size_t size = 0;
    size_t room = 0;

    if (file == NULL) {
        perror(path);
        return 1;
    }
    for (;;) {
        if (size == room) {
            room = room == 0 ? 4096 : room * 2;
            uint8_t *larger = realloc(data, room);
            if (larger == NULL)
                abort();
            data = larger;
        }
        size_t got = fread(data + size, 1, room - size, file);
        if (got == 0)
            break;
        size += got;
    }
    fclose(file);
    /* An exact copy, so that a read past the end is seen. */
    uint8_t *exact = malloc(size == 0 ? 1 : size);
    if (exact == NULL)
        abort();
    for (size_t i = 0; i < size; i++)
        exact[i] = data[i];
    free(data);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

int main(int argc, char **argv)
{
    int status = 0;

    for (int i = 1; i < argc; i++)
        status |= feed(argv[i]);
    return status;
}
