// The standard streams of a WASI command: file descriptors 0, 1 and 2 of this process, and no others.

import { readSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { BADF, IO, SPIPE, SUCCESS } from './errno.ts'

/** How the process reads and writes; a test has its own. */
export interface Streams {
  /** Reads into the buffer; returns the count, 0 at the end. */
  read(into: Uint8Array): number
  /** Writes all of the bytes to descriptor 1 or 2. */
  write(fd: number, bytes: Uint8Array): void
  isTerminal(fd: number): boolean
}

export const processStreams: Streams = {
  read(into) {
    return retry(() => readSync(0, into))
  },
  write(fd, bytes) {
    for (let at = 0; at < bytes.length; ) at += retry(() => writeSync(fd, bytes, at))
  },
  isTerminal: isatty,
}

/** A pipe whose other side is slow answers EAGAIN; end of input on Windows is an error. */
function retry(action: () => number): number {
  for (;;) {
    try {
      return action()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/** WASI "filetype". */
const UNKNOWN = 0
const CHARACTER_DEVICE = 2

const isStandard = (fd: number): boolean => fd >= 0 && fd <= 2

/** The functions on file descriptors; `memory` gives the buffer of the program's memory as it is now. */
export function streamFunctions(streams: Streams, memory: () => ArrayBuffer) {
  /** Calls `move` for each part of a vector until one is not moved whole, and stores the sum. */
  const transfer = (vectors: number, count: number, result: number, move: (part: Uint8Array) => number): number => {
    const view = new DataView(memory())
    let sum = 0
    for (let i = 0; i < count; i++) {
      const at = (vectors >>> 0) + 8 * i
      const part = new Uint8Array(view.buffer, view.getUint32(at, true), view.getUint32(at + 4, true))
      const moved = move(part)
      sum += moved
      if (moved < part.length) break
    }
    view.setUint32(result >>> 0, sum, true)
    return SUCCESS
  }
  const guarded = (action: () => number): number => {
    try {
      return action()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall) return IO
      throw error
    }
  }
  return {
    fd_write(fd: number, vectors: number, count: number, result: number): number {
      if (fd !== 1 && fd !== 2) return BADF
      return guarded(() =>
        transfer(vectors, count, result, (part) => {
          streams.write(fd, part)
          return part.length
        }),
      )
    },
    fd_read(fd: number, vectors: number, count: number, result: number): number {
      if (fd !== 0) return BADF
      return guarded(() => transfer(vectors, count, result, (part) => (part.length ? streams.read(part) : 0)))
    },
    fd_close: (fd: number): number => (isStandard(fd) ? SUCCESS : BADF),
    fd_seek: (fd: number): number => (isStandard(fd) ? SPIPE : BADF),
    fd_fdstat_get(fd: number, result: number): number {
      if (!isStandard(fd)) return BADF
      new Uint8Array(memory(), result >>> 0, 24).fill(0)
      new DataView(memory()).setUint8(result >>> 0, streams.isTerminal(fd) ? CHARACTER_DEVICE : UNKNOWN)
      return SUCCESS
    },
    fd_fdstat_set_flags: (fd: number): number => (isStandard(fd) ? SUCCESS : BADF),
    fd_prestat_get: (): number => BADF,
    fd_prestat_dir_name: (): number => BADF,
  }
}
