# needs: duckdb
# The world outside fails: each failure has its own code, and nothing on disk is harmed.
$ dtc init -q shop && cd shop && dtc apply --yes -q >/dev/null && dtc load -q && dtc refresh -q
wrote shop/pipeline.dtl
wrote shop/data/bronze.orders.csv
wrote shop/data/bronze.customers.csv
wrote shop/.gitignore
replaced bronze.customers    3 rows from data/bronze.customers.csv
replaced bronze.orders       7 rows from data/bronze.orders.csv
refreshed  silver.paid_orders  5 rows, 1 dropped by `amount_known`
refreshed  gold.daily_revenue  4 rows
$ dtc -C .. status >/dev/null

# No library.
$ DTC_DUCKDB_LIB=/nonexistent.so dtc status 2>&1 | grep -v 'note: looked'
dtc: error[DT018]: embedded engine could not be loaded: could not load libduckdb
  = help: `make setup` fetches it, or name the file: DTC_DUCKDB_LIB=libduckdb.so
  = more: dtc explain DT018
$ DTC_DUCKDB_LIB=/nonexistent.so dtc sql "select 1" >/dev/null 2>&1
[2]

# Not a database.
$ cp shop.duckdb good; echo "hello, I am a text" >shop.duckdb
$ dtc status 2>&1 | grep -v 'note:'
dtc: error[DT020]: file is not a database of the embedded engine: `shop.duckdb`
  = more: dtc explain DT020
$ dtc refresh >/dev/null 2>&1
[10]
$ cat shop.duckdb; cp good shop.duckdb
hello, I am a text

# Locked by another process, whose number is shown.
$ mkfifo hold.csv; dtc sql -q --write "select * from read_csv('hold.csv', columns={'a': 'INTEGER'}, header=false, auto_detect=false)" >held & holder=$!
$ exec 9>hold.csv; dtc status 2>&1 | sed "s/process $holder/process NNN/; s/(.*)/(PROGRAM)/"
dtc: error[DT019]: database is locked by another process: `shop.duckdb` is open in process NNN (PROGRAM)
  = help: wait until it has ended, or end it
  = more: dtc explain DT019
$ dtc refresh >/dev/null 2>&1
[14]
$ exec 9>&-; wait $holder; cat held
 a
---
(0 rows)

# A disk that is full: the table keeps its rows.
$ dtc sql --write -q "create table big as select i, md5(i::varchar) as t from range(200000) t(i)" && (ulimit -f 200; dtc sql --write -q "create table bigger as select * from big, range(20)" 2>&1 | sed 's/note: .*/note: .../')
dtc: error[DT014]: file could not be written: `shop.duckdb`
  = note: ...
  = more: dtc explain DT014
$ dtc show daily_revenue --format csv
day,country,order_cnt,revenue
2026-01-01,HU,1,5.00
2026-01-01,NO,1,19.90
2026-01-02,unknown,2,237.25
2026-01-03,NO,1,42.00
$ (ulimit -f 1; dtc init -q ../other) 2>&1 | cat; ls -A ../other
dtc: error[DT014]: file could not be written: `../other/pipeline.dtl`: File too large
  = more: dtc explain DT014
data
