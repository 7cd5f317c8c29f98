// What is needed of registers: what is needed of those that are set from them, down to the bit.

import { expect, test } from 'vitest'
import type { Expr } from '../../../src/3-ir/expr.ts'
import { call, plain, select } from '../../../src/3-ir/expressions.ts'
import type { Reg } from '../../../src/3-ir/ir.ts'
import { evaluate, giveBack, setResults } from '../../../src/3-ir/statements.ts'
import { findDemands } from '../../../src/5-optimize/facts/demands.ts'
import { anything, FuncBuilder, long, op, read, repeat, set, use, word } from './builder.ts'

test('a counter that nobody reads is dead', () => {
  const f = new FuncBuilder()
  const [i, j] = [f.local('i32'), f.local('i32')]
  const demands = findDemands(
    f.func([repeat(set(i, op('i32.add', i, word(1))), set(j, op('i32.add', j, word(1)))), giveBack([read(j)], 0)]),
  )
  expect([i, j].map((reg) => demands.isDead(reg))).toEqual([true, false])
})

test('what effects are made of is needed, whoever needs the value', () => {
  const f = new FuncBuilder()
  const [x, y, z, dead] = [f.param('i32'), f.param('i32'), f.param('i32'), f.temp('i32')]
  const quotient = plain('i32.div_s', [read(x), read(y)])
  const demands = findDemands(f.func([set(dead, op('i32.add', quotient, z)), evaluate(call(1, [read(z)], 'i32'), 0)]))
  expect([x, y, z, dead].map((reg) => demands.of(reg).lo)).toEqual([-1, -1, -1, 0])
})

test('beside an effect, what has none is not needed', () => {
  const f = new FuncBuilder()
  const [x, z, dead] = [f.param('i32'), f.param('i32'), f.temp('i32')]
  const demands = findDemands(f.func([set(dead, op('i32.add', call(1, [read(x)], 'i32'), z))]))
  expect([x, z].map((reg) => demands.isDead(reg))).toEqual([false, true])
})

test('all operands of a call are needed if one of its results is', () => {
  const f = new FuncBuilder()
  const [x, y, lo, hi] = [f.param('f64'), f.param('f64'), f.temp('i32'), f.temp('i32')]
  const bits = (e: Expr) => plain('pair.reinterpret_f64', [e])
  const demands = findDemands(
    f.func([
      setResults([lo, hi], bits(read(x)) as never, 0),
      giveBack([read(hi)], 0),
      setResults([lo], bits(read(y)) as never, 0),
    ]),
  )
  expect([x, y].map((reg) => demands.isDead(reg))).toEqual([false, true])
  expect(demands.nanObserved(x)).toBe(true)
})

/** The bits that are needed of i32 or i64 parameters x and y if the lowest byte of an expression is stored. */
function needed(type: 'i32' | 'i64', make: (x: Reg, y: Reg) => Expr): string[] {
  const f = new FuncBuilder()
  const [x, y, t] = [f.param(type), f.param(type), f.temp('i32')]
  const value = make(x, y)
  const body = value.type === 'i64' ? [use('i64.store8', value)] : [set(t, value), use('i32.store8', t)]
  const demands = findDemands(f.func(body))
  return [x, y].map((reg) => {
    const { lo, hi } = demands.of(reg)
    return ((BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)).toString(16)
  })
}

test.each<[string, (x: Reg, y: Reg) => Expr, string[]]>([
  ['a sum', (x, y) => op('i32.add', x, y), ['ff', 'ff']],
  ['a mask', (x, y) => op('i32.and', op('i32.xor', x, y), word(0x10f)), ['f', 'f']],
  ['ones', (x) => op('i32.or', x, word(0xf0)), ['f', '0']],
  ['a shift', (x, y) => op('i32.shr_u', x, y), ['ffffffff', '1f']],
  [
    'shifts by constants',
    (x, y) => op('i32.or', op('i32.shl', x, word(4)), op('i32.shr_s', y, word(28))),
    ['f', 'f0000000'],
  ],
  ['copies of the sign', (x) => op('i32.shr_s', op('i32.and', x, word(-1)), word(31)), ['80000000', '0']],
  [
    'an extension',
    (x, y) => op('i32.shr_u', op('i32.add', op('i32.extend8_s', x), op('i32.extend16_s', y)), word(4)),
    ['ff', 'fff'],
  ],
  ['rotated', (x) => op('i32.rotl', x, word(4)), ['f000000f', '0']],
  ['a choice', (x, y) => select(read(x), read(y), word(0)), ['ffffffff', 'ff']],
  [
    'a comparison',
    (x, y) => op('i32.add', op('i32.lt_s', x, word(0)), op('i32.lt_s', y, word(1))),
    ['80000000', 'ffffffff'],
  ],
])('of words: %s', (_, make, bits) => {
  expect(needed('i32', make)).toEqual(bits)
})

test.each<[string, (x: Reg, y: Reg) => Expr, string[]]>([
  ['a sum', (x, y) => op('i64.sub', x, y), ['ff', 'ff']],
  ['the high word', (x) => op('i32.wrap_i64', op('i64.shr_u', x, long(32n))), ['ff00000000', '0']],
  [
    'a carry',
    (x, y) => op('i32.wrap_i64', op('i64.shr_u', op('i64.add', x, y), long(32n))),
    ['ffffffffff', 'ffffffffff'],
  ],
  [
    'a sign',
    (x, y) => op('i32.add', op('i64.lt_s', x, long(0n)), op('i64.eq', y, long(0n))),
    ['8000000000000000', 'ffffffffffffffff'],
  ],
  ['an extension', (x) => op('i64.shr_s', op('i64.extend32_s', x), long(60n)), ['80000000', '0']],
  ['rotated', (x) => op('i64.rotr', x, long(60n)), ['f00000000000000f', '0']],
])('of long integers: %s', (_, make, bits) => {
  expect(needed('i64', make)).toEqual(bits)
})

test('who stores a float looks at the bits of a NaN, who adds it does not', () => {
  const f = new FuncBuilder()
  const [x, y, z, sum] = [f.param('f32'), f.param('f32'), f.param('f32'), f.temp('f32')]
  const demands = findDemands(
    f.func([set(sum, op('f32.add', x, op('f32.neg', y))), use('f32.store', sum), use('f32.store', op('f32.neg', z))]),
  )
  expect([x, y, z, sum].map((reg) => demands.nanObserved(reg))).toEqual([false, false, true, true])
  expect(demands.isDead(x)).toBe(false)
})

test('a loop that moves a bit downwards needs all above it', () => {
  const f = new FuncBuilder()
  const x = f.local('i32')
  const demands = findDemands(
    f.func([repeat(set(x, op('i32.shr_u', x, word(1)))), use('i32.store8', x), use('i32.store8', anything())]),
  )
  expect(demands.of(x).lo).toBe(-1)
})
