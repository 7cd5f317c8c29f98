// What atomic instructions become: functions of the runtime on shared memories, plain accesses on others.

import { expect, test } from 'vitest'
import { lower, show } from './ir.ts'

const CASES: readonly (readonly [body: string, shared: string, other: string])[] = [
  [
    '(param i32) (result i32) (i32.atomic.load8_u offset=3 (local.get 0))',
    'return atomic_load8(m0, l0, 3)',
    'return i32.load8_u(l0+3)',
  ],
  [
    '(param i32 i32) (i32.atomic.store offset=4 (local.get 0) (local.get 1))',
    'atomic_store32(m0, l0, 4, l1); return',
    'atomic_aligned(add(l0, 4), 3); i32.store(l0+4, l1); return',
  ],
  // An aligned constant needs no check.
  ['(result i32) (i32.atomic.load (i32.const 8))', 'return atomic_load32(m0, 8, 0)', 'return i32.load(8+0)'],
  // Nothing is moved past what is atomic.
  [
    '(param i32) (result i32) (i32.load (local.get 0)) (i32.atomic.store (i32.const 8) (i32.const 1))',
    't1 = i32.load(l0+0); atomic_store32(m0, 8, 0, 1); return t1',
    't1 = i32.load(l0+0); i32.store(8+0, 1); return t1',
  ],
  [
    '(param i32) (result i32) (i32.atomic.load (i32.const 8)) (i32.store (local.get 0) (i32.const 1))',
    't1 = atomic_load32(m0, 8, 0); i32.store(l0+0, 1); return t1',
    't1 = i32.load(8+0); i32.store(l0+0, 1); return t1',
  ],
  [
    '(param i32) (result i32) (i32.load (local.get 0)) (i32.atomic.load (i32.const 8)) (i32.add)',
    'return add(i32.load(l0+0), atomic_load32(m0, 8, 0))',
    'return add(i32.load(l0+0), i32.load(8+0))',
  ],
  ['(atomic.fence)', 'atomic_fence(m0); return', 'return'],
  [
    '(param i32 i32) (result i32) (memory.atomic.notify (local.get 0) (local.get 1))',
    'return atomic_notify(m0, l0, 0, l1)',
    'atomic_aligned(l0, 3); i32.load(l0+0); return 0',
  ],
  ['(result i32) (memory.size)', 'return shared_memory_size(m0)', 'return memory_size(m0)'],
]

test.each(CASES)('%s', (body, shared, other) => {
  const lowered = (memory: string): string => show(lower(`(module (memory ${memory}) (func ${body}))`)[0]!.body)
  expect(lowered('1 2 shared')).toBe(shared)
  expect(lowered('1 2')).toBe(other)
})

test('an i64 is two words, its high one a second result', () => {
  const source = `(module (memory 1 2 shared) (func (param i64) (result i64)
    (i64.atomic.rmw.add (i32.const 8) (local.get 0))))`
  expect(show(lower(source)[0]!.body)).toBe(
    't1, t2 = atomic_add64(m0, 8, 0, i64.low(l0), i64.high(l0)); ' + 'return i64.join(t1, t2)',
  )
})
