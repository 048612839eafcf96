# suite.sh - what the shell suites share; sourced, not run. The protocol is described in tests/run.
#
# A suite that is run by itself, without tests/run, gets the same defaults.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export BUILD=${BUILD:-$ROOT/build/debug} TIER=${TIER:-check} BLESS=${BLESS:-}
export DTC=${DTC:-$BUILD/dtc} TESTS=$ROOT/tests EXAMPLES=$ROOT/examples LC_ALL=C.UTF-8 NO_COLOR=1
unset CI COLUMNS

# A project is looked for upwards, so a pipeline that somebody left in /tmp would be read by every test.
scratch_base() {
    local place
    for place in "${TMPDIR:-/tmp}" /var/tmp /dev/shm; do
        if [ -w "$place" ] && ! compgen -G "$place/*.dtl" >/dev/null; then
            echo "$place"
            return
        fi
    done
    echo "${TMPDIR:-/tmp}"
}
SCRATCH=$(mktemp -d "$(scratch_base)/dtc-tests.XXXXXX")
trap 'rm -rf "$SCRATCH"' EXIT

ok() { printf 'ok %s\n' "$1"; }
skip() { printf 'skip %s: %s\n' "$1" "$2"; }

# not_ok NAME < details
not_ok() {
    printf 'not ok %s\n' "$1"
    head -n 60 | sed 's/^/  /'
}

# The library that the embedded engine is loaded from, by the search order of src/target/duckdb.
have_duckdb() {
    if [ -n "${DTC_DUCKDB_LIB:-}" ]; then
        [ -e "$DTC_DUCKDB_LIB" ]
    else
        [ -e "$ROOT/build/npm/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so" ] ||
            /sbin/ldconfig -p 2>/dev/null | grep -q 'libduckdb\.so'
    fi
}
NO_DUCKDB='no libduckdb (make setup, or DUCKDB_LIB=file)'

# compare NAME EXPECTED ACTUAL: equal files are a passed test; with BLESS the expected one is rewritten.
compare() {
    local name=$1 expected=$2 actual=$3
    if cmp -s "$expected" "$actual"; then
        ok "$name"
    elif [ -n "$BLESS" ]; then
        cp "$actual" "$expected"
        ok "$name"
    elif [ ! -e "$expected" ]; then
        not_ok "$name" < <(echo "no golden file yet; this is what came:"; cat "$actual")
    else
        diff -u --label expected --label actual "$expected" "$actual" | tail -n +3 | not_ok "$name"
    fi
}

# in_parallel FUNCTION ARGUMENT...: one call for each argument, two at a time, output in their order.
in_parallel() {
    local call=$1 i=0 argument
    shift
    for argument; do
        i=$((i + 1))
        [ $i -le 2 ] || wait -n
        "$call" "$argument" >"$SCRATCH/out.$(printf %06d $i)" 2>&1 &
    done
    wait
    [ $i = 0 ] || cat "$SCRATCH"/out.*
    rm -f "$SCRATCH"/out.*
}
