// Evaluation order: values that wait on the operand stack while the state they were read from changes.

import { describe, expect, test } from 'vitest'
import { argument, bitsOf, carrier, fromBits, toBits } from '../binary/bits.ts'
import { access, constant, ELSE, END, ins, type NumName, opcode, open } from '../binary/code.ts'
import { FEW } from '../binary/edges.ts'
import { ModuleBuilder } from '../binary/module.ts'
import { bothEngines, errorName, instantiate, MODES, modeName } from './compare.ts'

const TYPES = ['i32', 'i64', 'f32', 'f64'] as const

/** What a snippet may use: locals 0 and 1 hold the two parameters, local 2 is spare, all of the type. */
interface Scope {
  readonly type: NumName
  readonly global: number
  /** A function () -> (T) that sets the global to its constant, stores it at 0 and grows the memory. */
  readonly change: number
  readonly load: readonly number[]
  readonly store: readonly number[]
}

const get = (index: number): number[] => ins('local.get', index)
const set = (index: number): number[] => ins('local.set', index)
const zero = constant('i32', 0n)
const one = constant('i32', 1n)

/** Each leaves values of the type on the stack, as many as its number says. */
const SNIPPETS: Record<string, readonly [number, (scope: Scope) => number[]]> = {
  'local.set under a get': [2, () => [...get(0), ...get(1), ...set(0), ...get(0)]],
  'local.tee under gets': [4, () => [...get(0), ...get(0), ...get(1), ...ins('local.tee', 0), ...get(0)]],
  'tee of a computed value, twice': [
    3,
    () => [...get(0), ...get(1), ...ins('local.tee', 0), ...ins('local.tee', 2), ...get(2)],
  ],
  'swap of two locals': [2, () => [...get(0), ...get(1), ...set(0), ...set(1), ...get(0), ...get(1)]],
  'select takes both sides': [2, () => [...get(0), ...get(0), ...get(1), ...ins('local.tee', 0), ...zero, 0x1b]],
  'select condition changes a local': [1, () => [...get(0), ...get(1), ...get(1), ...set(0), ...one, 0x1b]],
  'drop between': [2, () => [...get(0), ...get(1), ...ins('local.tee', 0), ...opcode('drop'), ...get(0)]],
  'load under a store': [2, ({ load, store }) => [...zero, ...load, ...zero, ...get(1), ...store, ...zero, ...load]],
  'address under a store': [1, ({ load, store }) => [...zero, ...zero, ...get(1), ...store, ...load]],
  'load under memory.grow': [1, ({ load }) => [...zero, ...load, ...one, ...ins('memory.grow', 0), ...opcode('drop')]],
  'address from memory.grow': [1, ({ load }) => [...zero, ...ins('memory.grow', 0), ...load]],
  'address from a memory.grow that moves': [1, ({ load }) => [...one, ...ins('memory.grow', 0), ...load]],
  'stored address from memory.grow': [
    1,
    ({ load, store }) => [...one, ...ins('memory.grow', 0), ...get(1), ...store, ...one, ...load],
  ],
  'address from a call that grows': [
    1,
    ({ load, change }) => [
      ...ins('call', change),
      ...opcode('drop'),
      ...ins('call', change),
      ...set(0),
      ...one,
      ...ins('memory.grow', 0),
      ...load,
    ],
  ],
  'stored value from a call that grows': [
    1,
    ({ load, store, change }) => [...zero, ...ins('call', change), ...store, ...zero, ...load],
  ],
  'load under memory.fill': [
    2,
    ({ load }) => [
      ...zero,
      ...load,
      ...zero,
      ...constant('i32', 90n),
      ...constant('i32', 8n),
      ...ins('memory.fill', 0),
      ...zero,
      ...load,
    ],
  ],
  'global.get under global.set': [
    2,
    ({ global: g }) => [...ins('global.get', g), ...get(0), ...ins('global.set', g), ...ins('global.get', g)],
  ],
  'global.get under a call': [
    3,
    ({ global: g, change }) => [...ins('global.get', g), ...ins('call', change), ...ins('global.get', g)],
  ],
  'load under a call': [3, ({ load, change }) => [...zero, ...load, ...ins('call', change), ...zero, ...load]],
  'call under a call': [2, ({ change }) => [...ins('call', change), ...ins('call', change)]],
  'local under a block that sets it': [
    2,
    () => [...get(0), ...open('block', undefined), ...get(1), ...set(0), END, ...get(0)],
  ],
  'local under a loop that sets it': [
    2,
    () => [...get(0), ...open('loop', undefined), ...get(1), ...set(0), END, ...get(0)],
  ],
  'values under if': [
    3,
    ({ type }) => [
      ...get(0),
      ...get(1),
      ...one,
      ...open('if', type),
      ...get(1),
      ...ins('local.tee', 0),
      ELSE,
      ...get(0),
      END,
    ],
  ],
  'br_if keeps values': [
    2,
    ({ type }) => [
      ...get(0),
      ...open('block', type),
      ...get(1),
      ...get(1),
      ...set(0),
      ...one,
      0x0d,
      0,
      ...opcode('drop'),
      ...get(0),
      END,
    ],
  ],
  'br_if not taken': [
    2,
    ({ type }) => [...get(0), ...open('block', type), ...get(1), ...zero, 0x0d, 0, ...set(0), ...get(0), END],
  ],
  'br drops values below': [1, ({ type }) => [...open('block', type), ...get(0), ...get(0), ...get(1), 0x0c, 0, END]],
  'br_table with a value': [
    1,
    ({ type }) => [
      ...open('block', type),
      ...open('block', type),
      ...get(1),
      ...zero,
      0x0e,
      1,
      1,
      0,
      END,
      ...opcode('drop'),
      ...get(0),
      END,
    ],
  ],
  'memory.size under memory.grow': [
    1,
    () => [...get(0), ...ins('memory.size', 0), ...one, ...ins('memory.grow', 0), 0x46, ...open('if', undefined), END],
  ],
  'trap in a dropped value': [1, ({ load }) => [...get(0), ...constant('i32', -1n), ...load, ...opcode('drop')]],
  'trap after a store': [1, ({ load, store }) => [...zero, ...get(1), ...store, ...constant('i32', -1n), ...load]],
  'trap under a global.set': [
    1,
    ({ global: g, load }) => [...constant('i32', -1n), ...load, ...get(0), ...ins('global.set', g)],
  ],
}

/** A module whose `run` leaves the snippet's values, as bits; `memory` and `global` show the state. */
function moduleOf(type: NumName, [count, snippet]: (typeof SNIPPETS)[string]): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const memory = builder.memory({ min: 1, max: 4 })
  builder.data([1, 2, 3, 4, 5, 6, 7, 8], { memory, offset: zero })
  const global = builder.global(type, true, constant(type, FEW[type][3]))
  const [load, store] = [access(`${type}.load`), access(`${type}.store`)]
  const value = constant(type, FEW[type][8])
  const change = builder.func(
    { params: [], results: [type] },
    [],
    [
      ...value,
      ...ins('global.set', global),
      ...zero,
      ...value,
      ...store,
      ...one,
      ...ins('memory.grow', 0),
      ...opcode('drop'),
      ...value,
    ],
  )
  const inner = builder.func(
    { params: [type, type], results: Array(count).fill(type) },
    [type],
    snippet({ type, global, change, load, store }),
  )
  const spares = Array(count).fill(type)
  const code = [0, 1]
    .flatMap((i) => [...get(i), ...fromBits(type)])
    .concat(
      ins('call', inner),
      spares.flatMap((_, i) => set(count + 1 - i)),
      spares.flatMap((_, i) => [...get(2 + i), ...toBits(type)]),
    )
  const bits = carrier(type)
  builder.export('run', 'func', builder.func({ params: [bits, bits], results: Array(count).fill(bits) }, spares, code))
  builder.export(
    'global',
    'func',
    builder.func({ params: [], results: [bits] }, [], [...ins('global.get', global), ...toBits(type)]),
  )
  builder.export('memory', 'memory', memory)
  return builder.build()
}

type Api = Awaited<ReturnType<typeof bothEngines>>['native']

function observe(api: Api, bytes: Uint8Array<ArrayBuffer>, type: NumName, args: readonly bigint[]): unknown {
  const exports = instantiate(api, bytes)
  const read = (name: string, ...values: unknown[]): string[] =>
    [(exports[name] as (...args: unknown[]) => unknown)(...values)]
      .flat()
      .map((value) => bitsOf(type, value as bigint).toString(16))
  const run = (): unknown => {
    try {
      return read('run', ...args.map((bits) => argument(type, bits)))
    } catch (error) {
      return errorName(api, error)
    }
  }
  const outcome = run()
  const { buffer } = exports['memory'] as WebAssembly.Memory
  return {
    outcome,
    global: read('global'),
    pages: buffer.byteLength / 65536,
    start: [...new Uint8Array(buffer, 0, 16)],
  }
}

describe.each(MODES.map((mode) => [modeName(mode), mode] as const))('%s', async (_, mode) => {
  const { native, ours } = await bothEngines(mode)

  describe.each(TYPES)('%s', (type) => {
    test.each(Object.entries(SNIPPETS))('%s', (_name, snippet) => {
      const bytes = moduleOf(type, snippet)
      for (const args of [FEW[type].slice(2, 4), FEW[type].slice(9, 11)]) {
        expect(observe(ours, bytes, type, args)).toEqual(observe(native, bytes, type, args))
      }
    })
  })
})
