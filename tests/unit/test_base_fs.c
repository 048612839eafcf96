/* Files: whole reads, atomic writes, paths. Each test works in a folder of its own. */
#define _XOPEN_SOURCE 700
#include "base/fs.h"
#include "base/limits.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/dtc-unit-fs-XXXXXX";
static struct arena arena;

static void enter(void)
{
    arena_init(&arena);
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void remove_all(const char *path)
{
    struct fs_entries entries;
    if (fs_stat(path) == FS_FOLDER && fs_list(&arena, path, &entries) == 0)
        for (uint32_t i = 0; i < entries.n; i++)
            remove_all(fs_join(&arena, path, entries.at[i].name.p));
    (void)remove(path);
}

static void leave(void)
{
    remove_all(folder);
    arena_fini(&arena);
}

TestSuite(base_fs, .init = enter, .fini = leave);

/* What is in the folder, as "a b c". */
static const char *listing(const char *path)
{
    struct fs_entries entries;
    const char *text = "";
    cr_assert_eq(fs_list(&arena, path, &entries), 0);
    for (uint32_t i = 0; i < entries.n; i++)
        text = arena_printf(&arena, "%s%s%s", text, i ? " " : "", entries.at[i].name.p);
    return text;
}

Test(base_fs, what_was_written_is_read)
{
    struct str text;
    cr_assert_eq(fs_write("f", STR_LIT("one\0two")), 0);
    cr_assert_eq(fs_read(&arena, "f", &text), 0);
    cr_assert(str_eq(text, STR_LIT("one\0two")));
    cr_assert_eq(text.p[text.n], '\0');
    cr_assert_eq(text.p[text.n + 1], '\0');
    cr_assert_eq(fs_write("f", STR_LIT("")), 0);
    cr_assert_eq(fs_read(&arena, "f", &text), 0);
    cr_assert_eq(text.n, 0);
    cr_assert_str_eq(listing("."), "f", "a temporary file stayed");
}

Test(base_fs, large_files_pass_whole)
{
    struct buf buf;
    buf_init(&buf);
    while (buf.n < 3000000)
        buf_printf(&buf, "%zu,", buf.n);
    struct str text;
    cr_assert_eq(fs_write("f", buf_view(&buf)), 0);
    cr_assert_eq(fs_read(&arena, "f", &text), 0);
    cr_assert(str_eq(text, buf_view(&buf)));
    buf_fini(&buf);
}

Test(base_fs, errors_are_errno_values)
{
    struct str text;
    cr_expect_eq(fs_read(&arena, "missing", &text), ENOENT);
    cr_expect_eq(text.n, 0);
    cr_expect_eq(fs_read(&arena, ".", &text), EISDIR);
    cr_expect_eq(fs_write(".", STR_LIT("x")), EISDIR);
    cr_expect_eq(fs_write("no/such/f", STR_LIT("x")), ENOENT);
    cr_expect_eq(fs_write("", STR_LIT("x")), ENOENT);
    struct fs_entries entries;
    cr_expect_eq(fs_list(&arena, "missing", &entries), ENOENT);
    cr_expect_eq(fs_remove("missing"), ENOENT);
}

Test(base_fs, a_file_beyond_the_limit_is_not_read)
{
    int fd = open("huge", O_WRONLY | O_CREAT, 0600);
    cr_assert_eq(ftruncate(fd, (off_t)LIMIT_SOURCE_BYTES + 1), 0);
    close(fd);
    struct str text;
    cr_assert_eq(fs_read(&arena, "huge", &text), EFBIG);
}

Test(base_fs, standard_input_is_read_from_where_it_stands)
{
    cr_assert_eq(fs_write("f", STR_LIT("0123456789")), 0);
    int fd = open("f", O_RDONLY);
    cr_assert_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    struct str text;
    cr_assert_eq(fs_read(&arena, "-", &text), 0);
    cr_assert(str_is(text, "0123456789"));
    cr_assert_eq(lseek(STDIN_FILENO, 4, SEEK_SET), 4);
    cr_assert_eq(fs_read(&arena, "-", &text), 0);
    cr_assert(str_is(text, "456789"));
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(write(ends[1], "piped", 5), 5);
    close(ends[1]);
    cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    cr_assert_eq(fs_read(&arena, "-", &text), 0);
    cr_assert(str_is(text, "piped"));
    cr_assert_eq(text.p[text.n + 1], '\0');
}

Test(base_fs, a_failed_write_leaves_the_old_file)
{
    cr_assert_eq(fs_write("f", STR_LIT("old")), 0);
    struct buf buf;
    buf_init(&buf);
    buf_fill(&buf, 'x', 100000);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {4096, RLIM_INFINITY};
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    cr_expect_eq(fs_write("f", buf_view(&buf)), EFBIG);
    cr_expect_eq(fs_write("new", buf_view(&buf)), EFBIG);
    buf_fini(&buf);
    struct str text;
    cr_expect_eq(fs_read(&arena, "f", &text), 0);
    cr_expect(str_is(text, "old"));
    cr_expect_str_eq(listing("."), "f");
}

Test(base_fs, mode_and_links_are_kept)
{
    cr_assert_eq(fs_write("f", STR_LIT("old")), 0);
    cr_assert_eq(chmod("f", 0640), 0);
    cr_assert_eq(symlink("f", "link"), 0);
    cr_assert_eq(fs_write("link", STR_LIT("new")), 0);
    struct stat st;
    cr_assert_eq(lstat("link", &st), 0);
    cr_assert(S_ISLNK(st.st_mode));
    cr_assert_eq(stat("f", &st), 0);
    cr_assert_eq(st.st_mode & 07777, 0640);
    struct str text;
    cr_assert_eq(fs_read(&arena, "f", &text), 0);
    cr_assert(str_is(text, "new"));
}

Test(base_fs, a_device_is_written_to_and_not_replaced)
{
    cr_assert_eq(fs_write("/dev/null", STR_LIT("gone")), 0);
    cr_assert_eq(fs_stat("/dev/null"), FS_OTHER);
    cr_assert_eq(fs_write("/dev/full", STR_LIT("gone")), ENOSPC);
}

Test(base_fs, folders)
{
    cr_assert_eq(fs_make_folder("a/b/c"), 0);
    cr_assert_eq(fs_make_folder("a/b/c/"), 0);
    cr_assert_eq(fs_stat("a/b/c"), FS_FOLDER);
    cr_assert_eq(fs_write("a/f", STR_LIT("x")), 0);
    cr_assert_eq(fs_make_folder("a/f/g"), ENOTDIR);
    cr_assert_eq(fs_make_folder("a/f"), ENOTDIR);
    cr_assert_eq(fs_write("a/B", STR_LIT("x")), 0);
    cr_assert_eq(fs_write("a/.h", STR_LIT("x")), 0);
    cr_assert_str_eq(listing("a"), ".h B b f");
    struct fs_entries entries;
    cr_assert_eq(fs_list(&arena, "a", &entries), 0);
    cr_assert_eq(entries.at[2].kind, FS_FOLDER);
    cr_assert_eq(entries.at[3].kind, FS_FILE);
    cr_assert_eq(fs_remove("a/f"), 0);
    cr_assert_eq(fs_stat("a/f"), FS_MISSING);
}

Test(base_fs, absolute_paths)
{
    cr_assert_eq(fs_make_folder("a"), 0);
    cr_assert_eq(symlink("a", "link"), 0);
    const char *here = fs_absolute(&arena, ".");
    cr_expect_eq(here[0], '/');
    cr_expect_str_eq(fs_absolute(&arena, "link"), fs_join(&arena, here, "a"));
    cr_expect_str_eq(fs_absolute(&arena, "link/new"), fs_join(&arena, here, "a/new"));
    cr_expect_str_eq(fs_absolute(&arena, "x/y/z"), fs_join(&arena, here, "x/y/z"));
    cr_expect_str_eq(fs_absolute(&arena, "/no-such"), "/no-such");
}

Test(base_paths, join_folder_base)
{
    static const struct {
        const char *a, *b, *joined;
    } joins[] = {
        {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"},   {".", "b", "b"},
        {"a", "/b", "/b"}, {"/", "b", "/b"},   {"a", "", "a"},
    };
    static const struct {
        const char *path, *folder, *base;
    } parts[] = {
        {"a/b", "a", "b"}, {"b", ".", "b"},       {"/b", "/", "b"},
        {"a//b", "a", "b"}, {"a/b/c", "a/b", "c"}, {"//b", "/", "b"},
    };
    struct arena scratch;
    arena_init(&scratch);
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        cr_expect_str_eq(fs_join(&scratch, joins[i].a, joins[i].b), joins[i].joined);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        cr_expect_str_eq(fs_folder(&scratch, parts[i].path), parts[i].folder);
        cr_expect_str_eq(fs_base(parts[i].path), parts[i].base);
    }
    arena_fini(&scratch);
}

Test(base_paths, a_full_stream_is_seen)
{
    FILE *full = fopen("/dev/full", "w");
    cr_assert_not_null(full);
    cr_expect_not(fs_print(full, STR_LIT("text")));
    fclose(full);
    FILE *null = fopen("/dev/null", "w");
    cr_expect(fs_print(null, STR_LIT("text")));
    cr_expect(fs_print(null, str_make(NULL, 0)));
    fclose(null);
}
