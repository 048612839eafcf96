-- The last copy of a reading by its time of arrival; the five readings before by a join on positions.
with last_copy as (
    select reading_id, max(ingested_at) as ingested_at
    from bronze.raw_sensor_readings
    group by reading_id
),
reading as (
    select r.reading_id, r.device_id, r.reading_ts, r.battery_pct,
           try_cast(r.temperature as decimal(8,2)) as t,
           floor(epoch(r.ingested_at) / 60) - floor(epoch(r.reading_ts) / 60) >= 15 as late,
           row_number() over (partition by r.device_id order by r.reading_ts, r.reading_id) as pos
    from bronze.raw_sensor_readings r
    semi join last_copy using (reading_id, ingested_at)
    where r.device_id is not null
),
before as (
    select a.reading_id, max(b.t) as highest
    from reading a
    join reading b on b.device_id = a.device_id and b.pos between a.pos - 5 and a.pos - 1
    group by a.reading_id
),
flagged as (
    select r.*, coalesce(r.t > 80, false) or coalesce(r.t - b.highest > 15, false) as odd
    from reading r
    left join before b using (reading_id)
),
hours as (
    select device_id,
           time_bucket(interval 1 hour, reading_ts, timestamp '1970-01-01') as h,
           count(*) as n,
           count(*) filter (t is null) as unreadable,
           count(*) filter (late) as late_n,
           count(*) filter (odd) as odd_n,
           min(t) as t_min, max(t) as t_max,
           sum((t * 100)::bigint) as t_sum, count(t) as t_n,
           min(battery_pct) as battery
    from flagged
    group by 1, 2
)
select device_id,
       (select d.device_type from bronze.devices d where d.device_id = hours.device_id),
       (select d.site from bronze.devices d where d.device_id = hours.device_id),
       h, n, unreadable, late_n, odd_n, t_min, t_max,
       case when t_n > 0 then (((2 * t_sum + t_n) // (2 * t_n))::decimal(18,0) * 0.01)::decimal(8,2) end,
       battery,
       if(odd_n > 1 or battery < 5, 'CRITICAL', if(odd_n > 0 or battery < 15, 'WARNING', 'OK'))
from hours
