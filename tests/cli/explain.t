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
$ cp -r "$EXAMPLES/medallion" shop && cd shop
$ dtc explain gold.daily_sales_summary bronze.products
gold.daily_sales_summary  dynamic table
  Sales of a region on a day. Refunds count on the day of the line that was taken back.
  declared at    gold.dtl:33:12
  verdict        incremental
  refresh        INCREMENTAL  (layer, pipeline.dtl:16:46)
  lag            5 minutes  (layer, pipeline.dtl:16:31)
  effective lag  5 minutes
  warehouse      WH_DATA_ENG  (pipeline, pipeline.dtl:11:3)
  expects        orders_have_sales: order_cnt = 0 or gross_sales > 0, else warn
  reads          silver.transactions_enriched
  read by        gold.daily_sales_trend
  columns
    SALES_DATE                  DATE
    REGION                      VARCHAR
    ORDER_CNT                   NUMBER(18,0)
    CUSTOMER_CNT                NUMBER(18,0)
    GROSS_SALES                 NUMBER(16,2)
    REFUNDS                     NUMBER(16,2)
    NET_SALES                   NUMBER(16,2)
    AVG_ORDER_VALUE             NUMBER(16,2)

bronze.products  table
  declared at    bronze.dtl:48:14
  tracking       change tracking  (declaration, bronze.dtl:53:3)
  read by        silver.transactions_enriched
  columns
    PRODUCT_ID                  VARCHAR(10) NOT NULL KEY
    PRODUCT_NAME                VARCHAR(60) NOT NULL
    CATEGORY                    VARCHAR(30) NOT NULL
    LIST_PRICE                  NUMBER(10,2) NOT NULL
$ dtc explain daily_sales_summary --env dev | grep lag
  lag            1 hour  (floor, pipeline.dtl:23:3)
  effective lag  1 hour
$ dtc explain sensor_readings_unique --format json
{
  "schema_version": 1,
  "nodes": [
    {
      "name": "SILVER.SENSOR_READINGS_UNIQUE",
      "kind": "dynamic_table",
      "layer": "SILVER",
      "verdict": "incremental",
      "blockers": [],
      "refresh_mode": "INCREMENTAL",
      "target_lag": "downstream",
      "effective_lag_seconds": 60,
      "depends_on": [
        "BRONZE.RAW_SENSOR_READINGS"
      ],
      "columns": [
        {
          "name": "READING_ID",
          "type": null,
          "nullable": null
        },
        {
          "name": "DEVICE_ID",
          "type": null,
          "nullable": null
        },
        {
          "name": "READING_TS",
          "type": null,
          "nullable": null
        },
        {
          "name": "TEMPERATURE",
          "type": "NUMBER(8,2)",
          "nullable": null
        },
        {
          "name": "HUMIDITY",
          "type": "NUMBER(6,2)",
          "nullable": null
        },
        {
          "name": "BATTERY_PCT",
          "type": "NUMBER(5,2)",
          "nullable": null
        },
        {
          "name": "FIRMWARE",
          "type": null,
          "nullable": null
        },
        {
          "name": "SIGNAL_DBM",
          "type": "NUMBER(38,0)",
          "nullable": null
        },
        {
          "name": "IS_LATE",
          "type": "BOOLEAN",
          "nullable": null
        }
      ]
    }
  ]
}
$ dtc explain gold.daily_sales_sumary
dtc: error[DT039]: name on the command line is not in the project: there is no `gold.daily_sales_sumary`
  = help: did you mean `gold.daily_sales_summary`?
  = more: dtc explain DT039
[2]
$ dtc explain . --format json | grep -c '"name": "[A-Z]*\.[A-Z_]*"'
20

# What the schema requires is there.
$ dtc explain . --format json | tr -d ' ' >../out.json
$ sed -n '/"node"/,/"properties"/p' "$TESTS/../src/cli/schema/explain.json" | sed -n '/"required"/,/]/p' | grep -oE '"[a-z_]+"' | grep -v required | while read -r key; do
>   grep -q "^$key:" ../out.json || echo "no $key"
> done
