// `import { WebAssembly } from 'nowasm/aot'`: the JS API without the compiler. Its modules are those that were compiled ahead of
// time with `--register`.

import { type Register, Registry } from './aot/registry.ts'
import { namespaceOver } from './webassembly/namespace.ts'
import type { WebAssemblyObject } from './webassembly/types.ts'

const registry = new Registry(undefined)

/** Registers what an output exports as `module`, for an address that a loader streams it from as well. */
export const register: Register = registry.register

export const WebAssembly: WebAssemblyObject = namespaceOver(registry, false)
