/* init.c - `dtc init`: a small pipeline with data that lints, applies, loads and refreshes as it
 * is. */
#include "cli/cli.h"

static const char pipeline_text[] =
    "-- A shop: orders and customers come in, daily revenue comes out.\n"
    "-- `dtc help language` is the language in one screen.\n"
    "\n"
    "pipeline shop {\n"
    "  database  shop;\n"
    "  warehouse shop_wh;\n"
    "}\n"
    "\n"
    "layer gold { lag 5 minutes; }\n"
    "\n"
    "-- Orders as the tills send them; filled from data/bronze.orders.csv.\n"
    "bronze table orders (\n"
    "  order_id    integer       not null,\n"
    "  customer_id integer       not null,\n"
    "  ordered_at  timestamp_ntz not null,\n"
    "  amount      number(10,2),\n"
    "  status      varchar(20)   not null\n"
    ");\n"
    "\n"
    "-- Who buys; filled from data/bronze.customers.csv.\n"
    "bronze table customers (\n"
    "  customer_id integer      not null,\n"
    "  name        varchar(100) not null,\n"
    "  country     varchar(2)\n"
    ");\n"
    "\n"
    "-- Orders that were paid, with the country of their customer. An order without an amount is "
    "left\n"
    "-- out and counted.\n"
    "silver table paid_orders\n"
    "  lag downstream\n"
    "  expect amount_known check (amount is not null) on violation drop\n"
    "as\n"
    "select o.order_id, o.ordered_at, o.amount, nvl(c.country, 'unknown') as country\n"
    "from bronze.orders o\n"
    "left join bronze.customers c on o.customer_id = c.customer_id\n"
    "where o.status = 'PAID';\n"
    "\n"
    "-- What came in on each day from each country.\n"
    "gold table daily_revenue as\n"
    "select to_date(ordered_at) as day, country, count(*) as order_cnt, sum(amount) as revenue\n"
    "from silver.paid_orders\n"
    "group by all;\n"
    "\n"
    "test open_orders_are_no_revenue {\n"
    "  given bronze.orders (order_id, customer_id, ordered_at, amount, status) values\n"
    "    (1, 7, '2026-01-01 10:00', 10.00, 'PAID'),\n"
    "    (2, 7, '2026-01-01 11:00', 99.00, 'OPEN'),\n"
    "    (3, 8, '2026-01-02 09:00', 5.50,  'PAID');\n"
    "  given bronze.customers (customer_id, name, country) values (7, 'Ada', 'NO');\n"
    "  then gold.daily_revenue (day, country, order_cnt, revenue) values\n"
    "    ('2026-01-01', 'NO',      1, 10.00),\n"
    "    ('2026-01-02', 'unknown', 1, 5.50);\n"
    "}\n";

static const char orders_text[] = "order_id,customer_id,ordered_at,amount,status\n"
                                  "1,1,2026-01-01 09:12:00,19.90,PAID\n"
                                  "2,2,2026-01-01 10:40:00,5.00,PAID\n"
                                  "3,1,2026-01-01 17:03:00,12.50,OPEN\n"
                                  "4,3,2026-01-02 08:30:00,230.00,PAID\n"
                                  "5,2,2026-01-02 12:15:00,,PAID\n"
                                  "6,9,2026-01-02 19:59:00,7.25,PAID\n"
                                  "7,1,2026-01-03 11:11:00,42.00,PAID\n";

static const char customers_text[] = "customer_id,name,country\n"
                                     "1,Ada,NO\n"
                                     "2,Bela,HU\n"
                                     "3,Chen,\n";

static const char ignore_text[] = "*.duckdb\n*.duckdb.wal\n";

static const struct {
    const char *path, *text;
} files[] = {
    {"pipeline.dtl", pipeline_text},
    {"data/bronze.orders.csv", orders_text},
    {"data/bronze.customers.csv", customers_text},
    {".gitignore", ignore_text},
};

#define FILES_N (sizeof files / sizeof *files)

int command_init(struct cli *cli)
{
    struct arena *arena = &cli->ctx.arena;
    const char *folder = cli->args.n ? cli->args.at[0] : ".";
    int error;
    if (cli->args.n > 1)
        return cli_usage(cli, "`init` takes one folder");
    for (size_t i = 0; i < FILES_N; i++) {
        const char *path = fs_join(arena, folder, files[i].path);
        if (fs_stat(path) != FS_MISSING)
            return cli_usage(cli, "`%s` exists already, and `init` overwrites nothing", path);
    }
    error = fs_make_folder(fs_join(arena, folder, "data"));
    if (error) {
        cli_file_error(cli, folder, error, true);
        return CLI_USAGE;
    }
    for (size_t i = 0; i < FILES_N; i++) {
        const char *path = fs_join(arena, folder, files[i].path);
        error = fs_write(path, str_from(files[i].text));
        if (error) {
            cli_file_error(cli, path, error, true);
            return CLI_USAGE;
        }
        cli_print(cli, "wrote %s\n", path);
    }
    cli_note(cli,
             "next: %s%s%sdtc apply --yes && dtc load && dtc refresh && dtc show --layer gold\n",
             cli->args.n ? "cd " : "", cli->args.n ? folder : "", cli->args.n ? " && " : "");
    return CLI_OK;
}
