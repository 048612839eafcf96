-- generate.sql - writes the shop's tables of this example, for DuckDB. Run it from the folder of
-- the pipeline, because it writes to data/ below the working directory:
--
--     dtc sql --write -f data/generate.sql
--     dtc sql --write --set scale=100 -f data/generate.sql
--
-- Scale 1 is about 7,000 rows: 150 users, 800 visits and 400 orders in 75 days of 2026. The rows
-- depend on nothing but the scale: every choice is a hash of the row's number and a word.

set variable scale = coalesce(getvariable('scale')::double, 1);
set variable users = greatest(10, (150 * getvariable('scale'))::bigint);
set variable visitors = greatest(15, (220 * getvariable('scale'))::bigint);
set variable sessions = (800 * getvariable('scale'))::bigint;
set variable orders = (400 * getvariable('scale'))::bigint;
set variable products = (50 * least(20, greatest(1, sqrt(getvariable('scale')))))::bigint;

create or replace temp macro chance(i, what) as (hash(i, what) % 1000003) / 1000003.0;
create or replace temp macro pick(i, what, n) as (hash(i, what) % n::ubigint)::bigint;
create or replace temp macro pick_skewed(i, what, n) as
    floor(pow(chance(i, what), 2) * n)::bigint;

copy (
    select 100 + u as user_id,
           case when chance(u, 'no mail') < 0.03 then null
                when chance(u, 'bad mail') < 0.02 then 'nobody'
                when chance(u, 'test') < 0.03 then 'robot' || u::varchar || '@test.example'
                else ' User' || u::varchar || '@' || ['mail', 'post', 'web'][1 + pick(u, 'mail', 3)]
                     || '.example' end as email,
           case when chance(u, 'no country') < 0.05 then null
                else ['de', 'FR', 'NO', 'PT', 'US'][1 + pick_skewed(u, 'country', 5)] end
             as country,
           timestamp '2025-11-15' + to_seconds(pick(u, 'signup', 110 * 86400)) as signup_ts,
           timestamp '2026-02-20' + to_seconds(pick(u, 'updated', 20 * 86400)) as updated_at
    from range(getvariable('users')) numbers(u)
) to 'data/bronze.users.csv' (header);

copy (
    select md5('visitor' || v::varchar) as visitor_id,
           case when chance(v, 'anonymous') < 0.4 then null
                else 100 + pick(v, 'user', getvariable('users')) end as user_id,
           timestamp '2025-12-01' + to_seconds(pick(v, 'seen', 31 * 86400)) as first_seen_ts
    from range(getvariable('visitors')) numbers(v)
) to 'data/bronze.visitors.csv' (header);

copy (
    select p + 1 as product_id,
           ['Boot', 'Coat', 'Hat', 'Tent', 'Rope'][1 + pick(p, 'name', 5)] || ' ' || p::varchar
             as product_name,
           ['shoes', 'clothes', 'camping', 'climbing'][1 + pick(p, 'category', 4)] as category,
           (5 + floor(pow(chance(p, 'price'), 3) * 40000) / 100)::decimal(10,2) as price
    from range(getvariable('products')) numbers(p)
) to 'data/bronze.products.csv' (header);

copy (
    select date '2026-01-01' + d::integer as calendar_date from range(75) numbers(d)
) to 'data/bronze.calendar.parquet' (format parquet);

-- Visits, two in a hundred of them still open and a few with a clock that ran backwards.
create or replace temp macro visit_start(s) as
    timestamp '2026-01-01 05:00:00' + to_seconds(
        (s * 74 * 86400 / getvariable('sessions'))::bigint + pick(s, 'second', 64800));

copy (
    select md5('session' || s::varchar) as session_id,
           md5('visitor' || pick_skewed(s, 'visitor', getvariable('visitors'))::varchar)
             as visitor_id,
           case when chance(s, 'no channel') < 0.1 then null
                when chance(s, 'blank channel') < 0.05 then ' '
                else ['search', 'mail', 'social', 'direct'][1 + pick_skewed(s, 'channel', 4)] end
             as channel,
           json_object(
               'os', json_object('name', ['ios', 'android', 'windows', 'mac'][1 + pick(s, 'os', 4)],
                                 'version', (10 + pick(s, 'version', 8))::varchar),
               'screen', json_object('width', [390, 412, 1440, 1920][1 + pick(s, 'os', 4)]))
             as device,
           visit_start(s) as started_ts,
           case when chance(s, 'open') < 0.02 then null
                when chance(s, 'backwards') < 0.005 then visit_start(s) - to_seconds(600)
                else visit_start(s) + to_seconds(3 + pick_skewed(s, 'stay', 2400)) end as ended_ts
    from range(getvariable('sessions')) numbers(s)
) to 'data/bronze.sessions.jsonl' (format json);

-- Up to fifteen events per visit; one in eighty is loaded twice.
copy (
    with event as (
        select s, k, s * 16 + k as e, again, 1 + pick_skewed(s, 'length', 15) as length,
               visit_start(s) + to_seconds(k * (4 + pick(s, 'pace', 90))) as event_ts
        from range(getvariable('sessions')) numbers(s), range(15) steps(k), range(2) copies(again)
        where k < 1 + pick_skewed(s, 'length', 15)
          and (again = 0 or chance(s * 16 + k, 'twice') < 0.0125)
    ),
    typed as (
        select s, k, e, again, event_ts,
               case when chance(e, 'noise') < 0.01 then 'ping'
                    when k = length - 1 and k >= 4 and chance(s, 'buys') < 0.4 then 'purchase'
                    when k >= 2 and chance(e, 'kind') < 0.12 then 'cart'
                    when chance(e, 'kind') > 0.85 then 'search'
                    when chance(e, 'spelling') < 0.05 then 'View'
                    else 'view' end as event_type
        from event
    )
    select md5('event' || e::varchar) as event_id,
           md5('session' || s::varchar) as session_id,
           event_type,
           case when event_type = 'search' then null
                else 1 + pick_skewed(e, 'product', getvariable('products')) end as product_id,
           event_ts,
           event_ts + to_seconds(2 + pick(e, 'delay', 60) + again * 3600) as loaded_at
    from typed
) to 'data/bronze.events.parquet' (format parquet);

-- Orders as they were placed and, for most, as they stand now. A few amounts are missing or wrong.
copy (
    with ordered as (
        select o, step,
               timestamp '2026-01-02' + to_seconds(
                   (o * 72 * 86400 / getvariable('orders'))::bigint + pick(o, 'second', 86400))
                 as order_ts
        from range(getvariable('orders')) numbers(o), range(2) steps(step)
        where step = 0 or chance(o, 'moved on') < 0.7
    )
    select 5000 + o as order_id,
           100 + pick_skewed(o, 'user', getvariable('users')) as user_id,
           order_ts,
           case when step = 0 then 'placed'
                when chance(o, 'cancelled') < 0.1 then 'Cancelled'
                when chance(o, 'cancelled') < 0.12 then 'failed'
                else 'shipped' end as status,
           case when chance(o, 'no amount') < 0.008 then null
                when chance(o, 'negative') < 0.006 then -1
                when chance(o, 'huge') < 0.003 then 250000
                else 8 + floor(pow(chance(o, 'amount'), 3) * 60000) / 100 end::decimal(12,2)
             as total_amt,
           order_ts + to_seconds(step * (3600 + pick(o, 'later', 300000))) as updated_at
    from ordered
) to 'data/bronze.orders.csv.gz' (header, compression gzip);
