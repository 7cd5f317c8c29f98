// Loops that go round once for each lane: the IR, and that nobody can tell.

import { describe, expect, test } from 'vitest'
import { parse } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { verifyAll } from '../../src/3-ir/verify.ts'
import { splitLanes } from '../../src/4-lower/lane-loops.ts'
import { compile } from '../../src/index.ts'
import { bothEngines, MODES } from '../ops/compare.ts'
import { wat } from '../wat.ts'

const ROTATES = 'l5 = l4; l4 = l3; l3 = l2; l2 = l1'.split('; ')
const LEAVE = ['if (eqz(l0)) {', 'br 1', '}', 'l0 = sub(l0, 1)']

/** A function of a loop. */
const looping = (lines: readonly string[], { behind = '', more = '' } = {}): string => {
  const body = lines.map((line) => `    ${line}`).join('\n')
  const locals = 'var l1: v128, l2: v128, l3: v128, l4: v128, l5: v128, l6: i32'
  return `f0(l0: i32) -> v128\n  ${locals}${more}\n  block 1 {\n  loop 2 {\n${body}\n  br 2\n  }\n  }\n${behind}  return l5`
}

/** The statements of the function as it becomes. */
function after(source: string): string[] {
  const func = splitLanes(parse(source))
  verifyAll([func])
  return funcText(func)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

const staysAsItIs = (source: string): void => {
  const func = parse(source)
  verifyAll([func])
  expect(splitLanes(func)).toBe(func)
}

test('each lane has a loop, the highest first, and the lowest sets what is no vector', () => {
  const made = after(looping([...ROTATES, 'l1 = i32x4.add(v128.load(l0+16), l5)', ...LEAVE]))
  expect(made.slice(4, 9)).toEqual([
    'l7 = i32x4.extract_lane(l4, 0)',
    'l8 = i32x4.extract_lane(l4, 1)',
    'l9 = i32x4.extract_lane(l4, 2)',
    'l10 = i32x4.extract_lane(l4, 3)',
    'l11 = i32x4.extract_lane(l5, 0)',
  ])
  const first = made.indexOf('l27 = l0')
  const leave = (reg: string, label: number): string[] => [
    `if (eqz(${reg})) {`,
    `br ${label}`,
    '}',
    `${reg} = sub(${reg}, 1)`,
  ]
  expect(made.slice(first, made.indexOf('l28 = l0'))).toEqual([
    ...['l27 = l0', 'block 4 {', 'loop 3 {'],
    ...['l14 = l10', 'l10 = l18', 'l18 = l22', 'l22 = l26', 'l26 = add(i32.load(l27+28), l14)'],
    ...[...leave('l27', 4), 'br 3', '}', '}'],
  ])
  expect(made.slice(made.indexOf('loop 9 {'))).toEqual([
    ...['loop 9 {', 'l11 = l7', 'l7 = l15', 'l15 = l19', 'l19 = l23', 'l23 = add(i32.load(l0+16), l11)'],
    ...[...leave('l0', 10), 'br 9', '}', '}'],
    'l4 = v128.join(l7, l8, l9, l10)',
    'l5 = v128.join(l11, l12, l13, l14)',
    'l3 = v128.join(l15, l16, l17, l18)',
    'l2 = v128.join(l19, l20, l21, l22)',
    'l1 = v128.join(l23, l24, l25, l26)',
    ...['br 1', '}', 'return l5'],
  ])
})

describe('a word is made of the same words', () => {
  test.each([
    ['v128.not(l5)', 'xor(l14, -1)'],
    ['v128.andnot(l5, l4)', 'and(l14, xor(l10, -1))'],
    ['v128.bitselect(l5, l4, l3)', 'xor(and(xor(l14, l10), l18), l10)'],
    ['v128.join(1, 2, 3, l0)', 'l27'],
    ['i32x4.splat(i32.load(l0+4))', 'i32.load(l27+4)'],
    ['i32x4.neg(l5)', 'sub(0, l14)'],
    ['i32x4.shl(l5, l0)', 'shl(l14, l27)'],
    ['i32x4.gt_u(l5, i32x4.mul(l4, l3))', 'sub(0, gt_u(l14, mul(l10, l18)))'],
    ['(l0 ? l5 : l4)', '(l27 ? l14 : l10)'],
  ])('%s', (vector, word) => {
    expect(after(looping([...ROTATES, `l1 = ${vector}`, ...LEAVE]))).toContain(`l26 = ${word}`)
  })
})

test('what only the loop uses begins and ends in it', () => {
  const made = after(looping([...ROTATES, 't7 = i32x4.add(l5, l1)', 'l1 = t7', ...LEAVE], { more: '\n  reg t7: v128' }))
  expect(made.filter((line) => line.includes('t7'))).toEqual([])
})

describe('one loop has all lanes', () => {
  test.each<[string, string[]]>([
    ['of few copies', [...ROTATES.slice(1), ...LEAVE]],
    ['that goes by a vector', [...ROTATES, 'if (v128.any_true(l1)) {', 'br 1', '}', ...LEAVE]],
    ['that moves words', [...ROTATES, 'l1 = i8x16.shuffle(l5, l5, 1, 2, 3, 4)', ...LEAVE]],
    ['that stores', [...ROTATES, 'i32.store(l0+0, 1)', ...LEAVE]],
    ['that calls', [...ROTATES, 'l6 = f1(l0)', ...LEAVE]],
    ['that changes a global', [...ROTATES, 'g0.0 = l0', ...LEAVE]],
    ['that gives something back', [...ROTATES, 'if (l0) {', 'return l1', '}', ...LEAVE]],
    ['whose words need others', [...ROTATES, 'l1 = i64x2.add(l1, l2)', ...LEAVE]],
    ['of a part of a vector', [...ROTATES, 'l6 = i32x4.extract_lane(l1, 2)', ...LEAVE]],
  ])('%s', (_, body) => staysAsItIs(looping(body)))

  test('that is never left', () => {
    staysAsItIs(looping(ROTATES).replace('  return l5', ''))
  })

  test('that is left to two places', () => {
    const leaves = [...LEAVE, 'if (lt_u(l0, 3)) {', 'br 3', '}']
    staysAsItIs(
      looping([...ROTATES, ...leaves])
        .replace('block 1 {', 'block 3 {\n  block 1 {')
        .replace('  return', '  }\n  return'),
    )
  })

  test('that sets what is used elsewhere and not there from the start', () => {
    const source = looping([...ROTATES, 't7 = i32x4.add(l5, l1)', ...LEAVE], {
      more: '\n  reg t7: v128',
      behind: '  l5 = t7\n',
    })
    staysAsItIs(source.replace('  block 1', '  t7 = l1\n  block 1'))
  })
})

const MODULE = `(module
  (memory (export "memory") 1)
  (func (export "run") (param $n i32) (param $at i32) (result i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $e v128) (local $t v128)
    (local.set $a (v128.const i32x4 1 2 3 4))
    (local.set $e (v128.const i32x4 -7 99 12345 8))
    (block $out
      (loop $again
        (local.set $t (i32x4.add (i32x4.mul (local.get $e) (local.get $a)) (v128.load (local.get $at))))
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (local.set $at (i32.add (local.get $at) (i32.rem_u (i32.const 40) (i32.sub (local.get $n) (i32.const 77)))))
        (local.set $e (local.get $d)) (local.set $d (local.get $c)) (local.set $c (local.get $b))
        (local.set $b (local.get $a))
        (local.set $a (v128.xor (i32x4.shl (local.get $t) (local.get $n)) (i32x4.lt_s (local.get $c) (i32x4.splat (local.get $n)))))
        (br $again)))
    (local.set $t (i32x4.add (i32x4.add (local.get $a) (local.get $b)) (v128.xor (local.get $c) (i32x4.add (local.get $d) (local.get $e)))))
    (local.set $t (i32x4.add (local.get $t) (i32x4.splat (i32.add (local.get $n) (local.get $at)))))
    (i32.xor (i32x4.extract_lane 0 (local.get $t)) (i32.mul (i32x4.extract_lane 3 (local.get $t)) (i32.const 31)))))`

test.each(MODES)('$engine -O$optimize gives what the host gives, and traps where it does', async (mode) => {
  const apis = await bothEngines(mode)
  const bytes = wat(MODULE)
  const run = ({ Instance, Module }: (typeof apis)['native']): unknown[] => {
    const { exports } = new Instance(new Module(bytes))
    const words = new Int32Array((exports['memory'] as WebAssembly.Memory).buffer)
    words.forEach((_, i) => {
      words[i] = Math.imul(i + 1, 0x9e3779b9)
    })
    return [0, 1, 2, 9, 70, 100, 2000].flatMap((n) =>
      [0, 3, 65000, 65519, 65520, 65521, 65524].map((at) => {
        try {
          return (exports['run'] as (n: number, at: number) => unknown)(n, at)
        } catch (error) {
          return (error as Error).constructor.name
        }
      }),
    )
  }
  const expected = run(apis.native)
  expect(new Set(expected).size).toBeGreaterThan(15)
  expect(expected).toContain('RuntimeError')
  expect(run(apis.ours)).toEqual(expected)
})

describe('lanes have loops', () => {
  const loops = (source: string, options: Parameters<typeof compile>[1]): number =>
    compile(wat(source), options)
      .code.split('function instantiate')[1]!
      .match(/for\s*\(|while\s*\(/g)!.length

  test('from level 2 on, and for engines with a JIT', () => {
    const count = (options: Parameters<typeof compile>[1]): number => loops(MODULE, options)
    expect(count({ optimize: 2 })).toBe(4)
    expect(count({ optimize: 1 })).toBe(1)
    expect(count({ optimize: 2, engine: 'interpreter' })).toBe(1)
  })

  test('not where another thread may change what they load', () => {
    expect(loops(MODULE.replace('"memory") 1', '"memory") 1 1 shared'), { optimize: 2 })).toBe(1)
  })
})
