// Loops that hand vectors on from one variable to the next: the IR, and that nobody can tell.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { unrollRotations } from '../../src/4-lower/rotations.ts'
import { compile } from '../../src/index.ts'
import { bothEngines, MODES } from '../ops/compare.ts'
import { wat } from '../wat.ts'

const ROTATES = 'l5 = l4; l4 = l3; l3 = l2; l2 = l1'.split('; ')

/** A function of a loop. */
const looping = (...lines: string[]): string => {
  const body = lines.map((line) => `    ${line}`).join('\n')
  return `f0(l0: i32)\n  var l1: v128, l2: v128, l3: v128, l4: v128, l5: v128\n  block 1 {\n  loop 2 {\n${body}\n  }\n  }`
}

const lines = (source: string): string[] =>
  source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const after = (source: string): string[] => lines(funcText(unrollRotations(parse(source))))

const LEAVE = ['if (eqz(l0)) {', 'br 1', '}', 'l0 = sub(l0, 1)']

test('there are four turns in a loop', () => {
  const turn = [...ROTATES, 'l1 = i32x4.add(l5, l1)', ...LEAVE]
  const made = after(looping(...turn, 'br 2'))
  const inner = [3, 4, 5].flatMap((label) => [`block ${label} {`, ...turn, `br ${label}`, '}'])
  expect(made.slice(2)).toEqual(['block 1 {', 'loop 2 {', ...inner, ...turn, 'br 2', '}', '}'])
})

describe('one turn has a loop', () => {
  test.each<[string, string[]]>([
    ['of few copies', [...ROTATES.slice(1), ...LEAVE, 'br 2']],
    ['that ends', [...ROTATES, 'if (l0) {', 'br 2', '}']],
    [
      'with a block in it',
      [...ROTATES, 'block 3 {', 'if (l0) {', 'br 3', '}', 'l0 = sub(l0, 1)', '}', ...LEAVE, 'br 2'],
    ],
    ['with a handler in it', [...ROTATES, 'try {', 'l0 = f1(l0)', '} catch {', 'caught()', '}', ...LEAVE, 'br 2']],
    ['of many operations', [...ROTATES, ...Array.from({ length: 100 }, () => 'l0 = f1(l0)'), ...LEAVE, 'br 2']],
  ])('%s', (_, body) => {
    const func = parse(looping(...body))
    expect(unrollRotations(func)).toBe(func)
  })

  test('of other values', () => {
    const func = parse(looping(...ROTATES, ...LEAVE, 'br 2').replaceAll('v128', 'f64'))
    expect(unrollRotations(func)).toBe(func)
  })
})

const MODULE = `(module
  (memory (export "memory") 1)
  (func (export "run") (param $n i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128) (local $t v128)
    (local.set $a (v128.const i32x4 1 2 3 4))
    (local.set $e (v128.const i32x4 -7 99 12345 8))
    (block $out
      (loop $again
        (local.set $t (i32x4.add (i32x4.mul (local.get $e) (local.get $a)) (v128.load (i32.shl (local.get $n) (i32.const 2)))))
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $e (local.get $d)) (local.set $d (local.get $c)) (local.set $c (local.get $b))
        (local.set $b (local.get $a)) (local.set $a (i32x4.add (local.get $t) (i32x4.splat (local.get $n))))
        (v128.store (i32.shl (local.get $n) (i32.const 3)) (local.get $b))
        (br_if $out (i32.eq (i32x4.extract_lane 2 (local.get $a)) (i32.const 17)))
        (br $again)))
    (local.set $t (i32x4.add (i32x4.add (local.get $a) (local.get $b)) (v128.xor (local.get $c) (i32x4.add (local.get $d) (local.get $e)))))
    (i32.xor (i32x4.extract_lane 0 (local.get $t)) (i32.mul (i32x4.extract_lane 3 (local.get $t)) (i32.const 31)))))`

test.each(MODES)('$engine -O$optimize gives what the host gives', async (mode) => {
  const apis = await bothEngines(mode)
  const bytes = wat(MODULE)
  const run = ({ Instance, Module }: (typeof apis)['native']): unknown[] => {
    const { exports } = new Instance(new Module(bytes))
    return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map((n) => (exports['run'] as (n: number) => unknown)(n))
  }
  expect(run(apis.ours)).toEqual(run(apis.native))
})

test('only from level 2 on, and for engines with a JIT', () => {
  const length = (options: Parameters<typeof compile>[1]): number => compile(wat(MODULE), options).code.length
  const grows = length({ optimize: 2 }) - length({ optimize: 1 })
  expect(grows).toBeGreaterThan(300)
  expect(length({ optimize: 2, engine: 'interpreter' }) - length({ optimize: 1, engine: 'interpreter' })).toBeLessThan(
    300,
  )
})
