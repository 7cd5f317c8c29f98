// SQLite: ten queries over 30,000 rows, each timed by itself.
import { digest } from '../../corpus/inputs.mjs'

export async function start() {
  const { default: initSqlJs } = await import('sql.js')
  const SQL = await initSqlJs()
  const db = new SQL.Database()
  db.run('create table item (id integer primary key, name text, price real, kind integer)')
  db.run('create table kind (id integer primary key, label text unique)')
  for (let kind = 0; kind < 17; kind++) db.run('insert into kind values (?, ?)', [kind, `kind ${kind}`])
  db.run(`with recursive n(i) as (select 0 union all select i + 1 from n where i < 29999)
    insert into item (name, price, kind) select 'item ' || ((i * 7919) % 30000), ((i * 37) % 1009) / 8.0, i % 17 from n`)
  return (lap) => {
    const answers = Object.entries(QUERIES).map(([name, query]) => lap(name, () => db.exec(query)))
    return digest(JSON.stringify(answers))
  }
}

const QUERIES = {
  aggregate: `select kind, count(*), sum(price), avg(price), min(name), max(name) from item group by kind order by 3`,
  join: `select label, count(*), total(price) from item join kind on kind.id = item.kind where price > 20
    group by label having count(*) > 500 order by 3 desc, 1`,
  sort: 'select id, name from item order by price desc, name limit 50 offset 20000',
  like: "select count(*) from item where name like '%9%7%' or name glob '*1[2-5]*'",
  text: "select sum(length(upper(name) || hex(id) || printf('%08.3f', price))) from item",
  recursion: `with recursive n(i, f) as (select 1, 1.5 union all select i + 1, f * 1.01 + i % 3 from n where i < 20000)
    select sum(i), total(f), printf('%.12g', max(f)) from n`,
  window: `select max(total) from (select sum(price) over (partition by kind order by id
    rows between 20 preceding and current row) as total from item)`,
  index: `begin; create index by_price on item (price, kind);
    select count(*) from item a join item b on a.price = b.price and a.kind = b.kind and a.id < b.id;
    drop index by_price; commit`,
  update: `begin; update item set price = price * 2 + 1 where id % 3 = 0; delete from item where id % 5 = 1;
    select count(*), total(price) from item; rollback`,
  json: `select count(*), sum(json_extract(j, '$.p') > 50) from
    (select json_object('n', name, 'p', price, 'k', json_array(kind, id)) as j from item where id < 8000)`,
}
