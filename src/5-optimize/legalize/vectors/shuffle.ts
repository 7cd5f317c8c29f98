// Bytes of vectors in another order. Where the order is known, whole words move as they are, and others are put together by
// shifts and masks:
//
//   i8x16.shuffle 4 5 6 7 0 1 2 3 ...    t0 = x1; t1 = x0
//   i8x16.shuffle 1 2 3 16 ...           t0 = x0 >>> 8 | y0 << 24

import type { Expr, Operation } from '../../../3-ir/expr.ts'
import { anyOperation, i32, operation } from '../../../3-ir/expressions.ts'
import { and, or, shl, shrU } from '../../../3-ir/fold.ts'
import type { OperandStack } from '../../../3-ir/operands.ts'
import { drop } from '../words.ts'
import { laneNumber } from './rule.ts'
import { atomsAs, bitsOfWords, lanesAs, ofWords, SHAPES, type Shape, type Vector, zeros } from './vector.ts'

export function shuffle(s: OperandStack, x: Vector, y: Vector, ...words: readonly Expr[]): Vector {
  return ordered(s, x, y, words.map(laneNumber).flatMap(bytesOf))
}

export function swizzle(s: OperandStack, x: Vector, order: Vector): Vector {
  const words = lanesAs(s, order, 'i32x4')
  if (words.every(({ kind }) => kind === 'const')) {
    const bytes = words.map(laneNumber).flatMap(bytesOf)
    return ordered(
      s,
      x,
      zeros(),
      bytes.map((byte) => Math.min(byte, 16)),
    )
  }
  const [a, b, c, d] = atomsAs(s, x, 'i32x4') as [Expr, Expr, Expr, Expr]
  const op = (bitsOfWords(order) & ~BELOW_16) === 0 ? 'i32.swizzle_low' : 'i32.swizzle'
  return ofWords(words.map((e) => operation(op, [a, b, c, d, e])))
}

/** What may be set of bytes that are below 16. */
export const BELOW_16 = 0x0f0f0f0f

/** Bytes of four vectors that are known, one after the other, by bytes that are below 64 (byte-functions.ts). */
export function lookup(s: OperandStack, a: Vector, b: Vector, c: Vector, d: Vector, order: Vector): Vector {
  const table = [a, b, c, d].flatMap((v) => lanesAs(s, v, 'i32x4'))
  return ofWords(lanesAs(s, order, 'i32x4').map((e) => anyOperation('i32.lookup', [...table, e])))
}

const bytesOf = (word: number): number[] => [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff)

/** @param bytes the numbers of 16 bytes of both vectors, from 0 to 31 */
function ordered(s: OperandStack, x: Vector, y: Vector, bytes: readonly number[]): Vector {
  const shape = x.shape === y.shape ? x.shape : 'i32x4'
  const moved = movedLanes(bytes, shape)
  if (moved !== undefined) {
    const lanes = sources(s, x, y, shape, moved)
    return { shape, lanes: moved.map((lane) => lanes[lane]!) }
  }
  const lanes = sources(
    s,
    x,
    y,
    'i32x4',
    [0, 4, 8, 12].flatMap((from) => sourcesOf(bytes.slice(from, from + 4))),
  )
  return ofWords([0, 4, 8, 12].map((from) => gathered(lanes, bytes.slice(from, from + 4))))
}

/** Whether an op only moves words. */
export function isMove({ op, args }: Operation): boolean {
  return op === 'i8x16.shuffle' && movedLanes(args.slice(2).map(laneNumber).flatMap(bytesOf), 'i32x4') !== undefined
}

/** The lanes of a shape that the result consists of, if it does. */
function movedLanes(bytes: readonly number[], shape: Shape): readonly number[] | undefined {
  const size = 16 / SHAPES[shape].lanes
  const isMoved = bytes.every((byte, i) => (i % size === 0 ? byte % size === 0 : byte === bytes[i - 1]! + 1))
  return isMoved ? bytes.filter((_, i) => i % size === 0).map((byte) => byte / size) : undefined
}

const sourcesOf = (bytes: readonly number[]): number[] => [...new Set(bytes.map((byte) => byte >> 2))]

/** The lanes of both vectors, as often as they are used. */
function sources(s: OperandStack, x: Vector, y: Vector, shape: Shape, used: readonly number[]): readonly Expr[] {
  return [...lanesAs(s, x, shape), ...lanesAs(s, y, shape)].map((e, lane) => {
    const uses = used.filter((each) => each === lane).length
    if (uses === 0) drop(s, e)
    return uses > 1 ? s.atom(e) : e
  })
}

/** A word of four bytes: what comes from one word by one shift comes at once. */
function gathered(lanes: readonly Expr[], bytes: readonly number[]): Expr {
  const moves = new Map<string, { word: number; shift: number; mask: number }>()
  bytes.forEach((byte, place) => {
    const [word, shift] = [byte >> 2, (byte & 3) - place]
    const key = `${word} ${shift}`
    const mask = (moves.get(key)?.mask ?? 0) | (0xff << (8 * place))
    moves.set(key, { word, shift, mask })
  })
  return [...moves.values()]
    .map(({ word, shift, mask }) => {
      const e = lanes[word]!
      return and(shift < 0 ? shl(e, -8 * shift) : shrU(e, 8 * shift), i32(mask))
    })
    .reduce(or)
}
