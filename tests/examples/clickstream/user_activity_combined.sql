-- Both kinds of facts in one heap, summed once: no join.
with last as (
    select unnest(arg_max(o, updated_at))
    from bronze.orders o
    where total_amt is null or total_amt >= 0
    group by o.order_id
),
fact as (
    select user_id, order_ts::date as day, (total_amt * 100)::bigint as cents, 1 as orders,
           null as event_id, null as product_id, null as session_id
    from last
    where total_amt is not null and upper(status) not in ('CANCELLED', 'FAILED')
    union all
    select v.user_id, e.event_ts::date, null, 0, e.event_id, e.product_id, e.session_id
    from bronze.events e
    join bronze.sessions s on s.session_id = e.session_id
    join bronze.visitors v on v.visitor_id = s.visitor_id
    where v.user_id is not null and not coalesce(s.ended_ts < s.started_ts, false)
      and lower(e.event_type) in ('view', 'search', 'cart', 'purchase')
),
day as (
    select user_id, day, coalesce(sum(cents), 0)::bigint as cents, sum(orders) as orders,
           count(distinct event_id) as events, count(distinct product_id) as products,
           count(distinct session_id) as visits
    from fact
    group by all
)
select user_id, day::timestamp, (cents::decimal(18,0) * 0.01)::decimal(14,2), orders, events, products,
       visits,
       case when orders > 0 and events > 0
            then (((200 * cents + events) // (2 * events))::decimal(18,0) * 0.0001)::decimal(14,4) end
from day
