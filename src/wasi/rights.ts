// Rights: what may be done with a descriptor, and with those that are opened through it. wasi-libc asks a folder's descriptor for
// the rights that it hands down, and asks for no others; programs of today's languages do the same.

/** wasi_snapshot_preview1.witx, "rights": the number of the bit. */
export const RIGHT = {
  FD_DATASYNC: 1n << 0n,
  FD_READ: 1n << 1n,
  FD_SEEK: 1n << 2n,
  FD_FDSTAT_SET_FLAGS: 1n << 3n,
  FD_SYNC: 1n << 4n,
  FD_TELL: 1n << 5n,
  FD_WRITE: 1n << 6n,
  FD_ADVISE: 1n << 7n,
  FD_ALLOCATE: 1n << 8n,
  PATH_CREATE_DIRECTORY: 1n << 9n,
  PATH_CREATE_FILE: 1n << 10n,
  PATH_LINK_SOURCE: 1n << 11n,
  PATH_LINK_TARGET: 1n << 12n,
  PATH_OPEN: 1n << 13n,
  FD_READDIR: 1n << 14n,
  PATH_READLINK: 1n << 15n,
  PATH_RENAME_SOURCE: 1n << 16n,
  PATH_RENAME_TARGET: 1n << 17n,
  PATH_FILESTAT_GET: 1n << 18n,
  PATH_FILESTAT_SET_SIZE: 1n << 19n,
  PATH_FILESTAT_SET_TIMES: 1n << 20n,
  FD_FILESTAT_GET: 1n << 21n,
  FD_FILESTAT_SET_SIZE: 1n << 22n,
  FD_FILESTAT_SET_TIMES: 1n << 23n,
  PATH_SYMLINK: 1n << 24n,
  PATH_REMOVE_DIRECTORY: 1n << 25n,
  PATH_UNLINK_FILE: 1n << 26n,
  POLL_FD_READWRITE: 1n << 27n,
  SOCK_SHUTDOWN: 1n << 28n,
  SOCK_ACCEPT: 1n << 29n,
} as const

const union = (...rights: readonly bigint[]): bigint => rights.reduce((sum, right) => sum | right, 0n)
const ALL = union(...Object.values(RIGHT))

/** Rights of a descriptor, and those that it hands down. */
export interface Rights {
  readonly base: bigint
  readonly inheriting: bigint
}

const FILE = union(
  ...[RIGHT.FD_DATASYNC, RIGHT.FD_READ, RIGHT.FD_SEEK, RIGHT.FD_FDSTAT_SET_FLAGS, RIGHT.FD_SYNC, RIGHT.FD_TELL],
  ...[RIGHT.FD_WRITE, RIGHT.FD_ADVISE, RIGHT.FD_ALLOCATE, RIGHT.FD_FILESTAT_GET, RIGHT.FD_FILESTAT_SET_SIZE],
  ...[RIGHT.FD_FILESTAT_SET_TIMES, RIGHT.POLL_FD_READWRITE],
)

const FOLDER = union(
  ...[RIGHT.FD_FDSTAT_SET_FLAGS, RIGHT.FD_SYNC, RIGHT.FD_ADVISE, RIGHT.PATH_CREATE_DIRECTORY, RIGHT.PATH_CREATE_FILE],
  ...[RIGHT.PATH_LINK_SOURCE, RIGHT.PATH_LINK_TARGET, RIGHT.PATH_OPEN, RIGHT.FD_READDIR, RIGHT.PATH_READLINK],
  ...[RIGHT.PATH_RENAME_SOURCE, RIGHT.PATH_RENAME_TARGET, RIGHT.PATH_FILESTAT_GET, RIGHT.PATH_FILESTAT_SET_SIZE],
  ...[RIGHT.PATH_FILESTAT_SET_TIMES, RIGHT.FD_FILESTAT_GET, RIGHT.FD_FILESTAT_SET_TIMES, RIGHT.PATH_SYMLINK],
  ...[RIGHT.PATH_UNLINK_FILE, RIGHT.PATH_REMOVE_DIRECTORY, RIGHT.POLL_FD_READWRITE],
)

const STREAM = union(
  ...[RIGHT.FD_READ, RIGHT.FD_FDSTAT_SET_FLAGS, RIGHT.FD_WRITE, RIGHT.FD_FILESTAT_GET, RIGHT.POLL_FD_READWRITE],
)

// The same as those of node:wasi (uvwasi, wasi_rights.h), so that programs find what they find there. One that neither seeks nor
// tells is a terminal, for wasi-libc's isatty, if it is a character device.
export const FILE_RIGHTS: Rights = { base: FILE, inheriting: 0n }
export const FOLDER_RIGHTS: Rights = { base: FOLDER, inheriting: FOLDER | FILE }
export const TERMINAL_RIGHTS: Rights = { base: STREAM, inheriting: 0n }
export const PIPE_RIGHTS: Rights = { base: STREAM | RIGHT.SOCK_SHUTDOWN | RIGHT.SOCK_ACCEPT, inheriting: ALL }
export const DEVICE_RIGHTS: Rights = { base: ALL, inheriting: ALL }
