# What a dialect does not have is named, and nothing is put in its place.
$ cat >pipeline.dtl <<'END'
> pipeline refused { }
> source bronze.books (title varchar, tags variant, place number(4,0));
> gold view titles as select initcap(title) as title from bronze.books;
> gold view vectors as select tags::vector(float, 3) as v from bronze.books;
> gold view sampled as select title from bronze.books sample (10);
> gold view picked as select tags[place] as tag from bronze.books;
> gold view fine as select upper(title) as title from bronze.books;
> END
$ dtc emit --dialect duckdb
pipeline.dtl:3:28: error[DT701]: this cannot be written in the dialect
  |
3 | gold view titles as select initcap(title) as title from bronze.books;
  |                            ^^^^^^^^^^^^^^ function `INITCAP` has no DuckDB form
  = note: the dialect is duckdb
  = more: dtc explain DT701

pipeline.dtl:4:35: error[DT701]: this cannot be written in the dialect
  |
4 | gold view vectors as select tags::vector(float, 3) as v from bronze.books;
  |                                   ^^^^^^^^^^^^^^^^ this type has no DuckDB form
  = note: the dialect is duckdb
  = more: dtc explain DT701

pipeline.dtl:5:53: error[DT701]: this cannot be written in the dialect
  |
5 | gold view sampled as select title from bronze.books sample (10);
  |                                                     ^^^^^^^^^^^ SAMPLE has no DuckDB form
  = note: the dialect is duckdb
  = more: dtc explain DT701

pipeline.dtl:6:33: error[DT701]: this cannot be written in the dialect
  |
6 | gold view picked as select tags[place] as tag from bronze.books;
  |                                 ^^^^^ a subscript that is not a literal has no DuckDB form
  = note: the dialect is duckdb
  = more: dtc explain DT701
[1]
$ dtc emit | tail -n 4

create view if not exists gold.vectors
as
select tags::vector(float, 3) as v from bronze.books;
$ dtc emit --dialect oracle
dtc: error[DT017]: command line does not fit the command: `--dialect` takes one of snowflake|duckdb, not `oracle`
  = more: dtc explain DT017
[2]
$ dtc emit --check
dtc: error[DT017]: command line does not fit the command: `--check` compares with a folder: name it with `-o`
  = more: dtc explain DT017
[2]
# Only the files that dtc wrote, and that belong to nothing any more, go.
$ dtc emit -o out && touch out/gold/mine.sql && sed -i '/fine/d' pipeline.dtl
$ dtc emit -o out --check
out/order.txt: is not what the pipeline gives
out/gold/fine.sql: belongs to no object
[1]
$ dtc emit -o out && dtc emit -o out --check && ls out/gold
_schema.sql
mine.sql
picked.sql
sampled.sql
titles.sql
vectors.sql
$ dtc emit --create replace | grep -c 'create or replace'
4
