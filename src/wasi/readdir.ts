// fd_readdir: the entries of a folder, as many as fit, from a cookie on.

import type { Context, WasiFunction } from './context.ts'
import { unsigned } from './context.ts'
import type { OpenFolder } from './descriptors.ts'
import { statsAt } from './filestat.ts'
import { FILETYPE, filetypeOf } from './filetype.ts'
import type { Folder } from './folder.ts'
import { RIGHT } from './rights.ts'

/** Bytes of a "dirent": the next cookie, the inode, the length of the name, the type. */
const HEADER = 24

export function readdirFunctions({ memory, descriptors }: Context): Record<string, WasiFunction> {
  return {
    fd_readdir(fd: number, buffer: number, length: number, cookie: bigint, result: number) {
      const open = descriptors.folder(fd, RIGHT.FD_READDIR)
      const into = memory.bytes(buffer, length)
      const names = listing(open, unsigned(cookie))
      let used = 0
      // A cookie is the number of entries before. The last entry may be cut off: a full buffer says that there is more.
      for (let i = Number(unsigned(cookie)); i < names.length && used < into.length; i++) {
        const bytes = entry(open.folder, names[i]!, i + 1).subarray(0, into.length - used)
        into.set(bytes, used)
        used += bytes.length
      }
      memory.setU32(result, used)
    },
  }
}

/** The names as they were when the beginning was read: none is left out or told twice if some are removed on the way. */
function listing(open: OpenFolder, cookie: bigint): readonly string[] {
  if (cookie === 0n || !open.listing) {
    const { fs } = open.folder
    open.listing = ['.', '..', ...fs.readdirSync(open.folder.at('.'))]
  }
  return open.listing
}

function entry(folder: Folder, name: string, next: number): Uint8Array {
  const text = new TextEncoder().encode(name)
  const bytes = new Uint8Array(HEADER + text.length)
  const view = new DataView(bytes.buffer)
  const { ino, filetype } = identity(folder, name)
  view.setBigUint64(0, BigInt(next), true)
  view.setBigUint64(8, ino, true)
  view.setUint32(16, text.length, true)
  view.setUint8(20, filetype)
  bytes.set(text, HEADER)
  return bytes
}

/** Inode and type. What is above a folder is not the program's affair: `..` is the folder itself, as it is in a root. */
function identity(folder: Folder, name: string): { ino: bigint; filetype: number } {
  try {
    const stats = name === '.' || name === '..' ? folder.stat() : statsAt({ folder, name })
    return { ino: BigInt(stats.ino), filetype: filetypeOf(stats) }
  } catch {
    // It was removed since. wasi-libc asks again for what has no inode.
    return { ino: 0n, filetype: FILETYPE.UNKNOWN }
  }
}
