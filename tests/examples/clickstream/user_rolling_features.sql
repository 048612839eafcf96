-- No window: for each user and day, sums over the facts whose day lies in the range. The grid is only
-- the list of questions, so that a wrong grid cannot hide behind a wrong window.
with last as (
    select unnest(arg_max(o, updated_at))
    from bronze.orders o
    where total_amt is null or total_amt >= 0
    group by o.order_id
),
question as (
    select u.user_id, u.signup_ts::date as d0, c.calendar_date as d,
           greatest(u.signup_ts::date, (select min(calendar_date) from bronze.calendar)) as d1
    from bronze.users u, bronze.calendar c
    where coalesce(u.email, '') not like '%@test.example' and c.calendar_date >= u.signup_ts::date
),
spend as (
    select user_id, order_ts::date as d, (total_amt * 100)::bigint as cents
    from last
    where total_amt is not null and upper(status) not in ('CANCELLED', 'FAILED')
),
activity as (
    select v.user_id, e.event_ts::date as d, count(distinct e.event_id) as events
    from bronze.events e
    join bronze.sessions s on s.session_id = e.session_id
    join bronze.visitors v on v.visitor_id = s.visitor_id
    where not coalesce(s.ended_ts < s.started_ts, false)
      and lower(e.event_type) in ('view', 'search', 'cart', 'purchase')
    group by all
),
money as (
    select q.user_id, q.d, q.d0, q.d1,
           coalesce(sum(s.cents) filter (q.d - s.d < 7), 0)::bigint as c7,
           coalesce(sum(s.cents) filter (q.d - s.d between 7 and 13), 0)::bigint as c14,
           coalesce(sum(s.cents), 0)::bigint as c28, count(s.cents) as n28
    from question q
    left join spend s on s.user_id = q.user_id and s.d between q.d - 27 and q.d and s.d >= q.d1
    group by all
),
clicks as (
    select q.user_id, q.d, coalesce(max(a.events), 0) as busiest, count(a.d) as days
    from question q
    left join activity a on a.user_id = q.user_id and a.d between q.d - 6 and q.d and a.d >= q.d1
    group by all
)
select user_id, d::timestamp, (d - d0)::bigint,
       (c7::decimal(18,0) * 0.01)::decimal(16,2),
       case when d - d1 >= 7 then (c14::decimal(18,0) * 0.01)::decimal(16,2) end,
       (c28::decimal(18,0) * 0.01)::decimal(16,2),
       n28, busiest, days,
       case when d - d1 >= 7 and c14 > 0
            then (((20000 * c7 + c14) // (2 * c14))::decimal(18,0) * 0.0001)::decimal(16,4) end
from money
join clicks using (user_id, d)
