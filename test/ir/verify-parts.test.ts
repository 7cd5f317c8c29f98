// Functions in parts: where a dispatch goes on by a number that a part gives back or is handed, and what is set there.

import { describe, expect, test } from 'vitest'
import { parseFuncs } from '../../src/3-ir/parse.ts'
import { verifyAll } from '../../src/3-ir/verify.ts'

const check = (text: string): void => verifyAll(parseFuncs(text))

/** A dispatch that goes on by its state, which this leaves behind. Its last arm reads what is not set on the way. */
const goesOn = (leaves: string, parts = ''): string => `
  f0(l0: i32) -> i32 [words]
    dispatch t1 again 9 {
      1:
        ${leaves}
        br 9
      2:
        return 0
      3:
        return t8
    }
  ${parts}`

const UNSET = /t8 is read, but not set on every way here/

describe('a dispatch goes on where its state says', () => {
  test('by a constant', () => {
    expect(() => check(goesOn('t1 = 1'))).not.toThrow()
    expect(() => check(goesOn('t1 = 2'))).toThrow(UNSET)
  })

  test('by one of two', () => {
    expect(() => check(goesOn('if (l0) { t1 = 1 } else { t1 = 1 }'))).not.toThrow()
    expect(() => check(goesOn('if (l0) { t1 = 1 } else { t1 = 2 }'))).toThrow(UNSET)
  })

  test('by what is not known, anywhere', () => {
    expect(() => check(goesOn('t1 = l0'))).toThrow(UNSET)
  })

  test('by what is set further down in a loop', () => {
    const loop = (state: number): string => `t1 = 1
        loop 5 {
          if (l0) { br 9 }
          t1 = ${state}
          if (l0) { br 5 }
          t1 = 1
        }`
    expect(() => check(goesOn(loop(1)))).not.toThrow()
    expect(() => check(goesOn(loop(2)))).toThrow(UNSET)
  })

  test('by what is set in a dispatch inside', () => {
    const inner = (state: number): string => `t1 = 1
        dispatch t2 again 8 {
          4:
            t1 = ${state}
        }`
    expect(() => check(goesOn(inner(1)))).not.toThrow()
    expect(() => check(goesOn(inner(2)))).toThrow(UNSET)
  })

  test('by what a part gives back', () => {
    const part = (first: number, second: string): string => `
  f0_1(l0: i32) -> i32 [words]
    if (l0) { return ${first} }
    ${second}`
    expect(() => check(goesOn('t1 = f0_1(l0)', part(1, 'return 1')))).not.toThrow()
    expect(() => check(goesOn('t1 = f0_1(l0)', part(1, 'return 2')))).toThrow(UNSET)
    expect(() => check(goesOn('t1 = f0_1(l0)', part(1, 't3 = 1\n    return t3')))).not.toThrow()
    expect(() => check(goesOn('t1 = f0_1(l0)', part(1, 't3 = 2\n    return t3')))).toThrow(UNSET)
    const state = (number: number): string => `dispatch t3 first ${number} { 7: if (l0) { br 7 } }\n    return t3`
    expect(() => check(goesOn('t1 = f0_1(l0)', part(1, state(1))))).toThrow(UNSET)
  })

  test('by what a part gives back that another one gave it', () => {
    const parts = (number: number): string => `
  f0_1(l0: i32) -> i32 [words]
    t3 = f0_2(l0)
    return t3
  f0_2(l0: i32) -> i32 [words]
    return ${number}`
    expect(() => check(goesOn('t1 = f0_1(l0)', parts(1)))).not.toThrow()
    expect(() => check(goesOn('t1 = f0_1(l0)', parts(2)))).toThrow(UNSET)
  })
})

describe('a part goes on where it is told', () => {
  const handed = (state: string): string => `
  f0(l0: i32) -> i32 [words]
    ${state}
    t4 = f0_1(l0, t1)
    return t4
  f0_1(l0: i32, t1: i32) -> i32 [words]
    dispatch t1 resumes {
      1:
        return 0
      2:
        t5 = 1
      3:
        return t5
    }`
  test('by a constant, by one of two, anywhere', () => {
    expect(() => check(handed('t1 = 1'))).not.toThrow()
    expect(() => check(handed('if (l0) { t1 = 0 } else { t1 = 1 }'))).not.toThrow()
    expect(() => check(handed('t1 = 2'))).toThrow(/t5 is read/)
    expect(() => check(handed('if (l0) { t1 = 0 } else { t1 = 2 }'))).toThrow(/t5 is read/)
    expect(() => check(handed('t1 = l0'))).toThrow(/t5 is read/)
  })

  test('by the state of the dispatch around the call, or behind it', () => {
    const around = (call: string, behind: string): string =>
      handed('t1 = 0').replace(
        't1 = 0',
        `dispatch t1 { 6: if (l0) { br 7 } ${call} | 7: l0 = 1 | 8: if (l0) { br 8 } }${behind}`,
      )
    const call = 't4 = f0_1(l0, t1)'
    const inside = around(`; ${call}; return t4`, '')
      .replace(`\n    ${call}`, '')
      .replace('return t4\n  f0_1', 'return 0\n  f0_1')
    expect(() => check(inside)).not.toThrow()
    expect(() => check(around('', ''))).toThrow(/t5 is read/)
    const sets = inside.replace('; t4 =', '; t1 = 2; t4 =').replace('dispatch t1', 'dispatch t1 again 9')
    expect(() => check(sets)).toThrow(/t5 is read/)
  })
})

test('behind a part that may be told to go where it traps, a register may be set on the other way only', () => {
  const told = (behind: string): string => `
    f0(l1: i32) [words]
      block 10 {
        dispatch t7 again 9 {
          4:
            if (l1) { br 6 }
          3:
            t4 = 1
            br 5
          6,5:
            ${behind}
            br 8
          8:
            f1(t4)
            br 10
        }
      }
      return
    f0_1(t7: i32) [words]
      block 11 {
        dispatch t7 first 2 resumes {
          6:
            trap unreachable
          5:
        }
      }
      return`
  expect(() => check(told('f0_1(t7)'))).not.toThrow()
  expect(() => check(told('f2(t7)').replace(/f0_1.*/s, ''))).toThrow(/t4 is read, but not set on every way here/)
})

test('control does not fall to where the state is read, but what it never comes to may stand there', () => {
  const falls = (first: string): string => `
    f0(l1: i32) -> i32 [words]
      dispatch t7 {
        4:
          ${first}
        8:
        6,5:
          t3 = f0_1(t7)
      }
      return t3
    f0_1(t7: i32) -> i32 [words]
      var t3: i32
      dispatch t7 first 2 resumes {
        6:
          t3 = 1
        5:
      }
      return t3`
  expect(() => check(falls('if (l1) { br 6 }; br 5'))).not.toThrow()
  expect(() => check(falls('if (l1) { br 8 }; br 6'))).toThrow(/control falls to where the state is read/)
  expect(() => check(falls('if (l1) { br 6 }'))).toThrow(/control falls to where the state is read/)
})
