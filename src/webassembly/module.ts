// WebAssembly.Module and WebAssembly.Instance (JS API, "Modules" and "Instances").

import { readCustomSections } from '../1-decode/custom-sections.ts'
import type { Instantiated } from '../evaluate.ts'
import { checkImportObject, copyBytes, defineInterface } from './bytes.ts'
import { readCompileOptions } from './compile-options.ts'
import { makeClonesInstances, makePostable, modulePosted } from './posted.ts'
import type { Compiled, ModuleSource } from './source.ts'
import type { ModuleExportDescriptor, ModuleImportDescriptor } from './types.ts'

/** The classes Module and Instance of one `WebAssembly` object, and what is behind a Module. */
export function moduleClasses(source: ModuleSource) {
  const modules = new WeakMap<object, Compiled>()
  const instances = new WeakMap<object, Instantiated>()
  const find = (module: unknown): Compiled | undefined =>
    modules.get(module as object) ?? remember(module, modulePosted(module, source))
  const remember = (module: unknown, compiled: Compiled | undefined): Compiled | undefined => {
    if (compiled !== undefined) modules.set(module as object, compiled)
    return compiled
  }
  const need = (module: unknown, where: string): Compiled => {
    const compiled = find(module)
    if (!compiled) throw new TypeError(`${where}: Argument 0 must be a WebAssembly.Module`)
    return compiled
  }
  const own = (module: object, compiled: Compiled): void => {
    modules.set(module, compiled)
    makePostable(module, compiled)
  }

  class Module {
    constructor(bytes: BufferSource, options: unknown = undefined) {
      const copy = copyBytes(bytes, 'WebAssembly.Module()')
      own(this, source.compile(copy, readCompileOptions(options)))
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
  /** The Module of what was compiled in another way than by its constructor. */
  const moduleOf = (compiled: Compiled): Module => {
    const module = Object.create(Module.prototype)
    own(module, compiled)
    return module
  }
  return { Module, Instance, find, moduleOf }
}

const customSections = (bytes: Uint8Array, wanted: string): ArrayBuffer[] =>
  [...readCustomSections(bytes)]
    .filter(({ name }) => name === wanted)
    .map(({ contents }) => contents.slice().buffer as ArrayBuffer)
