/* ignore.h - which files of a folder are no part of the project: .gitignore and .dtcignore.
 *
 * A rule holds for the folder of its file and everything below it; the last rule that matches wins
 * (docs: git-scm.com/docs/gitignore). */
#ifndef DTC_MODEL_IGNORE_H
#define DTC_MODEL_IGNORE_H

#include "base/arena.h"
#include "base/vec.h"

struct ignore_rule {
    struct str pattern; /* without the marks below; in the arena */
    size_t base;        /* bytes of the path that belong to the folder of the rule's file */
    bool negated;       /* ! in front */
    bool folders_only;  /* / at the end */
    bool anchored;      /* a / elsewhere: matched from the folder, not at any depth */
};

struct ignore {
    struct arena *arena;
    VEC(struct ignore_rule) rules;
};

void ignore_init(struct ignore *ignore, struct arena *arena);
void ignore_fini(struct ignore *ignore);
/* Adds the rules of folder/.gitignore or folder/.dtcignore; a file that is not there adds none.
 * Returns how many rules there were before: ignore_leave forgets what was added since. */
uint32_t ignore_enter(struct ignore *ignore, const char *folder, const char *file);
void ignore_leave(struct ignore *ignore, uint32_t rules);
/* path is absolute; folder says what it is. */
bool ignore_match(const struct ignore *ignore, const char *path, bool folder);
/* One pattern against one path, both relative: star, question mark, [a-z], and two stars for any
 * depth. */
bool ignore_glob(struct str pattern, struct str path);

#endif
