// Instructions on lanes of 8 and 16 bits: the integers that share a word are computed at once (packed.ts), or one by one
// where products need more room.

import type { Expr } from '../../../3-ir/expr.ts'
import { i32 } from '../../../3-ir/expressions.ts'
import { add, and, or, shl, shrU, sub } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import { BYTES, SHORTS, type Shift } from './packed.ts'
import { dotBytes, mul, multiplied, multiplyBytes, roundedProducts } from './products.ts'
import { type Binary, bitSelect, both, each, type Lane2, laneNumber, type Rules } from './rule.ts'
import { lookup, shuffle, swizzle } from './shuffle.ts'
import { laneOf, lanesAs, ofWords, type Vector } from './vector.ts'
import { addPairsOfBytes, extendBytes, field, narrowShorts, narrowWords, widen } from './widths.ts'

const extract =
  (bits: 8 | 16, isSigned: boolean) =>
  (s: OperandStack, v: Vector, lane: Expr): Expr => {
    const [word, place] = placeOf(bits, lane)
    return field(laneOf(s, v, 'i32x4', word), bits, place, isSigned)
  }

const replace =
  (bits: 8 | 16) =>
  (s: OperandStack, v: Vector, x: Expr, lane: Expr): Vector => {
    const [word, place] = placeOf(bits, lane)
    const ones = 2 ** bits - 1
    const rest = (e: Expr): Expr => and(e, i32(~(ones << (bits * place))))
    const put = (e: Expr): Expr => or(rest(e), shl(and(x, i32(ones)), bits * place))
    return ofWords(lanesAs(s, v, 'i32x4').map((e, i) => (i === word ? put(e) : e)))
  }

/** The word that a lane is in, and its place there. */
function placeOf(bits: 8 | 16, lane: Expr): [word: number, place: number] {
  const number = laneNumber(lane)
  return [Math.floor((number * bits) / 32), number % (32 / bits)]
}

const splat =
  (ones: number, unit: number) =>
  (_: OperandStack, x: Expr): Vector =>
    ofWords([mul(and(x, i32(ones)), i32(unit))])

const words = (rule: Lane2): Binary => both('i32x4', rule)

const shift =
  (by: Shift) =>
  (s: OperandStack, v: Vector, count: Expr): Vector => {
    const lanes = lanesAs(s, v, 'i32x4')
    return ofWords(lanes.map(by(s, count)))
  }

/** Hacker's Delight, 5-1, up to the sums of bytes. */
const countOnes = each('i32x4', (s, x) => {
  const word = s.atom(x)
  const pairs = s.atom(sub(word, and(shrU(word, 1), i32(0x55555555))))
  const nibbles = s.atom(add(and(pairs, i32(0x33333333)), and(shrU(pairs, 2), i32(0x33333333))))
  return and(add(nibbles, shrU(nibbles, 4)), i32(0x0f0f0f0f))
})

const allTrue =
  (packed: typeof BYTES) =>
  (s: OperandStack, v: Vector): Expr =>
    packed.areAllSet(s, lanesAs(s, v, 'i32x4'))

/** The highest bit of each lane: a product moves those of the four bytes of a word side by side, to its top. */
function byteMask(s: OperandStack, v: Vector): Expr {
  const bits = lanesAs(s, v, 'i32x4').map((e) => shrU(mul(and(shrU(e, 7), i32(0x01010101)), i32(0x10204080)), 28))
  return bits.map((e, i) => shl(e, 4 * i)).reduce(or)
}

function shortMask(s: OperandStack, v: Vector): Expr {
  const bits = lanesAs(s, v, 'i32x4').map((e) => {
    const x = s.atom(e)
    return or(and(shrU(x, 15), i32(1)), and(shrU(x, 30), i32(2)))
  })
  return bits.map((e, i) => shl(e, 2 * i)).reduce(or)
}

export const BYTE_RULES: Rules<`i8x16.${string}`> = {
  'i8x16.shuffle': shuffle,
  'i8x16.swizzle': swizzle,
  'i8x16.relaxed_swizzle': swizzle,
  'i8x16.lookup': lookup,
  'i8x16.splat': splat(0xff, 0x01010101),
  'i8x16.extract_lane_s': extract(8, true),
  'i8x16.extract_lane_u': extract(8, false),
  'i8x16.replace_lane': replace(8),
  'i8x16.eq': words(BYTES.eq),
  'i8x16.ne': words(BYTES.ne),
  'i8x16.lt_s': words(BYTES.lt_s),
  'i8x16.lt_u': words(BYTES.lt_u),
  'i8x16.gt_s': words(BYTES.gt_s),
  'i8x16.gt_u': words(BYTES.gt_u),
  'i8x16.le_s': words(BYTES.le_s),
  'i8x16.le_u': words(BYTES.le_u),
  'i8x16.ge_s': words(BYTES.ge_s),
  'i8x16.ge_u': words(BYTES.ge_u),
  'i8x16.abs': each('i32x4', BYTES.abs),
  'i8x16.neg': each('i32x4', BYTES.neg),
  'i8x16.popcnt': countOnes,
  'i8x16.all_true': allTrue(BYTES),
  'i8x16.bitmask': byteMask,
  'i8x16.narrow_i16x8_s': narrowShorts(-128, 127),
  'i8x16.narrow_i16x8_u': narrowShorts(0, 255),
  'i8x16.shl': shift(BYTES.shl),
  'i8x16.shr_s': shift(BYTES.shr_s),
  'i8x16.shr_u': shift(BYTES.shr_u),
  'i8x16.add': words(BYTES.add),
  'i8x16.add_sat_s': words(BYTES.add_sat_s),
  'i8x16.add_sat_u': words(BYTES.add_sat_u),
  'i8x16.sub': words(BYTES.sub),
  'i8x16.sub_sat_s': words(BYTES.sub_sat_s),
  'i8x16.sub_sat_u': words(BYTES.sub_sat_u),
  'i8x16.min_s': words(BYTES.min_s),
  'i8x16.min_u': words(BYTES.min_u),
  'i8x16.max_s': words(BYTES.max_s),
  'i8x16.max_u': words(BYTES.max_u),
  'i8x16.avgr_u': words(BYTES.avgr_u),
  'i8x16.relaxed_laneselect': bitSelect,
}

export const SHORT_RULES: Rules<`i16x8.${string}`> = {
  'i16x8.splat': splat(0xffff, 0x00010001),
  'i16x8.extract_lane_s': extract(16, true),
  'i16x8.extract_lane_u': extract(16, false),
  'i16x8.replace_lane': replace(16),
  'i16x8.eq': words(SHORTS.eq),
  'i16x8.ne': words(SHORTS.ne),
  'i16x8.lt_s': words(SHORTS.lt_s),
  'i16x8.lt_u': words(SHORTS.lt_u),
  'i16x8.gt_s': words(SHORTS.gt_s),
  'i16x8.gt_u': words(SHORTS.gt_u),
  'i16x8.le_s': words(SHORTS.le_s),
  'i16x8.le_u': words(SHORTS.le_u),
  'i16x8.ge_s': words(SHORTS.ge_s),
  'i16x8.ge_u': words(SHORTS.ge_u),
  'i16x8.abs': each('i32x4', SHORTS.abs),
  'i16x8.neg': each('i32x4', SHORTS.neg),
  'i16x8.all_true': allTrue(SHORTS),
  'i16x8.bitmask': shortMask,
  'i16x8.narrow_i32x4_s': narrowWords(-0x8000, 0x7fff),
  'i16x8.narrow_i32x4_u': narrowWords(0, 0xffff),
  'i16x8.extend_low_i8x16_s': widen('low', extendBytes(true)),
  'i16x8.extend_high_i8x16_s': widen('high', extendBytes(true)),
  'i16x8.extend_low_i8x16_u': widen('low', extendBytes(false)),
  'i16x8.extend_high_i8x16_u': widen('high', extendBytes(false)),
  'i16x8.extadd_pairwise_i8x16_s': addPairsOfBytes(true),
  'i16x8.extadd_pairwise_i8x16_u': addPairsOfBytes(false),
  'i16x8.extmul_low_i8x16_s': multiplyBytes('low', true),
  'i16x8.extmul_high_i8x16_s': multiplyBytes('high', true),
  'i16x8.extmul_low_i8x16_u': multiplyBytes('low', false),
  'i16x8.extmul_high_i8x16_u': multiplyBytes('high', false),
  'i16x8.shl': shift(SHORTS.shl),
  'i16x8.shr_s': shift(SHORTS.shr_s),
  'i16x8.shr_u': shift(SHORTS.shr_u),
  'i16x8.add': words(SHORTS.add),
  'i16x8.add_sat_s': words(SHORTS.add_sat_s),
  'i16x8.add_sat_u': words(SHORTS.add_sat_u),
  'i16x8.sub': words(SHORTS.sub),
  'i16x8.sub_sat_s': words(SHORTS.sub_sat_s),
  'i16x8.sub_sat_u': words(SHORTS.sub_sat_u),
  'i16x8.mul': words(multiplied),
  'i16x8.min_s': words(SHORTS.min_s),
  'i16x8.min_u': words(SHORTS.min_u),
  'i16x8.max_s': words(SHORTS.max_s),
  'i16x8.max_u': words(SHORTS.max_u),
  'i16x8.avgr_u': words(SHORTS.avgr_u),
  'i16x8.q15mulr_sat_s': words(roundedProducts),
  'i16x8.relaxed_q15mulr_s': words(roundedProducts),
  'i16x8.relaxed_laneselect': bitSelect,
  'i16x8.relaxed_dot_i8x16_i7x16_s': words(dotBytes),
}
