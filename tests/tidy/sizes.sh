# A function fits a screen (70 lines), a file 600, a line 100 columns. Tables may be longer: .def, the
# grammar, and initialisers are exempt.
shopt -s nullglob
awk '
    FNR == 1 { if (last > 600) print before ": " last " lines, 600 are a file"; inside = 0; before = FILENAME; hand = FILENAME !~ /^grammar\// }
    { last = hand ? FNR : 0 }
    hand && length($0) > 100 && !wide($0) { print FILENAME ":" FNR ": longer than 100 columns" }
    /\t/ && FILENAME !~ /^grammar\// { print FILENAME ":" FNR ": a tab" }
    /[ \t]$/ { print FILENAME ":" FNR ": blanks at the end of the line" }
    !hand { next }
    # Linux braces: a function opens with a brace of its own in the first column.
    /^\{/ { inside = FNR }
    /^\}/ { if (inside && FNR - inside - 1 > 70) print FILENAME ":" inside ": a function of " FNR - inside - 1 " lines"; inside = 0 }
    END { if (last > 600) print before ": " last " lines, 600 are a file" }
    # mawk counts bytes: a line with other letters is measured without continuation bytes.
    function wide(text) { gsub(/[\200-\277]/, "", text); return length(text) <= 100 }
' src/*/*.[ch] src/target/*/*.[ch] tests/*/*.[ch] grammar/*.[ly] /dev/null
