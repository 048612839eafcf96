/* Order, cycles, lag, drawings; and that a hundred thousand tables in a chain are no trouble. */
#include "test_model.h"

struct drawn {
    struct fixture f;
    struct graph graph;
};

static void draw_begin(struct drawn *d, const char *text)
{
    fixture_text(&d->f, text, NULL);
    graph_build(&d->graph, &d->f.model);
}

static void draw_end(struct drawn *d)
{
    graph_fini(&d->graph);
    fixture_end(&d->f);
}

static uint32_t number(struct drawn *d, const char *name)
{
    return (uint32_t)(fixture_relation(&d->f, name) - d->f.model.relations.at);
}

static const char chain[] = "source bronze.s (a integer);\n"
                            "gold view z as select a from gold.b;\n"
                            "gold table b lag 10 minutes as select a from silver.y;\n"
                            "gold table a lag downstream as select a from silver.y;\n"
                            "silver view y as select a from silver.x;\n"
                            "silver table x lag downstream as select a from bronze.s;\n";

Test(graph, inputs_first_then_layers_then_names)
{
    struct drawn d;
    struct buf out = {0};
    draw_begin(&d, chain);
    for (uint32_t i = 0; i < d.f.model.relations.n; i++)
        buf_printf(&out, "%s ", d.f.model.relations.at[d.graph.order[i]].shown);
    cr_expect_str_eq(out.p, "bronze.s silver.x silver.y gold.a gold.b gold.z ");
    cr_expect_eq(d.graph.depth[number(&d, "gold.z")], 5);
    buf_fini(&out);
    draw_end(&d);
}

Test(graph, lag_through_views)
{
    struct drawn d;
    draw_begin(&d, chain);
    const struct effective_lag *x = &d.graph.lag[number(&d, "silver.x")];
    cr_expect(x->live);
    cr_expect_eq(x->seconds, 600);
    cr_expect_eq(x->clock, number(&d, "gold.b"));
    cr_expect_not(d.graph.lag[number(&d, "gold.a")].live);
    draw_end(&d);
}

Test(graph, what_drives_a_table)
{
    static const struct {
        const char *consumer;
        bool live, cron;
        int64_t seconds;
    } rows[] = {
        {"gold view c as select a from silver.x;", false, false, 0},
        {"gold table c lag 5 minutes as select a from silver.x;", true, false, 300},
        {"gold table c lag 5 minutes as select a from silver.x;\n"
         "gold table e lag 3 minutes as select a from silver.x;",
         true, false, 180},
        {"gold table c lag cron '0 8 * * *' as select a from silver.x;", true, true, 0},
        {"gold table c lag cron '0 8 * * *' as select a from silver.x;\n"
         "gold table e lag 3 minutes as select a from silver.x;",
         true, false, 180},
        {"gold table c lag 5 minutes as select a from boundary(silver.x);", false, false, 0},
        {"gold table c lag 5 minutes scheduler disable as select a from silver.x;", false, false,
         0},
        {"stream gold.c on silver.x;", false, false, 0},
        {"task gold.c every 5 minutes as alter dynamic table silver.x refresh;", true, true, 0},
        {"task gold.c every 5 minutes as alter dynamic table silver.x suspend;", false, false, 0},
        {"task gold.c every 5 minutes as alter dynamic table if exists x refresh;", true, true, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct drawn d;
        struct buf text = {0};
        buf_printf(&text,
                   "source bronze.s (a integer);\n"
                   "silver table x lag downstream as select a from bronze.s;\n%s\n",
                   rows[i].consumer);
        draw_begin(&d, text.p);
        const struct effective_lag *lag = &d.graph.lag[number(&d, "silver.x")];
        cr_expect_eq(lag->live, rows[i].live, "%s", rows[i].consumer);
        cr_expect_eq(lag->cron, rows[i].cron, "%s", rows[i].consumer);
        cr_expect_eq(lag->seconds, rows[i].seconds, "%s", rows[i].consumer);
        cr_expect_str_eq(fixture_codes(&d.f), "", "%s", rows[i].consumer);
        buf_fini(&text);
        draw_end(&d);
    }
}

Test(graph, the_shortest_cycle)
{
    struct drawn d;
    draw_begin(&d, "silver view a as select x from silver.d, silver.e;\n"
                   "silver view b as select x from silver.a;\n"
                   "silver view c as select x from silver.b;\n"
                   "silver view d as select x from silver.c;\n"
                   "silver view e as select x from silver.b;\n"
                   "silver view own as select x from silver.own;\n"
                   "gold view out as select x from silver.a;\n");
    struct cycle cycle = graph_cycle(&d.graph, &d.f.ctx.arena, number(&d, "silver.a"));
    cr_assert_eq(cycle.n, 3);
    cr_expect_eq(d.graph.edges.at[cycle.edges[0]].from, number(&d, "silver.a"));
    cr_expect_eq(d.graph.edges.at[cycle.edges[1]].to, number(&d, "silver.e"));
    cr_expect_eq(d.graph.edges.at[cycle.edges[2]].to, number(&d, "silver.a"));
    cr_expect(d.graph.in_cycle[number(&d, "silver.own")]);
    cr_expect_not(d.graph.in_cycle[number(&d, "gold.out")]);
    cr_expect_eq(graph_cycle(&d.graph, &d.f.ctx.arena, number(&d, "silver.own")).n, 1);
    cr_expect_eq(graph_cycle(&d.graph, &d.f.ctx.arena, number(&d, "gold.out")).n, 0);
    draw_end(&d);
}

Test(graph, references_order_but_make_no_cycle)
{
    struct drawn d;
    draw_begin(&d, "bronze table a (id integer references bronze.z);\n"
                   "bronze table m (id integer references bronze.n);\n"
                   "bronze table n (id integer references bronze.m);\n"
                   "bronze table z (id integer primary key);\n");
    cr_expect_eq(d.graph.order[3], number(&d, "bronze.a"));
    cr_expect_not(d.graph.in_cycle[number(&d, "bronze.m")]);
    uint32_t n;
    graph_downstream(&d.graph, &d.f.ctx.arena, number(&d, "bronze.z"), &n);
    cr_expect_eq(n, 0);
    draw_end(&d);
}

Test(graph, downstream_and_upstream)
{
    struct drawn d;
    uint32_t n;
    draw_begin(&d, chain);
    const uint32_t *down = graph_downstream(&d.graph, &d.f.ctx.arena, number(&d, "silver.x"), &n);
    cr_assert_eq(n, 4);
    cr_expect_eq(down[0], number(&d, "silver.y"));
    cr_expect_eq(down[3], number(&d, "gold.z"));
    graph_upstream(&d.graph, &d.f.ctx.arena, number(&d, "gold.a"), &n);
    cr_expect_eq(n, 3);
    draw_end(&d);
}

Test(graph, drawings)
{
    static const char *const golden[] = {
        [DRAW_TEXT] = "bronze\n  s  source\nsilver\n"
                      "  x  dynamic table, lag downstream (10 minutes by gold.b)  <- bronze.s\n"
                      "  y  view  <- silver.x\ngold\n"
                      "  a  dynamic table, lag downstream (never refreshes)  <- silver.y\n"
                      "  b  dynamic table, lag 10 minutes  <- silver.y\n  z  view  <- gold.b\n",
        [DRAW_DOT] =
            "digraph pipeline {\n  rankdir=LR;\n  subgraph cluster_0 {\n    label=\"bronze\";\n"
            "    \"bronze.s\" [shape=cylinder];\n  }\n  subgraph cluster_1 {\n    "
            "label=\"silver\";\n"
            "    \"silver.x\" [shape=box];\n    \"silver.y\" [shape=ellipse];\n  }\n"
            "  subgraph cluster_2 {\n    label=\"gold\";\n    \"gold.a\" [shape=box];\n"
            "    \"gold.b\" [shape=box];\n    \"gold.z\" [shape=ellipse];\n  }\n"
            "  \"gold.b\" -> \"gold.z\";\n  \"silver.y\" -> \"gold.b\";\n"
            "  \"silver.y\" -> \"gold.a\";\n  \"silver.x\" -> \"silver.y\";\n"
            "  \"bronze.s\" -> \"silver.x\";\n}\n",
        [DRAW_MERMAID] =
            "flowchart LR\n  subgraph l0[\"bronze\"]\n    n0[\"bronze.s\"]\n  end\n"
            "  subgraph l1[\"silver\"]\n    n5[\"silver.x\"]\n    n4[\"silver.y\"]\n  end\n"
            "  subgraph l2[\"gold\"]\n    n3[\"gold.a\"]\n    n2[\"gold.b\"]\n    n1[\"gold.z\"]\n"
            "  end\n  n2 --> n1\n  n4 --> n2\n  n4 --> n3\n  n5 --> n4\n  n0 --> n5\n",
    };
    struct drawn d;
    draw_begin(&d, chain);
    for (enum draw_format format = DRAW_TEXT; format <= DRAW_MERMAID; format++) {
        struct buf out = {0};
        graph_draw(&out, &d.graph, format);
        cr_expect_str_eq(out.p, golden[format]);
        buf_fini(&out);
    }
    draw_end(&d);
}

Test(graph, a_long_chain)
{
    enum { LENGTH = 100000 };
    struct drawn d;
    struct buf text = {0};
    buf_puts(&text, "source bronze.t0 (a integer);\n");
    for (int i = 1; i <= LENGTH; i++)
        buf_printf(&text, "%s view t%d as select a from %s.t%d;\n", "silver", i,
                   i == 1 ? "bronze" : "silver", i - 1);
    draw_begin(&d, text.p);
    cr_expect_eq(d.graph.depth[LENGTH], LENGTH + 1);
    cr_expect_eq(d.graph.order[LENGTH], LENGTH);
    cr_expect_str_eq(fixture_codes(&d.f), "");
    buf_fini(&text);
    draw_end(&d);
}
