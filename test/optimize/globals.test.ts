// Which globals are kept in registers, and where they are read again.

import { TailGraph } from '../../src/4-lower/facts/tail-calls.ts'
import { testPass } from '../ir/passes.ts'

/** Function 7 may set global 1; the others set none. */
const FUNCS = {
  effects: new Int32Array(10),
  changes: Int32Array.from({ length: 10 }, (_, i) => (i === 7 ? 1 << 1 : 0)),
}

/** All of type 0 do all that there is. */
const facts = {
  funcs: FUNCS,
  types: { effects: Int32Array.of(-1), changes: Int32Array.of(-1) },
  tables: [],
  tails: new TailGraph(0).solve(),
}

testPass(
  'globals',
  {
    'read again where a handler begins': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          try {
            f2()
          } catch {
            caught()
            l0 = 1
          }
          l0 = sub(l0, add(g1.0, g1.0))
          if (l0) {
            br 1
          }
        }
        return l0`,
      `
      f0(l0: i32) -> i32 [words]
        t1 = g1.0
        loop 1 {
          try {
            f2()
          } catch {
            caught()
            t1 = g1.0
            l0 = 1
          }
          l0 = sub(l0, add(t1, t1))
          if (l0) {
            br 1
          }
        }
        return l0`,
    ],
    'read in a loop': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          l0 = sub(l0, g1.0)
          if (l0) {
            br 1
          }
        }
        return l0`,
      `
      f0(l0: i32) -> i32 [words]
        t1 = g1.0
        loop 1 {
          l0 = sub(l0, t1)
          if (l0) {
            br 1
          }
        }
        return l0`,
    ],
    'read outside of loops': [
      `
      f0(l0: i32) -> i32 [words]
        return add(g1.0, g1.0)`,
    ],
    'set in it': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          g1.0 = add(g1.0, 1)
          if (lt_s(g1.0, l0)) {
            br 1
          }
        }
        return l0`,
      `
      f0(l0: i32) -> i32 [words]
        t1 = g1.0
        loop 1 {
          t1 = add(t1, 1)
          g1.0 = t1
          if (lt_s(t1, l0)) {
            br 1
          }
        }
        return l0`,
    ],
    'a call among them that may set it': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          l0 = sub(sub(sub(l0, g1.0), g1.0), g1.0)
          f7()
          if (l0) {
            br 1
          }
        }
        return l0`,
      `
      f0(l0: i32) -> i32 [words]
        t1 = g1.0
        loop 1 {
          l0 = sub(sub(sub(l0, t1), t1), t1)
          f7()
          t1 = g1.0
          if (l0) {
            br 1
          }
        }
        return l0`,
    ],
    'a condition that may set it': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          l0 = sub(sub(sub(l0, g1.0), g1.0), g1.0)
          if (f7()) {
            br 1
          }
        }
        return l0`,
      `
      f0(l0: i32) -> i32 [words]
        t1 = g1.0
        loop 1 {
          l0 = sub(sub(sub(l0, t1), t1), t1)
          t2 = f7()
          t1 = g1.0
          if (t2) {
            br 1
          }
        }
        return l0`,
    ],
    'another global than the call sets': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          l0 = sub(l0, g2.0)
          f7()
          if (l0) {
            br 1
          }
        }
        return l0`,
      `
      f0(l0: i32) -> i32 [words]
        t1 = g2.0
        loop 1 {
          l0 = sub(l0, t1)
          f7()
          if (l0) {
            br 1
          }
        }
        return l0`,
    ],
    'what is called is not known': [
      `
      f0(l0: i32) -> i32 [words]
        loop 1 {
          l0 = sub(l0, g1.0)
          table0[l0: type0]()
          if (l0) {
            br 1
          }
        }
        return l0`,
    ],
  },
  { facts },
)

const READ_IN_LOOP = `f0(l0: i32) [words]
  loop 1 {
    l0 = sub(l0, g1.0)
    if (l0) { br 1 }
  }
  return`

testPass('globals', { 'others may set it': [READ_IN_LOOP] }, { isPrivateGlobal: () => false })
