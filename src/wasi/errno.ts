// The error numbers of WASI preview 1, and how those of a file system become them.

/** Every name at its number (wasi_snapshot_preview1.witx, "errno"). */
const NAMES = [
  ...(['SUCCESS', '2BIG', 'ACCES', 'ADDRINUSE', 'ADDRNOTAVAIL', 'AFNOSUPPORT', 'AGAIN', 'ALREADY', 'BADF'] as const),
  ...(['BADMSG', 'BUSY', 'CANCELED', 'CHILD', 'CONNABORTED', 'CONNREFUSED', 'CONNRESET', 'DEADLK'] as const),
  ...(['DESTADDRREQ', 'DOM', 'DQUOT', 'EXIST', 'FAULT', 'FBIG', 'HOSTUNREACH', 'IDRM', 'ILSEQ', 'INPROGRESS'] as const),
  ...(['INTR', 'INVAL', 'IO', 'ISCONN', 'ISDIR', 'LOOP', 'MFILE', 'MLINK', 'MSGSIZE', 'MULTIHOP'] as const),
  ...(['NAMETOOLONG', 'NETDOWN', 'NETRESET', 'NETUNREACH', 'NFILE', 'NOBUFS', 'NODEV', 'NOENT', 'NOEXEC'] as const),
  ...(['NOLCK', 'NOLINK', 'NOMEM', 'NOMSG', 'NOPROTOOPT', 'NOSPC', 'NOSYS', 'NOTCONN', 'NOTDIR', 'NOTEMPTY'] as const),
  ...(['NOTRECOVERABLE', 'NOTSOCK', 'NOTSUP', 'NOTTY', 'NXIO', 'OVERFLOW', 'OWNERDEAD', 'PERM', 'PIPE'] as const),
  ...(['PROTO', 'PROTONOSUPPORT', 'PROTOTYPE', 'RANGE', 'ROFS', 'SPIPE', 'SRCH', 'STALE', 'TIMEDOUT'] as const),
  ...(['TXTBSY', 'XDEV', 'NOTCAPABLE'] as const),
] as const

export type Errno = (typeof NAMES)[number]

const NUMBERS: ReadonlyMap<string, number> = new Map(NAMES.map((name, i) => [name, i]))

export const SUCCESS = 0

/** What a function of WASI answers with in place of a result. Thrown; the program never sees it, but its number. */
class Failure {
  readonly errno: number
  constructor(name: Errno) {
    this.errno = NUMBERS.get(name)!
  }
}

export function fail(name: Errno): never {
  throw new Failure(name)
}

/** Names that systems have for what has another name in WASI. */
const ALIASES: Readonly<Record<string, Errno>> = { EOPNOTSUPP: 'NOTSUP', EWOULDBLOCK: 'AGAIN', EOF: 'IO' }

/** The `code` of an error of node:fs or of a library like it, without its E; undefined for any other error. */
function systemError(error: unknown): Errno | undefined {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string' || !/^E[A-Z0-9]+$/.test(code)) return undefined
  const name = code.slice(1)
  return ALIASES[code] ?? (NUMBERS.has(name) ? (name as Errno) : 'IO')
}

/** The number to answer with when an error was thrown. What is neither of the system nor ours goes on to the caller. */
export function errnoOf(error: unknown): number {
  if (error instanceof Failure) return error.errno
  const name = systemError(error)
  if (name === undefined) throw error
  return NUMBERS.get(name)!
}

/** Whether an error is one of these, ours or the system's. */
export const isError = (error: unknown, ...names: Errno[]): boolean =>
  error instanceof Failure
    ? names.some((name) => NUMBERS.get(name) === error.errno)
    : names.includes(systemError(error) as Errno)
