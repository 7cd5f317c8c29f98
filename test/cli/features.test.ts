// --features and --disable, and what inspect says of features.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uleb, utf8 } from '../binary/leb.ts'
import { binary, section } from '../errors/binary.ts'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-features-'))
  const type = section(1, 1, 0x60, 0, 0)
  writeFileSync(join(folder, 'compact.wasm'), binary(type, section(2, 1, ...utf8('m'), 0, 0x7f, 1, ...utf8('f'), 0, 0)))
  const memory = [0x0f, 0, ...uleb(2n ** 64n - 1n), 0]
  writeFileSync(join(folder, 'memory.wasm'), binary(section(5, 1, ...memory), section(7, 1, ...utf8('m'), 2, 0)))
  writeFileSync(join(folder, 'cont.wasm'), binary(section(1, 2, 0x60, 0, 0, 0x5d, 0)))
  const waiting = '(memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 9))'
  writeFileSync(
    join(folder, 'wait.wasm'),
    wat(`(module (memory 1 1 shared) (func (export "f") (result i32) ${waiting}))`),
  )
  const tail = '(module (func $f (export "f") (result i32) (return_call $g)) (func $g (result i32) (i32.const 7)))'
  writeFileSync(join(folder, 'tail.wasm'), wat(tail))
})

afterAll(() => rmSync(folder, { recursive: true }))

const nowasm = (line: string) => runNowasm(folder, line)

test('--features allows what is off', async () => {
  expect(await nowasm('@compact.wasm')).toMatchObject({
    code: 1,
    err: 'nowasm: @compact.wasm: unsupported: compact-import-section; switched off: allow with --features compact-import-section, or option features of the API (at 0x14)\n',
  })
  expect((await nowasm('@compact.wasm --features compact-import-section')).code).toBe(0)
  expect((await nowasm('@compact.wasm --features simd,compact-import-section')).code).toBe(0)
  expect((await nowasm('@compact.wasm --features all')).code).toBe(0)
  expect((await nowasm('@compact.wasm --features all --disable compact-import-section')).code).toBe(1)
})

test('--threads single makes a program of one thread', async () => {
  for (const threads of ['shared', 'single']) {
    expect(await nowasm(`run --threads ${threads} @wait.wasm --invoke f`)).toMatchObject({ code: 0, out: '2\n' })
  }
  expect(await nowasm('@wait.wasm --threads single -o @one.mjs')).toMatchObject({ code: 0 })
  expect(readFileSync(join(folder, 'one.mjs'), 'utf8')).not.toMatch(/SharedArrayBuffer|Atomics/)
})

test('--disable refuses what is on, also when a module is run', async () => {
  expect(await nowasm('run @tail.wasm --invoke f')).toMatchObject({ code: 0, out: '7\n' })
  const { code, err } = await nowasm('run --disable tail-call @tail.wasm --invoke f')
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('unsupported: tail-call; switched off') })
})

test('names that are not known are wrong usage', async () => {
  const { code, err } = await nowasm('@tail.wasm --disable tail_call')
  expect(code).toBe(2)
  expect(err).toMatch(/^nowasm: unknown feature: tail_call; there are all, mutable-globals, .*\n$/)
})

test('inspect refuses a feature that is not known, as compile does', async () => {
  expect((await nowasm('inspect @compact.wasm --features bogus')).err).toMatch(
    /^nowasm: unknown feature: bogus; there are all,/,
  )
})

test('inspect says what is off, and what is only recognised', async () => {
  expect((await nowasm('inspect @compact.wasm')).out).toMatch(
    /^ {2}compact-import-section +needs --features compact-import-section$/m,
  )
  expect((await nowasm('inspect @memory.wasm')).out).toContain(
    '  memory  "m"  0..18446744073709551615 i64 shared pagesize 1\n',
  )
  expect((await nowasm('inspect @cont.wasm')).out).toMatch(/^ {2}stack-switching +not supported yet$/m)
})

test('--builtins and --imported-string-constants provide what the module imports', async () => {
  const strings = `(module (import "'" "hello" (global $g externref))
    (import "wasm:js-string" "length" (func $length (param externref) (result i32)))
    (func (export "f") (result i32) (call $length (global.get $g))))`
  writeFileSync(join(folder, 'strings.wasm'), wat(strings))
  const options = "--builtins js-string --imported-string-constants '"
  expect(await nowasm(`run ${options} @strings.wasm --invoke f`)).toMatchObject({ code: 0, out: '5\n' })
  expect((await nowasm('run --builtins js-string @strings.wasm --invoke f')).code).toBe(1)
  expect(await nowasm('run --builtins js-array @strings.wasm --invoke f')).toMatchObject({
    code: 2,
    err: expect.stringContaining('unknown builtins: js-array; there are js-string'),
  })
})
