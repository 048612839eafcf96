-- Ranks by cross-multiplying whole numbers: no division decides who is worse.
with loan as (
    select unnest(arg_max(l, loaded_at)) from raw.personal_loans l group by l.loan_id
),
state as (
    select s.region, s.state_code as st, s.state_name,
           sum((loan_amount * 100)::bigint)::bigint as lent,
           coalesce(sum((loan_amount * 100)::bigint) filter (
               lower(loan_status) like 'charged off%' or lower(loan_status) like 'default%'), 0)::bigint
             as lost,
           count(distinct case when trim(purpose) = '' or purpose is null then 'other'
                               else lower(trim(purpose)) end) as purposes
    from loan
    join raw.state_codes s on s.state_code = upper(trim(addr_state))
    where loan_amount > 0
    group by all
)
select region, st, state_name,
       (lent::decimal(18,0) * 0.01)::decimal(18,2), (lost::decimal(18,0) * 0.01)::decimal(18,2),
       purposes,
       (((20000 * lost::hugeint + lent) // (2 * lent))::decimal(18,0) * 0.0001)::decimal(7,4),
       1 + (select count(*) from state o where o.region = state.region
              and (o.lost::hugeint * state.lent > state.lost::hugeint * o.lent
                   or (o.lost::hugeint * state.lent = state.lost::hugeint * o.lent and o.st < state.st))),
       (select arg_max(o.st, o.lent) from state o where o.region = state.region)
from state
