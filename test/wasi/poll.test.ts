// poll_oneoff, and what of wasi_unstable is unlike preview 1.

import { spawnSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { WASI } from '../../src/wasi.ts'
import { Guest } from './guest.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nowasm-poll-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const CLOCK = 0
const READ = 1
const WRITE = 2
const MILLISECOND = 1_000_000n

/** Writes a subscription at 4096 for each; gives userdata, errno and type of the events that happened. */
function poll(guest: Guest, old: boolean, ...all: [type: number, what: number, timeout?: bigint, flags?: number][]) {
  const size = old ? 56 : 48
  const shift = old ? 8 : 0
  for (const [i, [type, what, timeout = 0n, flags = 0]] of all.entries()) {
    const at = 4096 + i * size
    guest.bytes.fill(0, at, at + size)
    guest.view.setBigUint64(at, BigInt(100 + i), true)
    guest.view.setUint8(at + 8, type)
    guest.view.setUint32(at + 16 + (type === CLOCK ? shift : 0), what, true)
    if (type !== CLOCK) continue
    guest.view.setBigUint64(at + 24 + shift, timeout, true)
    guest.view.setUint16(at + 40 + shift, flags, true)
  }
  const error = guest.call('poll_oneoff', 4096, 8192, all.length, 8)
  if (error !== 'ok') return error
  return Array.from({ length: guest.u32(8) }, (_, i) => {
    const at = 8192 + i * 32
    return [guest.u32(at), guest.view.getUint16(at + 8, true), guest.bytes[at + 10]].join(' ')
  })
}

describe.each([false, true])('poll_oneoff, wasi_unstable: %s', (old) => {
  writeFileSync(join(scratch, 'file'), 'text')
  const version = old ? 'unstable' : 'preview1'
  const guest = new Guest({ version, preopens: { '/': scratch }, stdin: {}, stdout: { write() {} } })
  const ask = (...all: [type: number, what: number, timeout?: bigint, flags?: number][]) => poll(guest, old, ...all)

  test('clocks', () => {
    const before = performance.now()
    expect(ask([CLOCK, 1, 20n * MILLISECOND], [CLOCK, 0, 10_000n * MILLISECOND])).toEqual(['100 0 0'])
    expect(performance.now() - before).toBeGreaterThan(19)
    expect(ask([CLOCK, 1, 10_000n * MILLISECOND], [CLOCK, 1, 0n], [CLOCK, 0, 1n, 1])).toEqual(['101 0 0', '102 0 0'])
    const soon = BigInt(Date.now() + 20) * MILLISECOND
    expect(ask([CLOCK, 0, soon, 1])).toEqual(['100 0 0'])
    expect(BigInt(Date.now()) * MILLISECOND).toBeGreaterThanOrEqual(soon)
    expect(performance.now() - before).toBeLessThan(8000)
  })

  test('descriptors', () => {
    const fd = guest.open('file') as number
    expect(ask([READ, fd], [WRITE, 1], [CLOCK, 1, 10_000n * MILLISECOND])).toEqual(['100 0 1', '101 0 2'])
    guest.must('fd_seek', fd, 1n, old ? 2 : 0, 8)
    ask([READ, fd])
    expect(guest.view.getBigUint64(8192 + 16, true)).toBe(3n)
    // BADF; and a folder, which cannot be read.
    expect(ask([READ, 77], [READ, 3])).toEqual(['100 8 1', '101 76 1'])
  })

  test('what is no clock is an event with an error, beside those of others', () => {
    expect(ask([CLOCK, 9], [CLOCK, 1, 10_000n * MILLISECOND], [CLOCK, 1], [WRITE, 1])).toEqual([
      '100 28 0',
      '102 0 0',
      '103 0 2',
    ])
    expect(ask([CLOCK, 1, 10_000n * MILLISECOND], [CLOCK, 4, 1n, 1], [CLOCK, -1, 1n])).toEqual(['101 28 0', '102 28 0'])
  })

  test('what cannot be waited for', () => {
    expect(guest.call('poll_oneoff', 4096, 8192, 0, 8)).toBe('INVAL')
    expect(ask([3, 0])).toBe('INVAL')
    expect(guest.call('poll_oneoff', 4096, 8192, 1 << 28, 8)).toBe('OVERFLOW')
  })
})

test.runIf(process.platform === 'linux')(
  'what was opened to find out whether a pipe is ready is closed with it',
  () => {
    const pipe = join(scratch, 'pipe')
    spawnSync('sh', ['-c', `mkfifo '${pipe}'`])
    const stdin = openSync(pipe, constants.O_RDWR)
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    const buffer = new ArrayBuffer(1 << 17)
    const guest = new Guest({ stdin }, buffer)
    expect(poll(guest, false, [READ, 0], [CLOCK, 1, MILLISECOND])).toEqual(['101 0 0'])
    expect(open()).toBe(before + 1)
    expect(guest.call('fd_close', 0)).toBe('ok')
    expect(open()).toBe(before)
    const wasi = new WASI({ version: 'preview1', stdin, preopens: { '/': scratch } })
    const { poll_oneoff } = wasi.wasiImport as unknown as { poll_oneoff(...args: number[]): number }
    wasi.start({ exports: { memory: { buffer }, _start: () => poll_oneoff(4096, 8192, 2, 8) } })
    expect(open()).toBe(before)
    closeSync(stdin)
  },
)

test('wasi_unstable counts from elsewhere, and its filestat is shorter', () => {
  const guest = new Guest({ version: 'unstable', preopens: { '/': scratch } })
  expect(Object.keys(guest.wasi.getImportObject())).toEqual(['wasi_unstable'])
  writeFileSync(join(scratch, 'file'), 'text')
  const fd = guest.open('file') as number
  const at = (offset: bigint, whence: number) => {
    guest.must('fd_seek', fd, offset, whence, 8)
    return guest.view.getBigUint64(8, true)
  }
  expect([at(1n, 2), at(1n, 0), at(-1n, 1)]).toEqual([1n, 2n, 3n])
  expect(guest.call('fd_seek', fd, 0n, 3, 8)).toBe('INVAL')
  guest.bytes.fill(255, 100, 200)
  guest.must('path_filestat_get', 3, 0, 'file', 100)
  expect([guest.bytes[116], guest.u32(120), guest.view.getBigUint64(124, true)]).toEqual([4, 1, 4n])
  expect(guest.view.getBigUint64(140, true) / (1000n * MILLISECOND)).toBeGreaterThan(1_600_000_000n)
  expect(guest.bytes[156]).toBe(255)
})

/** A program that waits for its input or for a while, and then reads, as often as there is some. */
const WAITING = `
import { WASI } from '${new URL('../../dist/src/wasi.js', import.meta.url)}'
const buffer = new ArrayBuffer(65536)
const view = new DataView(buffer)
const wasi = new WASI({ version: 'preview1' })
wasi.finalizeBindings({ exports: { memory: { buffer } } })
const { poll_oneoff, fd_read } = wasi.wasiImport
view.setUint8(1000 + 8, 1)
view.setBigUint64(1048, 1n, true)
view.setUint32(1048 + 16, 1, true)
view.setBigUint64(1048 + 24, 300_000_000n, true)
view.setUint32(0, 2000, true)
view.setUint32(4, 100, true)
for (;;) {
  poll_oneoff(1000, 3000, 2, 16)
  console.log('events', view.getUint32(16, true), 'type', view.getUint8(3010))
  if (view.getUint8(3010) === 0) continue
  fd_read(0, 0, 1, 16)
  const count = view.getUint32(16, true)
  console.log('read', JSON.stringify(Buffer.from(buffer, 2000, count).toString()))
  if (count === 0) break
}
`

test.runIf(process.platform === 'linux')('a pipe that nobody writes to for a while', () => {
  const file = join(scratch, 'waiting.mjs')
  writeFileSync(file, WAITING)
  // A pipe of the shell: what Node gives its children are sockets, which cannot be asked.
  const line = `(sleep 1; printf hello; sleep 0.2) | '${process.execPath}' '${file}'`
  const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8' })
  expect(stdout).toMatch(/^(events 1 type 0\n)+events 1 type 1\nread "hello"\nevents 1 type 1\nread ""\n$/)
})
