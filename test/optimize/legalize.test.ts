// How i64 values become words or BigInts, and when a function has a version of each.

import { testPass } from '../ir/passes.ts'

testPass('legalize', {
  'a sum as words': [
    `
      f0(l0: i64, l1: i64) -> i64
        return i64.add(l0, l1)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/1: i32, l5/1: i32) -> i32, i32 [words]
        t6 = add(l2, l4)
        return t6, add(add(l3, l5), lt_u(t6, l4))`,
  ],
  'a local of two words': [
    `
      f0(l0: i32) -> i64
        var l1: i64
        if (l0) {
          l1 = i64.extend_i32_s(l0)
        }
        return l1`,
    `
      f0(l0: i32) -> i32, i32 [words]
        var l2/1: i32
        if (l0) {
          l2 = l0
        }
        return l2, shr_s(l2, 31)`,
  ],
  'a shift by a constant': [
    `
      f0(l0: i64) -> i64
        return i64.shl(l0, 40n)`,
    `
      f0(l1/0: i32, l2/0: i32) -> i32, i32 [words]
        return 0, shl(l1, 8)`,
  ],
  'addresses of 64 bits, of which one is short': [
    `
      f0(l0: i64, l1: i32) -> i32
        return add(i32.load(sat_i64_u(l0)+8), i32.load(sat_i64_u(i64.extend_i32_u(l1))+0))`,
    `
      f0(l2/0: i32, l3/0: i32, l1: i32) -> i32 [words]
        return add(i32.load((l3 ? -1 : l2)+8), i32.load(l1+0))`,
  ],
  'the high half of a product': [
    `
      f0(l0: i64, l1: i64) -> i64
        return i64.mul_high_u(l0, l1)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/1: i32, l5/1: i32) -> i32, i32 [words]
        t6, t7 = pair.mul_high_u(l2, l3, l4, l5)
        return t6, t7`,
  ],
  'a load and a store': [
    `
      f0(l0: i32)
        i64.store(l0+8, i64.load(l0+0))
        return`,
    `
      f0(l0: i32) [words]
        t1 = i32.load(l0+0)
        i32.store(l0+12, i32.load(l0+4))
        i32.store(l0+8, t1)
        return`,
  ],
  'a call with an i64 and a result': [
    `
      f0(l0: i64) -> i64
        reg t1: i64
        t1 = f1:i64(l0, 5n)
        return t1`,
    `
      f0(l2/0: i32, l3/0: i32) -> i32, i32 [words]
        t4, t5 = f1(l2, l3, 5, 0)
        t6 = t4
        t7 = t5
        return t6, t7`,
  ],
  'a comparison': [
    `
      f0(l0: i64, l1: i64) -> i32
        return i64.lt_s(l0, l1)`,
    `
      f0(l2/0: i32, l3/0: i32, l4/1: i32, l5/1: i32) -> i32 [words]
        return (eq(l3, l5) ? lt_u(l2, l4) : lt_s(l3, l5))`,
  ],
  'the high word is known': [
    `
      f0(l0: i32, l1: i64) -> i32
        reg t2: i64
        t2 = i64.extend_i32_u(l0)
        return i64.eq(t2, l1)`,
    `
      f0(l0: i32, l3/1: i32, l4/1: i32) -> i32 [words]
        t5 = l0
        return eqz(or(xor(t5, l3), l4))`,
  ],
  'no i64': [
    `
      f0(l0: i32) -> i32
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        return l0`,
  ],
})

testPass(
  'legalize',
  {
    'a sum as a BigInt': [
      `
      f0(l0: i64, l1: i64) -> i64
        return i64.add(l0, l1)`,
      `
      f0(t2: i32, t3: i32, t4: i32, t5: i32) -> i32, i32 [bigint]
        var l0: i64cell, l1: i64cell
        reg t6: i64cell, t7: i64, t8: i64
        t7 = i64.join(t2, t3)
        t8 = i64.join(t4, t5)
        t6 = i64.add(t7, t8)
        return i64.low(t6), i64.high(t6)`,
    ],
    'a value that a loop carries is in a cell': [
      `
      f0(l0: i64) -> i64
        var l1: i64
        loop 1 {
          l1 = i64.add(l1, l0)
          if (f1()) {
            br 1
          }
        }
        return l1`,
      `
      f0(t2: i32, t3: i32) -> i32, i32 [bigint]
        var l0: i64cell, l1: i64cell
        reg t5: i64cell, t6: i64, t8: i64
        t6 = i64.join(t2, t3)
        loop 1 {
          l1 = i64.add(l1, t6)
          t8 = l1
          t4 = f1()
          l1 = t8
          if (t4) {
            br 1
          }
        }
        t5 = l1
        return i64.low(t5), i64.high(t5)`,
    ],
    'a dispatch is on words': [
      `
      f0(l0: i64) -> i64
        dispatch t9 {
          1:
            l0 = i64.add(l0, 1n)
            if (f1()) {
              br 1
            }
        }
        return l0`,
      `
      f0(l10/0: i32, l11/0: i32) -> i32, i32 [words]
        dispatch t9 {
          1:
            t12 = add(l10, 1)
            l10 = t12
            l11 = add(l11, lt_u(t12, 1))
            if (f1()) {
              br 1
            }
        }
        return l10, l11`,
    ],
  },
  { int64: 'bigint' },
)

testPass(
  'legalize',
  {
    'much arithmetic has two versions': [
      `
      f0(l0: i64) -> i64
        l0 = i64.mul(l0, 6364136223846793005n)
        l0 = i64.mul(l0, i64.add(l0, 3n))
        l0 = i64.mul(l0, l0)
        return l0`,
      `
      f0(l1/0: i32, l2/0: i32) -> i32, i32 [words, or f0.bigint]
        t3 = mul(l1, 1284865837)
        t4 = add(high_u(f64.mul(f64.convert_i32_u(l1), f64.convert_i32_u(1284865837)), t3), add(mul(l1, 1481765933), mul(l2, 1284865837)))
        l1 = t3
        l2 = t4
        t5 = add(l1, 3)
        t6 = mul(l1, t5)
        t7 = add(high_u(f64.mul(f64.convert_i32_u(l1), f64.convert_i32_u(t5)), t6), add(mul(l1, add(l2, lt_u(t5, 3))), mul(t5, l2)))
        l1 = t6
        l2 = t7
        t8 = mul(l1, l1)
        t9 = add(high_u(f64.mul(f64.convert_i32_u(l1), f64.convert_i32_u(l1)), t8), add(mul(l1, l2), mul(l1, l2)))
        l1 = t8
        l2 = t9
        return l1, l2
      f0.bigint(t1: i32, t2: i32) -> i32, i32
        var l0: i64cell
        reg t3: i64cell, t4: i64, t5: i64, t6: i64
        t4 = i64.join(t1, t2)
        t5 = i64.mul(t4, 6364136223846793005n)
        t6 = i64.mul(t5, i64.add(t5, 3n))
        t3 = i64.mul(t6, t6)
        return i64.low(t3), i64.high(t3)`,
    ],
    'little has one': [
      `
      f0(l0: i64) -> i64
        return i64.add(l0, 1n)`,
      `
      f0(l1/0: i32, l2/0: i32) -> i32, i32 [words]
        t3 = add(l1, 1)
        return t3, add(l2, lt_u(t3, 1))`,
    ],
  },
  { int64: 'both' },
)
