import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as api from '../../src/index.ts'
import { readSymbols, symbolize } from '../../src/stack-trace.ts'
import { wat } from '../wat.ts'
import { runNowasm } from './nowasm.ts'

let folder = ''
const path = (name: string): string => join(folder, name)
const nowasm = (line: string) => runNowasm(folder, line)

/** What `nowasm symbolize` makes of a stack trace. */
async function symbolized(symbols: string, trace: string): Promise<string> {
  writeFileSync(path('trace'), trace)
  const { code, out, err } = await nowasm(`symbolize ${symbols} @trace`)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return out
}

/** `leaf` is too large to be put where it is called, `mid` is not. */
const MODULE = wat(`(module (memory 1)
  (func $leaf (param i32) (result i32) (local i32)
    (loop (if (i32.lt_s (local.get 1) (i32.const 10))
      (then (local.set 1 (i32.add (local.get 1) (i32.const 1))) (i32.store8 (local.get 1) (i32.const 0)) (br 1))))
    (i32.load offset=4 (local.get 0)))
  (func $mid (param i32) (result i32) (i32.mul (call $leaf (local.get 0)) (i32.const 3)))
  (func $outer (export "run") (param i32) (result i32) (i32.add (call $mid (local.get 0)) (i32.const 1)))
  (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
  (func $boom (export "boom") unreachable))`)

/** What the host's engine says of the module, but for where the module is. */
function native(name: string, ...args: number[]): string[] {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(MODULE))
  const { stack } = thrown(() => (exports[name] as (...args: number[]) => void)(...args))
  const frames = stack!.split('\n').filter((line) => line.includes('wasm-function'))
  return frames.map((line) => line.replace(/wasm:\/\/wasm\/[0-9a-f]+:/, ''))
}

function thrown(action: () => void): Error {
  try {
    action()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-symbolize-'))
  writeFileSync(path('app.wasm'), MODULE)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The stack of a trap in what was compiled to a file. */
function stackOf(name: string, argument?: number, file = 'app.cjs'): string {
  const require = createRequire(import.meta.url)
  delete require.cache[path(file)]
  const { instantiate } = require(path(file)) as { instantiate(): { exports: Record<string, (x?: number) => void> } }
  return thrown(() => instantiate().exports[name]!(argument)).stack!
}

const shown = (out: string): string[] => out.split('\n').filter((line) => line.includes('wasm-function'))

describe('a stack trace by a source map', () => {
  test.each(['-O0', '-O0 --engine interpreter', '-O0 --target es5'])(
    '%s: frames are those of the native engine',
    async (way) => {
      expect(await nowasm(`@app.wasm ${way} -o @app.cjs --source-map`)).toEqual({ code: 0, out: '', err: '' })
      for (const [name, ...args] of [['run', -8], ['boom']] as [string, ...number[]][]) {
        const out = await symbolized('@app.cjs.map', stackOf(name, args[0]))
        expect(shown(out)).toEqual(native(name, ...args))
        expect(out).toMatch(/^RuntimeError: /)
        expect(out).not.toMatch(/app\.cjs/)
      }
    },
  )

  test('of a function that stands in another one there are two frames', async () => {
    await nowasm('@app.wasm -o @app.cjs --source-map')
    const out = await symbolized('@app.cjs.map', stackOf('run', -8))
    expect(shown(out)).toEqual(native('run', -8).map((line) => line.replace(/(outer .*):0x\w+/, '$1')))
  })

  test('the output names the map, the map the module', async () => {
    await nowasm('@app.wasm -o @app.cjs --source-map')
    expect(readFileSync(path('app.cjs'), 'utf8')).toMatch(/\n\/\/# sourceMappingURL=app\.cjs\.map\n$/)
    expect(JSON.parse(readFileSync(path('app.cjs.map'), 'utf8'))).toMatchObject({
      file: 'app.cjs',
      sources: ['app.wasm'],
    })
  })
})

test('a source map has the address of the module, stack traces the path of the output', async () => {
  writeFileSync(path('a#b%41é.wasm'), MODULE)
  mkdirSync(path('sub#'))
  expect((await nowasm('@a#b%41é.wasm -O0 -o @sub#/a#b%41é.cjs --source-map')).code).toBe(0)
  const map = path('sub#/a#b%41é.cjs.map')
  const [source] = JSON.parse(readFileSync(map, 'utf8')).sources as string[]
  expect(source).toBe('../a%23b%2541%C3%A9.wasm')
  expect(fileURLToPath(new URL(source!, pathToFileURL(map)))).toBe(path('a#b%41é.wasm'))
  const stack = stackOf('run', -8, 'sub#/a#b%41é.cjs')
  expect(shown(await symbolized('@sub#/a#b%41é.cjs.map', stack))).toEqual(native('run', -8))
  const inModule = stack.replaceAll(path('sub#/a#b%41é.cjs'), pathToFileURL(path('sub#/a#b%41é.cjs')).href)
  expect(inModule).not.toBe(stack)
  expect(shown(await symbolized('@sub#/a#b%41é.cjs.map', inModule))).toEqual(native('run', -8))
})

test('a stack trace by names alone', async () => {
  await nowasm('@app.wasm -o @app.cjs --symbols @app.symbols')
  expect(readFileSync(path('app.symbols'), 'utf8')).toBe('0:leaf\n1:mid\n2:outer\n3:deep\n4:boom\n')
  const out = await symbolized('@app.symbols', stackOf('run', -8))
  expect(shown(out)).toEqual(['    at leaf (wasm-function[0])', '    at outer (wasm-function[2])'])
})

test('the API has it too', () => {
  const { code, map } = api.compile(MODULE, { format: 'cjs', name: 'app', sourceMap: true })
  writeFileSync(path('app.cjs'), code)
  const out = api.symbolize(stackOf('run', -8), map!)
  expect(shown(out)[0]).toMatch(/^ {4}at leaf \(wasm-function\[0\]:0x\w+\)$/)
  expect(() => api.symbolize('', '{}')).toThrow(SyntaxError)
})

describe('nowasm run', () => {
  test('says where a trap was, as the native engine does', async () => {
    const { code, err } = await nowasm('run -O0 @app.wasm --invoke run -8')
    const lines = ['nowasm: @app.wasm: trap: memory access out of bounds', ...native('run', -8), '']
    expect({ code, err }).toEqual({ code: 1, err: lines.join('\n') })
  })

  test('says where the stack ended', async () => {
    const { code, err } = await nowasm('run @app.wasm --invoke deep')
    expect(code).toBe(1)
    const frame = String.raw`    at deep \(wasm-function\[3\]:0x\w+\)\n`
    expect(err).toMatch(new RegExp(`^nowasm: @app\\.wasm: RangeError: Maximum call stack size exceeded\\n(${frame})+$`))
  })
})

describe('frames', () => {
  const symbols = readSymbols('1:a\n2:line\\0abreak\n')

  test.each([
    ['    at f1 (file:///x/app.mjs:1:2)', '    at a (wasm-function[1])'],
    ['    at Array.f1 (file:///x/app.mjs:1:2)', '    at a (wasm-function[1])'],
    ['f1@https://example.org/app.mjs:1:2', '    at a (wasm-function[1])'],
    ['    at f2 (eval at <anonymous> (x.js:1:1), <anonymous>:3:4)', '    at line?break (wasm-function[2])'],
    ['    at f3_12 (app.mjs:1:2)', '    at wasm-function[3]'],
    ['    at w1 (app.mjs:1:2)\n    at f1 (app.mjs:1:2)', '    at a (wasm-function[1])'],
    ['    at f1 (app.mjs:1:2)\n    at f1 (app.mjs:1:2)', '    at a (wasm-function[1])\n    at a (wasm-function[1])'],
    ['    at f32_load (app.mjs:1:2)', '    at f32_load (app.mjs:1:2)'],
    ['Error: f1 is wrong', 'Error: f1 is wrong'],
  ])('%s', (trace, text) => {
    expect(symbolize(trace, symbols)).toBe(text)
  })
})
