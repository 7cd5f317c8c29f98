// Calls and blocks of more values than registers should hold one by one: in the native engine and in the output, whose
// arrays of them keep every bit.

import { expect, test } from 'vitest'
import { Random } from '../fuzz/random.ts'
import { wat } from '../wat.ts'
import { type Func, load, SETTINGS } from './load.ts'

const times = (count: number, text: string | ((i: number) => string)): string =>
  Array.from({ length: count }, (_, i) => (typeof text === 'string' ? text : text(i))).join(' ')

const MANY = 'i32 i64 f32 f64 i32 externref'

/** `$give` and `$turn` of six values; integers are compared, floats by their bits. */
const MIXED = `(module
  (type $turn (func (param ${MANY}) (result ${MANY})))
  (import "m" "host" (func $host (param ${MANY}) (result ${MANY})))
  (table funcref (elem $turn $host))
  (func $turn (export "turn") (type $turn)
    (i32.add (local.get 0) (i32.const 1)) (i64.sub (local.get 1) (i64.const 1))
    (local.get 2) (local.get 3) (i32.mul (local.get 4) (local.get 0)) (local.get 5))
  (func (export "fold") (param $x externref) (param $times i32) (result i64)
    (local $a i32) (local $b i64) (local $c f32) (local $d f64) (local $e i32)
    (i32.const 1) (i64.const -0x7edcba9876543210) (f32.reinterpret_i32 (i32.const 0x7fa12345))
    (f64.reinterpret_i64 (i64.const 0xfff7ffff00000123)) (i32.const 7) (local.get $x)
    (loop (param ${MANY}) (result ${MANY})
      (call $turn)
      (call_indirect (type $turn) (i32.const 0))
      (local.set $times (i32.sub (local.get $times) (i32.const 1)))
      (br_if 0 (local.get $times)))
    (block (param ${MANY}) (result ${MANY})
      (br_if 0 (i32.eq (local.get $times) (i32.const 5)))
      (if (param ${MANY}) (result ${MANY}) (ref.is_null (local.get $x))
        (then (br_table 0 1 (i32.const 1)))
        (else (call $turn))))
    (drop) (local.set $e) (local.set $d) (local.set $c) (local.set $b) (local.set $a)
    (i64.xor (i64.xor (local.get $b) (i64.extend_i32_u (i32.reinterpret_f32 (local.get $c))))
      (i64.xor (i64.reinterpret_f64 (local.get $d))
        (i64.add (i64.extend_i32_s (local.get $a)) (i64.shl (i64.extend_i32_s (local.get $e)) (i64.const 40))))))
  (func (export "parts") (param i32) (result i32)
    (local $sum i32)
    (local.get 0)
    (call $turn (local.get 0) (i64.const 5) (f32.const 1.5) (f64.const 2.5) (i32.const 9) (ref.null extern))
    (drop)
    ;; what is left of a tuple, between other values
    (block (param i32 i32 i64 f32 f64 i32) (result i32 i32 i64 f32 f64 i32 i32)
      (i32.const 3)
      (br_if 0 (i32.const 1)))
    i32.add local.set $sum
    i32.trunc_sat_f64_s local.get $sum i32.add local.set $sum
    i32.trunc_sat_f32_s local.get $sum i32.mul local.set $sum
    i32.wrap_i64 local.get $sum i32.add i32.add i32.sub)
  (func (export "through") (param externref) (result ${MANY})
    (call_indirect (type $turn)
      (i32.const 4) (i64.const -1) (f32.const 0.25) (f64.const -0.125) (i32.const -6) (local.get 0) (i32.const 1))))`

/** Branches that go to a block, whose values are in registers, or return them, as a tuple. */
const RETURNS = `(module
  (func (export "table") (param $i i32) (param $x externref) (result ${MANY})
    (i32.const 1) (i64.const -2) (f32.reinterpret_i32 (i32.const 0x7fa12345)) (f64.const 0.5) (i32.const 9) (local.get $x)
    (block (param ${MANY}) (result ${MANY})
      (br_table 0 1 0 (local.get $i)))
    (drop) (drop) (i32.const 4) (ref.null extern)
    (br_if 0 (i32.eq (local.get $i) (i32.const 2)))
    (br 0)))`

const THOUSAND = `(module
  (type $t (func (param ${times(1000, 'i32')}) (result ${times(1000, 'i32')})))
  (func $last (param ${times(1000, 'i32')}) (result i32)
    (i32.sub (local.get 999) (local.get 3)))
  (func $next (type $t)
    ${times(999, (i) => `(local.get ${i + 1})`)} (i32.add (local.get 0) (i32.const 1000)))
  (func $tail (type $t)
    (if (i32.gt_u (local.get 0) (i32.const 9000)) (then (return ${times(1000, (i) => `(local.get ${i})`)})))
    (return_call $tail (call $next ${times(1000, (i) => `(local.get ${i})`)})))
  (func (export "f") (param i32) (result i32)
    (call $last (call $tail (call $next (call $next ${times(1000, (i) => `(i32.const ${i * 7})`)}))))))`

const wasm = (text: string, imports: object = {}): Record<string, Func> =>
  new WebAssembly.Instance(new WebAssembly.Module(wat(text)), imports as WebAssembly.Imports).exports as never

const ALL = [...SETTINGS, { engine: 'jit', optimize: 3, i64: 'bigint' }, { engine: 'jit', target: 'es5' }] as const

test.each(ALL)('values of all types go around, %j', (options) => {
  const imports = { m: { host: (...values: unknown[]) => values } }
  const native = wasm(MIXED, imports)
  const ours = load(MIXED, options)(imports).exports as Record<string, Func>
  const it = { it: 1 }
  const calls: [string, ...unknown[]][] = [
    ['fold', it, 1],
    ['fold', null, 3],
    ['fold', it, 40],
    ['parts', 5],
    ['through', it],
    ['turn', 3, 1n << 63n, 0.1, NaN, -1, it],
  ]
  for (const [name, ...args] of calls) expect(ours[name]!(...args)).toEqual(native[name]!(...args))
})

test.each(ALL)('what a block has in registers is returned, %j', (options) => {
  const [native, ours] = [wasm(RETURNS), load(RETURNS, options)().exports as Record<string, Func>]
  for (const i of [0, 1, 2, 3]) expect(ours['table']!(i, 'x')).toEqual(native['table']!(i, 'x'))
})

test.each(ALL)('a thousand of them, %j', (options) => {
  const ours = load(THOUSAND, options)().exports as Record<string, Func>
  expect(ours['f']!(1)).toBe(wasm(THOUSAND)['f']!(1))
})

test('a function of the host gives as many as it has to', () => {
  const { through } = load(MIXED)({ m: { host: () => [1, 2n] } }).exports as Record<string, Func>
  expect(() => through!(null)).toThrow('multi-return length mismatch')
})

/** Code that gives, takes and hands on values at random, and the sum of all that is left in the end. */
function random(seed: number): string {
  const random = new Random(seed)
  const arities = [1, 3, 5, 7, 12, 20]
  const types = arities.map((n) => `(type $t${n} (func (param ${times(n, 'i32')}) (result ${times(n, 'i32')})))`)
  const turns = arities.map(
    (n) => `(func $turn${n} (type $t${n}) ${times(n, (i) => `(i32.add (local.get ${n - 1 - i}) (i32.const ${i}))`)})
      (func $give${n} (result ${times(n, 'i32')}) ${times(n, (i) => `(i32.const ${i * i + n})`)})
      (func $take${n} (param ${times(n, 'i32')}) (result i32) (i32.mul (local.get 0) (local.get ${n - 1})))`,
  )
  let height = 0
  const steps: string[] = []
  for (let i = 0; i < 60; i++) {
    const n = arities[random.below(arities.length)]!
    const uses: ((n: number) => string)[] = [
      () => `call $turn${n}`,
      () => `block (type $t${n}) local.get 0 i32.const ${i} i32.eq br_if 0 call $turn${n} end`,
      () => `local.get 0 if (type $t${n}) call $turn${n} else br 0 end`,
      () =>
        `loop (type $t${n}) call $turn${n} local.get 1 i32.const 1 i32.add local.tee 1 i32.const ${i} i32.lt_u br_if 0 end`,
    ]
    if (height < n || random.below(4) === 0) {
      steps.push(random.below(3) === 0 ? 'local.get 0' : `call $give${n}`)
      height += steps[steps.length - 1] === 'local.get 0' ? 1 : n
    } else if (random.below(5) === 0) {
      steps.push(`call $take${n}`)
      height += 1 - n
    } else if (random.below(6) === 0) {
      steps.push('local.set 1')
      height--
    } else steps.push(uses[random.below(uses.length)]!(n))
  }
  const sum = height === 0 ? 'i32.const 0' : times(height - 1, 'i32.const 31 i32.mul i32.add')
  return `(module ${types.join(' ')} ${turns.join(' ')}
    (func (export "f") (param i32) (result i32) (local i32) ${steps.join(' ')} ${sum}))`
}

test('code at random does what it does natively', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const text = random(seed)
    const native = wasm(text)
    const ours = load(text, ALL[seed % ALL.length])().exports as Record<string, Func>
    for (const arg of [0, 1, 17, -5]) expect([seed, ours['f']!(arg)]).toEqual([seed, native['f']!(arg)])
  }
})
