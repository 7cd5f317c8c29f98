// Where the modules of a `WebAssembly` object come from: a compiler (compiler.ts), or what was compiled ahead of time
// (aot/registry.ts).

import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import type { Instantiate } from '../evaluate.ts'
import type { ModuleExportDescriptor, ModuleImportDescriptor } from './types.ts'

/** What a Module knows of itself. */
export interface Compiled {
  readonly bytes: Uint8Array
  /** Which of its imports were provided. */
  readonly provided: BuiltinChoice
  readonly instantiate: Instantiate
  /** The text that it was compiled to, where other threads are to evaluate it. */
  readonly text?: () => string
  readonly imports: readonly ModuleImportDescriptor[]
  readonly exports: readonly ModuleExportDescriptor[]
}

export interface ModuleSource {
  /** Throws the CompileError of the `WebAssembly` object for what is no module that it can have. */
  readonly compile: (bytes: Uint8Array, provided: BuiltinChoice) => Compiled
  /** Awaited before `compile` by whoever can wait: does what need not block. */
  readonly prepare?: (bytes: Uint8Array) => Promise<void>
  readonly validate: (bytes: Uint8Array, provided: BuiltinChoice) => boolean
  /** The module that stands for an address, whatever is there; undefined: what is there is fetched and compiled. */
  readonly atUrl?: (url: string) => Compiled | undefined
  /** What a text that another thread compiled to says. */
  readonly evaluate?: (text: string) => Instantiate
}
