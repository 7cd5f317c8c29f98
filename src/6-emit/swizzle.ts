// Swizzles of vectors that are known when compiling, which are tables that bytes are looked up in: they are made once, before
// all instances.
//
//   i8x16.swizzle (v128.const ...) (x)    const Q_...=swizzle_table(1,2,3,4);    Q_...[x0&255]|Q_...[x0>>>8&255]<<8|...
//
// Where all numbers of bytes are known to be below 16, two of them together are one of 256 pairs. No functions do this: there are
// several look-ups in a row, and SpiderMonkey does not inline all of them.

import type * as es from 'estree'
import type { Operation } from '../3-ir/expr.ts'
import { assign, at, bin, constantFor, id, type Node, num, sequence, vars } from './build.ts'
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
  if (op === 'i32.swizzle') {
    c.uses.byteTables.add(table)
    return eachByte(c, id(nameOf(table, BYTES)), order)
  }
  c.uses.pairTables.add(table)
  return eachPair(c, id(nameOf(table, PAIRS)), order)
}

const kept = (c: FunctionContext): es.Identifier => id(c.scratch('order'))

//   Q[(w=x+y)&255]|Q[w>>>8&255]<<8|Q[w>>>16&255]<<16|Q[w>>>24&255]<<24
function eachByte(c: FunctionContext, table: es.Identifier, order: Node): Node {
  const word = order.type === 'Identifier' ? order : kept(c)
  const first = at(table, byteOf(order === word ? word : assign(word, order), 0))
  return [8, 16, 24].reduce((bytes, shift) => bin('|', bytes, entry(table, word, shift)), first as Node)
}

//   Q2[(w=x+y,w=w|w>>>4)&255]|Q2[w>>>16&255]<<16
function eachPair(c: FunctionContext, table: es.Identifier, order: Node): Node {
  const pairs = kept(c)
  const word = order.type === 'Identifier' ? order : pairs
  const both = assign(pairs, bin('|', word, bin('>>>', word, num(4))))
  const first = at(table, byteOf(order === word ? both : sequence([assign(pairs, order), both]), 0))
  return bin('|', first, entry(table, pairs, 16))
}

const byteOf = (word: Node, shift: number): Node =>
  bin('&', shift === 0 ? word : bin('>>>', word, num(shift)), num(255))

const entry = (table: Node, word: Node, shift: number): Node => bin('<<', at(table, byteOf(word, shift)), num(shift))

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
