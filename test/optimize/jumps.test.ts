// Branches by way of a `br_table` go straight to their places, and functions do what they did.

import { describe, expect, test } from 'vitest'
import { testPass } from '../ir/passes.ts'
import { bothEngines, instantiate } from '../ops/compare.ts'
import { wat } from '../wat.ts'

/** Three places to be entered at, by the number in local 0; what each does behind its call, and what stands behind all. */
const places = (first: string, second: string, third: string, behind = 'return'): string => `
  f9(l0: i32, l1: i32)
    loop 1 {
      block 2 {
        block 3 {
          block 4 { switch (l0) { 0: br 4 | 1: br 3 | else: br 2 } }
          f0(10)
          ${first}
        }
        f0(20)
        ${second}
      }
      f0(30)
      ${third}
    }
    ${behind}`

const jump = (place: number): string => `if (l1) { l0 = ${place}; br 1 }`

/** The same without the loop and the number: the first place goes straight to the third. */
const FORWARDS = `
  f9(l0: i32, l1: i32)
    block 2 {
      block 3 {
        block 4 { switch (l0) { 0: br 4 | 1: br 3 | else: br 2 } }
        f0(10)
        if (l1) { br 2 }
      }
      f0(20)
    }
    f0(30)
    return`

testPass('jumps', {
  'a branch forwards needs neither table nor loop': [places(jump(2), '', ''), FORWARDS],
  'every number that the table does not know goes to its last place': [places(jump(77), '', ''), FORWARDS],
  'a branch backwards stays, and so does its loop': [
    places(jump(1), '', jump(0)),
    places('if (l1) { br 3 }', '', jump(0)),
  ],
  'the number stays set if something else reads it': [
    places(jump(2), '', '', 'f0(l0)\n    return'),
    `${FORWARDS.replace('if (l1) { br 2 }', 'if (l1) { l0 = 2; br 2 }').replace('return', 'f0(l0)\n    return')}`,
  ],
  'the number stays set if a branch to the table leaves it as it is': [
    places(jump(2), '', 'if (l1) { br 1 }'),
    places('if (l1) { l0 = 2; br 2 }', '', 'if (l1) { br 1 }'),
  ],
  'the number stays set if control may come to the table from a loop around': [
    `f9(l0: i32, l1: i32)
      loop 5 {
        loop 1 {
          block 2 {
            block 4 { switch (l0) { 0: br 4 | else: br 2 } }
            if (l1) { l0 = 1; br 1 }
          }
        }
        if (l1) { br 5 }
      }
      return`,
    `f9(l0: i32, l1: i32)
      loop 5 {
        block 2 {
          block 4 { switch (l0) { 0: br 4 | else: br 2 } }
          if (l1) { l0 = 1; br 2 }
        }
        if (l1) { br 5 }
      }
      return`,
  ],
  'what is no constant goes by the table': [places('l0 = l1; br 1', '', '')],
  'to what is not around, by the table too': [
    `f9(l0: i32, l1: i32)
      loop 1 {
        block 2 { switch (l0) { 0: br 2 | else: return } }
        if (l1) { l0 = 0; br 1 }
      }
      return`,
  ],
})

/** A machine of `count` places that jumps forwards and backwards, on a sum that it keeps, for `fuel` steps. */
function machine(count: number): string {
  const mixed = (i: number): number => (i * 7919 + 13) % count
  const place = (i: number): string => `
    (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 31)) (i32.const ${i})))
    (local.set $fuel (i32.sub (local.get $fuel) (i32.const 1)))
    (if (i32.le_s (local.get $fuel) (i32.const 0)) (then (return (local.get $sum))))
    (if (i32.and (local.get $sum) (i32.const ${1 << (i % 7)}))
      (then (local.set $pc (i32.const ${mixed(i)})) (br $l)))
    ${i % 5 === 0 ? `(local.set $pc (i32.const ${Math.min(i + 3, count - 1)})) (br $l)` : ''}`
  const labels = Array.from({ length: count }, (_, i) => `$p${i}`)
  const opened = labels.map((label) => `(block ${label}`).reverse()
  return `(module (func (export "run") (param $pc i32) (param $fuel i32) (result i32) (local $sum i32)
    (loop $l ${opened.join(' ')} (br_table ${labels.join(' ')} (local.get $pc)))
      ${labels.map((_, i) => `${place(i)} ${i < count - 1 ? ')' : ''}`).join('\n')})
    (local.get $sum)))`
}

describe.each([1, 2] as const)('at -O%s', (optimize) => {
  test.each([3, 60, 130])('a machine of %s places', async (count) => {
    const { native, ours } = await bothEngines({ native: false, engine: 'jit', optimize })
    const bytes = wat(machine(count))
    const [expected, actual] = [native, ours].map((api) => {
      const { run } = instantiate(api, bytes) as { run: (pc: number, fuel: number) => number }
      return Array.from({ length: count + 2 }, (_, pc) => [run(pc, 1 + (pc % 9)), run(pc - 1, 500)])
    })
    expect(actual).toEqual(expected)
  })
})
