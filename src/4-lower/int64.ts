// i64 instructions on pairs of i32 registers, low word first. Every rule gets its operands' parts and returns its
// result's parts; a word that is used twice is made an atom first.

import type { OpName } from '../0-wasm/ops/index.ts'
import { TRAP, WRITE } from '../3-ir/effects.ts'
import type { Expr } from '../3-ir/expr.ts'
import { i32, operation, plain } from '../3-ir/expressions.ts'
import { add, and, type BinaryOp, binary, choose, eqz, or, shl, shrS, shrU, xor } from '../3-ir/fold.ts'
import { OPS, type OpsOfType } from '../3-ir/ops/index.ts'
import { divideUnsigned, remainderUnsigned } from './divide64.ts'
import { lowWord } from './memory.ts'
import type { OperandStack, Value } from './operands.ts'
import { addPair, isSignOf, mulPair, subPair } from './sum64.ts'

type Rule = (s: OperandStack, ...operands: Value[]) => Value

const ZERO = i32(0)

/** The value of a pair if it is a constant in its low word, for shift counts. */
const constant = (e: Expr): number | undefined => (e.kind === 'const' ? e.value : undefined)

/** `lo` with the high word of its sign. */
function signed(s: OperandStack, e: Expr): Value {
  const lo = s.atom(e)
  return [lo, shrS(lo, 31)]
}

/** A runtime function that returns the low word and leaves the high one in the first cell. */
const call64 =
  (op: OpsOfType<`${string} -> i32 i32`>): Rule =>
  (s, ...operands) =>
    s.nameResults(operation(op, operands.flat()), ['i32', 'i32'])

/** Shifts and rotates: by a constant, or by the low word of the count. */
const shift64 =
  (
    byConstant: (s: OperandStack, lo: Expr, hi: Expr, count: number) => Value,
    byVariable: (lo: Expr, hi: Expr, count: Expr, far: Expr) => Value,
  ): Rule =>
  (s, [al, ah], [bl, bh]) => {
    const known = constant(bl!)
    drop(s, bh!)
    if (known !== undefined) return (known & 63) === 0 ? [al!, ah!] : byConstant(s, al!, ah!, known & 63)
    const [lo, hi, count] = [s.atom(al!), s.atom(ah!), s.atom(bl!)]
    return byVariable(lo, hi, count, s.atom(and(count, i32(32))))
  }

const bitwise =
  (rule: (x: Expr, y: Expr) => Expr): Rule =>
  (_, [al, ah], [bl, bh]) => [rule(al!, bl!), rule(ah!, bh!)]

/** Whether both are words extended by their signs: the low words alone say what there is to say. */
const areSigned = ([al, ah]: Value, [bl, bh]: Value): boolean => isSignOf(ah!, al!) && isSignOf(bh!, bl!)

//   i64.lt_s    ah === bh ? al >>> 0 < bl >>> 0 : ah < bh
const compare =
  (low: BinaryOp, high: BinaryOp): Rule =>
  (s, a, b) => {
    if (areSigned(a, b)) return [binary(OPS[high].signed === high ? (OPS[low].signed as BinaryOp) : low, a[0]!, b[0]!)]
    const [al, ah] = a.map((e) => s.atom(e)) as [Expr, Expr]
    const [bl, bh] = b.map((e) => s.atom(e)) as [Expr, Expr]
    const signOnly = bl.kind === 'const' && bh.kind === 'const' && bl.value === 0 && bh.value === 0
    if (signOnly && ((high === 'i32.lt_s' && low === 'i32.lt_u') || (high === 'i32.gt_s' && low === 'i32.ge_u'))) {
      return [binary(high === 'i32.lt_s' ? 'i32.lt_s' : 'i32.ge_s', ah, ZERO)]
    }
    const same = binary('i32.eq', ah, bh)
    if (same.kind === 'const') return [binary(same.value ? low : high, same.value ? al : ah, same.value ? bl : bh)]
    return [choose(same, binary(low, al, bl), binary(high, ah, bh))]
  }

const difference = (a: Value, b: Value): Expr =>
  areSigned(a, b) ? xor(a[0]!, b[0]!) : or(xor(a[0]!, b[0]!), xor(a[1]!, b[1]!))

/** (hi:lo) << count, 0 < count < 64. */
function shlConst(s: OperandStack, al: Expr, ah: Expr, count: number): Value {
  if (count >= 32) {
    drop(s, ah)
    return [ZERO, shl(al, count - 32)]
  }
  const lo = s.atom(al)
  return [shl(lo, count), or(shl(ah, count), shrU(lo, 32 - count))]
}

const shrConst =
  (isSigned: boolean) =>
  (s: OperandStack, al: Expr, ah: Expr, count: number): Value => {
    const shift = isSigned ? shrS : shrU
    const hi = s.atom(ah)
    if (count >= 32) {
      drop(s, al)
      return [shift(hi, count - 32), isSigned ? shrS(hi, 31) : ZERO]
    }
    return [or(shrU(al, count), shl(hi, 32 - count)), shift(hi, count)]
  }

function rotlConst(s: OperandStack, al: Expr, ah: Expr, count: number): Value {
  const [lo, hi] = [s.atom(al), s.atom(ah)]
  if (count === 32) return [hi, lo]
  const [x, y, n] = count < 32 ? [lo, hi, count] : [hi, lo, count - 32]
  return [or(shl(x, n), shrU(y, 32 - n)), or(shl(y, n), shrU(x, 32 - n))]
}

/** What moves into a word from its neighbour: 32 bits less `count`, none for a count of 0. JavaScript counts modulo 32. */
const fromBelow = (word: Expr, count: Expr): Expr => binary('i32.shr_u', shrU(word, 1), xor(count, i32(-1)))
const fromAbove = (word: Expr, count: Expr): Expr => binary('i32.shl', shl(word, 1), xor(count, i32(-1)))

//   i64.shl    lo = n & 32 ? 0 : a << n    hi = n & 32 ? a << n : b << n | a >>> 1 >>> ~n
function shlVariable(lo: Expr, hi: Expr, count: Expr, far: Expr): Value {
  const low = binary('i32.shl', lo, count)
  return [choose(far, ZERO, low), choose(far, low, or(binary('i32.shl', hi, count), fromBelow(lo, count)))]
}

const shrVariable =
  (op: 'i32.shr_s' | 'i32.shr_u') =>
  (lo: Expr, hi: Expr, count: Expr, far: Expr): Value => {
    const high = binary(op, hi, count)
    const filled = op === 'i32.shr_s' ? shrS(hi, 31) : ZERO
    return [choose(far, high, or(binary('i32.shr_u', lo, count), fromAbove(hi, count))), choose(far, filled, high)]
  }

/** Rotates by variable counts swap the words first if they move by 32 or more. */
const rotateVariable =
  (isLeft: boolean): Rule =>
  (s, [al, ah], [bl, bh]) => {
    drop(s, bh!)
    const count = s.atom(bl!)
    const [lo, hi] = [s.atom(al!), s.atom(ah!)]
    const far = s.atom(and(count, i32(32)))
    const x = s.atom(choose(far, hi, lo))
    const y = s.atom(choose(far, lo, hi))
    if (isLeft)
      return [
        or(binary('i32.shl', x, count), fromBelow(y, count)),
        or(binary('i32.shl', y, count), fromBelow(x, count)),
      ]
    return [
      or(binary('i32.shr_u', x, count), fromAbove(y, count)),
      or(binary('i32.shr_u', y, count), fromAbove(x, count)),
    ]
  }

const rotate64 =
  (isLeft: boolean): Rule =>
  (s, a, b) => {
    const count = constant(b[0]!)
    if (count === undefined) return rotateVariable(isLeft)(s, a, b)
    const left = (isLeft ? count : -count) & 63
    return left === 0 ? a : rotlConst(s, a[0]!, a[1]!, left)
  }

/** Evaluates what is not needed any more, for its traps. */
function drop(s: OperandStack, e: Expr): void {
  if (e.effects & (TRAP | WRITE)) s.name(e)
}

const extend =
  (op?: 'i32.extend8_s' | 'i32.extend16_s'): Rule =>
  (s, [lo, hi]) => {
    drop(s, hi!)
    return signed(s, op === undefined ? lo! : plain(op, [lo!]))
  }

const RULES: Partial<Record<OpName, Rule>> = {
  'i64.add': addPair,
  'i64.sub': subPair,
  'i64.mul': mulPair,
  'i64.div_s': call64('pair.div_s'),
  'i64.div_u': (s, a, b) => divideUnsigned(s, a, b) ?? call64('pair.div_u')(s, a, b),
  'i64.rem_s': call64('pair.rem_s'),
  'i64.rem_u': (s, a, b) => remainderUnsigned(s, a, b) ?? call64('pair.rem_u')(s, a, b),
  'i64.and': bitwise(and),
  'i64.or': bitwise(or),
  'i64.xor': bitwise(xor),
  'i64.shl': shift64(shlConst, shlVariable),
  'i64.shr_s': shift64(shrConst(true), shrVariable('i32.shr_s')),
  'i64.shr_u': shift64(shrConst(false), shrVariable('i32.shr_u')),
  'i64.rotl': rotate64(true),
  'i64.rotr': rotate64(false),
  'i64.eqz': (_, [lo, hi]) => [eqz(or(lo!, hi!))],
  'i64.eq': (_, a, b) => [eqz(difference(a, b))],
  'i64.ne': (_, a, b) => [binary('i32.ne', difference(a, b), ZERO)],
  'i64.lt_s': compare('i32.lt_u', 'i32.lt_s'),
  'i64.lt_u': compare('i32.lt_u', 'i32.lt_u'),
  'i64.gt_s': compare('i32.gt_u', 'i32.gt_s'),
  'i64.gt_u': compare('i32.gt_u', 'i32.gt_u'),
  'i64.le_s': compare('i32.le_u', 'i32.lt_s'),
  'i64.le_u': compare('i32.le_u', 'i32.lt_u'),
  'i64.ge_s': compare('i32.ge_u', 'i32.gt_s'),
  'i64.ge_u': compare('i32.ge_u', 'i32.gt_u'),
  'i64.clz': (_, [lo, hi]) => [plain('pair.clz', [lo!, hi!]), ZERO],
  'i64.ctz': (_, [lo, hi]) => [plain('pair.ctz', [lo!, hi!]), ZERO],
  'i64.popcnt': (_, [lo, hi]) => [add(plain('i32.popcnt', [lo!]), plain('i32.popcnt', [hi!])), ZERO],
  'i32.wrap_i64': (s, x) => [lowWord(s, x)],
  'i64.extend_i32_s': (s, [x]) => signed(s, x!),
  'i64.extend_i32_u': (_, [x]) => [x!, ZERO],
  'i64.extend8_s': extend('i32.extend8_s'),
  'i64.extend16_s': extend('i32.extend16_s'),
  'i64.extend32_s': extend(),
  'i64.trunc_f32_s': call64('pair.trunc_f32_s'),
  'i64.trunc_f32_u': call64('pair.trunc_f32_u'),
  'i64.trunc_f64_s': call64('pair.trunc_f64_s'),
  'i64.trunc_f64_u': call64('pair.trunc_f64_u'),
  'i64.trunc_sat_f32_s': call64('pair.trunc_sat_f32_s'),
  'i64.trunc_sat_f32_u': call64('pair.trunc_sat_f32_u'),
  'i64.trunc_sat_f64_s': call64('pair.trunc_sat_f64_s'),
  'i64.trunc_sat_f64_u': call64('pair.trunc_sat_f64_u'),
  'f32.convert_i64_s': (_, x) => [operation('f32.convert_pair_s', x)],
  'f32.convert_i64_u': (_, x) => [operation('f32.convert_pair_u', x)],
  'f64.convert_i64_s': (_, x) => [operation('f64.convert_pair_s', x)],
  'f64.convert_i64_u': (_, x) => [operation('f64.convert_pair_u', x)],
  'i64.reinterpret_f64': call64('pair.reinterpret_f64'),
  'f64.reinterpret_i64': (_, x) => [operation('f64.reinterpret_pair', x)],
}

/** The rule of an instruction that touches i64, undefined for others. */
export const int64Rule = (op: OpName): Rule | undefined => RULES[op]
