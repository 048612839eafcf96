{{ config(materialized='table') }}
{% set measures = ['tons', 'crew'] %}
-- A model of another tool: holes are names, tags are comments, nothing ends with a semicolon.
select {{ star(from=ref('boat')) }}, {{a}}_id as "X{{b}}", &{v} + &w as s, fleet_{{ env }}.count({{ x }}),
  {% for m in measures %} sum({{ m }}) as {{ m }}_sum {% if not loop.last %}, {% endif %} {% endfor %}
from {{ ref('boat') }} o join {{source('a','b')}}.t_{{ env }} as {{ alias }} on o.id = 1 where x > <% y %> {% if is_incremental() %} and z > 1 {% endif %}
