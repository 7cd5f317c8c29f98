// Where the modules of a `WebAssembly` object come from: a compiler (compiler.ts), or what was compiled ahead of time
// (aot/registry.ts).

import type { BuiltinChoice } from '../0-wasm/builtins.ts'
import type { Instantiate } from '../evaluate.ts'
import type { Settings } from '../options.ts'
import type { Size, TextStore } from './function-texts.ts'
import type { ModuleExportDescriptor, ModuleImportDescriptor } from './types.ts'

/** What a Module knows of itself. */
export interface Compiled {
  readonly bytes: Uint8Array
  /** Which of its imports were provided. */
  readonly provided: BuiltinChoice
  readonly instantiate: Instantiate
  /** The text that it was compiled to, where other threads are to evaluate it. */
  readonly text?: () => string
  /** What threads need beside that text where functions are compiled when they are first called. */
  readonly lazily?: () => Lazily
  readonly imports: readonly ModuleImportDescriptor[]
  readonly exports: readonly ModuleExportDescriptor[]
}

/** With it a thread goes on with a module that another has begun with. Plain data, and shared memory. */
export interface Lazily {
  readonly options: Settings
  readonly size: Size
  /** Of data segments. */
  readonly data: Uint8Array
  readonly store: TextStore
}

export interface ModuleSource {
  /** Throws the CompileError of the `WebAssembly` object for what is no module that it can have. */
  readonly compile: (bytes: Uint8Array, provided: BuiltinChoice) => Compiled
  /** Awaited before `compile` by whoever can wait: does what need not block. */
  readonly prepare?: (bytes: Uint8Array) => Promise<void>
  readonly validate: (bytes: Uint8Array, provided: BuiltinChoice) => boolean
  /** The module that stands for an address, whatever is there; undefined: what is there is fetched and compiled. */
  readonly atUrl?: (url: string) => Compiled | undefined
  /** What a text that another thread compiled to says; undefined if the module must be compiled here. */
  readonly evaluate?: (text: string, bytes: Uint8Array, lazily: Lazily | undefined) => Instantiate | undefined
}
