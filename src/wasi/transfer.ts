// Reading and writing: fd_read, fd_write, fd_pread, fd_pwrite; fd_seek and fd_tell.

import { type Context, fileOffset, type WasiFunction } from './context.ts'
import type { OpenFile, OpenStandard } from './descriptors.ts'
import { fail } from './errno.ts'
import { RIGHT } from './rights.ts'

/** WASI "fdflags". */
export const FDFLAG = { APPEND: 1, DSYNC: 2, NONBLOCK: 4, RSYNC: 8, SYNC: 16 } as const

/** The most bytes that are read for several vectors at a time. */
const PIECE = 1 << 16

export function transferFunctions({ memory, descriptors }: Context): Record<string, WasiFunction> {
  const read = (parts: Uint8Array[], from: (into: Uint8Array) => number): number =>
    memory.isShared || parts.length > 1 ? scatter(parts, from) : parts.length === 0 ? 0 : from(parts[0]!)
  const write = (parts: Uint8Array[], to: (bytes: Uint8Array) => number): number =>
    parts.length === 0 ? 0 : to(memory.isShared || parts.length > 1 ? gathered(parts) : parts[0]!)
  return {
    fd_read(fd: number, vectors: number, count: number, result: number) {
      const open = descriptors.get(fd, RIGHT.FD_READ)
      const parts = memory.vectors(vectors, count)
      if (open.kind === 'folder') fail('ISDIR')
      memory.setU32(result, read(parts, open.kind === 'file' ? fileReader(open) : streamReader(open)))
    },
    fd_pread(fd: number, vectors: number, count: number, offset: bigint, result: number) {
      const position = fileOffset(offset)
      const file = descriptors.file(fd, RIGHT.FD_READ | RIGHT.FD_SEEK)
      const from = (into: Uint8Array): number => file.fs.readSync(file.fd, into, 0, into.length, position)
      memory.setU32(result, read(memory.vectors(vectors, count), from))
    },
    fd_write(fd: number, vectors: number, count: number, result: number) {
      const open = descriptors.get(fd, RIGHT.FD_WRITE)
      const parts = memory.vectors(vectors, count)
      if (open.kind === 'folder') fail('ISDIR')
      const to = open.kind === 'file' ? fileWriter(open) : (bytes: Uint8Array) => open.stream.write(bytes)
      memory.setU32(result, write(parts, to))
    },
    fd_pwrite(fd: number, vectors: number, count: number, offset: bigint, result: number) {
      const position = fileOffset(offset)
      const file = descriptors.file(fd, RIGHT.FD_WRITE | RIGHT.FD_SEEK)
      const to = (bytes: Uint8Array): number => file.fs.writeSync(file.fd, bytes, 0, bytes.length, position)
      memory.setU32(result, write(memory.vectors(vectors, count), to))
    },
    fd_seek(fd: number, offset: bigint, whence: number, result: number) {
      const file = seekable(descriptors.file(fd, RIGHT.FD_SEEK))
      const position = BigInt(origin(file, whence)) + offset
      if (position < 0n || position > BigInt(Number.MAX_SAFE_INTEGER)) fail('INVAL')
      memory.setU64(result, position)
      file.position = Number(position)
    },
    fd_tell(fd: number, result: number) {
      memory.setU64(result, BigInt(seekable(descriptors.file(fd, RIGHT.FD_TELL)).position))
    },
  }
}

const seekable = (file: OpenFile): OpenFile & { position: number } =>
  file.position === undefined ? fail('SPIPE') : (file as OpenFile & { position: number })

/** Where "whence" counts from: 0 the beginning, 1 here, 2 the end. */
function origin(file: OpenFile & { position: number }, whence: number): number {
  if (whence === 0) return 0
  if (whence === 1) return file.position
  return whence === 2 ? sizeOf(file) : fail('INVAL')
}

const sizeOf = ({ fs, fd }: OpenFile): number => Number(fs.fstatSync(fd, { bigint: true }).size)

function fileReader(file: OpenFile): (into: Uint8Array) => number {
  return (into) => {
    const count = file.fs.readSync(file.fd, into, 0, into.length, file.position ?? null)
    if (file.position !== undefined) file.position += count
    return count
  }
}

function streamReader({ stream, flags }: OpenStandard): (into: Uint8Array) => number {
  return (into) => ((flags & FDFLAG.NONBLOCK) !== 0 && !stream.isReady() ? fail('AGAIN') : stream.read(into))
}

function fileWriter(file: OpenFile): (bytes: Uint8Array) => number {
  return (bytes) => {
    const appends = (file.flags & FDFLAG.APPEND) !== 0 && file.position !== undefined
    const position = appends && !file.hostAppends ? sizeOf(file) : file.position
    const count = file.fs.writeSync(file.fd, bytes, 0, bytes.length, (file.hostAppends ? undefined : position) ?? null)
    if (file.position !== undefined) file.position = appends ? sizeOf(file) : file.position + count
    return count
  }
}

/** Reads once, so that what is there is not followed by waiting for more, and shares it out. */
function scatter(parts: readonly Uint8Array[], from: (into: Uint8Array) => number): number {
  const wanted = parts.reduce((sum, part) => sum + part.length, 0)
  if (wanted === 0) return 0
  const piece = new Uint8Array(Math.min(wanted, PIECE))
  const count = from(piece)
  let at = 0
  for (const part of parts) {
    const length = Math.min(part.length, count - at)
    part.set(piece.subarray(at, at + length))
    at += length
  }
  return count
}

/** The most bytes that are written at a time: the parts of a vector may be the same, and many. */
const MOST_WRITTEN = 1 << 24

/** The parts as one, or their beginning, so that they are written at once. */
function gathered(parts: readonly Uint8Array[]): Uint8Array {
  const wanted = parts.reduce((sum, part) => sum + part.length, 0)
  const all = new Uint8Array(Math.min(wanted, MOST_WRITTEN))
  let at = 0
  for (const part of parts) {
    const piece = part.subarray(0, all.length - at)
    all.set(piece, at)
    at += piece.length
  }
  return all
}
