-- Quarters by arithmetic on seconds; the hour is a join with the quarters up to 45 minutes before.
with once as (
    select distinct txid, rfid, resort, lift, ride_time
    from bronze.lift_ride
    where not (rfid is null or lift is null)
),
ride as (
    from once a
    where not exists (
        from once b
        where b.rfid = a.rfid and b.lift = a.lift and (b.ride_time, b.txid) < (a.ride_time, a.txid)
          and b.ride_time >= a.ride_time - interval 30 second)
),
quarter as (
    select resort, lift, epoch(ride_time)::bigint // 900 as q, count(*) as n,
           count(distinct rfid) as riders
    from ride
    group by all
)
select a.resort, a.lift, make_timestamp(a.q * 900000000), a.n, a.riders, sum(b.n), not a.n < 6
from quarter a
join quarter b on b.resort = a.resort and b.lift = a.lift and b.q between a.q - 3 and a.q
group by a.resort, a.lift, a.q, a.n, a.riders
