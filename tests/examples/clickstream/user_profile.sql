-- The favourite is the category with the most events, by the smallest (minus count, name).
with last as (
    select unnest(arg_max(o, updated_at))
    from bronze.orders o
    where total_amt is null or total_amt >= 0
    group by o.order_id
),
money as (
    select user_id, count(*) as n, sum((total_amt * 100)::bigint)::bigint as cents, max(order_ts) as t,
           min(order_ts) as t0
    from last
    where total_amt is not null and upper(status) not in ('CANCELLED', 'FAILED')
    group by user_id
),
taste as (
    select v.user_id, p.category, count(distinct e.event_id) as n
    from bronze.events e
    join bronze.products p on p.product_id = e.product_id
    join bronze.sessions s on s.session_id = e.session_id
    join bronze.visitors v on v.visitor_id = s.visitor_id
    where v.user_id is not null and not coalesce(s.ended_ts < s.started_ts, false)
      and lower(e.event_type) in ('view', 'search', 'cart', 'purchase')
    group by all
),
favourite as (
    select user_id, min({'n': -n, 'category': category}).category as category from taste group by user_id
)
select u.user_id, coalesce(upper(u.country), '??'), u.signup_ts,
       regexp_extract(lower(trim(u.email)), '@([^@]*)', 1),
       coalesce(m.n, 0), (coalesce(m.cents, 0)::decimal(18,0) * 0.01)::decimal(16,2),
       (((2 * m.cents + m.n) // (2 * m.n))::decimal(18,0) * 0.01)::decimal(16,2),
       case when m.n > 1 then
           (((200 * (epoch(m.t)::bigint // 3600 - epoch(m.t0)::bigint // 3600) + m.n - 1)
             // (2 * (m.n - 1)))::decimal(18,0) * 0.01)::decimal(12,2) end,
       m.t, coalesce(f.category, 'none'),
       case when m.cents >= 100000 then 'high' when m.cents >= 25000 then 'middle'
            when m.cents is not null then 'low' else 'none' end
from bronze.users u
left join money m using (user_id)
left join favourite f using (user_id)
where u.email is null or u.email not like '%@test.example'
