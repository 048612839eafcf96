# Findings go to stdout, what is said about them to stderr.
$ mkdir shop; cat >shop/pipeline.dtl <<'END'
> pipeline shop { warehouse w; }
> layer gold { lag 5 minutes; }
> bronze table orders (order_id integer not null, amount number(10,2));
> gold table totals as
> select sum(amont) as total from bronze.orders;
> END
$ dtc lint shop 2>/dev/null
pipeline.dtl:5:12: error[DT103]: column does not exist
  |
5 | select sum(amont) as total from bronze.orders;
  |            ^^^^^ `bronze.orders` has no column `amont`
  = help: did you mean `amount`
  = more: dtc explain DT103
[1]
$ dtc lint shop >/dev/null
1 error
[1]
$ dtc lint shop --fail-on never >/dev/null 2>&1

# From the folder itself, from a folder below, and from standard input.
$ dtc -C shop lint -q >/dev/null
[1]
$ mkdir shop/below; dtc -C shop/below lint -q >/dev/null
[1]
$ sed 's/amont/amount/' shop/pipeline.dtl | dtc lint -
nothing found in 2 relations
$ dtc lint shop --format json -q
{
  "schema_version": 1,
  "findings": [
    {
      "code": "DT103",
      "name": "unknown-column",
      "severity": "error",
      "message": "column does not exist: `bronze.orders` has no column `amont`",
      "file": "pipeline.dtl",
      "line": 5,
      "column": 12,
      "end_line": 5,
      "end_column": 17,
      "related": [],
      "fixes": [
        {
          "safety": "unsafe",
          "title": "use the name that exists",
          "edits": [
            {
              "file": "pipeline.dtl",
              "line": 5,
              "column": 12,
              "end_line": 5,
              "end_column": 17,
              "text": "amount"
            }
          ]
        }
      ],
      "notes": [],
      "helps": [
        "did you mean `amount`"
      ]
    }
  ]
}
[1]

# A warning alone is no failure, unless it is asked for.
$ mkdir warn; cat >warn/pipeline.dtl <<'END'
> pipeline warn { warehouse w; }
> layer gold { lag 5 minutes; }
> bronze table orders (order_id integer not null, amount number(10,2));
> gold table biggest as
> select order_id, amount from bronze.orders order by amount;
> END
$ dtc lint warn
pipeline.dtl:5:44: warning[DT601]: ORDER BY in a definition has no effect
  |
5 | select order_id, amount from bronze.orders order by amount;
  |                                            ^^^^^^^^^^^^^^^ rows of a dynamic table have no order
  = note: whoever reads `gold.biggest` has to sort anyway
  = help: leave the ORDER BY out; `cluster by` keeps rows together that are read together
  = more: dtc explain DT601
1 warning
$ dtc lint warn --fail-on warning >/dev/null 2>&1
[1]
$ dtc lint warn -q --fail-on note >/dev/null
[1]

# The world outside: exit code 2, nothing on stdout.
$ dtc lint nothere
dtc: error[DT010]: file does not exist: `nothere`
  = more: dtc explain DT010
1 error
[2]
$ mkdir empty; dtc lint empty
dtc: error[DT024]: no pipeline found: no .dtl and no .sql file here
  = help: name a file or a folder, or start a pipeline with `dtc init`
  = more: dtc explain DT024
1 error
[2]
$ dtc lint warn --env production
dtc: error[DT108]: environment does not exist: `production`
  = note: the project declares 0 environments
  = more: dtc explain DT108

pipeline.dtl:5:44: warning[DT601]: ORDER BY in a definition has no effect
  |
5 | select order_id, amount from bronze.orders order by amount;
  |                                            ^^^^^^^^^^^^^^^ rows of a dynamic table have no order
  = note: whoever reads `gold.biggest` has to sort anyway
  = help: leave the ORDER BY out; `cluster by` keeps rows together that are read together
  = more: dtc explain DT601
1 error, 1 warning
[2]
$ dtc lint warn --set days
dtc: error[DT017]: command line does not fit the command: `--set` takes NAME=VALUE, not `days`
  = more: dtc explain DT017
1 error
[2]
$ dtc lint warn --set days=7
dtc: error[DT109]: parameter is not declared: `--set days=7`
  = more: dtc explain DT109

pipeline.dtl:5:44: warning[DT601]: ORDER BY in a definition has no effect
  |
5 | select order_id, amount from bronze.orders order by amount;
  |                                            ^^^^^^^^^^^^^^^ rows of a dynamic table have no order
  = note: whoever reads `gold.biggest` has to sort anyway
  = help: leave the ORDER BY out; `cluster by` keeps rows together that are read together
  = more: dtc explain DT601
1 error, 1 warning
[2]

# What the schema requires is there.
$ dtc lint shop --format json -q | tr -d ' ' >out.json
$ sed -n '/"finding"/,/"place"/p' "$TESTS/../src/cli/schema/lint.json" | sed -n '/"required"/,/]/p' | grep -oE '"[a-z_]+"' | grep -v required | while read -r key; do
>   grep -q "^$key:" out.json || echo "no $key"
> done
