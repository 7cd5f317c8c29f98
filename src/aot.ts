// `import { WebAssembly } from 'nowasm/aot'`: the JS API without the compiler. Its modules are those that were compiled ahead of
// time with `--register`.

import { Registry } from './aot/registry.ts'
import { namespaceOver } from './webassembly/namespace.ts'

const registry = new Registry(undefined)

/** Registers what an output exports as `module`, for an address that a loader streams it from as well. */
export const register = registry.register

export const WebAssembly = namespaceOver(registry, false)
