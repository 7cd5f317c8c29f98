// A program written in JavaScript: it calls the functions of WASI as WebAssembly would, and has a memory for their arguments.

import { type FileSystem, WASI, type WASIOptions } from '../../src/wasi.ts'

/** Names of the errors that are asked for in tests. */
const ERRORS: Record<number, string> = {
  0: 'ok',
  2: 'ACCES',
  6: 'AGAIN',
  8: 'BADF',
  10: 'BUSY',
  20: 'EXIST',
  25: 'ILSEQ',
  28: 'INVAL',
  31: 'ISDIR',
  32: 'LOOP',
  37: 'NAMETOOLONG',
  44: 'NOENT',
  54: 'NOTDIR',
  55: 'NOTEMPTY',
  57: 'NOTSOCK',
  58: 'NOTSUP',
  61: 'OVERFLOW',
  63: 'PERM',
  70: 'SPIPE',
  75: 'XDEV',
  76: 'NOTCAPABLE',
}

export const CREAT = 1
export const DIRECTORY = 2
export const EXCL = 4
export const TRUNC = 8
export const APPEND = 1
export const FOLLOW = 1

const READ = 1n << 1n
const WRITE = 1n << 6n
/** What a folder hands down. */
const ALL_FILE = 0b1000111000000000000111111111n
const ALL_FOLDER = (1n << 28n) - 1n

/** Where arguments and results are. */
const RESULT = 8
const BUFFER = 1024
const TEXT = 40_000

export type Opening = Partial<Record<'oflags' | 'fdflags' | 'lookup' | 'in', number>> & {
  readonly rights?: bigint
  readonly inheriting?: bigint
}

export class Guest {
  readonly wasi: WASI
  readonly view: DataView
  readonly bytes: Uint8Array

  constructor(options: Partial<WASIOptions> = {}, buffer: ArrayBufferLike = new ArrayBuffer(1 << 17)) {
    this.wasi = new WASI({ version: 'preview1', ...options })
    this.wasi.finalizeBindings({ exports: { memory: { buffer } } })
    this.view = new DataView(buffer)
    this.bytes = new Uint8Array(buffer)
  }

  /** Calls a function; texts become their address and length. Gives the name of its error. */
  call(name: string, ...args: (number | bigint | string)[]): string {
    let at = TEXT
    const flat = args.flatMap((arg) => {
      if (typeof arg !== 'string') return [arg]
      const encoded = new TextEncoder().encode(arg)
      this.bytes.set(encoded, at)
      at += encoded.length
      return [at - encoded.length, encoded.length]
    })
    const run = this.wasi.wasiImport[name] as unknown as (...args: (number | bigint)[]) => number
    const errno = run(...flat)
    return ERRORS[errno] ?? String(errno)
  }

  /** A call that must succeed. */
  must(name: string, ...args: (number | bigint | string)[]): void {
    const error = this.call(name, ...args)
    if (error !== 'ok') throw new Error(`${name}: ${error}`)
  }

  /** Gives a descriptor, or the name of an error. */
  open(path: string, { oflags = 0, fdflags = 0, lookup = FOLLOW, in: fd = 3, ...rights }: Opening = {}) {
    const base = rights.rights ?? ((oflags & DIRECTORY) !== 0 ? ALL_FOLDER & ~ALL_FILE : ALL_FILE)
    const inheriting = rights.inheriting ?? ((oflags & DIRECTORY) !== 0 ? ALL_FOLDER : 0n)
    const asked = (oflags & DIRECTORY) !== 0 ? base | (1n << 14n) : base
    const error = this.call('path_open', fd, lookup, path, oflags, asked, inheriting, fdflags, RESULT)
    return error === 'ok' ? this.u32(RESULT) : error
  }

  /** What a file holds, or the name of an error. */
  read(path: string, opening: Opening = {}): string {
    const fd = this.open(path, { rights: READ, ...opening })
    if (typeof fd === 'string') return fd
    this.setVectors([BUFFER, 30_000])
    const error = this.call('fd_read', fd, 0, 1, RESULT)
    const text = this.text(BUFFER, this.u32(RESULT))
    this.must('fd_close', fd)
    return error === 'ok' ? text : error
  }

  /** Writes a file anew; gives the name of an error, or 'ok'. */
  write(path: string, text: string, opening: Opening = {}): string {
    const fd = this.open(path, { oflags: CREAT | TRUNC, rights: WRITE, ...opening })
    if (typeof fd === 'string') return fd
    this.writeTo(fd, text)
    return this.call('fd_close', fd)
  }

  writeTo(fd: number, text: string): string {
    const encoded = new TextEncoder().encode(text)
    this.bytes.set(encoded, BUFFER)
    this.setVectors([BUFFER, encoded.length])
    return this.call('fd_write', fd, 0, 1, RESULT)
  }

  /** The target of a link, or the name of an error. */
  readlink(path: string, fd = 3): string {
    const error = this.call('path_readlink', fd, path, BUFFER, 1000, RESULT)
    return error === 'ok' ? this.text(BUFFER, this.u32(RESULT)) : error
  }

  /** Type and size, or the name of an error. */
  stat(path: string, lookup = FOLLOW, fd = 3): string {
    const error = this.call('path_filestat_get', fd, lookup, path, BUFFER)
    return error === 'ok' ? `${this.view.getUint8(BUFFER + 16)} ${this.view.getBigUint64(BUFFER + 32, true)}` : error
  }

  /** Names in a folder, in order, or the name of an error. */
  list(path: string, fd = 3): string {
    const folder = this.open(path, { oflags: DIRECTORY, in: fd })
    if (typeof folder === 'string') return folder
    const names: string[] = []
    const error = this.call('fd_readdir', folder, BUFFER, 30_000, 0n, RESULT)
    for (let at = BUFFER; at < BUFFER + this.u32(RESULT); ) {
      const length = this.u32(at + 16)
      names.push(this.text(at + 24, length))
      at += 24 + length
    }
    this.must('fd_close', folder)
    return error === 'ok' ? names.sort().join(' ') : error
  }

  /** Vectors from address 0 on. */
  setVectors(...parts: [at: number, length: number][]): void {
    for (const [i, value] of parts.flat().entries()) this.view.setUint32(4 * i, value, true)
  }

  u32(at: number): number {
    return this.view.getUint32(at, true)
  }

  text(at: number, length: number): string {
    return new TextDecoder().decode(this.bytes.slice(at, at + length))
  }
}

/** node:fs as if it were a library: paths, not open folders. */
export const asLibrary = (fs: object): FileSystem =>
  new Proxy(fs, {
    get: (target, name) => {
      const value = (target as Record<string | symbol, unknown>)[name]
      return typeof value === 'function' ? (...args: unknown[]) => value.apply(target, args) : value
    },
  }) as FileSystem
