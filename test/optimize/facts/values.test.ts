// What is known of registers: from all that they are set to, around loops too.

import { expect, test } from 'vitest'
import { anyOperation, i32, regRead } from '../../../src/3-ir/expressions.ts'
import { findValues } from '../../../src/5-optimize/facts/values.ts'
import { read } from '../../ir/read.ts'

/** What is known of registers of a function. */
function known(names: string, text: string) {
  const { func, regs } = read(text)
  const values = findValues(func)
  return regs(...names.split(' ')).map((reg) => values.ofReg(reg))
}

const REPEATS = 'if (i32.load(0+0)) { br 1 }'

test('a register that is set to one constant is that constant', () => {
  const [product] = known('t1', 'f0()\n t0 = -7\n t1 = mul(t0, 6)\n i32.store(0+0, t1)')
  expect(product).toMatchObject({ isConstant: true, onesLo: -42 })
})

test('a local is zero where it is not set', () => {
  const [x, y] = known('l0 l1', 'f0()\n var l0: i32, l1: i64\n if (i32.load(0+0)) { l0 = 4 }')
  expect(x).toMatchObject({ isConstant: false, zerosLo: ~4 })
  expect(y).toMatchObject({ isConstant: true, isZero: true })
})

test('what is only set from itself stays what it starts with', () => {
  const [x] = known('l0', `f0()\n var l0: i32, l1: i32\n loop 1 { l0 = l1; l1 = shl(l0, 1); ${REPEATS} }`)
  expect(x!.isZero).toBe(true)
})

test('a pointer that moves by whole elements stays aligned', () => {
  const [p] = known('t0', `f0()\n t0 = 1024\n loop 1 { t0 = add(t0, 24); ${REPEATS} }`)
  expect(p).toMatchObject({ trailingZeros: 3, isNotNegative: false })
})

test('a counter that is masked stays below the mask', () => {
  const [i] = known('l0', `f0()\n var l0: i32\n loop 1 { l0 = and(add(l0, 1), 255); ${REPEATS} }`)
  expect(i!.mayBeSetLo).toBe(255)
})

test('an i64 that is extended wherever it is set keeps the sign of its low word', () => {
  const [s, u] = known(
    'l1 l2',
    `f0(l0: i32)
      var l1: i64, l2: i64
      loop 1 {
        l1 = i64.extend_i32_s(wrap_i64(i64.add(l1, 3n)))
        l2 = i64.shr_u(i64.mul(i64.extend_i32_u(l0), l2), 32n)
        ${REPEATS}
      }
      l1 = i64.extend_i32_s(l0)`,
  )
  expect(s).toMatchObject({ highIsSign: true, highIsZero: false })
  expect(u!.highIsZero).toBe(true)
})

test('nothing is known of parameters and results of calls', () => {
  const all = known('l0 t1 t2', 'f0(l0: i32)\n reg t2: i64\n t1, t2 = f1()\n t1 = 0\n t2 = 0n')
  for (const each of all) expect(each).toMatchObject({ zerosLo: 0, zerosHi: 0, signs: 1 })
})

test('what is known of an expression follows from its registers', () => {
  const { func, regs } = read('f0()\n t0 = and(i32.load(0+0), 7)')
  const isBelow = anyOperation('i32.lt_u', [regRead(regs('t0')[0]!), i32(8)])
  expect(findValues(func).of(isBelow)).toMatchObject({ isConstant: true, onesLo: 1 })
})

test('where two ways meet, what is true of both', () => {
  const [x] = known('t1', 'f0(l0: i32)\n if (l0) { t1 = 12 } else { t1 = 8 }\n i32.store(t1+0, 0)')
  expect(x).toMatchObject({ isConstant: false, onesLo: 8, zerosLo: ~12, trailingZeros: 2 })
})

/** Which registers may hold a NaN with bits of its own. */
function carriers(names: string, text: string): boolean[] {
  const { func, regs } = read(text)
  const values = findValues(func)
  return regs(...names.split(' ')).map((reg) => values.mayBeOwnNan(regRead(reg)))
}

test('a NaN with bits of its own comes from outside or from its bits, and is handed on', () => {
  const text = `f0(l0: f32)
    var l1: f32
    reg t2: f32, t3: f32
    t2 = f32.add(l0, l0)
    loop 1 { l1 = t2; t3 = l1; ${REPEATS} }
    t3 = f32.reinterpret_i32(0)`
  expect(carriers('l0 t2 l1 t3', text)).toEqual([true, false, false, true])
})
