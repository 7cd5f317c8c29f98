// Where a program gets something else from nowasm/wasi than from node:wasi: what either gives, and why.

interface Difference {
  readonly program: string
  readonly node: string
  readonly ours: string
  readonly why: string
}

const READDIR = 'node:wasi counts cookies from the beginning of what is there by then, and tells no inodes'
const POLL =
  'node:wasi leaves out descriptors that are none, where POSIX and the specification want an event that says so'
const ROOT = 'for node:wasi what is above a folder called / is itself'

const openAbove = (path: string) => `__wasi_path_open(3, 0, "${path}", 0, __WASI_RIGHTS_FD_READ, 0, 0, &opened)`

export const DIFFERENCES: readonly Difference[] = [
  { program: 'folders', node: 'in one round: 0', ours: 'in one round: 1', why: READDIR },
  { program: 'folders', node: 'inodes are told: 0', ours: 'inodes are told: 1', why: READDIR },
  { program: 'poll', node: 'poll(&bad, 1, 0) = 0', ours: 'poll(&bad, 1, 0) = 1', why: POLL },
  { program: 'poll', node: 'is not open: 0', ours: 'is not open: 1', why: POLL },
  {
    program: 'raw',
    node: '__wasi_fd_allocate(file, 0, 0) = Success',
    ours: '__wasi_fd_allocate(file, 0, 0) = Invalid argument',
    why: 'posix_fallocate refuses a length of 0',
  },
  {
    program: 'raw',
    node: `${openAbove('../a')} = Success`,
    ours: `${openAbove('../a')} = Capabilities insufficient`,
    why: ROOT,
  },
  {
    program: 'raw',
    node: `${openAbove('x/../../a')} = Success`,
    ours: `${openAbove('x/../../a')} = No such file or directory`,
    why: `${ROOT}, and folders that are not there can be left by ..`,
  },
  {
    program: 'times',
    node: 'to the microsecond: 0',
    ours: 'to the microsecond: 1',
    why: 'node:wasi drops fractions of a second',
  },
]
