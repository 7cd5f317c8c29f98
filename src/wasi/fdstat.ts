// What concerns a descriptor as such: its state and rights, closing and renumbering it, bringing it to the disk, and the folders
// that are open from the beginning.

import { type Context, fileOffset, unsigned, type WasiFunction } from './context.ts'
import type { Descriptor, OpenFile } from './descriptors.ts'
import { fail } from './errno.ts'
import { FILETYPE } from './filetype.ts'
import { platformOf } from './host.ts'
import { hostFlags } from './open.ts'
import { RIGHT } from './rights.ts'
import { FDFLAG } from './transfer.ts'

export function descriptorFunctions({ memory, descriptors }: Context): Record<string, WasiFunction> {
  return {
    fd_fdstat_get(fd: number, result: number) {
      const { filetype, flags, rights } = descriptors.get(fd)
      memory.bytes(result, 24).fill(0)
      memory.setU8(result, filetype)
      memory.setU16(result + 2, flags)
      memory.setU64(result + 8, rights.base)
      memory.setU64(result + 16, rights.inheriting)
    },
    fd_fdstat_set_flags(fd: number, flags: number) {
      setFlags(descriptors.get(fd, RIGHT.FD_FDSTAT_SET_FLAGS), flags)
    },
    fd_fdstat_set_rights(fd: number, base: bigint, inheriting: bigint) {
      // Fewer, never more.
      const open = descriptors.get(fd, unsigned(base), unsigned(inheriting))
      open.rights = { base: unsigned(base), inheriting: unsigned(inheriting) }
    },
    fd_close: (fd: number) => descriptors.close(fd),
    fd_renumber: (from: number, to: number) => descriptors.renumber(from, to),
    fd_sync: (fd: number) => synchronize(descriptors.get(fd, RIGHT.FD_SYNC), 'fsyncSync'),
    fd_datasync: (fd: number) => synchronize(descriptors.get(fd, RIGHT.FD_DATASYNC), 'fdatasyncSync'),
    fd_advise(fd: number, offset: bigint, length: bigint, advice: number) {
      if (advice > 5) fail('INVAL')
      const open = descriptors.get(fd, RIGHT.FD_ADVISE)
      if (open.kind === 'folder') fail('BADF')
      if (unsigned(offset) >> 63n || unsigned(length) >> 63n) fail('INVAL')
    },
    fd_allocate(fd: number, offset: bigint, length: bigint) {
      const file = descriptors.file(fd, RIGHT.FD_ALLOCATE)
      if (unsigned(length) === 0n) fail('INVAL')
      const end = fileOffset(unsigned(offset) + unsigned(length))
      // Node cannot reserve room; it can make a file longer.
      const { size } = file.fs.fstatSync(file.fd, { bigint: true })
      if (Number(size) < end) file.fs.ftruncateSync(file.fd, end)
    },
    fd_prestat_get(fd: number, result: number) {
      const name = preopenOf(descriptors.get(fd)) ?? fail('INVAL')
      // "prestat": 0 for a folder, and how long its name is.
      memory.setU32(result, 0)
      memory.setU32(result + 4, name.length)
    },
    fd_prestat_dir_name(fd: number, path: number, length: number) {
      const name = preopenOf(descriptors.get(fd)) ?? fail('BADF')
      if (name.length > length >>> 0) fail('NAMETOOLONG')
      memory.bytes(path, name.length).set(name)
    },
  }
}

const preopenOf = (open: Descriptor): Uint8Array | undefined =>
  open.kind === 'folder' && open.preopen !== undefined ? new TextEncoder().encode(open.preopen) : undefined

function synchronize(open: Descriptor, how: 'fsyncSync' | 'fdatasyncSync'): void {
  if (open.kind === 'file') open.fs[how](open.fd)
  else if (open.kind === 'folder') open.folder.sync()
}

function setFlags(open: Descriptor, flags: number): void {
  if (flags > 31) fail('INVAL')
  if (open.kind === 'file' && open.filetype === FILETYPE.REGULAR_FILE) setFileFlags(open, flags)
  open.flags = flags
}

/**
 * Node cannot change what a descriptor was opened with. Linux opens the same file again, whatever its name may be by now. Elsewhere
 * appending is done by hand, but what was opened to append goes on to do so.
 */
function setFileFlags(file: OpenFile, flags: number): void {
  if (platformOf(file.fs) === 'linux') {
    const fd = file.fs.openSync(`/proc/self/fd/${file.fd}`, file.access | hostFlags(file.fs, flags))
    file.fs.closeSync(file.fd)
    file.fd = fd
    file.hostAppends = (flags & FDFLAG.APPEND) !== 0
  } else if (file.hostAppends && (flags & FDFLAG.APPEND) === 0) fail('NOTSUP')
}
