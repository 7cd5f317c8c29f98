// Sizes that decide on the shape of the output, never on what it does. Tests make them so small that every function meets
// what otherwise only huge ones do.

export interface Limits {
  /** Bytes of bytecode, as estimated, above which a function is split: see docs/DECISIONS.md. */
  readonly bytecode: number
  /** A compound statement higher than this is laid flat (flatten.ts). */
  readonly height: number
  /** What is not higher than this stays nested inside an arm of what is laid flat. */
  readonly keptHeight: number
  /** Bytes of bytecode, as estimated, up to which a function is put where it is called; undefined: as the level says. */
  readonly inlined: number | undefined
  /** Bytes of bytecode that a function takes over at most from those it calls. */
  readonly growth: number
}

export const LIMITS: Limits = { bytecode: 30_000, height: 100, keptHeight: 40, inlined: undefined, growth: 4000 }
