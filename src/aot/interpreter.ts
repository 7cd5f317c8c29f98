// `import { WebAssembly } from 'nowasm/aot/interpreter'`: as `nowasm/aot`, with the compiler. What was not registered is
// compiled when it comes, and interpreted: a hundred times as slow, but there is no text to evaluate.

import { CompileError } from '../../runtime/errors.ts'
import { interpreted } from '../interpret/evaluator.ts'
import { compilerSource } from '../webassembly/compiler.ts'
import { namespaceOver } from '../webassembly/namespace.ts'
import type { WebAssemblyObject } from '../webassembly/types.ts'
import { type Register, Registry } from './registry.ts'

const registry = new Registry(compilerSource({}, CompileError, {}, interpreted))

/** Registers what an output exports as `module`, for an address that a loader streams it from as well. */
export const register: Register = registry.register

export const WebAssembly: WebAssemblyObject = namespaceOver(registry, false)
