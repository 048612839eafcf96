$ printf 'layer bronze { schema b; }\nbronze table orders (id integer);\nsilver tabel x as select 1;\n' > p.dtl
$ dtc parse p.dtl
ok      other          p.dtl:1  BRONZE
ok      table          p.dtl:2  BRONZE.ORDERS
error   other          p.dtl:3
2 ok, 0 opaque, 1 error
p.dtl:3:8: error[DT001]: unexpected token
  |
3 | silver tabel x as select 1;
  |        ^^^^^ `tabel` stands where `table`, `view`, `alert`, `pipe`, `static`, `stream` or something else is expected
  = help: did you mean `table`?
  = more: dtc explain DT001
[1]
$ printf 'create or replace dynamic table d.s.t warehouse=w target_lag=downstream as select 1 as a;\ngrant select on table t to role r;\ncreate view "v w" as select 1 as a\n' > s.sql
$ dtc parse s.sql
ok      dynamic_table  s.sql:1  D.S.T
opaque  other          s.sql:2
ok      view           s.sql:3  "v w"
2 ok, 1 opaque, 0 error
$ dtc parse --format json s.sql
{
  "schema_version": 1,
  "statements": [
    {
      "kind": "dynamic_table",
      "name": "D.S.T",
      "status": "ok",
      "file": "s.sql",
      "line": 1,
      "column": 1,
      "end_line": 1
    },
    {
      "kind": "other",
      "name": null,
      "status": "opaque",
      "file": "s.sql",
      "line": 2,
      "column": 1,
      "end_line": 2
    },
    {
      "kind": "view",
      "name": "\"v w\"",
      "status": "ok",
      "file": "s.sql",
      "line": 3,
      "column": 1,
      "end_line": 3
    }
  ]
}
2 ok, 1 opaque, 0 error
$ dtc parse nothing.sql
0 ok, 0 opaque, 0 error
dtc: error[DT010]: file does not exist: `nothing.sql`
  = more: dtc explain DT010
[2]
