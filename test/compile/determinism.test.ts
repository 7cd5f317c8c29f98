// The same module and options give the same bytes: twice in one process, and in another one.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compile, type Options } from '../../src/index.ts'
import { generate } from '../fuzz/generate.ts'

const folder = mkdtempSync(join(tmpdir(), 'nowasm-same-'))
afterAll(() => rmSync(folder, { recursive: true }))

const seeds = [1, 2, 3, 4, 5, 6, 7, 8]
const settings: Record<string, Partial<Options>> = {
  'esm': {},
  'cjs, es5, interpreter, names': { format: 'cjs', target: 'es5', engine: 'interpreter', names: true },
  'iife, level 0': { format: 'iife', optimize: 0 },
}

/** As the command line does it, in a process of its own. */
function compileElsewhere(file: string, options: Partial<Options>): string {
  const { format = 'esm', target = 'esnext', engine = 'jit', optimize = 2, names = false } = options
  const out = join(folder, 'module.js')
  const flags = [
    '--format',
    format,
    '--target',
    target,
    '--engine',
    engine,
    `-O${optimize}`,
    ...(names ? ['--names'] : []),
  ]
  execFileSync(process.execPath, ['dist/cli.js', file, '-o', out, ...flags], { stdio: 'pipe' })
  return readFileSync(out, 'utf8')
}

describe.each(Object.entries(settings))('%s', (_, options) => {
  test.each(seeds)('random module %i', (seed) => {
    const { bytes } = generate(seed, 60)
    expect(compile(bytes.slice(), options).code).toBe(compile(bytes, options).code)
  })

  test('another process writes the same file', () => {
    const { bytes } = generate(9, 150)
    const file = join(folder, 'module.wasm')
    writeFileSync(file, bytes)
    expect(compileElsewhere(file, options)).toBe(compile(bytes, { ...options, name: 'module' }).code)
  })
})
