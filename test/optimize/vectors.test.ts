// What v128 values become: words, or floats where most that sets and reads them computes with floats.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { legalizeVectors } from '../../src/5-optimize/legalize/vectors/vectors.ts'
import { testPass } from '../ir/passes.ts'

testPass('vectors', {
  'bytes that share a word': [
    `
      f0(l0: v128, l1: v128) -> v128
        return i8x16.add(l0, l1)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/0: i32, l5/0: i32, l6/1: i32, l7/1: i32, l8/1: i32, l9/1: i32) -> i32, i32, i32, i32
        return xor(add(and(l2, 2139062143), and(l6, 2139062143)), and(xor(l2, l6), -2139062144)), xor(add(and(l3, 2139062143), and(l7, 2139062143)), and(xor(l3, l7), -2139062144)), xor(add(and(l4, 2139062143), and(l8, 2139062143)), and(xor(l4, l8), -2139062144)), xor(add(and(l5, 2139062143), and(l9, 2139062143)), and(xor(l5, l9), -2139062144))`,
  ],
  'a sum of floats is floats, and what it is made of is loaded so': [
    `
      f0(l0: i32) -> v128
        var l1: v128
        loop 1 {
          l1 = f32x4.add(l1, v128.load(l0+0))
          if (l0) {
            br 1
          }
        }
        return l1`,
    `
      f0(l0: i32) -> i32, i32, i32, i32
        var l2/1: f32, l3/1: f32, l4/1: f32, l5/1: f32
        loop 1 {
          l2 = f32.add(l2, f32.load(l0+0))
          l3 = f32.add(l3, f32.load(l0+4))
          l4 = f32.add(l4, f32.load(l0+8))
          l5 = f32.add(l5, f32.load(l0+12))
          if (l0) {
            br 1
          }
        }
        return reinterpret_f32(l2), reinterpret_f32(l3), reinterpret_f32(l4), reinterpret_f32(l5)`,
  ],
  'a parameter comes in words': [
    `
      f0(l0: v128) -> f64
        l0 = f64x2.add(l0, l0)
        return f64x2.extract_lane(f64x2.mul(l0, l0), 1)`,
    `
      f0(t4: i32, t5: i32, t6: i32, t7: i32) -> f64
        reg l2/0: f64, l3/0: f64, l8/0: f64, l9/0: f64
        l2 = f64.reinterpret_pair(t4, t5)
        l3 = f64.reinterpret_pair(t6, t7)
        l8 = f64.add(l2, l2)
        l9 = f64.add(l3, l3)
        l2 = l8
        l3 = l9
        return f64.mul(l9, l9)`,
  ],
  'a copy is loaded before it is stored, and the highest word is stored first': [
    `
      f0(l0: i32)
        v128.store(l0+32, v128.load(l0+0))
        return`,
    `
      f0(l0: i32)
        t1 = i32.load(l0+0)
        t2 = i32.load(l0+4)
        t3 = i32.load(l0+8)
        i32.store(l0+44, i32.load(l0+12))
        i32.store(l0+40, t3)
        i32.store(l0+36, t2)
        i32.store(l0+32, t1)
        return`,
  ],
  'a shuffle of whole words moves them, whatever they are': [
    `
      f0(l0: v128) -> v128
        l0 = f32x4.sqrt(l0)
        l0 = i8x16.shuffle(l0, l0, 117835012, 50462976, 252579084, 185207048)
        return f32x4.sqrt(l0)`,
    `
      f0(t7: i32, t8: i32, t9: i32, t10: i32) -> i32, i32, i32, i32
        reg l3/0: f32, l4/0: f32, l5/0: f32, l6/0: f32, l11/0: f32, l12/0: f32, l13/0: f32, l14/0: f32, l15/0: f32, l16/0: f32, l17/0: f32, l18/0: f32
        l3 = f32.reinterpret_i32(t7)
        l4 = f32.reinterpret_i32(t8)
        l5 = f32.reinterpret_i32(t9)
        l6 = f32.reinterpret_i32(t10)
        l11 = f32.sqrt(l3)
        l12 = f32.sqrt(l4)
        l13 = f32.sqrt(l5)
        l14 = f32.sqrt(l6)
        l15 = l12
        l16 = l11
        l17 = l14
        l18 = l13
        l3 = l15
        l4 = l16
        l5 = l17
        l6 = l18
        return reinterpret_f32(f32.sqrt(l15)), reinterpret_f32(f32.sqrt(l16)), reinterpret_f32(f32.sqrt(l17)), reinterpret_f32(f32.sqrt(l18))`,
  ],
  'any other shuffle is shifts and masks': [
    `
      f0(l0: v128, l1: v128) -> i32
        return i32x4.extract_lane(i8x16.shuffle(l0, l1, 268632577, 0, 0, 0), 0)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/0: i32, l5/0: i32, l6/1: i32, l7/1: i32, l8/1: i32, l9/1: i32) -> i32
        return or(shr_u(l2, 8), shl(l6, 24))`,
  ],
  'i64 lanes are i64 values': [
    `
      f0(l0: v128) -> i64
        return i64x2.extract_lane(i64x2.neg(l0), 1)`,
    `
      f0(l1/0: i32, l2/0: i32, l3/0: i32, l4/0: i32) -> i64
        reg t5: i64, t6: i64
        t5 = i64.sub(0n, i64.join(l1, l2))
        t6 = i64.sub(0n, i64.join(l3, l4))
        return i64.join(i64.low(t6), i64.high(t6))`,
  ],
  'a call with a vector and a result': [
    `
      f0(l0: v128) -> v128
        return f1:v128(l0)`,
    `
      f0(l1/0: i32, l2/0: i32, l3/0: i32, l4/0: i32) -> i32, i32, i32, i32
        t5, t6, t7, t8 = f1(l1, l2, l3, l4)
        return t5, t6, t7, t8`,
  ],
  'a choice between floats by a comparison': [
    `
      f0(l0: i32) -> f32
        var l1: v128
        l1 = v128.bitselect(f32x4.sqrt(l1), f32x4.neg(l1), f32x4.lt(l1, l1))
        return f32x4.extract_lane(l1, 2)`,
    `
      f0(l0: i32) -> f32
        var l2/1: f32, l3/1: f32, l4/1: f32, l5/1: f32
        l2 = (f32.lt(l2, l2) ? f32.sqrt(l2) : f32.neg(l2))
        l3 = (f32.lt(l3, l3) ? f32.sqrt(l3) : f32.neg(l3))
        l4 = (f32.lt(l4, l4) ? f32.sqrt(l4) : f32.neg(l4))
        l5 = (f32.lt(l5, l5) ? f32.sqrt(l5) : f32.neg(l5))
        return l4`,
  ],
  'bytes that have no highest bits are added at once': [
    `
      f0(l0: v128) -> v128
        l0 = v128.and(l0, v128.join(252645135, 252645135, 252645135, 252645135))
        return i8x16.add(l0, l0)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/0: i32, l5/0: i32) -> i32, i32, i32, i32
        reg l6/0: i32, l7/0: i32, l8/0: i32, l9/0: i32
        l6 = and(l2, 252645135)
        l7 = and(l3, 252645135)
        l8 = and(l4, 252645135)
        l9 = and(l5, 252645135)
        l2 = l6
        l3 = l7
        l4 = l8
        l5 = l9
        return add(l6, l6), add(l7, l7), add(l8, l8), add(l9, l9)`,
  ],
  'what fits is narrowed without limits': [
    `
      f0(l0: v128) -> i32
        l0 = i16x8.shr_u(l0, 8)
        return i32x4.extract_lane(i8x16.narrow_i16x8_u(l0, l0), 0)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/0: i32, l5/0: i32) -> i32
        reg l6/0: i32, l7/0: i32, l8/0: i32, l9/0: i32
        l6 = and(shr_u(l2, 8), 16711935)
        l7 = and(shr_u(l3, 8), 16711935)
        l8 = and(shr_u(l4, 8), 16711935)
        l9 = and(shr_u(l5, 8), 16711935)
        l2 = l6
        l3 = l7
        l4 = l8
        l5 = l9
        return or(and(or(l6, shr_u(l6, 8)), 65535), shl(and(or(l7, shr_u(l7, 8)), 65535), 16))`,
  ],
  'products of bytes with equal ones are products of words': [
    `
      f0(l0: v128, l1: v128) -> i32
        l1 = i8x16.shuffle(l1, l0, 50529027, 117901063, 185273099, 252645135)
        return i32x4.extract_lane(i16x8.extmul_low_i8x16_u(l0, l1), 0)`,
    `
      f0(l3/0: i32, l4/0: i32, l5/0: i32, l6/0: i32, l7/1: i32, l8/1: i32, l9/1: i32, l10/1: i32) -> i32
        reg l11/1: i32, l12/1: i32, l13/1: i32, l14/1: i32
        l11 = or(or(or(shr_u(l7, 24), and(shr_u(l7, 16), 65280)), and(shr_u(l7, 8), 16711680)), and(l7, -16777216))
        l12 = or(or(or(shr_u(l8, 24), and(shr_u(l8, 16), 65280)), and(shr_u(l8, 8), 16711680)), and(l8, -16777216))
        l13 = or(or(or(shr_u(l9, 24), and(shr_u(l9, 16), 65280)), and(shr_u(l9, 8), 16711680)), and(l9, -16777216))
        l14 = or(or(or(shr_u(l10, 24), and(shr_u(l10, 16), 65280)), and(shr_u(l10, 8), 16711680)), and(l10, -16777216))
        l7 = l11
        l8 = l12
        l9 = l13
        l10 = l14
        return mul(or(and(l3, 255), shl(and(l3, 65280), 8)), and(l11, 255))`,
  ],
  'a local that is used for several vectors becomes several, and constants are where they are read': [
    `
      f0(l0: v128) -> i32
        l0 = i32x4.add(l0, l0)
        l0 = i32x4.sub(l0, v128.join(1, 2, 3, 4))
        l0 = v128.join(5, 5, 5, 5)
        return i32x4.extract_lane(l0, 3)`,
    `
      f0(l3/0: i32, l4/0: i32, l5/0: i32, l6/0: i32) -> i32
        reg l7/0: i32, l8/0: i32, l9/0: i32, l10/0: i32, l11/0: i32, l12/0: i32, l13/0: i32, l14/0: i32
        l7 = add(l3, l3)
        l8 = add(l4, l4)
        l9 = add(l5, l5)
        l10 = add(l6, l6)
        l11 = sub(l7, 1)
        l12 = sub(l8, 2)
        l13 = sub(l9, 3)
        l14 = sub(l10, 4)
        l3 = 5
        l4 = 5
        l5 = 5
        l6 = 5
        return 5`,
  ],
  'a mask of lanes of which only zero or not counts': [
    `
      f0(l0: v128) -> i32
        if (i8x16.bitmask(l0)) {
          return 1
        }
        return eqz(i64x2.bitmask(l0))`,
    `
      f0(l1/0: i32, l2/0: i32, l3/0: i32, l4/0: i32) -> i32
        if (ne(and(or(or(or(l1, l2), l3), l4), -2139062144), 0)) {
          return 1
        }
        return eq(or(and(l2, -2147483648), and(l4, -2147483648)), 0)`,
  ],
  'a swizzle of what is known': [
    `
      f0(l0: v128) -> i32
        return i32x4.extract_lane(i8x16.swizzle(v128.join(1, 2, 3, 4), l0), 2)`,
    `
      f0(l1/0: i32, l2/0: i32, l3/0: i32, l4/0: i32) -> i32
        return swizzle(1, 2, 3, 4, l3)`,
  ],
  'a swizzle of what is known, by numbers below 16': [
    `
      f0(l0: v128) -> i32
        return i32x4.extract_lane(i8x16.swizzle(v128.join(1, 2, 3, 4), i8x16.shr_u(l0, 4)), 2)`,
    `
      f0(l1/0: i32, l2/0: i32, l3/0: i32, l4/0: i32) -> i32
        return swizzle_low(1, 2, 3, 4, and(shr_u(l3, 4), 252645135))`,
  ],
  'no vectors': [
    `
      f0(l0: i32) -> i32
        return add(l0, 1)`,
  ],
})

describe('a saturated difference from a constant is small', () => {
  const ofSixBits = 'v128.and(l0, v128.join(1061109567, 1061109567, 1061109567, 1061109567))'
  test.each([
    ['in all bytes', 0x34343333, 'swizzle_low'],
    ['but in one', 0x2f333333, 'swizzle'],
  ])('%s', (_, last, op) => {
    const by = `i8x16.sub_sat_u(${ofSixBits}, v128.join(858993459, 858993459, 858993459, ${last}))`
    const func = parse(`
      f0(l0: v128) -> i32
        return i32x4.extract_lane(i8x16.swizzle(v128.join(1, 2, 3, 4), ${by}), 2)`)
    expect(funcText(legalizeVectors(func, true))).toContain(`${op}(1, 2, 3, 4, `)
  })
})
