-- The orders of a user as one list; neighbours by position.
with last as (
    select unnest(arg_max(o, updated_at))
    from bronze.orders o
    where total_amt is null or total_amt >= 0
    group by o.order_id
),
sale as (
    select user_id, order_id, order_ts, (total_amt * 100)::bigint as cents
    from last
    where total_amt is not null and upper(status) not in ('CANCELLED', 'FAILED')
),
listed as (
    select user_id, count(*) as n, sum(cents)::bigint as cents, max(order_ts) as t,
           list(cents order by order_ts, order_id) as amounts,
           list(epoch(order_ts)::bigint // 3600 order by order_ts, order_id) as hours
    from sale
    group by user_id
)
select user_id, n, (cents::decimal(18,0) * 0.01)::decimal(16,2),
       (((2 * cents + n) // (2 * n))::decimal(18,0) * 0.01)::decimal(16,2),
       t,
       case when n > 1 then
           (((200 * (hours[n] - hours[1]) + n - 1) // (2 * (n - 1)))::decimal(18,0) * 0.01
           )::decimal(12,2) end,
       len(list_filter(range(1, n), lambda i: amounts[i + 1] > amounts[i]))
from listed
