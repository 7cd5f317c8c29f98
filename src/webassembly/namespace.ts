// The object `WebAssembly` of the JavaScript and the Web API, over a source of modules.

import { api_constructors, api_js_tag } from '../../runtime/constructors.ts'
import { CompileError, LinkError, RuntimeError } from '../../runtime/errors.ts'
import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import { checkImportObject, copyBytes } from './bytes.ts'
import { readCompileOptions } from './compile-options.ts'
import { readImports } from './imports.ts'
import { moduleClasses } from './module.ts'
import type { ModuleSource } from './source.ts'
import { responseBytes } from './streaming.ts'
import type { WebAssemblyObject } from './types.ts'

/** Attributes of the namespace object: WebIDL gives their getters these names. */
const ATTRIBUTES = {
  get JSTag() {
    return api_js_tag()
  },
}

/** @param isSingle whether shared memories are for one thread */
export function namespaceOver(source: ModuleSource, isSingle: boolean): WebAssemblyObject {
  const made = moduleClasses(source)
  const { Module, Instance } = made
  const object = operations(made, source)
  const classes = {
    Module,
    Instance,
    ...api_constructors(isSingle),
    CompileError,
    LinkError,
    RuntimeError,
  }
  for (const [name, value] of Object.entries(classes)) {
    Object.defineProperty(object, name, { value, writable: true, configurable: true })
  }
  Object.defineProperty(object, 'JSTag', Object.getOwnPropertyDescriptor(ATTRIBUTES, 'JSTag')!)
  Object.defineProperty(object, Symbol.toStringTag, { value: 'WebAssembly', configurable: true })
  return object as unknown as WebAssemblyObject
}

type Classes = ReturnType<typeof moduleClasses>

/** The functions of the namespace object. The bytes and the imports are read before anything waits. */
function operations({ Module, Instance, find, moduleOf }: Classes, source: ModuleSource) {
  type Module = InstanceType<typeof Module>
  const compileCopy = async (bytes: Uint8Array, provided: BuiltinChoice): Promise<Module> => {
    await source.prepare?.(bytes)
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
  const compileStreamed = async (response: unknown, provided: BuiltinChoice, where: string): Promise<Module> => {
    const settled = await response
    const { url } = (settled ?? {}) as { url?: unknown }
    const known = typeof url === 'string' ? source.atUrl?.(url) : undefined
    return known ? moduleOf(known) : compileCopy(new Uint8Array(await responseBytes(settled, where)), provided)
  }
  return {
    validate(bytes: BufferSource, options: unknown = undefined): boolean {
      const copy = copyBytes(bytes, 'WebAssembly.validate()')
      return source.validate(copy, readCompileOptions(options))
    },
    async compile(bytes: BufferSource, options: unknown = undefined): Promise<Module> {
      return compileCopy(copyBytes(bytes, 'WebAssembly.compile()'), readCompileOptions(options))
    },
    async instantiate(
      bytesOrModule: BufferSource | Module,
      importObject: object | undefined = undefined,
      options: unknown = undefined,
    ) {
      checkImportObject(importObject, 'WebAssembly.instantiate()')
      if (find(bytesOrModule)) return instantiateModule(bytesOrModule as Module, importObject)
      const copy = copyBytes(bytesOrModule, 'WebAssembly.instantiate()')
      return instantiateBytes(copy, importObject, readCompileOptions(options))
    },
    async compileStreaming(response: unknown, options: unknown = undefined): Promise<Module> {
      const provided = readCompileOptions(options)
      return compileStreamed(response, provided, 'WebAssembly.compileStreaming()')
    },
    async instantiateStreaming(
      response: unknown,
      importObject: object | undefined = undefined,
      options: unknown = undefined,
    ) {
      checkImportObject(importObject, 'WebAssembly.instantiateStreaming()')
      const provided = readCompileOptions(options)
      const module = await compileStreamed(response, provided, 'WebAssembly.instantiateStreaming()')
      return { module, instance: new Instance(module, importObject) }
    },
  }
}
