// PostgreSQL with dynamic linking (a main module, and libraries that are loaded into it), setjmp, and files from an archive.
/** Its libraries are loaded while it starts, which may be over before: not all of them are compiled each time. */
export const varies = { modules: true }

export async function run() {
  const { PGlite } = await import('@electric-sql/pglite')
  const { pgcrypto } = await import('@electric-sql/pglite/contrib/pgcrypto').catch(() => ({}))
  const { hstore } = await import('@electric-sql/pglite/contrib/hstore').catch(() => ({}))
  const database = await PGlite.create({ extensions: { ...(pgcrypto && { pgcrypto }), ...(hstore && { hstore }) } })
  const results = []
  for (const query of QUERIES) {
    try {
      results.push((await database.exec(query)).map(({ rows }) => rows))
    } catch (error) {
      results.push([error.code, error.message])
    }
  }
  await database.close()
  return results
}

const QUERIES = [
  'CREATE TABLE t (id int PRIMARY KEY, city text, price numeric(10, 3), at timestamptz, data jsonb)',
  `INSERT INTO t SELECT i, (ARRAY['Rome', 'Oslo', 'Lima'])[1 + i % 3], (i * 7919 % 10007) / 8.0, '2020-01-01Z'::timestamptz + i * interval '1 hour',
   jsonb_build_object('i', i, 'list', ARRAY[i, i * i]) FROM generate_series(1, 3000) i`,
  'SELECT city, count(*), sum(price), avg(price), stddev(price), percentile_cont(0.3) WITHIN GROUP (ORDER BY price) FROM t GROUP BY city ORDER BY 1',
  `SELECT id, rank() OVER (PARTITION BY city ORDER BY price DESC) r, data->'list'->>1 AS square FROM t ORDER BY price DESC, id LIMIT 7`,
  `WITH RECURSIVE f(a, b) AS (SELECT 0::numeric, 1::numeric UNION ALL SELECT b, a + b FROM f WHERE b < 1e40) SELECT max(a) FROM f`,
  `SELECT regexp_replace('a1b22', '[0-9]+', '#', 'g'), md5('x'), to_char(1234.5, '9,999.99'), '2024-02-29'::date + interval '1 year', sqrt(2::numeric), 0.1::float8 + 0.2`,
  'SELECT * FROM nowhere',
  'SELECT 1 / (id - id) FROM t',
  `DO $$ BEGIN FOR i IN 1..50 LOOP BEGIN PERFORM 1 / (i % 2); EXCEPTION WHEN division_by_zero THEN NULL; END; END LOOP; END $$`,
  `CREATE FUNCTION fib(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF n < 2 THEN RETURN n; END IF; RETURN fib(n - 1) + fib(n - 2); END $$; SELECT fib(15)`,
  "CREATE EXTENSION hstore; SELECT ('a=>1, b=>2'::hstore || 'b=>3')::text, hstore(ARRAY['x', 'y'])",
  `CREATE EXTENSION pgcrypto; SELECT encode(digest('abc', 'sha256'), 'hex'), encode(hmac('a', 'b', 'sha512'), 'base64')`,
  `CREATE INDEX ON t USING gin (data); EXPLAIN (COSTS OFF) SELECT * FROM t WHERE data @> '{"i": 7}'; SELECT id FROM t WHERE data @> '{"i": 7}'`,
  `BEGIN; DELETE FROM t WHERE id > 100; SELECT count(*) FROM t; ROLLBACK; SELECT count(*) FROM t; VACUUM ANALYZE t`,
  `SELECT ts_headline('the quick brown foxes jumped', to_tsquery('fox & jump')), 'b' COLLATE "C" < 'A' AS less, upper('straße')`,
]
