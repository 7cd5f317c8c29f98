// ES5 output on an engine of that time: a realm from which everything newer was taken away before the output runs.

import { createContext, runInContext } from 'node:vm'
import { parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { ins, opcode } from '../binary/code.ts'
import { funcType, gcModule, structType } from '../binary/gc.ts'
import { wat } from '../wat.ts'

/** Uses every helper that ES5 lacks: multiplication, rounding, leading zeros, 64 bits, growth, bulk memory, tables. */
const MODULE = String.raw`(module
  (import "js" "log" (func $log (param i32 f64)))
  (type $unary (func (param i32) (result i32)))
  (memory (export "memory") 1 3)
  (table (export "table") 2 funcref)
  (global (export "count") (mut i32) (i32.const 3))
  (elem (i32.const 0) $mul3 $clz)
  (data (i32.const 8) "\01\02\03\04\05")
  (func $mul3 (param i32) (result i32) (i32.mul (local.get 0) (i32.const 0x7fffffff)))
  (func $clz (param i32) (result i32) (i32.clz (local.get 0)))
  (func (export "call") (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 1) (local.get 0)))
  (func (export "ctz") (param i32) (result i32) (i32.ctz (local.get 0)))
  (func (export "third") (param f32) (result f32) (f32.div (local.get 0) (f32.const 3)))
  (func (export "trunc") (param f64) (result f64) (f64.trunc (local.get 0)))
  (func (export "sign") (param f64 f64) (result f64) (f64.copysign (local.get 0) (local.get 1)))
  (func (export "mix") (param i32 i32) (result i32)
    (local $x i64)
    (local.set $x (i64.mul (i64.extend_i32_s (local.get 0)) (i64.const 0x9e3779b97f4a7c15)))
    (local.set $x (i64.rotl (local.get $x) (i64.extend_i32_u (local.get 1))))
    (local.set $x (i64.add (local.get $x) (i64.shr_u (local.get $x) (i64.const 29))))
    (local.set $x (i64.xor (local.get $x) (i64.div_s (local.get $x) (i64.const 1000003))))
    (i32.wrap_i64 (i64.rem_u (local.get $x) (i64.const 4000000007))))
  (func (export "bits") (param f64) (result i32)
    (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 (local.get 0)) (i64.const 32))))
  (func (export "copy") (memory.copy (i32.const 10) (i32.const 8) (i32.const 5))
    (memory.fill (i32.const 20) (i32.const 7) (i32.const 3)))
  (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "wide") (param i32) (result f64) (f64.convert_i64_s (i64.extend_i32_s (local.get 0))))
  (func (export "tell") (call $log (i32.const -1) (f64.const 0.1)))
  (func $deep (export "deep") (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 99))))
    (return_call $deep (i32.sub (local.get 0) (i32.const 1))))
  (func (export "two") (param i32) (result i32 f32) (local.get 0) (f32.const 0.5)))`

/** Calls everything and gives what the calls give or throw. */
const PROGRAM = `
  var told = []
  var instance = out.instantiate({ js: { log: function (a, b) { told.push(a, b) } } })
  var e = instance.exports
  function result(f) { try { return f() } catch (x) { return x.name + ': ' + x.message } }
  e.copy()
  e.tell()
  var results = [
    e.call(0, 123456789), e.call(1, 4096), result(function () { return e.call(2, 0) }), e.ctz(40), e.third(1),
    e.trunc(-7.9), e.sign(3, -0), e.mix(-5, 13), e.mix(77777, 45), e.bits(-1.5), e.load(10), e.load(20), e.grow(),
    e.memory.buffer.byteLength, result(function () { return e.load(131070) }), e.wide(-3), e.deep(100000), e.two(4),
    e.table.get(1)(1), e.table.length, e.count.value, told
  ]
  results`

/** Runs the program where none of the names are known: `Math.imul`, `Map`, `ArrayBuffer.prototype.transfer`. */
function resultsWithout(names: readonly string[], code: string): unknown {
  const removed = names.map((name) => {
    const path = name.split('.')
    const last = path.pop()
    return `delete ${['this', ...path].join('.')}[${JSON.stringify(last)}]`
  })
  return resultsAfter(removed.join('\n'), code)
}

/** Runs the program in a realm that the script has changed. */
function resultsAfter(script: string, code: string): unknown {
  const context = createContext({})
  runInContext(script, context)
  return JSON.parse(JSON.stringify(runInContext(`${code}\n${PROGRAM}`, context)))
}

const NEWER = [
  ...['imul', 'fround', 'clz32', 'trunc', 'sign', 'log2', 'hypot'].map((name) => `Math.${name}`),
  ...['fill', 'copyWithin', 'slice', 'at', 'keys', 'values'].map((name) => `Uint8Array.prototype.__proto__.${name}`),
  ...['fill', 'find', 'includes', 'from', 'keys', 'values', 'entries', 'flat', 'at'].map(
    (name) => `Array.prototype.${name}`,
  ),
  ...['transfer', 'transferToFixedLength', 'resize'].map((name) => `ArrayBuffer.prototype.${name}`),
  ...['assign', 'entries', 'values', 'is', 'fromEntries', 'hasOwn', 'setPrototypeOf'].map((name) => `Object.${name}`),
  ...['codePointAt', 'padStart', 'startsWith', 'includes', 'repeat'].map((name) => `String.prototype.${name}`),
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Symbol', 'Proxy', 'Reflect', 'Promise', 'BigInt', 'atob', 'btoa'],
  ...[
    'BigInt64Array',
    'BigUint64Array',
    'structuredClone',
    'globalThis',
    'WebAssembly',
    'SharedArrayBuffer',
    'Atomics',
  ],
  ...['Number.isInteger', 'Number.isNaN', 'Number.isSafeInteger', 'DataView.prototype.getBigInt64'],
  ...['Error.captureStackTrace', 'console', 'TextDecoder', 'Buffer', 'Intl'],
]

describe.each(['jit', 'interpreter'] as const)('--engine %s --target es5', (engine) => {
  const code = compile(wat(MODULE), { engine, target: 'es5', format: 'iife', name: 'out' }).code
  parse(code, { ecmaVersion: 5, sourceType: 'script' })
  const modern = resultsWithout([], code)

  test('gives what it gives on a modern engine', () => {
    expect(modern).toEqual([
      Math.imul(123456789, 0x7fffffff),
      19,
      'RuntimeError: table index is out of bounds',
      3,
      Math.fround(1 / 3),
      -7,
      -3,
      ...nativeMix(),
      -1074266112,
      0x04030201,
      0x070707,
      1,
      131072,
      'RuntimeError: memory access out of bounds',
      -3,
      99,
      [4, 0.5],
      31,
      2,
      3,
      [-1, 0.1],
    ])
  })

  test('when everything newer is missing', () => {
    expect(resultsWithout(NEWER, code)).toEqual(modern)
  })

  test('where Reflect.construct cannot make something else', () => {
    const unsupported = 'Reflect.construct = function () { throw new Error("unsupported") }'
    expect(resultsAfter(unsupported, code)).toEqual(modern)
  })

  test.each(NEWER)('without %s', (name) => {
    expect(resultsWithout([name], code)).toEqual(modern)
  })
})

/** `mix` of the module on the native engine. */
function nativeMix(): number[] {
  const imports = { js: { log: () => undefined } }
  const { mix } = new WebAssembly.Instance(new WebAssembly.Module(wat(MODULE)), imports).exports as Record<
    string,
    (...args: number[]) => number
  >
  return [mix(-5, 13), mix(77777, 45)]
}

/** A structure that goes to JavaScript, and whether what comes back is the same one. */
const STRUCTURE = gcModule({
  types: [structType(), funcType([], ['anyref']), funcType(['eqref', 'eqref'], ['i32'])],
  funcs: [
    { type: 1, code: ins('struct.new', 0), name: 'new' },
    { type: 2, code: [...ins('local.get', 0), ...ins('local.get', 1), ...opcode('ref.eq')], name: 'same' },
  ],
})

test.each([[[]], [['WeakMap']], [['WeakMap', 'Proxy', 'Symbol', 'Reflect']]])('a structure, without %j', (names) => {
  const { code } = compile(STRUCTURE, { target: 'es5', format: 'iife', name: 'out' })
  const context = createContext({})
  for (const name of names) runInContext(`delete this.${name}`, context)
  const program =
    'var e = out.instantiate().exports, a = e["new"](), b = e["new"]();\n[typeof a, e.same(a, a), e.same(a, b), Object.isFrozen(a)]'
  expect([...runInContext(`${code}\n${program}`, context)]).toEqual(['object', 1, 0, true])
})
