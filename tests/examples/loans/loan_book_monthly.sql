-- Months as text; the month before is the largest earlier one of the grade.
with loan as (
    select unnest(arg_max(l, loaded_at)) from raw.personal_loans l group by l.loan_id
),
plain as (
    select strptime(left(issued_on, 6) || '01', '%Y%m%d')::date as m, upper(grade) as g,
           (loan_amount * 100)::bigint as cents,
           regexp_matches(loan_status, '^(charged off|default)', 'i') as lost,
           dti > 30 as stretched
    from loan
    where loan_amount > 0 and upper(grade) in ('A', 'B', 'C', 'D', 'E', 'F', 'G')
),
month as (
    select m, g, count(*) as n, sum(cents) as cents, count(*) filter (lost) as lost,
           count(*) filter (stretched) as stretched
    from plain
    group by all
)
select m, (m + interval 1 month - interval 1 day)::date, g, n,
       (cents::decimal(18,0) * 0.01)::decimal(18,2), lost, stretched,
       (((20000 * lost + n) // (2 * n))::decimal(18,0) * 0.0001)::decimal(6,4),
       (coalesce((select arg_max(p.cents, p.m) from month p where p.g = month.g and p.m < month.m), 0)
         ::decimal(18,0) * 0.01)::decimal(18,2),
       ((select sum(p.cents) from month p where p.g = month.g and p.m <= month.m)
         ::decimal(18,0) * 0.01)::decimal(20,2)
from month
