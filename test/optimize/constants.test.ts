// Which registers are known to be one number, and what that decides.

import { testPass } from '../ir/passes.ts'

testPass('constants', {
  'what is known is put in': [
    `
      f0(l0: i32) -> i32
        l1 = 5
        l2 = add(l1, 2)
        return mul(l0, l2)`,
    `
      f0(l0: i32) -> i32
        l1 = 5
        l2 = 7
        return mul(l0, 7)`,
  ],
  'an address of 64 bits that is known': [
    `
      f0() -> i32
        var l0: i64
        l1 = add(sat_i64_u(l0), sat_i64_u(i64.sub(l0, 1n)))
        return l1`,
    `
      f0() -> i32
        var l0: i64
        l1 = -1
        return -1`,
  ],
  'a local starts at zero': [
    `
      f0() -> i32
        var l0: i32
        return add(l0, 3)`,
    `
      f0() -> i32
        var l0: i32
        return 3`,
  ],
  'an arm that never runs': [
    `
      f0(l0: i32) -> i32
        l1 = and(l0, 1)
        if (gt_u(l1, 1)) {
          f1(1)
        } else {
          f1(2)
        }
        return l1`,
    `
      f0(l0: i32) -> i32
        l1 = and(l0, 1)
        f1(2)
        return l1`,
  ],
  'both ways give the same number': [
    `
      f0(l0: i32) -> i32
        if (l0) {
          l1 = 7
        } else {
          l1 = 7
        }
        return l1`,
    `
      f0(l0: i32) -> i32
        if (l0) {
          l1 = 7
        } else {
          l1 = 7
        }
        return 7`,
  ],
  'two ways give two': [
    `
      f0(l0: i32) -> i32
        if (l0) {
          l1 = 7
        } else {
          l1 = 8
        }
        return l1`,
  ],
  'a loop changes it': [
    `
      f0(l0: i32) -> i32
        var l1: i32
        loop 1 {
          l1 = add(l1, 1)
          if (lt_s(l1, l0)) {
            br 1
          }
        }
        return l1`,
  ],
  'a switch on a known number': [
    `
      f0() -> i32
        l1 = 1
        block 1 {
          switch (l1) {
            0:
              br 1
            1:
              return 20
            else:
              return 30
          }
        }
        return 10`,
    `
      f0() -> i32
        l1 = 1
        return 20`,
  ],
  'a trap stays': [
    `
      f0(l0: i32) -> i32
        l1 = 0
        return div_u(l0, l1)`,
    `
      f0(l0: i32) -> i32
        l1 = 0
        return div_u(l0, 0)`,
  ],
  'what control does not come to any more': [
    `
      f0(l0: i32) -> i32
        l1 = 1
        block 1 {
          if (l1) {
            br 1
          }
          f1(1)
        }
        return l0`,
    `
      f0(l0: i32) -> i32
        l1 = 1
        block 1 {
          br 1
        }
        return l0`,
  ],
  'a high word that is zero': [
    `
      f0(l0: i32) -> i32
        reg t3: i64
        t3 = i64.extend_i32_u(l0)
        return i64.lt_u(t3, 4294967296n)`,
    `
      f0(l0: i32) -> i32
        reg t3: i64
        t3 = i64.extend_i32_u(l0)
        return 1`,
  ],
})
