// What a module imports: functions that log their arguments and give numbers that depend on how often they were called,
// so that two instances that do the same get the same.

import type { Module } from '../../../src/0-wasm/module.ts'
import type { FuncType, ValType } from '../../../src/0-wasm/types.ts'
import type { Api } from '../../spec/engine.ts'
import { Random } from '../random.ts'

const INTEGERS = [0, 1, 2, 3, 7, 8, 255, -1, -2, 1000, 65536, 2147483647, -2147483648]
const FLOATS = [0, -0, 1, -1, 0.5, 1.5, 3e9, -3e9, 1e20, Infinity, -Infinity, 2 ** 53]
const PAGE = 65536

const scratch = new Float64Array(1)
const words = new Int32Array(scratch.buffer)

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

  constructor(api: Api, module: Module, seed: number) {
    this.#api = api
    this.#random = new Random(seed)
    for (const { module: from, name, kind, index } of module.imports) {
      this.imports[from] ??= {}
      const space = this.imports[from] as Record<string, WebAssembly.ImportValue>
      if (kind === 'func')
        space[name] = this.#function(name, module.types[module.funcs[index]!.type]!.composite as FuncType)
      else if (kind === 'memory') space[name] = this.#memory(module.memories[index]!.type.limits)
      else if (kind === 'table') space[name] = this.#table(module.tables[index]!.type.limits)
      else if (kind === 'global') space[name] = this.#global(module.globals[index]!.type)
    }
  }

  #memory({ min, max }: { min: number; max: number | undefined }): WebAssembly.Memory {
    return new this.#api.Memory({ initial: min, ...(max === undefined ? {} : { maximum: max }) })
  }

  #table({ min, max }: { min: number; max: number | undefined }): WebAssembly.Table {
    return new this.#api.Table({ element: 'anyfunc', initial: min, ...(max === undefined ? {} : { maximum: max }) })
  }

  #global({ type, mutable }: { type: ValType; mutable: boolean }): WebAssembly.Global {
    const value = typeof type === 'string' ? type : type.heap === 'extern' ? 'externref' : 'anyfunc'
    return new this.#api.Global({ value: value as 'i32', mutable }, this.#value(type) as number)
  }

  #function(name: string, { results }: FuncType): (...args: unknown[]) => unknown {
    return (...args) => {
      this.#note(name.length)
      for (const arg of args) this.#noteValue(arg)
      if (name === 'grow') this.#grow()
      if (results.length === 0) return undefined
      return results.length === 1 ? this.#value(results[0]!) : results.map((type) => this.#value(type))
    }
  }

  #grow(): void {
    const [memory] = this.memories
    if (memory === undefined || memory.buffer.byteLength >= 3 * PAGE) return
    memory.grow(1)
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
        return null
    }
  }
}
