import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'
import { type ecmaVersion, parse } from 'acorn'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { declarations } from '#runtime'
import type { Program } from '../../src/6-emit/program.ts'
import { type LinkOptions, link } from '../../src/7-link/link.ts'

/** A program by hand: it divides, so that it needs the runtime, and sums its data. */
const program = (data: Uint8Array = new Uint8Array([1, 2, 255])): Program => ({
  chunks: [
    'function sum(bytes) { var s = 0; for (var i = 0; i < bytes.length; i++) s += bytes[i]; return s; }\n',
    'function instantiate(imports) {\n  return { exports: { sum: sum(data()), div: i32_div_s } };\n}\n',
  ],
  mapped: [],
  runtime: new Set(['i32_div_s']),
  data,
  imports: [],
  exports: [],
})

const options = (given: Partial<LinkOptions> = {}): LinkOptions => ({
  format: 'cjs',
  target: 'esnext',
  data: 'inline',
  name: 'my-app',
  ...given,
})

const text = (given: Partial<LinkOptions> = {}, linked = program()): string =>
  link(linked, options(given)).chunks.join('')

interface Output {
  instantiate(): { exports: { sum: number; div(a: number, b: number): number } }
}

function runCommonJs(code: string): Output {
  const exports = {}
  new Function('exports', code)(exports)
  return exports as Output
}

function works({ instantiate }: Output): void {
  const { exports } = instantiate()
  expect(exports.sum).toBe(258)
  expect(exports.div(-7, 2)).toBe(-3)
  expect(() => exports.div(1, 0)).toThrow('divide by zero')
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nowasm-link-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes an output and its files, and returns its path. */
function write(file: string, given: Partial<LinkOptions>): string {
  const { chunks, files } = link(program(), options(given))
  for (const [name, content] of files) writeFileSync(join(folder, name), content)
  writeFileSync(join(folder, file), chunks.join(''))
  return join(folder, file)
}

describe('formats', () => {
  test('esm exports instantiate and nothing else', async () => {
    const module = await import(/* @vite-ignore */ pathToFileURL(write('plain.mjs', { format: 'esm' })).href)
    expect(Object.keys(module)).toEqual(['instantiate'])
    works(module)
  })

  test('cjs sets exports.instantiate', () => {
    const module = createRequire(import.meta.url)(write('plain.cjs', {}))
    expect(Object.keys(module)).toEqual(['instantiate'])
    works(module)
  })

  test('iife declares one variable, named after the output', () => {
    const context = vm.createContext({})
    const before = vm.runInContext('Object.getOwnPropertyNames(globalThis)', context)
    vm.runInContext(text({ format: 'iife' }), context)
    const after = vm.runInContext('Object.getOwnPropertyNames(globalThis)', context)
    expect(after.filter((name: string) => !before.includes(name))).toEqual(['my_app'])
    works(vm.runInContext('my_app', context))
  })

  test.each([
    ['app.min', 'app_min'],
    ['1st', '_1st'],
    ['class', '_class'],
    ['été', '_t_'],
    ...['location', 'name', 'top', 'status', 'parent', 'window', 'document', 'self', 'fetch', 'process', 'exports'].map(
      (name) => [name, `_${name}`],
    ),
    ['location-1', 'location_1'],
  ])('iife: %s is %s', (name, variable) => {
    expect(text({ format: 'iife', name })).toContain(`\nvar ${variable} = (function () {`)
  })

  test('iife takes no variable that every program has', () => {
    const taken: string[] = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)')
    expect(taken).toContain('Math')
    for (const name of taken) expect(text({ format: 'iife', name })).toContain(`\nvar _${name} = (function () {`)
  })

  test('the first line names nowasm and its version', () => {
    for (const format of ['esm', 'cjs', 'iife'] as const) {
      expect(text({ format })).toMatch(/^\/\/ Compiled from WebAssembly by nowasm \d+\.\d+\.\d+\n/)
    }
  })

  test('cjs and iife are strict code', () => {
    const sloppy = { ...program(), chunks: ['function instantiate() { return (function () { return this })() }\n'] }
    const output = runCommonJs(text({}, { ...sloppy, data: new Uint8Array() }))
    expect(output.instantiate()).toBe(undefined)
    const iife = text({ format: 'iife' }, { ...sloppy, data: new Uint8Array() })
    expect(new Function(`${iife}; return my_app.instantiate()`)()).toBe(undefined)
  })
})

describe('targets', () => {
  const whole = { ...program(), runtime: new Set(declarations.map(({ name }) => name)) }

  test.each([
    ['es5', 5],
    ['es2015', 2015],
    ['es2020', 2020],
    ['esnext', 'latest'],
  ] as [LinkOptions['target'], ecmaVersion][])('%s: the whole runtime is in its syntax', (target, version) => {
    for (const format of ['cjs', 'iife'] as const) {
      parse(text({ target, format }, whole), { ecmaVersion: version, sourceType: 'script' })
    }
    if (target !== 'es5') {
      parse(text({ target, format: 'esm' }, whole), { ecmaVersion: version, sourceType: 'module' })
    }
  })

  test('the ES5 form works', () => {
    works(runCommonJs(text({ target: 'es5' })))
    expect(runCommonJs(text({ target: 'es5' }, whole)).instantiate().exports.sum).toBe(258)
  })

  test('every declaration alone brings what it needs', () => {
    for (const { name } of declarations) {
      for (const target of ['es5', 'esnext'] as const) {
        const code = text(
          { target },
          { ...program(), chunks: ['function instantiate() {}\n'], runtime: new Set([name]) },
        )
        expect(() => runCommonJs(code), name).not.toThrow()
      }
    }
  })
})

describe('data', () => {
  test.each([0, 1, 2, 3, 100, (3 << 18) - 1, 3 << 18, (3 << 18) + 1])('%i bytes come out as they went in', (length) => {
    const data = Uint8Array.from({ length }, (_, i) => i * 31 + (i >> 8))
    const chunks =
      length === 0
        ? ['function instantiate() { return new Uint8Array(0) }']
        : ['function instantiate() { return data() }']
    const { instantiate } = runCommonJs(text({}, { ...program(data), chunks }))
    expect(Buffer.compare(instantiate() as unknown as Uint8Array, data)).toBe(0)
  })

  test('without data there is no decoder', () => {
    const chunks = ['function instantiate() {}']
    const code = text({}, { ...program(new Uint8Array()), chunks })
    expect(code).not.toContain('data_bytes')
    expect(code).not.toContain('data(')
  })

  test('esm loads a file beside it', async () => {
    const path = write('with data.mjs', { format: 'esm', data: 'file', name: 'with data #1' })
    works(await import(/* @vite-ignore */ pathToFileURL(path).href))
  })

  test('cjs loads a file beside it', () => {
    works(createRequire(import.meta.url)(write('data.cjs', { data: 'file', name: 'quote"d' })))
  })
})

test('the same program gives the same bytes, whatever the order of its names', () => {
  const names = ['trap', 'i32_div_s', 'i64_div_s', 'data_bytes']
  const forward = text({}, { ...program(), runtime: new Set(names) })
  expect(text({}, { ...program(), runtime: new Set(names.reverse()) })).toBe(forward)
})

test('a program that needs nothing carries nothing', () => {
  const code = text({}, { ...program(new Uint8Array()), chunks: ['function instantiate() {}\n'], runtime: new Set() })
  expect(code.split('\n').slice(1)).toEqual([
    '"use strict";',
    'function instantiate() {}',
    'exports.instantiate = instantiate;',
    '',
  ])
})
