// Where asked for, the text of functions says of whatever may trap or call which instruction it is from.

import { type AnyNode, type CallExpression, parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { decode } from '../../src/1-decode/decode.ts'
import { validateModule } from '../../src/2-validate/module.ts'
import { emitContext } from '../../src/6-emit/module.ts'
import { children } from '../../src/7-link/scope.ts'
import { rangeCompiler } from '../../src/functions.ts'
import { completeOptions, type Settings } from '../../src/options.ts'
import { generate } from '../fuzz/generate.ts'
import { type Found, instructionsOf } from '../ir/instructions.ts'
import { wat } from '../wat.ts'

interface Mapped {
  readonly text: string
  /** Byte offset of the instruction that a place in the text is from; -1 of none. */
  readonly at: (place: number) => number
}

function emit(bytes: Uint8Array, options: Partial<Settings>): Mapped {
  const settings = { ...completeOptions(options), sourceMap: true }
  const module = decode(bytes)
  validateModule(module)
  const { chunks, positions } = rangeCompiler(
    emitContext(module, settings),
    settings,
  )({
    from: 0,
    to: module.funcs.length,
  })
  const pairs = [...positions!]
  const at = (place: number): number => {
    let found = -1
    for (let i = 0; i < pairs.length && pairs[i]! <= place; i += 2) found = pairs[i + 1]!
    return found
  }
  return { text: chunks.join(''), at }
}

function callsIn(node: AnyNode): CallExpression[] {
  const inner = children(node).flatMap(callsIn)
  return node.type === 'CallExpression' ? [node, ...inner] : inner
}

const calleeOf = ({ callee }: CallExpression): string => {
  if (callee.type === 'Identifier') return callee.name
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? `.${callee.property.name}` : '?'
}

/** What a call in the text may be from; undefined: anything. */
function expected(callee: string): ((found: Found) => boolean) | undefined {
  const [, func] = /^f(\d+)$/.exec(callee) ?? []
  if (func !== undefined) return ({ name, index }) => /^(return_)?call$/.test(name) && index === Number(func)
  if (/^\.[iagfd]$|^slow_.*load|^f32_load$/.test(callee)) return ({ name }) => /\.load/.test(name)
  if (/^\.[IAGFD]$|^slow_.*store|^f(32|64)_store$/.test(callee)) return ({ name }) => /\.store/.test(name)
  const [, family] = /^i\d\d_(div|rem|trunc)_/.exec(callee) ?? []
  if (family !== undefined) return ({ name }) => name.includes(`.${family}`)
  if (callee === 'call_indirect_trap') return ({ name }) => /call_indirect$/.test(name)
  if (/^(memory|table)_/.test(callee)) return ({ name }) => name.replace('.', '_') === callee
  return callee === 'unreachable' ? ({ name }) => name === callee : undefined
}

/** Checks where calls begin and end: engines say the one or the other, and inside are those of the operands. */
function check(bytes: Uint8Array, options: Partial<Settings>): number {
  const instructions = instructionsOf(bytes)
  const { text, at } = emit(bytes, options)
  let count = 0
  for (const node of callsIn(parse(text, { ecmaVersion: 'latest' }))) {
    const fits = expected(calleeOf(node))
    if (fits === undefined) continue
    count++
    for (const place of [node.callee.end - 1, node.end - 1]) {
      const found = instructions.get(at(place))
      const shown = text.slice(Math.max(0, node.start - 60), node.end)
      expect(found !== undefined && fits(found), `${shown}\nis from ${found?.name} @${at(place)}`).toBe(true)
    }
  }
  return count
}

const SEVERAL = wat(`(module (memory 1)
  (func $f (param i32) (result i32) (local.get 0))
  (func (param i32) (result i32)
    (i32.store offset=4 (i32.load (local.get 0))
      (i32.add (i32.load8_u offset=9 (local.get 0)) (i32.load16_s offset=10 (i32.load offset=12 (local.get 0)))))
    (i32.div_s (i32.load offset=16 (local.get 0))
      (i32.add (call $f (i32.trunc_f64_s (f64.load offset=24 (local.get 0)))) (i32.load8_s offset=32 (local.get 0))))))`)

describe('accesses of one expression', () => {
  test('are each from an instruction of their own', () => {
    const instructions = instructionsOf(SEVERAL)
    const { text, at } = emit(SEVERAL, { optimize: 1 })
    const calls = callsIn(parse(text, { ecmaVersion: 'latest' })).map((node) => [
      calleeOf(node),
      at(node.callee.end - 1),
      instructions.get(at(node.callee.end - 1))!.name,
    ])
    expect(calls.map(([callee, , name]) => [callee, name])).toEqual([
      ['.I', 'i32.store'],
      ['.i', 'i32.load'],
      ['.a', 'i32.load8_u'],
      ['.g', 'i32.load16_s'],
      ['.i', 'i32.load'],
      ['i32_div_s', 'i32.div_s'],
      ['.i', 'i32.load'],
      ['f0', 'call'],
      ['i32_trunc_f64_s', 'i32.trunc_f64_s'],
      ['.d', 'f64.load'],
      ['.a', 'i32.load8_s'],
    ])
    expect(new Set(calls.map(([, offset]) => offset)).size).toBe(calls.length)
  })
})

describe('whatever may trap or call is from an instruction that does', () => {
  const WAYS: Partial<Settings>[] = [
    {},
    { optimize: 0 },
    { optimize: 3, i64: 'bigint' },
    { engine: 'interpreter' },
    { engine: 'interpreter', target: 'es2015', optimize: 3 },
  ]
  test.each(WAYS)('%j', (options) => {
    let count = check(SEVERAL, options)
    for (let seed = 1; seed <= 5; seed++) count += check(generate(seed, 60).bytes, options)
    expect(count).toBeGreaterThan(50)
  })
})

test('nothing is noted where nobody asks', () => {
  const settings = completeOptions()
  const context = emitContext(decode(SEVERAL), settings)
  const { chunks, positions } = rangeCompiler(context, settings)({ from: 0, to: 2 })
  expect(positions).toBeUndefined()
  expect(chunks.join('')).toBe(emit(SEVERAL, {}).text)
})
