// What the builtins of `wasm:js-string` compute and when they trap, in all forms of calls. What is expected is what Node 26's own
// engine gives, which is asked too where it has builtins.

import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { type Func, SETTINGS, thrown } from '../compile/load.ts'
import { everyBuiltin, FORMS, importOf } from './modules.ts'

type Exports = Readonly<Record<string, Func>>

const bytes = everyBuiltin()
const OPTIONS = { builtins: ['js-string'] } as const

function ours(options: object): () => Exports {
  const { code } = compile(bytes, { ...OPTIONS, ...options, format: 'iife', name: 'out' })
  const { instantiate } = new Function(`${code}\nreturn out`)()
  return () => instantiate().exports
}

const [main, ...others] = SETTINGS
const engines: [string, () => Exports][] = [
  ...[main, ...others, { target: 'es5' }, { target: 'es2020' }, { names: true }].map(
    (settings): [string, () => Exports] => [JSON.stringify(settings), ours(settings)],
  ),
]
type Validate = (bytes: Uint8Array<ArrayBuffer>, options: object) => boolean
/** Builtins change what is valid. */
const wrong = importOf('length', [], [])
const validate = globalThis.WebAssembly?.validate as Validate | undefined
const hasBuiltins = validate?.(wrong, {}) === true && !validate(wrong, OPTIONS)
const Module = globalThis.WebAssembly?.Module as unknown as new (
  bytes: Uint8Array<ArrayBuffer>,
  options: object,
) => WebAssembly.Module
if (hasBuiltins)
  engines.push(['native', () => new WebAssembly.Instance(new Module(bytes, OPTIONS)).exports as unknown as Exports])

const CAST = 'illegal cast'
const OFFSET = 'string offset out of bounds'
const ARRAY = 'array element access out of bounds'
const NULL = 'dereferencing a null pointer'
const FACE = '\u{1f600}'

type Case = readonly [builtin: string, args: readonly unknown[], result: unknown]

/** A string in place of a result that is one is in quotes; others are the messages of traps. */
const CASES: readonly Case[] = [
  ...['abc', ''].map((s): Case => ['test', [s], 1]),
  ...[null, undefined, 5, {}, new String('x')].map((s): Case => ['test', [s], 0]),
  ['cast', ['abc'], '"abc"'],
  ...[null, undefined, 5, new String('x')].map((s): Case => ['cast', [s], CAST]),
  ['length', ['abc'], 3],
  ['length', [''], 0],
  ...[null, undefined, 5, new String('x'), [1]].map((s): Case => ['length', [s], CAST]),
  ['charCodeAt', ['abc', 1], 98],
  ['charCodeAt', ['\uffff', 0], 0xffff],
  ...[3, -1, 0x8000_0000].map((i): Case => ['charCodeAt', ['abc', i], OFFSET]),
  ['charCodeAt', ['', 0], OFFSET],
  ['charCodeAt', [null, 0], CAST],
  ['codePointAt', [`a${FACE}c`, 1], 0x1f600],
  ['codePointAt', [`a${FACE}c`, 2], 0xde00],
  ['codePointAt', ['\ud83d', 0], 0xd83d],
  ['codePointAt', ['\ud83dx', 0], 0xd83d],
  ['codePointAt', ['abc', 3], OFFSET],
  ['codePointAt', [5, 0], CAST],
  ['fromCharCode', [65], '"A"'],
  ['fromCharCode', [65 + 0x1_0000], '"A"'],
  ['fromCharCode', [-1], '"\uffff"'],
  ['fromCodePoint', [65], '"A"'],
  ['fromCodePoint', [0xffff], '"\uffff"'],
  ['fromCodePoint', [0x1_0000], '"\u{10000}"'],
  ['fromCodePoint', [0x10_ffff], '"\u{10ffff}"'],
  ['fromCodePoint', [0x1f600], `"${FACE}"`],
  ['fromCodePoint', [0xd800], '"\\ud800"'],
  ['fromCodePoint', [0x11_0000], 'Invalid code point 1114112'],
  ['fromCodePoint', [-1], 'Invalid code point 4294967295'],
  ['concat', ['a', 'b'], '"ab"'],
  ['concat', [null, 'b'], CAST],
  ['concat', ['a', 1], CAST],
  ['substring', ['abcd', 1, 3], '"bc"'],
  ['substring', ['abcd', 3, 1], '""'],
  ['substring', ['abcd', 5, 6], '""'],
  ['substring', ['abcd', 1, -1], '"bcd"'],
  ['substring', ['abcd', -1, -1], '""'],
  ['substring', [null, 1, 2], CAST],
  ['equals', ['ab', 'ab'], 1],
  ['equals', ['a', 'b'], 0],
  ['equals', [null, null], 1],
  ['equals', [null, ''], 0],
  ['equals', [undefined, ''], CAST],
  ['equals', ['', 1], CAST],
  ['compare', ['a', 'a'], 0],
  ['compare', ['a', 'b'], -1],
  ['compare', ['b', 'a'], 1],
  ['compare', [FACE, '\uffff'], -1],
  ['compare', [null, ''], CAST],
  ['compare', ['', null], CAST],
  ['fromCharCodeArray', [null, 0, 0], NULL],
  ['intoCharCodeArray', ['', null, 0], NULL],
]

describe.each(engines)('%s', (_, instantiate) => {
  const exports = instantiate()
  const tell = (run: () => unknown): unknown => {
    try {
      const result = run()
      return typeof result === 'string' ? JSON.stringify(result) : result
    } catch (error) {
      expect((error as Error).name).toBe('RuntimeError')
      return (error as Error).message
    }
  }

  test.each(FORMS)('results and traps: builtin%s', (form) => {
    for (const [builtin, args, result] of CASES)
      expect([builtin, args, tell(() => exports[builtin + form]!(...args))]).toEqual([builtin, args, result])
  })

  test.each(FORMS)('arrays of units: builtin%s', (form) => {
    const { array, get, set } = exports as { array: Func; get: Func; set: Func }
    const into = (...args: unknown[]) => tell(() => exports[`intoCharCodeArray${form}`]!(...args))
    const from = (...args: unknown[]) => tell(() => exports[`fromCharCodeArray${form}`]!(...args))
    const units = array(4)
    expect(into('a\u00e9\uffff', units, 1)).toBe(3)
    expect([0, 1, 2, 3].map((i) => get(units, i))).toEqual([0, 97, 233, 0xffff])
    expect([into('abc', units, 2), into('', units, 4), into('', units, 5), into('a', units, -1)]).toEqual([
      ARRAY,
      0,
      ARRAY,
      ARRAY,
    ])
    expect(into(null, units, 0)).toBe(CAST)
    expect([0, 1, 2, 3].map((i) => get(units, i))).toEqual([0, 97, 233, 0xffff])
    expect(from(units, 1, 4)).toBe('"a\u00e9\uffff"')
    expect([from(units, 1, 5), from(units, 3, 2), from(units, 4, 4), from(units, 5, 5), from(units, -1, -1)]).toEqual([
      ARRAY,
      ARRAY,
      '""',
      ARRAY,
      ARRAY,
    ])
    const many = array(20_000)
    for (let i = 0; i < 20_000; i++) set(many, i, i)
    const text = exports[`fromCharCodeArray${form}`]!(many, 1, 20_000) as string
    expect([text.length, text.charCodeAt(0), text.charCodeAt(8191), text.charCodeAt(19_998)]).toEqual([
      19_999, 1, 8192, 19_999,
    ])
  })

  test('a builtin is an exported function, one for each instance', () => {
    const builtin = exports['length!']!
    expect([builtin.name, builtin.length]).toEqual(['8', 1])
    expect(exports['length!']).toBe(builtin)
    expect(instantiate()['length!']).not.toBe(builtin)
    expect(() => Reflect.construct(builtin, ['a'])).toThrow(TypeError)
  })
})

test('nothing is to be imported, and calls are plain expressions', () => {
  const { code, imports } = compile(bytes, { ...OPTIONS, names: true })
  expect(imports).toEqual([])
  expect(code).toContain('typeof')
  expect(code).not.toContain('func_import')
  expect(code).toContain('string_cast(a).length')
  expect(compile(bytes).imports).toHaveLength(13)
})

test('the result that is too long is an exception of JavaScript', () => {
  const { concat } = engines[0]![1]() as { concat: Func }
  const half = 'x'.repeat(2 ** 28)
  expect(thrown(() => concat(concat(half, half), half))).toBeInstanceOf(RangeError)
})
