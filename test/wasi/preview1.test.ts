import { expect, test } from 'vitest'
import { createWasi, WASI_MODULE, WasiExit } from '../../src/wasi/preview1.ts'
import { wat } from '../wat.ts'

/** Every function that is asked for, exported again, with a memory; the native engine makes the calls. */
const NAMES = {
  args_sizes_get: 'i32 i32',
  args_get: 'i32 i32',
  environ_sizes_get: 'i32 i32',
  environ_get: 'i32 i32',
  clock_time_get: 'i32 i64 i32',
  clock_res_get: 'i32 i32',
  random_get: 'i32 i32',
  sched_yield: '',
  fd_write: 'i32 i32 i32 i32',
  fd_read: 'i32 i32 i32 i32',
  fd_close: 'i32',
  fd_seek: 'i32 i64 i32 i32',
  fd_fdstat_get: 'i32 i32',
  fd_prestat_get: 'i32 i32',
  path_open: 'i32 i32 i32 i32 i32 i64 i64 i32 i32',
}

const binary = wat(`(module
  ${Object.entries(NAMES)
    .map(([name, params]) => `(import "${WASI_MODULE}" "${name}" (func $${name} (param ${params}) (result i32)))`)
    .join('\n')}
  (import "${WASI_MODULE}" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 2)
  ${[...Object.keys(NAMES), 'proc_exit'].map((name) => `(export "${name}" (func $${name}))`).join('\n')})`)

type Exports = Record<string, (...args: (number | bigint)[]) => number>

function start(input = '') {
  const written: [number, string][] = []
  const rest = [...new TextEncoder().encode(input)]
  const wasi = createWasi({
    args: ['app', 'one', 'zwö'],
    env: { A: 'b' },
    streams: {
      read(into) {
        const part = rest.splice(0, into.length)
        into.set(part)
        return part.length
      },
      write: (fd, bytes) => void written.push([fd, new TextDecoder().decode(bytes)]),
      isTerminal: (fd) => fd === 1,
    },
  })
  const names = [...Object.keys(NAMES), 'proc_exit']
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), {
    [WASI_MODULE]: wasi.imports(names) as WebAssembly.ModuleImports,
  })
  const memory = exports['memory'] as WebAssembly.Memory
  wasi.attach(memory)
  const view = new DataView(memory.buffer)
  const text = (at: number, length: number) => new TextDecoder().decode(memory.buffer.slice(at, at + length))
  return { call: exports as unknown as Exports, view, text, written }
}

test('arguments and environment are null-terminated UTF-8', () => {
  const { call, view, text } = start()
  expect(call['args_sizes_get'](0, 4)).toBe(0)
  expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([3, 13])
  expect(call['args_get'](16, 64)).toBe(0)
  expect([16, 20, 24].map((at) => view.getUint32(at, true))).toEqual([64, 68, 72])
  expect(text(64, 13)).toBe('app\0one\0zwö\0')
  expect(call['environ_sizes_get'](0, 4)).toBe(0)
  expect([view.getUint32(0, true), view.getUint32(4, true)]).toEqual([1, 4])
  expect(call['environ_get'](16, 64)).toBe(0)
  expect(text(64, 4)).toBe('A=b\0')
})

/** Two vectors at 0: `length` bytes at 100 and as many at 200. */
function vectors(view: DataView, length: number): void {
  for (const [i, value] of [100, length, 200, length].entries()) view.setUint32(4 * i, value, true)
}

test('fd_write gathers', () => {
  const { call, view, written } = start()
  vectors(view, 2)
  new Uint8Array(view.buffer).set([104, 105], 100)
  new Uint8Array(view.buffer).set([33, 10], 200)
  expect(call['fd_write'](1, 0, 2, 40)).toBe(0)
  expect(view.getUint32(40, true)).toBe(4)
  expect(written).toEqual([
    [1, 'hi'],
    [1, '!\n'],
  ])
  expect(call['fd_write'](3, 0, 2, 40)).toBe(8)
  expect(call['fd_write'](0, 0, 2, 40)).toBe(8)
})

test('fd_read scatters, and ends', () => {
  const { call, view, text } = start('abcdefg')
  vectors(view, 4)
  expect(call['fd_read'](0, 0, 2, 40)).toBe(0)
  expect(view.getUint32(40, true)).toBe(7)
  expect(text(100, 4) + text(200, 3)).toBe('abcdefg')
  expect(call['fd_read'](0, 0, 2, 40)).toBe(0)
  expect(view.getUint32(40, true)).toBe(0)
  expect(call['fd_read'](1, 0, 2, 40)).toBe(8)
})

test('descriptors: three streams that cannot seek, and nothing else', () => {
  const { call, view } = start()
  expect([0, 1, 2, 3].map((fd) => call['fd_seek'](fd, 0n, 0, 8))).toEqual([70, 70, 70, 8])
  expect([2, 3, -1].map((fd) => call['fd_close'](fd))).toEqual([0, 8, 8])
  expect([0, 1, 3].map((fd) => call['fd_fdstat_get'](fd, 32))).toEqual([0, 0, 8])
  expect(view.getUint8(32)).toBe(2)
  expect(call['fd_prestat_get'](3, 0)).toBe(8)
  expect(call['path_open'](3, 0, 0, 0, 0, 0n, 0n, 0, 0)).toBe(52)
})

test('clocks and random numbers', () => {
  const { call, view } = start()
  expect(call['clock_time_get'](0, 0n, 8)).toBe(0)
  expect(Math.abs(Number(view.getBigUint64(8, true) / 1_000_000n) - Date.now())).toBeLessThan(60_000)
  expect(call['clock_time_get'](1, 0n, 16)).toBe(0)
  expect(call['clock_time_get'](1, 0n, 24)).toBe(0)
  expect(view.getBigUint64(24, true)).toBeGreaterThanOrEqual(view.getBigUint64(16, true))
  expect(call['clock_time_get'](9, 0n, 8)).toBe(28)
  expect(call['clock_res_get'](1, 8)).toBe(0)
  expect(call['random_get'](0, 70_000)).toBe(0)
  expect(new Set(new Uint8Array(view.buffer, 65_536, 4_000)).size).toBeGreaterThan(200)
  expect(call['sched_yield']()).toBe(0)
})

test('random numbers for a shared memory', () => {
  const wasi = createWasi({ args: [], env: {}, streams: {} as never })
  const buffer = new SharedArrayBuffer(200_000)
  wasi.attach({ buffer: buffer as unknown as ArrayBuffer })
  const fill = wasi.imports(['random_get'])['random_get'] as (at: number, length: number) => number
  expect(fill(1, 150_000)).toBe(0)
  const bytes = new Uint8Array(buffer)
  for (const at of [1, 65_530, 131_073, 146_001])
    expect(new Set(bytes.subarray(at, at + 4000)).size).toBeGreaterThan(200)
  expect([bytes[0], ...bytes.subarray(150_001).filter((byte) => byte !== 0)]).toEqual([0])
})

test('proc_exit throws', () => {
  const { call } = start()
  expect(() => call['proc_exit'](3)).toThrow(new WasiExit(3))
})
