-- One list per resort, cut after three; the rank is the number of larger totals.
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
day as (
    select resort, ride_time::date as day, count(*) as rides, count(distinct rfid) as visitors
    from ride
    group by all
),
resort as (
    select resort, count(*) as days, sum(visitors) as visitors, max(visitors) as best,
           sum(rides) as rides
    from day
    group by resort
),
lift as (
    select resort, list({'minus': -n, 'lift': lift} order by -n, lift) as lifts
    from (select resort, lift, count(*) as n from ride group by all)
    group by resort
)
select resort, days, visitors, best,
       (((200 * rides + visitors) // (2 * visitors))::decimal(18,0) * 0.01)::decimal(8,2),
       array_to_string(list_transform(lifts[1:3], lambda x: x.lift), ', '),
       1 + (select count(distinct o.visitors) from resort o where o.visitors > resort.visitors)
from resort
join lift using (resort)
