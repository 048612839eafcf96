# needs: duckdb
# What DuckDB writes in another way than Snowflake, and what it comes to.
$ cat >pipeline.dtl <<'END'
> pipeline lowering { }
> param least number(5,1) default -2.5;
> param word varchar default 'it''s';
> source bronze.facts (
>   n number(38,0), d number(10,2), f float, s varchar(20), day date, ts timestamp_ntz, v variant, nothing number(5,0)
> );
> gold view numbers as
> select n / 3 as third, d / 3 as third_of_d, 1 / nullif(nothing, 0) as by_null, n % 4 as rest, mod(n, 4) as rest_too,
>        div0(n, 0) as div0, div0null(n, nothing) as div0null, f::integer as half_away, d::integer as whole,
>        zeroifnull(nothing) as zero, nullifzero(n - 7) as none, greatest(n, nothing) as greatest_null,
>        greatest(n, 9) as greatest_9, ceil(d, 1) as ceil_1, $least as negative, n - $least as minus_negative,
>        to_number('12.5', 10, 1) as to_number_1, try_to_number('x') as to_number_none
> from bronze.facts;
> gold view texts as
> select concat(s, nothing::varchar) as concat_null, s || '!' as joined, substr(s, 0, 3) as from_zero, left(s, 2) as two,
>        'a\tb' as tab, $$it's$$ as dollars, $word as word, s like any ('x%', '%d') as any_of, s rlike 'hel.*' as anchored,
>        decode(nothing, null, 'none', 1, 'one', 'other') as decoded, iff(n > 5, 'more', 'less') as iff,
>        nvl2(nothing, 'there', 'missing') as nvl2, charindex('l', s) as found, replace(s, 'l') as without,
>        equal_null(nothing, null) as same_null, to_varchar(ts) as time_text, ts::string as time_cast
> from bronze.facts;
> gold view times as
> select date_trunc('month', day) as month_of_day, date_trunc(month, ts) as month_of_ts, dateadd(day, 1, day) as next_day,
>        dateadd('hour', 1, day) as next_hour, dateadd(month, n - 6, ts) as months_later, datediff(week, day, ts) as weeks,
>        datediff('day', ts, day) as days, day + 1 as tomorrow, day - '2026-01-01'::date as since, last_day(day) as last,
>        last_day(day, 'quarter') as last_of_quarter, time_slice(ts, 15, 'MINUTE') as slice,
>        time_slice(ts, 15, 'MINUTE', 'END') as slice_end, dayname(day) as name, extract(year from ts) as year,
>        date_part(epoch_second, ts) as epoch, to_date('20260131', 'YYYYMMDD') as read, ts + interval '1 day, 2 hours' as later,
>        to_char(ts, 'YYYY-MM-DD HH24:MI') as shown, timestamp_ntz '2026-01-02 03:04:05' as literal, year(day) as y
> from bronze.facts;
> gold view paths as
> select v:a.b[1]::integer as second, v:name::string as name, v['name'] as json, v:gone::string as gone, v:a.b as list,
>        v:name = 'Ada' as compared, v:big > 5 as more, upper(v:name) as upper_name, v:"odd key"::number(5,1) as odd,
>        v:name in ('Ada', 'Bob') as one_of, array_size(v:a.b) as size, object_construct('k', n, 'none', nothing) as object
> from bronze.facts;
> gold view groups as
> select sum(n) as sum_int, sum(d) as sum_dec, avg(n) as avg_int, avg(d) as avg_dec, count(distinct n, nothing) as pairs,
>        count_if(n > 100) as none, listagg(s, ',') within group (order by n desc) as list,
>        listagg(nothing::varchar) as empty, array_agg(s) within group (order by n) as array, max_by(s, n) as of_most
> from bronze.facts;
> gold view windows as
> select n, last_value(s) over (order by n) as last_of_all, lag(s) ignore nulls over (order by n) as before,
>        sum(n) over (order by n desc) as running, ratio_to_report(n) over () as share,
>        row_number() over (order by nothing desc, n) as place
> from bronze.facts;
> gold view items as
> select i.index, i.value::string as item, g.column1 as made
> from bronze.facts f, lateral flatten(input => f.v:a.b) i, (values (1), (2)) g;
> gold view keys as
> select n % 2 as rest, $word as word, count(*) as cnt, row_number() over (order by max(n)) as place
> from bronze.facts group by all qualify row_number() over (order by count(*), n % 2) = 1;
> gold view sets as
> select n as end from bronze.facts minus select 8;
> END
$ dtc emit --dialect duckdb -o out && for v in numbers texts times paths groups windows items keys sets; do sed '1,3d' out/gold/$v.sql; done
select cast(round(n / 3, 6) as decimal(38, 6)) as third,
       cast(round(d / 3, 8) as decimal(16, 8)) as third_of_d,
       cast(round(1 / nullif(nothing, 0), 6) as decimal(7, 6)) as by_null,
       (n % 4) as rest,
       (n % 4) as rest_too,
       case when 0 = 0 then 0 else cast(round(n / 0, 6) as decimal(38, 6)) end as div0,
       case when coalesce(nothing, 0) = 0 then 0 else cast(round(n / nothing, 6) as decimal(38, 6)) end as div0null,
       cast(round(f) as bigint) as half_away,
       d::bigint as whole,
       coalesce(nothing, 0) as zero,
       nullif(n - 7, 0) as none,
       case when n is null or nothing is null then null else greatest(n, nothing) end as greatest_null,
       case when n is null or 9 is null then null else greatest(n, 9) end as greatest_9,
       (ceil(d * pow(10, 1)) / pow(10, 1)) as ceil_1,
       (-2.5) as negative,
       n - (-2.5) as minus_negative,
       cast('12.5' as decimal(10, 1)) as to_number_1,
       try_cast('x' as bigint) as to_number_none
from bronze.facts;
select (s || nothing::varchar) as concat_null,
       s || '!' as joined,
       substr(s, 1, 3) as from_zero,
       left(s, greatest(2, 0)) as two,
       'a	b' as tab,
       'it''s' as dollars,
       'it''s' as word,
       (s like 'x%' or s like '%d') as any_of,
       (regexp_full_match(s, 'hel.*')) as anchored,
       case when nothing is not distinct from null then 'none' when nothing is not distinct from 1 then 'one' else 'other' end as decoded,
       if(n > 5, 'more', 'less') as iff,
       case when nothing is not null then 'there' else 'missing' end as nvl2,
       strpos(s, 'l') as found,
       replace(s, 'l', '') as without,
       (nothing is not distinct from null) as same_null,
       strftime(ts, '%Y-%m-%d %H:%M:%S.%g') as time_text,
       strftime(ts, '%Y-%m-%d %H:%M:%S.%g') as time_cast
from bronze.facts;
select cast(date_trunc('month', day) as date) as month_of_day,
       date_trunc('month', ts) as month_of_ts,
       cast(day + to_days(1) as date) as next_day,
       (day + to_hours(1)) as next_hour,
       (ts + to_months(cast(n - 6 as integer))) as months_later,
       (date_diff('day', date_trunc('week', day), date_trunc('week', ts)) // 7) as weeks,
       date_diff('day', ts, day) as days,
       day + 1 as tomorrow,
       day - '2026-01-01'::date as since,
       last_day(day) as last,
       cast(date_trunc('quarter', day) + to_months(3) - to_days(1) as date) as last_of_quarter,
       (time_bucket(to_minutes(15), ts, timestamp '1970-01-01')) as slice,
       (time_bucket(to_minutes(15), ts, timestamp '1970-01-01') + to_minutes(15)) as slice_end,
       left(dayname(day), 3) as name,
       date_part('year', ts) as year,
       cast(floor(epoch(ts)) as bigint) as epoch,
       cast(strptime('20260131', '%Y%m%d') as date) as read,
       ts + interval '1 day  2 hours' as later,
       strftime(ts, '%Y-%m-%d %H:%M') as shown,
       timestamp '2026-01-02 03:04:05' as literal,
       year(day) as y
from bronze.facts;
select cast(cast(json_extract_string(v, '$."a"."b"[1]') as decimal(38, 9)) as bigint) as second,
       json_extract_string(v, '$."name"') as name,
       json_extract(v, '$."name"') as json,
       json_extract_string(v, '$."gone"') as gone,
       json_extract(v, '$."a"."b"') as list,
       (json_extract_string(v, '$."name"') = 'Ada') as compared,
       (cast(json_extract_string(v, '$."big"') as decimal(38, 9)) > 5) as more,
       upper(json_extract_string(v, '$."name"')) as upper_name,
       cast(json_extract_string(v, '$."odd key"') as decimal(5, 1)) as odd,
       json_extract_string(v, '$."name"') in ('Ada', 'Bob') as one_of,
       json_array_length(json_extract(v, '$."a"."b"')) as size,
       json_merge_patch('{}', json_object('k', n, 'none', nothing)) as object
from bronze.facts;
select cast(sum(n) as bigint) as sum_int,
       sum(d) as sum_dec,
       cast(round(avg(n), 6) as decimal(38, 6)) as avg_int,
       cast(round(avg(d), 8) as decimal(28, 8)) as avg_dec,
       count(distinct (n, nothing)) filter (where n is not null and nothing is not null) as pairs,
       count(case when n > 100 then 1 end) as none,
       coalesce(string_agg(s, ',' order by n desc nulls first), '') as list,
       coalesce(string_agg(nothing::varchar, ''), '') as empty,
       coalesce(to_json(list(s order by n) filter (where s is not null)), cast('[]' as json)) as "array",
       arg_max_null(s, n) as of_most
from bronze.facts;
select n,
       last_value(s) over (order by n rows between unbounded preceding and unbounded following) as last_of_all,
       lag(s ignore nulls) over (order by n) as before,
       cast(sum(n) over (order by n desc nulls first) as bigint) as running,
       cast(round(n / nullif(sum(n) over (), 0), 6) as decimal(38, 6)) as share,
       row_number() over (order by nothing desc nulls first, n) as place
from bronze.facts;
select i.index, json_extract_string(i.value, '$') as item, g.column1 as made
from bronze.facts f,
     lateral (select cast(null as bigint) as seq, case when json_type(json_extract(f.v, '$."a"."b"')) = 'OBJECT' then key end as key, fullkey as path, case when json_type(json_extract(f.v, '$."a"."b"')) = 'ARRAY' then try_cast(key as bigint) end as index, value, json_extract(f.v, '$."a"."b"') as this from json_each(json_extract(f.v, '$."a"."b"'))) i,
     (values (1), (2)) g(column1);
select (n % 2) as rest,
       'it''s' as word,
       count(*) as cnt,
       row_number() over (order by max(n)) as place
from bronze.facts
group by 1, 2
qualify row_number() over (order by count(*), (n % 2)) = 1;
select n as "end" from bronze.facts except select 8;
$ dtc apply --yes --quiet | tail -n 1
applied
$ cat >facts.jsonl <<'END'
> {"n": 7, "d": 12.34, "f": 2.5, "s": "held", "day": "2026-01-31", "ts": "2026-02-01 10:52:30", "v": {"a": {"b": [1, 2.7]}, "name": "Ada", "big": 10, "odd key": 1.25}}
> {"n": 8, "d": 0.01, "f": -2.5, "s": "two", "day": "2026-02-28", "ts": "2026-03-02 00:00:00", "v": {"a": {"b": []}, "name": "Bob"}}
> END
$ dtc load bronze.facts facts.jsonl
loaded   bronze.facts  2 rows from facts.jsonl
dtc: note[DT028]: data leaves columns of the table out: `facts.jsonl` has no `nothing`: NULL in `bronze.facts`
  = more: dtc explain DT028
$ for v in numbers texts times paths groups windows items keys sets; do dtc show gold.$v --format json | sed '1,2d;$d' | tr -d '\n' | sed 's/}, *{/\n/g; s/}\]}//'; echo; done
{"third": 2.333333, "third_of_d": 4.11333333, "by_null": null, "rest": 3, "rest_too": 3, "div0": 0.000000, "div0null": 0.000000, "half_away": 3, "whole": 12, "zero": 0, "none": null, "greatest_null": null, "greatest_9": 9, "ceil_1": 12.4, "negative": -2.5, "minus_negative": 9.5, "to_number_1": 12.5, "to_number_none": null
"third": 2.666667, "third_of_d": 0.00333333, "by_null": null, "rest": 0, "rest_too": 0, "div0": 0.000000, "div0null": 0.000000, "half_away": -3, "whole": 0, "zero": 0, "none": 1, "greatest_null": null, "greatest_9": 9, "ceil_1": 0.1, "negative": -2.5, "minus_negative": 10.5, "to_number_1": 12.5, "to_number_none": null
{"concat_null": null, "joined": "held!", "from_zero": "hel", "two": "he", "tab": "a\tb", "dollars": "it's", "word": "it's", "any_of": true, "anchored": true, "decoded": "none", "iff": "more", "nvl2": "missing", "found": 3, "without": "hed", "same_null": true, "time_text": "2026-02-01 10:52:30.000", "time_cast": "2026-02-01 10:52:30.000"
"concat_null": null, "joined": "two!", "from_zero": "two", "two": "tw", "tab": "a\tb", "dollars": "it's", "word": "it's", "any_of": false, "anchored": false, "decoded": "none", "iff": "more", "nvl2": "missing", "found": 0, "without": "two", "same_null": true, "time_text": "2026-03-02 00:00:00.000", "time_cast": "2026-03-02 00:00:00.000"
{"month_of_day": "2026-01-01", "month_of_ts": "2026-02-01 00:00:00", "next_day": "2026-02-01", "next_hour": "2026-01-31 01:00:00", "months_later": "2026-03-01 10:52:30", "weeks": 0, "days": -1, "tomorrow": "2026-02-01", "since": 30, "last": "2026-01-31", "last_of_quarter": "2026-03-31", "slice": "2026-02-01 10:45:00", "slice_end": "2026-02-01 11:00:00", "name": "Sat", "year": 2026, "epoch": 1769943150, "read": "2026-01-31", "later": "2026-02-02 12:52:30", "shown": "2026-02-01 10:52", "literal": "2026-01-02 03:04:05", "y": 2026
"month_of_day": "2026-02-01", "month_of_ts": "2026-03-01 00:00:00", "next_day": "2026-03-01", "next_hour": "2026-02-28 01:00:00", "months_later": "2026-05-02 00:00:00", "weeks": 1, "days": -2, "tomorrow": "2026-03-01", "since": 58, "last": "2026-02-28", "last_of_quarter": "2026-03-31", "slice": "2026-03-02 00:00:00", "slice_end": "2026-03-02 00:15:00", "name": "Sat", "year": 2026, "epoch": 1772409600, "read": "2026-01-31", "later": "2026-03-03 02:00:00", "shown": "2026-03-02 00:00", "literal": "2026-01-02 03:04:05", "y": 2026
{"second": 3, "name": "Ada", "json": "\"Ada\"", "gone": null, "list": "[1,2.7]", "compared": true, "more": true, "upper_name": "ADA", "odd": 1.3, "one_of": true, "size": 2, "object": "{\"k\":7}"
"second": null, "name": "Bob", "json": "\"Bob\"", "gone": null, "list": "[]", "compared": false, "more": null, "upper_name": "BOB", "odd": null, "one_of": true, "size": 0, "object": "{\"k\":8}"
{"sum_int": 15, "sum_dec": 12.35, "avg_int": 7.500000, "avg_dec": 6.17500000, "pairs": 0, "none": 0, "list": "two,held", "empty": "", "array": "[\"held\",\"two\"]", "of_most": "two"
{"n": 7, "last_of_all": "two", "before": null, "running": 15, "share": 0.466667, "place": 1
"n": 8, "last_of_all": "two", "before": "held", "running": 8, "share": 0.533333, "place": 2
{"index": 0, "item": "1", "made": 1
"index": 0, "item": "1", "made": 2
"index": 1, "item": "2.7", "made": 1
"index": 1, "item": "2.7", "made": 2
{"rest": 0, "word": "it's", "cnt": 1, "place": 2
{"end": 7
