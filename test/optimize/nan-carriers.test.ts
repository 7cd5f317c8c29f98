// Which float registers may hold a NaN with bits of its own: those that get one from memory, a parameter, a call or a
// reinterpretation, by whatever way.

import { describe, expect, test } from 'vitest'
import { regRead } from '../../src/3-ir/expressions.ts'
import { findValues } from '../../src/5-optimize/facts/values.ts'
import { read } from '../ir/read.ts'

/** Which of a parameter l0 and locals l1 and l2 may hold one; `f` stands for the type. */
function carriers(body: string, type: string): string[] {
  const text = `f0(l0: f) -> f\n var l1: f, l2: f\n ${body}\n return l2`
  const { func, regs } = read(text.replace(/: f\b|-> f\b|\bf(?=\.)/g, (found) => found.replace('f', type)))
  const values = findValues(func)
  const names = ['l0', 'l1', 'l2']
  return names.filter((_, i) => values.mayBeOwnNan(regRead(regs(...names)[i]!)))
}

describe.each(['f32', 'f64'])('%s', (type) => {
  const number = type === 'f32' ? '1.5f' : '1.5'
  const [own, canonical] =
    type === 'f32' ? ['nan:0x7fa00001', 'nan:0x7fc00000'] : ['nan:0x7ff4000000000001', 'nan:0x7ff8000000000000']
  test.each([
    ['parameters only', '', ['l0']],
    ['arithmetic', 'l1 = f.mul(l0, l0)', ['l0']],
    ['a number', `l1 = ${number}`, ['l0']],
    ['a load', 'l1 = f.load(0+0)', ['l0', 'l1']],
    ['a NaN', `l1 = ${own}`, ['l0', 'l1']],
    ['the canonical NaN', `l1 = ${canonical}`, type === 'f64' ? ['l0'] : ['l0', 'l1']],
    ['a call', `l1 = f1:${type}(l0)`, ['l0', 'l1']],
    ['the sign of a result', 'l1 = f.abs(f.sqrt(l0))', ['l0', 'l1']],
    [
      'a choice around a loop',
      `loop 1 { l2 = l1; l1 = (i32.load(0+0) ? l0 : ${number}); if (i32.load(0+0)) { br 1 } }`,
      ['l0', 'l1', 'l2'],
    ],
  ])('%s', (_, body, names) => {
    expect(carriers(body, type)).toEqual(names)
  })
})
