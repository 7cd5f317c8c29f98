// Branches become ifs and loops; what remains goes to the same places in the same order.

import { testPass } from '../ir/passes.ts'

testPass('structure', {
  'what stands behind a try stays behind it': [
    `
      f0(l0: i32) [words]
        block 1 {
          try {
            f1(l0)
            br 1
          } catch {
            caught()
          }
          f2(l0)
        }
        return`,
    `
      f0(l0: i32) [words]
        block 1 {
          try {
            f1(l0)
            br 1
          } catch {
            caught()
          }
          f2(l0)
        }`,
  ],
  'what a branch skips goes into an if': [
    `
      f0(l0: i32) [words]
        block 1 {
          if (l0) {
            br 1
          }
          f1(1)
        }
        return`,
    `
      f0(l0: i32) [words]
        if (eqz(l0)) {
          f1(1)
        }`,
  ],
  'a branch around another way makes an else': [
    `
      f0(l0: i32) [words]
        block 1 {
          block 2 {
            if (l0) {
              br 2
            }
            f1(1)
            br 1
          }
          f1(2)
        }
        return`,
    `
      f0(l0: i32) [words]
        if (l0) {
          f1(2)
        } else {
          f1(1)
        }`,
  ],
  'a loop goes on by itself, and is left by a branch': [
    `
      f0(l0: i32) [words]
        loop 1 {
          l0 = sub(l0, 1)
          if (l0) {
            br 1
          }
        }
        return`,
    `
      f0(l0: i32) [words]
        block 3 {
          loop 1 repeats {
            l0 = sub(l0, 1)
            if (eqz(l0)) {
              br 3
            }
          }
        }`,
  ],
  'a loop with its condition first': [
    `
      f0(l0: i32) -> i32 [words]
        block 1 {
          loop 2 {
            if (eqz(l0)) {
              br 1
            }
            l0 = sub(l0, 1)
            br 2
          }
        }
        return l0`,
    `
      f0(l0: i32) -> i32 [words]
        block 1 {
          loop 2 repeats {
            if (eqz(l0)) {
              br 1
            }
            l0 = sub(l0, 1)
          }
        }
        return l0`,
  ],
  'a case takes what only it leads to': [
    `
      f0(l0: i32) [words]
        block 3 {
          block 2 {
            block 1 {
              switch (l0) {
                0:
                  br 1
                1:
                  br 2
                else:
                  br 3
              }
            }
            f1(1)
            br 3
          }
          f1(2)
        }
        return`,
    `
      f0(l0: i32) [words]
        switch (l0) {
          0:
            f1(1)
          1:
            f1(2)
          else:
        }`,
  ],
  'a label that is branched to from inside an if stays': [
    `
      f0(l0: i32, l1: i32) [words]
        block 1 {
          if (l0) {
            f1(1)
            if (l1) {
              br 1
            }
            f1(2)
          }
          f1(3)
        }
        return`,
    `
      f0(l0: i32, l1: i32) [words]
        block 1 {
          if (l0) {
            f1(1)
            if (l1) {
              br 1
            }
            f1(2)
          }
          f1(3)
        }`,
  ],
  'a break in the middle of an inner switch is no fall into the next case': [
    `
      f0(l0: i32, l1: i32, l2: i32) -> i32 [words]
        block 1 {
          block 2 {
            switch (l0) {
              0:
                br 2
              1:
                switch (l1) {
                  0:
                    if (l2) {
                      br 1
                    }
                    br 2
                  else:
                    br 1
                }
              else:
                br 1
            }
          }
          f1(1)
          br 1
        }
        return 300`,
    `
      f0(l0: i32, l1: i32, l2: i32) -> i32 [words]
        block 1 {
          switch (l0) {
            0:
            1:
              switch (l1) {
                0:
                  if (l2) {
                    br 1
                  }
                else:
                  br 1
              }
            else:
              br 1
          }
          f1(1)
        }
        return 300`,
  ],
  'arms fall into each other': [
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            if (l0) {
              br 3
            }
            br 2
          2:
            f1(2)
            br 3
          3:
            f1(3)
            if (l0) {
              br 1
            }
        }
        return`,
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            if (l0) {
              br 3
            }
          2:
            f1(2)
          3:
            f1(3)
            if (l0) {
              br 1
            }
        }`,
  ],
  'where a part that starts anywhere follows, a branch sets the state': [
    `
      f0(l0: i32) -> i32 [words]
        dispatch t1 again 9 {
          1:
            f2(l0)
            br 2
          2,3:
            t1 = f3(l0, t1)
            br 9
          4:
            return 0
        }`,
  ],
  'what is done already': [
    `
      f0(l0: i32) [words]
        if (l0) {
          f1(1)
        } else {
          f1(2)
        }
        return`,
    `
      f0(l0: i32) [words]
        if (l0) {
          f1(1)
        } else {
          f1(2)
        }`,
  ],
})

const DONE = `f0(l0: i32) [words]
  block 1 {
    loop 2 repeats {
      if (l0) { br 1 }
      f1(1)
    }
  }`

testPass('structure', { 'a loop that is left by a branch stays as it is': [DONE] })

testPass('structure', {
  'what stands behind a loop that is left by branches to elsewhere goes': [
    `
      f0(l0: i32, l1: i32) [words]
        block 1 {
          loop 2 {
            if (l0) {
              br 2
            } else {
              l1 = 3
            }
            if (l1) {
              loop 5 {
                if (l0) { br 5 }
                f1()
              }
              if (l0) { br 1 }
              br 1
            }
          }
        }
        trap unreachable`,
    `
      f0(l0: i32, l1: i32) [words]
        block 1 {
          loop 2 repeats {
            if (eqz(l0)) {
              l1 = 3
              if (l1) {
                loop 5 repeats {
                  if (eqz(l0)) {
                    f1()
                    br 1
                  }
                }
              }
              br 1
            }
          }
        }
        trap unreachable`,
  ],
})

const NESTED = `f0(l0: i32, l1: i32) [words]
  block 1 {
    block 2 {
      if (l0) { br 2 }
      if (l1) { f1(1) }
      br 1
    }
    f1(2)
  }`

testPass('structure', {
  'what stands behind goes into an if': [
    NESTED,
    `
      f0(l0: i32, l1: i32) [words]
        if (l0) {
          f1(2)
        } else {
          if (l1) { f1(1) }
        }`,
  ],
})

testPass(
  'structure',
  {
    'what stands behind stays there if it would be nested too deep': [NESTED],
  },
  { height: 1 },
)
