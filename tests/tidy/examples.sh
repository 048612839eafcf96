# Both examples of every check are compiled: the one marked `wrong` gets the check's code, the one marked
# `right` gets nothing at or above a warning.
shopt -s nullglob
[ -x "$DTC" ] || exit 0
mkdir -p "$SCRATCH/examples"
awk -v out="$SCRATCH/examples/" '
    /^## DT[0-9]/ { code = $2; wrong = right = 0 }
    /^```$/ { if (file) close(file); file = "" }
    file { print >file }
    /^```(dtl|sql) (wrong|right)$/ { kind = substr($1, 4); file = out code "." $2 "." kind }
' src/checks/*.md
for code in $(awk '/^## DT[0-9]/ { print $2 }' src/checks/*.md); do
    for example in wrong right; do
        set -- "$SCRATCH/examples/$code.$example".*
        [ -e "${1:-}" ] || { echo "$code: no example marked $example"; continue; }
        found=$(cd "$SCRATCH/examples" && "$DTC" lint "$(basename "$1")" 2>&1)
        if [ $example = wrong ]; then
            grep -qF "[$code]" <<<"$found" || echo "$code: the wrong example does not get it"
        elif grep -E '(warning|error)\[DT' <<<"$found"; then
            echo "$code: the right example is not clean"
        fi
    done
done
