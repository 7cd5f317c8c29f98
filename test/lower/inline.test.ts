// Small functions stand where they are called, and nobody can tell: the host's engine against ours, and the IR.

import { beforeAll, describe, expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { stmtsText } from '../../src/3-ir/text.ts'
import { lowerFunction } from '../../src/4-lower/lower.ts'
import { SmallFunctions } from '../../src/4-lower/small-functions.ts'
import { compile } from '../../src/index.ts'
import { bothEngines } from '../ops/compare.ts'
import type { Api, EngineOptions } from '../spec/engine.ts'
import { wat } from '../wat.ts'

/** The IR of the last function, with all functions of up to `maxBytes` of bytecode where they are called. */
function inlined(source: string, maxBytes = 64): string {
  const module = decode(wat(source))
  const caller = module.funcs.length - 1
  const small = new SmallFunctions(module, maxBytes)
  return stmtsText(
    lowerFunction(module, caller, {
      inlinable: (index, loops) => small.find(index, { caller, loops }),
      targets: () => undefined,
      isPlainTail: () => false,
    }).func.body,
  )
}

/** Functions before a caller `$run`, which is exported and takes two i32. */
const withCaller = (functions: string, results: string, body: string): string => `(module
  (import "env" "note" (func $note (param i32) (result i32)))
  (memory (export "memory") 1 2)
  (global $g (mut i32) (i32.const 0))
  ${functions}
  (func $run (export "run") (param $x i32) (param $y i32) ${results} ${body}))`

const COMPUTES = '(func $f (param i32) (result i32) (i32.add (local.get 0) (i32.const 4)))'
const LOADS = '(func $f (param i32) (result i32) (i32.load (local.get 0)))'
const SQUARE = '(func $f (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))'
const SETS = '(func $f (param i32) (result i32) (local.set 0 (i32.shl (local.get 0) (i32.const 1))) (local.get 0))'
const LEAVES = `(func $f (param i32) (result i32)
  (block (block (br_if 1 (local.get 0)) (if (i32.eqz (global.get $g)) (then (return (i32.const 7)))))
    (return (i32.const 8)))
  (i32.const 9))`

describe('what stands there', () => {
  test.each([
    ['an expression', COMPUTES, '(call $f (i32.mul (local.get $x) (local.get $y)))', 'return add(mul(l0, l1), 4)'],
    ['folded with its constants', COMPUTES, '(call $f (i32.const 5))', 'return 9'],
    [
      'an argument that is used twice',
      SQUARE,
      '(call $f (i32.add (local.get $x) (i32.const 1)))',
      't3 = add(l0, 1); t2 = mul(t3, t3); return t2',
    ],
    ['an argument that is set', SETS, '(call $f (local.get $x))', 't3 = l0; t3 = shl(t3, 1); t2 = t3; return t2'],
    [
      'returns out of blocks',
      LEAVES,
      '(call $f (local.get $x))',
      'block 1 { block 2 { if (l0) { br 2 }; if (eqz(g0.0)) { t2 = 7; br 1 }; t2 = 8; br 1 }; t2 = 9 }; return t2',
    ],
    [
      'nothing behind what only traps',
      '(func $f (param i32) (result i32) unreachable)',
      '(if (result i32) (local.get $y) (then (call $note (call $f (local.get $x)))) (else (i32.const 5)))',
      'if (l1) { trap unreachable } else { t3 = 5 }; return t3',
    ],
  ])('%s', (_, f, body, ir) => {
    expect(inlined(withCaller(f, '(result i32)', body))).toBe(ir)
  })

  test.each([
    ['a loop', '(func $f (param i32) (result i32) (loop (br_if 0 (global.get $g))) (local.get 0))'],
    ['a tail call', '(func $f (param i32) (result i32) (return_call $note (local.get 0)))'],
    ['more bytes than wanted', `(func $f (param i32) (result i32) ${'(nop)'.repeat(64)} (local.get 0))`],
    ['no code', '(func $g (result i32) (i32.const 0)) (export "again" (func $note))'],
  ])('not a function with %s', (what, f) => {
    const callee = what === 'no code' ? '$note' : '$f'
    expect(inlined(withCaller(f, '(result i32)', `(call ${callee} (local.get $x))`))).toMatch(/^return f[01]\(l0\)$/)
  })

  test('a function twice as large in a loop', () => {
    const call = '(drop (call $note (call $f (local.get $x))))'
    const calls = (body: string): number => inlined(withCaller(SQUARE, '', body), 25).split('f1(').length - 1
    expect(calls(call)).toBe(1)
    expect(calls(`(loop ${call})`)).toBe(0)
    expect(calls(`(loop) ${call}`)).toBe(1)
  })

  test('a larger function if its results come in cells', () => {
    const f = (result: string): string =>
      `(func $f (param i32) (result ${result}) (i32.mul (local.get 0) (local.get 0)) (i32.const 5))`
    const calls = (f: string, body: string): number => inlined(withCaller(f, '', body), 25).split('f1(').length - 1
    expect(calls(SQUARE, '(drop (call $f (local.get $x)))')).toBe(1)
    expect(calls(f('i32 i32'), '(drop (drop (call $f (local.get $x))))')).toBe(0)
  })

  test('no more than a function may grow by', () => {
    const ir = inlined(withCaller(COMPUTES, '', '(drop (call $note (call $f (local.get $x))))'.repeat(1000)))
    const calls = ir.split('f1(').length - 1
    expect(calls).toBeGreaterThan(500)
    expect(calls).toBeLessThan(1000)
  })

  test('a recursive function once into itself', () => {
    const ir = inlined(
      '(module (func $f (param i32) (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1)))))))',
    )
    expect(ir).toBe('if (l0) { t1 = sub(l0, 1); if (t1) { f0(sub(t1, 1)) } }; return')
  })
})

/** Functions, results and body of a caller. */
const PROGRAMS: Record<string, readonly [functions: string, results: string, body: string]> = {
  'arguments before the body, from left to right': [
    '(func $f (param i32 i32) (result i32) (i32.sub (call $note (local.get 1)) (local.get 0)))',
    '(result i32)',
    '(call $f (call $note (i32.const 1)) (call $note (i32.const 2)))',
  ],
  'what waits below a call that writes': [
    '(func $f (param i32) (i32.store (i32.const 0) (local.get 0)) (global.set $g (local.get 0)))',
    '(result i32)',
    '(i32.load (i32.const 0)) (global.get $g) (local.get $x) (call $f (local.get $y)) (i32.add) (i32.add)',
  ],
  'a local that is set while its value waits as an argument': [
    '(func $f (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))',
    '(result i32)',
    '(local.get $x) (local.set $x (i32.const 50)) (local.get $x) (call $f) (local.get $x) (i32.add)',
  ],
  'traps after what was done before': [
    '(func $f (param i32) (result i32) (i32.div_u (i32.const 100) (local.get 0)))',
    '(result i32)',
    '(drop (call $note (i32.const 1))) (call $f (local.get $x)) (drop (call $note (i32.const 2)))',
  ],
  'traps that nobody looks at': [
    LOADS,
    '',
    '(drop (call $f (local.get $x))) (drop (call $note (i32.const 3))) (drop (call $f (i32.shl (local.get $x) (i32.const 31))))',
  ],
  'a body that only traps': [
    '(func $f (param i32) (result i32 i64) unreachable)',
    '(result i32)',
    '(if (result i32) (local.get $x) (then (call $f (local.get $y)) (drop)) (else (i32.const 4)))',
  ],
  'several results': [
    '(func $f (param i32 i32) (result i32 i64 f64) (local.get 1) (i64.extend_i32_s (local.get 0)) (f64.convert_i32_u (local.get 1)))',
    '(result f64 i64 i32)',
    `(local $a i32) (local $b i64) (local $c f64)
      (call $f (local.get $x) (local.get $y)) (local.set $c) (local.set $b) (local.set $a)
      (local.get $c) (local.get $b) (local.get $a)`,
  ],
  'i64 in and out': [
    '(func $f (param i64 i64) (result i64) (i64.add (i64.mul (local.get 0) (local.get 1)) (i64.const -1)))',
    '(result i64)',
    '(call $f (call $f (i64.extend_i32_s (local.get $x)) (i64.const 0x123456789)) (i64.extend_i32_u (local.get $y)))',
  ],
  'a call inside a result of i64': [
    '(func $f (param i32) (result i64) (i64.extend_i32_s (call $note (local.get 0))))',
    '(result i64)',
    '(i64.sub (call $f (local.get $x)) (call $f (local.get $y)))',
  ],
  'parameters that are set': [
    SETS,
    '(result i32)',
    '(i32.add (call $f (local.get $x)) (i32.mul (local.get $x) (call $f (i32.const 3))))',
  ],
  'locals that start at zero each time': [
    '(func $f (param i32) (result i32) (local i32 i64 f64) (if (local.get 0) (then (local.set 1 (local.get 0)) (local.set 3 (f64.const 2)))) (i32.add (local.get 1) (i32.trunc_f64_s (local.get 3))))',
    '(result i32)',
    `(local $sum i32)
      (loop (local.set $sum (i32.add (local.get $sum) (call $f (i32.and (local.get $x) (i32.const 1)))))
        (br_if 0 (local.tee $x (i32.shr_u (local.get $x) (i32.const 1)))))
      (local.get $sum)`,
  ],
  'returns out of nested blocks': [
    LEAVES,
    '(result i32)',
    '(i32.add (call $f (local.get $x)) (i32.shl (call $f (i32.const 0)) (i32.const 8))) (global.set $g (local.get $y)) (i32.add (call $f (i32.const 0)))',
  ],
  'a br_table inside': [
    '(func $f (param i32) (result i32) (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 10))) (return (i32.const 11))) (i32.const 12))',
    '(result i32)',
    '(i32.add (call $f (local.get $x)) (i32.mul (call $f (local.get $y)) (i32.const 100)))',
  ],
  recursion: [
    '(func $f (param i32) (result i32) (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0)) (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1))) (call $f (i32.sub (local.get 0) (i32.const 2)))))))',
    '(result i32)',
    '(call $f (i32.and (local.get $x) (i32.const 15)))',
  ],
  'recursion between two': [
    '(func $f (param i32) (result i32) (if (result i32) (local.get 0) (then (call $h (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 1)))) (func $h (param i32) (result i32) (if (result i32) (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 0))))',
    '(result i32)',
    '(call $f (i32.and (local.get $x) (i32.const 255)))',
  ],
  'a memory that grows inside': [
    '(func $f (param i32) (result i32) (memory.grow (local.get 0)))',
    '(result i32)',
    '(i32.store (i32.const 8) (local.get $y)) (i32.store (i32.mul (call $f (i32.const 1)) (i32.const 65536)) (i32.const 5)) (i32.add (i32.load (i32.const 8)) (i32.load (i32.const 65536)))',
  ],
  'the bits of a NaN': [
    '(func $f (param f32) (result f32) (local.get 0)) (func $h (param f32) (result i32) (i32.reinterpret_f32 (call $f (local.get 0))))',
    '(result i32)',
    '(call $h (call $f (f32.reinterpret_i32 (i32.or (local.get $x) (i32.const 0x7f800001)))))',
  ],
  'a call that control does not reach': [COMPUTES, '(result i32)', '(return (local.get $x)) (call $f (i32.const 1))'],
  'a call under many blocks': [
    LEAVES,
    '(result i32)',
    `${'block '.repeat(150)} (br_if 149 (i32.eq (call $f (local.get $x)) (i32.const 9))) ${'end '.repeat(150)} (call $note (call $f (local.get $y)))`,
  ],
}

const ARGUMENTS = [
  [0, 0],
  [1, 0],
  [0, 3],
  [2, 1],
  [-1, 7],
  [70000, -5],
] as const

/** What runs gave and did: results or the error's class, and what was noted. */
function observe(api: Api, bytes: Uint8Array<ArrayBuffer>): unknown[] {
  return ARGUMENTS.map(([x, y]) => {
    const noted: number[] = []
    const note = (value: number): number => noted.push(value) * 10
    const { exports } = new api.Instance(new api.Module(bytes), { env: { note } })
    const run = exports['run'] as (x: number, y: number) => unknown
    try {
      return { result: String(run(x, y)), noted }
    } catch (error) {
      return { trap: (error as Error).message, noted }
    }
  })
}

const MODES: readonly EngineOptions[] = [
  { native: false, engine: 'jit', optimize: 3 },
  { native: false, engine: 'interpreter', optimize: 2 },
  { native: false, engine: 'interpreter', optimize: 3 },
]

describe.each(MODES)('$engine -O$optimize gives what the host gives', (mode) => {
  let apis: { native: Api; ours: Api }
  beforeAll(async () => {
    apis = await bothEngines(mode)
  })

  test.each(Object.entries(PROGRAMS))('%s', (_, [functions, results, body]) => {
    const bytes = wat(withCaller(functions, results, body))
    const expected = observe(apis.native, bytes)
    expect(observe(apis.ours, bytes)).toEqual(expected)
  })
})

test('an invalid callee gives its own error, whether it is small or not', () => {
  const bytes = wat(
    '(module (func $run (result i32) (call $f (i32.const 1))) (func $f (param i32) (result i32) (local.get 0)))',
  )
  // local.get 0 of the last function becomes f64.abs on nothing.
  const at = bytes.lastIndexOf(0x20)
  bytes.set([0x01, 0x99], at)
  const message = (optimize: 0 | 3): string => {
    try {
      compile(bytes, { optimize })
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }
  expect(message(3)).toMatch(/^invalid: type mismatch.*\(func 1/)
  expect(message(3)).toBe(message(0))
})
