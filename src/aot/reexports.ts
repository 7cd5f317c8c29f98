// Modules that export the functions which they import: how loaders make a function of WebAssembly from one of JavaScript
// (Emscripten's `addFunction`, for its table). They are made while a program runs, so none can be registered.
//
//   (module (type (func (param i32 i64) (result f64)))
//     (import "e" "f" (func (type 0)))
//     (export "f" (func 0)))
//
// They may have functions of their own that give back a parameter: how loaders ask whether an i64 is a BigInt.
//
//   (module (func (export "b") (param i64) (result i64) local.get 0))

import { type Exports, export_func } from '../../runtime/exports.ts'
import { type FuncDescriptor, func_refs, type Raw } from '../../runtime/func.ts'
import { func_import } from '../../runtime/imports.ts'
import { ri } from '../../runtime/results.ts'
import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import { CompileError } from '../0-wasm/errors.ts'
import { readPreamble } from '../1-decode/preamble.ts'
import { Reader } from '../1-decode/reader.ts'
import type { Instantiate } from '../evaluate.ts'
import type { Compiled } from '../webassembly/source.ts'
import { descriptorOf, LETTERS } from './function-types.ts'

/** How many bytes such a module has at most that is worth reading. */
const MOST = 1024

const SECTION = { custom: 0, type: 1, import: 2, function: 3, export: 7, code: 10 } as const

const READ: readonly number[] = Object.values(SECTION)

const FUNC_TYPE = 0x60
const FUNC = 0
const LOCAL_GET = 0x20
const END = 0x0b

/** Thrown for a module that is something else. */
const OTHER = {}

interface Read {
  /** Keys of the types: letters of the parameters, `>`, letters of the results. */
  types: string[]
  imports: { module: string; name: string; type: string }[]
  /** Functions that give back a parameter, by its index. */
  own: { type: string; given: number }[]
  exports: { name: string; index: number }[]
}

/** The module, if it is one of these and simple: few parameters, one result at most, of types that have a letter. */
export function readReexports(bytes: Uint8Array, { builtins }: BuiltinChoice): Compiled | undefined {
  if (bytes.length > MOST) return undefined
  try {
    const found = read(bytes)
    need(found.own.every(({ given }) => given >= 0))
    need(!found.imports.some(({ module }) => builtins.some((set) => module === `wasm:${set}`)))
    return compiledOf(found, bytes)
  } catch (error) {
    if (error === OTHER || error instanceof CompileError) return undefined
    throw error
  }
}

function need(holds: boolean): asserts holds {
  if (!holds) throw OTHER
}

function read(bytes: Uint8Array): Read {
  const reader = new Reader(bytes, 0, bytes.length, 'the module')
  readPreamble(reader)
  const found: Read = { types: [], imports: [], own: [], exports: [] }
  let last = 0
  while (reader.pos < bytes.length) {
    const id = reader.byte()
    const { start, end } = reader.range(reader.u32())
    const section = new Reader(bytes, start, end, 'a section')
    if (id === SECTION.custom) {
      section.name()
      continue
    }
    need(id > last && READ.includes(id))
    last = id
    readSection(id, section, found)
  }
  return found
}

function readSection(id: number, section: Reader, { types, imports, own, exports }: Read): void {
  const count = section.u32()
  if (id === SECTION.code) need(count === own.length)
  for (let i = 0; i < count; i++) {
    switch (id) {
      case SECTION.type:
        need(section.byte() === FUNC_TYPE)
        types.push(`${letters(section)}>${letters(section)}`)
        break
      case SECTION.import: {
        const [module, name] = [section.name(), section.name()]
        need(section.byte() === FUNC)
        const type = types[section.u32()]
        need(type !== undefined)
        imports.push({ module, name, type })
        break
      }
      case SECTION.function: {
        const type = types[section.u32()]
        need(type !== undefined)
        own.push({ type, given: -1 })
        break
      }
      case SECTION.code:
        readBody(section, own[i]!)
        break
      case SECTION.export: {
        const name = section.name()
        need(section.byte() === FUNC)
        const index = section.u32()
        need(index < imports.length + own.length && exports.every((other) => other.name !== name))
        exports.push({ name, index })
        break
      }
      default:
        throw OTHER
    }
  }
  need(section.pos === section.end)
}

/** The body of a function without locals: `local.get N`, of a parameter that is its only result. */
function readBody(section: Reader, own: Read['own'][number]): void {
  const size = section.u32()
  const end = section.pos + size
  const [params, result] = own.type.split('>') as [string, string]
  need(section.byte() === 0 && section.byte() === LOCAL_GET)
  own.given = section.u32()
  need(section.byte() === END && section.pos === end && params[own.given] === result)
}

function letters(section: Reader): string {
  const count = section.u32()
  let text = ''
  for (let i = 0; i < count; i++) {
    const letter = LETTERS[section.byte()]
    need(letter !== undefined)
    text += letter
  }
  return text
}

function giver({ type, given }: Read['own'][number]): Raw {
  const at = type.slice(0, given).replaceAll('I', 'II').length
  return ((...registers: number[]) => {
    if (type[given] === 'I') ri[0] = registers[at + 1]!
    return registers[at]
  }) as Raw
}

function compiledOf({ types, imports, own, exports }: Read, bytes: Uint8Array): Compiled {
  const known = new Map<string, FuncDescriptor>()
  for (const type of types) {
    const descriptor = descriptorOf(type)
    need(descriptor !== undefined)
    known.set(type, descriptor)
  }
  const instantiate: Instantiate = (given) => {
    const imported = imports.map(({ module, name, type }) => func_import(given, module, name, known.get(type)!))
    const raws = [...imported, ...own.map(giver)]
    func_refs(
      raws,
      [...imports, ...own].map(({ type }) => known.get(type)!),
      raws.map((_, i) => Math.min(i, 1)),
    )
    const made: Exports = Object.create(null)
    for (const { name, index } of exports) export_func(made, name, raws[index]!)
    return { exports: Object.freeze(made) }
  }
  return {
    bytes,
    provided: { builtins: [], importedStringConstants: undefined },
    instantiate,
    imports: imports.map(({ module, name }) => ({ module, name, kind: 'function' })),
    exports: exports.map(({ name }) => ({ name, kind: 'function' })),
  }
}
