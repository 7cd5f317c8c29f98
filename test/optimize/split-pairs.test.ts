// What functions become that are too large: the rest, which calls parts, and these.

import { copies } from '../ir/copies.ts'
import { testPass } from '../ir/passes.ts'

testPass(
  'split',
  {
    'a run of statements': [
      `
      f0(l0: i32, l1: i32) [words]
        ${copies(0, 8)}
        return`,
      `
      f0(l0: i32, l1: i32) [words]
        f0_1(l0, l1)
        f0_2(l0, l1)
        ${copies(6, 2)}
        return
      f0_1(l0: i32, l1: i32) [words]
        block 1 {
          ${copies(0, 3)}
        }
        return
      f0_2(l0: i32, l1: i32) [words]
        block 2 {
          ${copies(3, 3)}
        }
        return`,
    ],
    'what is set in it and read behind it is given back': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        loop 1 {
          l2 = mul(l0, 77777)
          ${copies(0, 5)}
          if (i32.load(l1+0)) {
            br 1
          }
        }
        ${copies(5, 4)}
        return l2`,
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        loop 1 {
          l2 = f0_1(l0, l1)
          t4 = f0_2(l0, l1)
          if (t4) {
            br 1
          }
        }
        f0_3(l0, l1)
        t6 = f0_4(l0, l1, l2)
        return t6
      f0_1(l0: i32, l1: i32) -> i32 [words]
        var l2: i32
        block 2 {
          l2 = mul(l0, 77777)
          ${copies(0, 3)}
        }
        return l2
      f0_2(l0: i32, l1: i32) -> i32 [words]
        ${copies(3, 2)}
        if (i32.load(l1+0)) {
          return 1
        }
        return 0
      f0_3(l0: i32, l1: i32) [words]
        block 4 {
          ${copies(5, 3)}
        }
        return
      f0_4(l0: i32, l1: i32, l2: i32) -> i32 [words]
        ${copies(8, 1)}
        return l2`,
    ],
    'a way that returns is a number': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        loop 1 {
          if (mul(l0, 77777)) {
            return 5
          }
          ${copies(0, 5)}
          if (i32.load(l1+0)) {
            br 1
          }
        }
        ${copies(5, 4)}
        return 6`,
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        loop 1 {
          t3, t2 = f0_1(l0, l1)
          if (t3) {
            return t2
          }
          t5 = f0_2(l0, l1)
          if (t5) {
            br 1
          }
        }
        f0_3(l0, l1)
        t7 = f0_4(l0, l1)
        return t7
      f0_1(l0: i32, l1: i32) -> i32, i32 [words]
        var t2: i32
        block 2 {
          if (mul(l0, 77777)) {
            t2 = 5
            t4 = 1
            br 2
          }
          ${copies(0, 3)}
          t4 = 0
        }
        return t4, t2
      f0_2(l0: i32, l1: i32) -> i32 [words]
        ${copies(3, 2)}
        if (i32.load(l1+0)) {
          return 1
        }
        return 0
      f0_3(l0: i32, l1: i32) [words]
        block 4 {
          ${copies(5, 3)}
        }
        return
      f0_4(l0: i32, l1: i32) -> i32 [words]
        ${copies(8, 1)}
        return 6`,
    ],
    'ways out to several labels': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        block 1 {
          block 2 {
            loop 4 {
              ${copies(0, 5)}
              if (i32.load(l1+0)) {
                br 1
              }
              if (i32.load(l1+4)) {
                br 2
              }
              if (i32.load(l1+8)) {
                br 4
              }
            }
            ${copies(5, 4)}
            return 3
          }
          return 2
        }
        return 1`,
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        block 1 {
          block 2 {
            loop 4 {
              f0_1(l0, l1)
              t3 = f0_2(l0, l1)
              block 7 {
                switch (t3) {
                  0:
                    br 7
                  1:
                    br 1
                  2:
                    br 2
                  3,else:
                    br 4
                }
              }
            }
            f0_3(l0, l1)
            t5 = f0_4(l0, l1)
            return t5
          }
          return 2
        }
        return 1
      f0_1(l0: i32, l1: i32) [words]
        block 5 {
          ${copies(0, 3)}
        }
        return
      f0_2(l0: i32, l1: i32) -> i32 [words]
        ${copies(3, 2)}
        if (i32.load(l1+0)) {
          return 1
        }
        if (i32.load(l1+4)) {
          return 2
        }
        if (i32.load(l1+8)) {
          return 3
        }
        return 0
      f0_3(l0: i32, l1: i32) [words]
        block 8 {
          ${copies(5, 3)}
        }
        return
      f0_4(l0: i32, l1: i32) -> i32 [words]
        ${copies(8, 1)}
        return 3`,
    ],
    'arms of a dispatch': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        dispatch t9 {
          1:
            ${copies(0, 3)}
          2:
            ${copies(3, 3)}
            if (i32.load(l1+0)) {
              br 4
            }
          3:
            ${copies(6, 3)}
            if (i32.load(l1+4)) {
              br 2
            }
          4:
            ${copies(9, 3)}
            if (i32.load(l1+8)) {
              br 1
            }
        }
        return l0`,
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        block 6 {
          dispatch t9 again 5 {
            1:
              f0_1(l0, l1)
              br 2
            2:
              t9 = f0_2(l0, l1)
              br 5
            3:
              t9 = f0_3(l0, l1)
              br 5
            4:
              t9 = f0_4(l0, l1)
              br 5
            10:
              br 6
          }
        }
        return l0
      f0_1(l0: i32, l1: i32) [words]
        block 7 {
          ${copies(0, 3)}
        }
        return
      f0_2(l0: i32, l1: i32) -> i32 [words]
        ${copies(3, 3)}
        if (i32.load(l1+0)) {
          return 3
        }
        return 2
      f0_3(l0: i32, l1: i32) -> i32 [words]
        ${copies(6, 3)}
        if (i32.load(l1+4)) {
          return 1
        }
        return 3
      f0_4(l0: i32, l1: i32) -> i32 [words]
        ${copies(9, 3)}
        if (i32.load(l1+8)) {
          return 0
        }
        return 4`,
    ],
  },
  { limit: 300 },
)
