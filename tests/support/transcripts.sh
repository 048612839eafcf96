#!/usr/bin/env bash
# transcripts.sh FOLDER - runs the transcripts FOLDER/*.t and compares what came with what stands there.
#
#   # any text before a command, after an empty line
#   $ dtc lint shop.dtl          a command; `> ` continues it (a here-document, a loop)
#   expected output, stdout and stderr merged
#   [1]                          the exit status when it is not 0
#
# One shell runs the whole file in a fresh folder: cd and variables stay. `dtc` is first on PATH,
# EXAMPLES and TESTS are set. `# needs: duckdb` on the first line skips the file where there is none.
. "$(dirname "$0")/suite.sh"
folder=$1
suite=$(basename "$folder")
marker='@@end-of-command@@'

mkdir "$SCRATCH/bin"
ln -s "$DTC" "$SCRATCH/bin/dtc"
export PATH=$SCRATCH/bin:$PATH
# No pipeline is looked for above the rooms: a file that lies in the folder of temporary files is not ours.
DTC_CEILING=$(realpath "$SCRATCH")
export DTC_CEILING

# The commands of a transcript as a script that marks the end of each.
script_of() {
    awk -v marker="$marker" '
        function finish() { if (open) printf "printf \"%%s %%d\\n\" \"%s\" $?\n", marker; open = 0 }
        /^\$ / { finish(); print substr($0, 3); open = 1; more = 1; next }
        more && /^> / { print substr($0, 3); next }
        more && /^>$/ { print ""; next }
        { more = 0 }
        END { finish() }' "$1"
}

# The transcript with the output that really came. Text before a command is kept: comment lines with at
# most one empty line before them.
transcript_with() {
    awk -v marker="$marker" '
        NR == FNR {
            at = index($0, marker " ")
            if (!at) { out[n] = out[n] $0 "\n"; next }
            if (at > 1) out[n] = out[n] substr($0, 1, at - 1) " (no newline)\n"
            status = substr($0, at + length(marker) + 1)
            if (status != "0") out[n] = out[n] "[" status "]\n"
            n++
            next
        }
        { line[FNR] = $0; last = FNR }
        END {
            k = 0; start = 1
            for (i = 1; i <= last; i++) {
                if (line[i] !~ /^\$ /) continue
                from = i
                while (from > start && line[from - 1] ~ /^#/) from--
                if (from > start && line[from - 1] == "") from--
                if (k == 0) from = 1
                for (; from <= i; from++) print line[from]
                while (line[i + 1] ~ /^>( |$)/ && i < last) print line[++i]
                start = i + 1
                printf "%s", out[k++]
            }
            printf "%s", out[k]
        }' n=0 "$2" "$1"
}

run_one() {
    local file=$1 name room
    name=$suite/$(basename "$file" .t)
    if head -n 1 "$file" | grep -q '^# needs:.*duckdb' && ! have_duckdb; then
        skip "$name" "$NO_DUCKDB"
        return
    fi
    room=$SCRATCH/room.$(basename "$file" .t)
    mkdir -p "$room/work" "$room/home"
    script_of "$file" >"$room/script"
    (cd "$room/work" && HOME=$room/home timeout 300 bash "$room/script") >"$room/output" 2>&1 </dev/null
    transcript_with "$file" "$room/output" >"$room/actual"
    compare "$name" "$file" "$room/actual"
    rm -rf "$room/work"
}

[ -x "$DTC" ] || { skip "$suite" "there is no program yet"; exit 0; }
shopt -s nullglob
in_parallel run_one "$folder"/*.t
