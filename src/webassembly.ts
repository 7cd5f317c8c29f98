// `import { WebAssembly } from 'nowasm/webassembly'`: the JS API, compiling at run time to JavaScript.

import { api_constructors, api_js_tag } from '../runtime/constructors.ts'
import { CompileError, LinkError, RuntimeError } from '../runtime/errors.ts'
import type { BuiltinChoice } from './0-wasm/builtins.ts'
import { validate as validateBytes } from './index.ts'
import type { FeatureChoice, Internals, Options } from './options.ts'
import { checkImportObject, copyBytes } from './webassembly/bytes.ts'
import { readCompileOptions } from './webassembly/compile-options.ts'
import { readImports } from './webassembly/imports.ts'
import { moduleClasses } from './webassembly/module.ts'
import { responseBytes } from './webassembly/streaming.ts'

/** Attributes of the namespace object: WebIDL gives their getters these names. */
const ATTRIBUTES = {
  get JSTag() {
    return api_js_tag()
  },
}

/** A `WebAssembly` object whose modules are compiled with the given engine and optimisation level. Tests set `internals`. */
export function createWebAssembly(
  options: Partial<Pick<Options, 'engine' | 'optimize' | 'i64' | 'names' | 'features' | 'threads'>> = {},
  internals: Internals = {},
) {
  const { Module, Instance, find } = moduleClasses(options, CompileError, internals)
  const object = operations(Module, Instance, find, options.features)
  const classes = {
    Module,
    Instance,
    ...api_constructors(options.threads === 'single'),
    CompileError,
    LinkError,
    RuntimeError,
  }
  for (const [name, value] of Object.entries(classes)) {
    Object.defineProperty(object, name, { value, writable: true, configurable: true })
  }
  Object.defineProperty(object, 'JSTag', Object.getOwnPropertyDescriptor(ATTRIBUTES, 'JSTag')!)
  Object.defineProperty(object, Symbol.toStringTag, { value: 'WebAssembly', configurable: true })
  return object as typeof object & typeof classes & { readonly JSTag: object }
}

type Classes = ReturnType<typeof moduleClasses>

/** The functions of the namespace object. The bytes and the imports are read before anything waits. */
function operations(
  Module: Classes['Module'],
  Instance: Classes['Instance'],
  find: Classes['find'],
  features: FeatureChoice = {},
) {
  type Module = InstanceType<typeof Module>
  const compileCopy = async (bytes: Uint8Array, provided: BuiltinChoice): Promise<Module> => {
    await undefined
    return new Module(bytes as Uint8Array<ArrayBuffer>, provided)
  }
  const instantiateBytes = async (bytes: Uint8Array, importObject: object | undefined, provided: BuiltinChoice) => {
    const module = await compileCopy(bytes, provided)
    return { module, instance: new Instance(module, importObject) }
  }
  const instantiateModule = async (module: Module, importObject: object | undefined) => {
    const compiled = find(module)
    const imports = compiled && readImports(compiled, importObject, 'WebAssembly.instantiate()')
    await undefined
    return new Instance(module, imports)
  }
  return {
    validate(bytes: BufferSource, options: unknown = undefined): boolean {
      const copy = copyBytes(bytes, 'WebAssembly.validate()')
      return validateBytes(copy, { features, ...readCompileOptions(options) })
    },
    async compile(bytes: BufferSource, options: unknown = undefined): Promise<Module> {
      return compileCopy(copyBytes(bytes, 'WebAssembly.compile()'), readCompileOptions(options))
    },
    async instantiate(
      source: BufferSource | Module,
      importObject: object | undefined = undefined,
      options: unknown = undefined,
    ) {
      checkImportObject(importObject, 'WebAssembly.instantiate()')
      if (find(source)) return instantiateModule(source as Module, importObject)
      const copy = copyBytes(source, 'WebAssembly.instantiate()')
      return instantiateBytes(copy, importObject, readCompileOptions(options))
    },
    async compileStreaming(source: unknown, options: unknown = undefined): Promise<Module> {
      const provided = readCompileOptions(options)
      const bytes = await responseBytes(source, 'WebAssembly.compileStreaming()')
      return compileCopy(new Uint8Array(bytes), provided)
    },
    async instantiateStreaming(
      source: unknown,
      importObject: object | undefined = undefined,
      options: unknown = undefined,
    ) {
      checkImportObject(importObject, 'WebAssembly.instantiateStreaming()')
      const provided = readCompileOptions(options)
      const bytes = await responseBytes(source, 'WebAssembly.instantiateStreaming()')
      return instantiateBytes(new Uint8Array(bytes), importObject, provided)
    },
  }
}

export const WebAssembly = createWebAssembly()
