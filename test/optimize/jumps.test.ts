// Branches by way of a `br_table` go straight to their places, and functions do what they did.

import { describe, expect, test } from 'vitest'
import { threadJumps } from '../../src/5-optimize/jumps.ts'
import { legalBody, show } from '../lower/ir.ts'
import { bothEngines, instantiate } from '../ops/compare.ts'
import { wat } from '../wat.ts'

/** Three places to be entered at, by the number in local 0; local 1 decides. */
const places = (first: string, second: string, third: string): string =>
  `(loop $l
     (block $c (block $b (block $a (br_table $a $b $c (local.get 0)))
         (drop (call $f (i32.const 10))) ${first})
       (drop (call $f (i32.const 20))) ${second})
     (drop (call $f (i32.const 30))) ${third})`

const jump = (place: number): string => `(if (local.get 1) (then (local.set 0 (i32.const ${place})) (br $l)))`

const threaded = (body: string): string => show(threadJumps(legalBody('(param i32 i32)', body)).body)

test('a branch forwards needs neither table nor loop', () => {
  const text = threaded(places(jump(2), '', ''))
  expect(text).not.toMatch(/loop|l0 = /)
  expect(text).toMatch(/f0\(10\); if \(l1\) { br \d+ }/)
})

test('every number that the table does not know goes to its last place', () => {
  const text = threaded(places(jump(77), '', ''))
  expect(text).toBe(threaded(places(jump(2), '', '')))
})

test('a branch backwards stays, and so does its loop', () => {
  const text = threaded(places(jump(1), '', jump(0)))
  expect(text).toContain('loop')
  expect(text.match(/l0 = /g)).toEqual(['l0 = '])
  expect(text).toContain('l0 = 0')
})

describe('the number stays set', () => {
  test('if something else reads it', () => {
    expect(threaded(`${places(jump(2), '', '')} (drop (call $f (local.get 0)))`)).toContain('l0 = 2')
  })

  test('if a branch to the table leaves it as it is', () => {
    expect(threaded(places(jump(2), '', '(br_if $l (local.get 1))'))).toContain('l0 = 2')
  })

  test('if control may come to the table from a loop around', () => {
    expect(threaded(`(loop $outer ${places(jump(2), '', '')} (br_if $outer (local.get 1)))`)).toContain('l0 = 2')
  })
})

test('what is no constant goes by the table', () => {
  const text = threaded(places('(local.set 0 (local.get 1)) (br $l)', '', ''))
  expect(text).toMatch(/l0 = l1; br/)
})

test('a case that does something does it', () => {
  const body = `(block $end (loop $l (block $a (br_table $a $end (local.get 0))) ${jump(1)}))`
  expect(threaded(body)).toMatch(/if \(l1\) { br \d+ }/)
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
