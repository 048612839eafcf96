$ truncate -s 1073741825 big.dtl
$ dtc lint big.dtl
dtc: error[DT012]: source is larger than the limit: `big.dtl`
  = note: the limit is 1024 MiB
  = more: dtc explain DT012
1 error
[2]
$ awk 'BEGIN { printf "gold view v as select 1"; for (i = 0; i < 12000; i++) printf " + 1"; print " as n;" ; print "gold view w as select 1 as n;" }' > chain.dtl
$ dtc lint chain.dtl | cut -c1-100
1 error
chain.dtl:1:16: error[DT006]: nesting is deeper than the limit
  |
1 | gold view v as select 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 
  |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = more: dtc explain DT006
$ dtc graph chain.dtl 2>/dev/null
gold
  v  view
  w  view
[2]
