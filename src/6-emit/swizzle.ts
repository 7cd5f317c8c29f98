// Swizzles of vectors that are known when compiling, which are tables that bytes are looked up in: they are made once, before
// all instances.
//
//   i8x16.swizzle (v128.const ...) (x)    const Q_...=swizzle_table(1,2,3,4);    i32_lookup(Q_..., x0), ...
//
// Where all numbers of bytes are known to be below 16, two of them together are one of 256 pairs.

import type * as es from 'estree'
import type { Operation } from '../3-ir/expr.ts'
import { constantFor, id, type Node, num, vars } from './build.ts'
import type { FunctionContext } from './context.ts'
import type { InstanceContext } from './instance-context.ts'
import type { ByteTable } from './uses.ts'

/** Whether what bytes are taken of is known. Where functions are compiled lazily, no table can be added to an instance. */
export const hasByteTable = (c: FunctionContext, { args }: Operation): boolean =>
  !c.module.isLazy && args.slice(0, 4).every(({ kind }) => kind === 'const')

/** @param order the bytes that are looked up */
export function lookup(c: FunctionContext, { op, args }: Operation, order: Node): Node {
  const [a, b, c0, d] = args.map((e) => (e.kind === 'const' ? e.value : 0)) as [number, number, number, number]
  const table: ByteTable = `${a},${b},${c0},${d}`
  if (op === 'i32.swizzle_low') {
    c.uses.pairTables.add(table)
    return c.runtime('i32_lookup_pairs', id(nameOf(table, PAIRS)), order)
  }
  c.uses.byteTables.add(table)
  return c.runtime('i32_lookup', id(nameOf(table, BYTES)), order)
}

const BYTES = 'Q'
const PAIRS = 'Q2'

/** Made of what is in it, since functions are emitted each for itself. */
const nameOf = (table: ByteTable, kind: typeof BYTES | typeof PAIRS): string =>
  `${kind}${wordsOf(table)
    .map((word) => `_${(word >>> 0).toString(36)}`)
    .join('')}`

const wordsOf = (table: ByteTable): [number, number, number, number] =>
  table.split(',').map(Number) as [number, number, number, number]

export function byteTableStatements(i: InstanceContext): es.Statement[] {
  const made = (tables: ReadonlySet<ByteTable>, kind: typeof BYTES | typeof PAIRS): [string, Node][] =>
    [...tables].sort().map((table) => {
      const [a, b, c, d] = wordsOf(table)
      const make = kind === PAIRS ? 'swizzle_pairs' : 'swizzle_table'
      return [nameOf(table, kind), i.call(make, num(a), num(b), num(c), num(d))]
    })
  const all = [...made(i.uses.byteTables, BYTES), ...made(i.uses.pairTables, PAIRS)]
  return all.length === 0 ? [] : [vars(all, constantFor(i.isEs5))]
}
