-- The last state of each order, then cents per day.
with last as (
    select unnest(arg_max(o, updated_at))
    from bronze.orders o
    where total_amt is null or total_amt >= 0
    group by o.order_id
)
select user_id, order_ts::date::timestamp,
       (sum((total_amt * 100)::bigint)::decimal(18,0) * 0.01)::decimal(14,2), count(*)
from last
where total_amt is not null and lower(status) <> 'cancelled' and lower(status) <> 'failed'
group by all
