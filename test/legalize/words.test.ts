// What i64 values become as words.

import { describe, expect, test } from 'vitest'
import { legalBody, show } from '../lower/ir.ts'

/** Signature, body, and the IR: locals are `l` and their register, temporaries `t`; an i64 is a low and a high word. */
const CASES: Record<string, readonly (readonly [signature: string, body: string, ir: string])[]> = {
  'sums of products': [
    [
      '(param i64) (result i64)',
      '(i64.mul (local.get 0) (i64.const 5))',
      't3 = mul(l1, 5); return t3, add(wrap_f64(f64.mul(f64.convert_i32_u(l1), 1.1641532182693481e-9)), mul(l2, 5))',
    ],
    [
      '(param i64 i32 i32) (result i64)',
      '(i64.mul (i64.extend_i32_s (local.get 1)) (i64.extend_i32_s (local.get 2))) (local.get 0) (i64.add) (i64.mul (i64.extend_i32_u (local.get 1)) (i64.extend_i32_u (local.get 2))) (i64.add)',
      't5 = mul(l1, l2); t6 = add(t5, l3); t7 = mul(l1, l2); t8 = add(t5, t7); t9 = add(t8, l3); return t9, add(add(high_s(f64.add(f64.mul(f64.convert_i32_s(l1), f64.convert_i32_s(l2)), f64.mul(f64.convert_i32_u(l1), f64.convert_i32_u(l2))), t8), l4), lt_u(t9, l3))',
    ],
    [
      '(param i32 i32) (result i64)',
      '(i64.sub (i64.mul (i64.extend_i32_s (local.get 0)) (i64.extend_i32_s (local.get 1))) (i64.mul (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1))))',
      't2 = mul(l0, l1); t3 = mul(l0, l1); t4 = sub(t2, t3); return t4, high_s(f64.sub(f64.mul(f64.convert_i32_s(l0), f64.convert_i32_s(l1)), f64.mul(f64.convert_i32_u(l0), f64.convert_i32_u(l1))), t4)',
    ],
  ],
  'division of an i64': [
    [
      '(param i64) (result i64)',
      '(i64.div_u (local.get 0) (i64.const 1000))',
      't3 = div_u{pure}(l2, 1000); return wrap_f64(f64.mul(f64.add(f64.add(f64.mul(f64.convert_i32_u(sub(l2, mul(t3, 1000))), 4294967296.0), f64.convert_i32_u(l1)), 0.5), 0.001)), t3',
    ],
    [
      '(param i64) (result i64)',
      '(i64.rem_u (local.get 0) (i64.const 1000))',
      't3 = f64.add(f64.mul(f64.convert_i32_u(l2), 296.0), f64.convert_i32_u(l1)); return wrap_f64(f64.sub(t3, f64.mul(f64.floor(f64.mul(f64.add(t3, 0.5), 0.001)), 1000.0))), 0',
    ],
    [
      '(param i64) (result i64)',
      '(i64.rem_u (local.get 0) (i64.const 1000003))',
      't3 = f64.add(f64.mul(f64.convert_i32_u(l2), 954414.0), f64.convert_i32_u(l1)); return wrap_f64(f64.sub(t3, f64.mul(f64.floor(f64.div(t3, 1000003.0)), 1000003.0))), 0',
    ],
    [
      '(param i32 i32) (result i64)',
      '(i64.div_u (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1)))',
      'return div_u(l0, l1), 0',
    ],
  ],
  'words of an i64': [
    [
      '(param i64 i64) (result i64)',
      '(i64.add (local.get 0) (local.get 1))',
      't6 = add(l2, l4); return t6, add(add(l3, l5), lt_u(t6, l4))',
    ],
    ['(param i64) (result i64)', '(i64.shl (local.get 0) (i64.const 40))', 'return 0, shl(l1, 8)'],
    ['(param i64) (result i64)', '(i64.rotl (local.get 0) (i64.const 32))', 'return l2, l1'],
    ['(param i64) (result i32)', '(i64.lt_s (local.get 0) (i64.const 0))', 'return lt_s(l2, 0)'],
    ['(param i64) (result i64)', '(i64.and (local.get 0) (i64.const 255))', 'return and(l1, 255), 0'],
    [
      '(param i32 i32) (result i32)',
      '(i64.lt_s (i64.extend_i32_s (local.get 0)) (i64.extend_i32_s (local.get 1)))',
      'return lt_s(l0, l1)',
    ],
    [
      '(param i32) (result i32)',
      '(i64.ne (i64.extend_i32_s (local.get 0)) (i64.const -5))',
      'return ne(xor(l0, -5), 0)',
    ],
    ['(result i64)', '(i64.xor (call $h) (call $h))', 't0, t1 = f1(); t2, t3 = f1(); return xor(t0, t2), xor(t1, t3)'],
    [
      '(param i32) (result i64)',
      '(i64.load offset=8 (i32.add (local.get 0) (i32.const 4)))',
      't1 = add(l0, 4); return i32.load(t1+8), i32.load(t1+12)',
    ],
    // The high word first: nothing is written by a store that traps.
    ['(param i32 i64)', '(i64.store (local.get 0) (local.get 1))', 'i32.store(l0+4, l3); i32.store(l0+0, l2); return'],
  ],
}

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('%s %s', (signature, body, ir) => {
    expect(show(legalBody(signature, body).body)).toBe(ir)
  })
})
