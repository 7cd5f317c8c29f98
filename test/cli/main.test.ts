import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

let folder = ''
const path = (name: string): string => join(folder, name)

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

const nowasm = (line: string, input = '') => runNowasm(folder, line, input)

const MODULES = {
  'add.wasm': `(module
    (func $add (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "pair") (param i64 f32) (result f32 i64) (local.get 1) (local.get 0))
    (func (export "boom") unreachable)
    (func $deep (export "deep") (call $deep))
    (memory (export "m\\1b[31m") 1 2)
    (data (i32.const 0) "some data"))`,
  'hello.wasm': `(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (func (export "_start")
      (i32.store (i32.const 0) (i32.const 64))
      (i32.store (i32.const 4) (i32.const 100))
      (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
      (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      (drop (call $sizes (i32.const 12) (i32.const 16)))
      (call $exit (i32.load (i32.const 12)))))`,
  'throw.wasm': `(module
    (tag $oops (param i32 i64))
    (tag $many ${'(param i64)'.repeat(12)})
    (memory 1)
    (func $deep (param i32)
      (if (i32.eqz (local.get 0)) (then (throw $oops (i32.const 3) (i64.const 4))))
      (call $deep (i32.sub (local.get 0) (i32.const 1))))
    (func (export "own") (call $deep (i32.const 1)))
    (func (export "again") (local exnref)
      (block $h (result exnref) (try_table (catch_all_ref $h) (call $deep (i32.const 0))) (unreachable))
      (local.set 0)
      (drop (memory.grow (i32.const 0)))
      (throw_ref (local.get 0)))
    (func (export "many") ${'(i64.const 1)'.repeat(12)} (throw $many))
    (func (export "often") (local i32)
      (loop $l
        (block $h (try_table (catch_all $h) (call $deep (i32.const 0))))
        (br_if $l (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 60000))))
      (call $deep (i32.const 0))))`,
  'needs.wasm': '(module (import "env" "f" (func)) (func (export "_start") (call 0)))',
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-cli-'))
  for (const [name, text] of Object.entries(MODULES)) writeFileSync(path(name), wat(text))
  const whole = readFileSync(path('add.wasm'))
  writeFileSync(path('cut.wasm'), whole.subarray(0, whole.length >> 1))
  writeFileSync(path('text.wasm'), 'hello')
  writeFileSync(path('wat.wasm'), ';; a module\n(module)')
  writeFileSync(path('html.wasm'), '\ufeff<!doctype html><title>404</title>')
  writeFileSync(path('gzip.wasm'), gzipSync(whole))
  writeFileSync(path('component.wasm'), new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]))
  // (module (func (suspend 0)))
  const suspend = [0xe2, 0, 0x0b]
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0]
  const code = [10, suspend.length + 3, 1, suspend.length + 1, 0, ...suspend]
  writeFileSync(path('suspend.wasm'), new Uint8Array([...header, ...code]))
  mkdirSync(path('sub'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('errors are one line, with the exit code that says whose they are', () => {
  test.each([
    ['', 2, 'no input file (see nowasm --help)'],
    ['@nope.wasm', 2, 'cannot read @nope.wasm: no such file or folder'],
    ['@sub', 2, 'cannot read @sub: it is a folder'],
    ['inspect @nope.wasm', 2, 'cannot read @nope.wasm: no such file or folder'],
    [
      '@add.wasm --format amd',
      2,
      'Invalid values: Argument: format, Given: "amd", Choices: "esm", "esm-integration", "cjs", "iife" (see nowasm --help)',
    ],
    ['@add.wasm --bogus', 2, 'Unknown argument: bogus (see nowasm --help)'],
    ['@add.wasm @nope.wasm -o @x.mjs', 2, '-o names one output: for several files use --out-dir'],
    ['@add.wasm @needs.wasm --format iife --name x', 2, '--name is the name of one output'],
    ['@add.wasm @add.wasm', 2, '@add.mjs would be written twice'],
    ['@add.wasm -o @x.mjs --out-dir @sub', 2, 'Arguments out-dir and o are mutually exclusive (see nowasm --help)'],
    ['- --out-dir @sub', 2, 'what comes from stdin has no name: give it one with -o'],
    [
      '@add.wasm -o - --dts',
      2,
      'options dts, stub, source-map and data file write files beside the output: name one with -o',
    ],
    ['@add.wasm --name x', 2, '--name is the global variable of a classic script: use --format iife'],
    ['@add.wasm --format iife --name a-b', 2, '--name: "a-b" is no identifier'],
    ['@add.wasm --format iife --name top', 2, '--name: "top" is a global variable already'],
    ['@add.wasm @needs.wasm --dump dead', 2, '--dump is for one file'],
    ['@add.wasm -Os', 2, '-Os: -O is 0, 1, 2 or 3; none is for size, but -O1 inlines nothing'],
    ['@add.wasm -o', 2, 'Not enough arguments following: o (see nowasm --help)'],
    ['@add.wasm -O7', 2, 'optimize must be one of 0, 1, 2, 3, not 7'],
    ['@add.wasm --jobs many', 2, 'jobs must be a number from 1'],
    ['@add.wasm --format esm --format cjs', 2, 'option format is given twice'],
    ['@add.wasm --target es5', 2, 'target es5 has no modules: use it with format cjs or iife'],
    [
      '@add.wasm --data file --format iife',
      2,
      'data file needs format esm or cjs: one classic script has no file beside it',
    ],
    ['@add.wasm @needs.wasm --symbols @x', 2, '--symbols is the file of one output'],
    ['symbolize @text.wasm', 2, '@text.wasm: no line of a symbol map: "hello"'],
    ['@add.wasm -o @add.wasm', 2, '@add.wasm would replace the input'],
    ['@add.wasm -o @none/x.mjs', 2, 'cannot write @none/x.mjs: no such file or folder'],
    ['@add.wasm -o @sub', 2, 'cannot write @sub: it is a folder'],
    ['run @add.wasm', 2, '@add.wasm is no WASI command; call a function with --invoke: "add", "pair", "boom", "deep"'],
    ['run @add.wasm --invoke nope', 2, 'no exported function "nope"; there is "add", "pair", "boom", "deep"'],
    ['run @add.wasm --invoke add 1', 2, '"add" takes 2 arguments, not 1'],
    ['run @add.wasm --invoke add 1 two', 2, '"two" is no i32'],
    ['bench @add.wasm', 2, 'bench needs --invoke NAME'],
    ['bench @add.wasm --seconds 0 --invoke boom', 2, 'seconds must be a number above 0'],
    ['run @add.wasm --invoke boom', 1, '@add.wasm: trap: unreachable\n    at boom (wasm-function[2]:0x63)'],
    ['bench @add.wasm --invoke boom', 1, '@add.wasm: native: trap: unreachable'],
  ])('%s', async (line, code, message) => {
    expect(await nowasm(line)).toEqual({ code, out: '', err: `nowasm: ${message}\n` })
  })

  test.each([
    ['cut.wasm', /^malformed: unexpected end: .* section .*/],
    ['text.wasm', /^malformed: magic header not detected: this is not a WebAssembly binary .*/],
    ['wat.wasm', /^malformed: .*: this is the text format; assemble it first, with wat2wasm or wasm-tools parse .*/],
    ['gzip.wasm', /^malformed: .*: this is gzip; unpack it first, with gunzip .*/],
    ['html.wasm', /^malformed: .*: this is HTML; was it fetched from a wrong address\? .*/],
    ['component.wasm', /^malformed: this is a component, not a core module.*/],
    ['suspend.wasm', /^unsupported: stack-switching.* \(func 0, at 0x[0-9a-f]+\)$/],
  ])('%s', async (file, message) => {
    const others = file === 'suspend.wasm' ? [] : ['run --invoke f @', 'bench --invoke f @', 'inspect @']
    for (const command of ['@', ...others]) {
      const { code, out, err } = await nowasm(command + file)
      expect([code, out]).toEqual([1, ''])
      const line = /^nowasm: @(.*?): (.*)\n$/.exec(err)
      expect(line?.[1]).toBe(file)
      expect(line?.[2]).toMatch(message)
    }
    expect(existsSync(path(file.replace('.wasm', '.mjs')))).toBe(false)
  })

  test('imports that nobody gives', async () => {
    const { code, err } = await nowasm('run @needs.wasm')
    expect(code).toBe(1)
    expect(err).toBe(
      'nowasm: @needs.wasm: it imports "env" "f", and only functions of WASI are given here: compile it, and call ' +
        '`instantiate` with its imports\n',
    )
  })
})

describe('compile', () => {
  type Output = { instantiate(): { exports: { add(a: number, b: number): number } } }
  const works = ({ instantiate }: Output) => expect(instantiate().exports.add(2, 3)).toBe(5)
  const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(path(name)).href)

  test('the default is an ES module next to the input', async () => {
    expect(await nowasm('@add.wasm')).toEqual({ code: 0, out: '', err: '' })
    works(await load('add.mjs'))
  })

  test('the name of the output can say the format', async () => {
    expect((await nowasm('@add.wasm -o @sub/out.cjs')).code).toBe(0)
    works(createRequire(import.meta.url)(path('sub/out.cjs')))
  })

  test('a classic script in ES5', async () => {
    expect((await nowasm('-O0 @add.wasm --format iife --target es5 -o @my-script.js')).code).toBe(0)
    works(vm.runInThisContext(`(function () { ${readFileSync(path('my-script.js'), 'utf8')}\nreturn my_script })()`))
  })

  test("declarations and data have the output's name", async () => {
    expect((await nowasm('@add.wasm --dts --data file -o @sub/both.mjs')).code).toBe(0)
    expect(readdirSync(path('sub')).filter((name) => /both/.test(name))).toEqual([
      'both.d.mts',
      'both.data',
      'both.mjs',
    ])
    expect(readFileSync(path('sub/both.d.mts'), 'utf8')).toContain('readonly "add": (p0: number, p1: number) => number')
    works(await load('sub/both.mjs'))
  })

  test('nothing temporary stays behind, and an existing file is replaced', async () => {
    writeFileSync(path('sub/old.mjs'), 'old')
    await nowasm('@add.wasm -o @sub/old.mjs')
    works(await load('sub/old.mjs'))
    expect(readdirSync(path('sub')).filter((name) => name.startsWith('.'))).toEqual([])
  })
})

describe('run', () => {
  test('--invoke prints the results, one a line', async () => {
    expect(await nowasm('run @add.wasm --invoke add -1 2')).toEqual({ code: 0, out: '1\n', err: '' })
    expect((await nowasm('run -O0 --engine interpreter @add.wasm --invoke pair -9 0.1')).out).toBe('0.1\n-9\n')
  })

  test('a WASI command has streams, arguments and an exit code', async () => {
    expect(await nowasm('run @hello.wasm --one -2', 'echo this\n')).toMatchObject({ code: 3, err: '' })
    expect((await nowasm('run @hello.wasm', 'echo this\n')).out).toMatch(/^echo this\n/)
  })
})

describe('an exception that nobody catches shows where it was thrown', () => {
  test.each([
    ['own', ['deep', 'own']],
    ['again', ['deep', 'again']],
    ['many', ['many']],
  ])('%s', async (name, functions) => {
    for (const options of ['', '-O0 ', '--engine interpreter ']) {
      const { code, err } = await nowasm(`run ${options}@throw.wasm --invoke ${name}`)
      const [message, ...frames] = err.trimEnd().split('\n')
      expect([code, message]).toEqual([1, 'nowasm: @throw.wasm: exception: [object WebAssembly.Exception]'])
      const names = frames.map((frame) => /^ {4}at (\w+) \(wasm-function\[\d\](?::0x[0-9a-f]+)?\)$/.exec(frame)?.[1])
      expect(names.filter((called, i) => called !== names[i - 1])).toEqual(functions)
    }
  })

  test('unless very many were thrown before', () => {
    const words = ['run', path('throw.wasm'), '--invoke', 'often']
    const { stderr } = spawnSync(process.execPath, [CLI, ...words])
    expect(String(stderr)).toMatch(/^nowasm: .*: exception: \[object WebAssembly.Exception\]\n$/)
  })
})

describe('several files', () => {
  test('go to one folder, which is made if it is not there', async () => {
    expect(await nowasm('@add.wasm @needs.wasm --out-dir @sub --format cjs')).toEqual({ code: 0, out: '', err: '' })
    expect(
      createRequire(import.meta.url)(path('sub/add.cjs'))
        .instantiate()
        .exports.add(2, 3),
    ).toBe(5)
    expect(existsSync(path('sub/needs.cjs'))).toBe(true)
    expect(await nowasm('@add.wasm --out-dir @new/inner')).toEqual({ code: 0, out: '', err: '' })
    expect(existsSync(path('new/inner/add.mjs'))).toBe(true)
    const { code, err } = await nowasm('@add.wasm --out-dir @add.wasm/x')
    expect([code, err]).toEqual([2, 'nowasm: cannot write @add.wasm/x: a part of the path is no folder\n'])
  })

  test('one that is refused does not stop the others', async () => {
    const { code, err } = await nowasm('@cut.wasm @nope.wasm @needs.wasm --out-dir @sub')
    expect(code).toBe(2)
    expect(err.split('\n').map((line) => line.slice(0, 30))).toEqual([
      'nowasm: @cut.wasm: malformed: ',
      'nowasm: cannot read @nope.wasm',
      '',
    ])
    expect(existsSync(path('sub/needs.mjs'))).toBe(true)
  })
})

test('- is what comes in, and what goes out', () => {
  const run = (words: string[], input: Buffer) => spawnSync(process.execPath, [CLI, ...words], { input })
  const wasm = readFileSync(path('add.wasm'))
  const { stdout, stderr, status } = run(['-', '--format', 'iife', '--name', 'Adder'], wasm)
  expect([status, String(stderr)]).toEqual([0, ''])
  expect(vm.runInNewContext(`${stdout}\nAdder.instantiate().exports.add(20, 22)`)).toBe(42)
  expect(String(run(['run', '-', '--invoke', 'add', '1', '2'], wasm).stdout)).toBe('3\n')
})

test('--for sets what is not given by name', async () => {
  expect((await nowasm('@add.wasm --for hermes -o @hermes.js')).code).toBe(0)
  const code = readFileSync(path('hermes.js'), 'utf8')
  expect(code).toMatch(/\nvar hermes = \(function \(\) \{/)
  expect(code).not.toMatch(/\b(const|let|class|=>)\b/)
  expect((await nowasm('@add.wasm --for hermes --target es2015 --format esm -o @es2015.mjs')).code).toBe(0)
  expect(readFileSync(path('es2015.mjs'), 'utf8')).toMatch(/\bconst\b[\s\S]*\nexport \{/)
})

test("an option behind the file of run is the program's, and that is said", async () => {
  const { err, code } = await nowasm('run @hello.wasm --engine interpreter', 'x')
  expect([code, err]).toEqual([
    3,
    'nowasm: --engine goes to the program; options of nowasm stand before the file, and `--` silences this\n',
  ])
  expect((await nowasm('run @hello.wasm -- --engine interpreter', 'x')).err).toBe('')
  expect((await nowasm('run @hello.wasm --json', 'x')).err).toBe('')
})

test('inspect says in JSON whether a module compiles', async () => {
  const json = async (line: string) => JSON.parse((await nowasm(`inspect --json ${line}`)).out)
  expect(await json('@add.wasm')).toMatchObject({ functions: 4, exports: [{ name: 'add' }, {}, {}, {}, {}] })
  expect(await json('@add.wasm')).not.toHaveProperty('refusal')
  expect((await json('@suspend.wasm')).refusal).toMatch(/^unsupported: stack-switching/)
  expect((await json('@add.wasm --disable multi-value')).refusal).toMatch(/^unsupported: multi-value/)
})

test('inspect describes what it can of a module that is not valid', async () => {
  writeFileSync(path('invalid.wasm'), Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 7, 5, 1, 1, 97, 3, 0))
  const { code, out } = await nowasm('inspect @invalid.wasm')
  expect(code).toBe(0)
  expect(out).toContain('Compiles: no, invalid: unknown global 0, exported as "a" (at 0xa)\n')
  expect(out).toContain('  global  "a"  unknown\n')
})

test('inspect tells features that are not supported', async () => {
  const { code, out } = await nowasm('inspect @suspend.wasm')
  expect(code).toBe(0)
  expect(out).toMatch(/^ {2}stack-switching +not supported yet$/m)
})

test('inspect', async () => {
  const { code, out } = await nowasm('inspect @add.wasm')
  expect(code).toBe(0)
  expect(out).toContain('Features:\n  mvp\n')
  expect(out).toContain('Imports: none\n')
  expect(out).toContain('  func    "pair"         [i64 f32] -> [f32 i64]\n')
  expect(out).toContain('  memory  "m\\u001b[31m"  1..2\n')
  expect(out).toMatch(/\nLargest functions:\n {2}0 {2,}7 {2}"add"\n/)
  expect((await nowasm('inspect @hello.wasm')).out).toContain(
    '  func  "wasi_snapshot_preview1" "proc_exit"       [i32] -> []\n',
  )
})

test('help and version', async () => {
  for (const word of ['run', 'bench', 'inspect'])
    expect((await nowasm('--help')).out).toContain(`nowasm ${word} <file>`)
  expect((await nowasm('run --help')).out).toContain('--invoke')
  expect((await nowasm('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})
