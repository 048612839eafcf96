/* bug.c - how the process ends when the fault is ours or when memory is gone.
 *
 * Owns the two sentences and the status 2; not the decision, which is the caller's. Ends with
 * _Exit, so that half-written standard output is not flushed behind the message. */
#include "base/bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void bug_at(const char *file, int line, const char *fmt, ...)
{
    va_list args;
    fputs("dtc: internal error: ", stderr);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fprintf(stderr, " (%s:%d). This is a bug in dtc: report it with the input that led here\n",
            file, line);
    fflush(stderr);
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    abort(); /* the fuzzer writes down the input of what dies, not of what ends */
#else
    _Exit(2);
#endif
}

_Noreturn void bug_out_of_memory(void)
{
    fputs("dtc: out of memory\n", stderr);
    fflush(stderr);
    _Exit(2);
}
