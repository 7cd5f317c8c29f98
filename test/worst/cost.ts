/** What it costs to compile a module. */
export interface Cost {
  /** Bytes of the module. */
  readonly input: number
  /** Characters of the output. */
  readonly output: number
  /** User CPU time. */
  readonly seconds: number
  /** The most memory that the process had, what made the module included. */
  readonly megabytes: number
  /** Why there is no output, or ''. */
  readonly error: string
}
