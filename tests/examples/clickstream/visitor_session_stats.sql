-- Straight from the visits; one visit is no habit.
with visit as (
    select *, coalesce(nullif(trim(channel), ''), 'direct') as ch,
           (device->'screen'->>'width')::integer as w,
           (epoch(ended_ts) - epoch(started_ts))::bigint as seconds
    from bronze.sessions
    where ended_ts is null or ended_ts >= started_ts
)
select visitor_id, count(*), count(*) filter (seconds < 10), count(distinct ch),
       count(distinct session_id) filter (w < 800), min(started_ts), max(started_ts), sum(seconds)
from visit
group by visitor_id
having count(*) >= 2
