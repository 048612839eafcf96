# Calls that are banned everywhere, and calls that have one room.
shopt -s nullglob
awk '
    function banned(names, why) {
        if (match(text, "(^|[^A-Za-z0-9_>.])(" names ")[ ]*\\(")) {
            found = substr(text, RSTART, RLENGTH); sub(/^[^A-Za-z0-9_]/, "", found); sub(/[ ]*\($/, "", found)
            print FILENAME ":" FNR ": " found ": " why
        }
    }
    FNR == 1 { comment = 0 }
    {
        # Comments and texts are not calls.
        text = $0
        if (comment) { if (!sub(/^.*\*\//, "", text)) next; comment = 0 }
        gsub(/\\./, "", text); gsub(/"[^"]*"/, "\"\"", text); gsub(/\/\*([^*]|\*[^\/])*\*\//, "", text)
        if (sub(/\/\*.*$/, "", text)) comment = 1
        sub(/\/\/.*$/, "", text)
        if (text ~ /^[ \t]*#[ \t]*define/) next
        banned("sprintf|vsprintf|strcpy|strcat|strncpy|strncat|gets|strtok|alloca", "it can write past its room, use str and buf")
        banned("atoi|atol|atof|scanf|sscanf|fscanf", "it cannot say what went wrong")
        banned("system|popen", "no other program is run through a shell")
        banned("rand|srand|random|setlocale|tmpnam|mktemp", "output depends on nothing but the input")
        if (FILENAME !~ /^src\/(cli\/main|base\/bug)\.c$/)
            banned("exit|_exit|_Exit|quick_exit|abort", "only src/cli/main.c and src/base/bug.c end the process")
        if (FILENAME !~ /^src\/base\/fs\.c$/)
            banned("fopen|freopen|fdopen|open|openat|creat|unlink|rename|mkdir|opendir|stat|lstat|remove", "files are touched in src/base/fs.c alone")
        if (FILENAME !~ /^src\/cli\// && FILENAME !~ /^src\/(base\/bug|base\/fs)\.c$/) {
            banned("printf|puts|putchar|vprintf|perror", "only src/cli prints")
            if (text ~ /[^A-Za-z0-9_](stdout|stderr)[^A-Za-z0-9_]/ || text ~ /^(stdout|stderr)[^A-Za-z0-9_]/)
                print FILENAME ":" FNR ": stdout or stderr: a stream is handed in"
        }
    }' src/*/*.[ch] src/target/*/*.[ch] grammar/*.[ly] /dev/null
