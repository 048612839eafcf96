-- An event opens a session when nothing of the same customer came in the half hour before it.
with event as (
    select unnest(arg_max(e, ingested_at))
    from bronze.raw_customer_events e
    where customer_id is not null
      and coalesce(e.payload->'device'->>'agent', '') not ilike '%bot%'
    group by event_id
),
kept as (
    select event_id as id, customer_id as c, event_ts as ts, lower(event_type) as kind
    from event
    where list_contains(['page_view', 'product_view', 'add_to_cart', 'checkout', 'purchase'],
                        lower(event_type))
),
opener as (
    select id, c, ts
    from kept k
    where not exists (
        from kept o
        where o.c = k.c and (o.ts, o.id) < (k.ts, k.id) and o.ts >= k.ts - interval 1800 second)
),
placed as (
    select k.*, (select count(*) from opener o where o.c = k.c and (o.ts, o.id) <= (k.ts, k.id)) as s
    from kept k
),
visit as (
    select c, s, count(*) as events, min(ts) as first_ts, max(ts) as last_ts,
           (epoch(max(ts)) - epoch(min(ts)))::bigint as seconds, bool_or(kind = 'purchase') as bought
    from placed
    group by all
),
browsing as (
    select c, count(*) as visits, sum(events) as events, sum(seconds)::bigint as seconds,
           count(*) filter (bought) as conversions, min(first_ts) as first_ts, max(last_ts) as last_ts
    from visit
    group by c
),
line as (
    select unnest(arg_max(t, ingested_at))
    from bronze.raw_transactions t
    group by t.transaction_id, t.line_no
),
bought as (
    select l.customer_id as c,
           count(distinct l.transaction_id) filter (upper(trim(l.status)) = 'COMPLETED') as orders,
           sum(case upper(trim(l.status)) when 'COMPLETED' then 1 when 'REFUNDED' then -1 else 0 end
               * ((l.quantity::bigint * (coalesce(l.unit_price, p.list_price) * 100)::bigint
                   * (10000 - (coalesce(l.discount_pct, 0) * 100)::bigint) + 5000) // 10000))
             as cents
    from line l
    join bronze.products p on p.product_id = l.product_id
    where l.quantity >= 1 and coalesce(l.unit_price, p.list_price) > 0
      and coalesce(l.discount_pct, 0) between 0 and 100
    group by 1
)
select c, visits, b.events,
       (((200 * seconds + visits) // (2 * visits))::decimal(18,0) * 0.01)::decimal(12,2),
       conversions,
       (((20000 * conversions + visits) // (2 * visits))::decimal(18,0) * 0.01)::decimal(5,2),
       first_ts, last_ts,
       coalesce(orders, 0),
       (coalesce(cents, 0)::decimal(18,0) * 0.01)::decimal(16,2),
       case when orders > 2 then 'LOYAL'
            when orders > 0 then 'BUYER'
            when conversions > 0 then 'WEB BUYER'
            when visits > 1 then 'RETURNING'
            else 'VISITOR' end
from browsing b
left join bought using (c)
