-- Guests as a set of (resort, chip), with the state of the last pass of the chip.
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
sale as (
    select rfid, purchase_time, expiration_time, address->>'state' as state
    from bronze.resort_ticket
    union all
    select rfid, purchase_time, expiration_time, address->>'state'
    from bronze.season_pass
),
pass as (
    select last.rfid, coalesce(upper(last.state), 'UNKNOWN') as state
    from (select unnest(arg_max(s, purchase_time)) from sale s where rfid is not null group by s.rfid) last
    where last.expiration_time >= last.purchase_time::date
),
guest as (
    select distinct resort, rfid from ride
),
counted as (
    select resort, state, count(*) as n
    from guest
    join pass using (rfid)
    group by all
),
whole as (
    select resort, sum(n)::bigint as n from counted group by resort
)
select c.resort, c.state, c.n,
       (((20000 * c.n + w.n) // (2 * w.n))::decimal(18,0) * 0.0001)::decimal(6,4)
from counted c
join whole w using (resort)
