// Each function by itself, called as a program calls it.

import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { type FileSystem, WASI, WASIExit } from '../../src/wasi.ts'
import { APPEND, asLibrary, CREAT, DIRECTORY, Guest } from './guest.ts'
import { library } from './libraries.ts'

const scratch = fs.mkdtempSync(join(tmpdir(), 'nowasm-functions-'))
afterAll(() => fs.rmSync(scratch, { recursive: true }))

const NAMES = [
  ...['args_get', 'args_sizes_get', 'environ_get', 'environ_sizes_get', 'clock_res_get', 'clock_time_get'],
  ...['fd_advise', 'fd_allocate', 'fd_close', 'fd_datasync', 'fd_fdstat_get', 'fd_fdstat_set_flags'],
  ...['fd_fdstat_set_rights', 'fd_filestat_get', 'fd_filestat_set_size', 'fd_filestat_set_times', 'fd_pread'],
  ...['fd_prestat_get', 'fd_prestat_dir_name', 'fd_pwrite', 'fd_read', 'fd_readdir', 'fd_renumber', 'fd_seek'],
  ...['fd_sync', 'fd_tell', 'fd_write', 'path_create_directory', 'path_filestat_get', 'path_filestat_set_times'],
  ...['path_link', 'path_open', 'path_readlink', 'path_remove_directory', 'path_rename', 'path_symlink'],
  ...['path_unlink_file', 'poll_oneoff', 'proc_exit', 'proc_raise', 'random_get', 'sched_yield'],
  ...['sock_accept', 'sock_recv', 'sock_send', 'sock_shutdown'],
]

test('there are 46 functions, those of node:wasi', async () => {
  const { WASI: Native } = await import('node:wasi')
  const wasi = new WASI({ version: 'preview1' })
  expect(Object.keys(wasi.wasiImport).sort()).toEqual([...NAMES].sort())
  expect(Object.keys(wasi.wasiImport).sort()).toEqual(
    Object.keys(new Native({ version: 'preview1' }).wasiImport as object).sort(),
  )
  expect(wasi.getImportObject()).toEqual({ wasi_snapshot_preview1: wasi.wasiImport })
})

describe('the process', () => {
  const guest = new Guest({ args: ['app', 'one', 'zwö'], env: { A: 'b', NONE: undefined, E: '' } })

  test('arguments and environment are null-terminated UTF-8', () => {
    guest.must('args_sizes_get', 0, 4)
    expect([guest.u32(0), guest.u32(4)]).toEqual([3, 13])
    guest.must('args_get', 16, 64)
    expect([16, 20, 24].map((at) => guest.u32(at))).toEqual([64, 68, 72])
    expect(guest.text(64, 13)).toBe('app\0one\0zwö\0')
    guest.must('environ_sizes_get', 0, 4)
    expect([guest.u32(0), guest.u32(4)]).toEqual([2, 7])
    guest.must('environ_get', 16, 64)
    expect(guest.text(64, 7)).toBe('A=b\0E=\0')
    expect(guest.call('args_get', 2 ** 17 - 4, 64)).toBe('OVERFLOW')
    expect(guest.call('args_sizes_get', -1, 4)).toBe('OVERFLOW')
  })

  test('nothing of the environment comes by itself', () => {
    const alone = new Guest()
    alone.must('environ_sizes_get', 0, 4)
    alone.must('args_sizes_get', 8, 12)
    expect([0, 4, 8, 12].map((at) => alone.u32(at))).toEqual([0, 0, 0, 0])
    expect(alone.call('fd_prestat_get', 3, 0)).toBe('BADF')
  })

  test('clocks', () => {
    guest.must('clock_time_get', 0, 0n, 8)
    expect(Math.abs(Number(guest.view.getBigUint64(8, true) / 1_000_000n) - Date.now())).toBeLessThan(60_000)
    for (const id of [1, 2, 3]) {
      guest.must('clock_time_get', id, 0n, 16)
      guest.must('clock_time_get', id, 0n, 24)
      expect(guest.view.getBigUint64(24, true)).toBeGreaterThanOrEqual(guest.view.getBigUint64(16, true))
      guest.must('clock_res_get', id, 16)
      expect(guest.view.getBigUint64(16, true)).toBeGreaterThan(0n)
    }
    expect([4, -1].map((id) => guest.call('clock_time_get', id, 0n, 8))).toEqual(['INVAL', 'INVAL'])
    expect([4, -1].map((id) => guest.call('clock_res_get', id, 8))).toEqual(['INVAL', 'INVAL'])
  })

  test.each([
    ['not shared', new ArrayBuffer(200_000)],
    ['shared', new SharedArrayBuffer(200_000)],
  ])('random numbers, in a memory that is %s', (_name, buffer) => {
    const program = new Guest({}, buffer)
    program.must('random_get', 1, 150_000)
    const { bytes } = program
    for (const at of [1, 65_530, 131_073, 146_001])
      expect(new Set(bytes.subarray(at, at + 4000)).size).toBeGreaterThan(200)
    expect([bytes[0], ...bytes.subarray(150_001).filter((byte) => byte !== 0)]).toEqual([0])
  })

  test('its end, signals, giving way', () => {
    expect(() => guest.call('proc_exit', 3)).toThrow(new WASIExit(3))
    expect(() => guest.call('proc_raise', 6)).toThrow(new WASIExit(134))
    expect([0, 16, 19, 77].map((signal) => guest.call('proc_raise', signal))).toEqual(['ok', 'ok', 'NOTSUP', 'INVAL'])
    expect(guest.call('sched_yield')).toBe('ok')
  })

  test('there are no sockets', () => {
    for (const [name, ...args] of [
      ['sock_accept', 0, 0],
      ['sock_recv', 0, 0, 0, 0, 0],
      ['sock_send', 0, 0, 0, 0],
      ['sock_shutdown', 2],
    ] as [string, ...number[]][]) {
      expect([guest.call(name, 1, ...args), guest.call(name, 9, ...args)]).toEqual(['NOTSOCK', 'BADF'])
    }
  })
})

describe('standard streams', () => {
  const make = (input: string, buffer?: ArrayBufferLike) => {
    const rest = [...new TextEncoder().encode(input)]
    const written: string[] = []
    const guest = new Guest(
      {
        stdin: {
          read(into) {
            const part = rest.splice(0, Math.min(into.length, 5))
            into.set(part)
            return part.length
          },
        },
        stdout: { write: (bytes) => void written.push(`out ${Buffer.from(bytes)}`), isTerminal: true },
        stderr: { write: (bytes) => written.push(`err ${Buffer.from(bytes)}`) && 1 },
      },
      buffer,
    )
    return { guest, written }
  }

  test.each([new ArrayBuffer(1 << 16), new SharedArrayBuffer(1 << 16)])(
    'are written at once, and read as much as is there',
    (buffer) => {
      const { guest, written } = make('abcdefg', buffer)
      guest.setVectors([100, 3], [200, 0], [300, 4])
      guest.must('fd_read', 0, 0, 3, 40)
      expect([guest.u32(40), guest.text(100, 3), guest.text(300, 2)]).toEqual([5, 'abc', 'de'])
      guest.must('fd_write', 1, 0, 3, 40)
      guest.must('fd_write', 2, 0, 3, 44)
      expect([guest.u32(40), guest.u32(44), ...written]).toEqual([7, 1, 'out abcde\0\0', 'err abcde\0\0'])
      guest.must('fd_read', 0, 0, 1, 40)
      guest.must('fd_read', 0, 0, 1, 44)
      expect([guest.u32(40), guest.u32(44)]).toEqual([2, 0])
      expect(guest.call('fd_read', 1, 0, 1, 40)).toBe('BADF')
      expect(guest.call('fd_write', 0, 0, 1, 40)).toBe('BADF')
      expect(guest.call('fd_write', 1, 0, 70_000, 40)).toBe('OVERFLOW')
    },
  )

  test('have no position, and tell what they are', () => {
    const { guest } = make('')
    expect([0, 1].map((fd) => guest.call('fd_seek', fd, 0n, 0, 8))).toEqual(['NOTCAPABLE', 'NOTCAPABLE'])
    guest.must('fd_fdstat_get', 1, 32)
    guest.must('fd_fdstat_get', 0, 64)
    guest.must('fd_filestat_get', 1, 128)
    expect([guest.bytes[32], guest.bytes[64], guest.bytes[128 + 16]]).toEqual([2, 0, 2])
    // A character device that cannot seek is a terminal for wasi-libc.
    expect(guest.view.getBigUint64(40, true) & 0b100100n).toBe(0n)
    guest.must('fd_close', 0)
    expect(guest.call('fd_close', 0)).toBe('BADF')
    guest.must('fd_renumber', 1, 2)
    expect(guest.call('fd_write', 1, 0, 0, 8)).toBe('BADF')
  })
})

const memfs = await library<{ memfs(): { fs: unknown } }>('memfs')
const zenfs = await library<{ fs: unknown }>('@zenfs/core')

const SYSTEMS: [string, FileSystem | undefined, string][] = [
  ['open folders', fs as unknown as FileSystem, scratch],
  ['paths', asLibrary(fs), scratch],
  ['memfs', memfs?.memfs().fs as FileSystem | undefined, '/root'],
  ['ZenFS', zenfs?.fs as FileSystem | undefined, '/root'],
]

describe.each(SYSTEMS)('files: %s', (system, files, root) => {
  let guest: Guest
  let count = 0

  beforeEach(({ skip }) => {
    if (!files) return skip('the library cannot be installed')
    const host = files as unknown as typeof fs
    const folder = `${root}/${system.replace(' ', '-')}-${count++}`
    host.mkdirSync(folder, { recursive: true })
    guest = new Guest({ fs: files, preopens: { '/home': folder, '.': folder } })
  })

  test('folders that are open from the beginning', () => {
    guest.must('fd_prestat_get', 3, 0)
    guest.must('fd_prestat_get', 4, 8)
    expect([0, 4, 8, 12].map((at) => guest.u32(at))).toEqual([0, 5, 0, 1])
    guest.must('fd_prestat_dir_name', 3, 100, 5)
    expect(guest.text(100, 5)).toBe('/home')
    expect(guest.call('fd_prestat_dir_name', 3, 100, 4)).toBe('NAMETOOLONG')
    expect([guest.call('fd_prestat_get', 5, 0), guest.call('fd_prestat_get', 1, 0)]).toEqual(['BADF', 'INVAL'])
    guest.must('fd_close', 4)
    expect(guest.call('fd_prestat_get', 4, 8)).toBe('BADF')
  })

  test('reading, writing, positions', () => {
    const fd = guest.open('file', { oflags: CREAT }) as number
    guest.writeTo(fd, 'hello world')
    guest.must('fd_tell', fd, 8)
    expect(guest.view.getBigUint64(8, true)).toBe(11n)
    const at = (offset: bigint, whence: number) =>
      guest.call('fd_seek', fd, offset, whence, 8) === 'ok' ? guest.view.getBigUint64(8, true) : 'failed'
    expect([at(6n, 0), at(-3n, 1), at(-1n, 2), at(-1n, 0), at(0n, 3), at(2n ** 62n, 0), at(3n, 0)]).toEqual([
      6n,
      3n,
      10n,
      'failed',
      'failed',
      'failed',
      3n,
    ])
    guest.setVectors([100, 2], [200, 100])
    guest.must('fd_pread', fd, 0, 2, 4n, 40)
    expect([guest.u32(40), guest.text(100, 2), guest.text(200, 5)]).toEqual([7, 'o ', 'world'])
    guest.must('fd_read', fd, 0, 2, 40)
    expect([guest.u32(40), guest.text(100, 2), guest.text(200, 6)]).toEqual([8, 'lo', ' world'])
    guest.must('fd_pwrite', fd, 0, 1, 20n, 40)
    expect(guest.read('file')).toBe(`hello world${'\0'.repeat(9)}lo`)
    expect(guest.call('fd_pread', fd, 0, 2, -1n, 40)).toBe('INVAL')
    expect(guest.call('fd_read', 99, 0, 2, 40)).toBe('BADF')
    expect(guest.call('fd_read', 3, 0, 2, 40)).toBe('NOTCAPABLE')
    for (const name of ['fd_sync', 'fd_datasync']) guest.must(name, fd)
    guest.must('fd_sync', 3)
    guest.must('fd_advise', fd, 0n, 0n, 5)
    expect([guest.call('fd_advise', fd, 0n, 0n, 6), guest.call('fd_advise', fd, -1n, 0n, 0)]).toEqual([
      'INVAL',
      'INVAL',
    ])
    expect(guest.call('fd_advise', 3, 0n, 0n, 0)).toBe('BADF')
  })

  test('sizes', () => {
    const fd = guest.open('file', { oflags: CREAT }) as number
    guest.must('fd_filestat_set_size', fd, 10n)
    guest.must('fd_allocate', fd, 5n, 20n)
    guest.must('fd_allocate', fd, 0n, 3n)
    expect(guest.stat('file')).toBe('4 25')
    expect(guest.call('fd_allocate', fd, 0n, 0n)).toBe('INVAL')
    expect(guest.call('fd_filestat_set_size', fd, -1n)).toBe('INVAL')
    guest.must('fd_filestat_set_size', fd, 0n)
    expect(guest.stat('file')).toBe('4 0')
  })

  test('appending, also when it is asked for later', () => {
    const fd = guest.open('file', { oflags: CREAT, fdflags: APPEND }) as number
    for (const text of ['one', 'two']) {
      guest.must('fd_seek', fd, 0n, 0, 8)
      guest.writeTo(fd, text)
    }
    guest.must('fd_tell', fd, 8)
    expect(guest.view.getBigUint64(8, true)).toBe(6n)
    const other = guest.open('file') as number
    guest.must('fd_fdstat_set_flags', other, APPEND)
    guest.must('fd_fdstat_get', other, 64)
    expect(guest.view.getUint16(66, true)).toBe(APPEND)
    guest.writeTo(other, 'three')
    expect(guest.read('file')).toBe('onetwothree')
    guest.must('fd_fdstat_set_flags', other, 0)
    guest.must('fd_seek', other, 0n, 0, 8)
    guest.writeTo(other, 'ONE')
    expect(guest.read('file')).toBe('ONEtwothree')
    expect(guest.call('fd_fdstat_set_flags', other, 64)).toBe('INVAL')
  })

  test('rights go with a descriptor, and only become fewer', () => {
    guest.write('file', 'text')
    const fd = guest.open('file', { rights: 0b110n }) as number
    guest.must('fd_fdstat_get', fd, 64)
    expect([guest.bytes[64], guest.view.getBigUint64(72, true), guest.view.getBigUint64(80, true)]).toEqual([4, 6n, 0n])
    expect(guest.writeTo(fd, 'x')).toBe('NOTCAPABLE')
    expect(guest.call('fd_tell', fd, 8)).toBe('NOTCAPABLE')
    expect(guest.call('fd_fdstat_set_rights', fd, 0b111n, 0n)).toBe('NOTCAPABLE')
    guest.must('fd_fdstat_set_rights', fd, 0b010n, 0n)
    expect(guest.call('fd_seek', fd, 0n, 0, 8)).toBe('NOTCAPABLE')
    guest.must('fd_fdstat_set_rights', 3, (1n << 13n) | (1n << 18n), 0b10n)
    expect(guest.write('file', 'x')).toBe('NOTCAPABLE')
    expect(guest.read('file')).toBe('text')
    expect(guest.stat('file')).toBe('4 4')
    expect(guest.call('path_unlink_file', 3, 'file')).toBe('NOTCAPABLE')
  })

  test('folders: made, read, removed', () => {
    guest.must('path_create_directory', 3, 'folder')
    expect(guest.call('path_create_directory', 3, 'folder')).toBe('EXIST')
    for (const name of ['a', 'b', 'c']) guest.write(`folder/${name}`, name)
    expect(guest.list('folder')).toBe('. .. a b c')
    expect(guest.call('path_remove_directory', 3, 'folder')).toBe('NOTEMPTY')
    expect(guest.call('path_unlink_file', 3, 'folder')).toBe('ISDIR')
    for (const name of ['a', 'b', 'c']) guest.must('path_unlink_file', 3, `folder/${name}`)
    guest.must('path_remove_directory', 3, 'folder')
    expect(guest.stat('folder')).toBe('NOENT')
    expect(guest.open('.', { rights: 1n << 6n })).toBe('ISDIR')
    expect(guest.stat('.')).toMatch(/^3 /)
  })

  test('a folder is read in pieces, each from a cookie on', () => {
    guest.write('a-name', '')
    const fd = guest.open('.', { oflags: DIRECTORY }) as number
    const names = ['.', '..', 'a-name']
    let cookie = 0n
    for (const name of names) {
      guest.must('fd_readdir', fd, 100, 24 + name.length, cookie, 8)
      expect([guest.u32(8), guest.text(124, name.length)]).toEqual([24 + name.length, name])
      cookie = guest.view.getBigUint64(100, true)
    }
    guest.must('fd_readdir', fd, 100, 1000, cookie, 8)
    expect(guest.u32(8)).toBe(0)
    // Cut off where there is no more room, as the specification wants.
    guest.must('fd_readdir', fd, 100, 30, 0n, 8)
    expect(guest.u32(8)).toBe(30)
    expect(guest.call('fd_readdir', 1, 100, 30, 0n, 8)).toBe('NOTCAPABLE')
  })

  test('renaming', () => {
    guest.write('a', 'A')
    guest.write('b', 'B')
    guest.must('path_create_directory', 3, 'folder')
    guest.must('path_create_directory', 3, 'other')
    guest.must('path_rename', 3, 'a', 3, 'b')
    expect([guest.read('b'), guest.stat('a')]).toEqual(['A', 'NOENT'])
    expect(guest.call('path_rename', 3, 'b', 3, 'folder')).toBe('ISDIR')
    expect(guest.call('path_rename', 3, 'folder', 3, 'b')).toBe('NOTDIR')
    guest.must('path_rename', 3, 'b', 4, 'folder/c')
    expect(guest.read('folder/c')).toBe('A')
    guest.must('path_rename', 3, 'folder', 3, 'renamed/')
    expect(guest.list('renamed')).toBe('. .. c')
    guest.must('path_rename', 3, 'renamed/c', 3, 'renamed/c')
    expect(guest.call('path_rename', 3, 'none', 3, 'b')).toBe('NOENT')
  })

  test('links', () => {
    guest.write('file', 'text')
    guest.must('path_symlink', 'file', 3, 'link')
    expect([guest.readlink('link'), guest.read('link'), guest.stat('link')]).toEqual(['file', 'text', '4 4'])
    expect(guest.stat('link', 0)).toMatch(/^7 /)
    guest.must('path_readlink', 3, 'link', 100, 2, 8)
    expect([guest.u32(8), guest.text(100, 2)]).toEqual([2, 'fi'])
    expect(guest.readlink('file')).toBe('INVAL')
    guest.must('path_symlink', 'none', 3, 'dangling')
    expect(guest.read('dangling')).toBe('NOENT')
    guest.must('path_rename', 3, 'dangling', 3, 'moved')
    expect(guest.readlink('moved')).toBe('none')
    guest.must('path_link', 3, 0, 'file', 3, 'hard')
    guest.write('hard', 'by another name')
    expect(guest.read('file')).toBe('by another name')
    expect(guest.call('path_link', 3, 0, '.', 3, 'folder')).toBe('PERM')
    expect(guest.call('path_link', 3, 0, 'file', 3, 'hard')).toBe('EXIST')
    guest.must('path_link', 3, 1, 'link', 3, 'through')
    expect(guest.read('through')).toBe('by another name')
  })

  test('times', () => {
    guest.write('file', '')
    const fd = guest.open('file') as number
    const second = 1_000_000_000n
    const times = () => {
      guest.must('path_filestat_get', 3, 0, 'file', 100)
      return [40, 48].map((at) => guest.view.getBigUint64(100 + at, true))
    }
    guest.must('path_filestat_set_times', 3, 0, 'file', 5n * second, 7n * second, 5)
    expect(times()).toEqual([5n * second, 7n * second])
    guest.must('fd_filestat_set_times', fd, 9n * second, 11n * second, 4)
    expect(times()).toEqual([5n * second, 11n * second])
    guest.must('fd_filestat_set_times', fd, 0n, 0n, 2)
    expect(Math.abs(Number(times()[0] / 1_000_000n) - Date.now())).toBeLessThan(60_000)
    for (const flags of [3, 12, 15, 16]) {
      expect(guest.call('fd_filestat_set_times', fd, 0n, 0n, flags)).toBe('INVAL')
      expect(guest.call('path_filestat_set_times', 3, 0, 'file', 0n, 0n, flags)).toBe('INVAL')
    }
    // ZenFS cannot set the times of folders.
    if (system === 'ZenFS') return
    guest.must('fd_filestat_set_times', 3, 3n * second, 3n * second, 5)
    guest.must('fd_filestat_get', 3, 100)
    expect([guest.bytes[116], guest.view.getBigUint64(148, true)]).toEqual([3, 3n * second])
  })

  test('descriptors: the lowest free number, renumbering', () => {
    guest.write('a', 'A')
    const one = guest.open('a') as number
    const two = guest.open('a') as number
    expect([one, two]).toEqual([5, 6])
    guest.must('fd_renumber', two, one)
    expect(guest.call('fd_tell', two, 8)).toBe('BADF')
    expect(guest.call('fd_renumber', one, two)).toBe('BADF')
    guest.must('fd_renumber', one, one)
    expect(guest.open('a')).toBe(two)
    expect(guest.open('a', { in: one })).toBe('NOTCAPABLE')
    expect(guest.open('a', { in: 77 })).toBe('BADF')
    expect(guest.open('a/b')).toBe('NOTDIR')
    expect(guest.open('a', { oflags: DIRECTORY })).toBe('NOTDIR')
  })
})
