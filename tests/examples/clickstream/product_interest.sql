-- Counts by lookup; the dense rank is the number of better pairs of numbers.
with event as (
    select distinct on (e.event_id) e.event_id, e.product_id, lower(e.event_type) as kind
    from bronze.events e
    semi join (
        from bronze.sessions s semi join bronze.visitors v on v.visitor_id = s.visitor_id
        where not coalesce(s.ended_ts < s.started_ts, false)) s on s.session_id = e.session_id
),
counted as (
    select product_id, category,
           (select count(*) from event e where e.product_id = p.product_id and kind = 'view') as views,
           (select count(*) from event e where e.product_id = p.product_id and kind = 'cart') as carts,
           (select count(*) from event e where e.product_id = p.product_id and kind = 'purchase') as buys
    from bronze.products p
)
select product_id, category, views, carts, buys,
       case when views > 0
            then (((20000 * buys + views) // (2 * views))::decimal(18,0) * 0.0001)::decimal(9,4) end,
       1 + (select count(distinct (o.buys, o.views)) from counted o
            where o.category = c.category and (o.buys, o.views) > (c.buys, c.views))
from counted c
