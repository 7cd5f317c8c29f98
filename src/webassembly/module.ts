// WebAssembly.Module and WebAssembly.Instance (JS API, "Modules" and "Instances").

import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import { CompileError } from '../0-wasm/errors.ts'
import type { ExternKind } from '../0-wasm/module.ts'
import { decode } from '../1-decode/decode.ts'
import { Reader } from '../1-decode/reader.ts'
import { compileModule } from '../compile.ts'
import { EVALUABLE, evaluate, type Instantiate, type Instantiated } from '../evaluate.ts'
import { compileLazily } from '../lazy.ts'
import { completeOptions, type Internals, type Options, type Settings } from '../options.ts'
import { checkImportObject, copyBytes, defineInterface } from './bytes.ts'
import { readCompileOptions } from './compile-options.ts'
import { makeClonesInstances, makePostable, modulePosted } from './posted.ts'

/** What a Module knows of itself. */
export interface Compiled {
  readonly bytes: Uint8Array
  /** Which of its imports were provided. */
  readonly provided: BuiltinChoice
  readonly instantiate: Instantiate
  /** The text that it was compiled to. */
  readonly text: () => string
  readonly imports: readonly ModuleImportDescriptor[]
  readonly exports: readonly ModuleExportDescriptor[]
}

/** An external type's kind in the words of the JS API. */
type ExternalKind = Exclude<ExternKind, 'func'> | 'function'

export interface ModuleExportDescriptor {
  readonly name: string
  readonly kind: ExternalKind
}

export interface ModuleImportDescriptor extends ModuleExportDescriptor {
  readonly module: string
}

type ErrorClass = new (message: string) => Error

/**
 * The classes Module and Instance of one `WebAssembly` object, and what is behind a Module.
 * `options` are for its compilations, `Refused` is its CompileError. Tests set `internals`.
 */
export function moduleClasses(options: Partial<Options>, Refused: ErrorClass, internals: Internals) {
  const complete = { ...completeOptions({ ...options, ...EVALUABLE }), ...internals }
  const modules = new WeakMap<object, Compiled>()
  const instances = new WeakMap<object, Instantiated>()
  const find = (module: unknown): Compiled | undefined =>
    modules.get(module as object) ??
    remember(
      module,
      modulePosted(module, (bytes, provided) => compile(bytes, { ...complete, ...provided }, Refused)),
    )
  const remember = (module: unknown, compiled: Compiled | undefined): Compiled | undefined => {
    if (compiled !== undefined) modules.set(module as object, compiled)
    return compiled
  }
  const need = (module: unknown, where: string): Compiled => {
    const compiled = find(module)
    if (!compiled) throw new TypeError(`${where}: Argument 0 must be a WebAssembly.Module`)
    return compiled
  }

  class Module {
    constructor(bytes: BufferSource, options: unknown = undefined) {
      const copy = copyBytes(bytes, 'WebAssembly.Module()')
      const compiled = compile(copy, { ...complete, ...readCompileOptions(options) }, Refused)
      modules.set(this, compiled)
      makePostable(this, compiled)
    }

    static exports(module: Module): ModuleExportDescriptor[] {
      return need(module, 'WebAssembly.Module.exports()').exports.map((item) => ({ ...item }))
    }

    static imports(module: Module): ModuleImportDescriptor[] {
      return need(module, 'WebAssembly.Module.imports()').imports.map((item) => ({ ...item }))
    }

    static customSections(module: Module, sectionName: string): ArrayBuffer[] {
      const { bytes } = need(module, 'WebAssembly.Module.customSections()')
      if (sectionName === undefined) {
        throw new TypeError('WebAssembly.Module.customSections(): Argument 1 is required')
      }
      return customSections(bytes, `${sectionName}`)
    }
  }

  class Instance {
    constructor(module: Module, importObject: object | undefined = undefined) {
      const compiled = need(module, 'WebAssembly.Instance()')
      checkImportObject(importObject, 'WebAssembly.Instance()')
      instances.set(this, compiled.instantiate(importObject))
    }

    get exports(): Instantiated['exports'] {
      const instance = instances.get(this)
      if (!instance) throw new TypeError('WebAssembly.Instance.exports: Receiver is not a WebAssembly.Instance')
      return instance.exports
    }
  }

  defineInterface(Module, 'WebAssembly.Module')
  makeClonesInstances(Module)
  defineInterface(Instance, 'WebAssembly.Instance')
  return { Module, Instance, find }
}

function customSections(bytes: Uint8Array, wanted: string): ArrayBuffer[] {
  const found = decode(bytes).sections.filter(({ id, name }) => id === 0 && name === wanted)
  return found.map(({ name, start, end }) => {
    const reader = new Reader(bytes, start, end, name)
    // The section's own name comes first and is no part of its contents.
    reader.name()
    return bytes.slice(reader.pos, end).buffer as ArrayBuffer
  })
}

function compile(bytes: Uint8Array, options: Settings, Refused: ErrorClass): Compiled {
  try {
    const lazy = options.compilesLazily === false ? undefined : compileLazily(bytes, options)
    const { chunks, imports, exports } = lazy ?? compileModule(bytes, options)
    // Of those that threads have for sure the text is kept; others are compiled again where one posts them.
    const isForThreads = [...imports, ...exports].some(({ kind, type }) => kind === 'memory' && / shared\b/.test(type))
    const kept = isForThreads && lazy === undefined ? chunks : undefined
    const { builtins, importedStringConstants } = options
    return {
      bytes,
      provided: { builtins, importedStringConstants },
      instantiate: evaluate(chunks, lazy),
      text: () => (kept ?? compileModule(bytes, options).chunks).join(''),
      imports: imports.map(({ module, name, kind }) => ({ module, name, kind: externalKind(kind) })),
      exports: exports.map(({ name, kind }) => ({ name, kind: externalKind(kind) })),
    }
  } catch (error) {
    throw error instanceof CompileError ? new Refused(error.message) : error
  }
}

const externalKind = (kind: ExternKind): ExternalKind => (kind === 'func' ? 'function' : kind)
