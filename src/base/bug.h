/* bug.h - the third kind of error: ours.
 *
 * A user's mistake is a diagnostic, a failing environment is a diagnostic with an exit code; a
 * state that this program should never reach ends here, with the place and a request to report
 * it. */
#ifndef DTC_BASE_BUG_H
#define DTC_BASE_BUG_H

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

/* Prints "internal error: ... This is a bug in dtc" to stderr and ends the process with status
 * 2. */
_Noreturn void bug_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The one place where running out of memory ends the process, with status 2. */
_Noreturn void bug_out_of_memory(void);

#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)

#endif
