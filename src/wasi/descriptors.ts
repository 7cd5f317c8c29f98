// The table of file descriptors: what the program's numbers stand for.

import { fail } from './errno.ts'
import { rightsOf } from './filetype.ts'
import type { Folder } from './folder.ts'
import type { FileSystem } from './host.ts'
import { FOLDER_RIGHTS, type Rights } from './rights.ts'
import type { OpenStream } from './stream.ts'

interface Common {
  filetype: number
  rights: Rights
  /** WASI "fdflags". */
  flags: number
}

/** A file that was opened by its path. Its position is kept here: Node cannot seek. */
export interface OpenFile extends Common {
  readonly kind: 'file'
  readonly fs: FileSystem
  /** The host's descriptor. */
  fd: number
  /** O_RDONLY, O_WRONLY or O_RDWR. */
  readonly access: number
  /** Undefined for what has none: devices, pipes. */
  position: number | undefined
  /** Whether the host appends, whatever position is given. */
  hostAppends: boolean
}

export interface OpenFolder extends Common {
  readonly kind: 'folder'
  readonly folder: Folder
  /** The name that the program knows it by, if it was open from the beginning. */
  readonly preopen: string | undefined
  /** The names in it, when its beginning was last read. */
  listing: readonly string[] | undefined
}

export interface OpenStandard extends Common {
  readonly kind: 'stream'
  readonly stream: OpenStream
}

export type Descriptor = OpenFile | OpenFolder | OpenStandard

export class Descriptors {
  readonly #entries: (Descriptor | undefined)[] = []

  /** Fails with BADF for what is not open, and with NOTCAPABLE for what lacks a right. */
  get(fd: number, rights = 0n, inheriting = 0n): Descriptor {
    const found = this.#entries[fd >>> 0] ?? fail('BADF')
    if ((rights & ~found.rights.base) !== 0n || (inheriting & ~found.rights.inheriting) !== 0n) fail('NOTCAPABLE')
    return found
  }

  /** Fails with ISDIR for a folder, and with SPIPE for a standard stream: where that is, is the host's affair. */
  file(fd: number, rights: bigint): OpenFile {
    const found = this.get(fd, rights)
    return found.kind === 'file' ? found : fail(found.kind === 'folder' ? 'ISDIR' : 'SPIPE')
  }

  folder(fd: number, rights: bigint, inheriting = 0n): OpenFolder {
    const found = this.get(fd, rights, inheriting)
    return found.kind === 'folder' ? found : fail('NOTDIR')
  }

  /** Gives the lowest number that is free. */
  add(descriptor: Descriptor): number {
    const free = this.#entries.indexOf(undefined)
    const fd = free < 0 ? this.#entries.length : free
    this.#entries[fd] = descriptor
    return fd
  }

  addStream(stream: OpenStream): number {
    const { filetype, isTerminal } = stream
    return this.add({ kind: 'stream', stream, filetype, rights: rightsOf(filetype, isTerminal), flags: 0 })
  }

  addPreopen(folder: Folder, preopen: string, filetype: number): number {
    return this.add({ kind: 'folder', folder, preopen, filetype, rights: FOLDER_RIGHTS, flags: 0, listing: undefined })
  }

  close(fd: number): void {
    const found = this.get(fd)
    this.#entries[fd >>> 0] = undefined
    release(found)
  }

  /** Puts one in another's place, which is closed. */
  renumber(from: number, to: number): void {
    const moved = this.get(from)
    const replaced = this.get(to)
    if (moved === replaced) return
    this.#entries[to >>> 0] = moved
    this.#entries[from >>> 0] = undefined
    release(replaced)
  }

  closeAll(): void {
    for (const entry of this.#entries) {
      if (entry) release(entry)
    }
    this.#entries.length = 0
  }
}

/** Standard streams are the host's: they stay open there. */
function release(descriptor: Descriptor): void {
  if (descriptor.kind === 'file') descriptor.fs.closeSync(descriptor.fd)
  else if (descriptor.kind === 'folder') descriptor.folder.close()
  else descriptor.stream.close()
}
