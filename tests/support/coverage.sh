#!/usr/bin/env bash
# coverage.sh [SUITE...] - which lines of src/ and grammar/ the suites reach, file by file; of a build
# with MODE=cov. The word `corpus` instead of suites: what fuzzing collected in build/corpus.
set -euo pipefail
cd "$(dirname "$0")/../.."
find build/cov -name '*.gcda' -delete
if [ "${1:-}" = corpus ]; then
    shopt -s nullglob
    for folder in build/corpus/*/; do
        find "$folder" -type f -print0 | xargs -0 -r -n 200 "build/cov/fuzz_$(basename "$folder")" >/dev/null 2>&1 ||
            echo "fuzz_$(basename "$folder") did not end well" >&2
    done
else
    tests/run --build build/cov "$@" || true
fi
# gcov names a header once for every file that includes it; the best of them counts.
find build/cov/src build/cov/gen -name '*.gcno' | sort | xargs -r gcov -n 2>/dev/null | awk '
    /^File / { file = $0; gsub(/^File .|.$/, "", file); next }
    /^Lines executed:/ && file != "" {
        split($0, part, /[:% ]+/)
        share = part[3]; lines = part[5]
        sub(/^.*\/(src|grammar)\//, "&", file)
        if (match(file, /(src|grammar)\/.*/)) {
            file = substr(file, RSTART)
            if (share * lines / 100 >= hit[file] + 0) { hit[file] = share * lines / 100; all[file] = lines }
        }
        file = ""
    }
    END {
        for (file in all) { printf "%6.1f %% of %5d lines  %s\n", 100 * hit[file] / all[file], all[file], file; h += hit[file]; a += all[file] }
        if (a) printf "%6.1f %% of %5d lines  zz all\n", 100 * h / a, a
    }' | sort -k6 | sed 's/  zz all$/  all/'
