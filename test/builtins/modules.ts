// Modules that import builtins.

import { ins } from '../binary/code.ts'
import { arrayType, funcType, type GcType, gcModule } from '../binary/gc.ts'

const UNITS: GcType = ['ref null', 0]
const STRING: GcType = ['ref', 'extern']

/** Parameters and result of each builtin, where type 0 is that of arrays of units. */
const SIGNATURES: Readonly<Record<string, readonly [params: readonly GcType[], result: GcType]>> = {
  test: [['externref'], 'i32'],
  cast: [['externref'], STRING],
  fromCharCodeArray: [[UNITS, 'i32', 'i32'], STRING],
  intoCharCodeArray: [['externref', UNITS, 'i32'], 'i32'],
  fromCharCode: [['i32'], STRING],
  fromCodePoint: [['i32'], STRING],
  charCodeAt: [['externref', 'i32'], 'i32'],
  codePointAt: [['externref', 'i32'], 'i32'],
  length: [['externref'], 'i32'],
  concat: [['externref', 'externref'], STRING],
  substring: [['externref', 'i32', 'i32'], STRING],
  equals: [['externref', 'externref'], 'i32'],
  compare: [['externref', 'externref'], 'i32'],
}

const NAMES = Object.keys(SIGNATURES)

/** The same call in four forms: by a builtin's export itself, a call, a tail call, a reference. */
export const FORMS = ['!', '', ' tail', ' ref'] as const

/** Exports every builtin in all forms, and `array`, `get` and `set` for arrays of units. */
export function everyBuiltin(): Uint8Array<ArrayBuffer> {
  const operands = (name: string): number[] => SIGNATURES[name]![0].flatMap((_, i) => ins('local.get', i))
  const count = NAMES.length
  return gcModule({
    types: [
      arrayType(['mut', 'i16']),
      ...NAMES.map((name) => funcType(SIGNATURES[name]![0], [SIGNATURES[name]![1]])),
      funcType(['i32'], [UNITS]),
      funcType([UNITS, 'i32'], ['i32']),
      funcType([UNITS, 'i32', 'i32'], []),
    ],
    imports: NAMES.map((name, i) => [name, i + 1, 'wasm:js-string']),
    exportsImports: true,
    funcs: [
      ...NAMES.flatMap((name, i) => [
        { name, type: i + 1, code: [...operands(name), ...ins('call', i)] },
        { name: `${name} tail`, type: i + 1, code: [...operands(name), ...ins('return_call', i)] },
        {
          name: `${name} ref`,
          type: i + 1,
          code: [...operands(name), ...ins('ref.func', i), ...ins('call_ref', i + 1)],
        },
      ]),
      { name: 'array', type: count + 1, code: [...ins('local.get', 0), ...ins('array.new_default', 0)] },
      {
        name: 'get',
        type: count + 2,
        code: [...ins('local.get', 0), ...ins('local.get', 1), ...ins('array.get_u', 0)],
      },
      {
        name: 'set',
        type: count + 3,
        code: [...ins('local.get', 0), ...ins('local.get', 1), ...ins('local.get', 2), ...ins('array.set', 0)],
      },
    ],
  })
}

/** A module that imports one function of `wasm:js-string`, of a type. */
export const importOf = (
  name: string,
  params: readonly GcType[],
  results: readonly GcType[],
): Uint8Array<ArrayBuffer> =>
  gcModule({
    types: [arrayType(['mut', 'i16']), funcType(params, results)],
    imports: [[name, 1, 'wasm:js-string']],
    funcs: [],
  })
