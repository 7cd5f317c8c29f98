// Sums of 16-bit lanes that have room: they are sums of words, and give what the host's engine gives.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { legalizeVectors } from '../../src/5-optimize/legalize/vectors/vectors.ts'
import { Random } from '../fuzz/random.ts'
import { testPass } from '../ir/passes.ts'
import { bothEngines, MODES } from '../ops/compare.ts'
import { wat } from '../wat.ts'

const all = (short: number): string => `v128.join(${Array(4).fill(Math.imul(short, 0x00010001)).join(', ')})`
const low = (x: string, y: string): string => `i16x8.extmul_low_i8x16_u(${x}, ${y})`
const high = (x: string, y: string): string => `i16x8.extmul_high_i8x16_u(${x}, ${y})`
const add = (x: string, y: string): string => `i16x8.add(${x}, ${y})`

testPass('vectors', {
  'a blend, rounded': [
    `
      f0(l0: v128, l1: v128) -> i32
        return i32x4.extract_lane(${add(add(low('l0', 'l1'), low('l0', 'v128.not(l1)')), all(510))}, 0)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/0: i32, l5/0: i32, l6/1: i32, l7/1: i32, l8/1: i32, l9/1: i32) -> i32
        reg t10: i32, t11: i32
        t10 = xor(l6, -1)
        t11 = xor(l7, -1)
        return add(add(or(mul(and(l2, 255), and(l6, 255)), shl(mul(and(shr_u(l2, 8), 255), and(shr_u(l6, 8), 255)), 16)), or(mul(and(l2, 255), and(t10, 255)), shl(mul(and(shr_u(l2, 8), 255), and(shr_u(t10, 8), 255)), 16))), 33423870)`,
  ],
})

/** A word of the result of a function that has these statements. */
const lowest = (...statements: string[]): string => {
  const func = parse(`f0(l0: v128, l1: v128, l9: i32) -> i32
    var l2: v128, l3: v128, l4: v128
    ${statements.join('\n    ')}
    return i32x4.extract_lane(l4, 0)`)
  return funcText(legalizeVectors(func, true))
}

/** What a sum of lanes has that may need more bits. */
const CARE = '-2147450880'

const REST = 'l2 = v128.not(l1)'
const ROUNDED = [REST, `l3 = ${add(low('l0', 'l1'), low('l2', 'l0'))}`, `l4 = ${add('l3', all(128))}`]

describe('there is room', () => {
  test.each<[string, string[]]>([
    ['for products by a weight and by the rest', ROUNDED],
    ['for a share more', [...ROUNDED, `l4 = ${add('l4', 'i16x8.shr_u(l4, 8)')}`]],
    ['in the upper half', [REST, `l4 = ${add(high('l0', 'l2'), high('l0', 'l1'))}`]],
    ['for what is shifted', [`l4 = ${add('i16x8.shr_u(l0, 1)', 'i16x8.shr_u(l1, 1)')}`]],
    ['for one product and what is left', [`l4 = ${add(low('l0', 'l1'), all(510))}`]],
  ])('%s', (_, statements) => {
    expect(lowest(...statements)).not.toContain(CARE)
  })
})

describe('there may be none', () => {
  test.each<[string, string[]]>([
    ['for one more', [`l4 = ${add(low('l0', 'l1'), all(511))}`]],
    ['for two products', [`l4 = ${add(low('l0', 'l1'), low('l0', 'l0'))}`]],
    ['for two by the same weight', [`l4 = ${add(low('l0', 'l1'), low('l4', 'l1'))}`]],
    ['for different halves', [REST, `l4 = ${add(low('l0', 'l1'), high('l0', 'l2'))}`]],
    [
      'by the rest of what is not the rest',
      ['l2 = v128.not(v128.not(l1))', `l4 = ${add(low('l0', 'l1'), low('l0', 'l2'))}`],
    ],
    ['for what is not shifted', [`l4 = ${add('i16x8.shr_u(l0, 1)', 'l1')}`]],
    ['for signed ones', [`l4 = ${add('i16x8.shr_s(l0, 1)', 'i16x8.shr_s(l1, 1)')}`]],
    [
      'where the weight may be another by then',
      [REST, 'if (l9) {', 'l1 = l0', '}', `l4 = ${add(low('l0', 'l1'), low('l0', 'l2'))}`],
    ],
    [
      'where a product is by what was there before',
      [REST, `l3 = ${low('l0', 'l1')}`, 'if (l9) {', REST, '}', `l4 = ${add('l3', low('l0', 'l2'))}`],
    ],
  ])('%s', (_, statements) => {
    expect(lowest(...statements)).toContain(CARE)
  })

  test('where nothing is optimised', () => {
    const sum = add(low('l0', 'l1'), low('l0', 'v128.not(l1)'))
    const text = (isOptimized: boolean): string =>
      funcText(legalizeVectors(parse(`f0(l0: v128, l1: v128) -> v128\n  return ${sum}`), isOptimized))
    expect(text(true)).not.toContain(CARE)
    expect(text(false)).toContain(CARE)
  })
})

const BLEND = `(module
  (memory (export "memory") 1)
  (func (export "run") (local $x v128) (local $y v128) (local $a v128) (local $rest v128) (local $low v128) (local $high v128)
    (local.set $x (v128.load (i32.const 0)))
    (local.set $y (v128.load (i32.const 16)))
    (local.set $a (v128.load (i32.const 32)))
    (local.set $rest (v128.not (local.get $a)))
    (local.set $low (i16x8.add (i16x8.add (i16x8.extmul_low_i8x16_u (local.get $x) (local.get $a))
      (i16x8.extmul_low_i8x16_u (local.get $y) (local.get $rest))) (i16x8.splat (i32.const 128))))
    (local.set $high (i16x8.add (i16x8.add (i16x8.extmul_high_i8x16_u (local.get $x) (local.get $a))
      (i16x8.extmul_high_i8x16_u (local.get $y) (local.get $rest))) (i16x8.splat (i32.const 128))))
    (v128.store (i32.const 48) (i16x8.add (local.get $low) (i16x8.shr_u (local.get $low) (i32.const 8))))
    (v128.store (i32.const 64) (i16x8.add (local.get $high) (i16x8.shr_u (local.get $high) (i32.const 8))))))`

test.each(MODES)('$engine -O$optimize gives what the host gives', async (mode) => {
  const apis = await bothEngines(mode)
  const bytes = wat(BLEND)
  const results = ({ Instance, Module }: (typeof apis)['native']): string[] => {
    const exports = new Instance(new Module(bytes)).exports as { memory: WebAssembly.Memory; run: () => void }
    const memory = new Uint8Array(exports.memory.buffer)
    const random = new Random(7)
    return Array.from({ length: 300 }, () => {
      for (let i = 0; i < 48; i++) memory[i] = random.pick([0, 255, 254, 1, 128, random.bits()])
      exports.run()
      return memory.slice(48, 80).join()
    })
  }
  expect(results(apis.ours)).toEqual(results(apis.native))
})
