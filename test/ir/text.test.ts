// The text of the IR says all there is, and is read again as what it was.

import { describe, expect, test } from 'vitest'
import { equal } from '../../src/3-ir/equal.ts'
import { parse, parseFuncs, parseStmts } from '../../src/3-ir/parse.ts'
import { funcText, stmtsText } from '../../src/3-ir/text.ts'
import { MAIN, part } from '../../src/3-ir/versions.ts'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { generate } from '../fuzz/generate.ts'
import { type How, lookAtFunctions } from './functions.ts'
import { checkRoundTrip } from './round-trip.ts'

/** One function with everything that there is. */
const ALL = `f7_2(l0: i32, t9: f64) -> i32, i64 [bigint, or f7.bigint, or f7.tail, no tails, 40 registers, 12 labels]
  var l1: i64, l2/1: i32, l3/2: ref
  reg l5/3: i32, t12: i64, t13: f64, t14: i64cell, t15: f32, t17: ref
  t10 = add(sub(l0, -5), div_u{pure}(l0, 10))
  t9 = f64.add(1.0, f64.mul(-0.0, nan:0x7ff8000000000001))
  t15 = f32.add(nan:0x7fa00001, 0.5f)
  t12 = i64.add(-1n, i64.extend_i32_u(l5))
  t14 = 9223372036854775807n
  t11 = i32.load(m1 l0+4)
  t11 = i32.load(add(l0, 8)+4294967295 guard 4)
  t9 = f64.load(0+0)
  i64.store8(m2 l0+1, t12)
  g0.0 = g1.1{pure}
  t13 = g2.0:f64
  t10, t11 = f3(l0, t9)
  t10, t11:3 = pair.div_s(1, 0, l0, l0)
  t10:0 = f4()
  t12 = f4.bigint:i64()
  t13 = f4_1:f64(table0:f64[l0: type3](l0), null)
  memory_fill(m0, 0, l0, 1)
  memory_copy(m0, m1, 0, l0, 1)
  table_init(table1, elem2, 0, 0, t10)
  t17 = table_get(table0, memory_grow(m0, 5))
  t10 = (l0 ? eqz(0) : ref.is_null(ref f3))
  f5()
  block 1 {
    loop 2 repeats {
      if 30 (l0) {
        br 2
      } else {
        br 30
      }
      if (eqz(l0)) {} else {
        return 0, 5n
      }
      switch (l0) {
        1,2:
          br 1
        3:
        0,else:
          br 1
      }
    }
  }
  dispatch t20 first 4 resumes again 31 {
    32,9:
      l0 = 5
      br 31
    3:
      br 9
    33:
  }
  loop 4 {}
  trap unreachable
  tail f3(l0)
  return l0, t12
`

test('what is read is what is written', () => {
  expect(funcText(parse(ALL))).toBe(ALL)
  checkRoundTrip(parse(ALL))
})

test('byte offsets are read if they are there', () => {
  const [set, trap] = parseStmts('@3 l0 = 5; @12345 trap unreachable')
  expect([set!.at, trap!.at]).toEqual([3, 12345])
  expect(funcText(parse('f0()\n  @7 trap unreachable'), { at: true })).toBe('f0()\n  @7 trap unreachable\n')
})

test('statements stand on one line too', () => {
  const line = 'switch (l0) { 0: l1 = 1; br 1 | 1: | else: loop 2 { if (l0) { br 2 } else { return } } }; return l1, 2'
  expect(stmtsText(parseStmts(line))).toBe(line)
})

test('several functions, with comments and a margin', () => {
  const funcs = parseFuncs(`
    // "twice"
    f0(l0: i32) -> i32
      f0(l0) // a call
      return l0
    f0_1()
      return`)
  expect(funcs.map(({ version, body }) => [version, body.length])).toEqual([
    [MAIN, 2],
    [part(1), 1],
  ])
})

test.each([
  ['f0()\n  l0 = ', 'line 2: an expression expected, not ""'],
  ['f0()\n  l0 = nonsense(1)', 'line 2: nonsense is no operation'],
  ['f0()\n  block 1 { return', 'line 2: } expected'],
  ['f0()\n  br 1 2', 'line 2: the end of the statement expected, not "2"'],
  ['f0(l0: i32)\n  t0 = 5', 't0 and l0 would be one register'],
  ['f0(l0)\n  return', 'line 1: : expected, not ")"'],
  ['f0() -> i31\n  return', 'line 1: a type expected, not "i31"'],
  ['f0() [fast]\n  return', 'line 1: a flag expected, not "fast"'],
  ['f0()\n  l0 = `', 'no token'],
  ['return', '0 functions, not one'],
])('%j: %s', (text, message) => {
  expect(() => parse(text)).toThrow(message)
})

describe('equal sees', () => {
  const BASE = `f1(l0: i32) -> i32
    var l1: f64
    block 1 { loop 2 repeats { i32.store(l0+4, 5); br 1 } }
    dispatch t3 { 3: br 4 | 4: g0.0 = 1 | 5: }
    if (l0) { t4, t5 = f3(l0) }
    l1 = -0.0
    return l0`
  test.each([
    ['a constant', '-0.0', '0.0'],
    ['an offset', 'l0+4', 'l0+8'],
    ['a memory', '(l0+4', '(m1 l0+4'],
    ['a width', 'i32.store', 'i32.store8'],
    ['a target', 'br 1', 'br 2'],
    ['a label of an arm', '3: br 4 | 4: g', '3: br 4 | 4,6: g'],
    ['where a dispatch starts', 'dispatch t3', 'dispatch t3 first 1'],
    ['how a loop goes on', ' repeats', ''],
    ['a result', 't4, t5', 't4, t5:2'],
    ['a callee', 'f3', 'f4'],
    ['a part', 'f3', 'f3_1'],
    ['another version', 'f3', 'f3.bigint'],
    ['a register', 'return l0', 'return t9'],
    ['another local', 'l0: i32', 'l0/1: i32'],
    ['a type', 'f64', 'f32'],
    ['a flag', '-> i32', '-> i32 [tails]'],
    ['how an i64 is held', '-> i32', '-> i32 [words]'],
    ['a version of it', 'f1(', 'f1.bigint('],
    ['a version instead of it', '-> i32', '-> i32 [or f1.bigint]'],
    ['a count', '-> i32', '-> i32 [9 registers]'],
    ['a count of labels', '-> i32', '-> i32 [9 labels]'],
    ['a statement less', 'g0.0 = 1', ''],
    ['another global', 'g0.0', 'g0.1'],
    ['an arm', '{ t4, t5 = f3(l0) }', '{} else { t4, t5 = f3(l0) }'],
  ])('%s', (_, old, made) => {
    const changed = BASE.replace(old, made)
    expect(changed).not.toBe(BASE)
    expect(equal(parse(BASE), parse(BASE))).toBe(true)
    expect(equal(parse(BASE), parse(changed))).toBe(false)
  })

  test('offsets of statements if it is asked for them', () => {
    const [one, other] = ['f0()\n @1 return', 'f0()\n @2 return'].map(parse)
    expect(equal(one!, other!)).toBe(true)
    expect(equal(one!, other!, { at: true })).toBe(false)
  })
})

test.each<[name: string, how: How]>([
  ['jit', {}],
  ['interpreter', { engine: 'interpreter' }],
  ['on BigInts', { i64: 'bigint' }],
  ['laid flat, in small parts', { limits: { ...LIMITS, bytecode: 250, height: 2, keptHeight: 1 } }],
])('all functions of random modules after all passes: %s', (_, how) => {
  let count = 0
  for (let seed = 1; seed <= 12; seed++) {
    const { bytes } = generate(seed, [20, 60, 150][seed % 3]!)
    lookAtFunctions(bytes, how, (func) => {
      checkRoundTrip(func)
      count++
    })
  }
  expect(count).toBeGreaterThan(200)
})
