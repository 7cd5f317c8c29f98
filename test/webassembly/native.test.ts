// The JavaScript API beside the engine's own in the same run: the same outcome of everything in the tables of `native`, but
// for what native/explained.ts gives a reason for. It needs an engine that has all of WebAssembly 3.0.

import { describe, expect, test } from 'vitest'
import { createWebAssembly } from '../../src/webassembly.ts'
import type { Api, Case } from './native/describe.ts'
import { exceptions } from './native/exceptions.ts'
import { EXPLAINED } from './native/explained.ts'
import { interfaces } from './native/interfaces.ts'
import { linking } from './native/linking.ts'
import { memories } from './native/memories.ts'
import { modules } from './native/modules.ts'
import { references } from './native/references.ts'
import { streaming } from './native/streaming.ts'
import { globals, tables } from './native/tables.ts'
import { type Compared, compare, report } from './report.ts'

const TABLES = { interfaces, memories, tables, globals, exceptions, modules, linking, references, streaming }

/** Memories with 64-bit addresses are what came last, and the tag of JavaScript exceptions. */
const isComplete = (): boolean => {
  if (typeof WebAssembly !== 'object' || !('JSTag' in WebAssembly)) return false
  try {
    new WebAssembly.Memory({ initial: 1n, address: 'i64' } as never)
    return true
  } catch {
    return false
  }
}

describe.skipIf(!isComplete())("the engine's own API", () => {
  const ours = createWebAssembly() as unknown as Api
  const compared: Compared[] = []

  test.each(Object.entries(TABLES))('%s', async (table, cases: Record<string, Case>) => {
    const own: Compared[] = []
    for (const [key, run] of Object.entries(cases))
      own.push(await compare(`${table}: ${key}`, run, WebAssembly as Api, ours))
    compared.push(...own)
    const unexplained = own.filter(({ native, here, reason }) => native !== here && reason === undefined)
    expect(unexplained.map(({ name, native, here }) => ({ name, native, here }))).toEqual([])
  })

  test('no reason is left over', () => {
    const used = new Set(compared.map(({ reason }) => reason))
    expect(Object.keys(EXPLAINED).filter((reason) => !used.has(reason))).toEqual([])
  })

  test('every member is what the specification says, and docs/JS-API.md says of each what came out', async () => {
    const page = report(compared, WebAssembly as Api, ours)
    await expect(page).toMatchFileSnapshot('../../docs/JS-API.md')
    expect(page).not.toContain('**fail**')
  })
})
