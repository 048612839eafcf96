# needs: duckdb
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc apply --yes --quiet >/dev/null
$ printf 'order_id,amount\n1,5\n2,7\n3,\n4,5000\n' >orders.csv && dtc load bronze.orders orders.csv
loaded   bronze.orders   4 rows from orders.csv
$ printf 'region,name\nN,north\n' >regions.csv && dtc load bronze.regions regions.csv
loaded   bronze.regions  1 row from regions.csv
# A changed table is filled; what reads it waits for the next refresh.
$ dtc apply --yes --set least=6 | tail -n 4
    after the next refresh: gold.totals

shop on duckdb: 1 to reinitialize; 5 unchanged; 1 up to date after the next refresh
applied
$ dtc show silver.orders --format csv
order_id,amount
2,7.00
4,5000.00
$ dtc show gold.totals --format csv
order_cnt,total
0,
$ dtc refresh --set least=6
refreshed  silver.orders   2 rows, 1 violate `amount_sane`
refreshed  gold.totals     1 row
$ dtc show gold.totals --format csv
order_cnt,total
2,5007.00
$ dtc sql "select name, rows, status, reason, warned, dropped from _dtc.refreshes order by ended_at, rowid"
 name          | rows | status | reason  | warned | dropped
---------------+------+--------+---------+--------+---------
 silver.orders |    0 | ok     | apply   |      0 |       0
 gold.totals   |    1 | ok     | apply   |      0 |       0
 marts.frozen  |    1 | ok     | apply   |      0 |       0
 silver.orders |    2 | ok     | apply   |      1 |       0
 silver.orders |    2 | ok     | refresh |      1 |       0
 gold.totals   |    1 | ok     | refresh |      0 |       0
(6 rows)
$ dtc sql --format csv "select * from clean.orders__violations"
expectation,order_id,amount
amount_sane,4,5000.00
# A new column of a base table keeps its rows; a table that is renamed does, too.
$ sed -i 's/name   varchar(40)/name varchar(40), area float default 1.5/; s/bronze table regions/bronze table areas/; s/^);\r*$/);/' pipeline.dtl
$ sed -i '/area float/,/^);/ s/^);/) moved from regions;/' pipeline.dtl; echo ...; dtc plan --set least=6
...
> rename bronze.areas (table)
    it is declared under another name: it was `bronze.regions` (pipeline.dtl:13:14)
    its columns changed: new column area double (pipeline.dtl:13:14); rows are kept

shop on duckdb: 1 to rename; 5 unchanged
$ dtc apply --yes --set least=6 | tail -n 1 && dtc show bronze.areas --format csv && dtc plan --set least=6
applied
region,name,area
N,north,1.5
shop on duckdb: nothing to do: 6 objects are as declared
# Another schema for a layer: rows move along.
$ sed -i 's/layer marts { }/layer marts { schema final; }/; s/^layer silver/layer bronze { schema raw; }\nlayer silver/; s/^gold table totals/layer gold { }\ngold table totals/' pipeline.dtl; echo ...; dtc apply --yes --set least=6 && dtc plan --set least=6
...
> rename bronze.areas (table)
    a setting changed: schema bronze.areas -> raw.areas (pipeline.dtl:14:14); rows are kept
> rename bronze.orders (source)
    a setting changed: schema bronze.orders -> raw.orders (pipeline.dtl:9:8); rows are kept
> rename marts.frozen (static table)
    a setting changed: schema marts.frozen -> final.frozen (pipeline.dtl:35:20); rows are kept

shop on duckdb: 3 to rename; 3 unchanged
applied
shop on duckdb: nothing to do: 6 objects are as declared
$ dtc sql --format csv "select schema_name, table_name, estimated_size from duckdb_tables() where schema_name <> '_dtc' order by all"
schema_name,table_name,estimated_size
clean,orders,2
final,frozen,1
gold,totals,1
raw,areas,1
raw,orders,4
# A static table stays as it was built, until its query changes.
$ dtc show marts.frozen --format csv
order_cnt
0
# The view of broken rows goes with its table.
$ sed -i 's/^silver table orders/silver table purchases moved from orders/; s/silver.orders/silver.purchases/' pipeline.dtl; dtc apply --yes --set least=6 | tail -n 1; dtc sql --format csv "select view_name from duckdb_views() where not internal order by all"
applied
view_name
average
purchases__violations
$ dtc plan --set least=6
shop on duckdb: nothing to do: 6 objects are as declared
# initialize on schedule: empty until the first refresh.
$ sed -i 's/^  lag 5 minutes/  lag 5 minutes initialize on schedule/; s/^gold table totals/gold table later/; s/gold.totals/gold.later/' pipeline.dtl && dtc apply --yes --set least=6 | tail -n 2; dtc show gold.later --format csv
shop on duckdb: 1 to create, 1 to alter, 1 to reinitialize, 1 to drop; 3 unchanged
applied
order_cnt,total
$ dtc plan --set least=6
shop on duckdb: nothing to do: 6 objects are as declared
