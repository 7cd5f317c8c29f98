// Swizzles of vectors that are known: what is looked up is what the host's engine gives.

import { describe, expect, test } from 'vitest'
import { createWebAssembly } from '../../src/webassembly.ts'
import { load } from '../compile/load.ts'
import { Random } from '../fuzz/random.ts'
import { bothEngines, MODES, modeName } from '../ops/compare.ts'
import { wat } from '../wat.ts'

const A = '(v128.const i32x4 0x13fa7788 -1 0x80017f02 0x0badcafe)'
const B = '(v128.const i32x4 0x0f0e0d0c 0x03020100 0x07060504 0x0b0a0908)'
const X = '(local.get $x)'
const LOW = `(i8x16.shr_u ${X} (i32.const 4))`
const SIXES = `(v128.and ${X} (v128.const i32x4 0x3f3f3f3f 0x3f3f3f3f 0x3f3f3f3f 0x3f3f3f3f))`
const all = (byte: number): string => `(i8x16.splat (i32.const ${byte}))`
const swizzle = (table: string, order: string): string => `(i8x16.swizzle ${table} ${order})`

/** What becomes of the vector at 0. */
const CASES = {
  'by any bytes': swizzle(A, X),
  'by what is computed': swizzle(A, `(v128.xor ${X} (v128.const i32x4 0x01010101 0x02020202 0x0f0f0f0f 0x10101010))`),
  'by numbers below 16': swizzle(A, LOW),
  'by what a saturated difference leaves': swizzle(
    A,
    `(i8x16.sub_sat_u (v128.and ${X} (v128.const i32x4 0x3f3f3f3f 0x3f3f3f3f 0x3f3f3f3f 0x3f3f3f3f)) (v128.const i32x4 0x33333333 0x33333333 0x34353637 0x33333333))`,
  ),
  'by numbers below 64, with more around it': `(i8x16.add ${swizzle(A, `(i8x16.sub_sat_u ${SIXES} ${all(50)})`)} ${all(-7)})`,
  'by numbers below 64, twice': `(v128.xor ${swizzle(A, `(i8x16.shr_s ${SIXES} (i32.const 1))`)} (i8x16.neg ${swizzle(B, `(i8x16.min_u ${SIXES} ${all(20)})`)}))`,
  'within each other': swizzle(A, swizzle(B, LOW)),
  'pairs within pairs': swizzle(A, `(v128.and ${swizzle(B, LOW)} ${swizzle(B, LOW)})`),
  'beside each other': `(v128.and ${swizzle(A, LOW)} (v128.or ${swizzle(B, LOW)} ${swizzle(B, X)}))`,
}

const moduleOf = (value: string): Uint8Array<ArrayBuffer> =>
  wat(`(module (memory (export "memory") 1)
    (func (export "run") (local $x v128)
      (local.set $x (v128.load (i32.const 0)))
      (v128.store (i32.const 16) ${value})))`)

function results(exports: Readonly<Record<string, unknown>>): string[] {
  const words = new Int32Array((exports['memory'] as { buffer: ArrayBuffer }).buffer)
  const random = new Random(3)
  return Array.from({ length: 200 }, () => {
    for (let i = 0; i < 4; i++) words[i] = random.bits()
    ;(exports['run'] as () => void)()
    return words.slice(4, 8).join()
  })
}

describe.each(Object.entries(CASES))('%s', (_, value) => {
  const bytes = moduleOf(value)

  test.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_name, mode) => {
    const { native } = await bothEngines(mode)
    const expected = results(new native.Instance(new native.Module(bytes)).exports as Record<string, unknown>)
    const { engine, optimize } = mode
    expect(results(load(bytes, { engine, optimize })().exports)).toEqual(expected)
    expect(results(load(bytes, { engine, optimize, target: 'es5', names: true })().exports)).toEqual(expected)
  })

  test('compiled when it is called', async () => {
    const { native } = await bothEngines(MODES[0]!)
    const expected = results(new native.Instance(new native.Module(bytes)).exports as Record<string, unknown>)
    const { Instance, Module } = createWebAssembly()
    expect(results(new Instance(new Module(bytes)).exports)).toEqual(expected)
  })
})
