// SQLite: a table of 10,000 rows, a join, aggregates, a rollback, and the database file itself.
import { digest } from '../inputs.mjs'

export async function run() {
  const { default: initSqlJs } = await import('sql.js')
  const SQL = await initSqlJs()
  const db = new SQL.Database()
  db.run('create table item (id integer primary key, name text, price real, kind integer)')
  db.run('create table kind (id integer primary key, label text unique)')
  for (let kind = 0; kind < 17; kind++) db.run('insert into kind values (?, ?)', [kind, `kind ${kind}`])
  insertItems(db, 10_000)
  db.run('create index by_price on item (price)')
  const answers = QUERIES.map((query) => db.exec(query))
  db.run('begin; delete from item where id % 3 = 0; rollback')
  const count = db.exec('select count(*) from item')
  const file = db.export()
  const again = new SQL.Database(file).exec('pragma integrity_check')
  return { answers, count, again, file: [file.length, digest(file)], error: errorOf(db) }
}

function insertItems(db, count) {
  const insert = db.prepare('insert into item (name, price, kind) values (?, ?, ?)')
  db.run('begin')
  for (let i = 0; i < count; i++) insert.run([`item ${(i * 7919) % count}`, ((i * 37) % 1009) / 8, i % 17])
  db.run('commit')
  insert.free()
}

const QUERIES = [
  `select label, count(*), sum(price), avg(price), min(name), max(name)
     from item join kind on kind.id = item.kind group by label having count(*) > 500 order by 3 desc, 1`,
  'select a.id, b.id from item a join item b on a.price = b.price and a.id < b.id order by a.price, 1, 2 limit 20',
  `with recursive n(i, f) as (select 1, 1.5 union all select i + 1, f * 1.01 + i % 3 from n where i < 2000)
     select sum(f), total(i), printf('%.12g', max(f)) from n`,
  'select upper(substr(name, 3, 6)) || hex(id), round(price, 1), 9223372036854775807 - id from item limit 5 offset 4711',
  "select sqlite_version(), 1 << 40, -7 % 3, 7.0 / 3, cast(1e19 as integer), glob('it*9', 'item 99')",
]

function errorOf(db) {
  try {
    return db.exec('select * from nowhere')
  } catch (error) {
    return String(error)
  }
}
