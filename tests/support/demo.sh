#!/usr/bin/env bash
# demo.sh PROGRAM EXAMPLE - from text to fresh tables: what a new user sees first.
# Works in a copy below build/, so that the checkout stays clean and a second run starts afresh.
set -euo pipefail
dtc=$(realpath "$1") example=$2
room=build/demo/$(basename "$example")

step() {
    printf '\n$ dtc %s\n' "$*"
    "$dtc" "$@"
}

[ -z "${DUCKDB_LIB:-}" ] || { DTC_DUCKDB_LIB=$(realpath "$DUCKDB_LIB"); export DTC_DUCKDB_LIB; }
rm -rf "$room"
mkdir -p "$(dirname "$room")"
cp -r "$example" "$room"
cd "$room"
printf 'in %s:\n' "$room"
step sql --write -f data/generate.sql
step plan
step apply --yes
step load
step refresh
step show --layer gold --limit 5
step status
