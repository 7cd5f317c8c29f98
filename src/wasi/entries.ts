// What acts on entries of folders: creating, removing, renaming and linking them, and reading links.

import type { Context, WasiFunction } from './context.ts'
import { fail } from './errno.ts'
import { SYMLINK_FOLLOW, statsAt } from './filestat.ts'
import type { Stats } from './filetype.ts'
import { lstat } from './folder.ts'
import { type FileSystem, platformOf } from './host.ts'
import { ENTRY, LINK_ITSELF, type Place, resolve, TARGET } from './resolve.ts'
import { RIGHT } from './rights.ts'

export function entryFunctions({ memory, descriptors }: Context): Record<string, WasiFunction> {
  const entry = <T>(fd: number, right: bigint, at: number, length: number, action: (place: Place) => T): T =>
    resolve(descriptors.folder(fd, right).folder, memory.text(at, length), ENTRY, action)
  return {
    path_create_directory(fd: number, path: number, length: number) {
      entry(fd, RIGHT.PATH_CREATE_DIRECTORY, path, length, createFolder)
    },
    path_remove_directory(fd: number, path: number, length: number) {
      entry(fd, RIGHT.PATH_REMOVE_DIRECTORY, path, length, removeFolder)
    },
    path_unlink_file(fd: number, path: number, length: number) {
      entry(fd, RIGHT.PATH_UNLINK_FILE, path, length, unlink)
    },
    path_rename(fd: number, from: number, fromLength: number, newFd: number, to: number, toLength: number) {
      descriptors.folder(newFd, RIGHT.PATH_RENAME_TARGET)
      entry(fd, RIGHT.PATH_RENAME_SOURCE, from, fromLength, (source) =>
        entry(newFd, RIGHT.PATH_RENAME_TARGET, to, toLength, (target) => rename(source, target)),
      )
    },
    path_link(
      ...[fd, flags, path, length, newFd, to, toLength]: [number, number, number, number, number, number, number]
    ) {
      const { folder } = descriptors.folder(fd, RIGHT.PATH_LINK_SOURCE)
      descriptors.folder(newFd, RIGHT.PATH_LINK_TARGET)
      const lookup = (flags & SYMLINK_FOLLOW) !== 0 ? TARGET : LINK_ITSELF
      resolve(folder, memory.text(path, length), lookup, (source) =>
        entry(newFd, RIGHT.PATH_LINK_TARGET, to, toLength, (target) => link(source, target)),
      )
    },
    path_symlink(target: number, targetLength: number, fd: number, path: number, length: number) {
      const text = memory.text(target, targetLength)
      entry(fd, RIGHT.PATH_SYMLINK, path, length, (place) => symlink(text, place))
    },
    path_readlink(
      ...[fd, path, length, buffer, bufferLength, result]: [number, number, number, number, number, number]
    ) {
      const { folder } = descriptors.folder(fd, RIGHT.PATH_READLINK)
      const into = memory.bytes(buffer, bufferLength)
      const text = resolve(folder, memory.text(path, length), LINK_ITSELF, (place) =>
        place.folder.fs.readlinkSync(place.folder.at(place.name)),
      )
      // As much of it as fits, as POSIX has it.
      const bytes = new TextEncoder().encode(text).subarray(0, into.length)
      into.set(bytes)
      memory.setU32(result, bytes.length)
    },
  }
}

// Some systems follow a link before a slash at the end, in some of these calls: so no slash goes to them. And what they and
// libraries do not refuse alike is refused here.

function createFolder({ folder, name }: Place): void {
  if (name === '.') fail('EXIST')
  folder.fs.mkdirSync(folder.at(name))
}

function removeFolder(place: Place): void {
  if (place.name === '.') fail('INVAL')
  if (!statsAt(place).isDirectory()) fail('NOTDIR')
  place.folder.fs.rmdirSync(place.folder.at(place.name))
}

function unlink(place: Place): void {
  if (statsAt(place).isDirectory()) fail('ISDIR')
  if (place.hasSlash) fail('NOTDIR')
  place.folder.fs.unlinkSync(place.folder.at(place.name))
}

function rename(source: Place, target: Place): void {
  if (source.name === '.' || target.name === '.') fail('BUSY')
  const isFolder = statsAt(source).isDirectory()
  if (!isFolder && (source.hasSlash || target.hasSlash)) fail('NOTDIR')
  const replaced = statsIfThere(target)
  if (replaced && replaced.isDirectory() !== isFolder) fail(isFolder ? 'NOTDIR' : 'ISDIR')
  const { fs } = source.folder
  const paths = [source.folder.at(source.name), target.folder.at(target.name)] as const
  if (platformOf(fs) === undefined) renameInLibrary(fs, ...paths, replaced)
  else fs.renameSync(...paths)
}

/** Libraries rename what links lead to, and not everything by the name of something else: so links are made anew. */
function renameInLibrary(fs: FileSystem, from: string, to: string, replaced: Stats | undefined): void {
  if (from === to) return
  const isLink = lstat(fs, from)?.isSymbolicLink() === true
  if (replaced && (isLink || replaced.isSymbolicLink())) fs.unlinkSync(to)
  if (!isLink) return fs.renameSync(from, to)
  fs.symlinkSync(fs.readlinkSync(from), to)
  fs.unlinkSync(from)
}

function link(source: Place, target: Place): void {
  const { fs } = source.folder
  const stats = statsAt(source)
  if (stats.isDirectory()) fail('PERM')
  // link(2) follows a link to wherever it leads, but not on Linux.
  if (stats.isSymbolicLink() && platformOf(fs) !== 'linux') fail('NOTSUP')
  checkNew(target)
  fs.linkSync(source.folder.at(source.name), target.folder.at(target.name))
}

/** The text may be any relative path: whether it leads out is found out when it is followed. */
function symlink(text: string, place: Place): void {
  if (text === '') fail('NOENT')
  if (text.includes('\0')) fail('INVAL')
  if (text.startsWith('/')) fail('PERM')
  checkNew(place)
  place.folder.fs.symlinkSync(text, place.folder.at(place.name))
}

/** What is new here is no folder, so it has no slash behind it. */
function checkNew(place: Place): void {
  if (statsIfThere(place)) fail('EXIST')
  if (place.hasSlash) fail('NOENT')
}

const statsIfThere = ({ folder, name }: Place): Stats | undefined => lstat(folder.fs, folder.at(name))
