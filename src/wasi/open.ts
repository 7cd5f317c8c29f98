// path_open.

import type { Context, WasiFunction } from './context.ts'
import { unsigned } from './context.ts'
import type { Descriptor } from './descriptors.ts'
import { fail } from './errno.ts'
import { SYMLINK_FOLLOW } from './filestat.ts'
import { FILETYPE, filetypeOf, rightsOf } from './filetype.ts'
import { type FileSystem, isTerminal, platformOf } from './host.ts'
import { LINK_ITSELF, type Place, resolve, TARGET } from './resolve.ts'
import { RIGHT } from './rights.ts'
import { FDFLAG } from './transfer.ts'

/** WASI "oflags". */
const OFLAG = { CREAT: 1, DIRECTORY: 2, EXCL: 4, TRUNC: 8 } as const

const READING = RIGHT.FD_READ | RIGHT.FD_READDIR
const WRITING = RIGHT.FD_DATASYNC | RIGHT.FD_WRITE | RIGHT.FD_ALLOCATE | RIGHT.FD_FILESTAT_SET_SIZE

/** What a program asks for. */
interface Wanted {
  readonly oflags: number
  readonly fdflags: number
  readonly base: bigint
  readonly inheriting: bigint
}

export function openFunctions({ memory, descriptors }: Context): Record<string, WasiFunction> {
  return {
    path_open(
      ...[fd, lookup, path, length, oflags, base, inheriting, fdflags, result]: [
        ...[fd: number, lookup: number, path: number, length: number, oflags: number],
        ...[base: bigint, inheriting: bigint, fdflags: number, result: number],
      ]
    ) {
      const wanted: Wanted = { oflags, fdflags, base: unsigned(base), inheriting: unsigned(inheriting) }
      const needed = neededRights(wanted)
      const { folder } = descriptors.folder(fd, needed.base, needed.inheriting)
      // An address that is none is found out before there is something to give back.
      memory.bytes(result, 4)
      // What must not be there yet is not looked for where a link leads.
      const follows = (lookup & SYMLINK_FOLLOW) !== 0 && (oflags & OFLAG.EXCL) === 0
      const open = (place: Place): Descriptor => openAt(place, wanted)
      const opened = resolve(folder, memory.text(path, length), follows ? TARGET : LINK_ITSELF, open)
      memory.setU32(result, descriptors.add(opened))
    },
  }
}

/** What the folder must have and hand down. */
function neededRights({ oflags, fdflags, base, inheriting }: Wanted): { base: bigint; inheriting: bigint } {
  let own: bigint = RIGHT.PATH_OPEN
  let handed = base | inheriting
  if ((oflags & OFLAG.CREAT) !== 0) own |= RIGHT.PATH_CREATE_FILE
  if ((oflags & OFLAG.TRUNC) !== 0) own |= RIGHT.PATH_FILESTAT_SET_SIZE
  if ((fdflags & FDFLAG.DSYNC) !== 0) handed |= RIGHT.FD_DATASYNC
  if ((fdflags & (FDFLAG.RSYNC | FDFLAG.SYNC)) !== 0) handed |= RIGHT.FD_SYNC
  const writesAnywhere = (base & WRITING) !== 0n && (oflags & OFLAG.TRUNC) === 0 && (fdflags & FDFLAG.APPEND) === 0
  if (writesAnywhere) handed |= RIGHT.FD_SEEK
  return { base: own, inheriting: handed }
}

function openAt({ folder, name }: Place, wanted: Wanted): Descriptor {
  const { fs } = folder
  const access = accessOf(fs, wanted.base)
  const fd = folder.open(name, access | openFlags(fs, wanted) | hostFlags(fs, wanted.fdflags))
  try {
    const filetype = fd === undefined ? FILETYPE.DIRECTORY : filetypeOf(fs.fstatSync(fd, { bigint: true }))
    if (filetype !== FILETYPE.DIRECTORY && (wanted.oflags & OFLAG.DIRECTORY) !== 0) fail('NOTDIR')
    const most = rightsOf(filetype, filetype === FILETYPE.CHARACTER_DEVICE && isTerminal(fd!))
    const rights = {
      base: wanted.base & most.base & ~withheld(fs, access),
      inheriting: wanted.inheriting & most.inheriting,
    }
    const common = { filetype, rights, flags: wanted.fdflags }
    if (filetype === FILETYPE.DIRECTORY) {
      return { kind: 'folder', folder: folder.opened(name, fd), preopen: undefined, listing: undefined, ...common }
    }
    const hasPosition = filetype === FILETYPE.REGULAR_FILE || filetype === FILETYPE.BLOCK_DEVICE
    const hostAppends = (wanted.fdflags & FDFLAG.APPEND) !== 0
    return { kind: 'file', fs, fd: fd!, access, position: hasPosition ? 0 : undefined, hostAppends, ...common }
  } catch (error) {
    if (fd !== undefined) fs.closeSync(fd)
    throw error
  }
}

/** O_RDONLY, O_WRONLY or O_RDWR, as the rights want it. */
function accessOf({ constants }: FileSystem, base: bigint): number {
  if ((base & WRITING) === 0n) return constants.O_RDONLY
  return (base & READING) !== 0n ? constants.O_RDWR : constants.O_WRONLY
}

/** The right that is not there because of how the file was opened. */
function withheld({ constants }: FileSystem, access: number): bigint {
  if (access === constants.O_RDONLY) return RIGHT.FD_WRITE
  return access === constants.O_WRONLY ? RIGHT.FD_READ : 0n
}

function openFlags({ constants }: FileSystem, { oflags }: Wanted): number {
  let flags = 0
  if ((oflags & OFLAG.CREAT) !== 0) flags |= constants.O_CREAT
  if ((oflags & OFLAG.EXCL) !== 0) flags |= constants.O_EXCL
  if ((oflags & OFLAG.TRUNC) !== 0) flags |= constants.O_TRUNC
  if ((oflags & OFLAG.DIRECTORY) !== 0) flags |= optional(constants, 'O_DIRECTORY')
  return flags
}

/** The system's flags for WASI's "fdflags". */
export function hostFlags(fs: FileSystem, fdflags: number): number {
  const { constants } = fs
  let flags = 0
  if ((fdflags & FDFLAG.APPEND) !== 0) flags |= constants.O_APPEND
  if (platformOf(fs) === undefined) return flags
  if ((fdflags & FDFLAG.DSYNC) !== 0) flags |= optional(constants, 'O_DSYNC')
  if ((fdflags & (FDFLAG.RSYNC | FDFLAG.SYNC)) !== 0) flags |= optional(constants, 'O_SYNC')
  if ((fdflags & FDFLAG.NONBLOCK) !== 0) flags |= optional(constants, 'O_NONBLOCK')
  return flags
}

/** Not every system has them all. */
const optional = (constants: FileSystem['constants'], name: string): number =>
  (constants as Readonly<Record<string, number | undefined>>)[name] ?? 0
