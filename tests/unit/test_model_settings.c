/* Where values come from: environment, relation, layer, pipeline, floor; parameters; ranks of
 * layers. */
#include "test_model.h"

static const char project[] =
    "pipeline p { warehouse wh; lag 2 hours; database d; }\n"
    "layer silver { lag 10 minutes; refresh incremental; }\n"
    "env prod { }\n"
    "env dev { warehouse wh_dev; lag at least 1 hour; database d_dev; }\n"
    "env slow { lag 3 hours; }\n"
    "source bronze.s (a integer);\n"
    "silver table own lag 5 minutes refresh full as select a from bronze.s;\n"
    "silver table layered as select a from bronze.s;\n"
    "gold table piped as select a from bronze.s;\n"
    "gold table waits lag downstream as select a from bronze.s;\n"
    "gold table timed lag cron '0 8 * * *' 'UTC' as select a from bronze.s;\n"
    "gold view v as select a from bronze.s;\n";

static const struct row {
    const char *env, *relation;
    enum lag_kind kind;
    int64_t seconds;
    enum origin origin;
} rows[] = {
    {NULL, "silver.own", LAG_TIME, 300, ORIGIN_RELATION},
    {NULL, "silver.layered", LAG_TIME, 600, ORIGIN_LAYER},
    {NULL, "gold.piped", LAG_TIME, 7200, ORIGIN_PIPELINE},
    {NULL, "gold.waits", LAG_DOWNSTREAM, 0, ORIGIN_RELATION},
    {NULL, "gold.timed", LAG_CRON, 0, ORIGIN_RELATION},
    {NULL, "gold.v", LAG_NONE, 0, ORIGIN_NONE},
    {NULL, "bronze.s", LAG_NONE, 0, ORIGIN_NONE},
    {"prod", "silver.own", LAG_TIME, 300, ORIGIN_RELATION},
    {"DEV", "silver.own", LAG_TIME, 3600, ORIGIN_FLOOR},
    {"dev", "silver.layered", LAG_TIME, 3600, ORIGIN_FLOOR},
    {"dev", "gold.piped", LAG_TIME, 7200, ORIGIN_PIPELINE},
    {"dev", "gold.waits", LAG_DOWNSTREAM, 0, ORIGIN_RELATION},
    {"slow", "silver.own", LAG_TIME, 10800, ORIGIN_ENV},
};

Test(model_settings, lag_and_its_origin)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_text(&f, project, &(struct model_options){.env = rows[i].env});
        const struct lag *lag = &fixture_relation(&f, rows[i].relation)->settings.lag;
        cr_expect_eq(lag->kind, rows[i].kind, "row %zu", i);
        cr_expect_eq(lag->seconds, rows[i].seconds, "row %zu", i);
        cr_expect_eq(lag->from.origin, rows[i].origin, "row %zu", i);
        if (rows[i].origin == ORIGIN_FLOOR)
            cr_expect_neq(lag->floor_from.origin, ORIGIN_NONE, "row %zu", i);
        cr_expect_str_eq(fixture_codes(&f), "", "row %zu", i);
        fixture_end(&f);
    }
}

Test(model_settings, the_environment_comes_first)
{
    struct fixture f;
    fixture_text(&f, project, &(struct model_options){.env = "dev"});
    const struct settings *s = &fixture_relation(&f, "silver.own")->settings;
    cr_expect(str_is(sym_text(&f.ctx.names, s->warehouse.value), "WH_DEV"));
    cr_expect_eq(s->warehouse.origin, ORIGIN_ENV);
    cr_expect_eq(s->refresh, REFRESH_FULL);
    cr_expect(str_is(sym_text(&f.ctx.names, f.model.database), "D_DEV"));
    cr_expect_eq(fixture_relation(&f, "silver.layered")->settings.refresh, REFRESH_INCREMENTAL);
    cr_expect_eq(fixture_relation(&f, "gold.v")->settings.warehouse.origin, ORIGIN_NONE);
    fixture_end(&f);
}

Test(model_settings, an_environment_that_is_not_there)
{
    struct fixture f;
    fixture_text(&f, project, &(struct model_options){.env = "produ"});
    cr_expect_str_eq(fixture_codes(&f), "DT108");
    fixture_end(&f);
}

Test(model_settings, what_is_no_duration_is_said_once)
{
    struct fixture f;
    fixture_text(&f,
                 "layer silver { lag '5 parsecs'; }\nsource bronze.s (a integer);\n"
                 "silver table x as select a from bronze.s;\n"
                 "silver table y as select a from bronze.s;\n",
                 NULL);
    cr_expect_str_eq(fixture_codes(&f), "DT037");
    cr_expect(fixture_relation(&f, "silver.x")->poisoned);
    fixture_end(&f);
}

Test(model_settings, values_of_parameters)
{
    static const struct {
        const char *declared, *set, *value, *codes;
    } params[] = {
        {"param p integer default 7;", NULL, "7", ""},
        {"param p integer default 7;", "p=30", "30", ""},
        {"param p integer default -7;", NULL, "-7", ""},
        {"param p integer;", "P=30", "30", ""},
        {"param p integer default 7;", "p=x", "7", "DT119"},
        {"param p integer default 7;", "p=", "7", "DT119"},
        {"param p integer default 7;", "q=1", "7", "DT109"},
        {"param p number(5,1) default 1.5;", "p=2.5e3", "2.5e3", ""},
        {"param p varchar default 'a';", "p=it's", "'it''s'", ""},
        {"param p varchar default 'a';", "p='b'", "'b'", ""},
        {"param p boolean default true;", "p=false", "false", ""},
        {"param p boolean default true;", "p=1", "true", "DT119"},
        {"param p date default '2026-01-01';", NULL, "'2026-01-01'::DATE", ""},
        {"param p date default '2026-01-01';", "p=2027-02-03", "'2027-02-03'::DATE", ""},
        {"param p date default '2026-01-01';", "p=today", "'2026-01-01'::DATE", "DT119"},
        {"param p integer default 'x';", NULL, NULL, "DT119"},
    };
    for (size_t i = 0; i < sizeof params / sizeof *params; i++) {
        struct fixture f;
        const char *sets[] = {params[i].set, NULL};
        fixture_text(&f, params[i].declared, &(struct model_options){.sets = sets});
        cr_expect_str_eq(fixture_codes(&f), params[i].codes, "row %zu", i);
        const char *value = f.model.params.at[0].value;
        if (params[i].value)
            cr_expect_str_eq(value ? value : "(none)", params[i].value, "row %zu", i);
        else
            cr_expect_null(value, "row %zu", i);
        fixture_end(&f);
    }
}

Test(model_settings, ranks_of_layers)
{
    static const struct {
        const char *text, *order;
    } layers[] = {
        {"", "BRONZE SILVER GOLD"},
        {"layer gold { } layer bronze { }", "BRONZE SILVER GOLD"},
        {"layer staging { } layer marts { }", "STAGING MARTS BRONZE SILVER GOLD"},
        {"layer landing { } layer silver { } layer marts { }", "LANDING BRONZE SILVER GOLD MARTS"},
        {"layer gold { } layer marts { }", "BRONZE SILVER GOLD MARTS"},
    };
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        struct fixture f;
        struct buf out = {0};
        fixture_text(&f, layers[i].text, NULL);
        for (uint32_t rank = 0; rank < f.model.layers.n; rank++)
            for (uint32_t k = 0; k < f.model.layers.n; k++)
                if (f.model.layers.at[k].rank == rank)
                    buf_printf(&out, "%s%s", rank ? " " : "",
                               sym_text(&f.ctx.names, f.model.layers.at[k].name).p);
        cr_expect_str_eq(out.p, layers[i].order, "row %zu", i);
        buf_fini(&out);
        fixture_end(&f);
    }
}
