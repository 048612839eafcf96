/* fs.h - the only file that touches the file system. Writes are atomic: temporary file, sync,
 * rename.
 *
 * Every call that can fail returns an errno value, 0 for success: the caller turns it into a
 * diagnostic (a failing environment, design "Errors"). Paths use '/'. */
#ifndef DTC_BASE_FS_H
#define DTC_BASE_FS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include <stdio.h>

enum fs_kind { FS_MISSING, FS_FILE, FS_FOLDER, FS_OTHER };

struct fs_entry {
    struct str name; /* last component; in the arena passed in */
    enum fs_kind kind;
};

struct fs_entries {
    struct fs_entry *at; /* in the arena, sorted bytewise by name; without "." and ".." */
    uint32_t n;
};

enum fs_kind fs_stat(const char *path);
/* The whole file, NUL-terminated one past the end (two NULs: flex scans in place). Files above
 * LIMIT_SOURCE_BYTES give EFBIG. path "-" reads standard input. */
NODISCARD int fs_read(struct arena *arena, const char *path, struct str *out);
/* Replaces path by data or leaves what was there. Keeps the mode of a file that exists. */
NODISCARD int fs_write(const char *path, struct str data);
/* The first byte of a file that is no UTF-8, line by line: lines from 1, *at counts bytes of the
 * line from 0. False when there is none, or the file cannot be read. */
NODISCARD bool fs_find_not_utf8(const char *path, uint64_t *line, size_t *at,
                                 unsigned char *byte);
/* Copies standard input to a new temporary file (below TMPDIR) that the caller removes; its path is
 * in the arena. *gzip: it begins as gzip does. */
NODISCARD int fs_spool(struct arena *arena, const char **path, bool *gzip);
NODISCARD int fs_list(struct arena *arena, const char *path, struct fs_entries *out);
/* Creates the folder and its parents; no error when it exists. */
NODISCARD int fs_make_folder(const char *path);
NODISCARD int fs_remove(const char *path);
/* Writes all bytes to a stream, seen by fault tests; false when the stream failed. */
NODISCARD bool fs_print(FILE *stream, struct str data);
/* a/b, without a doubled slash; b alone when b is absolute or a is "" or ".". */
const char *fs_join(struct arena *arena, const char *a, const char *b);
/* Folder part of a path, "." when there is none. */
const char *fs_folder(struct arena *arena, const char *path);
/* Last component. */
const char *fs_base(const char *path);
/* Absolute, symbolic links resolved where the path exists. */
const char *fs_absolute(struct arena *arena, const char *path);

#endif
