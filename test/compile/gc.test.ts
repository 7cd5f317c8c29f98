// Modules with structures and arrays: what they compute, what JavaScript sees, and types of separately built outputs.

import { describe, expect, test } from 'vitest'
import { constant, ins, opcode } from '../binary/code.ts'
import { arrayType, funcType, type GcType, gcModule, open, rec, structType } from '../binary/gc.ts'
import { MODES, modeName } from '../ops/compare.ts'
import { loadEngine } from '../spec/engine.ts'

type Exports = Record<string, (...args: unknown[]) => unknown>

const get = (index: number): number[] => ins('local.get', index)
const i32 = (value: number): number[] => constant('i32', BigInt(value))

/** The last four fields of a structure of a hundred. */
const readLast = (make: readonly number[]): number[] => [
  ...[...make, ...ins('struct.get', 0, 96), ...make, ...ins('struct.get', 0, 97)],
  ...[...make, ...ins('struct.get', 0, 98), ...make, ...ins('struct.get_s', 0, 99)],
]

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { api } = await loadEngine(mode)
  const run = (bytes: Uint8Array<ArrayBuffer>, imports = {}): Exports =>
    new api.Instance(new api.Module(bytes), imports).exports as Exports

  /** An error that is a trap, with this message. */
  const trap = (message: string) => expect.objectContaining({ name: 'RuntimeError', message })
  const thrown = (run: () => unknown): unknown => {
    try {
      return run()
    } catch (error) {
      return error
    }
  }

  describe('a structure', () => {
    const S: GcType = ['ref null', 0]
    const exports = run(
      gcModule({
        types: [
          structType(['mut', 'i64'], ['mut', 'i16'], 'f32'),
          funcType(['i64', 'i32', 'f32'], [S]),
          funcType([S], ['i64', 'i32', 'i32', 'f32']),
          funcType([S, 'i64'], []),
        ],
        funcs: [
          { name: 'make', type: 1, code: [...get(0), ...get(1), ...get(2), ...ins('struct.new', 0)] },
          {
            name: 'read',
            type: 2,
            code: [
              ...[...get(0), ...ins('struct.get', 0, 0), ...get(0), ...ins('struct.get_s', 0, 1)],
              ...[...get(0), ...ins('struct.get_u', 0, 1), ...get(0), ...ins('struct.get', 0, 2)],
            ],
          },
          { name: 'set', type: 3, code: [...get(0), ...get(1), ...ins('struct.set', 0, 0)] },
        ],
      }),
    )

    test('keeps what is put into it', () => {
      const made = exports.make(-5_000_000_000n, 0x1ffff, 1.5)
      expect(exports.read(made)).toEqual([-5_000_000_000n, -1, 0xffff, 1.5])
      exports.set(made, 7n)
      expect(exports.read(made)).toEqual([7n, -1, 0xffff, 1.5])
    })

    test('is opaque', () => {
      const made = exports.make(1n, 2, 3) as object
      expect(typeof made).toBe('object')
      expect(Reflect.ownKeys(made)).toEqual([])
      expect(Object.getPrototypeOf(made)).toBe(null)
      expect(Reflect.set(made, 'f0', 1)).toBe(false)
      expect(Reflect.setPrototypeOf(made, { t: {} })).toBe(false)
    })

    test('of very many fields has defaults, and keeps what it is given', () => {
      const types = ['externref', 'i64', 'f32', 'i8'] as const
      const { zeros, given } = run(
        gcModule({
          types: [
            structType(...Array.from({ length: 100 }, (_, i) => types[i % 4]!)),
            funcType([], ['externref', 'i64', 'f32', 'i32']),
            funcType(['externref'], ['externref', 'i64', 'f32', 'i32']),
          ],
          funcs: [
            { name: 'zeros', type: 1, code: readLast(ins('struct.new_default', 0)) },
            {
              name: 'given',
              type: 2,
              code: readLast([
                ...Array.from({ length: 25 }, () => [
                  ...[...get(0), ...constant('i64', 7n), ...constant('f32', 0x3f80_0000n), ...i32(5)],
                ]).flat(),
                ...ins('struct.new', 0),
              ]),
            },
          ],
        }),
      ) as { zeros(): unknown; given(x: unknown): unknown }
      expect(zeros()).toEqual([null, 0n, 0, 0])
      expect(given(undefined)).toEqual([undefined, 7n, 1, 5])
    })

    test('that is null traps', () => {
      expect(thrown(() => exports.read(null))).toEqual(trap('dereferencing a null pointer'))
      expect(thrown(() => exports.set(null, 1n))).toEqual(trap('dereferencing a null pointer'))
    })

    test.each([[{}], [{ t: {} }], [1], [() => 1], ['s'], [undefined]])('is not %s', (value) => {
      expect(() => exports.read(value)).toThrow(TypeError)
    })
  })

  describe('an array', () => {
    const A: GcType = ['ref null', 0]
    const exports = run(
      gcModule({
        types: [
          arrayType(['mut', 'i64']),
          funcType(['i64', 'i32'], [A]),
          funcType([A, 'i32'], ['i64']),
          funcType([A, 'i32', 'i32', 'i32'], []),
          funcType(['i32'], ['i32']),
        ],
        funcs: [
          { name: 'make', type: 1, code: [...get(0), ...get(1), ...ins('array.new', 0)] },
          { name: 'get', type: 2, code: [...get(0), ...get(1), ...ins('array.get', 0)] },
          {
            name: 'move',
            type: 3,
            code: [...get(0), ...get(1), ...get(0), ...get(2), ...get(3), ...ins('array.copy', 0, 0)],
          },
          {
            name: 'put',
            type: 3,
            code: [...get(0), ...get(1), ...get(2), ...opcode('i64.extend_i32_s'), ...ins('array.set', 0)],
          },
          { name: 'length', type: 4, code: [...get(0), ...ins('array.new_default', 0), ...ins('array.len')] },
        ],
      }),
    )

    test('keeps both words', () => {
      const made = exports.make(-1n << 40n, 3)
      exports.put(made, 1, -7, 0)
      expect([0, 1, 2].map((i) => exports.get(made, i))).toEqual([-1n << 40n, -7n, -1n << 40n])
    })

    test.each([
      [0, 1],
      [1, 0],
    ])('is copied as if it was read first: to %i from %i', (to, from) => {
      const made = exports.make(0n, 4)
      for (let i = 0; i < 4; i++) exports.put(made, i, i - 2, 0)
      exports.move(made, to, from, 3)
      const expected = [-2n, -1n, 0n, 1n]
      for (let i = 0; i < 3; i++) expected[to + i] = [-2n, -1n, 0n, 1n][from + i]
      expect([0, 1, 2, 3].map((i) => exports.get(made, i))).toEqual(expected)
    })

    test.each([3, -1, 0x7fff_ffff])('has no element %i of three', (index) => {
      const made = exports.make(0n, 3)
      expect(thrown(() => exports.get(made, index))).toEqual(trap('array element access out of bounds'))
      expect(thrown(() => exports.put(made, index, 1, 0))).toEqual(trap('array element access out of bounds'))
      expect(thrown(() => exports.move(made, index, 0, 1))).toEqual(trap('array element access out of bounds'))
    })

    test('that is too large traps', () => {
      expect(thrown(() => exports.length(-1))).toEqual(trap('requested new array is too large'))
    })
  })

  describe('types of separately built outputs', () => {
    const base = open(structType(['mut', 'i32']))
    const below = open(structType(['mut', 'i32'], 'i32'), 0)
    const maker = run(
      gcModule({
        types: [base, below, funcType(['i32'], ['anyref'])],
        funcs: [
          { name: 'base', type: 2, code: [...get(0), ...ins('struct.new', 0)] },
          { name: 'below', type: 2, code: [...get(0), ...i32(9), ...ins('struct.new', 1)] },
        ],
      }),
    )
    /** Tests whether references are of its type 1, which stands behind another type. */
    const tester = (...types: number[][]): Exports =>
      run(
        gcModule({
          types: [funcType(['anyref'], ['i32']), ...types],
          funcs: [
            { name: 'is', type: 0, code: [...get(0), ...ins('ref.test', 1)] },
            { name: 'read', type: 0, code: [...get(0), ...ins('ref.cast', 1), ...ins('struct.get', 1, 0)] },
          ],
        }),
      )

    test('are the same if they are equal, or declared below', () => {
      const same = tester(base)
      expect([maker.base(1), maker.below(2), 5, {}, null].map((x) => same.is(x))).toEqual([1, 1, 0, 0, 0])
      expect([maker.base(1), maker.below(2)].map((x) => same.read(x))).toEqual([1, 2])
    })

    test.each([
      ['another type', [open(structType(['mut', 'i32'], ['mut', 'i32']))]],
      ['a final type', [structType(['mut', 'i32'])]],
      ['a type of a group', [rec(base, structType())]],
    ])('are not %s', (_name, types) => {
      const other = tester(...types)
      expect(other.is(maker.base(1))).toBe(0)
      expect(thrown(() => other.read(maker.base(1)))).toEqual(trap('illegal cast'))
    })

    test('of functions', () => {
      const types = [open(funcType([], ['i32'])), open(funcType([], ['i32']), 0), funcType([], ['i32'])]
      const { it } = run(gcModule({ types, funcs: [{ name: 'it', type: 1, code: i32(3) }] }))
      const importer = (type: number): Exports =>
        run(gcModule({ types, imports: [['it', type]], funcs: [{ name: 'go', type: 2, code: ins('call', 0) }] }), {
          m: { it },
        })
      expect([0, 1].map((type) => importer(type).go())).toEqual([3, 3])
      expect(() => importer(2)).toThrow(api.LinkError)
    })
  })

  test('i31 and values of the host go through', () => {
    const exports = run(
      gcModule({
        types: [funcType(['externref'], ['externref']), funcType(['anyref'], ['i32'])],
        funcs: [
          { name: 'through', type: 0, code: [...get(0), ...ins('any.convert_extern'), ...ins('extern.convert_any')] },
          { name: 'value', type: 1, code: [...get(0), ...opcode('ref.cast'), 0x6c, ...ins('i31.get_s')] },
        ],
      }),
    )
    const host = [null, undefined, 0, -0, 1.5, 2 ** 30, 'text', {}, () => 1, 5n, NaN]
    expect(host.map((x) => exports.through(x))).toEqual(host)
    expect([0, -1, 2 ** 30 - 1, -(2 ** 30)].map((x) => exports.value(x))).toEqual([0, -1, 2 ** 30 - 1, -(2 ** 30)])
    for (const other of [2 ** 30, -0, 1.5, null, {}, 'text']) {
      expect(thrown(() => exports.value(other))).toEqual(trap('illegal cast'))
    }
  })
})
