// Tuples: many values in one JavaScript array, for calls and blocks with more of them than registers should hold one by one
// (`givesTuple`, `isTuple`). Its elements are words and references; of floats they are the words of their bits, since engines
// change NaNs in arrays of numbers. Nobody changes an array that is a tuple, so it may stand for its values wherever they go.
//
//   i32 i64 f32 f64 externref      [i, low, high, bits, low, high, x]

import type { ValType } from '../0-wasm/types.ts'
import type { Expr } from '../3-ir/expr.ts'
import { i32, operation, regRead, tuple } from '../3-ir/expressions.ts'
import type { Reg, RegType } from '../3-ir/ir.ts'
import { elementsOfType } from '../3-ir/registers.ts'
import { i64OfWords, wordsOf } from '../3-ir/words-of-i64.ts'

/** A register that holds a tuple. */
export interface Tuple {
  readonly reg: Reg
  readonly types: readonly RegType[]
  /** The number of each value's first element, and how many elements there are. */
  readonly starts: readonly number[]
}

/** Where the elements of values of these types begin, and where they end. */
export function startsOf(types: readonly ValType[]): readonly number[] {
  const starts = [0]
  for (const type of types) starts.push(starts[starts.length - 1]! + elementsOfType(type).length)
  return starts
}

/** A value of a tuple. */
export function valueIn({ reg, types, starts }: Tuple, index: number): Expr {
  const read = regRead(reg)
  const start = starts[index]!
  const element = (number: number): Expr => operation('tuple.i32', [read, i32(start + number)])
  const long = (): Expr => i64OfWords(element(0), element(1))
  const type = types[index]!
  switch (type) {
    case 'i32':
      return element(0)
    case 'i64':
      return long()
    case 'f32':
      return operation('f32.reinterpret_i32', [element(0)])
    case 'f64':
      return operation('f64.reinterpret_i64', [long()])
    case 'v128':
      return operation('v128.join', [element(0), element(1), element(2), element(3)])
    case 'ref':
      return operation('tuple.ref', [read, i32(start)])
    case 'i64cell':
      throw new Error('a cell is no value')
    default:
      return type satisfies never
  }
}

/** Those of its values that have a number of at least `from` and below `to`. */
export function partOf({ reg, starts, types }: Tuple, from: number, to: number): Expr {
  const read = regRead(reg)
  const isWhole = from === 0 && to === types.length
  return isWhole ? read : operation('tuple.slice', [read, i32(starts[from]!), i32(starts[to]!)])
}

/** @param atom gives a value that may stand in several places */
export const tupleOfValues = (values: readonly Expr[], atom: (e: Expr) => Expr): Expr =>
  tuple(values.flatMap((value) => elementsOf(value, atom)))

function elementsOf(value: Expr, atom: (e: Expr) => Expr): Expr[] {
  switch (value.type) {
    case 'i32':
    case 'ref':
      return [value]
    case 'f32':
      return [operation('i32.reinterpret_f32', [value])]
    case 'i64':
      return wordsOf(atom(value))
    case 'f64':
      return wordsOf(atom(operation('i64.reinterpret_f64', [value])))
    case 'v128':
      return lanesOf(atom(value))
    case 'i64cell':
      throw new Error('a cell is no value')
    default:
      return value.type satisfies never
  }
}

/** @param value an atom */
const lanesOf = (value: Expr): Expr[] => [0, 1, 2, 3].map((lane) => operation('i32x4.extract_lane', [value, i32(lane)]))
