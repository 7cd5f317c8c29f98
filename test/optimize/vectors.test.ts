// What v128 values become: words, or floats where most that sets and reads them computes with floats.

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
      f0(t3: i32, t4: i32, t5: i32, t6: i32) -> f64
        reg l1/0: f64, l2/0: f64
        l1 = f64.reinterpret_pair(t3, t4)
        l2 = f64.reinterpret_pair(t5, t6)
        l1 = f64.add(l1, l1)
        l2 = f64.add(l2, l2)
        return f64.mul(l2, l2)`,
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
      f0(t5: i32, t6: i32, t7: i32, t8: i32) -> i32, i32, i32, i32
        reg l1/0: f32, l2/0: f32, l3/0: f32, l4/0: f32, t9: f32, t10: f32
        l1 = f32.reinterpret_i32(t5)
        l2 = f32.reinterpret_i32(t6)
        l3 = f32.reinterpret_i32(t7)
        l4 = f32.reinterpret_i32(t8)
        l1 = f32.sqrt(l1)
        l2 = f32.sqrt(l2)
        l3 = f32.sqrt(l3)
        l4 = f32.sqrt(l4)
        t9 = l1
        t10 = l3
        l1 = l2
        l2 = t9
        l3 = l4
        l4 = t10
        return reinterpret_f32(f32.sqrt(l1)), reinterpret_f32(f32.sqrt(l2)), reinterpret_f32(f32.sqrt(l3)), reinterpret_f32(f32.sqrt(l4))`,
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
  'no vectors': [
    `
      f0(l0: i32) -> i32
        return add(l0, 1)`,
  ],
})
