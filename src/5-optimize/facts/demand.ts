// What a value is needed for: which bits of an integer, whether the bits of a NaN. What is needed of the operands of an
// expression follows from what is needed of its value.
//
//   i64.store32 (i64.add (x) (y))      only the low words of x and y
//   f32.add                            numbers: whatever NaN goes in, an arithmetic one comes out

import { rotatedLow, shlHigh, shlLow, shrHigh, shrLow } from '../../3-ir/bits/shifts.ts'
import { LEAVE, WRITE } from '../../3-ir/effects.ts'
import type { Expr, Operation } from '../../3-ir/expr.ts'
import { type IrOp, OPS } from '../../3-ir/ops/index.ts'

/**
 * Of an i32 the bits `lo`, of an i64 those of both words. Of a float: bit 0 if the number is needed, bit 1 if the bits of a
 * NaN are. Of a reference bit 0.
 */
export interface Demand {
  readonly lo: number
  readonly hi: number
}

export const NOTHING: Demand = { lo: 0, hi: 0 }
export const EVERYTHING: Demand = { lo: -1, hi: -1 }

/** Of a float: somebody may look at the bits of a NaN. */
export const NAN_BITS = 2
const NUMBER: Demand = { lo: 1, hi: 0 }

const LOW_WORD: Demand = { lo: -1, hi: 0 }

/** The commonest are made once. Words are signed, whoever made them: all bits are -1. */
export function bits(low: number, high = 0): Demand {
  const lo = low | 0
  const hi = high | 0
  if (lo === -1) return hi === -1 ? EVERYTHING : hi === 0 ? LOW_WORD : { lo, hi }
  return (lo | hi) === 0 ? NOTHING : { lo, hi }
}

export const isNothing = ({ lo, hi }: Demand): boolean => (lo | hi) === 0

/** Whether evaluating it may do something besides, so that its operands are needed whoever needs the value. */
export function hasOwnEffect(e: Expr): boolean {
  switch (e.kind) {
    case 'op':
    case 'gc':
    case 'runtime':
      return (e.own & (LEAVE | WRITE)) !== 0
    case 'load':
    case 'call':
    case 'call_indirect':
      return true
    case 'reg':
    case 'const':
    case 'select':
    case 'global.get':
    case 'ref.func':
    case 'tuple':
      return false
    default:
      return e satisfies never
  }
}

/**
 * @param place of the operand among `args`
 * @param value what is needed of the expression
 * @returns what is needed of the operand. Its other bits may be anything, as long as the expression stays what it is
 */
export function demandOn(e: Expr, place: number, value: Demand): Demand {
  const isNeeded = hasOwnEffect(e)
  if (!isNeeded && isNothing(value)) return NOTHING
  if (e.kind !== 'op') return e.kind === 'select' && place > 0 ? value : EVERYTHING
  const { type } = e.args[place]!
  if (type === 'f32' || type === 'f64') {
    if (OPS[e.op].movesNan) return value
    return OPS[e.op].readsNan ? EVERYTHING : NUMBER
  }
  return isNeeded ? EVERYTHING : (RULES.get(e.op)?.(value, e, place) ?? EVERYTHING)
}

type Rule = (value: Demand, e: Operation, place: number) => Demand

const same: Rule = (value) => value

/** A bit of a sum depends on those up to its place. */
const upTo = ({ lo, hi }: Demand): Demand => (hi === 0 ? bits(fill(lo)) : bits(-1, fill(hi)))
const fill = (mask: number): number => (mask === 0 ? 0 : -1 >>> Math.clz32(mask))

/** The lowest bit and all above it. */
const from32 = ({ lo }: Demand): Demand => bits(lo | -lo)
const from64 = ({ lo, hi }: Demand): Demand => (lo === 0 ? bits(0, hi | -hi) : bits(lo | -lo, -1))

/** By a constant on the other side. */
const masked =
  (rule: (needed: number, word: number) => number): Rule =>
  (value, { args }, place) => {
    const other = args[1 - place]!
    if (other.kind !== 'const') return value
    if (other.type === 'i32') return bits(rule(value.lo, other.value))
    return bits(rule(value.lo, other.lo), rule(value.hi, other.hi))
  }

/** By a constant, or else by any count; of that only the lowest bits are needed. */
const shift =
  (width: 32 | 64, byConstant: (value: Demand, count: number) => Demand, byAny: (value: Demand) => Demand): Rule =>
  (value, { args }, place) => {
    if (place === 1) return bits(width - 1)
    const count = args[1]!
    if (count.kind !== 'const') return byAny(value)
    return byConstant(value, (count.type === 'i32' ? count.value : count.lo) & (width - 1))
  }

const all = (): Demand => EVERYTHING

const shiftRules = (type: 'i32' | 'i64', left: Moved, right: Moved, rotate: Moved): [IrOp, Rule][] => {
  const [width, from] = type === 'i32' ? ([32, from32] as const) : ([64, from64] as const)
  /** The bits that are copies of the sign need it. */
  const rightSigned: Moved = (value, count) => {
    const moved = left(value, count)
    const isSignNeeded = !isNothing(copies(value, width, count))
    if (!isSignNeeded) return moved
    return width === 32 ? bits(moved.lo | SIGN) : bits(moved.lo, moved.hi | SIGN)
  }
  return [
    [`${type}.shl`, shift(width, right, upTo)],
    [`${type}.shr_u`, shift(width, left, from)],
    [`${type}.shr_s`, shift(width, rightSigned, from)],
    [`${type}.rotl`, shift(width, (value, count) => rotate(value, -count & (width - 1)), all)],
    [`${type}.rotr`, shift(width, rotate, all)],
  ]
}

type Moved = (value: Demand, count: number) => Demand

const SIGN = -0x80000000

/** The bits that a shift to the right fills. */
const copies = ({ lo, hi }: Demand, width: 32 | 64, count: number): Demand => {
  if (count === 0) return NOTHING
  if (width === 32) return bits(lo & (-1 << (32 - count)))
  return count <= 32 ? bits(0, hi & (-1 << (32 - count))) : bits(lo & (-1 << (64 - count)), hi)
}

const left32: Moved = ({ lo }, count) => bits(lo << count)
const right32: Moved = ({ lo }, count) => bits(lo >>> count)
const rotate32: Moved = ({ lo }, count) => bits((lo << count) | (lo >>> -count))
const left64: Moved = ({ lo, hi }, count) => bits(shlLow(lo, count), shlHigh(lo, hi, count))
const right64: Moved = ({ lo, hi }, count) => bits(shrLow(lo, hi, count), shrHigh(hi, count))
const rotate64: Moved = ({ lo, hi }, count) => bits(rotatedLow(lo, hi, count), rotatedLow(hi, lo, count))

/** The lowest bits, and the highest of them for all above. */
const extend =
  (width: 32 | 64, count: number): Rule =>
  ({ lo, hi }) => {
    const above = count === 32 ? hi : (lo & (-1 << count)) | (width === 32 ? 0 : hi)
    const sign = above === 0 ? 0 : 1 << (count - 1)
    return bits((count === 32 ? lo : lo & ~(-1 << count)) | sign)
  }

const isZero = (e: Expr): boolean => e.kind === 'const' && (e.type === 'i32' ? e.value === 0 : (e.lo | e.hi) === 0)

/** Less than zero or not: the sign alone says. */
const ofSign: Rule = (_, { args }, place) =>
  place === 0 && isZero(args[1]!) ? (args[0]!.type === 'i32' ? bits(SIGN) : bits(0, SIGN)) : EVERYTHING

function rulesOf(type: 'i32' | 'i64'): [IrOp, Rule][] {
  const width = type === 'i32' ? 32 : 64
  return [
    [`${type}.and`, masked((needed, word) => needed & word)],
    [`${type}.or`, masked((needed, word) => needed & ~word)],
    [`${type}.xor`, same],
    [`${type}.add`, upTo],
    [`${type}.sub`, upTo],
    [`${type}.mul`, upTo],
    ...(type === 'i32' ? shiftRules(type, left32, right32, rotate32) : shiftRules(type, left64, right64, rotate64)),
    [`${type}.extend8_s`, extend(width, 8)],
    [`${type}.extend16_s`, extend(width, 16)],
    [`${type}.lt_s`, ofSign],
    [`${type}.ge_s`, ofSign],
  ]
}

/** For all other instructions every bit is needed. */
const RULES: ReadonlyMap<IrOp, Rule> = new Map<IrOp, Rule>([
  ...rulesOf('i32'),
  ...rulesOf('i64'),
  ['i64.extend32_s', extend(64, 32)],
  ['i64.extend_i32_s', extend(64, 32)],
  ['i64.extend_i32_u', ({ lo }) => bits(lo)],
  ['i32.wrap_i64', ({ lo }) => bits(lo)],
  ['i64.low', ({ lo }) => bits(lo)],
  ['i64.high', ({ lo }) => bits(0, lo)],
  ['i64.join', ({ lo, hi }, _, place) => bits(place === 0 ? lo : hi)],
  ['i32.indexed', same],
])
