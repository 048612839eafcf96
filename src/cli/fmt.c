/* fmt.c - `dtc fmt`: pipeline files in the one layout.
 *
 * Reads each file alone: no `use` is followed and nothing is resolved. A file with syntax errors
 * stays as it is. What comes out is read again before anything is written: a formatter that loses a
 * comment or changes a tree is a bug of ours and must not reach the disk. */
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/diff.h"
#include "model/files.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include <errno.h>

struct job {
    struct cli *cli;
    bool check, diff;
    uint32_t files, changed;
    int code;
};

static void worse(struct job *job, int code)
{
    job->code = code > job->code ? code : job->code;
}

static bool is_utf8(struct dtc *ctx, uint32_t source)
{
    struct str text = ctx->sources.files.at[source].text;
    size_t at = utf8_check(text);
    if (at == text.n)
        return true;
    struct span span = {source, (uint32_t)at, (uint32_t)at + 1};
    diag_add(&ctx->diags, diag_rule("DT008"), span, "byte %zu, 0x%02x, is not part of a character",
             at + 1, (unsigned)(unsigned char)text.p[at]);
    return false;
}

static struct str comment_text(const struct dtc *ctx, const struct tree *tree, uint32_t i)
{
    struct comment c = tree->comments[i];
    return str_trim(source_text(&ctx->sources, (struct span){tree->file, c.lo, c.hi}));
}

/* BUG unless the formatted text is the same program with the same comments. */
static void verify(struct dtc *ctx, const struct tree *tree, const char *path, struct str text,
                   enum parse_mode mode)
{
    char *copy = arena_alloc(&ctx->arena, text.n + 2, 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    copy[text.n] = copy[text.n + 1] = '\0';
    struct tree again;
    parse_file(ctx, source_add(&ctx->sources, path, str_make(copy, text.n)), mode, &again);
    if (!tree_equal(tree, tree->root, &again, again.root))
        BUG("formatting would change what `%s` says", path);
    bool same = tree->comments_n == again.comments_n;
    for (uint32_t i = 0; same && i < tree->comments_n; i++)
        same = str_eq(comment_text(ctx, tree, i), comment_text(ctx, &again, i));
    if (!same)
        BUG("formatting would change the comments of `%s`", path);
    tree_fini(&again);
}

/* What becomes of a file whose text would change. */
static void deliver(struct job *job, const char *path, struct str before, struct str after)
{
    struct cli *cli = job->cli;
    bool same = str_eq(before, after);
    job->changed += !same;
    if (job->diff) {
        struct buf out;
        buf_init(&out);
        diff_unified(&out, path, before, after);
        cli_write(cli, buf_view(&out));
        buf_fini(&out);
    } else if (job->check) {
        if (!same)
            cli_print(cli, "%s\n", path);
    } else if (strcmp(path, "-") == 0) {
        cli_write(cli, after);
    } else if (!same) {
        int error = fs_write(path, after);
        if (error) {
            cli_file_error(cli, path, error, true);
            worse(job, CLI_USAGE);
        }
    }
    if (!same && (job->check || job->diff))
        worse(job, CLI_FINDINGS);
}

static void format(struct job *job, const char *path)
{
    struct dtc *ctx = &job->cli->ctx;
    struct str raw;
    int error = fs_read(&ctx->arena, path, &raw);
    if (error) {
        cli_file_error(job->cli, path, error, false);
        worse(job, CLI_USAGE);
        return;
    }
    bool mark = str_starts(raw, "\xef\xbb\xbf");
    struct str text = mark ? str_make(raw.p + 3, raw.n - 3) : raw;
    uint32_t source = source_add(&ctx->sources, path, text);
    enum parse_mode mode = str_ends(str_from(path), ".sql") ? PARSE_SQL : PARSE_DTL;
    struct tree tree = {0};
    if (is_utf8(ctx, source))
        parse_file(ctx, source, mode, &tree);
    job->files++;
    if (!tree.root || diag_has_errors(&ctx->diags)) {
        worse(job, ctx->limit_hit ? CLI_USAGE : CLI_FINDINGS);
        cli_flush(job->cli);
    } else {
        cli_forget(job->cli); /* notes are the business of `dtc lint` */
        struct buf out;
        buf_init(&out);
        print_file(&out, ctx, &tree);
        verify(ctx, &tree, path, buf_view(&out), mode);
        cli_forget(job->cli);
        deliver(job, path, raw, buf_view(&out));
        buf_fini(&out);
    }
    tree_fini(&tree);
}

static void format_folder(struct job *job, const char *folder)
{
    struct arena *arena = &job->cli->ctx.arena;
    struct files_found found = {0};
    uint32_t unread = 0;
    const char *unread_path = NULL;
    files_walk(arena, fs_absolute(arena, folder), &found, &unread, &unread_path);
    if (unread) {
        cli_file_error(job->cli, unread_path, EACCES, false);
        worse(job, CLI_USAGE);
    }
    for (uint32_t i = 0; i < found.paths.n; i++) {
        const char *path = fs_join(arena, folder, found.paths.at[i]);
        struct arena_mark mark = arena_mark(arena);
        struct str text;
        bool generated = fs_read(arena, path, &text) == 0 && files_is_generated(text);
        arena_reset(arena, mark);
        if (!generated)
            format(job, path);
    }
    VEC_FINI(&found.paths);
}

int command_fmt(struct cli *cli)
{
    struct job job = {.cli = cli, .check = cli_flag(cli, "check"), .diff = cli_flag(cli, "diff")};
    syntax_open(&cli->ctx);
    for (uint32_t i = 0; i < cli->args.n; i++) {
        const char *path = cli->args.at[i];
        if (strcmp(path, "-") != 0 && fs_stat(path) == FS_FOLDER)
            format_folder(&job, path);
        else
            format(&job, path);
    }
    if (cli->args.n == 0) {
        const char *here = fs_absolute(&cli->ctx.arena, ".");
        const char *root = files_find_root(&cli->ctx.arena, here);
        format_folder(&job, strcmp(root, here) == 0 ? "." : root);
    }
    cli_flush(cli);
    if (cli->args.n != 1 || strcmp(cli->args.at[0], "-") != 0)
        cli_note(cli, "%u of %u file%s %s\n", job.changed, job.files, job.files == 1 ? "" : "s",
                 job.check || job.diff ? "would change" : "changed");
    return job.code;
}
