# The top level is fixed; every folder says in its README.md what each of its files is.
shopt -s nullglob
tracked() { git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

for entry in $(tracked . | sed 's|/.*||' | sort -u); do
    case $entry in
    Makefile | README.md | LICENSE | grammar | src | stdlib | examples | sql_out | tests | .*) ;;
    *) echo "$entry: the top level of the repository is fixed" ;;
    esac
done

# A file and its line may come in two commits.
[ "$TIER" = quick ] && exit 0

# Folders whose every file has a line. Those of test inputs have a README that explains their form.
for folder in src/*/ src/target/*/ grammar/ stdlib/ tests/support/ tests/tidy/; do
    folder=${folder%/}
    files=$(tracked "$folder/*" | sed "s|^$folder/||" | grep -v / | grep -v '^README\.md$')
    [ -n "$files" ] || continue
    [ -e "$folder/README.md" ] || { echo "$folder: no README.md (one line per file, and the recipe to add one)"; continue; }
    for file in $files; do
        grep -qF -e "$file" -e "\`${file%.*}\`" -e "${file%.*}.{" -e "${file%.*}.*" "$folder/README.md" ||
            echo "$folder/README.md: no line for $file"
    done
    # And no line for what is gone.
    grep -oE '`[a-z0-9_-]+\.(c|h|def|sh|awk|l|y|dtl|md)`' "$folder/README.md" | tr -d '\`' | grep -vE '^(name|family|rule|x)\.' |
        sort -u | while read -r file; do
        [ -e "$folder/$file" ] || tracked "*/$file" "$file" | grep -q . || echo "$folder/README.md: $file does not exist"
    done
done
for folder in tests/*/ examples/*/; do
    folder=${folder%/}
    [ -z "$(tracked "$folder/*")" ] || [ -e "$folder/README.md" ] || grep -qE "\`$(basename "$folder")/?\`" "$(dirname "$folder")/README.md" 2>/dev/null ||
        echo "$folder: neither a README.md nor a line in $(dirname "$folder")/README.md"
done
