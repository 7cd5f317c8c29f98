// Which float registers must keep the bits of a NaN: those that a store, a call, a return or a reinterpretation sees,
// and those that such a register gets its value from.

import { expect, test } from 'vitest'
import { findDemands } from '../../src/5-optimize/facts/demands.ts'
import { read } from '../ir/read.ts'

/** Those of the parameters l0 and l1 and the locals l2 and l3, all f32, whose bits matter. */
function observed(body: string, results = ''): string {
  const { func, regs } = read(`f0(l0: f32, l1: f32)${results}\n var l2: f32, l3: f32\n ${body}`)
  const demands = findDemands(func)
  const names = ['l0', 'l1', 'l2', 'l3']
  return names.filter((_, i) => demands.nanObserved(regs(...names)[i]!)).join(' ')
}

test.each([
  ['nothing is looked at', 'l2 = l0', ''],
  ['arithmetic', 'f32.store(0+0, f32.add(l0, l1))', ''],
  ['comparison', 'if (f32.lt(l0, l1)) { f2() }', ''],
  ['a store', 'f32.store(0+0, l0)', 'l0'],
  ['a global', 'g0.0 = l1', 'l1'],
  ['a call', 'f1(l0, f32.neg(l1))', 'l0 l1'],
  ['an indirect call', 'table0[0: type0](l0)', 'l0'],
  ['reinterpretation', 'reinterpret_f32(l1)', ''],
  ['reinterpretation that is used', 'i32.store(0+0, reinterpret_f32(l1))', 'l1'],
  ['through moves', 'l2 = l0; l3 = l2; f32.store(0+0, l3)', 'l0 l2 l3'],
  ['through signs and selects', 'l2 = (i32.load(0+0) ? f32.abs(l0) : f32.neg(l1)); f32.store(0+0, l2)', 'l0 l1 l2'],
  ['not through arithmetic', 'l2 = f32.mul(l0, l1); f32.store(0+0, l2)', 'l2'],
  ['both operands of copysign', 'f32.store(0+0, f32.copysign(l0, l1))', 'l0 l1'],
  ['around a loop', 'loop 1 { l3 = l2; l2 = l0; f32.store(0+0, l3); if (f32.eq(l1, l1)) { br 1 } }', 'l0 l2 l3'],
])('%s', (_, body, names) => {
  expect(observed(body)).toBe(names)
})

test('a result', () => {
  expect(observed('return l1', ' -> f32')).toBe('l1')
  expect(observed('if (i32.load(0+0)) { return l0 }\n return 0f', ' -> f32')).toBe('l0')
})
