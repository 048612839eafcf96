-- Days counted from the sign-up instead of compared with it.
select user_id, d::timestamp, (d - signup_ts::date)::bigint
from bronze.users,
     (select calendar_date as d from bronze.calendar) days
where not coalesce(email like '%@test.example', false)
  and d - signup_ts::date >= 0
