// What makes modules for the net.

/** A module as it was made; `part` tells several of one seed apart. */
export interface Made {
  readonly part: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Whether the memory may be made smaller, as most of it is not used, and may not grow as far as it says. */
  readonly shrink: boolean
  /** Whether its calls may not end. */
  readonly mayHang?: boolean
  /** Calls after which all instances are made anew, where later calls would find less. */
  readonly span?: number
  /** Whether it is so large that few configurations must do. */
  readonly isLarge?: boolean
}

export interface ModuleGenerator {
  /** The modules of a seed, always the same. */
  make(seed: number): Promise<readonly Made[]>
}
