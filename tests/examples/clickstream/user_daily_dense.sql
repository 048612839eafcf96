-- Three counts per user and day, asked for one by one.
with last as (
    select unnest(arg_max(o, updated_at))
    from bronze.orders o
    where total_amt is null or total_amt >= 0
    group by o.order_id
),
spend as (
    select user_id, order_ts::date as d, sum((total_amt * 100)::bigint) as cents, count(*) as orders
    from last
    where total_amt is not null and upper(status) not in ('CANCELLED', 'FAILED')
    group by all
),
activity as (
    select v.user_id, e.event_ts::date as d, count(distinct e.event_id) as events
    from bronze.events e
    join bronze.sessions s on s.session_id = e.session_id
    join bronze.visitors v on v.visitor_id = s.visitor_id
    where not coalesce(s.ended_ts < s.started_ts, false)
      and lower(e.event_type) in ('view', 'search', 'cart', 'purchase')
    group by all
)
select u.user_id, c.calendar_date::timestamp, (c.calendar_date - u.signup_ts::date)::bigint,
       (coalesce((select s.cents from spend s where s.user_id = u.user_id and s.d = c.calendar_date), 0)
         ::decimal(18,0) * 0.01)::decimal(14,2),
       coalesce((select s.orders from spend s where s.user_id = u.user_id and s.d = c.calendar_date), 0),
       coalesce((select a.events from activity a where a.user_id = u.user_id and a.d = c.calendar_date), 0)
from bronze.users u, bronze.calendar c
where coalesce(u.email, '') not like '%@test.example' and c.calendar_date >= u.signup_ts::date
