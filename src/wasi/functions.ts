// All functions of WASI preview 1, and of the version before it, as a program imports them.

import { clockFunctions } from './clocks.ts'
import type { Context, Version, WasiFunction } from './context.ts'
import { entryFunctions } from './entries.ts'
import { errnoOf, fail, SUCCESS } from './errno.ts'
import { descriptorFunctions } from './fdstat.ts'
import { filestatFunctions } from './filestat.ts'
import { openFunctions } from './open.ts'
import { pollFunctions } from './poll.ts'
import { type ProcessOptions, processFunctions } from './process.ts'
import { readdirFunctions } from './readdir.ts'
import { socketFunctions } from './sockets.ts'
import { transferFunctions } from './transfer.ts'

/** The module name under which programs import them. */
export const MODULES = {
  unstable: 'wasi_unstable',
  preview1: 'wasi_snapshot_preview1',
} as const satisfies Record<Version, string>

/** What a program calls: it gets an errno, 0 for success. */
export type WasiImport = Record<string, (...args: never[]) => number>

/** Those that a version has and this package knows, by name. */
export function wasiFunctions(context: Context, options: ProcessOptions): WasiImport {
  const functions = {
    ...processFunctions(context, options),
    ...clockFunctions(context),
    ...descriptorFunctions(context),
    ...transferFunctions(context),
    ...filestatFunctions(context),
    ...readdirFunctions(context),
    ...entryFunctions(context),
    ...openFunctions(context),
    ...pollFunctions(context),
    ...socketFunctions(context),
  }
  if (context.version === 'unstable') useOldWhence(functions)
  return Object.fromEntries(Object.entries(functions).map(([name, run]) => [name, answering(run)]))
}

/** "whence" of wasi_unstable is 0 here, 1 the end, 2 the beginning. */
function useOldWhence(functions: Record<string, WasiFunction>): void {
  const seek = functions['fd_seek'] as (fd: number, offset: bigint, whence: number, result: number) => void
  const whences = [1, 2, 0]
  functions['fd_seek'] = (fd: number, offset: bigint, whence: number, result: number) =>
    seek(fd, offset, whences[whence] ?? fail('INVAL'), result)
}

/** Answers with a number where the function throws one. */
function answering(run: WasiFunction): (...args: never[]) => number {
  return (...args) => {
    try {
      return run(...args) ?? SUCCESS
    } catch (error) {
      return errnoOf(error)
    }
  }
}
