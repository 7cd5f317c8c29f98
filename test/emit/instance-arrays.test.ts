// Instances with hardly any variables, so that all they are made of is in arrays, as it is where there is very much of it.

import { existsSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { compile } from '../../src/index.ts'
import { generate } from '../fuzz/generate.ts'
import { type Step, steps } from '../fuzz/run.ts'
import { bothEngines } from '../ops/compare.ts'
import { loadEngine } from '../spec/engine.ts'
import { replay } from '../spec/replay.ts'
import { findScripts, readScript, SUITE } from '../spec/suite.ts'
import { Wrappers } from '../spec/wrapper.ts'
import { wat } from '../wat.ts'

const limits = vi.hoisted(() => ({ all: 0 }))
vi.mock('../../src/6-emit/variable-limits.ts', () => ({
  get VARIABLE_LIMITS() {
    const { all } = limits
    return { func: all, global: all, table: all, segment: all, type: all }
  },
}))

const MODE = { native: false, engine: 'jit', optimize: 2 } as const

const visible = (step: Step): string =>
  JSON.stringify({ ...step, memory: Buffer.from(step.memory).toString('latin1') }, (_, value) =>
    typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
  )

test('random modules behave as on the native engine', async () => {
  const { native, ours } = await bothEngines(MODE)
  for (let seed = 1; seed <= 18; seed++) {
    const generated = generate(seed, [15, 40][seed % 2]!)
    limits.all = [0, 1, 3][seed % 3]!
    const expected = Array.from(steps(native, generated, seed, 2), visible)
    const got = Array.from(steps(ours, generated, seed, 2), visible)
    const differs = got.findIndex((step, i) => step !== expected[i])
    expect({ seed, ...limits, differs, steps: got.length }).toMatchObject({ differs: -1, steps: expected.length })
  }
}, 300_000)

test.runIf(existsSync(SUITE))(
  'the suite gives the same results as with variables',
  async () => {
    const engine = await loadEngine(MODE)
    const outcomes = (path: string, file: string, all: number): string => {
      limits.all = all
      return `${path} ${JSON.stringify(replay(readScript(file), engine, new Wrappers(engine.api)))}`
    }
    const scripts = findScripts(SUITE).filter(({ path }) =>
      /^core\/(bulk-memory\/|multi-memory\/)?(elem|data|imports|exports|linking|global|table_|call_indirect|ref|start)/.test(
        path,
      ),
    )
    expect(scripts.length).toBeGreaterThan(20)
    for (const { path, file } of scripts) expect(outcomes(path, file, 0)).toBe(outcomes(path, file, 5000))
  },
  300_000,
)

/** By the function `mix` of below. */
const MIXED = Array.from({ length: 1000 }).reduce<bigint>((x) => {
  const y = BigInt.asUintN(64, x * 0x9e3779b97f4a7c15n + 7n)
  return BigInt.asIntN(64, (y << 31n) | (y >> 33n))
}, -5n)

describe('what is beyond the limit is in an array', () => {
  const MODULE = `(module
    (import "m" "f" (func $f)) (import "m" "g" (global $g i64)) (import "m" "t" (table 1 funcref))
    (global $h (mut f64) (f64.const 1)) (global $i (export "i") (mut i64) (i64.const 2))
    (table $u 1 externref) (memory 1)
    (func $a (export "a") (call $f) (call $b) (global.set $h (f64.const 2)) (global.set $i (global.get $g)))
    (func $b (call_indirect (i32.const 0)) (table.set $u (i32.const 0) (ref.null extern)) (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 1)))
    (elem (table 0) (i32.const 0) func $b) (elem declare func $a) (data "x"))`
  const code = (all: number, names: boolean): string => {
    limits.all = all
    return compile(wat(MODULE), { names, target: 'es2020' }).code
  }

  test('declared once, for the kinds of which there are so many', () => {
    expect(code(100, false)).not.toMatch(/\b[A-Za-z]_(\w*)\[/)
    const all = code(0, false)
    expect(all.match(/^var .*=\[null\].*$/gm)).toEqual([
      'var T_=[null],I_=[null];',
      'var f_=[null],w_=[null],$$_=[null],G_=[null],g_=[null],g_1=[null],t_=[null],t_elems=[null],t_ids=[null],e_=[null],r_=[null],d_=[null];',
    ])
    expect(code(1, false).match(/^var .*=\[null\].*$/gm)).toEqual([
      'var f_=[null],w_=[null],$$_=[null],G_=[null],g_=[null],g_1=[null],t_=[null],t_elems=[null],t_ids=[null],e_=[null],r_=[null];',
    ])
  })

  test('versions of functions too', () => {
    const text = `(module
      (type $two (func (param i32 i32) (result i32)))
      (table funcref (elem $on))
      (func $mix (export "mix") (param i64 i64 i32) (result i64)
        (loop $again
          (local.set 0 (i64.rotl (i64.add (i64.mul (local.get 0) (i64.const 0x9e3779b97f4a7c15)) (local.get 1)) (i64.const 31)))
          (br_if $again (local.tee 2 (i32.sub (local.get 2) (i32.const 1)))))
        (local.get 0))
      (func $down (export "down") (param i32 i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
        (return_call_indirect (type $two) (i32.sub (local.get 0) (i32.const 1)) (i32.add (local.get 1) (i32.const 2)) (i32.const 0)))
      (func $on (param i32 i32) (result i32) (return_call $down (local.get 0) (local.get 1))))`
    for (const all of [0, 100]) {
      limits.all = all
      const { code } = compile(wat(text), { format: 'iife', name: 'out', i64: 'both' })
      expect(code.match(/(\$\$|w)_\[\d\]=function \S+?\(/g) ?? []).toEqual(
        all === 0 ? ['w_[1]=function w0(', '$$_[2]=function $$f1(', '$$_[3]=function $$f2('] : [],
      )
      const { mix, down } = new Function(`${code}\nreturn out.instantiate()`)().exports
      expect([mix(-5n, 7n, 1000), down(100_000, 1)]).toEqual([MIXED, 200_001])
    }
  })

  test('functions keep their names', () => {
    expect(code(0, false)).toContain('f_[2]=function f1(')
    expect(code(0, true)).toContain('f_[3] = function $b(')
  })
})
