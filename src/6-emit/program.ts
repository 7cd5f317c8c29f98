// What the emitter hands to the linker.

import type { ExternKind } from '../0-wasm/module.ts'

export interface ExportInfo {
  readonly name: string
  readonly kind: ExternKind
  /** The type in the spec's spelling, e.g. `[i32 i64] -> [f32]`. */
  readonly type: string
}

export interface ImportInfo extends ExportInfo {
  readonly module: string
}

export interface Program {
  /** Top-level JavaScript in order; it ends with `function instantiate(imports) {...}`. */
  readonly chunks: readonly string[]
  /** Names of the runtime declarations that the chunks use; `all`: what is evaluated later may use any. */
  readonly runtime: ReadonlySet<string> | 'all'
  /** All data segments; the program calls `data()` for them once for each instantiation. Empty: it never does. */
  readonly data: Uint8Array
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
}
