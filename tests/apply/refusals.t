# needs: duckdb
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc apply --yes --quiet >/dev/null
$ printf 'order_id,amount\n1,5\n2,7\n' >orders.csv && dtc load bronze.orders orders.csv --quiet
loaded   bronze.orders   2 rows from orders.csv
# Rows that no query brings back go only when that is said.
$ sed -i 's/amount   number(12,2)/amount varchar/; s/coalesce(amount, 0)/coalesce(amount::integer, 0)/; s/amount < 1000/amount::integer < 1000/; s/sum(amount)/sum(amount::integer)/' pipeline.dtl
$ dtc plan
± replace bronze.orders (source)
    its columns changed: amount decimal(12, 2) -> amount varchar (pipeline.dtl:8:8); all rows are lost
! reinitialize silver.orders (dynamic table)
    its query changed (pipeline.dtl:23:1)
    its expectations changed: expect amount_sane (pipeline.dtl:19:14); all rows are computed anew by this apply
! reinitialize gold.totals (dynamic table)
    its query changed (pipeline.dtl:30:1); all rows are computed anew by this apply

shop on duckdb: 2 to reinitialize, 1 to replace; 3 unchanged
rows would be lost: apply needs `--allow-replace`
$ dtc apply --yes
± replace bronze.orders (source)
    its columns changed: amount decimal(12, 2) -> amount varchar (pipeline.dtl:8:8); all rows are lost
! reinitialize silver.orders (dynamic table)
    its query changed (pipeline.dtl:23:1)
    its expectations changed: expect amount_sane (pipeline.dtl:19:14); all rows are computed anew by this apply
! reinitialize gold.totals (dynamic table)
    its query changed (pipeline.dtl:30:1); all rows are computed anew by this apply

shop on duckdb: 2 to reinitialize, 1 to replace; 3 unchanged
pipeline.dtl:8:8: error[DT702]: plan loses rows that no query brings back
  |
8 | source bronze.orders (
  |        ^^^^^^^^^^^^^ replace `bronze.orders`
  = help: if that is meant: `--allow-replace`
  = more: dtc explain DT702
[2]
$ dtc plan -o plan.json >/dev/null
pipeline.dtl:8:8: error[DT702]: plan loses rows that no query brings back
  |
8 | source bronze.orders (
  |        ^^^^^^^^^^^^^ replace `bronze.orders`
  = help: if that is meant: `--allow-replace`
  = more: dtc explain DT702
[2]
$ ls
orders.csv
pipeline.dtl
shop.duckdb
$ dtc apply --yes --allow-replace | tail -n 1
applied
$ sed -i '/^bronze table/,/^);/d' pipeline.dtl && dtc apply --yes
- drop bronze.regions (table)
    it is no longer declared; all rows are lost

shop on duckdb: 1 to drop; 5 unchanged
dtc: error[DT702]: plan loses rows that no query brings back: drop `bronze.regions`
  = help: if that is meant: `--allow-drop`
  = more: dtc explain DT702
[2]
$ dtc apply --yes --allow-drop | tail -n 1
applied
# prevent destroy is stronger than any flag.
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc apply --yes --allow-replace --quiet >/dev/null && sed -i 's/^);$/) prevent destroy;/' pipeline.dtl && dtc apply --yes | tail -n 1
applied
$ sed -i 's/name   varchar(40)/name integer/' pipeline.dtl && dtc apply --yes --allow-replace
± replace bronze.regions (table)
    its columns changed: name varchar -> name bigint (pipeline.dtl:13:14); all rows are lost

shop on duckdb: 1 to replace; 5 unchanged
pipeline.dtl:13:14: error[DT703]: plan destroys what `prevent destroy` protects
   |
13 | bronze table regions (
   |              ^^^^^^^ replace `bronze.regions`
   = more: dtc explain DT703
[2]
$ sed -i '/^bronze table/,/^) prevent/d' pipeline.dtl && dtc apply --yes --allow-drop
- drop bronze.regions (table)
    it is no longer declared; all rows are lost

shop on duckdb: 1 to drop; 5 unchanged
dtc: error[DT703]: plan destroys what `prevent destroy` protects: drop `bronze.regions`
  = more: dtc explain DT703
[2]
# What is not ours is left alone: another object in a schema, and one that stands in the way.
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc apply --yes --quiet >/dev/null && dtc sql --write "create table gold.notes as select 1 as a; create table gold.extra as select 2 as b" && dtc plan
shop on duckdb: nothing to do: 6 objects are as declared
$ sed -i 's/^gold view average/gold view extra as select 3 as b;\ngold view average/' pipeline.dtl && dtc plan
^ adopt gold.extra (view)
    it is there and not marked as ours: it is not as declared (pipeline.dtl:36:11)

shop on duckdb: 1 to adopt; 6 unchanged
objects that are not ours: apply needs `--adopt`
$ dtc apply --yes
^ adopt gold.extra (view)
    it is there and not marked as ours: it is not as declared (pipeline.dtl:36:11)

shop on duckdb: 1 to adopt; 6 unchanged
pipeline.dtl:36:11: error[DT704]: object exists and is not marked as ours
   |
36 | gold view extra as select 3 as b;
   |           ^^^^^ adopt `gold.extra`
   = help: if that is meant: `--adopt`
   = more: dtc explain DT704
[2]
$ dtc apply --yes --adopt | tail -n 1; dtc plan
applied
shop on duckdb: nothing to do: 7 objects are as declared
# Somebody dropped a table, somebody made one anew by hand.
$ dtc sql --write "drop table gold.totals; create or replace table clean.orders as select 1 as order_id, 2 as amount" && dtc plan
^ adopt silver.orders (dynamic table)
    it is there and not marked as ours: it is not as declared (pipeline.dtl:19:14); all rows are computed anew by this apply
+ create gold.totals (dynamic table)
    it is not on the target (pipeline.dtl:27:12); filled by this apply

shop on duckdb: 1 to create, 1 to adopt; 5 unchanged
objects that are not ours: apply needs `--adopt`
$ dtc apply --yes --adopt | tail -n 1; dtc plan
applied
shop on duckdb: nothing to do: 7 objects are as declared
# A statement that the engine refuses is shown where it was written, and nothing was changed.
$ sed -i 's/sum(amount) as total/sum(amount) \/ 0 as total/' pipeline.dtl && dtc apply --yes
! reinitialize gold.totals (dynamic table)
    its query changed (pipeline.dtl:30:1); all rows are computed anew by this apply

shop on duckdb: 1 to reinitialize; 6 unchanged
nothing was changed
pipeline.dtl:27:12: error[DT021]: target refused a statement
   |
27 | gold table totals
   |            ^^^^^^ `gold.totals` could not be applied: Division by zero
   = more: dtc explain DT021
[11]
$ dtc sql "select count(*) from _dtc.refreshes where name = 'gold.totals'"
 count_star()
--------------
            4
(1 row)
# An expectation that fails the table fails the apply.
$ sed -i 's/ \/ 0 as total/ as total/; s/^  lag 5 minutes/  lag 5 minutes expect few check (order_cnt < 2) on violation fail/' pipeline.dtl && dtc apply --yes
~ alter gold.totals (dynamic table)
    its expectations changed: expect few (pipeline.dtl:27:12); rows are kept

shop on duckdb: 1 to alter; 6 unchanged
applied
$ dtc plan --offline snapshot.json
dtc: error[DT016]: not built yet: `dtc plan --offline`
  = more: dtc explain DT016
[2]
$ dtc plan --against main
dtc: error[DT016]: not built yet: `dtc plan --against`
  = more: dtc explain DT016
[2]
$ dtc plan --target snowflake
dtc: error[DT016]: not built yet: target `snowflake` is not built yet, `dtc emit` writes its statements
  = more: dtc explain DT016
[2]
