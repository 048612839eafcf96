-- Days as numbers within their region; the week is a join, the day before is the number before.
with line as (
    select last.*,
           (select list_price from bronze.products p where p.product_id = last.product_id) as listed,
           coalesce((select region from bronze.stores s where s.store_id = last.store_id), 'UNKNOWN')
             as region
    from (
        select unnest(arg_max(t, ingested_at))
        from bronze.raw_transactions t
        group by t.transaction_id, t.line_no
    ) last
),
day as (
    select region, transaction_ts::date as d,
           sum(case upper(trim(status)) when 'REFUNDED' then -1 else 1 end
               * ((quantity::bigint * (coalesce(unit_price, listed) * 100)::bigint
                   * (10000 - (coalesce(discount_pct, 0) * 100)::bigint) + 5000) // 10000)) as cents
    from line
    where listed is not null and quantity >= 1 and coalesce(unit_price, listed) > 0
      and coalesce(discount_pct, 0) between 0 and 100
      and upper(trim(status)) in ('COMPLETED', 'REFUNDED')
    group by all
),
numbered as (
    select *, (select count(*) from day e where e.region = day.region and e.d < day.d) as pos
    from day
)
select a.region, a.d,
       (a.cents::decimal(18,0) * 0.01)::decimal(16,2),
       (sum(b.cents)::decimal(18,0) * 0.01)::decimal(18,2),
       (max(b.cents) filter (b.pos = a.pos - 1)::decimal(18,0) * 0.01)::decimal(16,2),
       ((a.cents - max(b.cents) filter (b.pos = a.pos - 1))::decimal(18,0) * 0.01)::decimal(16,2)
from numbered a
join numbered b on b.region = a.region and b.pos between a.pos - 6 and a.pos
group by a.region, a.d, a.cents, a.pos
