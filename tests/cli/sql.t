# needs: duckdb
# Without a project it runs in memory.
$ dtc sql "select 1 as n, 'x' as text, null as nothing, '' as empty; select i from range(3) t(i)"
 n | text | nothing | empty
---+------+---------+-------
 1 | x    |    NULL | 
(1 row)

 i
---
 0
 1
 2
(3 rows)
$ dtc sql --format csv "select 'a,b' as a, '' as b, null as c, 'say \"hi\"' as d"
a,b,c,d
"a,b","",,"say ""hi"""
$ dtc sql --format json "select 1.50 as n, 'x' as t, null as z, true as b, [1, 2] as l, 2 as n" | tee out.json
{"schema_version": 1, "results": [
{"name": null, "columns": [{"name": "n", "type": "DECIMAL(3,2)"}, {"name": "t", "type": "VARCHAR"}, {"name": "z", "type": "INTEGER"}, {"name": "b", "type": "BOOLEAN"}, {"name": "l", "type": "INTEGER[]"}, {"name": "n_1", "type": "INTEGER"}], "rows": [
{"n": 1.50, "t": "x", "z": null, "b": true, "l": "[1, 2]", "n_1": 2}]}
]}
$ dtc sql --format markdown "select 'a|b' as a, 1 as n, null as z"
| a | n | z |
|---|---:|---:|
| a\|b | 1 | NULL |
$ dtc sql "select 'two
> lines' as t, 'tab	' as u"
 t          | u
------------+-------
 two\nlines | tab\t
(1 row)
$ COLUMNS=40 dtc sql "select 'a text that goes on and on' as text, 12345678 as number, 'another one of that kind' as more, 'äöü' as u"
 text      | number   | more      | u
-----------+----------+-----------+-----
 a text t… | 12345678 | another … | äöü
(1 row)
$ COLUMNS=20 dtc sql "select 'abcdefghijklmnop' as a, 'abcdefghijklmnop' as b, 3 as c, 4 as d"
 a
----------
 abcdefg…
(1 row)
(3 more columns: b, c, d)
$ dtc sql "select * from range(0) t(i)"
 i
---
(0 rows)

# Numbers of --set stay numbers.
$ dtc sql --set n=20 --set who=me --format csv "select getvariable('n') * 2 as n, getvariable('who') as who"
n,who
40,me
$ dtc sql --set n "select 1"
dtc: error[DT017]: command line does not fit the command: `--set` takes NAME=VALUE, not `n`
  = more: dtc explain DT017
[2]

# Mistakes point into the text.
$ dtc sql "select 1;
> selec 2"
SQL:2:1: error[DT021]: target refused a statement
  |
2 | selec 2
  | ^ syntax error at or near "selec"
  = more: dtc explain DT021
[11]
$ dtc sql "select a from b"
SQL:1:15: error[DT021]: target refused a statement
  |
1 | select a from b
  |               ^ Table with name b does not exist! Did you mean "duckdb_types"?
  = more: dtc explain DT021
[11]
$ dtc sql
dtc: error[DT017]: command line does not fit the command: `sql` takes one TEXT, or --file FILE
  = more: dtc explain DT017
[2]
$ dtc sql -f nothere.sql
dtc: error[DT010]: file does not exist: `nothere.sql`: No such file or directory
  = more: dtc explain DT010
[2]
$ dtc sql "select 1" -f x.sql
dtc: error[DT017]: command line does not fit the command: `sql` takes one TEXT, or --file FILE
  = more: dtc explain DT017
[2]
$ echo "select 42 as answer" | dtc sql -f -
 answer
--------
     42
(1 row)

# Read-only unless --write; with it files can be read and written, from where the caller stands.
$ dtc sql "copy (select 1 as a) to 'out.csv'"
dtc: error[DT021]: target refused a statement: Cannot access file "out.csv" - file system operations are disabled by configuration
  = help: `--write` lets it change the database and read and write files
  = more: dtc explain DT021
[11]
$ echo "copy (select 1 as a) to 'out.csv'; select * from 'out.csv';" >make.sql; dtc sql --write -f make.sql
1 row changed
 a
---
 1
(1 row)
$ dtc init -q shop; cd shop; dtc apply --yes -q >/dev/null
wrote shop/pipeline.dtl
wrote shop/data/bronze.orders.csv
wrote shop/data/bronze.customers.csv
wrote shop/.gitignore
$ dtc sql "delete from bronze.orders"
dtc: error[DT021]: target refused a statement: Cannot execute statement of type "DELETE" on database "shop" which is attached in read-only mode!
  = help: `--write` lets it change the database and read and write files
  = more: dtc explain DT021
[11]
$ dtc sql --write "insert into bronze.customers values (1, 'Ada', null), (2, 'Bob', 'NO')"
2 rows changed
$ dtc sql "select * from bronze.customers order by all"
 customer_id | name | country
-------------+------+---------
           1 | Ada  | NULL
           2 | Bob  | NO
(2 rows)
$ dtc sql --target duckdb:nothere.duckdb "select 1"
dtc: error[DT010]: file does not exist: `nothere.duckdb`: No such file or directory
  = more: dtc explain DT010
[2]

# show: rows of what the pipeline declares.
$ dtc show customers
bronze.customers
 customer_id | name | country
-------------+------+---------
           1 | Ada  | NULL
           2 | Bob  | NO
(2 rows)
$ dtc show customers --limit 1
bronze.customers
 customer_id | name | country
-------------+------+---------
           1 | Ada  | NULL
(1 of 2 rows)
$ dtc show --layer bronze --format markdown
### bronze.customers

| customer_id | name | country |
|---:|---|---|
| 1 | Ada | NULL |
| 2 | Bob | NO |

### bronze.orders

| order_id | customer_id | ordered_at | amount | status |
|---:|---:|---|---:|---|
$ dtc show --layer bronze --format json | tr -d '\n' | head -c 80; echo
{"schema_version": 1, "results": [{"name": "bronze.customers", "columns": [{"nam
$ dtc show custmers
dtc: error[DT039]: name on the command line is not in the project: there is no `custmers`
  = help: did you mean `customers`?
  = more: dtc explain DT039
[2]
$ dtc show
dtc: error[DT017]: command line does not fit the command: `show` needs a NAME, or --layer LAYER
  = more: dtc explain DT017
[2]
$ dtc show --layer platinum
dtc: error[DT039]: name on the command line is not in the project: there is no layer `platinum` with tables or views
  = more: dtc explain DT039
[2]
$ dtc show customers --limit some
dtc: error[DT017]: command line does not fit the command: `--limit` takes a whole number from 0, not `some`
  = more: dtc explain DT017
[2]
$ echo "gold table later as select 1 as a;" >>pipeline.dtl; dtc show later
dtc: error[DT021]: target refused a statement: `gold.later`: Table with name later does not exist!
     Did you mean "daily_revenue"?
  = help: `dtc apply` creates it
  = more: dtc explain DT021
[11]
