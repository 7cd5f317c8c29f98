// What `nowasm run` gives a program: no files and no environment, but what it is told to give.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

const folder = mkdtempSync(join(tmpdir(), 'nowasm-guest-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Prints its environment and ends with 10 if there is a folder 3, and one more if it could make a file `made` in it. */
const program = (module: string) => `(module
  (import "${module}" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "${module}" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "${module}" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "${module}" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "${module}" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "${module}" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "made")
  (func (export "_start")
    (drop (call $sizes (i32.const 16) (i32.const 4)))
    (drop (call $environ (i32.const 1000) (i32.const 2000)))
    (i32.store (i32.const 0) (i32.const 2000))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $exit
      (i32.add
        (i32.mul (i32.const 10) (i32.eqz (call $prestat (i32.const 3) (i32.const 32))))
        (i32.eqz (call $open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 4) (i32.const 1) (i64.const 66)
          (i64.const 0) (i32.const 0) (i32.const 32)))))))`

const IMPORTS: [file: string, module: string, name: string, advice: RegExp][] = [
  ['socket.wasm', 'wasi_snapshot_preview1', 'sock_open', /"sock_open", which is no function of this version of WASI/],
  ['second.wasm', 'wasi:cli/environment@0.2.0', 'get-environment', /of WASI 0.2 or later: build .* for wasm32-wasip1/],
  ['threads.wasm', 'wasi', 'thread-spawn', /WASI with threads/],
  ['other.wasm', 'env', 'emscripten_notify', /"env" "emscripten_notify", and only functions of WASI are given here/],
]

beforeAll(() => {
  writeFileSync(join(folder, 'new.wasm'), wat(program('wasi_snapshot_preview1')))
  writeFileSync(join(folder, 'old.wasm'), wat(program('wasi_unstable')))
  for (const [file, module, name] of IMPORTS) {
    writeFileSync(join(folder, file), wat(`(module (import "${module}" "${name}" (func)) (func (export "_start")))`))
  }
  mkdirSync(join(folder, 'files'))
})

const run = (line: string) => runNowasm(folder, `run ${line}`)

test.each(['new', 'old'])('nothing of the host by itself: %s', async (name) => {
  expect(await run(`@${name}.wasm`)).toEqual({ code: 0, out: '', err: '' })
})

test.each(['new', 'old'])('--env and --dir: %s', async (name) => {
  process.env['NOWASM_TEST'] = 'of the host'
  const env = '--env A=b --env EMPTY= --env NOWASM_TEST --env=NOT_SET_ANYWHERE --env X=1=2'
  expect((await run(`${env} @${name}.wasm`)).out).toBe('A=b\0EMPTY=\0NOWASM_TEST=of the host\0X=1=2\0')
  for (const dir of ['--dir @files', '--dir @files::/', '--dir=@files::data --dir @::/all']) {
    rmSync(join(folder, 'files', 'made'), { force: true })
    expect(await run(`${dir} @${name}.wasm --dir is-its-own`)).toMatchObject({ code: 11, out: '' })
    expect(readFileSync(join(folder, 'files', 'made'), 'utf8')).toBe('')
  }
})

test.each([
  ['--dir @none', /^nowasm: cannot open the folder @none: .*no such file/],
  ['--dir @new.wasm', /^nowasm: cannot open the folder @new.wasm: .*not a directory/],
  ['--dir ::x', /^nowasm: --dir ::x: it is HOST or HOST::GUEST/],
  ['--dir @files::', /^nowasm: --dir @files::: it is HOST or HOST::GUEST/],
  ['--env =x', /^nowasm: --env =x: it is NAME=VALUE or NAME/],
])('%s', async (options, message) => {
  const { code, err } = await run(`${options} @new.wasm`)
  expect([code, err]).toEqual([2, expect.stringMatching(message)])
})

test.each(IMPORTS)('%s imports what is not given', async (file, _module, _name, advice) => {
  const { code, err } = await run(`@${file}`)
  expect([code, err]).toEqual([1, expect.stringMatching(advice)])
})
