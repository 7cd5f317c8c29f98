// Open folders, and names in them. All that has to do with paths is done with a folder and one name, never with a path: so no
// symbolic link in the middle of one is ever followed by the system.

import { fail, isError } from './errno.ts'
import type { Stats } from './filetype.ts'
import { type FileSystem, platformOf } from './host.ts'

export interface Folder {
  readonly fs: FileSystem
  /** The system's path of what has a name in the folder ('.': the folder). Links that have the name are not followed by it. */
  at(name: string): string
  /** The folder of some name in this one. Fails with NOTDIR or LOOP for what is none, a link to one included. */
  enter(name: string): Folder
  /**
   * Opens what has a name, but no link. Gives a descriptor of the system, or for a folder that it cannot open none.
   * `flags`: those of the system.
   */
  open(name: string, flags: number): number | undefined
  /** A folder over what `open` gave; it closes the descriptor. */
  opened(name: string, fd: number | undefined): Folder
  stat(): Stats
  setTimes(atime: number, mtime: number): void
  sync(): void
  close(): void
}

/** Linux, all of them: values of <fcntl.h> that Node's constants have not, or not everywhere. */
const O_PATH = 0o10000000

/** What `open` may create is for whom the process's mask lets it. */
const MODE = 0o666

/** Opens a folder by a path of the host, links and all: it is the host that names it. */
export function openFolder(fs: FileSystem, path: string): Folder {
  const constants = fs.constants as FileSystem['constants'] & Record<string, number | undefined>
  if (platformOf(fs) === 'linux' && constants['O_DIRECTORY'] && constants['O_NOFOLLOW']) {
    const folder = new PinnedFolder(fs, fs.openSync(path, constants['O_DIRECTORY']))
    if (folder.isUsable()) return folder
    folder.close()
  }
  const real = fs.realpathSync(path)
  if (!lstat(fs, real)?.isDirectory()) fail('NOTDIR')
  return new NamedFolder(fs, real)
}

/** What has a path, a link being itself; undefined for nothing. An error of Node costs some 20 us, so none is made for that. */
export function lstat(fs: FileSystem, path: string): Stats | undefined {
  try {
    return fs.lstatSync(path, { bigint: true, throwIfNoEntry: false })
  } catch (error) {
    if (isError(error, 'NOENT')) return undefined
    throw error
  }
}

/**
 * On Linux: an open descriptor. What is in the folder has a path through /proc, `/proc/self/fd/N/name`, which leads into the very
 * folder that is open, wherever it is moved and whatever takes its name: this is what openat(2) and its like do in C, which Node
 * has not.
 */
class PinnedFolder implements Folder {
  readonly fs: FileSystem
  readonly #fd: number
  readonly #noFollow: number
  readonly #directory: number

  constructor(fs: FileSystem, fd: number) {
    this.fs = fs
    this.#fd = fd
    const { O_NOFOLLOW, O_DIRECTORY } = fs.constants as unknown as Record<'O_NOFOLLOW' | 'O_DIRECTORY', number>
    this.#noFollow = O_NOFOLLOW
    this.#directory = O_DIRECTORY
  }

  /** Not everywhere on Linux is there a /proc, and not everything that looks like Node passes these flags on. */
  isUsable(): boolean {
    const link = `/proc/self/fd/${this.#fd}`
    const opens = (path: string, flags: number): boolean => {
      try {
        this.fs.closeSync(this.fs.openSync(path, flags))
        return true
      } catch {
        return false
      }
    }
    const entering = O_PATH | this.#directory | this.#noFollow
    return opens(this.at('.'), entering) && !opens(link, entering) && !opens(link, this.#noFollow)
  }

  at(name: string): string {
    return `/proc/self/fd/${this.#fd}/${name}`
  }

  enter(name: string): Folder {
    const flags = O_PATH | this.#directory | this.#noFollow
    return new PinnedFolder(this.fs, this.fs.openSync(this.at(name), flags))
  }

  open(name: string, flags: number): number {
    return this.fs.openSync(this.at(name), flags | this.#noFollow, MODE)
  }

  opened(_name: string, fd: number): Folder {
    return new PinnedFolder(this.fs, fd)
  }

  stat(): Stats {
    return this.fs.fstatSync(this.#fd, { bigint: true })
  }

  setTimes(atime: number, mtime: number): void {
    this.fs.futimesSync(this.#fd, atime, mtime)
  }

  sync(): void {
    this.fs.fsyncSync(this.#fd)
  }

  close(): void {
    this.fs.closeSync(this.#fd)
  }
}

/** Names that on Windows are devices, or lead into what is beside a file or on another drive. */
const WINDOWS_NAMES = /[\\:]|^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)\s*(\.|$)/i

/**
 * Elsewhere: a path without links. Whether a part of it is one is looked up before it is used. Someone who changes the host's
 * folders at the same moment can come between; a program cannot, it does one thing at a time.
 */
class NamedFolder implements Folder {
  readonly fs: FileSystem
  readonly #path: string

  constructor(fs: FileSystem, path: string) {
    this.fs = fs
    this.#path = path
  }

  at(name: string): string {
    if (name === '.') return this.#path
    if (platformOf(this.fs) === 'win32' && WINDOWS_NAMES.test(name)) fail('NOENT')
    return this.#path.endsWith('/') ? this.#path + name : `${this.#path}/${name}`
  }

  enter(name: string): Folder {
    const path = this.at(name)
    const found = lstat(this.fs, path) ?? fail('NOENT')
    if (!found.isDirectory()) fail('NOTDIR')
    return new NamedFolder(this.fs, path)
  }

  open(name: string, flags: number): number | undefined {
    const path = this.at(name)
    const { O_CREAT, O_EXCL, O_TRUNC, O_WRONLY, O_RDWR } = this.fs.constants
    const found = lstat(this.fs, path)
    if (found && (flags & O_CREAT) !== 0 && (flags & O_EXCL) !== 0) fail('EXIST')
    if (found?.isSymbolicLink()) fail('LOOP')
    if (found?.isDirectory()) {
      if ((flags & (O_CREAT | O_TRUNC | O_WRONLY | O_RDWR)) !== 0) fail('ISDIR')
      return undefined
    }
    const fd = this.fs.openSync(path, flags, MODE)
    // A library's files are nobody else's. Of others, one that was put in the folder's place meanwhile is most often found so.
    if (platformOf(this.fs) === undefined || this.fs.realpathSync(this.#path) === this.#path) return fd
    this.fs.closeSync(fd)
    return fail('NOTCAPABLE')
  }

  opened(name: string): Folder {
    return new NamedFolder(this.fs, this.at(name))
  }

  stat(): Stats {
    return lstat(this.fs, this.#path) ?? fail('NOENT')
  }

  setTimes(atime: number, mtime: number): void {
    this.fs.lutimesSync(this.#path, atime, mtime)
  }

  sync(): void {}

  close(): void {}
}
