// What takes many values at once that a call has given at once: calls, exceptions, structures and arrays. Each bit is kept.

import { describe, expect, test } from 'vitest'
import { constant, END, ins, opcode, VAL_TYPES } from '../binary/code.ts'
import { arrayType, type Field, funcType, type GcType, gcModule, structType } from '../binary/gc.ts'
import { MODES, modeName } from '../ops/compare.ts'
import { loadEngine } from '../spec/engine.ts'
import { wat } from '../wat.ts'
import { type Func, load, SETTINGS } from './load.ts'

const FIVE = 'i32 i64 f32 f64 externref'
const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')

/** A local as an i64. */
const AS_I64 = [
  (i: number) => `(i64.extend_i32_s (local.get ${i}))`,
  (i: number) => `(local.get ${i})`,
  (i: number) => `(i64.extend_i32_u (i32.reinterpret_f32 (local.get ${i})))`,
  (i: number) => `(i64.reinterpret_f64 (local.get ${i}))`,
  (i: number) => `(i64.extend_i32_u (ref.is_null (local.get ${i})))`,
]

/** `$take` gives a checksum of the ten values that `$give` gives. */
const CALLS = `(module
  (type $take (func (param ${FIVE} ${FIVE}) (result i64)))
  (table funcref (elem $take))
  (tag $e (param ${FIVE} ${FIVE}))
  (func $give (param externref) (result ${FIVE} ${FIVE})
    (i32.const -5) (i64.const 0x123456789abcdef) (f32.reinterpret_i32 (i32.const 0x7fa12345))
    (f64.reinterpret_i64 (i64.const 0xfff7ffff00000123)) (local.get 0)
    (i32.const 77) (i64.const -2) (f32.const -0) (f64.const 0.1) (ref.null extern))
  (func $take (type $take) (local $sum i64)
    ${times(10, (i) => `(local.set $sum (i64.xor (i64.rotl (local.get $sum) (i64.const 7)) ${AS_I64[i % 5]!(i)}))`)}
    (local.get $sum))
  (func $throw (param externref) (throw $e (call $give (local.get 0))))
  (func (export "direct") (param externref) (result i64) (call $take (call $give (local.get 0))))
  (func (export "indirect") (param externref) (result i64)
    (call_indirect (type $take) (call $give (local.get 0)) (i32.const 0)))
  (func (export "behind others") (param externref) (result i64) (local i32 i64)
    (call $give (local.get 0))
    (drop) (drop) (drop) (local.set 2) (local.set 1)
    (local.get 1) (local.get 2) (f32.const 4) (f64.const 8) (local.get 0)
    (call $take))
  (func (export "thrown") (param externref) (result i64)
    (try (result i64)
      (do (throw $e (call $give (local.get 0))))
      (catch $e (call $take))))
  (func (export "thrown inside") (param externref) (result i64)
    (try (result i64)
      (do (call $throw (local.get 0)) (i64.const 1))
      (catch $e (call $take)))))`

test.each([...SETTINGS, { engine: 'jit', optimize: 3, i64: 'bigint' }, { engine: 'jit', target: 'es5' }] as const)(
  'calls and exceptions, %j',
  (options) => {
    const native = new WebAssembly.Instance(new WebAssembly.Module(wat(CALLS))).exports as Record<string, Func>
    const ours = load(CALLS, options)().exports as Record<string, Func>
    for (const name of Object.keys(native))
      for (const it of [null, 'it']) expect([name, it, ours[name]!(it)]).toEqual([name, it, native[name]!(it)])
  },
)

const get = (index: number): number[] => ins('local.get', index)
const many = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))

/** A type, a value number `i` of it, and that as an i64. */
interface Kind {
  readonly type: GcType
  readonly value: (i: number) => number[]
  readonly asI64: readonly number[]
  readonly expected: (i: number) => bigint
}

const F32 = (i: number): bigint => 0x7fa00001n + BigInt(i)
const F64 = (i: number): bigint => 0xfff4_0000_0000_0001n + (BigInt(i) << 33n)

const KINDS: Record<string, Kind> = {
  i32: {
    type: 'i32',
    value: (i) => constant('i32', BigInt(i * 0x1357_9b)),
    asI64: opcode('i64.extend_i32_s'),
    expected: (i) => BigInt(i * 0x1357_9b),
  },
  i64: {
    type: 'i64',
    value: (i) => constant('i64', BigInt(i) * 0x1234567_89abcdn),
    asI64: [],
    expected: (i) => BigInt(i) * 0x1234567_89abcdn,
  },
  f32: {
    type: 'f32',
    value: (i) => constant('f32', F32(i)),
    asI64: [...opcode('i32.reinterpret_f32'), ...opcode('i64.extend_i32_u')],
    expected: F32,
  },
  f64: {
    type: 'f64',
    value: (i) => constant('f64', F64(i)),
    asI64: opcode('i64.reinterpret_f64'),
    expected: (i) => BigInt.asIntN(64, F64(i)),
  },
  externref: {
    type: 'externref',
    value: (i) => (i % 3 === 0 ? get(0) : [0xd0, VAL_TYPES.externref]),
    asI64: [...opcode('ref.is_null'), ...opcode('i64.extend_i32_u')],
    expected: (i) => BigInt(i % 3 !== 0),
  },
  v128: {
    type: 'v128',
    value: (i) => [
      ...constant('i64', BigInt(i)),
      ...opcode('i64x2.splat'),
      ...constant('i32', 7n),
      ...ins('i32x4.replace_lane', 3),
    ],
    asI64: ins('i64x2.extract_lane', 1),
    expected: (i) => (7n << 32n) | BigInt(i),
  },
}

/** A type of storage and what a read of an i32 gives: its sign is that of what is kept. */
const PACKED: Record<string, (x: bigint) => bigint> = {
  i8: (x) => BigInt.asIntN(8, x),
  i16: (x) => BigInt.asIntN(16, x),
}

/** Whether field number `i`, of 12 or 80, is read again, and what it gives. */
const READ = [0, 5, 11]

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { api } = await loadEngine(mode)
  const run = (bytes: Uint8Array<ArrayBuffer>): Record<string, Func> =>
    new api.Instance(new api.Module(bytes)).exports as Record<string, Func>

  describe.each([...Object.keys(KINDS), 'i8', 'i16'])('%s', (name) => {
    const kind = KINDS[name] ?? KINDS['i32']!
    const field = (name in PACKED ? name : kind.type) as Field
    const kept = PACKED[name] ?? ((x: bigint) => x)
    const suffix = name in PACKED ? '_s' : ''

    test.each([12, 80])('structures and arrays of %i', (count) => {
      const types = many(count, () => kind.type)
      const code = (make: readonly number[], read: readonly number[]): number[] => [
        ...[...get(0), ...ins('call', 0), ...make, ...read, ...kind.asI64],
      ]
      const of = (at: number) => [
        {
          name: `struct${at}`,
          type: 4,
          code: code(ins('struct.new', 0), ins(`struct.get${suffix}` as 'struct.get', 0, at)),
        },
        {
          name: `array${at}`,
          type: 4,
          code: code(ins('array.new_fixed', 1, count), [
            ...constant('i32', BigInt(at)),
            ...ins(`array.get${suffix}` as 'array.get', 1),
          ]),
        },
      ]
      const exports = run(
        gcModule({
          types: [
            structType(...many(count, () => field)),
            arrayType(field),
            funcType(['externref'], types),
            funcType(types, []),
            funcType(['externref'], ['i64']),
          ],
          funcs: [{ type: 2, code: many(count, kind.value).flat() }, ...READ.flatMap(of)],
        }),
      )
      for (const at of READ) {
        const expected = kept(kind.expected(at))
        expect([at, exports[`struct${at}`]!('x'), exports[`array${at}`]!('x')]).toEqual([at, expected, expected])
      }
    })

    test.runIf(name in KINDS)('exceptions in clauses', () => {
      const types = many(12, () => kind.type)
      const block = (type: number): number[] => [...opcode('block'), ...[type]]
      const handled = (thrower: readonly number[]): number[] => [
        ...[...block(5), ...opcode('try_table'), 0x40, 1, 0, 0, 0, ...thrower, END, 0x00, END],
        ...ins('call', 1),
      ]
      const exports = run(
        gcModule({
          types: [
            structType(),
            funcType(['externref'], types),
            funcType(types, ['i64']),
            funcType(types, []),
            funcType(['externref'], ['i64']),
            funcType([], types),
            funcType(['externref'], []),
          ],
          tags: [3],
          funcs: [
            { type: 1, code: many(12, kind.value).flat() },
            { type: 2, code: [...get(7), ...kind.asI64] },
            { type: 6, code: [...get(0), ...ins('call', 0), ...ins('throw', 0)] },
            { name: 'inside', type: 4, code: handled([...get(0), ...ins('call', 0), ...ins('throw', 0)]) },
            { name: 'deep', type: 4, code: handled([...get(0), ...ins('call', 2)]) },
          ],
        }),
      )
      const expected = kind.expected(7)
      expect([exports['inside']!('x'), exports['deep']!('x')]).toEqual([expected, expected])
    })
  })

  test('branches that references decide carry many values', () => {
    const types = many(12, () => 'i32' as const)
    const values = many(12, (i) => constant('i32', BigInt(i + 1))).flat()
    const sum = many(11, () => opcode('i32.add')).flat()
    const code = (branch: readonly number[]): number[] => [
      ...[...opcode('block'), 0, ...values, ...get(0), ...branch, END, ...sum],
    ]
    const otherwise = [...opcode('drop'), ...opcode('drop'), ...constant('i32', 1000n)]
    const exports = run(
      gcModule({
        types: [funcType([], types), funcType(['externref'], ['i32']), funcType([], [...types, ['ref', 'extern']])],
        funcs: [
          { name: 'null', type: 1, code: code([...ins('br_on_null', 0), ...otherwise]) },
          {
            name: 'not null',
            type: 1,
            code: [
              ...[...opcode('block'), 2, ...values, ...get(0), ...ins('br_on_non_null', 0), ...opcode('drop')],
              ...[...constant('i32', 1000n), ...opcode('unreachable'), END, ...opcode('drop'), ...sum],
            ],
          },
        ],
      }),
    )
    expect([exports['null']!(null), exports['null']!('x'), exports['not null']!('x')]).toEqual([78, 1066, 78])
    expect(() => exports['not null']!(null)).toThrow('unreachable')
  })
})
