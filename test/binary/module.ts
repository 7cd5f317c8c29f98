// Builds modules for tests: declare things, get their index, and write the bytes at the end.

import { END, VAL_TYPES, type ValName } from './code.ts'
import { uleb, utf8, vec } from './leb.ts'

export interface Signature {
  readonly params: readonly ValName[]
  readonly results: readonly ValName[]
}

export interface Limits {
  readonly min: number
  readonly max?: number
  /** Addresses have 64 bits. */
  readonly is64?: boolean
  /** The logarithm of a memory's page size, if that is said. */
  readonly page?: number | undefined
  /** Of a memory that has a maximum. */
  readonly shared?: boolean
}

const KINDS = { func: 0, table: 1, memory: 2, global: 3 } as const
export type Kind = keyof typeof KINDS

export const limits = ({ min, max, is64, page, shared }: Limits): number[] => [
  (max === undefined ? 0 : 1) | (shared ? 2 : 0) | (is64 ? 4 : 0) | (page === undefined ? 0 : 8),
  ...uleb(min),
  ...(max === undefined ? [] : uleb(max)),
  ...(page === undefined ? [] : uleb(page)),
]
const types = (names: readonly ValName[]): number[] => vec(names.map((name) => [VAL_TYPES[name]]))
const section = (id: number, body: readonly number[]): number[] => [id, ...uleb(body.length), ...body]
const sectionOf = (id: number, items: readonly number[][]): number[] =>
  items.length === 0 ? [] : section(id, vec(items))

/** Locals, run-length encoded as the binary format wants them. */
function locals(names: readonly ValName[]): number[] {
  const runs: { name: ValName; count: number }[] = []
  for (const name of names) {
    const last = runs.at(-1)
    if (last?.name === name) last.count++
    else runs.push({ name, count: 1 })
  }
  return vec(runs.map(({ name, count }) => [...uleb(count), VAL_TYPES[name]]))
}

/** Imports must be declared before anything else of their kind, as the index spaces have them first. */
export class ModuleBuilder {
  readonly #types = new Map<string, { index: number; bytes: number[] }>()
  readonly #imports: number[][] = []
  readonly #funcs: number[][] = []
  readonly #bodies: number[][] = []
  readonly #tables: number[][] = []
  readonly #memories: number[][] = []
  readonly #globals: number[][] = []
  readonly #tags: number[][] = []
  readonly #exports: number[][] = []
  readonly #elements: number[][] = []
  readonly #data: number[][] = []
  readonly #customs: number[][] = []
  readonly #imported = { func: 0, table: 0, memory: 0, global: 0 }
  #start: number | undefined

  /** @returns the index of the function type, the same for equal signatures. */
  type({ params, results }: Signature): number {
    const key = `${params}>${results}`
    const known = this.#types.get(key)
    if (known) return known.index
    const index = this.#types.size
    this.#types.set(key, { index, bytes: [0x60, ...types(params), ...types(results)] })
    return index
  }

  #import(module: string, name: string, kind: Kind, type: number[]): number {
    this.#imports.push([...utf8(module), ...utf8(name), KINDS[kind], ...type])
    return this.#imported[kind]++
  }

  importFunc(module: string, name: string, signature: Signature): number {
    return this.#import(module, name, 'func', uleb(this.type(signature)))
  }

  importTable(module: string, name: string, element: ValName, size: Limits): number {
    return this.#import(module, name, 'table', [VAL_TYPES[element], ...limits(size)])
  }

  importMemory(module: string, name: string, size: Limits): number {
    return this.#import(module, name, 'memory', limits(size))
  }

  importGlobal(module: string, name: string, type: ValName, mutable: boolean): number {
    return this.#import(module, name, 'global', [VAL_TYPES[type], mutable ? 1 : 0])
  }

  /** `code` is the body without its final `end`; a function of no code may get it later from `define`. */
  func(signature: Signature, localTypes: readonly ValName[] = [], code: readonly number[] = []): number {
    const index = this.#imported.func + this.#funcs.push(uleb(this.type(signature))) - 1
    this.define(index, localTypes, code)
    return index
  }

  define(index: number, localTypes: readonly ValName[], code: readonly number[]): void {
    const body = [...locals(localTypes), ...code, END]
    this.#bodies[index - this.#imported.func] = [...uleb(body.length), ...body]
  }

  /** A function given by the bytes of its body, with the declarations of its locals and the final `end`. */
  raw(signature: Signature, body: readonly number[]): number {
    const index = this.#imported.func + this.#funcs.push(uleb(this.type(signature))) - 1
    this.#bodies[index - this.#imported.func] = [...uleb(body.length), ...body]
    return index
  }

  table(element: ValName, size: Limits): number {
    return this.#imported.table + this.#tables.push([VAL_TYPES[element], ...limits(size)]) - 1
  }

  memory(size: Limits): number {
    return this.#imported.memory + this.#memories.push(limits(size)) - 1
  }

  /** A tag of exceptions that carry the parameters. */
  tag(signature: Signature): number {
    return this.#tags.push([0, ...uleb(this.type(signature))]) - 1
  }

  /** `init` is a constant expression without its `end`. */
  global(type: ValName, mutable: boolean, init: readonly number[]): number {
    return this.#imported.global + this.#globals.push([VAL_TYPES[type], mutable ? 1 : 0, ...init, END]) - 1
  }

  export(name: string, kind: Kind, index: number): void {
    this.#exports.push([...utf8(name), KINDS[kind], ...uleb(index)])
  }

  start(func: number): void {
    this.#start = func
  }

  /** An element segment of functions: active in `table` at the constant expression `offset`, or passive. */
  elements(funcs: readonly number[], active?: { table: number; offset: readonly number[] }): number {
    const items = vec(funcs.map(uleb))
    const head = active ? [2, ...uleb(active.table), ...active.offset, END, 0] : [1, 0]
    return this.#elements.push([...head, ...items]) - 1
  }

  /** A data segment: active in `memory` at the constant expression `offset`, or passive. */
  data(bytes: readonly number[], active?: { memory: number; offset: readonly number[] }): number {
    const head = active ? [2, ...uleb(active.memory), ...active.offset, END] : [1]
    return this.#data.push([...head, ...uleb(bytes.length), ...bytes]) - 1
  }

  /** A custom section, written after all others. */
  custom(name: string, bytes: readonly number[]): void {
    this.#customs.push([...utf8(name), ...bytes])
  }

  build(): Uint8Array<ArrayBuffer> {
    const start = this.#start === undefined ? [] : section(8, uleb(this.#start))
    return Uint8Array.from([
      0,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      ...sectionOf(
        1,
        [...this.#types.values()].map(({ bytes }) => bytes),
      ),
      ...sectionOf(2, this.#imports),
      ...sectionOf(3, this.#funcs),
      ...sectionOf(4, this.#tables),
      ...sectionOf(5, this.#memories),
      ...sectionOf(13, this.#tags),
      ...sectionOf(6, this.#globals),
      ...sectionOf(7, this.#exports),
      ...start,
      ...sectionOf(9, this.#elements),
      ...(this.#data.length === 0 ? [] : section(12, uleb(this.#data.length))),
      ...sectionOf(10, this.#bodies),
      ...sectionOf(11, this.#data),
      ...this.#customs.flatMap((body) => section(0, body)),
    ])
  }
}
