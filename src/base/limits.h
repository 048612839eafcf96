/* limits.h - every ceiling in the program, with its reason. A limit is met by its own message. */
#ifndef DTC_BASE_LIMITS_H
#define DTC_BASE_LIMITS_H

/* Offsets are 32 bits; half of that leaves room for sums. Issue of a larger file: split it. */
#define LIMIT_SOURCE_BYTES (1u << 30)
/* Nested parentheses, CASE, subqueries: deep enough for generated SQL, shallow enough for the
 * stack. */
#define LIMIT_NESTING 2000
/* Bison's stack: several states for each level of nesting. */
/* Levels of a tree: walkers recurse, and commands run on a stack that holds this many frames. */
#define LIMIT_TREE_DEPTH 10000
#define LIMIT_PARSER_STACK 200000
/* Snowflake: identifiers are at most 255 characters (docs: identifiers-syntax, read 2026-11). */
#define LIMIT_NAME_CHARS 255
/* After so many errors in one file the rest is noise. */
#define LIMIT_ERRORS_PER_FILE 20
/* Nodes of one file: 32-bit indexes. */
#define LIMIT_NODES (1u << 30)
/* Edit distance work for "did you mean": names longer than this are not compared. */
#define LIMIT_SUGGEST_CHARS 64
/* After so many errors no near name is looked for: each look goes through all names. */
#define LIMIT_SUGGESTED_ERRORS 100

#endif
