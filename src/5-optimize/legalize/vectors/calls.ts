// In a function of very many instructions on lanes, of 8 and 16 bits mostly, what takes more than a few operations is a call of
// the runtime for each word (runtime/packed.ts), so that code and compile time stay linear with a small factor:
//
//   i8x16.popcnt (x)    packed_popcnt(x0), packed_popcnt(x1), ...    in place of twelve operations each
//
// Code that people write has one such instruction in 14 bytes at most, where there are many: in a library of image codecs 68
// in 937 bytes, or 170 in 29 kB. What only stands in a row has one in 2 to 6.

import type { Expr } from '../../../3-ir/expr.ts'
import { anyOperation, i32, operation } from '../../../3-ir/expressions.ts'
import { and, not } from '../../../3-ir/fold.ts'
import type { Func } from '../../../3-ir/ir.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import type { OpsOfType, VectorOp } from '../../../3-ir/ops/index.ts'
import { forEachStmt } from '../../../3-ir/walk.ts'
import { type Binary, both, each, type Rules, type Unary } from './rule.ts'
import { lanesAs, ofWords, someOf, type Vector } from './vector.ts'
import { LONG_RULES } from './wide.ts'

/** Functions with fewer are as they were: as many cost 20 to 50 ms to compile. */
const LEAST = 128

/** One of so many nodes of the IR, or more of them. */
const SHARE = 5

/** Whether a function has so many of these instructions that they are to be called. */
export function areCalled(func: Func): boolean {
  let nodes = 0
  let called = 0
  const visit = (e: Expr): void => {
    nodes++
    if (e.kind === 'op' && e.op in CALLS) called++
    for (let i = 0; i < e.args.length; i++) visit(e.args[i]!)
  }
  forEachStmt(func.body, ({ args }) => {
    nodes++
    for (let i = 0; i < args.length; i++) visit(args[i]!)
  })
  return called > LEAST && called * SHARE > nodes
}

type Bits = 8 | 16
type Of1 = OpsOfType<'i32 -> i32'>
type Of2 = OpsOfType<'i32 i32 -> i32'>
type Of3 = OpsOfType<'i32 i32 i32 -> i32'>

const two = (op: Of3, bits: Bits): Binary => both('i32x4', (_, x, y) => operation(op, [x, y, i32(bits)]))
const products = (op: Of2): Binary => both('i32x4', (_, x, y) => operation(op, [x, y]))
const one = (op: Of1): Unary => each('i32x4', (_, x) => operation(op, [x]))
const swapped =
  (rule: Binary): Binary =>
  (s, a, b) =>
    rule(s, atoms(s, b), atoms(s, a))
const inverted =
  (rule: Binary): Binary =>
  (s, a, b) =>
    ofWords(lanesAs(s, rule(s, a, b), 'i32x4').map(not))

const atoms = (s: OperandStack, v: Vector): Vector => ofWords(lanesAs(s, v, 'i32x4').map((e) => s.atom(e)))

const shiftRight =
  (bits: Bits) =>
  (s: OperandStack, v: Vector, by: Expr): Vector => {
    const lanes = lanesAs(s, v, 'i32x4')
    const count = s.atom(and(by, i32(bits - 1)))
    return ofWords(lanes.map((x) => operation('packed.shr_s', [x, count, i32(bits)])))
  }

/** An instruction on each i64 lane. */
const longs = (
  s: OperandStack,
  v: Vector,
  op: OpsOfType<`${string} -> i32 i32`>,
  more: readonly Expr[] = [],
): Vector => {
  const w = atoms(s, v).lanes
  return ofWords([0, 2].flatMap((i) => s.nameResults(anyOperation(op, [w[i]!, w[i + 1]!, ...more]), ['i32', 'i32'])))
}

const unaryLongs =
  (op: OpsOfType<'i32 i32 -> i32 i32'>): Unary =>
  (s, v) =>
    longs(s, v, op)

/** By a constant there is little to do. */
const shiftLongs =
  (name: ShiftOfLongs, op: OpsOfType<'i32 i32 i32 -> i32 i32'>) =>
  (s: OperandStack, v: Vector, count: Expr): Vector =>
    count.kind === 'const' ? LONG_RULES[name](s, v, count) : longs(s, v, op, [s.atom(count)])

type ShiftOfLongs = 'i64x2.shl' | 'i64x2.shr_s' | 'i64x2.shr_u'

type Half = 'low' | 'high'
const wordsOf = (s: OperandStack, v: Vector, half: Half): readonly Expr[] =>
  someOf(s, v, 'i32x4', half === 'low' ? [0, 1] : [2, 3]).map((e) => s.atom(e))

const extend =
  (half: Half, op: Of2): Unary =>
  (s, v) =>
    ofWords(wordsOf(s, v, half).flatMap((x) => [0, 1].map((part) => operation(op, [x, i32(part)]))))

const multiply =
  (half: Half, op: Of3): Binary =>
  (s, a, b) => {
    const [x, y] = [wordsOf(s, a, half), wordsOf(s, b, half)]
    return ofWords(x.flatMap((e, i) => [0, 1].map((part) => operation(op, [e, y[i]!, i32(part)]))))
  }

const narrow =
  (op: OpsOfType<'i32 i32 i32 i32 -> i32'>, least: number, most: number): Binary =>
  (s, a, b) => {
    const w = [...lanesAs(s, a, 'i32x4'), ...lanesAs(s, b, 'i32x4')]
    return ofWords([0, 2, 4, 6].map((i) => operation(op, [w[i]!, w[i + 1]!, i32(least), i32(most)])))
  }

const CALLS: Partial<Rules<VectorOp>> = {
  'i8x16.eq': two('packed.eq', 8),
  'i8x16.ne': inverted(two('packed.eq', 8)),
  'i8x16.lt_s': two('packed.lt_s', 8),
  'i8x16.gt_s': swapped(two('packed.lt_s', 8)),
  'i8x16.le_s': inverted(swapped(two('packed.lt_s', 8))),
  'i8x16.ge_s': inverted(two('packed.lt_s', 8)),
  'i8x16.lt_u': two('packed.lt_u', 8),
  'i8x16.gt_u': swapped(two('packed.lt_u', 8)),
  'i8x16.le_u': inverted(swapped(two('packed.lt_u', 8))),
  'i8x16.ge_u': inverted(two('packed.lt_u', 8)),
  'i8x16.add': two('packed.add', 8),
  'i8x16.sub': two('packed.sub', 8),
  'i8x16.add_sat_s': two('packed.add_sat_s', 8),
  'i8x16.add_sat_u': two('packed.add_sat_u', 8),
  'i8x16.sub_sat_s': two('packed.sub_sat_s', 8),
  'i8x16.sub_sat_u': two('packed.sub_sat_u', 8),
  'i8x16.min_s': two('packed.min_s', 8),
  'i8x16.min_u': two('packed.min_u', 8),
  'i8x16.max_s': two('packed.max_s', 8),
  'i8x16.max_u': two('packed.max_u', 8),
  'i8x16.avgr_u': two('packed.avgr_u', 8),
  'i8x16.abs': each('i32x4', (_, x) => operation('packed.abs', [x, i32(8)])),
  'i8x16.neg': each('i32x4', (_, x) => operation('packed.sub', [i32(0), x, i32(8)])),
  'i8x16.shr_s': shiftRight(8),
  'i16x8.eq': two('packed.eq', 16),
  'i16x8.ne': inverted(two('packed.eq', 16)),
  'i16x8.lt_s': two('packed.lt_s', 16),
  'i16x8.gt_s': swapped(two('packed.lt_s', 16)),
  'i16x8.le_s': inverted(swapped(two('packed.lt_s', 16))),
  'i16x8.ge_s': inverted(two('packed.lt_s', 16)),
  'i16x8.lt_u': two('packed.lt_u', 16),
  'i16x8.gt_u': swapped(two('packed.lt_u', 16)),
  'i16x8.le_u': inverted(swapped(two('packed.lt_u', 16))),
  'i16x8.ge_u': inverted(two('packed.lt_u', 16)),
  'i16x8.add': two('packed.add', 16),
  'i16x8.sub': two('packed.sub', 16),
  'i16x8.add_sat_s': two('packed.add_sat_s', 16),
  'i16x8.add_sat_u': two('packed.add_sat_u', 16),
  'i16x8.sub_sat_s': two('packed.sub_sat_s', 16),
  'i16x8.sub_sat_u': two('packed.sub_sat_u', 16),
  'i16x8.min_s': two('packed.min_s', 16),
  'i16x8.min_u': two('packed.min_u', 16),
  'i16x8.max_s': two('packed.max_s', 16),
  'i16x8.max_u': two('packed.max_u', 16),
  'i16x8.avgr_u': two('packed.avgr_u', 16),
  'i16x8.abs': each('i32x4', (_, x) => operation('packed.abs', [x, i32(16)])),
  'i16x8.neg': each('i32x4', (_, x) => operation('packed.sub', [i32(0), x, i32(16)])),
  'i16x8.shr_s': shiftRight(16),
  'i8x16.popcnt': one('packed.popcnt'),
  'i8x16.narrow_i16x8_s': narrow('packed.narrow', -128, 127),
  'i8x16.narrow_i16x8_u': narrow('packed.narrow', 0, 255),
  'i16x8.narrow_i32x4_s': narrow('packed.narrow_words', -0x8000, 0x7fff),
  'i16x8.narrow_i32x4_u': narrow('packed.narrow_words', 0, 0xffff),
  'i16x8.extend_low_i8x16_s': extend('low', 'packed.extend_s'),
  'i16x8.extmul_low_i8x16_s': multiply('low', 'packed.extmul_s'),
  'i16x8.extend_low_i8x16_u': extend('low', 'packed.extend_u'),
  'i16x8.extmul_low_i8x16_u': multiply('low', 'packed.extmul_u'),
  'i16x8.extend_high_i8x16_s': extend('high', 'packed.extend_s'),
  'i16x8.extmul_high_i8x16_s': multiply('high', 'packed.extmul_s'),
  'i16x8.extend_high_i8x16_u': extend('high', 'packed.extend_u'),
  'i16x8.extmul_high_i8x16_u': multiply('high', 'packed.extmul_u'),
  'i16x8.extadd_pairwise_i8x16_s': one('packed.extadd_s'),
  'i32x4.extadd_pairwise_i16x8_s': one('packed.sum_s'),
  'i16x8.extadd_pairwise_i8x16_u': one('packed.extadd_u'),
  'i32x4.extadd_pairwise_i16x8_u': one('packed.sum_u'),
  'i16x8.mul': products('packed.mul'),
  'i16x8.q15mulr_sat_s': products('packed.q15mulr'),
  'i16x8.relaxed_q15mulr_s': products('packed.q15mulr'),
  'i16x8.relaxed_dot_i8x16_i7x16_s': products('packed.dot_bytes'),
  'i32x4.abs': one('packed.abs_word'),
  'i64x2.abs': unaryLongs('packed.abs_long'),
  'i64x2.neg': unaryLongs('packed.neg_long'),
  'i64x2.shl': shiftLongs('i64x2.shl', 'packed.shl_long'),
  'i64x2.shr_s': shiftLongs('i64x2.shr_s', 'packed.shr_s_long'),
  'i64x2.shr_u': shiftLongs('i64x2.shr_u', 'packed.shr_u_long'),
  'i32x4.dot_i16x8_s': products('packed.dot'),
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': (s, a, b, c) =>
    both('i32x4', (_, x, y) => operation('i32.add', [x, y]))(
      s,
      one('packed.sum_s')(s, products('packed.dot_bytes')(s, a, b)),
      c,
    ),
}

/** The rule of an instruction where these are called. */
export const callOf = (op: VectorOp): unknown => CALLS[op]
