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

/** Text that is from instructions. */
export interface MappedText {
  /** Where it begins, in characters: the places in `pairs` count from there. */
  readonly start: number
  /** As `Positions` gives them: a place, and the byte offset of the instruction that the text is from, -1 of none. */
  readonly pairs: Int32Array
}

/** The same texts, so many characters farther behind. */
export const shifted = (texts: readonly MappedText[], by: number): MappedText[] =>
  texts.map(({ start, pairs }) => ({ start: start + by, pairs }))

/** In characters. */
export const lengthOf = (chunks: readonly string[]): number => chunks.reduce((sum, { length }) => sum + length, 0)

export interface Program {
  /** Top-level JavaScript in order; it ends with `function instantiate(imports) {...}`. */
  readonly chunks: readonly string[]
  /** The texts of functions, if positions were asked for: they begin so far behind the start of the chunks. */
  readonly mapped: readonly MappedText[]
  /** Names of the runtime declarations that the chunks use; `all`: what is evaluated later may use any. */
  readonly runtime: ReadonlySet<string> | 'all'
  /** All data segments; the program calls `data()` for them once for each instantiation. Empty: it never does. */
  readonly data: Uint8Array
  readonly imports: readonly ImportInfo[]
  readonly exports: readonly ExportInfo[]
}
