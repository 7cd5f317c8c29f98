// i64 instructions in wide functions (wide.ts): an i64 is one register, and most instructions are one operation on
// BigInts, of 64 bits after each step. What has no operation that engines know goes by words, as everywhere else.

import type { OpName } from '../0-wasm/ops/index.ts'
import type { Const, Expr, StoreOp } from '../3-ir/expr.ts'
import { i32, i64, load, operation as makeOperation, plain } from '../3-ir/expressions.ts'
import { binary, shrU } from '../3-ir/fold.ts'
import type { IrOp, WasmOp } from '../3-ir/ops/index.ts'
import { int64Rule } from './int64.ts'
import { NARROW_LOADS, NARROW_STORES } from './memory.ts'
import type { OperandStack, Value } from './operands.ts'
import { isSignOf } from './sum64.ts'

type Rule = (s: OperandStack, ...operands: Expr[]) => Expr

const wide = (op: IrOp, ...args: Expr[]): Expr => makeOperation(op, args)

const isZero = (e: Expr): boolean => e.kind === 'const' && e.lo === 0 && e.hi === 0

const operation =
  (op: IrOp): Rule =>
  (_, ...operands) =>
    wide(op, ...operands)

/** The low word. */
export function low(e: Expr): Expr {
  if (e.kind === 'const') return i32(e.lo)
  if (e.kind === 'load') return load('i32.load', e.memory, e.addr, e.offset, 4)
  if (e.kind === 'plain') {
    const [x, y] = e.args as [Expr, Expr]
    if (e.op === 'i64.extend_i32_s' || e.op === 'i64.extend_i32_u') return x
    if (e.op === 'i64.shr_u' && (y as Const).value >= 32) return shrU(high(x), (y as Const).value - 32)
  }
  return plain('i64.low', [e])
}

/** The high word. */
export function high(e: Expr): Expr {
  if (e.kind === 'const') return i32(e.hi)
  if (e.kind === 'plain' && e.op === 'i64.extend_i32_u' && e.effects === 0) return i32(0)
  return plain('i64.high', [e])
}

/** Both words: they are read from a cell. */
export function wordsOf(s: OperandStack, e: Expr): Value {
  const cell = e.kind === 'const' ? e : s.nameIn('i64cell', e)
  return [low(cell), high(cell)]
}

/** The value of two words. */
export function join([lo, hi]: Value): Expr {
  if (hi!.kind === 'const' && lo!.kind === 'const') return i64(lo!.value, hi!.value)
  if (hi!.kind === 'const' && hi!.value === 0) return extendU(lo!)
  return isSignOf(hi!, lo!) ? extendS(lo!) : wide('i64.join', lo!, hi!)
}

const extendS = (e: Expr): Expr => (e.kind === 'const' ? i64(e.value, e.value >> 31) : wide('i64.extend_i32_s', e))
const extendU = (e: Expr): Expr => (e.kind === 'const' ? i64(e.value, 0) : wide('i64.extend_i32_u', e))

const shl = (e: Expr, count: number): Expr => wide('i64.shl', e, i64(count, 0))
const shr = (e: Expr, count: number): Expr => wide('i64.shr_u', e, i64(count, 0))

/** Shifts and rotates by constants; engines do not know the others. */
const shift =
  (op: WasmOp): Rule =>
  (s, x, y) => {
    if (y.kind !== 'const') return byWords(op)(s, x, y)
    const count = (op === 'i64.rotr' ? -y.lo : y.lo) & 63
    if (count === 0) return x
    return op === 'i64.rotl' || op === 'i64.rotr'
      ? wide('i64.rotl', s.atom(x), i64(count, 0))
      : wide(op, x, i64(count, 0))
  }

const signExtend =
  (bits: number): Rule =>
  (_, x) =>
    wide('i64.shr_s', shl(x, bits), i64(bits, 0))

/** Division by a constant that is neither 0 nor -1 cannot trap. */
const divideSigned =
  (op: OpName, quick: IrOp): Rule =>
  (s, x, y) =>
    y.kind === 'const' && !isSmall(y) ? wide(quick, x, y) : byWords(op)(s, x, y)

/** 0 or -1 */
const isSmall = ({ lo, hi }: Const): boolean => lo === hi && (lo === 0 || lo === -1)

/**
 * Engines divide signed numbers: half of an unsigned one is not negative. Divisors are below 2^62.
 *
 *   q = (x >>> 1) / c    t = (x >>> 1) - q * c << 1 | x & 1    x / c = q << 1 | t >= c    x % c = t >= c ? t - c : t
 */
const divideUnsigned =
  (op: OpName, result: (quotient: Expr, rest: Expr, divisor: Expr, isOver: Expr) => Expr): Rule =>
  (s, x, c) => {
    if (c.kind !== 'const' || c.hi >>> 30 !== 0 || isSmall(c)) return byWords(op)(s, x, c)
    const atom = s.atom(x)
    const half = s.name(shr(atom, 1))
    const quotient = s.name(wide('i64.div_c', half, c))
    const rest = wide('i64.sub', half, wide('i64.mul', quotient, c))
    const whole = s.name(wide('i64.or', shl(rest, 1), wide('i64.and', atom, i64(1, 0))))
    return result(quotient, whole, c, extendS(plain('i64.ge_s', [whole, c])))
  }

/** By the rule for pairs of words. */
const byWords =
  (op: OpName): Rule =>
  (s, ...operands) => {
    const pairs = operands.map((e) => (e.type === 'i64' ? wordsOf(s, e) : [e]))
    const result = int64Rule(op)!(s, ...pairs)
    return result.length === 2 ? join(result) : result[0]!
  }

const RULES: Partial<Record<OpName, Rule>> = {
  'i64.add': operation('i64.add'),
  'i64.sub': operation('i64.sub'),
  'i64.mul': operation('i64.mul'),
  'i64.and': operation('i64.and'),
  'i64.or': operation('i64.or'),
  'i64.xor': operation('i64.xor'),
  'i64.div_s': divideSigned('i64.div_s', 'i64.div_c'),
  'i64.rem_s': divideSigned('i64.rem_s', 'i64.rem_c'),
  'i64.div_u': divideUnsigned('i64.div_u', (quotient, _, __, isOver) => wide('i64.add', shl(quotient, 1), isOver)),
  'i64.rem_u': divideUnsigned('i64.rem_u', (_, rest, divisor, isOver) =>
    wide('i64.sub', rest, wide('i64.mul', isOver, divisor)),
  ),
  'i64.shl': shift('i64.shl'),
  'i64.shr_s': shift('i64.shr_s'),
  'i64.shr_u': shift('i64.shr_u'),
  'i64.rotl': shift('i64.rotl'),
  'i64.rotr': shift('i64.rotr'),
  'i64.eqz': (_, x) => plain('i64.eq', [x, i64(0, 0)]),
  'i64.eq': operation('i64.eq'),
  'i64.ne': operation('i64.ne'),
  'i64.lt_s': operation('i64.lt_s'),
  'i64.lt_u': operation('i64.lt_u'),
  'i64.gt_s': operation('i64.gt_s'),
  'i64.gt_u': operation('i64.gt_u'),
  'i64.le_s': operation('i64.le_s'),
  'i64.le_u': operation('i64.le_u'),
  'i64.ge_s': operation('i64.ge_s'),
  'i64.ge_u': operation('i64.ge_u'),
  'i32.wrap_i64': (_, x) => low(x),
  'i64.extend_i32_s': (_, x) => extendS(x),
  'i64.extend_i32_u': (_, x) => extendU(x),
  'i64.extend8_s': signExtend(56),
  'i64.extend16_s': signExtend(48),
  'i64.extend32_s': signExtend(32),
}

/** The rule of an instruction that touches i64, undefined for others. */
export const wideRule = (op: OpName): Rule | undefined => RULES[op] ?? (int64Rule(op) && byWords(op))

/** A choice without a branch: where values of two branches meet, engines make a BigInt. `y ^ (x ^ y & -c)` */
export function selectWide(s: OperandStack, cond: Expr, then: Expr, otherwise: Expr): Expr {
  const mask = extendS(binary('i32.sub', i32(0), binary('i32.ne', cond, i32(0))))
  if (isZero(otherwise)) return wide('i64.and', then, mask)
  const y = s.atom(otherwise)
  return wide('i64.xor', y, wide('i64.and', wide('i64.xor', then, y), mask))
}

/** A loaded i64. */
export function loadWide(op: OpName, memory: number, addr: Expr, offset: number): Expr {
  const narrow = NARROW_LOADS[op]
  if (narrow === undefined) return load('i64.load', memory, addr, offset)
  const [narrowOp, isSigned] = narrow
  return (isSigned ? extendS : extendU)(load(narrowOp, memory, addr, offset))
}

/** What a store of an i64 stores, and how. */
export function storedWide(op: OpName, value: Expr): { op: StoreOp; value: Expr } {
  const narrow = NARROW_STORES[op]
  return narrow === undefined ? { op: 'i64.store', value } : { op: narrow, value: low(value) }
}
