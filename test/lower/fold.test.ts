// Folding two constants gives what the native engine gives; folding one changes nothing but the cost.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Const, Expr } from '../../src/3-ir/expr.ts'
import { i32, regRead } from '../../src/3-ir/expressions.ts'
import { binary, eqz } from '../../src/3-ir/fold.ts'
import { wat } from '../wat.ts'

const ARITHMETIC = ['add', 'sub', 'mul', 'and', 'or', 'xor', 'shl', 'shr_s', 'shr_u'] as const
const RELATIONS = ['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'gt_u', 'le_s', 'le_u', 'ge_s', 'ge_u'] as const
const OPS = [...ARITHMETIC, ...RELATIONS]

const source = `(module ${OPS.map(
  (op) => `(func (export "${op}") (param i32 i32) (result i32)
  (i32.${op} (local.get 0) (local.get 1)))`,
).join('\n')}
  (func (export "eqz") (param i32) (result i32) (i32.eqz (local.get 0))))`
const native = new WebAssembly.Instance(new WebAssembly.Module(wat(source))).exports as Record<
  string,
  (...args: number[]) => number
>

const EDGES = [0, 1, -1, 2, 31, 32, 33, -31, 0x7fffffff, -0x80000000, 0x10000, 255]
const word = fc.oneof(fc.constantFrom(...EDGES), fc.integer({ min: -0x80000000, max: 0x7fffffff }))

/** Evaluates what folding left, with the native engine's operations. */
function evaluate(e: Expr, register: number): number {
  if (e.kind === 'const') return e.value
  if (e.kind === 'reg') return register
  if (e.kind !== 'op') throw new Error(e.kind)
  return native[e.op.slice(4)](...e.args.map((arg) => evaluate(arg, register)))
}

const x = regRead({ id: 0, type: 'i32', local: 0 })

describe.each(OPS)('i32.%s', (op) => {
  test('of two constants', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const folded = binary(`i32.${op}`, i32(a), i32(b))
        expect(folded.kind).toBe('const')
        expect((folded as Const).value).toBe(native[op](a, b))
      }),
    )
  })

  test('of a constant and a register', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(evaluate(binary(`i32.${op}`, x, i32(b)), a)).toBe(native[op](a, b))
        expect(evaluate(binary(`i32.${op}`, i32(b), x), a)).toBe(native[op](b, a))
        expect(evaluate(binary(`i32.${op}`, eqz(x), i32(b)), a)).toBe(native[op](native['eqz'](a), b))
      }),
    )
  })
})
