// Nesting and lengths far beyond what JavaScript parsers take: it compiles, in time that is not quadratic, and does what
// the native engine does.

import { describe, expect, test } from 'vitest'
import { constant, ELSE, END, ins, opcode, open, VAL_TYPES } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { run, SETTINGS } from './load.ts'

const get = (index: number): number[] => ins('local.get', index)
const i32 = (value: number): number[] => constant('i32', BigInt(value))
const repeat = (count: number, code: (i: number) => readonly number[]): number[] =>
  Array.from({ length: count }, (_, i) => code(i)).flat()

/** A module whose function `f` takes an i32 and gives local 1, a checksum; local 2 is spare. */
function moduleOf(code: readonly number[]): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const signature = { params: ['i32'], results: ['i32'] } as const
  builder.tag({ params: [], results: [] })
  builder.export('f', 'func', builder.func(signature, ['i32', 'i32'], [...code, ...get(1)]))
  return builder.build()
}

/** checksum = checksum * 31 + i */
const mix = (i: number): number[] => [
  ...get(1),
  ...i32(31),
  ...opcode('i32.mul'),
  ...i32(i),
  ...opcode('i32.add'),
  ...ins('local.set', 1),
]

/** Branches out of `depth` labels if the parameter is `value`. */
const leaveIf = (value: number, depth: number): number[] => [
  ...get(0),
  ...i32(value),
  ...opcode('i32.eq'),
  ...ins('br_if', depth),
]

/** Goes back to the innermost loop while local 2, which this counts up, is below `limit`. */
const again = (limit: number): number[] => [
  ...get(2),
  ...i32(1),
  ...opcode('i32.add'),
  ...ins('local.tee', 2),
  ...i32(limit),
  ...opcode('i32.lt_u'),
  ...ins('br_if', 0),
]

const throwIf = (value: number): number[] => [
  ...get(0),
  ...i32(value),
  ...opcode('i32.eq'),
  ...open('if', undefined),
  ...ins('throw', 0),
  END,
]

const I32 = VAL_TYPES.i32
const CATCH_ALL = 2

const SHAPES: Record<string, (count: number) => number[]> = {
  blocks: (count) => [
    ...repeat(count, (i) => [...open('block', undefined), ...(i % 7 === 0 ? mix(i) : [])]),
    ...repeat(count, (i) => [...mix(i), ...leaveIf(i, Math.min(i % 1000, count - 1 - i)), ...mix(-i), END]),
  ],
  loops: (count) => [
    ...repeat(count, (i) => [...open('loop', undefined), ...mix(i)]),
    ...repeat(count, (i) => [
      ...mix(i),
      ...(i % 500 === 3 && i < 9000 ? again(Math.ceil(i / 100)) : leaveIf(-9, 0)),
      END,
    ]),
  ],
  ifs: (count) => [
    ...repeat(count, (i) => [...mix(i), ...get(0), ...i32(i), ...opcode('i32.ne'), ...open('if', undefined)]),
    ...repeat(count, (i) => [
      ...mix(i),
      ...leaveIf(i, Math.min(i % 3, count - 1 - i)),
      ELSE,
      ...mix(-i),
      END,
      ...mix(i),
    ]),
  ],
  'ifs in the other arm': (count) => [
    ...repeat(count, (i) => [...get(0), ...i32(i), ...opcode('i32.eq'), ...open('if', undefined), ...mix(i), ELSE]),
    ...repeat(count, (i) => [...mix(-i), END]),
  ],
  'all kinds': (count) => [
    ...repeat(count, (i) => [
      ...mix(i),
      ...(i % 3 === 0 ? [...get(0), ...i32(i), ...opcode('i32.ne')] : []),
      ...open((['if', 'block', 'loop'] as const)[i % 3], undefined),
    ]),
    ...repeat(count, (i) => [
      ...mix(i),
      // Never back to a loop: that would not end.
      ...((count - 1 - i) % 3 === 2 && i < 900 ? again(i) : leaveIf(i, (count - 1 - i) % 3 === 2 ? 1 : 0)),
      END,
    ]),
  ],
  'blocks that give a value': (count) => [
    ...repeat(count, () => open('block', 'i32')),
    ...i32(1),
    ...repeat(count, (i) => [...i32(i), ...opcode('i32.xor'), ...leaveIf(i, i % 2000 === 0 ? 1 : 0), END]),
    ...ins('local.set', 1),
  ],
  'try that gives a value': (count) => [
    ...repeat(count, () => [...opcode('try'), I32]),
    ...i32(1),
    ...repeat(count, (i) => [
      ...[...i32(i), ...opcode('i32.xor'), ...throwIf(i)],
      ...[...opcode('catch_all'), ...mix(i), ...throwIf(i - 1), ...i32(-i), END],
    ]),
    ...ins('local.set', 1),
  ],
  'br_table out of blocks': (count) => [
    ...repeat(count, () => open('block', undefined)),
    ...get(0),
    ...ins('br_table', count - 1, ...Array.from({ length: count - 1 }, (_, i) => i), count - 1),
    ...repeat(count, (i) => [END, ...mix(i)]),
  ],
}

/** What `f` is called with, as shares of the depth and numbers near its ends. */
const argumentsFor = (depth: number): number[] => [-1, 0, 1, 2, 99, 100, 998, depth >> 1, depth - 2, depth - 1, depth]

type Export = (x: number) => number

/** The code of a shape in instructions that the native engine may not know: it runs the other. */
const IN_TRY_TABLES: Record<string, (count: number) => number[]> = {
  'try that gives a value': (count) => [
    ...repeat(count, () => [
      ...[...open('block', 'i32'), ...open('block', undefined)],
      ...[...opcode('try_table'), I32, 1, CATCH_ALL, 0],
    ]),
    ...i32(1),
    ...repeat(count, (i) => [
      ...[...i32(i), ...opcode('i32.xor'), ...throwIf(i), END, ...ins('br', 1), END],
      ...[...mix(i), ...throwIf(i - 1), ...i32(-i), END],
    ]),
    ...ins('local.set', 1),
  ],
}

/** Compares with the native engine. */
function compare(shape: string, depth: number, options: (typeof SETTINGS)[number], code = SHAPES[shape]!(depth)): void {
  const native = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(SHAPES[shape]!(depth)))).exports['f']
  const f = run(moduleOf(code), {}, options)['f'] as Export
  const args = argumentsFor(depth)
  expect(args.map((x) => f(x))).toEqual(args.map((x) => (native as Export)(x)))
}

describe.each(Object.keys(SHAPES))('%s', (shape) => {
  for (const options of SETTINGS) {
    test(`1500 deep, ${options.engine} -O${options.optimize}`, () => compare(shape, 1500, options))
  }
})

describe.each(Object.entries(IN_TRY_TABLES))('%s, as try_table', (shape, code) => {
  for (const options of SETTINGS) {
    test(`${options.engine} -O${options.optimize}`, () => compare(shape, 1000, options, code(1000)))
  }
})

test.each([
  ['blocks', 25_000],
  ['loops', 10_000],
  ['ifs', 5_000],
  ['try that gives a value', 5_000],
  ['br_table out of blocks', 20_000],
])('%s, %i deep', (shape, depth) => compare(shape, depth, SETTINGS[1]))

test('an expression of 50,000 operators', () => {
  const left = [...get(0), ...repeat(50_000, (i) => [...i32(i), ...opcode(i % 2 ? 'i32.add' : 'i32.xor')])]
  const right = [...repeat(1000, () => get(0)), ...repeat(999, (i) => opcode(i % 2 ? 'i32.sub' : 'i32.mul'))]
  const bytes = moduleOf([...left, ...right, ...opcode('i32.sub'), ...ins('local.set', 1)])
  const native = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports['f'] as Export
  for (const options of SETTINGS) {
    const f = run(bytes, {}, options)['f'] as Export
    for (const x of [0, 1, -7, 123456789]) expect(f(x)).toBe(native(x))
  }
})

test('a br_table of 60,000 entries that go to a few places', () => {
  const code = [
    ...repeat(5, () => open('block', undefined)),
    ...get(0),
    ...ins('br_table', 59_999, ...Array.from({ length: 59_999 }, (_, i) => (i * i) % 5), 3),
    ...repeat(5, (i) => [END, ...mix(i + 1)]),
  ]
  const bytes = moduleOf(code)
  const native = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports['f'] as Export
  for (const options of SETTINGS) {
    const f = run(bytes, {}, options)['f'] as Export
    for (const x of [0, 1, 2, 3, 4, 5, 49_999, 59_998, 59_999, 60_000, -1]) expect(f(x)).toBe(native(x))
  }
})
