-- Each session as a list of the steps that it reached, unfolded.
with event as (
    select unnest(arg_max(e, ingested_at))
    from bronze.raw_customer_events e
    where customer_id is not null
      and coalesce(e.payload->'device'->>'agent', '') not ilike '%bot%'
    group by event_id
),
kept as (
    select event_id as id, customer_id as c, event_ts as ts, lower(event_type) as kind,
           coalesce(payload->>'campaign', 'direct') as campaign
    from event
    where lower(event_type) in ('page_view', 'product_view', 'add_to_cart', 'checkout', 'purchase')
),
opener as (
    select id, c, ts
    from kept k
    where not exists (
        from kept o
        where o.c = k.c and (o.ts, o.id) < (k.ts, k.id) and o.ts >= k.ts - interval 1800 second)
),
visit as (
    select k.c, (select count(*) from opener o where o.c = k.c and (o.ts, o.id) <= (k.ts, k.id)) as s,
           min(ts)::date as day, min(campaign) as campaign,
           list(kind) as kinds
    from kept k
    group by 1, 2
),
step as (
    select day, campaign,
           unnest([
               {'no': 1, 'step': 'visit', 'hit': true},
               {'no': 2, 'step': 'product', 'hit': list_contains(kinds, 'product_view')},
               {'no': 3, 'step': 'cart', 'hit': list_contains(kinds, 'add_to_cart')},
               {'no': 4, 'step': 'purchase', 'hit': list_contains(kinds, 'purchase')}]) as x
    from visit
)
select day, campaign, x.no, x.step, count(*) filter (x.hit)
from step
group by all
