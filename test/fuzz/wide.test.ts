// i64 values as BigInts, on any engine: every function that can holds them so.

import { describe, expect, test, vi } from 'vitest'
import { EVALUABLE, evaluate } from '../../src/evaluate.ts'
import { compile } from '../../src/index.ts'
import { bothEngines } from '../ops/compare.ts'
import { wat } from '../wat.ts'
import { generate } from './generate.ts'
import { type Step, steps } from './run.ts'

const visible = ({ memory, ...step }: Step): string =>
  JSON.stringify({ ...step, memory: Buffer.from(memory).toString('base64') }, (_, value) =>
    typeof value === 'bigint' ? `0x${value.toString(16)}` : value,
  )

/** A loop around a call that uses the cells too, with values that are needed behind it. */
const SUM = wat(`(module
  (func $mix (param $x i64) (result i64) (local $y i64)
    (local.set $y (i64.mul (local.get $x) (i64.const 0x9e3779b97f4a7c15)))
    (if (i64.lt_s (local.get $y) (i64.const 0)) (then (local.set $y (i64.rotl (local.get $y) (i64.const 7)))))
    (i64.xor (local.get $y) (i64.shr_u (local.get $y) (i64.const 29))))
  (func (export "sum") (param $n i64) (result i64) (local $s i64)
    (loop $again
      (local.set $s (i64.add (i64.rem_u (local.get $s) (i64.const 1000003)) (call $mix (local.get $n))))
      (br_if $again (i32.eqz (i64.eqz (local.tee $n (i64.sub (local.get $n) (i64.const 1)))))))
    (local.get $s)))`)

type Exports = { sum(n: bigint): bigint }

describe('functions on BigInts', async () => {
  const { native, ours } = await bothEngines({ native: false, engine: 'jit', optimize: 2, i64: 'bigint' })

  test.each([1, 101, 201])('60 random modules from seed %d on', (first) => {
    for (let seed = first; seed < first + 60; seed++) {
      const generated = generate(seed, [20, 60, 150][seed % 3]!)
      const got = steps(ours, generated, seed, 3)
      for (const expected of steps(native, generated, seed, 3)) {
        expect(visible(got.next().value as Step), `seed ${seed}`).toBe(visible(expected))
      }
    }
  })

  test('run: what they cut is counted', () => {
    const { result, cuts } = sumOf(compile(SUM, { ...EVALUABLE, i64: 'bigint' }).code)
    expect(cuts).toBeGreaterThan(500)
    const instance = new WebAssembly.Instance(new WebAssembly.Module(SUM))
    expect(result).toBe((instance.exports as Exports).sum(100n))
  })

  test('are left to engines that like them unless they are asked for', () => {
    expect(compile(SUM, EVALUABLE).code).not.toContain('BigInt.asIntN')
    const { code } = compile(SUM, { ...EVALUABLE, i64: 'both' })
    expect(code).toContain('if(wb)return w')
    const elsewhere = code.replace("'getOrInsert'", "'not'").replace('"getOrInsert"', '"not"')
    expect(elsewhere).not.toBe(code)
    const { result, cuts } = sumOf(elsewhere)
    expect(cuts).toBeLessThan(10)
    expect(result).toBe(sumOf(code).result)
  })
})

/** The sum that an output finds, and how many BigInts it cuts on the way. */
function sumOf(code: string): { result: bigint; cuts: number } {
  const spy = vi.spyOn(BigInt, 'asIntN')
  const { sum } = evaluate([code])({}).exports as unknown as Exports
  const before = spy.mock.calls.length
  const result = sum(100n)
  const cuts = spy.mock.calls.length - before
  spy.mockRestore()
  return { result, cuts }
}
