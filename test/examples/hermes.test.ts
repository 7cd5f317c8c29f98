// The bundle in Hermes, from its text and from bytecode: the command `hermes` (npm's hermes-engine-cli), or what the variable
// HERMES names. Where there is none, a context without WebAssembly and eval stands for it.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { parse } from 'acorn'
import { beforeAll, expect, test } from 'vitest'
import { example, node } from './run.ts'

const HERMES = process.env['HERMES'] ?? 'hermes'
const bundle = example('hermes/dist/bundle.js')
const EXPECTED = ['414fa339', 'RuntimeError: memory access out of bounds']

beforeAll(() => {
  node('hermes/build.mjs')
})

test('hermes: the output is ES5, and the bundle runs without WebAssembly and eval', () => {
  const output = readFileSync(example('hermes/dist/crc32.js'), 'utf8')
  expect(() => parse(output, { ecmaVersion: 5, sourceType: 'script' })).not.toThrow()
  const printed: string[] = []
  const globals = { print: (line: string) => printed.push(line), WebAssembly: undefined }
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } })
  runInContext(readFileSync(bundle, 'utf8'), context)
  expect(printed).toEqual(EXPECTED)
})

test('hermes: in Hermes, from text and from bytecode', (context) => {
  if (spawnSync(HERMES, ['--version']).error) context.skip(`no Hermes: name it in the variable HERMES (${HERMES})`)
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-hermes-'))
  const bytecode = join(folder, 'app.hbc')
  const run = (...args: string[]) => execFileSync(HERMES, args, { encoding: 'utf8', stdio: 'pipe' }).trimEnd()
  run('-O', '-emit-binary', '-out', bytecode, bundle)
  expect([run(bundle), run(bytecode)]).toEqual([EXPECTED.join('\n'), EXPECTED.join('\n')])
  rmSync(folder, { recursive: true })
})
