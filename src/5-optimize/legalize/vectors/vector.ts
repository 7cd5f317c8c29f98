// A v128 as numbers: four words, four singles or two doubles, the lowest lane first. Rules take it in the shape that they
// compute in, so that values change shape only where one kind of rule meets another, and what was just loaded is rather
// loaded in the other shape:
//
//   f32x4.add (v128.load (a)) (x)    fround(F.getFloat32(a) + x0), fround(F.getFloat32(a + 4) + x1), ...

import type { Expr, Load } from '../../../3-ir/expr.ts'
import { f32, f64, i32, load, operation } from '../../../3-ir/expressions.ts'
import type { RegType } from '../../../3-ir/ir.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import { located } from '../../../3-ir/positions.ts'
import { isSameAtom } from '../accesses.ts'
import { drop } from '../words.ts'
import type { Known } from './known.ts'

export type Shape = 'i32x4' | 'f32x4' | 'f64x2'

/** How many lanes a shape has, and of which type. */
export const SHAPES: Readonly<Record<Shape, { readonly lanes: number; readonly type: RegType }>> = {
  i32x4: { lanes: 4, type: 'i32' },
  f32x4: { lanes: 4, type: 'f32' },
  f64x2: { lanes: 2, type: 'f64' },
}

export interface Vector {
  readonly shape: Shape
  /** As many as the shape has, or one that stands for all. */
  readonly lanes: readonly Expr[]
  /** Nothing is known if this is not there. */
  readonly known?: Known
}

/** Bits of words of a vector that may be set. */
export const bitsOfWords = ({ known }: Vector): number => (known === undefined ? -1 : known.bits)

export const ofWords = (lanes: readonly Expr[]): Vector => ({ shape: 'i32x4', lanes })
export const ofSingles = (lanes: readonly Expr[]): Vector => ({ shape: 'f32x4', lanes })
export const ofDoubles = (lanes: readonly Expr[]): Vector => ({ shape: 'f64x2', lanes })

/** A pure vector of zeros. */
export const zeros = (): Vector => ofWords([i32(0)])

/** The lanes of a vector in a shape, each of which may be used once. */
export function lanesAs(s: OperandStack, v: Vector, shape: Shape): readonly Expr[] {
  const { lanes } = inShape(s, v, shape)
  const count = SHAPES[shape].lanes
  if (lanes.length === count) return lanes
  const lane = s.atom(lanes[0]!)
  return Array.from({ length: count }, () => lane)
}

/** The same, each of which may be used again and again. */
export const atomsAs = (s: OperandStack, v: Vector, shape: Shape): readonly Expr[] =>
  lanesAs(s, v, shape).map((e) => s.atom(e))

/** Some lanes of a vector in a shape, each of which may be used once. The traps of the others happen. */
export function someOf(s: OperandStack, v: Vector, shape: Shape, indices: readonly number[]): readonly Expr[] {
  const lanes = lanesAs(s, v, shape)
  lanes.forEach((e, i) => {
    if (!indices.includes(i)) drop(s, e)
  })
  return indices.map((i) => lanes[i]!)
}

/** A vector with others in place of some lanes, from an index on. The traps of these happen. */
export function withLanes(s: OperandStack, v: Vector, shape: Shape, from: number, made: readonly Expr[]): Vector {
  const lanes = lanesAs(s, v, shape).map((e, i) => {
    const given = made[i - from]
    if (given !== undefined) drop(s, e)
    return given ?? e
  })
  return { shape, lanes }
}

export function laneOf(s: OperandStack, v: Vector, shape: Shape, index: number): Expr {
  const { lanes } = inShape(s, v, shape)
  return lanes.length === 1 ? lanes[0]! : someOf(s, { shape, lanes }, shape, [index])[0]!
}

function inShape(s: OperandStack, v: Vector, shape: Shape): Vector {
  if (v.shape === shape) return v
  switch (shape) {
    case 'i32x4':
      return ofWords(v.shape === 'f32x4' ? v.lanes.map(bitsOfSingle) : wordsOfDoubles(s, v.lanes))
    case 'f32x4':
      return ofSingles(inShape(s, v, 'i32x4').lanes.map(singleOf))
    case 'f64x2':
      return ofDoubles(doublesOf(lanesAs(s, v, 'i32x4')))
    default:
      return shape satisfies never
  }
}

function wordsOfDoubles(s: OperandStack, lanes: readonly Expr[]): readonly Expr[] {
  const words = lanes.flatMap((e) => bitsOfDouble(s, e))
  if (words.length === 4) return words
  const [lo, hi] = words.map((e) => s.atom(e)) as [Expr, Expr]
  return [lo, hi, lo, hi]
}

const doublesOf = ([a, b, c, d]: readonly Expr[]): readonly Expr[] => [doubleOf(a!, b!), doubleOf(c!, d!)]

/** The word that a single has for its bits. */
function bitsOfSingle(e: Expr): Expr {
  if (e.kind === 'const') return i32(e.lo)
  if (e.kind === 'load') return reloaded(e, 'i32.load', 0)
  if (e.kind === 'op' && e.op === 'f32.reinterpret_i32') return e.args[0]!
  return operation('i32.reinterpret_f32', [e])
}

function singleOf(e: Expr): Expr {
  if (e.kind === 'const') return f32(e.value)
  if (e.kind === 'load' && e.op === 'i32.load' && e.guard === 0) return reloaded(e, 'f32.load', 0)
  if (e.kind === 'op' && e.op === 'i32.reinterpret_f32') return e.args[0]!
  return operation('f32.reinterpret_i32', [e])
}

/** The low and the high word of a double's bits. */
function bitsOfDouble(s: OperandStack, e: Expr): readonly Expr[] {
  if (e.kind === 'const') return [i32(e.lo), i32(e.hi)]
  if (e.kind === 'op' && e.op === 'f64.reinterpret_pair') return e.args
  if (e.kind !== 'load') return s.nameResults(operation('pair.reinterpret_f64', [e]), ['i32', 'i32'])
  const again = load('f64.load', e.memory, s.atom(e.addr), e.offset)
  return [reloaded(again, 'i32.load', 0, e.at), reloaded(again, 'i32.load', 4, e.at)]
}

function doubleOf(lo: Expr, hi: Expr): Expr {
  if (lo.kind === 'const' && hi.kind === 'const') return f64(lo.value, hi.value)
  const isPair =
    lo.kind === 'load' &&
    hi.kind === 'load' &&
    lo.op === 'i32.load' &&
    hi.op === 'i32.load' &&
    lo.memory === hi.memory &&
    hi.offset === lo.offset + 4 &&
    isSameAtom(lo.addr, hi.addr)
  return isPair ? reloaded(lo, 'f64.load', 0) : operation('f64.reinterpret_pair', [lo, hi])
}

/** The load of something else from the same place. */
const reloaded = (e: Load, op: 'i32.load' | 'f32.load' | 'f64.load', more: number, at = e.at): Expr =>
  located(load(op, e.memory, e.addr, e.offset + more), at)
