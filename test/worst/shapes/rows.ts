// Shapes of one instruction after the other that touches tables, arrays, memories, exceptions.

import { access, ELSE, END, ins, opcode, open } from '../../binary/code.ts'
import { sleb } from '../../binary/leb.ts'
import { get, i32, i64, isEqual, join, repeat, set } from '../code.ts'
import { ANY, array, body, func, I32, I64, list, moduleOf, refNull, struct, V128 } from '../raw.ts'
import type { Shapes } from './shape.ts'

const DROP = opcode('drop')

/** Locals: an i32, one of each of these types; types 1 and 2 are an array of i32 and a structure; 50 memories and tables. */
const ofState = (code: readonly number[]): Uint8Array<ArrayBuffer> =>
  moduleOf({
    types: [func([I32, I64, V128], []), array([I32]), struct([I32]), func([], []), func([I32], [])],
    funcs: [
      {
        type: 0,
        body: body(
          [
            [1, refNull(1)],
            [1, refNull(2)],
            [2, [ANY]],
            [4, [V128]],
          ],
          code,
        ),
      },
    ],
    tables: list(50, () => [ANY, 0, 8]),
    memories: list(50, (i) => [i % 2 === 0 ? 0 : 4, 1]),
    tags: list(50, (i) => [0, i % 2 === 0 ? 3 : 4]),
    data: [[1, 4, 1, 2, 3, 4]],
    elements: [[5, ANY, 1, 0xd0, 0x71, END]],
  })

const [ARRAY, STRUCT, LEFT, RIGHT, VECTOR] = [3, 4, 5, 6, 7] as const
const row = (code: (i: number) => readonly number[]) => (n: number) => ofState(repeat(n, code))

/** In each other, the innermost in the middle. */
const nest =
  (
    begin: (i: number) => readonly number[],
    inside: readonly number[],
    end: (i: number) => readonly number[],
    behind: readonly number[] = [],
  ) =>
  (n: number) =>
    ofState(join(repeat(n, begin), inside, repeat(n, end), behind))

const NOTHING = 0x40
const block = (): number[] => open('block', undefined)
const loop = (): number[] => open('loop', undefined)
const orAgain = (i: number): number[] => [...isEqual(i), ...ins('br_if', 0), END]

export const ROWS: Shapes = {
  'table.get and table.set of many tables': row((i) => [
    ...get(0),
    ...get(0),
    ...ins('table.get', i % 50),
    ...ins('table.set', (i + 1) % 50),
  ]),
  'table.grow': row((i) => [...get(LEFT), ...get(0), ...ins('table.grow', i % 50), ...DROP]),
  'loads and stores of many memories': row((i) => {
    const m = 2 * (i % 25)
    return [...get(0), ...get(0), ...access('i32.load', 4, 2, m), ...access('i32.store', 8, 2, m)]
  }),
  'loads and stores at 64-bit addresses of many memories': row((i) => {
    const m = 2 * (i % 25) + 1
    return [...get(1), ...get(1), ...access('i64.load', 2n ** 33n, 3, m), ...access('i64.store', 8, 3, m)]
  }),
  'memories that grow between loads': row((i) => [
    ...get(0),
    ...access('i32.load', 0, 2, 2 * (i % 25)),
    ...ins('memory.grow', 2 * ((i + 1) % 25)),
    ...set(0),
  ]),
  'memory.copy of memories': row((i) => [
    ...get(0),
    ...get(0),
    ...i32(4),
    ...ins('memory.copy', 2 * (i % 25), 2 * ((i + 3) % 25)),
  ]),
  'array.copy': row(() => [...get(ARRAY), ...get(0), ...get(ARRAY), ...get(0), ...i32(1), ...ins('array.copy', 1, 1)]),
  'array.fill': row(() => [...get(ARRAY), ...get(0), ...get(0), ...i32(1), ...ins('array.fill', 1)]),
  'array.set of array.get': row(() => [
    ...get(ARRAY),
    ...get(0),
    ...get(ARRAY),
    ...get(0),
    ...ins('array.get', 1),
    ...ins('array.set', 1),
  ]),
  'array.new_data': row(() => [...i32(0), ...i32(1), ...ins('array.new_data', 1, 0), ...set(ARRAY)]),
  'structures that are set and read in turn': row(() => [
    ...get(STRUCT),
    ...get(STRUCT),
    ...ins('struct.get', 2, 0),
    ...ins('struct.set', 2, 0),
  ]),
  'conversions of references': row(() => [
    ...get(LEFT),
    ...opcode('extern.convert_any'),
    ...opcode('any.convert_extern'),
    ...set(RIGHT),
  ]),
  'casts into locals': row(() => [...get(LEFT), ...opcode('ref.cast null'), ...sleb(2), ...set(STRUCT)]),
  'references compared': row(() => [...get(STRUCT), ...get(STRUCT), ...opcode('ref.eq'), ...set(0)]),
  'br_on_cast, each to its own block': nest(
    () => open('block', 'anyref'),
    get(LEFT),
    () => [...opcode('br_on_cast'), 3, 0, 0x6e, ...sleb(2), END],
    DROP,
  ),
  'br_on_cast_fail behind each other': row(() => [
    ...open('block', 'anyref'),
    ...get(LEFT),
    ...[...opcode('br_on_cast_fail'), 3, 0, 0x6e, ...sleb(2), END],
    ...set(RIGHT),
  ]),
  'br_on_null in loops in each other': nest(
    () => [...block(), ...loop(), ...get(STRUCT), ...ins('br_on_null', 1), ...DROP],
    [],
    (i) => [...orAgain(i), END],
  ),
  'constants of v128': row((i) => [
    ...opcode('v128.const'),
    ...list(16, (k) => (i * 31 + k * 7) & 255),
    ...set(VECTOR),
  ]),
  'vectors that move between locals': row((i) => [...get(VECTOR + (i % 4)), ...set(VECTOR + ((i * 3 + 1) % 4))]),
  'vectors from blocks': nest(
    () => open('block', 'v128'),
    get(2),
    () => [...get(0), ...ins('br_if', 0), END],
    DROP,
  ),
  'vectors from if and else': row(() => [
    ...[...get(0), ...open('if', 'v128'), ...get(VECTOR), ELSE, ...get(VECTOR + 1), END],
    ...set(VECTOR),
  ]),
  'loops of vectors in each other': nest(
    () => [...loop(), ...get(VECTOR), ...get(VECTOR + 1), ...opcode('i32x4.add'), ...set(VECTOR)],
    [],
    orAgain,
  ),
  'throws of many tags': row((i) => [
    ...[...isEqual(i), ...open('if', undefined)],
    ...(i % 2 === 0 ? [] : i32(i)),
    ...[...ins('throw', i % 50), END],
  ]),
  'tries of many tags': row((i) => [
    ...[...block(), ...open('block', 'i32'), ...opcode('try_table'), NOTHING, 2, 0, (2 * i + 1) % 50, 0, 2, 1],
    ...[...isEqual(i), ...open('if', undefined), ...ins('throw', (2 * i) % 50), END],
    ...[END, ...ins('br', 1), END, ...set(0), END],
  ]),
  'loops in tries in each other': nest(
    () => [...block(), ...opcode('try_table'), NOTHING, 1, 2, 0, ...loop()],
    [...get(0), ...open('if', undefined), ...ins('throw', 0), END],
    (i) => [...orAgain(i), END, END],
  ),
  'throw_ref of what was caught': row(() => [
    ...[...open('block', 'exnref'), ...opcode('try_table'), NOTHING, 1, 3, 0],
    ...[...ins('throw', 0), END, ...opcode('unreachable'), END, ...opcode('throw_ref')],
  ]),
  'if of constants': nest(
    (i) => [...i32(i & 1), ...open('if', undefined)],
    [...get(0), ...set(0)],
    () => [END],
  ),
  'branches by constants': nest(
    () => block(),
    [],
    (i) => [...i32(i & 1), ...ins('br_if', 0), ...get(0), ...set(0), END],
  ),
  'loops that count': row((i) => [
    ...[...i32(0), ...set(0), ...loop(), ...get(0), ...i32(1), ...opcode('i32.add'), ...ins('local.tee', 0)],
    ...[...i32(i), ...opcode('i32.lt_s'), ...ins('br_if', 0), END],
  ]),
  'what is never run': (n) =>
    ofState(
      join(
        opcode('unreachable'),
        repeat(n, () => [...opcode('i32.add'), ...opcode('i64.extend_i32_u'), ...opcode('i64.mul'), ...DROP]),
      ),
    ),
  'blocks that are never run': nest(
    (i) => [...(i === 0 ? opcode('unreachable') : []), ...block(), ...loop(), ...opcode('unreachable')],
    [],
    () => [END, END],
  ),
  'i64 from loops': nest(
    () => open('loop', 'i64'),
    get(1),
    () => [...get(0), ...ins('br_if', 0), ...i64(3n), ...opcode('i64.mul'), END],
    DROP,
  ),
}
