/* scan.h - the actions of grammar/dtl.l. Private to the scanner. */
#ifndef DTC_SYNTAX_SCAN_H
#define DTC_SYNTAX_SCAN_H

#include "syntax/parser.h"

struct scan_state {
    struct parser *parser;
    struct interner *names;
    uint32_t lo, hi; /* of the text just matched */
    bool zeros;      /* there are zero bytes somewhere in the file */
};

void scan_take(struct scan_state *s, int kind, sym_t sym);
void scan_take_text(struct scan_state *s, int kind, const char *text, size_t n);
void scan_word(struct scan_state *s, const char *text, size_t n);
void scan_quoted(struct scan_state *s, const char *text, size_t n);
void scan_binary(struct scan_state *s, const char *text, size_t n);
void scan_dollar(struct scan_state *s, int kind, const char *text, size_t n);
void scan_comment(struct scan_state *s, const char *text);
void scan_stray(struct scan_state *s, const char *text, size_t n);
void scan_bad_number(struct scan_state *s, const char *text, size_t n);
void scan_error(struct scan_state *s, const char *code, const char *label);
/* Reports an unclosed string or name; returns how much of it to swallow (to the end of its line),
 * so that the rest of the file is still read. */
int scan_unclosed(struct scan_state *s, const char *code, const char *text, size_t n);
/* Templates stand in scripts only; elsewhere these return false and the text is read on as it is.
 */
bool scan_template(struct scan_state *s);
bool scan_hole(struct scan_state *s, const char *text, size_t n);
/* One character of a text that turned out to be no template. */
void scan_rest(struct scan_state *s, char c);
/* `DB{{env}}`: 0 when the whole is one name with a hole, else how much of it is the word alone. */
size_t scan_word_before_hole(struct scan_state *s, const char *text, size_t n);
/* Is this ".5" a dot after an operand (`t.1`)? */
bool scan_splits_dot(const struct scan_state *s, const char *text);

#endif
