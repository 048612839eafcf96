/* project.c - a graph of tables like those of shapes.def: who reads whom, with which columns.
 *
 * Tables come in the order of their depth. One parent lies a step above; the others are found by
 * asking an earlier table whom it reads, so that what is read much is read more: a few tables end
 * up with readers by the hundred. */
#include "bench.h"
#include "base/bug.h"

static const char *const subjects[] = {
    "order",   "customer", "product", "account", "session",  "event",   "invoice",  "payment",
    "ticket",  "project",  "issue",   "pipeline", "campaign", "lead",   "contract", "shipment",
    "patient", "practice", "channel", "member",  "plan",     "seat",    "device",   "job",
};

static const struct {
    const char *word;
    enum type type;
    const char *declared;
} endings[] = {
    {"id", TYPE_NUMBER, "number(38,0)"},
    {"name", TYPE_TEXT, "varchar(200)"},
    {"status", TYPE_TEXT, "varchar(30)"},
    {"created_at", TYPE_TIME, "timestamp_ntz"},
    {"amount", TYPE_NUMBER, "number(12,2)"},
    {"is_active", TYPE_FLAG, "boolean"},
    {"payload", TYPE_DOCUMENT, "variant"},
    {"quantity", TYPE_NUMBER, "integer"},
    {"region", TYPE_TEXT, "varchar(40)"},
    {"updated_at", TYPE_TIME, "timestamp_ntz"},
    {"price", TYPE_NUMBER, "number(12,4)"},
    {"code", TYPE_TEXT, "varchar(20)"},
    {"is_deleted", TYPE_FLAG, "boolean"},
    {"score", TYPE_NUMBER, "number(9,4)"},
    {"owner", TYPE_TEXT, "varchar(100)"},
    {"started_at", TYPE_TIME, "timestamp_ntz"},
    {"kind", TYPE_TEXT, "varchar(30)"},
    {"count", TYPE_NUMBER, "integer"},
    {"ended_at", TYPE_TIME, "timestamp_ntz"},
    {"rate", TYPE_NUMBER, "number(9,6)"},
    {"currency", TYPE_TEXT, "varchar(3)"},
    {"total", TYPE_NUMBER, "number(14,2)"},
};

#define SUBJECTS (uint32_t)(sizeof subjects / sizeof *subjects)
#define ENDINGS (uint32_t)(sizeof endings / sizeof *endings)

_Static_assert(sizeof subjects / sizeof *subjects * (sizeof endings / sizeof *endings) ==
                   COLUMN_NAMES,
               "every subject with every ending is a column");

void column_name(struct buf *out, uint32_t column)
{
    buf_printf(out, "%s_%s", subjects[column / ENDINGS], endings[column % ENDINGS].word);
}

enum type column_type(uint32_t column)
{
    return endings[column % ENDINGS].type;
}

const char *column_declared(uint32_t column)
{
    return endings[column % ENDINGS].declared;
}

static struct columns columns_draw(struct dice *dice, uint32_t n)
{
    if (n < 4)
        n = 4 + dice_below(dice, 6);
    if (n > 400)
        n = 400;
    return (struct columns){dice_below(dice, SUBJECTS) * ENDINGS, n};
}

static bool reads_already(const struct table *table, struct input input)
{
    for (uint32_t i = 0; i < table->inputs_n; i++) {
        if (table->inputs[i].source == input.source && table->inputs[i].index == input.index)
            return true;
    }
    return false;
}

static void add_input(struct project *project, struct table *table, struct input input)
{
    if (table->inputs_n == MOST_INPUTS || reads_already(table, input))
        return;
    table->inputs[table->inputs_n++] = input;
    if (!input.source)
        project->tables[input.index].readers++;
}

/* A table above: one that another reads already, or any. */
static uint32_t draw_parent(const struct project *project, struct dice *dice, uint32_t above)
{
    if (dice_chance(dice, 600)) {
        const struct table *asked = &project->tables[dice_below(dice, above)];
        struct input found = asked->inputs[dice_below(dice, asked->inputs_n)];
        if (!found.source)
            return found.index;
    }
    return dice_below(dice, above);
}

/* Tables [from, to) are those one step above; above them all are numbered from 0. */
static void make_table(struct project *project, struct dice *dice, uint32_t i, uint32_t depth,
                       uint32_t from, uint32_t to)
{
    struct table *table = &project->tables[i];
    struct input inputs[MOST_INPUTS];
    uint32_t reads = depth == 1 ? 0 : shape_reads(dice);

    *table = (struct table){.depth = depth, .inputs = inputs};
    table->shape = shape_draw(dice, reads);
    if (depth > 1)
        add_input(project, table, (struct input){false, from + dice_below(dice, to - from)});
    for (uint32_t k = 1; k < reads; k++)
        add_input(project, table, (struct input){false, draw_parent(project, dice, to)});
    uint32_t sources = table->shape.of[SOURCES];
    if (depth == 1 && sources == 0)
        sources = 1;
    for (uint32_t k = 0; k < sources; k++)
        add_input(project, table, (struct input){true, dice_below(dice, project->sources_n)});

    struct input *kept = ARENA_ARRAY(&project->arena, struct input, table->inputs_n);
    memcpy(kept, inputs, table->inputs_n * sizeof *kept);
    table->inputs = kept;
    struct input first = kept[0];
    /* A star passes on what is read. */
    if (table->shape.star && !table->shape.group_by)
        table->columns = first.source ? project->sources[first.index]
                                      : project->tables[first.index].columns;
    else
        table->columns = columns_draw(dice, table->shape.of[COLUMNS]);
}

static uint32_t deepest_of(uint32_t tables)
{
    return tables <= 100 ? 8 : tables <= 1000 ? 14 : 26;
}

void project_make(struct project *project, uint32_t tables, uint64_t seed)
{
    struct dice dice = {seed};
    uint32_t deepest = deepest_of(tables);
    uint32_t before = 0; /* first table of the layer above */
    uint32_t i = 0;

    *project = (struct project){.tables_n = tables, .sources_n = tables * 36 / 100 + 3};
    arena_init(&project->arena);
    project->tables = ARENA_ARRAY(&project->arena, struct table, tables);
    project->sources = ARENA_ARRAY(&project->arena, struct columns, project->sources_n);
    for (uint32_t k = 0; k < project->sources_n; k++)
        project->sources[k] = columns_draw(&dice, 8 + dice_below(&dice, 30));
    for (uint32_t depth = 1; depth <= deepest; depth++) {
        uint32_t first = i;
        uint32_t n = shape_layer(tables, depth, deepest);
        if (n == 0 && depth <= deepest)
            n = 1;
        if (depth == deepest || n > tables - i)
            n = tables - i;
        for (; n > 0; n--, i++)
            make_table(project, &dice, i, depth, before, first);
        before = first;
    }
}

void project_free(struct project *project)
{
    arena_fini(&project->arena);
}

static const char *layer_of(const struct table *table)
{
    if (table->depth == 1)
        return "staging";
    return table->readers == 0 && table->depth > 2 ? "marts" : "intermediate";
}

void project_name(struct buf *out, const struct project *project, struct input input)
{
    static const char *const grains[] = {"daily", "latest", "enriched", "joined", "summary"};

    if (input.source)
        buf_printf(out, "raw.%s_feed_%u", subjects[input.index % SUBJECTS], input.index);
    else
        buf_printf(out, "%s.%s_%s_%u", layer_of(&project->tables[input.index]),
                   subjects[input.index % SUBJECTS], grains[input.index % 5], input.index);
}

static void write_head(struct buf *out, const struct project *project)
{
    buf_puts(out, "-- Generated for the bench: a project in the shape of real ones.\n\n"
                  "pipeline bench {\n  database  bench;\n  warehouse wh_bench;\n}\n\n"
                  "layer raw { schema raw; }\nlayer staging { schema staging; }\n"
                  "layer intermediate { schema intermediate; }\nlayer marts { schema marts; }\n");
    for (uint32_t i = 0; i < project->sources_n; i++) {
        struct columns columns = project->sources[i];
        buf_puts(out, "\nsource ");
        project_name(out, project, (struct input){true, i});
        for (uint32_t k = 0; k < columns.n; k++) {
            buf_puts(out, k == 0 ? " (\n  " : ",\n  ");
            column_name(out, columns_at(columns, k));
            buf_printf(out, " %s%s", column_declared(columns_at(columns, k)),
                       k == 0 ? " not null" : "");
        }
        buf_puts(out, "\n) change tracking;\n");
    }
}

static int write_each(const struct project *project, const char *folder)
{
    struct arena arena;
    struct buf text, name;
    int failed = 0;

    arena_init(&arena);
    buf_init(&text);
    buf_init(&name);
    for (uint32_t i = 0; i < project->tables_n && failed == 0; i++) {
        buf_clear(&name);
        buf_clear(&text);
        project_name(&name, project, (struct input){false, i});
        *strchr(name.p, '.') = '/';
        buf_puts(&name, ".dtl");
        const char *path = fs_join(&arena, folder, name.p);
        body_write(&text, project, i, i);
        failed = fs_make_folder(fs_folder(&arena, path));
        if (failed == 0)
            failed = fs_write(path, buf_view(&text));
    }
    buf_fini(&name);
    buf_fini(&text);
    arena_fini(&arena);
    return failed;
}

int project_write(const struct project *project, const char *folder, bool each)
{
    struct arena arena;
    struct buf text;
    int failed = fs_make_folder(folder);

    arena_init(&arena);
    buf_init(&text);
    write_head(&text, project);
    for (uint32_t i = 0; i < project->tables_n && !each; i++) {
        buf_putc(&text, '\n');
        body_write(&text, project, i, i);
    }
    if (failed == 0)
        failed = fs_write(fs_join(&arena, folder, "pipeline.dtl"), buf_view(&text));
    if (failed == 0 && each)
        failed = write_each(project, folder);
    buf_fini(&text);
    arena_fini(&arena);
    return failed;
}
