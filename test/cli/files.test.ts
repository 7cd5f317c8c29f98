// Which files the command reads and writes.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
const MODULE = wat(`(module
  (func $add (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (memory 1) (data (i32.const 0) "some data"))`)
const isWindows = process.platform === 'win32'

let folder = ''
const path = (name: string): string => join(folder, name)
const nowasm = (line: string) => runNowasm(folder, line)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-files-'))
  for (const name of ['a.wasm', 'b.wasm', 'a.stub.wasm', '-a.wasm', 'inspect']) writeFileSync(path(name), MODULE)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a file that is read, or written already, is not written', () => {
  beforeEach(() => {
    mkdirSync(path('real'))
    symlinkSync(path('real'), path('link'), 'junction')
  })

  test.each([
    ['@a.wasm -o @a.wasm', '@a.wasm would replace the input'],
    ['@a.wasm --symbols @a.wasm', '@a.wasm would replace the input'],
    ['@a.wasm --symbols @real/../a.wasm', '@real/../a.wasm would replace the input @a.wasm'],
    ['@a.stub.wasm --register --stub -o @a.mjs', '@a.stub.wasm would replace the input'],
    ['@a.wasm @b.wasm @a.stub.wasm --register --stub --out-dir @', '@a.stub.wasm would replace the input'],
    ['@a.wasm --symbols @x.mjs -o @x.mjs', '@x.mjs would be written twice'],
    ['@a.wasm --symbols @link/x.mjs -o @real/x.mjs', '@link/x.mjs would be written twice'],
    ['@a.wasm --symbols @a.mjs.map --source-map', '@a.mjs.map would be written twice'],
    ['@a.wasm --symbols @a.d.mts --dts', '@a.d.mts would be written twice'],
    ['@a.wasm --data file -o @x.data', '@x.data would be written twice'],
    ['@a.wasm @real/../a.wasm --out-dir @new', '@new/a.mjs would be written twice'],
    ['bench --json @a.wasm @a.wasm --invoke add 1 2', '@a.wasm would replace the input'],
    ['bench --json @x --html @real/../x @a.wasm --invoke add 1 2', '@real/../x would be written twice'],
  ])('%s', async (line, message) => {
    const before = readdirSync(folder)
    expect(await nowasm(line)).toEqual({ code: 2, out: '', err: `nowasm: ${message}\n` })
    expect(readdirSync(folder)).toEqual(before)
    for (const name of ['a.wasm', 'a.stub.wasm']) expect(readFileSync(path(name))).toEqual(Buffer.from(MODULE))
  })

  test.skipIf(isWindows)('by a link neither', async () => {
    symlinkSync('a.wasm', path('x.mjs'))
    const refused = { code: 2, out: '', err: 'nowasm: @x.mjs would replace the input @a.wasm\n' }
    expect(await nowasm('@a.wasm -o @x.mjs')).toEqual(refused)
    symlinkSync('../a.wasm', path('real/b.mjs'))
    const many = { ...refused, err: 'nowasm: @real/b.mjs would replace the input @a.wasm\n' }
    expect(await nowasm('@a.wasm @b.wasm --out-dir @real')).toEqual(many)
    expect(readdirSync(path('real'))).toEqual(['b.mjs'])
  })

  test.skipIf(isWindows)('but to a device anything may go', async () => {
    expect(await nowasm('@a.wasm -o /dev/null --symbols /dev/null')).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('the file that is written', () => {
  test('may have the longest name that there is', async () => {
    const name = `${'n'.repeat(251)}.mjs`
    expect(await nowasm(`@a.wasm -o @${name}`)).toEqual({ code: 0, out: '', err: '' })
    expect(existsSync(path(name))).toBe(true)
  })

  test.skipIf(isWindows)('keeps the mode of the one that it replaces', async () => {
    await nowasm('@a.wasm -o @x.mjs')
    const usual = statSync(path('x.mjs')).mode
    chmodSync(path('x.mjs'), 0o751)
    await nowasm('@a.wasm -O0 -o @x.mjs')
    expect(statSync(path('x.mjs')).mode & 0o777).toBe(0o751)
    await nowasm('@a.wasm -o @y.mjs')
    expect(statSync(path('y.mjs')).mode).toBe(usual)
  })

  test.skipIf(isWindows)('is where a link leads, also if nothing is there yet', async () => {
    mkdirSync(path('sub'))
    symlinkSync('sub/x.mjs', path('x.mjs'))
    for (const level of ['-O0', '-O1']) {
      expect(await nowasm(`@a.wasm ${level} -o @x.mjs`)).toEqual({ code: 0, out: '', err: '' })
      expect(lstatSync(path('x.mjs')).isSymbolicLink()).toBe(true)
      expect(lstatSync(path('sub/x.mjs')).isFile()).toBe(true)
    }
  })
})

describe('what stands behind -- is a file', () => {
  test.each(['-- @a.wasm', '-o @a.mjs -- @a.wasm', '--out-dir @ -- @a.wasm', '@a.wasm --'])('%s', async (line) => {
    expect(await nowasm(line)).toEqual({ code: 0, out: '', err: '' })
    expect(existsSync(path('a.mjs'))).toBe(true)
  })

  test('by whatever name', () => {
    const run = (...words: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { cwd: folder })
      return [status, String(stdout), String(stderr)]
    }
    expect(run('--', '-a.wasm', 'inspect')).toEqual([0, '', ''])
    expect([existsSync(path('-a.mjs')), existsSync(path('inspect.mjs'))]).toEqual([true, true])
    expect(run('run', '--invoke', 'add', '--', '-a.wasm', '-1', '3')).toEqual([0, '2\n', ''])
    expect(run('inspect', '--', '-a.wasm')[0]).toBe(0)
    expect(run('inspect', '--', 'a.wasm', 'b.wasm')).toEqual([
      2,
      '',
      'nowasm: Unknown argument: b.wasm (see nowasm --help)\n',
    ])
    expect(run('--', '--help')).toEqual([2, '', 'nowasm: cannot read --help: no such file or folder\n'])
    expect(run('--')).toEqual([2, '', 'nowasm: no input file (see nowasm --help)\n'])
  })
})

describe.runIf(existsSync('/dev/full'))('what cannot be written to', () => {
  const run = (line: string) => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${CLI}" ${line}`], { cwd: folder })
    return [status, String(stderr)]
  }

  test.each(['- < a.wasm', 'inspect a.wasm', '--help'])('stdout: %s', (line) => {
    const message = 'nowasm: cannot write to stdout: no space left on the device\n'
    expect(run(`${line} > /dev/full`)).toEqual([2, message])
  })

  test('stderr', () => {
    expect(run('nope.wasm 2> /dev/full')).toEqual([2, ''])
  })

  test('a pipe that is named as a file can be', () => {
    expect(run('a.wasm -o /dev/stdout | grep -q instantiate')).toEqual([0, ''])
  })
})
