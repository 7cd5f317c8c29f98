// A binary module taken apart, changed, and put together again. What is not changed keeps its bytes; indices stay as they
// are, since things are only added at the end of their index spaces.

import type { Module } from '../../../src/0-wasm/module.ts'
import { type FuncType, isRef, type MemoryType, type TableType, type ValType } from '../../../src/0-wasm/types.ts'
import { decode } from '../../../src/1-decode/decode.ts'
import { END, VAL_TYPES, type ValName } from '../../binary/code.ts'
import { fixed, uleb, utf8 } from '../../binary/leb.ts'
import { type Kind, type Limits, limits as limitsOf, type Signature } from '../../binary/module.ts'

const KINDS = { func: 0, table: 1, memory: 2, global: 3 } as const
const SECTION = {
  type: 1,
  func: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
}
/** Section ids in the order of the binary format. */
const ORDER = [1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11]

/** The name that the tests have for a type of theirs; undefined for types that no feature of the compiler has. */
export function valName(type: ValType): ValName | undefined {
  if (!isRef(type)) return type
  if (!type.nullable) return undefined
  return type.heap === 'func' ? 'funcref' : type.heap === 'extern' ? 'externref' : undefined
}

/** Parts of bytes, put together when all are there. */
export class Pieces {
  readonly #pieces: Uint8Array[] = []
  #size = 0

  add(piece: Uint8Array | readonly number[]): void {
    const bytes = piece instanceof Uint8Array ? piece : Uint8Array.from(piece)
    this.#pieces.push(bytes)
    this.#size += bytes.length
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#size)
    let at = 0
    for (const piece of this.#pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return all
  }
}

interface Added {
  readonly name: string
  readonly kind: Kind
  readonly index: number
}

/** Other limits for old ones. */
type Resize = (limits: Module['memories'][number]['type']['limits']) => Limits

export class Editor {
  readonly module: Module
  /** Bodies of functions, local declarations first, `end` included: by function index; undefined for imports. */
  readonly bodies: (Uint8Array | undefined)[]
  /** Exports as they will be. */
  readonly exports: Added[]
  /** Sections that are to be left out, by their spec's name. */
  readonly without = new Set<keyof typeof SECTION>()
  readonly #types: (readonly number[])[] = []
  readonly #typeIndices = new Map<string, number>()
  readonly #funcs: (readonly number[])[] = []
  readonly #globals: (readonly number[])[] = []
  #memories: readonly Limits[] | undefined
  #tables: readonly Limits[] | undefined

  /** @param bytes of a valid module; throws CompileError for a malformed one */
  constructor(bytes: Uint8Array) {
    this.module = decode(bytes)
    this.bodies = this.module.funcs.map(({ body }) => body && bytes.subarray(body.start, body.end))
    this.exports = this.module.exports.flatMap(({ name, kind, index }) =>
      kind === 'tag' ? [] : [{ name, kind, index }],
    )
  }

  /** The index of a function type, added if there is none. */
  type({ params, results }: Signature): number {
    const key = `${params}>${results}`
    let index = this.#typeIndices.get(key)
    if (index === undefined) {
      const bytes = (names: readonly ValName[]): number[] => [
        ...uleb(names.length),
        ...names.map((name) => VAL_TYPES[name]),
      ]
      index = this.module.types.length + this.#types.push([0x60, ...bytes(params), ...bytes(results)]) - 1
      this.#typeIndices.set(key, index)
    }
    return index
  }

  /** The type of a function that was there. */
  funcType(index: number): FuncType {
    return this.module.types[this.module.funcs[index]!.type]!.composite as FuncType
  }

  /** Adds a function; `code` is without its final `end`. @returns its index */
  func(signature: Signature, locals: readonly ValName[], code: readonly number[]): number {
    this.#funcs.push(uleb(this.type(signature)))
    const declared = [...uleb(locals.length), ...locals.flatMap((name) => [1, VAL_TYPES[name]])]
    return this.bodies.push(Uint8Array.from([...declared, ...code, END])) - 1
  }

  /** Adds a mutable global; `init` is a constant expression without its `end`. @returns its index */
  global(type: ValName, init: readonly number[]): number {
    return this.module.globals.length + this.#globals.push([VAL_TYPES[type], 1, ...init, END]) - 1
  }

  export(name: string, kind: Kind, index: number): void {
    this.exports.push({ name, kind, index })
  }

  /** A name under which something is exported: an old one, or `fallback`. */
  exported(kind: Kind, index: number, fallback: string): string {
    const found = this.exports.find((entry) => entry.kind === kind && entry.index === index)
    if (found === undefined) this.export(fallback, kind, index)
    return found?.name ?? fallback
  }

  /** Gives the module's own memories and tables other limits. */
  resize(change: { memory: Resize; table: Resize }): void {
    const { memories, tables } = this.module
    const own = (list: typeof memories | typeof tables, resize: Resize): Limits[] =>
      list
        .filter((entry) => entry.import === undefined)
        .map(({ type }) => ({ ...formOf(type), ...resize(type.limits) }))
    this.#memories = own(memories, change.memory)
    // Tables of other types, and with initial values, are written in another form.
    if (tables.every(({ init, type }) => init === undefined && valName(type.element) !== undefined))
      this.#tables = own(tables, change.table)
  }

  build(): Uint8Array<ArrayBuffer> {
    const { bytes, sections } = this.module
    const out = new Pieces()
    out.add([0, 0x61, 0x73, 0x6d, ...fixed(1n, 4)])
    const leftOut = [...this.without].map((name) => SECTION[name])
    for (const id of ORDER) {
      if (leftOut.includes(id)) continue
      const old = sections.find((section) => section.id === id)
      const payload = this.#payload(id, old && bytes.subarray(old.start, old.end))
      if (payload === undefined) continue
      out.add([id, ...uleb(payload.length)])
      out.add(payload)
    }
    return out.bytes()
  }

  #payload(id: number, old: Uint8Array | undefined): Uint8Array | undefined {
    switch (id) {
      case SECTION.type:
        return appended(old, this.#types)
      case SECTION.func:
        return appended(old, this.#funcs)
      case SECTION.table:
        return old && this.#tables ? this.#tableSection(this.#tables) : old
      case SECTION.memory:
        return old && this.#memories ? vector(this.#memories.map(limitsOf)) : old
      case SECTION.global:
        return appended(old, this.#globals)
      case SECTION.export:
        return vector(this.exports.map(({ name, kind, index }) => [...utf8(name), KINDS[kind], ...uleb(index)]))
      case SECTION.code:
        return this.#code()
      default:
        return old
    }
  }

  #tableSection(limits: readonly Limits[]): Uint8Array {
    const own = this.module.tables.filter((entry) => entry.import === undefined)
    return vector(own.map(({ type }, i) => [VAL_TYPES[valName(type.element)!], ...limitsOf(limits[i]!)]))
  }

  #code(): Uint8Array | undefined {
    const own = this.bodies.filter((body) => body !== undefined)
    if (own.length === 0) return undefined
    const out = new Pieces()
    out.add(uleb(own.length))
    for (const body of own) {
      out.add(uleb(body.length))
      out.add(body)
    }
    return out.bytes()
  }
}

/** What is said of a memory or table beside its limits. */
const formOf = (type: MemoryType | TableType): Pick<Limits, 'is64' | 'page' | 'shared'> => ({
  is64: type.addressType === 'i64',
  ...('shared' in type && { shared: type.shared }),
  ...('pageSize' in type && type.pageSize === 1 && { page: 0 }),
})

function vector(items: readonly (readonly number[])[]): Uint8Array {
  const out = new Pieces()
  out.add(uleb(items.length))
  for (const item of items) out.add(item)
  return out.bytes()
}

/** A vector with more items at its end. */
function appended(old: Uint8Array | undefined, items: readonly (readonly number[])[]): Uint8Array | undefined {
  if (items.length === 0) return old
  let [count, at] = [0, 0]
  for (let byte = 0x80; old !== undefined && byte >= 0x80; at++) {
    byte = old[at]!
    count += (byte & 0x7f) * 2 ** (7 * at)
  }
  const out = new Pieces()
  out.add(uleb(count + items.length))
  if (old !== undefined) out.add(old.subarray(at))
  for (const item of items) out.add(item)
  return out.bytes()
}
