// Functions that are compiled when they are first called, against the same compiled at once.

import { expect, test, vi } from 'vitest'
import { LIMITS, type Limits } from '../../src/4-lower/limits.ts'
import { compileModule } from '../../src/compile.ts'
import { evaluate } from '../../src/evaluate.ts'
import { compileLazily } from '../../src/lazy.ts'
import { completeOptions } from '../../src/options.ts'
import { webAssemblyWith } from '../../src/webassembly/create.ts'
import { ins } from '../binary/code.ts'
import { funcType, gcModule, structType } from '../binary/gc.ts'
import { wat } from '../wat.ts'

const EVALUABLE = { format: 'iife', name: 'wasm' } as const

/** An instance, and the functions that were compiled, in order. */
function lazily(source: string, imports?: object) {
  const lazy = compileLazily(wat(source), { ...completeOptions(EVALUABLE), compilesLazily: true })!
  const compiled: number[] = []
  const functionText = (index: number): string => {
    compiled.push(index)
    return lazy.functionText(index)
  }
  const instantiate = evaluate(lazy.chunks, { functionText, data: lazy.data })
  const start = (): Record<string, (...args: unknown[]) => unknown> =>
    instantiate(imports).exports as Record<string, (...args: unknown[]) => unknown>
  return { exports: start(), start, compiled }
}

test('a function is compiled when it is first called, and once', () => {
  const { exports, compiled } = lazily(`(module
    (func (export "double") (param i32) (result i32) (call $add (local.get 0) (local.get 0)))
    (func (export "never") (result i32) (i32.const 1))
    (func $add (param i32 i32) (result i32) (local i32) (loop) (i32.add (local.get 0) (local.get 1))))`)
  expect(compiled).toEqual([])
  expect(exports['double']!(4)).toBe(8)
  expect(compiled).toEqual([0, 2])
  expect(exports['double']!(5)).toBe(10)
  expect(compiled).toEqual([0, 2])
})

test('the text of a function makes engines compile it as they read it, but not its parts', () => {
  const source = `(module
    (memory 1)
    (func $sum (export "sum") (param $n i32) (result i32)
      (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
      ${'(i32.store (local.get $n) (i32.add (i32.load (local.get $n)) (i32.mul (local.get $n) (i32.const 3))))'.repeat(40)}
      (i32.add (local.get $n) (call $sum (i32.sub (local.get $n) (i32.const 1))))))`
  const compile = (limits: Limits) =>
    compileLazily(wat(source), { ...completeOptions(EVALUABLE), compilesLazily: true, limits })!
  const [whole, inParts] = [compile(LIMITS), compile({ ...LIMITS, bytecode: 300 })]
  expect(whole.functionText(0)).toMatch(/^c0 = \(function c0\(/)
  expect(inParts.functionText(0)).toMatch(/^c0 = \(function \(\) \{\nfunction f0_1\([\s\S]*return \(function c0\(/)
  for (const { chunks, functionText, data } of [whole, inParts]) {
    const { sum } = evaluate(chunks, { functionText, data })().exports as { sum: (n: number) => number }
    expect([sum(3), sum(100)]).toEqual([6, 5050])
  }
})

test('functions say the same as those that are compiled as a whole, where lowering asks the validator too', () => {
  const point = funcType([['ref', 0]], ['i32'])
  const code = [...ins('local.get', 0), ...ins('struct.get', 0, 0)]
  const bytes = gcModule({ types: [structType('i32'), point], funcs: [{ type: 1, code }] })
  const settings = completeOptions(EVALUABLE)
  const { functionText } = compileLazily(bytes, { ...settings, compilesLazily: true })!
  const text = /\{.*\}/s.exec(functionText(0))![0]
  expect(text).not.toContain('trap_null')
  expect(compileModule(bytes, settings).chunks.join('')).toContain(text)
})

test('each instance has functions of its own', () => {
  const { exports, start, compiled } = lazily(`(module
    (global $count (mut i32) (i32.const 0))
    (func (export "next") (result i32) (global.set $count (i32.add (global.get $count) (i32.const 1))) (global.get $count)))`)
  const other = start()
  expect([exports['next']!(), exports['next']!(), other['next']!()]).toEqual([1, 2, 1])
  expect(compiled).toEqual([0, 0])
})

test('instances have the data as it is in the module, whatever others wrote or dropped', () => {
  const { exports, start } = lazily(`(module
    (memory 1)
    (data (i32.const 4) "ab")
    (data $passive "xyz")
    (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
    (func (export "init") (memory.init $passive (i32.const 8) (i32.const 1) (i32.const 2)) (data.drop $passive)))`)
  exports['store']!(5, 0)
  exports['init']!()
  exports['store']!(8, 0)
  expect(() => exports['init']!()).toThrow('out of bounds')
  const other = start()
  other['init']!()
  expect([4, 5, 8, 9].map((address) => exports['load']!(address))).toEqual([0x61, 0, 0, 0x7a])
  expect([4, 5, 8, 9].map((address) => other['load']!(address))).toEqual([0x61, 0x62, 0x79, 0x7a])
})

test('a reference is the same before and after', () => {
  const { exports } = lazily(`(module
    (table (export "table") 1 1 funcref) (elem declare func $f)
    (elem (i32.const 0) $f)
    (func $f (export "f") (param i32) (result i32)
      (if (result i32) (local.get 0) (then (call $f (i32.const 0))) (else (i32.const 7))))
    (func (export "ref") (result funcref) (ref.func $f))
    (func (export "indirect") (result i32) (call_indirect (param i32) (result i32) (i32.const 1) (i32.const 0))))`)
  const { f } = exports
  expect(exports['ref']!()).toBe(f)
  expect(exports['indirect']!()).toBe(7)
  expect(exports['ref']!()).toBe(f)
  expect((exports['table'] as unknown as { get(i: number): unknown }).get(0)).toBe(f)
})

test('tail calls through references do not fill the stack', () => {
  const { exports } = lazily(`(module
    (type $t (func (param i32) (result i32)))
    (table 2 2 funcref) (elem (i32.const 0) $even $odd)
    (func $even (export "even") (type $t)
      (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
        (else (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))))
    (func $odd (type $t)
      (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
        (else (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))))`)
  expect(exports['even']!(300_001)).toBe(0)
})

test('a function that a full stack kept from being compiled is compiled later', () => {
  const { exports } = lazily(
    `(module (import "env" "deep" (func $deep))
      (func (export "run") (call $deep))
      (func (export "late") (param i64) (result i64) (i64.mul (local.get 0) (local.get 0))))`,
    {
      env: {
        deep: () => {
          const fill = (): unknown => {
            try {
              return fill()
            } catch {
              return undefined
            }
          }
          fill()
        },
      },
    },
  )
  const full = (): boolean => {
    try {
      full()
      return exports['late']!(3n) === 9n
    } catch {
      return false
    }
  }
  exports['run']!()
  full()
  expect(exports['late']!(3n)).toBe(9n)
})

test('a module that is not valid is refused at once, whoever would call the function', () => {
  const { Module, CompileError } = webAssemblyWith({}, { compilesLazily: true })
  const bytes = wat('(module (func $unused (result i32) (i32.const 1)))')
  bytes[bytes.lastIndexOf(0x41)] = 0x42
  expect(() => new Module(bytes)).toThrow(CompileError)
})

test('and where `eval` is not that of the engine, which alone sees the variables of an instance', () => {
  const { Module, Instance } = webAssemblyWith({}, { compilesLazily: true })
  const bytes = wat('(module (func (export "f") (result i32) (i32.const 5)))')
  const kept = new Function('return eval')() as (text: string) => unknown
  const others: ((text: string) => unknown)[] = [
    (text) => kept(text),
    () => {
      throw new Error('this app does not support eval')
    },
  ]
  for (const other of others) {
    vi.stubGlobal('eval', other)
    expect((new Instance(new Module(bytes)).exports['f'] as () => number)()).toBe(5)
  }
})

test('a module is compiled as a whole where that is asked, memory is seen as elements, or it is very small', () => {
  const bytes = wat('(module (func (export "f") (result i32) (i32.const 5)))')
  const made = vi.spyOn(globalThis, 'Function')
  for (const { Module, Instance } of [
    webAssemblyWith({}, { compilesLazily: false }),
    webAssemblyWith({ engine: 'interpreter' }, { compilesLazily: true }),
    webAssemblyWith({}, {}),
  ]) {
    const { exports } = new Instance(new Module(bytes))
    expect((exports['f'] as () => number)()).toBe(5)
  }
  for (const [, text] of made.mock.calls) expect(String(text)).not.toContain('compile_func(')
  made.mockRestore()
})
