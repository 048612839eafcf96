# One layout, no options. Comments stay where they stood.
$ cat >shop.dtl <<'END'
> -- A shop.
>
> layer silver{schema silver;lag 1 minute} layer gold { schema gold; -- for people
> }
> -- Paid orders.
> silver TABLE paid key(id) lag downstream as
> SELECT o.id, o.total -- with tax
> , COALESCE(c.country,'unknown') AS country FROM bronze.orders o LEFT JOIN bronze.customers c ON o.customer_id=c.id
> WHERE o.status='PAID' /* open ones come later */ AND o.total>0;
> END
$ dtc fmt --check shop.dtl
shop.dtl
1 of 1 file would change
[1]
$ dtc fmt --diff shop.dtl >change.diff
1 of 1 file would change
[1]
$ cp shop.dtl before.dtl
$ dtc fmt shop.dtl
1 of 1 file changed
$ cat shop.dtl
-- A shop.

layer silver { schema silver; lag 1 minute; }

layer gold {
  schema gold;  -- for people
}

-- Paid orders.
silver table paid
  key (id)
  lag downstream
as
select o.id, o.total,  -- with tax
       COALESCE(c.country, 'unknown') as country
from bronze.orders o
left join bronze.customers c on o.customer_id = c.id
where o.status = 'PAID' /* open ones come later */ and o.total > 0;
$ dtc fmt --check .; dtc fmt -q shop.dtl; dtc fmt --diff shop.dtl
before.dtl
1 of 2 files would change
0 of 1 file would change

# The diff is one that other tools take.
$ head -n 6 change.diff
--- shop.dtl
+++ shop.dtl
@@ -1,9 +1,18 @@
 -- A shop.
 
-layer silver{schema silver;lag 1 minute} layer gold { schema gold; -- for people
$ sed s,shop.dtl,before.dtl, change.diff | git apply -p0 && cmp before.dtl shop.dtl && echo the same
the same

# From standard input to standard output.
$ echo 'select 1 as a,2 as b;;' | dtc fmt -
select 1 as a, 2 as b;

# What is not understood is not touched; what does not exist is said.
$ printf 'layer x { schema y;;\nselect 1 from;\n' >broken.dtl; dtc fmt broken.dtl
broken.dtl:2:1: error[DT001]: unexpected token
  |
2 | select 1 from;
  | ^^^^^^ `select` stands where a clause is expected
  = more: dtc explain DT001

broken.dtl:2:15: error[DT001]: unexpected token
  |
2 | select 1 from;
  |               ^ the text ends here, and a clause is expected
  = more: dtc explain DT001
0 of 1 file changed
[1]
$ cat broken.dtl
layer x { schema y;;
select 1 from;
$ dtc fmt nowhere.dtl
dtc: error[DT010]: file does not exist: `nowhere.dtl`: No such file or directory
  = more: dtc explain DT010
0 of 0 files changed
[2]
$ printf '\377\n' >latin.dtl; dtc fmt latin.dtl
latin.dtl:1:1: error[DT008]: source is not valid UTF-8
  |
1 | ?
  | ^ byte 1, 0xff, is not part of a character
  = more: dtc explain DT008
0 of 1 file changed
[1]

# Statements of a script keep their head; their query is laid out.
$ printf 'use role r;\ncreate or replace view v copy grants as select a,b from t;\n\n\n-- end\n' >script.sql
$ dtc fmt -q script.sql; cat script.sql
use role r;

create or replace view v copy grants as
select a, b from t;

-- end
$ dtc fmt --nonsense
dtc: error[DT017]: command line does not fit the command: `fmt` has no option `--nonsense`
  = help: `dtc help fmt` lists its options
  = more: dtc explain DT017
[2]
