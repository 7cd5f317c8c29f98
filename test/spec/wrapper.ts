// Wrapper modules: they import a function or a global and move its floats and vectors as integers, as the JS API
// cannot pass them bit by bit. The engine under test compiles them too.

import { ins, opcode, VAL_TYPES, type ValName } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import type { Api } from './engine.ts'
import type { Passed } from './values.ts'

type Call = (...args: Passed[]) => unknown

const I64X2_SPLAT = [0xfd, 0x12]
const I64X2_EXTRACT_LANE = [0xfd, 0x1d]
const I64X2_REPLACE_LANE = [0xfd, 0x1e]

const isExn = (type: ValName): boolean => type === 'exnref' || type === 'nullexnref'

/** Integers a value of the type travels as. */
function flat(type: ValName): ValName[] {
  if (type === 'f32' || isExn(type)) return ['i32']
  if (type === 'f64') return ['i64']
  return type === 'v128' ? ['i64', 'i64'] : [type]
}

/** Code that pushes a value of the type, its integers being in locals from `local` on. */
function push(type: ValName, local: number): number[] {
  const get = ins('local.get', local)
  if (type === 'f32') return [...get, ...opcode('f32.reinterpret_i32')]
  if (type === 'f64') return [...get, ...opcode('f64.reinterpret_i64')]
  if (type !== 'v128') return get
  return [...get, ...I64X2_SPLAT, ...ins('local.get', local + 1), ...I64X2_REPLACE_LANE, 1]
}

/** Code that pushes the integers of the value in a local. */
function integers(type: ValName, local: number): number[] {
  const get = ins('local.get', local)
  if (type === 'f32') return [...get, ...opcode('i32.reinterpret_f32')]
  if (type === 'f64') return [...get, ...opcode('i64.reinterpret_f64')]
  if (isExn(type)) return [...get, ...opcode('ref.is_null')]
  if (type !== 'v128') return get
  return [...get, ...I64X2_EXTRACT_LANE, 0, ...get, ...I64X2_EXTRACT_LANE, 1]
}

function functionWrapper(params: readonly ValName[], results: readonly ValName[]): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const target = builder.importFunc('target', 'it', { params, results })
  const signature = { params: params.flatMap(flat), results: results.flatMap(flat) }
  let local = 0
  const pushes = params.map((type) => {
    const code = push(type, local)
    local += flat(type).length
    return code
  })
  const locals = results.map((_, i) => signature.params.length + i)
  const code = [
    ...pushes.flat(),
    ...ins('call', target),
    ...[...locals].reverse().flatMap((index) => ins('local.set', index)),
    ...results.flatMap((type, i) => integers(type, locals[i])),
  ]
  builder.export('it', 'func', builder.func(signature, results, code))
  return builder.build()
}

function globalWrapper(type: ValName, mutable: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const target = builder.importGlobal('target', 'it', type, mutable)
  const code = [...ins('global.get', target), ...ins('local.set', 0), ...integers(type, 0)]
  builder.export('it', 'func', builder.func({ params: [], results: flat(type) }, [type], code))
  return builder.build()
}

/** Whether the JS API cannot pass values of the type exactly. */
export const needsWrapper = (type: string): boolean => /^(f32|f64|v128)$/.test(type)

/** Results that functions have whose script does not show them. */
const GUESSES: readonly ValName[][] = [[], ['i32'], ['i64'], ['f32'], ['f64'], ['v128']]

/** Wrapper modules, compiled once for each signature. */
export class Wrappers {
  readonly #api: Api
  readonly #modules = new Map<string, WebAssembly.Module>()
  readonly #calls = new WeakMap<object, Map<string, Call>>()

  constructor(api: Api) {
    this.#api = api
  }

  #wrap(target: object, key: string, bytes: () => Uint8Array<ArrayBuffer>): Call {
    const known = this.#calls.get(target) ?? new Map<string, Call>()
    this.#calls.set(target, known)
    const call = known.get(key)
    if (call) return call
    const module = this.#modules.get(key) ?? new this.#api.Module(bytes())
    this.#modules.set(key, module)
    const instance = new this.#api.Instance(module, { target: { it: target as Call } })
    const wrapped = instance.exports['it'] as Call
    known.set(key, wrapped)
    return wrapped
  }

  /** @returns `func` taking and giving integers. */
  func(func: object, params: readonly ValName[], results: readonly ValName[]): Call {
    try {
      return this.#wrap(func, `${params}>${results}`, () => functionWrapper(params, results))
    } catch (error) {
      // A type that has others above or below it, or beside it in a group, cannot be imported by a signature.
      if (!(error instanceof this.#api.LinkError) || ![...params, ...results].every(isNumber)) throw error
      return throughNumbers(func as Call, params, results)
    }
  }

  /** @returns `func` taking integers, where the script does not tell its results: linking finds them. */
  guess(func: object, params: readonly ValName[]): Call {
    for (const results of GUESSES) {
      try {
        return this.#wrap(func, `${params}>${results}`, () => functionWrapper(params, results))
      } catch (error) {
        if (!(error instanceof this.#api.LinkError)) throw error
      }
    }
    throw new Error(`results of a function (${params}) not guessed`)
  }

  /** The one result of a function that gives an exception, which JavaScript never sees: null, or 0 for any other. */
  exception(func: object, params: readonly ValName[]): (...args: Passed[]) => Passed {
    const isNull = (type: ValName): Call => this.#wrap(func, `${params}>${type}`, () => functionWrapper(params, [type]))
    let call: Call
    try {
      call = isNull('exnref')
    } catch (error) {
      if (!(error instanceof this.#api.LinkError)) throw error
      call = isNull('nullexnref')
    }
    return (...args) => (call(...args) === 1 ? null : 0)
  }

  /** @returns a function that reads the global as integers. */
  global(global: object, type: ValName): Call {
    try {
      return this.#wrap(global, type, () => globalWrapper(type, false))
    } catch (error) {
      if (!(error instanceof this.#api.LinkError)) throw error
      return this.#wrap(global, `mut ${type}`, () => globalWrapper(type, true))
    }
  }
}

const isNumber = (type: ValName): boolean => /^[if](32|64)$/.test(type)

/** The function as JavaScript calls it, its floats as integers: not all NaNs come through with their bits. */
function throughNumbers(func: Call, params: readonly ValName[], results: readonly ValName[]): Call {
  const view = new DataView(new ArrayBuffer(8))
  const toFloat = (value: Passed, type: ValName): Passed => {
    if (type === 'f32') view.setInt32(0, value as number)
    else if (type === 'f64') view.setBigInt64(0, value as bigint)
    return type === 'f32' ? view.getFloat32(0) : type === 'f64' ? view.getFloat64(0) : value
  }
  const toInteger = (value: Passed, type: ValName): Passed => {
    if (type === 'f32') view.setFloat32(0, value as number)
    else if (type === 'f64') view.setFloat64(0, value as number)
    return type === 'f32' ? view.getInt32(0) : type === 'f64' ? view.getBigInt64(0) : value
  }
  return (...args) => {
    const given = func(...args.map((arg, i) => toFloat(arg, params[i])))
    const values = (results.length > 1 ? given : [given].slice(0, results.length)) as Passed[]
    const made = values.map((value, i) => toInteger(value, results[i]))
    return results.length > 1 ? made : made[0]
  }
}

/** Whether a wrapper can name the type. */
export const isValName = (type: string): type is ValName => type in VAL_TYPES
