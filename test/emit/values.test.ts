// Types at the boundary. JavaScript has no values for v128: what would convert one throws.

import { describe, expect, test } from 'vitest'
import { valueKey } from '../../src/0-wasm/canonical.ts'
import { FUNCREF, type ValType } from '../../src/0-wasm/types.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { wordsOfType } from '../../src/3-ir/registers.ts'
import { emitContext, ModuleEmitter } from '../../src/6-emit/module.ts'
import { rowOf } from '../../src/6-emit/values.ts'
import { link } from '../../src/7-link/link.ts'
import { completeOptions, type Options } from '../../src/options.ts'
import { compileFunctions } from '../../src/parallel.ts'
import type { ValName } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'

type Func = (...args: unknown[]) => unknown

/** The exports of a module that is not validated. */
function instance(bytes: Uint8Array, target: Options['target'], imports: object): Record<string, Func> {
  const options = completeOptions({ format: 'iife', name: 'out', target })
  const context = emitContext(decode(bytes), options)
  const emitter = new ModuleEmitter(context)
  for (const [, functions] of compileFunctions(context, options)) emitter.add(functions)
  const code = link(emitter.finish(), options).chunks.join('')
  return new Function(`${code}\nreturn out.instantiate`)()(imports).exports
}

test('a row has as many fields and zeros as the type has registers, and the letter of its key', () => {
  const types: ValType[] = ['i32', 'i64', 'f32', 'f64', 'v128', FUNCREF, { nullable: true, heap: 'extern' }]
  for (const type of types) {
    const count = wordsOfType(type).length
    expect([rowOf(type).zero.length, rowOf(type).fields.length], JSON.stringify(type)).toEqual([count, count])
    expect(new Set(rowOf(type).fields).size).toBe(count)
    expect(rowOf(type).letter).toBe(valueKey(type))
  }
})

describe.each(['es5', 'esnext'] as const)('v128, --target %s', (target) => {
  test.each<[string, ValName[], ValName[]]>([
    ['a parameter', ['i32', 'v128'], []],
    ['the result', [], ['v128']],
    ['one of several results', ['f64'], ['i32', 'v128']],
  ])('an imported function is not called if it is %s', (_, params, results) => {
    const builder = new ModuleBuilder()
    const log: string[] = []
    builder.export('f', 'func', builder.importFunc('m', 'f', { params, results }))
    const exports = instance(builder.build(), target, { m: { f: () => log.push('f') } })
    const argument = { valueOf: () => log.push('argument') }
    expect(() => exports['f']!(argument, argument)).toThrow('type incompatibility')
    expect(() => new (exports['f'] as never as new () => unknown)()).toThrow(TypeError)
    expect(log).toEqual([])
  })

  test('a global cannot be given, read or set', () => {
    const builder = new ModuleBuilder()
    builder.export('g', 'global', builder.importGlobal('m', 'g', 'v128', false))
    for (const g of [0, 0n, null, {}]) {
      expect(() => instance(builder.build(), target, { m: { g } })).toThrow('global import must be')
    }
  })
})
