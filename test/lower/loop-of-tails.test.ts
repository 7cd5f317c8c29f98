// Functions that tail-call each other are one loop: the IR, which become one, and that nobody can tell.

import { beforeAll, describe, expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import { stmtsText } from '../../src/3-ir/text.ts'
import { findModuleFacts } from '../../src/4-lower/facts/module-facts.ts'
import { LIMITS, type Limits } from '../../src/4-lower/limits.ts'
import { lowerFunction } from '../../src/4-lower/lower.ts'
import { TailLoops } from '../../src/4-lower/tail-loops.ts'
import { checkOf } from '../../src/check.ts'
import { compile } from '../../src/index.ts'
import { Random } from '../fuzz/random.ts'
import { bothEngines, MODES } from '../ops/compare.ts'
import type { Api } from '../spec/engine.ts'
import { wat } from '../wat.ts'

/** What becomes of the functions of a module: their IR as loops, verified; what is gone; or nothing of what stays as it is. */
function loopsOf(source: string, limits: Limits = LIMITS): Record<number, string> {
  const module = decode(wat(source))
  validateModule(module)
  const loops = new TailLoops(
    module,
    findModuleFacts(module).tails.loops,
    (index) => lowerFunction(module, index).func,
    limits,
  )
  const made: Record<number, string> = {}
  for (const [index, { body }] of module.funcs.entries()) {
    if (body === undefined) continue
    const func = loops.find(index)
    if (func !== undefined) checkOf(module)([func], 'lower')
    if (func !== undefined) made[index] = stmtsText(func.body)
    if (loops.isGone(index)) made[index] = 'gone'
  }
  return made
}

/** A function of a number of steps and a sum. */
const step = (name: string, body: string, more = ''): string =>
  `(func $${name} ${more} (param $n i32) (param $s i32) (result i32) ${body})`
const to = (name: string, sum = '(local.get $s)'): string =>
  `(return_call $${name} (i32.sub (local.get $n) (i32.const 1)) ${sum})`
const end = (value: string): string => `(if (i32.eqz (local.get $n)) (then (return (i32.const ${value}))))`
const pick = (then: string, otherwise: string): string =>
  `(if (i32.and (local.get $s) (local.get $n)) (then ${then})) ${otherwise}`

const EVEN = step('even', `${end('5')} ${to('odd')}`, '(export "even")')
const ODD = step('odd', `${end('6')} ${to('even')}`)

const EVEN_LOOP =
  'loop 3 { block 4 { if (eqz(l0)) { return 5 }; t2 = sub(l0, 1); t3 = l1; br 4 }; if (eqz(t2)) { return 6 }; l0 = sub(t2, 1); l1 = t3; br 3 }'
const ODD_LOOP = EVEN_LOOP.replace('5 }', '0 }').replace('6 }', '5 }').replace('0 }', '6 }')

const THREE = (x: string, y: string, z: string): string =>
  `(module ${step('x', x, '(export "x")')} ${step('y', y)} ${step('z', z)})`

describe('what stands there', () => {
  test.each<[string, string, Record<number, string>]>([
    ['two functions, of which one is called from elsewhere', `(module ${EVEN} ${ODD})`, { 0: EVEN_LOOP, 1: 'gone' }],
    [
      'two that are both called',
      `(module ${EVEN} ${ODD} (func (drop (call $odd (i32.const 1) (i32.const 2)))))`,
      { 0: EVEN_LOOP, 1: ODD_LOOP },
    ],
    [
      'a ring',
      THREE(end('1') + to('y'), to('z'), to('x')),
      {
        0: 'loop 3 { block 4 { if (eqz(l0)) { return 1 }; t2 = sub(l0, 1); t3 = l1; br 4 }; block 6 { t4 = sub(t2, 1); t5 = t3; br 6 }; l0 = sub(t4, 1); l1 = t5; br 3 }',
        1: 'gone',
        2: 'gone',
      },
    ],
    [
      'one function behind a choice of two',
      THREE(pick(to('y'), to('z')), to('z'), to('x')),
      {
        0: 'loop 3 { block 6 { block 4 { if (and(l1, l0)) { t2 = sub(l0, 1); t3 = l1; br 4 }; t4 = sub(l0, 1); t5 = l1; br 6 }; t4 = sub(t2, 1); t5 = t3; br 6 }; l0 = sub(t4, 1); l1 = t5; br 3 }',
        1: 'gone',
        2: 'gone',
      },
    ],
    [
      'a loop within a loop',
      THREE(end('1') + to('y'), pick(to('x'), to('z')), to('y')),
      {
        0: 'loop 3 { block 4 { if (eqz(l0)) { return 1 }; t2 = sub(l0, 1); t3 = l1; br 4 }; loop 5 { block 6 { if (and(t3, t2)) { l0 = sub(t2, 1); l1 = t3; br 3 }; t4 = sub(t2, 1); t5 = t3; br 6 }; t2 = sub(t4, 1); t3 = t5; br 5 } }',
        1: 'gone',
        2: 'gone',
      },
    ],
    [
      'a loop that is entered in the middle',
      THREE(pick(to('y'), to('z')), pick(to('x'), to('z')), to('y')),
      {
        0: 'dispatch t6 { 3: if (and(l1, l0)) { t2 = sub(l0, 1); t3 = l1; br 5 }; t4 = sub(l0, 1); t5 = l1; br 7 | 5: if (and(t3, t2)) { l0 = sub(t2, 1); l1 = t3; br 3 }; t4 = sub(t2, 1); t5 = t3; br 7 | 7: t2 = sub(t4, 1); t3 = t5; br 5 }',
        1: 'gone',
        2: 'gone',
      },
    ],
    [
      'locals that are zero at the start',
      `(module ${EVEN} (func $odd (param $n i32) (param $s i32) (result i32) (local $z i32) (local $unused f64)
        (local.set $n (local.get $z)) (local.set $z (local.get $s)) ${to('even', '(local.get $z)')}))`,
      {
        0: 'loop 3 { block 4 { if (eqz(l0)) { return 5 }; t2 = sub(l0, 1); t3 = l1; br 4 }; t4 = 0; t2 = t4; t4 = t3; l0 = sub(t2, 1); l1 = t4; br 3 }',
        1: 'gone',
      },
    ],
    [
      'a function that ends without a value, and parameters of other types',
      `(module (func $f (export "f") (param i32) (if (local.get 0) (then (return_call $g (i64.const 5) (local.get 0)))))
        (func $g (param i64 i32) (return_call $f (i32.add (local.get 1) (i32.wrap_i64 (local.get 0))))))`,
      {
        0: 'loop 3 { block 4 { if (l0) { t1 = 5n; t2 = l0; br 4 }; return }; l0 = add(t2, wrap_i64(t1)); br 3 }',
        1: 'gone',
      },
    ],
    [
      'tail calls of others',
      `(module (table 1 funcref) ${step('other', '(i32.const 3)')}
        ${step('x', end('1') + to('y'), '(export "x")')}
        ${step('y', pick(to('other'), pick('(return_call_indirect (param i32) (result i32) (local.get $n) (i32.const 0))', to('x'))))})`,
      {
        1: 'loop 3 { block 4 { if (eqz(l0)) { return 1 }; t2 = sub(l0, 1); t3 = l1; br 4 }; if (and(t3, t2)) { tail f0(sub(t2, 1), t3) }; if (and(t3, t2)) { tail table0[0: type1](t2) }; l0 = sub(t2, 1); l1 = t3; br 3 }',
        2: 'gone',
      },
    ],
    [
      'a function that tail-calls itself too',
      `(module ${EVEN} ${step('odd', pick(to('odd'), to('even')))})`,
      {
        0: 'loop 3 { block 5 { if (eqz(l0)) { return 5 }; t2 = sub(l0, 1); t3 = l1; br 5 }; loop 4 { if (and(t3, t2)) { t2 = sub(t2, 1); br 4 }; l0 = sub(t2, 1); l1 = t3; br 3 } }',
        1: 'gone',
      },
    ],
  ])('%s', (_, source, expected) => expect(loopsOf(source)).toEqual(expected))

  test('what would be nested too deep', () => {
    expect(loopsOf(`(module ${EVEN} ${ODD})`, { ...LIMITS, height: 2 })).toEqual({
      0: 'dispatch t4 { 3: if (eqz(l0)) { return 5 }; t2 = sub(l0, 1); t3 = l1; br 5 | 5: if (eqz(t2)) { return 6 }; l0 = sub(t2, 1); l1 = t3; br 3 }',
      1: 'gone',
    })
  })
})

describe('what stays as it is', () => {
  const large = (name: string): string => step(name, `${'(global.set $g (local.get $n)) '.repeat(1200)} ${to('even')}`)
  test.each<[string, string]>([
    ['functions that nobody calls', `${step('even', to('odd'))} ${ODD}`],
    ['functions that are large together', `(global $g (mut i32) (i32.const 0)) ${EVEN} ${large('odd')}`],
    [
      'chains that do not come back',
      `${step('even', to('other'), '(export "even")')} ${step('other', `${end('6')} (i32.const 1)`)}`,
    ],
    [
      'a loop through a table',
      `(type $t (func (param i32 i32) (result i32))) (table funcref (elem $odd))
      ${step('even', '(return_call_indirect (type $t) (local.get $n) (local.get $s) (i32.const 0))', '(export "even")')} ${ODD}`,
    ],
  ])('%s', (_, source) => expect(loopsOf(`(module ${source})`)).toEqual({}))

  test('a function that is not valid, and its error is its own', () => {
    const bytes = wat(`(module ${EVEN} ${ODD})`)
    // The last i32.sub becomes i32.wrap_i64.
    bytes[bytes.lastIndexOf(0x6b)] = 0xa7
    expect(() => compile(bytes)).toThrow(/^invalid: type mismatch.*\(func 1/)
  })
})

describe('a function is called from elsewhere that', () => {
  const called = (more: string): string =>
    `(module (type $t (func (param i32 i32) (result i32))) ${EVEN} ${ODD} ${more})`
  test.each([
    ['is exported', '(export "odd" (func $odd))'],
    ['is called', '(func (drop (call $odd (i32.const 1) (i32.const 2))))'],
    ['is tail-called', '(func (result i32) (return_call $odd (i32.const 1) (i32.const 2)))'],
    ['is in a table', '(table funcref (elem $odd))'],
    ['is in a segment', '(elem func $odd)'],
    ['is referred to', '(elem declare func $odd) (func (result funcref) (ref.func $odd))'],
    ['is in a global', '(global funcref (ref.func $odd))'],
  ])('%s', (_, more) => expect(loopsOf(called(more))).toEqual({ 0: EVEN_LOOP, 1: ODD_LOOP }))

  test('is the start function', () => {
    const source = `(module (func $f (return_call $g)) (func $g (if (i32.const 0) (then (return_call $f)))) (start $f))`
    expect(Object.keys(loopsOf(source))).toEqual(['0', '1'])
  })
})

/** Functions that choose among each other by their sum, some with more parameters, locals and handlers. */
function machine(random: Random): string {
  const count = random.between(2, 7)
  const hasMore = Array.from({ length: count }, () => random.chance(40))
  const args = (callee: number, value: string): string =>
    `(i32.sub (local.get $n) (i32.const 1)) ${value}${hasMore[callee] ? ' (i64.extend_i32_s (local.get $s))' : ''}`
  const leave = (func: number): string => {
    const callee = random.below(count)
    const more = hasMore[func] ? '(i32.add (local.get $z) (i32.wrap_i64 (local.get $m)))' : '(local.get $z)'
    const value = `(i32.add (i32.mul (local.get $s) (i32.const ${random.between(3, 99)})) ${more})`
    const tail = `(return_call $f${callee} ${args(callee, value)})`
    return random.chance(20) ? `(block (loop (br_if 1 (local.get $z)) ${tail})) ${tail}` : tail
  }
  const funcs = hasMore.map((more, i) => {
    const other = random.below(count)
    const half = args(other, '(local.get $s)').replace('i32.sub', 'i32.shr_u').replace('(i32.const 1)', '(i32.const 2)')
    const calls = `(local.set $s (i32.xor (local.get $s) (call $f${other} ${half})))`
    return `(func $f${i} ${random.chance(50) || i === 0 ? `(export "f${i}")` : ''} (param $n i32) (param $s i32) ${more ? '(param $m i64)' : ''} (result i32)
      (local $z i32)
      (if (i32.le_s (local.get $n) (i32.const 0)) (then (return (i32.add (local.get $s) (i32.const ${i})))))
      ${random.chance(40) ? '(local.set $z (i32.add (local.get $z) (i32.const 7)))' : ''}
      ${random.chance(20) ? calls : ''}
      (if (i32.and (local.get $s) (i32.const ${1 << random.below(4)})) (then ${leave(i)}))
      ${leave(i)})`
  })
  return `(module ${funcs.join('\n')})`
}

describe.each(MODES)('$engine -O$optimize: random machines do what the host says', (mode) => {
  let apis: { native: Api; ours: Api }
  beforeAll(async () => {
    apis = await bothEngines(mode)
  })

  test.each(Array.from({ length: 40 }, (_, seed) => seed))('%s', (seed) => {
    const bytes = wat(machine(new Random(seed)))
    const observe = (api: Api): unknown[] => {
      const { exports } = new api.Instance(new api.Module(bytes))
      return Object.entries(exports).map(([name, f]) =>
        [0, 1, 2, 9, 100].map((n) => [name, (f as (...args: unknown[]) => unknown)(n, 12345 + seed, 77n)]),
      )
    }
    expect(observe(apis.ours)).toEqual(observe(apis.native))
  })
})
