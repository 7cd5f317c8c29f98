// The class: what it takes, as node:wasi does, and what it says of what it does not take.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { WASI, WASIExit } from '../../src/wasi.ts'
import { WebAssembly as Ours } from '../../src/webassembly.ts'
import { wat } from '../wat.ts'

const scratch = mkdtempSync(join(tmpdir(), 'nowasm-class-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const hello = (text: string, memory: string, before = '') => `(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  ${before}
  ${memory}
  (data (i32.const 0) "\\10\\00\\00\\00\\05\\00\\00\\00")
  (data (i32.const 16) "${text}")
  (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))) (call $exit (i32.const 7))))`

function output() {
  const written: string[] = []
  const stdout = { write: (bytes: Uint8Array) => void written.push(Buffer.from(bytes).toString()) }
  return { written, stdout }
}

describe('one program', () => {
  const bytes = wat(hello('hello', '(memory (export "memory") 1)'))

  test('on the native engine', () => {
    const { written, stdout } = output()
    const wasi = new WASI({ version: 'preview1', stdout })
    const instance = new WebAssembly.Instance(
      new WebAssembly.Module(bytes),
      wasi.getImportObject() as WebAssembly.Imports,
    )
    expect([wasi.start(instance), ...written]).toEqual([7, 'hello'])
    expect(() => wasi.start(instance)).toThrow(expect.objectContaining({ code: 'ERR_WASI_ALREADY_STARTED' }))
  })

  test('with nowasm/webassembly', () => {
    const { written, stdout } = output()
    const wasi = new WASI({ version: 'preview1', stdout })
    expect(wasi.start(new Ours.Instance(new Ours.Module(bytes), wasi.getImportObject()))).toBe(7)
    expect(written).toEqual(['hello'])
  })

  test('as an output, for JIT engines and interpreters', () => {
    for (const engine of ['jit', 'interpreter'] as const) {
      const { written, stdout } = output()
      const wasi = new WASI({ version: 'preview1', stdout })
      const { code } = compile(bytes, { format: 'iife', name: 'app', engine })
      const app = new Function(`${code}\nreturn app`)()
      expect(wasi.start(app.instantiate(wasi.getImportObject()))).toBe(7)
      expect(written).toEqual(['hello'])
    }
  })
})

test('a memory that is imported, shared, and of any kind', () => {
  const bytes = wat(hello('hello', '', '(import "env" "memory" (memory 1 2 shared))'))
  for (const [Api, native] of [
    [WebAssembly, true],
    [Ours, false],
  ] as const) {
    const { written, stdout } = output()
    const wasi = new WASI({ version: 'preview1', stdout })
    const memory = new Api.Memory({ initial: 1, maximum: 2, shared: true }) as WebAssembly.Memory
    const imports = { ...wasi.getImportObject(), env: { memory } } as WebAssembly.Imports
    const instance = native
      ? new WebAssembly.Instance(new WebAssembly.Module(bytes), imports)
      : new Ours.Instance(new Ours.Module(bytes), imports)
    wasi.finalizeBindings(instance, { memory })
    expect(() => (instance.exports as { _start(): void })._start()).toThrow(WASIExit)
    expect(written).toEqual(['hello'])
  }
})

test('a memory that has grown', () => {
  const { written, stdout } = output()
  const memory = { buffer: new ArrayBuffer(64) }
  const wasi = new WASI({ version: 'preview1', stdout })
  wasi.initialize({ exports: { memory } })
  memory.buffer = new ArrayBuffer(128)
  new Uint32Array(memory.buffer).set([100, 4])
  new Uint8Array(memory.buffer).set([101, 102, 103, 104], 100)
  const { fd_write } = wasi.wasiImport as unknown as { fd_write(...args: number[]): number }
  expect([fd_write(1, 0, 1, 8), ...written]).toEqual([0, 'efgh'])
})

describe('commands and reactors', () => {
  const memory = { buffer: new ArrayBuffer(8) }
  const make = () => new WASI({ version: 'preview1' })

  test('start', () => {
    expect(make().start({ exports: { memory, _start() {} } })).toBe(0)
    const trap = () => {
      throw new RangeError('a trap')
    }
    expect(() => make().start({ exports: { memory, _start: trap } })).toThrow('a trap')
    expect(() => make().start({ exports: { memory } })).toThrow(/no function "_start": it is no WASI command/)
    expect(() => make().start({ exports: { memory, _initialize() {} } })).toThrow(/reactor, for initialize\(instance\)/)
    expect(() => make().start({ exports: { memory, _start() {}, _initialize() {} } })).toThrow(/must be one/)
  })

  test('initialize', () => {
    let calls = 0
    make().initialize({ exports: { memory, _initialize: () => void calls++ } })
    make().initialize({ exports: { memory } })
    expect(calls).toBe(1)
    expect(() => make().initialize({ exports: { memory, _start() {} } })).toThrow(/a command, for start\(instance\)/)
    expect(() => make().initialize({ exports: { memory, _initialize: 5 } })).toThrow(/is no function/)
  })

  test('what is no instance, or has no memory', () => {
    for (const wrong of [undefined, {}, { exports: null }]) {
      expect(() => make().start(wrong as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
    }
    for (const wrong of [undefined, {}, { buffer: 5 }]) {
      expect(() => make().start({ exports: { memory: wrong, _start() {} } })).toThrow(
        /exports no memory as "memory".*finalizeBindings/,
      )
    }
    const { sched_yield, random_get } = make().wasiImport as unknown as Record<string, (...args: number[]) => number>
    expect(sched_yield()).toBe(0)
    expect(() => random_get(0, 4)).toThrow(/must export its memory/)
  })
})

describe.runIf(process.platform === 'linux')('what is refused leaves no folder open', () => {
  const memory = { buffer: new ArrayBuffer(8) }
  const open = () => readdirSync('/proc/self/fd').length
  const options = { version: 'preview1', preopens: { '/': scratch } } as const
  const make = () => new WASI(options)
  const text = {
    toString(): string {
      throw new TypeError('no text')
    },
  }

  test.each<[string, () => unknown]>([
    ['start, without _start', () => make().start({ exports: { memory } })],
    ['start, of both kinds', () => make().start({ exports: { memory, _start() {}, _initialize() {} } })],
    ['initialize, with _start', () => make().initialize({ exports: { memory, _start() {} } })],
    ['initialize, of what is no function', () => make().initialize({ exports: { memory, _initialize: 5 } })],
    ['a variable that is a Symbol', () => new WASI({ ...options, env: { A: Symbol('a') as never } })],
    ['an argument that is no text', () => new WASI({ ...options, args: [text as never] })],
    ['a second folder', () => new WASI({ ...options, preopens: { '/': scratch, '/none': join(scratch, 'none') } })],
  ])('%s', (_, action) => {
    const before = open()
    expect(action).toThrow(Error)
    expect(open()).toBe(before)
  })

  test('but one without a memory may be followed by another', () => {
    const wasi = make()
    expect(() => wasi.start({ exports: { _start() {} } })).toThrow(/no memory/)
    const { fd_prestat_get } = wasi.wasiImport as unknown as { fd_prestat_get(fd: number, at: number): number }
    const tried: number[] = []
    wasi.start({ exports: { memory, _start: () => tried.push(fd_prestat_get(3, 0)) } })
    expect(tried).toEqual([0])
  })
})

describe('options', () => {
  test.each<[({ stdin?: number } & object) | undefined, string]>([
    [undefined, 'ERR_INVALID_ARG_TYPE'],
    [{}, 'ERR_INVALID_ARG_TYPE'],
    [{ version: 'preview2' }, 'ERR_INVALID_ARG_VALUE'],
    [{ version: 'toString' }, 'ERR_INVALID_ARG_VALUE'],
    [{ version: 'preview1', args: 'app' }, 'ERR_INVALID_ARG_TYPE'],
    [{ version: 'preview1', env: 'A=b' }, 'ERR_INVALID_ARG_TYPE'],
    [{ version: 'preview1', preopens: '/' }, 'ERR_INVALID_ARG_TYPE'],
    [{ version: 'preview1', returnOnExit: 1 }, 'ERR_INVALID_ARG_TYPE'],
    [{ version: 'preview1', stdin: -1 }, 'ERR_INVALID_ARG_TYPE'],
    [{ version: 'preview1', stderr: 'x' } as object, 'ERR_INVALID_ARG_TYPE'],
  ])('%j is refused, as node:wasi refuses it', async (options, code) => {
    const { WASI: Native } = await import('node:wasi')
    const refused = expect.objectContaining({ name: 'TypeError', code })
    expect(() => new WASI(options as never)).toThrow(refused)
    // Descriptors below 0 are out of range there.
    if (options?.stdin === undefined) expect(() => new Native(options as never)).toThrow(refused)
  })

  test('a folder that cannot be opened', () => {
    writeFileSync(join(scratch, 'file'), '')
    for (const path of ['none', 'file']) {
      expect(() => new WASI({ version: 'preview1', preopens: { '/': join(scratch, path) } })).toThrow(
        /^cannot open the folder .*(none: ENOENT|file: ENOTDIR)/,
      )
    }
  })
})
