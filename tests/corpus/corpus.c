/* corpus.c - parses every line of a corpus file for itself and says what came of it.
 *
 *     corpus FILE...
 *
 * For each line that is not empty, a section mark or a comment: `FILE:LINE ok`, or `FILE:LINE`
 * followed by the reason. A line is ok when it parses without an error as queries that stand alone,
 * and when what the printer writes of it parses to the same tree. The text after ` --! ` is a
 * reason of invalid.txt and not part of the query. */
#include "base/buf.h"
#include "base/fs.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "../support/text.h"
#include <stdio.h>
#include <stdlib.h>

static struct str without_reason(struct str line)
{
    for (size_t i = 0; i + 5 <= line.n; i++) {
        if (memcmp(line.p + i, " --! ", 5) == 0)
            return str_make(line.p, i);
    }
    return line;
}

/* What makes the tree something else than queries that stand alone; NULL when it is that. */
static const char *not_a_query(const struct tree *tree)
{
    uint32_t queries = 0;

    if (tree->root == 0)
        return "no tree";
    TREE_EACH (tree, tree->root, child) {
        if (tree_kind(tree, child) != NODE_LOOSE_QUERY)
            return node_kind_name(tree_kind(tree, child));
        queries++;
    }
    return queries == 0 ? "nothing" : NULL;
}

static void parse_text(struct dtc *ctx, struct tree *tree, const char *path, struct str text)
{
    parse_file(ctx, text_source(ctx, path, text), PARSE_SQL, tree);
}

/* Printed in the one layout and read back: NULL when nothing was lost. */
static const char *lost_in_print(struct dtc *ctx, const struct tree *tree, struct buf *out)
{
    struct tree back;
    const char *lost = NULL;

    print_file(out, ctx, tree);
    parse_text(ctx, &back, "printed", buf_view(out));
    if (text_first_error(ctx) != NULL)
        lost = "what was printed does not parse";
    else if (back.root == 0 || !tree_equal(tree, tree->root, &back, back.root))
        lost = "what was printed has another tree";
    tree_fini(&back);
    return lost;
}

static void judge(const char *path, unsigned long number, struct str line)
{
    struct dtc ctx;
    struct tree tree;
    struct buf printed;
    const char *why;

    dtc_init(&ctx);
    buf_init(&printed);
    syntax_open(&ctx);
    parse_text(&ctx, &tree, path, without_reason(line));
    printf("%s:%lu ", path, number);
    if ((why = text_first_error(&ctx)) != NULL)
        printf("error %s\n", why);
    else if ((why = not_a_query(&tree)) != NULL)
        printf("no query: %s\n", why);
    else if ((why = lost_in_print(&ctx, &tree, &printed)) != NULL)
        printf("%s: %s\n", why, printed.p);
    else
        printf("ok\n");
    buf_fini(&printed);
    tree_fini(&tree);
    dtc_fini(&ctx);
}

static void judge_lines(const char *path, struct str text)
{
    unsigned long number = 1;

    for (size_t at = 0; at < text.n; number++) {
        size_t end = at;
        while (end < text.n && text.p[end] != '\n')
            end++;
        struct str line = str_make(text.p + at, end - at);
        if (line.n > 0 && !(line.n > 2 && memcmp(line.p, "==", 2) == 0))
            judge(path, number, line);
        at = end + 1;
    }
}

int main(int argc, char **argv)
{
    struct arena arena;
    int status = EXIT_SUCCESS;

    arena_init(&arena);
    for (int i = 1; i < argc; i++) {
        struct str text;
        int failed = fs_read(&arena, argv[i], &text);
        if (failed != 0) {
            fprintf(stderr, "%s: %s\n", argv[i], strerror(failed));
            status = EXIT_FAILURE;
            continue;
        }
        judge_lines(fs_base(argv[i]), text);
    }
    arena_fini(&arena);
    return status;
}
