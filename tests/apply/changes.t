# needs: duckdb
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc apply --yes --quiet >/dev/null
$ try() { cp $TESTS/apply/shop.dtl pipeline.dtl; sed -i "$1" pipeline.dtl; shift; echo ...; dtc plan "$@"; dtc apply --dry-run "$@" | tail -n 1; }
# In place.
$ try 's/lag 5 minutes/lag 10 minutes/'
...
~ alter gold.totals (dynamic table)
    its lag changed: 5 minutes -> 10 minutes (pipeline.dtl:28:3); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/warehouse wh;/warehouse wh_big;/'
...
~ alter silver.orders (dynamic table)
    a setting changed: warehouse wh -> wh_big (pipeline.dtl:19:14); rows are kept
~ alter gold.totals (dynamic table)
    a setting changed: warehouse wh -> wh_big (pipeline.dtl:27:12); rows are kept

shop on duckdb: 2 to alter; 4 unchanged
dry run: it could be applied, nothing was changed
$ try 's/-- What was bought./-- Everything that was bought./'
...
~ alter bronze.orders (source)
    its comment changed (pipeline.dtl:8:8); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/^  lag 5 minutes/  lag 5 minutes cluster by (order_cnt) refresh incremental/'
...
~ alter gold.totals (dynamic table)
    its refresh mode changed: AUTO -> INCREMENTAL (pipeline.dtl:27:12)
    a setting changed: cluster by not set -> ORDER_CNT (pipeline.dtl:27:12); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/amount < 1000/amount < 2000/'
...
~ alter silver.orders (dynamic table)
    its expectations changed: expect amount_sane (pipeline.dtl:19:14); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/name   varchar(40)/name varchar(40), area float default 1.5/'
...
~ alter bronze.regions (table)
    its columns changed: new column area double (pipeline.dtl:13:14); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/name   varchar(40)/name varchar(40) not null/'
...
~ alter bronze.regions (table)
    its columns changed: name varchar -> name varchar not null (pipeline.dtl:13:14); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/region varchar(10) not null/region varchar(10)/'
...
~ alter bronze.regions (table)
    its columns changed: region varchar not null -> region varchar (pipeline.dtl:13:14); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/^gold view average as/gold view average as select 1 as average union all/'
...
~ alter gold.average (view)
    its query changed (pipeline.dtl:36:22)

shop on duckdb: 1 to alter; 5 unchanged
dry run: it could be applied, nothing was changed
# Computed anew.
$ try 's/sum(amount) as total/sum(amount) as total, max(amount) as largest/'
...
! reinitialize gold.totals (dynamic table)
    its query changed (pipeline.dtl:30:1); all rows are computed anew by this apply

shop on duckdb: 1 to reinitialize; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/amount is not null/amount > 0/'
...
! reinitialize silver.orders (dynamic table)
    its query changed (pipeline.dtl:23:1)
    its expectations changed: expect amount_known (pipeline.dtl:19:14); all rows are computed anew by this apply
    after the next refresh: gold.totals

shop on duckdb: 1 to reinitialize; 5 unchanged; 1 up to date after the next refresh
dry run: it could be applied, nothing was changed
$ try 's/^  lag 5 minutes/  lag 5 minutes refresh full/'
...
! reinitialize gold.totals (dynamic table)
    its refresh mode changed: AUTO -> FULL (pipeline.dtl:27:12); all rows are computed anew by this apply

shop on duckdb: 1 to reinitialize; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/x/x/' --set least=5
...
! reinitialize silver.orders (dynamic table)
    its query changed (pipeline.dtl:23:1); all rows are computed anew by this apply
    after the next refresh: gold.totals

shop on duckdb: 1 to reinitialize; 5 unchanged; 1 up to date after the next refresh
dry run: it could be applied, nothing was changed
# Replaced, renamed, dropped.
$ try 's/^gold view average as/gold table average as/'
...
± replace gold.average (dynamic table)
    it is declared as another kind of object: view -> dynamic table (pipeline.dtl:36:12); filled by this apply

shop on duckdb: 1 to replace; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/^gold table totals/gold table sums moved from totals/; s/gold.totals/gold.sums/'
...
> rename gold.sums (dynamic table)
    it is declared under another name: it was `gold.totals` (pipeline.dtl:27:12); rows are kept
~ alter gold.average (view)
    its query changed (pipeline.dtl:37:1)
! reinitialize marts.frozen (static table)
    its query changed (pipeline.dtl:34:1); all rows are computed anew by this apply

shop on duckdb: 1 to alter, 1 to reinitialize, 1 to rename; 3 unchanged
dry run: it could be applied, nothing was changed
$ try 's/schema clean/schema cleaned/'
...
> rename silver.orders (dynamic table)
    a setting changed: schema clean.orders -> cleaned.orders (pipeline.dtl:19:14); rows are kept

shop on duckdb: 1 to rename; 5 unchanged
dry run: it could be applied, nothing was changed
$ try 's/layer marts { }/layer marts { schema final; }/'
...
> rename marts.frozen (static table)
    a setting changed: schema marts.frozen -> final.frozen (pipeline.dtl:33:20); rows are kept

shop on duckdb: 1 to rename; 5 unchanged
dry run: it could be applied, nothing was changed
$ try '/^gold view/,/;$/d'
...
- drop gold.average (view)
    it is no longer declared

shop on duckdb: 1 to drop; 5 unchanged
dry run: it could be applied, nothing was changed
# The embedded engine does not run everything.
$ try 's/^layer marts/stream gold.changes on gold.totals;\nlayer marts/'
...
shop on duckdb: nothing to do: 6 objects are as declared
pipeline.dtl:39:8: note[DT026]: embedded engine does not run this
   |
39 | stream gold.changes on gold.totals;
   |        ^^^^^^^^^^^^ stream `gold.changes` is for Snowflake only
   = more: dtc explain DT026
pipeline.dtl:39:8: note[DT026]: embedded engine does not run this
   |
39 | stream gold.changes on gold.totals;
   |        ^^^^^^^^^^^^ stream `gold.changes` is for Snowflake only
   = more: dtc explain DT026
shop on duckdb: nothing to do: 6 objects are as declared
$ dtc plan --format markdown --set least=5
### shop on duckdb

| action | object | kind | why | rows |
|---|---|---|---|---|
| ! reinitialize | `silver.orders` | dynamic table | its query changed (pipeline.dtl:23:1) | all rows are computed anew by this apply; after the next refresh: gold.totals |

1 to reinitialize; 5 unchanged; 1 up to date after the next refresh
pipeline.dtl:39:8: note[DT026]: embedded engine does not run this
   |
39 | stream gold.changes on gold.totals;
   |        ^^^^^^^^^^^^ stream `gold.changes` is for Snowflake only
   = more: dtc explain DT026
$ dtc plan --format json --set least=5
{
  "format_version": 1,
  "pipeline": "shop",
  "target": "duckdb",
  "env": null,
  "sets": [
    "least=5"
  ],
  "fingerprint": "c3de331d5e9772fe",
  "actions": [
    {
      "action": "unchanged",
      "name": "bronze.orders",
      "shown": "bronze.orders",
      "place": "bronze.orders",
      "kind": "source",
      "old_place": null,
      "old_kind": null,
      "data": "kept",
      "holds_data": true,
      "prevented": false,
      "source": "pipeline.dtl:8:8",
      "reasons": [],
      "downstream": [],
      "statements": [],
      "records": []
    },
    {
      "action": "unchanged",
      "name": "bronze.regions",
      "shown": "bronze.regions",
      "place": "bronze.regions",
      "kind": "table",
      "old_place": null,
      "old_kind": null,
      "data": "kept",
      "holds_data": true,
      "prevented": false,
      "source": "pipeline.dtl:13:14",
      "reasons": [],
      "downstream": [],
      "statements": [],
      "records": []
    },
    {
      "action": "reinitialize",
      "name": "silver.orders",
      "shown": "silver.orders",
      "place": "clean.orders",
      "kind": "dynamic_table",
      "old_place": null,
      "old_kind": null,
      "data": "reinitialized",
      "holds_data": false,
      "prevented": false,
      "source": "pipeline.dtl:19:14",
      "reasons": [
        {
          "reason": "query-changed",
          "text": "its query changed",
          "detail": null,
          "source": "pipeline.dtl:23:1"
        }
      ],
      "downstream": [
        "gold.totals"
      ],
      "statements": [
        "create or replace table clean.orders as\nselect order_id, amount\nfrom (\n  select order_id, amount from bronze.orders where coalesce(amount, 0) >= 5\n) as body\nwhere coalesce(amount is not null, true)",
        "create or replace view clean.orders__violations as\nselect 'amount_known' as expectation, order_id, amount\nfrom (\n  select order_id, amount from bronze.orders where coalesce(amount, 0) >= 5\n) as body\nwhere not (amount is not null)\nunion all\nselect 'amount_sane' as expectation, order_id, amount\nfrom clean.orders\nwhere not (amount < 1000)",
        "comment on table clean.orders is 'Orders that count.\ndtc:e7f2b5d6f462976f'"
      ],
      "records": [
        "insert into _dtc.refreshes by name\nselect 'silver.orders' as name, now() at time zone 'UTC' as started_at, now() at time zone 'UTC' as ended_at, (select count(*) from clean.orders) as \"rows\", 'ok' as status, 'apply' as reason, (select count(*) filter (where not coalesce((amount < 1000), true)) from clean.orders) as warned, (select count(*) from (select order_id, amount from bronze.orders where coalesce(amount, 0) >= 5) as body where not coalesce((amount is not null), true)) as dropped",
        "delete from _dtc.objects where name in ('silver.orders', 'silver.orders')",
        "insert into _dtc.objects (name, kind, query_hash, columns_text, settings, comment, place, applied_at) values ('silver.orders', 'dynamic_table', 'e7f2b5d6f462976f', '', 'lag=downstream\nrefresh=AUTO\nwarehouse=wh\nexpect amount_known=drop e51d4146ca8e4d45\nexpect amount_sane=warn 948226e956f07228\n', 'Orders that count.', 'clean.orders', now() at time zone 'UTC')",
        "update _dtc.objects set definition = (select string_agg(lower(column_name) || ' ' || lower(data_type) || case when is_nullable then '' else ' not null' end, chr(10) order by column_index) from duckdb_columns() where lower(schema_name || '.' || table_name) = 'clean.orders') where name = 'silver.orders'"
      ]
    },
    {
      "action": "unchanged",
      "name": "gold.totals",
      "shown": "gold.totals",
      "place": "gold.totals",
      "kind": "dynamic_table",
      "old_place": null,
      "old_kind": null,
      "data": "next-refresh",
      "holds_data": false,
      "prevented": false,
      "source": "pipeline.dtl:27:12",
      "reasons": [],
      "downstream": [],
      "statements": [],
      "records": []
    },
    {
      "action": "unchanged",
      "name": "gold.average",
      "shown": "gold.average",
      "place": "gold.average",
      "kind": "view",
      "old_place": null,
      "old_kind": null,
      "data": "none",
      "holds_data": false,
      "prevented": false,
      "source": "pipeline.dtl:36:11",
      "reasons": [],
      "downstream": [],
      "statements": [],
      "records": []
    },
    {
      "action": "unchanged",
      "name": "marts.frozen",
      "shown": "marts.frozen",
      "place": "marts.frozen",
      "kind": "static_table",
      "old_place": null,
      "old_kind": null,
      "data": "kept",
      "holds_data": true,
      "prevented": false,
      "source": "pipeline.dtl:33:20",
      "reasons": [],
      "downstream": [],
      "statements": [],
      "records": []
    }
  ],
  "counts": {
    "unchanged": 5,
    "create": 0,
    "alter": 0,
    "reinitialize": 1,
    "replace": 0,
    "rename": 0,
    "drop": 0,
    "adopt": 0
  }
}
pipeline.dtl:39:8: note[DT026]: embedded engine does not run this
   |
39 | stream gold.changes on gold.totals;
   |        ^^^^^^^^^^^^ stream `gold.changes` is for Snowflake only
   = more: dtc explain DT026
