# needs: duckdb
$ cp $TESTS/apply/shop.dtl pipeline.dtl && dtc plan -o plan.json | tail -n 1
shop on duckdb: 6 to create; 0 unchanged
# A saved plan needs no yes.
$ dtc apply plan.json | tail -n 2
shop on duckdb: 6 to create; 0 unchanged
applied
$ dtc plan
shop on duckdb: nothing to do: 6 objects are as declared
# It does what was looked at, whatever the pipeline says now.
$ dtc plan --set least=3 -o plan.json && sed -i 's/lag 5 minutes/lag 20 minutes/' pipeline.dtl && dtc apply plan.json | tail -n 1
! reinitialize silver.orders (dynamic table)
    its query changed (pipeline.dtl:23:1); all rows are computed anew by this apply
    after the next refresh: gold.totals

shop on duckdb: 1 to reinitialize; 5 unchanged; 1 up to date after the next refresh
applied
$ dtc plan --set least=3
~ alter gold.totals (dynamic table)
    its lag changed: 5 minutes -> 20 minutes (pipeline.dtl:28:3); rows are kept

shop on duckdb: 1 to alter; 5 unchanged
# The target has moved since: refused.
$ dtc plan -o plan.json | tail -n 1 && dtc sql --write "comment on table gold.totals is 'by hand'" && dtc apply plan.json
shop on duckdb: 1 to alter, 1 to reinitialize; 4 unchanged; 1 up to date after the next refresh
dtc: error[DT022]: plan is stale, the target has changed since it was made: `plan.json`
  = help: make it anew: `dtc plan -o plan.json`
  = more: dtc explain DT022
[13]
$ dtc apply --yes --adopt | tail -n 1
applied
# In another folder, with the database named.
$ dtc plan -o plan.json | tail -n 1 && mkdir away && cd away && dtc apply ../plan.json --target duckdb:../shop.duckdb && cd ..
shop on duckdb: nothing to do: 6 objects are as declared
shop on duckdb: nothing to do: 6 objects are as declared
# No plan at all.
$ echo '{' >bad.json && dtc apply bad.json
dtc: error[DT023]: JSON file is malformed: `bad.json`: it is not JSON from byte 1 on
  = more: dtc explain DT023
[2]
$ echo '{"format_version": 99}' >bad.json && dtc apply bad.json
dtc: error[DT023]: JSON file is malformed: `bad.json`: its format is of another version of dtc
  = more: dtc explain DT023
[2]
$ echo '{"format_version": 1}' >bad.json && dtc apply bad.json
dtc: error[DT023]: JSON file is malformed: `bad.json`: a plan has a target, a fingerprint and actions
  = more: dtc explain DT023
[2]
$ dtc apply gone.json
dtc: error[DT010]: file does not exist: `gone.json`: No such file or directory
  = more: dtc explain DT010
[2]
