-- Every loan against every test, unfolded from one list.
with loan as (
    select unnest(arg_max(l, loaded_at)) from raw.personal_loans l group by l.loan_id
),
plain as (
    select loan_id, loan_amount, loaded_at,
           try_cast(rtrim(int_rate, '%') as decimal(5,2)) as rate,
           upper(trim(coalesce(addr_state, ''))) as st
    from loan
),
tested as (
    select loan_id, loaded_at, unnest([
        {'t': 'amount_is_positive', 'bad': not coalesce(loan_amount > 0, false),
         'found': coalesce(loan_amount::varchar, 'null')},
        {'t': 'rate_is_plausible', 'bad': not coalesce(rate >= 0 and rate <= 40, false),
         'found': coalesce(rate::varchar, 'null')},
        {'t': 'state_is_listed', 'bad': not list_contains((select list(state_code) from raw.state_codes), st),
         'found': st}]) as x
    from plain
)
select 'stg_personal_loans', x.t, loan_id, x.found, loaded_at
from tested
where x.bad
