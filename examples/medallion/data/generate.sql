-- generate.sql - writes the raw rows of this example, for DuckDB. Run it from the folder of the
-- pipeline, because it writes to data/ below the working directory:
--
--     dtc sql --write -f data/generate.sql
--     dtc sql --write --set scale=1000 -f data/generate.sql
--
-- Scale 1 is about 10,000 rows, scale 1000 ten million. The rows depend on nothing but the scale:
-- every choice is a hash of the row's number and a word. Nothing is sorted or collected, so that
-- memory stays flat at any scale.

set variable scale = coalesce(getvariable('scale')::double, 1);
set variable readings = (6000 * getvariable('scale'))::bigint;
set variable tx_lines = (2500 * getvariable('scale'))::bigint;
set variable visits = (330 * getvariable('scale'))::bigint;
set variable devices = (40 * least(50, greatest(1, sqrt(getvariable('scale')))))::bigint;
set variable products = (60 * least(20, greatest(1, sqrt(getvariable('scale')))))::bigint;
set variable customers = greatest(20, (350 * getvariable('scale'))::bigint);

-- A number in [0, 1) for row i and purpose what; a whole number below n; the same, mostly small.
create or replace temp macro chance(i, what) as (hash(i, what) % 1000003) / 1000003.0;
create or replace temp macro pick(i, what, n) as (hash(i, what) % n::ubigint)::bigint;
create or replace temp macro pick_skewed(i, what, n) as
    floor(pow(chance(i, what), 2.2) * n)::bigint;
create or replace temp macro price_of(p) as
    (4.5 + floor(pow(chance(p, 'price'), 3) * 30000) / 100)::decimal(10,2);

copy (
    select 'dev-' || lpad(d::varchar, 4, '0') as device_id,
           ['thermostat', 'freezer', 'door', 'oven'][1 + pick(d, 'type', 4)] as device_type,
           ['Oslo', 'Bergen', 'Lisbon', 'Porto', 'Lyon'][1 + pick(d, 'site', 5)] as site,
           date '2024-01-01' + pick(d, 'installed', 700)::integer as installed_on
    from range(getvariable('devices')) t(d)
    where d % 20 <> 19                              -- some devices were never registered
) to 'data/bronze.devices.csv' (header);

copy (
    select 'P' || lpad(p::varchar, 5, '0') as product_id,
           ['Kettle', 'Pan', 'Lamp', 'Chair', 'Knife', 'Towel'][1 + pick(p, 'name', 6)]
             || ' ' || (100 + p)::varchar as product_name,
           ['kitchen', 'light', 'furniture', 'bath'][1 + pick(p, 'category', 4)] as category,
           price_of(p) as list_price
    from range(getvariable('products')) t(p)
) to 'data/bronze.products.csv' (header);

copy (
    select * from (values
        ('S01', 'Oslo', 'NORTH'), ('S02', 'Bergen', 'NORTH'), ('S03', 'Malmo', 'NORTH'),
        ('S04', 'Lisbon', 'SOUTH'), ('S05', 'Porto', 'SOUTH'), ('S06', 'Naples', 'SOUTH'),
        ('S07', 'Lyon', 'WEST'), ('S08', 'Nantes', 'WEST'), ('S09', 'Cork', 'WEST'),
        ('S10', 'Graz', 'EAST'), ('S11', 'Brno', 'EAST'), ('S12', 'Lodz', 'EAST')
    ) stores(store_id, city, region)
) to 'data/bronze.stores.csv' (header);

-- Readings over one week. Row 13 of every 97 is the row before it, sent again.
copy (
    with numbered as (
        select i, i - (i % 97 = 13)::bigint as src
        from range(getvariable('readings')) t(i)
    ),
    drawn as (
        select i, src,
               pick_skewed(src, 'device', getvariable('devices')) as d,
               timestamp '2026-03-02' + to_seconds(
                   (src * 604800 / getvariable('readings'))::bigint + pick(src, 'jitter', 50))
                 as reading_ts
        from numbered
    )
    select md5('reading' || src::varchar) as reading_id,
           case when chance(src, 'no device') < 0.004 then null
                else 'dev-' || lpad(d::varchar, 4, '0') end as device_id,
           reading_ts,
           case when chance(src, 'text') < 0.004 then 'ERR'
                when chance(src, 'text') < 0.007 then ''
                when chance(src, 'text') < 0.012 then null
                else printf('%.2f',
                    18 + d % 6 * 3 + 4 * sin(hour(reading_ts) * 0.2618)
                    + 3 * chance(src, 'noise')
                    + case when chance(src, 'spike') < 0.0008 then 300
                           when chance(src, 'spike') < 0.010 then 25 + 40 * chance(src, 'height')
                           else 0 end)
           end as temperature,
           case when chance(src, 'dry') < 0.01 then null
                else printf('%.1f', 30 + 60 * chance(src, 'humidity')) end as humidity,
           (100 - src * 80.0 / getvariable('readings') - (d % 9) * 2.5
             + case when chance(src, 'gauge') < 0.002 then 90 else 0 end)::decimal(5,2)
             as battery_pct,
           json_object(
               'device', json_object(
                   'firmware', '1.' || (d % 4)::varchar || '.2', 'board', 'rev-b'),
               'signal_dbm', -35 - pick(src, 'signal', 60))::varchar as payload,
           reading_ts + to_seconds(
               1 + pick(src, 'delay', 20)
               + case when chance(src, 'late') < 0.02 then 900 + pick(src, 'how late', 20000)
                      else 0 end
               + case when i <> src then 30 + pick(i, 'again', 90) else 0 end) as ingested_at
    from drawn
) to 'data/bronze.raw_sensor_readings.csv' (header);

-- Receipt lines of one month, three to a receipt. Row 7 of every 50 is the row before it with its
-- final status, row 11 of every 40 the row before it taken back.
copy (
    with numbered as (
        select i,
               i - (i % 50 = 7 or i % 40 = 11)::bigint as src,
               i % 50 <> 7 and i % 40 = 11 as is_refund,
               (i + 1) % 50 = 7 and i % 40 <> 11 as is_pending
        from range(getvariable('tx_lines')) t(i)
    ),
    drawn as (
        select i, src, is_refund, is_pending, src // 3 as tx,
               case when chance(src, 'no product') < 0.01 then getvariable('products') + 900
                    else pick_skewed(src, 'product', getvariable('products')) end as p,
               timestamp '2026-03-01 08:00:00' + to_seconds(
                   (src // 3 * 3 * 2592000 / getvariable('tx_lines'))::bigint
                   + pick(src // 3, 'second', 36000)) as sold_at
        from numbered
    )
    select 'T' || lpad(tx::varchar, 9, '0') as transaction_id,
           (src % 3 + 1 + case when is_refund then 10 else 0 end)::integer as line_no,
           case when chance(tx, 'no store') < 0.004 then 'S99'
                else 'S' || lpad((1 + pick_skewed(tx, 'store', 12))::varchar, 2, '0') end
             as store_id,
           case when chance(tx, 'guest') < 0.1 then null
                else 1000 + pick_skewed(tx, 'customer', getvariable('customers')) end
             as customer_id,
           case when chance(src, 'blank product') < 0.004 then null
                else 'P' || lpad(p::varchar, 5, '0') end as product_id,
           case when chance(src, 'quantity is bad') < 0.008 then -1
                when chance(src, 'quantity is bad') < 0.012 then null
                else 1 + pick_skewed(src, 'quantity', 9) end as quantity,
           case when chance(src, 'price is bad') < 0.02 then null
                when chance(src, 'price is bad') < 0.023 then 0.00
                else price_of(p) end as unit_price,
           case when chance(tx, 'discount') < 0.6 then null
                when chance(tx, 'discount') < 0.7 then 0
                when chance(src, 'discount is bad') < 0.004 then 120
                else [5, 10, 12.5, 20, 33.33][1 + pick(tx, 'how much', 5)] end::decimal(5,2)
             as discount_pct,
           case when is_refund then 'REFUNDED'
                when is_pending then 'PENDING'
                when chance(src, 'status') < 0.03 then 'CANCELLED'
                when chance(src, 'status') < 0.06 then 'completed '
                else 'COMPLETED' end as status,
           sold_at + to_seconds(case when is_refund then 86400 + pick(i, 'returned', 500000)
                                     else 0 end) as transaction_ts,
           sold_at + to_seconds(case when i <> src then 600000 + pick(i, 'arrival', 3600)
                                     else 1 + pick(i, 'arrival', 300) end) as ingested_at
    from drawn
) to 'data/bronze.raw_transactions.parquet' (format parquet);

-- Visits of one week with one to a dozen events. Deep visits end in a
-- basket, a checkout, a purchase.
copy (
    with visit as (
        select v,
               1 + pick_skewed(v, 'length', 12) as length,
               pick_skewed(v, 'depth', 5) as depth,
               timestamp '2026-03-02 06:00:00' + to_seconds(
                   (v * 604800 / getvariable('visits'))::bigint + pick(v, 'second', 14400))
                 as began_at
        from range(getvariable('visits')) t(v)
    ),
    event as (
        select v, length, depth, k, v * 16 + k as e, again,
               began_at + to_seconds(
                   k * (15 + pick(v, 'pace', 240))
                   + case when chance(v, 'lunch') < 0.05 and k >= 2 then 2700 else 0 end)
                 as event_ts
        from visit, range(12) steps(k), range(2) copies(again)
        where k < length
          and (again = 0 or chance(v * 16 + k, 'twice') < 0.015)
    )
    select md5('event' || e::varchar) as event_id,
           case when chance(v, 'unknown') < 0.08 then null
                else 1000 + pick_skewed(v, 'customer', getvariable('customers')) end as customer_id,
           case when chance(e, 'noise') < 0.01 then 'heartbeat'
                when k = length - 1 and depth >= 4 then 'purchase'
                when k = length - 2 and depth >= 3 then 'checkout'
                when k = length - 3 and depth >= 2 then 'add_to_cart'
                when k > 0 and depth >= 1 and chance(e, 'kind') < 0.6 then 'product_view'
                when chance(e, 'spelling') < 0.05 then 'Page_View'
                else 'page_view' end as event_type,
           event_ts,
           json_object(
               'page', ['/', '/search', '/lamps', '/sale', '/help'][1 + pick(e, 'page', 5)],
               'device', json_object(
                   'os', ['ios', 'android', 'windows', 'mac'][1 + pick(v, 'os', 4)],
                   'agent', case when chance(v, 'crawler') < 0.04 then 'PriceBot/3'
                                 else 'browser' end),
               'campaign', case when chance(v, 'campaign') < 0.5 then null
                                else ['spring', 'mail', 'search'][1 + pick(v, 'which', 3)] end)
             as payload,
           event_ts + to_seconds(1 + pick(e, 'delay', 30) + again * 90) as ingested_at
    from event
) to 'data/bronze.raw_customer_events.jsonl.gz' (format json, compression gzip);
