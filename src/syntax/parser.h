/* parser.h - what scanner, token filter and grammar share. Private to src/syntax and grammar/.
 *
 * Three steps, one direction: the scanner fills an array of tokens, words with their keyword's
 * symbol; the filter walks it once and decides which words are keywords where they stand
 * (soft.def), with bounded looks ahead and back; bison reads the result. No step asks a later one.
 */
#ifndef DTC_SYNTAX_PARSER_H
#define DTC_SYNTAX_PARSER_H

#include "base/vec.h"
#include "syntax/keywords.h"
#include "syntax/parse.h"

struct token {
    uint16_t kind; /* enum dtl_tokentype; 0 at the end */
    uint16_t flags;
    uint32_t lo, hi;
    sym_t sym;
};

struct tokens {
    VEC(struct token) all;
};

struct location {
    uint32_t lo, hi;
};

struct list {
    node_t first, last;
};

/* A name read in a statement that is kept raw. */
struct raw_name {
    uint32_t statement; /* byte at which the statement starts */
    node_t object;
};

/* A chain of AND, OR, UNION ... and where it grows. */
struct chain {
    node_t node, last;
};

struct parser {
    struct dtc *ctx;
    struct tree *tree;
    struct tokens tokens;
    uint32_t at; /* next token for bison */
    uint32_t file;
    enum parse_mode mode;
    uint32_t errors;                /* in this file */
    VEC(struct raw_name) raw_names; /* in the order of the text */
    uint32_t raw_at;                /* next one that the grammar has not taken */
    VEC(uint32_t) scan_errors;      /* bytes at which the scanner found something wrong */
    VEC(struct location) templates; /* holes and template tags, in the order of the text */
    VEC(struct location) unclosed;  /* from bracket to end: reported */
    struct list decls;              /* read so far: kept when the parse is given up */
    VEC(struct chain) chains;       /* that may still grow, the innermost last */
};

/* All tokens of the file, unfiltered: every word is TOK_IDENT with its folded symbol. Lexical
 * errors are reported. The last token has kind 0. */
void scan_tokens(struct parser *p, struct str text);
/* Decides keywords in place; removes tokens of pieces that are kept raw. */
void filter_tokens(struct parser *p);

#include "dtl.tab.h"

#endif
