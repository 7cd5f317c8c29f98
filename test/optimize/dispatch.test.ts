// What only one case leads to goes into that case.

import { testPass } from '../ir/passes.ts'

testPass('dispatch', {
  'no arm moves into the body of a try, whose handler would catch what it throws': [
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            try {
              switch (l0) {
                0:
                  br 2
                else:
                  br 3
              }
            } catch {
              caught()
              return
            }
          2:
            f1(2)
          3:
        }
        return`,
  ],
  'nor into an arm of another handler': [
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1 throws 4:
            switch (l0) {
              0:
                br 2
              else:
                br 3
            }
          2:
            f1(2)
            br 3
          4:
            caught()
          3:
        }
        return`,
  ],
  'an arm that one case leads to': [
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            switch (l0) {
              0:
                br 2
              1:
                br 3
              else:
                br 4
            }
          2:
            f1(2)
            br 4
          3:
            f1(3)
          4:
        }
        return`,
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            switch (l0) {
              0:
                f1(2)
                br 4
              1:
                f1(3)
                br 4
              else:
                br 4
            }
          4:
        }
        return`,
  ],
  'an arm that two lead to stays': [
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            switch (l0) {
              0:
                br 2
              1:
                br 2
              else:
                br 3
            }
          2:
            f1(2)
          3:
        }
        return`,
  ],
  'what comes out of the last arm': [
    `
      f0(l0: i32) [words]
        dispatch t9 {
          1:
            switch (l0) {
              0:
                return
              else:
                br 2
            }
          2:
            f1(2)
        }
        return`,
    `
      f0(l0: i32) [words]
        block 3 {
          dispatch t9 {
            1:
              switch (l0) {
                0:
                  return
                else:
                  f1(2)
                  br 3
              }
          }
        }
        return`,
  ],
  'no dispatch': [
    `
      f0(l0: i32) [words]
        switch (l0) {
          0:
            return
          else:
            f1(1)
        }
        return`,
  ],
})
