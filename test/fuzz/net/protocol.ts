// What the net's processes tell each other.

import type { ShellName } from '../shell/shells.ts'
import type { Tally } from './contest.ts'

/** How a child is to work, given to it in its environment. */
export interface ChildSettings {
  readonly seed: number
  readonly weights: readonly (readonly [generator: string, weight: number])[]
  readonly configurations: number
  readonly calls: number
  readonly patience: number
  /** Engines in which some modules run too. */
  readonly shells: readonly ShellName[]
  /** The options that a failure is to be found again with. */
  readonly origin: string
  /** Folder for failures. */
  readonly out: string
  /** File in which the child writes what it is about to do. */
  readonly status: string
}

export const SETTINGS = 'NOWASM_FUZZ_CHILD'

/**
 * A module to try; `careful`: one configuration at a time, for one that hung. Or the failure in a file to reduce, within
 * some milliseconds.
 */
export type Task =
  | { readonly index: number; readonly careful: boolean }
  | { readonly reduce: string; readonly within: number }

/** What is wrong with one module, of which one failure was written. */
export interface Found {
  readonly path: string
  readonly configurations: readonly string[]
  readonly text: string
  /** Failures that are alike have the same. */
  readonly signature: string
}

export interface ModuleReport {
  readonly kind: 'module'
  readonly index: number
  readonly generator: string
  /** Modules compared: a seed may make none or several. */
  readonly modules: number
  readonly tally: Tally
  readonly skipped: readonly string[]
  readonly found: readonly Found[]
}

export interface ReduceReport {
  readonly kind: 'reduced'
  /** The smaller failure. */
  readonly path: string
  /** Bytes of the module before and after. */
  readonly before: number
  readonly after: number
}

export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not reduced'; readonly why: string }
  | ModuleReport
  | ReduceReport
