// What is known of files, and their times: fd_filestat_*, path_filestat_*.

import { type Context, fileOffset, unsigned, type WasiFunction } from './context.ts'
import type { Descriptor } from './descriptors.ts'
import { fail } from './errno.ts'
import { filetypeOf, type Stats } from './filetype.ts'
import { lstat } from './folder.ts'
import { LINK_ITSELF, type Place, resolve, TARGET } from './resolve.ts'
import { RIGHT } from './rights.ts'

/** WASI "lookupflags". */
export const SYMLINK_FOLLOW = 1

/** WASI "fstflags". */
const FSTFLAG = { ATIM: 1, ATIM_NOW: 2, MTIM: 4, MTIM_NOW: 8 } as const

export function filestatFunctions(context: Context): Record<string, WasiFunction> {
  const { memory, descriptors } = context
  const located = <T>(
    fd: number,
    right: bigint,
    flags: number,
    at: number,
    length: number,
    action: (p: Place) => T,
  ) => {
    const { folder } = descriptors.folder(fd, right)
    const lookup = (flags & SYMLINK_FOLLOW) !== 0 ? TARGET : LINK_ITSELF
    return resolve(folder, memory.text(at, length), lookup, action)
  }
  return {
    fd_filestat_get(fd: number, result: number) {
      const open = descriptors.get(fd, RIGHT.FD_FILESTAT_GET)
      writeStats(context, result, statsOf(open), open.filetype)
    },
    fd_filestat_set_size(fd: number, size: bigint) {
      const file = descriptors.file(fd, RIGHT.FD_FILESTAT_SET_SIZE)
      file.fs.ftruncateSync(file.fd, fileOffset(size))
    },
    fd_filestat_set_times(fd: number, atime: bigint, mtime: bigint, flags: number) {
      checkTimeFlags(flags)
      const open = descriptors.get(fd, RIGHT.FD_FILESTAT_SET_TIMES)
      const times = newTimes(atime, mtime, flags, () => statsOf(open) ?? fail('NOTSUP'))
      if (open.kind === 'file') open.fs.futimesSync(open.fd, ...times)
      else if (open.kind === 'folder') open.folder.setTimes(...times)
      else fail('NOTSUP')
    },
    path_filestat_get(fd: number, flags: number, path: number, length: number, result: number) {
      const stats = located(fd, RIGHT.PATH_FILESTAT_GET, flags, path, length, statsAt)
      writeStats(context, result, stats, filetypeOf(stats))
    },
    path_filestat_set_times(
      ...[fd, lookup, path, length, atime, mtime, flags]: [number, number, number, number, bigint, bigint, number]
    ) {
      checkTimeFlags(flags)
      located(fd, RIGHT.PATH_FILESTAT_SET_TIMES, lookup, path, length, (place) => {
        const times = newTimes(atime, mtime, flags, () => statsAt(place))
        place.folder.fs.lutimesSync(place.folder.at(place.name), ...times)
      })
    },
  }
}

/** Of the link itself, if it is one: where links are followed there is none in the end. */
export const statsAt = ({ folder, name }: Pick<Place, 'folder' | 'name'>): Stats =>
  lstat(folder.fs, folder.at(name)) ?? fail('NOENT')

/** Undefined for a stream that is no file. */
function statsOf(open: Descriptor): Stats | undefined {
  if (open.kind === 'file') return open.fs.fstatSync(open.fd, { bigint: true })
  return open.kind === 'folder' ? open.folder.stat() : open.stream.stats
}

/** Writes a "filestat": in preview 1 of 64 bytes, in the version before of 56, where nlink has four. */
function writeStats({ memory, version }: Context, at: number, stats: Stats | undefined, filetype: number): void {
  const old = version === 'unstable'
  memory.bytes(at, old ? 56 : 64).fill(0)
  memory.setU8(at + 16, filetype)
  if (!stats) return
  memory.setU64(at, BigInt(stats.dev))
  memory.setU64(at + 8, BigInt(stats.ino))
  if (old) memory.setU32(at + 20, Number(stats.nlink))
  else memory.setU64(at + 24, BigInt(stats.nlink))
  const sizes = [BigInt(stats.size), stats.atimeNs, stats.mtimeNs, stats.ctimeNs]
  for (const [i, value] of sizes.entries()) memory.setU64(at + (old ? 24 : 32) + 8 * i, value)
}

/** A time cannot be both given and now. */
function checkTimeFlags(flags: number): void {
  const both = (a: number, b: number): boolean => (flags & a) !== 0 && (flags & b) !== 0
  if (both(FSTFLAG.ATIM, FSTFLAG.ATIM_NOW) || both(FSTFLAG.MTIM, FSTFLAG.MTIM_NOW) || flags > 15) fail('INVAL')
}

/** Access and modification time in seconds, as node:fs takes them; those that stay are asked for. */
function newTimes(atime: bigint, mtime: bigint, flags: number, current: () => Stats): [number, number] {
  const needsCurrent = (flags & 3) === 0 || (flags & 12) === 0
  const stats = needsCurrent ? current() : undefined
  const time = (given: bigint, isGiven: number, isNow: number, stays: bigint | undefined): number =>
    (flags & isNow) !== 0 ? Date.now() / 1000 : seconds((flags & isGiven) !== 0 ? unsigned(given) : stays!)
  return [
    time(atime, FSTFLAG.ATIM, FSTFLAG.ATIM_NOW, stats?.atimeNs),
    time(mtime, FSTFLAG.MTIM, FSTFLAG.MTIM_NOW, stats?.mtimeNs),
  ]
}

/** What lies between two doubles of some 1.8e9, the seconds since 1970. */
const STEP = 2 ** -22

/** Seconds as a double, which is right to some 200 ns: never below the microsecond that is meant, so that this one is kept. */
function seconds(nanoseconds: bigint): number {
  const whole = Number(nanoseconds / 1_000_000_000n)
  const microseconds = Number((nanoseconds % 1_000_000_000n) / 1000n)
  const sum = whole + microseconds / 1e6
  return Math.floor((sum - whole) * 1e6) < microseconds ? sum + STEP : sum
}
