// What goes to an engine that replays a script: the script, and its modules compiled.

import type { Script } from '../spec/script.ts'

export interface Refused {
  readonly error: string
}

export interface Accepted {
  /** Evaluated by `new Function(code + '\nreturn out.instantiate')()`. */
  readonly code: string
  readonly imports: readonly WebAssembly.ModuleImportDescriptor[]
}

/** Compiled modules by their bytes, see `keyOf`. */
export type Recording = Record<string, Accepted | Refused>

export interface Job {
  readonly script: Script
  readonly modules: Recording
}

/** Bytes as hexadecimal digits. */
export const keyOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => (byte < 16 ? '0' : '') + byte.toString(16)).join('')
