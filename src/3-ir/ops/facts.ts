// What is known of each op and does not follow from its type: one row for each, and the type checker counts.

import type { SIZES } from '../bytecode-size.ts'
import type { IrOp, SignatureOf, VectorOp } from './rows.ts'

/** How much V8 bytecode the op becomes. */
type Size = keyof typeof SIZES

/**
 * What the op does with NaNs (spec, "Numerics / Floating-Point Operations / NaN Propagation"):
 * `number` it computes with the number: it does not look at the bits of a NaN, and one that it gives is arithmetic;
 * `passes` the same, but engines may hand a signalling NaN through: V8 in its builtins that round, QuickJS in Math.min and
 * Math.max, of which V8 14's middle tier makes a NaN of all ones;
 * `passes with constant` the same, of operations that engines know to change nothing: `x * 1`;
 * `moves` it changes only the sign of a NaN; `reads` it looks at the bits of its operands; `makes` it may give a NaN that
 * is not arithmetic.
 */
type NanFact = 'number' | 'passes' | 'passes with constant' | 'moves' | 'reads' | 'makes' | 'reads makes'

/**
 * `commutes`: the operands may change places.
 * `repeats x`, `repeats y`: the JavaScript that it becomes has the first, the second operand more than once.
 * `reversed`: that evaluates the last operand first.
 * `by constant`: the last operand is a constant; `BigInt by constant`: it is, once i64 values are BigInts.
 */
type Flag = 'commutes' | 'repeats x' | 'repeats y' | 'reversed' | 'by constant' | 'BigInt by constant'

export type FactWord = Size | NanFact | Flag

/** Ops on floats say what they do with NaNs. */
type FactRow<Op extends IrOp> =
  SignatureOf<Op> extends `${string}f${32 | 64}${string}`
    ? readonly [size: Size, nan: NanFact, ...flags: readonly Flag[]]
    : readonly [size: Size, ...flags: readonly Flag[]]

export const FACTS = {
  'i32.eqz': ['infix'],
  'i32.eq': ['infix', 'commutes'],
  'i32.ne': ['infix', 'commutes'],
  'i32.lt_s': ['infix'],
  'i32.lt_u': ['unsigned'],
  'i32.gt_s': ['infix'],
  'i32.gt_u': ['unsigned'],
  'i32.le_s': ['infix'],
  'i32.le_u': ['unsigned'],
  'i32.ge_s': ['infix'],
  'i32.ge_u': ['unsigned'],
  'i32.clz': ['call'],
  'i32.ctz': ['call', 'repeats x'],
  'i32.popcnt': ['call'],
  'i32.add': ['infix', 'commutes'],
  'i32.sub': ['infix'],
  'i32.mul': ['call', 'commutes'],
  'i32.div_s': ['call'],
  'i32.div_u': ['call'],
  'i32.rem_s': ['call'],
  'i32.rem_u': ['call'],
  'i32.and': ['infix', 'commutes'],
  'i32.or': ['infix', 'commutes'],
  'i32.xor': ['infix', 'commutes'],
  'i32.shl': ['infix'],
  'i32.shr_s': ['infix'],
  'i32.shr_u': ['unsigned'],
  'i32.rotl': ['call', 'repeats x', 'repeats y'],
  'i32.rotr': ['call', 'repeats x', 'repeats y'],
  'i32.wrap_i64': ['call'],
  'i32.trunc_f32_s': ['call', 'number'],
  'i32.trunc_f32_u': ['call', 'number'],
  'i32.trunc_f64_s': ['call', 'number'],
  'i32.trunc_f64_u': ['call', 'number'],
  'i32.reinterpret_f32': ['call', 'reads'],
  'i32.extend8_s': ['call'],
  'i32.extend16_s': ['call'],
  'i32.trunc_sat_f32_s': ['call', 'number'],
  'i32.trunc_sat_f32_u': ['call', 'number'],
  'i32.trunc_sat_f64_s': ['call', 'number'],
  'i32.trunc_sat_f64_u': ['call', 'number'],
  'i32.high_s': ['high_s', 'number'],
  'i32.high_u': ['high_u', 'number'],
  'i32.wrap_f64': ['constant', 'number'],
  'i32.indexed': ['call', 'number'],
  'i32.swizzle': ['call'],
  'i32.swizzle_low': ['call'],
  'i32.lookup': ['call'],

  'i64.eqz': ['call'],
  'i64.eq': ['call', 'commutes'],
  'i64.ne': ['call', 'commutes'],
  'i64.lt_s': ['call'],
  'i64.lt_u': ['call'],
  'i64.gt_s': ['call'],
  'i64.gt_u': ['call'],
  'i64.le_s': ['call'],
  'i64.le_u': ['call'],
  'i64.ge_s': ['call'],
  'i64.ge_u': ['call'],
  'i64.clz': ['call'],
  'i64.ctz': ['call'],
  'i64.popcnt': ['call'],
  'i64.add': ['call', 'commutes'],
  'i64.sub': ['call'],
  'i64.mul': ['call', 'commutes'],
  'i64.div_s': ['call'],
  'i64.div_u': ['call'],
  'i64.rem_s': ['call'],
  'i64.rem_u': ['call'],
  'i64.and': ['call', 'commutes'],
  'i64.or': ['call', 'commutes'],
  'i64.xor': ['call', 'commutes'],
  'i64.shl': ['call', 'BigInt by constant'],
  'i64.shr_s': ['call', 'BigInt by constant'],
  'i64.shr_u': ['call', 'BigInt by constant'],
  'i64.rotl': ['call', 'repeats x', 'BigInt by constant'],
  'i64.rotr': ['call'],
  'i64.extend_i32_s': ['call'],
  'i64.extend_i32_u': ['call'],
  'i64.trunc_f32_s': ['call', 'number'],
  'i64.trunc_f32_u': ['call', 'number'],
  'i64.trunc_f64_s': ['call', 'number'],
  'i64.trunc_f64_u': ['call', 'number'],
  'i64.reinterpret_f64': ['call', 'reads'],
  'i64.extend8_s': ['call'],
  'i64.extend16_s': ['call'],
  'i64.extend32_s': ['call'],
  'i64.trunc_sat_f32_s': ['call', 'number'],
  'i64.trunc_sat_f32_u': ['call', 'number'],
  'i64.trunc_sat_f64_s': ['call', 'number'],
  'i64.trunc_sat_f64_u': ['call', 'number'],
  'i64.low': ['call'],
  'i64.high': ['call'],
  'i64.join': ['call', 'reversed'],
  'i32.sat_i64_u': ['call'],
  'i64.div_c': ['call', 'by constant'],
  'i64.rem_c': ['call', 'by constant'],
  'i64.mul_high_u': ['call', 'commutes'],

  'pair.div_s': ['call'],
  'pair.div_u': ['call'],
  'pair.rem_s': ['call'],
  'pair.rem_u': ['call'],
  'pair.mul_high_u': ['call'],
  'pair.clz': ['call'],
  'pair.ctz': ['call'],
  'pair.trunc_f32_s': ['call', 'number'],
  'pair.trunc_f32_u': ['call', 'number'],
  'pair.trunc_f64_s': ['call', 'number'],
  'pair.trunc_f64_u': ['call', 'number'],
  'pair.trunc_sat_f32_s': ['call', 'number'],
  'pair.trunc_sat_f32_u': ['call', 'number'],
  'pair.trunc_sat_f64_s': ['call', 'number'],
  'pair.trunc_sat_f64_u': ['call', 'number'],
  'pair.reinterpret_f64': ['call', 'reads'],

  'f32.eq': ['call', 'number', 'commutes'],
  'f32.ne': ['call', 'number', 'commutes'],
  'f32.lt': ['call', 'number'],
  'f32.gt': ['call', 'number'],
  'f32.le': ['call', 'number'],
  'f32.ge': ['call', 'number'],
  'f32.abs': ['call', 'moves'],
  'f32.neg': ['call', 'moves'],
  'f32.ceil': ['call', 'number'],
  'f32.floor': ['call', 'number'],
  'f32.trunc': ['call', 'number'],
  'f32.nearest': ['call', 'number'],
  'f32.sqrt': ['call', 'number'],
  'f32.add': ['call', 'number', 'commutes'],
  'f32.sub': ['call', 'number'],
  'f32.mul': ['call', 'number', 'commutes'],
  'f32.div': ['call', 'number'],
  'f32.min': ['call', 'passes', 'commutes'],
  'f32.max': ['call', 'passes', 'commutes'],
  'f32.copysign': ['call', 'reads makes'],
  'f32.convert_i32_s': ['call', 'number'],
  'f32.convert_i32_u': ['call', 'number'],
  'f32.convert_i64_s': ['call', 'number'],
  'f32.convert_i64_u': ['call', 'number'],
  'f32.demote_f64': ['call', 'number'],
  'f32.reinterpret_i32': ['call', 'makes'],
  'f32.convert_pair_s': ['call', 'number'],
  'f32.convert_pair_u': ['call', 'number'],

  'f64.eq': ['infix', 'number', 'commutes'],
  'f64.ne': ['infix', 'number', 'commutes'],
  'f64.lt': ['infix', 'number'],
  'f64.gt': ['infix', 'number'],
  'f64.le': ['infix', 'number'],
  'f64.ge': ['infix', 'number'],
  'f64.abs': ['call', 'moves'],
  'f64.neg': ['call', 'moves'],
  'f64.ceil': ['call', 'passes'],
  'f64.floor': ['call', 'passes'],
  'f64.trunc': ['call', 'number'],
  'f64.nearest': ['call', 'number'],
  'f64.sqrt': ['call', 'number'],
  'f64.add': ['infix', 'passes with constant', 'commutes'],
  'f64.sub': ['infix', 'passes with constant'],
  'f64.mul': ['infix', 'passes with constant', 'commutes'],
  'f64.div': ['infix', 'passes with constant'],
  'f64.min': ['call', 'passes', 'commutes'],
  'f64.max': ['call', 'passes', 'commutes'],
  'f64.copysign': ['call', 'reads makes'],
  'f64.convert_i32_s': ['free', 'number'],
  'f64.convert_i32_u': ['constant', 'number'],
  'f64.convert_i64_s': ['call', 'number'],
  'f64.convert_i64_u': ['call', 'number'],
  'f64.promote_f32': ['call', 'number'],
  'f64.reinterpret_i64': ['call', 'makes'],
  'f64.element_index': ['call', 'number', 'repeats x', 'by constant'],
  'f64.convert_pair_s': ['call', 'number', 'reversed'],
  'f64.convert_pair_u': ['call', 'number', 'reversed'],
  'f64.reinterpret_pair': ['call', 'makes'],

  'i32.payload': ['call', 'by constant'],
  'f32.payload': ['call', 'makes', 'by constant'],
  'f64.payload': ['call', 'makes', 'by constant'],
  'ref.payload': ['call', 'by constant'],
  'ref.is_null': ['call'],
  'i32.is_missing': ['infix'],
  'f32.is_missing': ['infix', 'number'],
  'f64.is_missing': ['infix', 'number'],
  'ref.eq': ['infix', 'commutes'],
  'ref.i31': ['infix'],
  'i31.get': ['free'],
  'tuple.i32': ['call'],
  'tuple.ref': ['call'],
  'tuple.slice': ['call'],
  'tuple.concat': ['call'],
} as const satisfies { readonly [Op in NumberOp]: FactRow<Op> }

/** Ops on v128, of which none is left when anybody asks for more; those with immediates. */
export const VECTOR_FACTS: readonly FactWord[] = ['call', 'reads makes']
export const LANE_FACTS: readonly FactWord[] = [...VECTOR_FACTS, 'by constant']

type NumberOp = Exclude<IrOp, VectorOp>

/** Ops that change only the sign of a NaN. */
export type NanMover = { [Op in NumberOp]: (typeof FACTS)[Op] extends readonly [Size, 'moves'] ? Op : never }[NumberOp]
