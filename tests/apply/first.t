# needs: duckdb
$ cp $TESTS/apply/shop.dtl pipeline.dtl
# Looking makes nothing.
$ dtc plan
+ create bronze.orders (source)
    it is not on the target (pipeline.dtl:8:8); made empty
+ create bronze.regions (table)
    it is not on the target (pipeline.dtl:13:14); made empty
+ create silver.orders (dynamic table)
    it is not on the target (pipeline.dtl:19:14); filled by this apply
+ create gold.totals (dynamic table)
    it is not on the target (pipeline.dtl:27:12); filled by this apply
+ create gold.average (view)
    it is not on the target (pipeline.dtl:36:11)
+ create marts.frozen (static table)
    it is not on the target (pipeline.dtl:33:20); filled by this apply

shop on duckdb: 6 to create; 0 unchanged
$ ls
pipeline.dtl
# Without a terminal somebody has to say yes beforehand; a refused apply leaves nothing behind.
$ dtc apply </dev/null >/dev/null
dtc: error[DT032]: confirmation is needed: there is no terminal to ask on
  = help: say it beforehand: `--yes`
  = more: dtc explain DT032
[2]
$ ls
pipeline.dtl
$ dtc apply --dry-run | tail -n 2
shop on duckdb: 6 to create; 0 unchanged
dry run: it could be applied, nothing was changed
$ ls
pipeline.dtl
$ dtc apply --yes | tail -n 2
shop on duckdb: 6 to create; 0 unchanged
applied
$ ls
pipeline.dtl
shop.duckdb
# The second plan is empty.
$ dtc plan
shop on duckdb: nothing to do: 6 objects are as declared
$ dtc plan --detailed-exitcode
shop on duckdb: nothing to do: 6 objects are as declared
$ dtc apply
shop on duckdb: nothing to do: 6 objects are as declared
$ dtc plan --all | head -n 4
= unchanged bronze.orders (source)
    rows are kept
= unchanged bronze.regions (table)
    rows are kept
# Layout, comments inside a body, letter case and the spelling of a duration are no change.
$ sed -i 's/lag 5 minutes/lag 300 seconds/; s/select count(\*) as order_cnt, /SELECT COUNT(*)  ORDER_CNT, -- all\n/; s/silver table orders/SILVER TABLE Orders/; s/where coalesce/where (coalesce/; s/\$least;/$least);/' pipeline.dtl
$ dtc plan
shop on duckdb: nothing to do: 6 objects are as declared
# Who made what is written on the object and in the catalogue.
$ dtc sql "select schema_name, table_name, regexp_replace(comment, 'dtc:.*', 'dtc:...') as comment from duckdb_tables() order by all"
 schema_name | table_name | comment
-------------+------------+-----------------------------
 _dtc        | objects    | NULL
 _dtc        | refreshes  | NULL
 bronze      | orders     | What was bought.\ndtc:...
 bronze      | regions    | dtc:...
 clean       | orders     | Orders that count.\ndtc:...
 gold        | totals     | dtc:...
 marts       | frozen     | dtc:...
(7 rows)
$ dtc sql "select name, kind, place, settings from _dtc.objects order by name"
 name           | kind          | place          | settings
----------------+---------------+----------------+-----------------------------------------------------------------------------------------------------------------------------------
 bronze.orders  | source        | bronze.orders  | 
 bronze.regions | table         | bronze.regions | length region=varchar(10)\nlength name=varchar(40)\n
 gold.average   | view          | gold.average   | 
 gold.totals    | dynamic_table | gold.totals    | lag=5 minutes\nrefresh=AUTO\nwarehouse=wh\n
 marts.frozen   | static_table  | marts.frozen   | 
 silver.orders  | dynamic_table | clean.orders   | lag=downstream\nrefresh=AUTO\nwarehouse=wh\nexpect amount_known=drop e51d4146ca8e4d45\nexpect amount_sane=warn 948226e956f07228\n
(6 rows)
$ dtc sql "select name, rows, status, reason, warned, dropped from _dtc.refreshes order by name"
 name          | rows | status | reason | warned | dropped
---------------+------+--------+--------+--------+---------
 gold.totals   |    1 | ok     | apply  |      0 |       0
 marts.frozen  |    1 | ok     | apply  |      0 |       0
 silver.orders |    0 | ok     | apply  |      0 |       0
(3 rows)

# A disk that is full at the first apply leaves no half of a database to stumble over.
$ rm -f *.duckdb*; (ulimit -f 8; dtc apply --yes --quiet 2>&1 | grep -v note:); ls *.duckdb
dtc: error[DT014]: file could not be written: `shop.duckdb`
  = more: dtc explain DT014
ls: cannot access '*.duckdb': No such file or directory
[2]
$ dtc apply --yes --quiet | tail -n 1
applied
