// Tables that JavaScript looks into.

import { expect, test } from 'vitest'
import { WebAssembly as Ours } from '../../src/webassembly.ts'
import { ModuleBuilder } from '../binary/module.ts'

test('JavaScript sees no exnref', () => {
  const builder = new ModuleBuilder()
  builder.export('t', 'table', builder.table('exnref', { min: 1 }))
  const { t } = new Ours.Instance(new Ours.Module(builder.build())).exports as { t: WebAssembly.Table }
  const set = t.set.bind(t) as (...args: unknown[]) => unknown
  expect(() => t.get(0)).toThrow(TypeError)
  expect(() => set(0, null)).toThrow(TypeError)
  expect(t.length).toBe(1)
})
