// What i64 instructions mean in versions of functions on BigInts: operations on BigInts, cut to 64 bits each. The values
// of cells and registers are signed.
//
//   i64.add    sx(64, a + b)        i64.lt_u    sx(64, a ^ 1n << 63n) < sx(64, b ^ 1n << 63n)

import type * as es from 'estree'
import { CELLS } from '../5-optimize/legalize/cells.ts'
import { assign, at, bin, call, id, type Node, neg, num, strip, u32 } from './build.ts'
import type { BigIntOp, Binary, CallRuntime, Counted, Meaning } from './meaning.ts'

/** The last cell is for values of which only a word is needed. */
const SCRATCH = CELLS - 1

/** A BigInt literal of a signed number: what variables hold is signed. */
export const bigint = (lo: number, hi: number): Node => {
  const value = (BigInt(hi | 0) << 32n) | BigInt(lo >>> 0)
  const text = String(value < 0n ? -value : value)
  const literal: Node = { type: 'Literal', value: null, raw: `${text}n`, bigint: text }
  return value < 0n ? neg(literal) : literal
}

/** What the runtime has for versions on BigInts: cells of registers, their words, and how to cut to signed and unsigned. */
export const BIGINT_RUNTIME = ['wl', 'wi', 'sx', 'ux'] as const

export type BigIntRuntime = (typeof BIGINT_RUNTIME)[number]

type Use = (name: BigIntRuntime) => es.Identifier

export const cell = (use: Use, index: number): Node & es.MemberExpression => at(use('wl'), num(index))

/** The low or the high word of a value. */
export function word(use: Use, value: Node, part: 0 | 1): Node {
  const index = value.type === 'MemberExpression' ? Number((value.property as es.Literal).value) : SCRATCH
  const read = at(use('wi'), num(2 * index + part))
  if (index !== SCRATCH) return read
  return { type: 'SequenceExpression', expressions: [assign(cell(use, SCRATCH), value), read] }
}

const BITS = num(64)

/** Cut to a signed number of 64 bits. */
const cut = (rt: CallRuntime, x: Node): Node => rt('sx', BITS, x)
const unsigned = (rt: CallRuntime, x: Node): Node => rt('ux', BITS, x)

/** As an operand of what goes by the sign: engines know that of variables, not of literals and cells. */
function signed(rt: CallRuntime, x: Node): Node {
  const made = cut(rt, x) as es.SimpleCallExpression
  const callee = x.type === 'CallExpression' ? (x.callee as es.Node) : undefined
  const isCut = callee?.type === 'Identifier' && callee.name === (made.callee as es.Identifier).name
  return x.type === 'Identifier' || isCut ? x : made
}

/** Numbers compare as unsigned ones do with their top bits changed. */
const biased = (rt: CallRuntime, x: Node): Node => cut(rt, bin('^', x, bigint(0, -2147483648)))

const infix =
  (operator: es.BinaryOperator, operand: (rt: CallRuntime, x: Node) => Node = (_, x) => x): Binary =>
  (rt, x, y) =>
    cut(rt, bin(operator, operand(rt, x), operand(rt, y)))

const compare =
  (operator: es.BinaryOperator, operand: (rt: CallRuntime, x: Node) => Node): Binary =>
  (rt, x, y) =>
    bin(operator, operand(rt, x), operand(rt, y))

const shift =
  (operator: '<<' | '>>', operand: (rt: CallRuntime, x: Node) => Node): Binary =>
  (rt, x, count) =>
    cut(rt, bin(operator, operand(rt, x), count))

/** V8 knows that BigInt(x | 0) is a word, of BigInt(x) it does not. */
const big = (rt: CallRuntime, x: Node): Node => cut(rt, call(id('BigInt'), [x]))
const bigSigned = (rt: CallRuntime, x: Node): Node => big(rt, bin('|', strip(x), num(0)))

export const BIGINT_MEANINGS = {
  'i64.add': infix('+'),
  'i64.sub': infix('-'),
  'i64.mul': infix('*'),
  'i64.and': infix('&'),
  'i64.or': infix('|'),
  'i64.xor': infix('^'),
  'i64.div_c': infix('/', signed),
  'i64.rem_c': infix('%', signed),
  'i64.shl': shift('<<', (_, x) => x),
  'i64.shr_s': shift('>>', signed),
  'i64.shr_u': shift('>>', unsigned),
  'i64.rotl': (rt, x, count) => {
    const out = cut(rt, bin('<<', x, count))
    const rest = bigint(64 - Number((count as es.BigIntLiteral).bigint), 0)
    return cut(rt, bin('|', out, bin('>>', unsigned(rt, x), rest)))
  },
  'i64.eq': compare('===', signed),
  'i64.ne': compare('!==', signed),
  'i64.lt_s': compare('<', signed),
  'i64.gt_s': compare('>', signed),
  'i64.le_s': compare('<=', signed),
  'i64.ge_s': compare('>=', signed),
  'i64.lt_u': compare('<', biased),
  'i64.gt_u': compare('>', biased),
  'i64.le_u': compare('<=', biased),
  'i64.ge_u': compare('>=', biased),
  'i64.extend_i32_s': (rt, x) => bigSigned(rt, x),
  'i64.extend_i32_u': (rt, x) => big(rt, u32(x)),
  'i64.join': (rt, lo, hi) => {
    const high = cut(rt, bin('<<', bigSigned(rt, hi), bigint(32, 0)))
    return cut(rt, bin('|', high, big(rt, u32(lo))))
  },
} satisfies { readonly [Op in BigIntOp]: Meaning }

BIGINT_MEANINGS satisfies Counted<typeof BIGINT_MEANINGS>
