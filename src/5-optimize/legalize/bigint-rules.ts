// i64 instructions on BigInts: an i64 is one register, and most instructions are one operation on BigInts, of 64 bits after
// each step. What has no operation that engines know goes by words, as everywhere else.

import type { Operation } from '../../0-wasm/ops/index.ts'
import type { Const, ElementStore, Expr, LoadOp, StoreOp } from '../../3-ir/expr.ts'
import { anyOperation, i32, i64, load, operation } from '../../3-ir/expressions.ts'
import { binary, shrU } from '../../3-ir/fold.ts'
import type { OperandStack } from '../../3-ir/operands.ts'
import { ACCESSES } from '../../3-ir/ops/accesses.ts'
import type { IrOp } from '../../3-ir/ops/index.ts'
import { wordRule } from './word-rules.ts'
import { type Words, words } from './words.ts'

type Rule = (s: OperandStack, ...operands: Expr[]) => Expr

const big = (op: IrOp, ...args: Expr[]): Expr => anyOperation(op, args)

const isZero = (e: Expr): boolean => e.kind === 'const' && e.lo === 0 && e.hi === 0

const same =
  (op: IrOp): Rule =>
  (_, ...operands) =>
    big(op, ...operands)

/** The low word. */
function low(e: Expr): Expr {
  if (e.kind === 'const') return i32(e.lo)
  if (e.kind === 'load') return load('i32.load', e.memory, e.addr, e.offset, 4)
  if (e.kind === 'op') {
    const [x, y] = e.args as [Expr, Expr]
    if (e.op === 'i64.extend_i32_s' || e.op === 'i64.extend_i32_u') return x
    if (e.op === 'i64.shr_u' && (y as Const).value >= 32) return shrU(high(x), (y as Const).value - 32)
  }
  return operation('i64.low', [e])
}

/** The high word. */
function high(e: Expr): Expr {
  if (e.kind === 'const') return i32(e.hi)
  if (e.kind === 'op' && e.op === 'i64.extend_i32_u' && e.effects === 0) return i32(0)
  return operation('i64.high', [e])
}

/** Both words: they are read from a cell. */
export function wordsOf(s: OperandStack, e: Expr): Words {
  const cell = e.kind === 'const' ? e : s.nameIn('i64cell', e)
  return words(low(cell), high(cell))
}

/** The value of two words. */
export function join({ lo, hi, isSigned }: Words): Expr {
  if (hi.kind === 'const' && lo.kind === 'const') return i64(lo.value, hi.value)
  if (hi.kind === 'const' && hi.value === 0) return extendU(lo)
  return isSigned ? extendS(lo) : big('i64.join', lo, hi)
}

const extendS = (e: Expr): Expr => (e.kind === 'const' ? i64(e.value, e.value >> 31) : big('i64.extend_i32_s', e))
const extendU = (e: Expr): Expr => (e.kind === 'const' ? i64(e.value, 0) : big('i64.extend_i32_u', e))

const shl = (e: Expr, count: number): Expr => big('i64.shl', e, i64(count, 0))
const shr = (e: Expr, count: number): Expr => big('i64.shr_u', e, i64(count, 0))

/** Shifts and rotates by constants; engines do not know the others. */
const shift =
  (op: Operation): Rule =>
  (s, x, y) => {
    if (y.kind !== 'const') return byWords(op)(s, x, y)
    const count = (op === 'i64.rotr' ? -y.lo : y.lo) & 63
    if (count === 0) return x
    return op === 'i64.rotl' || op === 'i64.rotr'
      ? big('i64.rotl', s.atom(x), i64(count, 0))
      : big(op, x, i64(count, 0))
  }

const signExtend =
  (bits: number): Rule =>
  (_, x) =>
    big('i64.shr_s', shl(x, bits), i64(bits, 0))

/** Division by a constant that is neither 0 nor -1 cannot trap. */
const divideSigned =
  (op: IrOp, quick: IrOp): Rule =>
  (s, x, y) =>
    y.kind === 'const' && !isSmall(y) ? big(quick, x, y) : byWords(op)(s, x, y)

/** 0 or -1 */
const isSmall = ({ lo, hi }: Const): boolean => lo === hi && (lo === 0 || lo === -1)

/**
 * Engines divide signed numbers: half of an unsigned one is not negative. Divisors are below 2^62.
 *
 *   q = (x >>> 1) / c    t = (x >>> 1) - q * c << 1 | x & 1    x / c = q << 1 | t >= c    x % c = t >= c ? t - c : t
 */
const divideUnsigned =
  (op: IrOp, result: (quotient: Expr, rest: Expr, divisor: Expr, isOver: Expr) => Expr): Rule =>
  (s, x, c) => {
    if (c.kind !== 'const' || c.hi >>> 30 !== 0 || isSmall(c)) return byWords(op)(s, x, c)
    const atom = s.atom(x)
    const half = s.name(shr(atom, 1))
    const quotient = s.name(big('i64.div_c', half, c))
    const rest = big('i64.sub', half, big('i64.mul', quotient, c))
    const whole = s.name(big('i64.or', shl(rest, 1), big('i64.and', atom, i64(1, 0))))
    return result(quotient, whole, c, extendS(operation('i64.ge_s', [whole, c])))
  }

/** By the rule for pairs of words. */
const byWords =
  (op: IrOp): Rule =>
  (s, ...operands) => {
    const inWords = operands.map((e) => (e.type === 'i64' ? wordsOf(s, e) : e))
    const result = wordRule(op)!(s, ...inWords)
    return 'kind' in result ? result : join(result)
  }

const RULES: Partial<Record<Operation, Rule>> = {
  'i64.add': same('i64.add'),
  'i64.sub': same('i64.sub'),
  'i64.mul': same('i64.mul'),
  'i64.and': same('i64.and'),
  'i64.or': same('i64.or'),
  'i64.xor': same('i64.xor'),
  'i64.div_s': divideSigned('i64.div_s', 'i64.div_c'),
  'i64.rem_s': divideSigned('i64.rem_s', 'i64.rem_c'),
  'i64.div_u': divideUnsigned('i64.div_u', (quotient, _, __, isOver) => big('i64.add', shl(quotient, 1), isOver)),
  'i64.rem_u': divideUnsigned('i64.rem_u', (_, rest, divisor, isOver) =>
    big('i64.sub', rest, big('i64.mul', isOver, divisor)),
  ),
  'i64.shl': shift('i64.shl'),
  'i64.shr_s': shift('i64.shr_s'),
  'i64.shr_u': shift('i64.shr_u'),
  'i64.rotl': shift('i64.rotl'),
  'i64.rotr': shift('i64.rotr'),
  'i64.eqz': (_, x) => operation('i64.eq', [x, i64(0, 0)]),
  'i64.eq': same('i64.eq'),
  'i64.ne': same('i64.ne'),
  'i64.lt_s': same('i64.lt_s'),
  'i64.lt_u': same('i64.lt_u'),
  'i64.gt_s': same('i64.gt_s'),
  'i64.gt_u': same('i64.gt_u'),
  'i64.le_s': same('i64.le_s'),
  'i64.le_u': same('i64.le_u'),
  'i64.ge_s': same('i64.ge_s'),
  'i64.ge_u': same('i64.ge_u'),
  'i32.wrap_i64': (_, x) => low(x),
  'i64.extend_i32_s': (_, x) => extendS(x),
  'i64.extend_i32_u': (_, x) => extendU(x),
  'i64.extend8_s': signExtend(56),
  'i64.extend16_s': signExtend(48),
  'i64.extend32_s': signExtend(32),
}

/** The rule of an instruction that computes with an i64, undefined for others. */
export const bigIntRule = (op: IrOp): Rule | undefined =>
  (RULES as Partial<Record<IrOp, Rule>>)[op] ?? (wordRule(op) && byWords(op))

/** A choice without a branch: where values of two branches meet, engines make a BigInt. `y ^ (x ^ y & -c)` */
export function selectBigInt(s: OperandStack, cond: Expr, then: Expr, otherwise: Expr): Expr {
  const mask = extendS(binary('i32.sub', i32(0), binary('i32.ne', cond, i32(0))))
  if (isZero(otherwise)) return big('i64.and', then, mask)
  const y = s.atom(otherwise)
  return big('i64.xor', y, big('i64.and', big('i64.xor', then, y), mask))
}

/** A loaded i64. */
export function loadBigInt(op: LoadOp, memory: number, addr: Expr, offset: number): Expr {
  const { word, isSigned } = ACCESSES[op]
  if (word === undefined) return load(op, memory, addr, offset)
  return (isSigned ? extendS : extendU)(load(word, memory, addr, offset))
}

/** What a store of an i64 stores, and how. */
export function storedBigInt(op: StoreOp, value: Expr): { op: ElementStore; value: Expr } {
  const { word } = ACCESSES[op]
  return word === undefined ? { op: op as ElementStore, value } : { op: word, value: low(value) }
}
