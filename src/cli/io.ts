// What the commands share: where they read and write.

import { readFileSync } from 'node:fs'
import type { WASIOptions } from '../wasi/wasi.ts'
import { UsageError } from './errors.ts'

export interface Io {
  out(text: string): void
  err(text: string): void
  /** The standard streams of a program that is run. */
  readonly streams: Pick<WASIOptions, 'stdin' | 'stdout' | 'stderr'>
  /** Whether stderr is a terminal, on which progress may be shown. */
  readonly terminal: boolean
}

const STDIN = 0

/** The bytes of an input file, or of what comes in, which is named `-`. */
export function readInput(path: string): Uint8Array {
  try {
    return readFileSync(path === '-' ? STDIN : path)
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${systemReason(error)}`)
  }
}

/** Why a file operation failed, in words. */
export function systemReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
      return 'no such file or folder'
    case 'EISDIR':
      return 'it is a folder'
    case 'EACCES':
    case 'EPERM':
      return 'permission denied'
    case 'ENOSPC':
      return 'no space left on the device'
    case 'ENOTDIR':
      return 'a part of the path is no folder'
    case 'ERR_FS_FILE_TOO_LARGE':
      return 'it is larger than 2 GiB'
    default:
      return message
  }
}
