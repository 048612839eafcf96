/* dtl.y - the grammar: tokens to raw tree. Looks nothing up and prints nothing.
 *
 * LALR(1) without conflicts (%expect 0); LAC gives exact lists of what was expected. Which word is a
 * keyword was decided before (src/syntax/filter.c), so a rule never has to guess. Precedence of operators
 * is spelled out as levels: see README.md. Actions only call constructors of src/syntax/build.h. */
%require "3.8"
%define api.pure full
%define api.prefix {dtl_}
%define api.token.prefix {TOK_}
%define api.location.type {struct location}
%define api.value.type union
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param {struct parser *p}

%code requires {
#include "syntax/parser.h"
}
%code {
#include "syntax/build.h"
#include "syntax/syntax_error.h"
#include "base/limits.h"

#define YYMAXDEPTH LIMIT_PARSER_STACK
#define YYLLOC_DEFAULT(cur, rhs, n)                                                                \
    do {                                                                                           \
        if (n) {                                                                                   \
            (cur).lo = YYRHSLOC(rhs, 1).lo;                                                        \
            (cur).hi = YYRHSLOC(rhs, n).hi;                                                        \
        } else {                                                                                   \
            (cur).lo = (cur).hi = YYRHSLOC(rhs, 0).hi;                                             \
        }                                                                                          \
    } while (0)

#define N0(kind, loc) build_node(p, NODE_##kind, loc, 0)
#define NS(kind, loc, sym) build_node(p, NODE_##kind, loc, sym)
#define N1(kind, loc, a) build_parent(p, NODE_##kind, loc, 0, build_list(p, 1, a))
#define N2(kind, loc, a, b) build_parent(p, NODE_##kind, loc, 0, build_list(p, 2, a, b))
#define N3(kind, loc, a, b, c) build_parent(p, NODE_##kind, loc, 0, build_list(p, 3, a, b, c))
#define NL(kind, loc, list) build_parent(p, NODE_##kind, loc, 0, list)
#define NSL(kind, loc, sym, list) build_parent(p, NODE_##kind, loc, sym, list)
/* The error token reaches to what it was found at. */
#define BEFORE(a, b) ((struct location){(a).lo, (b).lo})
#define LIST1(a) build_list(p, 1, a)
#define LIST2(a, b) build_list(p, 2, a, b)
#define ADD(list, a) build_add(p, list, a)
#define JOINED(a, b) build_join(p, a, b)
#define FLAG(node, flag) build_flag(p, node, flag)
#define OP(node, what) build_op(p, node, what)
#define LIST3(a, b, c) build_list(p, 3, a, b, c)
static const struct list NOTHING = {0, 0};
static int dtl_lex(DTL_STYPE *value, struct location *at, struct parser *p);
static void dtl_error(const struct location *at, struct parser *p, const char *message);
}

/* --- tokens: names are what a reader sees in "expected" -------------------------------------------- */
%token END_OF_FILE 0 "end of file"
%token <sym_t> IDENT "name" JOIN_WORD "join word" QUOTED "quoted name" HOLE "template hole" KEY_NAME "key" KEY_QUOTED "quoted key"
%token <sym_t> NUMBER "number" STRING "string" DOLLAR_STRING "$$ string" BINARY "binary string"
%token <sym_t> VARIABLE "$variable" POSITION "$n" BIND ":bind" STAGE "@stage" TYPED "type word before a string"
%token <sym_t> BARE_FUNCTION "function without parentheses" UNIT "unit" PATTERN_TEXT "pattern"
%token <sym_t> OPAQUE "SQL statement" RAW_STATEMENT "statement" NOT_BUILT "declaration that is not built"
%token <sym_t> SQL_DYNAMIC "CREATE DYNAMIC TABLE" SQL_TABLE "CREATE TABLE" SQL_VIEW "CREATE VIEW"
%token <sym_t> SQL_STREAM "CREATE STREAM" SQL_TASK "CREATE TASK" SQL_ALERT "CREATE ALERT" SQL_PIPE "CREATE PIPE"
%token <sym_t> SQL_WORDS "words of a clause" SQL_FLAG "words of a clause that stands alone"
%token <sym_t> INTERVAL_TYPE "INTERVAL type"
%token <sym_t> TYPE_PAIR "type of two words" WITH_ZONE "WITH TIME ZONE"
%token <sym_t> SEMANTIC_WORD "METRICS, DIMENSIONS or FACTS" RESERVED_WORD "reserved word" REFUSED "refused text"
%token FROM_END "FROM (of a window function)" IGNORE_INSIDE "IGNORE NULLS)" RESPECT_INSIDE "RESPECT NULLS)"
%token DOT "." DOTS ".." COLONS "::" CONCAT "||" NE "<>" LE "<=" GE ">=" ARROW "->" NAMED_ARROW "=>" FLOW "->>"
%token SPREAD "**" STAR "*" PATH_COLON ":" PATH_DOT "path ." OUTER_MARK "(+)" ROW_COMMA ", between rows" BLOCK "{" BLOCK_END "}" ITEM_END "; in a block"
%token <sym_t> COLUMN "COLUMN"
%token ALL "ALL" AND "AND" ANY "ANY" AS "AS" BETWEEN "BETWEEN" BY "BY" CHECK "CHECK" CONNECT "CONNECT"
%token CURRENT "CURRENT" DELETE "DELETE" DISTINCT "DISTINCT" DROP "DROP" ELSE "ELSE" EXISTS "EXISTS"
%token FOLLOWING "FOLLOWING" FOR "FOR" FROM "FROM" GRANT "GRANT" GROUP "GROUP" HAVING "HAVING" ILIKE "ILIKE"
%token IN "IN" INCREMENT "INCREMENT" INSERT "INSERT" INTERSECT "INTERSECT" INTO "INTO" IS "IS" LIKE "LIKE"
%token MINUS "MINUS" NOT "NOT" <sym_t> NULL "NULL" ON "ON" OR "OR" ORDER "ORDER" QUALIFY "QUALIFY" REGEXP "REGEXP"
%token RLIKE "RLIKE" <sym_t> ROW "ROW" <sym_t> ROWS "ROWS" SAMPLE "SAMPLE" SELECT "SELECT" SOME "SOME" START "START"
%token TABLE "TABLE" TABLESAMPLE "TABLESAMPLE" THEN "THEN" TO "TO" UNION "UNION" UNIQUE "UNIQUE" UPDATE "UPDATE"
%token VALUES "VALUES" WHERE "WHERE" WITH "WITH" CASE "CASE" CAST "CAST" TRY_CAST "TRY_CAST" WHEN "WHEN"
%token <sym_t> TRUE "TRUE" <sym_t> FALSE "FALSE" JOIN "JOIN" ASOF "ASOF" CROSS "CROSS" FULL "FULL" INNER "INNER"
%token LATERAL "LATERAL" LEFT "LEFT" MATCH_CONDITION "MATCH_CONDITION" NATURAL "NATURAL" RIGHT "RIGHT" USING "USING"
%token AFTER "AFTER" ALERT "ALERT" ASC "ASC" <sym_t> AT "AT" <sym_t> BEFORE "BEFORE" BOUNDARY "BOUNDARY"
%token CHANGE "CHANGE" CHANGES "CHANGES" CLUSTER "CLUSTER" COLLATE "COLLATE" COMMENT "COMMENT"
%token CONNECT_BY_ROOT "CONNECT_BY_ROOT" CONSTRAINT "CONSTRAINT" COPY "COPY" CRON "CRON" DATABASE "DATABASE"
%token DEFAULT "DEFAULT" DEFINE "DEFINE" DESC "DESC" DESTROY "DESTROY" DIRECTED "DIRECTED" <sym_t> DISABLE "DISABLE"
%token DOWNSTREAM "DOWNSTREAM" EMPTY "EMPTY" <sym_t> ENABLE "ENABLE" END "END" ENV "ENV" ESCAPE "ESCAPE"
%token EVERY "EVERY" EXCEPT "EXCEPT" EXCLUDE "EXCLUDE" EXPECT "EXPECT" EXTRACT "EXTRACT" FETCH "FETCH" FINAL "FINAL"
%token <sym_t> FIRST "FIRST" FOREIGN "FOREIGN" FREEZE "FREEZE" GIVEN "GIVEN" GRANTS "GRANTS" GROUPING "GROUPING"
%token IDENTIFIER "IDENTIFIER" IF "IF" IGNORE "IGNORE" INCLUDE "INCLUDE" INITIALIZATION "INITIALIZATION"
%token INITIALIZE "INITIALIZE" INTERVAL "INTERVAL" KEY "KEY" LAG "LAG" <sym_t> LAST "LAST" LAYER "LAYER" LEAST "LEAST"
%token LIMIT "LIMIT" LINT "LINT" MATCH_RECOGNIZE "MATCH_RECOGNIZE" MEASURES "MEASURES"
%token METADATA_COLUMNS "METADATA_COLUMNS" MORE "MORE" MOVED "MOVED" <sym_t> NEXT "NEXT" NORELY "NORELY"
%token NOTIFY "NOTIFY" NULLS "NULLS" OFF "OFF" OFFSET "OFFSET" ONE "ONE" <sym_t> ONLY "ONLY" OPTION "OPTION"
%token OUTER "OUTER" OVER "OVER" PARAM "PARAM" PARTITION "PARTITION" PATTERN "PATTERN" PIPE "PIPE"
%token PIPELINE "PIPELINE" PIVOT "PIVOT" POSITION_CALL "POSITION" PRECEDING "PRECEDING" PREVENT "PREVENT"
%token PRIMARY "PRIMARY" PRIOR "PRIOR" RANGE "RANGE" <sym_t> READ_ORDER "FIRST or LAST of a join" RECURSIVE "RECURSIVE"
%token REFERENCES "REFERENCES" REFRESH "REFRESH" RELY "RELY" RENAME "RENAME" REPLACE "REPLACE" RESAMPLE "RESAMPLE"
%token RESPECT "RESPECT" RETAIN "RETAIN" ROLE "ROLE" RUNNING "RUNNING" SCHEDULE "SCHEDULE" SCHEDULER "SCHEDULER"
%token SCHEMA "SCHEMA" <sym_t> SEED "SEED" SEMANTIC_VIEW "SEMANTIC_VIEW" SETS "SETS" SKIP "SKIP" SOURCE "SOURCE"
%token STALE "STALE" STATIC "STATIC" STREAM "STREAM" TAG "TAG" TASK "TASK" TEST "TEST" THAN "THAN" TOP "TOP"
%token TRACKING "TRACKING" TRANSIENT "TRANSIENT" TYPE "TYPE" UNBOUNDED "UNBOUNDED" UNPIVOT "UNPIVOT" USE "USE"
%token VIEW "VIEW" VIOLATION "VIOLATION" WAREHOUSE "WAREHOUSE" WITHIN "WITHIN"
%token ';' ";" '(' "(" ')' ")" ',' "," '[' "[" ']' "]" '{' "{ of an object" '}' "} of an object" '=' "=" '<' "<" '>' ">"
%token '+' "+" '-' "-" '*' "* (times)" '/' "/" '%' "%" '?' "?" '!' "!" '|' "|" '^' "^" ':' ": of a pair"

%precedence LOWEST
%left UNION EXCEPT MINUS
%left INTERSECT
%left OR
%left AND
%precedence NOT
%left '+' '-' CONCAT
%left '*' '/' '%'
%precedence SIGN
%precedence IN ON
%precedence COLLATE COLONS PATH_COLON PATH_DOT OUTER_MARK '['
%precedence ')'

%type <node_t> broken from_item decl opaque name plain_name no_schema object names_opt string pipeline layer env lint param
%type <node_t> use_file source table view layer_name body columns_opt column type_opt
%type <node_t> column_constraint references table_constraint clause duration literal stream pipe
%type <node_t> task task_clause alert alert_condition alert_target alert_action test test_item sql
%type <node_t> sql_clause at_parens sql_tags sql_tag sql_value sql_value_item query
%type <node_t> select_with_parens select_no_parens select_clause simple_select values value_row
%type <node_t> with cte top_opt items item alias_name star star_replace star_rename rename
%type <node_t> into_opt where_opt connect_opt start_with group_item gset order_by order_item fetch
%type <node_t> limit_value for_update from_opt table_item on_or_using primary plain_object
%type <node_t> function_call table_function call_plain stage_option at changes changes_end
%type <node_t> tail_item alias sample sample_count limit_number seed_opt pivot pivot_in
%type <node_t> pivot_default unpivot unpivot_item match measure define_item resample partition_opt
%type <node_t> semantic_part expr pred like_list in_list element isx arith post prim identifier
%type <node_t> identifier_text pair case case_operand when else_opt interval_unit call call_head
%type <node_t> arg named_value typed_param call_star window_partition window_order frame_opt bound
%type <node_t> type type_arg field
%type <struct list> decls flow name_chain names objects block block_items lint_rules columns
%type <struct list> constraints clauses privileges task_clauses strings test_items test_table
%type <struct list> sql_clauses sql_tag_list sql_values value_rows ctes item_list star_parts
%type <struct list> star_filter replace_items renames group_parts group_items gsets query_tail
%type <struct list> order_items limits from_items on_opt relation_name plain_chain stage_args
%type <struct list> stage_options time_travel tail alias_columns unpivot_items match_parts
%type <struct list> measures define_items metadata_opt semantic_parts exprs elements pairs whens
%type <struct list> cast_options interval_units numbers args_opt args typed_params call_suffix
%type <struct list> window type_args
%type <sym_t> word privilege pipe_words pipe_word sql_name fetch_first row_word_opt only_opt
%type <sym_t> changes_word sample_method pivot_alias match_words skip_words skip_word boolean_word
%type <sym_t> named_word frame_unit
%type <unsigned> key_options nulls_inside relied quantifier set_quantifier by_name_opt sort_options sort_direction
%type <unsigned> nulls_order join_word natural_word join_side outer directed sample_word
%type <unsigned> unpivot_nulls not_opt any_all nulls_word
%type <int> severity violation_action compare like_op

%%
file:
    decls                               { p->decls = $1; }
;
decls:
    %empty                              { $$ = NOTHING; }
  | decls decl                          { $$ = p->decls = ADD($1, $2); }
;
decl:
    ';'                                 { $$ = 0; }
  | pipeline
  | layer
  | env
  | test
  | param ';'
  | use_file ';'
  | source ';'
  | table ';'
  | view ';'
  | stream ';'
  | task ';'
  | alert ';'
  | pipe ';'
  | lint
  | NOT_BUILT                           { $$ = NS(NOT_BUILT, @$, $1); }
  | opaque ';'
  | sql ';'
  | flow ';'                            { $$ = NL(LOOSE_QUERY, @1, $1); }
  | broken
  | error ';'                           { $$ = build_error_declaration(p, BEFORE(@1, @2)); yyerrok; }
  | error BLOCK_END                     { $$ = build_error_declaration(p, @$); yyerrok; }
;
flow:
    query                               { $$ = LIST1($1); }
  | flow FLOW query                     { $$ = ADD($1, $3); }
;
opaque:
    OPAQUE                              { $$ = build_opaque(p, @$, $1); }
;

/* --- names ------------------------------------------------------------------------------------------- */
name:
    IDENT                               { $$ = NS(NAME, @$, $1); }
  | JOIN_WORD                           { $$ = NS(NAME, @$, $1); }
  | QUOTED                              { $$ = FLAG(NS(NAME, @$, $1), FLAG_QUOTED); }
  | HOLE                                { $$ = FLAG(NS(NAME, @$, $1), FLAG_QUOTED | FLAG_HOLE); }
;
/* A name that may not be a join word: after it a join may follow. */
plain_name:
    IDENT                               { $$ = NS(NAME, @$, $1); }
  | QUOTED                              { $$ = FLAG(NS(NAME, @$, $1), FLAG_QUOTED); }
  | HOLE                                { $$ = FLAG(NS(NAME, @$, $1), FLAG_QUOTED | FLAG_HOLE); }
;
name_chain:
    name                                { $$ = LIST1($1); }
  | name_chain DOT name                 { $$ = ADD($1, $3); }
  | name_chain no_schema name           { $$ = ADD(ADD($1, $2), $3); }
;
/* Made before the name after it: children come before the parent that this name becomes. */
no_schema:
    DOTS                                { $$ = NS(NAME, @$, 0); }
;
object:
    name_chain                          { $$ = build_object(p, NODE_OBJECT, $1); }
;
names:
    name                                { $$ = LIST1($1); }
  | names ',' name                      { $$ = ADD($1, $3); }
;
names_opt:
    %empty                              { $$ = 0; }
  | '(' names ')'                       { $$ = NL(NAMES, @$, $2); }
;
objects:
    object                              { $$ = LIST1($1); }
  | objects ',' object                  { $$ = ADD($1, $3); }
;
word:
    IDENT | UNIT
;
string:
    STRING                              { $$ = NS(STRING, @$, $1); }
  | DOLLAR_STRING                       { $$ = NS(DOLLAR_STRING, @$, $1); }
;

/* --- pipeline, layers, environments ---------------------------------------------------------------------- */
pipeline:
    PIPELINE name block                 { $$ = build_named(p, NODE_PIPELINE, @$, $2, $3); }
;
layer:
    LAYER name block                    { $$ = build_named(p, NODE_LAYER, @$, $2, $3); }
  | LAYER name ';'                      { $$ = build_named(p, NODE_LAYER, @$, $2, NOTHING); }
;
env:
    ENV name block                      { $$ = build_named(p, NODE_ENV, @$, $2, $3); }
;
block:
    BLOCK block_items BLOCK_END         { $$ = $2; }
  | BLOCK block_items clause BLOCK_END  { $$ = ADD($2, $3); }
  | BLOCK block_items error BLOCK_END   { $$ = $2; yyerrok; }
;
block_items:
    %empty                              { $$ = NOTHING; }
  | block_items clause ITEM_END         { $$ = ADD($1, $2); }
  | block_items lint                    { $$ = ADD($1, $2); }
  | block_items ITEM_END                { $$ = $1; }
  | block_items error ITEM_END          { $$ = $1; yyerrok; }
;
lint:
    LINT BLOCK lint_rules BLOCK_END     { $$ = NL(LINT, @$, $3); }
;
lint_rules:
    %empty                              { $$ = NOTHING; }
  | lint_rules name severity ITEM_END   { $$ = ADD($1, OP(build_named(p, NODE_LINT_RULE, @2, $2, NOTHING), $3)); }
  | lint_rules ITEM_END                 { $$ = $1; }
  | lint_rules error ITEM_END           { $$ = $1; yyerrok; }
;
severity:
    OFF                                 { $$ = OP_OFF; }
  | IDENT                               { $$ = build_severity(p, @1, $1); }
;
param:
    PARAM name type                     { $$ = build_named(p, NODE_PARAM, @$, $2, LIST1($3)); }
  | PARAM name type DEFAULT expr        { $$ = build_named(p, NODE_PARAM, @$, $2, LIST2($3, N1(DEFAULT, @4, $5))); }
;
use_file:
    USE STRING                          { $$ = N1(USE_FILE, @$, NS(STRING, @2, $2)); }
  | USE QUOTED                          { $$ = N1(USE_FILE, @$, build_quoted_string(p, @2, $2)); }
;

/* --- relations -------------------------------------------------------------------------------------------- */
source:
    SOURCE object columns_opt clauses   { $$ = build_declaration(p, NODE_SOURCE, @$, 0, $2, $3, $4, 0); }
;
table:
    layer_name TABLE object columns_opt clauses
                                        { $$ = build_declaration(p, NODE_TABLE, @$, $1, $3, $4, $5, 0); }
  | layer_name TABLE object columns_opt clauses body
                                        { $$ = build_declaration(p, NODE_TABLE, @$, $1, $3, $4, $5, $6); }
  | layer_name STATIC TABLE object columns_opt clauses body
                                        { $$ = FLAG(build_declaration(p, NODE_TABLE, @$, $1, $4, $5, $6, $7), FLAG_STATIC); }
;
view:
    layer_name VIEW object columns_opt clauses body
                                        { $$ = build_declaration(p, NODE_VIEW, @$, $1, $3, $4, $5, $6); }
;
layer_name:
    %empty                              { $$ = 0; }
  | IDENT                               { $$ = NS(LAYER_NAME, @$, $1); }
  | QUOTED                              { $$ = FLAG(NS(LAYER_NAME, @$, $1), FLAG_QUOTED); }
;
body:
    AS query                            { $$ = N1(BODY, @$, $2); }
;
/* The body did not parse: the head before it stays. The semicolon is part of the rule, so that the parser
 * skips to it. */
broken:
    layer_name TABLE object columns_opt clauses AS error ';'
                                        { $$ = build_declaration(p, NODE_TABLE, build_span(@1, @7), $1, $3, $4, $5, build_error_body(p, build_span(@6, @7))); yyerrok; }
  | layer_name STATIC TABLE object columns_opt clauses AS error ';'
                                        { $$ = FLAG(build_declaration(p, NODE_TABLE, build_span(@1, @8), $1, $4, $5, $6, build_error_body(p, build_span(@7, @8))), FLAG_STATIC); yyerrok; }
  | layer_name VIEW object columns_opt clauses AS error ';'
                                        { $$ = build_declaration(p, NODE_VIEW, build_span(@1, @7), $1, $3, $4, $5, build_error_body(p, build_span(@6, @7))); yyerrok; }
  | SQL_DYNAMIC object columns_opt sql_clauses AS error ';'
                                        { $$ = build_broken_sql(p, NODE_TABLE, build_span(@1, @6), $1, $2, $3, $4, build_span(@5, @6)); yyerrok; }
  | SQL_VIEW object columns_opt sql_clauses AS error ';'
                                        { $$ = build_broken_sql(p, NODE_VIEW, build_span(@1, @6), $1, $2, $3, $4, build_span(@5, @6)); yyerrok; }
;
columns_opt:
    %empty                              { $$ = 0; }
  | '(' columns ')'                     { $$ = NL(COLUMN_DEFS, @$, $2); }
  | '(' columns ',' ')'                 { $$ = NL(COLUMN_DEFS, @$, $2); }
;
columns:
    column                              { $$ = LIST1($1); }
  | columns ',' column                  { $$ = ADD($1, $3); }
;
column:
    name type_opt constraints           { $$ = build_named(p, NODE_COLUMN_DEF, @$, $1, JOINED(LIST1($2), $3)); }
  | table_constraint
  | CONSTRAINT name table_constraint    { $$ = $3; }
;
type_opt:
    %empty                              { $$ = 0; }
  | type
;
constraints:
    %empty                              { $$ = NOTHING; }
  | constraints column_constraint       { $$ = ADD($1, $2); }
;
column_constraint:
    NOT NULL                            { $$ = FLAG(N0(NOT_NULL, @$), FLAG_NOT); }
  | NULL                                { $$ = N0(NOT_NULL, @$); }
  | PRIMARY KEY relied                  { $$ = FLAG(N0(PRIMARY_KEY, @$), $3); }
  | UNIQUE relied                       { $$ = FLAG(N0(UNIQUE, @$), $2); }
  | references
  | DEFAULT arith                       { $$ = N1(DEFAULT, @$, $2); }
  | COMMENT string                      { $$ = N1(COMMENT, @$, $2); }
  | COLLATE string                      { $$ = N1(COLLATION, @$, $2); }
  | TAG object '=' string               { $$ = N2(TAG, @$, $2, $4); }
  | sql_tags
  | WITH sql_tags                       { $$ = $2; }
  | CONSTRAINT name NOT NULL            { $$ = FLAG(N0(NOT_NULL, @$), FLAG_NOT); }
  | CONSTRAINT name PRIMARY KEY relied  { $$ = FLAG(N0(PRIMARY_KEY, @$), $5); }
  | CONSTRAINT name UNIQUE relied       { $$ = FLAG(N0(UNIQUE, @$), $4); }
  | AS '(' expr ')'                     { $$ = N1(COMPUTED, @$, $3); }
  | SQL_FLAG                            { $$ = NS(OPTION, @$, $1); }
  | SQL_FLAG '(' exprs ')'              { $$ = NSL(OPTION, @$, $1, $3); }
  | SQL_WORDS object                    { $$ = NSL(OPTION, @$, $1, LIST1($2)); }
  | SQL_WORDS object USING '(' names ')' { $$ = NSL(OPTION, @$, $1, LIST2($2, NL(NAMES, build_span(@4, @6), $5))); }
;
references:
    REFERENCES object names_opt relied  { $$ = FLAG(N2(REFERENCES, @$, $2, $3), $4); }
;
relied:
    %empty                              { $$ = 0; }
  | RELY                                { $$ = FLAG_RELY; }
  | NORELY                              { $$ = 0; }
;
key_options:
    %empty                              { $$ = 0; }
  | key_options RELY                    { $$ = FLAG_RELY; }
  | key_options NORELY                  { $$ = $1; }
  | key_options SQL_FLAG                { $$ = $1; }
  | key_options COMMENT string          { $$ = $1; }
;
table_constraint:
    PRIMARY KEY '(' names ')' key_options { $$ = FLAG(N1(PRIMARY_KEY, @$, NL(NAMES, @4, $4)), $6); }
  | UNIQUE '(' names ')' key_options    { $$ = FLAG(N1(UNIQUE, @$, NL(NAMES, @3, $3)), $5); }
  | FOREIGN KEY '(' names ')' references { $$ = N2(FOREIGN_KEY, @$, NL(NAMES, @4, $4), $6); }
  | CHECK '(' expr ')'                  { $$ = N1(CHECK, @$, $3); }
;

/* --- clauses of a head ---------------------------------------------------------------------------------------- */
clauses:
    %empty                              { $$ = NOTHING; }
  | clauses clause                      { $$ = ADD($1, $2); }
;
clause:
    DATABASE name                       { $$ = build_named(p, NODE_DATABASE, @$, $2, NOTHING); }
  | SCHEMA name                         { $$ = build_named(p, NODE_SCHEMA, @$, $2, NOTHING); }
  | WAREHOUSE name                      { $$ = build_named(p, NODE_WAREHOUSE, @$, $2, NOTHING); }
  | INITIALIZATION WAREHOUSE name       { $$ = build_named(p, NODE_INITIALIZATION_WAREHOUSE, @$, $3, NOTHING); }
  | LAG DOWNSTREAM                      { $$ = FLAG(N0(LAG, @$), FLAG_DOWNSTREAM); }
  | LAG duration                        { $$ = N1(LAG, @$, $2); }
  | LAG AT LEAST duration               { $$ = FLAG(N1(LAG, @$, $4), FLAG_AT_LEAST); }
  | LAG CRON string                     { $$ = FLAG(N1(LAG, @$, $3), FLAG_CRON); }
  | LAG CRON string string              { $$ = FLAG(N2(LAG, @$, $3, $4), FLAG_CRON); }
  | REFRESH IDENT                       { $$ = NS(REFRESH, @$, $2); }
  | REFRESH JOIN_WORD                   { $$ = NS(REFRESH, @$, $2); }
  | INITIALIZE ON IDENT                 { $$ = NS(INITIALIZE, @$, build_on_word(p, @3, $3)); }
  | INITIALIZE ON RESERVED_WORD         { $$ = NS(INITIALIZE, @$, build_on_word(p, @3, $3)); }
  | INITIALIZE ON SCHEDULE              { $$ = NS(INITIALIZE, @$, build_on_word(p, @3, KW_SCHEDULE)); }
  | CLUSTER BY '(' exprs ')'            { $$ = NL(CLUSTER_BY, @$, $4); }
  | FREEZE WHERE '(' expr ')'           { $$ = N1(FREEZE, @$, $4); }
  | KEY '(' names ')'                   { $$ = NL(KEY, @$, $3); }
  | TRANSIENT                           { $$ = N0(TRANSIENT, @$); }
  | RETAIN duration                     { $$ = N1(RETAIN, @$, $2); }
  | SCHEDULER ENABLE                    { $$ = NS(SCHEDULER, @$, $2); }
  | SCHEDULER DISABLE                   { $$ = NS(SCHEDULER, @$, $2); }
  | COPY GRANTS                         { $$ = N0(COPY_GRANTS, @$); }
  | GRANT privileges TO ROLE name       { $$ = build_named(p, NODE_GRANT, @$, $5, $2); }
  | TAG object '=' string               { $$ = N2(TAG, @$, $2, $4); }
  | COMMENT string                      { $$ = N1(COMMENT, @$, $2); }
  | EXPECT name CHECK '(' expr ')' ON VIOLATION violation_action
                                        { $$ = OP(build_named(p, NODE_EXPECT, @$, $2, LIST1($5)), $9); }
  | MOVED FROM object                   { $$ = N1(MOVED_FROM, @$, $3); }
  | OPTION name '=' literal             { $$ = build_named(p, NODE_OPTION, @$, $2, LIST1($4)); }
  | CHANGE TRACKING                     { $$ = N0(CHANGE_TRACKING, @$); }
  | PREVENT DESTROY                     { $$ = N0(PREVENT_DESTROY, @$); }
;
duration:
    NUMBER word                         { $$ = NSL(DURATION, @$, $2, LIST1(NS(NUMBER, @1, $1))); }
  | STRING                              { $$ = N1(DURATION, @$, NS(STRING, @1, $1)); }
;
violation_action:
    IDENT                               { $$ = build_action(p, @1, $1); }
  | DROP                                { $$ = OP_DROP; }
;
privileges:
    privilege                           { $$ = LIST1(NS(NAME, @1, $1)); }
  | privileges ',' privilege            { $$ = ADD($1, NS(NAME, @3, $3)); }
;
privilege:
    IDENT
  | SELECT                              { $$ = KW_SELECT; }
  | INSERT                              { $$ = KW_INSERT; }
  | UPDATE                              { $$ = KW_UPDATE; }
  | DELETE                              { $$ = KW_DELETE; }
  | ALL                                 { $$ = KW_ALL; }
;
literal:
    NUMBER                              { $$ = NS(NUMBER, @$, $1); }
  | '-' NUMBER                          { $$ = OP(N1(UNARY, @$, NS(NUMBER, @2, $2)), OP_MINUS); }
  | string
  | TRUE                                { $$ = NS(BOOLEAN, @$, $1); }
  | FALSE                               { $$ = NS(BOOLEAN, @$, $1); }
  | name
;

/* --- around the tables ------------------------------------------------------------------------------------------ */
stream:
    layer_name STREAM object ON object clauses
                                        { $$ = build_declaration(p, NODE_STREAM, @$, $1, $3, N1(ON_OBJECT, @5, $5), $6, 0); }
;
pipe:
    layer_name PIPE object INTO object pipe_words clauses
                                        { $$ = build_pipe(p, @$, $1, $3, $5, $6, @6, $7); }
;
pipe_words:
    %empty                              { $$ = 0; }
  | pipe_words pipe_word                { $$ = build_words(p, $1, $2); }
;
pipe_word:
    IDENT
  | BY                                  { $$ = KW_BY; }
  | COLUMN
;
task:
    layer_name TASK object task_clauses AS RAW_STATEMENT
                                        { $$ = build_declaration(p, NODE_TASK, @$, $1, $3, 0, $4, build_statement(p, @6, $6)); }
;
task_clauses:
    %empty                              { $$ = NOTHING; }
  | task_clauses task_clause            { $$ = ADD($1, $2); }
;
task_clause:
    clause
  | SCHEDULE duration                   { $$ = N1(SCHEDULE, @$, $2); }
  | SCHEDULE CRON string                { $$ = FLAG(N1(SCHEDULE, @$, $3), FLAG_CRON); }
  | SCHEDULE CRON string string         { $$ = FLAG(N2(SCHEDULE, @$, $3, $4), FLAG_CRON); }
  | CRON string                         { $$ = FLAG(N1(SCHEDULE, @$, $2), FLAG_CRON); }
  | CRON string string                  { $$ = FLAG(N2(SCHEDULE, @$, $2, $3), FLAG_CRON); }
  | EVERY duration                      { $$ = N1(SCHEDULE, @$, $2); }
  | AFTER objects                       { $$ = NL(AFTER, @$, $2); }
  | WHEN STREAM object                  { $$ = N1(WHEN_STREAM, @$, $3); }
  | WHEN '(' expr ')'                   { $$ = N1(WHEN_EXPR, @$, $3); }
;
alert:
    layer_name ALERT object task_clauses IF alert_condition alert_action
                                        { $$ = build_declaration(p, NODE_ALERT, @$, $1, $3, 0, JOINED($4, LIST1($6)), $7); }
;
alert_condition:
    STALE alert_target BY MORE THAN duration { $$ = N2(STALE, @$, $2, $6); }
  | EXISTS select_with_parens           { $$ = N1(EXISTS, @$, build_subquery(p, $2)); }
;
alert_target:
    object
  | name_chain DOT STAR                 { $$ = N1(STAR, @$, build_object(p, NODE_OBJECT, $1)); }
;
alert_action:
    NOTIFY strings                      { $$ = NL(NOTIFY, @$, $2); }
  | THEN RAW_STATEMENT                  { $$ = build_statement(p, @2, $2); }
;
strings:
    string                              { $$ = LIST1($1); }
  | strings ',' string                  { $$ = ADD($1, $3); }
;
test:
    TEST name BLOCK test_items BLOCK_END { $$ = build_named(p, NODE_TEST, @$, $2, $4); }
  | TEST name BLOCK test_items error BLOCK_END { $$ = N0(ERROR, @$); yyerrok; }
;
test_items:
    %empty                              { $$ = NOTHING; }
  | test_items test_item ITEM_END       { $$ = ADD($1, $2); }
  | test_items ITEM_END                 { $$ = $1; }
  | test_items error ITEM_END           { $$ = $1; yyerrok; }
;
test_item:
    GIVEN test_table                    { $$ = NL(GIVEN, @$, $2); }
  | THEN test_table                     { $$ = NL(THEN, @$, $2); }
  | THEN object IS EMPTY                { $$ = FLAG(N1(THEN, @$, $2), FLAG_EMPTY); }
;
test_table:
    object names_opt VALUES value_rows  { $$ = JOINED(LIST2($1, $2), $4); }
;

/* --- statements of Snowflake that make the same relations ------------------------------------------------------ */
sql:
    SQL_DYNAMIC object columns_opt sql_clauses body
                                        { $$ = build_sql(p, NODE_TABLE, @$, $1, $2, $3, $4, $5); }
  | SQL_DYNAMIC object columns_opt sql_clauses
                                        { $$ = build_sql(p, NODE_TABLE, @$, $1, $2, $3, $4, 0); }
  | SQL_TABLE object columns_opt sql_clauses
                                        { $$ = build_sql(p, NODE_TABLE, @$, $1, $2, $3, $4, 0); }
  | SQL_TABLE object columns_opt sql_clauses body
                                        { $$ = FLAG(build_sql(p, NODE_TABLE, @$, $1, $2, $3, $4, $5), FLAG_STATIC); }
  | SQL_VIEW object columns_opt sql_clauses body
                                        { $$ = build_sql(p, NODE_VIEW, @$, $1, $2, $3, $4, $5); }
  | SQL_STREAM object sql_clauses ON stream_kind object time_travel sql_clauses
                                        { $$ = build_sql(p, NODE_STREAM, @$, $1, $2, N1(ON_OBJECT, @6, $6), JOINED($3, JOINED($7, $8)), 0); }
  | SQL_TASK object sql_clauses AS RAW_STATEMENT
                                        { $$ = build_sql(p, NODE_TASK, @$, $1, $2, 0, $3, build_statement(p, @5, $5)); }
  | SQL_ALERT object sql_clauses IF '(' EXISTS select_with_parens ')' THEN RAW_STATEMENT
                                        { $$ = build_sql(p, NODE_ALERT, @$, $1, $2, 0, ADD($3, N1(EXISTS, build_span(@6, @7), build_subquery(p, $7))), build_statement(p, @10, $10)); }
  | SQL_PIPE object sql_clauses AS RAW_STATEMENT
                                        { $$ = build_sql(p, NODE_PIPE, @$, $1, $2, 0, $3, build_statement(p, @5, $5)); }
;
stream_kind:
    TABLE
  | IDENT                               { build_expect_word(p, @1, $1, "VIEW"); }
  | IDENT TABLE                         { build_stream_kind(p, @1, $1); }
  | VIEW
;
sql_clauses:
    %empty                              { $$ = NOTHING; }
  | sql_clauses sql_clause              { $$ = ADD($1, $2); }
;
sql_clause:
    sql_name '=' sql_value              { $$ = build_property(p, @$, $1, $3); }
  | CLUSTER BY '(' exprs ')'            { $$ = NL(CLUSTER_BY, @$, $4); }
  | CLUSTER BY IDENT '(' exprs ')'      { $$ = NL(CLUSTER_BY, @$, $5); }
  | COPY GRANTS                         { $$ = N0(COPY_GRANTS, @$); }
  | IDENT WHERE '(' expr ')'            { $$ = build_freeze(p, @$, @1, $1, $4); }
  | WITH sql_tags                       { $$ = $2; }
  | sql_tags
  | AFTER objects                       { $$ = NL(AFTER, @$, $2); }
  | WHEN expr                           { $$ = N1(WHEN_EXPR, @$, $2); }
  | REFRESH USING '(' RAW_STATEMENT ')' { $$ = N1(REFRESH_USING, @$, build_statement(p, @4, $4)); }
  | SQL_FLAG                            { $$ = NS(OPTION, @$, $1); }
  | SQL_WORDS object %prec LOWEST       { $$ = NSL(OPTION, @$, $1, LIST1($2)); }
  | SQL_WORDS object at                 { $$ = NSL(OPTION, @$, $1, LIST2($2, $3)); }
  | SQL_WORDS object ON '(' names ')'   { $$ = NSL(OPTION, @$, $1, LIST2($2, NL(NAMES, build_span(@4, @6), $5))); }
  | SQL_WORDS at_parens                 { $$ = NSL(OPTION, @$, $1, LIST1($2)); }
;
at_parens:
    '(' name NAMED_ARROW expr ')'       { $$ = build_named(p, NODE_NAMED, @$, $2, LIST1($4)); }
;
sql_tags:
    TAG '(' sql_tag_list ')'            { $$ = NL(TAGS, @$, $3); }
;
sql_tag_list:
    sql_tag                             { $$ = LIST1($1); }
  | sql_tag_list ',' sql_tag            { $$ = ADD($1, $3); }
;
sql_tag:
    object '=' string                   { $$ = N2(TAG, @$, $1, $3); }
;
sql_name:
    IDENT
  | COMMENT                             { $$ = KW_COMMENT; }
;
sql_value:
    literal
  | QUOTED DOT name                     { $$ = build_object(p, NODE_OBJECT, LIST2(FLAG(NS(NAME, @1, $1), FLAG_QUOTED), $3)); }
  | '(' sql_values ')'                  { $$ = NL(LIST, @$, $2); }
;
sql_values:
    sql_value_item                      { $$ = LIST1($1); }
  | sql_values sql_value_item           { $$ = ADD($1, $2); }
  | sql_values ',' sql_value_item       { $$ = ADD($1, $3); }
;
sql_value_item:
    literal
  | name '=' sql_value                  { $$ = build_named(p, NODE_OPTION, @$, $1, LIST1($3)); }
;

/* --- queries --------------------------------------------------------------------------------------------------- */
query:
    select_no_parens
  | select_with_parens %prec LOWEST
;
select_with_parens:
    '(' select_no_parens ')'            { $$ = build_parens(p, @$, $2); }
  | '(' select_with_parens ')'          { $$ = build_parens(p, @$, N1(QUERY, @2, $2)); }
;
select_no_parens:
    simple_select                       { $$ = N1(QUERY, @$, $1); }
  | select_clause query_tail            { $$ = NL(QUERY, @$, JOINED(LIST1($1), $2)); }
  | with select_clause                  { $$ = N2(QUERY, @$, $1, $2); }
  | with select_clause query_tail       { $$ = NL(QUERY, @$, JOINED(LIST2($1, $2), $3)); }
;
select_clause:
    simple_select
  | select_with_parens
;
simple_select:
    SELECT set_quantifier top_opt items into_opt from_opt where_opt connect_opt group_parts
                                        { $$ = build_select(p, @$, $2, $3, $4, $5, $6, $7, $8, $9); }
  | values
  | select_clause UNION quantifier by_name_opt select_clause
                                        { $$ = build_set(p, @$, OP_UNION, $3 | $4, $1, $5); }
  | select_clause EXCEPT quantifier select_clause
                                        { $$ = build_set(p, @$, OP_EXCEPT, $3, $1, $4); }
  | select_clause MINUS quantifier select_clause
                                        { $$ = build_set(p, @$, OP_EXCEPT, $3 | FLAG_MINUS, $1, $4); }
  | select_clause INTERSECT quantifier select_clause
                                        { $$ = build_set(p, @$, OP_INTERSECT, $3, $1, $4); }
;
quantifier:
    %empty                              { $$ = 0; }
  | ALL                                 { $$ = FLAG_ALL; }
  | DISTINCT                            { $$ = FLAG_DISTINCT; }
;
set_quantifier:
    quantifier
;
by_name_opt:
    %empty                              { $$ = 0; }
  | BY IDENT                            { $$ = build_expect_word(p, @2, $2, "NAME") ? FLAG_BY_NAME : 0; }
;
values:
    VALUES value_rows                   { $$ = NL(VALUES, @$, $2); }
;
value_rows:
    value_row                           { $$ = LIST1($1); }
  | value_rows ROW_COMMA value_row      { $$ = ADD($1, $3); }
;
value_row:
    '(' exprs ')'                       { $$ = NL(LIST, @$, $2); }
;
with:
    WITH ctes                           { $$ = NL(WITH, @$, $2); }
  | WITH RECURSIVE ctes                 { $$ = FLAG(NL(WITH, @$, $3), FLAG_RECURSIVE); }
;
ctes:
    cte                                 { $$ = LIST1($1); }
  | ctes ',' cte                        { $$ = ADD($1, $3); }
;
cte:
    name names_opt AS select_with_parens { $$ = build_named(p, NODE_CTE, @$, $1, LIST2($2, $4)); }
;
top_opt:
    %empty                              { $$ = 0; }
  | TOP NUMBER                          { $$ = N1(TOP, @$, NS(NUMBER, @2, $2)); }
;
items:
    item_list                           { $$ = NL(ITEMS, @$, $1); }
  | item_list ','                       { $$ = FLAG(NL(ITEMS, @1, $1), FLAG_TRAILING_COMMA); }
;
item_list:
    item                                { $$ = LIST1($1); }
  | item_list ',' item                  { $$ = ADD($1, $3); }
;
item:
    expr                                { $$ = N1(ITEM, @$, $1); }
  | expr alias_name                     { $$ = build_alias_item(p, @$, $1, $2, 0); }
  | expr AS alias_name                  { $$ = build_alias_item(p, @$, $1, $3, FLAG_AS); }
  | star                                { $$ = N1(ITEM, @$, $1); }
;
alias_name:
    name
;
star:
    STAR star_parts                     { $$ = NL(STAR, @$, $2); }
  | name_chain DOT STAR star_parts      { $$ = NL(STAR, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $4)); }
;
star_parts:
    star_filter star_replace star_rename { $$ = JOINED($1, LIST2($2, $3)); }
;
star_filter:
    %empty                              { $$ = NOTHING; }
  | ILIKE string                        { $$ = LIST1(N1(STAR_ILIKE, @$, $2)); }
  | EXCLUDE name                        { $$ = LIST1(N1(STAR_EXCLUDE, @$, $2)); }
  | EXCLUDE '(' names ')'               { $$ = LIST1(FLAG(NL(STAR_EXCLUDE, @$, $3), FLAG_PARENS)); }
;
star_replace:
    %empty                              { $$ = 0; }
  | REPLACE '(' replace_items ')'       { $$ = NL(STAR_REPLACE, @$, $3); }
;
replace_items:
    expr AS name                        { $$ = LIST1(build_alias_item(p, @$, $1, $3, FLAG_AS)); }
  | replace_items ',' expr AS name      { $$ = ADD($1, build_alias_item(p, build_span(@3, @5), $3, $5, FLAG_AS)); }
;
star_rename:
    %empty                              { $$ = 0; }
  | RENAME rename                       { $$ = N1(STAR_RENAME, @$, $2); }
  | RENAME '(' renames ')'              { $$ = FLAG(NL(STAR_RENAME, @$, $3), FLAG_PARENS); }
;
renames:
    rename                              { $$ = LIST1($1); }
  | renames ',' rename                  { $$ = ADD($1, $3); }
;
rename:
    name AS name                        { $$ = build_named(p, NODE_RENAME, @$, $3, LIST1($1)); }
;
into_opt:
    %empty                              { $$ = 0; }
;
where_opt:
    %empty                              { $$ = 0; }
  | WHERE expr                          { $$ = N1(WHERE, @$, $2); }
;
connect_opt:
    %empty                              { $$ = 0; }
  | start_with CONNECT BY exprs         { $$ = NL(CONNECT_BY, @$, JOINED(LIST1($1), $4)); }
  | CONNECT BY exprs                    { $$ = NL(CONNECT_BY, @$, $3); }
  | CONNECT BY exprs start_with         { $$ = FLAG(NL(CONNECT_BY, @$, JOINED(LIST1($4), $3)), FLAG_START_LAST); }
;
start_with:
    START WITH expr                     { $$ = N1(START_WITH, @$, $3); }
;
group_parts:
    %empty                              { $$ = NOTHING; }
  | group_parts GROUP BY ALL            { $$ = build_once(p, $1, FLAG(N0(GROUP_BY, build_span(@2, @4)), FLAG_ALL)); }
  | group_parts GROUP BY group_items    { $$ = build_once(p, $1, NL(GROUP_BY, build_span(@2, @4), $4)); }
  | group_parts HAVING expr             { $$ = build_once(p, $1, N1(HAVING, build_span(@2, @3), $3)); }
  | group_parts QUALIFY expr            { $$ = build_once(p, $1, N1(QUALIFY, build_span(@2, @3), $3)); }
;
group_items:
    group_item                          { $$ = LIST1($1); }
  | group_items ',' group_item          { $$ = ADD($1, $3); }
;
group_item:
    expr
  | GROUPING SETS '(' gsets ')'         { $$ = NL(GROUPING_SETS, @$, $4); }
;
gsets:
    gset                                { $$ = LIST1($1); }
  | gsets ',' gset                      { $$ = ADD($1, $3); }
;
gset:
    expr
  | '(' ')'                             { $$ = N0(ROW, @$); }
;
query_tail:
    order_by                            { $$ = LIST1($1); }
  | order_by limits                     { $$ = JOINED(LIST1($1), $2); }
  | limits
  | for_update                          { $$ = LIST1($1); }
  | order_by for_update                 { $$ = LIST2($1, $2); }
  | limits for_update                   { $$ = ADD($1, $2); }
  | order_by limits for_update          { $$ = ADD(JOINED(LIST1($1), $2), $3); }
;
order_by:
    ORDER BY order_items                { $$ = NL(ORDER_BY, @$, $3); }
  | ORDER BY ALL sort_options           { $$ = FLAG(N1(ORDER_BY, @$, FLAG(N0(SORT, @3), $4)), FLAG_ALL); }
;
order_items:
    order_item                          { $$ = LIST1($1); }
  | order_items ',' order_item          { $$ = ADD($1, $3); }
;
order_item:
    expr sort_options                   { $$ = FLAG(N1(SORT, @$, $1), $2); }
;
sort_options:
    sort_direction nulls_order          { $$ = $1 | $2; }
;
sort_direction:
    %empty                              { $$ = 0; }
  | ASC                                 { $$ = FLAG_ASC; }
  | DESC                                { $$ = FLAG_DESC; }
;
nulls_order:
    %empty                              { $$ = 0; }
  | NULLS FIRST                         { $$ = FLAG_NULLS_FIRST; }
  | NULLS LAST                          { $$ = FLAG_NULLS_LAST; }
;
limits:
    LIMIT limit_value                   { $$ = LIST1(N1(LIMIT, @$, $2)); }
  | LIMIT limit_value OFFSET limit_value { $$ = LIST2(N1(LIMIT, build_span(@1, @2), $2), N1(OFFSET, build_span(@3, @4), $4)); }
  | fetch                               { $$ = LIST1($1); }
  | OFFSET limit_value row_word_opt fetch { $$ = LIST2(NSL(OFFSET, build_span(@1, @3), $3, LIST1($2)), $4); }
  | OFFSET limit_value row_word_opt     { $$ = LIST1(NSL(OFFSET, @$, $3, LIST1($2))); }
;
fetch:
    FETCH fetch_first limit_value row_word_opt only_opt
                                        { $$ = NSL(FETCH, @$, build_words(p, build_words(p, $2, $4), $5), LIST1($3)); }
;
fetch_first:
    %empty                              { $$ = 0; }
  | FIRST
  | NEXT
;
row_word_opt:
    %empty                              { $$ = 0; }
  | ROW
  | ROWS
;
only_opt:
    %empty                              { $$ = 0; }
  | ONLY
;
limit_value:
    NUMBER                              { $$ = NS(NUMBER, @$, $1); }
  | NULL                                { $$ = N0(NULL, @$); }
  | STRING                              { $$ = build_empty_limit(p, @1, $1); }
  | DOLLAR_STRING                       { $$ = NS(DOLLAR_STRING, @$, $1); }
  | VARIABLE                            { $$ = NS(VARIABLE, @$, $1); }
  | BIND                                { $$ = NS(BIND, @$, $1); }
  | '?'                                 { $$ = NS(BIND, @$, 0); }
;
for_update:
    FOR UPDATE                          { $$ = N0(FOR_UPDATE, @$); }
  | FOR UPDATE IDENT                    { $$ = NS(FOR_UPDATE, @$, build_expect_word(p, @3, $3, "NOWAIT") ? $3 : 0); }
  | FOR UPDATE IDENT NUMBER             { $$ = NSL(FOR_UPDATE, @$, build_expect_word(p, @3, $3, "WAIT") ? $3 : 0, LIST1(NS(NUMBER, @4, $4))); }
;

/* --- FROM ------------------------------------------------------------------------------------------------------- */
from_opt:
    %empty                              { $$ = 0; }
  | FROM from_items                     { $$ = NL(FROM, @$, $2); }
  | FROM from_items ','                 { $$ = FLAG(NL(FROM, build_span(@1, @2), $2), FLAG_TRAILING_COMMA); }
;
from_items:
    from_item                           { $$ = LIST1($1); }
  | from_items ',' from_item            { $$ = ADD($1, $3); }
;
from_item:
    table_item
  | values                              { $$ = N1(VALUES_REF, @$, $1); }
;
table_item:
    primary
  | table_item join_word primary on_opt { $$ = build_table_join(p, @$, $2, $1, $3, 0, $4); }
  | table_item NATURAL natural_word primary
                                        { $$ = build_table_join(p, @$, $3 | FLAG_NATURAL << 8, $1, $4, 0, NOTHING); }
  | table_item CROSS directed JOIN primary
                                        { $$ = build_table_join(p, @$, OP_JOIN_CROSS | $3 << 8, $1, $5, 0, NOTHING); }
  | table_item ASOF JOIN primary MATCH_CONDITION '(' expr ')' on_opt
                                        { $$ = build_table_join(p, @$, OP_JOIN_ASOF, $1, $4, build_match_condition(p, build_span(@5, @8), $7), $9); }
;
/* op in the low byte, flags above it */
join_word:
    directed JOIN                       { $$ = OP_JOIN_INNER | $1 << 8; }
  | INNER directed JOIN                 { $$ = OP_JOIN_INNER | (FLAG_INNER | $2) << 8; }
  | join_side outer directed JOIN       { $$ = $1 | ($2 | $3) << 8; }
;
natural_word:
    JOIN                                { $$ = OP_JOIN_INNER; }
  | INNER directed JOIN                 { $$ = OP_JOIN_INNER | (FLAG_INNER | $2) << 8; }
  | join_side outer directed JOIN       { $$ = $1 | ($2 | $3) << 8; }
;
join_side:
    LEFT                                { $$ = OP_JOIN_LEFT; }
  | RIGHT                               { $$ = OP_JOIN_RIGHT; }
  | FULL                                { $$ = OP_JOIN_FULL; }
;
outer:
    %empty                              { $$ = 0; }
  | OUTER                               { $$ = FLAG_OUTER; }
;
directed:
    %empty                              { $$ = 0; }
  | DIRECTED                            { $$ = FLAG_DIRECTED; }
;
on_opt:
    %empty %prec LOWEST                 { $$ = NOTHING; }
  | on_or_using                         { $$ = LIST1($1); }
  | on_or_using READ_ORDER '(' name ')' { $$ = LIST2($1, NSL(READ_ORDER, build_span(@2, @5), $2, LIST1($4))); }
;
on_or_using:
    ON expr                             { $$ = N1(ON, @$, $2); }
  | USING '(' names ')'                 { $$ = NL(USING, @$, $3); }
;
primary:
    relation_name tail                  { $$ = NL(TABLE_REF, @$, JOINED($1, $2)); }
  | select_with_parens tail             { $$ = NL(QUERY_REF, @$, JOINED(LIST1($1), $2)); }
  | LATERAL select_with_parens tail     { $$ = FLAG(NL(QUERY_REF, @$, JOINED(LIST1($2), $3)), FLAG_LATERAL); }
  | function_call tail                  { $$ = NL(FUNCTION_REF, @$, JOINED(LIST1($1), $2)); }
  | LATERAL function_call tail          { $$ = FLAG(NL(FUNCTION_REF, @$, JOINED(LIST1($2), $3)), FLAG_LATERAL); }
  | table_function tail                 { $$ = FLAG(NL(FUNCTION_REF, @$, JOINED(LIST1($1), $2)), FLAG_TABLE); }
  | LATERAL table_function tail         { $$ = FLAG(NL(FUNCTION_REF, @$, JOINED(LIST1($2), $3)), FLAG_TABLE | FLAG_LATERAL); }
  | values tail_item tail               { $$ = NL(VALUES_REF, @$, JOINED(LIST2($1, $2), $3)); }
  | STRING stage_args tail              { $$ = build_quoted_stage(p, @$, @1, $1, JOINED($2, $3)); }
  | STAGE stage_args tail               { $$ = NSL(STAGE_REF, @$, $1, JOINED($2, $3)); }
  | POSITION tail                       { $$ = NSL(FLOW_REF, @$, $1, $2); }
  | '(' table_item ')' tail             { $$ = NL(GROUP_REF, @$, JOINED(LIST1($2), $4)); }
  | BOUNDARY '(' object ')' time_travel tail
                                        { $$ = build_boundary(p, @$, @1, JOINED(LIST1($3), JOINED($5, $6))); }
  | SEMANTIC_VIEW '(' object semantic_parts where_opt ')' tail
                                        { $$ = build_semantic(p, @$, $3, ADD($4, $5), $7); }
;
relation_name:
    plain_object time_travel            { $$ = JOINED(LIST1($1), $2); }
  | identifier time_travel              { $$ = JOINED(LIST1($1), $2); }
;
plain_object:
    plain_chain                         { $$ = build_object(p, NODE_OBJECT, $1); }
;
plain_chain:
    plain_name                          { $$ = LIST1($1); }
  | plain_chain DOT name                { $$ = ADD($1, $3); }
  | plain_chain no_schema name          { $$ = ADD(ADD($1, $2), $3); }
;
function_call:
    plain_chain '(' args_opt ')'        { $$ = NL(CALL, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $3)); }
;
table_function:
    TABLE '(' call_plain ')'            { $$ = $3; }
  | TABLE '(' call_plain OVER '(' window ')' ')'
                                        { $$ = build_append(p, $3, build_over(p, build_span(@4, @7), $6)); }
  | TABLE '(' STRING ')'                { $$ = NS(STRING, @3, $3); }
  | TABLE '(' DOLLAR_STRING ')'         { $$ = NS(DOLLAR_STRING, @3, $3); }
  | TABLE '(' VARIABLE ')'              { $$ = NS(VARIABLE, @3, $3); }
  | TABLE '(' BIND ')'                  { $$ = NS(BIND, @3, $3); }
  | TABLE '(' '?' ')'                   { $$ = NS(BIND, @3, 0); }
  | TABLE '(' identifier ')'            { $$ = $3; }
;
call_plain:
    plain_chain '(' args_opt ')'        { $$ = NL(CALL, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $3)); }
  | plain_chain '!' name '(' args_opt ')' { $$ = build_named(p, NODE_METHOD, @$, $3, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $5)); }
;
stage_args:
    %empty                              { $$ = NOTHING; }
  | '(' stage_options ')'               { $$ = $2; }
;
stage_options:
    stage_option                        { $$ = LIST1($1); }
  | stage_options ',' stage_option      { $$ = ADD($1, $3); }
;
stage_option:
    name NAMED_ARROW string             { $$ = build_named(p, NODE_NAMED, @$, $1, LIST1($3)); }
  | name NAMED_ARROW object             { $$ = build_named(p, NODE_NAMED, @$, $1, LIST1($3)); }
;
time_travel:
    %empty                              { $$ = NOTHING; }
  | at                                  { $$ = LIST1($1); }
  | changes                             { $$ = LIST1($1); }
  | at changes                          { $$ = LIST2($1, $2); }
;
at:
    AT '(' name NAMED_ARROW expr ')'    { $$ = NSL(AT, @$, $1, LIST1(build_named(p, NODE_NAMED, build_span(@3, @5), $3, LIST1($5)))); }
  | AT '(' OFFSET NAMED_ARROW expr ')'  { $$ = NSL(AT, @$, $1, LIST1(NSL(NAMED, build_span(@3, @5), KW_OFFSET, LIST1($5)))); }
  | AT '(' STREAM NAMED_ARROW expr ')'  { $$ = NSL(AT, @$, $1, LIST1(NSL(NAMED, build_span(@3, @5), KW_STREAM, LIST1($5)))); }
  | BEFORE '(' name NAMED_ARROW expr ')' { $$ = NSL(AT, @$, $1, LIST1(build_named(p, NODE_NAMED, build_span(@3, @5), $3, LIST1($5)))); }
;
changes:
    CHANGES '(' name NAMED_ARROW changes_word ')' %prec LOWEST { $$ = build_changes(p, @$, $3, $5, 0, 0); }
  | CHANGES '(' name NAMED_ARROW changes_word ')' at           { $$ = build_changes(p, @$, $3, $5, $7, 0); }
  | CHANGES '(' name NAMED_ARROW changes_word ')' at changes_end { $$ = build_changes(p, @$, $3, $5, $7, $8); }
;
changes_word:
    IDENT
  | DEFAULT                             { $$ = KW_DEFAULT; }
;
changes_end:
    END '(' name NAMED_ARROW expr ')'   { $$ = NSL(AT, @$, KW_END, LIST1(build_named(p, NODE_NAMED, build_span(@3, @5), $3, LIST1($5)))); }
;
tail:
    %empty %prec LOWEST                 { $$ = NOTHING; }
  | tail tail_item                      { $$ = build_tail(p, $1, $2); }
;
tail_item:
    alias
  | sample
  | pivot
  | unpivot
  | match
  | resample
;
alias:
    IDENT alias_columns                 { $$ = build_alias(p, @$, @1, $1, 0, $2); }
  | QUOTED alias_columns                { $$ = build_alias(p, @$, @1, $1, FLAG_QUOTED, $2); }
  | AS IDENT alias_columns              { $$ = build_alias(p, @$, @2, $2, FLAG_AS, $3); }
  | AS QUOTED alias_columns             { $$ = build_alias(p, @$, @2, $2, FLAG_AS | FLAG_QUOTED, $3); }
;
alias_columns:
    %empty %prec LOWEST                 { $$ = NOTHING; }
  | '(' names ')'                       { $$ = $2; }
;
sample:
    sample_word sample_method '(' sample_count ')' seed_opt
                                        { $$ = build_sample(p, @$, $1, $2, $4, $6); }
;
sample_word:
    SAMPLE                              { $$ = 0; }
  | TABLESAMPLE                         { $$ = FLAG_TABLESAMPLE; }
;
sample_method:
    %empty                              { $$ = 0; }
  | IDENT
  | ROW
;
sample_count:
    limit_number                        { $$ = $1; }
  | limit_number ROWS                   { $$ = FLAG(N1(SAMPLE, @$, $1), FLAG_ROWS); }
;
limit_number:
    NUMBER                              { $$ = NS(NUMBER, @$, $1); }
  | VARIABLE                            { $$ = NS(VARIABLE, @$, $1); }
  | BIND                                { $$ = NS(BIND, @$, $1); }
  | '?'                                 { $$ = NS(BIND, @$, 0); }
;
seed_opt:
    %empty                              { $$ = 0; }
  | SEED '(' limit_number ')'           { $$ = NSL(SEED, @$, $1, LIST1($3)); }
;
pivot:
    PIVOT '(' call pivot_alias FOR name IN '(' pivot_in ')' pivot_default ')'
                                        { $$ = NSL(PIVOT, @$, $4, JOINED(LIST2($3, $6), LIST2($9, $11))); }
;
pivot_alias:
    %empty                              { $$ = 0; }
  | IDENT
  | AS IDENT                            { $$ = $2; }
;
pivot_in:
    ANY                                 { $$ = N0(PIVOT_ANY, @$); }
  | ANY ORDER BY order_items            { $$ = NL(PIVOT_ANY, @$, $4); }
  | item_list                           { $$ = NL(LIST, @$, $1); }
  | select_no_parens                    { $$ = N1(SUBQUERY, @$, $1); }
;
pivot_default:
    %empty                              { $$ = 0; }
  | DEFAULT ON NULL '(' expr ')'        { $$ = N1(PIVOT_DEFAULT, @$, $5); }
;
unpivot:
    UNPIVOT unpivot_nulls '(' name FOR name IN '(' unpivot_items ')' ')'
                                        { $$ = FLAG(NL(UNPIVOT, @$, JOINED(LIST2($4, $6), $9)), $2); }
;
unpivot_nulls:
    %empty                              { $$ = 0; }
  | INCLUDE NULLS                       { $$ = FLAG_INCLUDE_NULLS; }
  | EXCLUDE NULLS                       { $$ = FLAG_EXCLUDE_NULLS; }
;
unpivot_items:
    unpivot_item                        { $$ = LIST1($1); }
  | unpivot_items ',' unpivot_item      { $$ = ADD($1, $3); }
;
unpivot_item:
    name                                { $$ = N1(ITEM, @$, build_object(p, NODE_COLUMN, LIST1($1))); }
  | name AS name                        { $$ = build_alias_item(p, @$, build_object(p, NODE_COLUMN, LIST1($1)), $3, FLAG_AS); }
  | name name                           { $$ = build_alias_item(p, @$, build_object(p, NODE_COLUMN, LIST1($1)), $2, 0); }
  | TYPED STRING                        { $$ = N2(ITEM, @$, NS(COLUMN, @1, $1), NS(STRING, @2, $2)); }
  | name AS STRING                      { $$ = N2(ITEM, @$, build_object(p, NODE_COLUMN, LIST1($1)), NS(STRING, @3, $3)); }
;
match:
    MATCH_RECOGNIZE '(' match_parts PATTERN '(' PATTERN_TEXT ')' DEFINE define_items ')'
                                        { $$ = NL(MATCH_RECOGNIZE, @$, JOINED($3, LIST2(NS(PATTERN, build_span(@4, @7), $6), NL(DEFINE, build_span(@8, @9), $9)))); }
;
match_parts:
    %empty                              { $$ = NOTHING; }
  | match_parts PARTITION BY exprs      { $$ = ADD($1, NL(PARTITION_BY, build_span(@2, @4), $4)); }
  | match_parts order_by                { $$ = ADD($1, $2); }
  | match_parts MEASURES measures       { $$ = ADD($1, NL(MEASURES, build_span(@2, @3), $3)); }
  | match_parts ONE ROW match_words     { $$ = ADD($1, NS(MATCH_ROWS, build_span(@2, @4), build_words(p, build_words(p, KW_ONE, $3), $4))); }
  | match_parts ALL ROWS match_words    { $$ = ADD($1, NS(MATCH_ROWS, build_span(@2, @4), build_words(p, build_words(p, KW_ALL, $3), $4))); }
  | match_parts AFTER IDENT SKIP skip_words
                                        { $$ = ADD($1, NS(MATCH_SKIP, build_span(@2, @5), build_words(p, 0, $5))); }
;
match_words:
    IDENT
  | match_words IDENT                   { $$ = build_words(p, $1, $2); }
  | match_words WITH                    { $$ = build_words(p, $1, KW_WITH); }
  | match_words ROWS                    { $$ = build_words(p, $1, $2); }
;
skip_words:
    skip_word
  | skip_words skip_word                { $$ = build_words(p, $1, $2); }
;
skip_word:
    IDENT
  | TO                                  { $$ = KW_TO; }
  | ROW
  | NEXT
  | LAST
  | FIRST
;
measures:
    measure                             { $$ = LIST1($1); }
  | measures ',' measure                { $$ = ADD($1, $3); }
;
measure:
    expr alias_name                     { $$ = build_alias_item(p, @$, $1, $2, 0); }
  | expr AS alias_name                  { $$ = build_alias_item(p, @$, $1, $3, FLAG_AS); }
  | RUNNING expr AS alias_name          { $$ = build_alias_item(p, @$, $2, $4, FLAG_AS | FLAG_RUNNING); }
  | FINAL expr AS alias_name            { $$ = build_alias_item(p, @$, $2, $4, FLAG_AS | FLAG_FINAL); }
;
define_items:
    define_item                         { $$ = LIST1($1); }
  | define_items ',' define_item        { $$ = ADD($1, $3); }
;
define_item:
    name AS expr                        { $$ = build_alias_item(p, @$, $3, $1, 0); }
;
resample:
    RESAMPLE '(' USING name INCREMENT BY expr partition_opt metadata_opt ')'
                                        { $$ = NL(RESAMPLE, @$, JOINED(LIST3($4, $7, $8), $9)); }
;
partition_opt:
    %empty                              { $$ = 0; }
  | PARTITION BY exprs                  { $$ = NL(PARTITION_BY, @$, $3); }
;
metadata_opt:
    %empty                              { $$ = NOTHING; }
  | METADATA_COLUMNS item_list          { $$ = $2; }
;
semantic_parts:
    semantic_part                       { $$ = LIST1($1); }
  | semantic_parts semantic_part        { $$ = ADD($1, $2); }
;
semantic_part:
    SEMANTIC_WORD item_list             { $$ = NSL(SEMANTIC_PART, @$, $1, $2); }
;

/* --- expressions: OR < AND < NOT < predicates < IS < + - || < * / % < sign < postfix ---------------------------------- */
exprs:
    expr                                { $$ = LIST1($1); }
  | exprs ',' expr                      { $$ = ADD($1, $3); }
;
expr:
    expr OR expr                        { $$ = build_chain(p, NODE_OR, @$, $1, $3); }
  | expr AND expr                       { $$ = build_chain(p, NODE_AND, @$, $1, $3); }
  | NOT expr                            { $$ = OP(N1(UNARY, @$, $2), OP_NOT); }
  | EXISTS select_with_parens           { $$ = N1(EXISTS, @$, build_subquery(p, $2)); }
  | pred
;
pred:
    isx
  | pred compare isx                    { $$ = OP(N2(OPERATION, @$, $1, $3), $2); }
  | pred compare any_all select_with_parens
                                        { $$ = FLAG(OP(N2(QUANTIFIED, @$, $1, build_subquery(p, $4)), $2), $3); }
  | pred like_op isx                    { $$ = OP(N2(LIKE, @$, $1, $3), $2); }
  | pred like_op isx ESCAPE isx         { $$ = OP(N3(LIKE, @$, $1, $3, N1(ESCAPE, build_span(@4, @5), $5)), $2); }
  | pred NOT like_op isx                { $$ = FLAG(OP(N2(LIKE, @$, $1, $4), $3), FLAG_NOT); }
  | pred NOT like_op isx ESCAPE isx     { $$ = FLAG(OP(N3(LIKE, @$, $1, $4, N1(ESCAPE, build_span(@5, @6), $6)), $3), FLAG_NOT); }
  | pred like_op any_all like_list      { $$ = FLAG(OP(N2(LIKE, @$, $1, $4), $2), $3); }
  | pred like_op any_all like_list ESCAPE isx
                                        { $$ = FLAG(OP(N3(LIKE, @$, $1, $4, N1(ESCAPE, build_span(@5, @6), $6)), $2), $3); }
  | pred IN in_list                     { $$ = N2(IN, @$, $1, $3); }
  | pred NOT IN in_list                 { $$ = FLAG(N2(IN, @$, $1, $4), FLAG_NOT); }
  | pred BETWEEN isx AND isx            { $$ = N3(BETWEEN, @$, $1, $3, $5); }
  | pred NOT BETWEEN isx AND isx        { $$ = FLAG(N3(BETWEEN, @$, $1, $4, $6), FLAG_NOT); }
;
not_opt:
    %empty                              { $$ = 0; }
  | NOT                                 { $$ = FLAG_NOT; }
;
compare:
    '='                                 { $$ = OP_EQ; }
  | NE                                  { $$ = OP_NE; }
  | '<'                                 { $$ = OP_LT; }
  | LE                                  { $$ = OP_LE; }
  | '>'                                 { $$ = OP_GT; }
  | GE                                  { $$ = OP_GE; }
;
any_all:
    ANY                                 { $$ = FLAG_ANY; }
  | SOME                                { $$ = FLAG_ANY; }
  | ALL                                 { $$ = FLAG_ALL; }
;
like_op:
    LIKE                                { $$ = OP_LIKE; }
  | ILIKE                               { $$ = OP_ILIKE; }
  | RLIKE                               { $$ = OP_RLIKE; }
  | REGEXP                              { $$ = OP_REGEXP; }
;
like_list:
    '(' exprs ')'                       { $$ = NL(LIST, @$, $2); }
  | select_with_parens                  { $$ = build_subquery(p, $1); }
;
in_list:
    '(' elements ')'                    { $$ = NL(LIST, @$, $2); }
  | select_with_parens                  { $$ = build_subquery(p, $1); }
;
elements:
    element                             { $$ = LIST1($1); }
  | elements ',' element                { $$ = ADD($1, $3); }
;
element:
    expr
  | SPREAD expr                         { $$ = N1(SPREAD, @$, $2); }
;
isx:
    arith %prec LOWEST
  | arith IS not_opt NULL               { $$ = FLAG(N1(IS_NULL, @$, $1), $3); }
  | arith IS not_opt boolean_word       { $$ = FLAG(NSL(IS_BOOLEAN, @$, $4, LIST1($1)), $3); }
  | arith IS not_opt DISTINCT FROM arith { $$ = FLAG(N2(IS_DISTINCT, @$, $1, $6), $3); }
;
boolean_word:
    TRUE
  | FALSE
  | IDENT                               { $$ = $1; build_expect_word(p, @1, $1, "UNKNOWN"); }
;
arith:
    arith '+' arith                     { $$ = OP(N2(OPERATION, @$, $1, $3), OP_ADD); }
  | arith '-' arith                     { $$ = OP(N2(OPERATION, @$, $1, $3), OP_SUBTRACT); }
  | arith CONCAT arith                  { $$ = OP(N2(OPERATION, @$, $1, $3), OP_CONCAT); }
  | arith '*' arith                     { $$ = OP(N2(OPERATION, @$, $1, $3), OP_MULTIPLY); }
  | arith '/' arith                     { $$ = OP(N2(OPERATION, @$, $1, $3), OP_DIVIDE); }
  | arith '%' arith                     { $$ = OP(N2(OPERATION, @$, $1, $3), OP_MODULO); }
  | '-' arith %prec SIGN                { $$ = OP(N1(UNARY, @$, $2), OP_MINUS); }
  | '+' arith %prec SIGN                { $$ = OP(N1(UNARY, @$, $2), OP_PLUS); }
  | post %prec LOWEST
;
post:
    prim
  | post COLONS type                    { $$ = FLAG(N2(CAST, @$, $1, $3), FLAG_COLONS); }
  | post PATH_COLON KEY_NAME            { $$ = build_path(p, @$, @3, $1, $3, 0); }
  | post PATH_COLON KEY_QUOTED          { $$ = build_path(p, @$, @3, $1, $3, FLAG_QUOTED); }
  | post PATH_DOT KEY_NAME              { $$ = build_path(p, @$, @3, $1, $3, FLAG_DOT); }
  | post PATH_DOT KEY_QUOTED            { $$ = build_path(p, @$, @3, $1, $3, FLAG_DOT | FLAG_QUOTED); }
  | post '[' expr ']'                   { $$ = N2(SUBSCRIPT, @$, $1, $3); }
  | post COLLATE string                 { $$ = N2(COLLATE, @$, $1, $3); }
  | post OUTER_MARK                     { $$ = N1(OUTER_MARK, @$, $1); }
;
prim:
    name_chain                          { $$ = build_object(p, NODE_COLUMN, $1); }
  | name_chain DOT POSITION             { $$ = NSL(POSITION, @$, $3, $1); }
  | POSITION                            { $$ = NS(POSITION, @$, $1); }
  | VARIABLE                            { $$ = NS(VARIABLE, @$, $1); }
  | BIND                                { $$ = NS(BIND, @$, $1); }
  | '?'                                 { $$ = NS(BIND, @$, 0); }
  | NUMBER                              { $$ = NS(NUMBER, @$, $1); }
  | string
  | BINARY                              { $$ = NS(BINARY, @$, $1); }
  | NULL                                { $$ = N0(NULL, @$); }
  | TRUE                                { $$ = NS(BOOLEAN, @$, $1); }
  | FALSE                               { $$ = NS(BOOLEAN, @$, $1); }
  | TYPED STRING                        { $$ = build_typed(p, @$, @2, $1, $2); }
  | INTERVAL STRING interval_units      { $$ = build_interval(p, @$, NS(STRING, @2, $2), $3); }
  | call
  | BARE_FUNCTION                       { $$ = FLAG(N1(CALL, @$, NS(OBJECT, @1, $1)), FLAG_BARE); }
  | identifier
  | case
  | CAST '(' expr AS type cast_options ')'     { $$ = NL(CAST, @$, JOINED(LIST2($3, $5), $6)); }
  | TRY_CAST '(' expr AS type cast_options ')' { $$ = FLAG(NL(CAST, @$, JOINED(LIST2($3, $5), $6)), FLAG_TRY); }
  | EXTRACT '(' word FROM expr ')'      { $$ = NSL(EXTRACT, @$, $3, LIST1($5)); }
  | EXTRACT '(' args ')'                { $$ = NL(CALL, @$, JOINED(LIST1(build_word_object(p, @1, KW_EXTRACT)), $3)); }
  | POSITION_CALL '(' arith IN arith ')' { $$ = N2(LOCATE, @$, $3, $5); }
  | POSITION_CALL '(' args ')'          { $$ = NL(CALL, @$, JOINED(LIST1(build_word_object(p, @1, KW_POSITION)), $3)); }
  | '(' expr ')'                        { $$ = N1(PAREN, @$, $2); }
  | '(' expr ',' exprs ')'              { $$ = NL(ROW, @$, JOINED(LIST1($2), $4)); }
  | select_with_parens %prec LOWEST     { $$ = build_subquery(p, $1); }
  | '[' ']'                             { $$ = N0(ARRAY, @$); }
  | '[' elements ']'                    { $$ = NL(ARRAY, @$, $2); }
  | '{' '}'                             { $$ = N0(MAPPING, @$); }
  | '{' pairs '}'                       { $$ = NL(MAPPING, @$, $2); }
  | '{' call_star '}'                   { $$ = N1(MAPPING, @$, $2); }
  | PRIOR post %prec LOWEST                         { $$ = OP(N1(UNARY, @$, $2), OP_PRIOR); }
  | CONNECT_BY_ROOT post %prec LOWEST               { $$ = OP(N1(UNARY, @$, $2), OP_CONNECT_BY_ROOT); }
;
identifier:
    IDENTIFIER '(' identifier_text ')'  { $$ = N1(IDENTIFIER, @$, $3); }
;
identifier_text:
    string
  | VARIABLE                            { $$ = NS(VARIABLE, @$, $1); }
  | BIND                                { $$ = NS(BIND, @$, $1); }
  | '?'                                 { $$ = NS(BIND, @$, 0); }
;
pairs:
    pair                                { $$ = LIST1($1); }
  | pairs ',' pair                      { $$ = ADD($1, $3); }
;
pair:
    STRING ':' expr                     { $$ = N2(PAIR, @$, NS(STRING, @1, $1), $3); }
;
case:
    CASE case_operand whens else_opt END { $$ = NL(CASE, @$, JOINED(LIST1($2), ADD($3, $4))); }
;
case_operand:
    %empty                              { $$ = 0; }
  | expr
;
whens:
    when                                { $$ = LIST1($1); }
  | whens when                          { $$ = ADD($1, $2); }
;
when:
    WHEN expr THEN expr                 { $$ = N2(WHEN, @$, $2, $4); }
;
else_opt:
    %empty                              { $$ = 0; }
  | ELSE expr                           { $$ = N1(ELSE, @$, $2); }
;
cast_options:
    %empty                              { $$ = NOTHING; }
  | cast_options RENAME IDENT           { $$ = ADD($1, NS(CAST_OPTION, build_span(@2, @3), build_words(p, KW_RENAME, $3))); }
  | cast_options IDENT IDENT            { $$ = ADD($1, NS(CAST_OPTION, build_span(@2, @3), build_words(p, $2, $3))); }
;
interval_units:
    %empty                              { $$ = NOTHING; }
  | interval_unit                       { $$ = LIST1($1); }
  | interval_unit TO interval_unit      { $$ = LIST2($1, $3); }
;
interval_unit:
    UNIT                                { $$ = NS(INTERVAL_UNIT, @$, $1); }
  | UNIT '(' numbers ')'                { $$ = NSL(INTERVAL_UNIT, @$, $1, $3); }
;
numbers:
    NUMBER                              { $$ = LIST1(NS(NUMBER, @1, $1)); }
  | numbers ',' NUMBER                  { $$ = ADD($1, NS(NUMBER, @3, $3)); }
;

/* --- calls --------------------------------------------------------------------------------------------------------- */
call:
    call_head call_suffix               { $$ = build_call(p, @$, $1, $2); }
;
call_head:
    name_chain '(' args_opt ')'         { $$ = NL(CALL, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $3)); }
  | name_chain '(' DISTINCT exprs ')'   { $$ = FLAG(NL(CALL, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $4)), FLAG_DISTINCT); }
  | name_chain '(' ALL exprs ')'        { $$ = FLAG(NL(CALL, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $4)), FLAG_ALL); }
  | name_chain '(' expr nulls_inside ')' { $$ = build_nulls_inside(p, @$, build_object(p, NODE_OBJECT, $1), $3, $4); }
  | identifier '(' args_opt ')'         { $$ = NL(CALL, @$, JOINED(LIST1($1), $3)); }
  | name_chain '!' name '(' args_opt ')' { $$ = build_named(p, NODE_METHOD, @$, $3, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $5)); }
  | call_head '!' name '(' args_opt ')' { $$ = build_named(p, NODE_METHOD, @$, $3, JOINED(LIST1($1), $5)); }
;
args_opt:
    %empty                              { $$ = NOTHING; }
  | args
  | select_no_parens                    { $$ = LIST1($1); }
;
args:
    arg                                 { $$ = LIST1($1); }
  | args ',' arg                        { $$ = ADD($1, $3); }
;
arg:
    expr
  | call_star
  | STAGE                               { $$ = NS(STAGE_REF, @$, $1); }
  | '(' call_star ')'                   { $$ = N1(PAREN, @$, $2); }
  | SPREAD expr                         { $$ = N1(SPREAD, @$, $2); }
  | expr ARROW expr                     { $$ = build_lambda(p, @$, $1, $3); }
  | typed_param ARROW expr              { $$ = N2(LAMBDA, @$, $1, $3); }
  | '(' typed_params ')' ARROW expr     { $$ = NL(LAMBDA, @$, ADD($2, $5)); }
  | named_word NAMED_ARROW named_value  { $$ = NSL(NAMED, @$, $1, LIST1($3)); }
  | TYPE type                           { $$ = $2; }
;
named_word:
    IDENT
  | JOIN_WORD
  | OFFSET                              { $$ = KW_OFFSET; }
  | POSITION_CALL                       { $$ = KW_POSITION; }
;
named_value:
    expr
  | call_star
  | TYPE type                           { $$ = $2; }
  | typed_param ARROW expr              { $$ = N2(LAMBDA, @$, $1, $3); }
  | expr ARROW expr                     { $$ = build_lambda(p, @$, $1, $3); }
;
typed_params:
    typed_param                         { $$ = LIST1($1); }
  | typed_params ',' typed_param        { $$ = ADD($1, $3); }
;
typed_param:
    IDENT type                          { $$ = NSL(PARAMETER, @$, $1, LIST1($2)); }
;
call_star:
    STAR star_filter                    { $$ = NL(STAR, @$, $2); }
  | name_chain DOT STAR star_filter     { $$ = NL(STAR, @$, JOINED(LIST1(build_object(p, NODE_OBJECT, $1)), $4)); }
;
call_suffix:
    %empty                              { $$ = NOTHING; }
  | call_suffix nulls_word              { $$ = build_suffix_flag(p, $1, @2, $2); }
  | call_suffix FROM_END FIRST              { $$ = build_suffix_flag(p, $1, @3, FLAG_FROM_FIRST); }
  | call_suffix FROM_END LAST               { $$ = build_suffix_flag(p, $1, @3, FLAG_FROM_LAST); }
  | call_suffix WITHIN GROUP '(' order_by ')'
                                        { $$ = ADD($1, NL(WITHIN_GROUP, build_span(@2, @6), build_children(p, $5))); }
  | call_suffix OVER '(' window ')'     { $$ = ADD($1, build_over(p, build_span(@2, @5), $4)); }
;
nulls_inside:
    IGNORE_INSIDE NULLS                 { $$ = FLAG_IGNORE_NULLS; }
  | RESPECT_INSIDE NULLS                { $$ = FLAG_RESPECT_NULLS; }
;
nulls_word:
    IGNORE NULLS                        { $$ = FLAG_IGNORE_NULLS; }
  | RESPECT NULLS                       { $$ = FLAG_RESPECT_NULLS; }
;
window:
    window_partition window_order frame_opt { $$ = JOINED(LIST2($1, $2), LIST1($3)); }
;
window_partition:
    %empty                              { $$ = 0; }
  | PARTITION BY exprs                  { $$ = NL(PARTITION_BY, @$, $3); }
;
window_order:
    %empty                              { $$ = 0; }
  | order_by
;
frame_opt:
    %empty                              { $$ = 0; }
  | frame_unit bound                    { $$ = NSL(FRAME, @$, $1, LIST1($2)); }
  | frame_unit BETWEEN bound AND bound  { $$ = NSL(FRAME, @$, $1, LIST2($3, $5)); }
;
frame_unit:
    ROWS
  | RANGE                               { $$ = KW_RANGE; }
;
bound:
    UNBOUNDED PRECEDING                 { $$ = OP(N0(BOUND, @$), OP_UNBOUNDED_PRECEDING); }
  | UNBOUNDED FOLLOWING                 { $$ = OP(N0(BOUND, @$), OP_UNBOUNDED_FOLLOWING); }
  | CURRENT ROW                         { $$ = OP(N0(BOUND, @$), OP_CURRENT_ROW); }
  | arith PRECEDING                     { $$ = OP(N1(BOUND, @$, $1), OP_PRECEDING); }
  | arith FOLLOWING                     { $$ = OP(N1(BOUND, @$, $1), OP_FOLLOWING); }
;

/* --- types --------------------------------------------------------------------------------------------------------- */
type:
    IDENT %prec LOWEST                  { $$ = build_type(p, @$, $1, NOTHING, 0); }
  | IDENT '(' type_args ')'             { $$ = build_type(p, @$, $1, $3, FLAG_PARENS); }
  | IDENT '(' ')'                       { $$ = FLAG(NS(TYPE, @$, $1), FLAG_PARENS); }
  | TYPE_PAIR %prec LOWEST              { $$ = NS(TYPE, @$, $1); }
  | TYPE_PAIR '(' type_args ')'         { $$ = FLAG(NSL(TYPE, @$, $1, $3), FLAG_PARENS); }
  | IDENT WITH_ZONE                     { $$ = NS(TYPE, @$, build_words(p, $1, $2)); }
  | IDENT '(' type_args ')' WITH_ZONE   { $$ = FLAG(NSL(TYPE, @$, build_words(p, $1, $5), $3), FLAG_PARENS); }
  | INTERVAL_TYPE interval_unit         { $$ = NSL(TYPE, @$, $1, LIST1($2)); }
  | INTERVAL_TYPE interval_unit TO interval_unit { $$ = NSL(TYPE, @$, $1, LIST2($2, $4)); }
  | QUOTED                              { $$ = FLAG(NS(TYPE, @$, $1), FLAG_QUOTED); }
  | IDENT DOT name_chain                { $$ = NSL(TYPE, @$, $1, $3); }
;
type_args:
    type_arg                            { $$ = LIST1($1); }
  | type_args ',' type_arg              { $$ = ADD($1, $3); }
;
type_arg:
    NUMBER                              { $$ = NS(NUMBER, @$, $1); }
  | type
  | type NOT NULL                       { $$ = FLAG($1, FLAG_NOT_NULL); }
  | field
  | field NOT NULL                      { $$ = FLAG($1, FLAG_NOT_NULL); }
  | field COMMENT string                { $$ = build_append(p, $1, N1(COMMENT, build_span(@2, @3), $3)); }
;
field:
    IDENT type                          { $$ = NSL(FIELD, @$, $1, LIST1($2)); }
  | QUOTED type                         { $$ = FLAG(NSL(FIELD, @$, $1, LIST1($2)), FLAG_QUOTED); }
;
%%

/* What stands here, and what could: at most so many that a reader can use them. */
static int yyreport_syntax_error(const yypcontext_t *at, struct parser *p)
{
    enum { MOST = 400 };
    yysymbol_kind_t expected[MOST];
    int n = yypcontext_expected_tokens(at, expected, MOST);
    const char *names[MOST];
    for (int i = 0; i < n; i++)
        names[i] = yysymbol_name(expected[i]);
    syntax_error(p, *yypcontext_location(at), yysymbol_name(yypcontext_token(at)), names, n);
    return 0;
}

static void dtl_error(const struct location *at, struct parser *p, const char *message)
{
    (void)message; /* memory exhausted: the only one that parse.error custom leaves */
    syntax_too_deep(p, *at);
}

static int dtl_lex(DTL_STYPE *value, struct location *at, struct parser *p)
{
    const struct token *t = &p->tokens.all.at[p->at];
    if (t->kind)
        p->at++;
    at->lo = t->lo;
    at->hi = t->hi;
    value->TOK_IDENT = t->sym; /* one union: every token with a value has a symbol */;
    return t->kind;
}
