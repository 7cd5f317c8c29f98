// Instructions on whole vectors, and on lanes of 32 and 64 bits: an i32 lane is a word, an i64 lane an i64 of two words until
// these are legalized in turn (word-rules.ts).

import type { Expr } from '../../../3-ir/expr.ts'
import { anyOperation, i32, i64, load, operation } from '../../../3-ir/expressions.ts'
import { and, type BinaryOp, binary, choose, not, or, shl, shrS, shrU, sub, xor } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import type { OpsOfType } from '../../../3-ir/ops/index.ts'
import { located } from '../../../3-ir/positions.ts'
import { i64OfWords, wordsOf } from '../../../3-ir/words-of-i64.ts'
import { TO_WORDS } from './floats.ts'
import { dotBytes, dotShorts, multiplyShorts } from './products.ts'
import { type Binary, bitSelect, both, each, type Lane2, laneNumber, maskOf, type Rules, type Unary } from './rule.ts'
import { laneOf, lanesAs, ofDoubles, ofWords, someOf, type Vector, withLanes } from './vector.ts'
import { addPairsOfShorts, extendShorts, widen } from './widths.ts'

const ZERO = i32(0)

const words = (rule: Lane2): Binary => both('i32x4', rule)
const word = (op: BinaryOp): Binary => words((_, x, y) => binary(op, x, y))
const compare = (op: BinaryOp): Binary => words((_, x, y) => maskOf(binary(op, x, y)))

const least = (op: BinaryOp): Binary =>
  words((s, a, b) => {
    const [x, y] = [s.atom(a), s.atom(b)]
    return choose(binary(op, x, y), x, y)
  })

const shift =
  (op: BinaryOp) =>
  (s: OperandStack, v: Vector, count: Expr): Vector => {
    const lanes = lanesAs(s, v, 'i32x4')
    const n = s.atom(count)
    return ofWords(lanes.map((x) => binary(op, x, n)))
  }

const isSet = (e: Expr): Expr => binary('i32.ne', e, ZERO)

/** The highest bits of words, the first one lowest. */
const signs = (lanes: readonly Expr[]): Expr => lanes.map((e, i) => shl(shrU(e, 31), i)).reduce(or)

/** The bits of all words together: a mask that all have is one. */
function allOf(words: readonly Expr[]): Expr {
  const [first] = words
  if (first?.kind !== 'op' || first.op !== 'i32.and' || first.args[1]!.kind !== 'const') return words.reduce(or)
  const mask = first.args[1]!.value
  const isMasked = (e: Expr): boolean => e.kind === 'op' && e.op === 'i32.and' && isConst(e.args[1]!, mask)
  return words.every(isMasked) ? and(words.map((e) => e.args[0]!).reduce(or), i32(mask)) : words.reduce(or)
}

const isConst = (e: Expr, value: number): boolean => e.kind === 'const' && e.value === value

export const VECTOR_RULES: Rules<`v128.${string}`> = {
  'v128.join': (_, ...lanes) => ofWords(lanes),
  'v128.not': each('i32x4', (_, x) => not(x)),
  'v128.and': word('i32.and'),
  'v128.andnot': words((_, x, y) => and(x, not(y))),
  'v128.or': word('i32.or'),
  'v128.xor': word('i32.xor'),
  'v128.bitselect': bitSelect,
  'v128.any_true': (s, v) => isSet(allOf(lanesAs(s, v, 'i32x4'))),
}

export const WORD_RULES: Rules<`i32x4.${string}`> = {
  ...TO_WORDS,
  'i32x4.splat': (_, x) => ofWords([x]),
  'i32x4.extract_lane': (s, v, lane) => laneOf(s, v, 'i32x4', laneNumber(lane)),
  'i32x4.replace_lane': (s, v, x, lane) => withLanes(s, v, 'i32x4', laneNumber(lane), [x]),
  'i32x4.eq': compare('i32.eq'),
  'i32x4.ne': compare('i32.ne'),
  'i32x4.lt_s': compare('i32.lt_s'),
  'i32x4.lt_u': compare('i32.lt_u'),
  'i32x4.gt_s': compare('i32.gt_s'),
  'i32x4.gt_u': compare('i32.gt_u'),
  'i32x4.le_s': compare('i32.le_s'),
  'i32x4.le_u': compare('i32.le_u'),
  'i32x4.ge_s': compare('i32.ge_s'),
  'i32x4.ge_u': compare('i32.ge_u'),
  'i32x4.abs': each('i32x4', (s, e) => {
    const x = s.atom(e)
    const sign = s.atom(shrS(x, 31))
    return sub(xor(x, sign), sign)
  }),
  'i32x4.neg': each('i32x4', (_, x) => sub(ZERO, x)),
  'i32x4.all_true': (s, v) => lanesAs(s, v, 'i32x4').map(isSet).reduce(and),
  'i32x4.bitmask': (s, v) => signs(lanesAs(s, v, 'i32x4')),
  'i32x4.extend_low_i16x8_s': widen('low', extendShorts(true)),
  'i32x4.extend_high_i16x8_s': widen('high', extendShorts(true)),
  'i32x4.extend_low_i16x8_u': widen('low', extendShorts(false)),
  'i32x4.extend_high_i16x8_u': widen('high', extendShorts(false)),
  'i32x4.extadd_pairwise_i16x8_s': addPairsOfShorts(true),
  'i32x4.extadd_pairwise_i16x8_u': addPairsOfShorts(false),
  'i32x4.extmul_low_i16x8_s': multiplyShorts('low', true),
  'i32x4.extmul_high_i16x8_s': multiplyShorts('high', true),
  'i32x4.extmul_low_i16x8_u': multiplyShorts('low', false),
  'i32x4.extmul_high_i16x8_u': multiplyShorts('high', false),
  'i32x4.dot_i16x8_s': words(dotShorts),
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': (s, a, b, c) =>
    word('i32.add')(s, addPairsOfShorts(true)(s, words(dotBytes)(s, a, b)), c),
  'i32x4.shl': shift('i32.shl'),
  'i32x4.shr_s': shift('i32.shr_s'),
  'i32x4.shr_u': shift('i32.shr_u'),
  'i32x4.add': word('i32.add'),
  'i32x4.sub': word('i32.sub'),
  'i32x4.mul': word('i32.mul'),
  'i32x4.min_s': least('i32.lt_s'),
  'i32x4.min_u': least('i32.lt_u'),
  'i32x4.max_s': least('i32.gt_s'),
  'i32x4.max_u': least('i32.gt_u'),
  'i32x4.relaxed_laneselect': bitSelect,
}

/** The i64 lanes of a vector. */
function longsOf(s: OperandStack, v: Vector): readonly [Expr, Expr] {
  const [a, b, c, d] = lanesAs(s, v, 'i32x4') as [Expr, Expr, Expr, Expr]
  return [i64OfWords(a, b), i64OfWords(c, d)]
}

/** The words of an i64: those of a load are loads. */
function wordsOfLong(s: OperandStack, e: Expr): readonly Expr[] {
  if (e.kind === 'op' && e.op === 'i64.join') return e.args
  if (e.kind === 'load' && e.op === 'i64.load') {
    const addr = s.atom(e.addr)
    return [0, 4].map((more) => located(load('i32.load', e.memory, addr, e.offset + more), e.at))
  }
  return wordsOf(e.kind === 'const' ? e : s.name(e))
}

const ofLongs = (s: OperandStack, lanes: readonly Expr[]): Vector => ofWords(lanes.flatMap((e) => wordsOfLong(s, e)))

const longs =
  (rule: Lane2): Binary =>
  (s, a, b) => {
    const [x, y] = [longsOf(s, a), longsOf(s, b)]
    return ofLongs(s, [rule(s, x[0], y[0]), rule(s, x[1], y[1])])
  }

type LongOp = OpsOfType<'i64 i64 -> i64'>

const onLongs = (op: LongOp): Binary => longs((_, x, y) => anyOperation(op, [x, y]))

const compareLongs =
  (op: OpsOfType<'i64 i64 -> i32'>): Binary =>
  (s, a, b) => {
    const [x, y] = [longsOf(s, a), longsOf(s, b)]
    const masks = x.map((e, i) => s.atom(maskOf(anyOperation(op, [e, y[i]!]))))
    return ofWords(masks.flatMap((mask) => [mask, mask]))
  }

const shiftLongs =
  (op: LongOp) =>
  (s: OperandStack, v: Vector, count: Expr): Vector => {
    const lanes = longsOf(s, v)
    const n = count.kind === 'const' ? i64(count.value, 0) : operation('i64.extend_i32_u', [s.atom(count)])
    return ofLongs(
      s,
      lanes.map((e) => anyOperation(op, [e, n])),
    )
  }

/** Two words as two i64. */
const extendWords =
  (half: 'low' | 'high', isSigned: boolean): Unary =>
  (s, v) => {
    const lanes = someOf(s, v, 'i32x4', half === 'low' ? [0, 1] : [2, 3])
    return ofWords(
      lanes.flatMap((e) => {
        const x = s.atom(e)
        return [x, isSigned ? shrS(x, 31) : ZERO]
      }),
    )
  }

/** Products of two words in 64 bits. */
const multiplyWords = (half: 'low' | 'high', isSigned: boolean): Binary => {
  const extend = isSigned ? 'i64.extend_i32_s' : 'i64.extend_i32_u'
  return (s, a, b) => {
    const [x, y] = [a, b].map((v) => someOf(s, v, 'i32x4', half === 'low' ? [0, 1] : [2, 3])) as [Expr[], Expr[]]
    return ofLongs(
      s,
      x.map((e, i) => operation('i64.mul', [operation(extend, [e]), operation(extend, [y[i]!])])),
    )
  }
}

const negated = (e: Expr): Expr => operation('i64.sub', [i64(0, 0), e])

export const LONG_RULES: Rules<`i64x2.${string}`> = {
  // A load may turn out to be one of a double.
  'i64x2.splat': (s, x) => {
    if (x.kind !== 'load' || x.op !== 'i64.load') return ofWords(twice(wordsOfLong(s, x).map((e) => s.atom(e))))
    return ofDoubles([located(load('f64.load', x.memory, x.addr, x.offset), x.at)])
  },
  'i64x2.extract_lane': (s, v, lane) => {
    const from = 2 * laneNumber(lane)
    const [lo, hi] = someOf(s, v, 'i32x4', [from, from + 1])
    return i64OfWords(lo!, hi!)
  },
  'i64x2.replace_lane': (s, v, x, lane) => {
    const words = wordsOfLong(s, x)
    return withLanes(s, v, 'i32x4', 2 * laneNumber(lane), words)
  },
  'i64x2.eq': compareLongs('i64.eq'),
  'i64x2.ne': compareLongs('i64.ne'),
  'i64x2.lt_s': compareLongs('i64.lt_s'),
  'i64x2.gt_s': compareLongs('i64.gt_s'),
  'i64x2.le_s': compareLongs('i64.le_s'),
  'i64x2.ge_s': compareLongs('i64.ge_s'),
  'i64x2.abs': (s, v) => {
    const lanes = longsOf(s, v).map((e) => {
      const x = s.atom(e)
      const sign = s.atom(operation('i64.shr_s', [x, i64(63, 0)]))
      return operation('i64.sub', [operation('i64.xor', [x, sign]), sign])
    })
    return ofLongs(s, lanes)
  },
  'i64x2.neg': (s, v) => ofLongs(s, longsOf(s, v).map(negated)),
  'i64x2.all_true': (s, v) => {
    const [a, b, c, d] = lanesAs(s, v, 'i32x4') as [Expr, Expr, Expr, Expr]
    return and(isSet(or(a, b)), isSet(or(c, d)))
  },
  'i64x2.bitmask': (s, v) => {
    return signs(someOf(s, v, 'i32x4', [1, 3]))
  },
  'i64x2.extend_low_i32x4_s': extendWords('low', true),
  'i64x2.extend_high_i32x4_s': extendWords('high', true),
  'i64x2.extend_low_i32x4_u': extendWords('low', false),
  'i64x2.extend_high_i32x4_u': extendWords('high', false),
  'i64x2.extmul_low_i32x4_s': multiplyWords('low', true),
  'i64x2.extmul_high_i32x4_s': multiplyWords('high', true),
  'i64x2.extmul_low_i32x4_u': multiplyWords('low', false),
  'i64x2.extmul_high_i32x4_u': multiplyWords('high', false),
  'i64x2.shl': shiftLongs('i64.shl'),
  'i64x2.shr_s': shiftLongs('i64.shr_s'),
  'i64x2.shr_u': shiftLongs('i64.shr_u'),
  'i64x2.add': onLongs('i64.add'),
  'i64x2.sub': onLongs('i64.sub'),
  'i64x2.mul': onLongs('i64.mul'),
  'i64x2.relaxed_laneselect': bitSelect,
}

const twice = (lanes: readonly Expr[]): readonly Expr[] => [...lanes, ...lanes]
