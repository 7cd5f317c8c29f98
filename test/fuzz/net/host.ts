// What a module imports: functions that log their arguments and give numbers that depend on how often they were called,
// so that two instances that do the same get the same.

import type { Module } from '../../../src/0-wasm/module.ts'
import {
  type AddressType,
  type FuncType,
  type GlobalType,
  isRef,
  type Limits,
  type MemoryType,
  type ValType,
} from '../../../src/0-wasm/types.ts'
import type { Api } from '../../spec/engine.ts'
import { Random } from '../random.ts'
import { Meddler } from './meddler.ts'

const INTEGERS = [0, 1, 2, 3, 7, 8, 255, -1, -2, 1000, 65536, 2147483647, -2147483648]
const FLOATS = [0, -0, 1, -1, 0.5, 1.5, 3e9, -3e9, 1e20, Infinity, -Infinity, 2 ** 53]
const PAGE = 65536
/** Where null will not do. */
const HOST: unknown = Object.freeze({})

const scratch = new Float64Array(1)
const words = new Int32Array(scratch.buffer)

/** What is to be imported, as data. */
export type HostImport = { readonly module: string; readonly name: string } & (
  | { readonly kind: 'func'; readonly results: readonly ValType[] }
  | { readonly kind: 'memory'; readonly type: MemoryType }
  | { readonly kind: 'table'; readonly limits: Limits; readonly addressType: AddressType }
  | { readonly kind: 'global'; readonly type: GlobalType }
  | { readonly kind: 'tag'; readonly params: readonly ValType[] }
)

export const importsOf = (module: Module): HostImport[] =>
  module.imports.flatMap(({ module: from, name, kind, index }): HostImport[] => {
    const place = { module: from, name }
    switch (kind) {
      case 'func':
        return [{ ...place, kind, results: (module.types[module.funcs[index]!.type]!.composite as FuncType).results }]
      case 'memory':
        return [{ ...place, kind, type: module.memories[index]!.type }]
      case 'table': {
        const { limits, addressType } = module.tables[index]!.type
        return [{ ...place, kind, limits, addressType }]
      }
      case 'global':
        return [{ ...place, kind, type: module.globals[index]!.type }]
      case 'tag':
        return [{ ...place, kind, params: (module.types[module.tags[index]!.type]!.composite as FuncType).params }]
      default:
        return kind satisfies never
    }
  })

/** What the JS API calls a type; of references it has a name only for some. */
const typeName = (type: ValType): string => (!isRef(type) ? type : type.heap === 'extern' ? 'externref' : 'anyfunc')

/** The part of a descriptor that says how large a memory or table is. */
function sizes({ min, max }: Limits, address: AddressType): object {
  const given = (size: number): number | bigint => (address === 'i64' ? BigInt(size) : size)
  return {
    initial: given(min),
    ...(max === undefined ? {} : { maximum: given(max) }),
    ...(address === 'i64' && { address }),
  }
}

/** The imports of one instance. */
export class Host {
  /** Changes with every call and its arguments. */
  log = 0
  /** The object to instantiate with. */
  readonly imports: WebAssembly.Imports = {}
  readonly #random: Random
  readonly #api: Api
  /** The instance's memories, for the host function that grows one. */
  memories: readonly WebAssembly.Memory[] = []
  /** The instance's exports, for the host function that enters it again. */
  exports: Readonly<Record<string, unknown>> = {}
  readonly #meddler: Meddler

  constructor(api: Api, imports: readonly HostImport[], seed: number) {
    this.#api = api
    this.#random = new Random(seed)
    this.#meddler = new Meddler(this, this.#random, (value) => this.#noteValue(value))
    for (const entry of imports) {
      this.imports[entry.module] ??= {}
      const space = this.imports[entry.module] as Record<string, WebAssembly.ImportValue>
      space[entry.name] = this.#import(entry)
    }
  }

  #import(entry: HostImport): WebAssembly.ImportValue {
    switch (entry.kind) {
      case 'func':
        return this.#function(entry.name, entry.results)
      case 'memory':
        return this.#memory(entry.type)
      case 'table':
        return this.#table(entry.limits, entry.addressType)
      case 'global':
        return this.#global(entry.type)
      case 'tag':
        return this.#tag(entry.name, entry.params)
    }
  }

  #memory({ limits, addressType, shared }: MemoryType): WebAssembly.Memory {
    return new this.#api.Memory({ ...sizes(limits, addressType), shared } as never)
  }

  #table(limits: Limits, addressType: AddressType): WebAssembly.Table {
    return new this.#api.Table({ element: 'anyfunc', ...sizes(limits, addressType) } as never)
  }

  #global({ type, mutable }: GlobalType): WebAssembly.ImportValue {
    if (typeof type === 'object' && !type.nullable && !mutable) return HOST as WebAssembly.ImportValue
    return new this.#api.Global({ value: typeName(type) as 'i32', mutable }, this.#value(type) as number)
  }

  /** Binaryen's generator names the tag of JavaScript's exceptions so. */
  #tag(name: string, params: readonly ValType[]): WebAssembly.ImportValue {
    const { Tag, JSTag } = this.#api
    if (name === 'jstag') return JSTag as WebAssembly.ImportValue
    return new Tag!({ parameters: params.map(typeName) }) as WebAssembly.ImportValue
  }

  #function(name: string, results: readonly ValType[]): (...args: unknown[]) => unknown {
    return (...args) => {
      this.#note(name.length)
      for (const arg of args) this.#noteValue(arg)
      if (name === 'grow') this.#grow()
      if (name === 'enter') return this.#meddler.meddle()
      if (name === 'throw' && this.#random.chance(50)) throw new Error('thrown by the host')
      if (results.length === 0) return undefined
      return results.length === 1 ? this.#value(results[0]!) : results.map((type) => this.#value(type))
    }
  }

  #grow(): void {
    const [memory] = this.memories
    if (memory === undefined || memory.buffer.byteLength >= 3 * PAGE) return
    // With 64-bit addresses it takes a BigInt.
    for (const delta of [1, 1n as never]) {
      try {
        memory.grow(delta)
        return
      } catch (error) {
        // It may not grow so far: engines have messages of their own for that.
        if (error instanceof RangeError) return
        if (!(error instanceof TypeError)) throw error
      }
    }
  }

  #note(word: number): void {
    this.log = Math.imul(this.log ^ word, 0x5bd1e995) ^ (this.log >>> 15)
  }

  #noteValue(value: unknown): void {
    if (typeof value === 'number') {
      // The JS API leaves the bits of a NaN open.
      scratch[0] = Number.isNaN(value) ? 0.125 : value
      this.#note(words[0]!)
      this.#note(words[1]!)
    } else if (typeof value === 'bigint') {
      this.#note(Number(value & 0xffff_ffffn))
      this.#note(Number((value >> 32n) & 0xffff_ffffn))
    } else this.#note(value === null ? 1 : 2)
  }

  #value(type: ValType): unknown {
    const random = this.#random
    switch (type) {
      case 'i32':
        return random.pick(INTEGERS)
      case 'i64':
        return (BigInt(random.pick(INTEGERS)) << (random.chance(50) ? 32n : 0n)) + BigInt(random.pick(INTEGERS))
      case 'f32':
      case 'f64':
        return random.pick(FLOATS)
      default:
        return typeof type === 'object' && !type.nullable ? HOST : null
    }
  }
}
