// SQLite in a build with Asyncify: each page that it reads or writes is waited for.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export async function run() {
  const require = createRequire(import.meta.url)
  const { default: start } = await import('wa-sqlite/dist/wa-sqlite-async.mjs')
  const { Factory, SQLITE_ROW } = await import('wa-sqlite')
  const { MemoryAsyncVFS } = await import('wa-sqlite/src/examples/MemoryAsyncVFS.js')
  const module = await start({ wasmBinary: readFileSync(require.resolve('wa-sqlite/dist/wa-sqlite-async.wasm')) })
  const sqlite = Factory(module)
  sqlite.vfs_register(new MemoryAsyncVFS(), true)
  const database = await sqlite.open_v2('corpus.db')
  sqlite.create_function(database, 'twice', 1, 1, 0, (context, values) => {
    sqlite.result(context, sqlite.value_int(values[0]) * 2)
  })
  const results = []
  for (const query of QUERIES) {
    const rows = []
    try {
      for await (const statement of sqlite.statements(database, query)) {
        while ((await sqlite.step(statement)) === SQLITE_ROW) rows.push(sqlite.row(statement))
      }
    } catch (error) {
      rows.push(error.message)
    }
    results.push(rows)
  }
  await sqlite.close(database)
  return [
    sqlite.libversion(),
    results.map((rows) => JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))),
  ]
}

const QUERIES = [
  'CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT, number REAL)',
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
   INSERT INTO t SELECT i, 'word ' || (i * 7919 % 1009), i / 7.0 FROM n`,
  'CREATE INDEX by_word ON t (word)',
  'SELECT count(*), sum(number), min(word), max(word) FROM t',
  'SELECT word, count(*) FROM t GROUP BY word ORDER BY 2 DESC, 1 LIMIT 5',
  'SELECT twice(id), hex(zeroblob(3)), 9007199254740993 FROM t WHERE word = (SELECT max(word) FROM t)',
  'BEGIN; DELETE FROM t WHERE id % 3 = 0; SELECT count(*) FROM t; ROLLBACK; SELECT count(*) FROM t',
  'SELECT * FROM nowhere',
  'UPDATE t SET number = -number WHERE id > 2990; SELECT * FROM t WHERE id > 2995; VACUUM; PRAGMA integrity_check',
]
