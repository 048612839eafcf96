/* print_source.h - the text behind a tree that `dtc fmt` prints: its tokens, and the comments
 * between them. Private to the printer.
 *
 * The printer writes the tokens of the source again, in their order. So a comment needs no node: it
 * stands between two tokens, and there it stays. The one exception: a comment in front of a comma
 * or a semicolon moves behind it. A token that the printer adds or leaves out shifts nothing,
 * because each text that is printed is looked for a few tokens ahead. */
#ifndef DTC_SYNTAX_PRINT_SOURCE_H
#define DTC_SYNTAX_PRINT_SOURCE_H

#include "syntax/ast.h"
#include "syntax/layout.h"

struct source_token {
    uint32_t lo, hi;
    uint32_t comments; /* first comment between the token before and this one */
};

struct print_source {
    struct str text;
    const struct comment *comments; /* borrowed from the tree */
    uint32_t comments_n;
    uint8_t *kinds;                  /* by comment: enum layout_kind */
    VEC(struct source_token) tokens; /* the last one is empty, at the end of the text */
    uint32_t at;                     /* first token that is not printed yet */
    uint32_t said;                   /* first comment that is not printed yet */
    bool in_block;                   /* an item of a block is printed: its semicolon comes */
    bool empty_lines;                /* comments that come keep one empty line before them */
};

#define SOURCE_NOWHERE UINT32_MAX

void print_source_init(struct print_source *s, const struct tree *tree, struct str text);
void print_source_fini(struct print_source *s);
/* The token near the current one that is written like text (letters of any case), or
 * SOURCE_NOWHERE. */
uint32_t print_source_find(const struct print_source *s, struct str text);
/* The same for a name: bare in any case, or quoted. */
uint32_t print_source_find_name(const struct print_source *s, struct str name);
struct str print_source_token(const struct print_source *s, uint32_t token);
/* Comments in front of the token; those that trailed an earlier one get lines of their own. */
void print_source_before(struct print_source *s, struct layout *layout, uint32_t token);
/* The token is printed: comments that trail it follow. */
void print_source_after(struct print_source *s, struct layout *layout, uint32_t token);
/* Is there no comment on either side of the current token? */
bool print_source_is_bare(const struct print_source *s);
/* Comments behind the token before the current one, on its line. */
void print_source_trail(struct print_source *s, struct layout *layout);
/* A piece of the text was printed as it is: everything before byte hi is done. */
void print_source_skip(struct print_source *s, struct layout *layout, uint32_t hi);
/* Comments in front of the current token that stand on lines of their own; false when there are
 * none. */
bool print_source_lead(struct print_source *s, struct layout *layout);
/* Is there an empty line in front of the next comment or token? */
bool print_source_gap(const struct print_source *s);
/* Is there a comment on a line of its own in front of the current token? */
bool print_source_has_lead(const struct print_source *s);

#endif
