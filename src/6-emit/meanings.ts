// What each op on words and floats means in JavaScript: what to build from its operands, or the runtime function to call.
//
//   i32.lt_u    a >>> 0 < b >>> 0          f32.mul    fround(a * b)

import type * as es from 'estree'
import type { NanMover } from '../3-ir/ops/index.ts'
import type { RuntimeFunction } from '../3-ir/runtime-names.ts'
import { BIGINT_MEANINGS } from './bigint.ts'
import {
  at,
  bin,
  bitNot,
  call,
  cond,
  dot,
  id,
  int,
  type Node,
  neg,
  not,
  num,
  strip,
  truth,
  u32,
  unary,
} from './build.ts'
import { both, equality } from './low-bits.ts'
import type { Binary, Counted, Meaning, Meanings, Unary, WordOp } from './meaning.ts'
import { sum } from './sums.ts'

const infix =
  (operator: es.BinaryOperator, operand: (x: Node) => Node): Binary =>
  (_, x, y) =>
    bin(operator, operand(x), operand(y))
const same = (x: Node): Node => x

const isMissing: Unary = (_, x) => bin('===', x, unary('void', num(0)))

/** Rounded to single precision after the operation, which double rounding does not change (Figueroa 1995). */
const rounded =
  (operator: es.BinaryOperator): Binary =>
  (rt, x, y) =>
    rt('fround', bin(operator, x, y))

const math = (name: 'abs' | 'ceil' | 'floor' | 'sqrt' | 'min' | 'max', ...operands: Node[]): Node =>
  call(dot(id('Math'), name), operands)

const shift =
  (operator: es.BinaryOperator): Binary =>
  (_, x, y) =>
    bin(operator, strip(x), strip(y))

/** The bits rotated out and in again; V8 sees one rotate in it. Operands are atoms. */
const rotate =
  (out: es.BinaryOperator, back: es.BinaryOperator): Binary =>
  (_, x, y) => {
    const count = y.type === 'Literal' ? Number(y.value) & 31 : undefined
    const [by, rest] = count === undefined ? [y, bin('-', num(32), y)] : [num(count), num((32 - count) & 31)]
    return bin('|', bin(out, x, by), bin(back, x, rest))
  }

/** Division by a constant that is neither 0 nor -1 cannot trap. */
const divide =
  (name: `i32_${'div' | 'rem'}_${'s' | 'u'}`, operator: '/' | '%', operand: (x: Node) => Node): Binary =>
  (rt, x, y) => {
    const [left, right] = [operand(x), operand(y)]
    return right.type === 'Literal' && Number(right.value) > 0
      ? bin('|', bin(operator, left, right), num(0))
      : rt(name, int(x), int(y))
  }

const extend =
  (bits: number): Unary =>
  (_, x) =>
    bin('>>', bin('<<', strip(x), num(bits)), num(bits))

const TWO_32 = 4294967296
const SIGN = 2147483648

/**
 * The high word of a sum of 64-bit products from its rounded double and its low word, plus one half. Each product and
 * each step of the sum is off by 2^10 to 2^14, and there are few, so the quotient is within 2^-13 of that half. The low
 * word as a signed number with its top bit changed is 2^31 less than the unsigned one: that is where the half is from.
 */
const highWord = (sum: Node, lo: Node): Node =>
  bin('*', bin('-', sum, bin('^', strip(lo), num(-SIGN))), num(1 / TWO_32))

export const MEANINGS = {
  'i32.eqz': (_, x) => not(truth(x)),
  // Of two numbers `==` says what `===` does.
  'i32.eq': (_, x, y) => equality('==', int(x), int(y)),
  'i32.ne': (_, x, y) => equality('!=', int(x), int(y)),
  'i32.lt_s': infix('<', int),
  'i32.lt_u': infix('<', u32),
  'i32.gt_s': infix('>', int),
  'i32.gt_u': infix('>', u32),
  'i32.le_s': infix('<=', int),
  'i32.le_u': infix('<=', u32),
  'i32.ge_s': infix('>=', int),
  'i32.ge_u': infix('>=', u32),
  // The zeros below the lowest one are ones in ~x & x - 1.
  'i32.ctz': (rt, x) => bin('-', num(32), rt('clz32', bin('&', bitNot(x), bin('-', x, num(1))))),
  'i32.clz': (rt, x) => rt('clz32', strip(x)),
  'i32.popcnt': 'i32_popcnt',
  'i32.add': (_, x, y) => sum('+', x, y),
  'i32.sub': (_, x, y) => sum('-', x, y),
  'i32.mul': (rt, x, y) => rt('imul', strip(x), strip(y)),
  'i32.div_s': divide('i32_div_s', '/', int),
  'i32.div_u': divide('i32_div_u', '/', u32),
  'i32.rem_s': divide('i32_rem_s', '%', int),
  'i32.rem_u': divide('i32_rem_u', '%', u32),
  'i32.high_u': (_, sum, lo) => bin('|', highWord(sum, lo), num(0)),
  // Truncation is downwards above zero only: 2^34 more changes nothing modulo 2^32.
  'i32.high_s': (_, sum, lo) => bin('|', bin('+', highWord(sum, lo), num(4 * TWO_32)), num(0)),
  'i32.wrap_f64': (_, x) => bin('|', x, num(0)),
  'i32.and': (_, x, y) => both(strip(x), strip(y)),
  'i32.or': (_, x, y) => bin('|', strip(x), strip(y)),
  'i32.xor': (_, x, y) =>
    y.type === 'UnaryExpression' && isMinusOne(y) ? bitNot(strip(x)) : bin('^', strip(x), strip(y)),
  'i32.shl': shift('<<'),
  'i32.shr_s': shift('>>'),
  'i32.shr_u': shift('>>>'),
  'i32.rotl': rotate('<<', '>>>'),
  'i32.rotr': rotate('>>>', '<<'),
  'i32.extend8_s': extend(24),
  'i32.extend16_s': extend(16),
  'i32.trunc_f32_s': 'i32_trunc_f32_s',
  'i32.trunc_f32_u': 'i32_trunc_f32_u',
  'i32.trunc_f64_s': 'i32_trunc_f64_s',
  'i32.trunc_f64_u': 'i32_trunc_f64_u',
  'i32.trunc_sat_f32_s': 'i32_trunc_sat_f32_s',
  'i32.trunc_sat_f32_u': 'i32_trunc_sat_f32_u',
  'i32.trunc_sat_f64_s': 'i32_trunc_sat_f64_s',
  'i32.trunc_sat_f64_u': 'i32_trunc_sat_f64_u',
  'i32.reinterpret_f32': 'i32_reinterpret_f32',
  'i32.swizzle': 'i32_swizzle',
  'i32.swizzle_low': 'i32_swizzle',

  'packed.add': 'packed_add',
  'packed.sub': 'packed_sub',
  'packed.eq': 'packed_eq',
  'packed.lt_s': 'packed_lt_s',
  'packed.lt_u': 'packed_lt_u',
  'packed.min_s': 'packed_min_s',
  'packed.min_u': 'packed_min_u',
  'packed.max_s': 'packed_max_s',
  'packed.max_u': 'packed_max_u',
  'packed.avgr_u': 'packed_avgr_u',
  'packed.add_sat_u': 'packed_add_sat_u',
  'packed.sub_sat_u': 'packed_sub_sat_u',
  'packed.add_sat_s': 'packed_add_sat_s',
  'packed.sub_sat_s': 'packed_sub_sat_s',
  'packed.shr_s': 'packed_shr_s',
  'packed.extmul_s': 'packed_extmul_s',
  'packed.extmul_u': 'packed_extmul_u',
  'packed.abs': 'packed_abs',
  'packed.extend_s': 'packed_extend_s',
  'packed.extend_u': 'packed_extend_u',
  'packed.mul': 'packed_mul',
  'packed.q15mulr': 'packed_q15mulr',
  'packed.dot': 'packed_dot',
  'packed.dot_bytes': 'packed_dot_bytes',
  'packed.popcnt': 'packed_popcnt',
  'packed.extadd_s': 'packed_extadd_s',
  'packed.extadd_u': 'packed_extadd_u',
  'packed.sum_s': 'packed_sum_s',
  'packed.sum_u': 'packed_sum_u',
  'packed.narrow': 'packed_narrow',
  'packed.narrow_words': 'packed_narrow_words',
  'packed.abs_word': 'packed_abs_word',
  'packed.neg_long': 'packed_neg_long',
  'packed.abs_long': 'packed_abs_long',
  'packed.shl_long': 'packed_shl_long',
  'packed.shr_s_long': 'packed_shr_s_long',
  'packed.shr_u_long': 'packed_shr_u_long',

  'pair.div_s': 'i64_div_s',
  'pair.div_u': 'i64_div_u',
  'pair.rem_s': 'i64_rem_s',
  'pair.rem_u': 'i64_rem_u',
  'pair.mul_high_u': 'i64_mul_high_u',
  'pair.clz': 'i64_clz',
  'pair.ctz': 'i64_ctz',
  'pair.trunc_f32_s': 'i64_trunc_f32_s',
  'pair.trunc_f32_u': 'i64_trunc_f32_u',
  'pair.trunc_f64_s': 'i64_trunc_f64_s',
  'pair.trunc_f64_u': 'i64_trunc_f64_u',
  'pair.trunc_sat_f32_s': 'i64_trunc_sat_f32_s',
  'pair.trunc_sat_f32_u': 'i64_trunc_sat_f32_u',
  'pair.trunc_sat_f64_s': 'i64_trunc_sat_f64_s',
  'pair.trunc_sat_f64_u': 'i64_trunc_sat_f64_u',
  'pair.reinterpret_f64': 'i64_reinterpret_f64',

  'f64.eq': infix('==', same),
  'f64.ne': infix('!=', same),
  'f64.lt': infix('<', same),
  'f64.gt': infix('>', same),
  'f64.le': infix('<=', same),
  'f64.ge': infix('>=', same),
  'f32.eq': infix('==', same),
  'f32.ne': infix('!=', same),
  'f32.lt': infix('<', same),
  'f32.gt': infix('>', same),
  'f32.le': infix('<=', same),
  'f32.ge': infix('>=', same),

  'f64.add': infix('+', same),
  'f64.sub': infix('-', same),
  'f64.mul': infix('*', same),
  'f64.div': infix('/', same),
  'f64.neg': (_, x) => neg(x),
  'f64.abs': (_, x) => math('abs', x),
  'f64.ceil': (_, x) => math('ceil', x),
  'f64.floor': (_, x) => math('floor', x),
  'f64.trunc': 'f64_trunc',
  'f64.nearest': 'f64_nearest',
  'f64.sqrt': (_, x) => math('sqrt', x),
  'f64.min': (_, x, y) => math('min', x, y),
  'f64.max': (_, x, y) => math('max', x, y),
  'f64.copysign': 'f64_copysign',
  'f32.add': rounded('+'),
  'f32.sub': rounded('-'),
  'f32.mul': rounded('*'),
  'f32.div': rounded('/'),
  'f32.neg': (_, x) => neg(x),
  'f32.abs': (_, x) => math('abs', x),
  'f32.ceil': (rt, x) => rt('fround', math('ceil', x)),
  'f32.floor': (rt, x) => rt('fround', math('floor', x)),
  'f32.trunc': 'f32_trunc',
  'f32.nearest': 'f32_nearest',
  'f32.sqrt': (rt, x) => rt('fround', math('sqrt', x)),
  'f32.min': (rt, x, y) => rt('fround', math('min', x, y)),
  'f32.max': (rt, x, y) => rt('fround', math('max', x, y)),
  'f32.copysign': 'f32_copysign',

  'f64.convert_i32_s': (_, x) => int(x),
  'f64.convert_i32_u': (_, x) => u32(x),
  'f32.convert_i32_s': (rt, x) => rt('fround', int(x)),
  'f32.convert_i32_u': (rt, x) => rt('fround', u32(x)),
  'f64.convert_pair_s': (_, lo, hi) => bin('+', bin('*', int(hi), num(TWO_32)), u32(lo)),
  'f64.convert_pair_u': (_, lo, hi) => bin('+', bin('*', u32(hi), num(TWO_32)), u32(lo)),
  'f32.convert_pair_s': 'f32_convert_i64_s',
  'f32.convert_pair_u': 'f32_convert_i64_u',
  'f32.demote_f64': (rt, x) => rt('fround', x),
  'f64.promote_f32': (_, x) => x,
  'f32.reinterpret_i32': 'f32_reinterpret_i32',
  'f64.reinterpret_pair': 'f64_reinterpret_i64',

  // Where an unaligned pointer's element would be, no array has one, 2^29 elements before there neither.
  'f64.element_index': (_, x, shift) =>
    cond(bin('&', x, num(2 ** Number((shift as es.Literal).value) - 1)), num(8589934592), bin('>>>', x, shift)),

  // What engines know to be an integer stays one where it meets the result of the body.
  'i32.payload': (runtime, e, index) => bin('|', runtime('exn_payload', e, index), num(0)),
  'f32.payload': 'exn_payload',
  'f64.payload': 'exn_payload',
  'ref.payload': 'exn_payload',
  'ref.is_null': (_, x) => bin('===', x, id('null')),
  'tuple.i32': (_, x, index) => at(x, index),
  'tuple.ref': (_, x, index) => at(x, index),
  'tuple.slice': (_, x, from, to) => call(dot(x, 'slice'), [from, to]),
  'tuple.concat': (_, x, y) => call(dot(x, 'concat'), [y]),
  'i32.is_missing': isMissing,
  'f32.is_missing': isMissing,
  'f64.is_missing': isMissing,
  'ref.eq': (_, x, y) => bin('===', x, y),
  'ref.i31': (_, x) => bin('>>', bin('<<', x, num(1)), num(1)),
  'i31.get': (_, x) => x,
} satisfies { readonly [Op in WordOp]: Meaning }

// Each is for as many operands as its op takes.
MEANINGS satisfies Counted<typeof MEANINGS>

/** What two int32 add up to has so many bits. */
const TWO_WORDS = 32

/**
 * The same for engines with a JIT compiler: no addend is itself a raw sum. JavaScriptCore adds more than two int32 as
 * doubles (SHA-256 takes 1.43 times as long as native, and 1.18 so); V8 and SpiderMonkey do not mind.
 *
 *   a + b + c + d | 0          ((a + b | 0) + c | 0) + d | 0
 */
export const JIT_MEANINGS = {
  ...MEANINGS,
  'i32.add': ((_, x, y) => sum('+', x, y, TWO_WORDS)) satisfies Binary,
  'i32.sub': ((_, x, y) => sum('-', x, y, TWO_WORDS)) satisfies Binary,
  ...BIGINT_MEANINGS,
} satisfies Meanings

/** What changes only the sign of a NaN, where its bits may be looked at: engines may change them otherwise. */
export const EXACT_MEANINGS: Readonly<Record<NanMover, RuntimeFunction>> = {
  'f32.neg': 'f32_neg',
  'f64.neg': 'f64_neg',
  'f32.abs': 'f32_abs',
  'f64.abs': 'f64_abs',
}

const isMinusOne = (x: es.UnaryExpression): boolean =>
  x.operator === '-' && x.argument.type === 'Literal' && x.argument.value === 1
