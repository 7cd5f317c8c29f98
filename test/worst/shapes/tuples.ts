// Shapes of what takes many values at once that a call has given at once: a call of two bytes gives a thousand, and what takes
// them has two or three.

import { END, ins, opcode, open } from '../../binary/code.ts'
import { get, repeat } from '../code.ts'
import { ANY, array, body, F64, func, I32, I64, list, moduleOf, refNull, struct, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

/** All values that a call gives. */
const ALL = 1000

/** What there is once in each module, by its index. */
const TYPE = { own: 0, struct: 1, array: 2, all: 3, takesSome: 4, some: 5 } as const
const FUNC = { all: 1, takesSome: 2, some: 3 } as const

const catchesSome = (): number[] => [...opcode('try_table'), 0x40, 1, 0, 0, 0]

/**
 * Calls that give values of a type, each followed by what takes `count` of them at a time. Tag 0 carries so many, and so many are in
 * the structure; local 0 is an i32, and local 1 refers to a function that takes them.
 */
function ofTaken(type: number, count: number, code: readonly number[], times: number): Uint8Array<ArrayBuffer> {
  const [all, some] = [list(ALL, () => type), list(count, () => type)]
  const calls = (each: number): number[] => [...ins('call', FUNC.all), ...repeat(each, () => code)]
  const each = ALL / count
  return moduleOf({
    types: [
      func([I32], []),
      struct(...list(count, () => [type])),
      array([type]),
      func([], all),
      func(some, []),
      func([], some),
    ],
    funcs: [
      {
        type: TYPE.own,
        body: body(
          [[1, refNull(TYPE.takesSome)]],
          repeat(Math.ceil(times / each), () => calls(each)),
        ),
      },
      { type: TYPE.all, body: body([], [0]) },
      { type: TYPE.takesSome, body: body([], [...repeat(count, get), ...ins('call', FUNC.takesSome)]) },
      { type: TYPE.some, body: body([], [0]) },
    ],
    tables: [[0x70, 0, 1]],
    tags: [[0, TYPE.takesSome]],
  })
}

const DROP = opcode('drop')
const TYPES = { i32: I32, i64: I64, f64: F64, v128: V128, anyref: ANY } as const

function ofType([name, type]: [string, number]): Shapes {
  const newFixed = (count: number): number[] => [...ins('array.new_fixed', TYPE.array, count), ...DROP]
  const newStruct = [...ins('struct.new', TYPE.struct), ...DROP]
  return {
    [`arrays of 1000 ${name} of a tuple`]: (n) => ofTaken(type, 1000, newFixed(1000), n),
    [`arrays of 10 ${name} of a tuple`]: (n) => ofTaken(type, 10, newFixed(10), n),
    [`structures of 1000 ${name} of a tuple`]: (n) => ofTaken(type, 1000, newStruct, n),
    [`structures of 20 ${name} of a tuple`]: (n) => ofTaken(type, 20, newStruct, n),
    [`calls of 4 ${name} of a tuple`]: (n) => ofTaken(type, 4, ins('call', FUNC.takesSome), n),
    [`calls of 8 ${name} of a tuple`]: (n) => ofTaken(type, 8, ins('call', FUNC.takesSome), n),
    [`calls by reference of 8 ${name} of a tuple`]: (n) =>
      ofTaken(type, 8, [...get(1), ...ins('call_ref', TYPE.takesSome)], n),
    [`indirect calls of 8 ${name} of a tuple`]: (n) =>
      ofTaken(type, 8, [...get(0), ...ins('call_indirect', TYPE.takesSome, 0)], n),
    [`throw of 1000 ${name} of a tuple`]: (n) =>
      ofTaken(
        type,
        1000,
        [
          ...get(0),
          ...open('if', undefined),
          ...ins('call', FUNC.some),
          ...ins('throw', 0),
          END,
          ...ins('call', FUNC.takesSome),
        ],
        n,
      ),
    [`catch of 1000 ${name}`]: (n) =>
      ofTaken(
        type,
        1000,
        [
          ...ins('call', FUNC.takesSome),
          ...open('block', TYPE.some),
          ...catchesSome(),
          ...ins('call', FUNC.all),
          ...ins('call', FUNC.takesSome),
          END,
          ...ins('call', FUNC.some),
          END,
          ...ins('call', FUNC.takesSome),
          ...ins('call', FUNC.all),
          ...ins('call', FUNC.takesSome),
        ],
        n,
      ),
  }
}

export const TUPLES: Shapes = {
  ...Object.assign({}, ...Object.entries(TYPES).map(ofType)),
  'br_on_null to blocks of 1000 values': (n) =>
    ofTaken(
      I32,
      1000,
      [
        ...ins('call', FUNC.takesSome),
        ...open('block', TYPE.some),
        ...ins('call', FUNC.some),
        ...repeat(10, () => [...get(1), ...ins('br_on_null', 0), ...DROP]),
        END,
        ...ins('call', FUNC.takesSome),
      ],
      n,
    ),
}
