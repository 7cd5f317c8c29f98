// What is needed of registers: what is needed of those that are set from them, down to the bit.

import { expect, test } from 'vitest'
import type { Reg } from '../../../src/3-ir/ir.ts'
import { type Demands, findDemands } from '../../../src/5-optimize/facts/demands.ts'
import { read } from '../../ir/read.ts'

/** What is found for registers of a function. */
function found<T>(names: string, text: string, what: (demands: Demands, reg: Reg) => T): T[] {
  const { func, regs } = read(text)
  const demands = findDemands(func)
  return regs(...names.split(' ')).map((reg) => what(demands, reg))
}

const isDead = (demands: Demands, reg: Reg): boolean => demands.isDead(reg)
const isObserved = (demands: Demands, reg: Reg): boolean => demands.nanObserved(reg)

test('a counter that nobody reads is dead', () => {
  const text = `f0() -> i32
    var l0: i32, l1: i32
    loop 1 {
      l0 = add(l0, 1)
      l1 = add(l1, 1)
      if (i32.load(0+0)) { br 1 }
    }
    return l1`
  expect(found('l0 l1', text, isDead)).toEqual([true, false])
})

test('what effects are made of is needed, whoever needs the value', () => {
  const text = `f0(l0: i32, l1: i32, l2: i32)
    t3 = add(div_s(l0, l1), l2)
    f1(l2)`
  expect(found('l0 l1 l2 t3', text, (demands, reg) => demands.of(reg).lo)).toEqual([-1, -1, -1, 0])
})

test('beside an effect, what has none is not needed', () => {
  expect(found('l0 l1', 'f0(l0: i32, l1: i32)\n t2 = add(f1(l0), l1)', isDead)).toEqual([false, true])
})

test('all operands of a call are needed if one of its results is', () => {
  const text = `f0(l0: f64, l1: f64, l4: i32) -> i32
    if (l4) {
      t2, t3 = pair.reinterpret_f64(l0)
      return t3
    }
    t2:0 = pair.reinterpret_f64(l1)
    return 0`
  expect(found('l0 l1', text, isDead)).toEqual([false, true])
  expect(found('l0', text, isObserved)).toEqual([true])
})

test('of what is needed whole, nothing is too much', () => {
  const { func } = read('f0(l0: i32, l1: i32) -> i32\n t2 = add(l0, mul(sub(l1, 3), 8))\n return t2')
  const demands = findDemands(func)
  expect(func.body.filter((stmt) => demands.needsPartOf(stmt))).toEqual([])
})

/** The bits that are needed of parameters X and Y, i32 or i64, if the lowest byte of an expression is stored. */
function needed(type: 'i32' | 'i64', expression: string, store = 'i32'): string[] {
  const text = `f0(l0: ${type}, l1: ${type})\n ${store}.store8(0+0, ${expression})`.replaceAll('X', 'l0')
  return found('l0 l1', text.replaceAll('Y', 'l1'), (demands, reg) => {
    const { lo, hi } = demands.of(reg)
    return ((BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)).toString(16)
  })
}

test.each([
  ['a sum', 'add(X, Y)', ['ff', 'ff']],
  ['a mask', 'and(xor(X, Y), 271)', ['f', 'f']],
  ['ones', 'or(X, 240)', ['f', '0']],
  ['a shift', 'shr_u(X, Y)', ['ffffffff', '1f']],
  ['shifts by constants', 'or(shl(X, 4), shr_s(Y, 28))', ['f', 'f0000000']],
  ['copies of the sign', 'shr_s(and(X, -1), 31)', ['80000000', '0']],
  ['an extension', 'shr_u(add(extend8_s(X), extend16_s(Y)), 4)', ['ff', 'fff']],
  ['rotated', 'rotl(X, 4)', ['f000000f', '0']],
  ['a choice', '(X ? Y : 0)', ['ffffffff', 'ff']],
  ['a comparison', 'add(lt_s(X, 0), lt_s(Y, 1))', ['80000000', 'ffffffff']],
])('of words: %s', (_, expression, bits) => {
  expect(needed('i32', expression)).toEqual(bits)
})

test.each([
  ['a sum', 'i64.sub(X, Y)', ['ff', 'ff'], 'i64'],
  ['the high word', 'wrap_i64(i64.shr_u(X, 32n))', ['ff00000000', '0']],
  ['a carry', 'wrap_i64(i64.shr_u(i64.add(X, Y), 32n))', ['ffffffffff', 'ffffffffff']],
  ['a sign', 'add(i64.lt_s(X, 0n), i64.eq(Y, 0n))', ['8000000000000000', 'ffffffffffffffff']],
  ['an extension', 'i64.shr_s(i64.extend32_s(X), 60n)', ['80000000', '0'], 'i64'],
  ['rotated', 'i64.rotr(X, 60n)', ['f00000000000000f', '0'], 'i64'],
])('of long integers: %s', (_, expression, bits, store = 'i32') => {
  expect(needed('i64', expression, store)).toEqual(bits)
})

test('who stores a float looks at the bits of a NaN, who adds it does not', () => {
  const text = `f0(l0: f32, l1: f32, l2: f32)
    reg t3: f32
    t3 = f32.add(l0, f32.neg(l1))
    f32.store(0+0, t3)
    f32.store(0+0, f32.neg(l2))`
  expect(found('l0 l1 l2 t3', text, isObserved)).toEqual([false, false, true, true])
  expect(found('l0', text, isDead)).toEqual([false])
})

test('a loop that moves a bit downwards needs all above it', () => {
  const text = `f0()
    var l0: i32
    loop 1 {
      l0 = shr_u(l0, 1)
      if (i32.load(0+0)) { br 1 }
    }
    i32.store8(0+0, l0)`
  expect(found('l0', text, (demands, reg) => demands.of(reg).lo)).toEqual([-1])
})
