// Memories and tables with 64-bit addresses, and memories with pages of one byte: what JavaScript sees of them, what may be
// linked, and where they end.

import { describe, expect, test } from 'vitest'
import { createWebAssembly } from '../../src/webassembly.ts'
import { access, constant, ins, type NumName } from '../binary/code.ts'
import { type Limits, ModuleBuilder } from '../binary/module.ts'

// biome-ignore lint/suspicious/noExplicitAny: the expressions are wrong on purpose
type Api = any

const OPTIONS = [{ engine: 'jit' }, { engine: 'interpreter' }, { engine: 'jit', optimize: 0 }] as const
const APIS: readonly Api[] = OPTIONS.map((options) => createWebAssembly(options))
const [ours] = APIS

/** Node 20 has no such memories. */
const memory64 = new ModuleBuilder()
memory64.memory({ min: 0, is64: true })
const hasMemory64 = WebAssembly.validate(memory64.build())

const MOST = 2n ** 64n - 1n
const memory = (w: Api, more = {}) => new w.Memory({ address: 'i64', initial: 1n, ...more })
const table = (w: Api, more = {}) => new w.Table({ address: 'i64', element: 'anyfunc', initial: 2n, ...more })

/** Each with its value, or the error that it throws. */
const EXPRESSIONS: readonly (readonly [(w: Api) => unknown, unknown])[] = [
  [(w) => memory(w).buffer.byteLength, 65536],
  [(w) => memory(w, { initial: 1 }), TypeError],
  [(w) => memory(w, { initial: undefined }), TypeError],
  [(w) => memory(w, { initial: -1n }), TypeError],
  [(w) => memory(w, { initial: 2n ** 64n }), TypeError],
  [(w) => memory(w, { initial: '1' }).buffer.byteLength, 65536],
  [(w) => memory(w, { maximum: 0n }), RangeError],
  [(w) => memory(w, { maximum: 2 }), TypeError],
  [(w) => memory(w, { address: 'i65' }), TypeError],
  [(w) => new w.Memory({ address: 'i32', initial: 1 }).grow(1), 1],
  [(w) => memory(w).grow(1n), 1n],
  [(w) => memory(w).grow(1), TypeError],
  [(w) => memory(w).grow(), TypeError],
  [(w) => memory(w).grow(-1n), TypeError],
  [(w) => memory(w).grow(2n ** 64n), TypeError],
  [(w) => memory(w).grow(MOST), RangeError],
  [(w) => memory(w).grow(2n ** 32n), RangeError],
  [(w) => memory(w, { maximum: 2n }).grow(2n), RangeError],
  [(w) => table(w).length, 2n],
  [(w) => table(w).grow(3n), 2n],
  [(w) => table(w).grow(3), TypeError],
  [(w) => table(w, { maximum: 4n }).grow(3n), RangeError],
  [(w) => table(w).grow(MOST), RangeError],
  [(w) => table(w).get(1n), null],
  [(w) => table(w).get(1), TypeError],
  [(w) => table(w).get(2n), RangeError],
  [(w) => table(w).get(2n ** 32n), RangeError],
  [(w) => table(w).set(0n, null), undefined],
  [(w) => table(w).set(2n ** 32n, null), RangeError],
  [(w) => table(w, { initial: 2 }), TypeError],
  [(w) => table(w, { initial: 3n, maximum: 2n }), RangeError],
]

/** V8 14 takes 2^32 pages for none. */
const isWrong = (expression: (w: Api) => unknown): boolean => /memory.*grow\(2n \*\* 32n\)/.test(String(expression))

const outcome = (w: Api, expression: (w: Api) => unknown): unknown => {
  try {
    return expression(w)
  } catch (error) {
    return (error as Error).constructor
  }
}

describe('the JavaScript API', () => {
  test.each(EXPRESSIONS.map(([expression, expected]) => [String(expression), expression, expected] as const))(
    '%s',
    (_, expression, expected) => {
      expect(outcome(ours, expression)).toBe(expected)
      if (hasMemory64 && !isWrong(expression)) expect(outcome(WebAssembly, expression)).toBe(expected)
    },
  )
})

const KINDS: readonly Limits[] = [
  { min: 1 },
  { min: 1, is64: true },
  { min: 1, page: 0 },
  { min: 1, is64: true, page: 0 },
]

const moduleOf = (define: (builder: ModuleBuilder) => void): Uint8Array<ArrayBuffer> => {
  const builder = new ModuleBuilder()
  define(builder)
  return builder.build()
}

const exporting = (limits: Limits) => moduleOf((builder) => builder.export('x', 'memory', builder.memory(limits)))
const importing = (limits: Limits) => moduleOf((builder) => builder.importMemory('m', 'x', limits))
const link = (w: Api, from: Uint8Array, to: Uint8Array): unknown =>
  outcome(w, () => {
    const { exports } = new w.Instance(new w.Module(from))
    new w.Instance(new w.Module(to), { m: exports })
    return 'linked'
  })

describe('linking', () => {
  test('of memories is by address type and page size', () => {
    for (const from of KINDS) {
      for (const to of KINDS)
        expect(link(ours, exporting(from), importing(to))).toBe(from === to ? 'linked' : ours.LinkError)
    }
    expect(link(ours, exporting({ min: 1, page: 16 }), importing({ min: 1 }))).toBe('linked')
  })

  test('of tables is by index type', () => {
    const tables: readonly Limits[] = [{ min: 1 }, { min: 1, is64: true }]
    const from = (limits: Limits) => moduleOf((b) => b.export('x', 'table', b.table('funcref', limits)))
    const to = (limits: Limits) => moduleOf((b) => b.importTable('m', 'x', 'funcref', limits))
    for (const x of tables)
      for (const y of tables) expect(link(ours, from(x), to(y))).toBe(x === y ? 'linked' : ours.LinkError)
  })

  test('compares maxima that are no exact doubles', () => {
    const limits = (max: bigint | undefined): Limits => ({ min: 0, max: max as never, is64: true, page: 0 })
    const maxima = [MOST, MOST - 1n, 2n ** 53n + 1n, 2n ** 53n, 5n, undefined]
    for (const [i, from] of maxima.entries()) {
      for (const [j, to] of maxima.entries()) {
        const fits = to === undefined || (from !== undefined && i >= j)
        expect([from, to, link(ours, exporting(limits(from)), importing(limits(to)))]).toEqual([
          from,
          to,
          fits ? 'linked' : ours.LinkError,
        ])
      }
    }
  })
})

/** Exports the size, growth, and loads of each width at an address, which has the memory's type. */
function functions(limits: Limits): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const type: NumName = limits.is64 ? 'i64' : 'i32'
  const at = builder.memory(limits)
  builder.export('memory', 'memory', at)
  const add = (name: string, params: NumName[], result: NumName, code: number[]): void =>
    builder.export(name, 'func', builder.func({ params, results: [result] }, [], code))
  add('size', [], type, ins('memory.size', at))
  add('grow', [type], type, [...ins('local.get', 0), ...ins('memory.grow', at)])
  for (const [name, result] of [
    ['i32.load8_u', 'i32'],
    ['i32.load16_u', 'i32'],
    ['i32.load', 'i32'],
    ['i64.load', 'i64'],
    ['f64.load', 'f64'],
  ] as const) {
    add(name, [type], result, [...ins('local.get', 0), ...access(name, 0, 0)])
    add(`${name}+1`, [type], result, [...ins('local.get', 0), ...access(name, 1, 0)])
  }
  add('far', [type], 'i32', [...constant(type, 0n), ...access('i32.load', limits.is64 ? 2n ** 32n : 2n ** 32n - 4n, 0)])
  return builder.build()
}

const WIDTHS = { 'i32.load8_u': 1, 'i32.load16_u': 2, 'i32.load': 4, 'i64.load': 8, 'f64.load': 8 }

describe.each(OPTIONS.map((options, i) => [JSON.stringify(options), APIS[i]] as const))('%s', (_, w) => {
  test.each([
    ['64-bit addresses', { min: 1, max: 3, is64: true }, 65536],
    ['pages of one byte', { min: 13, max: 30, page: 0 }, 1],
    ['both', { min: 13, max: 30, is64: true, page: 0 }, 1],
    ['no room at all', { min: 0, max: 30, page: 0 }, 1],
  ] as const)('memories with %s end where they do', (_name, limits: Limits, page) => {
    const { exports: e } = new w.Instance(new w.Module(functions(limits)))
    const number = (x: number): number | bigint => (limits.is64 ? BigInt(x) : x)
    let pages = limits.min
    const check = (): void => {
      const end = pages * page
      expect([e.size(), e.memory.buffer.byteLength]).toEqual([number(pages), end])
      for (const [name, width] of Object.entries(WIDTHS)) {
        for (const offset of [0, 1]) {
          const load = e[offset === 0 ? name : `${name}+1`]
          const last = end - width - offset
          if (last >= 0) expect(Number(load(number(last)))).toBe(0)
          for (const past of [Math.max(last + 1, 0), end, end + 9])
            expect(outcome(w, () => load(number(past)))).toBe(w.RuntimeError)
          for (const far of [-1n, 2n ** 32n, -(2n ** 63n)]) {
            if (limits.is64) expect(outcome(w, () => load(far))).toBe(w.RuntimeError)
          }
        }
      }
      expect(outcome(w, () => e.far(number(0)))).toBe(w.RuntimeError)
    }
    check()
    expect(e.grow(number(2))).toEqual(number(pages))
    pages += 2
    check()
    expect(e.grow(number(100))).toEqual(number(-1))
    if (limits.is64) expect(e.grow(2n ** 32n)).toBe(-1n)
    expect(outcome(w, () => e.memory.grow(number(100)))).toBe(RangeError)
    expect(e.memory.grow(number(0))).toEqual(number(pages))
    check()
  })
})

test('a memory in which 2^32 - 1 would be an address is not made', () => {
  expect(outcome(ours, () => memory(ours, { initial: 65536n }))).toBe(RangeError)
})
