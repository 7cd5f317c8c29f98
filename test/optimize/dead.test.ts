// What nobody needs goes; what it does besides stays.

import { testPass } from '../ir/passes.ts'

testPass('dead', {
  'a set that nobody reads': [
    `
      f0(l0: i32) -> i32 [words]
        l1 = add(l0, 1)
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        return l0`,
  ],
  'its effects stay': [
    `
      f0(l0: i32) -> i32 [words]
        l1 = add(f1(l0), i32.load(l0+0))
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        f1(l0)
        i32.load(l0+0)
        return l0`,
  ],
  'a counter that only counts': [
    `
      f0(l0: i32) -> i32 [words]
        var l1: i32
        loop 1 {
          l1 = add(l1, 1)
          f1(l0)
          if (f2()) {
            br 1
          }
        }
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          f1(l0)
          if (f2()) {
            br 1
          }
        }
        return l0`,
  ],
  'a high word: the load of the low one checks for both': [
    `
      f0(l0: i32) -> i32 [words]
        t1 = i32.load(l0+8)
        t2 = i32.load(l0+12)
        return t1`,
    `
      f0(l0: i32) -> i32 [words]
        t1 = i32.load(l0+8 guard 4)
        return t1`,
  ],
  'a mask that a narrow store does not see': [
    `
      f0(l0: i32, l1: i32) [words]
        i32.store8(l0+0, and(l1, 255))
        i32.store16(l0+0, and(l1, 255))
        return`,
    `
      f0(l0: i32, l1: i32) [words]
        i32.store8(l0+0, l1)
        i32.store16(l0+0, and(l1, 255))
        return`,
  ],
  'results of a call': [
    `
      f0(l0: i32) -> i32 [words]
        t1, t2, t3 = f1(l0)
        t4, t5 = f1(l0)
        t6, t7 = f1(l0)
        return add(t2, t4)`,
    `
      f0(l0: i32) -> i32 [words]
        t2:1 = f1(l0)
        t4 = f1(l0)
        f1(l0)
        return add(t2, t4)`,
  ],
  'a division that may trap': [
    `
      f0(l0: i32) -> i32 [words]
        l1 = div_s(l0, l0)
        l2 = div_s{pure}(l0, 3)
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        div_s(l0, l0)
        return l0`,
  ],
  'a local that is gone is not declared': [
    `
      f0(l0: i32) [words]
        var l1: f64, l2: i32
        l2 = l0
        i32.store(l2+0, 1)
        return`,
    `
      f0(l0: i32) [words]
        var l2: i32
        l2 = l0
        i32.store(l2+0, 1)
        return`,
  ],
})
