// What WASI needs of where it runs: a file system, and of Node a few things more, where there is Node.

import type { Stats } from './filetype.ts'

/**
 * The synchronous part of node:fs, as far as it is used. Browsers pass a library that implements it in memory (ZenFS, memfs).
 * Errors have a `code` as Node's have: 'ENOENT'.
 */
export interface FileSystem {
  openSync(path: string, flags: number, mode?: number): number
  closeSync(fd: number): void
  readSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number | null): number
  writeSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number | null): number
  fstatSync(fd: number, options: { bigint: true }): Stats
  lstatSync(path: string, options: { bigint: true; throwIfNoEntry: false }): Stats | undefined
  fsyncSync(fd: number): void
  fdatasyncSync(fd: number): void
  ftruncateSync(fd: number, length: number): void
  futimesSync(fd: number, atime: number, mtime: number): void
  lutimesSync(path: string, atime: number, mtime: number): void
  readdirSync(path: string): string[]
  readlinkSync(path: string): string
  realpathSync(path: string): string
  mkdirSync(path: string): unknown
  rmdirSync(path: string): void
  unlinkSync(path: string): void
  renameSync(from: string, to: string): void
  linkSync(existing: string, path: string): void
  symlinkSync(target: string, path: string): void
  readonly constants: Readonly<Record<OpenFlag, number>>
}

type OpenFlag = 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR' | 'O_CREAT' | 'O_EXCL' | 'O_TRUNC' | 'O_APPEND'

/** What there is of Node, or of what does as if (Deno, Bun), without an import that bundlers for browsers would follow. */
interface NodeProcess {
  readonly platform: string
  readonly pid: number
  exit(code: number): never
  readonly hrtime: { bigint(): bigint }
  cpuUsage(): { user: number; system: number }
  getBuiltinModule?(name: string): unknown
}

export const nodeProcess = (): NodeProcess | undefined => {
  const { process } = globalThis as { process?: Partial<NodeProcess> }
  return process?.hrtime && process.platform !== undefined ? (process as NodeProcess) : undefined
}

/** A module of Node, undefined elsewhere and in Node before 20.16. */
const builtin = <T>(name: string): T | undefined => nodeProcess()?.getBuiltinModule?.(name) as T | undefined

export const nodeFileSystem = builtin<FileSystem>('node:fs')

const terminals = builtin<{ isatty(fd: number): boolean }>('node:tty')

export const isTerminal = (fd: number): boolean => terminals?.isatty(fd) ?? false

/** The operating system whose files these are; undefined for a library's. */
export const platformOf = (fs: FileSystem): string | undefined =>
  fs.openSync === nodeFileSystem?.openSync ? nodeProcess()?.platform : undefined

/** Does nothing for some milliseconds, or, on a page's own thread, where no one may wait, looks at the clock until they are over. */
export function sleep(milliseconds: number): void {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
  } catch {
    for (const end = performance.now() + milliseconds; performance.now() < end; );
  }
}
