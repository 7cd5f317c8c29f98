// What is known of registers: from all that they are set to, around loops too.

import { expect, test } from 'vitest'
import { call } from '../../../src/3-ir/expressions.ts'
import { choice, setResults } from '../../../src/3-ir/statements.ts'
import { findValues } from '../../../src/5-optimize/facts/values.ts'
import { anything, FuncBuilder, long, op, read, repeat, set, word } from './builder.ts'

test('a register that is set to one constant is that constant', () => {
  const f = new FuncBuilder()
  const [x, y] = [f.temp('i32'), f.temp('i32')]
  const values = findValues(f.func([set(x, word(-7)), set(y, op('i32.mul', x, word(6)))]))
  expect(values.ofReg(y)).toMatchObject({ isConstant: true, onesLo: -42 })
})

test('a local is zero where it is not set', () => {
  const f = new FuncBuilder()
  const [x, y] = [f.local('i32'), f.local('i64')]
  const values = findValues(f.func([choice(anything(), undefined, [set(x, word(4))], [], 0)]))
  expect(values.ofReg(x)).toMatchObject({ isConstant: false, zerosLo: ~4 })
  expect(values.ofReg(y)).toMatchObject({ isConstant: true, isZero: true })
})

test('what is only set from itself stays what it starts with', () => {
  const f = new FuncBuilder()
  const [x, y] = [f.local('i32'), f.local('i32')]
  const values = findValues(f.func([repeat(set(x, y), set(y, op('i32.shl', x, word(1))))]))
  expect(values.ofReg(x).isZero).toBe(true)
})

test('a pointer that moves by whole elements stays aligned', () => {
  const f = new FuncBuilder()
  const p = f.temp('i32')
  const values = findValues(f.func([set(p, word(1024)), repeat(set(p, op('i32.add', p, word(24))))]))
  expect(values.ofReg(p)).toMatchObject({ trailingZeros: 3, isNotNegative: false })
})

test('a counter that is masked stays below the mask', () => {
  const f = new FuncBuilder()
  const i = f.local('i32')
  const values = findValues(f.func([repeat(set(i, op('i32.and', op('i32.add', i, word(1)), word(255))))]))
  expect(values.ofReg(i).mayBeSetLo).toBe(255)
})

test('an i64 that is extended wherever it is set keeps the sign of its low word', () => {
  const f = new FuncBuilder()
  const [x, s, u] = [f.param('i32'), f.local('i64'), f.local('i64')]
  const values = findValues(
    f.func([
      repeat(
        set(s, op('i64.extend_i32_s', op('i32.wrap_i64', op('i64.add', s, long(3n))))),
        set(u, op('i64.shr_u', op('i64.mul', op('i64.extend_i32_u', x), u), long(32n))),
      ),
      set(s, op('i64.extend_i32_s', x)),
    ]),
  )
  expect(values.ofReg(s)).toMatchObject({ highIsSign: true, highIsZero: false })
  expect(values.ofReg(u).highIsZero).toBe(true)
})

test('nothing is known of parameters and results of calls', () => {
  const f = new FuncBuilder()
  const [p, x, y] = [f.param('i32'), f.temp('i32'), f.temp('i64')]
  const values = findValues(f.func([setResults([x, y], call(1, [], 'i32'), 0), set(x, word(0)), set(y, long(0n))]))
  for (const reg of [p, x, y]) expect(values.ofReg(reg)).toMatchObject({ zerosLo: 0, zerosHi: 0, signs: 1 })
})

test('what is known of an expression follows from its registers', () => {
  const f = new FuncBuilder()
  const x = f.temp('i32')
  const values = findValues(f.func([set(x, op('i32.and', anything(), word(7)))]))
  expect(values.of(op('i32.lt_u', x, word(8)))).toMatchObject({ isConstant: true, onesLo: 1 })
})

test('a NaN with bits of its own comes from outside or from its bits, and is handed on', () => {
  const f = new FuncBuilder()
  const [p, sum, copy, own] = [f.param('f32'), f.temp('f32'), f.local('f32'), f.temp('f32')]
  const values = findValues(
    f.func([
      set(sum, op('f32.add', p, p)),
      repeat(set(copy, sum), set(own, copy)),
      set(own, op('f32.reinterpret_i32', word(0))),
    ]),
  )
  expect([p, sum, copy, own].map((reg) => values.mayBeOwnNan(read(reg)))).toEqual([true, false, false, true])
})
