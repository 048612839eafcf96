# needs: duckdb
# A new pipeline works as it is.
$ dtc init shop
wrote shop/pipeline.dtl
wrote shop/data/bronze.orders.csv
wrote shop/data/bronze.customers.csv
wrote shop/.gitignore
next: cd shop && dtc apply --yes && dtc load && dtc refresh && dtc show --layer gold
$ cd shop; cat pipeline.dtl
-- A shop: orders and customers come in, daily revenue comes out.
-- `dtc help language` is the language in one screen.

pipeline shop {
  database  shop;
  warehouse shop_wh;
}

layer gold { lag 5 minutes; }

-- Orders as the tills send them; filled from data/bronze.orders.csv.
bronze table orders (
  order_id    integer       not null,
  customer_id integer       not null,
  ordered_at  timestamp_ntz not null,
  amount      number(10,2),
  status      varchar(20)   not null
);

-- Who buys; filled from data/bronze.customers.csv.
bronze table customers (
  customer_id integer      not null,
  name        varchar(100) not null,
  country     varchar(2)
);

-- Orders that were paid, with the country of their customer. An order without an amount is left
-- out and counted.
silver table paid_orders
  lag downstream
  expect amount_known check (amount is not null) on violation drop
as
select o.order_id, o.ordered_at, o.amount, nvl(c.country, 'unknown') as country
from bronze.orders o
left join bronze.customers c on o.customer_id = c.customer_id
where o.status = 'PAID';

-- What came in on each day from each country.
gold table daily_revenue as
select to_date(ordered_at) as day, country, count(*) as order_cnt, sum(amount) as revenue
from silver.paid_orders
group by all;

test open_orders_are_no_revenue {
  given bronze.orders (order_id, customer_id, ordered_at, amount, status) values
    (1, 7, '2026-01-01 10:00', 10.00, 'PAID'),
    (2, 7, '2026-01-01 11:00', 99.00, 'OPEN'),
    (3, 8, '2026-01-02 09:00', 5.50,  'PAID');
  given bronze.customers (customer_id, name, country) values (7, 'Ada', 'NO');
  then gold.daily_revenue (day, country, order_cnt, revenue) values
    ('2026-01-01', 'NO',      1, 10.00),
    ('2026-01-02', 'unknown', 1, 5.50);
}
$ dtc lint
nothing found in 4 relations
$ dtc fmt --check
0 of 1 file would change
$ dtc test
ok     open_orders_are_no_revenue
1 passed, 0 failed
$ dtc apply --yes -q >/dev/null
$ export DTC_NOW='2026-03-01 08:00:00'
$ dtc load
replaced bronze.customers    3 rows from data/bronze.customers.csv
replaced bronze.orders       7 rows from data/bronze.orders.csv
$ dtc refresh
refreshed  silver.paid_orders  5 rows, 1 dropped by `amount_known`
refreshed  gold.daily_revenue  4 rows
$ dtc show --layer gold
gold.daily_revenue
 day        | country | order_cnt | revenue
------------+---------+-----------+---------
 2026-01-01 | HU      |         1 |    5.00
 2026-01-01 | NO      |         1 |   19.90
 2026-01-02 | unknown |         2 |  237.25
 2026-01-03 | NO      |         1 |   42.00
(4 rows)
$ dtc status --now '2026-03-01 08:04:00'
name                rows  lag        freshness  last refresh         state  verdict
bronze.customers       3
bronze.orders          7
silver.paid_orders     5  5 minutes  4 minutes  2026-03-01 08:00:00  fresh  incremental
gold.daily_revenue     4  5 minutes  4 minutes  2026-03-01 08:00:00  fresh  incremental
$ dtc status --now '2026-03-01 08:06:00' daily_revenue
name                rows  lag        freshness  last refresh         state  verdict
gold.daily_revenue     4  5 minutes  6 minutes  2026-03-01 08:00:00  late   incremental
$ dtc plan
shop on duckdb: nothing to do: 4 objects are as declared

# What is there is never overwritten.
$ dtc init
dtc: error[DT017]: command line does not fit the command: `pipeline.dtl` exists already, and `init` overwrites nothing
  = more: dtc explain DT017
[2]
$ dtc init one two
dtc: error[DT017]: command line does not fit the command: `init` takes one folder
  = more: dtc explain DT017
[2]
$ touch file; dtc init file
dtc: error[DT014]: file could not be written: `file`: Not a directory
  = more: dtc explain DT014
[2]
