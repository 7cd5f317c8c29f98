// Wrapper modules: they import a function or a global and move its floats and vectors as integers, as the JS API
// cannot pass them bit by bit; and 64-bit integers as two words, where the engine has no BigInt. The engine under test
// compiles them too.

import { constant, ins, opcode, VAL_TYPES, type ValName } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import type { Api } from './engine.ts'
import type { Passed } from './values.ts'

type Call = (...args: Passed[]) => unknown

const I64X2_SPLAT = [0xfd, 0x12]
const I64X2_EXTRACT_LANE = [0xfd, 0x1d]
const I64X2_REPLACE_LANE = [0xfd, 0x1e]

const isExn = (type: ValName): boolean => type === 'exnref' || type === 'nullexnref'

/** Integers a value of the type travels as; `words`: no i64, but its low and high word. */
function flat(type: ValName, words: boolean): ValName[] {
  if (type === 'f32' || isExn(type)) return ['i32']
  const count = type === 'v128' ? 2 : type === 'f64' || type === 'i64' ? 1 : 0
  if (count === 0) return [type]
  return words ? Array(2 * count).fill('i32') : Array(count).fill('i64')
}

/** Code that pushes a 64-bit integer that is in the local, or as words in this one and the next. */
function push64(local: number, words: boolean): number[] {
  if (!words) return ins('local.get', local)
  const word = (index: number): number[] => [...ins('local.get', index), ...opcode('i64.extend_i32_u')]
  return [...word(local), ...word(local + 1), ...constant('i64', 32n), ...opcode('i64.shl'), ...opcode('i64.or')]
}

/** Code that pushes a value of the type, its integers being in locals from `local` on. */
function push(type: ValName, local: number, words: boolean): number[] {
  if (type === 'f32') return [...ins('local.get', local), ...opcode('f32.reinterpret_i32')]
  if (type === 'i64') return push64(local, words)
  if (type === 'f64') return [...push64(local, words), ...opcode('f64.reinterpret_i64')]
  if (type !== 'v128') return ins('local.get', local)
  const high = push64(local + (words ? 2 : 1), words)
  return [...push64(local, words), ...I64X2_SPLAT, ...high, ...I64X2_REPLACE_LANE, 1]
}

/** Code that pushes the 64-bit integer that `code` pushes, or its words. */
function split64(code: readonly number[], words: boolean): number[] {
  if (!words) return [...code]
  const high = [...code, ...constant('i64', 32n), ...opcode('i64.shr_u')]
  return [...code, ...opcode('i32.wrap_i64'), ...high, ...opcode('i32.wrap_i64')]
}

/** Code that pushes the integers of the value in a local. */
function integers(type: ValName, local: number, words: boolean): number[] {
  const get = ins('local.get', local)
  if (type === 'f32') return [...get, ...opcode('i32.reinterpret_f32')]
  if (type === 'i64') return split64(get, words)
  if (type === 'f64') return split64([...get, ...opcode('i64.reinterpret_f64')], words)
  if (isExn(type)) return [...get, ...opcode('ref.is_null')]
  if (type !== 'v128') return get
  return [0, 1].flatMap((lane) => split64([...get, ...I64X2_EXTRACT_LANE, lane], words))
}

function functionWrapper(
  params: readonly ValName[],
  results: readonly ValName[],
  words: boolean,
): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const target = builder.importFunc('target', 'it', { params, results })
  const travelling = (types: readonly ValName[]): ValName[] => types.flatMap((type) => flat(type, words))
  const signature = { params: travelling(params), results: travelling(results) }
  let local = 0
  const pushes = params.map((type) => {
    const code = push(type, local, words)
    local += flat(type, words).length
    return code
  })
  const locals = results.map((_, i) => signature.params.length + i)
  const code = [
    ...pushes.flat(),
    ...ins('call', target),
    ...[...locals].reverse().flatMap((index) => ins('local.set', index)),
    ...results.flatMap((type, i) => integers(type, locals[i], words)),
  ]
  builder.export('it', 'func', builder.func(signature, results, code))
  return builder.build()
}

function globalWrapper(type: ValName, mutable: boolean, words: boolean): Uint8Array<ArrayBuffer> {
  const builder = new ModuleBuilder()
  const target = builder.importGlobal('target', 'it', type, mutable)
  const code = [...ins('global.get', target), ...ins('local.set', 0), ...integers(type, 0, words)]
  builder.export('it', 'func', builder.func({ params: [], results: flat(type, words) }, [type], code))
  return builder.build()
}

/** Results that functions have whose script does not show them. */
const GUESSES = [[], ['i32'], ['i64'], ['f32'], ['f64'], ['v128'], ['externref']] as const

/** Wrapper modules, compiled once for each signature. */
export class Wrappers {
  readonly #api: Api
  readonly #modules = new Map<string, WebAssembly.Module>()
  readonly #calls = new WeakMap<object, Map<string, Call>>()
  readonly #words: boolean

  /** @param words whether the engine has no BigInt: 64-bit integers travel as two words */
  constructor(api: Api, words = false) {
    this.#api = api
    this.#words = words
  }

  /** Whether values of the type do not come exactly through the JS API. */
  needs(type: string): boolean {
    return /^(f32|f64|v128)$/.test(type) || (this.#words && type === 'i64')
  }

  /** Whether a function whose results nobody knows is not to be called directly. */
  get mustGuess(): boolean {
    return this.#words
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
    const words = this.#words
    try {
      const call = this.#wrap(func, `${params}>${results}`, () => functionWrapper(params, results, words))
      return words ? throughWords(call, results) : call
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
        const call = this.#wrap(func, `${params}>${results}`, () => functionWrapper(params, results, this.#words))
        return this.#words ? throughWords(call, results) : call
      } catch (error) {
        if (!(error instanceof this.#api.LinkError)) throw error
      }
    }
    throw new Error(`results of a function (${params}) not guessed`)
  }

  /** The one result of a function that gives an exception, which JavaScript never sees: null, or 0 for any other. */
  exception(func: object, params: readonly ValName[]): (...args: Passed[]) => Passed {
    const isNull = (type: ValName): Call =>
      this.#wrap(func, `${params}>${type}`, () => functionWrapper(params, [type], this.#words))
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
    const words = this.#words
    const read = (key: string, mutable: boolean): Call => {
      const call = this.#wrap(global, key, () => globalWrapper(type, mutable, words))
      return words ? throughWords(call, [type]) : call
    }
    try {
      return read(type, false)
    } catch (error) {
      if (!(error instanceof this.#api.LinkError)) throw error
      return read(`mut ${type}`, true)
    }
  }
}

/** The function of words, as one of 64-bit integers. */
function throughWords(call: Call, results: readonly ValName[]): Call {
  const split = (arg: Passed): Passed[] =>
    typeof arg === 'bigint' ? [arg, arg >> 32n].map((word) => Number(BigInt.asIntN(32, word))) : [arg]
  return (...args) => {
    const given = call(...args.flatMap(split))
    const words = (Array.isArray(given) ? given : [given]) as Passed[]
    let at = 0
    const joined = results.flatMap((type) =>
      flat(type, false).map((each): Passed => {
        const low = words[at++]
        if (each !== 'i64') return low
        return BigInt.asIntN(64, (BigInt(words[at++] as number) << 32n) | BigInt((low as number) >>> 0))
      }),
    )
    return joined.length > 1 ? joined : joined[0]
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
