# needs: duckdb
$ cat >pipeline.dtl <<'END'
> pipeline shop { warehouse w; }
> layer gold { lag 5 minutes; }
> bronze table orders (order_id integer not null, amount number(10,2), state varchar);
> silver table orders_clean
>   lag downstream
>   expect amount_known check (amount is not null) on violation drop
>   expect amount_small check (amount < 1000) on violation warn
> as select order_id, amount, state from bronze.orders;
> silver table states lag 1 minute as select distinct state from bronze.orders;
> gold table totals
>   expect no_debts check (total >= 0) on violation fail
> as select state, sum(amount) as total from silver.orders_clean group by state;
> gold view rich as select state, total from gold.totals where total > 100;
> gold table richest as select max(total) as total from boundary(gold.rich) r;
> END
$ export DTC_NOW='2026-03-01 08:00:00'
$ dtc refresh
dtc: error[DT010]: file does not exist: `shop.duckdb`
  = help: `dtc apply` creates it
  = more: dtc explain DT010
[2]
$ dtc apply --yes -q >/dev/null
$ mkdir data; printf 'order_id,amount,state\n1,10,A\n2,,A\n3,2000,B\n4,7,\n' >data/bronze.orders.csv; dtc load -q
replaced bronze.orders        4 rows from data/bronze.orders.csv
$ dtc refresh
refreshed  silver.orders_clean  3 rows, 1 dropped by `amount_known`, 1 violate `amount_small`
refreshed  silver.states        3 rows
refreshed  gold.totals          3 rows
refreshed  gold.richest         1 row
$ dtc show totals richest
gold.totals
 state | total
-------+---------
 A     |   10.00
 B     | 2000.00
 NULL  |    7.00
(3 rows)

gold.richest
 total
---------
 2000.00
(1 row)

# A failed expectation keeps the old rows; what reads the table is not refreshed, also through a view.
$ printf 'order_id,amount,state\n5,-50,A\n' >more.csv; dtc load orders more.csv -q
loaded   bronze.orders        1 row from more.csv
$ dtc refresh
refreshed  silver.orders_clean  4 rows, 1 dropped by `amount_known`, 1 violate `amount_small`
refreshed  silver.states        3 rows
failed     gold.totals          expectation `no_debts` is violated by 1 row
skipped    gold.richest         its input `gold.rich` was not refreshed
2 refreshed, 1 failed, 1 skipped
pipeline.dtl:11:3: error[DT029]: expectation is violated
   |
11 |   expect no_debts check (total >= 0) on violation fail
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1 row of `gold.totals` violates it
   = note: `gold.totals` keeps the rows it had, and what reads it is not refreshed
   = more: dtc explain DT029
[1]
$ dtc show gold.totals
gold.totals
 state | total
-------+---------
 A     |   10.00
 B     | 2000.00
 NULL  |    7.00
(3 rows)
$ dtc status --now '2026-03-01 08:03:00'
name                 rows  lag        freshness  last refresh         state   verdict
bronze.orders           5
silver.orders_clean     4  5 minutes  3 minutes  2026-03-01 08:00:00  fresh   incremental
silver.states           3  1 minute   3 minutes  2026-03-01 08:00:00  late    incremental
gold.totals             3  5 minutes  3 minutes  2026-03-01 08:00:00  failed  incremental
  last refresh failed: expectation `no_debts` is violated by 1 row
gold.rich
gold.richest            1  5 minutes  3 minutes  2026-03-01 08:00:00  failed  incremental
  last refresh skipped: its input `gold.rich` was not refreshed
$ dtc refresh states
refreshed  silver.states        3 rows
$ dtc load -q; dtc refresh gold.totals
replaced bronze.orders        4 rows from data/bronze.orders.csv
refreshed  silver.orders_clean  3 rows, 1 dropped by `amount_known`, 1 violate `amount_small`
refreshed  gold.totals          3 rows
$ dtc status --now '2026-03-01 09:30:00'
name                 rows  lag        freshness          last refresh         state   verdict
bronze.orders           4
silver.orders_clean     3  5 minutes  1 hour 30 minutes  2026-03-01 08:00:00  late    incremental
silver.states           3  1 minute   1 hour 30 minutes  2026-03-01 08:00:00  late    incremental
gold.totals             3  5 minutes  1 hour 30 minutes  2026-03-01 08:00:00  late    incremental
gold.rich
gold.richest            1  5 minutes  1 hour 30 minutes  2026-03-01 08:00:00  failed  incremental
  last refresh skipped: its input `gold.rich` was not refreshed
$ dtc sql "select name, \"rows\", status, reason, warned, dropped from _dtc.refreshes where reason <> 'apply'"
 name                | rows | status  | reason                                      | warned | dropped
---------------------+------+---------+---------------------------------------------+--------+---------
 silver.orders_clean |    3 | ok      | refresh                                     |      1 |       1
 silver.states       |    3 | ok      | refresh                                     |      0 |       0
 gold.totals         |    3 | ok      | refresh                                     |      0 |       0
 gold.richest        |    1 | ok      | refresh                                     |      0 |       0
 silver.orders_clean |    4 | ok      | refresh                                     |      1 |       1
 silver.states       |    3 | ok      | refresh                                     |      0 |       0
 gold.totals         | NULL | failed  | expectation `no_debts` is violated by 1 row |      0 |       0
 gold.richest        | NULL | skipped | its input `gold.rich` was not refreshed     |      0 |       0
 silver.states       |    3 | ok      | refresh                                     |      0 |       0
 silver.orders_clean |    3 | ok      | refresh                                     |      1 |       1
 gold.totals         |    3 | ok      | refresh                                     |      0 |       0
(11 rows)

# An edited query is not refreshed before it is applied.
$ sed -i 's/sum(amount)/sum(amount + 1)/' pipeline.dtl
$ dtc refresh
pipeline.dtl:10:12: error[DT041]: target has another definition, or none
   |
10 | gold table totals
   |            ^^^^^^ `gold.totals` is not as it was applied
   = help: `dtc plan` shows the difference, `dtc apply` ends it
   = more: dtc explain DT041
[2]
$ dtc refresh states
refreshed  silver.states        3 rows
$ dtc apply --yes -q >/dev/null; dtc refresh -q
refreshed  silver.orders_clean  3 rows, 1 dropped by `amount_known`, 1 violate `amount_small`
refreshed  silver.states        3 rows
refreshed  gold.totals          3 rows
refreshed  gold.richest         1 row

# A statement that the engine refuses: its table fails, what reads it is skipped, the others go on.
$ dtc sql -q --write "alter table bronze.orders drop column amount"
$ dtc refresh
failed     silver.orders_clean  Referenced column "amount" not found in FROM clause!
refreshed  silver.states        3 rows
skipped    gold.totals          its input `silver.orders_clean` was not refreshed
skipped    gold.richest         its input `gold.rich` was not refreshed
1 refreshed, 1 failed, 2 skipped
pipeline.dtl:4:14: error[DT021]: target refused a statement
  |
4 | silver table orders_clean
  |              ^^^^^^^^^^^^ Referenced column "amount" not found in FROM clause! Candidate bindings: "state"
  = more: dtc explain DT021
[11]

# What the schema of the status requires is there.
$ dtc status --format json | tr -d ' ' >out.json
$ sed -n '/"required": \[$/,/\]/p' "$TESTS/../src/cli/schema/status.json" | grep -oE '"[a-z_]+"' | grep -v required | while read -r key; do
>   grep -q "^$key:" out.json || echo "no $key"
> done

# Ctrl-C leaves every table whole.
$ mkdir slow; cd slow; cat >pipeline.dtl <<'END'
> pipeline slow { warehouse w; }
> bronze table n (i integer not null);
> silver table pairs lag 5 minutes as select count(*) as c from bronze.n a cross join bronze.n b cross join bronze.n d where sqrt(a.i * b.i + d.i) > 3;
> END
$ dtc apply --yes -q >/dev/null
$ dtc sql -q --write "insert into bronze.n select i from range(20000) t(i)"
$ timeout --preserve-status -s INT 1 dtc refresh
failed     silver.pairs  interrupted
0 refreshed, 1 failed, 0 skipped
dtc: error[DT031]: interrupted: `silver.pairs` keeps the rows it had
  = more: dtc explain DT031
[130]
$ dtc status --format json | grep -E '"(name|rows|last_status|last_reason|state)"'
      "name": "BRONZE.N",
      "rows": 20000,
      "last_status": null,
      "last_reason": null,
      "state": null,
      "name": "SILVER.PAIRS",
      "rows": 1,
      "last_status": "failed",
      "last_reason": "interrupted",
      "state": "failed",
$ dtc refresh nothing
dtc: error[DT039]: name on the command line is not in the project: there is no `nothing`
  = more: dtc explain DT039
[2]
