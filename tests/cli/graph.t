$ cat >pipeline.dtl <<'END'
> pipeline shop { warehouse w; }
> layer gold { lag 5 minutes; }
> source bronze.people (person_id integer, name varchar);
> bronze table orders (order_id integer not null, person_id integer references bronze.people);
> silver table clean lag downstream as select order_id, person_id from bronze.orders;
> gold table per_person as select name, count(*) as cnt from silver.clean c join bronze.people p on c.person_id = p.person_id group by name;
> gold view top as select name from gold.per_person where cnt > 10;
> stream silver.changes on silver.clean;
> END
$ dtc graph
bronze
  people  source
  orders  table
silver
  clean    dynamic table, lag downstream (5 minutes by gold.per_person)  <- bronze.orders
  changes  stream  <- silver.clean
gold
  per_person  dynamic table, lag 5 minutes  <- silver.clean, bronze.people
  top         view  <- gold.per_person
$ dtc graph --format dot
digraph pipeline {
  rankdir=LR;
  subgraph cluster_0 {
    label="bronze";
    "bronze.people" [shape=cylinder];
    "bronze.orders" [shape=cylinder];
  }
  subgraph cluster_1 {
    label="silver";
    "silver.clean" [shape=box];
    "silver.changes" [shape=note];
  }
  subgraph cluster_2 {
    label="gold";
    "gold.per_person" [shape=box];
    "gold.top" [shape=ellipse];
  }
  "bronze.orders" -> "silver.clean";
  "silver.clean" -> "gold.per_person";
  "bronze.people" -> "gold.per_person";
  "gold.per_person" -> "gold.top";
  "silver.clean" -> "silver.changes";
}
$ dtc graph --format mermaid
flowchart LR
  subgraph l0["bronze"]
    n0["bronze.people"]
    n1["bronze.orders"]
  end
  subgraph l1["silver"]
    n2["silver.clean"]
    n5["silver.changes"]
  end
  subgraph l2["gold"]
    n3["gold.per_person"]
    n4["gold.top"]
  end
  n1 --> n2
  n2 --> n3
  n0 --> n3
  n3 --> n4
  n2 --> n5
$ dtc graph --format json | head -12
{
  "schema_version": 1,
  "nodes": [
    {
      "name": "BRONZE.PEOPLE",
      "kind": "source",
      "layer": "BRONZE",
      "target_lag": null,
      "effective_lag_seconds": null,
      "clock": null,
      "depth": 1,
      "in_cycle": false

# A text with a mistake is drawn as far as it can be.
$ echo 'gold table broken as select * from nowhere.at_all;' >broken.dtl
$ dtc graph broken.dtl 2>&1 | head -8
gold
  broken  dynamic table, lag not said (never refreshes)
broken.dtl:1:36: note[DT121]: relation is outside the project, its columns are not known
  |
1 | gold table broken as select * from nowhere.at_all;
  |                                    ^^^^^^^^^^^^^^ no layer lives in `nowhere`
  = more: dtc explain DT121
