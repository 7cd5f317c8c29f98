// Perspective, an engine for tables in C++: a build for 64-bit memories, which its loader takes where the engine has them,
// and a client in Rust. Both unpack themselves.
import { randomNumbers } from '../inputs.mjs'
import { lackingFeature } from '../needs.mjs'

export async function run() {
  const perspective = await import('@perspective-dev/client/node')
  const next = randomNumbers(5)
  const rows = Array.from({ length: 700 }, (_, i) => ({
    id: i,
    city: ['Rome', 'Oslo', 'Lima', 'Kyiv', 'Bonn'][next() % 5],
    price: (next() % 100_000) / 8,
    count: next() % 50,
    day: new Date(Date.UTC(2020, next() % 12, 1 + (next() % 28))).toISOString().slice(0, 10),
    open: next() % 3 === 0,
  }))
  const schema = { id: 'integer', city: 'string', price: 'float', count: 'integer', day: 'date', open: 'boolean' }
  const table = await perspective.default.table(schema, { index: 'id', name: 'sales' })
  await table.update(rows)
  await table.update(rows.slice(0, 200).map((row) => ({ ...row, price: row.price * 2 })))
  await table.remove([1, 2, 3])
  const results = [await table.size(), await table.schema()]
  for (const config of VIEWS) {
    const view = await table.view(config)
    results.push(
      await view.num_rows(),
      await view.to_csv({ end_row: 20 }),
      await view.to_json({ start_row: 5, end_row: 12 }),
    )
    await view.delete()
  }
  results.push(await table.view({ columns: ['nothing'] }).then(String, (error) => String(error.message ?? error)))
  return results
}

/** Where the engine has no such memories, the loader takes another build. */
export const lacking = () => lackingFeature('memories with 64-bit addresses')

const VIEWS = [
  { columns: ['city', 'price'], sort: [['price', 'desc']] },
  { group_by: ['city'], columns: ['price', 'count'], aggregates: { price: 'avg', count: 'sum' } },
  { group_by: ['city'], split_by: ['open'], columns: ['price'], aggregates: { price: 'median' } },
  {
    filter: [
      ['price', '>', 9000],
      ['city', 'contains', 'o'],
    ],
    columns: ['id', 'day', 'city'],
  },
  {
    expressions: { total: '"price" * "count" + sqrt("id")', month: `bucket("day", 'M')`, upper: 'upper("city")' },
    columns: ['total', 'month', 'upper'],
  },
]
