// What Wasm becomes in the IR: which values wait, which are put into registers, and what is left out.

import { describe, expect, test } from 'vitest'
import { lower, lowerBody, show } from './ir.ts'

/** Signature, body, and the IR: locals are `l` and their register, temporaries `t`. */
const CASES: Record<string, readonly (readonly [signature: string, body: string, ir: string])[]> = {
  'pending values': [
    ['(param i32) (result i32)', '(i32.add (local.get 0) (i32.const 4))', 'return add(l0, 4)'],
    [
      '(param i32 i32) (result i32)',
      '(local.get 0) (local.set 0 (local.get 1)) (i32.add (local.get 0))',
      't2 = l0; l0 = l1; return add(t2, l0)',
    ],
    [
      '(param i32) (result i32)',
      '(i32.load (local.get 0)) (i32.store (local.get 0) (i32.const 5))',
      't1 = i32.load(l0+0); i32.store(l0+0, 5); return t1',
    ],
    // JavaScript evaluates from left to right, as Wasm does.
    ['(result i32)', '(i32.add (global.get $g) (call $f (i32.const 1)))', 'return add(g0.0, f0(1))'],
    ['(result i32)', '(i32.add (call $f (i32.const 1)) (call $f (i32.const 2)))', 'return add(f0(1), f0(2))'],
    [
      '(param i32)',
      '(drop (i32.div_s (i32.const 1) (local.get 0))) (drop (i32.load (local.get 0))) (drop (local.get 0))',
      'div_s(1, l0); i32.load(l0+0); return',
    ],
    // The view of the memory is taken before the address is evaluated.
    ['(result i32)', '(i32.load (memory.grow (i32.const 1)))', 't0 = memory_grow(m0, 1); return i32.load(t0+0)'],
    // The index is checked before the operands are evaluated.
    [
      '(param i32) (result i32)',
      '(call_indirect (type $binary) (i32.load (i32.const 0)) (call $f (local.get 0)) (i32.const 0))',
      't1 = i32.load(0+0); t2 = f0(l0); return table0[0: type0](t1, t2)',
    ],
    [
      '(param i32) (result i32)',
      '(select (i32.load (i32.const 0)) (i32.const 1) (local.get 0))',
      't1 = i32.load(0+0); return (l0 ? t1 : 1)',
    ],
  ],
  'choices': [
    [
      '(param i32 i32) (result i32)',
      '(select (local.get 0) (i32.const 0) (i32.eqz (local.get 1)))',
      'return and(sub(0, eqz(l1)), l0)',
    ],
    [
      '(param i32 i32) (result i32)',
      '(select (i32.const 0) (local.get 0) (i32.eqz (local.get 1)))',
      'return and(sub(eqz(l1), 1), l0)',
    ],
  ],
  'an i64 is one value': [
    [
      '(param i64 i32) (result i64)',
      '(i64.add (local.get 0) (i64.load8_u offset=3 (local.get 1)))',
      'return i64.add(l0, i64.load8_u(l1+3))',
    ],
  ],
  'constants': [
    ['(result i32)', '(i32.add (i32.const 3) (i32.mul (i32.const 4) (i32.const 5)))', 'return 23'],
    ['(param i32) (result i32)', '(i32.xor (i32.const 0) (local.get 0))', 'return l0'],
    ['(param i32) (result i32)', '(i32.and (local.get 0) (i32.const 0))', 'return 0'],
    // What may trap or has an effect stays, though its value is known.
    ['(result i32)', '(i32.and (call $f (i32.const 1)) (i32.const 0))', 'return and(f0(1), 0)'],
    ['(result i32)', '(i32.div_u (i32.const 1) (i32.const 0))', 'return div_u(1, 0)'],
  ],
  'control': [
    ['(param i32) (result i32)', '(block (result i32) (local.get 0))', 'return l0'],
    [
      '(param i32) (result i32)',
      '(block (result i32) (br_if 0 (i32.const 1) (local.get 0)) (drop) (i32.const 2))',
      'block 1 { if (l0) { t1 = 1; br 1 }; t1 = 2 }; return t1',
    ],
    [
      '(param i32) (result i32)',
      '(loop (result i32) (br_if 0 (i32.eqz (local.get 0))) (local.get 0))',
      'loop 1 { if (eqz(l0)) { br 1 }; t1 = l0 }; return t1',
    ],
    ['(param i32)', '(loop (drop (call $f (local.get 0))))', 'f0(l0); return'],
    [
      '(param i32) (result i32)',
      '(if (result i32) (local.get 0) (then (i32.const 1)) (else (return (i32.const 2))))',
      'if (l0) { t1 = 1 } else { return 2 }; return t1',
    ],
    ['(result i32)', '(return (i32.const 1)) (drop (call $f (i32.const 3))) (i32.const 2)', 'return 1'],
    ['', '(block (unreachable) (br 0) (loop (br 0))) (drop (call $f (i32.const 3)))', 'trap unreachable'],
    [
      '(param i32)',
      '(block (block (br_table 0 1 0 (local.get 0))))',
      'block 1 { block 2 { switch (l0) { 1: br 1 | 0,else: br 2 } } }; return',
    ],
    ['(param i32)', '(block (br_table 0 0 0 (local.get 0)))', 'block 1 { br 1 }; return'],
    [
      '(result i32 i32)',
      '(i32.div_s (i32.const 1) (i32.const 0)) (call $f (i32.const 1))',
      't0 = div_s(1, 0); t1 = f0(1); return t0, t1',
    ],
    ['(param i32) (result i32)', '(return_call $f (local.get 0))', 'tail f0(l0)'],
  ],
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('%s %s', (signature, body, ir) => {
    expect(show(lowerBody(signature, body).body)).toBe(ir)
  })
})

test('loop parameters that swap are set at once', () => {
  const swap = lower(`(module (func (param i32)
    (local $x i32) (local $y i32)
    (i32.const 1) (i32.const 2)
    (loop (param i32 i32)
      (local.set $x) (local.set $y)
      (br_if 1 (local.get 0))
      (local.get $x) (local.get $y) (br 0))))`)
  expect(show(swap[0]!.body)).toContain('l1 = t4; l2 = t3')
})

test('every statement knows its instruction, by its offset', () => {
  const { body } = lowerBody('(param i32)', '(local.set 0 (i32.const 1)) (drop (call $f (local.get 0)))')
  const offsets = body.map(({ at }) => at)
  expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  expect(new Set(offsets).size).toBe(3)
})

test('long sums are cut into trees that printers can recurse over', () => {
  const { body } = lowerBody(
    '(param i32) (result i32)',
    `(local.get 0) ${'(i32.add (i32.load (local.get 0)))'.repeat(1000)}`,
  )
  const sizes = body.map((stmt) => (stmt.kind === 'set' ? stmt.value.size : 0))
  expect(Math.max(...sizes)).toBeLessThan(100)
  expect(body.length).toBeGreaterThan(10)
})
