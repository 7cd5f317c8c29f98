// The test programs of WebAssembly/wasi-testsuite, in the folder that NOWASM_WASI_TESTSUITE names: its branch prod/testsuite-base,
// where they are built. Each is a command with a JSON file that says what it gets and what is to come of it.

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WASI } from '../../src/wasi.ts'
import { WebAssembly as Ours } from '../../src/webassembly.ts'

const folder = process.env['NOWASM_WASI_TESTSUITE']
const LANGUAGES = ['assemblyscript', 'c', 'rust']

/** They set times to the nanosecond, which Node cannot: they fail with node:wasi, too. */
const TOO_EXACT = ['fd_filestat_set', 'path_filestat', 'symlink_filestat']

interface Specification {
  readonly args?: string[]
  readonly env?: Record<string, string>
  readonly root?: string
  readonly exit_code?: number
  readonly stdout?: string
}

const programsOf = (language: string): string => join(folder ?? '', 'tests', language, 'testsuite', 'wasm32-wasip1')

/** Runs a program in a copy of its folder; gives its exit code, or what it threw, and what it wrote. */
function run(language: string, name: string, engine: 'native' | 'nowasm') {
  const at = (file: string) => join(programsOf(language), file)
  const specification: Specification = existsSync(at(`${name}.json`))
    ? JSON.parse(readFileSync(at(`${name}.json`), 'utf8'))
    : {}
  const files = mkdtempSync(join(tmpdir(), 'nowasm-testsuite-'))
  const { root, args = [], env = {} } = specification
  if (root) cpSync(at(root), files, { recursive: true })
  let out = ''
  const stdout = {
    write(bytes: Uint8Array) {
      out += Buffer.from(bytes)
    },
  }
  const preopens: Record<string, string> = root ? { '/': files } : {}
  const wasi = new WASI({ version: 'preview1', args: [name, ...args], env, preopens, stdout, stderr: { write() {} } })
  const bytes = readFileSync(at(`${name}.wasm`))
  const instance =
    engine === 'nowasm'
      ? new Ours.Instance(new Ours.Module(bytes), wasi.getImportObject())
      : new WebAssembly.Instance(new WebAssembly.Module(bytes), wasi.getImportObject() as WebAssembly.Imports)
  try {
    return { specification, code: wasi.start(instance), out }
  } catch (error) {
    return { specification, code: String(error), out }
  } finally {
    rmSync(files, { recursive: true })
  }
}

describe.skipIf(folder === undefined)('WebAssembly/wasi-testsuite (NOWASM_WASI_TESTSUITE names its folder)', () => {
  const programs = (folder === undefined ? [] : LANGUAGES).flatMap((language) =>
    readdirSync(programsOf(language))
      .filter((file) => file.endsWith('.wasm'))
      .map((file): [string, string] => [language, file.slice(0, -5)]),
  )
  const all = programs.length > 0 ? programs : [['none', 'none'] as [string, string]]

  describe.each(['native', 'nowasm'] as const)('on %s', (engine) => {
    test.each(all)('%s: %s', (language, name) => {
      const { specification, code, out } = run(language, name, engine)
      // Now and then a time comes out right.
      if (TOO_EXACT.includes(name)) return expect(String(code)).toMatch(/unreachable|^0$/)
      expect(code).toBe(specification.exit_code ?? 0)
      if (specification.stdout !== undefined) expect(out).toBe(specification.stdout)
    })
  })
})
