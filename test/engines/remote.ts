// The API that the suite's runner needs, over an engine elsewhere: modules are compiled here, and every instantiation, call and
// look at a global is an operation there.

import { CompileError } from '../../src/index.ts'
import { constant, type NumName } from '../binary/code.ts'
import { ModuleBuilder } from '../binary/module.ts'
import type { Api } from '../spec/engine.ts'
import type { Encoded, Import, Perform, Place, Result } from './job.ts'
import type { Output, Outputs } from './outputs.ts'

class LinkError extends Error {}
class RuntimeError extends Error {}
class Exception extends Error {}

/** Errors by their names there; those of a full stack are two. */
const ERRORS: Readonly<Record<string, new (message: string) => Error>> = {
  CompileError: CompileError as unknown as new (message: string) => Error,
  LinkError,
  RuntimeError,
  Exception,
  TypeError,
  RangeError,
  InternalError: RangeError,
}

/** The values there that objects and functions here stand for. */
class Values {
  readonly #encoded = new WeakMap<object, Encoded>()
  readonly #hosts = new Map<string, object>()
  readonly #objects: object[] = []

  /** @returns the object, which stands for the value from now on */
  stand<T extends object>(object: T, value: Encoded): T {
    this.#encoded.set(object, value)
    return object
  }

  encode(value: unknown): Encoded {
    if (value === undefined) return { undefined: 1 }
    if (typeof value === 'bigint') return { bigint: String(value) }
    if (typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value))) {
      return { number: Object.is(value, -0) ? '-0' : String(value) }
    }
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
      return value
    const known = this.#encoded.get(value as object)
    if (known !== undefined) return known
    if (typeof value === 'function') return { nothing: 1 }
    const { host } = value as { host?: string }
    if (host === undefined) throw new Error('a value that cannot go to another engine')
    this.#hosts.set(host, value as object)
    return { host }
  }

  decode(value: Encoded): unknown {
    if (typeof value !== 'object' || value === null) return value
    if ('number' in value) return Number(value.number)
    if ('bigint' in value) return BigInt(value.bigint)
    if ('host' in value) return this.#hosts.get(value.host)
    if (!('object' in value)) return undefined
    const object = this.#objects[value.object] ?? (value.callable ? () => undefined : {})
    this.#objects[value.object] = object
    return this.stand(object, value)
  }
}

function succeeded(result: Result): Exclude<Result, { error: string }> {
  if (!('error' in result)) return result
  const { error, message } = result
  throw new (ERRORS[error] ?? Error)(ERRORS[error] ? message : `${error}: ${message}`)
}

/** What the descriptor of a memory or table says. */
interface Size {
  readonly initial: number | bigint
  readonly maximum?: number | bigint
  readonly address?: string
  readonly shared?: boolean
}

const limits = ({ initial, maximum, address, shared }: Size) => ({
  min: Number(initial),
  ...(maximum === undefined ? {} : { max: Number(maximum) }),
  ...(address === 'i64' ? { is64: true } : {}),
  ...(shared ? { shared } : {}),
})

/** The bits of a number or BigInt as a value of the type. */
function bitsOf(type: NumName, value: number | bigint): bigint {
  const view = new DataView(new ArrayBuffer(8))
  if (type === 'f32') view.setFloat32(4, value as number)
  else if (type === 'f64') view.setFloat64(0, value as number)
  else return BigInt(value)
  return view.getBigUint64(0)
}

/** The module that exports `it`, which is what `declare` gives the index of. */
function exporting(kind: 'memory' | 'table' | 'global', declare: (builder: ModuleBuilder) => number) {
  const builder = new ModuleBuilder()
  builder.export('it', kind, declare(builder))
  return builder.build()
}

/** What an import object has there for the module. */
function* importsOf({ imports }: Output, object: unknown, values: Values): Generator<Import> {
  for (const { module, name } of imports) {
    const found = (object as Record<string, Record<string, unknown>> | undefined)?.[module]
    if (found === undefined) continue
    yield name in found ? [module, name, values.encode(found[name])] : [module]
  }
}

/** @param perform performs operations there */
export function remoteApi(outputs: Outputs, perform: Perform): Api {
  const values = new Values()
  const known = new WeakMap<object, Output>()
  let count = 0

  function called(place: Place, args: readonly unknown[]): unknown {
    const result = succeeded(perform(['call', place, args.map((arg) => values.encode(arg))]))
    return 'list' in result ? result.list.map((each) => values.decode(each)) : values.decode(result.value)
  }

  function exportOf(place: Place, kind: string): object {
    if (kind === 'func') return values.stand((...args: unknown[]) => called(place, args), { exported: place })
    const value = (): unknown => {
      const result = succeeded(perform(['get', place]))
      return 'value' in result ? values.decode(result.value) : undefined
    }
    const object = kind === 'global' ? Object.defineProperty({}, 'value', { get: value }) : {}
    return values.stand(object, { exported: place })
  }

  class Module {
    constructor(bytes: Uint8Array) {
      known.set(this, outputs.of(bytes))
    }

    static imports(module: Module) {
      return known.get(module)!.imports
    }
  }

  class Instance {
    readonly exports: Record<string, object> = Object.create(null)

    constructor(module: Module, imports?: object) {
      const output = known.get(module)!
      const id = count++
      succeeded(perform(['instantiate', id, output.index, [...importsOf(output, imports, values)]]))
      for (const { name, kind } of output.exports) this.exports[name] = exportOf([id, name], kind)
    }
  }

  const made = (bytes: Uint8Array): object => new Instance(new Module(bytes)).exports['it'] as object
  // What `new` gives is an export, which stands for an object of the class there.
  class Memory {
    constructor(size: Size) {
      // biome-ignore lint/correctness/noConstructorReturn: see above
      return made(exporting('memory', (builder) => builder.memory(limits(size))))
    }
  }

  class Table {
    constructor(size: Size) {
      // biome-ignore lint/correctness/noConstructorReturn: see above
      return made(exporting('table', (builder) => builder.table('funcref', limits(size))))
    }
  }

  class Global {
    constructor({ value, mutable }: { value: NumName; mutable: boolean }, initial: number | bigint) {
      const init = constant(value, bitsOf(value, initial))
      // biome-ignore lint/correctness/noConstructorReturn: see above
      return made(exporting('global', (builder) => builder.global(value, mutable, init)))
    }
  }
  return { Module, Instance, Memory, Table, Global, CompileError, LinkError, RuntimeError, Exception } as unknown as Api
}
