// judge.cjs FOLDER FILES... - judges the query of every emitted Snowflake relation with two parsers that
// are not ours. One line per relation: `ok NAME`, or `not ok NAME` with who refused it and why.
//
// FOLDER holds node_modules. Refusals of SQL that Snowflake documents are listed in exceptions.json by
// parser, version and file; a listed refusal that no longer happens is reported too, so that the list
// stays true. The text of a query is what stands after the line `as` up to the semicolon.
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');

const [folder, ...files] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(folder), 'package.json'));
const version = (name) => load(name + '/package.json').version;

function sqlparserTs() {
  const name = '@guanmingchiu/sqlparser-ts';
  const root = path.join(path.resolve(folder), 'node_modules', name);
  const parser = require(path.join(root, 'dist', 'index.cjs'));
  const shown = JSON.parse(fs.readFileSync(path.join(root, 'package.json'))).version;
  return { name, version: shown, ready: () => parser.init(), judge: (sql) => parser.validate(sql, 'snowflake') };
}

function nodeSqlParser() {
  const name = 'node-sql-parser';
  const { Parser } = load(name + '/build/snowflake');
  const parser = new Parser();
  return { name, version: version(name), ready: async () => {}, judge: (sql) => parser.astify(sql, { database: 'Snowflake' }) };
}

function bodies(text) {
  return text.split(/;\n/).filter((s) => /^\s*(--.*\n\s*)*create .*?(table|view) /.test(s) && /\nas\n/.test(s))
    .map((s) => s.slice(s.indexOf('\nas\n') + 4));
}

async function main() {
  const judges = [sqlparserTs(), nodeSqlParser()];
  const listed = JSON.parse(fs.readFileSync(path.join(__dirname, 'exceptions.json')));
  const seen = new Set();
  for (const judge of judges) {
    await judge.ready();
    // A judge that takes everything judges nothing.
    let refused = false;
    try { judge.judge('select a from t where group by'); } catch { refused = true; }
    console.log(`${refused ? 'ok' : 'not ok'} judged/${judge.name}-refuses`);
  }
  for (const file of files) {
    const shown = file.replace(/^.*sql_out\/snowflake\//, '').replace(/\.sql$/, '');
    const refusals = [];
    const queries = bodies(fs.readFileSync(file, 'utf8'));
    if (queries.length === 0) continue;
    for (const judge of judges) {
      const exception = listed.find((e) => e.parser === judge.name && e.version === judge.version && e.file === shown);
      for (const query of queries) {
        try {
          judge.judge(query);
        } catch (error) {
          if (exception) seen.add(exception);
          else refusals.push(`${judge.name} ${judge.version}: ${String(error.message || error).split('\n')[0].slice(0, 300)}`);
        }
      }
    }
    console.log(refusals.length === 0 ? `ok judged/${shown}` : `not ok judged/${shown}`);
    for (const refusal of refusals) console.log('  ' + refusal);
  }
  const stale = listed.filter((e) => !seen.has(e));
  console.log(stale.length === 0 ? 'ok judged/exceptions' : 'not ok judged/exceptions');
  for (const e of stale) console.log(`  ${e.parser} ${e.version} does not refuse ${e.file}`);
}

main();
