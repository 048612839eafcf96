/* files.h - where a project is and which files belong to it (design/language.md, "Which project").
 * Looks at names and first lines; reads no declaration but the word `pipeline`. */
#ifndef DTC_MODEL_FILES_H
#define DTC_MODEL_FILES_H

#include "base/arena.h"
#include "base/vec.h"

struct files_found {
    VEC(const char *) paths; /* relative to the root, in bytewise order; in the arena */
};

/* The nearest folder upwards from `from` (absolute) with a .dtl file that has a `pipeline` block;
 * else the nearest with .git; else `from`. */
const char *files_find_root(struct arena *arena, const char *from);
/* All .dtl and .sql files below root that count. Folders that could not be read are left out; their
 * number is returned in *unread and the first in *unread_path. */
void files_walk(struct arena *arena, const char *root, struct files_found *files, uint32_t *unread,
                const char **unread_path);
/* Does a text hold a `pipeline` block? */
bool files_has_pipeline(struct str text);
/* Does its first line say that dtc wrote it? Such files are output, not source. */
bool files_is_generated(struct str text);
/* The path without "." and "x/.." where the text alone tells. */
const char *files_normal(struct arena *arena, const char *path);

#endif
