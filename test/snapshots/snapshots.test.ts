// The emitted code of small modules as files: a change of output is a difference that somebody reads. Each NAME.wat has
// a NAME.js beside it, with readable names and without the runtime; memory has one for each engine.
//
//     NOWASM_UPDATE=1 npx vitest run test/snapshots        writes them anew

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile, type Options } from '../../src/index.ts'
import { wat } from '../wat.ts'

const UPDATE = process.env['NOWASM_UPDATE'] === '1'
const folder = import.meta.dirname
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.wat'))
  .map((file) => basename(file, '.wat'))

/** Modules that are shown for the interpreter strategy too. */
const BOTH_ENGINES = new Set(['memory'])

const SHOWN = names.flatMap((name): [string, string, Partial<Options>][] => [
  [name, `${name}.js`, {}],
  ...(BOTH_ENGINES.has(name)
    ? [[name, `${name}.interpreter.js`, { engine: 'interpreter' }] as [string, string, object]]
    : []),
])

/** Modules that are shown with their function types, which convert values at the boundary. */
const WITH_TYPES = new Set(['exports-imports', 'multi-value'])

/** The program. What stands before it is the runtime, which has tests of its own. */
function programOf(name: string, options: Partial<Options>): string {
  const bytes = wat(readFileSync(join(folder, `${name}.wat`), 'utf8'))
  const { code } = compile(bytes, { ...options, names: true })
  const start = code.search(WITH_TYPES.has(name) ? /^var [TI]\d+ = /m : /^function instantiate\(/m)
  expect(start, 'the start of the program').toBeGreaterThan(-1)
  return code.slice(start)
}

describe('the output of', () => {
  test.each(SHOWN)('%s is %s', (name, file, options) => {
    const program = programOf(name, options)
    const path = join(folder, file)
    if (UPDATE) writeFileSync(path, program)
    expect(program).toBe(readFileSync(path, 'utf8'))
  })

  test('nothing else: every file belongs to a module', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.js'))
    expect(files.sort()).toEqual(SHOWN.map(([, file]) => file).sort())
    expect(existsSync(join(folder, 'add.js'))).toBe(true)
  })
})
