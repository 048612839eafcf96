-- The place within the category is the number of products that earned more.
with line as (
    select last.*
    from (
        select unnest(arg_max(t, ingested_at))
        from bronze.raw_transactions t
        group by t.transaction_id, t.line_no
    ) last
),
sold as (
    select p.product_id as id, p.product_name as label, p.category,
           upper(trim(l.status)) as status, l.quantity,
           (l.quantity::bigint * (coalesce(l.unit_price, p.list_price) * 100)::bigint
             * (10000 - (coalesce(l.discount_pct, 0) * 100)::bigint) + 5000) // 10000 as cents
    from line l, bronze.products p
    where p.product_id = l.product_id and l.quantity >= 1
      and coalesce(l.unit_price, p.list_price) > 0
      and coalesce(l.discount_pct, 0) between 0 and 100
),
earned as (
    select id, label, category,
           coalesce(sum(quantity::bigint) filter (status = 'COMPLETED'), 0) as units,
           coalesce(sum(quantity::bigint) filter (status = 'REFUNDED'), 0) as back,
           coalesce(sum(cents) filter (status = 'COMPLETED'), 0) as cents
    from sold
    group by all
),
compared as (
    select e.*,
           (select count(*) from earned o where o.category = e.category
              and (o.cents > e.cents or (o.cents = e.cents and o.id < e.id))) as better,
           (select sum(o.cents) from earned o where o.category = e.category) as all_cents
    from earned e
)
select id, label, category, units, back,
       (cents::decimal(18,0) * 0.01)::decimal(16,2),
       case when units > 0
            then (((20000 * back + units) // (2 * units))::decimal(18,0) * 0.01)::decimal(9,2) end,
       better + 1,
       case when all_cents > 0
            then (((20000 * cents + all_cents) // (2 * all_cents))::decimal(18,0) * 0.01)::decimal(5,2)
       end
from compared
