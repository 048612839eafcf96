-- generate.sql - writes the lender's file and the list of states, for DuckDB. Run it from the
-- folder of the pipeline, because it writes to data/ below the working directory:
--
--     dtc sql --write -f data/generate.sql
--     dtc sql --write --set scale=100 -f data/generate.sql
--
-- Scale 1 is 8,000 loans of two years. The rows depend on nothing but the scale: every choice is a
-- hash of the row's number and a word.

set variable scale = coalesce(getvariable('scale')::double, 1);
set variable loans = (8000 * getvariable('scale'))::bigint;

create or replace temp macro chance(i, what) as (hash(i, what) % 1000003) / 1000003.0;
create or replace temp macro pick(i, what, n) as (hash(i, what) % n::ubigint)::bigint;
create or replace temp macro pick_skewed(i, what, n) as
    floor(pow(chance(i, what), 1.7) * n)::bigint;

create or replace temp table states as
select * from (values
    (0, 'CA', 'California', 'West'),
    (1, 'TX', 'Texas', 'South'),
    (2, 'NY', 'New York', 'Northeast'),
    (3, 'FL', 'Florida', 'South'),
    (4, 'IL', 'Illinois', 'Midwest'),
    (5, 'NJ', 'New Jersey', 'Northeast'),
    (6, 'PA', 'Pennsylvania', 'Northeast'),
    (7, 'OH', 'Ohio', 'Midwest'),
    (8, 'GA', 'Georgia', 'South'),
    (9, 'VA', 'Virginia', 'South'),
    (10, 'NC', 'North Carolina', 'South'),
    (11, 'MI', 'Michigan', 'Midwest'),
    (12, 'MD', 'Maryland', 'South'),
    (13, 'AZ', 'Arizona', 'West'),
    (14, 'WA', 'Washington', 'West'),
    (15, 'CO', 'Colorado', 'West'),
    (16, 'MN', 'Minnesota', 'Midwest'),
    (17, 'MO', 'Missouri', 'Midwest'),
    (18, 'OR', 'Oregon', 'West'),
    (19, 'WI', 'Wisconsin', 'Midwest'),
    (20, 'ME', 'Maine', 'Northeast'),
    (21, 'VT', 'Vermont', 'Northeast'),
    (22, 'ID', 'Idaho', 'West'),
    (23, 'ND', 'North Dakota', 'Midwest')
) listed(n, state_code, state_name, region);

copy (
    select state_code, state_name, region
    from states
    where state_code not in ('ID', 'ND')      -- listed by the lender, not by us
    order by n
) to 'data/raw.state_codes.csv' (header);

-- Row 5 of every 60 is the loan before it, loaded again with a later status.
copy (
    with numbered as (
        select i, i - (i % 60 = 5)::bigint as src
        from range(getvariable('loans')) numbers(i)
    ),
    drawn as (
        select i, src, pick_skewed(src, 'grade', 7) as grade_no,
               date '2024-01-01' + (pick(src, 'day', 730))::integer as issued
        from numbered
    )
    select 'L' || lpad(src::varchar, 10, '0') as loan_id,
           case when chance(src, 'amount is bad') < 0.004 then 0
                when chance(src, 'amount is bad') < 0.007 then -500
                when chance(src, 'amount is bad') < 0.010 then null
                else 1000 + 25 * pick_skewed(src, 'amount', 1560) end::decimal(12,2) as loan_amount,
           case when chance(src, 'term') < 0.7 then ' 36 months' else ' 60 months' end as term,
           case when chance(src, 'rate is bad') < 0.005 then 'n/a'
                when chance(src, 'rate is bad') < 0.008 
                  then printf('%.2f%%', 80 + 10 * chance(src, 'rate'))
                else printf('%.2f%%', 6 + 3.2 * grade_no + 3 * chance(src, 'rate')) end as int_rate,
           case when chance(src, 'no grade') < 0.004 then null
                when chance(src, 'small grade') < 0.02 then lower(chr((65 + grade_no)::integer))
                else chr((65 + grade_no)::integer) end as grade,
           case when chance(src, 'no job') < 0.06 then 'n/a'
                when chance(src, 'years') < 0.3 then '10+ years'
                else (1 + pick(src, 'years', 9))::varchar || ' years' end as emp_length,
           ['RENT', 'MORTGAGE', 'OWN'][1 + pick_skewed(src, 'home', 3)] as home_ownership,
           (18000 + floor(exp(8 + 3.5 * chance(src, 'income'))))::decimal(14,2) as annual_income,
           strftime(issued, '%Y%m%d') as issued_on,
           case when i = src and chance(src, 'status') < 0.45 then 'Current'
                when chance(src, 'status') < 0.80 - 0.04 * grade_no then 'Fully Paid'
                when chance(src, 'status') < 0.92 - 0.02 * grade_no then ' Late (31-120 days)'
                when chance(src, 'status') < 0.99 then 'Charged Off'
                else 'Default' end as loan_status,
           ['debt_consolidation', 'credit_card', ' Car ', 'house', 'medical', '']
             [1 + pick_skewed(src, 'purpose', 6)] as purpose,
           case when chance(src, 'no state') < 0.003 then null
                when chance(src, 'state spelling') < 0.02 then lower(s.state_code) || ' '
                else s.state_code end as addr_state,
           case when chance(src, 'no dti') < 0.02 then null
                else 45 * chance(src, 'dti') end::decimal(6,2) as dti,
           timestamp '2026-01-05 02:00:00' + to_seconds(
               pick(src, 'load', 3600) + case when i <> src then 86400 else 0 end) as loaded_at
    from drawn
    join states s on s.n = pick_skewed(src, 'state', 24)
) to 'data/raw.personal_loans.csv.gz' (header, compression gzip);
