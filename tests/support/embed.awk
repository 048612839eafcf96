# embed.awk - makes a C table (base/embed.h) of the files that are given to it.
#
#   LC_ALL=C awk -v table=explain_files -f tests/support/embed.awk FILE... >gen/x.c
#
# Bytes are written as numbers: a C string literal of that length is more than compilers must take.
# Every file must end with a line end, because awk cannot tell whether the last one does.

function close_file() {
    if (files > 0)
        printf "0};\n\n"
}

BEGIN {
    for (i = 1; i < 256; i++)
        code[sprintf("%c", i)] = i
    print "/* Written by tests/support/embed.awk. */"
    print "#include \"base/embed.h\"\n"
}

FNR == 1 {
    close_file()
    name[files] = FILENAME
    printf "static const unsigned char file_%d[] = {", files
    size[files] = 0
    files++
}

{
    line = ""
    n = length($0)
    for (i = 1; i <= n; i++)
        line = line code[substr($0, i, 1)] ","
    print line "10,"
    size[files - 1] += n + 1
}

END {
    close_file()
    printf "const struct embedded_file %s[] = {\n", table
    for (i = 0; i < files; i++)
        printf "    {\"%s\", {(const char *)file_%d, %d}},\n", name[i], i, size[i]
    print "    {0, {0, 0}},\n};"
}
