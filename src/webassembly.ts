// `import { WebAssembly } from 'nowasm/webassembly'`: the JS API, compiling at run time to JavaScript.

import { CompileError } from '../runtime/errors.ts'
import type { Internals, Options } from './options.ts'
import { compilerSource } from './webassembly/compiler.ts'
import { namespaceOver } from './webassembly/namespace.ts'

/** A `WebAssembly` object whose modules are compiled with the given engine and optimisation level. Tests set `internals`. */
export const createWebAssembly = (
  options: Partial<Pick<Options, 'engine' | 'optimize' | 'i64' | 'names' | 'features' | 'threads'>> = {},
  internals: Internals = {},
) => namespaceOver(compilerSource(options, CompileError, internals), options.threads === 'single')

export const WebAssembly = createWebAssembly()
