// What is no function of the IR is refused, with the rule that it breaks, and so is what a pass has made if things happen in
// another order then. mutations.test.ts has what broken passes make of real functions.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { verify, verifyOrder } from '../../src/3-ir/verify.ts'

const GOOD = `f0(l0: i32, l1: f64) -> i32 [words, 40 registers, 12 labels]
  var l2/1: i32
  reg t13: f64
  t10 = i32.load(l0+4)
  i32.store(l0+8, t10)
  block 1 {
    loop 2 {
      if (l2) {
        br 2
      } else {
        br 1
      }
    }
  }
  t11, t12 = f3(l0, l1)
  t13 = f64.add(l1, 1.0)
  switch (t11) {
    0:
      return t12
    else:
      l2 = add(l2, f64.lt(t13, l1))
  }
  return add(t10, l2)
`

test('a good function passes', () => expect(() => verify(parse(GOOD))).not.toThrow())

describe('a function is refused', () => {
  const CASES: readonly [rule: string, before: string, after: string, says: RegExp][] = [
    ['a set is dropped', '  t10 = i32.load(l0+4)\n', '', /t10 is read, but not set on every way/],
    [
      'a set is in one arm only',
      't13 = f64.add(l1, 1.0)',
      'if (l0) {\n  t13 = f64.add(l1, 1.0)\n} else {}',
      /t13 is read/,
    ],
    ['a read comes before its set', 'i32.store(l0+8, t10)', 'i32.store(l0+8, t11)', /t11 is read/],
    ['a label is defined twice', 'loop 2 {', 'loop 1 {', /label/],
    ['a branch leaves for a label that is not around it', 'return t12', 'br 2', /label|target/],
    ['an operand has another type', 'add(t10, l2)', 'add(t10, l1)', /operand 1 is f64, not i32/],
    ['an operand is missing', 'f64.add(l1, 1.0)', 'f64.add(l1)', /1 operands, not 2/],
    ['a register takes another type', 't13 = f64.add(l1, 1.0)', 't11 = f64.add(l1, 1.0)', /type|is f64/],
    ['a condition is no i32', 'if (l2)', 'if (l1)', /operand 0 is f64, not i32/],
    ['a stored value has another type', 'i32.store(l0+8, t10)', 'i32.store(l0+8, l1)', /operand 1 is f64, not i32/],
    ['a result has another type', 'return t12', 'return l1', /operand 0 is f64, not i32/],
    ['a result is missing', 'return t12', 'return', /operands/],
    ['a call comes after the load around it', 'i32.load(l0+4)', 'i32.load(f4(l0)+4)', /too late or too early/],
    ['a load is in an arm', 'add(t10, l2)', '(l0 ? i32.load(l0+0) : l2)', /too late or too early/],
    ['a register is beyond those made', '40 registers', '13 registers', /register 13 of 13/],
    ['a label is beyond those made', '12 labels', '2 labels', /label 2 of 2/],
    ['an i64 is left behind legalize', 't13 = f64.add(l1, 1.0)', 't13 = f64.convert_i64_s(5n)', /type i64 in stage/],
  ]
  test.each(CASES)('if %s', (_, before, after, says) => {
    expect(GOOD.split(before).length).toBeGreaterThan(1)
    expect(() => verify(parse(GOOD.replace(before, after)))).toThrow(says)
  })
})

describe('what a pass has made is refused if things happen in another order', () => {
  const order = (before: string, after: string) => () => verifyOrder(parse(HEAD + before), [parse(HEAD + after)])
  const HEAD = 'f0(l0: i32, l1: i32) -> i32 [words]\n  '
  const STORED = 't2 = i32.load(l0+4)\n i32.store(l1+8, 5)\n return t2'

  test.each([
    ['a load goes behind a store', STORED, 'i32.store(l1+8, 5)\n return i32.load(l0+4)'],
    ['a load goes before a store', 'i32.store(l1+8, 5)\n return i32.load(l0+4)', STORED],
    ['a load goes behind a call', 't2 = i32.load(l0+4)\n f1()\n return t2', 'f1()\n return i32.load(l0+4)'],
    ['a global is read too late', 't2 = g0.0\n f1()\n return t2', 'f1()\n return g0.0'],
    [
      'a trap comes too late',
      't2 = div_u(l0, l1)\n i32.store(l1+8, 5)\n return t2',
      'i32.store(l1+8, 5)\n return div_u(l0, l1)',
    ],
    [
      'stores change places',
      'i32.store(l0+0, 1)\n i32.store8(l1+0, 2)\n return 0',
      'i32.store8(l1+0, 2)\n i32.store(l0+0, 1)\n return 0',
    ],
    ['calls change places', 'return add(f1(), f2())', 'return add(f2(), f1())'],
    [
      'a load by another instruction goes behind a store',
      STORED,
      'i32.store(l1+8, 5)\n t2 = f32.load(l0+4)\n return reinterpret_f32(t2)',
    ],
    [
      'what a handler reads is set too late',
      'try { l0 = 1; f1() } catch { caught(); l1 = l0 }\n return 0',
      'try { f1(); l0 = 1 } catch { caught(); l1 = l0 }\n return 0',
    ],
    [
      'what an arm reads is set too late that is a handler',
      'dispatch t9 { 1 throws 2: l0 = 1; f1(); br 3 | 2: caught(); l1 = l0 | 3: }\n return 0',
      'dispatch t9 { 1 throws 2: f1(); l0 = 1; br 3 | 2: caught(); l1 = l0 | 3: }\n return 0',
    ],
    [
      'they do so inside of others',
      `loop 1 { ${STORED.replaceAll('\n', ';')} }`,
      'loop 1 { i32.store(l1+8, 5); return i32.load(l0+4) }',
    ],
  ])('%s', (_, before, after) => {
    expect(order(before, after)).toThrow(/comes before .* now/)
    expect(order(before, before)).not.toThrow()
  })

  test.each([
    [
      'loads change places',
      'return sub(i32.load(l0+4), i32.load8_u(l1+0))',
      't2 = i32.load8_u(l1+0)\n return sub(i32.load(l0+4), t2)',
    ],
    ['a load and a global', 't2 = i32.load(l0+4)\n g0.0 = 5\n return t2', 't2 = i32.load(l0+4)\n g0.0 = 5\n return t2'],
    [
      'what is read is read in several places now',
      'loop 1 { t2 = add(g0.0, f1(l0)); if (t2) { br 1 } }\n return t2',
      't3 = g0.0\n loop 1 { t2 = add(t3, f1(l0)); t3 = g0.0; if (t2) { br 1 } }\n return t2',
    ],
    [
      'other instructions read the same',
      'i32.store(l1+8, i32.load(l0+4))\n t2 = i64.load(l0+4)\n return 0',
      't2 = f32.load(l0+4)\n i32.store(l1+8, reinterpret_f32(t2))\n t3 = i32.load(l0+4)\n t4 = i32.load(l0+8)\n return 0',
    ],
    ['something goes', STORED, 'i32.store(l1+8, 5)\n return 0'],
    ['something is new', STORED, `f1()\n ${STORED}`],
  ])('but not if %s', (_, before, after) => {
    expect(order(before, after)).not.toThrow()
  })
})

describe('who asks whether a number is missing', () => {
  const asks = (value: string): string => `f0(l0: ref, l1: i32) [words]
    t2 = ${value}
    if (is_missing(t2)) {
      trap trap_array
    }
    i32.store(l1+0, t2)
    return`

  test('has read it from an array', () => {
    expect(() => verify(parse(asks('array.get[type1 0.0](l0, l1)')))).not.toThrow()
    expect(() => verify(parse(asks('f1(l0, l1)')))).toThrow(/was read elsewhere/)
  })
})
