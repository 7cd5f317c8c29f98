// Function bodies with some bytes changed: valid for the engine that runs this test, valid for us, and the other way.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CompileError } from '../../src/0-wasm/errors.ts'
import type { Feature } from '../../src/0-wasm/features.ts'
import type { Module } from '../../src/0-wasm/module.ts'
import { decode } from '../../src/1-decode/decode.ts'
import { validate } from '../../src/2-validate/index.ts'
import { access, constant, ELSE, END, ins, opcode, open } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'

/** What every engine has; with anything newer it depends on the engine who is right. */
const COMMON: ReadonlySet<Feature> = new Set<Feature>([
  'mvp',
  'mutable-globals',
  'sign-extension',
  'saturating-float-to-int',
  'multi-value',
  'bulk-memory',
])

const RUNS = 3000

function seed(): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const binaryType = { params: ['i32', 'i32'], results: ['i32'] } as const
  const imported = builder.importFunc('env', 'f', binaryType)
  builder.memory({ min: 1 })
  const table = builder.table('funcref', { min: 2 })
  const global = builder.global('i64', true, constant('i64', 5n))
  const data = builder.data([1, 2, 3])
  builder.func(
    { params: ['i64'], results: ['i64', 'f32'] },
    ['f32', 'i32'],
    [
      ...ins('local.get', 0),
      ...ins('global.get', global),
      ...opcode('i64.mul'),
      ...ins('local.get', 1),
      ...constant('i32', 3n),
      ...opcode('f32.convert_i32_u'),
      ...opcode('f32.div'),
    ],
  )
  builder.func(
    binaryType,
    ['f64'],
    [
      ...open('block', 'i32'),
      ...ins('local.get', 0),
      ...ins('local.get', 1),
      ...ins('br_if', 0),
      ...ins('local.get', 1),
      ...opcode('br_table'),
      1,
      0,
      1,
      END,
      ...open('if', 'f64'),
      ...constant('f64', 1n),
      ELSE,
      ...opcode('unreachable'),
      END,
      ...ins('local.tee', 2),
      ...opcode('drop'),
      ...open('loop', undefined),
      ...ins('local.get', 0),
      ...access('i32.load8_u', 8),
      ...ins('br_if', 0),
      END,
      ...constant('i32', 0n),
      ...constant('i32', 1n),
      ...constant('i32', 2n),
      ...ins('memory.init', data, 0),
      ...constant('i32', 7n),
      ...constant('i32', 9n),
      ...constant('i32', 0n),
      ...ins('call_indirect', builder.type(binaryType), table),
      ...ins('local.get', 1),
      ...ins('call', imported),
    ],
  )
  return builder.build()
}

const module = seed()
const bodies = decode(module).funcs.flatMap(({ body }) => (body ? [body] : []))
const first = bodies[0]!.start
const changes = fc.array(
  fc.tuple(fc.integer({ min: first, max: bodies.at(-1)!.end - 1 }), fc.integer({ min: 0, max: 255 })),
  {
    minLength: 1,
    maxLength: 3,
  },
)

/** @returns whether we find the module valid, undefined if that is not to be compared. */
function judge(bytes: Uint8Array): boolean | undefined {
  let decoded: Module | undefined
  const isCommon = (): boolean => decoded === undefined || decoded.features.used.every((each) => COMMON.has(each))
  try {
    decoded = decode(bytes)
    validate(decoded)
    return isCommon() ? true : undefined
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return error.kind !== 'unsupported' && isCommon() ? false : undefined
  }
}

test('the module that is changed is valid', () => {
  expect(judge(module)).toBe(true)
  expect(WebAssembly.validate(module)).toBe(true)
})

test('changed bodies are valid here if they are for the engine', () => {
  fc.assert(
    fc.property(changes, (list) => {
      const changed = module.slice()
      for (const [at, byte] of list) changed[at] = byte
      const own = judge(changed)
      if (own !== undefined) expect(own).toBe(WebAssembly.validate(changed))
    }),
    { numRuns: RUNS },
  )
})
