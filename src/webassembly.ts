// `import { WebAssembly } from 'nowasm/webassembly'`: the JS API, compiling at run time to JavaScript.

import { type RunTimeOptions, webAssemblyWith } from './webassembly/create.ts'
import type { WebAssemblyObject } from './webassembly/types.ts'

export type { Instance, InstantiatedSource, Module } from './webassembly/types.ts'
export type { RunTimeOptions, WebAssemblyObject }

/** A `WebAssembly` object whose modules are compiled with these options. */
export const createWebAssembly = (options: RunTimeOptions = {}): WebAssemblyObject => webAssemblyWith(options, {})

export const WebAssembly: WebAssemblyObject = createWebAssembly()
