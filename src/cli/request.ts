// What a command gets.

import type { Parsed } from './arguments.ts'

export interface Request {
  readonly file: string
  readonly options: Parsed
  /** The name after `--invoke`. */
  readonly invoke: string | undefined
  /** The words that belong to the program. */
  readonly program: readonly string[]
}
