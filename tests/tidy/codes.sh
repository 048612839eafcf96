# A code stands in one row, is named after one mistake, is explained beside its row, and has a test that
# sees it fire (that last one not in the quick tier: code and test may come in two commits).
shopt -s nullglob
rows() {
    # DIAG(DT001, "name", ERROR, "title") and CHECK(DT203, "name", ...), comments apart.
    awk '/^[ \t]*#[ \t]*define/ { next }
        match($0, /(DIAG|CHECK)\(DT[0-9]+,[ ]*"[^"]*"/) {
            text = substr($0, RSTART, RLENGTH); sub(/^[A-Z]+\(/, "", text)
            code = text; sub(/,.*/, "", code); name = text; sub(/^[^"]*"/, "", name); sub(/".*/, "", name)
            print code, name, FILENAME ":" FNR
        }' src/*/*.def src/*/*.c src/*/*/*.def /dev/null
}
explained() { awk '/^## DT[0-9]/ { print $2, $3, FILENAME ":" FNR }' src/*/*.md /dev/null | grep -v '/README\.md:'; }

rows | sort >"$SCRATCH/rows"
explained | sort >"$SCRATCH/explained"
# Sorted by code first: the same code twice, then the same name twice.
awk 'seen[$1]++ { print $3 ": " $1 " stands twice" } named[$2]++ { print $3 ": the name " $2 " stands twice" }
    $1 !~ /^DT[0-9][0-9][0-9]$/ { print $3 ": " $1 ": three digits" }
    $2 !~ /^[a-z0-9]+(-[a-z0-9]+)*$/ { print $3 ": " $2 ": words in lower case with hyphens" }' "$SCRATCH/rows"
if [ -s "$SCRATCH/explained" ]; then
    awk 'NR == FNR { name[$1] = $2; place[$1] = $3; next }
        { row[$1] = 1 }
        !($1 in name) { print $3 ": " $1 " " $2 " is not explained (## " $1 " " $2 ")"; next }
        name[$1] != $2 { print place[$1] ": explains " $1 " as " name[$1] ", the row says " $2 }
        END { for (code in name) if (!(code in row)) print place[code] ": explains " code ", which has no row" }' \
        "$SCRATCH/explained" "$SCRATCH/rows"
fi
[ "$TIER" = quick ] && exit 0
while read -r code name place; do
    set -- tests/ui/"$code"_*
    [ $# != 0 ] || grep -qsF "[$code]" tests/*/*.t tests/*/*/*.t tests/unit/*.c tests/*/run || echo "$place: no test sees $code $name fire"
done <"$SCRATCH/rows"
