#!/usr/bin/env bash
# setup.sh - brings the machine to the point where dtc can be built and tested; installs only what is missing.
#
#   setup.sh [demo]        packages for building and testing, then libduckdb into build/npm, then what
#                          suites ask for: tests/<suite>/package-lock.json goes to build/npm-<suite>;
#                          demo leaves these last ones out
#   setup.sh --look build  changes nothing: fails with the one line to run when a build tool is missing
#
# DUCKDB_LIB=FILE uses that library instead of the npm package; DUCKDB=no goes without.
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { printf 'setup: %s\n' "$*" >&2; }

# --------------------------------------------------------------------------------- Debian packages
# What must answer, and the package that brings it.
missing_packages() {
    local what=$1
    command -v flex >/dev/null || echo flex
    command -v bison >/dev/null || echo bison
    command -v pkg-config >/dev/null || echo pkg-config
    has_header cjson/cJSON.h || echo libcjson-dev
    has_header utf8proc.h || echo libutf8proc-dev
    [ "$what" = build ] || has_header criterion/criterion.h || echo libcriterion-dev
}

# Without pkg-config nothing is known of the libraries, and it is about to be installed: look for the header.
has_header() {
    local place
    for place in /usr/include /usr/local/include ${CPATH:+${CPATH//:/ }}; do
        [ ! -e "$place/$1" ] || return 0
    done
    return 1
}

install_packages() {
    local packages=("$@") as_root=()
    if ! command -v apt-get >/dev/null; then
        say "these are missing, under the names that Debian gives them: ${packages[*]}"
        return 1
    fi
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo)
        else
            say "these Debian packages are missing; run this as root, then the same command again:"
            printf '\n    apt-get update && apt-get install -y %s\n\n' "${packages[*]}" >&2
            return 1
        fi
    fi
    say "installing ${packages[*]}"
    # A machine that never ran it has no lists, one that ran it long ago may have old ones.
    apt_install "${packages[@]}" || { "${as_root[@]}" apt-get update -qq && apt_install "${packages[@]}"; } || {
        tail -n 5 build/setup.log >&2
        say "apt-get failed; its output is in build/setup.log"
        return 1
    }
}

apt_install() {
    mkdir -p build
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >build/setup.log 2>&1 </dev/null
}

# ------------------------------------------------------------------------------------ npm packages
# npm_install FROM TO: the locked packages of folder FROM, below TO. The stamp is the lock itself.
npm_install() {
    local from=$1 to=$2
    ! cmp -s "$from/package-lock.json" "$to/.stamp" || return 0
    say "fetching the packages of $from into $to"
    mkdir -p "$to"
    cp "$from/package.json" "$from/package-lock.json" "$to/"
    if ! npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund --loglevel=error >build/setup.log 2>&1 </dev/null; then
        tail -n 8 build/setup.log >&2
        say "npm could not fetch the packages of $from"
        return 1
    fi
    cp "$from/package-lock.json" "$to/.stamp"
}

set_up_duckdb() {
    if [ -n "${DUCKDB_LIB:-}" ]; then
        [ -r "$DUCKDB_LIB" ] || { say "DUCKDB_LIB: there is no file $DUCKDB_LIB"; return 1; }
    elif [ "${DUCKDB:-}" = no ]; then
        say "DUCKDB=no: what needs DuckDB is left out"
    elif cmp -s src/target/duckdb/package-lock.json build/npm/.stamp; then
        return 0
    elif [ "$(uname -sm)" != "Linux x86_64" ]; then
        say "no packaged libduckdb for $(uname -sm): give one with DUCKDB_LIB=/path/to/libduckdb.so; going on without DuckDB"
    elif ! command -v npm >/dev/null; then
        say "no npm, so no libduckdb: install npm, or give a library with DUCKDB_LIB=/path/to/libduckdb.so; going on without DuckDB"
    else
        npm_install src/target/duckdb build/npm || {
            say 'DUCKDB_LIB=/path/to/libduckdb.so uses a library that you have, DUCKDB=no goes without'
            return 1
        }
    fi
}

# Packages that a suite judges with. A suite skips, and says so, when they are not there.
set_up_suites() {
    local lock suite
    command -v npm >/dev/null || return 0
    for lock in tests/*/package-lock.json; do
        [ -e "$lock" ] || continue
        suite=$(basename "$(dirname "$lock")")
        npm_install "tests/$suite" "build/npm-$suite" || say "going on without the packages of tests/$suite"
    done
}

# -------------------------------------------------------------------------------------------- main
what=all
[ "${1:-}" != --look ] || what=$2
mapfile -t missing < <(missing_packages "$what")
if [ "${1:-}" = --look ]; then
    [ ${#missing[@]} = 0 ] && exit 0
    say "these Debian packages are missing; \`make setup\` installs them, or as root:"
    printf '\n    apt-get update && apt-get install -y %s\n\n' "${missing[*]}" >&2
    exit 1
fi
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
set_up_duckdb
[ "${1:-}" = demo ] || set_up_suites
