# What must not stay behind: work notes, and what belongs to one machine. The patterns are written with a
# class each, so that this file does not find itself.
tracked() { git ls-files --cached --others --exclude-standard -- "$@"; }
search() {
    local why=$1 pattern=$2
    shift 2
    tracked "$@" | while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\0' "$file"; done |
        xargs -0 -r grep -nIE "$pattern" -- /dev/null | sed "s|\$|   <- $why|" | cut -c1-200
}
search 'unfinished' '(^|[^A-Za-z0-9_])(T[O]DO|FIX[M]E|X[X]X|HA[C]K)([^A-Za-z0-9_]|$)' src grammar stdlib examples tests Makefile README.md .ci
search 'a path of one machine' '(^|[^A-Za-z0-9_.$}~*-])/(wor[k]|far[m]|roo[t]|home/[a-z]|tmp/w[t])(/|$|[^A-Za-z0-9_-])' .
search 'the address of a package registry' '(registr[y]\.|deb\.debia[n]\.|/artifact[s]?/)' .
search 'how the work was done' '([Cc]laud[e]|Anthropi[c]|Chat[G]PT|language [m]odel|AI[ -]generate[d]|([Ii]ssu[e]|PR) #?[0-9])' .
search 'merge marker' '^(<<<<<<<|>>>>>>>) ' .
true
