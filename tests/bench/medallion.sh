#!/usr/bin/env bash
# medallion.sh FOLDER - load and refresh of examples/medallion at ROWS rows (10 million), beside the
# same SQL run by hand: the statements that `dtc emit --dialect duckdb` writes, in one call of `dtc sql`.
set -euo pipefail
DTC=${DTC:?} ROWS=${ROWS:-10000000}
example=$(cd "$(dirname "$0")/../../examples/medallion" && pwd)
room=$1/medallion

# seconds NAME COMMAND...: how long a command took, on a line of the table.
seconds() {
    local name=$1 start=$EPOCHREALTIME end
    shift
    "$@" >"$room/log" 2>&1 || { echo "  $name failed:"; tail -n 20 "$room/log"; exit 1; }
    end=$EPOCHREALTIME
    awk -v name="$name" -v from="$start" -v to="$end" 'BEGIN { printf "  %-44s %8.2f s\n", name, to - from }'
}

rm -rf "$room"
mkdir -p "$room/p/data"
cp "$example"/*.dtl "$room/p/"
cp "$example/data/generate.sql" "$room/p/data/"
cd "$room/p"
if ! "$DTC" sql 'select 1' >"$room/log" 2>&1; then
    echo "medallion: left out: $(head -n 1 "$room/log")"
    exit 0
fi
printf '\nmedallion at %s rows\n' "$ROWS"
seconds 'write the rows' "$DTC" sql --write --set scale=$((ROWS / 10000)) -f data/generate.sql
"$DTC" apply --yes >"$room/log" 2>&1
seconds 'dtc load' "$DTC" load
seconds 'dtc refresh' "$DTC" refresh

# By hand: the tables, the files into them, then every table from its query.
read_file() {
    case $1 in
    *.csv) printf "read_csv('%s', header = true, all_varchar = true)" "$1" ;;
    *.parquet) printf "read_parquet('%s')" "$1" ;;
    *) printf "read_json('%s', format = 'newline_delimited')" "$1" ;;
    esac
}
"$DTC" emit --dialect duckdb . >"$room/all.sql"
first=$(grep -nE '^create table .* as$' "$room/all.sql" | head -n 1 | cut -d: -f1)
open="attach '$room/hand.duckdb' as hand; use hand;"
{ echo "$open"; head -n $((first - 1)) "$room/all.sql"; } >"$room/load.sql"
for file in data/bronze.*; do
    table=${file#data/}
    table=$(cut -d. -f1,2 <<<"$table")
    echo "insert into $table by name select * from $(read_file "$PWD/$file");" >>"$room/load.sql"
done
{ echo "$open"; tail -n +"$first" "$room/all.sql"; } >"$room/refresh.sql"
seconds 'the load by hand, one dtc sql' "$DTC" sql -C "$room" --write -f "$room/load.sql"
seconds 'the refresh by hand, one dtc sql' "$DTC" sql -C "$room" --write -f "$room/refresh.sql"

# Both must have come to the same, or the times say nothing.
count="select (select count(*) from gold.daily_sales_trend) as days, (select sum(reading_cnt) from gold.device_health_hourly) as readings"
diff <("$DTC" sql --format csv "$count") <("$DTC" sql -C "$room" --write --format csv "$open $count") >"$room/log" ||
    { echo '  the two ways came to different rows:'; cat "$room/log"; exit 1; }
