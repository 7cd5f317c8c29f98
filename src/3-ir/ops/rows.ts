// The ops of the IR: the plain instructions of Wasm, whose rows are those of the instruction table, and those that the
// compiler adds, with rows in the same notation. Their names and types are types too: what is misspelt does not compile.

import type { Operation, TypeOf } from '../../0-wasm/ops/index.ts'
import type { RegType } from '../ir.ts'

/** What an op may take and give. */
export type OpType = Exclude<RegType, 'i64cell'>

/** Type and effect, as in the instruction table. The first of two results is the value; the other is in a result cell. */
type AddedRow = readonly [type: `${string} -> ${string}`, effect: 'pure' | 'trap']

export const ADDED = {
  'ref.is_null': ['ref -> i32', 'pure'],
  'ref.eq': ['ref ref -> i32', 'pure'],
  // An i31 of the low bits of a word, and the word that it extends to with its sign.
  'ref.i31': ['i32 -> ref', 'pure'],
  'i31.get': ['ref -> i32', 'pure'],

  // Of a tuple (tuples.ts) an element, by its number; those from one number up to another; those of two, one after the other.
  'tuple.i32': ['ref i32 -> i32', 'pure'],
  'tuple.ref': ['ref i32 -> ref', 'pure'],
  'tuple.slice': ['ref i32 i32 -> ref', 'pure'],
  'tuple.concat': ['ref ref -> ref', 'pure'],

  // What an exception carries, by number of the register: an i64 is two words.
  'i32.payload': ['ref i32 -> i32', 'pure'],
  'f32.payload': ['ref i32 -> f32', 'pure'],
  'f64.payload': ['ref i32 -> f64', 'pure'],
  'ref.payload': ['ref i32 -> ref', 'pure'],

  // Whether a number that was read from an array is missing: JavaScript gives undefined for what is out of bounds.
  'i32.is_missing': ['i32 -> i32', 'pure'],
  'f32.is_missing': ['f32 -> i32', 'pure'],
  'f64.is_missing': ['f64 -> i32', 'pure'],

  // The high word of a sum of 64-bit products, which is given as a rounded double, from its low word.
  'i32.high_s': ['f64 i32 -> i32', 'pure'],
  'i32.high_u': ['f64 i32 -> i32', 'pure'],
  // A whole number modulo 2^32.
  'i32.wrap_f64': ['f64 -> i32', 'pure'],

  // The index of the element of 2^n bytes that a pointer points to, beyond every array if the pointer is not aligned; an
  // address, and such an index for it (5-optimize/indices.ts). The index is a double: those of memory go beyond 2^31.
  'f64.element_index': ['i32 i32 -> f64', 'pure'],
  'i32.indexed': ['i32 f64 -> i32', 'pure'],

  // A v128 of four words, the lowest first. Immediates are constant operands: the number of a lane, the words of a shuffle.
  'v128.join': ['i32 i32 i32 i32 -> v128', 'pure'],
  'i8x16.shuffle': ['v128 v128 i32 i32 i32 i32 -> v128', 'pure'],
  'i8x16.extract_lane_s': ['v128 i32 -> i32', 'pure'],
  'i8x16.extract_lane_u': ['v128 i32 -> i32', 'pure'],
  'i8x16.replace_lane': ['v128 i32 i32 -> v128', 'pure'],
  'i16x8.extract_lane_s': ['v128 i32 -> i32', 'pure'],
  'i16x8.extract_lane_u': ['v128 i32 -> i32', 'pure'],
  'i16x8.replace_lane': ['v128 i32 i32 -> v128', 'pure'],
  'i32x4.extract_lane': ['v128 i32 -> i32', 'pure'],
  'i32x4.replace_lane': ['v128 i32 i32 -> v128', 'pure'],
  'i64x2.extract_lane': ['v128 i32 -> i64', 'pure'],
  'i64x2.replace_lane': ['v128 i64 i32 -> v128', 'pure'],
  'f32x4.extract_lane': ['v128 i32 -> f32', 'pure'],
  'f32x4.replace_lane': ['v128 f32 i32 -> v128', 'pure'],
  'f64x2.extract_lane': ['v128 i32 -> f64', 'pure'],
  'f64x2.replace_lane': ['v128 f64 i32 -> v128', 'pure'],
  // The four bytes of four words, one after the other, that the bytes of a word say; 0 for one above 15.
  'i32.swizzle': ['i32 i32 i32 i32 i32 -> i32', 'pure'],
  // The same of a word whose bytes are all below 16.
  'i32.swizzle_low': ['i32 i32 i32 i32 i32 -> i32', 'pure'],
  // The same of sixteen constant words, 64 bytes, for a vector and for a word whose bytes are all below 64.
  'i8x16.lookup': ['v128 v128 v128 v128 v128 -> v128', 'pure'],
  'i32.lookup': ['i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 -> i32', 'pure'],

  // What vector instructions do to words of lanes of 8 or 16 bits; the last operands are constants (runtime/packed.ts).
  'packed.add': ['i32 i32 i32 -> i32', 'pure'],
  'packed.sub': ['i32 i32 i32 -> i32', 'pure'],
  'packed.eq': ['i32 i32 i32 -> i32', 'pure'],
  'packed.lt_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.lt_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.min_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.min_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.max_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.max_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.avgr_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.add_sat_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.sub_sat_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.add_sat_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.sub_sat_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.shr_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.extmul_s': ['i32 i32 i32 -> i32', 'pure'],
  'packed.extmul_u': ['i32 i32 i32 -> i32', 'pure'],
  'packed.abs': ['i32 i32 -> i32', 'pure'],
  'packed.extend_s': ['i32 i32 -> i32', 'pure'],
  'packed.extend_u': ['i32 i32 -> i32', 'pure'],
  'packed.mul': ['i32 i32 -> i32', 'pure'],
  'packed.q15mulr': ['i32 i32 -> i32', 'pure'],
  'packed.dot': ['i32 i32 -> i32', 'pure'],
  'packed.dot_bytes': ['i32 i32 -> i32', 'pure'],
  'packed.popcnt': ['i32 -> i32', 'pure'],
  'packed.extadd_s': ['i32 -> i32', 'pure'],
  'packed.extadd_u': ['i32 -> i32', 'pure'],
  'packed.sum_s': ['i32 -> i32', 'pure'],
  'packed.sum_u': ['i32 -> i32', 'pure'],
  'packed.narrow': ['i32 i32 i32 i32 -> i32', 'pure'],
  'packed.narrow_words': ['i32 i32 i32 i32 -> i32', 'pure'],
  'packed.abs_word': ['i32 -> i32', 'pure'],
  'packed.neg_long': ['i32 i32 -> i32 i32', 'pure'],
  'packed.abs_long': ['i32 i32 -> i32 i32', 'pure'],
  'packed.shl_long': ['i32 i32 i32 -> i32 i32', 'pure'],
  'packed.shr_s_long': ['i32 i32 i32 -> i32 i32', 'pure'],
  'packed.shr_u_long': ['i32 i32 i32 -> i32 i32', 'pure'],

  // The words of an i64, and an i64 of two words.
  'i64.low': ['i64 -> i32', 'pure'],
  'i64.high': ['i64 -> i32', 'pure'],
  'i64.join': ['i32 i32 -> i64', 'pure'],
  // An unsigned i64 as an unsigned i32, 2^32 - 1 if it is larger.
  'i32.sat_i64_u': ['i64 -> i32', 'pure'],
  // Division by a constant that is neither 0 nor -1.
  'i64.div_c': ['i64 i64 -> i64', 'pure'],
  'i64.rem_c': ['i64 i64 -> i64', 'pure'],
  // The high half of the product of two unsigned i64.
  'i64.mul_high_u': ['i64 i64 -> i64', 'pure'],

  // Instructions on i64 for values that are pairs of words, the low word first. Zeros are counted in a word.
  'pair.div_s': ['i32 i32 i32 i32 -> i32 i32', 'trap'],
  'pair.div_u': ['i32 i32 i32 i32 -> i32 i32', 'trap'],
  'pair.rem_s': ['i32 i32 i32 i32 -> i32 i32', 'trap'],
  'pair.rem_u': ['i32 i32 i32 i32 -> i32 i32', 'trap'],
  'pair.mul_high_u': ['i32 i32 i32 i32 -> i32 i32', 'pure'],
  'pair.clz': ['i32 i32 -> i32', 'pure'],
  'pair.ctz': ['i32 i32 -> i32', 'pure'],
  'pair.trunc_f32_s': ['f32 -> i32 i32', 'trap'],
  'pair.trunc_f32_u': ['f32 -> i32 i32', 'trap'],
  'pair.trunc_f64_s': ['f64 -> i32 i32', 'trap'],
  'pair.trunc_f64_u': ['f64 -> i32 i32', 'trap'],
  'pair.trunc_sat_f32_s': ['f32 -> i32 i32', 'pure'],
  'pair.trunc_sat_f32_u': ['f32 -> i32 i32', 'pure'],
  'pair.trunc_sat_f64_s': ['f64 -> i32 i32', 'pure'],
  'pair.trunc_sat_f64_u': ['f64 -> i32 i32', 'pure'],
  'pair.reinterpret_f64': ['f64 -> i32 i32', 'pure'],
  'f32.convert_pair_s': ['i32 i32 -> f32', 'pure'],
  'f32.convert_pair_u': ['i32 i32 -> f32', 'pure'],
  'f64.convert_pair_s': ['i32 i32 -> f64', 'pure'],
  'f64.convert_pair_u': ['i32 i32 -> f64', 'pure'],
  'f64.reinterpret_pair': ['i32 i32 -> f64', 'pure'],
} as const satisfies Record<string, AddedRow>

type AddedOp = keyof typeof ADDED

export type IrOp = Operation | AddedOp

/** The type of an op as it is written in its row, e.g. `'i32 i32 -> i32'`. */
export type SignatureOf<Op extends IrOp> = Op extends Operation
  ? TypeOf<Op>
  : Op extends AddedOp
    ? (typeof ADDED)[Op][0]
    : never

/** Ops that take or give a v128. */
export type VectorOp = OpsOfType<`${string}v128${string}`>

/** Other ops that take or give an i64. */
export type I64Op = Exclude<OpsOfType<`${string}i64${string}`>, VectorOp>

/** Ops of this type, e.g. `'i32 i32 -> i32'`. */
export type OpsOfType<Signature extends string> = {
  [Op in IrOp]: SignatureOf<Op> extends Signature ? Op : never
}[IrOp]

type Count<
  Params extends string,
  T,
  Items extends readonly T[] = readonly [T],
> = Params extends `${string} ${infer Rest}` ? Count<Rest, T, readonly [...Items, T]> : Items

/** One `T` for each operand of an op. */
export type OperandsOf<Op extends IrOp, T> =
  SignatureOf<Op> extends `${infer Params} -> ${string}` ? Count<Params, T> : never
