/* graph.c - `dtc graph`: who reads whom, as text, dot, mermaid or json. */
#include "cli/cli.h"

int command_graph(struct cli *cli)
{
    const char *said = cli_option(cli, "format", "text");
    enum draw_format format = strcmp(said, "dot") == 0       ? DRAW_DOT
                              : strcmp(said, "mermaid") == 0 ? DRAW_MERMAID
                              : strcmp(said, "json") == 0    ? DRAW_JSON
                                                             : DRAW_TEXT;
    struct project project;
    struct buf out;
    int code =
        cli_project(cli, &project, (const char *const *)cli->args.at, cli->args.n, PROJECT_GRAPH);
    if (code == CLI_OK) {
        buf_init(&out);
        graph_draw(&out, &project.graph, format);
        cli_write(cli, buf_view(&out));
        buf_fini(&out);
        code = cli_exit_code(cli);
    }
    project_fini(&project);
    return code;
}
