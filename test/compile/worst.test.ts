// The shapes of module that were hardest on the compiler: each once took time or space that grew as the square of its size,
// or more, or overflowed the stack. What comes out grows with what goes in, and does what the native engine does. The large
// ones would not end in the time that a test has.

import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { END, ins, opcode, open } from '../binary/code.ts'
import { uleb } from '../binary/leb.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { get, i32, isEqual, join, mix, ofCode, repeat, set, TO_I32 } from '../worst/code.ts'
import { run, SETTINGS } from './load.ts'

/** A module whose function `f` calls function 0 again and again on what that gives, in functions of some calls each. */
function ofCalls(count: number, each: number, callee: readonly number[], locals: number): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  builder.func(TO_I32, new Array(locals).fill('i32'), [...callee])
  const calls = join(
    get(0),
    repeat(each, () => ins('call', 0)),
  )
  const last = Array.from({ length: Math.ceil(count / each) }, () => builder.func(TO_I32, [], calls)).pop()!
  builder.export('f', 'func', last)
  return builder.build()
}

/** Modules of a size, by their shapes. */
const SHAPES: Record<string, (size: number) => Uint8Array<ArrayBuffer>> = {
  'blocks, with a branch from each to the outermost': (size) =>
    ofCode(
      join(
        repeat(size, () => open('block', undefined)),
        repeat(size, (i) => [...isEqual(i), ...ins('br_if', size - 1 - i), ...mix(i), END]),
      ),
    ),
  'loops, with a branch from each out of the outermost': (size) =>
    ofCode(
      join(
        open('block', undefined),
        repeat(size, () => open('loop', undefined)),
        repeat(size, (i) => [...isEqual(i), ...ins('br_if', size - i), ...mix(i), END]),
        [END],
      ),
    ),
  'branches of one block, one after the other': (size) =>
    ofCode(
      join(
        open('block', undefined),
        repeat(size, (i) => [...isEqual(i), ...ins('br_if', 0)]),
        mix(1),
        [END],
      ),
    ),
  'branches of one block, with other branches between': (size) =>
    ofCode(
      join(
        open('block', undefined),
        open('block', undefined),
        repeat(size, (i) => [...isEqual(i), ...ins('br_if', Number(i % 100 === 0))]),
        mix(1),
        [END],
        mix(2),
        [END],
      ),
    ),
  'conditions inside each other': (size) =>
    ofCode(
      join(
        repeat(size, (i) => [...get(0), ...i32(i), ...opcode('i32.ne'), ...open('if', undefined)]),
        repeat(size, (i) => [...mix(i), END]),
      ),
    ),
  'tables of the same hundred labels': (size) => {
    const targets = Array.from({ length: 99 }, (_, i) => i + 1)
    const table = [...open('block', undefined), ...get(0), ...ins('br_table', 99, ...targets, 0), END]
    return ofCode(
      join(
        repeat(100, () => open('block', undefined)),
        repeat(Math.ceil(size / 50), (i) => [...table, ...mix(i)]),
        repeat(100, (i) => [...mix(i), END]),
      ),
    )
  },
  'switches in the first cases of each other': (size) =>
    ofCode(
      join(
        repeat(size, () => [
          ...repeat(3, () => open('block', undefined)),
          ...get(0),
          ...ins('br_table', 2, 0, 1, 2),
          END,
        ]),
        repeat(size, (i) => [...ins('br', 0), END, ...mix(i), END]),
      ),
    ),
  'functions that declare 49,000 locals': (size) => {
    const builder = new ModuleBuilder()
    const declared = [1, ...uleb(49_000), 0x7f]
    for (let i = 0; i < size; i++)
      builder.raw(TO_I32, [...declared, ...get(48_000), ...get(0), ...opcode('i32.add'), END])
    builder.export('f', 'func', size - 1)
    return builder.build()
  },
  'functions that are inlined with their locals': (size) => ofCalls(size, 200, get(0), 60),
  'functions that rotate, called within each other': (size) =>
    ofCalls(size, 200, [...get(0), ...i32(7), ...opcode('i32.rotl')], 0),
  'registers that live across many loops': (size) =>
    ofCode(
      join(
        repeat(size, (i) => [...get(0), ...set(i + 2)]),
        repeat(size, (i) => [...open('loop', undefined), ...mix(i), ...isEqual(-9), ...ins('br_if', 0), END]),
        repeat(size, (i) => [...get(i + 2), ...get(1), ...opcode('i32.add'), ...set(1)]),
      ),
      size + 2,
    ),
}

describe.each(Object.keys(SHAPES))('%s', (shape) => {
  test.each(SETTINGS)('$engine -O$optimize', (options) => {
    const [few, more, most] = [400, 800, 1200].map((size) => compile(SHAPES[shape]!(size), options).code.length) as [
      number,
      number,
      number,
    ]
    expect(most - more).toBeLessThan(1.3 * (more - few) + 200)

    const bytes = SHAPES[shape]!(1200)
    const native = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports['f'] as (x: number) => number
    const f = run(bytes, {}, options)['f'] as (x: number) => number
    for (const x of [-1, 0, 1, 2, 50, 599, 1198, 1199, 1200]) expect(f(x)).toBe(native(x))
  })
})

/** So large that what grows as the square would not end in this time; the compiler itself takes a few seconds. */
test.each([
  ['blocks, with a branch from each to the outermost', 50_000],
  ['loops, with a branch from each out of the outermost', 50_000],
  ['functions that declare 49,000 locals', 25_000],
])(
  '%s, %i times',
  (shape, size) => {
    const bytes = SHAPES[shape]!(size)
    expect(compile(bytes, { optimize: 0 }).code.length).toBeLessThan(20 * bytes.length)
  },
  300_000,
)

test.each(SETTINGS)('20,000 branches of one block, one after the other, $engine -O$optimize', (options) => {
  const bytes = SHAPES['branches of one block, one after the other']!(20_000)
  expect(compile(bytes, options).code.length).toBeLessThan(20 * bytes.length)
})
