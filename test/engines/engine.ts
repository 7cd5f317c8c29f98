// What a row of the table is about: an engine, and how outputs are made for it.

import type { Variant } from './outputs.ts'

/** An engine that is there. */
export interface Opened {
  /** As it says itself. */
  readonly version: string
  /**
   * Runs a script that calls `report(TEXT)` once.
   * @returns the text
   * @throws an error that says how it ended without
   */
  run(job: string): Promise<string>
  /** How it runs a Node script, if it can: the command and its arguments before the script. */
  readonly node?: { readonly command: string; readonly args: readonly string[]; readonly env?: Record<string, string> }
  close?(): Promise<void>
}

export interface Engine {
  /** What the table and the command line call it. */
  readonly name: string
  readonly title: string
  readonly variant: Variant
  /** Whether it has one NaN only, whatever is written into its bits. */
  readonly hasOneNaN?: boolean
  /** What there is not, for a row that is about that: it is asked for. */
  readonly lacks?: readonly ('WebAssembly' | 'eval' | 'BigInt')[]
  /** What the compiler's own text is lowered to there: it is of ES2022. */
  readonly compilerTarget?: 'es2020'
  /** Why the compiler itself does not run there. */
  readonly cannotCompile?: string
  /** @throws an error that says why it is not there */
  open(): Promise<Opened> | Opened
}

/** A script that reports which of the names in `lacks` there are. */
export const INVENTORY = `(function () {
var evaluates = false
try {
  evaluates = new Function('return 1')() === 1
} catch (_) {}
report(JSON.stringify({
  WebAssembly: typeof WebAssembly === 'object', eval: evaluates, BigInt: typeof BigInt === 'function'
}))
})()
`
