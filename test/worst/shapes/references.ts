// Shapes of structures, arrays, casts, references to functions, and types that refer to each other.

import { END, ins, opcode, open } from '../../binary/code.ts'
import { sleb, uleb } from '../../binary/leb.ts'
import { get, join, repeat, set } from '../code.ts'
import { ANY, array, body, func, group, I32, I64, list, moduleOf, ofTypes, refNull, struct, sub, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

/** Type 1 is a structure or an array of references to its own type; local 1 is one. */
const ofNodes = (type: (own: readonly number[]) => number[], code: readonly number[]): Uint8Array<ArrayBuffer> =>
  ofTypes([type(refNull(1))], [refNull(1)], code)

export const REFERENCES: Shapes = {
  'struct.get of struct.get': (n) =>
    ofNodes(
      struct,
      join(
        get(1),
        repeat(n, () => ins('struct.get', 1, 0)),
        opcode('drop'),
      ),
    ),
  'struct.new of struct.new': (n) =>
    ofNodes(
      struct,
      join(
        get(1),
        repeat(n, () => ins('struct.new', 1)),
        set(1),
      ),
    ),
  'struct.set': (n) =>
    ofNodes(
      struct,
      repeat(n, () => [...get(1), ...get(1), ...ins('struct.set', 1, 0)]),
    ),
  'array.get of array.get': (n) =>
    ofNodes(
      array,
      join(
        get(1),
        repeat(n, () => [...get(0), ...ins('array.get', 1)]),
        opcode('drop'),
      ),
    ),
  'array.get in the index': (n) =>
    ofTypes(
      [array([I32])],
      [refNull(1)],
      join(
        repeat(n, () => get(1)),
        get(0),
        repeat(n, () => ins('array.get', 1)),
        opcode('drop'),
      ),
    ),
  'array.new_fixed of 10,000': (n) =>
    ofNodes(
      array,
      repeat(Math.ceil(n / 10_000), () =>
        join(
          repeat(10_000, () => get(1)),
          ins('array.new_fixed', 1, 10_000),
          opcode('drop'),
        ),
      ),
    ),
  'array.new_fixed of none': (n) =>
    ofNodes(
      array,
      repeat(n, () => [...ins('array.new_fixed', 1, 0), ...set(1)]),
    ),
  'structures of 10,000 fields': (n) =>
    ofTypes(
      [struct(...list(10_000, () => [I64]))],
      [refNull(1)],
      repeat(n, () => [...ins('struct.new_default', 1), ...set(1)]),
    ),
  'structures of 64 vectors': (n) =>
    ofTypes(
      [struct(...list(64, () => [V128]))],
      [refNull(1)],
      repeat(n, () => [...ins('struct.new_default', 1), ...set(1)]),
    ),
  'ref.test': (n) =>
    ofTypes(
      [sub([], struct()), sub([1], struct([I32]))],
      [refNull(1)],
      repeat(n, () => [...get(1), ...ins('ref.test', 2), ...opcode('drop')]),
    ),
  'ref.cast of ref.cast': (n) =>
    ofTypes(
      [sub([], struct()), sub([1], struct([I32]))],
      [[ANY]],
      join(
        get(1),
        repeat(n, (i) => ins('ref.cast null', 1 + (i % 2))),
        opcode('drop'),
      ),
    ),
  'br_on_cast out of nested blocks': (n) =>
    ofTypes(
      [sub([], struct())],
      [[ANY]],
      join(
        repeat(n, () => open('block', 'anyref')),
        get(1),
        repeat(n, (i) => [
          ...opcode('br_on_cast'),
          3,
          ...uleb(i % 3 === 0 ? n - 1 - i : 0),
          ANY & 0x7f,
          ...sleb(1),
          END,
        ]),
        opcode('drop'),
      ),
    ),
  'br_on_null in a row': (n) =>
    ofTypes(
      [struct()],
      [refNull(1)],
      repeat(n, () => [...open('block', undefined), ...get(1), ...ins('br_on_null', 0), ...opcode('drop'), END]),
    ),
  'ref.i31 of i31.get': (n) =>
    ofTypes(
      [],
      [],
      join(
        get(0),
        repeat(n, () => [...opcode('ref.i31'), ...opcode('i31.get_s')]),
        opcode('drop'),
      ),
    ),
  'call_ref of call_ref': (n) =>
    ofTypes(
      [func([I32], [I32])],
      [refNull(1)],
      join(
        get(0),
        repeat(n, () => [...get(1), ...ins('call_ref', 1)]),
        opcode('drop'),
      ),
    ),
  'a recursion group of structures': (n) =>
    ofTypes([group(list(n, (i) => struct(refNull(1 + ((i + 1) % n)))))], [], []),
  'recursion groups of a structure each': (n) =>
    ofTypes(
      list(n, (i) => group([struct(refNull(1 + i))])),
      [],
      [],
    ),
  'structures of the one before': (n) =>
    ofTypes(
      list(n, (i) => struct(i === 0 ? [I32] : refNull(i))),
      [],
      [],
    ),
  'subtypes of subtypes, 60 deep': (n) =>
    ofTypes(
      list(n, (i) => sub(i % 60 === 0 ? [] : [i], struct(...list(i % 60 === 0 ? 0 : 1, () => [I32])))),
      [],
      [],
    ),
  'functions of recursive types': (n) =>
    moduleOf({
      types: [group(list(n, (i) => [0x60, 1, ...refNull((i * 7) % n), 1, ...refNull(i)]))],
      funcs: list(n, (i) => ({ type: i, body: body([], [0x00]) })),
    }),
  'arrays of 1000 values of a tuple': (n) =>
    moduleOf({
      types: [
        func([], []),
        array([I32]),
        func(
          [],
          list(1000, () => I32),
        ),
      ],
      funcs: [
        {
          type: 0,
          body: body(
            [[1, refNull(1)]],
            repeat(n, () => [
              ...ins('call', 1),
              ...ins('array.new_fixed', 1, 1000),
              ...set(0),
              ...get(0),
              ...opcode('array.len'),
              0x1a,
            ]),
          ),
        },
        { type: 2, body: body([], ins('call', 1)) },
      ],
    }),
}
