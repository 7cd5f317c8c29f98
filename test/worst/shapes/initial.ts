// Shapes of what modules start with: constant expressions of globals, tables and segments, and types that know each other.

import { END, ins, opcode } from '../../binary/code.ts'
import { sleb, uleb } from '../../binary/leb.ts'
import { get, i32, i64, join, repeat } from '../code.ts'
import { ANY, array, body, func, group, I32, I64, list, moduleOf, refNull, struct, sub } from '../raw.ts'
import type { Shapes } from './shape.ts'

const NOTHING = func([], [])

/** A module of these globals. */
const ofGlobals = (globals: readonly (readonly number[])[], types: readonly (readonly number[])[] = []) =>
  moduleOf({ types: [NOTHING, ...types], funcs: [{ type: 0, body: body([], []) }], globals })

const constant = (type: readonly number[], code: readonly number[]): number[] => join(type, [0], code, [END])

/** Local runs and code of one function of type 0. */
const ofTypes = (
  types: readonly (readonly number[])[],
  code: readonly number[],
  locals: readonly number[] = ANY_LOCAL,
) => moduleOf({ types: [func([I32], []), ...types], funcs: [{ type: 0, body: body([[1, locals]], code) }] })

const ANY_LOCAL = [ANY]

/** Two bytes can name so many. */
const few = (n: number): number => Math.max(1, Math.min(n, 8000))

export const INITIAL: Shapes = {
  'a global of a long sum': (n) =>
    ofGlobals([
      constant(
        [I32],
        join(
          i32(1),
          repeat(n, () => [...i32(3), ...opcode('i32.add')]),
        ),
      ),
    ]),
  'a global of a deep sum': (n) =>
    ofGlobals([
      constant(
        [I64],
        join(
          repeat(n + 1, () => i64(3n)),
          repeat(n, () => opcode('i64.mul')),
        ),
      ),
    ]),
  'a global of sums of another': (n) =>
    ofGlobals([
      constant([I32], i32(1)),
      constant(
        [I32],
        join(
          ins('global.get', 0),
          repeat(n, () => [...ins('global.get', 0), ...opcode('i32.mul')]),
        ),
      ),
    ]),
  'a global of a structure in a structure': (n) =>
    ofGlobals(
      [
        constant(
          refNull(1),
          join(
            ins('struct.new_default', 1),
            repeat(n, () => ins('struct.new', 1)),
          ),
        ),
      ],
      [struct(refNull(1))],
    ),
  'globals of structures': (n) =>
    ofGlobals(
      list(few(n), () => constant(refNull(1), ins('struct.new_default', 1))),
      [struct([I32])],
    ),
  'a global of an array of 10,000': (n) =>
    ofGlobals(
      list(Math.ceil(n / 10_000), () =>
        constant(
          refNull(1),
          join(
            repeat(10_000, (i) => i32(i)),
            ins('array.new_fixed', 1, 10_000),
          ),
        ),
      ),
      [array([I32])],
    ),
  'elements that are i31': (n) =>
    moduleOf({
      types: [NOTHING],
      funcs: [{ type: 0, body: body([], []) }],
      tables: [[ANY, 0, ...uleb(n)]],
      elements: [
        join(
          [6, 0, ...i32(0), END, ANY],
          uleb(n),
          repeat(n, (i) => [...i32(i), ...opcode('ref.i31'), END]),
        ),
      ],
    }),
  'elements that are structures': (n) =>
    moduleOf({
      types: [NOTHING, struct([I32])],
      funcs: [{ type: 0, body: body([], []) }],
      tables: [[ANY, 0, ...uleb(n)]],
      elements: [
        join(
          [6, 0, ...i32(0), END, ANY],
          uleb(n),
          repeat(n, (i) => [...i32(i), ...ins('struct.new', 1), END]),
        ),
      ],
    }),
  'tables of an initial value': (n) =>
    moduleOf({
      types: [NOTHING],
      funcs: [{ type: 0, body: body([], []) }],
      tables: list(few(n), (i) => [0x40, 0, ANY, 0, 1, ...i32(i), ...opcode('ref.i31'), END]),
    }),
  'subtypes of one type': (n) =>
    ofTypes(
      [sub([], struct([I32])), ...list(few(n), () => sub([1], struct([I32])))],
      repeat(few(n), (i) => [...get(1), ...opcode('ref.test'), ...sleb(i + 2), ...opcode('drop')]),
    ),
  'casts to as many types, in each other': (n) =>
    ofTypes(
      [group(list(few(n), (i) => sub([], struct(...list((i % 3) + 1, () => [I32])))))],
      join(
        get(1),
        repeat(few(n), (i) => [...opcode('ref.cast null'), ...sleb(i + 1)]),
        opcode('drop'),
      ),
    ),
  'equal recursion groups': (n) =>
    ofTypes(
      list(few(n), (i) => group([struct(refNull(2 * i + 2)), struct(refNull(2 * i + 1))])),
      [],
    ),
  'a type that names all others': (n) =>
    ofTypes(
      [group([...list(few(n), () => struct(refNull(few(n) + 1))), struct(...list(few(n), (i) => refNull(i + 1)))])],
      [],
    ),
  'runs of no locals': (n) =>
    moduleOf({
      types: [NOTHING],
      funcs: [
        {
          type: 0,
          body: body(
            list(n, () => [0, [I32]] as const),
            [],
          ),
        },
      ],
    }),
  'functions of many runs of locals': (n) =>
    moduleOf({
      types: [NOTHING],
      funcs: list(Math.ceil(n / 100), () => ({
        type: 0,
        body: body(
          list(100, () => [400, [I32]] as const),
          [],
        ),
      })),
    }),
}
