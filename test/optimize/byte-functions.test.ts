// What is computed of the bytes of one vector, with a look-up in it, is one look-up.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { legalizeVectors } from '../../src/5-optimize/legalize/vectors/vectors.ts'
import { testPass } from '../ir/passes.ts'

/** The bytes of these vectors are 7, 6, 5, ... 0, and all the same; those of a result are some of a vector whose are below 64. */
const COUNTED = 'v128.join(67438087, 66051, 0, 0)'
const all = (byte: number): string => `v128.join(${Array(4).fill(Math.imul(byte, 0x01010101)).join(', ')})`
const SIXES = `v128.and(l0, ${all(63)})`

const swizzle = (table: string, order: string): string => `i8x16.swizzle(${table}, ${order})`

/** A word of the result of a function that has these statements. */
const lowest = (...statements: string[]): string => {
  const func = parse(`f0(l0: v128, l1: v128, l9: i32) -> i32
    var l2: v128, l3: v128, l4: v128
    ${statements.join('\n    ')}
    return i32x4.extract_lane(l4, 0)`)
  return funcText(legalizeVectors(func, true))
}

const SOURCE = `l2 = ${SIXES}`

testPass('vectors', {
  'a sum of bytes and what is looked up by them': [
    `
      f0(l0: v128) -> i32
        var l1: v128
        l1 = ${SIXES}
        return i32x4.extract_lane(i8x16.add(l1, ${swizzle(COUNTED, `i8x16.sub_sat_u(l1, ${all(60)})`)}), 0)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/0: i32, l5/0: i32) -> i32
        var l6/1: i32, l7/1: i32, l8/1: i32, l9/1: i32
        l6 = and(l2, 1061109567)
        l7 = and(l3, 1061109567)
        l8 = and(l4, 1061109567)
        l9 = and(l5, 1061109567)
        return lookup(168364039, 235736075, 303108111, 370480147, 437852183, 505224219, 572596255, 639968291, 707340327, 774712363, 842084399, 909456435, 976828471, 1044200507, 1111572543, 1128481603, l6)`,
  ],
  'of bytes below 16 it is a swizzle': [
    `
      f0(l0: v128) -> i32
        return i32x4.extract_lane(${swizzle(COUNTED, `i8x16.add(v128.and(l0, ${all(15)}), ${all(1)})`)}, 0)`,
    `
      f0(l1/0: i32, l2/0: i32, l3/0: i32, l4/0: i32) -> i32
        return swizzle_low(50595078, 258, 0, 0, and(l1, 252645135))`,
  ],
})

describe('one look-up', () => {
  test.each<[string, string[]]>([
    ['of what is in registers', [SOURCE, `l3 = ${swizzle(COUNTED, 'l2')}`, 'l4 = v128.xor(l2, l3)']],
    ['of what is looked up by what is looked up', [SOURCE, `l4 = ${swizzle(all(9), swizzle(COUNTED, 'l2'))}`]],
    ['of a vector that no register holds', [`l4 = ${swizzle(COUNTED, `i8x16.shr_u(${SIXES}, 2)`)}`]],
    [
      'with a choice',
      [SOURCE, `l3 = i8x16.lt_s(l2, ${all(26)})`, `l4 = ${swizzle(COUNTED, `v128.bitselect(l2, ${all(3)}, l3)`)}`],
    ],
    ['relaxed', [SOURCE, `l4 = i8x16.neg(i8x16.relaxed_swizzle(${COUNTED}, l2))`]],
  ])('%s', (_, statements) => {
    expect(lowest(...statements)).toMatch(/return .*lookup\(.*\)|l\d+ = (?!.*(add|sub|xor|swizzle)).*lookup\(/)
  })
})

describe('no look-up', () => {
  test.each<[string, string[]]>([
    ['of bytes that may be larger', ['l2 = l0', `l4 = i8x16.add(l2, ${swizzle(COUNTED, 'l2')})`]],
    ['of two vectors', [SOURCE, `l3 = v128.and(l1, ${all(63)})`, `l4 = i8x16.add(l3, ${swizzle(COUNTED, 'l2')})`]],
    ['of what a swizzle does by itself', [SOURCE, `l4 = ${swizzle(COUNTED, 'l2')}`]],
    ['of bytes that come from others', [SOURCE, `l4 = i32x4.shl(${swizzle(COUNTED, 'l2')}, 8)`]],
    ['with a different constant for each byte', [SOURCE, `l4 = i8x16.add(${swizzle(COUNTED, 'l2')}, ${COUNTED})`]],
    ['in a vector that is not known', [SOURCE, `l4 = i8x16.add(l2, ${swizzle('l1', 'l2')})`]],
    ['without a swizzle', [SOURCE, `l4 = i8x16.add(l2, i8x16.add(l2, ${all(1)}))`]],
  ])('%s', (_, statements) => {
    expect(lowest(...statements)).not.toContain('lookup(')
  })

  test('of a vector that may be another one by then', () => {
    const statements = [
      SOURCE,
      `l3 = i8x16.sub_sat_u(l2, ${all(51)})`,
      'if (l9) {',
      `l2 = v128.and(l1, ${all(63)})`,
      '}',
    ]
    expect(lowest(...statements, `l4 = i8x16.add(l2, ${swizzle(COUNTED, 'l3')})`)).not.toContain('lookup(')
  })

  test('of what was held where control comes from elsewhere', () => {
    const loop = ['loop 1 {', `l4 = i8x16.add(l2, ${swizzle(COUNTED, 'l3')})`, `l3 = i8x16.sub_sat_u(l2, ${all(51)})`]
    const text = lowest(SOURCE, 'l3 = l2', ...loop, 'l9 = sub(l9, 1)', 'if (l9) {', 'br 1', '}', '}')
    expect(text).not.toContain('lookup(')
  })

  test('where nothing is optimised', () => {
    const func = parse(`f0(l0: v128) -> i32
      return i32x4.extract_lane(i8x16.neg(${swizzle(COUNTED, SIXES)}), 0)`)
    expect(funcText(legalizeVectors(func, true))).toContain('lookup(')
    expect(funcText(legalizeVectors(func, false))).not.toContain('lookup(')
  })
})
