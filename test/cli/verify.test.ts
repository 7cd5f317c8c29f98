// `--verify` checks the intermediate code between all passes, whatever the environment says; so does NOWASM_VERIFY=1.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

const passes = vi.hoisted((): string[] => [])

/** Notes what is checked. */
vi.mock('../../src/check.ts', () => ({ checkOf: () => (_: unknown, pass: string) => void passes.push(pass) }))

let folder = ''
const nowasm = (line: string) => runNowasm(folder, line)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-verify-'))
  writeFileSync(join(folder, 'app.wasm'), wat('(module (func (export "f") (result i32) (i32.const 5)))'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  passes.length = 0
  vi.stubEnv('NOWASM_VERIFY', '')
})
afterEach(() => vi.unstubAllEnvs())

const LINES = ['@app.wasm -o @app.mjs', '@app.wasm --dump dead', 'run @app.wasm --invoke f']

test.each(LINES)('%s', async (line) => {
  expect((await nowasm(line)).code).toBe(0)
  expect(passes).toEqual([])
  expect((await nowasm(line.replace('@app.wasm', '--verify @app.wasm'))).code).toBe(0)
  expect(passes.slice(0, 5)).toEqual(['lower', 'vectors', 'jumps', 'constants', 'legalize'])
})

test('at -O0 what is lowered and legalized is checked', async () => {
  await nowasm('@app.wasm -O0 -o @app.mjs --verify')
  expect(passes).toEqual(['lower', 'vectors', 'legalize'])
})

test.each(LINES)('%s, by the environment', async (line) => {
  vi.stubEnv('NOWASM_VERIFY', '1')
  await nowasm(line)
  expect(passes).toContain('legalize')
})
