-- The last load of each loan, states looked up, averages from whole numbers.
with loan as (
    select unnest(arg_max(l, loaded_at)) from raw.personal_loans l group by l.loan_id
),
plain as (
    select upper(trim(coalesce(addr_state, ''))) as st, (loan_amount * 100)::bigint as cents,
           (try_cast(rtrim(int_rate, '%') as decimal(5,2)) * 100)::bigint as rate
    from loan
    where loan_amount > 0
),
total as (
    select st, count(*) as n, sum(cents) as cents, sum(rate) as rates, count(rate) as rated
    from plain
    group by st
)
select st,
       coalesce((select state_name from raw.state_codes where state_code = st), 'unlisted'),
       coalesce((select region from raw.state_codes where state_code = st), 'unlisted'),
       n,
       (cents::decimal(18,0) * 0.01)::decimal(18,2),
       (((2 * cents + n) // (2 * n))::decimal(18,0) * 0.01)::decimal(14,2),
       case when rated > 0
            then (((20 * rates + rated) // (2 * rated))::decimal(18,0) * 0.001)::decimal(6,3) end
from total
