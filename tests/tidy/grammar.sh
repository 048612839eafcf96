# The grammar has no conflict, and no `default:` hides a new member of one of our enumerations.
[ ! -e grammar/dtl.y ] || grep -qE '^%expect 0$' grammar/dtl.y || echo 'grammar/dtl.y: no %expect 0'
[ ! -e grammar/dtl.y ] || ! grep -nE '^%glr-parser' grammar/dtl.y
true
