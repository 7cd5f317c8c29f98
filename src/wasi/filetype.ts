// What files are: WASI's "filetype", of what a file system says of one.

import { DEVICE_RIGHTS, FILE_RIGHTS, FOLDER_RIGHTS, PIPE_RIGHTS, type Rights, TERMINAL_RIGHTS } from './rights.ts'

/** wasi_snapshot_preview1.witx, "filetype". */
export const FILETYPE = {
  UNKNOWN: 0,
  BLOCK_DEVICE: 1,
  CHARACTER_DEVICE: 2,
  DIRECTORY: 3,
  REGULAR_FILE: 4,
  SOCKET_STREAM: 6,
  SYMBOLIC_LINK: 7,
} as const

/** What is asked of node:fs's BigIntStats. Libraries that give numbers where BigInts were asked for are taken, too. */
export interface Stats {
  isFile(): boolean
  isDirectory(): boolean
  isSymbolicLink(): boolean
  isCharacterDevice(): boolean
  isBlockDevice(): boolean
  isFIFO(): boolean
  isSocket(): boolean
  readonly dev: bigint | number
  readonly ino: bigint | number
  readonly nlink: bigint | number
  readonly size: bigint | number
  readonly atimeNs: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}

/** Pipes count as sockets, as node:wasi has them. */
export function filetypeOf(stats: Stats): number {
  if (stats.isFile()) return FILETYPE.REGULAR_FILE
  if (stats.isDirectory()) return FILETYPE.DIRECTORY
  if (stats.isSymbolicLink()) return FILETYPE.SYMBOLIC_LINK
  if (stats.isCharacterDevice()) return FILETYPE.CHARACTER_DEVICE
  if (stats.isBlockDevice()) return FILETYPE.BLOCK_DEVICE
  return stats.isFIFO() || stats.isSocket() ? FILETYPE.SOCKET_STREAM : FILETYPE.UNKNOWN
}

/** The rights that a file of some type can have at most. */
export function rightsOf(filetype: number, isTerminal: boolean): Rights {
  switch (filetype) {
    case FILETYPE.REGULAR_FILE:
      return FILE_RIGHTS
    case FILETYPE.DIRECTORY:
      return FOLDER_RIGHTS
    case FILETYPE.CHARACTER_DEVICE:
      return isTerminal ? TERMINAL_RIGHTS : DEVICE_RIGHTS
    case FILETYPE.BLOCK_DEVICE:
      return DEVICE_RIGHTS
    default:
      return PIPE_RIGHTS
  }
}
