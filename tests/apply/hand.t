# needs: duckdb
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc apply --yes --quiet | tail -n 1
applied
# A column that somebody took away: of a table with a query, at the end of a base table, in its middle.
$ dtc sql --write "alter table gold.totals drop column total" && dtc plan
! reinitialize gold.totals (dynamic table)
    its columns changed: on the target, without total decimal(38,2) (pipeline.dtl:27:12); all rows are computed anew by this apply

shop on duckdb: 1 to reinitialize; 5 unchanged
$ dtc apply --yes | tail -n 1; dtc plan; dtc refresh | tail -n 1
applied
shop on duckdb: nothing to do: 6 objects are as declared
refreshed  gold.totals     1 row
$ dtc sql --write "alter table bronze.regions drop column name" && dtc plan
~ alter bronze.regions (table)
    its columns changed: on the target, without name varchar (pipeline.dtl:13:14); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
$ dtc apply --yes | tail -n 1; dtc plan
applied
shop on duckdb: nothing to do: 6 objects are as declared
$ dtc sql --write "alter table bronze.regions drop column region" && dtc plan
± replace bronze.regions (table)
    its columns changed: on the target, without region varchar not null (pipeline.dtl:13:14); all rows are lost

shop on duckdb: 1 to replace; 5 unchanged
rows would be lost: apply needs `--allow-replace`
$ dtc apply --yes --allow-replace | tail -n 1; dtc plan
applied
shop on duckdb: nothing to do: 6 objects are as declared
# One that somebody added: in the way of a refresh, not in the way of a load.
$ dtc sql --write "alter table gold.totals add column more integer; alter table bronze.regions add column more integer" && dtc plan
! reinitialize gold.totals (dynamic table)
    its columns changed: on the target, with more integer (pipeline.dtl:27:12); all rows are computed anew by this apply

shop on duckdb: 1 to reinitialize; 5 unchanged
$ dtc apply --yes | tail -n 1; dtc plan
applied
shop on duckdb: nothing to do: 6 objects are as declared
# A length is the load's to keep.
$ sed -i 's/region varchar(10)/region varchar(5)/' pipeline.dtl && dtc plan
~ alter bronze.regions (table)
    its columns changed: region varchar(10) -> varchar(5) (pipeline.dtl:13:14); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
$ dtc apply --yes | tail -n 1; dtc plan
applied
shop on duckdb: nothing to do: 6 objects are as declared
$ sed -i 's/region varchar(5)/region varchar/' pipeline.dtl && dtc plan | head -n 2
~ alter bronze.regions (table)
    its columns changed: region varchar(5) -> varchar (pipeline.dtl:13:14); rows are kept
$ sed -i 's/^);$/) prevent destroy;/' pipeline.dtl && dtc plan | sed -n 4,6p
    a setting changed: prevent destroy not set -> yes (pipeline.dtl:13:14)
    its columns changed: region varchar(5) -> varchar (pipeline.dtl:13:14); rows are kept

