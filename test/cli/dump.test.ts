import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseFuncs } from '../../src/3-ir/parse.ts'
import { funcText } from '../../src/3-ir/text.ts'
import { verifyAll } from '../../src/3-ir/verify.ts'
import { LIMITS } from '../../src/4-lower/limits.ts'
import { dump, PASS_NAMES } from '../../src/dump.ts'
import { completeOptions } from '../../src/options.ts'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

let folder = ''
const nowasm = (line: string) => runNowasm(folder, line, '')

const MODULE = `(module
  (import "env" "f" (func))
  (func $twice (export "double") (param i64) (result i64) (i64.shl (local.get 0) (i64.const 1)))
  (func (export "count") (param i32) (result i32) (local i32)
    (block (loop
      (br_if 1 (i32.eqz (local.get 0)))
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (br 0)))
    (local.get 1))
  (func (export "bits") (result f64) (f64.const nan:0x8000000000001)))`

const products = (count: number): string => `(module (func (param i64) (result i64)
  (loop ${'(local.set 0 (i64.mul (local.get 0) (local.get 0)))'.repeat(count)}) (local.get 0)))`

const MANY_PRODUCTS = products(9)

const SHARED = `(module (memory 1 1 shared)
  (func (param i32) (result i32) (i32.atomic.rmw.add (local.get 0) (i32.const 1))))`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-dump-'))
  writeFileSync(join(folder, 'app.wasm'), wat(MODULE))
  writeFileSync(join(folder, 'bad.wasm'), wat(MODULE).subarray(0, 100))
  writeFileSync(join(folder, 'wide.wasm'), wat(MANY_PRODUCTS))
  writeFileSync(join(folder, 'shared.wasm'), wat(SHARED))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LOWERED = `f2(l0: i32) -> i32
  var l1: i32
  block 1 {
    loop 2 {
      if (eqz(l0)) {
        br 1
      }
      l0 = sub(l0, 1)
      br 2
    }
  }
  return l1
`

test('the IR before all passes', async () => {
  expect(await nowasm('@app.wasm --dump lower --func count')).toEqual({ code: 0, out: LOWERED, err: '' })
})

test('and after one of them', async () => {
  const constants = LOWERED.replace('return l1', 'return 0')
  expect((await nowasm('@app.wasm --dump constants --func 2')).out).toBe(constants)
  expect((await nowasm('@app.wasm --dump dead --func 2')).out).toContain('return 0')
  expect((await nowasm('@app.wasm --dump structure --func 2')).out).not.toBe(constants)
  expect((await nowasm('@app.wasm --dump structure --func 2 -O0')).out).toBe(LOWERED.replace('\n', ' [words]\n'))
})

test('all functions that have code, with their names', async () => {
  const { out } = await nowasm('@app.wasm --dump lower')
  expect(out).toContain('// "twice"\nf1(l0: i64) -> i64\n')
  expect(out).toContain(LOWERED)
  expect(out).toContain('return nan:0x7ff8000000000001')
  expect(out).toBe(`${(await nowasm('@app.wasm --dump lower --func twice')).out}${out.slice(out.indexOf('f2('))}`)
})

test('versions on BigInts', async () => {
  const { out } = await nowasm('@wide.wasm --dump legalize --i64 both')
  expect(out.match(/^f0.*/gm)).toEqual([
    expect.stringMatching(/^f0\(l\d+\/0: i32, l\d+\/0: i32\) -> i32, i32 \[words, or f0.bigint/),
    expect.stringMatching(/^f0.bigint\(t\d+: i32, t\d+: i32\) -> i32, i32/),
  ])
  expect(out).toContain('i64.mul(')
  expect((await nowasm('@wide.wasm --dump legalize')).out).not.toContain('bigint')
  expect((await nowasm('@wide.wasm --dump legalize --i64 both --target es5 --format cjs')).out).not.toContain('bigint')
})

test('of a module with threads, as it is compiled for one', async () => {
  expect((await nowasm('@shared.wasm --dump lower')).out).toContain('atomic_add32')
  expect((await nowasm('@shared.wasm --dump lower --threads single')).out).toContain('i32.store')
})

test('all of it: after every pass, what is printed is read again as what it was', async () => {
  for (const pass of PASS_NAMES) {
    for (const line of [
      '@app.wasm',
      '@wide.wasm',
      '@wide.wasm --i64 bigint',
      '@wide.wasm --i64 both',
      '@wide.wasm --i64 words',
      '@wide.wasm -O0',
    ]) {
      const { out } = await nowasm(`${line} --dump ${pass}`)
      const funcs = parseFuncs(out)
      expect(funcs.map((func) => funcText(func)).join('')).toBe(out.replace(/^\/\/.*\n/gm, ''))
      expect(() => verifyAll(funcs)).not.toThrow()
      const isChosen = PASS_NAMES.indexOf(pass) >= PASS_NAMES.indexOf('legalize')
      const hasBigInts = isChosen && /wide.wasm --i64 (bigint|both)/.test(line)
      expect(funcs.some(({ int64 }) => int64 === 'bigint')).toBe(hasBigInts)
      expect(/i64cell/.test(out)).toBe(hasBigInts)
    }
  }
})

test('parts of what is split', () => {
  const limits = { ...LIMITS, bytecode: 400 }
  const dumped = dump(wat(products(40)), { ...completeOptions({ i64: 'words' }), limits }, 'split')
  expect([...dumped].map(({ text }) => text.match(/^f0\S*\(/gm)!.slice(0, 2))).toEqual([['f0(', 'f0_1(']])
})

test('nothing is written', async () => {
  for (const pass of PASS_NAMES) expect((await nowasm(`@app.wasm --dump ${pass} --engine interpreter`)).code).toBe(0)
  expect(readdirSync(folder).sort()).toEqual(['app.wasm', 'bad.wasm', 'shared.wasm', 'wide.wasm'])
})

test.each([
  [
    '@app.wasm --dump magic',
    2,
    /^nowasm: Invalid values: Argument: dump, Given: "magic", Choices: "lower", "vectors", "jumps", "constants", "legalize", .*"structure" \(see/,
  ],
  ['@app.wasm --dump dead -o @x.mjs', 2, /^nowasm: Arguments dump and o are mutually exclusive/],
  ['@app.wasm --func 1', 2, /^nowasm: Missing dependent arguments: func -> dump/],
  ['@app.wasm --dump dead --func 0', 2, /^nowasm: no function "0" with code\n$/],
  ['@app.wasm --dump dead --func nope', 2, /^nowasm: no function "nope" with code\n$/],
  ['@bad.wasm --dump dead', 1, /^nowasm: @bad\.wasm: malformed: /],
])('%s', async (line, code, message) => {
  const got = await nowasm(line)
  expect([got.code, got.out]).toEqual([code, ''])
  expect(got.err).toMatch(message)
})
