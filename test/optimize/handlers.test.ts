// What passes do where handlers catch what is thrown.

import { copies } from '../ir/copies.ts'
import { testPass } from '../ir/passes.ts'

testPass('jumps', {
  'a branch out of the body of a try goes straight to its place': [
    `
      f9(l0: i32, l1: i32)
        loop 1 {
          block 2 {
            block 3 {
              block 4 { switch (l0) { 0: br 4 | 1: br 3 | else: br 2 } }
              try {
                f0(10)
                if (l1) { l0 = 2; br 1 }
              } catch {
                caught()
                l0 = 1
                br 1
              }
            }
            f0(20)
          }
          f0(30)
        }
        return`,
    `
      f9(l0: i32, l1: i32)
        block 2 {
          block 3 {
            block 4 { switch (l0) { 0: br 4 | 1: br 3 | else: br 2 } }
            try {
              f0(10)
              if (l1) { br 2 }
            } catch {
              caught()
              br 3
            }
          }
          f0(20)
        }
        f0(30)
        return`,
  ],
  'the number stays set if a handler reads it': [
    `
      f9(l0: i32, l1: i32)
        loop 1 {
          block 2 {
            block 4 { switch (l0) { 0: br 4 | else: br 2 } }
            try {
              l0 = 2
              f0(10)
              l0 = 1
              br 1
            } catch {
              caught()
              f0(l0)
            }
          }
        }
        return`,
    `
      f9(l0: i32, l1: i32)
        block 2 {
          block 4 { switch (l0) { 0: br 4 | else: br 2 } }
          try {
            l0 = 2
            f0(10)
            l0 = 1
            br 2
          } catch {
            caught()
            f0(l0)
          }
        }
        return`,
  ],
})

testPass('dead', {
  'a set stays that only a handler reads, and another does not': [
    `
      f0(l0: i32) -> i32 [words]
        var l1: i32, l2: i32
        try {
          l1 = 1
          l2 = 1
          f1(10)
          l1 = 2
          f1(20)
          l1 = 3
        } catch {
          caught()
          return l1
        }
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        var l1: i32
        try {
          l1 = 1
          f1(10)
          l1 = 2
          f1(20)
          l1 = 3
        } catch {
          caught()
          return l1
        }
        return l0`,
  ],
  'what nobody needs goes from the body of a try too': [
    `
      f0(l0: i32) -> i32 [words]
        try {
          l1 = add(l0, 1)
          f1(l0)
        } catch {
          caught()
        }
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        try {
          f1(l0)
        } catch {
          caught()
        }
        return l0`,
  ],
})

testPass(
  'split',
  {
    'what a handler reads is set where it was': [
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        var l2: i32
        try {
          ${copies(0, 6)}
          l2 = 1
          f1(10)
          ${copies(6, 6)}
        } catch {
          caught()
          return l2
        }
        return 0`,
      `
      f0(l0: i32, l1: i32) -> i32 [words]
        var l2: i32
        try {
          f0_1(l0, l1)
          f0_2(l0, l1)
          l2 = 1
          f0_3(l0, l1)
          f0_4(l0, l1)
        } catch {
          caught()
          return l2
        }
        return 0
      f0_1(l0: i32, l1: i32) [words]
        block 1 {
          ${copies(0, 3)}
        }
        return
      f0_2(l0: i32, l1: i32) [words]
        block 2 {
          ${copies(3, 3)}
        }
        return
      f0_3(l0: i32, l1: i32) [words]
        block 3 {
          f1(10)
          ${copies(6, 3)}
        }
        return
      f0_4(l0: i32, l1: i32) [words]
        block 4 {
          ${copies(9, 3)}
        }
        return`,
    ],
  },
  { limit: 300 },
)

testPass('legalize', {
  'both words of what a handler reads are set before what may throw': [
    `
      f0(l0: i64) -> i64
        var l1: i64
        try {
          l1 = i64.add(l0, 1n)
          f1(10)
          l1 = i64.mul(l1, l0)
          f1(20)
        } catch {
          caught()
          return l1
        }
        return l0`,
    `
      f0(l2/0: i32, l3/0: i32) -> i32, i32 [words]
        var l5/1: i32, l6/1: i32
        try {
          t4 = add(l2, 1)
          l5 = t4
          l6 = add(l3, lt_u(t4, 1))
          f1(10)
          t7 = mul(l5, l2)
          t8 = add(high_u(f64.mul(f64.convert_i32_u(l5), f64.convert_i32_u(l2)), t7), add(mul(l5, l3), mul(l2, l6)))
          l5 = t7
          l6 = t8
          f1(20)
        } catch {
          caught()
          return l5, l6
        }
        return l2, l3`,
  ],
})
