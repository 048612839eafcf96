# What is chosen on the command line has to be declared.
$ cat >pipeline.dtl <<'END'
> pipeline shop { warehouse wh; }
> env prod { }
> param days integer default 7;
> source bronze.orders (order_id number(38,0), placed_at timestamp_ntz);
> gold view recent as
> select order_id from bronze.orders where datediff('day', placed_at, current_date) < $days;
> END
$ dtc lint --env prd
dtc: error[DT108]: environment does not exist: `prd`
  = help: did you mean `prod`
  = more: dtc explain DT108
1 error
[2]
$ dtc lint --env PROD --set days=30
nothing found in 2 relations
$ dtc lint --set dayz=30
dtc: error[DT109]: parameter is not declared: `--set dayz=30`
  = help: did you mean `days`
  = more: dtc explain DT109
1 error
[2]
$ dtc lint --set days=week
dtc: error[DT119]: value does not fit the type of the parameter: `--set days=week`
 --> pipeline.dtl:3:12
  |
3 | param days integer default 7;
  |            ~~~~~~~ declared as `integer`
  = more: dtc explain DT119
1 error
[2]
