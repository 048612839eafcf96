/* load.c - from paths on a command line to parsed files.
 *
 * Owns reading: which files, in which order, what `use` adds, and what is wrong with a file as
 * such. A file that could not be read leaves a diagnostic and no tree; the others go on. Names are
 * looked up later (resolve.c). */
#include "base/fs.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "model/model.h"
#include "model/files.h"
#include "syntax/parse.h"

#include <errno.h>
#include <stdlib.h>

struct input {
    const char *path; /* relative to the root, as shown */
    struct str text;
    bool readable;
};

struct loader {
    struct dtc *ctx;
    struct model *model;
    struct interner seen; /* paths that were asked for */
    VEC(struct input) inputs;
};

static void report_unreadable(struct dtc *ctx, int error, struct span span, const char *path)
{
    const char *code = error == ENOENT || error == ENOTDIR ? "DT010"
                       : error == EFBIG                    ? "DT012"
                                                           : "DT011";
    struct diag *d = diag_add(&ctx->diags, diag_rule(code), span, "`%s`", path);
    if (error == EFBIG)
        diag_note(&ctx->diags, d, "the limit is %u MiB", LIMIT_SOURCE_BYTES >> 20);
    else if (strcmp(code, "DT011") == 0)
        diag_note(&ctx->diags, d, "%s", strerror(error));
    ctx->limit_hit = true;
}

/* --------------------------------------------------------------------------------------- one file
 */

static struct str without_mark(struct str text)
{
    bool mark = text.n >= 3 && memcmp(text.p, "\xef\xbb\xbf", 3) == 0;
    return mark ? str_make(text.p + 3, text.n - 3) : text;
}

static bool is_script(const char *path)
{
    return str_ends(str_from(path), ".sql");
}

/* True when the text may be parsed. */
static bool check_utf8(struct dtc *ctx, uint32_t source)
{
    struct str text = ctx->sources.files.at[source].text;
    size_t at = utf8_check(text);
    if (at == text.n)
        return true;
    struct span span = {source, (uint32_t)at, (uint32_t)at + 1};
    struct diag *d = diag_add(&ctx->diags, diag_rule("DT008"), span,
                              "byte %zu, 0x%02x, is not part of a character", at + 1,
                              (unsigned)(unsigned char)text.p[at]);
    if (text.n >= 2 && ((unsigned char)text.p[0] | 1) == 0xff &&
        ((unsigned char)text.p[1] | 1) == 0xff)
        diag_note(&ctx->diags, d, "the first two bytes are those of UTF-16");
    diag_help(&ctx->diags, d, "save the file as UTF-8");
    return false;
}

static void add_file(struct model *model, const char *path, struct str text)
{
    struct dtc *ctx = model->ctx;
    struct model_file *file = VEC_PUSH(&model->files);
    file->path = path;
    file->source = source_add(&ctx->sources, path, without_mark(text));
    file->script = is_script(path);
    file->used = true;
    if (!check_utf8(ctx, file->source)) {
        tree_init(&file->tree, file->source);
        return;
    }
    uint32_t errors = ctx->diags.counts[SEVERITY_ERROR];
    parse_file(ctx, file->source, file->script ? PARSE_SQL : PARSE_DTL, &file->tree);
    if (file->tree.root && !tree_first(&file->tree, file->tree.root) &&
        errors == ctx->diags.counts[SEVERITY_ERROR])
        diag_add(&ctx->diags, diag_rule("DT013"), (struct span){file->source, 0, 0}, NULL);
}

/* -------------------------------------------------------------------------------------------- use
 */

/* Asks for a file; false when it was asked for before. */
static bool first_time(struct loader *l, const char *path)
{
    uint32_t before = l->seen.n;
    sym_intern(&l->seen, str_from(path));
    return l->seen.n != before;
}

static const char *below_root(struct loader *l, const char *path)
{
    struct str root = str_from(l->model->root);
    size_t n = root.n && root.p[root.n - 1] == '/' ? root.n - 1 : root.n;
    if (strncmp(path, root.p, n) == 0 && path[n] == '/')
        return path + n + 1;
    return path;
}

static int read_input(struct loader *l, const char *path, struct str *text)
{
    const char *file = strcmp(path, "-") == 0 ? "-" : fs_join(&l->ctx->arena, l->model->root, path);
    return fs_read(&l->ctx->arena, file, text);
}

static void report_use(struct loader *l, struct span span, int error, const char *path)
{
    if (error != ENOENT && error != ENOTDIR && error != EISDIR) {
        report_unreadable(l->ctx, error, span, path);
        return;
    }
    struct diag *d = diag_add(&l->ctx->diags, diag_rule("DT117"), span,
                              error == EISDIR ? "`%s` is a folder" : "`%s` was looked for", path);
    diag_help(&l->ctx->diags, d, "the path is taken from the folder of this file");
}

static void follow_use(struct loader *l, uint32_t file, node_t use)
{
    struct arena *arena = &l->ctx->arena;
    const struct model_file *from = &l->model->files.at[file];
    node_t string = tree_child(&from->tree, use, NODE_STRING);
    if (!string)
        return;
    struct str name =
        string_value(arena, sym_text(&l->ctx->names, tree_at(&from->tree, string)->sym));
    struct span span = tree_span(&from->tree, string);
    const char *text = arena_str(arena, name).p;
    const char *path = fs_join(arena, fs_folder(arena, from->path), text);
    path = below_root(l, files_normal(arena, path));
    if (!first_time(l, path))
        return;
    struct str content;
    int error = name.n ? read_input(l, path, &content) : ENOENT;
    if (error != 0)
        report_use(l, span, error, path);
    else
        add_file(l->model, path, content);
}

static int compare_files(const void *a, const void *b)
{
    const struct model_file *x = a;
    const struct model_file *y = b;
    return strcmp(x->path, y->path);
}

static void parse_all(struct loader *l)
{
    struct model *model = l->model;
    for (uint32_t i = 0; i < l->inputs.n; i++)
        if (l->inputs.at[i].readable)
            add_file(model, l->inputs.at[i].path, l->inputs.at[i].text);
    for (uint32_t i = 0; i < model->files.n; i++) {
        /* the vector may move while a file is added: the tree is fetched anew each time */
        node_t root = model->files.at[i].tree.root;
        node_t decl = root ? tree_first(&model->files.at[i].tree, root) : 0;
        for (; decl; decl = tree_next(&model->files.at[i].tree, decl))
            if (tree_kind(&model->files.at[i].tree, decl) == NODE_USE_FILE)
                follow_use(l, i, decl);
    }
    if (model->files.n)
        qsort(model->files.at, model->files.n, sizeof *model->files.at, compare_files);
}

/* ----------------------------------------------------------------------------------------- inputs
 */

/* explicit: named on the command line, so it is read whatever its first line says. */
static void add_input(struct loader *l, const char *path, bool explicit)
{
    struct input input = {.path = path};
    if (!first_time(l, path))
        return;
    int error = read_input(l, path, &input.text);
    if (error != 0)
        report_unreadable(l->ctx, error, SPAN_NONE, path);
    else if (!explicit && files_is_generated(input.text))
        return;
    input.readable = error == 0;
    *VEC_PUSH(&l->inputs) = input;
}

static void add_folder(struct loader *l, const char *folder)
{
    struct files_found found = {0};
    uint32_t unread;
    const char *unread_path;
    files_walk(&l->ctx->arena, folder, &found, &unread, &unread_path);
    if (unread)
        report_unreadable(l->ctx, EACCES, SPAN_NONE, below_root(l, unread_path));
    for (uint32_t i = 0; i < found.paths.n; i++) {
        const char *path = fs_join(&l->ctx->arena, folder, found.paths.at[i]);
        add_input(l, below_root(l, path), false);
    }
    VEC_FINI(&found.paths);
}

/* strstr is quick, the scan behind it exact. */
static bool has_pipeline(const struct input *input)
{
    return input->readable && !is_script(input->path) &&
           (strstr(input->text.p, "ipeline") || strstr(input->text.p, "IPELINE")) &&
           files_has_pipeline(input->text);
}

/* One project per folder that holds a pipeline block; two blocks in a folder are reported when
 * names are resolved. Folders in order, in the arena. */
static const char **project_folders(struct loader *l, uint32_t *n)
{
    struct arena *arena = &l->ctx->arena;
    const char **folders = ARENA_ARRAY(arena, const char *, l->inputs.n);
    *n = 0;
    for (uint32_t i = 0; i < l->inputs.n; i++) {
        if (!has_pipeline(&l->inputs.at[i]))
            continue;
        const char *folder = fs_folder(arena, l->inputs.at[i].path);
        bool known = false;
        for (uint32_t k = 0; k < *n && !known; k++)
            known = strcmp(folders[k], folder) == 0;
        if (!known)
            folders[(*n)++] = folder;
    }
    /* a block in the folder itself makes it one project, with one block too many */
    for (uint32_t i = 0; i < *n; i++)
        if (strcmp(folders[i], ".") == 0)
            *n = 1;
    return folders;
}

static bool one_project(struct loader *l)
{
    uint32_t n;
    const char **folders = project_folders(l, &n);
    if (n < 2)
        return true;
    struct diag *d = diag_add(&l->ctx->diags, diag_rule("DT040"), SPAN_NONE, "%u pipelines", n);
    for (uint32_t i = 0; i < n && i < 10; i++)
        diag_note(&l->ctx->diags, d, "`%s` is one", folders[i]);
    diag_help(&l->ctx->diags, d, "name one of the folders");
    return false;
}

/* ------------------------------------------------------------------------------------------ paths
 */

/* Absolute, but a link in the last component keeps its own name. */
static const char *given_path(struct dtc *ctx, const char *from, const char *path)
{
    const char *full = fs_join(&ctx->arena, from, path);
    if (fs_stat(full) != FS_FILE)
        return fs_absolute(&ctx->arena, full);
    return fs_join(&ctx->arena, fs_absolute(&ctx->arena, fs_folder(&ctx->arena, full)),
                   fs_base(full));
}

/* The folder that holds both. */
static const char *common_folder(struct arena *arena, const char *a, const char *b)
{
    size_t end = 0, i = 0;
    for (; a[i] && a[i] == b[i]; i++)
        if (a[i] == '/')
            end = i;
    if ((a[i] == '\0' || a[i] == '/') && (b[i] == '\0' || b[i] == '/'))
        end = i;
    return end ? arena_str(arena, str_make(a, end)).p : "/";
}

/* False when a path is neither a file nor a folder. */
static bool find_root(struct loader *l, const char *from, const char *const *paths, uint32_t n)
{
    struct arena *arena = &l->ctx->arena;
    const char *root = NULL;
    for (uint32_t i = 0; i < n; i++) {
        const char *folder = fs_absolute(arena, from);
        if (strcmp(paths[i], "-") != 0) {
            const char *path = given_path(l->ctx, from, paths[i]);
            enum fs_kind kind = fs_stat(path);
            if (kind == FS_MISSING) {
                report_unreadable(l->ctx, ENOENT, SPAN_NONE, paths[i]);
                return false;
            }
            folder = kind == FS_FOLDER ? path : fs_folder(arena, path);
        }
        root = root ? common_folder(arena, root, folder) : folder;
    }
    l->model->root = root ? root : files_find_root(arena, fs_absolute(arena, from));
    return true;
}

static bool collect(struct loader *l, const char *from, const char *const *paths, uint32_t n)
{
    if (!find_root(l, from, paths, n))
        return false;
    if (n == 0)
        add_folder(l, l->model->root);
    for (uint32_t i = 0; i < n; i++) {
        const char *path = strcmp(paths[i], "-") == 0 ? "-" : given_path(l->ctx, from, paths[i]);
        if (strcmp(path, "-") != 0 && fs_stat(path) == FS_FOLDER)
            add_folder(l, path);
        else
            add_input(l, below_root(l, path), true);
    }
    return n > 1 || one_project(l);
}

/* ----------------------------------------------------------------------------------------- public
 */

static void start(struct dtc *ctx, struct model *model)
{
    *model = (struct model){.ctx = ctx, .env = MODEL_NONE, .root = "."};
    map_init(&model->by_name);
    map_init(&model->targets);
}

bool model_load(struct dtc *ctx, struct model *model, const char *from, const char *const *paths,
                uint32_t paths_n)
{
    struct loader l = {.ctx = ctx, .model = model};
    start(ctx, model);
    interner_init(&l.seen);
    bool ok = collect(&l, from, paths, paths_n);
    if (ok && l.inputs.n == 0) {
        struct diag *d =
            diag_add(&ctx->diags, diag_rule("DT024"), SPAN_NONE, "no .dtl and no .sql file here");
        diag_help(&ctx->diags, d, "name a file or a folder, or start a pipeline with `dtc init`");
        ok = false;
    }
    if (ok)
        parse_all(&l);
    VEC_FINI(&l.inputs);
    interner_fini(&l.seen);
    return ok && model->files.n > 0;
}

void model_load_text(struct dtc *ctx, struct model *model, const char *path, struct str text)
{
    start(ctx, model);
    /* two NULs behind the text, as fs_read leaves them */
    char *copy = arena_zalloc(&ctx->arena, text.n + 2, 1);
    if (text.n)
        memcpy(copy, text.p, text.n);
    add_file(model, path, str_make(copy, text.n));
}

const char **model_projects(struct dtc *ctx, const char *folder, uint32_t *n)
{
    struct model model;
    struct loader l = {.ctx = ctx, .model = &model};
    start(ctx, &model);
    model.root = fs_absolute(&ctx->arena, folder);
    interner_init(&l.seen);
    add_folder(&l, model.root);
    const char **folders = project_folders(&l, n);
    for (uint32_t i = 0; i < *n; i++)
        folders[i] = fs_join(&ctx->arena, folder, folders[i]);
    if (*n < 2)
        *n = 0;
    VEC_FINI(&l.inputs);
    interner_fini(&l.seen);
    return folders;
}
