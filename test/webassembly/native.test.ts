// The JavaScript API beside the engine's own in the same run: the same outcome of everything in the tables of `native`, but
// for what native/explained.ts gives a reason for. It needs an engine that has all of WebAssembly 3.0.

import { describe, expect, test } from 'vitest'
import { createWebAssembly } from '../../src/webassembly.ts'
import { type Api, type Case, outcome } from './native/describe.ts'
import { exceptions } from './native/exceptions.ts'
import { EXPLAINED } from './native/explained.ts'
import { interfaces } from './native/interfaces.ts'
import { linking } from './native/linking.ts'
import { memories } from './native/memories.ts'
import { modules } from './native/modules.ts'
import { references } from './native/references.ts'
import { globals, tables } from './native/tables.ts'

const TABLES = { interfaces, memories, tables, globals, exceptions, modules, linking, references }

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

const reasonOf = (name: string): string | undefined =>
  Object.keys(EXPLAINED).find((reason) => EXPLAINED[reason]!.some((start) => name.startsWith(start)))

describe.skipIf(!isComplete())("the engine's own API", () => {
  const ours = createWebAssembly() as unknown as Api
  const reasons = new Set<string>()

  test.each(Object.entries(TABLES))('%s', async (table, cases: Record<string, Case>) => {
    const unexplained: object[] = []
    for (const [key, run] of Object.entries(cases)) {
      const native = await outcome(run, WebAssembly as Api)
      const here = await outcome(run, ours)
      if (native === here) continue
      const name = `${table}: ${key}`
      const reason = reasonOf(name)
      if (reason === undefined) unexplained.push({ name, native, here })
      else reasons.add(reason)
    }
    expect(unexplained).toEqual([])
  })

  test('no reason is left over', () => {
    expect(Object.keys(EXPLAINED).filter((reason) => !reasons.has(reason))).toEqual([])
  })
})
