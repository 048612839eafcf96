-- Lines one by one, in hundredths, with the product looked up instead of joined.
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
sold as (
    select transaction_id, customer_id, region, transaction_ts::date as day,
           upper(trim(status)) = 'REFUNDED' as back,
           -- hundredths of a hundredth of a hundredth, rounded half up to cents
           (quantity::bigint * (coalesce(unit_price, listed) * 100)::bigint
             * (10000 - (coalesce(discount_pct, 0) * 100)::bigint) + 5000) // 10000 as cents
    from line
    where listed is not null and quantity >= 1 and coalesce(unit_price, listed) > 0
      and coalesce(discount_pct, 0) >= 0 and coalesce(discount_pct, 0) <= 100
      and upper(trim(status)) in ('COMPLETED', 'REFUNDED')
),
total as (
    select day, region,
           count(distinct transaction_id) filter (not back) as orders,
           count(distinct customer_id) as customers,
           coalesce(sum(cents) filter (not back), 0) as gross,
           coalesce(sum(cents) filter (back), 0) as refunds
    from sold
    group by all
)
select day, region, orders, customers,
       (gross::decimal(18,0) * 0.01)::decimal(16,2),
       (refunds::decimal(18,0) * 0.01)::decimal(16,2),
       ((gross - refunds)::decimal(18,0) * 0.01)::decimal(16,2),
       case when orders > 0
            then (((2 * gross + orders) // (2 * orders))::decimal(18,0) * 0.01)::decimal(16,2) end
from total
