-- Rides that no earlier read of the same chip at the same lift explains, with the last pass by arg_max.
with once as (
    select distinct txid, rfid, resort, lift, ride_time, coalesce(activation_day_count, 1) as nth
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
sale as (
    select rfid, {'kind': 'T', 'resort': resort, 'd1': purchase_time::date, 'd2': expiration_time} as p,
           purchase_time
    from bronze.resort_ticket
    union all
    select rfid, {'kind': 'S', 'resort': null, 'd1': purchase_time::date, 'd2': expiration_time},
           purchase_time
    from bronze.season_pass
),
pass as (
    select rfid, arg_max(p, purchase_time) as p
    from sale
    where rfid is not null
    group by rfid
    having arg_max(p, purchase_time).d2 >= arg_max(p, purchase_time).d1
),
judged as (
    select ride.*, ride_time::date as day, p.kind,
           coalesce(ride_time::date between p.d1 and p.d2
                    and (p.kind = 'S' or p.resort = ride.resort), false) as fine
    from ride
    left join pass using (rfid)
),
counted as (
    select resort, day, count(*) as rides, count(distinct rfid) as visitors,
           count(distinct rfid) filter (kind = 'S') as season,
           count(distinct rfid) filter (nth = 1) as first_timers,
           count(*) filter (not fine) as doubtful, min(ride_time) as t1, max(ride_time) as t2
    from judged
    group by all
)
select resort, day, visitors, season, first_timers, rides, doubtful,
       (((200 * rides + visitors) // (2 * visitors))::decimal(18,0) * 0.01)::decimal(8,2), t1, t2
from counted
