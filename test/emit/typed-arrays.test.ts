// `--engine interpreter`: addresses at the edges of what a typed array has, beside V8's own engine.

import { describe, expect, test } from 'vitest'
import { compile, type Options } from '../../src/index.ts'
import { wat } from '../wat.ts'

type Run = (p: number) => unknown

const LOADS = [
  ...['i32.load', 'i32.load8_s', 'i32.load8_u', 'i32.load16_s', 'i32.load16_u'],
  ...['f32.load', 'f64.load', 'i64.load', 'i64.load8_s', 'i64.load16_u', 'i64.load32_s'],
]
const STORES = ['i32.store', 'i32.store8', 'i32.store16', 'f32.store', 'f64.store', 'i64.store', 'i64.store8']
const OFFSETS = [0, 1, 4, 8, 65528, 0xfffffff0]
const SUMS = ['(local.get 0)', '(i32.add (local.get 0) (i32.const -7))', '(i32.sub (i32.const 12) (local.get 0))']
const ADDRESSES = [0, 1, 2, 3, 4, 5, 7, 8, 12, 65527, 65528, 65529, 65532, 65534, 65535, 65536, -1, -4, -8, 0x7fffffff]

const moved = [...ADDRESSES, ...ADDRESSES.map((p) => p + 7), ...ADDRESSES.map((p) => 12 - p)]

const typeOf = (op: string): string => op.slice(0, 3)

function load(op: string, name: string, address: string, offset: number): string {
  return `(func (export "${name}") (param i32) (result ${typeOf(op)}) (${op} offset=${offset} ${address}))`
}

/** The value is computed from the address, too long to be evaluated twice. */
function store(op: string, name: string, address: string, offset: number): string {
  const type = typeOf(op)
  const value = { i32: '', i64: 'i64.extend_i32_s', f32: 'f32.convert_i32_s', f64: 'f64.convert_i32_s' }[type]
  const word = '(i32.mul (local.get 0) (i32.const 0x1234567))'
  const stored = value === '' ? word : `(${value} ${word})`
  return `(func (export "${name}") (param i32) (${op} offset=${offset} ${address} ${stored}))`
}

const functions = [...LOADS, ...STORES].flatMap((op) =>
  OFFSETS.flatMap((offset) =>
    SUMS.map((address, i) => {
      const name = `${op} ${offset} ${i}`
      return op.includes('store') ? store(op, name, address, offset) : load(op, name, address, offset)
    }),
  ),
)

/** What a call gives, or the message of its trap. */
function outcome(run: Run, p: number): unknown {
  try {
    return run(p)
  } catch (error) {
    return String(error)
  }
}

function runs(source: string, options: Partial<Options>) {
  const bytes = wat(source)
  const { code } = compile(bytes, { ...options, engine: 'interpreter', format: 'iife', name: 'out' })
  const ours = new Function(`${code}\nreturn out.instantiate({}).exports`)()
  const native = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports
  return { ours, native } as { ours: Record<string, Run>; native: Record<string, Run> }
}

describe.each(['es5', 'esnext'] as const)('--target %s', (target) => {
  test('every access at every edge', () => {
    const data = '(data (i32.const 0) "\\01\\82\\03\\84\\05\\86\\07\\88\\09\\8a\\0b\\8c\\0d\\8e\\0f\\90\\11")'
    const source = `(module (memory (export "m") 1) ${data} ${functions.join('\n')})`
    const { ours, native } = runs(source, { target })
    for (const name of Object.keys(native)) {
      if (name === 'm') continue
      for (const p of moved) expect([name, p, outcome(ours[name]!, p)]).toEqual([name, p, outcome(native[name]!, p)])
    }
    const [a, b] = [ours, native].map(({ m }) => new Uint8Array((m as unknown as WebAssembly.Memory).buffer))
    expect(a).toEqual(b)
  })

  test('a memory without pages', () => {
    const body = '(i32.wrap_i64 (i64.load (local.get 0)))'
    const source = `(module (memory 0) (func (export "f") (param i32) (result i32) ${body})
      (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`
    const { ours, native } = runs(source, { target })
    for (const { f, grow } of [ours, native] as Record<'f' | 'grow', Run>[]) {
      expect(outcome(f, 0)).toContain('memory access out of bounds')
      grow(1)
      expect(outcome(f, 65528)).toBe(0)
      expect(outcome(f, 65529)).toContain('memory access out of bounds')
    }
  })
})
