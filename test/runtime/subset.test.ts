// The runtime keeps to what the linker can take apart and write as ES5.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundle, type Declaration } from '../../src/7-link/bundle.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const sources = readdirSync(join(root, 'runtime')).filter((name) => name.endsWith('.ts'))

describe('the runtime', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nowasm-runtime-'))
  let table: Declaration[]
  beforeAll(() => {
    const options = [
      '--target',
      'es2022',
      '--module',
      'nodenext',
      '--rewriteRelativeImportExtensions',
      '--skipLibCheck',
    ]
    const lib = ['--lib', 'es2022,es2024.arraybuffer,dom', '--types', 'node', '--ignoreConfig']
    const files = sources.map((name) => join(root, 'runtime', name))
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    execFileSync(process.execPath, [tsc, ...options, ...lib, '--outDir', folder, ...files], {
      cwd: root,
      stdio: 'pipe',
    })
    const compiled = sources.map((name) => name.replace('.ts', '.js'))
    table = bundle(new Map(compiled.map((name) => [name, readFileSync(join(folder, name), 'utf8')])))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('each declaration can be written as ES5', () => {
    expect(table.length).toBeGreaterThan(100)
    for (const { name, text, es5 } of table) {
      expect(() => parse(es5 ?? text, { ecmaVersion: 5 }), name).not.toThrow()
    }
  })

  test('a program without exports of a kind does not carry its class', () => {
    const uses = new Map(table.map((declaration) => [declaration.name, declaration.uses]))
    const closure = (names: string[]): Set<string> => {
      const found = new Set<string>()
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        if (!found.has(name)) names.push(...uses.get(name)!)
        found.add(name)
      }
      return found
    }
    const few = closure(['export_func', 'memory_import', 'table_import', 'func_import'])
    for (const name of ['Memory', 'Table', 'Global', 'i64_in', 'global_new']) expect(few).not.toContain(name)
    expect(closure(['export_memory'])).toContain('Memory')
    expect(closure(['export_memory'])).not.toContain('Table')
    expect(closure(['i32_div_s', 'i64_div_s'])).not.toContain('func_object')
  })

  test('loads as a script with nothing but ES5 and typed arrays', () => {
    const missing = ['imul', 'fround', 'clz32', 'trunc'].map((name) => `Math.${name} = undefined`)
    const body = table.map(({ text, es5 }) => es5 ?? text).join('\n')
    const shadow = 'var Symbol, WeakMap, BigInt, BigInt64Array, Buffer, atob, structuredClone, globalThis, WebAssembly;'
    const math = 'var Math = Object.create(realMath);'
    const result =
      'return { imul: imul, fround: fround, clz32: clz32, trunc: trunc, realm: realm, Memory: api_constructors().Memory };'
    const load = new Function('realMath', 'self', `'use strict';${shadow}${math}${missing.join(';')};${body};${result}`)
    const self = {}
    const loaded = load(Math, self)
    expect(loaded.imul(-0x7ffffff1, 0x12345679)).toBe(Math.imul(-0x7ffffff1, 0x12345679))
    expect(loaded.fround(0.1)).toBe(Math.fround(0.1))
    expect([0, 1, -1, 65536].map(loaded.clz32)).toEqual([32, 31, 0, 15])
    expect([-1.5, 1.5, -0.5].map(loaded.trunc)).toEqual([-1, 1, -0])
    expect(Object.getOwnPropertyDescriptor(self, '__nowasm_1')!.value).toBe(loaded.realm)
    const memory = new loaded.Memory({ initial: 1 })
    expect(memory.buffer.byteLength).toBe(65536)
    expect(memory.grow(1)).toBe(1)
    expect(() => loaded.Memory({ initial: 1 })).toThrow(TypeError)
  })
})
