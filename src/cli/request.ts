// What a command gets.

import type { Parsed } from './arguments.ts'

export interface Request {
  /** One, but where a command takes several: `file` is the first of them. */
  readonly files: readonly string[]
  readonly file: string
  readonly options: Parsed
  /** The name after `--invoke`. */
  readonly invoke: string | undefined
  /** The words that belong to the program. */
  readonly program: readonly string[]
}
