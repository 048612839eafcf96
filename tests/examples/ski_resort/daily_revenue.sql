-- Cents; the running total is asked for again on each day.
with sale as (
    select distinct on (txid) txid, purchase_time::date as day, resort, 'TICKET' as kind,
           (price_usd * 100)::bigint as cents
    from bronze.resort_ticket
    union all
    select distinct on (txid) txid, purchase_time::date, 'ALL RESORTS', 'SEASON',
           (price_usd * 100)::bigint
    from bronze.season_pass
),
day as (
    select day, resort, kind, count(*) as n, sum(cents) as cents
    from sale
    where cents > 0
    group by all
)
select day, resort, kind, n, (cents::decimal(18,0) * 0.01)::decimal(14,2),
       ((select sum(e.cents) from day e
         where e.resort = d.resort and e.kind = d.kind and e.day <= d.day
           and year(e.day) = year(d.day) and month(e.day) = month(d.day))::decimal(18,0) * 0.01
       )::decimal(16,2)
from day d
