import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { compile } from '../../src/index.ts'
import { wat } from '../wat.ts'

const { scriptEngine } = await import(new URL('./engines/script.mjs', import.meta.url).href)

const folder = mkdtempSync(join(tmpdir(), 'nowasm-'))
vi.stubEnv('NOWASM_BENCH_RUN', '.test-script')
afterAll(() => rmSync(folder, { recursive: true }))

const PRINT = 'data:text/javascript,globalThis.print = console.log'

test('a contestant runs as a script, and tells what it measured', async () => {
  const bytes = wat('(module (func (export "run") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3))))')
  const file = join(folder, 'triple.js')
  writeFileSync(file, compile(bytes, { engine: 'interpreter', format: 'iife', name: 'app' }).code)
  const flags = ['--import', PRINT]
  const engine = scriptEngine({ command: process.execPath, flags, version: 'v', output: 'nowasm-script' })
  const few = { batches: 2, ms: 1000 }
  const outcome = await engine.run({ argument: { how: 'nowasm', file, n: 7, warmUp: few, timed: few } }, 10_000)
  expect(outcome).toMatchObject({ result: '21', warming: [expect.any(Number), expect.any(Number)] })
  const twice = 'export var y = 1;\nvar retasmFunc = { run: function (n) { return n * 2 } };\nexport var run = 2;'
  writeFileSync(file, twice)
  const other = await engine.run({ argument: { how: 'wasm2js', file, n: 7, warmUp: few, timed: few } }, 10_000)
  expect(other).toMatchObject({ result: '14' })
})
