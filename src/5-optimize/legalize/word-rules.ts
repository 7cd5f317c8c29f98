// i64 instructions on pairs of words: one rule for each, of the type that its row says. A word that is used twice is made an
// atom first.

import type { Operation } from '../../0-wasm/ops/index.ts'
import type { Expr } from '../../3-ir/expr.ts'
import { anyOperation, i32, operation } from '../../3-ir/expressions.ts'
import { add, and, type BinaryOp, binary, choose, eqz, or, shl, shrS, shrU, xor } from '../../3-ir/fold.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import { type I64Op, type IrOp, OPS, type OpsOfType } from '../../3-ir/ops/index.ts'
import { lowWord } from './accesses.ts'
import { divideUnsigned, remainderUnsigned } from './division.ts'
import { addWords, mulWords, subWords } from './sums.ts'
import { drop, isShort, type Rule, signExtended, type Words, words, ZERO, zeroExtended } from './words.ts'

type Unary = (s: OperandStack, x: Words) => Words
type Binary = (s: OperandStack, x: Words, y: Words) => Words
type Comparison = (s: OperandStack, x: Words, y: Words) => Expr

/** The value of an expression if it is a constant, for shift counts. */
const constant = (e: Expr): number | undefined => (e.kind === 'const' ? e.value : undefined)

/** A runtime function on words that returns the low word, and the high one as its second result. */
const runtime =
  (op: OpsOfType<`${string} -> i32 i32`>) =>
  (s: OperandStack, ...operands: readonly (Words | Expr)[]): Words => {
    const args = operands.flatMap((e) => ('kind' in e ? [e] : [e.lo, e.hi]))
    const [lo, hi] = s.nameResults(anyOperation(op, args), ['i32', 'i32'])
    return words(lo!, hi!)
  }

/** Shifts and rotates: by a constant, or by the low word of the count. */
const shift =
  (
    byConstant: (s: OperandStack, x: Words, count: number) => Words,
    byVariable: (lo: Expr, hi: Expr, count: Expr, far: Expr) => Words,
  ): Binary =>
  (s, x, y) => {
    const known = constant(y.lo)
    drop(s, y.hi)
    if (known !== undefined) return (known & 63) === 0 ? x : byConstant(s, x, known & 63)
    const lo = s.atom(x.lo)
    const hi = s.atom(x.hi)
    const count = s.atom(y.lo)
    return byVariable(lo, hi, count, s.atom(and(count, i32(32))))
  }

const bitwise =
  (rule: (x: Expr, y: Expr) => Expr): Binary =>
  (_, x, y) => ({ ...words(rule(x.lo, y.lo), rule(x.hi, y.hi)), isSigned: x.isSigned && y.isSigned })

/** Whether the low words alone say what there is to say. */
const areSigned = (x: Words, y: Words): boolean => x.isSigned && y.isSigned

/** Comparisons of the low words, which are unsigned, and of the high words, which decide unless they are equal. */
type Low = 'i32.lt_u' | 'i32.gt_u' | 'i32.le_u' | 'i32.ge_u'
type High = 'i32.lt_u' | 'i32.gt_u' | 'i32.lt_s' | 'i32.gt_s'

//   i64.lt_s    ah === bh ? al >>> 0 < bl >>> 0 : ah < bh
const compare =
  (low: Low, high: High): Comparison =>
  (s, x, y) => {
    const bySign = OPS[high].signed === high
    if (areSigned(x, y)) return binary(bySign ? (OPS[low].signed as BinaryOp) : low, x.lo, y.lo)
    const al = s.atom(x.lo)
    const ah = s.atom(x.hi)
    const bl = s.atom(y.lo)
    const bh = s.atom(y.hi)
    const withZero = bl.kind === 'const' && bh.kind === 'const' && bl.value === 0 && bh.value === 0
    if (withZero && high === 'i32.lt_s' && low === 'i32.lt_u') return binary('i32.lt_s', ah, ZERO)
    if (withZero && high === 'i32.gt_s' && low === 'i32.ge_u') return binary('i32.ge_s', ah, ZERO)
    const same = binary('i32.eq', ah, bh)
    if (same.kind === 'const') return binary(same.value ? low : high, same.value ? al : ah, same.value ? bl : bh)
    return choose(same, binary(low, al, bl), binary(high, ah, bh))
  }

const difference = (x: Words, y: Words): Expr =>
  areSigned(x, y) ? xor(x.lo, y.lo) : or(xor(x.lo, y.lo), xor(x.hi, y.hi))

/** (hi:lo) << count, 0 < count < 64. */
function shlConst(s: OperandStack, { lo: al, hi: ah }: Words, count: number): Words {
  if (count >= 32) {
    drop(s, ah)
    return words(ZERO, shl(al, count - 32))
  }
  const lo = s.atom(al)
  return words(shl(lo, count), or(shl(ah, count), shrU(lo, 32 - count)))
}

const shrConst =
  (isSigned: boolean) =>
  (s: OperandStack, { lo, hi: ah }: Words, count: number): Words => {
    const by = isSigned ? shrS : shrU
    const hi = s.atom(ah)
    if (count < 32) return words(or(shrU(lo, count), shl(hi, 32 - count)), by(hi, count))
    drop(s, lo)
    if (!isSigned) return zeroExtended(shrU(hi, count - 32))
    return { ...words(shrS(hi, count - 32), shrS(hi, 31)), isSigned: true }
  }

function rotlConst(s: OperandStack, x: Words, count: number): Words {
  const [lo, hi] = [s.atom(x.lo), s.atom(x.hi)]
  if (count === 32) return words(hi, lo)
  const [a, b, n] = count < 32 ? [lo, hi, count] : [hi, lo, count - 32]
  return words(or(shl(a, n), shrU(b, 32 - n)), or(shl(b, n), shrU(a, 32 - n)))
}

/** What moves into a word from its neighbour: 32 bits less `count`, none for a count of 0. JavaScript counts modulo 32. */
const fromBelow = (word: Expr, count: Expr): Expr => binary('i32.shr_u', shrU(word, 1), xor(count, i32(-1)))
const fromAbove = (word: Expr, count: Expr): Expr => binary('i32.shl', shl(word, 1), xor(count, i32(-1)))

//   i64.shl    lo = n & 32 ? 0 : a << n    hi = n & 32 ? a << n : b << n | a >>> 1 >>> ~n
function shlVariable(lo: Expr, hi: Expr, count: Expr, far: Expr): Words {
  const low = binary('i32.shl', lo, count)
  return words(choose(far, ZERO, low), choose(far, low, or(binary('i32.shl', hi, count), fromBelow(lo, count))))
}

const shrVariable =
  (op: 'i32.shr_s' | 'i32.shr_u') =>
  (lo: Expr, hi: Expr, count: Expr, far: Expr): Words => {
    const high = binary(op, hi, count)
    const filled = op === 'i32.shr_s' ? shrS(hi, 31) : ZERO
    return words(choose(far, high, or(binary('i32.shr_u', lo, count), fromAbove(hi, count))), choose(far, filled, high))
  }

/** Rotates by variable counts swap the words first if they move by 32 or more. */
const rotateVariable =
  (isLeft: boolean): Binary =>
  (s, a, b) => {
    drop(s, b.hi)
    const count = s.atom(b.lo)
    const [lo, hi] = [s.atom(a.lo), s.atom(a.hi)]
    const far = s.atom(and(count, i32(32)))
    const x = s.atom(choose(far, hi, lo))
    const y = s.atom(choose(far, lo, hi))
    const turn = (one: Expr, other: Expr): Expr =>
      isLeft
        ? or(binary('i32.shl', one, count), fromBelow(other, count))
        : or(binary('i32.shr_u', one, count), fromAbove(other, count))
    return words(turn(x, y), turn(y, x))
  }

const rotate =
  (isLeft: boolean): Binary =>
  (s, x, y) => {
    const count = constant(y.lo)
    if (count === undefined) return rotateVariable(isLeft)(s, x, y)
    drop(s, y.hi)
    const left = (isLeft ? count : -count) & 63
    return left === 0 ? x : rotlConst(s, x, left)
  }

function highWord(s: OperandStack, { lo, hi }: Words): Expr {
  drop(s, lo)
  return hi
}

//   i32.sat_i64_u    hi ? -1 : lo
function saturate(s: OperandStack, x: Words): Expr {
  if (isShort(x)) return x.lo
  const [lo, hi] = [x.lo, x.hi].map((e) => (e.effects === 0 ? e : s.name(e))) as [Expr, Expr]
  return choose(hi, i32(-1), lo)
}

const extend =
  (op: 'i32.extend8_s' | 'i32.extend16_s' | undefined): Unary =>
  (s, { lo, hi }) => {
    drop(s, hi)
    return signExtended(s, op === undefined ? lo : operation(op, [lo]))
  }

/** Instructions that compute with an i64. */
type Int64Op = Extract<I64Op, Operation> | 'i64.low' | 'i64.high' | 'i64.join'

const RULES: { readonly [Op in Int64Op | 'i64.mul_high_u' | 'i32.sat_i64_u']: Rule<Op> } = {
  'i64.add': addWords,
  'i64.sub': subWords,
  'i64.mul': mulWords,
  'i64.mul_high_u': runtime('pair.mul_high_u'),
  'i64.div_s': runtime('pair.div_s'),
  'i64.div_u': (s, a, b) => divideUnsigned(s, a, b) ?? runtime('pair.div_u')(s, a, b),
  'i64.rem_s': runtime('pair.rem_s'),
  'i64.rem_u': (s, a, b) => remainderUnsigned(s, a, b) ?? runtime('pair.rem_u')(s, a, b),
  'i64.and': bitwise(and),
  'i64.or': bitwise(or),
  'i64.xor': bitwise(xor),
  'i64.shl': shift(shlConst, shlVariable),
  'i64.shr_s': shift(shrConst(true), shrVariable('i32.shr_s')),
  'i64.shr_u': shift(shrConst(false), shrVariable('i32.shr_u')),
  'i64.rotl': rotate(true),
  'i64.rotr': rotate(false),
  'i64.eqz': (_, { lo, hi, isSigned }) => eqz(isSigned ? lo : or(lo, hi)),
  'i64.eq': (_, x, y) => eqz(difference(x, y)),
  'i64.ne': (_, x, y) => binary('i32.ne', difference(x, y), ZERO),
  'i64.lt_s': compare('i32.lt_u', 'i32.lt_s'),
  'i64.lt_u': compare('i32.lt_u', 'i32.lt_u'),
  'i64.gt_s': compare('i32.gt_u', 'i32.gt_s'),
  'i64.gt_u': compare('i32.gt_u', 'i32.gt_u'),
  'i64.le_s': compare('i32.le_u', 'i32.lt_s'),
  'i64.le_u': compare('i32.le_u', 'i32.lt_u'),
  'i64.ge_s': compare('i32.ge_u', 'i32.gt_s'),
  'i64.ge_u': compare('i32.ge_u', 'i32.gt_u'),
  'i64.clz': (_, { lo, hi }) => zeroExtended(operation('pair.clz', [lo, hi])),
  'i64.ctz': (_, { lo, hi }) => zeroExtended(operation('pair.ctz', [lo, hi])),
  'i64.popcnt': (_, { lo, hi }) => zeroExtended(add(operation('i32.popcnt', [lo]), operation('i32.popcnt', [hi]))),
  'i32.wrap_i64': lowWord,
  'i32.sat_i64_u': saturate,
  'i64.extend_i32_s': signExtended,
  'i64.extend_i32_u': (_, x) => zeroExtended(x),
  'i64.extend8_s': extend('i32.extend8_s'),
  'i64.extend16_s': extend('i32.extend16_s'),
  'i64.extend32_s': extend(undefined),
  'i64.trunc_f32_s': runtime('pair.trunc_f32_s'),
  'i64.trunc_f32_u': runtime('pair.trunc_f32_u'),
  'i64.trunc_f64_s': runtime('pair.trunc_f64_s'),
  'i64.trunc_f64_u': runtime('pair.trunc_f64_u'),
  'i64.trunc_sat_f32_s': runtime('pair.trunc_sat_f32_s'),
  'i64.trunc_sat_f32_u': runtime('pair.trunc_sat_f32_u'),
  'i64.trunc_sat_f64_s': runtime('pair.trunc_sat_f64_s'),
  'i64.trunc_sat_f64_u': runtime('pair.trunc_sat_f64_u'),
  'f32.convert_i64_s': (_, { lo, hi }) => operation('f32.convert_pair_s', [lo, hi]),
  'f32.convert_i64_u': (_, { lo, hi }) => operation('f32.convert_pair_u', [lo, hi]),
  'f64.convert_i64_s': (_, { lo, hi }) => operation('f64.convert_pair_s', [lo, hi]),
  'f64.convert_i64_u': (_, { lo, hi }) => operation('f64.convert_pair_u', [lo, hi]),
  'i64.reinterpret_f64': runtime('pair.reinterpret_f64'),
  'i64.low': lowWord,
  'i64.high': highWord,
  'i64.join': (_, lo, hi) => words(lo, hi),
  'f64.reinterpret_i64': (_, { lo, hi }) => operation('f64.reinterpret_pair', [lo, hi]),
}

/** The rule of an op that computes with an i64, undefined for others. */
export const wordRule = (
  op: IrOp,
): ((s: OperandStack, ...operands: readonly (Words | Expr)[]) => Words | Expr) | undefined =>
  (RULES as Partial<Record<IrOp, never>>)[op]
