// The bits of a signalling f64 NaN survive everything that is not arithmetic, in code of every tier of the host: V8 14's
// middle one quiets such a NaN in some of the places where it stores a double. Each way that a value can go is a module
// of its own, since engines treat the variables of small modules in another way.

import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { wat } from '../wat.ts'
import { bothEngines, instantiate, MODES, modeName } from './compare.ts'

/** From the bits in `$x` to bits: what happens to an f64 on its way. */
const WAYS: Readonly<Record<string, string>> = {
  reinterpreted: '(func (export "f") (param $x i64) (result i64) IN OUT)',
  negated: '(func (export "f") (param $x i64) (result i64) IN f64.neg OUT)',
  'made positive': '(func (export "f") (param $x i64) (result i64) IN f64.abs OUT)',
  'given a sign':
    '(func (export "f") (param $x i64) (result i64) IN (f64.reinterpret_i64 (i64.mul (local.get $x) (i64.const 3))) f64.copysign OUT)',
  'the high word': '(func (export "f") (param $x i64) (result i64) IN i64.reinterpret_f64 i64.const 32 i64.shr_u)',
  'an argument and a result': `(func $g (param f64 f64) (result f64) local.get 1)
    (func (export "f") (param $x i64) (result i64) (call $g (f64.const 1) (IN)) OUT)`,
  'an indirect call': `(type $t (func (param f64) (result f64))) (table funcref (elem $g)) (func $g (type $t) local.get 0)
    (func (export "f") (param $x i64) (result i64) (call_indirect (type $t) (IN) (i32.const 0)) OUT)`,
  'a tail call': `(func $h (param f64) (result f64) local.get 0)
    (func $g (param i32 f64) (result f64)
      (if (i32.eqz (local.get 0)) (then (return_call $h (local.get 1))))
      (return_call $g (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))
    (func (export "f") (param $x i64) (result i64) (call $g (i32.const 3) (IN)) OUT)`,
  'a second result': `(func $g (param f64) (result i32 f64) (i32.const 7) (local.get 0))
    (func (export "f") (param $x i64) (result i64) (local $y f64) (call $g (IN)) local.set $y drop local.get $y OUT)`,
  'a second result, loaded': `(memory 1) (func $g (result f64 f64) (f64.const 1) (f64.load (i32.const 8)))
    (func (export "f") (param $x i64) (result i64) (local $y f64) (i64.store (i32.const 8) (local.get $x))
      (call $g) local.set $y drop local.get $y OUT)`,
  'a global': `(global $g (mut f64) (f64.const 1.5))
    (func (export "f") (param $x i64) (result i64) (global.set $g (IN)) global.get $g OUT)`,
  'a global, set and read by two functions': `(global $g (mut f64) (f64.const 0))
    (func $set (export "set") (param $x i64) (global.set $g (IN)))
    (func (export "f") (param $x i64) (result i64) (call $set (local.get $x)) global.get $g OUT)`,
  'an exported global': `(global $g (export "g") (mut f64) (f64.const 1.5))
    (func (export "f") (param $x i64) (result i64) (global.set $g (IN)) global.get $g OUT)`,
  'a constant global': `(global $g f64 (f64.const nan:0x4000000000001))
    (func (export "f") (param $x i64) (result i64) (i64.add (i64.reinterpret_f64 (global.get $g)) (local.get $x)))`,
  'a choice': `(func (export "f") (param $x i64) (result i64)
    (select (IN) (f64.const 2) (i64.ne (local.get $x) (i64.const 5))) OUT)`,
  'a loop': `(func (export "f") (param $x i64) (result i64) (local $i i32) (local $y f64)
    (loop (local.set $y (if (result f64) (local.get $i) (then (IN)) (else (f64.const 3))))
      (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5)))) local.get $y OUT)`,
  stored: `(memory 1) (func (export "f") (param $x i64) (result i64)
    (f64.store (i32.const 8) (IN)) (i64.load (i32.const 8)))`,
  'stored elsewhere': `(memory 1) (func $put (param i32 f64) (f64.store offset=8 (local.get 0) (local.get 1)))
    (func (export "f") (param $x i64) (result i64) (local $p i32)
      (local.set $p (i32.and (i32.wrap_i64 (local.get $x)) (i32.const 0xff8)))
      (call $put (local.get $p) (IN)) (i64.load offset=8 (local.get $p)))`,
  'stored unaligned': `(memory 1) (func $put (param i32 f64) (f64.store (local.get 0) (local.get 1)))
    (func (export "f") (param $x i64) (result i64) (call $put (i32.const 13) (IN)) (i64.load (i32.const 13)))`,
  loaded: `(memory 1) (func (export "f") (param $x i64) (result i64)
    (i64.store (i32.const 8) (local.get $x)) (f64.load (i32.const 8)) OUT)`,
  'copied within memory': `(memory 1) (func (export "f") (param $x i64) (result i64)
    (i64.store (i32.const 0) (local.get $x)) (f64.store (i32.const 16) (f64.load (i32.const 0)))
    (i64.load (i32.const 16)))`,
  'exchanged in memory': `(memory 1) (func $swap (param i32 i32) (local f64)
      (local.set 2 (f64.load (local.get 0)))
      (f64.store (local.get 0) (f64.load (local.get 1)))
      (f64.store (local.get 1) (local.get 2)))
    (func (export "f") (param $x i64) (result i64)
      (i64.store (i32.const 0) (local.get $x)) (i64.store (i32.const 8) (i64.const 1))
      (call $swap (i32.const 0) (i32.const 8))
      (i64.sub (i64.load (i32.const 8)) (i64.sub (i64.load (i32.const 0)) (i64.const 1))))`,
  'stored, a constant': `(memory 1) (func (export "f") (param $x i64) (result i64)
    (f64.store (i32.const 8) (f64.const -nan:0x4000000000001)) (i64.add (i64.load (i32.const 8)) (local.get $x)))`,
}

const moduleOf = (text: string): Uint8Array<ArrayBuffer> =>
  wat(
    `(module ${text.replaceAll('(IN)', '(f64.reinterpret_i64 (local.get $x))').replaceAll('IN', 'local.get $x f64.reinterpret_i64').replaceAll('OUT', 'i64.reinterpret_f64')})`,
  )

/** Bits of signalling NaNs, of quiet ones and of numbers. */
const VALUES = [
  0x7ff4_0000_0000_0000n,
  0x7ff0_0000_0000_0001n,
  0xfff0_0000_2000_0000n,
  0xfff7_ffff_ffff_ffffn,
  0x7ff8_0000_0000_0000n,
  0xfff8_0000_1234_5678n,
  0x3ff8_0000_0000_0000n,
  0x8000_0000_0000_0000n,
  0x0000_0000_0000_0001n,
  0xc1e0_0000_0000_0000n,
]

type Exports = { f(bits: bigint): bigint }

const ROUNDS = 25
const CALLS = 200

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)

  test.each(Object.entries(WAYS))('%s', async (_name, text) => {
    const bytes = moduleOf(text)
    const expected = VALUES.map((instantiate(native, bytes) as Exports).f)
    const { f } = instantiate(ours, bytes) as Exports
    const wrong = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      for (let i = 0; i < CALLS; i++) {
        const k = i % VALUES.length
        const got = f(VALUES[k]!)
        if (got !== expected[k]) wrong.add(`${VALUES[k]!.toString(16)}: ${BigInt.asUintN(64, got).toString(16)}`)
      }
      // The host optimises in other threads.
      await delay(1)
    }
    expect([...wrong]).toEqual([])
  })
})
