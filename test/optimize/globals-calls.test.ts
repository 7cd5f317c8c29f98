// Which globals are kept in a register over calls, by what is known of these; also when a call does not end as others do.

import { describe, expect, test } from 'vitest'
import { TailGraph } from '../../src/4-lower/facts/tail-calls.ts'
import { testPass } from '../ir/passes.ts'
import { bothEngines, errorName, instantiate, MODES } from '../ops/compare.ts'
import { wat } from '../wat.ts'

const done = (changes: readonly number[]) => ({
  effects: new Int32Array(changes.length),
  changes: Int32Array.from(changes),
})

/** Function 1 and type 1 leave global 0 as it was, function 2 and type 2 change it. */
const facts = { funcs: done([1, 0, 1]), types: done([1, 0, 1]), tables: [], tails: new TailGraph(0).solve() }

/** A loop that looks at global 0 three times around something. */
const loop = (between: string): string => `
  f0(l0: i32) [words]
    loop 1 {
      i32.store(g0.0+0, l0)
      ${between}
      i32.store(g0.0+4, l0)
      if (eq(g0.0, l0)) {
        br 1
      }
    }
    return`

const kept = (between: string): string => `
  f0(l0: i32) [words]
    t1 = g0.0
    loop 1 {
      i32.store(t1+0, l0)
      ${between}
      i32.store(t1+4, l0)
      if (eq(t1, l0)) {
        br 1
      }
    }
    return`

testPass(
  'globals',
  {
    'a call that leaves it as it was': [loop('f1(g0.0)'), kept('f1(t1)')],
    'a call that changes it': [loop('f2(l0)'), kept('f2(l0)\n      t1 = g0.0')],
    'a call of a type that leaves it': [loop('table0[l0: type1](l0)'), kept('table0[l0: type1](l0)')],
    'a call of a type that changes it': [loop('table0[l0: type2](l0)'), kept('table0[l0: type2](l0)\n      t1 = g0.0')],
    'it is set': [loop('g0.0 = add(g0.0, 4)'), kept('t1 = add(t1, 4)\n      g0.0 = t1')],
    'it is set around calls': [
      loop('g0.0 = sub(g0.0, 16)\n      f1(l0)\n      g0.0 = add(g0.0, 16)'),
      kept('t1 = sub(t1, 16)\n      g0.0 = t1\n      f1(l0)\n      t1 = add(t1, 16)\n      g0.0 = t1'),
    ],
    'a call that changes it, and control does not come behind it': [
      loop('if (l0) { throw exn_new(tag0, f2(l0)) }'),
      kept('if (l0) { throw exn_new(tag0, f2(l0)) }'),
    ],
    'changed too often': [loop('f2(l0)\n      f2(l0)')],
  },
  { facts },
)

testPass('globals', { 'others may change it': [loop('f1(l0)')] }, { facts, isPrivateGlobal: () => false })

/** What `run` does in a loop in which it looks at the global. */
const BETWEEN = {
  'a frame': '(call $frame (local.get $n))',
  'a change': '(call $change (local.get $n))',
  'JavaScript': '(call $i (local.get $n))',
  'one of two functions': '(call_indirect (param i32) (local.get $n) (i32.and (local.get $n) (i32.const 1)))',
}

/**
 * `frame` moves the global and moves it back, but when it is told to it traps in its middle, and JavaScript catches that.
 * Nothing else that JavaScript can call changes the global, but perhaps `run`.
 */
const reentered = (between: string): string => `(module
  (import "m" "i" (func $i (param i32)))
  (memory (export "memory") 1)
  (table 2 funcref) (elem (i32.const 0) $frame $change)
  (global $sp (mut i32) (i32.const 1024))
  (func $frame (export "frame") (param $n i32) (local $p i32)
    (global.set $sp (local.tee $p (i32.sub (global.get $sp) (i32.const 16))))
    (i32.store (local.get $p) (local.get $n))
    (if (i32.gt_s (local.get $n) (i32.const 5)) (then (unreachable)))
    (global.set $sp (i32.add (local.get $p) (i32.const 16))))
  (func $change (param i32) (global.set $sp (i32.sub (global.get $sp) (local.get 0))))
  (func (export "sp") (result i32) (global.get $sp))
  (func (export "run") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 31)) (global.get $sp)))
      (i32.store (global.get $sp) (i32.add (i32.load (global.get $sp)) (global.get $sp)))
      ${between}
      (local.set $sum (i32.add (local.get $sum) (i32.add (global.get $sp) (i32.load (global.get $sp)))))
      (br_if $again (i32.gt_s (local.tee $n (i32.sub (local.get $n) (i32.const 1))) (i32.const 0))))
    (local.get $sum)))`

describe.each(Object.entries(BETWEEN))('the global is looked at around %s', (_, between) => {
  test.each(MODES)('$engine -O$optimize', async (mode) => {
    const { native, ours } = await bothEngines(mode)
    const bytes = wat(reentered(between))
    const outcomes = [native, ours].map((api) => {
      const caught = (f: () => unknown): unknown => {
        try {
          return f()
        } catch (error) {
          return errorName(api, error)
        }
      }
      const seen: unknown[] = []
      const i = (n: number): void => {
        seen.push(caught(() => exports['frame']!(n)))
        seen.push(exports['sp']!())
      }
      const exports = instantiate(api, bytes, { m: { i } }) as Record<string, (...args: number[]) => unknown>
      for (const n of [3, 8]) {
        seen.push(caught(() => exports['run']!(n)))
        seen.push(exports['sp']!())
      }
      return seen
    })
    expect(outcomes[1]).toEqual(outcomes[0])
  })
})
