// The scalar folders of the specification suite, when the suite is there.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadEngine } from './engine.ts'
import { Expectations } from './expected.ts'
import { replay } from './replay.ts'
import { findScripts, readScript, SUITE } from './suite.ts'
import { Wrappers } from './wrapper.ts'

const FOLDERS = ['core', 'core/bulk-memory', 'core/multi-memory', 'custom/custom', 'custom/name']
const expectations = new Expectations(readFileSync('test/spec/expected-failures.txt', 'utf8'))

if (!existsSync(SUITE)) console.warn(`specification tests skipped: no ${SUITE}`)

describe.skipIf(!existsSync(SUITE))('specification', async () => {
  const engine = await loadEngine({ native: false, engine: 'jit', optimize: 2 })
  const wrappers = new Wrappers(engine.api)
  const inFolder = (path: string, folder: string): boolean => path.slice(0, path.lastIndexOf('/')) === folder

  test.each(FOLDERS)('%s', (folder) => {
    const scripts = findScripts(join(SUITE, folder)).filter(({ path }) => inFolder(path, folder))
    const judged = scripts.map(({ path, file }) => ({
      path,
      ...expectations.judge(path, replay(readScript(file), engine, wrappers)),
    }))
    expect(scripts).not.toHaveLength(0)
    const failed = judged.flatMap(({ path, unexpected }) =>
      unexpected.map(({ line, type, message }) => `${path}:${line} ${message} (${type})`),
    )
    expect(failed).toEqual([])
    expect(judged.flatMap(({ stale }) => stale)).toEqual([])
  })
})
