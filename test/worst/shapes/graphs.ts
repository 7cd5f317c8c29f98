// Shapes of functions that all call each other, and of code that goes from one to the next by tail calls.

import { access, END, ins, opcode, open } from '../../binary/code.ts'
import { uleb } from '../../binary/leb.ts'
import { get, i32, isEqual, join, repeat, set } from '../code.ts'
import { body, func, I32, list, moduleOf, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

const root = (n: number): number => Math.max(2, Math.round(Math.sqrt(n)))

/** So many functions of this code, from i32 to i32; a table has all of them. */
const ofFunctions = (count: number, code: (i: number) => readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([I32], [I32]), func([], [])],
    funcs: list(count, (i) => ({ type: 0, body: body([[2, [I32]]], code(i)) })),
    tables: [[0x70, 0, ...uleb(count)]],
    elements: [
      join(
        [0, ...i32(0), END],
        uleb(count),
        repeat(count, (i) => uleb(i)),
      ),
    ],
  })

const branch = (value: number, call: readonly number[]): number[] => [
  ...isEqual(value),
  ...open('if', undefined),
  ...get(0),
  ...call,
  END,
]

export const GRAPHS: Shapes = {
  'functions that call each other': (n) =>
    ofFunctions(root(n), () =>
      join(
        get(0),
        repeat(root(n), (i) => ins('call', i)),
      ),
    ),
  'functions that tail-call each other': (n) =>
    ofFunctions(root(n), () =>
      join(
        repeat(root(n), (i) => branch(i, ins('return_call', i))),
        get(0),
      ),
    ),
  'functions that tail-call the next and the first': (n) =>
    ofFunctions(n, (i) => join(branch(i, ins('return_call', 0)), get(0), i === n - 1 ? [] : ins('return_call', i + 1))),
  'tail calls of functions with loops': (n) =>
    ofFunctions(n, (i) =>
      join(
        open('loop', undefined),
        get(1),
        i32(1),
        opcode('i32.add'),
        set(1),
        isEqual(-1),
        ins('br_if', 0),
        [END],
        get(0),
        ins('return_call', (i + 1) % n),
      ),
    ),
  'tail calls through a table': (n) => ofFunctions(n, (i) => join(get(0), i32(i), ins('return_call_indirect', 0, 0))),
  'references to functions, called': (n) =>
    ofFunctions(n, (i) => join(get(0), ins('ref.func', (i + 1) % n), ins('call_ref', 0))),
  'tail calls of references': (n) =>
    ofFunctions(n, (i) => join(get(0), ins('ref.func', (i + 1) % n), ins('return_call_ref', 0))),
  'one tail call to itself in many if': (n) =>
    ofFunctions(1, () =>
      join(
        repeat(n, (i) => branch(i, [...i32(i), ...opcode('i32.add'), ...ins('return_call', 0)])),
        get(0),
      ),
    ),
  'a loop that rotates vectors': (n) =>
    moduleOf({
      types: [func([I32, V128, V128, V128, V128, V128], [])],
      memories: [[0, 1]],
      funcs: [
        {
          type: 0,
          body: body(
            [[1, [V128]]],
            join(
              open('loop', undefined),
              get(1),
              repeat(n, () => [...get(2), ...opcode('i32x4.add')]),
              set(6),
              repeat(4, (i) => [...get(i + 2), ...set(i + 1)]),
              get(6),
              set(5),
              get(0),
              get(5),
              access('v128.store'),
              isEqual(1),
              ins('br_if', 0),
              [END],
            ),
          ),
        },
      ],
    }),
  'loops that rotate vectors': (n) =>
    moduleOf({
      types: [func([I32, V128, V128, V128, V128, V128], [])],
      memories: [[0, 1]],
      funcs: [
        {
          type: 0,
          body: body(
            [[1, [V128]]],
            repeat(n, () => [
              ...open('loop', undefined),
              ...[...get(1), ...set(6)],
              ...repeat(4, (i) => [...get(i + 2), ...set(i + 1)]),
              ...[...get(6), ...set(5), ...get(0), ...get(5), ...access('v128.store')],
              ...[...isEqual(1), ...ins('br_if', 0), END],
            ]),
          ),
        },
      ],
    }),
}
