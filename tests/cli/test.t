# needs: duckdb
$ cat >pipeline.dtl <<'END'
> pipeline shop { warehouse w; }
> layer gold { lag 5 minutes; }
> bronze table orders (order_id integer not null, amount number(10,2), state varchar not null);
> silver table clean lag downstream
>   expect known check (amount is not null) on violation drop
>   expect positive check (amount >= 0) on violation fail
> as select order_id, amount, state from bronze.orders;
> gold table totals as select state, sum(amount) as total, count(*) as cnt from silver.clean group by state;
> test adds_up {
>   given bronze.orders (order_id, amount, state) values (1, 10, 'A'), (2, 5.50, 'A'), (3, null, 'A'), (4, 1, null);
>   then gold.totals (state, total, cnt) values ('A', 15.5, 2), (null, 1, 1);
>   then silver.clean (order_id) values (4), (1), (2);
> }
> test from_the_middle {
>   given silver.clean (amount, state) values (2, 'B');
>   then gold.totals (state, total) values ('B', 2);
> }
> test nothing_from_nothing { then gold.totals is empty; }
> END
$ dtc test
ok     adds_up
ok     from_the_middle
ok     nothing_from_nothing
3 passed, 0 failed
$ dtc test from_the_middle
ok     from_the_middle
1 passed, 0 failed
$ dtc test from_the_midle
dtc: error[DT039]: name on the command line is not in the project: there is no test `from_the_midle`
  = help: did you mean `from_the_middle`?
  = more: dtc explain DT039
[2]

# A difference is shown row by row; the exit code is 1.
$ cat >>pipeline.dtl <<'END'
> test is_wrong {
>   given bronze.orders (order_id, amount, state) values (1, 10, 'A'), (2, 1, 'B'), (3, 1, 'C');
>   then gold.totals (state, total) values ('A', 11), ('B', 1), ('B', 1);
> }
> test must_be_positive {
>   given bronze.orders (order_id, amount) values (1, -10);
>   then gold.totals is empty;
> }
> test has_a_bad_value {
>   given bronze.orders (order_id) values ('x');
>   then gold.totals is empty;
> }
> END
$ dtc test
ok     adds_up
ok     from_the_middle
ok     nothing_from_nothing
failed is_wrong
pipeline.dtl:21:8: error[DT030]: test failed
   |
21 |   then gold.totals (state, total) values ('A', 11), ('B', 1), ('B', 1);
   |        ^^^^^^^^^^^ its rows are others
   = note: expected: state A, total 11.00
   = note: expected: state B, total 1.00
   = note: came:     state A, total 10.00
   = note: came:     state C, total 1.00
   = more: dtc explain DT030
failed must_be_positive
pipeline.dtl:6:3: error[DT029]: expectation is violated
  |
6 |   expect positive check (amount >= 0) on violation fail
  |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1 row of `silver.clean` violates it
  = note: `silver.clean` keeps the rows it had, and what reads it is not refreshed
  = more: dtc explain DT029
failed has_a_bad_value
pipeline.dtl:28:3: error[DT030]: test failed
   |
28 |   given bronze.orders (order_id) values ('x');
   |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Could not convert string 'x' to INT64
   = more: dtc explain DT030
3 passed, 3 failed
[1]
$ dtc test adds_up is_wrong -q >/dev/null 2>&1
[1]

# Nothing is left on disk, and no database is needed.
$ ls
pipeline.dtl
