// What is known of v128 values, so that rules may do less: which bits of a word may be set, the same for all four words, and
// whether the four bytes of each word are equal.
//
//   i16x8.shr_u (x) 8          the highest bits of 16-bit lanes are zero: two of them are added without carries between
//   i8x16.shuffle 3 3 3 3 ...  a product with it is one of whole words

import { bitsOf } from '../../../3-ir/bits/of-tree.ts'
import type { Expr, Operation } from '../../../3-ir/expr.ts'
import type { Func } from '../../../3-ir/ir.ts'
import type { VectorOp } from '../../../3-ir/ops/index.ts'
import { DefUse } from '../../facts/def-use.ts'
import { type Facts, type Forward, solveForward } from '../../facts/sparse.ts'

export interface Known {
  /** All others are zero in each of the words. */
  readonly bits: number
  readonly hasEqualBytes: boolean
}

export const UNKNOWN: Known = { bits: -1, hasEqualBytes: false }

/** What is known of a function's v128 registers, by id. */
export const findKnown = (func: Func): Facts<Known> => solveForward(func, new DefUse(func), DOMAIN)

const DOMAIN: Forward<Known> = {
  covers: ({ type }) => type === 'v128',
  top: () => UNKNOWN,
  transfer: knownIn,
  join: (old, made) => {
    const joined = either(old, made)
    return joined.bits === old.bits && joined.hasEqualBytes === old.hasEqualBytes ? old : settled(joined)
  },
}

/** What changes is one object where nothing is left. */
const settled = (known: Known): Known => (known.bits === -1 && !known.hasEqualBytes ? UNKNOWN : known)

export const either = (a: Known, b: Known): Known => ({
  bits: a.bits | b.bits,
  hasEqualBytes: a.hasEqualBytes && b.hasEqualBytes,
})

/** What is known of an expression; undefined: nothing has been set that it is made of. */
export function knownIn(e: Expr, facts: Facts<Known>): Known | undefined {
  if (e.type !== 'v128') return UNKNOWN
  if (e.kind === 'reg') return facts[e.reg.id]
  if (e.kind !== 'op' && e.kind !== 'select') return UNKNOWN
  const operands: Known[] = []
  for (const arg of e.args) {
    const known = knownIn(arg, facts)
    if (known === undefined) return undefined
    operands.push(known)
  }
  return e.kind === 'select' ? either(operands[1]!, operands[2]!) : settled(knownOf(e, operands))
}

/** What is known of the result of an op on vectors. */
export function knownOf(e: Operation, operands: readonly Known[]): Known {
  const rule = RULES[e.op as VectorOp]
  return rule === undefined ? UNKNOWN : rule(operands[0]!, operands[1]!, e.args)
}

/** @param args the operands, of which immediates and counts may be constant */
type Rule = (x: Known, y: Known, args: readonly Expr[]) => Known

type Lane = 8 | 16 | 32

/** A function of the largest values of lanes, in each lane of a word. Results that do not fit may be anything. */
function inLanes(width: Lane, x: number, y: number, most: (x: number, y: number) => number): Known {
  const ones = 2 ** width - 1
  let bits = 0
  for (let at = 0; at < 32; at += width) {
    const value = most(((x >>> at) & ones) >>> 0, ((y >>> at) & ones) >>> 0)
    bits |= upTo(Math.min(value, ones)) << at
  }
  return { bits, hasEqualBytes: false }
}

/** All bits that numbers up to this one have. */
const upTo = (value: number): number => (value === 0 ? 0 : -1 >>> Math.clz32(value))

const largest =
  (width: Lane, most: (x: number, y: number) => number): Rule =>
  (x, y) =>
    inLanes(width, x.bits, y.bits, most)

/** Of the largest values, a constant that is taken away. */
const less =
  (width: Lane): Rule =>
  (x, _, [, y]) =>
    inLanes(width, x.bits, leastOf(width, y!), (most, least) => Math.max(most - least, 0))

/** A word whose lanes are the least ones of a constant's words; zeros if it is not known. */
function leastOf(width: Lane, e: Expr): number {
  if (e.kind !== 'op' || e.op !== 'v128.join') return 0
  const ones = 2 ** width - 1
  let least = 0
  for (let at = 0; at < 32; at += width) {
    const lanes = e.args.map((arg) => (arg.kind === 'const' ? ((arg.value >>> at) & ones) >>> 0 : 0))
    least |= Math.min(...lanes) << at
  }
  return least
}

const sum = (x: number, y: number): number => x + y

const shift =
  (width: Lane, by: (bits: number, count: number) => number): Rule =>
  (x, _, [, count]) => {
    if (count!.kind !== 'const') return UNKNOWN
    const ones = 2 ** width - 1
    let bits = 0
    for (let at = 0; at < 32; at += width) {
      bits |= (by(((x.bits >>> at) & ones) >>> 0, count!.value & (width - 1)) & ones) << at
    }
    return { bits, hasEqualBytes: false }
  }

const left = (bits: number, count: number): number => bits << count
const right = (bits: number, count: number): number => bits >>> count

/** The bits of all bytes of a word together. */
const bytesOf = (bits: number): number => (bits | (bits >>> 8) | (bits >>> 16) | (bits >>> 24)) & 0xff
const shortsOf = (bits: number): number => (bits | (bits >>> 16)) & 0xffff
const inBytes = (byte: number): number => Math.imul(byte, 0x01010101)
const inShorts = (short: number): number => Math.imul(short, 0x00010001)

const bitwise =
  (bits: (x: number, y: number) => number): Rule =>
  (x, y) => ({ bits: bits(x.bits, y.bits), hasEqualBytes: x.hasEqualBytes && y.hasEqualBytes })

const both = bitwise((x, y) => x | y)

const isEqual = (word: number): boolean => word === inBytes(word & 0xff)

const joined: Rule = (_x, _y, args) => ({
  bits: args.reduce((bits, arg) => bits | bitsOf(arg).mayBeSetLo, 0),
  hasEqualBytes: args.every((arg) => arg.kind === 'const' && isEqual(arg.value)),
})

/** The immediates are words of the numbers of bytes. */
const shuffled: Rule = (x, y, args) => ({
  bits: inBytes(bytesOf(x.bits | y.bits)),
  hasEqualBytes: args.slice(2).every((arg) => arg.kind === 'const' && isEqual(arg.value)),
})

const extended: Rule = (x) => ({ bits: inShorts(bytesOf(x.bits)), hasEqualBytes: false })
const extendedShorts: Rule = (x) => ({ bits: shortsOf(x.bits), hasEqualBytes: false })

const products: Rule = (x, y) => ({
  bits: inShorts(upTo(bytesOf(x.bits) * bytesOf(y.bits))),
  hasEqualBytes: false,
})

const RULES: { readonly [Op in VectorOp]?: Rule } = {
  'v128.join': joined,
  'v128.and': bitwise((x, y) => x & y),
  'v128.or': both,
  'v128.xor': both,
  'v128.andnot': (x, y) => ({ bits: x.bits, hasEqualBytes: x.hasEqualBytes && y.hasEqualBytes }),
  'v128.not': ({ hasEqualBytes }) => ({ bits: -1, hasEqualBytes }),
  // The third vector says from which of the others each bit is.
  'v128.bitselect': (x, y) => ({ bits: x.bits | y.bits, hasEqualBytes: false }),
  'i8x16.shuffle': shuffled,
  'i8x16.swizzle': (x) => ({ bits: inBytes(bytesOf(x.bits)), hasEqualBytes: false }),
  'i8x16.lookup': (_x, _y, args) => ({
    bits: inBytes(
      bytesOf(args.slice(0, 4).reduce((bits, table) => bits | joined(UNKNOWN, UNKNOWN, table.args).bits, 0)),
    ),
    hasEqualBytes: false,
  }),
  'i8x16.splat': (_x, _y, [arg]) => ({ bits: inBytes(bitsOf(arg!).mayBeSetLo & 0xff), hasEqualBytes: true }),
  'i16x8.splat': (_x, _y, [arg]) => ({ bits: inShorts(bitsOf(arg!).mayBeSetLo & 0xffff), hasEqualBytes: false }),
  'i32x4.splat': (_x, _y, [arg]) => ({ bits: bitsOf(arg!).mayBeSetLo, hasEqualBytes: false }),
  'i8x16.shl': shift(8, left),
  'i8x16.shr_u': shift(8, right),
  'i16x8.shl': shift(16, left),
  'i16x8.shr_u': shift(16, right),
  'i32x4.shl': shift(32, left),
  'i32x4.shr_u': shift(32, right),
  'i8x16.add': largest(8, sum),
  'i16x8.add': largest(16, sum),
  'i32x4.add': largest(32, sum),
  'i8x16.add_sat_u': largest(8, sum),
  'i16x8.add_sat_u': largest(16, sum),
  'i8x16.sub_sat_u': less(8),
  'i16x8.sub_sat_u': less(16),
  'i8x16.min_u': largest(8, Math.min),
  'i16x8.min_u': largest(16, Math.min),
  'i8x16.max_u': largest(8, Math.max),
  'i16x8.max_u': largest(16, Math.max),
  'i8x16.avgr_u': largest(8, Math.max),
  'i16x8.avgr_u': largest(16, Math.max),
  'i8x16.popcnt': () => ({ bits: 0x0f0f0f0f, hasEqualBytes: false }),
  'i16x8.extend_low_i8x16_u': extended,
  'i16x8.extend_high_i8x16_u': extended,
  'i32x4.extend_low_i16x8_u': extendedShorts,
  'i32x4.extend_high_i16x8_u': extendedShorts,
  'i16x8.extmul_low_i8x16_u': products,
  'i16x8.extmul_high_i8x16_u': products,
  'i16x8.extadd_pairwise_i8x16_u': (x) => ({ bits: inShorts(upTo(2 * bytesOf(x.bits))), hasEqualBytes: false }),
}
