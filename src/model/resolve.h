/* resolve.h - what the parts of model_resolve share; private to src/model.
 *
 * The parts run in this order, each over the whole model: declare (what there is), settings (what
 * holds for it), refs (who reads whom), columns (what each offers). */
#ifndef DTC_MODEL_RESOLVE_H
#define DTC_MODEL_RESOLVE_H

#include "model/model.h"

/* The first clause of each kind in one declaration. */
struct clauses {
    uint32_t file;
    node_t at[NODE_KINDS];
    node_t floor; /* LAG with FLAG_AT_LEAST */
};

struct resolver {
    struct dtc *ctx;
    struct model *model;
    const struct model_options *options;
    struct map same_name;    /* last part of a name -> first relation that has it */
    VEC(uint32_t) next_same; /* by relation: the next one of the same name, or MODEL_NONE */
    VEC(bool) unresolved;    /* by relation: a name in it was reported */
    struct clauses pipeline, env;
    VEC(struct clauses) layers; /* by layer */
    VEC(sym_t) databases;       /* every name that is a database of this project */
    struct map params;          /* name -> index into model.params */
};

/* --- declare.c, declare_parts.c ------------------------------------------------------------------
 */

void declare_all(struct resolver *r);
/* The layers, the pipeline, environments and parameters: what relations are declared in. */
void declare_frame(struct resolver *r);
void collect_clauses(struct resolver *r, uint32_t file, node_t decl, struct clauses *out);
/* The layer with that name, MODEL_NONE when there is none. */
uint32_t layer_find(const struct model *model, sym_t name);
/* The layer that lives in a schema; database 0 matches any. */
uint32_t layer_of_schema(const struct model *model, sym_t database, sym_t schema);
/* A layer that nobody declared: a schema of a script, or a slip that was reported. */
uint32_t layer_infer(struct resolver *r, sym_t database, sym_t name);

/* --- comments.c
 * ------------------------------------------------------------------------------------ */

/* The documentation right above a declaration, markers removed, in the arena; NULL when none. */
const char *doc_comment(struct dtc *ctx, const struct tree *tree, node_t decl);

/* --- settings.c, params.c
 * --------------------------------------------------------------------------- */

void settings_all(struct resolver *r);
void params_all(struct resolver *r);
/* A DURATION as seconds and text (in the arena); false when it is no duration. */
bool duration_of(struct resolver *r, const struct tree *tree, node_t duration, int64_t *seconds,
                 const char **text);

/* --- names.c
 * ------------------------------------------------------------------------------------------ */

enum found { FOUND, FOUND_OUTSIDE, FOUND_NOTHING };

/* Looks a relation's name up for somebody in `reader` (MODEL_NONE: a test). quiet: report nothing.
 */
enum found relation_lookup(struct resolver *r, uint32_t file, node_t object, uint32_t reader,
                           bool quiet, uint32_t *relation);

/* --- refs.c, columns.c
 * --------------------------------------------------------------------------------- */

void refs_all(struct resolver *r);
void columns_all(struct resolver *r);

/* --- texts
 * ------------------------------------------------------------------------------------------------
 */

/* How a person would type it: lower case when it folds back, else quoted. In the arena. */
const char *shown_name(struct dtc *ctx, sym_t sym);
/* How the text spells the name of a declaration that begins with a word: LAYER, ENV, PARAM, TEST
 * ... */
const char *spelled_after_word(struct dtc *ctx, const struct tree *tree, node_t node);
/* The bytes of the last part of a NAME, OBJECT or COLUMN. */
struct span last_part(const struct dtc *ctx, const struct tree *tree, node_t node);
/* The span of a declaration that has a block, up to the block or the end of its first line. */
struct span head_span(const struct dtc *ctx, const struct tree *tree, node_t node);
/* The text of a node, in one line, cut when it is long; in the arena. */
const char *node_text(struct dtc *ctx, const struct tree *tree, node_t node);

#endif
