-- generate.sql - writes what the pipes of this example would have brought, for DuckDB. Run it from
-- the folder of the pipeline, because it writes to data/ below the working directory:
--
--     dtc sql --write -f data/generate.sql
--     dtc sql --write --set scale=100 -f data/generate.sql
--
-- Scale 1 is about 9,000 rows: two weeks around the turn of the year at three resorts. The rows
-- depend on nothing but the scale: every choice is a hash of the row's number and a word.

set variable scale = coalesce(getvariable('scale')::double, 1);
set variable rides = (8000 * getvariable('scale'))::bigint;
set variable chips = greatest(10, (500 * getvariable('scale'))::bigint);
set variable passes = greatest(5, (140 * getvariable('scale'))::bigint);

create or replace temp macro chance(i, what) as (hash(i, what) % 1000003) / 1000003.0;
create or replace temp macro pick(i, what, n) as (hash(i, what) % n::ubigint)::bigint;
create or replace temp macro pick_skewed(i, what, n) as
    floor(pow(chance(i, what), 1.8) * n)::bigint;
create or replace temp macro resort_name(n) as
    ['Alder Ridge', 'Birch Basin', 'Cedar Peak'][1 + n % 3];
create or replace temp macro lift_name(r, n) as
    ['Gondola', 'Quad One', 'Quad Two', 'Summit', 'Nursery'][1 + (n + r) % 5];
create or replace temp macro state_name(i) as
    ['CO', 'UT', 'TX', 'CA', 'ny', 'WA', 'FL'][1 + pick_skewed(i, 'state', 7)];
create or replace temp macro postal(i) as
    case when chance(i, 'no address') < 0.03 then null
         else json_object('street', pick(i, 'street', 900)::varchar || ' Main St',
                          'city', 'Town ' || pick(i, 'city', 40)::varchar,
                          'state', state_name(i),
                          'postalcode', (10000 + pick(i, 'zip', 80000))::varchar) end;
create or replace temp macro relative(i) as
    case when chance(i, 'no contact') < 0.2 then null
         else json_object('name', 'Relative ' || i::varchar,
                          'phone', '555-01' || (10 + i % 90)) end;
-- What ticket t is: its first day, its resort, how many days it lasts.
create or replace temp macro ticket_day(t) as pick_skewed(t, 'first day', 14);
create or replace temp macro ticket_resort(t) as pick_skewed(t, 'resort', 3);
create or replace temp macro ticket_days(t) as 1 + pick_skewed(t, 'days', 5);

-- Tickets. After every chip was sold once, a tenth of them is sold again.
copy (
    with ticket as (
        select t, t % getvariable('chips') as chip,
               timestamp '2025-12-20 07:30:00' + to_seconds(
                   ticket_day(t) * 86400 + pick(t, 'second', 9000)) as purchase_time
        from range(getvariable('chips') + getvariable('chips') // 10) numbers(t)
    )
    select md5('ticket' || t::varchar) as txid,
           case when chance(t, 'no chip') < 0.005 then null else md5('chip' || chip::varchar) end
             as rfid,
           resort_name(ticket_resort(t)) as resort,
           purchase_time,
           case when chance(t, 'free') < 0.01 then 0.00
                else 79.00 + 50 * ticket_days(t) + pick(t, 'price', 20) end::decimal(7,2)
             as price_usd,
           (purchase_time::date + ticket_days(t)::integer - 1
             - case when chance(t, 'wrong') < 0.006 then 30 else 0 end) as expiration_time,
           ticket_days(t) as days,
           'Guest ' || t::varchar as name,
           postal(t) as address,
           '555-' || (1000 + pick(t, 'phone', 9000))::varchar as phone,
           'guest' || t::varchar || '@example.com' as email,
           relative(t) as emergency_contact
    from ticket
) to 'data/bronze.resort_ticket.jsonl' (format json);

-- Season passes, sold from October on. Some sales were sent twice.
copy (
    with pass as (
        select p,
               timestamp '2025-10-01 09:00:00' + to_seconds(
                   floor(pow(chance(p, 'when'), 0.5) * 80)::bigint * 86400
                   + pick(p, 'second', 30000))
                 as purchase_time
        from range(getvariable('passes')) numbers(p), range(2) copies(again)
        where again = 0 or chance(p, 'twice') < 0.04
    )
    select md5('pass' || p::varchar) as txid,
           md5('season' || p::varchar) as rfid,
           purchase_time,
           (case when month(purchase_time) < 12 then 599.00 else 749.50 end)::decimal(7,2)
             as price_usd,
           date '2026-04-30' as expiration_time,
           'Regular ' || p::varchar as name,
           postal(p + 5000000000) as address,
           '555-' || (1000 + pick(p, 'phone', 9000))::varchar as phone,
           'regular' || p::varchar || '@example.com' as email,
           relative(p + 5000000000) as emergency_contact
    from pass
) to 'data/bronze.season_pass.jsonl' (format json);

-- Rides, half of them on tickets. Row 5 of every 120 is the row before it, sent again; row 9 of
-- every 80 is the same chip read again by the same gate some seconds later.
copy (
    with numbered as (
        select i, i - (i % 120 = 5 or (i % 80 = 9 and i % 120 <> 6))::bigint as src,
               i % 120 = 5 as is_copy
        from range(getvariable('rides')) numbers(i)
    ),
    rider as (
        select i, src, is_copy,
               chance(src, 'season') < 0.5 as on_season_pass,
               pick_skewed(src, 'chip', getvariable('chips')) as t,
               pick_skewed(src, 'pass', getvariable('passes')) as p
        from numbered
    ),
    ride as (
        select i, src, is_copy, on_season_pass, t, p,
               case when on_season_pass then pick_skewed(src, 'pass day', 14)
                    when chance(src, 'too late') < 0.01 then ticket_day(t) + ticket_days(t)
                    else ticket_day(t) + pick(src, 'which day', ticket_days(t)) end as day_no,
               case when on_season_pass then (p + pick_skewed(src, 'elsewhere', 3)) % 3
                    when chance(src, 'astray') < 0.01 then ticket_resort(t) + 1
                    else ticket_resort(t) end as resort_no
        from rider
    )
    select md5('ride' || (case when is_copy then src else i end)::varchar) as txid,
           case when chance(src, 'no chip') < 0.004 then null
                when chance(src, 'no chip') < 0.010 then md5('stranger' || src::varchar)
                when on_season_pass then md5('season' || p::varchar)
                else md5('chip' || t::varchar) end as rfid,
           resort_name(resort_no) as resort,
           case when chance(src, 'no lift') < 0.004 then null
                else lift_name(resort_no, pick_skewed(src, 'lift', 5)) end as lift,
           timestamp '2025-12-20 09:00:00' + to_seconds(
               day_no * 86400 + floor(25200 * (chance(src, 'a') + chance(src, 'b')) / 2)::bigint
               + case when i <> src and not is_copy then 8 + pick(i, 'again', 15) else 0 end)
             as ride_time,
           case when on_season_pass then 1 + pick(src, 'how often', 30)
                else day_no - ticket_day(t) + 1 end as activation_day_count
    from ride
) to 'data/bronze.lift_ride.csv.gz' (header, compression gzip);
