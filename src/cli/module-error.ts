// Errors of a module, with the file they are in.

import { CompileError } from '../0-wasm/errors.ts'

/** A module that is refused or fails to run, as one line. Exit code 1. */
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
