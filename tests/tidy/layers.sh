# A file includes only its own level or a lower one, and each foreign library has one room.
shopt -s nullglob
awk '
    BEGIN {
        n = split("base diag syntax model lower graph checks delta plan emit target run cli", name, " ")
        for (i = 1; i <= n; i++) level[name[i]] = i
        level["grammar"] = level["syntax"]
        only["cjson/cJSON.h"] = "^src/base/json\\.c$"
        only["utf8proc.h"] = "^src/base/utf8\\.c$"
        only["dlfcn.h"] = "^src/target/duckdb/load\\.c$"
        only["curl/curl.h"] = "^src/target/http\\.c$"
        only["duckdb.h"] = "^$"
    }
    FNR == 1 {
        split(FILENAME, part, "/")
        own = part[1] == "grammar" ? "grammar" : part[2]
        if (!(own in level)) { print FILENAME ": the folder is on no level; add it to tests/tidy/layers.sh" }
    }
    /^[ \t]*#[ \t]*include/ {
        if (match($0, /<[^>]+>/)) system_header = 1; else if (match($0, /"[^"]+"/)) system_header = 0; else next
        path = substr($0, RSTART + 1, RLENGTH - 2)
        if (path in only && FILENAME !~ only[path])
            print FILENAME ":" FNR ": " path " is included here; its one room is " only[path]
        if (system_header) next
        if (path !~ /\//) {
            if (own != "syntax" && own != "grammar" && path ~ /\.h$/)
                print FILENAME ":" FNR ": \"" path "\" is not named from src/"
            next
        }
        split(path, to, "/")
        if (!(to[1] in level)) next
        if (level[to[1]] > level[own])
            print FILENAME ":" FNR ": " own " includes the higher level " to[1]
    }' src/*/*.[chly] src/*/*.def src/target/*/*.[ch] grammar/*.[lyh] grammar/*.def /dev/null
