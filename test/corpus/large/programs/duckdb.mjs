// DuckDB, a database in C++ whose build has exceptions (legacy ones): what its queries and its errors say.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export async function run() {
  const require = createRequire(import.meta.url)
  const file = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs')
  const duckdb = require(file)
  const wasm = (name) => ({ mainModule: join(dirname(file), `duckdb-${name}.wasm`), mainWorker: null })
  const logger = new duckdb.VoidLogger()
  const database = await duckdb.createDuckDB({ mvp: wasm('mvp'), eh: wasm('eh') }, logger, duckdb.NODE_RUNTIME)
  await database.instantiate(() => {})
  database.open({ maximumThreads: 1 })
  const connection = database.connect()
  const results = QUERIES.map((query) => {
    try {
      return connection.query(query).toString()
    } catch (error) {
      return String(error.message)
    }
  })
  connection.close()
  return { version: database.getVersion(), results }
}

const QUERIES = [
  `CREATE TABLE sales AS SELECT i AS id, ['Rome', 'Oslo', 'Lima'][1 + i % 3] AS city, (i * 7919 % 10007) / 8.0 AS price,
   DATE '2020-01-01' + CAST(i % 366 AS INTEGER) AS day FROM range(20000) t(i)`,
  'SELECT city, count(*), sum(price), avg(price), median(price), min(day), max(day) FROM sales GROUP BY city ORDER BY city',
  'SELECT id, price, rank() OVER (PARTITION BY city ORDER BY price DESC, id) AS r FROM sales QUALIFY r <= 3 ORDER BY id',
  `SELECT month(day) AS m, count(DISTINCT city), string_agg(DISTINCT city, '|' ORDER BY city) FROM sales GROUP BY m ORDER BY m`,
  'SELECT a.id, b.id FROM sales a JOIN sales b ON a.price = b.price AND a.id < b.id ORDER BY 1, 2 LIMIT 10',
  `SELECT regexp_replace('a1b22', '[0-9]+', '#', 'g'), hash('x'), md5('x'), 2::HUGEINT ** 100, 1e308 * 10, 'NaN'::DOUBLE`,
  'SELECT * FROM nowhere',
  `SELECT CAST('abc' AS INTEGER)`,
  'SELECT 1 +',
  'WITH RECURSIVE f(a, b) AS (SELECT 0::HUGEINT, 1::HUGEINT UNION ALL SELECT b, a + b FROM f WHERE b < 10^30) SELECT max(a) FROM f',
  `SELECT unnest(list_transform(range(5), x -> x * x)) AS y, {'a': 1, 'b': [NULL, 2]} AS s, INTERVAL 90 DAY`,
]
