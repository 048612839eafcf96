# The long text of a code, by number or by name, in any case.
$ dtc explain dt013
DT013 empty-source

The file has no declaration: it is empty or holds only comments. This is a note, because it is legal, but a command that is
given only such files has nothing to do.
$ dtc explain wrong-usage | head -1
DT017 wrong-usage
$ dtc explain DT9999
dtc: error[DT039]: name on the command line is not in the project: there is no code `DT9999`
  = more: dtc explain DT039
[2]
$ dtc explain
dtc: error[DT017]: command line does not fit the command: `explain` needs a code, a name or a path
  = more: dtc explain DT017
[2]

# What is known about a relation, and where each setting came from.
$ cat >pipeline.dtl <<'END'
> pipeline shop { database shop; warehouse wh; }
> layer silver { lag 1 minute; }
> layer gold { lag 5 minutes; refresh incremental; }
> env dev { warehouse wh_dev; lag at least 1 hour; }
> bronze table orders (
>   order_id integer not null primary key rely,
>   placed_at timestamp_ntz,
>   amount decimal(10,2),
>   state varchar(5)
> ) change tracking;
> -- Orders that count.
> silver table clean
>   lag downstream
>   expect amount_known check (amount is not null) on violation drop
>   expect Small check (amount < 1000) on violation warn
> as select order_id, amount, state, upper(state) as state_name from bronze.orders;
> gold table totals as select state, sum(amount) as total, count(*) as cnt from silver.clean group by state;
> gold table shuffled refresh auto as select state, random() as r from silver.clean;
> gold view top as select state from gold.totals where total > 100;
> END
$ dtc explain clean bronze.orders TOTALS gold.shuffled top
silver.clean  dynamic table
  Orders that count.
  declared at    pipeline.dtl:12:14
  verdict        incremental
  refresh        AUTO  (default)
  lag            downstream  (declaration, pipeline.dtl:13:3)
  effective lag  5 minutes, driven by gold.totals
  warehouse      WH  (pipeline, pipeline.dtl:1:32)
  expects        amount_known: amount is not null, else drop
                 Small: amount < 1000, else warn
  reads          bronze.orders
  read by        gold.shuffled, gold.totals
  columns
    ORDER_ID                    NUMBER(38,0)
    AMOUNT                      NUMBER(10,2)
    STATE                       VARCHAR
    STATE_NAME                  VARCHAR

bronze.orders  table
  declared at    pipeline.dtl:5:14
  tracking       change tracking  (declaration, pipeline.dtl:10:3)
  read by        silver.clean
  columns
    ORDER_ID                    NUMBER(38,0) NOT NULL KEY
    PLACED_AT                   TIMESTAMP_NTZ(9)
    AMOUNT                      NUMBER(10,2)
    STATE                       VARCHAR(5)

gold.totals  dynamic table
  declared at    pipeline.dtl:17:12
  verdict        incremental
  refresh        INCREMENTAL  (layer, pipeline.dtl:3:29)
  lag            5 minutes  (layer, pipeline.dtl:3:14)
  effective lag  5 minutes
  warehouse      WH  (pipeline, pipeline.dtl:1:32)
  reads          silver.clean
  read by        gold.top
  columns
    STATE                       VARCHAR
    TOTAL                       NUMBER(22,2)
    CNT                         NUMBER(18,0)

gold.shuffled  dynamic table
  declared at    pipeline.dtl:18:12
  verdict        full
                 DT317 RANDOM at pipeline.dtl:18:51
  refresh        AUTO  (declaration, pipeline.dtl:18:21)
  lag            5 minutes  (layer, pipeline.dtl:3:14)
  effective lag  5 minutes
  warehouse      WH  (pipeline, pipeline.dtl:1:32)
  reads          silver.clean
  columns
    STATE                       VARCHAR
    R                           NUMBER(38,0)

gold.top  view
  declared at    pipeline.dtl:19:11
  reads          gold.totals
  columns
    STATE                       VARCHAR
$ dtc explain totals --env dev
gold.totals  dynamic table
  declared at    pipeline.dtl:17:12
  verdict        incremental
  refresh        INCREMENTAL  (layer, pipeline.dtl:3:29)
  lag            1 hour  (floor, pipeline.dtl:4:29)
  effective lag  1 hour
  warehouse      WH_DEV  (environment, pipeline.dtl:4:11)
  reads          silver.clean
  read by        gold.top
  columns
    STATE                       VARCHAR
    TOTAL                       NUMBER(22,2)
    CNT                         NUMBER(18,0)
$ dtc explain clean shuffled --format json
{
  "schema_version": 1,
  "nodes": [
    {
      "name": "SILVER.CLEAN",
      "kind": "dynamic_table",
      "layer": "SILVER",
      "verdict": "incremental",
      "blockers": [],
      "refresh_mode": "AUTO",
      "target_lag": "downstream",
      "effective_lag_seconds": 300,
      "depends_on": [
        "BRONZE.ORDERS"
      ],
      "columns": [
        {
          "name": "ORDER_ID",
          "type": "NUMBER(38,0)",
          "nullable": null
        },
        {
          "name": "AMOUNT",
          "type": "NUMBER(10,2)",
          "nullable": null
        },
        {
          "name": "STATE",
          "type": null,
          "nullable": null
        },
        {
          "name": "STATE_NAME",
          "type": null,
          "nullable": null
        }
      ]
    },
    {
      "name": "GOLD.SHUFFLED",
      "kind": "dynamic_table",
      "layer": "GOLD",
      "verdict": "full",
      "blockers": [
        {
          "code": "DT317",
          "construct": "RANDOM",
          "file": "pipeline.dtl",
          "line": 18,
          "column": 51
        }
      ],
      "refresh_mode": "AUTO",
      "target_lag": "5 minutes",
      "effective_lag_seconds": 300,
      "depends_on": [
        "SILVER.CLEAN"
      ],
      "columns": [
        {
          "name": "STATE",
          "type": null,
          "nullable": null
        },
        {
          "name": "R",
          "type": "NUMBER(38,0)",
          "nullable": null
        }
      ]
    }
  ]
}
$ dtc explain gold.tota
dtc: error[DT039]: name on the command line is not in the project: there is no `gold.tota`
  = help: did you mean `gold.top`?
  = more: dtc explain DT039
[2]
$ dtc explain gold.totls
dtc: error[DT039]: name on the command line is not in the project: there is no `gold.totls`
  = help: did you mean `gold.totals`?
  = more: dtc explain DT039
[2]
$ dtc explain . --format json | grep -c '"name": "[A-Z]*\.[A-Z_]*"'
5

# What the schema requires is there.
$ dtc explain . --format json | tr -d ' ' >../out.json
$ sed -n '/"node"/,/"properties"/p' "$TESTS/../src/cli/schema/explain.json" | sed -n '/"required"/,/]/p' | grep -oE '"[a-z_]+"' | grep -v required | while read -r key; do
>   grep -q "^$key:" ../out.json || echo "no $key"
> done

# A pipeline with errors is explained as far as it goes.
$ echo 'gold table broken as select nothing from bronze.orders;' >>pipeline.dtl
$ dtc explain broken
gold.broken  dynamic table
  declared at    pipeline.dtl:20:12
  verdict        unknown
                 because of a mistake in the definition at pipeline.dtl:20:12
  refresh        INCREMENTAL  (layer, pipeline.dtl:3:29)
  lag            5 minutes  (layer, pipeline.dtl:3:14)
  effective lag  5 minutes
  warehouse      WH  (pipeline, pipeline.dtl:1:32)
  reads          bronze.orders
  columns
    NOTHING
    others are not known
the pipeline has 1 error, `dtc lint` shows it
[1]
