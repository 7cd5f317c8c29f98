// Errors that are the user's or the module's: one line each, and the exit code that says whose they are.

import { CompileError } from '../0-wasm/errors.ts'
import { OptionsError } from '../options.ts'

/** Exit codes. */
export const DONE = 0
const BAD_MODULE = 1
const BAD_USAGE = 2

/** Wrong use of the command line. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A module that is refused or fails to run. Exit code 1. */
export class ModuleError extends Error {
  override readonly name = 'ModuleError'
}

/** Runs an action on a file's module; a CompileError gets the file's name before it. */
export function inFile<T>(file: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw error instanceof CompileError ? new ModuleError(`${file}: ${error.message}`) : error
  }
}

/** Prints the one line of an error and gives its exit code. */
export function report(error: unknown, { err }: { err(text: string): void }): number {
  const usage = error instanceof UsageError || error instanceof OptionsError
  const { message } = error as Error
  err(`nowasm: ${usage || error instanceof ModuleError ? '' : 'internal error: '}${message}\n`)
  return usage ? BAD_USAGE : BAD_MODULE
}
