/* explain_type.c - types as Snowflake spells them: of declared columns, and of those that a query
 * makes. */
#include "cli/explain.h"
#include "emit/types.h"

/* docs: data types of Snowflake, read 2026-11; synonyms map to the type they stand for. */
static const struct type_row {
    const char *word, *canonical;
    const char *arguments; /* what is meant when nothing is written; NULL: none */
} type_rows[] = {
    {"NUMBER", "NUMBER", "38,0"},
    {"DECIMAL", "NUMBER", "38,0"},
    {"DEC", "NUMBER", "38,0"},
    {"NUMERIC", "NUMBER", "38,0"},
    {"INT", "NUMBER", "38,0"},
    {"INTEGER", "NUMBER", "38,0"},
    {"BIGINT", "NUMBER", "38,0"},
    {"SMALLINT", "NUMBER", "38,0"},
    {"TINYINT", "NUMBER", "38,0"},
    {"BYTEINT", "NUMBER", "38,0"},
    {"FLOAT", "FLOAT", NULL},
    {"FLOAT4", "FLOAT", NULL},
    {"FLOAT8", "FLOAT", NULL},
    {"DOUBLE", "FLOAT", NULL},
    {"DOUBLE PRECISION", "FLOAT", NULL},
    {"REAL", "FLOAT", NULL},
    {"VARCHAR", "VARCHAR", "16777216"},
    {"STRING", "VARCHAR", "16777216"},
    {"TEXT", "VARCHAR", "16777216"},
    {"NVARCHAR", "VARCHAR", "16777216"},
    {"NVARCHAR2", "VARCHAR", "16777216"},
    {"CHAR VARYING", "VARCHAR", "16777216"},
    {"NCHAR VARYING", "VARCHAR", "16777216"},
    {"CHAR", "VARCHAR", "1"},
    {"CHARACTER", "VARCHAR", "1"},
    {"NCHAR", "VARCHAR", "1"},
    {"BINARY", "BINARY", "8388608"},
    {"VARBINARY", "BINARY", "8388608"},
    {"BOOLEAN", "BOOLEAN", NULL},
    {"DATE", "DATE", NULL},
    {"TIME", "TIME", "9"},
    {"DATETIME", "TIMESTAMP_NTZ", "9"},
    {"TIMESTAMP", "TIMESTAMP_NTZ", "9"},
    {"TIMESTAMP_NTZ", "TIMESTAMP_NTZ", "9"},
    {"TIMESTAMPNTZ", "TIMESTAMP_NTZ", "9"},
    {"TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP_NTZ", "9"},
    {"TIMESTAMP_LTZ", "TIMESTAMP_LTZ", "9"},
    {"TIMESTAMPLTZ", "TIMESTAMP_LTZ", "9"},
    {"TIMESTAMP WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ", "9"},
    {"TIMESTAMP_TZ", "TIMESTAMP_TZ", "9"},
    {"TIMESTAMPTZ", "TIMESTAMP_TZ", "9"},
    {"TIMESTAMP WITH TIME ZONE", "TIMESTAMP_TZ", "9"},
};

void type_canonical(struct buf *out, const struct model *model, uint32_t file, node_t type)
{
    const struct tree *tree = model_tree(model, file);
    struct str word = sym_text(&model->ctx->names, tree_at(tree, type)->sym);
    const struct type_row *row = NULL;
    bool any = false, number;
    for (size_t i = 0; i < sizeof type_rows / sizeof *type_rows && !row; i++) {
        if (str_eq_nocase(word, str_from(type_rows[i].word)))
            row = &type_rows[i];
    }
    number = row && strcmp(row->canonical, "NUMBER") == 0;
    if (row)
        buf_puts(out, row->canonical);
    else
        buf_str(out, word);
    TREE_EACH(tree, type, child)
    {
        if (tree_kind(tree, child) == NODE_NUMBER)
            buf_printf(out, "%s%" STR_F, any ? "," : "(",
                       STR_A(sym_text(&model->ctx->names, tree_at(tree, child)->sym)));
        else if (tree_kind(tree, child) == NODE_TYPE) {
            buf_puts(out, any ? ", " : "(");
            type_canonical(out, model, file, child);
        } else
            continue;
        any = true;
    }
    if (any && number && tree_count(tree, type) == 1)
        buf_puts(out, ",0");
    if (any)
        buf_putc(out, ')');
    else if (row && row->arguments)
        buf_printf(out, "(%s)", row->arguments);
}

/* What a derived type is called; its length or precision is not known where `whole` is false. */
static const struct {
    const char *name;
    bool whole;
} derived[] = {
    [TYPE_UNKNOWN] = {"", false},
    [TYPE_NULL] = {"", false},
    [TYPE_NUMBER] = {"NUMBER", true},
    [TYPE_FLOAT] = {"FLOAT", true},
    [TYPE_TEXT] = {"VARCHAR", false},
    [TYPE_BOOLEAN] = {"BOOLEAN", true},
    [TYPE_DATE] = {"DATE", true},
    [TYPE_TIME] = {"TIME", false},
    [TYPE_TIMESTAMP] = {"TIMESTAMP_NTZ", false},
    [TYPE_TIMESTAMP_TZ] = {"TIMESTAMP_TZ", false},
    [TYPE_INTERVAL] = {"", false},
    [TYPE_BINARY] = {"BINARY", false},
    [TYPE_VARIANT] = {"VARIANT", true},
    [TYPE_ARRAY] = {"ARRAY", true},
    [TYPE_OBJECT] = {"OBJECT", true},
};

void type_of_column(struct buf *out, struct types *types, const struct model *model, uint32_t i,
                    const struct column *column, bool whole)
{
    const struct types_columns *columns;
    if (column->type) {
        type_canonical(out, model, model_relation(model, i)->file, column->type);
        return;
    }
    columns = types_of_relation(types, i);
    for (uint32_t k = 0; columns && k < columns->n; k++) {
        struct type type = columns->at[k].type;
        if (columns->at[k].name != column->name)
            continue;
        if (whole && !derived[type.kind].whole)
            return;
        buf_puts(out, derived[type.kind].name);
        if (type.kind == TYPE_NUMBER)
            buf_printf(out, "(%u,%u)", type.precision, type.scale);
        return;
    }
}
