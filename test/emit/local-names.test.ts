// Readable names of locals: each word of a local has one of its own.

import { expect, test } from 'vitest'
import { load } from '../compile/load.ts'
import { wat } from '../wat.ts'

const MODULE = `(module (memory (export "memory") 1)
  (func (export "run") (param $a i64) (param $ah i32) (result i64) (local $v v128) (local $v_2h v128)
    (local.set $v (i64x2.splat (local.get $a)))
    (local.set $v_2h (v128.load (i32.const 0)))
    (v128.store (i32.const 16) (local.get $v_2h))
    (v128.store (i32.const 32) (local.get $v))
    (v128.store (i32.const 48) (i32x4.add (local.get $v) (local.get $v_2h)))
    (i64.add (local.get $a) (i64.extend_i32_u (local.get $ah)))))`

test.each([0, 2] as const)('-O%s', (optimize) => {
  const { memory, run } = load(wat(MODULE), { names: true, optimize })().exports as {
    memory: { buffer: ArrayBuffer }
    run: (a: bigint, b: number) => bigint
  }
  const words = new Int32Array(memory.buffer)
  words.set([1, 20, 300, 4000])
  expect(run(0x0000_0007_0000_0005n, 9)).toBe(0x0000_0007_0000_000en)
  expect([...words.subarray(4, 16)]).toEqual([1, 20, 300, 4000, 5, 7, 5, 7, 6, 27, 305, 4007])
})
