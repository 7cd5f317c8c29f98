// Shapes of try_table: in each other, behind each other, with many clauses.

import { END, ins, opcode, open } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import { get, i32, join, repeat, set } from '../code.ts'
import { body, func, I32, list, moduleOf } from '../raw.ts'
import type { Shapes } from './shape.ts'

const catchAll = (depth: number): number[] => [1, 2, ...uleb(depth)]
const tryTable = (type: number, clauses: readonly number[]): number[] => [...opcode('try_table'), type, ...clauses]
const NOTHING = 0x40

const EIGHT = list(8, () => I32)

/** Functions that throw: type 0 is from i32, type 2 gives eight; tag 0 carries nothing, tag 1 an i32, tag 2 eight. */
const ofTries = (code: readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([I32], []), func([], []), func([], EIGHT), func(EIGHT, [])],
    funcs: [
      { type: 0, body: body([[2, [I32]]], code) },
      { type: 1, body: body([], ins('throw', 0)) },
    ],
    tags: [
      [0, 1],
      [0, 0],
      [0, 3],
    ],
  })

export const TRY_TABLES: Shapes = {
  'try_table in try_table': (n) =>
    ofTries(
      join(
        open('block', undefined),
        repeat(n, (i) => tryTable(NOTHING, catchAll(i))),
        repeat(n, () => [...ins('call', 1), END]),
        [END],
      ),
    ),
  'try_table, caught in the block around': (n) =>
    ofTries(
      join(
        repeat(n, () => [...open('block', undefined), ...tryTable(NOTHING, catchAll(0))]),
        repeat(n, (i) => [...ins('call', 1), END, ...i32(i), ...set(1), END]),
      ),
    ),
  'try_table that gives a value, in each other': (n) =>
    ofTries(
      join(
        repeat(n, () => [...open('block', 'i32'), ...tryTable(I32, [1, 0, 1, 0])]),
        get(0),
        repeat(n, () => [...ins('call', 1), END, END]),
        set(1),
      ),
    ),
  'try_table of eight results, in each other': (n) =>
    ofTries(
      join(
        repeat(n, () => [...open('block', 2), ...tryTable(2, [1, 0, 2, 0])]),
        repeat(8, () => get(0)),
        repeat(n, () => [...ins('call', 1), END, END]),
        repeat(8, () => set(1)),
      ),
    ),
  'clauses of a try_table': (n) =>
    ofTries(
      join(
        open('block', undefined),
        opcode('try_table'),
        [NOTHING],
        uleb(Math.min(n, 10_000)),
        repeat(Math.min(n, 10_000), () => [0, 0, 0]),
        ins('call', 1),
        [END, END],
      ),
    ),
  'try_table behind try_table': (n) =>
    ofTries(
      repeat(n, () => [...open('block', undefined), ...tryTable(NOTHING, catchAll(0)), ...ins('call', 1), END, END]),
    ),
}
