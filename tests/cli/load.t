# needs: duckdb
$ cat >pipeline.dtl <<'END'
> pipeline shop { warehouse w; }
> bronze table orders (
>   order_id integer not null,
>   placed_at timestamp_ntz,
>   amount number(10,2),
>   state varchar(5),
>   payload variant,
>   paid boolean
> );
> source bronze.people (name varchar(20), age integer);
> silver table paid lag 5 minutes as select order_id, amount from bronze.orders where paid;
> END
$ dtc apply --yes -q >/dev/null

# By column name, in any order and case; what is missing is NULL.
$ printf 'AMOUNT,order_id,placed_at\n1.5,1,2026-01-01 10:00:00\n,2,2026-01-02T11:30:00Z\n' >a.csv
$ dtc load orders a.csv
loaded   bronze.orders  2 rows from a.csv
dtc: note[DT028]: data leaves columns of the table out: `a.csv` has no `state`, `payload`, `paid`: NULL in `bronze.orders`
  = more: dtc explain DT028
$ printf '{"order_id": 3, "paid": true, "payload": {"a": [1, null]}, "state": "x"}\n\n{"order_id": 4, "amount": "2.25", "payload": "text"}\n' >b.jsonl
$ gzip -k b.jsonl; dtc load bronze.orders b.jsonl b.jsonl.gz -q
loaded   bronze.orders  4 rows from 2 files
$ dtc sql --write -q "copy (select 5 as order_id, 'y' as state, 7 as amount) to 'c.parquet'"
$ dtc load bronze.orders c.parquet -q
loaded   bronze.orders  1 row from c.parquet
$ printf 'order_id;state\n6;"a ""b"""\n\n7;""\n8;\n' | dtc load orders - -q
loaded   bronze.orders  3 rows from -
$ printf 'order_id\n9\n' | gzip | dtc load orders - -q
loaded   bronze.orders  1 row from -
$ dtc show orders --format csv
order_id,placed_at,amount,state,payload,paid
1,2026-01-01 10:00:00,1.50,,,
2,2026-01-02 11:30:00,,,,
3,,,x,"{""a"":[1,null]}",true
3,,,x,"{""a"":[1,null]}",true
4,,2.25,,"""text""",
4,,2.25,,"""text""",
5,,7.00,y,,
6,,,"a ""b""",,
7,,,"",,
8,,,,,
9,,,,,

# --replace empties first, in the same transaction: a row that does not fit leaves the old ones.
$ dtc load orders a.csv --replace -q
replaced bronze.orders  2 rows from a.csv
$ printf 'order_id\nten\n' >bad.csv; dtc load orders bad.csv --replace -q
dtc: error[DT027]: row cannot be loaded: `bad.csv` line 2, column `order_id`: `ten` is no integer
  = more: dtc explain DT027
[1]
$ dtc sql "select count(*) as n from bronze.orders"
 n
---
 2
(1 row)

# A row that does not fit is named by its line; nothing of the file is loaded.
$ printf 'order_id,placed_at,amount,state,payload,paid\n1,,,,,\n2,,,"long\nline",,\n\n,,,,,\n4,soon,,,,\n5,,1.x,,,\n6,,,toolong,,\n7,,,,{,\n' >bad.csv
$ dtc load orders bad.csv
dtc: error[DT027]: row cannot be loaded: `bad.csv` line 3, column `state`: `long line` is longer than varchar(5)
  = more: dtc explain DT027

dtc: error[DT027]: row cannot be loaded: `bad.csv` line 6, column `order_id`: NULL, and it is NOT NULL
  = more: dtc explain DT027

dtc: error[DT027]: row cannot be loaded: `bad.csv` line 7, column `placed_at`: `soon` is no timestamp_ntz
  = more: dtc explain DT027

dtc: error[DT027]: row cannot be loaded: `bad.csv` line 8, column `amount`: `1.x` is no number(10,2)
  = more: dtc explain DT027

dtc: error[DT027]: row cannot be loaded: `bad.csv` line 9, column `state`: `toolong` is longer than varchar(5)
  = note: there may be more
  = more: dtc explain DT027
[1]
$ printf 'order_id,state\n1,"a\nb"\n2,x,y\n' >bad.csv; dtc load orders bad.csv -q
dtc: error[DT027]: row cannot be loaded: `bad.csv` line 4: 3 fields, the first line has 2
  = more: dtc explain DT027
[1]
$ printf 'order_id,state\n1,a\n2,"b\n' >bad.csv; dtc load orders bad.csv -q
dtc: error[DT027]: row cannot be loaded: `bad.csv` line 3: a quote is not closed
  = more: dtc explain DT027
[1]
$ printf '{"order_id": 1}\n\n{"order_id": "one"}\n' >bad.jsonl; dtc load orders bad.jsonl -q
dtc: error[DT027]: row cannot be loaded: `bad.jsonl` line 3, column `order_id`: `one` is no integer
  = more: dtc explain DT027
[1]
$ printf '{"order_id": 1}\n{"order_id": \n' >bad.jsonl; dtc load orders bad.jsonl -q
dtc: error[DT027]: row cannot be loaded: `bad.jsonl` line 2 is no JSON object
  = more: dtc explain DT027
[1]
$ dtc sql --write -q "copy (select unnest(['1', '2', 'x']) as order_id) to 'bad.parquet'"; dtc load orders bad.parquet -q
dtc: error[DT027]: row cannot be loaded: `bad.parquet` row 3, column `order_id`: `x` is no integer
  = more: dtc explain DT027
[1]
$ echo hello >bad.parquet; dtc load orders bad.parquet -q
dtc: error[DT027]: row cannot be loaded: `bad.parquet`: File 'bad.parquet' too small to be a Parquet file
  = more: dtc explain DT027
[1]
$ dtc sql "select count(*) as n from bronze.orders"
 n
---
 2
(1 row)

# Data that is no text, or not packed as its name says, is named like a row.
$ printf 'order_id,state\n1,x\n2,\303\244\377\n' >bad.csv; dtc load orders bad.csv -q
dtc: error[DT027]: row cannot be loaded: `bad.csv` line 3, byte 5: 0xff is not part of a character
  = help: data has to be UTF-8: `iconv -t utf-8 -f ...` makes it so
  = more: dtc explain DT027
[1]
$ gzip -c bad.csv >bad.csv.gz; dtc load orders bad.csv.gz -q
dtc: error[DT027]: row cannot be loaded: `bad.csv.gz` line 3: a byte is not part of a character
  = help: data has to be UTF-8: `iconv -t utf-8 -f ...` makes it so
  = more: dtc explain DT027
[1]
$ printf '{"order_id": 1, "state": "\377"}\n' | dtc load orders - --format jsonl -q
dtc: error[DT027]: row cannot be loaded: `-` line 1, byte 27: 0xff is not part of a character
  = help: data has to be UTF-8: `iconv -t utf-8 -f ...` makes it so
  = more: dtc explain DT027
[1]
$ cp a.csv bad.csv.gz; dtc load orders bad.csv.gz -q
dtc: error[DT027]: row cannot be loaded: `bad.csv.gz`: Input is not a GZIP stream: bad.csv.gz
  = more: dtc explain DT027
[1]

# JSON lines without a line are no rows; an object without a key is a row.
$ : >empty.jsonl; dtc load orders empty.jsonl -q; printf '\n\n' | dtc load orders - --format jsonl -q
loaded   bronze.orders  0 rows from empty.jsonl
loaded   bronze.orders  0 rows from -
$ echo '{}' | dtc load orders - --format jsonl -q; echo '{}' | dtc load people - --format jsonl -q
dtc: error[DT027]: row cannot be loaded: `-`: NOT NULL constraint failed: orders.order_id
  = more: dtc explain DT027
loaded   bronze.people  1 row from -
$ echo '[]' | dtc load people - --format jsonl -q
dtc: error[DT027]: row cannot be loaded: `-` line 1 is no JSON object
  = more: dtc explain DT027
[1]

# Columns that do not match.
$ printf 'order_id,amuont\n1,2\n' >bad.csv; dtc load orders bad.csv
dtc: error[DT028]: columns of the data do not match the table: `bad.csv` has a column `amuont`, `bronze.orders` has none of that name
  = help: did you mean `amount`?
  = more: dtc explain DT028
[1]
$ printf 'amount,amount\n1,2\n' >bad.csv; dtc load orders bad.csv
dtc: error[DT028]: columns of the data do not match the table: `bad.csv` has the column `amount` twice
  = more: dtc explain DT028
[1]
$ printf 'amount\n1\n' >bad.csv; dtc load orders bad.csv -q
dtc: error[DT028]: columns of the data do not match the table: `bad.csv` has no column `order_id`, and in `bronze.orders` it is NOT NULL
  = more: dtc explain DT028
[1]
$ : >bad.csv; dtc load orders bad.csv
dtc: error[DT028]: columns of the data do not match the table: `bad.csv` has no first line that names its columns
  = more: dtc explain DT028
[1]
$ printf '{"order_id": 1, "shop": 2}\n' >bad.jsonl; dtc load orders bad.jsonl
dtc: error[DT028]: columns of the data do not match the table: `bad.jsonl` has a column `shop`, `bronze.orders` has none of that name
  = more: dtc explain DT028
[1]

# Without arguments: every table from data/, twice is the same as once.
$ dtc load
dtc: error[DT038]: nothing to load: `data` holds no file of a table: LAYER.NAME.csv, .parquet or .jsonl
  = more: dtc explain DT038
[2]
$ mkdir data; dtc load
dtc: error[DT038]: nothing to load: `data` holds no file of a table: LAYER.NAME.csv, .parquet or .jsonl
  = more: dtc explain DT038
[2]
$ cp a.csv data/bronze.orders.csv; printf 'name,age\nAda,36\n' >data/BRONZE.PEOPLE.csv; cp a.csv data/bronze.ordres.csv
$ dtc load -q; dtc load -q
replaced bronze.orders  2 rows from data/bronze.orders.csv
replaced bronze.people  1 row from data/BRONZE.PEOPLE.csv
replaced bronze.orders  2 rows from data/bronze.orders.csv
replaced bronze.people  1 row from data/BRONZE.PEOPLE.csv
$ dtc load 2>&1 >/dev/null | grep '^note: '
note: data/bronze.ordres.csv belongs to no table or source and is left alone
$ cp c.parquet data/bronze.orders.parquet; dtc load
note: data/bronze.ordres.csv belongs to no table or source and is left alone
dtc: error[DT017]: command line does not fit the command: `data/bronze.orders.csv` and `data/bronze.orders.parquet` are both for `bronze.orders`
  = more: dtc explain DT017
[2]

# Usage.
$ dtc load paid a.csv
dtc: error[DT017]: command line does not fit the command: `silver.paid` is a dynamic table, its rows come from its query
  = more: dtc explain DT017
[2]
$ dtc load nothing a.csv
dtc: error[DT039]: name on the command line is not in the project: there is no `nothing`
  = more: dtc explain DT039
[2]
$ dtc load orders
dtc: error[DT017]: command line does not fit the command: `load` needs a file for `bronze.orders`
  = more: dtc explain DT017
[2]
$ dtc load orders a.txt
dtc: error[DT017]: command line does not fit the command: `a.txt` ends in none of .csv, .parquet, .jsonl; `--format` tells
  = more: dtc explain DT017
[2]
$ dtc load orders nothere.csv
dtc: error[DT010]: file does not exist: `nothere.csv`: No such file or directory
  = more: dtc explain DT010
[2]
$ dtc load orders --format csv data
dtc: error[DT011]: file could not be read: `data`: Is a directory
  = more: dtc explain DT011
[2]
