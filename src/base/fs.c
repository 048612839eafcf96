/* fs.c - the only file that touches the file system.
 *
 * Owns reading whole files, atomic writing, listing and paths; not what the bytes mean. Errors are
 * errno values. A write goes to a temporary file in the same folder, is synced and renamed, so a
 * reader sees the old file or the new one and never half of one. A pipe or device (/dev/stdout)
 * cannot be replaced and is written to as it is. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "base/fs.h"
#include "base/utf8.h"

#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_CHUNK ((size_t)64 << 10)
#define TEMP_TRIES 1000

static enum fs_kind kind_of(mode_t mode)
{
    if (S_ISREG(mode))
        return FS_FILE;
    return S_ISDIR(mode) ? FS_FOLDER : FS_OTHER;
}

enum fs_kind fs_stat(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? kind_of(st.st_mode) : FS_MISSING;
}

/* Fills p with up to n bytes; *got is less than n only at the end of the file. */
static int read_full(int fd, char *p, size_t n, size_t *got)
{
    *got = 0;
    while (*got < n) {
        ssize_t step = read(fd, p + *got, n - *got);
        if (step == 0)
            return 0;
        if (step > 0)
            *got += (size_t)step;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

/* A file of known size is read in place; one byte more is asked for, to see whether it grew. */
static int read_sized(struct arena *arena, int fd, size_t size, struct str *out, bool *whole)
{
    char *p = arena_alloc(arena, size + 2, 1);
    size_t got;
    int error = read_full(fd, p, size + 1, &got);
    *whole = got <= size;
    if (error == 0 && *whole) {
        p[got] = p[got + 1] = '\0';
        *out = str_make(p, got);
    }
    return error;
}

/* A pipe, a device, or a file that grows while it is read. */
static int read_stream(struct arena *arena, int fd, struct str *out)
{
    struct buf buf;
    buf_init(&buf);
    int error = 0;
    for (;;) {
        size_t before = buf.n;
        size_t got;
        buf_fill(&buf, '\0', READ_CHUNK);
        error = read_full(fd, buf.p + before, READ_CHUNK, &got);
        buf.n = before + got;
        if (error == 0 && buf.n > LIMIT_SOURCE_BYTES)
            error = EFBIG;
        if (error != 0 || got < READ_CHUNK)
            break;
    }
    if (error == 0) {
        char *p = arena_zalloc(arena, buf.n + 2, 1);
        if (buf.n > 0)
            memcpy(p, buf.p, buf.n);
        *out = str_make(p, buf.n);
    }
    buf_fini(&buf);
    return error;
}

static int read_open(struct arena *arena, int fd, struct str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return errno;
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    if (!S_ISREG(st.st_mode) || st.st_size <= 0)
        return read_stream(arena, fd, out);
    if ((uint64_t)st.st_size > LIMIT_SOURCE_BYTES)
        return EFBIG;
    off_t start = lseek(fd, 0, SEEK_CUR); /* standard input may have been read in part */
    bool whole;
    int error = read_sized(arena, fd, (size_t)st.st_size, out, &whole);
    if (error != 0 || whole)
        return error;
    return lseek(fd, start, SEEK_SET) == start ? read_stream(arena, fd, out) : errno;
}

int fs_read(struct arena *arena, const char *path, struct str *out)
{
    *out = STR_LIT("");
    if (strcmp(path, "-") == 0)
        return read_open(arena, STDIN_FILENO, out);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    int error = read_open(arena, fd, out);
    close(fd);
    return error;
}

static int write_all(int fd, struct str data)
{
    while (data.n > 0) {
        ssize_t step = write(fd, data.p, data.n);
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return errno;
        data = str_make(data.p + step, data.n - (size_t)step);
    }
    return 0;
}

static int write_in_place(const char *path, struct str data)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return errno;
    int error = write_all(fd, data);
    if (close(fd) != 0 && error == 0)
        error = errno;
    return error;
}

/* A new file beside the target; its mode is what the umask leaves, as for any other new file. */
static int open_temp(struct arena *arena, const char *folder, const char **temp)
{
    for (int i = 0; i < TEMP_TRIES; i++) {
        *temp = fs_join(arena, folder, arena_printf(arena, ".dtc-%ld-%d.tmp", (long)getpid(), i));
        int fd = open(*temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* The rename reaches the disk with its folder. Some file systems cannot sync a folder: no error. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

static int write_by_rename(struct arena *arena, const char *path, const mode_t *mode,
                           struct str data)
{
    const char *folder = fs_folder(arena, path);
    const char *temp;
    int fd = open_temp(arena, folder, &temp);
    if (fd < 0)
        return errno;
    int error = write_all(fd, data);
    if (error == 0 && mode && fchmod(fd, *mode & 07777) != 0)
        error = errno;
    if (error == 0 && fsync(fd) != 0)
        error = errno;
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error == 0 && rename(temp, path) != 0)
        error = errno;
    if (error != 0)
        (void)unlink(temp);
    else
        sync_folder(folder);
    return error;
}

int fs_write(const char *path, struct str data)
{
    struct stat st;
    if (path[0] == '\0')
        return ENOENT;
    bool exists = stat(path, &st) == 0;
    if (!exists && errno != ENOENT)
        return errno;
    if (exists && S_ISDIR(st.st_mode))
        return EISDIR;
    if (exists && !S_ISREG(st.st_mode))
        return write_in_place(path, data);
    /* rename needs the folder's permission only: a file that is read-only is meant to stay */
    if (exists && access(path, W_OK) != 0)
        return errno;
    /* the file behind a link is replaced, not the link */
    char *resolved = exists ? realpath(path, NULL) : NULL;
    struct arena scratch;
    arena_init(&scratch);
    const char *target = resolved ? resolved : path;
    int error = write_by_rename(&scratch, target, exists ? &st.st_mode : NULL, data);
    arena_fini(&scratch);
    free(resolved);
    return error;
}

/* Only the user reads it: what comes in may be anything. */
static int spool_to(int fd, bool *gzip)
{
    char room[1 << 16];
    size_t got = sizeof room;
    bool first = true;
    int error = fchmod(fd, 0600) == 0 ? 0 : errno;
    while (error == 0 && got == sizeof room) {
        error = read_full(STDIN_FILENO, room, sizeof room, &got);
        if (first)
            *gzip = got > 1 && room[0] == '\x1f' && (unsigned char)room[1] == 0x8b;
        first = false;
        if (error == 0)
            error = write_all(fd, str_make(room, got));
    }
    return error;
}

int fs_spool(struct arena *arena, const char **path, bool *gzip)
{
    const char *folder = getenv("TMPDIR");
    int fd = open_temp(arena, folder && *folder ? folder : "/tmp", path);
    *gzip = false;
    if (fd < 0)
        return errno;
    int error = spool_to(fd, gzip);
    if (close(fd) != 0 && error == 0)
        error = errno;
    if (error != 0)
        (void)unlink(*path);
    return error;
}

static int by_name(const void *a, const void *b)
{
    const struct fs_entry *left = a;
    const struct fs_entry *right = b;
    return str_cmp(left->name, right->name);
}

int fs_list(struct arena *arena, const char *path, struct fs_entries *out)
{
    *out = (struct fs_entries){0};
    DIR *folder = opendir(path);
    if (!folder)
        return errno;
    VEC(struct fs_entry) found = {0};
    int error = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (!entry) {
            error = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        struct stat st;
        bool known = fstatat(dirfd(folder), entry->d_name, &st, 0) == 0;
        /* a link that leads nowhere is listed, as FS_MISSING */
        *VEC_PUSH(&found) = (struct fs_entry){arena_str(arena, str_from(entry->d_name)),
                                              known ? kind_of(st.st_mode) : FS_MISSING};
    }
    closedir(folder);
    if (error == 0 && found.n > 0) {
        qsort(found.at, found.n, sizeof *found.at, by_name);
        out->at = ARENA_ARRAY(arena, struct fs_entry, found.n);
        out->n = found.n;
        memcpy(out->at, found.at, found.n * sizeof *found.at);
    }
    VEC_FINI(&found);
    return error;
}

int fs_make_folder(const char *path)
{
    size_t n = strlen(path);
    char *copy = malloc(n + 1);
    if (!copy)
        bug_out_of_memory();
    memcpy(copy, path, n + 1);
    int error = 0;
    for (size_t i = 1; i <= n && error == 0; i++) {
        if (copy[i] != '/' && copy[i] != '\0')
            continue;
        copy[i] = '\0';
        if (mkdir(copy, 0777) != 0 && fs_stat(copy) != FS_FOLDER)
            error = errno == EEXIST ? ENOTDIR : errno;
        copy[i] = path[i];
    }
    free(copy);
    return n == 0 ? ENOENT : error;
}

int fs_remove(const char *path)
{
    return remove(path) == 0 ? 0 : errno;
}

bool fs_print(FILE *stream, struct str data)
{
    bool written = data.n == 0 || fwrite(data.p, 1, data.n, stream) == data.n;
    return fflush(stream) == 0 && written && !ferror(stream);
}

const char *fs_join(struct arena *arena, const char *a, const char *b)
{
    size_t n = strlen(a);
    if (b[0] == '/' || n == 0 || strcmp(a, ".") == 0)
        return arena_str(arena, str_from(b)).p;
    if (b[0] == '\0')
        return arena_str(arena, str_from(a)).p;
    return arena_printf(arena, a[n - 1] == '/' ? "%s%s" : "%s/%s", a, b);
}

const char *fs_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    while (slash > path && slash[-1] == '/')
        slash--;
    if (slash == path)
        return "/";
    return arena_str(arena, str_make(path, (size_t)(slash - path))).p;
}

const char *fs_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *fs_absolute(struct arena *arena, const char *path)
{
    char *resolved = realpath(path, NULL);
    if (resolved) {
        const char *copy = arena_str(arena, str_from(resolved)).p;
        free(resolved);
        return copy;
    }
    const char *folder = fs_folder(arena, path);
    const char *base = fs_base(path);
    /* the last component does not exist: resolve what is before it */
    if (path[0] == '\0' || strcmp(folder, path) == 0 || strcmp(path, ".") == 0)
        return arena_str(arena, str_from(path)).p;
    return fs_join(arena, fs_absolute(arena, folder), base);
}

bool fs_find_not_utf8(const char *path, uint64_t *line, size_t *at, unsigned char *byte)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t room = 0;
    ssize_t n;
    bool found = false;
    *line = 0;
    while (file && !found && (n = getline(&text, &room, file)) > 0) {
        *at = utf8_check(str_make(text, (size_t)n));
        ++*line;
        found = *at < (size_t)n;
        if (found)
            *byte = (unsigned char)text[*at];
    }
    free(text);
    if (file)
        fclose(file);
    return found;
}
