// Swizzles of vectors that are known when compiling, and look-ups in more than they hold, are tables that bytes are looked up
// in: they are made once, before all instances, or with a function that is compiled when it is called.
//
//   i8x16.swizzle (v128.const ...) (x)    const Q_...=swizzle_table(1,2,3,4);    Q_...[x0&255]|Q_...[x0>>>8&255]<<8|...
//
// Where all numbers of bytes are known to be below 16, two of them together are one of 256 pairs; where they are below 64, one of
// 4096. No functions do this: there are several look-ups in a row, and SpiderMonkey does not inline all of them.

import type * as es from 'estree'
import type { Operation } from '../3-ir/expr.ts'
import type { RuntimeName } from '../3-ir/runtime-names.ts'
import { assign, at, bin, call, constantFor, id, list, type Node, num, sequence, vars } from './build.ts'
import type { FunctionContext } from './context.ts'
import type { ByteTable, Uses } from './uses.ts'

type Kind = ByteTable extends `${infer Name},${string}` ? Name : never

/** What each kind of table begins its name with. */
const NAMES: Readonly<Record<Kind, string>> = { bytes: 'Q', nibbles: 'Q2', sixes: 'Q6' }

/** What ops look up by. */
const KINDS: { readonly [op: string]: Kind } = {
  'i32.swizzle': 'bytes',
  'i32.swizzle_low': 'nibbles',
  'i32.lookup': 'sixes',
}

/** Whether what bytes are taken of is known: all operands but the last. */
export const hasByteTable = ({ op, args }: Operation): boolean =>
  op in KINDS && args.every(({ kind }, i) => i === args.length - 1 || kind === 'const')

/** @param order the bytes that are looked up */
export function lookup(c: FunctionContext, { op, args }: Operation, order: Node): Node {
  const kind = KINDS[op]!
  const words = args.slice(0, -1).map((e) => (e.kind === 'const' ? e.value : 0))
  const table: ByteTable = `${kind},${words.join()}`
  c.uses.byteTables.add(table)
  return LOOKUPS[kind](c, id(nameOf(table)), order)
}

const kept = (c: FunctionContext): es.Identifier => id(c.scratch('order'))

//   Q[(w=x+y)&255]|Q[w>>>8&255]<<8|Q[w>>>16&255]<<16|Q[w>>>24&255]<<24
function eachByte(c: FunctionContext, table: es.Identifier, order: Node): Node {
  const word = order.type === 'Identifier' ? order : kept(c)
  const first = at(table, bits(order === word ? word : assign(word, order), 255))
  return [8, 16, 24].reduce((bytes, shift) => bin('|', bytes, entry(table, word, shift, 255)), first as Node)
}

//   Q2[(w=x+y,w=w|w>>>4)&255]|Q2[w>>>16&255]<<16
const eachPair =
  (operator: '|' | '^', shift: number, mask: number) =>
  (c: FunctionContext, table: es.Identifier, order: Node): Node => {
    const pairs = kept(c)
    const word = order.type === 'Identifier' ? order : pairs
    const both = assign(pairs, bin(operator, word, bin('>>>', word, num(shift))))
    const first = at(table, bits(order === word ? both : sequence([assign(pairs, order), both]), mask))
    return bin('|', first, entry(table, pairs, 16, mask))
  }

/** How a word is looked up: two numbers below 64 as `lookup_pairs` of the runtime says. */
const LOOKUPS: Readonly<Record<Kind, (c: FunctionContext, table: es.Identifier, order: Node) => Node>> = {
  bytes: eachByte,
  nibbles: eachPair('|', 4, 255),
  sixes: eachPair('^', 2, 4095),
}

const bits = (word: Node, mask: number): Node => bin('&', word, num(mask))

const entry = (table: Node, word: Node, shift: number, mask: number): Node =>
  bin('<<', at(table, bits(bin('>>>', word, num(shift)), mask)), num(shift))

/** Made of what is in it, since functions are emitted each for itself. */
function nameOf(table: ByteTable): string {
  const { kind, words } = contentsOf(table)
  return `${NAMES[kind]}${words.map((word) => `_${(word >>> 0).toString(36)}`).join('')}`
}

function contentsOf(table: ByteTable): { readonly kind: Kind; readonly words: readonly number[] } {
  const [kind, ...words] = table.split(',') as [Kind, ...string[]]
  return { kind, words: words.map(Number) }
}

/** What makes a table. */
function made(table: ByteTable, use: (name: RuntimeName) => Node): Node {
  const { kind, words } = contentsOf(table)
  const all = words.map(num)
  if (kind === 'sixes') return call(use('lookup_pairs'), [list(all)])
  return call(use(kind === 'bytes' ? 'swizzle_table' : 'swizzle_pairs'), all)
}

/** @param use names a declaration of the runtime */
export function byteTableStatements(
  { byteTables }: Uses,
  isEs5: boolean,
  use: (name: RuntimeName) => Node,
): es.Statement[] {
  if (byteTables.size === 0) return []
  const tables = [...byteTables].sort().map((table): [string, Node] => [nameOf(table), made(table, use)])
  return [vars(tables, constantFor(isEs5))]
}
