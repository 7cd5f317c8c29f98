// The global object `WebAssembly` of an output of `nowasm/plugin`, for loaders that get a module's address or a Module: as
// `nowasm/aot/install`, but what was not compiled by the plugin goes to the engine's own WebAssembly where there is one. It may
// be the host's own, as in Node, whose `fetch` uses some.

import { Registry } from '../aot/registry.ts'
import { namespaceOver } from '../webassembly/namespace.ts'
import type { ModuleImportDescriptor } from '../webassembly/types.ts'

const native = globalThis.WebAssembly as typeof globalThis.WebAssembly | undefined

const registry = new Registry({
  compile(bytes) {
    if (native === undefined) return undefined
    try {
      const module = new native.Module(bytes as Uint8Array<ArrayBuffer>)
      return {
        bytes,
        provided: { builtins: [], importedStringConstants: undefined },
        instantiate: (imports) => new native.Instance(module, imports as WebAssembly.Imports),
        imports: native.Module.imports(module) as ModuleImportDescriptor[],
        exports: native.Module.exports(module) as ModuleImportDescriptor[],
      }
    } catch {
      // A policy that forbids it, or a module that it does not know: then the message is ours, which says what to do.
      return undefined
    }
  },
  validate: (bytes) => native?.validate(bytes as Uint8Array<ArrayBuffer>),
})

/** Registers what an output exports as `module`, for an address that a loader streams it from as well. */
export const register = registry.register

export const WebAssembly = namespaceOver(registry, false)

Object.defineProperty(globalThis, 'WebAssembly', { value: WebAssembly, writable: true, configurable: true })
