-- Events by identity, with the user looked up through visit and visitor.
with visit as (
    select s.session_id, v.user_id
    from bronze.sessions s, bronze.visitors v
    where v.visitor_id = s.visitor_id and v.user_id is not null
      and not coalesce(s.ended_ts < s.started_ts, false)
),
event as (
    select distinct on (event_id) event_id, session_id, product_id, event_ts, lower(event_type) as kind
    from bronze.events
    where lower(event_type) in ('view', 'search', 'cart', 'purchase')
)
select user_id, event_ts::date::timestamp, count(*), count(distinct product_id),
       count(distinct session_id), count(*) filter (kind = 'cart')
from event
join visit using (session_id)
group by all
